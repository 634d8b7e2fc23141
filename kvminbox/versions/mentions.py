"""Earlier revisions that a series names in its text: links, `Supersedes:`, sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from kvminbox.models import Message, Series
from kvminbox.order import body_of, notes_of

MAX_TEXT: Final = 20_000
"""Characters of each mail's text that are read."""

MAX_NOTED: Final = 8
"""How many ids of one footnote count; a link has one."""

MAX_SENTENCE: Final = 240
"""Characters behind `supersedes` in which the superseded series is named."""

# `https://lore.kernel.org/r/<id>/`, `https://patch.msgid.link/<id>`, `<id>`
_ID = re.compile(r"(?<![^\s/<>()\[\]\"',;])[^\s/<>()\[\]\"',;]{1,250}@[^\s/<>()\[\]\"',;]{1,250}")
_URL = re.compile(r"(?<!\S)(?=\S*?://\S)\S++")
_VERSION = re.compile(r"(?<![\w.])(?:v|version |rev(?:ision)? )(\d{1,3})\b", re.IGNORECASE)
_RFC = re.compile(r"\brfc\b", re.IGNORECASE)
_TRAILER = re.compile(
    r"^(supersedes|obsoletes|obsoleted-by|superseded-by):[ \t]*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
# `This supersedes <id>`, `replaces the series "kvm: fix it" [1]`; not `is superseded by`, nor
# `does not replace`; a register supersedes another one, so that what follows must be known
_SENTENCE = re.compile(
    r"\b(?:supersed(?:es?|ing)|(?:replac|obsolet)(?:es|ing|e))\b(?! by\b)", re.IGNORECASE
)
_NEGATED = re.compile(r"(?:\bnot|n't|\bnever)\s+$", re.IGNORECASE)
# it must be said of this series; and `replaces`, of patches
_SUBJECT = re.compile(
    r"\b(?:this|these|it|series|patch\w*|set|version|v\d+)\b[^.]*$", re.IGNORECASE
)
_OBJECT = re.compile(
    r"\[|<|\b(?:patch\w*|series|version|v\d+|set|posting|submission)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"'“‘`]([^\"“”`\n]{8,200})[\"'”’`]")
_STOP = re.compile(r"\.\s")
_GROUPS = re.compile(r"(?:\[[^\[\]]{1,60}\]\s*)+")
# `Changes since v7`, `changes from Jane's v7:`, `v7 -> v8`
_SAID = re.compile(
    r"\b(?:since|from|changes in|against)\b[^\n.]{0,40}?\bv(\d{1,3})\b"
    r"|(?<![\w.])v(\d{1,3}) ?(?:[-=]+>|→|to) ?v\d",
    re.IGNORECASE,
)
# `v3:`, `Changes in v3 (Jane):`, `* v3 - fix it`, above what changed since v2
_HEADED = re.compile(
    r"^[ \t*#-]{0,8}(?:changes? (?:in|for) |changelog |changes? )?v(\d{1,3})(?: ?[:(]| - |[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
# `v2:`, above a list of which the last item is its link
_HEADING = re.compile(r"[ \t*#-]{0,8}v(\d{1,3})[ \t]*:?[ \t]*", re.IGNORECASE)
_NUMBERED = re.compile(r"v\d", re.IGNORECASE)
# `Changes since v1 [1]:` above, `[1] https://lore.kernel.org/…` below
_FOOTNOTE = re.compile(r"^[ \t]*\[(\w{1,8})\]:?[ \t]*([^\s@]*+@\S*+)[ \t]*+$", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[(\w{1,8})\]")
_VERSION_MARK = re.compile(r"(?:rfc)?v?\d{0,3}", re.IGNORECASE)
_PLAIN_WORD = re.compile(
    r"(?:link|links|to|of|the|a|and|at|in|on|for|from|since|was|is|here|see|posted|sent"
    r"|previous|prev|last|version|versions|revision|series|patch|patches|rfc|change|changes"
    r"|changelog|changed|history|original|url|lore|posting|discussion|thread|can|be|found"
    r"|this|also|against|vs|v\d+)"
)
# what a series is built on, rather than what it continues
_BASE = re.compile(
    r"\b(?:based on|on top of|depend\w*|requires?|prerequisite\w*|appl(?:y|ies)|needs?|"
    r"follow[- ]?up|companion|together with|discuss\w*|report\w*|suggest\w*|closes)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """A Message-ID that a series' text names."""

    message_id: str
    revision: int | None
    """The revision that the text states; None if it says only `RFC` or `previous`.

    Of a link without a label, that of the heading above, which may be the link's or the list's.
    """

    is_plain: bool
    """Whether the line has nothing else: `v1: https://…`, `Link to v1: …`."""

    is_labelled: bool = True
    """Whether the text calls it another revision; a link alone may be to anything."""


@dataclass(frozen=True)
class Superseded:
    """What a series' text says of what it replaces, and of what replaces it."""

    older: tuple[str, ...]
    """The ids behind `Supersedes:`."""

    newer: tuple[str, ...]
    """The ids behind `Obsoleted-by:` or `Superseded-by:`."""

    def __bool__(self) -> bool:
        return bool(self.older or self.newer)


@dataclass(frozen=True)
class Told:
    """What a series' sentences say that it replaces."""

    ids: tuple[str, ...]
    """The ids in `this supersedes <id>`."""

    titles: tuple[str, ...]
    """The titles that are quoted there, without brackets."""

    def __bool__(self) -> bool:
        return bool(self.ids or self.titles)


def find_mentions(series: Series) -> list[Mention]:
    """Find the mails that the cover letter and the notes of a series link to."""
    found: dict[str, Mention] = {}
    for text in _texts(series):
        for mention in _find_mentions(text):
            known = found.setdefault(mention.message_id, mention)
            if mention.is_labelled and not known.is_labelled:
                found[mention.message_id] = mention
    return list(found.values())


def _find_mentions(text: str) -> Iterator[Mention]:
    if "@" in text or "%40" in text:
        yield from _find_in_lines(text, _read_notes(text))


def find_superseded(messages: Iterable[Message]) -> Superseded:
    """Find what lines of some mails say that they replace, or that replaces them."""
    older: list[str] = []
    newer: list[str] = []
    for message in filter(may_supersede, messages):
        for name, value in _TRAILER.findall(body_of(message)[:MAX_TEXT]):
            (newer if name.lower().endswith("-by") else older).extend(_read_ids(value))
    return Superseded(tuple(older), tuple(newer))


def may_supersede(message: Message) -> bool:
    """Whether a mail may have such a line; a look that costs next to nothing."""
    body = body_of(message)
    return "upersede" in body or "bsolete" in body or "UPERSEDE" in body


def find_told(series: Series) -> Told:
    """Find what the cover letter and the notes of a series say in a sentence that it replaces."""
    return _find_told(_texts(series))


def _find_told(texts: Iterable[str]) -> Told:
    ids: list[str] = []
    titles: list[str] = []
    for text in texts:
        if not ("upersed" in text or "eplac" in text or "bsolet" in text):
            continue
        notes = _read_notes(text)
        for sentence in _sentences(text):
            ids += _read_ids(sentence)[:MAX_NOTED]
            for mark in dict.fromkeys(_FOOTNOTE_MARK.findall(sentence)):
                ids += notes.get(mark, [])
            titles += [_GROUPS.sub("", title, 1) for title in _QUOTED.findall(sentence)]
    return Told(tuple(ids), tuple(titles))


def names_others(text: str) -> bool:
    """Whether the text of a cover letter, or the notes of a patch, names other revisions.

    Where it does not, `find_mentions`, `find_said_revisions` and `find_told` find nothing in it.
    """
    text = text[:MAX_TEXT]
    return (
        next(_find_said(text), None) is not None
        or next(_find_mentions(text), None) is not None
        or bool(_find_told([text]))
    )


def find_said_revisions(series: Series) -> frozenset[int]:
    """Find the numbers of earlier revisions that it lists changes from.

    A heading, `v3:`, tells one only where no subject states a revision.
    """
    found: set[int] = set()
    for text in _texts(series):
        found.update(int(match[1] or match[2]) for match in _find_said(text))
        if not series.revision_stated:
            found.update(int(match[1]) - 1 for match in _HEADED.finditer(text))
    return frozenset(found - {0})


def heads_changes(text: str) -> bool:
    """Whether a text has a heading above the changes of a later revision, `v3:`."""
    return any(int(match[1]) > 1 for match in _HEADED.finditer(text[:MAX_TEXT]))


def _find_said(text: str) -> Iterator[re.Match[str]]:
    for line in text.split("\n"):
        if _NUMBERED.search(line):  # of few lines, and the words above may begin anywhere
            yield from _SAID.finditer(line)


def _sentences(text: str) -> Iterator[str]:
    """Yield what follows `supersedes` and the like, to the end of the sentence or paragraph."""
    for match in _SENTENCE.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if _NEGATED.search(before) or not _SUBJECT.search(before):
            continue
        rest = text[match.end() : match.end() + MAX_SENTENCE]
        paragraph = rest.split("\n\n", 1)
        # `This supersedes:`, with the link alone in the next paragraph
        alone = len(paragraph) > 1 and paragraph[0].rstrip().endswith(":")
        last = "\n".join(paragraph[:2]) if alone else _STOP.split(paragraph[0], maxsplit=1)[0]
        if match[0][0] in "sS" or _OBJECT.search(last):
            yield last


def _texts(series: Series) -> Iterator[str]:
    if series.cover is not None:
        yield body_of(series.cover)[:MAX_TEXT]
    for patch in series.patches:
        if notes := notes_of(patch):
            yield notes[:MAX_TEXT]


def _read_notes(text: str) -> dict[str, list[str]]:
    return {mark: _read_ids(note)[:MAX_NOTED] for mark, note in _FOOTNOTE.findall(text)}


def _read_ids(text: str) -> list[str]:
    if "@" not in text and "%40" not in text:
        return []
    if "%" in text:
        text = unquote(text)
    return [identity.rstrip(".:") for identity in _ID.findall(text)]


def _find_in_lines(text: str, notes: dict[str, list[str]]) -> Iterator[Mention]:
    before, blank = "", False
    heading: int | None = None
    for line in text.split("\n"):
        ids = _read_ids(line)
        if ids and (note := _FOOTNOTE.fullmatch(line)) and not _is_version(note[1]):
            ids = []
        for mark in dict.fromkeys(_FOOTNOTE_MARK.findall(line)) if notes else ():
            ids += notes.get(mark, [])
        is_listed = False
        if ids:
            # what is behind the id in a link, `/T/#u`, is no word
            label = _ID.sub(" ", _URL.sub(" ", _FOOTNOTE_MARK.sub(_keep_version, line)))
            # `v1:`, with the link alone on the next line, or below a blank one
            is_alone = not _words(label)
            label = before if is_alone else label
            found = _read_label(label)
            if is_alone and found == (None, False) and not label.rstrip().endswith(":"):
                found = None  # `This is an RFC until the patches`, and their link below
            is_listed = is_alone and found is not None  # below `v1:` may be several
            if found:
                yield from (Mention(identity, *found) for identity in ids)
            elif not _BASE.search(label):
                above = heading if is_alone else None
                yield from (Mention(identity, above, False, False) for identity in ids)
        if head := _HEADING.fullmatch(line):
            heading = int(head[1])
        elif not line.strip():
            heading = None
        if is_listed:
            blank = False
        elif line.strip():
            before, blank = (line if not ids else ""), False
        elif blank or not before.rstrip().endswith(":"):
            before = ""
        else:
            blank = True


def _is_version(mark: str) -> bool:
    """Whether a footnote is marked by a revision: `[v1] https://…`."""
    return not mark.isdigit() and _VERSION_MARK.fullmatch(mark) is not None


def _keep_version(mark: re.Match[str]) -> str:
    return f" {mark[1]} " if _is_version(mark[1]) else " "


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
