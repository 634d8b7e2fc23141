"""Which mails of a dataset can't be grouped apart: connected components, by numbers only.

Two mails are joined where one refers to the other or both to a third, and where the rules
of `kvminbox.series` may put them into one series though neither answers the other. More joins
do no harm, one too few would: a part of the mails must group as all of them do.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.series.joins import MAX_GAP

_ROWS: Final = 50_000


class Components:
    """Numbers, of which some are joined."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

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
        groups: dict[int, list[int]] = {}
        for number in range(len(self._above)):
            groups.setdefault(self.find(number), []).append(number)
        yield from groups.values()


def find_components(links: pa.Table) -> Components:
    """Return which mails can't be grouped apart, from the columns `LINKS` of all of them."""
    components = Components(links.num_rows)
    _join_threads(components, links)
    _join_sendings(components, links)
    return components


def _join_threads(components: Components, links: pa.Table) -> None:
    bearers: dict[str, int] = {}  # of each id the first mail that bears or names it
    borne: set[str] = set()
    for number, (own, refs) in enumerate(_rows(links, ["ids", "refs"])):
        borne.update(own)
        for identity in (*own, *refs):
            components.join(bearers.setdefault(identity, number), number)
    for number, (loose,) in enumerate(_rows(links, ["loose"])):
        for identity in loose:
            # `y`, which no mail bears, joins nothing
            if identity in borne:
                components.join(bearers[identity], number)


def _join_sendings(components: Components, links: pa.Table) -> None:
    """Join patches and cover letters of one sending, by the keys of `kvminbox.series.joins`."""
    stems: dict[str, int] = {}
    near: dict[tuple[str, int | None], list[tuple[float, int]]] = {}
    same: dict[str, list[tuple[float, int, bool]]] = {}
    columns = ["sender", "key", "stem", "total", "time", "past"]
    for number, (sender, key, stem, total, time, past) in enumerate(_rows(links, columns)):
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


def _rows(links: pa.Table, columns: list[str]) -> Iterable[tuple[Any, ...]]:
    for batch in links.select(columns).to_batches(max_chunksize=_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
