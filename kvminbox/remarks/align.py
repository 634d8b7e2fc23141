"""Which row of a patch each quoted line of a reply is.

Lines such as `+	}` are in a patch many times, and quotes have gaps. So a line is where the
longest run of lines that follow it in the reply follows it in the patch, too; of equal runs,
the nearest one below what was quoted before. Work is bounded for each line, so that it is
linear in what is quoted.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from kvminbox.remarks.text import QuotableText

MAX_PLACES: Final = 48
"""Places of one line that are compared: the nearest below what was quoted before."""

MAX_PLACES_ABOVE: Final = 8
"""Places above it that are compared, too."""

MAX_RUN: Final = 40
"""Lines of a run that are compared to choose a place."""

MAX_WEIGHT: Final = 16
"""What a line weighs at most in a run, in characters."""

WORTH_GOING_BACK: Final = 48
"""What a run above must weigh more than one below: quotes are seldom out of order."""

MIN_PIECE: Final = 10
"""Characters of a wrapped or cut line that must be found within the rows."""

MIN_REST: Final = 3
"""Characters of the rest of a wrapped line."""

MAX_PIECES: Final = 200
"""Lines of one reply that are looked for within rows."""


class Aligner:
    """Follows the quoted lines of a reply through one mail, line by line."""

    def __init__(self, text: QuotableText, keys: Sequence[str]) -> None:
        """Prepare for the keys of the quoted lines, none of them empty."""
        self._text = text
        self._rows = text.keys
        self._keys = keys
        self._next = 0
        """The place that is expected next."""
        self._run_end = -1
        """The index of the line with which the run ends that was chosen."""
        self._rest = ""
        """What of the last row a wrapped line has left over."""
        self._pieces = 0

    def take(self, index: int) -> int | None:
        """Return the place of the row that the line of an index quotes; None if it has none."""
        key = self._keys[index]
        if self.is_rest(key):
            return self._next - 1
        if index <= self._run_end:
            return self._step(self._next)
        place = self._choose(index)
        if place is None:
            return self._find_piece(key)
        return self._step(place)

    def is_rest(self, key: str) -> bool:
        """Whether a key is what is left of a wrapped row, or a piece of that; and go on there."""
        if not self._rest or not self._rest.startswith(key) or len(key) < MIN_REST:
            return False
        self._rest = self._rest[len(key) :]
        return True

    def is_next(self, key: str, index: int) -> bool:
        """Whether a key is the expected row, which the next quoted line is not; and go on there."""
        if index <= self._run_end or len(key) < MIN_PIECE:
            return False
        if self._next >= len(self._rows) or self._rows[self._next] != key:
            return False
        self._step(self._next)
        return True

    def _step(self, place: int) -> int:
        self._next, self._rest = place + 1, ""
        return place

    def _choose(self, index: int) -> int | None:
        """Return the place from which the longest run goes on; None if there is none."""
        places = self._text.places.get(self._keys[index])
        if places is None:
            return None
        below = bisect_left(places, self._next)
        best, most, length = -1, -1, 0
        for place in places[below : below + MAX_PLACES]:
            weight, run = self._measure(index, place)
            if weight > most:
                best, most, length = place, weight, run
        most += WORTH_GOING_BACK if best >= 0 else 0
        for place in places[max(0, below - MAX_PLACES_ABOVE) : below]:
            weight, run = self._measure(index, place)
            if weight > most:
                best, most, length = place, weight, run
        self._run_end = index + length - 1
        if length == MAX_RUN:
            self._run_end += self._count_run(index + length, best + length)
        return best

    def _measure(self, index: int, place: int) -> tuple[int, int]:
        """Return the weight and the length of the run from a place."""
        rows, keys = self._rows, self._keys
        end = min(MAX_RUN, len(rows) - place, len(keys) - index)
        weight = length = 0
        while length < end and rows[place + length] == keys[index + length]:
            weight += min(MAX_WEIGHT, len(rows[place + length]))
            length += 1
        return weight, length

    def _count_run(self, index: int, place: int) -> int:
        rows, keys = self._rows, self._keys
        start = index
        while place < len(rows) and index < len(keys) and rows[place] == keys[index]:
            place, index = place + 1, index + 1
        return index - start

    def _find_piece(self, key: str) -> int | None:
        """Find a line that is a piece of a row, or of two: wrapped, cut, or half a sentence."""
        if self._next < len(self._rows) and len(key) >= MIN_REST:
            row = self._rows[self._next]
            if row.startswith(key):
                self._next, self._rest = self._next + 1, row[len(key) :]
                return self._next - 1
        if len(key) < MIN_PIECE or self._pieces >= MAX_PIECES:
            return None
        self._pieces += 1
        text = self._text
        start = text.start_of(max(0, self._next - 1))
        found = text.joined.find(key, start)
        if found < 0:
            found = text.joined.find(key)
        if found < 0:
            return None
        last = found + len(key) - 1
        place = text.place_at(last)
        end = text.start_of(place + 1)
        self._next, self._rest = place + 1, text.joined[last + 1 : end]
        return place
