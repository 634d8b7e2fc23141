"""One corpus has one answer: live, in an index, in a snapshot, in tables, and mail by mail."""

import weakref
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox import Inbox, Index, group_series, read_message
from kvminbox.analysis import Snapshot
from kvminbox.frames.groups import Groups
from tests.archive.git_archive import START, Archive
from tests.index.histories import quick_folder
from tests.mails import write_mail

HOUR, DAY = 3_600, 86_400
DIFF = "---\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-dark\n+bright\n"


def make_mail(name, subject, *, hour, parent=None, arrives=0):
    """Return a mail with the hour at which it arrives, some hours after its Date."""
    sent = datetime.fromtimestamp(START + hour * HOUR, UTC)
    sender = name.split("-")[0]
    is_patch = subject.startswith("[PATCH") and " 0/" not in subject
    raw = write_mail(
        subject,
        f"Words.\n{DIFF if is_patch else ''}",
        sender=f"{sender.title()} <{sender}@lamp.example>",
        ids=[f"{name}@lamp.example"],
        sent=sent,
        references=[f"{parent}@lamp.example"] if parent else [],
    )
    return hour + arrives, raw


@st.composite
def corpora(draw):
    """Some series, each of one sender, with a reply to some; none may be there as a whole."""
    mails = []
    for place in range(draw(st.integers(1, 6))):
        mails += draw(sendings(f"s{place}"))
    return mails


@st.composite
def sendings(draw, sender):
    """Some mails of a series, below a cover letter, a plain mail, a reply, or nothing."""
    hour, total = draw(st.integers(0, 8 * 24)), draw(st.integers(1, 3))
    version, arrives = draw(st.sampled_from(["", " v2"])), draw(st.integers(-30, 30))
    root = draw(st.sampled_from([f"[PATCH{version} 0/{total}] lamps", "Lamps", "Re: lamps", ""]))
    parent = f"{sender}-0" if root else None
    mails = []
    if root and draw(st.booleans()):  # else the patches answer what is not there
        mails.append(make_mail(f"{sender}-0", root, hour=hour, arrives=arrives))
    for number in sorted(draw(st.sets(st.integers(1, total), min_size=1))):
        subject = f"[PATCH{version} {number}/{total}] lamp {number}"
        sent = {"hour": hour + number / 100, "parent": parent, "arrives": arrives}
        mails.append(make_mail(f"{sender}-{number}", subject, **sent))
    if draw(st.booleans()):
        late = hour + draw(st.integers(1, 4 * 24))
        mails.append(make_mail(f"{sender}-9", "Re: lamps", hour=late, parent=f"{sender}-1"))
    return mails


def archive_of(mails, folder):
    """Write an archive of some mails; they arrive at their hours."""
    archive = Archive(Path(folder) / "lamps.git")
    for hour, raw in sorted(mails):
        archive.commit({"m": archive.blob(raw)}, seconds=START + round(hour * HOUR))
    return Inbox.open(archive.path)


def facts_of(series):
    """Return what a series says, with the ids of its mails in place of the mails."""
    mails = (series.messages, series.duplicates)
    bare = series.model_copy(update={"cover": None, "patches": (), "duplicates": ()})
    return bare, [[mail.message_id for mail in some] for some in mails]


def alone(series):
    """Return a series without the names of other revisions."""
    return series.model_copy(update={"previous": None, "next": None, "chain": ()})


def check_one_answer(inbox, folder):
    """Compare the series of an archive with those of everything else that groups its mails."""
    window = inbox.between(None)
    live = list(window.series())
    wanted = list(map(facts_of, live))
    assert group_series(window.messages()) == list(map(alone, live))
    assert list(map(facts_of, Snapshot(window).series())) == wanted
    assert [facts_of(row.series) for row in Groups(window.messages()).rows] == wanted
    with Index.open(Path(folder) / "lamps.sqlite", create=True) as index:
        index.update(inbox)
        assert list(index.series()) == live
        for one in live:
            for mail in one.messages:
                assert index.series_of(mail.message_id) == alone(one)
    return live


@pytest.fixture
def check():
    """Return a function that writes an archive of some mails, and checks its series."""

    def write_and_check(*mails):
        with quick_folder() as folder:
            return check_one_answer(archive_of(mails, folder), folder)

    return write_and_check


HELLO = make_mail("adam-1", "hello", hour=0)
HALF = make_mail("jane-1", "[PATCH 1/2] lamp", hour=5 * 24)


def test_a_reply_at_the_end_keeps_a_series_from_the_edge(check):
    """The edges are those of all mails: a later reply shows that no second patch came."""
    (series,) = check(HELLO, HALF, make_mail("ewa-1", "Re: lamp", hour=9 * 24))
    assert (series.missing, series.cut) == ((2,), False)
    (series,) = check(HELLO, HALF, make_mail("ewa-1", "Re: lamp", hour=5 * 24 + 9))
    assert series.cut


def test_patches_below_a_reply_that_is_here_lack_no_cover_letter(check):
    """A mail that patches answer is here, whatever it is: nothing is cut off."""
    reply = make_mail("jane-0", "Re: hello", hour=2)
    patch = make_mail("jane-1", "[PATCH 1/1] lamp", hour=3, parent="jane-0")
    (series,) = check(HELLO, reply, patch)
    assert (series.cover, series.cut) == (None, False)
    (series,) = check(HELLO, patch)
    assert series.cut


def test_it_is_the_arrival_that_counts(check):
    """A wrong clock, in the series or in the last mail, does not make a series cut."""
    last = make_mail("ewa-1", "hello", hour=5 * 24, arrives=4 * 24)
    (series,) = check(HELLO, last, HALF)
    assert not series.cut
    (series,) = check(HELLO, last, make_mail("jane-1", "[PATCH 1/2] a", hour=0, arrives=5 * 24))
    assert not series.cut
    (series,) = check(HELLO, last, make_mail("jane-1", "[PATCH 1/2] a", hour=5, arrives=4 * 24))
    assert not series.cut
    (series,) = check(HELLO, last, make_mail("jane-1", "[PATCH 1/2] a", hour=99, arrives=4 * 24))
    assert series.cut


def test_a_copy_in_another_inbox_moves_no_edge():
    """Across inboxes a mail counts once, as its first copy, even if another came late."""
    late = (20 * 24, HELLO[1])
    with quick_folder() as folder, Index.open(Path(folder) / "lamps.sqlite", create=True) as index:
        for name, mails in (("a", [HELLO, HALF]), ("b", [late])):
            (Path(folder) / name).mkdir()
            index.update(archive_of(mails, Path(folder) / name), name=name)
        (series,) = index.series()
        assert series.cut
        assert index.series_of("jane-1@lamp.example") == alone(series)


def test_replies_are_not_held():
    """A corpus of any length is grouped while its replies, most of its mails, are let go."""
    alive = []

    def read():
        for number in range(5):
            raw = make_mail(f"ewa-{number}", "Re: lamp", hour=number)[1]
            reply = read_message(raw)
            alive.append(weakref.ref(reply))
            yield reply
        assert [one() for one in alive[:-1]] == [None] * 4
        yield read_message(HALF[1])

    (series,) = group_series(read())
    assert series.missing == (2,)


def test_a_cover_letter_sent_again_finds_what_answers_that_of_last_week(check):
    """A mail alone finds its series though the others are below a mail of another day."""
    mails = [
        make_mail("jane-0", "[PATCH 0/1] lamps", hour=0),
        make_mail("jane-1", "[PATCH 1/1] lamp", hour=0.1, parent="jane-0"),
        make_mail("jane-2", "[PATCH 0/1 RESEND] lamps", hour=99),
        make_mail("jane-3", "[PATCH 1/1 RESEND] lamp", hour=99.1, parent="jane-0"),
    ]
    found = [[mail.message_id for mail in one.messages] for one in check(*mails)]
    assert found == [
        ["jane-0@lamp.example", "jane-1@lamp.example"],
        ["jane-2@lamp.example", "jane-3@lamp.example"],
    ]


@pytest.mark.slow
@settings(max_examples=30)
@given(corpora())
def test_one_answer_for_any_corpus(mails):
    """Whatever mails a corpus holds, its series are the same wherever they are grouped."""
    with quick_folder() as folder:
        live = check_one_answer(archive_of(mails, folder), folder)
    arrivals = [START + round(hour * HOUR) for hour, _ in mails]
    for series in live:
        times = [mail.entry.arrived.timestamp() for mail in series.messages]
        is_near = min(times) <= min(arrivals) + DAY or max(times) >= max(arrivals) - DAY
        assert not series.cut or is_near
        assert series.cut or not (series.missing and is_near)
