"""A process that chooses and reads windows for days has no more memory and no more files open."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox import Inbox
from kvminbox.index import Index
from tests.growth import count_objects
from tests.index.histories import Add, Delete, Epoch, build

HANDLES = Path("/proc/self/fd")
pytestmark = pytest.mark.skipif(not HANDLES.exists(), reason="no /proc to count with")

WINDOWS = 2_000
EVERY = 250

READ = """
import sys
from pathlib import Path
from tests.damage.test_flat import EVERY, Reader, count_handles

def resident():
    status = open("/proc/self/status").read()
    return int(status.partition("VmRSS:")[2].split()[0])

reader = Reader(Path(sys.argv[1]), Path(sys.argv[2]), is_shared=sys.argv[4] == "shared")
for number in range(int(sys.argv[3])):
    reader.read(number)
    if (number + 1) % EVERY == 0:
        print(number + 1, count_handles(), resident())
"""


class Reader:
    """Reads one window after the other of an archive and its index."""

    def __init__(self, archive, file, *, is_shared):
        self.archive, self.file = archive, file
        self.is_shared = is_shared
        self.inbox, self.index = Inbox.open(archive), Index.open(file)
        self.length = len(self.inbox.between(None))

    def read(self, number, size=40):
        """Read a window in both, in all the usual ways."""
        if not self.is_shared:
            self.index.close()
            self.inbox, self.index = Inbox.open(self.archive), Index.open(self.file)
        begin = 1 + number * 7 % (self.length - 1)
        end = max(0, begin - size)
        for inbox in (self.inbox, self.index.inbox()):
            window = inbox.between(f"HEAD~{begin}", f"HEAD~{end}")
            mails = list(window.messages())
            window.summary()
            for _ in window.series():
                pass
            for _ in window.threads():
                pass
            assert mails
        found = self.index.get(mails[-1].message_id)
        assert self.index.thread_of(found.message_id) is not None
        len(self.index.search(f"s:lemon OR f:ada{number}"))
        list(self.index.search("squeeze").hits(5))


def count_handles():
    """Return how many files are open."""
    return len(list(HANDLES.iterdir()))


@pytest.fixture
def archive(tmp_path):
    """Return the path of an archive of 120 commits, in a pack."""
    epoch = Epoch(tmp_path / "lemon.git")
    mails = [Add(number) for number in range(120)]
    mails[50:50] = [Delete(3), Add(9, 1)]
    epoch.write(tuple(mails))
    epoch.archive.pack()
    return epoch.archive.path


@pytest.fixture
def file(tmp_path, archive):
    """Return the path of its index."""
    build(tmp_path / "index.sqlite", ("lemon", Inbox.open(archive)))
    return tmp_path / "index.sqlite"


@pytest.mark.slow
@pytest.mark.parametrize("is_shared", [True, False])
def test_windows_leave_nothing_behind(archive, file, is_shared):
    """No more can be reached from what reads windows when many have been read."""
    reader = Reader(archive, file, is_shared=is_shared)
    counts = []
    for number in range(48):
        reader.read(number % 8, size=5)
        if number % 8 == 7:
            gc.collect()
            counts.append((count_handles(), count_objects(reader.inbox, reader.index)))
    assert len(set(counts[1:])) == 1, counts


def test_closing_lets_all_files_go(archive, file):
    """When an index is closed and an inbox is dropped, no file of theirs is open."""
    gc.collect()
    before = count_handles()
    reader = Reader(archive, file, is_shared=True)
    reader.read(1)
    assert count_handles() > before
    reader.index.close()
    reader.inbox = None
    gc.collect()
    assert count_handles() == before


def read_for_long(archive, file, how):
    """Read many windows in a fresh process; return (windows, handles, KiB resident) at times."""
    command = [sys.executable, "-c", READ, archive, file, str(WINDOWS), how]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    found = [tuple(map(int, line.split())) for line in run.stdout.splitlines()]
    print(f"\n{how}: (windows, handles, KiB resident) {found}")
    return found


@pytest.mark.damage
@pytest.mark.parametrize("how", ["shared", "fresh"])
def test_two_thousand_windows(archive, file, how):
    """Handles are the same, and memory hardly more, from the 500th window to the 2,000th."""
    found = read_for_long(archive, file, how)
    assert len({handles for _, handles, _ in found}) == 1
    assert found[-1][2] - found[1][2] <= 4 << 10


@pytest.mark.damage
@pytest.mark.real
@pytest.mark.parametrize("how", ["shared", "fresh"])
def test_two_thousand_windows_of_a_real_archive(real_inbox_path, tmp_path, how):
    """The same for an archive with mails of all sizes."""
    file = tmp_path / "index.sqlite"
    with Index.open(file, create=True) as index:
        index.update(Inbox.open(real_inbox_path), jobs=2)
    found = read_for_long(real_inbox_path, file, how)
    assert len({handles for _, handles, _ in found}) == 1
    assert found[-1][2] - found[1][2] <= 64 << 10
