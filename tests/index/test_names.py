"""What an index may call its inboxes, and whose windows can be divided."""

from shutil import copytree

import pytest

from kvminbox import Inbox
from kvminbox.archive import MailWriter
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


MAIL = (
    "From: Ida Birch <ida@wood.example>\nSubject: Seeds\nMessage-ID: <{number}@{name}>\n"
    "List-Id: Talk of {name} <{name}.wood.example>\nDate: Mon, 2 Jun 2025 10:00:00 +0000\n\nHi.\n"
)


def make_archive(path, name, count=1):
    """Write the archive of a list; without a name, of mails without a List-Id."""
    writer = MailWriter(path)
    for number in range(count):
        text = MAIL.format(number=number, name=name or "seeds")
        kept = [line for line in text.splitlines() if name or not line.startswith("List-Id")]
        writer.add("\n".join([*kept, ""]).encode(), 1_750_000_000 + number)
    return Inbox.open(path)


NAMED = {
    "elms.git": "elms",
    "elms/git/0.git": "elms",
    "elms/7": "elms",
    "elms/all.git": "seeds",
    "elms/repo": "seeds",
    "elms/git": "elms",
    "elms/Mirror.git": "seeds",
    "elms/epochs/0.git": "seeds",
    "repo/0": "seeds",
}


@pytest.mark.parametrize(("path", "name"), NAMED.items(), ids=NAMED)
def test_a_directory_that_tells_nothing(tmp_path, path, name):
    """An inbox has its directory's name, or its list's where any archive may lie in such a one."""
    assert make_archive(tmp_path / path, "seeds").name == name


def test_without_a_list_the_directory_above(tmp_path):
    """Where no mail has a List-Id, `elms/repo` is called by the directory above it."""
    assert make_archive(tmp_path / "elms" / "repo", "").name == "elms"


def test_two_archives_in_directories_of_one_name(tmp_path, index):
    """Two lists that lie in two `repo` are two inboxes, and so are two of one name."""
    for name in ("elms", "oaks"):
        index.update(make_archive(tmp_path / name / "repo", name))
    assert index.inboxes == ("elms", "oaks")
    for place in ("north", "south", "south/mirror"):
        index.update(make_archive(tmp_path / place / "firs.git", f"{place[:5]}-firs"))
    assert index.inboxes == ("elms", "oaks", "firs", "south-firs", "firs-2")
    assert [len(index.inbox(name).between(None)) for name in index.inboxes] == [1] * 5


def test_an_archive_keeps_the_name_that_it_has(tmp_path, index):
    """An archive that the index knows by its place is brought on by the name it was given."""
    first = make_archive(tmp_path / "elms" / "repo", "elms")
    index.update(first, name="trees")
    again = Inbox.open(tmp_path / "elms" / "repo")
    assert index.name_of(again) == "trees"
    assert index.update(again).epochs == ()
    assert index.inboxes == ("trees",)


def test_an_archive_that_was_copied_or_moved_is_the_same(tmp_path, index):
    """A copy of an archive, in another place but with its commits, is no second inbox."""
    index.update(make_archive(tmp_path / "elms.git", "elms", 3))
    copytree(tmp_path / "elms.git", tmp_path / "other" / "elms.git")
    assert index.name_of(Inbox.open(tmp_path / "other" / "elms.git")) == "elms"
    (tmp_path / "elms.git").rename(tmp_path / "gone.git")
    assert index.name_of(make_archive(tmp_path / "elms.git", "firs")) == "elms"  # its place
    (tmp_path / "elms.git").rename(tmp_path / "gone-too.git")
    # what may be the old one with a new history is for the update to refuse
    assert index.name_of(make_archive(tmp_path / "third" / "elms.git", "oaks")) == "elms"
