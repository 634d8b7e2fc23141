"""Every commit is accounted for, whatever the history looks like (each shape is made here)."""

import pytest

from kvminbox import Inbox
from kvminbox.errors import KvminboxError, MissingObjectError, ObjectError
from tests.archive.git_archive import (
    EMPTY_BLOB,
    EMPTY_TREE,
    Archive,
    count_commits,
    git,
    mail,
    v1_path,
    v1_tree,
)

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xff"


def _tree_with_m_and_d(a):
    a.add(1)
    a.commit({"m": a.blob(mail(2)), "d": a.blob(mail(1))})


def _tree_with_the_same_mail_at_m_and_d(a):
    a.add(1)
    a.commit({"m": a.blob(mail(2)), "d": a.blob(mail(2))})


def _empty_tree(a):
    a.add(1)
    a.put("tree", b"")
    a.commit(EMPTY_TREE)
    a.add(1)


def _m_is_a_symlink(a):
    a.add(1)
    a.commit({"m": ("120000", a.blob(b"/etc/passwd"))})


def _m_is_a_gitlink(a):
    a.add(1)
    a.commit({"m": ("160000", a.last)})


def _m_is_a_tree(a):
    a.add(1)
    a.commit({"m": ("40000", a.tree({"m": a.blob(mail(2))}))})


def _m_is_executable(a):
    a.add(1)
    a.commit({"m": ("100755", a.blob(mail(2)))})


def _d_is_a_symlink(a):
    a.add(1)
    a.commit({"d": ("120000", a.blob(mail(1)))})


def _another_path_beside_m(a):
    a.commit({"m": a.blob(mail(1)), "README": a.blob(b"hello\n")})
    a.commit({"m": a.blob(mail(1)), "README": a.blob(b"hello again\n")})


def _purged(a):
    a.add(1)
    a.blob(b"")
    a.commit({"m": EMPTY_BLOB}, who=b" <>")
    a.add(2)


def _d_without_m(a):
    a.add(1)
    a.delete(7)


def _m_d_m(a):
    a.add(1)
    a.delete(1)
    a.add(1)


def _m_m_d_of_one_blob(a):
    a.add(1)
    a.add(2)
    a.add(1)
    a.delete(1)


def _same_mails_in_turn(a):
    for number in (1, 2, 1, 2):
        a.add(number)


def _empty_commit(a):
    a.add(1)
    a.commit({"m": a.blob(mail(1))})


def _merge_of_two_lines(a):
    root = a.add(1)
    left = a.add(2)
    right = a.add(3, parents=[root])
    a.commit({"m": a.blob(mail(3))}, parents=[left, right])
    a.add(4)


def _merge_that_brings_a_mail(a):
    root = a.add(1)
    left = a.add(2)
    right = a.add(3, parents=[root])
    a.add(4, parents=[left, right])


def _octopus(a):
    root = a.add(1)
    arms = [a.add(number, parents=[root]) for number in (2, 3, 4)]
    a.commit({"m": a.blob(mail(4))}, parents=arms)


def _two_roots(a):
    first = a.add(1)
    second = a.add(2, parents=[])
    a.commit({"m": a.blob(mail(2))}, parents=[first, second])


def _malformed_authors_in_the_middle(a):
    a.add(1)
    a.add(2, who=b"no address at all")
    a.add(3, who=b"Time <t@example.com> 99999999999999999999999 +0000 x")
    a.add(4, who=b"")
    a.add(5)


def _nul_in_the_commits_message(a):
    a.add(1, said=b"a\0b\n")
    a.add(2, said=b"\0")
    a.add(3, said=b"")


def _negative_zones_stored_a_day_later(a):
    a.add(1, zone=b"+1700")
    a.add(2, zone=b"+1400")


def _commit_times_out_of_order(a):
    for number, seconds in enumerate((5000, 3000, 4000, -1, 0)):
        a.add(number, seconds=seconds)


def _no_mail_at_m(a):
    a.commit({"m": a.blob(PNG)})


def _missing_blob(a):
    a.add(1)
    a.add(2)
    a.file_of(a.blob(mail(2))).unlink()
    a.add(3)


def _missing_tree(a):
    a.add(1)
    a.add(2)
    a.file_of(a.tree({"m": a.blob(mail(2))})).unlink()
    a.add(3)


def _v1_adds_deletes_and_replaces(a):
    one, two, other = (a.blob(mail(number)) for number in (1, 2, 3))
    a.commit(v1_tree(a, {1: one}))
    a.commit(v1_tree(a, {1: one, 2: two}))
    a.commit(v1_tree(a, {1: other, 2: two}))  # public-inbox takes no notice
    a.commit(v1_tree(a, {1: other}))


def _v1_all_deleted_again(a):
    a.commit(v1_tree(a, {1: a.blob(mail(1))}))
    a.put("tree", b"")
    a.commit(EMPTY_TREE)


def _v1_two_mails_in_a_commit(a):
    a.commit(v1_tree(a, {n: a.blob(mail(n)) for n in (1, 2)}))
    a.commit(v1_tree(a, {n: a.blob(mail(n)) for n in (1, 2, 3, 4)}))
    a.file_of(a.blob(mail(4))).unlink()  # the later one, by its path


def _v1_merge(a):
    # both mails in one folder, so that its tree differs from both parents'
    names = [v1_path(1)[1], v1_path(2)[1], v1_path(3)[1]]
    blobs = [a.blob(mail(number)) for number in (1, 2, 3)]

    def tree(*which):
        return a.tree({"ab": ("40000", a.tree({names[n]: blobs[n] for n in which}))})

    root = a.commit(tree(0))
    left = a.commit(tree(0, 1))
    right = a.commit(tree(0, 2), parents=[root])
    a.commit(tree(0, 1, 2), parents=[left, right])


def _v1_paths_that_are_no_mail(a):
    folder, name = v1_path(1)
    inner = {name: ("120000", a.blob(b"/etc/passwd")), "README": a.blob(b"hello\n")}
    a.commit({folder: ("40000", a.tree(inner)), "public-inbox.txt": a.blob(b"x")})


# shape: messages, deletions, purged, unchanged, problems, hidden, and the mails that are shown
SHAPES = [
    (_tree_with_m_and_d, (2, 0, 0, 0, 0, 1), "2"),
    (_tree_with_the_same_mail_at_m_and_d, (2, 0, 0, 0, 0, 1), "1"),
    (_empty_tree, (2, 0, 0, 1, 0, 0), "11"),
    (_m_is_a_symlink, (1, 0, 0, 0, 1, 0), "1"),
    (_m_is_a_gitlink, (1, 0, 0, 0, 1, 0), "1"),
    (_m_is_a_tree, (1, 0, 0, 0, 1, 0), "1"),
    (_m_is_executable, (2, 0, 0, 0, 0, 0), "12"),
    (_d_is_a_symlink, (1, 0, 0, 0, 1, 0), "1"),
    (_another_path_beside_m, (1, 0, 0, 1, 0, 0), "1"),
    (_purged, (2, 0, 1, 0, 0, 0), "12"),
    (_d_without_m, (1, 1, 0, 0, 0, 0), "1"),
    (_m_d_m, (2, 1, 0, 0, 0, 1), "1"),
    (_m_m_d_of_one_blob, (3, 1, 0, 0, 0, 1), "12"),
    (_same_mails_in_turn, (4, 0, 0, 0, 0, 0), "1212"),
    (_empty_commit, (1, 0, 0, 1, 0, 0), "1"),
    (_merge_of_two_lines, (4, 0, 0, 1, 0, 0), "1234"),
    (_merge_that_brings_a_mail, (4, 0, 0, 0, 0, 0), "1234"),
    (_octopus, (4, 0, 0, 1, 0, 0), "1234"),
    (_two_roots, (2, 0, 0, 1, 0, 0), "12"),
    (_malformed_authors_in_the_middle, (5, 0, 0, 0, 0, 0), "12345"),
    (_nul_in_the_commits_message, (3, 0, 0, 0, 0, 0), "123"),
    (_negative_zones_stored_a_day_later, (2, 0, 0, 0, 0, 0), "12"),
    (_commit_times_out_of_order, (5, 0, 0, 0, 0, 0), "01234"),
    (_no_mail_at_m, (1, 0, 0, 0, 0, 0), None),
    (_missing_blob, (2, 0, 0, 0, 1, 0), "13"),
    (_missing_tree, (2, 0, 0, 0, 1, 0), "13"),
    (_v1_adds_deletes_and_replaces, (2, 1, 0, 1, 0, 1), "1"),
    (_v1_all_deleted_again, (1, 1, 0, 0, 0, 1), ""),
    (_v1_two_mails_in_a_commit, (1, 0, 0, 0, 1, 0), "123"),
    (_v1_merge, (3, 0, 0, 1, 0, 0), "123"),
    (_v1_paths_that_are_no_mail, (0, 0, 0, 0, 1, 0), ""),
]
NAMES = [make.__name__.strip("_") for make, _, _ in SHAPES]
DAMAGED = {"missing_blob", "missing_tree", "v1_two_mails_in_a_commit", "m_is_a_gitlink"}


@pytest.mark.parametrize(("make", "counts", "shown"), SHAPES, ids=NAMES)
@pytest.mark.parametrize("packed", [False, True], ids=["loose", "packed"])
def test_summary_adds_up_to_gits_count(tmp_path, make, counts, shown, packed):
    """The summary of a history of any shape is right, and adds up to what git counts."""
    archive = Archive(tmp_path / "0.git")
    make(archive)
    if packed and make.__name__.strip("_") not in DAMAGED:
        archive.pack()
    window = Inbox.open(archive.path).between(None)
    told = []
    window.on_problem = told.append
    summary = window.summary()
    names = ("messages", "deletions", "purged", "unchanged", "problems", "hidden")
    assert tuple(getattr(summary, name) for name in names) == counts
    assert summary.commits == sum(counts[:5]) == len(window) == count_commits(archive.path)
    titles = sorted(
        message.subject.raw.removeprefix("mail number ") for message in window.messages()
    )
    assert shown is None or "".join(titles) == "".join(sorted(shown))
    assert told == list(window.problems())


def test_a_lost_tree_is_told_with_what_to_do(tmp_path):
    """The error for a commit whose tree is not there says to check, to fetch, or to leave out."""
    archive = Archive(tmp_path / "0.git")
    _missing_tree(archive)
    with pytest.raises(ObjectError, match=r"git fsck.*, and fetch or clone.*; or leave out"):
        list(Inbox.open(archive.path).between(None).messages())


@pytest.mark.parametrize(("make", "counts", "shown"), SHAPES, ids=NAMES)
def test_each_commit_has_its_entries(tmp_path, make, counts, shown):
    """entries() gives every commit, parents before children, and messages() are among them."""
    archive = Archive(tmp_path / "0.git")
    make(archive)
    window = Inbox.open(archive.path).between(None)
    window.on_problem = "skip"
    commits = list(dict.fromkeys(entry.commit for entry in window.entries()))
    listed = git(archive.path, "rev-list", "--parents", "HEAD").decode().splitlines()
    assert sorted(commits) == sorted(line.split()[0] for line in listed)
    for line in listed:
        child, *parents = line.split()
        assert all(commits.index(parent) < commits.index(child) for parent in parents)
    entries = [entry for entry in window.entries() if entry.change == "message"]
    assert all(message.entry in entries for message in window.messages())


@pytest.mark.parametrize("make", [make for make, _, _ in SHAPES[-7:]], ids=NAMES[-7:])
def test_unreadable_mail_raises_unless_told_otherwise(tmp_path, make):
    """Without on_problem a mail that can't be read raises, with where and what to do."""
    archive = Archive(tmp_path / "0.git")
    make(archive)
    window = Inbox.open(archive.path).between(None)
    problems = list(window.problems())
    if not problems:
        assert list(window.messages()) is not None
        return
    with pytest.raises(ObjectError, match="on_problem") as caught:
        list(window.messages())
    assert caught.value.where
    assert caught.value.code in {problem.code for problem in problems} | {"object-unreadable"}


def test_a_blob_that_is_no_mail_is_a_message_with_defects(tmp_path):
    """A picture at m gives a message that says what is odd with it."""
    archive = Archive(tmp_path / "0.git")
    _no_mail_at_m(archive)
    (message,) = Inbox.open(archive.path).between(None).messages()
    assert message.defects[0].code == "no-header"
    assert not message.message_id


def test_a_missing_commit_ends_the_walk_with_its_id(tmp_path):
    """A commit that is not there is never taken for the beginning of history."""
    archive = Archive(tmp_path / "0.git")
    archive.add(1)
    lost = archive.add(2)
    base = archive.add(3)
    archive.add(4)
    archive.file_of(lost).unlink()
    inbox = Inbox.open(archive.path)
    with pytest.raises(MissingObjectError, match=lost):
        inbox.between(None)
    with pytest.raises(MissingObjectError, match=lost):
        inbox.since("2020-01-01")
    assert len(inbox.between(base)) == 1


def test_arrival_is_the_commits_time_whatever_its_zone(tmp_path):
    """A zone stored as +1700 for -0700 changes nothing about when a mail arrived."""
    archive = Archive(tmp_path / "0.git")
    for zone in (b"+0000", b"+1700", b"-0700", b"+2359"):
        archive.add(zone.decode(), seconds=1_700_000_000, zone=zone)
    entries = list(Inbox.open(archive.path).between(None).entries())
    assert {entry.arrived.isoformat() for entry in entries} == {"2023-11-14T22:13:20+00:00"}


def test_raw_bytes_are_gits(tmp_path):
    """inbox.read gives the very bytes of git's blob, odd ones included."""
    archive = Archive(tmp_path / "0.git")
    texts = [mail(1), PNG, b"\r\n\x00\xff", b"From: x\n\n" + bytes(range(256)) * 500]
    for text in texts:
        archive.commit({"m": archive.blob(text)})
    inbox = Inbox.open(archive.path)
    entries = list(inbox.between(None).entries())
    assert [inbox.raw(entry) for entry in entries] == texts
    archive.pack()
    again = Inbox.open(archive.path)
    assert [again.raw(entry) for entry in entries] == texts
    assert [git(archive.path, "cat-file", "blob", entry.blob) for entry in entries] == texts


def test_reads_on_while_the_archive_is_repacked(tmp_path):
    """A window that was chosen before a repack and a prune reads on after it."""
    archive = Archive(tmp_path / "0.git")
    for number in range(5):
        archive.add(number)
    window = Inbox.open(archive.path).between(None)
    messages = window.messages()
    next(messages)
    archive.pack()
    assert len(list(messages)) == 4


def test_a_sum_that_is_wrong_is_an_error(tmp_path, monkeypatch):
    """A summary whose parts do not add up to the commits is refused, whatever the fault was."""
    archive = Archive(tmp_path / "0.git")
    _m_d_m(archive)
    window = Inbox.open(archive.path).between(None)
    places = list(window._iter_places())
    monkeypatch.setattr(window, "_iter_places", lambda: iter(places[1:]))
    with pytest.raises(KvminboxError, match="2 commits are accounted for, of 3"):
        window.summary()
