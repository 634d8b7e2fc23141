"""Trailers: the `Name: value` lines that close a commit message.

Where the block is, git decides (git-interpret-trailers(1)): the last paragraph,
if all its lines are trailers, or if one is that git itself writes and at least a
quarter are. What a line says is read as b4 reads it.
"""

import re
from functools import lru_cache
from typing import Final, Literal

from kvminbox.models import Address, Trailer

_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,60})[ \t]*:[ \t]*(\S.*)")
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
_PERSON = re.compile(r"([^<>]*?)\s*<\s*([^<>\s]+@[^<>\s]+?)\s*(?:<[^<>]*>)?\s*>(.*)")
_BARE_PERSON = re.compile(r"([^\s<>()]+@[^\s<>()]+\.[^\s<>()]+)(.*)")
_COMMENT = re.compile(r"\s#\s*(.*)$|\s*\[(.*)\]\s*$|\s*\((.*)\)\s*$")
_NOTE_LINE = re.compile(r"\[.*\]")
MAX_LINE: Final = 2_000
"""Characters of a line that are read as a trailer."""

Origin = Literal["patch", "cover_letter", "pull_request"]


def parse_trailers(message: str, sender: Address, origin: Origin) -> tuple[Trailer, ...]:
    """Read the trailers at the end of a commit message, in order.

    Args:
        message: the commit message without the title.
        sender: who sent the mail, to tell whether a person speaks for himself;
            never the in-body From, which anyone can write.
        origin: the sort of mail; a cover letter's trailers are for the series.
    """
    paragraph = message.rstrip().rpartition("\n\n")[2]
    if ":" not in paragraph:
        return ()
    return tuple(
        _read_trailer(name, value, comment, sender, origin)
        for name, value, comment in _find_block(paragraph)
    )


def _find_block(paragraph: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    others = 0
    by_git = False
    for line in paragraph.split("\n"):
        match = _LINE.fullmatch(line) if len(line) < MAX_LINE else None
        if match and match[1].lower() not in _NOT_TRAILERS and not match[2].startswith("//"):
            found.append((match[1], match[2].rstrip(), ""))
            by_git = by_git or line.lower().startswith(_BY_GIT)
        elif (found and line[:1] in {" ", "\t"}) or (found and _is_wrapped(found[-1], line)):
            name, value, comment = found[-1]
            found[-1] = (name, f"{value} {line.strip()}", comment)
        elif found and _NOTE_LINE.fullmatch(line.strip()):
            name, value, _ = found[-1]
            found[-1] = (name, value, line.strip()[1:-1])
        else:
            others += 1
            by_git = by_git or line.startswith(_BY_GIT)
    is_block = not others or (by_git and len(found) * 3 >= others)
    return found if is_block else []


def _is_wrapped(trailer: tuple[str, str, str], line: str) -> bool:
    """Whether a mail client broke the trailer's line without an indent.

    `Fixes: 0123456789ab ("KVM: arm64: a title that` and the rest below it, or
    the `<address>` of a person alone.
    """
    name, value, _ = trailer
    if name.lower() == "fixes":
        return '("' in value and not value.endswith(")") and line.rstrip().endswith(")")
    return "@" not in value and re.fullmatch(r"<[^<>\s]+@[^<>\s]+>\s*", line) is not None


@lru_cache(maxsize=4096)
def _read_value(
    name: str, value: str
) -> tuple[Literal["person", "utility", "unknown"], Address | None, str, str]:
    """Give kind, person, value and comment; most signers sign many patches."""
    if name.lower() in _UTILITY or ("://" in value and "@" not in value):
        bare, _, comment = value.partition(" # ")
        return "utility", None, bare.rstrip(), comment.strip()
    match = _PERSON.match(value)
    if match is None and (match := _BARE_PERSON.match(value)):
        written, email, name_part, rest = match[1], match[1], "", match[2]
    elif match:
        written, email, name_part, rest = value[: match.start(3)], match[2], match[1], match[3]
    else:
        return "unknown", None, value, ""
    comment_match = _COMMENT.search(rest)
    comment = next(filter(None, comment_match.groups()), "") if comment_match else rest.strip()
    address = Address(name=name_part.strip().strip('"'), email=email, written=written.strip())
    return "person", address, written.strip(), comment


def _read_trailer(name: str, value: str, comment: str, sender: Address, origin: Origin) -> Trailer:
    kind, address, bare, inline_comment = _read_value(name, value)
    return Trailer(
        name=name,
        value=bare,
        address=address,
        kind=kind,
        origin=origin,
        scope="patch" if origin == "patch" else "series",
        comment=comment or inline_comment,
        self_attested=is_same_person(address, sender) if address else None,
    )


def is_same_person(claimed: Address, sender: Address) -> bool | None:
    """Whether a trailer's person is the mail's sender; None where either has no address.

    By address without `+extension`, or with one domain being the other and one
    more label (`linux.intel.com`, `intel.com`); else by name, in either order of
    its words. Names are free text: this compares claims, and proves nothing.
    """
    if not claimed.email or not sender.email:
        return None
    if claimed.email.lower() == sender.email.lower():
        return True
    return _same_mailbox(claimed, sender) or _same_name(claimed.name, sender.name)


def _same_mailbox(one: Address, other: Address) -> bool:
    locals_ = [address.local_part.lower().partition("+")[0] for address in (one, other)]
    if locals_[0] != locals_[1]:
        return False
    short, long = sorted((one.domain, other.domain), key=len)
    return short == long or (long.endswith("." + short) and long.count(".") == short.count(".") + 1)


def _same_name(one: str, other: str) -> bool:
    words = _name_words(one)
    return len(words) > 1 and words == _name_words(other)


@lru_cache(maxsize=4096)
def _name_words(name: str) -> tuple[str, ...]:
    """Give a name's words in order: `Doe, Jane (Example Corp)` and `Jane Doe` are the same."""
    bare = re.sub(r"\([^()]*\)", " ", name).casefold()
    surname, comma, given = bare.partition(",")
    return tuple((f"{given} {surname}" if comma else bare).split())
