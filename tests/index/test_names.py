"""What an index may call its inboxes, and whose windows can be divided."""

from shutil import copytree

import pytest

from kvminbox import Inbox
from kvminbox.errors import UsageError
from kvminbox.index import Index
from kvminbox.reports import Section


@pytest.fixture
def index(tmp_path):
    """Return an empty index."""
    with Index.open(tmp_path / "index.sqlite", create=True) as made:
        yield made


def test_a_window_of_several_inboxes_is_not_divided(index, sample_inbox):
    """Shards are those of one inbox: a window of two is refused, and one of one is not."""
    inbox = Inbox.open(sample_inbox)
    index.update(inbox, name="one")
    one = index.since("2000-01-01")
    assert sum(map(len, inbox.shards(window=one))) == len(list(inbox.messages()))
    index.update(inbox, name="two")
    with pytest.raises(UsageError, match=r"window of one inbox, not this Merged.*index\.inbox"):
        inbox.shards(window=index.since("2000-01-01"))


BAD = ["", " ", "\n", "a\nb", "a\tb", "\x1b[31m", "\u202e"]


@pytest.mark.parametrize("name", BAD)
def test_a_name_is_printable_text_on_one_line(index, sample_inbox, name):
    """A name that can't be shown is refused, and the index stays as it is."""
    with pytest.raises(UsageError, match="name must be printable text on one line"):
        index.update(Inbox.open(sample_inbox), name=name)
    assert index.inboxes == ()


@pytest.mark.parametrize("name", ["kvm", "kvm arm", "Küche", "列表", "a/b"])
def test_other_names_are_taken(index, sample_inbox, name):
    """Spaces, letters of any language and slashes may stand in a name."""
    index.update(Inbox.open(sample_inbox), name=name)
    assert index.inbox(name)


def test_an_odd_directory_and_an_old_index_go_on(index, sample_inbox, tmp_path):
    """A directory's name is taken as it is; an inbox that has an odd name can be brought on."""
    odd = tmp_path / "a\nb"
    copytree(sample_inbox, odd)
    index.update(Inbox.open(odd))
    again = index.update(Inbox.open(odd), name="a\nb")
    assert again.epochs == ()


@pytest.mark.parametrize("name", BAD)
def test_a_section_has_a_name(name):
    """A section's name is what JSON and tables call it, and is not blank."""
    with pytest.raises(UsageError, match="section's name must be printable"):
        Section(name, lambda corpus: corpus)
