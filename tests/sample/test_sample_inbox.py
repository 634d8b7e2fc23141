"""The inbox that the demo, the examples and the documentation run on."""

import subprocess

import pytest

from kvminbox import Inbox
from kvminbox.sample import SAMPLE_RANGE, make_sample


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A sample inbox."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def week(path):
    """Its week."""
    return Inbox.open(path).between(*SAMPLE_RANGE)


def test_the_same_call_makes_the_same_commits(path, tmp_path):
    """Two samples have the same commit ids, wherever they are made."""
    again = make_sample(tmp_path)
    assert again == tmp_path / "kvm-sample"
    assert Inbox.open(again).epochs[0].tip == Inbox.open(path).epochs[0].tip


def test_git_finds_no_fault(path):
    """`git fsck --strict` is content with the archive."""
    git = ["git", "-C", path / "git" / "0.git", "fsck", "--strict", "--no-dangling"]
    assert subprocess.run(git, check=True, capture_output=True, text=True).stdout == ""


def test_a_second_sample_in_one_folder_is_refused(tmp_path):
    """An existing sample is never overwritten."""
    make_sample(tmp_path)
    with pytest.raises(FileExistsError):
        make_sample(tmp_path)


def test_the_week_holds_one_of_each_kind(week):
    """The week has every kind of mail that the sample's description names."""
    kinds = {message.kind for message in week.messages()}
    assert kinds == {
        "bot", "cover_letter", "discussion", "patch", "pull_request", "reply", "reply_with_patch",
    }  # fmt: skip


def test_the_week_hides_what_it_deletes(week):
    """The one mail that is deleted again is counted but not shown."""
    summary = week.summary()
    assert (summary.messages, summary.deletions, summary.hidden) == (18, 1, 1)
    assert all(message.sender.domain != "spam.example" for message in week.messages())


def test_the_patches_are_sound(week):
    """Each patch has an undamaged diff, and the diffstat that it declares."""
    patches = [*week.patches()]
    assert len(patches) == 8
    for patch in patches:
        assert patch.diffstat.files
        assert not {"diff-damaged", "diffstat-differs"} & {defect.code for defect in patch.defects}


def test_some_mails_are_odd(week):
    """The odd headers that the description names are found as defects."""
    codes = {defect.code for message in week.messages() for defect in message.defects}
    assert codes >= {"date-unreadable", "address-odd", "header-controls"}
