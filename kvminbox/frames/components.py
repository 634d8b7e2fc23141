"""Which mails of a dataset can't be grouped apart: connected components, by numbers only.

Two mails are joined where one refers to the other or both to a third, and where the rules
of `kvminbox.series` may put them into one series though neither answers the other. More joins
do no harm, one too few would: a part of the mails must group as all of them do.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, repeat
from typing import Any, TypeAlias

from kvminbox.series.joins import MAX_GAP

Read: TypeAlias = Callable[[list[str]], Iterable[tuple[Any, ...]]]


class Components:
    """Numbers, of which some are joined."""

    def __init__(self, size: int) -> None:
        self._above = array("q", range(size))

    def find(self, number: int) -> int:
        """Return the least of the numbers joined to one."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, two: int) -> None:
        """Join two numbers."""
        one, two = self.find(one), self.find(two)
        if one != two:
            self._above[max(one, two)] = min(one, two)

    def list_groups(self) -> Iterator[list[int]]:
        """Yield the numbers of each component, by the least."""
        size = len(self._above)
        following, last = array("q", repeat(-1, size)), array("q", range(size))
        for number in range(size):
            first = self.find(number)
            if first != number:
                following[last[first]] = last[first] = number
        for first in range(size):
            if self._above[first] == first:
                group, number = [first], following[first]
                while number >= 0:
                    group.append(number)
                    number = following[number]
                yield group


def find_components(size: int, read: Read) -> Components:
    """Return which mails can't be grouped apart.

    Args:
        size: how many mails there are.
        read: yields the values of some columns of `slimfile`, mail by mail.
    """
    components = Components(size)
    _join_threads(components, read)
    _join_sendings(components, read)
    return components


def _join_threads(components: Components, read: Read) -> None:
    # Of an id its hash is kept, which takes a third of the room: were two ids to share one,
    # mails would be joined that need not be.
    loosely = {hash(identity) for (loose,) in read(["loose"]) for identity in loose}
    bearers: dict[int, int] = {}  # of each id the first mail that bears or names it
    borne: set[int] = set()
    for number, (own, refs) in enumerate(read(["ids", "refs"])):
        for identity in map(hash, own):
            if identity in loosely:
                borne.add(identity)
            components.join(bearers.setdefault(identity, number), number)
        for identity in map(hash, refs):
            components.join(bearers.setdefault(identity, number), number)
    for number, (loose,) in enumerate(read(["loose"])):
        for identity in map(hash, loose):
            # `y`, which no mail bears, joins nothing
            if identity in borne:
                components.join(bearers[identity], number)


def _join_sendings(components: Components, read: Read) -> None:
    """Join patches and cover letters of one sending, by the keys of `kvminbox.series.joins`."""
    stems: dict[str, int] = {}
    near: dict[tuple[str, int | None], list[tuple[float, int]]] = {}
    same: dict[str, list[tuple[float, int, bool]]] = {}
    columns = ["sender", "key", "stem", "total", "time", "past"]
    for number, (sender, key, stem, total, time, past) in enumerate(read(columns)):
        if sender is None:
            continue
        if stem:
            components.join(stems.setdefault(stem, number), number)
        near.setdefault((sender, total), []).append((time, number))
        same.setdefault(key, []).append((time, number, past))
    for listed in near.values():
        listed.sort()
        for (early, one), (late, two) in pairwise(listed):
            if late // MAX_GAP - early // MAX_GAP <= 1:
                components.join(one, two)
    for found in same.values():
        found.sort()
        for (early, one, was_past), (late, two, past) in pairwise(found):
            # `6/5` is joined to the latest before it; of one second any may be the latest
            if past or (was_past and early == late):
                components.join(one, two)
