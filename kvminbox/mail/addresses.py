"""Mailboxes in From, To and Cc: any input, in linear time, without recursion.

`email.policy.default` raises on what vger itself puts into mails (`To:
unlisted-recipients:; (no To-header on input)`), and a thousand nested comments
end it with RecursionError.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kvminbox.cache import cache_short
from kvminbox.mail.defects import Note
from kvminbox.mail.envelope import MAX_HEADER, clean_line, cut_value, header_text
from kvminbox.mail.words import decode_line
from kvminbox.models import Address, DefectCode
from kvminbox.models.base import skip_validation

MAX_ADDRESSES: Final = 2_000
"""Mailboxes that are read from one header; more are left out."""

MAX_KEPT: Final = 4_096
"""Characters of the longest header whose mailboxes are cached."""

MAX_KEPT_COMMAS: Final = 128
"""Commas of a cached header; a few hundred larger ones would fill the memory."""

# What nearly all mailboxes look like: `Jane Doe <jane@doe.example>`, the name in
# quotes or not, or the address alone. Anything else is read token by token.
_PLAIN = re.compile(
    r" ?((?:\"([^\"\\]*)\"|([^\"(),:;<>@\\]*?)) ?<([^<>\s@,;(]+@[^<>\s@,;(]+)>"
    r"|([^\"(),:;<>\s@\\]+@[^\"(),:;<>\s@\\]+)) ?(?:,|$)"
)

# An encoded word first: `=?utf-8?q?Doe,_Jane?=` holds a comma that divides nothing.
_TOKEN = re.compile(
    r"(?P<word>=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)"
    r'|"(?P<quoted>(?:[^"\\]|\\.)*)"'
    r"|<(?P<angle>[^<>]*)>"
    r"|(?P<escaped>\\.)"
    r'|(?P<text>(?:(?!=\?)[^"(),:;<>\\])+)'
    r"|(?P<mark>.)",
    re.DOTALL,
)
# the address among words, as in `jane@doe.example (at home`, which git finds, too; in
# brackets where all of it was encoded, `=?utf-8?q?Jane_=3Cjane=40doe.example=3E?=`
_make_address: Final = skip_validation(Address)
_BARE = re.compile(r"(?:^|[\s<>])([^\s<>@]++@[^\s<>]++)>?")
_COMMENT = re.compile(r"\([^()]*\)")
_PARENTHESIS = re.compile(r"\\.|[()]", re.DOTALL)
_UNESCAPE = re.compile(r"\\(.)", re.DOTALL)


class _Mailbox:
    """What has been read of one mailbox so far."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.phrase: list[str] = []
        self.comments: list[str] = []
        self.email: str | None = None
        self.open_angle = False

    def add_text(self, text: str) -> None:
        if self.open_angle and self.email is None and "@" in text:
            self.email = text  # `<jane@doe.example` never closed, or `<a@b<mailto:a@b>>`
        else:
            self.phrase.append(text)

    def add_angle(self, text: str) -> None:
        if self.email is None or ("@" in text and "@" not in self.email):
            self.phrase.append(self.email or "")  # `Jane <Doe> <jane@doe.example>`
            self.email = text

    def finish(self, written: str, note: Note) -> Address | None:
        written = decode_line(written, note)
        name = decode_line(" ".join("".join(self.phrase).split()), note)
        email = "".join(_COMMENT.sub("", self.email or "").split())  # `<jane@doe.example (work)>`
        if not email and (bare := _BARE.search(name)):
            name = " ".join(f"{name[: bare.start()]} {name[bare.end() :]}".split())
            email = bare[1]
            if name:
                note("address-odd", f"the address in {written!r} has no brackets")
        if not email and not name:
            return None
        return Address(
            name=name or decode_line(" ".join(self.comments), note), email=email, written=written
        )


def _comment_end(text: str, start: int) -> int | None:
    depth = 0
    for match in _PARENTHESIS.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return None


def _read_mailboxes(text: str, note: Note) -> Iterator[Address | None]:
    position, box = 0, _Mailbox(0)
    last_group = text.rfind(";")  # behind it a colon begins none: `KVM: Jane <jane@doe.example>`
    comments = True  # until one is not closed: `Jane (at home <jane@doe.example>`
    while match := _TOKEN.match(text, position):
        position = match.end()
        mark = match["mark"]
        if mark in {",", ";"}:
            yield box.finish(text[box.start : match.start()], note)
            box = _Mailbox(position)
        elif mark == ":" and box.email is None and not last_group < position < len(text):
            box = _Mailbox(position)  # the name of a group, as in `undisclosed-recipients:;`
        elif mark == "(":
            end = _comment_end(text, match.start()) if comments else None
            comments = end is not None
            if end:
                box.comments.append(text[position : end - 1])
                position = end
        elif mark == "<":
            box.open_angle = True
        elif match["angle"] is not None:
            box.add_angle(match["angle"])
        elif mark in {None, "=", ":"}:
            box.add_text(_token_text(match))
    yield box.finish(text[box.start :], note)


def _token_text(match: re.Match[str]) -> str:
    if match["quoted"] is not None:
        return _UNESCAPE.sub(r"\1", match["quoted"])
    return match["escaped"][1:] if match["escaped"] else match[0]


def _join_names(found: Iterator[Address | None], note: Note) -> Iterator[Address]:
    """Join a name that its comma cut in two: `Doe, Jane <jane@doe.example>`."""
    held: list[Address] = []
    for address in filter(None, found):
        if not address.email and address.name and len(held) <= MAX_ADDRESSES:
            held.append(address)
            continue
        if held and address.name and "@" in address.email:
            parts = [*held, address]
            note("address-odd", f"a comma in the name of {address.written!r} is not quoted")
            yield Address(
                name=", ".join(part.name for part in parts),
                email=address.email,
                written=", ".join(part.written for part in parts),
            )
        else:
            yield from held
            yield address
        held = []
    yield from held


def _note_odd(addresses: tuple[Address, ...], note: Note) -> None:
    for address in addresses[:MAX_ADDRESSES]:
        if "@" not in address.email:
            note("address-odd", f"{address.written!r} has no address")


def _read_plain(text: str) -> tuple[Address, ...] | None:
    """Read a list of what nearly all mailboxes look like, one over the limit at the most."""
    addresses: list[Address] = []
    position = 0
    while match := _PLAIN.match(text, position):
        written, quoted, name, email, bare = match.groups()
        one = _make_address(name=quoted or name or "", email=email or bare, written=written)
        addresses.append(one)
        position = match.end()
        if position == len(text) or len(addresses) > MAX_ADDRESSES:
            return tuple(addresses)
    return None


def _measure(value: bytes | str) -> int:
    """Return a header's length; a mailbox takes as much memory as some characters."""
    commas = value.count(b",") if isinstance(value, bytes) else value.count(",")
    return max(len(value), commas * MAX_KEPT // MAX_KEPT_COMMAS)


# The mails of a series share their To and Cc; on the real archive this cache
# answers for nine of ten headers, and one eight times as large for hardly more.
@cache_short(512, MAX_KEPT, _measure)
def _read_cached(
    value: bytes | str,
) -> tuple[tuple[Address, ...], tuple[tuple[DefectCode, str], ...]]:
    defects: list[tuple[DefectCode, str]] = []

    def note(code: DefectCode, words: str) -> None:
        defects.append((code, words))

    text = header_text(value, note) if isinstance(value, bytes) else clean_line(value, note)
    found = None if "=?" in text else _read_plain(text)
    if found is None:
        read = _join_names(_read_mailboxes(text, note), note)
        found = tuple(islice(read, MAX_ADDRESSES + 1))
        _note_odd(found, note)
    if len(found) > MAX_ADDRESSES:
        note("header-oversized", f"more than {MAX_ADDRESSES} mailboxes; the rest are left out")
    return found[:MAX_ADDRESSES], tuple(defects)


def parse_addresses(value: bytes | str, note: Note) -> tuple[Address, ...]:
    """Return all mailboxes of a header; the names of groups are left out.

    Args:
        value: the header's raw value, or its unfolded text with the encoded words
            still in it, since a comma in one of them divides nothing.
        note: called for each defect. A mailbox without an address is kept, with an
            empty `email`.
    """
    if len(value) > MAX_HEADER:  # several headers, or an in-body From
        note("header-oversized", f"mailboxes in {len(value)} characters, cut at {MAX_HEADER}")
        value = cut_value(value, MAX_HEADER) if isinstance(value, bytes) else value[:MAX_HEADER]
    addresses, defects = _read_cached(value)
    for code, words in defects:
        note(code, words)
    return addresses


def parse_address(text: str, note: Note) -> Address:
    """Return the first mailbox; an `Address` without a name and email if there is none.

    >>> parse_address('"Doe, Jane" <jane@doe.example>', print).name
    'Doe, Jane'
    """
    return next(iter(parse_addresses(text, note)), Address(written=text))


def is_list_address(person: Address, list_id: str | None) -> bool:
    """Whether an address is the one that a list has by its List-Id; another may be, too."""
    if not list_id:
        return False
    email = person.email.lower()
    name, _, domain = list_id.partition(".")
    # `kvm@lists.sf.example` is an address of `<kvm.lists.sourceforge.example>`, too
    is_alias = email.startswith(f"{name}@lists.") and domain.startswith("lists.")
    return list_id == email.replace("@", ".") or is_alias
