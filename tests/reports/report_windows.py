"""Windows for built reports: the sample's week with all sections, and mails of one's own."""

from functools import partial

from kvminbox import display
from kvminbox.analysis import Snapshot
from kvminbox.models import Model
from kvminbox.reports import SECTIONS, Report, build_report
from tests.reports.corpora import Mails

FORMATS = {
    "text": lambda report: report.to_text(),
    "a notebook's HTML": lambda report: report._repr_html_(),
    "JSON": lambda report: report.to_json(),
    "CSV": lambda report: "".join(map(report.to_csv, report.tables())),
    "terminal": lambda report: report.to_terminal(width=80),
    "mail": lambda report: report.to_mail(sender="a@a.example", to=["b@b.example"]),
    "repr": repr,
    **{name: partial(Report.render, name=name) for name in display.FORMATS},
}
"""Every format of a report."""


def every_section():
    """Give each shipped section."""
    return [make() for make in SECTIONS.values()]


def report_on(messages, sections=None, title="A week"):
    """Build a report on some messages, with every section."""
    snapshot = Snapshot(Mails(messages))
    return build_report(title, snapshot, every_section() if sections is None else sections)


class Bare(Model):
    """A stranger's result: fields of many sorts, and no base of ours but `Model`."""

    word: str
    """Some text."""

    number: int = 3
    """A number."""

    share: float = 0.5
    """Another one."""

    words: tuple[str, ...] = ()
    """Several texts."""
