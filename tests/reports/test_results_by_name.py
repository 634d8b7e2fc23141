"""The results of a report's sections, asked for by name and by class."""

from typing import get_args, get_overloads, get_type_hints

import pytest
from pydantic import ValidationError

from kvminbox import Inbox, read_message
from kvminbox.analysis import (
    Overview,
    Ranking,
    compute_authors,
    compute_discussions,
    compute_list_update,
    rank,
)
from kvminbox.errors import UnknownNameError, UsageError
from kvminbox.inbox import MailList
from kvminbox.reports import (
    SECTIONS,
    BuiltReport,
    BuiltResult,
    Section,
    SectionReport,
    SectionResult,
    build_report,
    sections,
)
from kvminbox.reports.build import SHIPPED
from kvminbox.sample import SAMPLE_RANGE, make_sample

UNDATED = read_message(b"From: ada@ada.example\nSubject: [PATCH] a\n\n")
DATED = read_message(
    b"From: ada@ada.example\nSubject: [PATCH] b\nDate: Mon, 9 Jun 2025 10:00:00 +0000\n\n"
)
ANCIENT = read_message(
    b"From: ada@ada.example\nSubject: [PATCH] c\nDate: Mon, 8 Jun 1970 10:00:00 +0000\n\n"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return a report of every shipped section, and one of our own."""
    inbox = Inbox.open(make_sample(tmp_path_factory.mktemp("typed")))
    week = inbox.between(*SAMPLE_RANGE)
    return build_report("x", week, [*(make() for make in SECTIONS.values()), questions])


def questions(corpus):
    """Rank nothing."""
    return rank([], counted=f"questions in {corpus.tip}")


def test_type_checkers_are_told_the_class_of_each_shipped_section(report):
    """What a type checker is told of `result[NAME]` is its class, for each shipped section."""
    told = {}
    for overload in get_overloads(BuiltResult.__getitem__):
        hints = get_type_hints(overload)
        told.update(dict.fromkeys(get_args(hints["name"]), hints["return"]))
    assert told == SHIPPED
    assert SHIPPED.keys() == SECTIONS.keys()
    for name, kind in SHIPPED.items():
        assert type(report.result[name]) is kind


def test_results_are_of_their_class_after_json(report):
    """A report read back from JSON is equal; only the result of one's own section is a dict."""
    again = BuiltResult.model_validate_json(report.to_json())
    for name, kind in SHIPPED.items():
        assert type(again[name]) is kind
        assert again[name] == report.result[name]
    assert isinstance(again["questions"], dict)
    assert again.section("questions", Ranking) == report.result["questions"]
    assert again.section("questions", Ranking).counted == "questions in week-to"


def test_a_stored_report_is_shown_whole(report):
    """Once the models of one's own sections are restored, it is equal, and shown alike."""
    again = BuiltResult.model_validate_json(report.to_json())
    restored = again.with_models({"questions": Ranking})
    assert again != report.result == restored
    made = [make() for make in SECTIONS.values()]
    for own in (questions, Section("questions", questions)):
        shown = BuiltReport(restored, [*made, own])
        assert shown.to_text() == report.to_text()
        assert shown.to_html() == report.to_html()


def test_only_the_named_models_are_restored(report):
    """A name that is unknown, or a wrong class, is told; a model that is there already stays."""
    again = BuiltResult.model_validate_json(report.to_json())
    assert again.with_models({}) == again
    assert report.result.with_models({"questions": Ranking}) == report.result
    with pytest.raises(UnknownNameError, match="no such section; did you mean questions"):
        again.with_models({"question": Ranking})
    with pytest.raises(ValidationError):
        again.with_models({"questions": Overview})
    with pytest.raises(UsageError, match="is of the class Overview"):
        again.with_models({"overview": Ranking})


def test_a_stored_report_says_what_it_lacks(report):
    """With other sections, or a result that is no model yet, the error says what to give."""
    again = BuiltResult.model_validate_json(report.to_json())
    made = [make() for make in SECTIONS.values()]
    with pytest.raises(UsageError, match=r"no model yet; give result\.with_models\("):
        BuiltReport(again, [*made, questions])
    for given in (made, [questions, *made], [*made, questions, Section("more", questions)], []):
        with pytest.raises(UsageError, match=r"give those of the result, in its order: overview"):
            BuiltReport(report.result, given)
    with pytest.raises(UsageError, match=r"write sections\.authors"):
        BuiltReport(report.result, [sections.authors, *made])


def test_a_notebook_shows_a_stored_result(report):
    """A result read back shows its card, which says how a section of one's own is restored."""
    again = BuiltResult.model_validate_json(report.to_json())
    assert "Read from JSON: with_models(" in again._repr_html_()
    restored = again.with_models({"questions": Ranking})
    assert restored._repr_html_() == report.result._repr_html_()


def test_a_layout_is_for_models(report):
    """What was read from JSON, and is no model, has no layout; the error says how to make one."""
    own = BuiltResult.model_validate_json(report.to_json())["questions"]
    with pytest.raises(UsageError, match=r"can't be laid out; make one: report\.result\.section\("):
        SectionReport(Section("questions", questions), own).to_text()


def test_a_result_is_asked_for_by_its_class(report):
    """`section` gives a result as the class that is asked for, or refuses."""
    assert report.result.section("questions", Ranking) is report.result["questions"]
    assert report.result.section("authors", Ranking) is report.result["authors"]
    with pytest.raises(UsageError, match="authors: the section's result is of the class Ranking"):
        report.result.section("authors", Overview)
    with pytest.raises(UnknownNameError, match="nothing: the report has no such section; choose"):
        report.result.section("nothing", Ranking)
    again = BuiltResult.model_validate_json(report.to_json())
    with pytest.raises(ValidationError):
        again.section("questions", SectionResult)


def test_a_shipped_name_is_for_a_shipped_result():
    """A section of one's own may bear a shipped section's name only if it returns the same."""
    mails = MailList([DATED])
    same = build_report("x", mails, [Section("authors", questions)])
    assert same.result["authors"].counted == "questions in mails"
    with pytest.raises(UsageError, match="returns Ranking, but has the name of a shipped one"):
        build_report("x", mails, [Section("overview", questions)])
    with pytest.raises(ValidationError):
        SectionResult(name="overview", title="", result=rank([], counted="x"))


@pytest.mark.parametrize(
    ("mails", "said"),
    [
        ([], "There are no messages in this period."),
        ([UNDATED], "1 message, without a date."),
        ([DATED], "1 message, on 2025-06-09."),
        ([DATED, UNDATED], "2 messages, on 2025-06-09, 1 of which has no date."),
        ([DATED, ANCIENT], "2 messages, over more than 40 years."),
    ],
)
def test_the_first_sentence_counts_every_message(mails, said):
    """The sentence that sums a report up counts mails without a date, too, and says so."""
    report = build_report("x", MailList(mails), [sections.overview()])
    assert f"\n{said}\n" in report.to_text()
    assert report.result.messages == len(mails)


@pytest.mark.parametrize("top", [0, -1, 1.5])
@pytest.mark.parametrize(
    "name", [name for name in SECTIONS if "top" in SECTIONS[name].__annotations__]
)
def test_no_section_shows_fewer_rows_than_one(name, top):
    """A section is refused that would say that there is nothing, or drop the last row."""
    with pytest.raises(UsageError, match="not a number of rows to show; give a whole number"):
        SECTIONS[name](top=top)


def test_no_measure_takes_fewer_rows_than_one():
    """So it is in `rank` and in the measures that a caller calls without a section."""
    mails = MailList([DATED])
    with pytest.raises(UsageError, match="top=0"):
        rank([("a", DATED)], counted="x", top=0)
    for compute in (compute_authors, compute_discussions, compute_list_update):
        with pytest.raises(UsageError, match="top=0"):
            compute(mails, top=0)
