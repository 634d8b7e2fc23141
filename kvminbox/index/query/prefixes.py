"""The prefixes of a query, in one table: what each finds, in which columns, by what values.

The names and what they cover are those of lei and public-inbox 1.9 (lei-q(1)),
but for the last six, which are ours. The table in docs/searching.md has the same rows.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from kvminbox.errors import QueryError
from kvminbox.index.query.conditions import (
    HAS_ID,
    IS_ON_LIST,
    Condition,
    Lookups,
    Sql,
    begins_in,
    equals,
)
from kvminbox.index.query.values import (
    Range,
    dates,
    hex_digits,
    read_id,
    read_kind,
    read_list_id,
    read_message_id,
    read_numbers,
    read_sizes,
)


@dataclass(frozen=True, slots=True)
class TextPrefix:
    """A prefix that finds words: it takes words, phrases and brackets."""

    meaning: str
    """What it finds, as docs/searching.md says it."""

    columns: tuple[str, ...]
    """The columns of the full text that it covers; none: the names of the lists."""

    stems: bool = True
    """Whether other forms of a word count too; a name has none."""


@dataclass(frozen=True, slots=True)
class ValuePrefix:
    """A prefix with a value that a mail has or does not have."""

    meaning: str
    """What it finds, as docs/searching.md says it."""

    form: str
    """What its value has to be, as errors say it."""

    read: Callable[[str], str]
    """Reads the value as written; raises UnfitError."""

    find: Callable[[str, Lookups], Condition]
    """Compiles what `read` returned."""


@dataclass(frozen=True, slots=True)
class RangePrefix:
    """A prefix with a range of numbers."""

    meaning: str
    """What it finds, as docs/searching.md says it."""

    form: str
    """What its value has to be, as errors say it."""

    read: Callable[[str, datetime | None], Range]
    """Reads the value as written, beside the present; raises UnfitError."""

    column: str
    """The column of `message` that has to be in the range."""


Prefix: TypeAlias = TextPrefix | ValuePrefix | RangePrefix


def _find_patch_id(digits: str, ask: Lookups) -> Sql:
    del ask
    return Sql("message.patch_id = ?", (bytes.fromhex(digits),))


def _find_series(message_id: str, ask: Lookups) -> Sql:
    if ask.find_series is None:
        raise QueryError("`series:` is not supported here", where="query", cure="leave it out")
    ids = json.dumps([*ask.find_series(message_id)])
    return Sql(HAS_ID.format("IN (SELECT value FROM json_each(?))"), (ids,))


_BODY: Final = ("nq", "dfn", "dfa", "dfb", "dfhh", "dfctx", "dfpre", "dfpost")
_BLOB: Final = "the first 7 to 40 hex digits of a blob id"
_TIMES: Final = "a time or a range of times"

PREFIXES: Final[dict[str, Prefix]] = {
    "s": TextPrefix("words of the subject", ("s",)),
    "f": TextPrefix("words of the sender, and of From if a list rewrote it", ("f",)),
    "t": TextPrefix("words of To: names and addresses", ("t",)),
    "c": TextPrefix("words of Cc: names and addresses", ("c",)),
    "tc": TextPrefix("words of To and Cc", ("t", "c")),
    "tcf": TextPrefix("words of To, Cc and From", ("t", "c", "f")),
    "a": TextPrefix("the same as `tcf:`", ("t", "c", "f")),
    "b": TextPrefix(
        "words of the text, quoted or not, including diffs and attached texts", (*_BODY, "q")
    ),
    "nq": TextPrefix("words of the unquoted text, including diffs", _BODY),
    "q": TextPrefix("words of quoted lines", ("q",)),
    "bs": TextPrefix("words of the text and of the subject", (*_BODY, "q", "s")),
    "n": TextPrefix("words of the names of attachments", ("n",)),
    "m": TextPrefix("words of the Message-IDs", ("m",)),
    "mid": ValuePrefix(
        "the mail with exactly this Message-ID", "a Message-ID",
        read_message_id, equals(HAS_ID.format("= ?")),
    ),
    "l": TextPrefix("words of List-Id", (), stems=False),
    "lid": ValuePrefix(
        "the mails with exactly this List-Id, in upper or lower case", "a List-Id",
        read_list_id, equals(IS_ON_LIST.format("lower(list.text) = ?")),
    ),
    "d": RangePrefix("a range of days, by Date", "a date or a range of dates", dates("d"), "sent"),
    "dt": RangePrefix("a range of times, by Date", _TIMES, dates("dt"), "sent"),
    "rt": RangePrefix(
        "a range of times, by the topmost Received", _TIMES, dates("rt"), "received"
    ),
    "z": RangePrefix(
        "a range of sizes in bytes, both ends included", "a range of bytes, such as `1000..5000`",
        read_sizes, "size",
    ),
    "dfn": TextPrefix("words of the paths in diffs", ("dfn",)),
    "dfa": TextPrefix("words of lines that a diff removes", ("dfa",)),
    "dfb": TextPrefix("words of lines that a diff adds", ("dfb",)),
    "dfhh": TextPrefix("words of the function that a hunk header names", ("dfhh",)),
    "dfctx": TextPrefix("words of context lines", ("dfctx",)),
    "dfpre": ValuePrefix(
        "a blob before the change, by the first digits of its id", _BLOB,
        hex_digits(7, 40), begins_in("dfpre"),
    ),
    "dfpost": ValuePrefix(
        "a blob after the change", _BLOB, hex_digits(7, 40), begins_in("dfpost")
    ),
    "dfblob": ValuePrefix(
        "a blob before or after the change", _BLOB,
        hex_digits(7, 40), begins_in("dfpre", "dfpost"),
    ),
    "patchid": ValuePrefix(
        "the patches with this `git patch-id --stable`", "a patch-id of 40 hex digits",
        hex_digits(40, 40), _find_patch_id,
    ),
    "changeid": ValuePrefix(
        "the mails that state this change-id", "a change-id",
        read_id, equals("message.change_id = ?"),
    ),
    "kind": ValuePrefix(
        "the mails of this kind", "a kind of mail", read_kind, equals("message.kind = ?")
    ),
    "revision": RangePrefix(
        "the submissions of this revision, `1` if none is stated",
        "a number or a range such as `2..`", read_numbers, "revision",
    ),
    "series": ValuePrefix(
        "all mails of the series that has this Message-ID", "a Message-ID",
        read_message_id, _find_series,
    ),
    "author": TextPrefix(
        "words of the author of a submission: the in-body From, else From", ("author",),
        stems=False,
    ),
    "tag": TextPrefix(
        "words of a trailer in a submission, or given by another mail", ("tag",), stems=False
    ),
}  # fmt: skip
"""Each prefix, in the order of the page on searching."""

BARE: Final = ""
"""Stands where a word has no prefix."""

_BARE_TEXT: Final = TextPrefix(
    "words of the subject, From, Message-IDs, names of attachments and the text",
    ("m", "s", "f", "q", "n", *_BODY),
)


def text_prefix(name: str) -> TextPrefix:
    """Return the prefix that finds words, by its name or `BARE`."""
    prefix = PREFIXES.get(name, _BARE_TEXT)
    assert isinstance(prefix, TextPrefix)
    return prefix
