"""Whatever happens to an archive between updates: the rows are those of one clean build."""

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kvminbox.index.erase as erase_room
import kvminbox.index.update as update_room
from kvminbox.errors import NotAnInboxError
from kvminbox.index import Index
from tests.index.histories import (
    V2,
    Add,
    Delete,
    Merge,
    Nothing,
    Purge,
    assert_same,
    build,
    dump,
    quick_folder,
    write_mail,
)

PLACES = [(inbox, epoch) for inbox in "ab" for epoch in (0, 1)]

numbers = st.integers(0, 8)
ways = st.integers(0, 2)
steps = st.one_of(
    st.builds(Add, numbers, ways, st.just("")),
    st.builds(Delete, numbers, ways),
    st.builds(Add, numbers, ways, st.sampled_from(["", " as edited"])),
    st.builds(Purge, numbers),
    st.builds(Nothing),
)
lines = st.lists(steps, max_size=8).map(tuple)
graphs = st.lists(st.one_of(steps, st.builds(Merge, numbers, numbers)), max_size=8).map(tuple)


class State(NamedTuple):
    """What the archives are like at one time."""

    histories: dict
    pruned: bool
    """Whether git has thrown away what no history has any more."""

    lost: frozenset[int]
    """Mails whose objects can't be read now."""

    absent: frozenset[tuple[str, int]]
    """Epochs that are not there now."""


@st.composite
def states(draw, steps=lines):
    """Return states of two inboxes of two epochs, each mostly grown from the one before."""
    histories = dict.fromkeys(PLACES, ())
    found = []
    for _ in range(draw(st.integers(2, 6))):
        chosen = draw(st.sampled_from(PLACES))
        old = histories[chosen]
        keep = draw(st.integers(0, len(old))) if draw(st.booleans()) else len(old)
        behind = old[keep + draw(st.integers(0, 1)) :]
        histories = {**histories, chosen: old[:keep] + draw(steps) + behind}
        lost = draw(st.frozensets(numbers, max_size=2))
        absent = draw(st.frozensets(st.sampled_from(PLACES), max_size=1))
        found.append(State(histories, draw(st.booleans()), lost, absent))
    # what was read once stays, though it is lost in the archive: so nothing is lost in the end
    return [*found[:-1], found[-1]._replace(lost=frozenset(), absent=frozenset())]


def write_state(inboxes, state):
    """Make the archives what they are at one time; give those that hold anything."""
    opened = []
    for (name, number), history in state.histories.items():
        if (name, number) in state.absent:
            inboxes[name].remove(number)
            continue
        epoch = inboxes[name].epoch(number)
        epoch.write(history)
        if state.pruned:
            epoch.prune()
        for lost in state.lost:
            epoch.lose(write_mail(lost))
    for name, inbox in inboxes.items():
        there = [place for place in state.histories.keys() - state.absent if place[0] == name]
        if all(isinstance(one, Nothing) for place in there for one in state.histories[place]):
            continue  # that is no archive
        try:
            opened.append((name, inbox.open()))
        except NotAnInboxError:  # all of its epochs are empty
            continue
    return opened


def check_states(found, jobs=1):
    """Update through all states; compare the last with one clean build of it."""
    with quick_folder() as folder:
        root = Path(folder)
        inboxes = {name: V2(root / name) for name in "ab"}
        with Index.open(root / "grown.sqlite", create=True) as index:
            for state in found:
                opened = write_state(inboxes, state)
                for name, inbox in opened:
                    index.update(inbox, name=name, accept_loss=True, jobs=jobs)
            assert index.check() == ()
        if len(opened) == len(inboxes):
            assert_same(dump(root / "grown.sqlite"), build(root / "clean.sqlite", *opened))


@pytest.fixture
def small_parts(monkeypatch):
    """Make a few mails enough for a task, a batch, and for blocks to be joined."""
    monkeypatch.setattr(update_room, "TASK_SIZE", 2)
    monkeypatch.setattr(update_room, "BATCH_TASKS", 2)
    monkeypatch.setattr(erase_room, "_MANY", 3)


@given(states())
@settings(max_examples=20)
def test_any_updates_give_the_rows_of_one_clean_build(found):
    """Adding, deleting, purging, editing, losing and setting back leave no trace of the way."""
    check_states(found)


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
def test_small_parts_change_nothing():
    """Where a history is written in many tasks and batches, the rows are the same."""

    @given(states())
    @settings(max_examples=15)
    def check(found):
        check_states(found)

    check()


@pytest.mark.index_long
@pytest.mark.usefixtures("small_parts")
def test_many_small_parts_change_nothing():
    """The same holds for hundreds of histories."""

    @given(st.one_of(states(), states(graphs)))
    @settings(max_examples=300)
    def check(found):
        check_states(found)

    check()


@pytest.mark.slow
@given(states(graphs))
@settings(max_examples=15)
def test_any_updates_of_graphs_give_the_rows_of_one_clean_build(found):
    """The same holds where histories have merges and several roots."""
    check_states(found)


@pytest.mark.index_long
def test_processes_change_nothing(monkeypatch):
    """Rows that other processes read are the same."""
    monkeypatch.setattr(update_room, "MANY", 0)

    @given(states())
    @settings(max_examples=2)
    def check(found):
        check_states(found, jobs=2)

    check()


@pytest.mark.index_long
@given(st.one_of(states(), states(graphs)))
@settings(max_examples=2000)
def test_a_thousand_histories_give_the_rows_of_one_clean_build(found):
    """The same holds for many more histories than the usual run has time for."""
    check_states(found)
