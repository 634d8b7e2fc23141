"""Earlier revisions that a series names in its text: links, and `Supersedes:`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from kvminbox.models import Series

MAX_TEXT: Final = 20_000
"""Characters of each mail's text that are read."""

MAX_NOTED: Final = 8
"""How many ids of one footnote count; a link has one."""

# `https://lore.kernel.org/r/<id>/`, `https://patch.msgid.link/<id>`, `<id>`
_ID = re.compile(r"(?<![^\s/<>()\[\]\"',;])[^\s/<>()\[\]\"',;]{1,250}@[^\s/<>()\[\]\"',;]{1,250}")
_URL = re.compile(r"(?<!\S)(?=\S*?://\S)\S++")
_VERSION = re.compile(r"(?<![\w.])(?:v|version |rev(?:ision)? )(\d{1,3})\b", re.IGNORECASE)
_RFC = re.compile(r"\brfc\b", re.IGNORECASE)
_SUPERSEDES = re.compile(r"^(supersedes|obsoleted-by):[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
# `Changes since v1 [1]:` above, `[1] https://lore.kernel.org/…` below
_FOOTNOTE = re.compile(r"^[ \t]*\[(\w{1,8})\]:?[ \t]*([^\s@]*+@\S*+)[ \t]*+$", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[(\w{1,8})\]")
_PLAIN_WORD = re.compile(
    r"(?:link|links|to|of|the|a|and|at|in|on|for|from|since|was|is|here|see|posted|sent"
    r"|previous|prev|last|version|versions|revision|series|patch|patches|rfc|change|changes"
    r"|changelog|changed|history|original|url|lore|posting|discussion|thread|can|be|found"
    r"|this|also|against|vs|v\d+)"
)


@dataclass(frozen=True)
class Mention:
    """A Message-ID that a series' text names as that of another revision."""

    message_id: str
    revision: int | None
    """The revision that the text states; None if it says only `RFC` or `previous`."""

    is_plain: bool
    """Whether the line has nothing else: `v1: https://…`, `Link to v1: …`."""


def find_mentions(series: Series) -> list[Mention]:
    """Find the revisions that the cover letter and the notes of a series link to."""
    found: dict[str, Mention] = {}
    for text in _texts(series):
        if "@" not in text and "%40" not in text:
            continue
        notes = {mark: _read_ids(note)[:MAX_NOTED] for mark, note in _FOOTNOTE.findall(text)}
        for mention in _find_in_lines(text, notes):
            found.setdefault(mention.message_id, mention)
    return list(found.values())


def find_superseded(series: Series) -> tuple[list[str], list[str]]:
    """Find the ids that a series says it replaces, and those it says it was replaced by."""
    older: list[str] = []
    newer: list[str] = []
    for message in series.messages:
        text = message.body[:MAX_TEXT]
        for name, value in _SUPERSEDES.findall(text):
            (older if name.lower() == "supersedes" else newer).extend(_read_ids(value))
    return older, newer


def _texts(series: Series) -> Iterator[str]:
    if series.cover is not None:
        yield series.cover.body[:MAX_TEXT]
    for patch in series.patches:
        if patch.notes:
            yield patch.notes[:MAX_TEXT]


def _read_ids(text: str) -> list[str]:
    if "%" in text:
        text = unquote(text)
    return [identity.rstrip(".:") for identity in _ID.findall(text)]


def _find_in_lines(text: str, notes: dict[str, list[str]]) -> Iterator[Mention]:
    before = ""
    for line in text.split("\n"):
        ids = _read_ids(line) if "@" in line or "%40" in line else []
        if _FOOTNOTE.fullmatch(line):
            ids = []
        for mark in dict.fromkeys(_FOOTNOTE_MARK.findall(line)) if notes else ():
            ids += notes.get(mark, [])
        label = _URL.sub(" ", _ID.sub(" ", _FOOTNOTE_MARK.sub(" ", line)))
        # `v1:`, with the link alone on the next line
        label = label if _words(label) else before
        if ids and (mention := _read_label(label)):
            for identity in ids:
                yield Mention(identity, *mention)
        before = line if line.strip() and not ids else ""


def _words(label: str) -> list[str]:
    return re.findall(r"[A-Za-z]\w*", label)


def _read_label(label: str) -> tuple[int | None, bool] | None:
    """Read what a line says of its link: the revision, and whether it says nothing else."""
    versions = [int(number) for number in _VERSION.findall(label[:500])]
    words = [word.lower() for word in _words(label[:500])]
    is_plain = all(map(_PLAIN_WORD.fullmatch, words))
    if versions:
        return (versions[0] if len(set(versions)) == 1 else min(versions)), is_plain
    if _RFC.search(label) or (is_plain and {"previous", "prev", "last"} & set(words)):
        return None, is_plain
    return None
