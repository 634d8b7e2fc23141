"""A client as a user with a type checker writes it; mypy and pyright check it in `lint`.

Each `assert_type` is a promise: what an editor knows at that place. `strict` in both tools means
that nothing here may be unknown to them.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, assert_type

from kvminbox import (
    Address,
    AnyMessage,
    Chain,
    Corpus,
    CoverLetter,
    Diffstat,
    Inbox,
    Index,
    Message,
    Patch,
    PullRequest,
    Series,
    SuggestedPatch,
    Thread,
    Window,
    read_message,
)
from kvminbox.analysis import (
    Board,
    ListUpdate,
    Overview,
    Ranking,
    RemarkList,
    Waiting,
    rank,
)
from kvminbox.display import Block, Listing, Paragraph
from kvminbox.frames import Table, of_models
from kvminbox.inbox import MailList
from kvminbox.index import SearchOrder
from kvminbox.models import DefectCode, Kind, Model, Problem, ProblemCode
from kvminbox.reports import (
    AnySection,
    BuiltReport,
    BuiltResult,
    ReportFormat,
    Section,
    SectionReport,
    build_report,
    lay_out,
    list_update,
    sections,
)
from kvminbox.sample import SAMPLE_RANGE, make_sample


def describe(message: AnyMessage) -> str:
    """Tell the kinds apart by the field `kind`, and use what only that kind has."""
    if message.kind == "patch":
        assert_type(message, Patch)
        return f"{message.diffstat.insertions} lines added"
    if message.kind == "pull_request":
        assert_type(message, PullRequest)
        return message.repository or "a pull request without a repository"
    if message.kind == "cover_letter":
        assert_type(message, CoverLetter)
        return message.title
    if message.kind == "reply_with_patch" or message.kind == "patch_unmarked":
        assert_type(message, SuggestedPatch)
        return message.author.email
    assert_type(message.kind, Literal["discussion", "reply", "bot"])
    return message.subject.title


def describe_matched(message: AnyMessage) -> str:
    """Tell them apart by `match`, with nothing left at the end."""
    match message:
        case Patch() | SuggestedPatch():
            return message.diff
        case CoverLetter() | PullRequest():
            return message.title
        case Message():
            return message.body


def read_archive(path: Path) -> list[str]:
    """Walk an archive."""
    window = Inbox.open(path).between(*SAMPLE_RANGE)
    assert_type(window, Window)
    for thread in window.threads():
        assert_type(thread, Thread)
        assert_type(thread.messages, tuple[AnyMessage, ...])
    for series in window.series():
        assert_type(series, Series)
        assert_type(series.patches, tuple[Patch, ...])
        assert_type(series.messages, tuple[AnyMessage, ...])
        assert_type(series.diffstat, Diffstat)
    for chain in window.chains():
        assert_type(chain, Chain)
    for patch in window.patches():
        assert_type(patch, Patch)
    lines: list[str] = []
    for message in window.messages():
        assert_type(message, AnyMessage)
        lines.append(describe(message))
        lines.append(describe_matched(message))
    return lines


def read_index(file: Path, message_id: str) -> AnyMessage | None:
    """Ask an index."""
    with Index.open(file) as index:
        for hit in index.search("kind:patch"):
            assert_type(hit.message, AnyMessage)
        found = index.get(message_id)
        assert_type(found, AnyMessage | None)
        return found


def questions(corpus: Corpus) -> Ranking:
    """Rank who asks for comments: a section of one's own."""
    asked = (patch for patch in corpus.patches() if patch.subject.is_rfc)
    return rank(((patch.author.written, patch) for patch in asked), counted="RFC patches")


def report(window: Window) -> int:
    """Ask a report for the results of its sections."""
    shipped = [sections.overview(), sections.authors(), sections.board(), sections.open_remarks()]
    built = build_report("The week", window, [*shipped, questions])
    assert_type(built.result["overview"], Overview)
    assert_type(built.result["authors"], Ranking)
    assert_type(built.result["board"], Board)
    assert_type(built.result["authors"].table(), Table)
    assert_type(len(of_models(built.result["authors"].rows)), int)
    loaded = BuiltResult.model_validate_json(built.to_json())
    assert_type(loaded["open_remarks"], RemarkList)
    assert_type(loaded.section("questions", Ranking), Ranking)
    assert_type(list_update(window).result, ListUpdate)
    return len(built.result["authors"].rows)


class Questions(Model):
    """A model of one's own."""

    asked: int


def several(corpus: Corpus, form: ReportFormat) -> str:
    """Keep sections in a variable, and the name of a format."""
    chosen: list[AnySection] = [sections.overview(), questions, Section("more", questions)]
    built = build_report("The week", corpus, chosen)
    again = BuiltReport(built.result, chosen)
    return again.render(form)


def first_names(result: Ranking) -> list[Block]:
    """Lay a ranking out: a layout of one's own."""
    return [Listing(tuple(row.text for row in result.rows))]


def one_by_one(result: Questions) -> Iterable[Block]:
    """Lay a model of one's own out, a block at a time."""
    yield Paragraph(f"{result.asked} questions")


lay_out.register(Questions, one_by_one)


def own_section(corpus: Corpus) -> list[str]:
    """Make sections, whose results and layouts are known to belong together."""
    section = Section("questions", questions, first_names)
    assert_type(section, Section[Ranking])
    assert_type(section.compute(corpus), Ranking)
    assert_type(sections.authors().with_layout(first_names), Section[Ranking])
    # a layout for another result is refused, by both checkers
    sections.overview().with_layout(first_names)  # type: ignore[arg-type]
    Section("sizes", sections.overview().compute, first_names)  # type: ignore[misc]
    shown = SectionReport(sections.waiting(), sections.waiting().compute(corpus))
    assert_type(shown, SectionReport[Waiting])
    return [f"{row.age}" for row in shown.result.series]


def count_kinds(corpus: Window | Index | MailList) -> Counter[Kind]:
    """Map whatever corpus can."""
    kinds: Counter[Kind] = Counter(corpus.map(lambda message: message.kind, jobs=1))
    return kinds


def own_corpus(messages: list[AnyMessage]) -> list[str | None]:
    """Make a corpus of one's own mails."""
    mails = MailList(messages)
    assert_type(next(iter(mails)), AnyMessage)
    for series in mails.series():
        assert_type(series.to_mbox(), bytes)
    return [message.url for message in mails]


def count_odd(message: AnyMessage, problem: Problem) -> int:
    """Tell defects apart by their codes, which a checker knows."""
    for one in message.defects:
        assert_type(one.code, DefectCode)
    assert_type(problem.code, ProblemCode)
    return sum(one.code == "diffstat-differs" for one in message.defects)


def misspell_code(message: AnyMessage) -> bool:
    """Return False: pyright and mypy know that no defect has this code."""
    return any(
        one.code == "diffstat-difers"  # type: ignore[comparison-overlap]
        for one in message.defects
    )


def misspell_order(index: Index, order: SearchOrder) -> None:
    """Fail: the orders of a search are known."""
    assert_type(len(index.search("lamp", order=order)), int)
    index.search("lamp", order="newset")  # type: ignore[arg-type]


def misspell_format(window: Window) -> str:
    """Fail: so are the formats of a report."""
    return list_update(window).render("txt")  # type: ignore[arg-type]


def misspell() -> Address:
    """Return nothing: a misspelt field is an error, to a type checker as well."""
    return Address(nmae="Ida")  # type: ignore[call-arg]


def change(address: Address, own: Questions) -> None:
    """Fail: no model changes, neither one of the library nor one's own."""
    address.name = "Ida"  # type: ignore[misc]
    own.asked = 2  # type: ignore[misc]
    assert_type({address, address}, set[Address])
    assert_type(hash(own), int)


def main(folder: Path) -> list[str]:
    """Run it all on the sample inbox."""
    path = make_sample(folder / "sample.git")
    with Index.open(folder / "sample.sqlite", create=True) as index:
        index.update(Inbox.open(path))
    assert read_index(folder / "sample.sqlite", "nobody@ada.example") is None
    assert_type(read_message(b"Subject: hello\n\n"), AnyMessage)
    week = Inbox.open(path).since("2 weeks ago", now=datetime(2025, 6, 20, tzinfo=UTC))
    assert report(week) > 0
    assert own_corpus(list(week))
    assert own_section(week)
    assert several(week, "text") != several(week, "markdown")
    assert count_kinds(week) == count_kinds(MailList(week))
    return read_archive(path)
