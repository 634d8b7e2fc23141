"""What is new in an index since the last time: each mail once, whatever became of the archive."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kvminbox import Inbox
from kvminbox.errors import IndexDamagedError, MissingObjectError, QueryError, UsageError
from kvminbox.index import Index
from kvminbox.models import IndexMark
from tests.index.histories import Add, Delete, Epoch, Merge, Purge, quick_folder, write_mail

HOUR = 3600


@pytest.fixture
def epoch(tmp_path):
    """Return a repository of ten mails."""
    epoch = Epoch(tmp_path / "kvm.git")
    epoch.write(mails(10))
    return epoch


@pytest.fixture
def index(tmp_path, epoch):
    """Return an index of it."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        update(index, epoch)
        yield index


def mails(end, start=0):
    """Return the steps of a history of plain mails."""
    return tuple(map(Add, range(start, end)))


def update(index, epoch):
    """Bring the index up to date with a repository."""
    return index.update(Inbox.open(epoch.archive.path), accept_loss=True)


def numbers(new):
    """Return the numbers of the mails, as `write_mail` has them."""
    return [int(message.message_id.split("@")[0]) for message in new.messages()]


def keep(mark):
    """Return a mark as a program has it that kept it as JSON."""
    return IndexMark.model_validate_json(mark.model_dump_json())


def test_what_was_added_is_new(index, epoch):
    """After an update the mails that it added are new, oldest first, and later nothing is."""
    first = index.new_since(None)
    assert numbers(first) == list(range(10))
    epoch.write(mails(13))
    update(index, epoch)
    second = index.new_since(keep(first.mark))
    assert (numbers(second), len(second)) == ([10, 11, 12], 3)
    assert len(index.new_since(keep(second.mark))) == 0
    assert second.mark == index.mark()


def test_a_date_is_a_start(index):
    """The first time a date, too, says from when on mails are new."""
    assert numbers(index.new_since("2023-11-14T22:18:20")) == [5, 6, 7, 8, 9]
    assert index.new_since("2023-11-14").base == "2023-11-14"
    with pytest.raises(UsageError, match="not a valid date"):
        index.new_since("soon")


def test_what_is_new_since_nothing_has_no_date(index):
    """Without a mark, and with one of no mail, its repr names no beginning."""
    for mark in (None, IndexMark()):
        assert repr(index.new_since(mark)) == "<NewMails 10 mails>"
    assert repr(index.new_since("2023-11-14")) == "<NewMails since 2023-11-14, 10 mails>"


@pytest.mark.parametrize("commit", ["cc53fa28", "0123456" + "e" * 33, "HEAD", "v1~3", "main^"])
def test_a_commit_in_place_of_a_mark_is_told_apart(index, commit):
    """The error for what looks like a commit names the method that makes a mark of one."""
    with pytest.raises(UsageError, match="not a valid date") as caught:
        index.new_since(commit)
    assert f"index.mark_at({commit!r})" in caught.value.cure
    with pytest.raises(UsageError, match="2025-08-01") as caught:
        index.new_since("defaced day")
    assert "mark_at" not in caught.value.cure


def test_dates_that_go_back_hide_nothing(index, epoch):
    """A mail that arrived before the last one, by its date, is new if it came later."""
    mark = index.mark()
    epoch.write(mails(10))
    for number in (10, 11):
        epoch.archive.commit({"m": epoch.archive.blob(write_mail(number))}, seconds=HOUR - number)
    update(index, epoch)
    assert numbers(index.new_since(mark)) == [11, 10]


def test_a_purge_makes_nothing_come_again(index, epoch):
    """Where all commits were rewritten, what was there is not new, and what is new is."""
    mark = index.mark()
    epoch.write((*mails(3), Purge(3), *mails(12, 4)))
    update(index, epoch)
    assert numbers(index.new_since(keep(mark))) == [10, 11]


@pytest.mark.parametrize("end", [7, 12])
def test_an_archive_that_was_set_back(index, epoch, end):
    """Where the last mail itself is gone, the time of its arrival says what is new."""
    mark = index.mark()
    epoch.write((*mails(7), *mails(end + 20, 27)))
    epoch.prune()
    update(index, epoch)
    assert numbers(index.new_since(keep(mark))) == [30, 31][: max(0, end - 10)]


def test_a_new_index_of_the_same_archive(index, epoch, tmp_path):
    """A mark holds for another index of the archive, since the file is only a cache."""
    mark = index.mark()
    epoch.write(mails(11))
    with Index.open(tmp_path / "again.sqlite", create=True) as again:
        update(again, epoch)
        assert numbers(again.new_since(mark)) == [10]


def test_a_mail_of_several_lists_comes_once(index, tmp_path):
    """What another list brings later is not new; what only that list has is, and comes once."""
    other = Epoch(tmp_path / "arm.git")
    other.write((Add(100, 1),))
    update(index, other)
    mark = index.mark()
    other.write((Add(100, 1), Add(9, 1), Add(101, 1)))
    update(index, other)
    assert numbers(index.new_since(mark)) == [101]
    mark = index.mark()
    other.write((Add(100, 1), Add(9, 1), Add(101, 1), Add(102, 1)))
    third = Epoch(tmp_path / "s390.git")
    third.write((Add(102),))
    update(index, other)
    update(index, third)
    new = index.new_since(mark)
    assert numbers(new) == [102]
    (hit,) = new.hits()
    assert {copy.inbox for copy in hit.copies} == {"arm", "s390"}


def test_the_history_of_another_list_is_no_news(index, tmp_path):
    """Of an inbox that was added since, only what arrived since is new."""
    mark = index.mark()
    other = Epoch(tmp_path / "arm.git")
    other.write(tuple(Add(number, 1) for number in range(100, 115)))
    update(index, other)
    assert numbers(index.new_since(mark)) == [110, 111, 112, 113, 114]


def test_a_new_epoch_is_new(tmp_path):
    """An epoch after the last one is new as a whole, whatever its dates say."""
    first, second = (Epoch(tmp_path / "kvm" / "git" / f"{n}.git") for n in (0, 1))
    first.write(mails(3))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        second.write(())
        index.update(Inbox.open(tmp_path / "kvm"))
        mark = index.mark()
        second.write((Add(3),))
        index.update(Inbox.open(tmp_path / "kvm"))
        assert numbers(index.new_since(mark)) == [3]


def test_a_mail_that_could_not_be_read_comes_later(index, epoch):
    """It is left out by the policy, told of once, and is new when it can be read."""
    mark = index.mark()
    epoch.write(mails(12))
    epoch.lose(write_mail(10))
    update(index, epoch)
    new = index.new_since(mark)
    with pytest.raises(MissingObjectError, match="on_problem"):
        list(new.messages())
    with pytest.raises(MissingObjectError):
        list(new.hits())
    new = index.new_since(mark, on_problem="skip")
    assert numbers(new) == [11]
    assert new.left_out.mails == 1
    assert [hit.message.message_id for hit in new.hits()] == ["11@lemon.example"]
    assert len(index.new_since(keep(new.mark))) == 0
    epoch.write(mails(12))
    update(index, epoch)
    assert numbers(index.new_since(keep(new.mark))) == [10]
    assert index.mark().unread == ()


def test_what_was_deleted_is_not_new(index, epoch):
    """A mail that came and went since the mark is not there, and one that came again is old."""
    mark = index.mark()
    epoch.write((*mails(11), Delete(10), Delete(9), Add(9), Add(11)))
    update(index, epoch)
    assert numbers(index.new_since(mark)) == [11]


def test_a_merge_is_new(index, epoch):
    """Mails of both sides of a merge are new."""
    mark = index.mark()
    epoch.write((*mails(10), Merge(10, 20)))
    update(index, epoch)
    assert sorted(numbers(index.new_since(mark))) == [10, 20]


def test_a_query_chooses_among_them(index, epoch):
    """With a query only those are given that it finds."""
    mark = index.mark()
    epoch.write(mails(13))
    update(index, epoch)
    assert numbers(index.new_since(mark, "kind:patch")) == [12]
    assert numbers(index.new_since(mark, "rt:2000-01-01..")) == [10, 11, 12]
    with pytest.raises(QueryError):
        index.new_since(mark, "colour:red")


def test_it_is_a_corpus(index, epoch):
    """It has series and threads, is mapped in processes, and can be pickled."""
    mark = index.mark()
    epoch.write(mails(13))
    update(index, epoch)
    new = index.new_since(mark)
    assert [patch.message_id for patch in new.patches()] == ["12@lemon.example"]
    assert len(list(new.series())) == 1
    assert list(new.map(len_of_body, jobs=2)) == [len_of_body(message) for message in new]
    assert numbers(pickle.loads(pickle.dumps(new))) == [10, 11, 12]
    assert repr(new) == "<NewMails since 2023-11-14 22:22:20 UTC, 3 mails>"


def len_of_body(message):
    """Return how long a mail is."""
    return len(message.body)


def test_an_update_meanwhile_loses_nothing(index, epoch):
    """What comes after the mails were chosen is not among them, and is new the next time."""
    new = index.new_since(index.mark())
    epoch.write(mails(12))
    update(index, epoch)
    assert numbers(new) == []
    assert numbers(index.new_since(new.mark)) == [10, 11]


def test_a_row_that_is_lost_is_an_error(index, epoch):
    """An index that lost an entry of the new ones says so, and doesn't give fewer."""
    mark = index.mark()
    epoch.write(mails(13))
    update(index, epoch)
    with index._database.transaction():
        index._database.execute("DELETE FROM entry WHERE seq = 11")
    with pytest.raises(IndexDamagedError, match="missing"):
        index.new_since(mark)


def test_a_mark_of_nonsense_is_refused():
    """A mark whose ids are no hex digits is not read from JSON."""
    with pytest.raises(ValidationError):
        IndexMark.model_validate({"unread": ["hello"]})


@settings(max_examples=25)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.data())
def test_each_mail_comes_once(sizes, data):
    """However the archive grows, and whatever is purged meanwhile, each mail is new once."""
    with quick_folder() as folder, Index.open(f"{folder}/i.sqlite", create=True) as index:
        epoch = Epoch(Path(folder) / "kvm.git")
        steps, given_numbers, mark = [], [], IndexMark()
        for size in sizes:
            known = len(steps)
            steps += mails(known + size, known)
            # the last known mail stays: where it goes, too, times decide
            for place in data.draw(st.sets(st.integers(0, max(0, known - 2)), max_size=2)):
                if place < known - 1:
                    steps[place] = Purge(place)
            epoch.write(tuple(steps))
            update(index, epoch)
            new = index.new_since(mark)
            given_numbers += numbers(new)
            mark = keep(new.mark)
        assert given_numbers == list(range(len(steps)))
