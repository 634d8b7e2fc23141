"""Reports that look at a tree."""

import json

import pytest

from kvminbox import Inbox, read_message
from kvminbox.analysis import (
    Snapshot,
    compute_applied,
    compute_landed,
    compute_new_versions,
    compute_pull_requests,
    compute_unmailed,
    compute_waiting,
)
from kvminbox.cli import main
from kvminbox.reports import build_report, landed, sections, waiting
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import Tree
from tests.analysis.analysis_mails import Mails
from tests.upstream.trees import ADA, DAY, FILE, NOON, Maker, changed


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    """The sample inbox and its tree."""
    folder = tmp_path_factory.mktemp("sample")
    return str(make_sample(folder)), str(make_sample_tree(folder))


@pytest.fixture(scope="module")
def sample(paths):
    """All its mails, held in memory, and the tree."""
    return Snapshot(Inbox.open(paths[0]).between(None, "HEAD")), Tree.open(paths[1])


def test_what_landed_does_not_wait(sample):
    """A series without an answer that is in the tree is left out, and counted."""
    corpus, tree = sample
    before, after = compute_waiting(corpus), compute_waiting(corpus, tree=tree)
    gone = {one.title for one in before.series} - {one.title for one in after.series}
    assert gone == {"KVM: dirty: negative slots are clean"}
    assert (before.landed, before.tree, after.tree) == (0, "", "kvm-sample-tree")
    # and one that was answered, of which a part is there
    assert (after.landed, after.applied_in_part) == (1, 1)
    assert after.total == before.total
    assert "in the tree" not in {figure.label for figure in before.figures}
    assert {figure.label: figure.count for figure in after.figures}["in the tree"] == 1


def test_the_series_that_landed(sample):
    """Of each landed series: which patches, since when, after how long, with which new tags."""
    found = {row.title: row for row in compute_landed(sample[0], tree=sample[1]).rows}
    timer = found["KVM: say that there is no timer"]
    assert (timer.revision, timer.state, timer.edited) in {(2, "all", 0), (1, "partly", 0)}
    dirty = found["KVM: dirty: negative slots are clean"]
    assert (dirty.state, dirty.lacking, dirty.edited, dirty.releases) == (
        "partly", (2,), 1, ("v6.16-rc1",),
    )  # fmt: skip
    pages = found["KVM: x86/mmu: top up as many as are used"]
    assert (pages.reverted, pages.is_rfc, timer.is_rfc) == ((1,), True, False)
    assert all(row.days > 0 for row in found.values())
    assert "Documentation: le café est fermé" not in found


@pytest.mark.parametrize(("file", "is_doubted"), [("net.c", True), ("arch/s390/kvm/intr.c", False)])
def test_a_tree_of_another_project_is_told(sample, tmp_path, file, is_doubted):
    """Where nothing landed, and the tree has no file of any patch, the report says so."""
    maker = Maker(tmp_path / "other.git")
    maker.commit("other", {file: b"1\n"})
    said = compute_landed(sample[0], tree=maker.open()).gaps
    assert any("it may belong to another project" in gap for gap in said) == is_doubted


def test_days_count_from_the_first_version(sample):
    """The time runs from v1, not from the version that was taken."""
    rows = [row for row in compute_landed(sample[0], tree=sample[1]).rows if "timer" in row.title]
    assert len({row.first_sent for row in rows}) == 1
    assert {row.revision for row in rows} == {1, 2}


def test_commits_without_a_mail(sample):
    """What was committed in the corpus's time, and is in no mail of it, is listed."""
    report = compute_unmailed(sample[0], tree=sample[1])
    assert (report.rows, report.total) == ((), 0)
    late = Tree.open(sample[1].path)
    assert compute_unmailed(sample[0]).rows == ()
    assert late.name == sample[1].name


def test_words_and_commits_are_compared(sample):
    """What a mail says was applied is looked for by its series, and by the ids that it names."""
    (said,) = compute_applied(sample[0], tree=sample[1]).rows
    assert (len(said.found), said.release) == (2, "v6.16-rc1")
    assert compute_applied(sample[0], tree=sample[1], only_missing=True).rows == ()
    assert compute_applied(sample[0]).rows[0].found == ()


def test_new_versions_tell_whether_they_landed(sample):
    """A new version says how much of it is in the tree."""
    (one,) = compute_new_versions(sample[0], tree=sample[1]).versions
    assert (one.landed, one.releases) == ("all", ("v6.16-rc1",))
    assert compute_new_versions(sample[0]).versions[0].landed is None


def test_a_pull_request_is_looked_for_by_its_tip(sample):
    """A tip that the tree does not hold is not merged."""
    (pull,) = compute_pull_requests(sample[0], tree=sample[1]).rows
    assert pull.merged == ""
    tip = sample[1].tips["HEAD"]
    corpus = Snapshot(sample[0])
    corpus._messages = tuple(
        mail.model_copy(update={"pull_tip": tip}) if mail.kind == "pull_request" else mail
        for mail in sample[0].messages()
    )
    assert compute_pull_requests(corpus, tree=sample[1]).rows[0].merged == tip


SECTIONS = ["backports", "fixes", "waiting", "applied", "not_in_tree", "landed", "without_mail",
            "new_versions", "pull_requests"]  # fmt: skip


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_with_a_tree_is_shown_in_every_format(sample, name):
    """Each section that takes a tree prints with one, in all formats."""
    report = build_report("x", sample[0], [getattr(sections, name)(tree=sample[1])])
    assert report.to_text()
    assert json.loads(report.to_json())["sections"][0]["name"] == name
    for made in (report.to_html(), report.to_markdown(), report.to_terminal()):
        assert made


def test_the_text_tells_of_the_tree(sample):
    """The reports that are one section name the tree and what is in it."""
    text = waiting(sample[0], tree=sample[1]).to_text()
    assert "1 in kvm-sample-tree, 1 applied in part" in text
    text = landed(sample[0], sample[1]).to_text()
    assert "v6.16-rc1" in text
    assert "1 edited" in text


def test_without_a_tree_a_section_says_so(sample):
    """The sections on a tree can be made without one, and say that none was named."""
    report = build_report(
        "x", sample[0], [sections.landed(), sections.not_in_tree(), sections.without_mail()]
    )
    assert report.to_text().count("No tree was given.") == 3


@pytest.mark.parametrize("kept", [False, True])
def test_the_command_landed(paths, capsys, tmp_path, kept):
    """`kvminbox landed` prints what landed, with or without a file that keeps it."""
    more = ["--tree-index", str(tmp_path / "trees.sqlite")] if kept else []
    for _ in range(2):
        arguments = ["landed", paths[0], "..HEAD", "--tree", paths[1], *more]
        assert main(arguments) == 0
        out = capsys.readouterr().out
        assert "<timer-v2-0@silicon.example>" in out


def test_the_command_waiting_with_a_tree(paths, capsys):
    """`--tree` takes what landed out of what waits; a gap of the tree is told."""
    arguments = ["waiting", paths[0], "..HEAD", "--tree", paths[1], "--tree-since", "2025-06-01"]
    assert main(arguments) == 0
    shown = capsys.readouterr()
    assert "in kvm-sample-tree" in shown.out
    assert "was looked at from 2025-06-01 on" in shown.err


def test_the_command_needs_a_tree(paths, capsys):
    """Without `--tree` there is nothing to print; an absent one is one line of error."""
    assert main(["landed", paths[0], "..HEAD"]) == 2
    assert "--tree" in capsys.readouterr().err
    assert main(["landed", paths[0], "..HEAD", "--tree", "/nowhere"]) == 2
    assert "no git repository" in capsys.readouterr().err


@pytest.fixture
def divided(tree):
    """A series of two that two maintainers took apart; only the first patch is in the tree."""
    changes = [{FILE: changed((place, f"int timer{place};"))} for place in (3, 30)]
    for number, change in enumerate(changes, start=1):
        tree.mail(f"timer: part {number}", change, identity=f"{number}@x", mark=f"PATCH {number}/2",
                  headers="In-Reply-To: <1@x>\n" if number == 2 else "")  # fmt: skip
    for number, (name, where) in enumerate((("Ewa Lis", "kvm/next"), ("Ben Roe", "net/next")), 1):
        text = (
            f"From: {name} <{name[:3].lower()}@kvm.example>\nMessage-ID: <said{number}@x>\n"
            f"Subject: Re: [PATCH {number}/2] timer: part {number}\nIn-Reply-To: <{number}@x>\n"
            f"Date: Wed, 15 Nov 2023 10:00:00 +0000\n\nApplied to {where}, thanks.\n"
        )
        tree.mails.append(read_message(text.encode()))
    return tree, changes


def test_each_part_has_its_own_commits(divided):
    """Where two took a series apart, each row has the commits of its own patches only."""
    tree, changes = divided
    first = tree.commit("timer: part 1", changes[0], by=ADA, at=NOON + DAY)
    both = {FILE: changed((3, "int timer3;"), (30, "int timer30;"))}
    second = tree.commit("timer: part 2", both, by=ADA, at=NOON + 2 * DAY)
    rows = compute_applied(Snapshot(Mails(*tree.mails)), tree=tree.open()).rows
    assert {row.tree: (row.patches, row.found) for row in rows} == {
        "kvm/next": ((1,), (first,)),
        "net/next": ((2,), (second,)),
    }


def test_what_is_missing_is_counted(divided):
    """Of a series of which one part is not in the tree that part is listed, and counted once."""
    tree, changes = divided
    tree.commit("timer: part 1", changes[0], by=ADA, at=NOON + DAY)
    report = compute_applied(Snapshot(Mails(*tree.mails)), tree=tree.open(), only_missing=True)
    assert [(row.tree, row.found) for row in report.rows] == [("net/next", ())]
    assert [figure.count for figure in report.figures] == [1, 1, 0, 1, 0]


def test_a_series_that_is_all_there_is_not_counted_as_missing(divided):
    """Where every part is in the tree nothing is missing, and the figures say so."""
    tree, changes = divided
    tree.commit("timer: part 1", changes[0], by=ADA, at=NOON + DAY)
    both = {FILE: changed((3, "int timer3;"), (30, "int timer30;"))}
    tree.commit("timer: part 2", both, by=ADA, at=NOON + 2 * DAY)
    report = compute_applied(Snapshot(Mails(*tree.mails)), tree=tree.open(), only_missing=True)
    assert (report.rows, {figure.count for figure in report.figures}) == ((), {0})
