"""Trailers: the `Name: value` lines that end a commit message.

The block is found as git does it (git-interpret-trailers(1)): the last paragraph,
if all its lines are trailers, or if one is a line that git itself writes and at least a
quarter are trailers. A line itself is read as b4 reads it.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal
from unicodedata import combining, normalize

from kvminbox.models import Address, Trailer
from kvminbox.models.base import skip_validation

# the blank behind the colon may be one that does not break
_make_trailer: Final = skip_validation(Trailer)
_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,60})[ \t]*+:\s*+(\S.*)")
_BY_GIT: Final = ("signed-off-by:", "(cherry picked from commit ")
_UTILITY: Final = frozenset(
    [
        "fixes",
        "link",
        "buglink",
        "closes",
        "obsoleted-by",
        "message-id",
        "change-id",
        "base-commit",
        "based-on",
        "supersedes",
        "cherry-picked-from",
        "depends-on",
        "in-reply-to",
        "references",
        "see-also",
    ]
)
_NOT_TRAILERS: Final = frozenset(
    ["http", "https", "ftp", "git", "phone", "mail", "email", "prerequisite-message-id"]
)

# `"Doe, Jane" <jane@doe.example> # v1`, read as text: RFC 5322 would take the
# comma of an unquoted `Doe, Jane <…>` for two people
_PERSON = re.compile(r"([^<>]*+)<\s*+([^<>\s]++)\s*+(?:<[^<>]*+>)?\s*+(?:>|$)(.*)")
_BARE_PERSON = re.compile(r"([^\s<>()]++)(.*)")
# `<jane@doe.example> # v5.4+`, the rest of a trailer whose line a client has broken
_ADDRESS_ALONE = re.compile(r"<[^<>\s]+@[^<>\s]+>\s*(?:[#\[(].*)?")
_COMMENT = re.compile(r"\s#\s*+(.*)$")
_BRACKETED = re.compile(r"\[(.*)\]|\((.*)\)")
_CVE = re.compile(r"CVE-\d{4}-\d{4,}\b", re.IGNORECASE)
# what a `Fixes:` names: a commit, a link, `#123`, `group/project#123`, `CVE-2024-12345`
_FIXED = re.compile(
    r"\b[0-9a-f]{6,64}\b|://|(?:^|[\s\w])#\d+\b|\bCVE-\d{4}-\d{4,}\b", re.IGNORECASE
)
_LINKED: Final = re.compile(r"[^<>]*<[^<>@]+@[^<>]+<mailto:[^<>]*>>[^<>]*")
_MAILTO: Final = re.compile(r"(?:(?<!\s)\s+)?[<\[(]?mailto:[^\s<>\])]*+[>\])]?")
# domains where people of one name are not of one firm
_PROVIDERS: Final = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
    "icloud.com", "gmx.de", "gmx.net", "web.de", "mail.ru", "yandex.ru", "163.com", "126.com",
    "qq.com", "foxmail.com", "proton.me", "protonmail.com", "kernel.org", "mailbox.org",
    "posteo.de",
})  # fmt: skip

MIN_LETTERS: Final = 10
"""Letters of a name that is one person's, though another name there has further words."""

MIN_WORD: Final = 4
"""Letters of each of its words."""

MAX_LINE: Final = 2_000
"""Characters of a line that are read as a trailer."""

MAX_TRAILERS: Final = 5_000
"""Trailers of one message that are read."""

MAX_NAME: Final = 200
"""Characters of a name that are compared with another's."""

MAX_NOTE: Final = 8
"""Lines of a `[note]` below a trailer."""

Origin = Literal["patch", "cover_letter", "pull_request"]


def parse_trailers(message: str, sender: Address, origin: Origin) -> tuple[Trailer, ...]:
    """Read the trailers at the end of a commit message, in order.

    Args:
        message: the commit message without the title.
        sender: who sent the mail, to tell whether a trailer is the sender's own;
            never the in-body From, which anyone can write.
        origin: the kind of mail; a cover letter's trailers are for the series.
    """
    lines = _last_paragraph(message)
    if not any(":" in line for line in lines):
        return ()
    return tuple(
        _read_trailer(found, sender, origin)
        for found in _find_block(_unfold(lines))[:MAX_TRAILERS]
        if found.name.lower() != "fixes" or _FIXED.search(found.value)  # `Fixes: ?` says nothing
    )


@dataclass(slots=True)
class _Found:
    """A trailer's line, and the notes in brackets below it."""

    name: str
    value: str
    notes: list[str] = field(default_factory=list)


def _last_paragraph(message: str) -> list[str]:
    lines = message.rstrip().rpartition("\n\n")[2].split("\n")
    # a line of blanks separates paragraphs too
    blank = next((index for index in range(len(lines), 0, -1) if not lines[index - 1].strip()), 0)
    return lines[blank:]


def _unfold(lines: list[str]) -> list[str]:
    """Join each line with those that continue it: indented, or a `[note` up to its `]`."""
    parts: list[list[str]] = []
    in_note = False
    for line in lines:
        goes_on = line[:1] in {" ", "\t"} and not _is_heading(parts)
        if parts and (goes_on or (in_note and not _LINE.fullmatch(line))):
            parts[-1].append(line.strip())
        else:
            parts.append([line.rstrip()])
        is_open = parts[-1][0].startswith("[") and len(parts[-1]) < MAX_NOTE
        in_note = is_open and not line.rstrip().endswith("]")
    return [" ".join(part) for part in parts]


def _is_heading(parts: list[list[str]]) -> bool:
    # `Solution:` with indented prose below it; a `Link:` has its URL in the next line
    return bool(parts) and parts[-1][0].endswith(":") and len(parts[-1]) > 1


def _find_block(lines: list[str]) -> list[_Found]:
    found: list[_Found] = []
    others = 0
    by_git = False
    for line in lines:
        match = _LINE.fullmatch(line) if len(line) < MAX_LINE else None
        if match and match[1].lower() not in _NOT_TRAILERS and not match[2].startswith("//"):
            found.append(_Found(match[1], match[2]))
            by_git = by_git or line.lower().startswith(_BY_GIT)
        elif found and _is_wrapped(found[-1].name, found[-1].value, line):
            found[-1].value += f" {line.lstrip()}"
        elif found and line.startswith("[") and line.endswith("]"):
            found[-1].notes.append(line[1:-1].strip())
        else:
            others += 1
            by_git = by_git or line.startswith(_BY_GIT)
    is_block = not others or (by_git and len(found) * 3 >= others)
    return found if is_block else []


def _is_wrapped(name: str, value: str, line: str) -> bool:
    """Whether a mail client broke the trailer's line without an indent.

    `Fixes: 0123456789ab ("KVM: arm64: a title that` and the rest below it, or
    the `<address>` of a person alone, with its comment.
    """
    if len(line) >= MAX_LINE:
        return False
    if name.lower() == "fixes":
        return '("' in value and not value.endswith(")") and line.endswith(")")
    return "@" not in value and _ADDRESS_ALONE.fullmatch(line) is not None


@lru_cache(maxsize=1024)
def _read_value(
    name: str, value: str
) -> tuple[Literal["person", "utility", "unknown"], Address | None, str, str]:
    """Return kind, person, value and comment; most signers sign many patches."""
    if name.lower() in _UTILITY:
        return _read_link(value)
    if "mailto:" in value and not _LINKED.fullmatch(value):
        value = _drop_mailto(value)
    if (match := _PERSON.match(value)) and _is_email(match[2]):
        written, email, name, rest = value[: match.start(3)], match[2], match[1], match[3]
    elif (match := _BARE_PERSON.match(value)) and "." in match[1] and _is_email(match[1]):
        written, email, name, rest = match[1], match[1], "", match[2]
    else:
        is_link = "://" in value or _CVE.match(value)
        return _read_link(value) if is_link else ("unknown", None, value, "")
    address = Address(name=_unquote(name.strip()), email=email, written=written.strip())
    return "person", address, written.strip(), _read_comment(rest)


def _read_link(value: str) -> tuple[Literal["utility"], None, str, str]:
    bare, _, comment = value.partition(" # ")
    return "utility", None, bare.rstrip(), comment.strip()


def _drop_mailto(value: str) -> str:
    """Drop the links that HTML makes of addresses: `<ewa@x.example> <mailto:ewa@x.example>`.

    `Ewa Lis [mailto:ewa@x.example]` has no other address, and is `Ewa Lis <ewa@x.example>`.
    """
    bare = _MAILTO.sub("", value)
    if "@" in bare:
        return bare
    return _MAILTO.sub(lambda match: f" <{match[0].strip(' <[()]>')[7:]}>", value, count=1).lstrip()


def _is_email(word: str) -> bool:
    local, _, domain = word.partition("@")
    # a link to a mail has an `@`: `Discussion: https://lamp.example/r/1@lamp.example`
    return bool(local and domain) and "://" not in local


def _unquote(name: str) -> str:
    is_quoted = name[:1] == name[-1:] == '"' and name.count('"') == 2
    return name[1:-1] if is_quoted else name


def _read_comment(rest: str) -> str:
    """Return the comment that follows an address: ` # v5.4+`, ` [arm64]`, ` (for the docs)`."""
    if match := _COMMENT.search(rest):
        return match[1].strip()
    bracketed = _BRACKETED.fullmatch(rest.strip())
    return (bracketed[1] or bracketed[2] or "").strip() if bracketed else rest.strip()


def _read_trailer(found: _Found, sender: Address, origin: Origin) -> Trailer:
    kind, address, bare, comment = _read_value(found.name, found.value)
    return _make_trailer(
        name=found.name,
        value=bare,
        address=address,
        kind=kind,
        origin=origin,
        scope="patch" if origin == "patch" else "series",
        comment="; ".join(filter(None, [comment, *found.notes])),
        self_attested=is_same_person(address, sender) if address else None,
    )


def is_same_person(claimed: Address, sender: Address) -> bool | None:
    """Whether a trailer's person is the mail's sender; None if unknown.

    It is unknown where either has no address and their names differ.

    By address without `+extension`, or with one domain being the other and one
    more label (`linux.intel.com`, `intel.com`); else by name, with its words in any
    order: `Doe, Jane`, `Jane Doe`. At one firm's domain a name may have more words than
    the other: `Margaret Pfefferkorn`, `Pfefferkorn Lindqvist, Margaret`. Names are free
    text: this compares claims, and proves nothing.
    """
    if not claimed.email or not sender.email:
        return _same_name(claimed.name, sender.name) or None
    if claimed.email.lower() == sender.email.lower():
        return True
    return (
        _same_mailbox(claimed, sender)
        or _same_name(claimed.name, sender.name)
        or _has_fuller_name(claimed, sender)
    )


def _same_mailbox(one: Address, other: Address) -> bool:
    locals_ = [address.local_part.lower().partition("+")[0] for address in (one, other)]
    if locals_[0] != locals_[1]:
        return False
    short, long = sorted((one.domain, other.domain), key=len)
    return short == long or (long.endswith("." + short) and long.count(".") == short.count(".") + 1)


def _same_name(one: str, other: str) -> bool:
    words = _name_words(one[:MAX_NAME])
    return len(words) > 1 and words == _name_words(other[:MAX_NAME])


def _has_fuller_name(one: Address, other: Address) -> bool:
    """Whether two people of a firm have one name, and the other has further words of it.

    Short names are those of many people: `Li Wei`, `Li Wei Ming`.
    """
    domain = one.domain.lower()
    if not domain or domain != other.domain.lower() or domain in _PROVIDERS:
        return False
    words, more = sorted(
        (set(_name_words(address.name[:MAX_NAME])) for address in (one, other)), key=len
    )
    is_long = len(words) > 1 and sum(map(len, words)) >= MIN_LETTERS
    return is_long and words < more and min(map(len, words)) >= MIN_WORD


@lru_cache(maxsize=4096)
def _name_words(name: str) -> list[str]:
    """Return a name's words in alphabetical order, without accents and `(Example Corp)`.

    `Doe, Jane`, `Doe Jane` and `Jané Doe` are the same.
    """
    bare = re.sub(r"\([^()]*\)", " ", name).casefold().replace(",", " ")
    if not bare.isascii():
        bare = "".join(char for char in normalize("NFKD", bare) if not combining(char))
    return sorted(bare.split())
