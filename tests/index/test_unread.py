"""Mails that could not be read are counted and told, never left out in silence."""

import pytest

from kvminbox import Inbox
from kvminbox.cli.main import main
from kvminbox.errors import MissingObjectError
from kvminbox.inbox.keeping import mark_mails
from kvminbox.index import Index
from kvminbox.models import Summary
from tests.index.histories import Add, Delete, Epoch, write_mail


@pytest.fixture
def epochs(tmp_path):
    """Return two repositories of ten mails each, one of which has lost two of them."""
    epochs = [Epoch(tmp_path / name) for name in ("first.git", "second.git")]
    for place, epoch in enumerate(epochs):
        epoch.write(tuple(Add(number, place) for number in range(10 * place, 10 * place + 10)))
    for lost in (13, 16):
        epochs[1].lose(write_mail(lost, 1))
    return epochs


@pytest.fixture
def index(tmp_path, epochs):
    """Return an index of both."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for epoch in epochs:
            index.update(Inbox.open(epoch.archive.path))
        yield index


def choose(index):
    """Return the two ways of asking several inboxes as one."""
    return [index, index.since("2000-01-01")]


@pytest.mark.parametrize("way", [0, 1])
def test_mails_of_several_inboxes_are_an_error_if_one_cannot_be_read(index, way):
    """Several inboxes raise as one does, unless a function is told what is left out."""
    corpus = choose(index)[way]
    with pytest.raises(MissingObjectError, match=r"object is missing.*on_problem"):
        list(corpus.messages())
    told = []
    corpus.on_problem = told.append
    assert len(list(corpus.messages())) == 18
    assert [problem.code for problem in told] == ["object-missing"] * 2


def test_several_inboxes_say_of_a_problem_what_one_says(index):
    """A problem has the entry, the code and the words that its own inbox's window gives."""
    window = index.inbox("second").between(None)
    merged = index.since("2000-01-01")
    for corpus in (window, merged):
        corpus.told = []
        corpus.on_problem = corpus.told.append
        list(corpus.messages())
    assert merged.told == window.told == list(merged.problems()) == list(window.problems())


def test_the_windows_of_an_index_take_its_on_problem(index):
    """What is set for the index counts for the windows that it returns."""
    told = []
    index.on_problem = told.append
    tip = index.inbox("second").between(None)
    last = list(tip.entries())[-1].commit
    assert len(list(index.since("2000-01-01").messages())) == 18
    assert len(list(index.between(None, last).messages())) == 8
    assert len(told) == 4


def test_several_inboxes_account_for_every_commit(index, epochs):
    """The summary of several inboxes is the sum of theirs."""
    epochs[0].write((*(Add(number) for number in range(10)), Delete(3)))
    index.update(Inbox.open(epochs[0].archive.path))
    merged = index.since("2000-01-01")
    assert merged.summary() == Summary(
        commits=21, messages=18, deletions=1, purged=0, unchanged=0, problems=2, hidden=1
    )
    assert len(merged) == 21


def test_an_index_counts_what_it_could_not_read(index, epochs):
    """The number of unread mails is told by an index and a search, until they are read."""
    search = index.search("squeeze")
    assert (index.unread, search.unread, len(search)) == (2, 2, 18)
    epochs[1].write((*(Add(number, 1) for number in range(10, 20)), Delete(13, 1)))
    epochs[1].lose(write_mail(13, 1))
    epochs[1].lose(write_mail(16, 1))
    index.update(Inbox.open(epochs[1].archive.path))
    assert index.unread == 1  # a deleted mail is missed by nobody
    epochs[1].write(tuple(Add(number, 1) for number in range(10, 20)))
    index.update(Inbox.open(epochs[1].archive.path))
    assert (index.unread, len(search)) == (0, 20)


def test_a_mail_that_is_read_later_makes_another_mark(index, epochs):
    """What was kept without a mail is not taken for what is with it, though no commit came."""
    corpora = index, index.since("2000-01-01"), index.sent_since("2000-01-01")
    tips = [epoch.commit for epoch in index.mark().epochs]
    before = [mark_mails(corpus) for corpus in corpora]
    assert before == [mark_mails(corpus) for corpus in corpora]
    epochs[1].write(tuple(Add(number, 1) for number in range(10, 20)))
    index.update(Inbox.open(epochs[1].archive.path))
    assert (index.unread, [epoch.commit for epoch in index.mark().epochs]) == (0, tips)
    for corpus, old in zip(corpora, before, strict=True):
        assert mark_mails(corpus) != old


@pytest.mark.parametrize("command", [("search", "squeeze"), ("show", "12@lemon.example")])
def test_commands_tell_of_unread_mails(index, tmp_path, capsys, command):
    """Commands that ask an index say on standard error what is in no answer."""
    main([command[0], str(tmp_path / "index.sqlite"), *command[1:]])
    assert "2 mails could not be read when they were indexed" in capsys.readouterr().err


def test_one_unread_mail_is_told_of_as_one(index, epochs, tmp_path, capsys):
    """Of a single mail the sentence and its cure say "it", whether it is told or refused."""
    epochs[1].write((*(Add(number, 1) for number in range(10, 20)), Delete(13, 1)))
    epochs[1].lose(write_mail(13, 1))
    epochs[1].lose(write_mail(16, 1))
    index.update(Inbox.open(epochs[1].archive.path))
    file = str(tmp_path / "index.sqlite")
    told = "1 mail could not be read when it was indexed, and is left out of all answers"
    main(["search", file, "squeeze"])
    assert f"{told}; fetch it, and update the index\n" in capsys.readouterr().err
    main(["search", file, "squeeze", "--on-problem", "raise"])
    err = capsys.readouterr().err
    assert told in err
    assert "fetch it, and update the index; or use --on-problem skip" in err


def test_a_problem_names_its_mail_once(index):
    """What is told of a mail that could not be read has its id once, and so has the error."""
    window = index.inbox("second").between(None)
    for problem in window.problems():
        assert problem.text.count(problem.entry.blob) == 1
    with pytest.raises(MissingObjectError) as caught:
        list(window.messages(on_problem="raise"))
    assert str(caught.value).count(next(window.problems()).entry.blob) == 1


@pytest.mark.parametrize("name", [None, "second"])
def test_a_window_by_date_does_not_pass_over_what_it_can_not_read(index, name):
    """Nobody knows when such a mail was sent: it is an error of each window, or is counted."""
    one = index.inbox(name) if name else index
    for span in (("1999-01-01", "2000-01-01"), ("2000-01-01", None)):
        with pytest.raises(MissingObjectError, match="object is missing"):
            list(one.sent_since(*span, on_problem="raise"))
        window = one.sent_since(*span, on_problem="skip")
        found = list(window)
        assert len(found) == (0 if span[1] else 8 if name else 18)
        assert window.left_out.mails == 2
