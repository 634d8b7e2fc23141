"""A report with every section is the same from an archive and from an index, in each format."""

import pytest

from kvminbox import Inbox
from kvminbox.index import Index
from kvminbox.reports import SECTIONS, build_report
from kvminbox.sample import SAMPLE_RANGE


def write_all(window, before):
    """Return a report of every shipped section in every format."""
    report = build_report(
        "All of it", window, [make() for make in SECTIONS.values()], before=before
    )
    written = {
        "text": report.to_text(),
        "markdown": report.to_markdown(),
        "html": report.to_html(),
        "json": report.to_json(),
        "terminal": report.to_terminal(width=80),
        "mail": report.to_mail(sender="Ida <ida@wood.example>", to=["a@b.example"]),
    }
    return written | {f"csv {name}": report.to_csv(name) for name in report.tables()}


def test_sample_report_in_every_format(sample_inbox, sample_file):
    """Of the sample's week, beside what came before it."""
    inbox = Inbox.open(sample_inbox)
    live = write_all(inbox.between(*SAMPLE_RANGE), inbox.between(None, SAMPLE_RANGE[0]))
    with Index.open(sample_file) as index:
        stored = write_all(index.between(*SAMPLE_RANGE), index.between(None, SAMPLE_RANGE[0]))
    assert {"text", "csv overview", "csv waiting"} <= live.keys()
    assert stored == live


@pytest.mark.real
@pytest.mark.interop
def test_real_month_in_every_format(real_inbox_path, real_file):
    """Of a month of the real archive, beside the month before it."""
    inbox = Inbox.open(real_inbox_path)
    now, before = ("2022-10-01", "2022-11-01"), ("2022-09-01", "2022-10-01")
    live = write_all(inbox.since(*now), inbox.since(*before))
    with Index.open(real_file) as index:
        stored = write_all(index.since(*now), index.since(*before))
    assert stored == live
