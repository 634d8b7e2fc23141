"""Processes that write and read one index file at the same time, while its archive changes."""

import os
import random
import time
from collections import Counter

import pytest

from kvminbox import Inbox
from kvminbox.errors import (
    IncompleteHistoryError,
    IndexLockedError,
    ObjectError,
    RevisionError,
)
from kvminbox.index import Index
from tests.damage.watched import fork_task, wait_for
from tests.index.histories import Add, Delete, Epoch, Merge, Purge

TEN = tuple(Add(number) for number in range(10))
STATES = (
    TEN,
    (*TEN, *(Add(number) for number in range(10, 30))),
    (*TEN[:4], Purge(4), *TEN[5:], Delete(2), Add(40)),
    (*TEN[:2], Add(50), Merge(51, 52), *TEN[3:]),
    tuple(Add(number) for number in range(60, 75)),
)


MOST_MOVES = 12_000
"""Moves of the branch, in ten minutes, in which each process must succeed once."""

TOLD = (IndexLockedError, IncompleteHistoryError, ObjectError, RevisionError)
"""What may be said of commits that were just taken out, or of another writer."""


class Scene:
    """An archive whose branch moves among some states, and the index of it."""

    def __init__(self, folder):
        self.path, self.file = folder / "0.git", folder / "index.sqlite"
        self.stop, self.right = folder / "stop", folder / "right"
        self.right.mkdir()
        epoch = Epoch(self.path)
        tips = [epoch.write(state) for state in STATES]
        self.branch = self.path / "refs/heads/master"
        self.states = {}
        for tip in tips:
            self.move(tip)
            inbox = Inbox.open(self.path)
            self.states[tip] = read(inbox)
        assert len(set(map(tuple, self.states.values()))) == len(STATES)
        self.update()

    def move(self, tip):
        """Set the branch to a commit, as git does: in one step."""
        new = self.branch.with_name("master.lock")
        new.write_text(f"{tip}\n")
        new.replace(self.branch)

    def update(self):
        """Bring the index up to date."""
        with Index.open(self.file, create=True) as index:
            index.update(Inbox.open(self.path), name="lemon", accept_loss=True)

    def repeat(self, task):
        """Do something until the end; count what came of it."""
        counts = Counter()
        while not self.stop.exists():
            try:
                task()
                counts["right"] += 1
                (self.right / str(os.getpid())).touch()
            except TOLD as error:
                counts[type(error).__name__] += 1
        return dict(counts)

    def write(self):
        """Update, over and over; another writer is waited for, or told of."""
        return self.repeat(self.update)

    def read(self):
        """Read all, over and over; each answer is of one state."""
        with Index.open(self.file) as index:
            return self.repeat(lambda: self.check(index.inbox()))

    def check(self, inbox):
        """Check that all is of the state that the tip names."""
        assert read(inbox) == self.states[inbox.epochs[0].tip]


def read(inbox):
    """Return all mails' bytes, and the last of them as steps from the tip choose them."""
    tip = inbox.epochs[0].tip
    entries = [*inbox.between(None, tip).entries(), *inbox.between(f"{tip}~2", tip).entries()]
    return [inbox.raw(entry) for entry in entries if entry.change == "message"]


def check(folder, *, writers, readers, moves):
    """Move the branch often, and go on until each process has succeeded once."""
    scene = Scene(folder)
    tasks = [scene.write] * writers + [scene.read] * readers
    children = [fork_task(task) for task in tasks]
    tips, chance = list(scene.states), random.Random(1)
    while moves > 0 or len(list(scene.right.iterdir())) < len(children):
        assert moves > -MOST_MOVES
        scene.move(chance.choice(tips))
        time.sleep(0.05)
        moves -= 1
    scene.stop.touch()
    found = [wait_for(*child) for child in children]
    print(f"\n{writers} writers: {found[:writers]}\n{readers} readers: {found[writers:]}")
    assert all(isinstance(one, dict) for one in found)
    assert sum(one.get("right", 0) for one in found[:writers]) > 0
    assert all(one.get("right", 0) > 0 for one in found[writers:])
    scene.update()
    with Index.open(scene.file) as index:
        assert index.check() == ()
        scene.check(index.inbox())


def test_two_writers_and_three_readers(tmp_path):
    """Whoever reads sees a state that the archive had; who writes succeeds or is told why not."""
    check(tmp_path, writers=2, readers=3, moves=14)


@pytest.mark.damage
def test_one_writer_and_eight_readers(tmp_path):
    """The same for eight readers, for a minute."""
    check(tmp_path, writers=1, readers=8, moves=1_200)


@pytest.mark.damage
def test_four_writers_and_eight_readers(tmp_path):
    """The same for four writers at once, for a minute."""
    check(tmp_path, writers=4, readers=8, moves=1_200)
