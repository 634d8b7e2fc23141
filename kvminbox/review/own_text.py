"""The lines of a reply that its sender wrote: no quotes, no signature, no diff."""

import re
from dataclasses import dataclass
from typing import Final

from kvminbox.models import Gist, Message, SuggestedPatch
from kvminbox.review.listed_titles import add_titles, drop_titles
from kvminbox.review.quoting import MAX_GREETING, UNDECIDED, find_mark, is_quoted, may_be_mark

MAX_LINES: Final = 20_000
"""Lines of a reply that are read."""

MAX_PASSES: Final = 3
"""How often quotes and the lines that introduce them are removed: one may be above another."""

_SIGNED: Final = re.compile(r"^[ \t]*Signed-off-by:", re.MULTILINE | re.IGNORECASE)
_DIFF_START: Final = re.compile(r"^(?:diff --git |diff -|Index: |--- a/)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class OwnText:
    """A mail's lines, and which of them its sender wrote."""

    lines: list[str]
    """The lines above the signature, with a `>` in place of a suggested patch."""

    own: list[str]
    """The sender's own, with a `>` for each run that was left out."""

    numbers: list[int]
    """The number in `lines` of each of these; of a `>`, that of its first line."""


def own_lines(message: Message) -> list[str]:
    """Return the lines of a mail that its sender wrote, with a `>` for what was left out.

    Each run of quoted lines and each diff becomes one `>`, with the `On … wrote:` above
    it. What follows `-- ` is left out, and so is a mail that is copied below the answer.
    """
    return drop_titles(own_lines_and_titles(message))


def own_lines_and_titles(message: Message) -> list[str]:
    """Return the same lines, and below a `>` the titles of a quoted shortlog, as `> title`.

    Only titles right above the sender's words are there: `I applied these two` is about them.
    So is what such a quote begins with, `>: patch 1-3`.
    """
    kept: Gist | None = message.gist
    if kept is not None and kept.own is not None:
        return kept.own.split("\n")
    found = find_own_text(message)
    return add_titles(found.lines, found.own, found.numbers)


def find_own_text(message: Message) -> OwnText:
    """Find the lines of a mail that its sender wrote, as `own_lines`, and where they are."""
    text = message.body.split("\n-- \n", 1)[0]
    if text.startswith("-- \n"):
        return OwnText([], [], [])
    if isinstance(message, SuggestedPatch):
        text = _without_patch(text, message)
    lines = text.split("\n", MAX_LINES)[:MAX_LINES]
    own, numbers = lines, list(range(len(lines)))
    for _ in range(MAX_PASSES):
        own, places, is_done = _leave_out(own)
        numbers = [numbers[place] for place in places]
        if is_done:
            break
    return OwnText(lines, own, numbers)


def _leave_out(lines: list[str]) -> tuple[list[str], list[int], bool]:
    """Leave out quotes, their attributions, and a copied mail.

    Return what is left, the number of each line of it, and whether that was all.
    """
    found: list[str] = []
    places: list[int] = []
    written = skipped = 0
    is_done = True
    last_quote: int | None = None
    for number, line in enumerate(lines):
        if number < skipped:
            continue
        first = line[:1]
        # most lines begin with a letter, and are not looked at further
        if first == ">" or ((not first.isalnum() or ">" in line[:8]) and is_quoted(line)):
            if not found or found[-1] != ">":
                found.append(">")
                places.append(number)
            continue
        mark = find_mark(lines, number) if may_be_mark(line) else None
        if mark is not None and mark.is_doubtful:
            if last_quote is None:
                last_quote = max((n for n, one in enumerate(lines) if is_quoted(one)), default=-1)
            # an answer may be below it: no more than a greeting is above, or quotes follow
            if written <= MAX_GREETING or last_quote > number:
                mark = UNDECIDED
        if mark is None or mark is UNDECIDED:
            found.append(line)
            places.append(number)
            written += line != "" and not line.isspace()
            is_done = is_done and mark is None
            continue
        kept = len(found) - (number - max(mark.begins, skipped))
        del found[kept:], places[kept:]
        if mark.kept:
            found.append(mark.kept)
            places.append(mark.begins)
        if mark.is_copy:
            break
        skipped = mark.ends
    return found, places, is_done


def _without_patch(text: str, message: SuggestedPatch) -> str:
    """Cut out the diff, and the commit message that comes with it.

    `Reviewed-by: …` above a mere hint in the form of a diff is the reply's. But
    `Signed-off-by: …` above a `---` belongs to the suggested patch, also where another
    `---` sets the patch apart from the answer.
    """
    diff = message.diff.removesuffix("\n")  # which the signature below it took with it
    start = text.find(diff) if diff else -1
    if start < 0:
        match = _DIFF_START.search(text)
        return text[: match.start()] if match else text
    above, below = text[:start], text[start + len(diff) :]
    is_commit = message.declared_diffstat is not None or any(
        trailer.name.lower() == "signed-off-by" for trailer in message.trailers
    )
    if is_commit:
        above = _without_last_paragraph(above, message.commit_message)
    return f"{_without_signed_end(above)}\n>\n{below}"


def _without_signed_end(text: str) -> str:
    """Cut out the paragraph with a sign-off right above the last `---`."""
    head, rule, tail = text.rpartition("\n---\n")
    before, gap, end = head.rstrip().rpartition("\n\n")
    return f"{before}{gap}>{rule}{tail}" if rule and _SIGNED.search(end) else text


def _without_last_paragraph(text: str, message: str) -> str:
    last = message.rpartition("\n\n")[2]
    place = _find_last(text, last) if last else -1
    return f"{text[:place]}>\n{text[place + len(last) :]}" if place >= 0 else text


def _find_last(text: str, piece: str) -> int:
    """Return the last position of a piece; -1 where it is nowhere.

    `str.rfind` takes quadratic time for a text that is nearly the piece at each
    position; `str.find` does not, so both are reversed.
    """
    place = text[::-1].find(piece[::-1])
    return len(text) - len(piece) - place if place >= 0 else -1
