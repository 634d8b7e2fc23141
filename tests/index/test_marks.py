"""The mark of a window, by which what was kept of it is found again."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from kvminbox import Inbox
from kvminbox.archive import MailWriter
from kvminbox.inbox.keeping import mark_mails
from kvminbox.index import Index
from tests.mails import MORNING, write_mail

FIRST = int(MORNING.timestamp())
LISTS = ("oak", "elm")


def add(writer, name, sent, arrived):
    """Write a mail, sent and arrived so many seconds after the first."""
    raw = write_mail(
        f"[PATCH] {name}", "Grow.\n", ids=[f"{name}@wood.example"],
        sent=MORNING + timedelta(seconds=sent),
    )  # fmt: skip
    writer.add(raw, FIRST + arrived)


@pytest.fixture(params=[1, 2])
def index(tmp_path, request):
    """Return an open index of one or two lists, whose mails come in any order, some to both."""
    rng = random.Random(5)
    writers = {name: MailWriter(tmp_path / f"{name}.git") for name in LISTS[: request.param]}
    for number in range(40):
        sent, arrived = rng.randrange(60), rng.randrange(60)
        for writer in rng.sample([*writers.values()], rng.randint(1, len(writers))):
            add(writer, number, sent, arrived + rng.randrange(3))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for name in writers:
            index.update(Inbox.open(tmp_path / f"{name}.git"), name=name)
        yield index


def name_mails(window):
    """Return the mails of a window by their ids, in order."""
    return [mail.message_id for mail in window.messages()]


@pytest.mark.parametrize("choose", ["since", "sent_since"])
def test_windows_with_one_mark_have_the_same_mails(index, choose):
    """Of many spans of time those with one mark have the same mails, and many share one."""
    rng = random.Random(7)
    ends = [datetime.fromtimestamp(FIRST + second / 2, UTC) for second in range(-4, 130)]
    spans = [sorted(rng.sample(ends, 2)) for _ in range(60)]
    spans += [[one, None] for one in rng.sample(ends, 40)]
    spans += [[begin + timedelta(seconds=0.5), end] for begin, end in spans if begin != end]
    windows = [getattr(index, choose)(*span) for span in spans]
    told = [(mark_mails(window), name_mails(window)) for window in windows]
    same = [(one[1], other[1]) for one, other in combinations(told, 2) if one[0] == other[0]]
    assert len(same) > 20
    assert all(one == other for one, other in same)
    # and where nothing is between two whole seconds, the marks are one
    late = datetime.fromtimestamp(FIRST + 100, UTC)
    marks = {mark_mails(getattr(index, choose)(late + timedelta(hours=one))) for one in range(3)}
    assert len(marks) == 1


@pytest.mark.parametrize("choose", ["since", "sent_since"])
def test_another_mail_is_another_mark(index, choose, tmp_path):
    """What comes makes windows and the index other ones, whatever its times are."""
    span = MORNING, MORNING + timedelta(seconds=30)
    for number, (sent, arrived) in enumerate([(10, 10), (50, 50)]):
        before = mark_mails(getattr(index, choose)(*span)), mark_mails(index)
        assert before == (mark_mails(getattr(index, choose)(*span)), mark_mails(index))
        add(MailWriter(tmp_path / "oak.git"), f"new{number}", sent, arrived)
        index.update(Inbox.open(tmp_path / "oak.git"), name="oak")
        after = mark_mails(getattr(index, choose)(*span)), mark_mails(index)
        assert before[1] != after[1]
        # by arrival, one list's window is told by its own commits
        is_told = arrived < 30 or choose == "sent_since" or len(index.inboxes) > 1
        assert (before[0] != after[0]) == is_told


def test_what_a_mark_lists_is_in_the_window(index):
    """A mark lists the bytes of each mail of its window, so that a purge of one is seen."""
    for window in (index, index.sent_since(MORNING), index.since(MORNING)):
        blobs = {mail.entry.blob for mail in window.messages()}
        assert len(blobs) >= 38
        assert blobs <= set(mark_mails(window).list_blobs())
