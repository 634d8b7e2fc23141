"""The report on what waits, in each format."""

import json

import pytest

from kvminbox import Inbox, read_message
from kvminbox.analysis import choose
from kvminbox.reports import board, build_report, sections, waiting
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.reports.corpora import Mails, patch_with


@pytest.fixture(scope="module")
def sample_waiting(tmp_path_factory):
    """Return the report on the sample inbox's week."""
    inbox = Inbox.open(make_sample(tmp_path_factory.mktemp("waiting")))
    return waiting(inbox.between(*SAMPLE_RANGE))


def test_text_has_three_lines_for_each_series(sample_waiting):
    """The text has counts first, then days, date and title of each series, its size, and its id."""
    lines = sample_waiting.to_text().splitlines()
    assert lines[0] == "kvm-sample: Waiting for review, week-from..week-to"
    found = sample_waiting.result.series
    assert len(found) > 0
    assert len(lines) == 6 + 3 * len(found)
    for place, series in enumerate(found):
        title, size, message_id = lines[6 + 3 * place : 9 + 3 * place]
        assert series.title.partition("\x1b")[0] in title
        assert f"+{series.insertions} -{series.deletions}, by " in size
        assert message_id.strip() == f"<{series.message_id}>"
    assert max(map(len, lines)) <= 78


def test_counts_of_the_sample(sample_waiting):
    """The facts name how many wait, of how many, and why others are left out."""
    result = sample_waiting.result
    text = sample_waiting.to_text()
    assert f"{len(result.series)} of {result.total} series had no reply or tag" in text
    assert f"{result.answered} answered" in text
    assert "0 " not in text.partition("Left out")[2].partition("\n")[0]


def test_incomplete_series_says_so():
    """An incomplete series shows how many patches it has, of how many."""
    message = patch_with("x")
    numbered = message.model_copy(
        update={
            "subject": message.subject.model_copy(
                update={"counter": 1, "total": 3, "counter_stated": True}
            )
        }
    )
    assert "  1/3 patches, " in waiting(Mails([numbered])).to_text()


def test_nothing_waits():
    """An empty result says so in each format."""
    report = waiting(Mails([read_message(b"Subject: hello\n\nHi.\n")]))
    assert "No series was sent in this period: base..tip." in report.to_text()
    assert "No series is waiting." in report.to_markdown()
    assert "No series is waiting." in report.to_html()


def test_a_misspelt_address_is_no_good_news():
    """Where nothing was sent to an address, the report says that, not that none of none waits."""
    mails = Mails([patch_with("x")])
    text = waiting(
        mails, only=choose.is_sent_to(["nobody@host.example"]), chosen="sent to nobody@host.example"
    ).to_text()
    assert "There is no series sent to nobody@host.example in this period" in text
    assert "No series is waiting." not in text
    assert "0 of 0" not in text


def test_json_has_its_number(sample_waiting):
    """The JSON bears the number of its shape and the typed fields."""
    data = json.loads(sample_waiting.to_json())
    assert data["format_version"] == 1
    assert {"title", "age", "patches", "insertions"} <= data["series"][0].keys()


@pytest.mark.parametrize("text", ["\x1b[31mred", "<b>bold</b>", "a\u202eb"])
def test_hostile_titles(text):
    """A title can't act on who reads it, in any format."""
    report = waiting(Mails([patch_with(text)]))
    assert "\x1b" not in report.to_text()
    assert "\u202e" not in report.to_text()
    for shown in (report.to_html(), report.to_markdown(), report.to_terminal()):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "<b>bold" not in report.to_html()


def test_a_question_without_words_is_told_where_nothing_fits_it():
    """With `only` alone, no report says that nothing was sent, or that nothing waits."""
    mails = Mails([patch_with("x")])
    none, all_fit = choose.touches(["no/such"]), choose.choose_all([])
    parts = [sections.waiting(only=none), sections.board(only=none)]
    for report in (
        waiting(mails, only=none),
        board(mails, only=none),
        build_report("Both", mails, parts[:1]),
        build_report("Both", mails, parts[1:]),
    ):
        for text in (report.to_text(), report.to_markdown(), report.to_html()):
            assert "There is no series fitting the question in this period" in text
            assert "was sent" not in text
            assert "is waiting" not in text
    assert (
        "1 of 1 series fitting the question had no reply" in waiting(mails, only=all_fit).to_text()
    )
    assert "1 of 1 series had no reply" in waiting(mails).to_text()
    assert "1 series fitting the question: " in board(mails, only=all_fit).to_text()


def test_a_lone_cover_letter_tells_no_lines():
    """Of a series whose patches are not here, no report tells that they change nothing."""
    cover = read_message(
        b"From: Ada <ada@lamp.example>\nSubject: [PATCH 0/12] lamp: shine\nMessage-ID: <c@l>\n"
        b"Date: Mon, 2 Jun 2025 10:00:00 +0000\n\nTwelve patches.\n"
    )
    mails = Mails([cover])
    for report in (
        waiting(mails),
        board(mails),
        build_report("New", mails, [sections.new_series()]),
    ):
        for text in (report.to_text(), report.to_markdown(), report.to_html()):
            assert "0/12" in text or "0 of 12" in text
            assert "+0" not in text
            assert "?, by" not in text
