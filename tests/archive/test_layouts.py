"""Every place where an archive may lie is found, and what is none is refused in one line."""

import os
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox
from kvminbox.errors import IncompleteHistoryError, KvminboxError, NotAnInboxError, RangeError
from tests.archive.git_archive import EMPTY_TREE, Archive, count_commits, git, mail, v1_tree
from tests.archive.nobody import as_nobody, folder_of_nobody, give_away


def _archive(path, *numbers, **how):
    archive = Archive(path, **how)
    for number in numbers:
        archive.add(number)
    return archive


def _titles(inbox, base=None, tip=None):
    return [message.subject.raw[12:] for message in inbox.between(base, tip).messages()]


def _bare_epoch(folder):
    _archive(folder / "0.git", 1, 2)
    return folder / "0.git"


def _bare_epoch_with_config(folder):
    _bare_epoch(folder)
    git(folder / "0.git", "config", "core.bare", "true")
    return folder / "0.git"


def _clone_with_work_tree(folder):
    _bare_epoch(folder)
    git(folder / "0.git", "clone", "-q", folder / "0.git", folder / "clone")
    return folder / "clone"


def _git_file(folder):
    _bare_epoch(folder)
    (folder / "tree").mkdir()
    (folder / "tree" / ".git").write_text("gitdir: ../0.git\n")
    return folder / "tree"


def _v2_inbox(folder):
    _archive(folder / "inbox" / "git" / "0.git", 1)
    _archive(folder / "inbox" / "git" / "1.git", 2)
    everything = Archive(folder / "inbox" / "all.git")
    (everything.path / "objects" / "info").mkdir()
    (everything.path / "objects" / "info" / "alternates").write_text("../../git/0.git/objects\n")
    (folder / "inbox" / "inbox.lock").touch()
    return folder / "inbox"


def _git_folder_of_a_v2_inbox(folder):
    return _v2_inbox(folder) / "git"


def _folder_of_plain_clones(folder):
    for epoch in (0, 1):
        _archive(folder / f"{epoch}.git", epoch + 1)
        git(folder, "clone", "-q", folder / f"{epoch}.git", folder / "lore" / str(epoch))
    return folder / "lore"


def _v1_inbox(folder):
    archive = Archive(folder / "v1")
    one, two = archive.blob(mail(1)), archive.blob(mail(2))
    archive.commit(v1_tree(archive, {1: one}))
    archive.commit(v1_tree(archive, {1: one, 2: two}))
    (archive.path / "public-inbox").mkdir()
    return archive.path


def _branch_renamed(folder):
    archive = _archive(folder / "0.git", 1, 2, branch="trunk")
    return archive.path


def _head_dangles(folder):
    archive = _archive(folder / "0.git", 1, 2, branch="trunk")
    (archive.path / "HEAD").write_text("ref: refs/heads/gone\n")
    return archive.path


def _head_dangles_beside_master(folder):
    archive = _archive(folder / "0.git", 1, 2)
    archive.ref("heads/other", archive.put("commit", b"no commit at all"))
    (archive.path / "HEAD").write_text("garbage\n")
    return archive.path


def _head_is_a_commit(folder):
    archive = _archive(folder / "0.git", 1, 2)
    (archive.path / "refs" / "heads" / "master").unlink()
    (archive.path / "HEAD").write_text(f"{archive.last}\n")
    return archive.path


def _other_refs_lead_elsewhere(folder):
    archive = _archive(folder / "0.git", 1, 2)
    tip = archive.last
    origins = archive.commit({"i": archive.blob(b"[publicinbox]\n")}, parents=[])
    archive.ref("meta/origins", origins)
    archive.move(tip)
    return archive.path


def _head_is_a_commit_beside_a_branch(folder):
    archive = _archive(folder / "0.git", 1, 2)
    (archive.path / "HEAD").write_text(f"{archive.last.upper()}\n")
    archive.add(3)
    return archive.path


def _head_is_a_link(folder):
    archive = _archive(folder / "0.git", 1, 2, branch="trunk")
    tip = archive.last
    archive.ref("heads/master", archive.commit({"m": archive.blob(mail(3))}))
    archive.move(tip)
    (archive.path / "HEAD").unlink()
    (archive.path / "HEAD").symlink_to("refs/heads/trunk")
    return archive.path


def _head_is_a_link_to_a_packed_branch(folder):
    path = _head_is_a_link(folder)
    git(path, "pack-refs", "--all")
    assert not (path / "HEAD").exists()
    return path


def _head_names_no_branch(folder):
    archive = _archive(folder / "0.git", 1, 2)
    archive.ref("lists/kvm", archive.last)
    archive.add(3)
    (archive.path / "HEAD").write_text("ref: refs/lists/kvm\n")
    return archive.path


def _linked_work_tree(folder):
    archive = _archive(folder / "0.git", 1, 2)
    git(archive.path, "branch", "two")
    archive.add(3)
    git(archive.path, "worktree", "add", "-q", folder / "tree", "two")
    return folder / "tree"


def _linked_work_tree_without_a_branch(folder):
    archive = _archive(folder / "0.git", 1, 2, 3)
    git(archive.path, "worktree", "add", "-q", "--detach", folder / "tree", "HEAD~1")
    archive.pack()
    git(archive.path, "pack-refs", "--all")
    return folder / "tree"


def _packed_refs(folder):
    path = _bare_epoch(folder)
    git(path, "pack-refs", "--all")
    return path


def _placeholder_after_the_last_epoch(folder):
    inbox = _v2_inbox(folder)
    Archive(inbox / "git" / "2.git")
    return inbox


def _alternates(folder):
    path = _bare_epoch(folder)
    shutil.move(path / "objects", folder / "store")
    (path / "objects" / "info").mkdir(parents=True)
    (path / "objects" / "info" / "alternates").write_text("../../store\n/does/not/exist\n")
    return path


def _alternates_in_a_loop(folder):
    path = _bare_epoch(folder)
    other = _archive(folder / "1.git", 3).path
    for one, two in ((path, other), (other, path)):
        (one / "objects" / "info").mkdir()
        lines = f"{two / 'objects'}\n{one / 'objects'}\n"
        (one / "objects" / "info" / "alternates").write_text(lines)
    return path


def _grafts_and_replacements(folder):
    archive = _archive(folder / "0.git", 1, 2)
    root = git(archive.path, "rev-list", "--max-parents=0", "HEAD").decode().strip()
    (archive.path / "info").mkdir()
    (archive.path / "info" / "grafts").write_text(f"{archive.last}\n")
    archive.put("tree", b"")
    tip = archive.last
    archive.ref(f"replace/{root}", archive.commit(EMPTY_TREE, parents=[]))
    archive.move(tip)
    return archive.path


LAYOUTS = [
    _bare_epoch,
    _bare_epoch_with_config,
    _clone_with_work_tree,
    _git_file,
    _v2_inbox,
    _git_folder_of_a_v2_inbox,
    _folder_of_plain_clones,
    _v1_inbox,
    _branch_renamed,
    _head_dangles,
    _head_dangles_beside_master,
    _head_is_a_commit,
    _head_is_a_commit_beside_a_branch,
    _head_is_a_link,
    _head_names_no_branch,
    _linked_work_tree,
    _linked_work_tree_without_a_branch,
    _other_refs_lead_elsewhere,
    _packed_refs,
    _placeholder_after_the_last_epoch,
    _alternates,
    _alternates_in_a_loop,
    _grafts_and_replacements,
]


@pytest.mark.parametrize("make", LAYOUTS, ids=lambda make: make.__name__.strip("_"))
def test_every_layout_is_read(tmp_path, make):
    """Wherever the mails 1 and 2 lie, the inbox gives both, the older one first."""
    inbox = Inbox.open(make(tmp_path))
    assert _titles(inbox) == ["1", "2"]
    assert inbox.since("2023-01-01").summary().messages == 2


@pytest.mark.parametrize(
    "make",
    [one for one in LAYOUTS if "head_is" in one.__name__ or "linked" in one.__name__],
    ids=lambda make: make.__name__.strip("_"),
)
def test_head_is_what_git_counts(tmp_path, make):
    """Whatever HEAD is, the newest commit is the one that git finds there."""
    path = make(tmp_path)
    inbox = Inbox.open(path)
    git_dir = path / ".git" if (path / ".git").exists() else path
    assert inbox.epochs[0].tip == git(git_dir, "rev-parse", "HEAD").decode().strip()
    assert len(inbox.between(None)) == count_commits(git_dir)


def test_epochs_have_their_numbers(tmp_path):
    """An epoch's number is that of its folder, also where it is opened alone."""
    inbox = _v2_inbox(tmp_path)
    assert [epoch.number for epoch in Inbox.open(inbox).epochs] == [0, 1]
    assert [epoch.number for epoch in Inbox.open(inbox / "git" / "1.git").epochs] == [1]


@pytest.mark.parametrize("beside", [".cache", "0.txt", "0000000", "all"])
def test_what_lies_beside_epochs_is_passed_over(tmp_path, beside):
    """Folders and files of other names, sorted before, between or behind them, are no epochs."""
    for epoch in (0, 1):
        _archive(tmp_path / f"{epoch}.git", epoch)
    (tmp_path / beside).mkdir()
    assert [epoch.number for epoch in Inbox.open(tmp_path).epochs] == [0, 1]


def test_ranges_cross_epochs(tmp_path):
    """A range is the tail of one epoch, all of the next, and the head of the last."""
    tips = []
    for epoch in range(3):
        archive = _archive(tmp_path / f"{epoch}.git", *(f"{epoch}{n}" for n in range(3)))
        tips.append(archive.last)
    inbox = Inbox.open(tmp_path)
    assert _titles(inbox, "0:HEAD~1", "2:HEAD~2") == ["02", "10", "11", "12", "20"]
    assert _titles(inbox, tips[0], tips[1]) == ["10", "11", "12"]
    assert _titles(inbox, "0:HEAD~2", "0:HEAD") == ["01", "02"]
    assert inbox.between("0:HEAD~1", "2:HEAD~2").summary().messages == 5
    with pytest.raises(RangeError, match="epoch 2, after epoch 0"):
        inbox.between("2:HEAD", "0:HEAD")


def test_a_deletion_hides_a_mail_of_an_earlier_epoch(tmp_path):
    """A mail whose deletion lies in the next epoch is hidden when the range holds both."""
    _archive(tmp_path / "0.git", 1, 2)
    _archive(tmp_path / "1.git", 3).delete(1)
    inbox = Inbox.open(tmp_path)
    assert _titles(inbox) == ["2", "3"]
    assert inbox.between(None).summary().hidden == 1
    assert _titles(inbox, None, "0:HEAD") == ["1", "2"]
    assert _titles(inbox, "0:HEAD~1", None) == ["2", "3"]


@pytest.mark.parametrize("absent", ["gap", "placeholder"])
def test_a_range_over_an_absent_epoch_is_refused(tmp_path, absent):
    """A range never passes in silence over an epoch that is not here."""
    for epoch in (0, 2):
        _archive(tmp_path / f"{epoch}.git", epoch, epoch + 10)
    if absent == "placeholder":
        Archive(tmp_path / "1.git")
    inbox = Inbox.open(tmp_path)
    assert _titles(inbox, "2:HEAD~1", "2:HEAD") == ["12"]
    for choose in (lambda: inbox.between("0:HEAD"), lambda: inbox.since("2023-01-01")):
        with pytest.raises(IncompleteHistoryError, match="epoch 1 is not here"):
            choose()


def _with_a_gap(folder, absent):
    """Make epochs 0 and 2, of two mails each, at noon of the 1st and of the 3rd of June 2025."""
    for epoch, day in ((0, 1), (2, 3)):
        archive = Archive(folder / f"{epoch}.git")
        for minute in (0, 1):
            noon = datetime(2025, 6, day, 12, minute, tzinfo=UTC)
            archive.add(f"{epoch}{minute}", seconds=int(noon.timestamp()))
    if absent == "placeholder":
        Archive(folder / "1.git")
    return folder


SPANS_BESIDE = [
    ("2025-06-01", "2025-06-01T12:01", ["00"]),
    ("2025-05-01", "2025-05-02", []),
    ("2025-06-03T12:00", None, ["20", "21"]),
    ("2025-06-03T12:01", "2025-06-05", ["21"]),
]
SPANS_ACROSS = [
    ("2025-06-01", "2025-06-01T12:02"),
    ("2025-06-02", "2025-06-02T12:00"),
    ("2025-06-03T11:59", None),
    ("2025-05-01", None),
]


@pytest.mark.parametrize("absent", ["gap", "placeholder"])
@pytest.mark.parametrize(("begin", "end", "titles"), SPANS_BESIDE)
def test_a_span_beside_an_absent_epoch(tmp_path, begin, end, titles, absent):
    """A span before or after the time of an absent epoch is read, and lacks nothing."""
    window = Inbox.open(_with_a_gap(tmp_path, absent)).since(begin, end)
    assert [message.subject.raw[12:] for message in window.messages()] == titles
    assert window.gaps == ()


@pytest.mark.parametrize("absent", ["gap", "placeholder"])
@pytest.mark.parametrize(("begin", "end"), SPANS_ACROSS)
def test_a_span_over_an_absent_epoch(tmp_path, begin, end, absent):
    """A span that reaches into an absent epoch's time is refused, unless gaps are accepted."""
    folder = _with_a_gap(tmp_path, absent)
    with pytest.raises(IncompleteHistoryError, match="epoch 1 is not here"):
        Inbox.open(folder).since(begin, end)
    window = Inbox.open(folder, accept_gaps=True).since(begin, end)
    assert window.gaps == (1,)
    assert repr(window).endswith(" commits; epoch 1 is not here, and its mails are left out>")


def test_a_range_over_a_gap_that_is_accepted(tmp_path):
    """With gaps accepted a range holds what is here and says which epochs it lacks."""
    inbox = Inbox.open(_with_a_gap(tmp_path, "gap"), accept_gaps=True)
    window = inbox.between("0:HEAD~1", "2:HEAD~1")
    assert [message.subject.raw[12:] for message in window.messages()] == ["01", "20"]
    assert (window.gaps, window.summary().commits) == ((1,), 2)
    assert inbox.between("2:HEAD~1", "2:HEAD").gaps == ()


def test_a_lost_branch_is_no_gap(tmp_path):
    """An epoch whose refs are lost is damaged, and is refused even where gaps are accepted."""
    _with_a_gap(tmp_path, "gap")
    archive = _archive(tmp_path / "1.git", 10)
    (archive.path / "refs" / "heads" / "master").unlink()
    inbox = Inbox.open(tmp_path, accept_gaps=True)
    for choose in (lambda: inbox.between(None), lambda: inbox.since("2023-01-01")):
        with pytest.raises(IncompleteHistoryError, match="epoch 1 has objects, but no branch"):
            choose()


def test_placeholders_before_the_first_epoch(tmp_path):
    """With only the last epochs cloned, times can be chosen, the very beginning can't."""
    Archive(tmp_path / "0.git")
    _archive(tmp_path / "1.git", 1, 2)
    inbox = Inbox.open(tmp_path)
    assert inbox.since("2023-01-01").summary().messages == 2
    assert _titles(inbox, "HEAD~1") == ["2"]
    with pytest.raises(IncompleteHistoryError, match="epoch 0 is not here"):
        inbox.between(None)


def _absent(folder):
    return folder / "nowhere"


def _empty_folder(folder):
    return folder


def _plain_file(folder):
    (folder / "file").write_text("hello\n")
    return folder / "file"


def _mbox(folder):
    (folder / "mbox").write_text("From me@example.com Mon Jun  9 09:00:00 2025\nSubject: x\n\n")
    return folder / "mbox"


def _bundle(folder):
    _bare_epoch(folder)
    git(folder / "0.git", "bundle", "create", "-q", folder / "a.bundle", "master")
    return folder / "a.bundle"


def _bundle_of_another_version(folder):
    (folder / "a.bundle").write_text("# v3 git bundle\n@object-format=sha1\n\n")
    return folder / "a.bundle"


def _pipe_that_nobody_writes(folder):
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _name_too_long(folder):
    return folder / ("x" * 5000)


def _nul_in_the_name(folder):
    return folder / "a\0b"


def _link_to_itself(folder):
    (folder / "loop").symlink_to(folder / "loop")
    return folder / "loop"


def _no_commits_yet(folder):
    return Archive(folder / "0.git").path


def _all_git(folder):
    return _v2_inbox(folder) / "all.git"


def _epoch_that_is_no_repository(folder):
    inbox = _v2_inbox(folder)
    (inbox / "git" / "2.git" / "objects").mkdir(parents=True)
    return inbox


def _git_folder_that_is_empty(folder):
    (folder / ".git").mkdir()
    return folder


def _git_file_that_leads_nowhere(folder):
    (folder / ".git").write_text("gitdir: /does/not/exist\n")
    return folder


def _dangling_head_and_two_branches(folder):
    archive = _archive(folder / "0.git", 1, 2, branch="left")
    archive.ref("heads/right", archive.last)
    (archive.path / "HEAD").write_text("ref: refs/heads/gone\n")
    return archive.path


def _branch_file_cut_short(folder):
    archive = _archive(folder / "0.git", 1, 2)
    (archive.path / "refs" / "heads" / "master").write_text(archive.last[:17])
    return archive.path


def _branch_that_head_links_to_cut_short(folder):
    path = _head_is_a_link(folder)
    (path / "refs" / "heads" / "trunk").write_text("")
    return path


def _config_that_is_no_config(folder):
    archive = _archive(folder / "0.git", 1, 2)
    (archive.path / "config").write_text("[core\nrepositoryformatversion = x\n")
    return archive.path


def _sha256(folder):
    command = ["git", "init", "-q", "--bare", "--object-format=sha256", str(folder / "0.git")]
    subprocess.run(command, check=True)
    return folder / "0.git"


def _partial_clone_of_old_git(folder):
    archive = _archive(folder / "0.git", 1)
    text = "[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\n"
    (archive.path / "config").write_text(text)
    return archive.path


def _index_file(folder):
    path = folder / "kvm.sqlite"
    sqlite3.connect(path).execute("CREATE TABLE seed (name)")
    return path


def _reftable(folder):
    archive = _archive(folder / "0.git", 1)
    text = "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n"
    (archive.path / "config").write_text(text)
    return archive.path


WHERE = (
    "give an epoch (0.git), an inbox (a directory with git/0.git), a clone made by `git clone "
    "--mirror`, or an index made by `kvminbox index` (in Python, to Index.open)"
)
FETCH = "fetch the archive first"
FSCK = "run `git fsck` there, and fetch or clone the archive again"
REFUSED = [
    (_absent, "no such file or directory", WHERE),
    (_empty_folder, "no git archive found there", WHERE),
    (_plain_file, "a file, not a directory", WHERE),
    (
        _index_file,
        "an SQLite file, as an index is, not an archive",
        (
            "give the archive that it was made from, which `kvminbox index FILE --list` names; in"
            " Python, Index.open opens an index"
        ),
    ),
    (_mbox, "an mbox file, not a git archive", WHERE),
    (_bundle, "it is a git bundle; `git clone --mirror` it first", WHERE),
    (
        _bundle_of_another_version,
        "it is a git bundle; `git clone --mirror` it first",
        WHERE,
    ),
    (_pipe_that_nobody_writes, "not a directory", WHERE),
    (_link_to_itself, "no such file or directory", WHERE),
    (_no_commits_yet, "it has no commits", FETCH),
    (_all_git, "it has no commits", FETCH),
    (
        _epoch_that_is_no_repository,
        "it is named like an epoch, but is not a git repository",
        "clone it again, or remove it if it is not one",
    ),
    (_git_folder_that_is_empty, "no git archive found there", WHERE),
    (_git_file_that_leads_nowhere, "no git archive found there", WHERE),
    (
        _dangling_head_and_two_branches,
        "HEAD names a branch that does not exist, and there are several others",
        "run `git symbolic-ref HEAD refs/heads/NAME` there",
    ),
    (
        _head_is_a_link_to_a_packed_branch,
        "its HEAD is a link to a branch that is packed, which libgit2 can't read",
        "run `git symbolic-ref HEAD refs/heads/trunk` there",
    ),
    (_branch_file_cut_short, "its branch refs/heads/master can't be read", FSCK),
    (_branch_that_head_links_to_cut_short, "its branch refs/heads/trunk can't be read", FSCK),
    (_config_that_is_no_config, "can't be opened as a git repository", FSCK),
    (
        _sha256,
        "it is a SHA-256 repository, which libgit2 can't read yet",
        "use a clone in SHA-1 format",
    ),
    (
        _partial_clone_of_old_git,
        "it is a partial clone, which libgit2 refuses",
        "clone it again in full, without --filter",
    ),
    (
        _reftable,
        "it uses an extension that libgit2 doesn't know",
        "clone it again with `git clone --mirror` and git's default format",
    ),
]


@pytest.mark.parametrize(
    ("make", "what", "cure"), REFUSED, ids=[row[0].__name__.strip("_") for row in REFUSED]
)
def test_what_is_no_inbox_is_refused_in_one_line(tmp_path, make, what, cure):
    """What can't be opened is refused with where it is, what is wrong and what to do."""
    path = make(tmp_path)
    with pytest.raises(NotAnInboxError) as caught:
        Inbox.open(path)
    # in brackets stands what libgit2 says
    assert (caught.value.what.partition(" (")[0], caught.value.cure) == (what, cure)
    is_epoch = make is _epoch_that_is_no_repository
    assert caught.value.where == str(path / "git" / "2.git" if is_epoch else path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("make", [_name_too_long, _nul_in_the_name])
def test_names_that_no_file_can_have(tmp_path, make):
    """A path that the system refuses to look at is told, in its words or as one that is not."""
    with pytest.raises(NotAnInboxError, match=r"(?i)name too long|no such file|null") as caught:
        Inbox.open(make(tmp_path))
    assert caught.value.cure in {WHERE, "check its permissions, or run as a user who may read it"}
    assert "\n" not in str(caught.value)


def test_another_users_folder_is_refused_with_gits_cure(tmp_path, monkeypatch):
    """An archive of another user is refused, as by git, and the cure is named."""
    path = _bare_epoch(tmp_path)
    give_away(path, monkeypatch)
    with pytest.raises(KvminboxError) as caught:
        Inbox.open(path)
    assert caught.value.what.startswith(
        "it belongs to another user, so git and libgit2 refuse it ("
    )
    trust = f"git config --global --add safe.directory {path}"
    assert caught.value.cure == f"if you trust it, run `{trust}`"


@pytest.mark.parametrize("inside", ["", "objects", "objects/pack", "refs", "objects/{}"])
def test_folders_without_permission_are_told(inside):
    """A folder that may not be entered is told with a cure, wherever it lies."""
    with folder_of_nobody() as parent:
        archive = _archive(parent / "0.git", 1, 2)
        folder = archive.path / inside.format(archive.last[:2])
        folder.chmod(0)
        with (
            as_nobody(archive.path),
            pytest.raises(KvminboxError, match=r"can't be read") as caught,
        ):
            Inbox.open(archive.path).between(None, archive.last[:9])
        folder.chmod(0o700)
    assert caught.value.where
    assert caught.value.cure
