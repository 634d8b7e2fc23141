"""Revisions in every form that git understands name the commit that git names."""

import hashlib
import itertools

import pytest

from kvminbox import Inbox
from kvminbox.archive import Repository, resolve_revision
from kvminbox.errors import KvminboxError, RangeError, RevisionError
from tests.archive.git_archive import START, Archive, count_commits, git, mail


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive of ten mails with refs of all kinds and a reflog, packed but for the last."""
    archive = Archive(tmp_path_factory.mktemp("revisions") / "0.git")
    commits = [archive.add(number) for number in range(10)]
    archive.ref("tags/light", commits[2])
    tag = f"object {commits[3]}\ntype commit\ntag heavy\ntagger T <t@example.com> {START} +0000\n\n"
    heavy = archive.put("tag", tag.encode())
    archive.ref("tags/heavy", heavy)
    nested = f"object {heavy}\ntype tag\ntag nested\n\nx\n"
    archive.ref("tags/nested", archive.put("tag", nested.encode()))
    archive.ref("tags/blob", archive.blob(mail(1)))
    archive.ref("heads/abcd", commits[4])
    archive.ref(f"heads/{commits[5]}", commits[1])  # forty digits are an id, whatever a branch says
    log = archive.path / "logs" / "refs" / "heads" / "master"
    log.parent.mkdir(parents=True)
    moves = itertools.pairwise(commits)
    log.write_text(
        "".join(f"{old} {new} T <t@example.com> {START} +0000\tcommit\n" for old, new in moves)
    )
    git(archive.path, "config", "core.bare", "true")
    archive.pack()
    archive.commits = [*commits, archive.add(10)]
    return archive


FORMS = [
    "HEAD", "@", "HEAD~3", "HEAD^", "HEAD^^", "HEAD~2^", "HEAD~0", "HEAD^0", "master",
    "heads/master", "refs/heads/master", "light", "tags/light", "heavy", "heavy~1",
    "nested", "heavy^{}", "abcd",
    "heavy^{commit}", "light~", "master@{1}", ":/subject", "HEAD^{/subject}", "@~4",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_forms_name_what_git_names(archive, form):
    """The window ends at the commit that git finds for the same words."""
    wanted = git(archive.path, "rev-list", "-1", form).decode().strip()
    entries = list(Inbox.open(archive.path).between(None, form).entries())
    assert entries[-1].commit == wanted
    assert len(entries) == count_commits(archive.path, wanted)


@pytest.mark.parametrize("digits", [40, 20, 9, 7])
@pytest.mark.parametrize("place", [5, 10], ids=["packed", "loose"])
@pytest.mark.parametrize("change", [str.lower, str.upper], ids=["lower", "upper"])
def test_ids_may_be_abbreviated(archive, digits, place, change):
    """A commit's id is found by its first digits, in capitals too."""
    name = change(archive.commits[place][:digits])
    entries = list(Inbox.open(archive.path).between(None, name).entries())
    assert entries[-1].commit == archive.commits[place]


@pytest.mark.parametrize("day", ["2022-01-01", "2022-1"])
def test_a_date_is_no_revision(archive, day):
    """Whoever asks for the mails between two days is told what takes dates."""
    with pytest.raises(RevisionError, match="for dates use `since` or --since"):
        Inbox.open(archive.path).between(day)


UNKNOWN = [
    "nowhere", "0" * 40, "f" * 40, "HEAD~99", "HEAD~999999999", f"HEAD~{'9' * 5000}", "HEAD^2",
    "HEAD^9", "master@{99}", ":/no such words", "-1", "--all", "--output=x", "HEAD:", "HEAD:m/x",
    "7:HEAD", "0:nowhere", "0:-x", " ", "\0", "\udcff", "a b", "HEAD~1~99", "refs/heads/",
    "@{-1}", "x" * 5000, "[/markup]", "\x1b[2J", "^HEAD", "HEAD^{", "abc",
]  # fmt: skip


@pytest.mark.parametrize("revision", UNKNOWN, ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("side", ["base", "tip"])
def test_unknown_revisions_are_refused(archive, revision, side):
    """What names nothing is refused in one safe line that says what to do."""
    with pytest.raises(RevisionError) as caught:
        Inbox.open(archive.path).between(
            *((revision, None) if side == "base" else ("HEAD~1", revision))
        )
    assert caught.value.cure
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("form", ["blob", "HEAD:m", "HEAD^{tree}"])
def test_what_is_no_commit_is_refused(archive, form):
    """A blob or a tree is no end of a range, and the error says what it is."""
    oid = git(archive.path, "rev-parse", form).decode().strip()
    for name in (form, oid, oid[:12]):
        with pytest.raises(RevisionError) as caught:
            Inbox.open(archive.path).between(None, name)
        kind = "tree" if form == "HEAD^{tree}" else "blob"
        cure = "give a commit of the archive"
        assert str(caught.value) == f"{name}: a {kind}, not a commit; {cure}"


def test_ambiguous_ids_are_refused_unless_one_is_a_commit(tmp_path):
    """Of several objects with a beginning the only commit is meant; two commits are ambiguous."""
    archive = Archive(tmp_path / "0.git")
    commits = [archive.add(number) for number in range(700)]
    begins = {}
    for commit in commits:
        begins.setdefault(commit[:4], []).append(commit)
    twins = next(start for start, ids in begins.items() if len(ids) > 1)
    alone = next(commit for commit in reversed(commits) if len(begins[commit[:4]]) == 1)
    number = next(n for n in range(1 << 20) if _blob_id(n).startswith(alone[:4]))
    archive.blob(str(number).encode())
    inbox = Inbox.open(archive.path)
    with pytest.raises(RevisionError) as caught:
        inbox.between(None, twins)
    cure = "give more digits"
    assert str(caught.value) == f"{twins}: several objects have an id that begins like this; {cure}"
    assert len(inbox.between(None, alone[:4])) == commits.index(alone) + 1


def _blob_id(number):
    data = str(number).encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def test_a_detached_head_is_git_s_head(archive, tmp_path):
    """HEAD is what is checked out, and so is the archive's newest, as for git rev-list."""
    path = tmp_path / "clone"
    git(archive.path, "clone", "-q", archive.path, path)
    (path / ".git" / "HEAD").write_text(f"{archive.commits[4]}\n")
    inbox = Inbox.open(path)
    assert len(inbox.between(None, "HEAD")) == 5
    assert len(inbox.between(None)) == count_commits(path / ".git") == 5
    assert len(inbox.between(None, "master")) == 11


@pytest.mark.parametrize(
    ("base", "tip", "words"),
    [
        ("HEAD", "HEAD", "no commits"),
        ("HEAD", None, "no commits"),
        ("HEAD~2", "HEAD~4", "not an ancestor"),
        ("HEAD", "HEAD~1", "not an ancestor"),
    ],
)
def test_what_is_no_range_is_refused(archive, base, tip, words):
    """The same commit twice, or the newer one first, is no range."""
    with pytest.raises(RangeError, match=words) as caught:
        Inbox.open(archive.path).between(base, tip)
    assert caught.value.cure


def test_a_base_of_another_line_is_no_ancestor(tmp_path):
    """A commit beside the line is no base, neither on a straight line nor beside a merge."""
    archive = Archive(tmp_path / "0.git")
    root = archive.add(1)
    aside = archive.add(2, parents=[root])
    left = archive.add(3, parents=[root])
    right = archive.add(4, parents=[root])
    merge = archive.add(5, parents=[left, right])
    newest = archive.add(6)
    inbox = Inbox.open(archive.path)
    for tip in (left, merge, newest):
        with pytest.raises(RangeError) as caught:
            inbox.between(aside, tip)
        what = f"{aside}..{tip}: {aside} is not an ancestor of {tip}"
        assert str(caught.value) == f"{what}; give the older commit first, as in git's A..B"
    for base in (root, left, right, merge):
        window = inbox.between(base)
        assert len(window) == count_commits(archive.path, "HEAD", base)


@pytest.mark.parametrize("form", ["^", "^1", "^2", "^3", "^2~1", "^2^", "~1", "~2", "^0", "^1^0"])
def test_the_parents_of_a_merge(tmp_path, form):
    """`^2` is a merge's second parent, `~` follows the first ones."""
    archive = Archive(tmp_path / "0.git")
    root = archive.add(1)
    left = archive.add(2, parents=[root])
    archive.add(3, parents=[root])
    right = archive.add(4)
    archive.add(5, parents=[left, right, archive.add(6, parents=[root])])
    wanted = git(archive.path, "rev-parse", f"HEAD{form}").decode().strip()
    assert resolve_revision(Repository(archive.path), f"HEAD{form}") == wanted


def test_tags_that_point_at_tags_without_end(tmp_path):
    """Nine tags upon each other are followed, one more is refused."""
    archive = Archive(tmp_path / "0.git")
    target, kind = archive.add(1), "commit"
    for number in range(1, 12):
        text = f"object {target}\ntype {kind}\ntag t{number}\n\nx\n"
        target, kind = archive.put("tag", text.encode()), "tag"
        archive.ref(f"tags/t{number}", target)
    inbox = Inbox.open(archive.path)
    assert len(inbox.between(None, "t9")) == 1
    for name in ("t10", "t11"):
        with pytest.raises(RevisionError, match=r"t1[01]: too many tags point at each other"):
            inbox.between(None, name)


def test_a_base_that_is_a_merge_itself(tmp_path):
    """Below a base that is a merge both of its sides are left out, and what they share."""
    archive = Archive(tmp_path / "0.git")
    root = archive.add(1)
    sides = [archive.add(number, parents=[root]) for number in (2, 3)]
    base = archive.add(4, parents=sides)
    others = [archive.add(number, parents=[base]) for number in (5, 6)]
    archive.add(7, parents=others)
    window = Inbox.open(archive.path).between(base)
    assert len(window) == count_commits(archive.path, "HEAD", base) == 3


def test_the_newest_epoch_that_knows_a_revision_is_taken(tmp_path):
    """Without N: the newest epoch answers, with N: only that one."""
    tips = [Archive(tmp_path / f"{epoch}.git").add(epoch) for epoch in (0, 1)]
    inbox = Inbox.open(tmp_path)
    assert [entry.commit for entry in inbox.between(None, "HEAD").entries()] == tips
    assert [entry.commit for entry in inbox.between(None, "0:HEAD").entries()] == tips[:1]
    assert [entry.commit for entry in inbox.between(None, tips[0]).entries()] == tips[:1]
    assert [entry.commit for entry in inbox.between(tips[0], None).entries()] == tips[1:]
    with pytest.raises(KvminboxError):
        inbox.between(None, f"1:{tips[0]}")
