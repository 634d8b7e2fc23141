"""What each commit does, change by change, as the archive's list has it."""

import pytest

from kvminbox.archive import ChangeList, RawChange, Repository
from tests.archive.git_archive import EMPTY_BLOB, START, Archive, mail, v1_path, v1_tree

NO_BLOB = "0" * 40


def _changes(archive, base=None):
    """Return what the commits of an archive do, the newest first, each as its place and facts."""
    found = Repository(archive.path).list_changes(archive.last, base)
    return [(one.commit, one.kind, one.blob, one.seconds, one.further, one.text) for one in found]


def test_one_commit_that_does_two_things(tmp_path):
    """A mail and a deletion in one commit are two changes, of which the deletion is further."""
    archive = Archive(tmp_path / "0.git")
    first, second = archive.blob(mail(1)), archive.blob(mail(2))
    one = archive.add(1)
    two = archive.commit({"m": second, "d": first})
    assert _changes(archive) == [
        (two, "deletion", first, START + 120, True, ""),
        (two, "message", second, START + 60 * 2, False, ""),
        (one, "message", first, START + 60, False, ""),
    ]


def test_a_mode_that_is_none_of_a_file(tmp_path):
    """A link in a mail's place is a problem, also as the second thing that a commit does."""
    archive = Archive(tmp_path / "0.git")
    link = archive.blob(b"/etc/passwd")
    archive.commit({"m": archive.blob(mail(1)), "d": ("120000", link)})
    further, first = Repository(archive.path).list_changes(archive.last, None)
    text = "d has mode 120000, which is not that of a regular file"
    assert further == RawChange(
        archive.last, link, START + 60, "problem", True, "entry-not-a-blob", text
    )
    assert (first.kind, first.further, first.code) == ("message", False, "")


def test_a_commit_without_a_change_or_a_tree(tmp_path):
    """A commit that changes nothing is unchanged, and one that can't be read a problem."""
    archive = Archive(tmp_path / "0.git")
    archive.add(1)
    same = archive.commit({"m": archive.blob(mail(1))})
    lost = archive.commit("1" * 40)
    text = f"{archive.path}: {'1' * 40}: the object is missing"
    assert _changes(archive)[:2] == [
        (lost, "problem", NO_BLOB, START + 180, False, text),
        (same, "unchanged", NO_BLOB, START + 120, False, ""),
    ]


def test_a_v1_archive_of_several_mails(tmp_path):
    """Each path that comes or goes is a change, in the order of the paths; other files are none."""
    archive = Archive(tmp_path / "0.git")
    blobs = {number: archive.blob(mail(number)) for number in range(1, 9)}
    order = sorted(blobs, key=v1_path)
    one = archive.commit(v1_tree(archive, blobs))
    assert _changes(archive) == [
        (one, "message", blobs[number], START + 60, number != order[0], "")
        for number in reversed(order)
    ]
    rest = {number: blobs[number] for number in order[2:]}
    two = archive.commit(v1_tree(archive, rest))
    assert _changes(archive, one) == [
        (two, "deletion", blobs[order[1]], START + 120, True, ""),
        (two, "deletion", blobs[order[0]], START + 120, False, ""),
    ]


def _v1_beside(archive, beside, *numbers):
    folders = {}
    for number in numbers:
        folder, name = v1_path(number)
        folders[folder] = ("40000", archive.tree({name: archive.blob(mail(number))}))
    return archive.commit({**folders, **beside})


def test_other_files_in_a_v1_archive(tmp_path):
    """Files and folders that are named otherwise hold no mails, wherever they are sorted."""
    archive = Archive(tmp_path / "0.git")
    numbers = [number for number in range(1, 40) if v1_path(number)[0] > "a"][:2]
    numbers += [number for number in range(1, 40) if v1_path(number)[0] < "9"][:2]
    readme = archive.blob(b"hello\n")
    folder = archive.tree({"m": readme, "1" * 38: readme})
    beside = {"00": readme, "README": readme, "Zz": ("40000", folder), "abc": ("40000", folder)}
    base = _v1_beside(archive, beside, *numbers)
    kinds = [kind for _, kind, *_ in _changes(archive)]
    assert kinds == ["message"] * 4
    inside = archive.tree({"README": readme, v1_path(50)[1]: archive.blob(mail(50))})
    _v1_beside(archive, {**beside, "99": ("40000", inside)}, *numbers)
    (change,) = _changes(archive, base)
    assert change[1:3] == ("message", archive.blob(mail(50)))


def test_a_link_in_a_v1_archive(tmp_path):
    """A path of a v1 archive that is no plain file is told with its folder."""
    archive = Archive(tmp_path / "0.git")
    archive.commit(v1_tree(archive, {1: ("120000", archive.blob(b"x"))}))
    ((_, kind, _, _, _, text),) = _changes(archive)
    path = "/".join(v1_path(1))
    assert (kind, text) == (
        "problem",
        f"{path} has mode 120000, which is not that of a regular file",
    )


def test_a_v1_mail_that_is_purged(tmp_path):
    """The empty blob in a mail's place is a purge, and a mail that is replaced no change."""
    archive = Archive(tmp_path / "0.git")
    archive.blob(b"")
    one = archive.commit(v1_tree(archive, {1: EMPTY_BLOB}))
    two = archive.commit(v1_tree(archive, {1: archive.blob(mail(1))}))
    assert _changes(archive) == [
        (two, "unchanged", NO_BLOB, START + 120, False, ""),
        (one, "purged", EMPTY_BLOB, START + 60, False, ""),
    ]


ROWS = [
    RawChange("a" * 40, "b" * 40, 1_700_000_000, "message"),
    RawChange("a" * 40, "c" * 40, 1_700_000_000, "deletion", True),
    RawChange("d" * 40, "", None, "problem", False, "object-missing", "it is gone"),
    RawChange("e" * 40, "", -1, "unchanged"),
    RawChange("f" * 40, EMPTY_BLOB, 0, "purged"),
    RawChange("f" * 40, "c" * 40, 0, "problem", True, "entry-not-a-blob", "a link"),
]


def test_a_list_gives_back_what_it_keeps():
    """Changes are kept newest first and given oldest first, with all that they say."""
    changes = ChangeList()
    for row in ROWS:
        changes.append(row._replace(blob=row.blob or NO_BLOB))
    assert list(changes) == ROWS[::-1]
    assert [changes[index] for index in range(6)] == ROWS[::-1]
    assert (len(changes), changes.commits, changes.deletions) == (6, 4, 1)


def test_the_commits_that_a_list_knows():
    """A commit is known by its id alone: not by a blob's, nor by bytes across two of them."""
    changes = ChangeList()
    changes.append(RawChange("ab" * 20, "cd" * 20, 0, "message"))
    changes.append(RawChange("12" * 20, "ef" * 20, 0, "message"))
    found = [changes.has_commit(oid * 20) for oid in ("ab", "12", "cd", "ef", "00")]
    assert found == [True, True, False, False, False]
    assert not changes.has_commit("ab" * 10 + "cd" * 10)
    changes.append(RawChange("ef" * 20, "00" * 20, 0, "message"))
    assert changes.has_commit("ef" * 20)


@pytest.mark.parametrize("seconds", [-(1 << 61), -1, 0, 1 << 40])
def test_times_that_a_list_keeps(seconds):
    """Any time that a commit may claim is kept, and told from none."""
    changes = ChangeList()
    changes.append(RawChange("a" * 40, "b" * 40, seconds, "message"))
    assert changes[0].seconds == seconds
