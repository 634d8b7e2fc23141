"""Trees: which commits there are, what they say, and what can't be read."""

import subprocess
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kvminbox.errors import (
    MissingObjectError,
    NotATreeError,
    RevisionError,
    UnsupportedRepositoryError,
    UsageError,
)
from kvminbox.upstream import Tree, find_landings
from tests.upstream.trees import ADA, DAY, NOON, git, text_of

CHANGE = {"a.c": text_of(["one"])}


def test_a_commit_tells_its_facts(tree):
    """Who, when and in which zone, the title in one line, trailers, and what it refers to."""
    message = (
        "timer: a title\nover two lines\n\nWords.\n\nThis reverts commit 0123456789ab.\n\n"
        'Fixes: abcdef012345 ("timer: begin")\nSigned-off-by: Ada Pfeiffer <ada@silicon.example>\n'
        "(cherry picked from commit 99887766554433221100)"
    )
    oid = tree.commit(message, CHANGE, by=ADA, written=NOON)
    (_, commit) = tree.open().commits(patch_ids=True)
    assert (commit.id, commit.parents) == (oid, (tree.root,))
    assert commit.author.mailbox == "Ada Pfeiffer <ada@silicon.example>"
    assert commit.authored == datetime.fromtimestamp(NOON, UTC)
    assert commit.authored.tzinfo == timezone(timedelta(hours=1))
    assert commit.committed == datetime.fromtimestamp(NOON + DAY, UTC)
    assert commit.title == "timer: a title over two lines"
    assert [trailer.name for trailer in commit.trailers] == ["Fixes", "Signed-off-by"]
    assert commit.trailers[1].self_attested
    assert commit.reverts == ("0123456789ab",)
    assert commit.upstream == ("99887766554433221100",)
    assert commit.fixes == ("abcdef012345",)
    shown = git(tree.path, "show", oid).encode()
    by_git = subprocess.run(["git", "patch-id", "--stable"], input=shown, capture_output=True)
    assert by_git.stdout.decode().split()[0] == commit.patch_id


def test_patch_ids_are_made_when_asked_for(tree):
    """Without `patch_ids=True` none is computed; a merge has none at all."""
    side = tree.commit("side", CHANGE, parents=[tree.root], branch="side")
    tree.commit("main", {"b.c": b"1\n"}, at=NOON + 2 * DAY)
    tree.commit("merge", {}, parents=[tree.open().tips["HEAD"], side], at=NOON + 3 * DAY)
    assert {commit.patch_id for commit in tree.open().commits()} == {None}
    found = {commit.title: commit.patch_id for commit in tree.open().commits(patch_ids=True)}
    assert found["merge"] is None
    assert found["side"]
    assert found["main"]


def test_commits_come_oldest_first_and_after_their_parents(tree):
    """A commit with a clock that is late comes after its parents all the same."""
    ids = [tree.root]
    for number, at in enumerate([NOON + 5 * DAY, NOON - 50 * DAY, NOON + DAY]):
        ids.append(tree.commit(f"number {number}", {"a.c": b"%d\n" % number}, at=at))
    assert [commit.id for commit in tree.open().commits()] == ids


def test_an_octopus_has_all_its_parents(tree):
    """A merge of four branches is a commit with four parents, and all of them are walked."""
    sides = [
        tree.commit(f"side {n}", {f"{n}.c": b"1\n"}, parents=[tree.root], branch=f"s{n}")
        for n in range(4)
    ]
    tree.commit("merge", {}, parents=sides, at=NOON + 9 * DAY)
    commits = list(tree.open().commits())
    assert len(commits) == 6
    assert set(commits[-1].parents) == set(sides)


def test_a_release_is_the_first_tag_that_holds_a_commit(tree):
    """Tags are taken by time, `v1.9` before `v1.10`; what no tag holds has no release."""
    first = tree.commit("first", {"a.c": b"1\n"}, at=NOON + DAY)
    second = tree.commit("second", {"a.c": b"2\n"}, at=NOON + 2 * DAY)
    third = tree.commit("third", {"a.c": b"3\n"}, at=NOON + 3 * DAY)
    for name, commit in [("v1.10", first), ("v1.9", first), ("v2", second)]:
        tree.tag(name, commit)
    found = {commit.id: commit.release for commit in tree.open().commits()}
    assert found == {tree.root: "v1.9", first: "v1.9", second: "v2", third: None}
    assert tree.open().find_commit(second[:10]).release == "v2"


def test_a_tag_on_a_branch_beside_counts(tree):
    """A release that is tagged on a branch of its own holds what that branch grew from."""
    tree.commit("main", {"a.c": b"1\n"}, at=NOON + 2 * DAY)
    beside = tree.commit("release", {"b.c": b"1\n"}, parents=[tree.root], branch="r", at=NOON + DAY)
    tree.tag("v1", beside)
    found = {commit.title: commit.release for commit in tree.open().commits()}
    assert found == {"timer: begin": "v1", "main": None}


def test_a_head_without_a_branch_does_no_harm(tree):
    """Where refs are named it does not matter that HEAD leads nowhere."""
    tree.commit("side", CHANGE, parents=[tree.root], branch="side")
    tree.tag("v1", tree.root)
    (tree.path / "HEAD").write_text("ref: refs/heads/gone\n")
    assert {commit.release for commit in tree.open(refs=("side",)).commits()} == {"v1", None}


def test_since_leaves_out_what_is_older(tree):
    """History is followed down to the first commits that are older than asked for."""
    tree.commit("old", {"a.c": b"1\n"}, at=NOON - 50 * DAY)
    tree.commit("new", {"a.c": b"2\n"}, at=NOON)
    since = datetime.fromtimestamp(NOON - DAY, UTC)
    opened = tree.open(since=since)
    assert [commit.title for commit in opened.commits()] == ["new"]
    assert opened.gaps == (f"{opened.name} was looked at from {since:%Y-%m-%d} on",)


def test_refs_are_branches_tags_or_commits(tree):
    """The history of several refs is one tree, with each commit once."""
    side = tree.commit("side", CHANGE, parents=[tree.root], branch="side")
    tree.commit("main", {"b.c": b"1\n"})
    opened = tree.open(refs=("master", side[:12]))
    assert {commit.title for commit in opened.commits()} == {"timer: begin", "side", "main"}
    assert tree.root in opened
    assert "0" * 40 not in opened
    assert "nothing" not in opened


@pytest.mark.parametrize("path", ["absent", "file", "folder"])
def test_what_is_no_repository_is_an_error(tmp_path, path):
    """A path without a repository is told as such."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotATreeError, match="no git repository"):
        Tree.open(tmp_path / path)


def test_a_path_that_no_system_opens_is_an_error(tmp_path):
    """A name that is too long for the system is told with the system's words."""
    with pytest.raises(NotATreeError, match=r"can't be read \(File name too long\)"):
        Tree.open(tmp_path / ("a" * 300))


def test_an_unknown_ref_is_an_error(tree):
    """A ref that names nothing, and one that names no commit, are told."""
    with pytest.raises(RevisionError, match="no ref or commit v9"):
        tree.open(refs=("v9",))
    blob = git(tree.path, "rev-parse", "HEAD:virt/timer.c").strip()
    with pytest.raises(RevisionError, match="not a commit"):
        tree.open(refs=(blob,))
    with pytest.raises(RevisionError, match="no ref is given"):
        tree.open(refs=())


def test_an_empty_repository_is_told(tmp_path):
    """A repository without commits is no tree yet."""
    git(tmp_path, "init", "-q", "new")
    with pytest.raises(RevisionError, match="no commits yet"):
        Tree.open(tmp_path / "new")


def test_a_date_that_is_none_is_an_error(tree):
    """`since` is a date; words that count from the present need a moment."""
    with pytest.raises(UsageError, match="not a valid date"):
        tree.open(since="the beginning")
    with pytest.raises(UsageError, match="relative to the current time"):
        tree.open(since="last week")


def test_a_work_tree_is_as_good_as_a_bare_clone(tree, tmp_path):
    """The folder with the files may be given, or the git folder in it."""
    tree.commit("more", CHANGE)
    git(tmp_path, "clone", "-q", tree.path, "work")
    for path in (tmp_path / "work", tmp_path / "work" / ".git"):
        opened = Tree.open(path)
        assert opened.name == "work"
        assert len(list(opened.commits())) == 2


def test_a_shallow_clone_says_what_it_does_not_know(tree, tmp_path):
    """Its history ends where it was cut, and `gaps` says so."""
    tree.commit("one", {"a.c": b"1\n"})
    tip = tree.commit("two", {"a.c": b"2\n"}, at=NOON + 2 * DAY)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tree.path}", "shallow")
    opened = Tree.open(tmp_path / "shallow")
    (commit,) = opened.commits(patch_ids=True)
    assert (commit.id, len(commit.parents)) == (tip, 1)
    assert opened.gaps == (
        f"shallow is a shallow clone: nothing is known of commits before {tip[:12]}",
    )


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_partial_clone_compares_what_it_has(tree, tmp_path, left_out):
    """Without its files a commit is still found by date, author and title, and that is said."""
    tree.mail("one", CHANGE, identity="a@x")
    tree.commit("one", CHANGE, by=ADA, written=NOON)
    git(tree.path, "config", "uploadpack.allowFilter", "true")
    clone = ["clone", "-q", "--bare", f"--filter={left_out}", f"file://{tree.path}", "partial"]
    git(tmp_path, *clone)
    opened = Tree.open(tmp_path / "partial")
    assert opened.gaps == ("partial is a partial clone: what is absent can't be compared",)
    (found,) = find_landings(tree, opened)
    assert (found.message.message_id, found.relation) == ("a@x", "edited")
    assert found.evidence[-1] == "its diff could not be compared"


def test_a_sha256_repository_is_refused(tmp_path):
    """What libgit2 can't read is told, with what to do."""
    git(tmp_path, "init", "-q", "--object-format=sha256", "new")
    with pytest.raises(UnsupportedRepositoryError, match="SHA-256"):
        Tree.open(tmp_path / "new")


def test_grafts_are_not_followed_and_that_is_said(tree):
    """A graft would join histories that the commits do not; it is told, and ignored."""
    tip = tree.commit("one", CHANGE)
    (tree.path / "info").mkdir(exist_ok=True)
    (tree.path / "info" / "grafts").write_text(f"{tip}\n")
    opened = tree.open()
    assert len(list(opened.commits())) == 2
    assert opened.gaps == (f"{opened.name} has grafts, which are not followed",)


def test_a_lost_commit_is_an_error(tree):
    """A history with a hole is no shorter history."""
    tree.commit("one", CHANGE)
    (tree.path / "objects" / tree.root[:2] / tree.root[2:]).unlink()
    with pytest.raises(MissingObjectError, match=tree.root):
        list(tree.open().commits())


def test_a_tree_of_another_project_gives_nothing(tree):
    """Where no commit meets a mail there are no landings."""
    tree.commit("net: other", {"net.c": b"1\n"})
    assert tree.land() == []
    tree.mail("timer: x", CHANGE, identity="a@x")
    assert tree.land() == []


def test_progress_tells_how_far_it_is(tree):
    """The callback gets the number of commits that are done, and of all."""
    tree.commit("one", CHANGE)
    seen = []
    list(tree.open().commits(progress=lambda done, total: seen.append((done, total))))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_its_repr_names_it(tree):
    """A tree is shown by its name and refs."""
    assert repr(tree.open(since="2020-01-01")) == "<Tree linux HEAD since 2020-01-01>"
