"""What the disk has lost is reported, never taken for a shorter history, and not remembered."""

import re
import subprocess
import sys
import zlib

import pytest

from kvminbox import Inbox
from kvminbox.errors import (
    CorruptObjectError,
    IncompleteHistoryError,
    KvminboxError,
    MissingObjectError,
    ObjectError,
)
from tests.archive.git_archive import Archive, count_commits, git, mail

# Prints what opening, walking and reading come to; damage makes libgit2 hang, and
# nothing in the same process can stop that.
SURVEY = """
import sys
from kvminbox import Inbox
from kvminbox.errors import KvminboxError
for path in sys.argv[1:]:
    for base, tip in ((None, None), ("HEAD~1", "HEAD"), (None, ":/subject"), (None, "0123abcd")):
        try:
            window = Inbox.open(path).between(base, tip)
            window.on_problem = "skip"
            print(window.summary().problems, len(list(window.messages())))
        except KvminboxError as error:
            print(type(error).__name__, error)
"""


def _survey(*paths):
    command = [sys.executable, "-c", SURVEY, *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=True).stdout


def _three(path):
    archive = Archive(path)
    for number in range(3):
        archive.add(number)
    return archive


def _objects_of(archive, revision):
    names = (revision, f"{revision}^{{tree}}", f"{revision}:m")
    return git(archive.path, "rev-parse", *names).decode().split()


def test_truncated_loose_objects_never_hang(tmp_path):
    """Commits, trees and blobs of which any part is cut off end in an error or a problem."""
    paths = []
    for place in ("HEAD", "HEAD~1"):
        for which in range(3):
            for keep in (0, 1, 2, 10, -8, -6, -1):
                archive = _three(tmp_path / f"{place}-{which}-{keep}")
                file = archive.file_of(_objects_of(archive, place)[which])
                file.write_bytes(file.read_bytes()[:keep])
                paths.append(archive.path)
    lines = _survey(*paths).splitlines()
    assert len(lines) == 4 * len(paths)
    for line in lines:
        assert re.match(
            r"CorruptObjectError .*[0-9a-f]: the loose object |RevisionError |[01] [0-3]", line
        )
    assert sum(line.startswith("CorruptObjectError") for line in lines) > len(paths)


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1"])
@pytest.mark.parametrize("which", ["commit", "tree", "blob"])
@pytest.mark.parametrize("change", ["foreign", "garbage", "absent"])
def test_damaged_loose_objects_are_told(tmp_path, revision, which, change):
    """An object that is not what its name says, is no zlib, or is gone, is an error or problem."""
    archive = _three(tmp_path / "0.git")
    file = archive.file_of(_objects_of(archive, revision)[["commit", "tree", "blob"].index(which)])
    if change == "absent":
        file.unlink()
    else:
        whole = b"blob 5\0other"
        file.write_bytes(zlib.compress(whole) if change == "foreign" else b"no zlib at all")
    if which == "commit":
        with pytest.raises(ObjectError) as caught:
            Inbox.open(archive.path).between(None)
        assert caught.value.where
        assert "git fsck" in caught.value.cure
    else:
        (problem,) = Inbox.open(archive.path).between(None).problems()
        assert problem.code == ("object-missing" if change == "absent" else "object-corrupt")
        assert problem.text.isprintable()


def _flip(data, place):
    return data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]


DAMAGE = {
    "pack-truncated-by-one": (".pack", lambda data: data[:-1]),
    "pack-halved": (".pack", lambda data: data[: len(data) // 2]),
    "pack-of-its-header": (".pack", lambda data: data[:12]),
    "pack-empty": (".pack", lambda data: b""),
    "pack-flipped-at-the-front": (".pack", lambda data: _flip(data, 20)),
    "pack-flipped-in-the-middle": (".pack", lambda data: _flip(data, len(data) // 2)),
    "idx-truncated": (".idx", lambda data: data[: len(data) // 2]),
    "idx-empty": (".idx", lambda data: b""),
    "idx-flipped": (".idx", lambda data: _flip(data, 1100)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_packs_are_told(tmp_path, damage):
    """A damaged pack or index gives an error or problems, never fewer commits without a word."""
    archive = _three(tmp_path / "0.git")
    suffix, change = DAMAGE[damage]
    file = archive.pack().with_suffix(suffix)
    data = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(change(data))
    try:
        window = Inbox.open(archive.path).between(None)
        summary = window.summary()
    except KvminboxError as error:
        assert error.cure and error.where and str(error).isprintable()
        return
    assert summary.commits == 3
    assert summary.messages + summary.problems == 3


def test_a_truncated_pack_is_no_empty_archive(tmp_path):
    """libgit2 finds no object of a pack that is cut short; the error names the pack."""
    archive = _three(tmp_path / "0.git")
    pack = archive.pack()
    data = pack.read_bytes()
    pack.chmod(0o644)
    pack.write_bytes(data[: len(data) // 2])
    with pytest.raises(CorruptObjectError, match=rf"{pack.name} is damaged or cut short.*git fsck"):
        Inbox.open(archive.path).between(None)


def test_a_pack_whose_index_is_gone(tmp_path):
    """A pack without its index is not damaged: the error names it, and how to index it again."""
    archive = _three(tmp_path / "0.git")
    pack = archive.pack()
    pack.with_suffix(".idx").unlink()
    with pytest.raises(MissingObjectError, match=rf"{pack.name} has no index; run `git index-p"):
        Inbox.open(archive.path).between(None)
    with pytest.raises(MissingObjectError, match=rf"{pack.name} has no index"):
        Inbox.open(archive.path).between(archive.last[:9])
    git(archive.path, "index-pack", pack)
    assert Inbox.open(archive.path).between(None).summary().messages == 3


def test_a_commit_that_is_none(tmp_path):
    """A branch that leads to another object, or to a commit without a tree, is told."""
    for number, (kind, data) in enumerate([("commit", b"hello\n"), ("blob", b"x"), ("tree", b"")]):
        archive = _three(tmp_path / f"{number}.git")
        archive.move(archive.put(kind, data))
        with pytest.raises(CorruptObjectError, match=r"names no tree|it is a (blob|tree)"):
            Inbox.open(archive.path).between(None)


def test_trees_that_git_refuses_are_problems(tmp_path):
    """Garbage in a tree, alone or below sound entries, is told, since mails may be lost in it."""
    archive = _three(tmp_path / "0.git")
    sound = b"100644 a\0" + b"\xff" * 20
    for data in (b"garbage", b"100644 m\0short", b"\0" * 40, sound + b"100644 m\0short"):
        archive.commit(archive.put("tree", data))
    archive.commit(archive.put("tree", b"100644 m\0" + b"\xff" * 20))  # of a missing blob
    window = Inbox.open(archive.path).between(None)
    summary = window.summary()
    assert (summary.messages, summary.unchanged, summary.problems) == (3, 0, 5)
    told = [problem.code for problem in window.problems()]
    assert told == ["object-corrupt"] * 4 + ["object-missing"]


def test_a_huge_mail_is_a_problem(tmp_path):
    """A mail of more than 32 MiB is named with its size, loose or packed, and not unfolded."""
    archive = _three(tmp_path / "0.git")
    archive.commit({"m": archive.blob(bytes(33 << 20))})
    for _ in range(2):
        (problem,) = Inbox.open(archive.path).between(None).problems()
        assert problem.code == "object-oversized"
        assert str(33 << 20) in problem.text
        archive.pack()


def _shallow(tmp_path, depth):
    origin = Archive(tmp_path / "origin.git")
    for number in range(6):
        origin.add(number)
    path = tmp_path / "0.git"
    git(origin.path, "clone", "-q", "--bare", f"--depth={depth}", f"file://{origin.path}", path)
    return path


def test_a_shallow_clone_answers_within_its_depth_only(tmp_path):
    """A range above the boundary is whole; one across it is refused, as is its beginning."""
    path = _shallow(tmp_path, 3)
    inbox = Inbox.open(path)
    assert len(inbox.between("HEAD~2")) == 2
    assert inbox.between("HEAD~2").summary().messages == 2
    for choose in (lambda: inbox.between(None), lambda: inbox.since("2023-01-01")):
        with pytest.raises(IncompleteHistoryError) as caught:
            choose()
        edge = git(path, "rev-parse", "HEAD~2").decode().strip()
        assert str(caught.value) == (
            f"{path}: the clone is shallow: its history is cut at {edge}, inside the range; "
            "run `git fetch --unshallow` there, or choose a later base"
        )
    with pytest.raises(KvminboxError, match="shallow"):
        inbox.between("HEAD~3")
    old = git(tmp_path / "origin.git", "rev-parse", "HEAD~5").decode().strip()
    with pytest.raises(KvminboxError, match=r"shallow.*--unshallow"):
        inbox.between(old)


def test_a_merge_above_a_shallow_boundary(tmp_path):
    """A merge above the base doesn't make the walk look below the base."""
    archive = Archive(tmp_path / "0.git")
    lost = archive.add(1)
    base = archive.add(2)
    left, right = archive.add(3), archive.add(4, parents=[base])
    archive.add(5, parents=[left, right])
    (archive.path / "shallow").write_text(f"{base}\n")
    archive.file_of(lost).unlink()
    inbox = Inbox.open(archive.path)
    assert inbox.between(base).summary().messages == 3 == count_commits(archive.path, "HEAD", base)
    with pytest.raises(IncompleteHistoryError):
        inbox.between(None)


def test_blobs_of_a_partial_clone_are_missing_by_name(tmp_path):
    """A clone without blobs has its commits, and each mail is a problem that says why."""
    origin = _three(tmp_path / "origin.git")
    git(origin.path, "config", "uploadpack.allowFilter", "true")
    path = tmp_path / "0.git"
    url = f"file://{origin.path}"
    git(origin.path, "clone", "-q", "--bare", "--filter=blob:none", url, path)
    window = Inbox.open(path).between(None)
    assert window.summary().problems == 3
    with pytest.raises(MissingObjectError, match=r"partial clone.*without --filter.*on_problem"):
        list(window.messages())
    problems = list(window.problems())
    assert {problem.code for problem in problems} == {"object-missing"}
    blobs = git(origin.path, "rev-parse", *(f"HEAD~{back}:m" for back in (2, 1, 0))).split()
    what = "the object is missing: the repository is a partial clone"
    assert [problem.text for problem in problems] == [
        f"{path}: {blob.decode()}: {what}" for blob in blobs
    ]


def test_an_archive_that_grows_is_seen_when_it_is_opened_again(tmp_path):
    """A window is what was there when it was chosen; the next opening sees what is new."""
    archive = _three(tmp_path / "0.git")
    window = Inbox.open(archive.path).between(None)
    archive.add(3)
    assert len(window) == len(list(window.messages())) == 3
    assert len(Inbox.open(archive.path).between(None)) == 4
    assert Inbox.open(archive.path).between(None).summary().messages == 4
    again = Inbox.open(archive.path)
    assert [again.raw(entry) for entry in again.between("HEAD~1").entries()] == [mail(3)]


def test_a_pack_in_the_making_is_no_damage(tmp_path):
    """What git has not finished writing is not called the reason why an object is not there."""
    archive = _three(tmp_path / "0.git")
    archive.file_of(archive.last).unlink()
    (archive.path / "objects/pack/.tmp-4711-pack-0123.pack").write_bytes(b"PACK")
    with pytest.raises(MissingObjectError, match="the object is missing;"):
        Inbox.open(archive.path).between(None)


def test_a_repaired_pack_is_read_again(tmp_path):
    """An archive opened after its repair does not use what the damaged one left open."""
    archive = _three(tmp_path / "0.git")
    pack = archive.pack()
    data = pack.read_bytes()
    pack.chmod(0o644)
    pack.write_bytes(data[: len(data) // 2])
    with pytest.raises(CorruptObjectError):
        Inbox.open(archive.path).between(None)
    pack.write_bytes(data)
    assert Inbox.open(archive.path).between(None).summary().messages == 3


@pytest.mark.parametrize("lost", [0, 1])
def test_an_epoch_whose_refs_are_lost_is_told(tmp_path, lost):
    """An epoch with objects and without a branch is no epoch that waits for its first fetch."""
    for number in (0, 1):
        _three(tmp_path / f"git/{number}.git").pack()
    path = tmp_path / f"git/{lost}.git"
    git(path, "pack-refs", "--all")
    (path / "packed-refs").write_bytes(b"")
    inbox = Inbox.open(tmp_path)
    for choose in (lambda: inbox.between(None), lambda: inbox.since("2023-01-01")):
        with pytest.raises(IncompleteHistoryError, match=rf"epoch {lost} .*"):
            choose()
    assert len(inbox.between(f"{1 - lost}:HEAD~2", f"{1 - lost}:HEAD")) == 2
