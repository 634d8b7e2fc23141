"""A path, a text or a single thing where a function wants a corpus, a tree or several."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kvminbox import (
    Inbox,
    Index,
    analysis,
    compare_series,
    display,
    frames,
    group_series,
    group_threads,
    link_series,
    plots,
    reports,
)
from kvminbox.analysis import choose
from kvminbox.asked import find_asked, find_knowers
from kvminbox.dask import read_inbox
from kvminbox.errors import UsageError
from kvminbox.findings import find_findings
from kvminbox.inbox import MailList
from kvminbox.links import find_dependences, find_links, order_patches
from kvminbox.remarks import collect_remarks, follow_up, follow_up_all
from kvminbox.reports import sections
from kvminbox.review import find_committers, review_all, review_series
from kvminbox.sample import make_sample
from kvminbox.subsystems import parse_maintainers
from kvminbox.upstream import find_backports, find_fixes, find_landings
from tests.reports.corpora import patch_with

MAILS = MailList([])
MAIL = patch_with("x")
SERIES = group_series([MAIL])[0]
CHAIN = link_series([SERIES])[0]
MAINTAINERS = parse_maintainers("A PART\nF:\tpart/\n")

OF_A_CORPUS = {
    **{name: getattr(analysis, name) for name in analysis.__all__
       if name.startswith("compute_") and name not in
       {"compute_series_remarks", "compute_backports", "compute_fixes", "compute_landed"}},
    **{name: getattr(plots, name) for name in plots.__all__
       if name not in {"time_to_land", "restyle", "Period"}},
    **{name: getattr(frames, name) for name in (
        "messages", "patches", "files", "series", "members", "trailers", "threads", "remarks",
        "follow_ups", "findings", "links", "dependences")},
    **{name: getattr(reports, name)
       for name in ("list_update", "waiting", "board", "new_versions")},
    "build_report": lambda corpus: reports.build_report("x", corpus, [sections.overview()]),
    "before": lambda corpus: reports.build_report("x", MAILS, [sections.bots()], before=corpus),
    "review": lambda corpus: reports.review(corpus, "a@a.example"),
    "Snapshot": analysis.Snapshot,
    "find_links": lambda corpus: list(find_links(corpus)),
    "find_findings": lambda corpus: list(find_findings(corpus)),
    "write_parquet": lambda corpus: frames.write_parquet(corpus, "no/such/folder"),
}  # fmt: skip

OF_A_TREE = {
    "find_landings": lambda tree: list(find_landings(MAILS, tree)),
    "find_fixes": lambda tree: list(find_fixes(tree)),
    "find_backports": lambda tree: list(find_backports(tree, tree)),
    "find_asked": lambda tree: list(find_asked(MAILS, tree)),
    "time_to_land": lambda tree: plots.time_to_land(MAILS, tree),
    "commits": frames.commits,
    "landings": lambda tree: frames.landings(MAILS, tree),
    **{name: lambda tree, make=make: make(MAILS, tree=tree) for name, make in {
        "landed": reports.landed, "waiting": reports.waiting, "board": reports.board,
        "new_versions": reports.new_versions, "pull_requests": analysis.compute_pull_requests,
        "fixes": analysis.compute_fixes, "backports": analysis.compute_backports,
    }.items()},
}  # fmt: skip


@pytest.mark.parametrize("name", OF_A_CORPUS)
@pytest.mark.parametrize("given", ["kvm.git", Path("kvm.git")])
def test_a_path_is_no_corpus(name, given):
    """Whoever gives a path where mails are wanted is told to open it."""
    with pytest.raises(UsageError, match=r"expected a corpus, not this \w+; open it first"):
        OF_A_CORPUS[name](given)


@pytest.mark.parametrize("name", OF_A_TREE)
def test_a_path_is_no_tree(name):
    """Whoever gives a path where a tree is wanted is told to open it."""
    with pytest.raises(UsageError, match=r"expected a tree, not this str; open it first"):
        OF_A_TREE[name]("linux.git")


def test_an_inbox_and_a_list_are_no_corpus(tmp_path):
    """Whoever gives an inbox is told to choose a window; of a list, to make a corpus of it."""
    inbox = Inbox.open(make_sample(tmp_path / "sample"))
    with pytest.raises(UsageError, match=r"this Inbox.*between\(None\) has all its mails"):
        frames.patches(inbox)
    with pytest.raises(UsageError, match=r"this list; make a corpus of the mails"):
        reports.list_update(list(inbox.messages()))
    assert frames.patches(MailList(inbox.messages())).to_arrow().num_rows == 10


def test_a_path_is_no_inbox(tmp_path):
    """Whoever gives a path where an inbox is wanted is told to open it."""
    path = make_sample(tmp_path / "sample")
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        with pytest.raises(UsageError, match="expected an inbox, not this str"):
            index.update(str(path))
        assert index.inboxes == ()
    for make in (read_inbox, lambda given: frames.write_dataset(given, tmp_path / "tables")):
        with pytest.raises(UsageError, match="expected an inbox, not this"):
            make(path)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: group_series("x"), "expected mails, not this str"),
        (lambda: group_threads(Path("kvm.git")), "expected mails, not this PosixPath"),
        (lambda: group_series(None), "expected mails, not this NoneType"),
        (lambda: link_series("x"), "expected series, not this str"),
        (lambda: review_all("x", []), "expected series, not this str"),
        (lambda: review_all([], "x"), "expected mails, not this str"),
        (lambda: review_all([CHAIN], []), "expected a series, not this Chain"),
        (lambda: group_series(MAIL), "expected mails, not this Patch"),
        (lambda: group_threads(MAIL), "expected mails, not this Patch"),
        (lambda: link_series(SERIES), "expected series, not this Series"),
        (lambda: link_series([], replies=MAIL), "expected mails, not this Patch"),
        (lambda: review_all(SERIES, []), "expected series, not this Series"),
        (lambda: link_series([CHAIN]), "expected a series, not this Chain"),
        (lambda: find_committers([CHAIN], []), "expected a series, not this Chain"),
        (lambda: review_all([], MAIL), "expected mails, not this Patch"),
        (lambda: review_series(SERIES, MAIL), "expected mails, not this Patch"),
        (lambda: review_series(SERIES, "x"), "expected mails, not this str"),
        (lambda: MailList(MAIL), "expected mails, not this Patch"),
        (lambda: find_committers(SERIES, []), "expected series, not this Series"),
        (lambda: find_committers([], MAIL), "expected mails, not this Patch"),
        (lambda: collect_remarks(SERIES, MAIL), "expected mails, not this Patch"),
        (lambda: follow_up(CHAIN, MAIL), "expected mails, not this Patch"),
        (lambda: list(follow_up_all(CHAIN, [])), "expected chains, not this Chain"),
        (lambda: find_dependences(CHAIN), "expected chains, not this Chain"),
        (lambda: order_patches(SERIES, CHAIN), "expected chains, not this Chain"),
        (lambda: reports.waiting(MailList([]), only="x"), "only must be a function, not this str"),
        (lambda: reports.board(MailList([]), only="x"), "only must be a function, not this str"),
        (
            lambda: reports.board(MailList([]), classify="x"),
            "classify must be a function, not this str",
        ),
        (
            lambda: analysis.compute_subsystems(MailList([]), classify="x"),
            "classify must be a function, not this str",
        ),
    ],
)
def test_a_text_in_place_of_several_things_or_of_a_function(call, words):
    """What a text would only be taken for letter by letter, or called, is told at once."""
    with pytest.raises(UsageError, match=words):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda given: choose.is_by(given),
        lambda given: choose.is_sent_to(given),
        lambda given: choose.is_maintained_by(given, MAINTAINERS),
        lambda given: choose.touches(given),
        lambda given: choose.is_of(given),
        lambda given: analysis.compute_waiting(MailList([]), readers=given),
        lambda given: reports.waiting(MailList([]), readers=given),
        lambda given: reports.sections.waiting(readers=given),
        lambda given: find_knowers(given, [], datetime(2026, 1, 1, tzinfo=UTC)),
        lambda given: MAINTAINERS.group_paths(given),
        lambda given: analysis.compute_subsystems(MailList([MAIL]), classify=lambda _: given),
        lambda given: reports.board(MailList([MAIL]), classify=lambda _: given),
    ],
)
def test_a_text_in_place_of_a_list_of_texts(call):
    """A text is not taken apart into letters: the error says to give a list; nor is a number."""
    with pytest.raises(UsageError, match=r"not this str; give a list: \['arch/x86'\]"):
        call("arch/x86")
    with pytest.raises(UsageError, match=r"not this bytes; give a list of texts"):
        call(b"arch/x86")
    with pytest.raises(UsageError, match=r"as texts, not this int; give a list of texts"):
        call([1])
    for several in (["arch/x86"], ("arch/x86",), {"arch/x86"}, iter(["arch/x86"]), []):
        call(several)


@pytest.mark.parametrize("people", ["to", "cc"])
def test_a_mailbox_in_place_of_several(people):
    """One text for To or Cc is told to be one, and is not read letter by letter."""
    report = reports.waiting(MAILS)
    given = {"sender": "a@x.example", "to": [], people: "b@x.example"}
    with pytest.raises(UsageError, match=r"mailboxes, not this str; give a list: \['b@x\."):
        report.to_mail(**given)
    assert f"{people.title()}: b@x.example\n" in report.to_mail(**given | {people: ["b@x.example"]})


@pytest.mark.parametrize(
    "render",
    [
        display.render_text, display.render_markdown, display.render_html,
        display.render_html_fragment, display.render_notebook, display.render_rich,
        display.render_terminal,
    ],
)  # fmt: skip
def test_a_renderer_of_documents_is_told_what_it_lacks(render):
    """A report or a single table in place of a document is told with what to give."""
    report, table = reports.waiting(MAILS), display.Table(("a",), (("b",),))
    with pytest.raises(UsageError, match=r"not this SectionReport.*give its to_document\(\)"):
        render(report)
    with pytest.raises(UsageError, match=r"a document, not this Table.*Document\(\"A title\""):
        render(table)
    assert render(report.to_document())
    assert render(display.Document("A title", (table,)))


def test_a_table_is_wanted_for_csv():
    """A report in place of a table is told where its tables are."""
    with pytest.raises(UsageError, match=r"a table, not this SectionReport.*tables\(\)"):
        display.render_csv(reports.waiting(MAILS))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (CHAIN, r"a series, not this Chain.*chain\.series\[-1\]"),
        (None, r"a series, not this NoneType.*index\.series_of"),
        ("1@x.example", r"a series, not this str.*index\.series_of"),
        ([SERIES], r"a series, not this list.*series\(\)"),
    ],
)
def test_what_is_no_series_is_not_compared(given, words):
    """What is compared must be two series, on either side."""
    for pair in ((given, SERIES), (SERIES, given)):
        with pytest.raises(UsageError, match=words):
            compare_series(*pair)
    assert compare_series(SERIES, SERIES).patches


def test_several_things_may_come_in_any_form():
    """An iterator, a tuple and a set are several things, and nothing at all is, too."""
    for none in ([], (), set(), iter(())):
        assert group_series(none) == []
        assert group_threads(none) == []
