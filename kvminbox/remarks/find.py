"""From a reply to its remarks: what its sender wrote, and below which row of the series."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from kvminbox.models import Address, Message, Remark, RemarkPlace, Series, Side, Submission
from kvminbox.patches import is_program
from kvminbox.patterns import compile_later
from kvminbox.remarks.align import MIN_PIECE, Aligner
from kvminbox.remarks.lines import Line, read_lines
from kvminbox.remarks.own_words import begins_with_greeting, trim_block
from kvminbox.remarks.pointers import with_referred
from kvminbox.remarks.text import STAT_ROW, QuotableText, SeriesText, Zone
from kvminbox.trailers import is_same_person

MAX_REMARKS: Final = 2_000
"""Remarks of one reply that are read."""

MAX_OTHERS: Final = 50
"""Other mails of a series in which a quote is looked for: the nearest ones."""

MAX_BACK: Final = 3
"""Quoted lines above a remark that may be nowhere in the series, before its place is unknown."""

WHOLE: Final = 0.9
"""The part of a mail's rows that makes a quote one of the whole."""

MAX_THANKS: Final = 100
"""Characters of words that only thank for a review."""

MIN_TOLD: Final = 6
"""Characters of a line that tells whether the patch is quoted."""

# also `Ada, thanks for the lamps. I have applied it`
_ABOUT_ALL: Final = compile_later(
    r"(?:\w[\w-]{0,20}[,:] )?(?:(?:many )?thank(?:s| you)\b[^.!?\n]{0,40}[.,!]\s+)?"
    r"(?:(?:now|i've|i have|i|thanks|series|both|all|patch(?:es)?)[\s,.!;:]+){0,3}"
    r"(?:applied|queued|merged|pushed|picked up|(?:gentle |friendly |kind )?(?:ping|reminder))\b",
    re.IGNORECASE,
)
# `Thanks for your review, I will fix all of it!` at the end of an answer
_THANKED: Final = compile_later(
    r"(?:(?:many|ok|okay),? )?thank(?:s| you)(?: \w+){0,3} for "
    r"(?:your|the|all|taking|looking|reviewing|reporting)\b",
    re.IGNORECASE,
)
# `2.52.0`, `2.43.0.windows.1`, below a `--` that was lost on the way
_VERSION: Final = re.compile(r"\s*\d+\.\d+\.\d+(?:[.-][\w.-]{1,40})?\s*")
_SCISSORS: Final = re.compile(r"[ \t]*-{1,9} ?(?:>8|8<|>%|%<) ?-{1,90}[ \t]*")
_SIDES: Final[dict[str, Side]] = {"added": "new", "removed": "old", "context": "both"}


def parse_remarks(reply: Message, series: Series) -> tuple[Remark, ...]:
    """Return what a reply says about which place of a series, in the reply's order.

    A remark is a run of the sender's own lines. Its place is the quoted line above it, which
    is found in the patch that the reply answers, or in another mail of the series. Below the
    quoted words of another reply, it is an answer to them (`is_answer`).

    A reply to another series has remarks, too, of an unknown place. This does not look at
    what the mail answers: `review.messages` or a thread tell which replies a series has.
    """
    return find_remarks(reply, SeriesText(series))


def find_remarks(reply: Message, series: SeriesText) -> tuple[Remark, ...]:
    """Return a reply's remarks, as `parse_remarks`, with a series that is prepared once."""
    text = series.find(reply)
    lines = read_lines(reply)
    if text is None or not any(map(_may_be_own, lines)):
        return ()
    is_direct = any(series.is_member(identity) for identity in reply.in_reply_to)
    reading = _Reading(lines, text, series, _find_depth(lines, text, is_direct=is_direct))
    by_program = is_by_program(reply)
    found: list[Remark] = []
    for block in reading.blocks():
        words = trim_block(
            block.lines,
            reply.sender,
            is_first=block.is_first,
            is_last=block.is_last,
            below_quote=not block.is_answer,
            authors=_names(series.series.sender, _author(block.text or text)),
        )
        if not words:
            continue
        author = _author(block.text or text)
        found.append(
            Remark(
                message_id=reply.message_id,
                sender=reply.sender,
                date=reply.date,
                by_program=by_program,
                by_author=bool(
                    is_same_person(reply.sender, series.series.sender)
                    or is_same_person(reply.sender, author)
                ),
                is_answer=block.is_answer,
                text=words,
                quoted="\n".join(block.quoted),
                **_describe_place(block, text, words),
            )
        )
        if len(found) >= MAX_REMARKS:
            break
    # what is left of a suggested patch, whose reason is told in another remark
    return with_referred([one for one in found if not _is_left_over(one.text)] or found)


def _is_left_over(text: str) -> bool:
    """Whether a text is a diffstat alone, or git's version, or a scissors line."""
    rows = [line for line in text.split("\n") if line.strip()]
    if len(rows) == 1 and (_VERSION.fullmatch(rows[0]) or _SCISSORS.fullmatch(rows[0])):
        return True
    return all(map(STAT_ROW.match, rows))


def is_by_program(reply: Message) -> bool:
    """Whether a program sent a reply."""
    return reply.kind == "bot" or is_program(reply.sender)


def _names(*people: Address) -> set[str]:
    """Return the words of people's names, and the local parts of their addresses."""
    return {
        word
        for one in people
        for word in (*re.findall(r"[\w-]+", one.name.lower()), one.local_part.lower())
    }


def _author(text: QuotableText) -> Address:
    return text.message.author if isinstance(text.message, Submission) else text.message.sender


@dataclass(slots=True)
class _Block:
    """A run of own lines, and the quote above it."""

    lines: list[str]
    quoted: list[str]
    is_first: bool
    is_last: bool = False
    is_answer: bool = False
    text: QuotableText | None = None
    """The mail whose row is above it."""

    place: int | None = None
    """That row."""

    first: int | None = None
    """The first row of the run that ends there."""

    next_place: int | None = None
    """The row that is quoted next below it."""

    has_gap: bool = False
    """Whether quoted lines of the patch are above it, but none has a row."""

    evidence: list[str] = field(default_factory=list)


def _find_depth(lines: list[Line], text: QuotableText, *, is_direct: bool) -> int:
    """Return how many marks the patch's own lines have.

    One in a direct reply. In an answer to an answer, as many as the innermost lines have of
    which half are found in the patch, since an answer may quote it again, or a draft that
    resembles it; else as most lines have that are found; one more than any line has where it
    is not quoted at all.
    """
    found: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for line in lines:
        if line.depth and not line.has_bar and len(line.key) >= MIN_TOLD:
            total[line.depth] += 1
            found[line.depth] += line.key in text.places
    deepest = max(found, key=lambda depth: (found[depth], depth), default=1)
    if is_direct and (found[1] or not found[deepest]):
        return 1
    well = [depth for depth in found if found[depth] > 1 and found[depth] * 2 >= total[depth]]
    if not is_direct and well:
        return max(well)
    # somebody's `Thanks,` may be in the patch's mail, too
    if not found[deepest] or (deepest == 1 and found[1] * 2 < total[1]):
        return max(total, default=0) + 1
    return deepest


def _has_bar(line: Line) -> bool:
    return line.has_bar


def _may_be_own(line: Line) -> bool:
    """Whether a line may be of a block: the sender's own, or one that may turn out to be so."""
    return line.has_bar or bool(not line.depth and line.key and not line.is_attribution)


class _Reading:
    """Goes through the lines of a reply, and finds the row of each quoted one."""

    def __init__(
        self, lines: list[Line], text: QuotableText, series: SeriesText, depth: int
    ) -> None:
        self._lines = lines
        self._text = text
        self._series = series
        self._depth = depth
        self._row: dict[int, tuple[QuotableText, int]] = {}
        """The mail and place of each line, by its index."""
        self._align()

    def _is_patch(self, line: Line) -> bool:
        return line.depth == self._depth and bool(line.key)

    def _align(self) -> None:
        lines, depth = self._lines, self._depth
        aligner = Aligner(
            self._text, [line.key for line in lines if line.depth == depth and line.key]
        )
        index = 0
        for number, line in enumerate(lines):
            if line.depth == depth and line.key:  # `_is_patch`, for each of a million lines
                place = aligner.take(index)
                index += 1
                if place is not None:
                    self._row[number] = self._text, place
            elif not line.depth and self._has_lost_its_mark(number, aligner, index):
                line.depth = depth
                self._row[number] = self._text, self._row[number - 1][1]
        if not any(lines[number].has_bar for number in self._row):
            # tables, a compiler's output, suggestions: quotes are found in the patch
            for line in filter(_has_bar, lines):
                line.text, line.depth = line.written, 0
        self._look_elsewhere()

    def _has_lost_its_mark(self, number: int, aligner: Aligner, index: int) -> bool:
        """Whether a line is the rest of a wrapped quote, or one whose `>` a client left out."""
        line = self._lines[number]
        if line.depth or not line.key or number - 1 not in self._row:
            return False
        if aligner.is_rest(line.key):
            return True
        below = self._lines[number + 1 : number + 2]
        is_within = bool(below) and below[0].depth >= self._depth
        return is_within and aligner.is_next(line.key, index)

    def _look_elsewhere(self) -> None:
        """Look for runs without a row in the other mails of the series."""
        runs = list(self._lost_runs())
        if not runs:
            return
        for other in self._first_others():
            left = []
            for run in runs:
                keys = [self._lines[number].key for number in run]
                known = sum(len(key) for key in keys if key in other.places)
                if known < MIN_PIECE:
                    left.append(run)
                    continue
                aligner = Aligner(other, keys)
                for index, number in enumerate(run):
                    place = aligner.take(index)
                    if place is not None:
                        self._row[number] = other, place
            runs = left
            if not runs:
                break

    def _first_others(self) -> Iterator[QuotableText]:
        for count, other in enumerate(self._series.others(self._text)):
            if count >= MAX_OTHERS:
                break
            yield other

    def _lost_runs(self) -> Iterator[list[int]]:
        run: list[int] = []
        row = self._row
        for number, line in enumerate(self._lines):
            if number not in row and self._is_patch(line):
                run.append(number)
            elif line.key and run:
                yield run
                run = []
        if run:
            yield run

    def blocks(self) -> Iterator[_Block]:
        """Yield the runs of own lines, each with the row of the line above it."""
        lines = self._lines
        above: int | None = None  # the quoted line above
        quoted: list[int] = []  # those since the block before
        number = 0
        while number < len(lines):
            line = lines[number]
            if line.depth:
                if line.key:
                    above = number
                    quoted.append(number)
                number += 1
                continue
            if line.is_attribution or not line.key:
                number += 1
                continue
            end = number
            last = number
            while end < len(lines) and not lines[end].depth and not lines[end].is_attribution:
                last = end if lines[end].key else last
                end += 1
            own = [one.text for one in lines[number : last + 1]]
            block = _Block(own, [], is_first=above is None)
            block.is_last = not any(one.depth for one in lines[end:])
            self._place(block, above, quoted, end)
            yield block
            quoted = []
            number = end

    def _place(self, block: _Block, above: int | None, quoted: list[int], end: int) -> None:
        if above is None:
            block.evidence.append("nothing is quoted above it")
            return
        line = self._lines[above]
        block.is_answer = line.depth < self._depth
        anchor = self._find_anchor(above, is_answer=block.is_answer)
        if line.depth > self._depth or anchor is None:
            block.has_gap = not block.is_answer
            block.quoted = [self._lines[number].text for number in quoted[-20:]]
            return
        block.text, block.place = self._row[anchor]
        block.first = block.place
        start = len(quoted)
        while start and self._lines[quoted[start - 1]].depth == line.depth:
            if not block.is_answer and not self._goes_on(quoted[start - 1], block):
                break
            start -= 1
        block.quoted = [self._lines[number].text for number in quoted[start:]]
        block.next_place = self._find_next(end, block.text)

    def _goes_on(self, number: int, block: _Block) -> bool:
        """Whether a quoted line belongs to the run above a block; take it in if so."""
        row = self._row.get(number)
        if row is None or block.first is None:
            return row is None and number not in self._row and block.first is not None
        if row[0] is not block.text or not 0 <= block.first - row[1] <= 1:
            return False
        block.first = row[1]
        return True

    def _find_anchor(self, above: int, *, is_answer: bool) -> int | None:
        """Return the nearest line above that has a row; for an answer, however far."""
        left = MAX_BACK
        for number in range(above, -1, -1):
            if number in self._row:
                return number
            line = self._lines[number]
            if is_answer:
                continue
            if not line.depth and line.key:
                return None
            left -= self._is_patch(line)
            if left < 0:
                return None
        return None

    def _find_next(self, start: int, text: QuotableText) -> int | None:
        for number in range(start, len(self._lines)):
            if number in self._row and self._row[number][0] is text:
                return self._row[number][1]
        return None


def _describe_place(block: _Block, answered: QuotableText, words: str) -> dict[str, Any]:
    """Return the fields of a remark that tell its place."""
    text, place = block.text, block.place
    if text is None or place is None:
        name: RemarkPlace = "unknown" if block.has_gap else "general"
        if block.has_gap and _quotes_title(block, answered):
            name = "message"
            block.evidence.append("it is below the quoted subject")
        elif block.has_gap:
            block.evidence.append("the text quoted above it is not in the series")
        elif block.is_answer:
            block.evidence.append("it is below another reply, with no line of the patch above")
        return _fields(name, answered, block)
    zone = text.rows.zones[place]
    if zone == "stat" and (fields := _describe_stat(block, text, place)):
        return fields
    if reason := _find_general(block, text, place, zone, words):
        block.evidence.append(reason)
        return _fields("general", text, block)
    number = text.rows.numbers[place]
    first = text.rows.numbers[block.first] if block.first is not None else number
    if text is not answered:
        block.evidence.append("its quote is from another mail of the series")
    if block.is_answer:
        block.evidence.append("it is below an answer to that place")
    if zone == "diff":
        where = text.diff.locate(number)
        if where is None:
            return _fields("general", text, block)
        if text.rows.zones[block.first or 0] != "diff":
            first = number
        side = _SIDES.get(where.kind)
        return _fields("line" if side else "file", text, block) | {
            "path": where.path,
            "side": side,
            "line": None if side is None else where.old if side == "old" else where.new,
            "hunk": where.hunk or None,
            "row": number,
            "first_row": min(first, number),
        }
    names: dict[Zone, RemarkPlace] = {"cover": "cover", "notes": "notes"}
    return _fields(names.get(zone, "message"), text, block) | {
        "row": number,
        "first_row": min(first, number),
    }


def _describe_stat(block: _Block, text: QuotableText, place: int) -> dict[str, object] | None:
    """Return the fields of a remark between two lines of the diffstat: it is about that file."""
    after = block.next_place
    if after is None or text.rows.zones[after] != "stat":
        return None
    name, bar, _ = text.line_of(place).partition(" | ")
    # `.../devicetree/bindings/lamp.yaml`
    ending = name.strip().removeprefix("...")
    found = [path for path in text.diff.paths if bar and ending and path.endswith(ending)]
    if len(found) != 1:
        return None
    block.evidence.append("it is below the file's line in the diffstat")
    row = text.diff.find_header(found[0])
    return _fields("file", text, block) | {"path": found[0], "row": row, "first_row": row}


def _quotes_title(block: _Block, text: QuotableText) -> bool:
    """Whether the last quoted line is `Subject:` with the mail's own title."""
    last = next((line for line in reversed(block.quoted) if line.strip()), "")
    label, _, title = last.strip().partition(":")
    wanted = " ".join(text.message.subject.title.lower().split())
    return label.lower() == "subject" and bool(wanted) and wanted in " ".join(title.lower().split())


def _fields(name: RemarkPlace, text: QuotableText, block: _Block) -> dict[str, object]:
    return {
        "place": name,
        "patch": text.number,
        "patch_message_id": text.message.message_id,
        "evidence": tuple(block.evidence),
    }


def _find_general(block: _Block, text: QuotableText, place: int, zone: Zone, words: str) -> str:
    """Return why a remark is about the whole, though it is below a row; empty if it is not."""
    if zone == "trailer":
        is_within = block.next_place is not None and text.rows.zones[block.next_place] == "trailer"
        return "" if is_within else "it is below the trailers"
    if zone in {"separator", "stat"}:
        return "it is below the diffstat" if zone == "stat" else "it is below the `---`"
    if zone == "signature":
        return "it is below the whole patch"
    is_whole = block.first is not None and place - block.first > len(text.keys) * WHOLE
    if is_whole and place == text.last_place(zone):
        return "it is below a quote of the whole mail"
    # a quote from the mail's first line on was cut where the answer begins
    is_head = block.first == 0 and zone in {"message", "notes", "cover"}
    if is_head and not block.is_answer and begins_with_greeting(block.lines):
        return "it begins with a greeting, below the beginning of the mail"
    if not block.is_answer and zone in {"message", "cover"} and _ABOUT_ALL.match(words):
        return "it says what was done with the whole series, or asks"
    if zone != "diff" or not block.is_last:
        return ""
    first, _, _ = words.partition("\n\n")
    if len(first) <= MAX_THANKS and "?" not in first and _THANKED.match(first):
        return "it gives thanks for a review"
    return ""
