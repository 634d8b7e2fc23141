"""A Message-ID as people have it: pasted from a mail, a mail program, a commit or a browser."""

import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from kvminbox.given import refuse_type

_BRACKETS: Final = re.compile(r"<([^<>]+)>")
_NAMED: Final = re.compile(
    r"(?:(?:link|message-?id|msg-?id|mid|id|rfc822msgid):\s*)+", re.IGNORECASE
)
_URL: Final = re.compile(
    r"https?://|(?:lore|lkml|patch|patchwork|www|lists?)\.[a-z0-9-]+\.[a-z0-9.-]+/|marc\.info/",
    re.IGNORECASE,
)
# what archives put behind an id: lore.kernel.org/kvm/ID/T/, …/t.mbox.gz, …/raw, patchwork's /mbox/
_VIEWS: Final = frozenset(
    {"raw", "t", "T", "R", "s", "mbox", "t.mbox.gz", "t.mbox", "t.atom", "f", "d", "_", "embed"}
)


def read_given_id(text: str) -> str:
    """Return the Message-ID that a text names, without angle brackets; empty if it names none.

    It takes a bare id; `<id>`, which is read to the letter; `id:` of notmuch, `mid:` of RFC
    2392, `rfc822msgid:` and a pasted `Message-ID:` line; and addresses of lore.kernel.org,
    lkml.kernel.org, patch.msgid.link, patchwork, marc.info (`?i=`) and other public-inbox
    sites, with their `%40` and `/raw`, `/T/` and the like. Nothing is looked up, and whether
    there is such a mail is not known.

    >>> read_given_id("https://lore.kernel.org/kvm/20250801.1-a%40ada.example/T/#u")
    '20250801.1-a@ada.example'
    >>> read_given_id("id:1@ada.example") == read_given_id(" <1@ada.example> ")
    True
    """
    if not isinstance(text, str):
        found: object = text
        has_one = isinstance(getattr(found, "message_id", None), str)
        cure = "give its message_id" if has_one else "give a text such as '1@ada.example'"
        raise refuse_type(found, "a Message-ID", cure)
    text = text.strip()
    match = _BRACKETS.fullmatch(text)
    if match and "://" not in match[1]:  # `<https://lore.kernel.org/…>` is how mails write links
        return match[1].strip()
    named = _NAMED.match(text)
    rest = text[named.end() :].strip() if named else text
    if match := _BRACKETS.fullmatch(rest):
        rest = match[1].strip()
    if _URL.match(rest):
        return _read_url(rest)
    if named and named[0].lower().startswith("mid:"):
        rest = unquote(rest)
    return rest.removeprefix("<").removesuffix(">")


def _read_url(url: str) -> str:
    """Return the id in an address: a part of the path with an `@`, else the last one.

    An id has any letters but white space; a `/` in it is `%2F` at lore, so that the path is
    cut before it is decoded.
    """
    try:
        found = urlsplit(url if "://" in url else f"https://{url}")
        asked = parse_qs(found.query).get("i")
    except ValueError:  # `https://[`, or more fields than Python reads
        return ""
    if asked:
        return asked[0].strip()
    parts = [unquote(part) for part in found.path.split("/") if part]
    named = [part for part in parts if "@" in part]
    while not named and parts and parts[-1] in _VIEWS:
        parts.pop()
    if not named and (len(parts) < 2 or found.hostname == "lkml.org"):
        return ""  # a list alone, or `lkml.org/lkml/2025/8/1/123`, which tells a number of its own
    return (named or parts[-1:])[0].strip().removeprefix("<").removesuffix(">")
