"""Match many patterns at once against a path or a line, in time linear in its length.

Patterns come from a file, paths and lines from strangers, and a few letters of either can
keep a backtracking engine busy without end. So the patterns become one automaton
that tracks all places where it may be. The sets of places that it has met are kept,
with the characters that lead from one to the next.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from kvminbox.subsystems.perl_pattern import (
    Bound,
    Choice,
    Node,
    One,
    PatternError,
    Repeat,
    parse_pattern,
)

MAX_PLACES: Final = 2_000
"""Places of one pattern's automaton; `(a{100}){100}` would have ten thousand."""

MAX_ALL_PLACES: Final = 100_000
"""Places of all patterns together; the kernel's have some thousand."""

MAX_KEPT: Final = 20_000
"""Sets of places that are cached before all are dropped and computed again."""

MAX_WAYS: Final = 200_000
"""Transitions between sets that are cached in the same way: a path may have any letter of
Unicode."""


@dataclass(slots=True)
class _Place:
    """A place of the automaton: a character to read, a bound to pass, a fork, or a match."""

    after: list[int]
    test: Callable[[str], object] | None = None
    side: Literal["^", "$", "b", "B", ""] = ""
    matched: int = -1


@dataclass(slots=True)
class _Step:
    """A set of places, what matched on the way into it, and where characters lead."""

    places: frozenset[int]
    matched: frozenset[int]
    places_at_end: frozenset[int]
    """The places behind a `$` as well, where the path ends or only a newline is left of it."""

    matched_at_end: frozenset[int]
    is_word: bool
    """Whether the last character is a letter, a digit or `_`."""

    has_bounds: bool
    """Whether a `\\b` or `\\B` waits here for the next character."""

    ways: "dict[str, _Step]" = field(default_factory=dict)


class Automaton:
    """Patterns compiled to be searched for anywhere in a path."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Compile the patterns.

        Raises:
            PatternError: one can't be understood.
        """
        self._places: list[_Place] = []
        self._starts: list[int] = []
        for number, pattern in enumerate(patterns):
            self._starts.append(_build(parse_pattern(pattern), self._places, number))
        self._ways = 0
        self._steps: dict[tuple[frozenset[int], frozenset[int], bool, bool], _Step] = {}
        self._first = self._make_step(self._starts, at_start=True)
        self._inner = self._make_step(self._starts)

    def find(self, path: str, *, is_start: bool = True) -> frozenset[int]:
        """Return the numbers of the patterns that match somewhere in a path.

        Args:
            path: a path, or a line.
            is_start: whether it begins where `^` does; else something that is no word is before.
        """
        step = self._first if is_start else self._inner
        matched = step.matched
        for char in path.removesuffix("\n"):
            step = step.ways.get(char) or self._follow(step, char)
            if step.matched:
                matched |= step.matched
        if path.endswith("\n"):  # in Perl `$` is before it, too
            matched |= step.matched_at_end
            step = self._make_step([*self._lead(step.places_at_end, "\n"), *self._starts])
            matched |= step.matched
        return matched | step.matched_at_end

    def _lead(self, numbers: Iterable[int], char: str) -> list[int]:
        places = (self._places[number] for number in numbers)
        return [place.after[0] for place in places if place.test and place.test(char)]

    def _follow(self, step: _Step, char: str) -> _Step:
        self._ways += 1
        if len(self._steps) > MAX_KEPT or self._ways > MAX_WAYS:
            self._ways = 0
            self._steps.clear()
            self._first = self._make_step(self._starts, at_start=True)
            self._inner = self._make_step(self._starts)
        is_word = _is_word(char)
        places, matched = step.places, frozenset[int]()
        if step.has_bounds:
            sides = "B" if step.is_word == is_word else "b"
            places, matched = self._reach(places, f"^{sides}" if step is self._first else sides)
        ahead = [*self._lead(places, char), *self._starts]
        found = self._make_step(ahead, is_word=is_word, before=matched)
        step.ways[char] = found
        return found

    def _make_step(
        self,
        numbers: Iterable[int],
        *,
        at_start: bool = False,
        is_word: bool = False,
        before: frozenset[int] = frozenset(),
    ) -> _Step:
        places, matched = self._reach(numbers, "^" if at_start else "")
        matched |= before
        # `$^` waits at the same place, but matches at the start only
        key = places, matched, at_start, is_word
        if key not in self._steps:
            sides = "$b" if is_word else "$B"
            ends = self._reach(places, f"^{sides}" if at_start else sides)
            bounds = any(self._places[number].side in {"b", "B"} for number in places)
            self._steps[key] = _Step(places, matched, *ends, is_word, bounds)
        return self._steps[key]

    def _reach(self, numbers: Iterable[int], sides: str) -> tuple[frozenset[int], frozenset[int]]:
        """Follow forks and bounds; return the places that wait there, and what has matched."""
        waiting, matched, seen = set(), set(), set()
        todo = list(numbers)
        while todo:
            number = todo.pop()
            if number in seen:
                continue
            seen.add(number)
            place = self._places[number]
            if place.matched >= 0:
                matched.add(place.matched)
            elif place.test or (place.side and place.side not in sides):
                waiting.add(number)
            else:
                todo.extend(place.after)
        return frozenset(waiting), frozenset(matched)


def _is_word(char: str) -> bool:
    return char == "_" or (char.isascii() and char.isalnum())


def check_pattern(written: str) -> int:
    """Check that a pattern can be searched for, and return how many places it makes.

    Raises:
        PatternError: it can't be understood, or is too large.
    """
    places: list[_Place] = []
    _build(parse_pattern(written), places, 0)
    return len(places)


def _build(node: Node, places: list[_Place], number: int) -> int:
    """Add a pattern's places from its end to its start; return the place where it begins."""
    limit = len(places) + MAX_PLACES
    return _add(node, _append(places, _Place([], matched=number)), places, limit)


def _append(places: list[_Place], place: _Place) -> int:
    places.append(place)
    return len(places) - 1


def _add(node: Node, after: int, places: list[_Place], limit: int) -> int:
    # recursion is as deep as the groups, and perl_pattern limits these
    if len(places) > limit:
        raise PatternError(f"its repetitions make more than {MAX_PLACES} states")
    if isinstance(node, One):
        return _append(places, _Place([after], test=node.test))
    if isinstance(node, Bound):
        return _append(places, _Place([after], side=node.side))
    if isinstance(node, Choice):
        return _append(places, _Place([_add(part, after, places, limit) for part in node.parts]))
    if isinstance(node, Repeat):
        return _add_repeat(node, after, places, limit)
    for part in reversed(node.parts):
        after = _add(part, after, places, limit)
    return after


def _add_repeat(node: Repeat, after: int, places: list[_Place], limit: int) -> int:
    if node.most is None:
        fork = _append(places, _Place([after]))
        places[fork].after.append(_add(node.part, fork, places, limit))
        after = fork
    else:
        end = after
        for _ in range(node.most - node.least):
            after = _append(places, _Place([_add(node.part, after, places, limit), end]))
    for _ in range(node.least):
        after = _add(node.part, after, places, limit)
    return after
