"""Threads in several processes ask one archive and its index, both of which change meanwhile.

What each question comes to in each state of the archive is asked beforehand, by one thread of
a clean index. Later an answer must be that of a state: of the one that the inbox was opened
in, where there is one, else of any. `KVMINBOX_LOAD_SECONDS=180` lets it go on for that long.
"""

import gc
import os
import random
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

import pytest

from kvminbox import Inbox
from kvminbox.errors import (
    CorruptObjectError,
    IncompleteHistoryError,
    IndexFileError,
    IndexLockedError,
    KvminboxError,
    ObjectError,
    RevisionError,
)
from kvminbox.index import Index
from tests.archive.git_archive import git
from tests.damage.long_history import make_repository
from tests.damage.watched import fork_task, wait_for
from tests.index.histories import Add, Delete, Epoch, Merge, Purge

TEN = tuple(Add(number) for number in range(10))
STATES = (
    TEN,
    (*TEN, *(Add(number) for number in range(10, 30))),
    (*TEN, *(Add(number) for number in range(10, 30)), Delete(11), Delete(3), Add(30)),
    (*TEN[:4], Purge(4), *TEN[5:], Delete(2), Add(40)),
    (*TEN[:2], Add(50), Merge(51, 52), *TEN[3:]),
    (*TEN[:6], Add(6, text=" that was edited"), *TEN[7:], *(Add(n, 1) for n in range(3))),
    tuple(Add(number) for number in range(60, 75)),
)
"""What is added, deleted, purged, edited, merged, and pushed by force."""

ENV = "KVMINBOX_LOAD_SECONDS"
REOPEN = 200
"""Questions of a process, after which its threads share other objects."""

GONE = (ObjectError, RevisionError, IncompleteHistoryError)
"""What may be said of commits that were taken out since: never that they are damaged."""


def list_window(inbox, base, tip):
    """Return the commits of a window, and the bytes of its mails."""
    entries = list(inbox.between(base, tip).entries())
    if any(entry.change == "problem" for entry in entries):
        raise ObjectError("a tree is not there")
    return [
        (entry.commit, entry.change, inbox.raw(entry) if entry.change == "message" else None)
        for entry in entries
    ]


def list_messages(window):
    """Return the mails that a window shows."""
    return [message.model_dump_json() for message in window.messages()]


OF_INBOX = {
    "a whole history": lambda inbox, tip: list_window(inbox, None, tip),
    "the last three": lambda inbox, tip: list_window(inbox, f"{tip}~3", tip),
    "its mails": lambda inbox, tip: list_messages(inbox.between(f"{tip}~8", tip)),
    "its series": lambda inbox, tip: list(map(repr, inbox.between(None, tip).series())),
}
"""Questions about a tip, whose answer is that of one state."""

QUERIES = ("squeeze", "s:lemon3 OR s:lemon60", "Word4 OR edited", "kind:patch NOT lemon0", "f:Ada")

OF_INDEX = {
    **{
        f"search {query}": lambda index, query=query: list(index.search(query).message_ids())
        for query in QUERIES
    },
    "count": lambda index: len(index.search("squeeze")),
    "find": lambda index: [one.model_dump_json() for one in index.find("4@lemon.example")],
    "copies": lambda index: [one.model_dump_json() for one in index.copies("1@lemon.example")],
    "thread": lambda index: repr(index.thread_of("7@lemon.example")),
    "series": lambda index: repr(index.series_of("6@lemon.example")),
    "hits": lambda index: [one.message.model_dump_json() for one in index.search("lemon3").hits(5)],
    "all mails": lambda index: list_messages(index),
}
"""Questions about whatever an index has at the moment."""

ONE_SNAPSHOT = {"find", "copies", "thread", "series", "count"}
"""Questions in which nothing can be gone that was there at first."""


class Load:
    """An origin with all states of an archive, a mirror that moves among them, and its index."""

    def __init__(self, folder):
        self.folder = folder
        self.mirror = make_repository(folder / "0.git")
        self.file, self.stop, self.right = (
            folder / name for name in ("index.sqlite", "stop", "right")
        )
        self.right.mkdir()
        origin = Epoch(folder / "origin.git")
        for number, state in enumerate(STATES):
            origin.archive.ref(f"heads/state{number}", origin.write(state))
        self.of_tip = {}
        """Of each tip what its questions come to."""
        self.of_any = {name: [] for name in OF_INDEX}
        """Of each question to the index what it comes to in some state."""
        for number in range(len(STATES)):
            self.learn(number)
        assert len({str(one) for one in self.of_any["all mails"]}) == len(STATES)
        self.update()

    def learn(self, number):
        """Ask all questions in one state."""
        self.move(number)
        inbox = Inbox.open(self.mirror)
        tip = inbox.epochs[0].tip
        self.of_tip[tip] = {name: ask(inbox, tip) for name, ask in OF_INBOX.items()}
        clean = self.folder / f"clean{number}.sqlite"
        with Index.open(clean, create=True) as index:
            index.update(inbox, name="lemon")
            for name, ask in OF_INDEX.items():
                self.of_any[name].append(ask(index))
            for name, ask in OF_INBOX.items():
                assert ask(index.inbox(), tip) == self.of_tip[tip][name]
        clean.unlink()

    def move(self, number):
        """Fetch a state into the mirror, by force, and take away what it no longer has."""
        refspec = f"+refs/heads/state{number}:refs/heads/master"
        limit = f"fetch.unpackLimit={number % 2 * 100 + 1}"  # loose objects, or a pack
        git(self.mirror, "-c", limit, "fetch", "-q", self.folder / "origin.git", refspec)
        git(self.mirror, "repack", "-adq")
        git(self.mirror, "-c", "gc.reflogExpire=now", "gc", "-q", "--prune=now")

    def update(self):
        """Bring the index up to date."""
        with Index.open(self.file, create=True) as index:
            index.update(Inbox.open(self.mirror), name="lemon", accept_loss=True)

    def read(self, number, threads):
        """Ask in many threads until the end; return what came of it."""
        return Reader(self, number).run(threads)


class Reader:
    """One process, whose threads share an inbox and an index."""

    def __init__(self, load, number):
        self.load = load
        self.number = number
        self.lock = Lock()
        self.counts, self.wrong = Counter(), []
        self.inbox = self.index = None
        self.reopen()

    def reopen(self):
        """Put other objects in place of those that the threads share, and close these."""
        with self.lock:
            before, index = self.index, Index.open(self.load.file)
            with suppress(KvminboxError):  # in the middle of a fetch
                self.inbox = Inbox.open(self.load.mirror)
            self.index = index
        if before is not None:
            before.close()

    def run(self, threads):
        """Ask until the end."""
        running = [Thread(target=self.repeat, args=(number,)) for number in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        self.index.close()
        self.inbox = None
        gc.collect()  # an error of a thread may be in a loop with what it asked
        held = []
        for link in Path("/proc/self/fd").glob("*"):
            with suppress(FileNotFoundError):  # another thread's file, closed meanwhile
                held.append(str(link.readlink()))
        self.wrong += [one for one in held if one.startswith(str(self.load.folder))]
        return dict(self.counts), self.wrong[:20]

    def repeat(self, thread):
        """Ask one question after the other, by chance."""
        chance = random.Random(100 * self.number + thread)
        while not self.load.stop.exists():
            sort, name, ask = chance.choice(ALL)
            with self.lock:
                inbox, index = self.inbox, self.index
            try:
                word = self.ask(sort, name, ask, inbox, index)
            except Exception as error:  # noqa: BLE001  # counted, and told at the end
                word = self.judge(error, sort, name, index)
            with self.lock:
                self.counts[word] += 1
            if word == "right":
                (self.load.right / f"{self.number}-{thread}").touch()
            if chance.randrange(REOPEN) == 0:
                self.reopen()

    def ask(self, sort, name, ask, inbox, index):
        """Ask a question; return whether the answer is right, in a word."""
        if sort == "index":
            given, known = ask(index), self.load.of_any[name]
        else:
            asked = inbox if sort == "archive" else index.inbox()
            tip = asked.epochs[0].tip
            given, known = ask(asked, tip), [self.load.of_tip[tip][name]]
        if given in known:
            return "right"
        with self.lock:
            self.wrong.append(f"{sort}, {name}: {given!r:.500}")
        return "wrong"

    def judge(self, error, sort, name, index):
        """Return the name of an error that may come here; note one that may not."""
        is_gone = isinstance(error, GONE) and not isinstance(error, CorruptObjectError)
        if isinstance(error, IndexLockedError) or (is_gone and name not in ONE_SNAPSHOT):
            return type(error).__name__
        was_closed = isinstance(error, IndexFileError) and error.what == "it was closed"
        if was_closed and index is not self.index:
            return "closed"
        with self.lock:
            self.wrong.append(f"{sort}, {name}: {error!r} of {error.__cause__!r}")
        return "untyped" if not isinstance(error, KvminboxError) else "not allowed"


ALL = [
    *(("archive", name, ask) for name, ask in OF_INBOX.items()),
    *(("index window", name, ask) for name, ask in OF_INBOX.items()),
    *(("index", name, ask) for name, ask in OF_INDEX.items()),
]


def check(folder, *, processes, threads, rounds):
    """Let processes read while the archive changes so many times, or for some seconds."""
    load = Load(folder)
    children = [
        fork_task(lambda number=number: load.read(number, threads)) for number in range(processes)
    ]
    chance = random.Random(1)
    ends = time.monotonic() + float(os.environ.get(ENV, 0))
    done = 0
    try:
        while (
            done < rounds
            or time.monotonic() < ends
            or len(list(load.right.iterdir())) < processes * threads
        ):
            load.move(chance.randrange(len(STATES)))
            load.update()
            done += 1
            if done % 10 == 0:
                with Index.open(load.file) as index:
                    assert index.check() == ()
    finally:
        load.stop.touch()
        found = [wait_for(*child) for child in children]
    assert all(isinstance(one, tuple) for one in found), found
    counts = sum((Counter(one) for one, _ in found), Counter())
    print(f"\n{done} updates, {processes} x {threads} readers: {dict(counts)}")
    assert [one for _, wrong in found for one in wrong] == []
    assert all(one["right"] > 0 for one, _ in found)


@pytest.mark.slow
def test_some_threads_in_two_processes(tmp_path):
    """Each answer of an archive and an index that change is that of a state, or a known error."""
    check(tmp_path, processes=2, threads=3, rounds=3)


@pytest.mark.damage
def test_fifty_readers_in_five_processes(tmp_path):
    """The same for five processes with ten threads each."""
    check(tmp_path, processes=5, threads=10, rounds=100)
