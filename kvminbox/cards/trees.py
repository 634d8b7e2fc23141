"""Cards of what landed: commits, landings, and what became of a series."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from kvminbox.cards.html import (
    card,
    chip,
    code,
    day_text,
    evidence,
    facts,
    heading,
    inline,
    link,
    moment_text,
    table,
)
from kvminbox.models import Commit, Landing, SeriesLanding
from kvminbox.models.base import show_card
from kvminbox.models.lore import PLACE, fill_url
from kvminbox.words import find_runs, list_some

MAX_MAILS: Final = 5
"""Mails that a commit links to of which a card has the addresses."""

_ALL_LISTS: Final = f"https://lore.kernel.org/all/{PLACE}/"
_MAIL: Final = re.compile(
    r"https?://(?:(?:www\.)?lore\.kernel\.org/[\w.+-]+|patch\.msgid\.link)/([^/?#\s]+@[^/?#\s]+)/?"
)

_TINTS = {"applied": "good", "revert": "bad", "all": "good", "none": "bad"}


@show_card.register
def show_commit(commit: Commit) -> str:
    """Show a commit: who, when, what it refers to, its release, and the mails it links to."""
    mails = list(dict.fromkeys(_list_mails(commit)))
    chips = [chip(commit.release or "in no release")]
    return card(
        heading(commit.title, chips, mails[0] if mails else None),
        facts([
            ("commit", code(commit.id)),
            ("mails", ", ".join(link(code(url), url) for url in mails[:MAX_MAILS])),
            ("author", inline(commit.author.mailbox or "nobody")),
            ("authored", inline(moment_text(commit.authored))),
            ("committer", inline(commit.committer.mailbox or "nobody")),
            ("committed", inline(moment_text(commit.committed))),
            ("patch-id", code(commit.patch_id) if commit.patch_id else ""),
            ("reverts", inline(list_some(commit.reverts, 3))),
            ("made from", inline(list_some(commit.upstream, 3))),
            ("fixes", inline(list_some(commit.fixes, 3))),
        ]),
    )  # fmt: skip


def _list_mails(commit: Commit) -> Iterator[str]:
    """Yield the addresses at lore.kernel.org of the mails that a commit links to."""
    for trailer in commit.trailers:
        found = _MAIL.fullmatch(trailer.value) if trailer.name.lower() == "link" else None
        url = fill_url(_ALL_LISTS, unquote(found[1])) if found else None
        if url:
            yield url


@show_card.register
def show_landing(landing: Landing) -> str:
    """Show a landing: the mail, the commit, how they stand to each other, and why."""
    chips = [
        chip(landing.relation.replace("_", " "), _TINTS.get(landing.relation, "odd")),
        chip(landing.release or "in no release"),
    ]
    also = f"and {len(landing.also)} with the same diff" if landing.also else ""
    return card(
        heading(landing.message.title, chips),
        facts([
            ("mail", code(landing.message.message_id or "no id")),
            ("", inline(also)),
            ("sent", inline(moment_text(landing.message.date))),
            ("commit", code(landing.commit)),
            ("its title", inline(landing.title if landing.title != landing.message.title else "")),
            ("committed", inline(moment_text(landing.committed))),
            ("tree", inline(landing.tree)),
        ]),
        evidence((f"confidence {landing.confidence:.2f}", *landing.evidence)),
    )  # fmt: skip


@show_card.register
def show_series_landing(found: SeriesLanding) -> str:
    """Show what became of a series, commit by commit."""
    rows = [
        [inline(day_text(one.committed)), code(one.commit[:12]), inline(one.relation),
         inline(one.title)]
        for one in found.landings
    ]  # fmt: skip
    lacking = ", ".join(
        f"{first}" if first == last else f"{first} to {last}"
        for first, last in find_runs(found.lacking)
    )
    return card(
        heading(found.series.title, [chip(found.state, _TINTS.get(found.state, "odd"))]),
        facts([
            ("first", inline(moment_text(found.first))),
            ("last", inline(moment_text(found.last))),
            ("releases", inline(list_some(found.releases, 5))),
            ("lacking", inline(lacking)),
        ]),
        table(["committed.", "commit.", "relation.", "title"], rows, "commit") if rows else "",
    )  # fmt: skip
