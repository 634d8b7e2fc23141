"""`kvminbox report --before`: the earlier time that a report is compared with."""

import json
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from tests.mails import write_mail

DAYS = {
    "plums": ["2025-01-05", "2025-02-03", "2025-02-20", "2025-03-02", "2025-03-10", "2025-03-20"],
    "figs": ["2025-01-31", "2025-02-11"],
}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """An index of two lists, whose mails arrived on these days."""
    folder = tmp_path_factory.mktemp("before")
    with Index.open(folder / "x.sqlite", create=True) as index:
        for name, days in DAYS.items():
            writer = MailWriter(folder / f"{name}.git")
            for day in days:
                sent = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
                ids = [f"{day}@{name}.example"]
                mail = write_mail(
                    f"Minutes of {day}", "Read.\n", f"List-Id: <{name}.example>", ids=ids, sent=sent
                )
                writer.add(mail, int(sent.timestamp()))
            index.update(Inbox.open(folder / f"{name}.git"), name=name)
    return str(folder / "x.sqlite")


@pytest.fixture
def report(file, capsys):
    """Return what the command prints, or the error."""

    def run(*options, code=0):
        words = ["report", file, "--sections", "overview", *" ".join(options).split()]
        assert main(words) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return run


@pytest.mark.parametrize(
    ("options", "window", "before", "mails"),
    [
        ("--month 2025-03 --before 2025-02", ("2025-03-01", "2025-04-01"),
         ("2025-02-01", "2025-03-01"), (3, 3)),
        ("--month 2025-03 --before", ("2025-03-01", "2025-04-01"),
         ("2025-02-01", "2025-03-01"), (3, 3)),
        ("--month 2025-03 --before 2025-W05", ("2025-03-01", "2025-04-01"),
         ("2025-01-27", "2025-02-03"), (3, 1)),
        ("--month 2025-03 --inbox plums --before 2025-01", ("2025-03-01", "2025-04-01"),
         ("2025-01-01", "2025-02-01"), (3, 1)),
        ("--week 2025-W11 --before", ("2025-03-10", "2025-03-17"), None, None),
        ("--week 2025-W11 --before 2025-W09", ("2025-03-10", "2025-03-17"),
         ("2025-02-24", "2025-03-03"), (1, 1)),
        ("--since 2025-03-01 --until 2025-03-11 --before 2025-02-01", ("2025-03-01", "2025-03-11"),
         ("2025-02-01", "2025-02-11"), (2, 1)),
        ("--since 2025-03-01 --until 2025-03-11 --before 2025-02-25", ("2025-03-01", "2025-03-11"),
         None, None),
        ("--since 2025-03-01 --until 2025-03-21 --before", ("2025-03-01", "2025-03-21"),
         ("2025-02-09", "2025-03-01"), (3, 2)),
        ("--since 2025-03-01 --until 2025-03-21 --before 2025-02-19", ("2025-03-01", "2025-03-21"),
         ("2025-02-19", "2025-03-01"), (3, 1)),
        ("--month 2025-03 --before 2025-01-01..2025-02-01", ("2025-03-01", "2025-04-01"),
         ("2025-01-01", "2025-02-01"), (3, 2)),
        ("--month 2025-03 --inbox plums --before HEAD~5..HEAD~3", ("2025-03-01", "2025-04-01"),
         ("HEAD~5", "HEAD~3"), (3, 2)),
        ("--year 2025 --before 2025-01", ("2025-01-01", "2026-01-01"),
         ("2025-01-01", "2025-02-01"), (8, 2)),
        ("--year 2026 --before", None, None, None),
        ("--since 2025-03-01 --until 2025-05-01 --before", ("2025-03-01", "2025-05-01"),
         ("2025-01-01", "2025-03-01"), (3, 5)),
        ("--since 2025-02-01 --until 2025-03-01 --before 2025-01-01", ("2025-02-01", "2025-03-01"),
         ("2025-01-01", "2025-02-01"), (3, 2)),
        ("--since 2025-03-01 --until 2025-05-01 --before 2025-01-05", ("2025-03-01", "2025-05-01"),
         ("2025-01-05", "2025-03-01"), (3, 5)),
        ("..HEAD --before 2025", ("", "HEAD"), ("2025-01-01", "2026-01-01"), (8, 8)),
        ("..HEAD --before 2025-01", ("", "HEAD"), ("2025-01-01", "2025-02-01"), (8, 2)),
    ],
)  # fmt: skip
def test_a_report_is_compared_with_an_earlier_time(report, options, window, before, mails):
    """A month, a week or a date names it; without a value it is the time just before."""
    if before is None:
        assert "no mail arrived in that time" in report(options, code=2)
        return
    found = json.loads(report(options, "--json"))
    assert (found["base"], found["tip"]) == window
    assert (found["before_base"], found["before_tip"]) == before
    figure = found["sections"][0]["result"]["figures"][0]
    assert (figure["count"], figure["before"]) == mails


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--month 2025-03 --before x", ["--before x: not a valid date; write a month (2025-07)"]),
        ("--month 2025-03 --before 2025-13", ["there is no month 13; write a month"]),
        ("--month 2025-03 --before 2025-03-09", ["not before", "which begins on 2025-03-01"]),
        ("..HEAD --before 2025-01-01", ["has no length", "--before 2025-07"]),
        ("..HEAD --before", ["has no length"]),
        ("--before", ["all mails: a report of commits or of all mails has no length"]),
        ("--month 2025-03 --before HEAD~3..HEAD", ["choose one with", "--inbox NAME"]),
        ("--month 2025-03 --before 2024-01", ["2024-01-01 to 2024-02-01: no mail arrived"]),
    ],
)
def test_what_is_no_earlier_time_is_refused(report, options, words):
    """An error of one line says what is taken."""
    said = report(options, code=2)
    assert said.count("\n") == 1
    assert all(word in said for word in words), said


def test_years_and_quarters_are_compared_with_those_before(tmp_path, capsys):
    """A year has the year before it, though one of them is a day longer, a quarter likewise."""
    writer = MailWriter(tmp_path / "a.git")
    days = [
        *("2023-12-31", "2024-01-01", "2024-02-29", "2024-07-01", "2024-09-30"),
        *("2024-10-01", "2024-12-31", "2025-03-31", "2025-12-31", "2026-01-01"),
    ]
    for day in days:
        sent = datetime.fromisoformat(day).replace(tzinfo=UTC)
        raw = write_mail(f"Minutes of {day}", ids=[f"{day}@plums.example"], sent=sent)
        writer.add(raw, int(sent.timestamp()))
    for options, mails in (
        ("--year 2025 --before", (2, 6)),
        ("--year 2025 --before 2024", (2, 6)),
        ("--since 2025 --until 2026 --before 2024-01-01", (2, 6)),
        ("--since 2024-10-01 --until 2025 --before", (2, 2)),
        ("--since 2024 --before 2023", (9, 1)),
    ):
        words = ["report", f"{tmp_path}/a.git", "--sections", "overview", "--json"]
        assert main([*words, *options.split()]) == 0
        figure = json.loads(capsys.readouterr().out)["sections"][0]["result"]["figures"][0]
        assert (figure["count"], figure["before"]) == mails, options


@pytest.mark.parametrize("command", ["report", "waiting", "board"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_list_without_a_mail_is_named(file, capsys, command, jobs):
    """A report of an index is of all its lists, and says which have no mail in its time."""
    told = "figs has no mail in this period."
    for options, is_told in (
        (["--month", "2025-03"], True), (["--month", "2025-02"], False), (["..HEAD"], False),
        (["--month", "2025-03", "--inbox", "plums"], False),
    ):  # fmt: skip
        assert main([command, file, *options, "--jobs", jobs]) == 0
        said = capsys.readouterr().out
        assert (told in said) == is_told
        if is_told and command != "board":
            assert said.startswith("plums and figs: ")
    assert main(["report", file, "--month", "2025-01"]) == 0
    assert "no mail in this period" not in capsys.readouterr().out
