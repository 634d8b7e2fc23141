"""One inbox answers any number of threads as it answers one."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest

from kvminbox import Inbox
from kvminbox.archive import Repository
from tests.archive.git_archive import Archive

THREADS = 16


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    """Two packed epochs whose repositories are closed and opened after every few reads."""
    for epoch in (0, 1):
        archive = Archive(tmp_path / f"git/{epoch}.git")
        for number in range(20):
            archive.add(f"{epoch}{number}")
        archive.delete(f"{epoch}7")
        archive.pack()
    reads, read = count(1), Repository._read_packed

    def read_and_release(self, oid, limit):
        if next(reads) % 5 == 0:
            self.release()
        return read(self, oid, limit)

    monkeypatch.setattr(Repository, "_read_packed", read_and_release)
    return Inbox.open(tmp_path)


def _in_threads(ask):
    """Return what each of the threads is told, all of which begin at once."""
    barrier = Barrier(THREADS)

    def run(number):
        barrier.wait()
        return [ask(number) for _ in range(3)]

    with ThreadPoolExecutor(THREADS) as pool:
        return [answer for answers in pool.map(run, range(THREADS)) for answer in answers]


def _survey(window):
    return (
        window.summary(),
        list(window.problems()),
        list(window.entries()),
        [message.message_id for message in window.messages()],
    )


def test_one_window_in_many_threads(inbox):
    """A window that is shared gives each thread the same summary, problems, entries and mails."""
    window = inbox.between(None)
    wanted = _survey(window)
    assert len(wanted[3]) == 38
    assert all(found == wanted for found in _in_threads(lambda _: _survey(window)))


@pytest.mark.slow
def test_windows_made_in_many_threads(inbox):
    """Ranges that threads choose of one inbox hold what they hold when they are chosen in turn."""
    ranges = [
        ("0:HEAD~9", "0:HEAD"),
        ("0:HEAD~3", "1:HEAD~4"),
        (inbox.epochs[0].tip, None),
        (inbox.epochs[1].tip[:12] + "~6", "1:master"),
        (None, None),
    ]

    def ask(number):
        base, tip = ranges[number % len(ranges)]
        window = inbox.between(base, tip) if number % 3 else inbox.since("2023-01-01")
        return _survey(window)

    wanted = [ask(number) for number in range(THREADS) for _ in range(3)]
    assert _in_threads(ask) == wanted


def test_bytes_in_many_threads(inbox):
    """Threads that read the bytes of all mails, each in its own order, get those of each mail."""
    entries = [entry for entry in inbox.between(None).entries() if entry.change == "message"]
    wanted = {entry: inbox.raw(entry) for entry in entries}

    def ask(number):
        turned = entries[number:] + entries[:number]
        return {entry: inbox.raw(entry) for entry in turned}

    assert all(found == wanted for found in _in_threads(ask))


def test_revisions_in_many_threads(inbox):
    """Ids, branches, steps and words are resolved alike while other threads open it again."""
    tip = inbox.epochs[1].tip
    forms = [tip, tip[:10], "master", "HEAD~2", "1:HEAD^0", f"{tip[:9]}~3", ":/subject"]
    wanted = {form: len(inbox.between("0:HEAD", form)) for form in forms}

    def ask(number):
        inbox.between("0:HEAD~2", "0:HEAD").summary()
        turned = forms[number % 7 :] + forms[: number % 7]
        return {form: len(inbox.between("0:HEAD", form)) for form in turned}

    assert all(found == wanted for found in _in_threads(ask))
