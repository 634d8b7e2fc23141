"""What each corpus that is read offers, whatever it is of, and marks of an earlier time."""

import pickle

import pytest

from kvminbox import Inbox, Index
from kvminbox.analysis import Snapshot
from kvminbox.errors import ObjectError, RevisionError, UsageError
from kvminbox.inbox import MailList
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


def is_patch(mail):
    """Whether a mail is a patch."""
    return mail.kind == "patch"


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


def test_every_corpus_counts_its_mails(index):
    """Windows, an index, a search and mails in memory count what they yield, whoever reads it."""
    merged = index.since("1970-01-01")
    one = index.inbox(index.inboxes[0])
    corpora = [
        merged, index, one.between(None), one.sent_since("1970-01-01"), index.search("kind:patch"),
        index.sent_since("1970-01-01"), index.new_since(None), MailList(index.messages()),
        Snapshot(merged), index.since("2001-01-01", "2001-01-02"),
    ]  # fmt: skip
    counts = [corpus.count_mails() for corpus in corpora]
    assert counts == [len(list(corpus.messages())) for corpus in corpora]
    assert counts[:3] == [15, 15, 10]


def test_every_corpus_takes_a_policy_for_what_can_not_be_read(index, epochs):
    """A function for any corpus may read it under a policy of its own, for this time."""
    path = epochs[0].archive.path
    mail = next(Inbox.open(path).messages())
    (path / "objects" / mail.entry.blob[:2] / mail.entry.blob[2:]).unlink()
    inbox = Inbox.open(path)
    corpora = [inbox.between(None), inbox.sent_since("1970-01-01"), index, MailList(index)]
    for corpus, count in zip(corpora, (9, 9, 15, 15), strict=True):
        assert len(list(corpus.messages(on_problem="skip"))) == count
        assert len(list(corpus.map(is_patch, on_problem="skip"))) == count
        with pytest.raises(UsageError, match="policy"):
            list(corpus.messages(on_problem="skipp"))
    for corpus in corpora[:2]:
        with pytest.raises(ObjectError):
            list(corpus.messages())
        found = []
        assert len(list(corpus.messages(on_problem=found.append))) == 9
        assert [one.entry.blob for one in found] == [mail.entry.blob]


def test_a_count_leaves_the_lists_of_the_last_reading(index, epochs):
    """To count mails reads none: which lists a window has follows from its last reading."""
    merged = index.since("1970-01-01")
    list(merged.messages())
    before = dict(merged.lists)
    epochs[0].write(tuple(map(Add, range(12))))
    index.update(Inbox.open(epochs[0].archive.path))
    assert merged.count_mails() == 15
    assert dict(merged.lists) == before


def test_what_can_not_be_read_does_not_count(index, epochs, tmp_path):
    """A mail that the archive lacks is none of the mails of several inboxes either."""
    path = epochs[0].archive.path
    mail = next(Inbox.open(path).messages())
    (path / "objects" / mail.entry.blob[:2] / mail.entry.blob[2:]).unlink()
    with Index.open(tmp_path / "other.sqlite", create=True, on_problem="skip") as other:
        for epoch in epochs:
            other.update(Inbox.open(epoch.archive.path))
        assert other.count_mails() == len(list(other)) == other.count_mails() == 14


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
