"""Quotes whose lines a mail program broke anew, held against the words of a remark.

Outlook breaks quoted lines at another column and joins them, so that no line is as it was
written. Blanks do not count, thus neither do line ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kvminbox.models import Address
from kvminbox.remarks.lines import Line
from kvminbox.remarks.own_words import trim_block
from kvminbox.remarks.text import make_key

MIN_WORDS: Final = 4
"""Words of a piece that tells which remark is quoted."""

MIN_PIECE: Final = 16
"""Characters of such a piece, without blanks."""

MAX_LINES: Final = 40
"""Lines of a remark, and of a run, that are compared."""


@dataclass(frozen=True, slots=True)
class AnsweredRun:
    """A run of quoted lines, and the sender's own lines directly below it."""

    text: str
    """The quoted lines, without marks and blanks."""

    pieces: tuple[str, ...]
    """Those of them that tell which remark is quoted."""

    own: tuple[str, ...]
    """The lines below it, up to the next quote."""

    is_last: bool
    """Whether no quote is below them."""


def find_answered_runs(lines: Sequence[Line]) -> list[AnsweredRun]:
    """Return the runs of quoted lines directly above lines of a reply's sender.

    Only lines with as few marks as any are of a run: they are of the mail that is answered,
    and the others are what it quotes itself.
    """
    depth = min((line.depth for line in lines if line.depth and line.key), default=0)
    found: list[AnsweredRun] = []
    run: list[Line] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line.depth and line.key:
            if line.depth == depth:
                run.append(line)
            else:
                run = []
        elif not line.depth and line.key and not line.is_attribution:
            end = number
            while end < len(lines) and not lines[end].depth:
                end += 1
            if run:
                own = [one.text for one in lines[number - 1 : end] if not one.is_attribution]
                found.append(_make_run(run[-MAX_LINES:], own, is_last=end == len(lines)))
            run = []
            number = end
    return found


def _make_run(run: list[Line], own: list[str], *, is_last: bool) -> AnsweredRun:
    pieces = tuple(line.key for line in run if _is_telling(line.text))
    return AnsweredRun("".join(line.key for line in run), pieces, tuple(own), is_last)


def quotes_rewrapped(runs: Sequence[AnsweredRun], remark: str, sender: Address) -> bool:
    """Whether one of the runs quotes a piece of a remark, and has words of the sender below.

    It does not matter where lines end. The end of a quoted line that lost its mark looks like
    words below it, and is none.
    """
    rows = remark.split("\n", MAX_LINES)[:MAX_LINES]
    whole = make_key("".join(rows))
    pieces = [make_key(row) for row in rows if _is_telling(row)]
    if not pieces and len(whole) >= MIN_PIECE:
        pieces = [whole]
    return any(_quotes(run, whole, pieces) and _has_words(run, whole, sender) for run in runs)


def _quotes(run: AnsweredRun, whole: str, pieces: Sequence[str]) -> bool:
    return any(piece in whole for piece in run.pieces) or any(piece in run.text for piece in pieces)


def _has_words(run: AnsweredRun, whole: str, sender: Address) -> bool:
    own = list(run.own)
    words = trim_block(own, sender, is_first=False, is_last=run.is_last, below_quote=False)
    return bool(words) and make_key(words) not in whole


def _is_telling(row: str) -> bool:
    return len(row.split()) >= MIN_WORDS and len(make_key(row)) >= MIN_PIECE
