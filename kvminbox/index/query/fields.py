"""The prefixes of a query: what each searches, and what its value has to be.

The names and what they cover are those of lei and public-inbox 1.9 (lei-q(1)),
but for the last six, which are ours.
"""

from typing import Final

_BODY: Final = ("nq", "dfn", "dfa", "dfb", "dfhh", "dfctx", "dfpre", "dfpost")

BARE: Final = ""
"""Stands where a word has no prefix."""

TEXT_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    BARE: ("m", "s", "f", "q", "n", *_BODY),
    "s": ("s",),
    "f": ("f",),
    "t": ("t",),
    "c": ("c",),
    "tc": ("t", "c"),
    "tcf": ("t", "c", "f"),
    "a": ("t", "c", "f"),
    "b": (*_BODY, "q"),
    "nq": _BODY,
    "q": ("q",),
    "bs": (*_BODY, "q", "s"),
    "n": ("n",),
    "m": ("m",),
    "l": (),  # the lists' names are few, and are in a table of their own
    "dfn": ("dfn",),
    "dfa": ("dfa",),
    "dfb": ("dfb",),
    "dfhh": ("dfhh",),
    "dfctx": ("dfctx",),
    "author": ("author",),
    "tag": ("tag",),
}
"""The prefixes that search words, each with the columns of the full text that it covers."""

UNSTEMMED_FIELDS: Final = frozenset({"l", "author", "tag"})
"""Where a word is no English one, and means only itself."""

FILTERS: Final[dict[str, str]] = {
    "mid": "a Message-ID",
    "lid": "a List-Id",
    "d": "a date or a range of dates",
    "dt": "a time or a range of times",
    "rt": "a time or a range of times",
    "z": "a range of bytes, such as `1000..5000`",
    "dfpre": "the first 7 to 40 hex digits of a blob id",
    "dfpost": "the first 7 to 40 hex digits of a blob id",
    "dfblob": "the first 7 to 40 hex digits of a blob id",
    "patchid": "a patch-id of 40 hex digits",
    "changeid": "a change-id",
    "kind": "a kind of mail",
    "revision": "a number or a range such as `2..`",
    "series": "a Message-ID",
}
"""The prefixes whose value is taken whole, each with what it has to be."""

MEANINGS: Final[dict[str, str]] = {
    "s": "words of the subject",
    "f": "words of From: name and address",
    "t": "words of To: names and addresses",
    "c": "words of Cc: names and addresses",
    "tc": "words of To and Cc",
    "tcf": "words of To, Cc and From",
    "a": "the same as `tcf:`",
    "b": "words of the text, quoted or not, diffs and texts attached included",
    "nq": "words of the text that is not quoted, diffs included",
    "q": "words of quoted lines",
    "bs": "words of the text and of the subject",
    "n": "words of the names of attachments",
    "m": "words of the Message-IDs",
    "mid": "the mail with exactly this Message-ID",
    "l": "words of List-Id",
    "lid": "the mails with exactly this List-Id, in upper or lower case",
    "d": "a range of days, by Date",
    "dt": "a range of times, by Date",
    "rt": "a range of times, by the topmost Received",
    "z": "a range of sizes in bytes, both ends included",
    "dfn": "words of the paths in diffs",
    "dfa": "words of lines that a diff removes",
    "dfb": "words of lines that a diff adds",
    "dfhh": "words of the function that a hunk header names",
    "dfctx": "words of lines of context",
    "dfpre": "a blob before the change, by the first digits of its id",
    "dfpost": "a blob after the change",
    "dfblob": "a blob before or after the change",
    "patchid": "the patches with this `git patch-id --stable`",
    "changeid": "the mails that state this change-id",
    "kind": "the mails of this kind",
    "revision": "the submissions of this revision, `1` where none is stated",
    "series": "all mails of the series that has this Message-ID",
    "author": "words of the author of a submission: the in-body From, else From",
    "tag": "words of a trailer that a submission bears or another mail gives",
}
"""What each prefix finds, as the page on searching has it."""
