"""Find what mails point to, in their own words."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple, Protocol

from kvminbox.links.targets import URL, read_url, trim_url
from kvminbox.models import (
    Corpus,
    Link,
    LinkKind,
    LinkRole,
    Message,
    Patch,
    Progress,
    Submission,
)
from kvminbox.models.base import skip_validation
from kvminbox.models.begun import find_kept
from kvminbox.models.corpus import check_corpus
from kvminbox.models.plain_json import write_json
from kvminbox.review.own_text import find_own_text

MAX_TEXT: Final = 200_000
"""Characters of a mail that are read."""

MAX_LINKS: Final = 500
"""Links of one mail."""

MAX_EVIDENCE: Final = 160
"""Characters of the words that hold a link."""

_HEX: Final = r"[0-9a-f]{7,64}"
_TITLE: Final = r"(?:[\s,]{0,3}\(\s?[\"“]([^\"”]{1,300})[\"”]\s?\))?"
# `Fixes: 0123456789ab ("lamp: blink")`, the title wrapped or not
_FIXES: Final = re.compile(
    rf"^Fixes:[ \t]*(?:commit )?({_HEX})\b{_TITLE}", re.MULTILINE | re.IGNORECASE
)
_UPSTREAM: Final = re.compile(
    rf"^[ \t(\[]*(?:upstream commit ({_HEX})|commit ({_HEX}) upstream)\b",
    re.MULTILINE | re.IGNORECASE,
)
_PICKED: Final = re.compile(rf"\((?:cherry[ -]picked|backported) from (?:commit )?({_HEX})\b")
_REVERTS: Final = re.compile(rf"\bThis reverts (?:commit )?({_HEX})\b{_TITLE}")
_COMMIT: Final = re.compile(rf"\bcommits?\s({_HEX})\b{_TITLE}", re.IGNORECASE)
_CVE: Final = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_SYZBOT: Final = re.compile(r"\bsyzbot\+([0-9a-f]{6,40})@[\w.-]+", re.IGNORECASE)
_REGZBOT: Final = re.compile(r"^[ \t]*#regzbot ([\^\w][^\n]{0,200})", re.MULTILINE)
_LABELLED: Final = re.compile(
    r"^[ \t]*(Message-ID|In-Reply-To|Based-on|Depends-on|Supersedes|Obsoletes|Link|Closes):"
    r"[ \t]*<?([^\s<>@:/]+@[^\s<>@]+)>?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_BRACKETED: Final = re.compile(r"<([^\s<>@:/]{1,200}@[^\s<>@]{1,200})>")
_LABEL: Final = re.compile(r"[ \t]*([A-Za-z][\w-]{1,30}):[ \t]*")
_ROLES: Final[dict[str, LinkRole]] = {
    "fixes": "fixes", "closes": "closes", "resolves": "closes", "link": "link", "buglink": "link",
    "based-on": "prerequisite", "depends-on": "prerequisite", "supersedes": "supersedes",
    "obsoletes": "supersedes",
}  # fmt: skip
_BUILDS: Final = re.compile(
    r"\b(?:depend(?:s|ent|ing)?|based|builds?|rel(?:ies|y))\s(?:up)?on\b|\bon top of\b"
    r"|\b(?:requires|prerequisites?)\b|\bapplies (?:on|after)\b",
    re.IGNORECASE,
)
_make_link: Final = skip_validation(Link)
_NOT_COMMITS: Final = re.compile(r"\d{7,8}|[a-f]{7}")
_PREREQUISITES: Final[dict[str, LinkKind]] = {
    "patch-id": "patch_id",
    "change-id": "change_id",
    "message-id": "mail",
}


class MailLinks(NamedTuple):
    """What one mail points to, and by which ids others point to it."""

    ids: tuple[str, ...]
    change_id: str | None
    links: tuple[Link, ...]


class Commits(Protocol):
    """What knows the commits of a tree: a `kvminbox.upstream.Tree`."""

    def find_id(self, revision: str) -> str | None:
        """Return the full id of a commit that a revision names; None for none."""


def find_links(
    corpus: Corpus, *, tree: Commits | None = None, progress: Progress | None = None
) -> Iterator[Link]:
    """Yield what the mails of a corpus point to, mail by mail, oldest first.

    `resolved` tells whether the corpus has a mail, a patch or a change-id that is named; for
    that all mails are read before the first link is yielded, and only their ids are held.

    Args:
        corpus: the mails.
        tree: a `kvminbox.upstream.Tree`, which is asked for the commits that are named: whether
            it has them, and their full ids. A commit of another tree is no error.
        progress: called as mails are read.
    """
    check_corpus(corpus)
    return resolve_links(map(read_links, corpus.messages(progress=progress)), corpus, tree)


def read_links(message: Message) -> MailLinks:
    """Return what one mail points to, with its own ids."""
    ids = tuple(filter(None, (message.message_id, *message.other_message_ids)))
    change_id = message.change_id if isinstance(message, Submission) else None
    return MailLinks(ids, change_id, parse_links(message))


def resolve_links(
    mails: Iterable[MailLinks], corpus: Corpus, tree: Commits | None = None
) -> Iterator[Link]:
    """Yield the links of all mails of a corpus, `resolved`."""
    ids: set[str] = set()
    changes: set[str] = set()
    found: list[Link] = []
    for mail in mails:
        ids.update(mail.ids)
        if mail.change_id:
            changes.add(mail.change_id)
        found += mail.links
    patches: set[str] = set()
    if any(link.kind == "patch_id" for link in found):
        patches = {patch.patch_id() or "" for patch in corpus.patches()}
    commits: dict[str, str | None] = {}
    known = {"mail": ids, "change_id": changes, "patch_id": patches}
    for link in found:
        values = known.get(link.kind)
        if link.kind == "commit" and tree is not None:
            if link.target not in commits:
                commits[link.target] = tree.find_id(link.target)
            commit = commits[link.target]
            yield link.model_copy(update={"resolved": commit is not None, "commit": commit})
            continue
        if values is None:
            yield link
            continue
        is_known = link.target in values or link.target.partition(":v")[0] in values
        # an address in brackets is a Message-ID only if a mail has it
        if is_known or link.evidence != link.target:
            yield link.model_copy(update={"resolved": is_known})


def parse_links(message: Message) -> tuple[Link, ...]:
    """Return what one mail points to, each once, in a fixed order.

    `resolved` is None: see `find_links`. `<user@host>` in its text may be an address, too; such
    a link has nothing but itself as evidence.
    """
    kept: str | None = find_kept(message, "_links")  # by an index
    if kept is not None:
        return tuple(_open_link(message.message_id, *row) for row in json.loads(kept))
    return read_own_links(message, find_text(message))


def pack_links(links: Iterable[Link]) -> str:
    """Return links of one mail as an index keeps them: JSON, as short as can be."""
    rows = [(one.kind, one.target, one.evidence, one.role, one.title) for one in links]
    try:
        return write_json(rows)
    except ValueError:  # half of a surrogate pair
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _open_link(
    source: str | None, kind: LinkKind, target: str, evidence: str, role: LinkRole, title: str
) -> Link:
    return _make_link(
        source=source, kind=kind, target=target, evidence=evidence, role=role, title=title
    )


def read_own_links(message: Message, text: str) -> tuple[Link, ...]:
    """Return what a mail points to, as `parse_links`, from its own words."""
    text = text[:MAX_TEXT]
    found: dict[tuple[LinkKind, LinkRole, str], Link] = {}
    seen: set[tuple[LinkKind, str]] = set()
    for link in islice(_iter_links(message, text), 4 * MAX_LINKS):
        # a commit that `Fixes:` names is not a mere mention as well
        if link.role == "mention" and (link.kind, link.target) in seen:
            continue
        if link.target in {message.message_id, *message.in_reply_to}:
            continue
        seen.add((link.kind, link.target))
        found.setdefault((link.kind, link.role, link.target), link)
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def find_text(message: Message, own: Sequence[str] | None = None) -> str:
    """Return a mail's own words: no quotes, and of a patch neither diff nor context.

    Args:
        message: the mail.
        own: the lines that its sender wrote, where they have been found.
    """
    if isinstance(message, Patch):
        if not message.diff:
            return message.body
        above, _, below = message.body.partition(message.diff)
        return f"{above}\n{below}" if below or above != message.body else message.body
    if message.kind in {"cover_letter", "pull_request"}:
        return message.body
    # not `own_lines`: what an index keeps of them is only what grouping reads
    return "\n".join(find_own_text(message).own if own is None else own)


def _iter_links(message: Message, text: str) -> Iterator[Link]:
    source = message.message_id
    if isinstance(message, Submission):
        yield from _iter_stated(message)
    lowered = text.lower()  # most mails have none of these words
    yield from _iter_commits(source, text, lowered)
    yield from _iter_urls(source, text)
    if "@" in text:
        yield from _iter_ids(source, text)
    if "cve-" in lowered:
        for match in _CVE.finditer(text):
            yield _make(source, "cve", "mention", match[0].upper(), text, match)
    if "syzbot+" in lowered:
        for match in _SYZBOT.finditer(text):
            yield _make(source, "syzbot", "mention", match[1].lower(), text, match)
    if "#regzbot " in text:
        for match in _REGZBOT.finditer(text):
            yield _make(source, "regzbot", "mention", match[1].strip(), text, match)


def _iter_stated(message: Submission) -> Iterator[Link]:
    """Yield the base and the prerequisites that git and b4 write below a patch."""
    if message.base_commit:
        words = f"base-commit: {message.base_commit}"
        yield Link(source=message.message_id, kind="commit", role="base",
                   target=message.base_commit, evidence=words)  # fmt: skip
    for one in message.prerequisites[:MAX_LINKS]:
        yield Link(source=message.message_id, kind=_PREREQUISITES[one.kind], role="prerequisite",
                   target=one.value, evidence=f"prerequisite-{one.kind}: {one.value}")  # fmt: skip


def _iter_commits(source: str | None, text: str, lowered: str) -> Iterator[Link]:
    rules: tuple[tuple[re.Pattern[str], LinkRole, str], ...] = (
        (_FIXES, "fixes", "fixes:"), (_UPSTREAM, "upstream", "upstream"),
        (_PICKED, "cherry_pick", " from "),
        (_REVERTS, "reverts", "this reverts"), (_COMMIT, "mention", "commit"),
    )  # fmt: skip
    for pattern, role, word in rules:
        for match in pattern.finditer(text) if word in lowered else ():
            groups = match.groups()
            value = next(filter(None, groups)).lower()
            title = groups[1] if role in {"fixes", "reverts", "mention"} and groups[1] else ""
            if role == "mention" and not title and _NOT_COMMITS.fullmatch(value):
                continue  # `commit 20240501`, `commit defaced`
            yield _make(source, "commit", role, value, text, match, " ".join(title.split()))


def _iter_urls(source: str | None, text: str) -> Iterator[Link]:
    for match in URL.finditer(text):
        kind, value = read_url(trim_url(match[0]))
        yield _make(source, kind, _find_role(text, match), value, text, match)


def _find_role(text: str, match: re.Match[str]) -> LinkRole:
    """Return what the label before a URL says, else the words of its sentence."""
    start = text.rfind("\n", max(0, match.start() - 200), match.start()) + 1
    before = text[max(start, match.start() - 200) : match.start()]
    if (label := _LABEL.fullmatch(before)) and label[1].lower() in _ROLES:
        return _ROLES[label[1].lower()]
    above = text[max(0, match.start() - 200) : match.start()].rpartition("\n\n")[2]
    return "builds_on" if _BUILDS.search(above) else "mention"


def _iter_ids(source: str | None, text: str) -> Iterator[Link]:
    for match in _LABELLED.finditer(text):
        role = _ROLES.get(match[1].lower(), "mention")
        yield _make(source, "mail", role, match[2], text, match)
    for match in _BRACKETED.finditer(text):
        yield Link(source=source, kind="mail", target=match[1], evidence=match[1])


def _make(
    source: str | None,
    kind: LinkKind,
    role: LinkRole,
    target: str,
    text: str,
    match: re.Match[str],
    title: str = "",
) -> Link:
    start = text.rfind("\n", max(0, match.start() - MAX_EVIDENCE), match.start()) + 1
    start = max(start, match.start() - MAX_EVIDENCE)
    end = text.find("\n", match.end(), match.end() + MAX_EVIDENCE)
    words = " ".join(text[start : end if end >= 0 else match.end()].split())[:MAX_EVIDENCE]
    return Link(source=source, kind=kind, role=role, target=target, title=title, evidence=words)
