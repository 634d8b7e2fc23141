"""Backports in stable trees, and how long mistakes lived."""

import pytest

from kvminbox import frames, review_all
from kvminbox.analysis import Snapshot, compute_backports, compute_fixes
from kvminbox.cli import main
from kvminbox.inbox.mails import MailList
from kvminbox.models.base import show_card
from kvminbox.reports import build_report, sections
from kvminbox.sample import make_sample
from kvminbox.upstream import (
    LandingIndex,
    Tree,
    find_backports,
    find_fixes,
    find_landings,
    landings_of,
)
from tests.upstream.trees import ADA, DAY, FILE, NOON, changed

ONE = {FILE: changed((5, "mended"))}


@pytest.fixture
def trees(tree):
    """A main tree of four releases, with a mistake and its fix, and a stable branch with it."""
    tree.tag("v1", tree.root)
    bad = tree.commit("timer: be clever", {"a.c": b"1\n"}, at=NOON + DAY)
    tree.tag("v2-rc1", bad)
    for number in (2, 3):
        tip = tree.commit(f"release {number}", {"b.c": b"%d\n" % number}, at=NOON + number * DAY)
        tree.tag(f"v{number}", tip)
    fix = tree.commit(
        f'timer: mend\n\nFixes: {bad[:12]} ("timer: be clever")\nFixes: 0123456789ab ("x")',
        ONE, by=ADA, at=NOON + 4 * DAY,
    )  # fmt: skip
    tree.tag("v4", tree.commit("release 4", {"b.c": b"4\n"}, at=NOON + 5 * DAY))
    stable = tree.commit(
        f"timer: mend\n\ncommit {fix} upstream.", ONE, by=ADA, at=NOON + 7 * DAY,
        parents=[tree.root], branch="v1.y",
    )  # fmt: skip
    tree.tag("v1.1", stable)
    tree.commit("own\n\n[ Upstream commit 0123456789ab ]", {"c.c": b"1\n"}, at=NOON + 8 * DAY,
                branch="v1.y")  # fmt: skip
    return tree, bad, fix, stable


def test_a_backport_tells_what_it_was_made_from(trees):
    """A stable commit names the main tree's, after how many days, and both first releases."""
    tree, _, fix, stable = trees
    first, second = find_backports(tree.open(), tree.open(refs=("v1.y",)))
    assert (first.upstream, first.commit, first.days) == (fix, stable, 3.0)
    assert (first.upstream_release, first.release) == ("v4", "v1.1")
    assert (second.upstream, second.days, second.upstream_release) == ("0123456789ab", None, None)


def test_a_branch_has_no_backports_of_what_it_grew_from(trees):
    """Commits that the main tree holds itself are none."""
    assert list(find_backports(trees[0].open(), trees[0].open())) == []


def test_a_fix_tells_how_long_the_mistake_lived(trees):
    """A `Fixes:` gives the releases with the mistake, without candidates, and the days."""
    tree, bad, fix, _ = trees
    known, unknown = find_fixes(tree.open())
    assert (known.commit, known.broken_by, known.days) == (fix, bad, 3.0)
    assert (known.broken_in, known.fixed_in, known.releases) == ("v2-rc1", "v4", 2)
    assert (unknown.broken_by, unknown.broken_in, unknown.releases) == ("0123456789ab", None, None)


def test_what_stable_trees_took_of_a_list(trees):
    """A list's backports are those of commits that were made from its mails, with the mail."""
    tree, _, fix, stable = trees
    tree.mail("timer: mend", ONE, identity="a@x")
    whole, branch = tree.open(), tree.open(refs=("v1.y",))
    report = compute_backports(MailList(tree.mails), tree=whole, stable=[branch, whole])
    (row,) = report.rows
    assert (row.message.message_id, row.backport.commit, row.backport.tree) == (
        "a@x", stable, "v1.y",
    )  # fmt: skip
    assert [figure.count for figure in report.figures] == [1, 1, 3]
    assert report.stable == ("v1.y", "HEAD")
    nothing = compute_backports(MailList([]), tree=whole, stable=[branch])
    assert (nothing.rows, nothing.total) == ((), 0)
    text = build_report("x", MailList(tree.mails), [sections.backports(whole, [branch])]).to_text()
    assert f"v1.y  2023-11-21   3.0  v1.1     timer: mend  {stable[:12]}  {fix[:12]}" in text


def test_which_bugs_a_list_fixed(trees):
    """A fix is listed where its commit was made from a mail, once for each `Fixes:` line."""
    tree, bad, fix, _ = trees
    whole = tree.open()
    assert compute_fixes(MailList([]), tree=whole).rows == ()
    tree.mail("timer: mend", ONE, identity="a@x")
    report = compute_fixes(MailList(tree.mails), tree=whole)
    assert [row.fix.broken_by for row in report.rows] == ["0123456789ab", bad]
    assert [figure.count for figure in report.figures] == [1, 1, 3]
    text = build_report("x", MailList(tree.mails), [sections.fixes(whole)]).to_text()
    assert f"v2-rc1     v4               2   3.0  timer: mend  {fix[:12]}  {bad[:12]}" in text


def test_a_review_tells_what_landed(trees):
    """A review has what became of its series in the tree; without a tree it has nothing."""
    tree, _, _, _ = trees
    tree.mail("timer: mend", ONE, identity="a@x")
    tree.mail("timer: other", {FILE: changed((9, "x"))}, identity="b@x")
    snapshot = Snapshot(MailList(tree.mails))
    found = {series.title: review for series, review in snapshot.reviews(tree.open())}
    assert {title: review.landed.state for title, review in found.items()} == {
        "timer: mend": "all", "timer: other": "none",
    }  # fmt: skip
    assert {review.landed for _, review in snapshot.reviews()} == {None}
    listed = list(snapshot.series())
    landings = LandingIndex(find_landings(snapshot, tree.open()))
    reviews = review_all(listed, snapshot.messages(), landed=landings.of_series)
    assert [review.landed for review in reviews] == [
        found[series.title].landed for series in listed
    ]
    assert "in the tree" in show_card(found["timer: mend"])
    assert "not in the tree" in show_card(found["timer: other"])


def test_the_command_names_stable_trees(trees, tmp_path, capsys):
    """`--stable` takes a branch of the tree or a folder; without `--tree` it is an error."""
    tree, _, _, _ = trees
    index = make_sample(tmp_path)
    ask = ["report", str(index), "..HEAD", "--sections=backports,fixes"]
    assert main([*ask, "--tree", str(tree.path), "--stable=v1.y", f"--stable={tree.path}"]) == 0
    assert "none of them in a stable tree" in capsys.readouterr().out
    assert main([*ask, "--stable=v1.y"]) == 2
    assert "--stable needs --tree" in capsys.readouterr().err
    assert main([*ask, "--tree", str(tree.path), "--stable=v9"]) == 2
    assert "v9" in capsys.readouterr().err
    assert main(ask) == 0
    assert "No tree was given." in capsys.readouterr().out


def test_the_tables_of_a_tree(trees):
    """`landings` and `commits` have a row for each, with the columns that their schema tells."""
    tree, _, fix, _ = trees
    tree.mail("timer: mend", ONE, identity="a@x")
    opened = tree.open()
    commits = frames.commits(opened, patch_ids=True).to_arrow().to_pylist()
    assert len(commits) == 6
    assert {row["release"] for row in commits} == {"v1", "v2-rc1", "v2", "v3", "v4"}
    assert next(row for row in commits if row["tree_commit"] == fix)["fixes"] == [
        trees[1][:12], "0123456789ab",
    ]  # fmt: skip
    (row,) = frames.landings(tree, opened).to_arrow().to_pylist()
    assert (row["tree_commit"], row["message_id"], row["release"]) == (fix, "a@x", "v4")
    assert row["relation"] == "applied"


def test_cards_show_what_landed(trees):
    """Commits, landings and what became of a series are shown in a notebook, and safely."""
    tree, _, _, _ = trees
    tree.mail("timer: mend", ONE, identity="a@x")
    opened = tree.open()
    (landing,) = find_landings(tree, opened)
    assert "applied" in show_card(landing)
    assert "v4" in show_card(landing)
    (series,) = _group(tree)
    assert ">all<" in show_card(landings_of(series, [landing]))
    odd = tree.commit("<b>timer</b> \x1b[31m", {"x": b"1\n"}, branch="odd")
    shown = show_card(Tree.open(tree.path, (odd,)).find_commit(odd))
    assert "<b>timer" not in shown
    assert "\x1b" not in shown


def _group(tree):
    from kvminbox import group_series

    return group_series(tree.mails)


def test_the_chart_of_the_time_to_land(tmp_path):
    """The share of series that are in the tree rises with the days; open ones are told."""
    from kvminbox import Inbox, plots
    from kvminbox.sample import make_sample, make_sample_tree

    window = Inbox.open(make_sample(tmp_path)).between(None, "HEAD")
    chart = plots.time_to_land(window, Tree.open(make_sample_tree(tmp_path)))
    assert chart.title.text == "From the first version to the tree"
    assert "6 series; 3 not in kvm-sample-tree count as open" in " ".join(chart.title.subtitle)
