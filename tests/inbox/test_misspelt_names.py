"""What is misspelt of a mail, a series or a window is answered with what was meant."""

import pickle

import pytest

from kvminbox import Inbox, Index, read_message
from kvminbox.errors import IndexFileError
from kvminbox.inbox import MailList
from kvminbox.lazy import MissingNameError
from kvminbox.models import Address, Message, Series
from kvminbox.sample import make_sample

MAIL = read_message(b"From: ada@ada.example\nSubject: hello\n\nhello\n")


@pytest.fixture
def sample(tmp_path):
    """Return the sample inbox."""
    return Inbox.open(make_sample(tmp_path / "sample"))


@pytest.mark.parametrize(
    ("thing", "name", "meant"),
    [
        (MAIL, "sendr", "sender"),
        (MAIL, "author_email", None),
        (MAIL, "content_kye", "content_key"),
        (MAIL, "number", "subject.counter"),
        (Series(), "subject", "title"),
        (Series(), "number", "numbers"),
        (Address(name="Ida"), "emial", "email"),
        (MailList([MAIL]), "mesages", "messages"),
        (MailList([MAIL]), "thread", "threads"),
    ],
)
def test_a_misspelt_attribute_is_answered_with_what_was_meant(thing, name, meant):
    """The error is an AttributeError of the usual words, with the nearest name if one is near."""
    with pytest.raises(AttributeError) as told:
        getattr(thing, name)
    usual = f"'{type(thing).__name__}' object has no attribute '{name}'"
    near = f"{usual}; did you mean {meant}"
    assert str(told.value).startswith(near) if meant else str(told.value) == usual


def test_windows_indexes_and_searches_answer_alike(sample, tmp_path):
    """All that is read has the same hints, and what one lacks can be looked for as before."""
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(sample)
        for corpus in (sample.between(None), index, index.search("timer"), index.new_since(None)):
            with pytest.raises(AttributeError, match=r"did you mean (patches|series)"):
                _ = corpus.patchs if corpus is index else corpus.serie
            assert not hasattr(corpus, "nothing")
            assert getattr(corpus, "_repr_latex_", None) is None
    assert pickle.loads(pickle.dumps(sample.between(None))).summary().messages


@pytest.mark.parametrize("name", ["series", "patches", "threads", "map", "count_mails"])
def test_an_inbox_tells_where_its_mails_are_chosen(sample, name):
    """What a window has and an inbox has not is answered with how to get a window."""
    with pytest.raises(AttributeError, match=f"no {name}: .*inbox.between"):
        getattr(sample, name)
    with pytest.raises(AttributeError, match="did you mean between"):
        _ = sample.betwen
    assert not hasattr(sample, "_repr_latex_")
    assert pickle.loads(pickle.dumps(sample.between(None))).count_mails()


def test_an_error_within_a_property_is_told_as_it_is(tmp_path):
    """A property of a closed index fails with its own error, not for want of an attribute."""
    index = Index.open(tmp_path / "x.sqlite", create=True)
    index.close()
    with pytest.raises(IndexFileError):
        _ = index.unread


class Broken(MailList):
    """A corpus with a property that asks for what is not there."""

    @property
    def failing(self):
        """Ask for it."""
        return self.subjct


def test_a_property_that_lacks_an_attribute_names_that():
    """The name in the error is the one that is missing, and not that of the property."""
    with pytest.raises(AttributeError, match="'subjct'"):
        _ = Broken([MAIL]).failing


def test_no_name_is_looked_for_before_the_error_is_shown(monkeypatch):
    """Whether something has an attribute is asked often, and costs no search for near names."""
    monkeypatch.setattr(MissingNameError, "__str__", lambda _: pytest.fail("it was looked for"))
    assert getattr(MAIL, "change_id", None) is None
    assert not hasattr(Message(), "sendr")


def test_such_an_error_comes_back_from_a_worker():
    """Pickled, it is an AttributeError with the same text."""
    with pytest.raises(AttributeError) as told:
        _ = MAIL.sendr
    again = pickle.loads(pickle.dumps(told.value))
    assert (type(again), str(again)) == (AttributeError, str(told.value))


def test_an_inbox_of_an_index_is_suggested(sample, tmp_path):
    """A misspelt name of an inbox is answered with the nearest."""
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(sample, name="nouveau")
        with pytest.raises(Exception, match="did you mean nouveau"):
            index.inbox("noveau")
