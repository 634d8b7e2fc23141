"""The shape of a tree's history: which commits there are, in which order, and in which release."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

Read = Callable[[str], tuple[tuple[str, ...], int | None]]
"""Returns a commit's parents, and the committer's seconds since 1970."""


ID_SIZE: Final = 20
"""Bytes of a commit's id; SHA-256 repositories are refused."""

_TIME_SIZE: Final = 8


class Shape(NamedTuple):
    """A commit's parents, by their ids, and the committer's seconds since 1970."""

    parents: tuple[bytes, ...]
    seconds: int


class Shapes(Mapping[bytes, Shape]):
    """Shapes by their commits' ids, each held as bytes: tuples take 140 bytes more a commit."""

    def __init__(self, rows: Iterable[tuple[bytes, bytes, int]]) -> None:
        """Take ids, each with its parents' ids one after the other, and the seconds."""
        self._packed = {oid: parents + _pack_time(seconds) for oid, parents, seconds in rows}

    def __getitem__(self, oid: bytes) -> Shape:
        packed = self._packed[oid]
        end = len(packed) - _TIME_SIZE
        parents = tuple(packed[at : at + ID_SIZE] for at in range(0, end, ID_SIZE))
        return Shape(parents, int.from_bytes(packed[end:], "big", signed=True))

    def __contains__(self, oid: object) -> bool:
        return oid in self._packed

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _pack_time(seconds: int) -> bytes:
    return seconds.to_bytes(_TIME_SIZE, "big", signed=True)


class Node(NamedTuple):
    """A commit's place in the history."""

    id: str
    seconds: int
    release: str | None


class History:
    """All commits that some tips lead to, in memory as numbers: about 200 bytes each.

    Attributes:
        cut: how many parents were not followed, since they are older than asked for.
        fresh: how many of its commits were not known before.
    """

    def __init__(
        self,
        tips: Iterable[str],
        read: Read,
        *,
        since: int | None,
        known: Mapping[bytes, Shape] | None = None,
    ) -> None:
        self._read = read
        self._since = since
        self._known = known or {}
        self.cut = 0
        self._reads = 0
        self._ids: list[bytes] = []
        self._places: dict[bytes, int] = {}
        self._parents = array("i")  # those of all commits, one after the other
        self._ends = array("i")
        self._seconds = array("q")
        self._walk(tips)
        self.size: int = len(self._ids)
        self.fresh = self._reads
        self._known = {}
        self._releases = array("i", [-1]) * self.size
        self._tags: list[str] = []

    def __len__(self) -> int:
        return self.size

    def __contains__(self, commit: str) -> bool:
        try:
            place = self._places.get(bytes.fromhex(commit))
        except ValueError:
            return False
        return place is not None and place < self.size

    def release_of(self, commit: str) -> str | None:
        """Return the first tag with a commit; None if none does."""
        place = self._places.get(bytes.fromhex(commit))
        if place is None or place >= self.size or self._releases[place] < 0:
            return None
        return self._tags[self._releases[place]]

    def label(self, tags: Iterable[tuple[str, str]]) -> None:
        """Take in the tags, each with its commit, the oldest first.

        A commit's release is the first tag that leads to it. A tag beside the tips, as on a
        branch of a stable release, counts, too.
        """
        for name, commit in tags:
            self._tags.append(name)
            waiting = self._walk([commit])
            self._releases.extend([-1] * (len(self._ids) - len(self._releases)))
            while waiting:
                place = waiting.pop()
                if self._releases[place] < 0:
                    self._releases[place] = len(self._tags) - 1
                    waiting.extend(self._parents_of(place))

    def nodes(self, begin: int | None = None) -> Iterator[Node]:
        """Yield the commits, the oldest first, but none before its parents.

        Args:
            begin: leave out what was committed before, in seconds since 1970.
        """
        # children as a chain of numbers for each parent: lists took 15 MB for 100,000 commits
        newest = array("i", [-1]) * self.size
        children, older = array("i"), array("i")
        left = array("i", [0]) * self.size
        for place in range(self.size):
            for parent in set(self._parents_of(place)):
                if parent < self.size:
                    older.append(newest[parent])
                    newest[parent] = len(children)
                    children.append(place)
                    left[place] += 1
        ready = [(self._seconds[n], self._ids[n], n) for n in range(self.size) if not left[n]]
        heapify(ready)
        while ready:
            seconds, oid, place = heappop(ready)
            link = newest[place]
            while link >= 0:
                child, link = children[link], older[link]
                left[child] -= 1
                if not left[child]:
                    heappush(ready, (self._seconds[child], self._ids[child], child))
            if begin is None or seconds >= begin:
                tag = self._releases[place]
                yield Node(oid.hex(), seconds, self._tags[tag] if tag >= 0 else None)

    def shapes(self) -> Iterator[tuple[bytes, Shape]]:
        """Yield each commit with its parents that are in the history, and its time."""
        for place in range(self.size):
            parents = tuple(self._ids[parent] for parent in self._parents_of(place))
            yield self._ids[place], Shape(parents, self._seconds[place])

    def _parents_of(self, place: int) -> "array[int]":
        return self._parents[self._ends[place - 1] if place else 0 : self._ends[place]]

    def _find_shape(self, oid: bytes) -> tuple[tuple[bytes, ...], int | None]:
        try:
            return self._known[oid]  # one look for each of a kernel's million commits
        except KeyError:
            self._reads += 1
        parents, seconds = self._read(oid.hex())
        return tuple(map(bytes.fromhex, parents)), seconds

    def _walk(self, tips: Iterable[str]) -> list[int]:
        """Take in what tips lead to, and return the tips' places."""
        waiting = [bytes.fromhex(tip) for tip in tips]
        roots = list(waiting)
        named = bytearray()  # the parents' ids, one after the other: tuples of them take 15 MB
        counts = array("i")
        while waiting:
            oid = waiting.pop()
            if oid in self._places:
                continue
            parents, seconds = self._find_shape(oid)
            if self._since is not None and (seconds or 0) < self._since and oid not in roots:
                self.cut += 1
                continue
            self._places[oid] = len(self._ids)
            self._ids.append(oid)
            self._seconds.append(seconds or 0)
            named += b"".join(parents)
            counts.append(len(parents))
            waiting.extend(parents)
        begin = 0
        for count in counts:
            end = begin + count * ID_SIZE
            ids = (bytes(named[at : at + ID_SIZE]) for at in range(begin, end, ID_SIZE))
            self._parents.extend(place for place in map(self._places.get, ids) if place is not None)
            self._ends.append(len(self._parents))
            begin = end
        return [self._places[root] for root in roots]
