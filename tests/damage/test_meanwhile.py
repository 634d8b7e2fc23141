"""An archive that git packs, prunes, fetches into and rewrites while it is read.

The readers are processes of their own. Each answer must be that of the tip which the
reader found when it opened the archive, whole, whatever has come since.
"""

import os
import subprocess
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from kvminbox import Inbox
from kvminbox.errors import MissingObjectError, ObjectError
from kvminbox.index import Index
from tests.archive.git_archive import GIT, git
from tests.damage.long_history import make_mails, make_repository, write_branch
from tests.damage.watched import fork_task, wait_for

FEW, MANY = 2, 100
COMMITS = 500


class Scene:
    """An origin with several states of an archive, and a mirror that moves among them."""

    def __init__(self, folder, states):
        self.folder = folder
        self.origin = make_repository(folder / "origin.git")
        self.mirror = make_repository(folder / "0.git")
        self.stop = folder / "stop"
        self.states = {
            write_branch(self.origin, f"state{number}", mails): mails
            for number, mails in enumerate(states)
        }
        assert len(self.states) == len(states)
        self.fetch(0)

    def fetch(self, number):
        """Fetch a state into a pack, whatever was there before."""
        refspec = f"+refs/heads/state{number}:refs/heads/master"
        git(self.mirror, "-c", "fetch.unpackLimit=1", "fetch", "-q", self.origin, refspec)

    def push(self, number):
        """Push a state by force; a few new objects are loose then."""
        refspec = f"+refs/heads/state{number}:refs/heads/master"
        command = ["git", f"--git-dir={self.origin}", "push", "-q", self.mirror, refspec]
        subprocess.run(command, env=GIT, check=True, capture_output=True)

    def disturb(self, number):
        """Move to a state, and do all that a mirror's keeper does."""
        (self.push if number % 2 else self.fetch)(number % len(self.states))
        git(self.mirror, "repack", "-dq")
        # a pack is named after its bytes: another level makes another pack
        git(self.mirror, "-c", f"pack.compression={number % 9 + 1}", "repack", "-adqF")
        git(self.mirror, "gc", "-q", "--prune=now")

    @contextmanager
    def read_by(self, *readers):
        """Have processes read it over and over, each right at first; yield what they found."""
        children = [fork_task(lambda one=one: self._repeat(one)) for one in readers]
        found = []
        try:
            while len(list(self.folder.glob("right-*"))) < len(children):
                time.sleep(0.01)
            yield found
        finally:
            self.stop.touch()
            found += [wait_for(*child) for child in children]

    def _repeat(self, reader):
        counts = Counter()
        read = reader(self)
        while not self.stop.exists():
            counts[_read(read)] += 1
            if counts["right"] == 1:
                (self.folder / f"right-{os.getpid()}").touch()
        return dict(counts)

    def check(self, inbox):
        """Read an inbox, and compare it with the state that its tip names."""
        expected = self.states[inbox.epochs[0].tip]
        entries = list(inbox.between(None).entries())
        if any(entry.change == "problem" for entry in entries):
            raise MissingObjectError("a tree is missing")
        assert [inbox.raw(entry) for entry in entries] == expected
        for name in ("HEAD", "master"):
            assert list(inbox.between(f"{name}~20").entries()) == entries[-20:]


def _read(read):
    try:
        read()
    except ObjectError as error:
        return f"lost: {error.what}"
    return "right"


def opens_and_reads(scene):
    """Open it each time."""
    return lambda: scene.check(Inbox.open(scene.mirror))


def reads_again(scene):
    """Read what was opened ten times before."""
    inboxes = []

    def read():
        inboxes.append(Inbox.open(scene.mirror))
        scene.check(inboxes[0])
        if len(inboxes) > 10:
            inboxes.pop(0)

    return read


def updates_an_index(scene):
    """Bring an index up to date, and read that."""

    def read():
        with Index.open(scene.folder / "index.sqlite", create=True) as index:
            try:
                index.update(Inbox.open(scene.mirror), name="lemon")
            finally:
                if index.inboxes and index._database.value("SELECT tip FROM epoch"):
                    scene.check(index.inbox())

    return read


READERS = (opens_and_reads, reads_again, updates_an_index)


def disturb(scene, numbers):
    """Have it read while it goes through states; return what the readers found."""
    started = time.monotonic()
    with scene.read_by(*READERS) as found:
        for number in numbers:
            scene.disturb(number)
    seconds = time.monotonic() - started
    for reader, counts in zip(READERS, found, strict=True):
        print(f"\n{len(numbers)} times in {seconds:.0f} s: {reader.__name__} {counts}")
        assert isinstance(counts, dict)
        assert counts["right"] > 0
    return found


def check_growing(folder, times):
    scene = Scene(folder, [make_mails(range(COMMITS + 7 * n)) for n in range(times + 1)])
    for counts in disturb(scene, range(1, times + 1)):
        assert set(counts) == {"right"}


def check_rewritten(folder, times):
    edited = [make_mails(range(COMMITS), edited=n) for n in (COMMITS // 2, 5, COMMITS - 9)]
    scene = Scene(folder, [make_mails(range(COMMITS)), *edited, make_mails(range(COMMITS - 50))])
    for counts in disturb(scene, range(1, times + 1)):
        lost = [word for word in counts if word != "right"]
        assert all("is missing" in word for word in lost)


@pytest.mark.slow
def test_an_archive_that_grows_and_is_packed_is_read_right(tmp_path):
    """While git fetches, repacks and prunes, nobody sees an error or a mixture."""
    check_growing(tmp_path, FEW)


@pytest.mark.slow
def test_an_archive_that_is_rewritten_is_read_right_or_not_at_all(tmp_path):
    """While its branch is set to other histories, a reader has its own, or is told what is lost."""
    check_rewritten(tmp_path, FEW)


@pytest.mark.damage
def test_an_archive_that_grows_a_hundred_times(tmp_path):
    """The same a hundred times."""
    check_growing(tmp_path, MANY)


@pytest.mark.damage
def test_an_archive_that_is_rewritten_a_hundred_times(tmp_path):
    """The same a hundred times."""
    check_rewritten(tmp_path, MANY)
