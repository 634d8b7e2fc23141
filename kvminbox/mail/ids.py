"""Message-IDs and the headers that name them; prose beside them is left out."""

import itertools
import re

from kvminbox.mail.defects import Note, ignore
from kvminbox.mail.envelope import Headers, header_text
from kvminbox.mail.words import decode_line

# Real ids hold anything but brackets and white space: `%`, `/`, quotes, and
# once `<87bkccc6j1.fsf@>` without a domain.
_ID = re.compile(r"<([^<>]*)>")
_BARE = re.compile(r"[^\s<>()\"]+@[^\s<>()\"]*|[^\s<>()\"]+")
# `In-Reply-To: <id> (Jane Doe's message of "Mon, 1 Jul 2019")`, and mail
# addresses of people, which are no ids: `Jane <jane@doe.example>'s message of`
_AFTER_WORD = re.compile(r"[\w\"'.]\s+<[^<>]*>")
_COMMENT = re.compile(r"\([^()]*\)")
# an id one of whose brackets is missing: `<id@host`, and `id@host>`
_HALF = re.compile(
    r"<([^<>]*)>|<([^\s<>@]++@[^\s<>@]++)(?!\S)|(?<![^\s,;])([^\s<>@]++@[^\s<>@]++)>"
)


def read_message_ids(headers: Headers, note: Note) -> tuple[str, ...]:
    """Return a mail's own ids, from its Message-ID headers; there should be exactly one."""
    values = headers.get(b"message-id", ())
    found = [parse_message_id(header_text(value, note), note) for value in values]
    ids = found[0] if len(found) == 1 else tuple(dict.fromkeys(itertools.chain(*found)))
    if not ids:
        note("message-id-missing", "there is no Message-ID")
    elif len(ids) > 1:
        note("message-id-several", f"there are {len(ids)} Message-IDs")
    return ids


def read_references(headers: Headers, name: bytes, note: Note) -> tuple[str, ...]:
    """Return the ids that In-Reply-To or References names, of all headers with that name."""
    values = headers.get(name)
    if not values:
        return ()
    return parse_references(" ".join([header_text(value, note) for value in values]), note)


def _clean(identity: str) -> str:
    # public-inbox removes tabs and blanks that a careless fold left inside an id
    return "".join(identity.split())


def parse_message_ids(text: str) -> tuple[str, ...]:
    """Return the ids in angle brackets, each once, in order; else a bare word.

    >>> parse_message_ids("<a@b> <c@d>")
    ('a@b', 'c@d')
    """
    found = [_clean(identity) for identity in _ID.findall(text)]
    if not found and (bare := _BARE.search(text)):
        found = [bare[0]]
    return tuple(dict.fromkeys(filter(None, found)))


def parse_message_id(text: str, note: Note) -> tuple[str, ...]:
    """Read a Message-ID header: one id, none where it is empty, or by mistake several."""
    if text[:1] == "<" and text[-1:] == ">" and text.count("<") == 1 and " " not in text:
        return (text[1:-1],) if text != "<>" else ()
    if text:
        note("message-id-odd", f"the Message-ID is written {text[:200]!r}")
    return parse_message_ids(_decode_ids(text))


def _decode_ids(text: str) -> str:
    """Decode the encoded words outside of brackets.

    Python's own `email.policy` folds an id that is too long for its line so:
    `In-Reply-To: =?utf-8?q?=3C2024=2E1=2Egit=2Ejane=40doe=2Eexample=3E?=`.
    """
    return decode_line(text, ignore) if "=?" in _ID.sub("", text) else text


def parse_references(text: str, note: Note) -> tuple[str, ...]:
    """Read the ids of References or In-Reply-To; words beside them are a defect.

    Only what is in angle brackets counts: `y` and `n`, the answers that
    people once gave to git send-email's question, do not. A person's address
    in prose, as in `Jane <jane@doe.example>'s message of Monday <id@host>`, can't
    be told from an id by its shape; it counts only if there is no id outside prose.
    """
    if "=?" in text and (decoded := _decode_ids(text)) != text:
        note("references-odd", f"it contains encoded words: {text[:200]!r}")
        text = decoded
    if text.count("<") != text.count(">"):
        halves = _HALF.sub(lambda match: f"<{match[1] or match[2] or match[3] or ''}>", text)
        if halves != text:
            note("references-odd", f"an id without one of its brackets in {text[:200]!r}")
            text = halves
    found = dict.fromkeys(filter(None, map(_clean, _ID.findall(text))))
    if not found:
        if text:
            note("references-prose", f"no id in {text[:200]!r}")
        return ()
    if len(text) > sum(map(len, found)) + 3 * len(found):
        return _outside_prose(text, tuple(found), note)
    return tuple(found)


def _outside_prose(text: str, found: tuple[str, ...], note: Note) -> tuple[str, ...]:
    bare = _COMMENT.sub(" ", text)
    if _ID.sub("", bare).strip(" ,;\t"):
        note("references-prose", f"words besides the ids in {text[:200]!r}")
        bare = _AFTER_WORD.sub(" ", bare)
    return tuple(dict.fromkeys(filter(None, map(_clean, _ID.findall(bare))))) or found
