"""Mails as cards: what is discussed, what is submitted, what is asked to be pulled."""

from typing import TYPE_CHECKING, Final

from kvminbox.models.cards.html import (
    block,
    card,
    chip,
    code,
    cut,
    details,
    diff,
    facts,
    heading,
    inline,
    label,
    listing,
)
from kvminbox.models.cards.words import (
    show_bars,
    show_evidence,
    write_moment,
    write_name,
    write_person,
)

if TYPE_CHECKING:
    from kvminbox.models.index import Hit
    from kvminbox.models.message import Message, PullRequest, Submission

BODY_LINES: Final = 40
"""Lines of a body or a commit message that are shown."""

DIFF_LINES: Final = 30
"""Lines of a diff that are shown."""


def show_message(message: "Message") -> str:
    """Show a mail with its text."""
    return card(
        _head(message), block(message.body, BODY_LINES), _attachments(message), _oddities(message)
    )


def show_submission(message: "Submission") -> str:
    """Show a patch or its kin: message, trailers, diffstat and diff."""
    return card(_head(message), *_change(message), _attachments(message), _oddities(message))


def show_pull_request(message: "PullRequest") -> str:
    """Show what is to be pulled, and the text."""
    asked = facts([
        ("repository", code(message.repository or "not found")),
        ("ref", code(message.ref) if message.ref else ""),
        ("since", code(message.pull_base) if message.pull_base else ""),
        ("up to", code(message.pull_tip) if message.pull_tip else ""),
    ])  # fmt: skip
    return card(_head(message), asked, block(message.body, BODY_LINES), _oddities(message))


def show_hit(hit: "Hit") -> str:
    """Show what a search found, and where it lies."""
    copies = [f"{copy.inbox}, epoch {copy.entry.epoch}, {copy.entry.commit}" for copy in hit.copies]
    kinds = [f"{text}{'' if copy.shown else ' (deleted there)'}"
             for text, copy in zip(copies, hit.copies, strict=True)]  # fmt: skip
    return card(hit.message._repr_html_(), label("copies"), listing(kinds, "copy"))


def _head(message: "Message") -> str:
    arrived = message.entry.arrived if message.entry else None
    author = getattr(message, "author", message.sender)
    sent_by = message.sender if author != message.sender else None
    return heading(message.subject.raw, [chip(message.kind.replace("_", " "))]) + facts([
        ("from", inline(write_person(author))),
        ("sent by", inline(write_person(sent_by)) if sent_by else ""),
        ("to", _receivers(message)),
        ("date", inline(write_moment(message.date) or "no date")),
        ("arrived", inline(write_moment(arrived)) if arrived else ""),
        ("list", inline(message.list_id or "")if message.list_id else ""),
        ("Message-ID", code(message.message_id) if message.message_id else ""),
    ])  # fmt: skip


def _receivers(message: "Message") -> str:
    people = [*message.to, *message.cc]
    names = ", ".join(cut(write_name(person), 40) for person in people[:3])
    others = f" and {len(people) - 3} more" if len(people) > 3 else ""
    return inline(names + others) if people else ""


def _change(message: "Submission") -> list[str]:
    text = _without_trailers(message.commit_message, len(message.trailers))
    return [
        block(text, BODY_LINES),
        _trailers(message),
        label("notes") + block(message.notes, 12) if message.notes.strip() else "",
        label("diffstat") + show_bars(message.diffstat) if message.diffstat.files else "",
        _declared(message),
        diff(message.diff, DIFF_LINES),
    ]


def _trailers(message: "Submission") -> str:
    """Give the trailers but `Cc`, of which a patch may have dozens: how many is enough."""
    trailers = [trailer for trailer in message.trailers if trailer.name.lower() != "cc"]
    copied = len(message.trailers) - len(trailers)
    lines = [f"{trailer.name}: {trailer.value}" for trailer in trailers]
    return listing(lines, "trailer") + (f"<div>Cc: {copied}</div>" if copied else "")


def _without_trailers(text: str, trailers: int) -> str:
    """Leave out the last paragraph, where it is nothing else than the trailers."""
    before, _, last = text.rstrip().rpartition("\n\n")
    return before if trailers and len(last.splitlines()) == trailers else text


def _declared(message: "Submission") -> str:
    declared = message.declared_diffstat
    if declared is None or message.diffstat.files or declared.files_changed is None:
        return ""
    words = f"{declared.files_changed} files, +{declared.insertions} −{declared.deletions}"
    return facts([("it says that it changes", inline(words))])


def _attachments(message: "Message") -> str:
    parts = [f"{part.filename or 'no name'}, {part.content_type}, {part.size:,} bytes"
             for part in message.attachments]  # fmt: skip
    return label("attachments") + listing(parts, "attachment") if parts else ""


def _oddities(message: "Message") -> str:
    defects = [f"{defect.code}: {defect.text}" for defect in message.defects]
    shown = details(f"defects: {len(defects)}", listing(defects, "defect")) if defects else ""
    return shown + show_evidence(message.evidence)
