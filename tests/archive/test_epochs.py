"""No epoch of an inbox is passed over or counted twice in silence."""

import shutil

import pytest

from kvminbox import Inbox
from kvminbox.errors import NotAnInboxError
from tests.archive.git_archive import Archive, git


def _epoch(path, *numbers):
    archive = Archive(path)
    for number in numbers or (f"{path.stem}0", f"{path.stem}1"):
        archive.add(number)
    return archive


def _said(path):
    with pytest.raises(NotAnInboxError) as caught:
        Inbox.open(path)
    return str(caught.value)


@pytest.mark.parametrize("lost", ["HEAD", "objects"])
@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("kind", ["bare", "clone"])
def test_an_epoch_that_lost_a_part(tmp_path, number, lost, kind):
    """Of three folders that are named as epochs, one without its HEAD or objects is named."""
    for epoch in range(3):
        archive = _epoch(tmp_path / "from" / f"{epoch}.git")
        options = ["--bare"] if kind == "bare" else []
        git(tmp_path, "clone", "-q", *options, archive.path, tmp_path / "all" / str(epoch))
    epoch = tmp_path / "all" / str(number)
    part = epoch / ("" if kind == "bare" else ".git") / lost
    part.unlink() if lost == "HEAD" else shutil.rmtree(part)
    assert _said(tmp_path / "all") == (
        f"{epoch}: it is named like an epoch, but is not a git repository; "
        "clone it again, or remove it if it is not one"
    )


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.write_text("x"),
                                  lambda path: path.symlink_to("nowhere")])  # fmt: skip
@pytest.mark.parametrize("name", ["1", "00", "7.git", "git/1.git", "git/1"])
def test_a_child_with_a_number_that_is_no_repository(tmp_path, name, make):
    """A folder, a file or a link whose name is a number is named, wherever it is."""
    _epoch(tmp_path / "0.git")
    (tmp_path / "git").mkdir()
    make(tmp_path / name)
    assert _said(tmp_path).startswith(
        f"{tmp_path / name}: it is named like an epoch, but is not a git"
    )


@pytest.mark.parametrize("names", [("0", "0.git"), ("git/0.git", "0.git"), ("git/0", "00")])
def test_a_number_that_is_held_twice(tmp_path, names):
    """Two repositories with one number are an error that names both."""
    for number, name in enumerate(names):
        _epoch(tmp_path / name, number)
    said = _said(tmp_path)
    assert "epoch 0 is here twice, also as" in said
    assert all(str(tmp_path / name) in said for name in names)


def test_epochs_in_two_folders(tmp_path):
    """Epochs in an inbox's folder and in its folder `git` are all read."""
    _epoch(tmp_path / "git" / "0.git")
    _epoch(tmp_path / "1.git")
    assert Inbox.open(tmp_path).between(None).summary().messages == 4


def test_a_link_to_another_epoch(tmp_path):
    """A link by which one repository would be two epochs is an error that names both."""
    _epoch(tmp_path / "0.git")
    (tmp_path / "1.git").symlink_to("0.git")
    wanted = f"{tmp_path / '1.git'}: it is the same repository as {tmp_path / '0.git'}; "
    assert _said(tmp_path).startswith(wanted)


def test_a_link_to_an_epoch_elsewhere(tmp_path):
    """A link to a repository that is no other epoch is read as an epoch."""
    _epoch(tmp_path / "store" / "kvm.git", 1, 2)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "0.git").symlink_to("../store/kvm.git")
    assert Inbox.open(tmp_path / "inbox").between(None).summary().messages == 2


def test_a_work_tree_of_another_epoch(tmp_path):
    """A linked work tree beside the epoch that it belongs to is the same repository."""
    archive = _epoch(tmp_path / "0.git")
    git(archive.path, "worktree", "add", "-q", "--detach", tmp_path / "1", "HEAD~1")
    assert "it is the same repository as" in _said(tmp_path)


def test_a_copy_of_an_epoch(tmp_path):
    """A copy of an epoch under the next number is an error when it is opened."""
    _epoch(tmp_path / "0.git")
    shutil.copytree(tmp_path / "0.git", tmp_path / "1.git")
    assert _said(tmp_path).startswith(
        f"{tmp_path / '1.git'}: epoch 1 has the same history as epoch 0"
    )


@pytest.mark.parametrize("changed", [0, 1])
@pytest.mark.parametrize("base", [None, "0:HEAD~1"])
def test_a_copy_that_went_on(tmp_path, changed, base):
    """A copy of an epoch that has other commits since is an error of each window with both."""
    first = _epoch(tmp_path / "0.git", 1, 2, 3)
    second = Archive(tmp_path / "1.git")
    shutil.copytree(first.path, second.path, dirs_exist_ok=True)
    second.move(first.last)
    (first, second)[changed].add(9)
    inbox = Inbox.open(tmp_path)
    choices = [lambda: inbox.between(base)] + [lambda: inbox.since("2023-01-01")] * (base is None)
    for choose in choices:
        with pytest.raises(NotAnInboxError, match="epoch 1 has the same history as epoch 0"):
            choose()
    assert len(inbox.between("0:HEAD~1", "0:HEAD")) == 1


def test_a_mail_that_came_again_alone(tmp_path):
    """Epochs with one commit each, of a mail that came, went and came again, are no copies."""
    _epoch(tmp_path / "0.git", 1)
    Archive(tmp_path / "1.git").delete(1)
    _epoch(tmp_path / "2.git", 1)
    found = Inbox.open(tmp_path).between(None).summary()
    assert (found.commits, found.deletions, found.hidden) == (3, 1, 1)
