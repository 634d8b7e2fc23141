"""Group messages into threads: linear time, no recursion, the same in any order of arrival.

Parents are chosen as in public-inbox, which follows Jamie Zawinski's algorithm: a
message's parent is the last id that it refers to. A message that refers to
nothing, or is missing, takes its parent from the first message that names it
after another id. Here each place gets its parent once and loops are cut
afterwards, so the order of arrival changes neither the cost nor the result, and
long References can't make it slow. Subjects join nothing.
"""

from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import cast

from kvminbox.models import AnyMessage, Message, Thread, ThreadNode
from kvminbox.models.corpus import check_several
from kvminbox.order import Order, claim_order, drop_copies, message_order, parent_ids


class _Place:
    """A place in the forest under construction; compared by identity."""

    __slots__ = ("children", "group", "message", "message_id", "parent", "rank")

    def __init__(self, message_id: str | None, message: Message | None, rank: int) -> None:
        self.message_id = message_id
        self.message = message
        self.rank = rank
        self.parent: _Place | None = None
        self.children: list[_Place] = []
        self.group: _Place = self

    def find_group(self) -> "_Place":
        """Return the place that represents all places joined to this one."""
        top = self
        while top.group is not top:
            top.group = top.group.group
            top = top.group
        return top

    def join(self, other: "_Place") -> None:
        one, two = self.find_group(), other.find_group()
        two.group = one


def _claim(place: _Place) -> tuple[float, Order]:
    assert place.message is not None
    return claim_order(place.message)


class _Forest:
    """All places of some messages, by id, and the parents they get."""

    def __init__(self, messages: list[Message]) -> None:
        self.by_id: dict[str, _Place] = {}
        self.notes: dict[_Place, list[str]] = {}
        self.places = [_Place(m.message_id, m, rank) for rank, m in enumerate(messages)]
        self.ghosts: list[_Place] = []
        self.references = [parent_ids(message) for message in messages]

    def register(self) -> None:
        for place in self.places:
            assert place.message is not None
            for identity in (place.message_id, *place.message.other_message_ids):
                if identity is None:
                    continue
                first = self.by_id.setdefault(identity, place)
                if first is not place:
                    first.join(place)
                    self.note(first, f"several messages have the id <{identity}>")
                    self.by_id[identity] = min(first, place, key=_claim)

    def note(self, place: _Place, text: str) -> None:
        self.notes.setdefault(place, []).append(text)

    def link(self) -> None:
        for place, identities in zip(self.places, self.references, strict=True):
            chain = [self._get(identity, place.rank) for identity in identities]
            for other in chain:
                place.join(other)
            if chain and chain[-1] is not place:
                place.parent = chain[-1]
        # only now, since each message has the parent that it names itself
        for identities in self.references:
            for before, after in pairwise(identities):
                one, two = self.by_id[before], self.by_id[after]
                if two.parent is None and one is not two:
                    two.parent = one

    def _get(self, identity: str, rank: int) -> _Place:
        place = self.by_id.get(identity)
        if place is None:
            place = self.by_id[identity] = _Place(identity, None, rank)
            self.ghosts.append(place)
        return place

    def cut_loops(self) -> None:
        """Make the earliest place of each loop a root."""
        done: set[_Place] = set()
        for start in (*self.places, *self.ghosts):
            path: dict[_Place, None] = {}
            place: _Place | None = start
            while place is not None and place not in done and place not in path:
                path[place] = None
                place = place.parent
            if place is not None and place in path:
                steps = list(path)
                loop = steps[steps.index(place) :]
                first = min(loop, key=lambda one: (one.rank, one.message is None))
                first.parent = None
                self.note(first, f"a loop of {len(loop)} references was cut here")
            done.update(path)

    def settle(self) -> list[_Place]:
        """Drop ghosts without descendants, fill in the children, and return the roots."""
        kept = set(self.places)
        for place in self.places:
            above = place.parent
            while above is not None and above not in kept:
                kept.add(above)
                above = above.parent
        # a set has no order; ghosts come before the message that first named them
        places = [place for place in (*self.ghosts, *self.places) if place in kept]
        ordered = sorted(places, key=lambda place: place.rank)
        for place in ordered:
            if place.parent is not None:
                place.parent.children.append(place)
        return [place for place in ordered if place.parent is None]


def group_threads(messages: Iterable[Message]) -> list[Thread]:
    """Group messages into threads, ordered by their first message.

    The result does not depend on the order of the messages. Every message is in
    exactly one thread, even if several claim the same Message-ID; of one that was
    archived twice, the copy that arrived first.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the messages.
    """
    check_several(messages, "mails")
    forest = _Forest(drop_copies(sorted(messages, key=message_order)))
    forest.register()
    forest.link()
    forest.cut_loops()
    groups: dict[_Place, list[_Place]] = {}
    for root in forest.settle():
        groups.setdefault(root.find_group(), []).append(root)
    threads = [(roots[0].rank, _make_thread(roots, forest)) for roots in groups.values()]
    return [thread for _, thread in sorted(threads, key=itemgetter(0))]


def _make_thread(roots: list[_Place], forest: _Forest) -> Thread:
    rows = _lay_out(roots)
    numbers = {place: number for number, (place, _) in enumerate(rows)}
    nodes = tuple(
        ThreadNode(
            message_id=place.message_id,
            message=cast("AnyMessage | None", place.message),
            parent=numbers[place.parent] if place.parent else None,
            children=tuple(numbers[child] for child in place.children),
            depth=depth,
        )
        for place, depth in rows
    )
    notes = (note for place, _ in rows for note in dict.fromkeys(forest.notes.get(place, ())))
    return Thread(nodes=nodes, evidence=tuple(notes))


def _lay_out(roots: list[_Place]) -> list[tuple[_Place, int]]:
    """Return all places below some roots in reading order, each with its depth."""
    rows: list[tuple[_Place, int]] = []
    pending = [(root, 0) for root in reversed(roots)]
    while pending:
        place, depth = pending.pop()
        rows.append((place, depth))
        pending.extend((child, depth + 1) for child in reversed(place.children))
    return rows
