"""What each corpus that is read offers, whatever it is of, and marks of an earlier time."""

import pickle

import pytest

from kvminbox import Inbox, Index
from kvminbox.errors import RevisionError
from kvminbox.models import IndexMark
from tests.index.histories import Add, Epoch


@pytest.fixture
def epochs(tmp_path):
    """Return two archives of ten mails, of which five are in both."""
    first, second = Epoch(tmp_path / "one.git"), Epoch(tmp_path / "two.git")
    first.write(tuple(map(Add, range(10))))
    second.write(tuple(map(Add, range(5, 15))))
    return first, second


@pytest.fixture
def index(tmp_path, epochs):
    """Return an index of both."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for epoch in epochs:
            index.update(Inbox.open(epoch.archive.path))
        yield index


def ids(corpus):
    """Return the numbers of a corpus's mails."""
    return [int(mail.message_id.split("@")[0]) for mail in corpus]


def test_windows_of_several_inboxes_offer_what_those_of_one_do(index):
    """Arrival, entries, lists, the summary and iteration are there, and agree with the inboxes."""
    merged = index.since("1970-01-01")
    parts = [index.inbox(name).between(None) for name in index.inboxes]
    spans = [part.arrived for part in parts]
    for corpus in (merged, index):
        assert corpus.arrived == (min(one for one, _ in spans), max(one for _, one in spans))
        assert list(corpus.entries()) == [entry for part in parts for entry in part.entries()]
        assert corpus.summary().commits == 20
        assert corpus.summary() == merged.summary()
        assert sorted(ids(corpus)) == list(range(15))
    assert pickle.loads(pickle.dumps(merged)).arrived == merged.arrived


def test_lists_are_known_before_a_mail_is_read(index):
    """Which lists a window and an index have does not depend on whether they were read."""
    for make in (lambda: index.since("1970-01-01"), lambda: index):
        before = make().lists
        corpus = make()
        list(corpus.messages())
        assert dict(before) == dict(corpus.lists)


def test_the_window_of_no_time_has_no_arrival(index):
    """Where nothing arrived there is neither a first nor a last time."""
    assert index.since("2001-01-01", "2001-01-02").arrived is None


@pytest.mark.parametrize("place", [0, 4, 9])
def test_a_mark_of_a_commit_gives_what_came_after_it(index, epochs, place):
    """Of the commit's inbox its later mails are new; of the other what arrived after it did."""
    first, _ = epochs
    own, other = (list(index.inbox(name).between(None)) for name in index.inboxes)
    at = own[place].entry
    mark = IndexMark.model_validate_json(index.mark_at(at.commit).model_dump_json())
    new = index.new_since(mark)
    old = [*own[: place + 1], *(mail for mail in other if mail.entry.arrived <= at.arrived)]
    found = ids(new)
    assert set(found) == set(range(15)) - set(ids(old))
    assert len(found) == len(set(found))
    assert index.inboxes == (index.name_of(Inbox.open(first.archive.path)), index.inboxes[1])


def test_a_mark_of_the_last_commit_leaves_its_own_inbox_nothing(tmp_path, epochs):
    """In an index of one inbox it is the mark of now, and a short id names the commit, too."""
    first, _ = epochs
    with Index.open(tmp_path / "single.sqlite", create=True) as index:
        index.update(Inbox.open(first.archive.path))
        last = list(index.entries())[-1].commit
        assert index.mark_at(last) == index.mark() == index.mark_at("HEAD")
        assert ids(index.new_since(index.mark_at("HEAD~3"))) == [7, 8, 9]
        assert ids(index.new_since(index.mark_at(last[:12]))) == []


def test_a_mark_of_an_unknown_commit_is_an_error(index):
    """A commit that no inbox knows is refused as in a range, and so is a name in several."""
    for commit in ("1" * 40, "HEAD"):
        with pytest.raises(RevisionError):
            index.mark_at(commit)
