"""A commit of a source tree from its bytes: who, when, and what its message says."""

import codecs
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final
from urllib.parse import unquote

from kvminbox.models import Address, Commit
from kvminbox.trailers import parse_trailers

MAX_MESSAGE: Final = 1 << 20
"""Bytes of a commit's message that are read; the longest of Linux has 60,000."""

MAX_NAMED: Final = 100
"""How many commits, and how many mails, of those that a message names are read."""

# `author Jane Doe <jane@doe.example> 1700000000 +0100`; old ones lack the name, or more
_PERSON = re.compile(
    rb"^(author|committer) ([^\n<]*+)(?:<([^\n>]*+)>)?[^\n]*? (-?\d{1,18}) ([+-]\d{4})$",
    re.MULTILINE,
)
_ENCODING = re.compile(rb"^encoding ([\w.:-]{1,40})$", re.MULTILINE)
_FLAGS: Final = re.IGNORECASE | re.MULTILINE
_HASH: Final = r"[0-9a-f]{7,64}"
# `This reverts commit 0123….`, `This reverts commits 0123…, 4567… and`
_REVERTS = re.compile(rf"^\W{{0,3}}(?:This )?reverts commits? ({_HASH})\b", _FLAGS)
# `commit 0123… upstream.`, `[ Upstream commit 0123… ]`
_UPSTREAM = re.compile(
    rf"^[ \t\[(]*(?:upstream commit ({_HASH})\b|commit ({_HASH}) upstream\b)",
    _FLAGS,
)
# `(cherry picked from commit 0123…)`, `(backported from commit 0123…)`
_PICKED = re.compile(
    rf"^[ \t]*\((?:cherry[- ]picked|backported) from (?:upstream )?(?:commit )?({_HASH})\b",
    _FLAGS,
)
_FIXES = re.compile(rf"^fixes:[ \t]*(?:commit[ \t]+)?({_HASH})\b", _FLAGS)
# `Link: https://lore.example/r/<id>/`, `Message-ID: <id>`; a title in brackets may follow
_NAMES_MAIL = re.compile(
    r"^[ \t]*(?:link|message-id|msgid|msg-id|url|patchwork|patch-?link|submitted-at|closes|"
    r"discussion|in-reply-to|lore|mail)[ \t]*:[ \t]*(\S{3,500})",
    _FLAGS,
)
_URL = re.compile(r"https?://[^/\s]{1,200}/(.*)", re.IGNORECASE)
_ZONE_LIMIT: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class CommitText:
    """What the bytes of a commit say."""

    id: str
    parents: tuple[str, ...]
    author: Address
    author_time: int | None
    """Seconds since 1970; None if they can't be read."""

    author_zone: int
    """Minutes east of Greenwich."""

    committer: Address
    committer_time: int | None
    committer_zone: int
    title: str
    message: str
    """The rest of its message."""

    @property
    def committed(self) -> datetime | None:
        """When it was committed."""
        return _make_time(self.committer_time, self.committer_zone)


def parse_commit_text(oid: str, parents: tuple[str, ...], data: bytes) -> CommitText:
    """Read a commit's bytes; what can't be understood is empty or None, and nothing raises."""
    end = data.find(b"\n\n")
    head = data[:end] if end >= 0 else data
    body = data[end + 2 : end + 2 + MAX_MESSAGE] if end >= 0 else b""
    message = _decode(body, head).replace("\r\n", "\n").lstrip("\n")
    first, _, rest = message.partition("\n\n")
    people = {match[1]: match for match in reversed(list(_PERSON.finditer(head)))}
    author, author_time, author_zone = _read_person(people.get(b"author"), head)
    committer, committer_time, committer_zone = _read_person(people.get(b"committer"), head)
    return CommitText(
        id=oid,
        parents=parents,
        author=author,
        author_time=author_time,
        author_zone=author_zone,
        committer=committer,
        committer_time=committer_time,
        committer_zone=committer_zone,
        title=" ".join(first.split()),
        message=rest,
    )


def make_commit(text: CommitText, *, patch_id: str | None, release: str | None) -> Commit:
    """Return the model of a commit."""
    return Commit(
        id=text.id,
        parents=text.parents,
        author=text.author,
        authored=_make_time(text.author_time, text.author_zone),
        committer=text.committer,
        committed=text.committed,
        title=text.title,
        trailers=parse_trailers(text.message, text.author, "patch"),
        patch_id=patch_id,
        reverts=find_reverts(text.message),
        upstream=find_upstream(text.message),
        fixes=find_fixed(text.message),
        release=release,
    )


def find_reverts(message: str) -> tuple[str, ...]:
    r"""Return the commits that a message says it reverts, as written, each once.

    >>> find_reverts("It broke the build.\n\nThis reverts commit 0123456789ab.\n")
    ('0123456789ab',)
    """
    return _find_all(_REVERTS, message)


def find_upstream(message: str) -> tuple[str, ...]:
    r"""Return the commits that a message says it was made from, as written, each once.

    >>> find_upstream("commit 0123456789ab upstream.\n\nFix it.\n")
    ('0123456789ab',)
    """
    return tuple(dict.fromkeys((*_find_all(_UPSTREAM, message), *_find_all(_PICKED, message))))


def find_fixed(message: str) -> tuple[str, ...]:
    """Return the commits that `Fixes:` lines name, as written, each once."""
    return _find_all(_FIXES, message)


def find_mail_ids(message: str) -> tuple[str, ...]:
    r"""Return the Message-IDs that a message's lines name by `Link:` and the like, each once.

    A link's last parts that hold an `@` are taken, whichever the host: an archive of mails has
    the id in its addresses.

    >>> find_mail_ids("Link: https://lore.example/r/20250801.1-2-jane@doe.example/\n")
    ('20250801.1-2-jane@doe.example',)
    """
    found: dict[str, None] = {}
    for match in _NAMES_MAIL.finditer(message):
        if identity := _read_mail_id(match[1]):
            found[identity] = None
        if len(found) >= MAX_NAMED:
            break
    return tuple(found)


def _read_mail_id(value: str) -> str:
    link = _URL.match(value.strip("<>"))
    if link is None:
        identity = value.strip("<>,;")
        return identity if "@" in identity and ":" not in identity else ""
    path = link[1].partition("#")[0].partition("?")[0]
    part = next((part for part in path.split("/") if "@" in part or "%40" in part.lower()), "")
    return unquote(part).strip("<>,;")


def _find_all(pattern: re.Pattern[str], message: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for match in pattern.finditer(message):
        found[next(filter(None, match.groups())).lower()] = None
        if len(found) >= MAX_NAMED:
            break
    return tuple(found)


def _decode(body: bytes, head: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        pass
    match = _ENCODING.search(head)
    try:
        return codecs.decode(body, match[1].decode() if match else "latin-1", "replace")
    except (LookupError, ValueError, TypeError):  # no such encoding, or none of texts
        return body.decode("latin-1")


def _read_person(match: re.Match[bytes] | None, head: bytes) -> tuple[Address, int | None, int]:
    if match is None:
        return Address(), None, 0
    name = _decode(match[2], head).strip()
    email = _decode(match[3] or b"", head).strip()
    minutes = int(match[5][1:3]) * 60 + int(match[5][3:])
    zone = -minutes if match[5].startswith(b"-") else minutes
    written = f"{name} <{email}>".strip() if email else name
    person = Address(name=name, email=email, written=written)
    return person, int(match[4]), zone if abs(zone) < _ZONE_LIMIT else 0


def _make_time(seconds: int | None, zone: int) -> datetime | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, timezone(timedelta(minutes=zone)))
    except (OverflowError, OSError, ValueError):
        return None  # a commit of the year 71685
