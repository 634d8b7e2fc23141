"""Several trees of one list."""

import pytest

from kvminbox.analysis import compute_backports, compute_fixes, compute_landed, compute_unmailed
from kvminbox.cli import main as run
from kvminbox.errors import UsageError
from kvminbox.inbox.mails import MailList
from kvminbox.index import TreeIndex
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import Trees, find_landings
from tests.upstream.trees import ADA, DAY, EWA, FILE, NOON, Maker, changed

ONE = {FILE: changed((5, "mended"))}
TWO = {FILE: changed((5, "mended"), (30, "mended, too"))}


@pytest.fixture
def pair(tmp_path):
    """Return mainline with one of two patches, in a release, and next with both."""
    main = Maker(tmp_path / "linux.git")
    other = Maker(tmp_path / "next.git")
    main.mail("timer: one", ONE, identity="1@x")
    one = main.commit("timer: one", ONE, by=ADA, written=NOON)
    main.tag("v1", one)
    main.mail("timer: two", TWO, identity="2@x", sent=NOON + 60, base=one)
    assert other.commit("timer: one", ONE, by=ADA, written=NOON) == one
    text = f'timer: two\n\nFixes: {one[:12]} ("timer: one")'
    two = other.commit(text, TWO, by=ADA, written=NOON + 60, at=NOON + 2 * DAY)
    return main, other, one, two


def rows(landings):
    """Return what is told apart in landings."""
    return [(one.commit, one.message.message_id, one.tree, one.release) for one in landings]


@pytest.mark.parametrize("is_kept", [False, True])
def test_what_landed_in_any_of_the_trees_is_found_once(pair, tmp_path, is_kept):
    """A commit of two trees counts for the first that is named; each has its own rows, too."""
    main, other, one, two = pair
    with TreeIndex.open(tmp_path / "trees.sqlite") as index:
        both = [index.open_tree(m.path) if is_kept else m.open() for m in (main, other)]
        wanted = [(one, "1@x", "linux", "v1"), (two, "2@x", "next", None)]
        for _ in range(2):
            assert rows(find_landings(main, Trees(*both))) == wanted
    assert rows(find_landings(main, Trees(other.open(), main.open())))[0][2:] == ("next", None)


def test_mails_are_read_once_for_all_trees(pair):
    """However many trees there are, the list is read once."""
    main, other, _, _ = pair
    reads = []

    class Counted:
        def messages(self):
            reads.append(1)
            return iter(main.mails)

    assert len(list(find_landings(Counted(), Trees(main.open(), other.open())))) == 2
    assert reads == [1]


def test_several_trees_answer_as_one(pair):
    """Name, gaps, commits and tags are those of all; a commit that two hold comes once."""
    main, other, one, two = pair
    trees = Trees(main.open(since="2000-01-01"), other.open())
    assert (trees.name, repr(trees)) == ("linux, next", "<Trees linux, next>")
    assert trees.gaps == ("linux was looked at from 2000-01-01 on",)
    nodes = [node.id for node in trees.nodes()]
    assert nodes == [main.root, one, two]
    assert [trees.release_of(commit) for commit in nodes] == ["v1", "v1", None]
    assert [trees.find_id(two[:9]), trees.find_id("0" * 40)] == [two, None]
    assert trees.read_paths(trees.read_text(two)) == {FILE}


def test_no_tree_is_an_error():
    """Of no trees nothing can be asked."""
    with pytest.raises(UsageError, match="no tree is given"):
        Trees()


def test_reports_take_several_trees(pair):
    """Series, commits without a mail, fixes and backports are looked for in all of them."""
    main, other, one, two = pair
    corpus = MailList(main.mails)
    picked = main.commit(
        f"timer: two\n\n(cherry picked from commit {two})", TWO, branch="stable", parents=[one],
        by=EWA, at=NOON + 5 * DAY,
    )  # fmt: skip
    trees = Trees(main.open(), other.open())
    landed = compute_landed(corpus, tree=trees)
    assert [(row.title, row.state) for row in landed.rows] == [
        ("timer: two", "all"),
        ("timer: one", "all"),
    ]
    assert compute_unmailed(corpus, tree=trees).rows == ()
    assert [row.fix.broken_by for row in compute_fixes(corpus, tree=trees).rows] == [one]
    stable = main.open(refs=["stable"])
    (row,) = compute_backports(corpus, tree=trees, stable=[stable]).rows
    assert (row.backport.commit, row.backport.upstream, row.backport.tree) == (
        picked,
        two,
        "stable",
    )


def test_the_command_takes_several_trees(pair, tmp_path, capsys):
    """`--tree` may be repeated, and what landed in the second is told, too."""
    main, _, _, _ = pair
    inbox, code = make_sample(tmp_path), make_sample_tree(tmp_path)
    arguments = ["landed", str(inbox), "..HEAD", "--format", "json"]
    arguments += ["--tree", str(main.path), "--tree", str(code)]
    assert run(arguments) == 0
    printed = capsys.readouterr().out
    assert '"linux, kvm-sample-tree"' in printed
    assert "v6.16-rc1" in printed


def test_a_branch_of_several_trees_is_an_error(pair, tmp_path, capsys):
    """`--ref` does not say which of the trees has the branch."""
    main, other, _, _ = pair
    trees = ["--tree", str(main.path), "--tree", str(other.path), "--ref", "next"]
    assert run(["landed", str(make_sample(tmp_path)), "..HEAD", *trees]) == 2
    assert "with several trees, --ref is ambiguous" in capsys.readouterr().err
