"""A built report on the sample's two weeks in every format, against files that were looked at.

Run with KVMINBOX_UPDATE_GOLDENS=1 to write the files again, then read the diff.
"""

import os
from pathlib import Path

import pytest

from kvminbox import Inbox
from kvminbox.reports import build_report
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.reports.report_windows import every_section

GOLDEN = Path(__file__).with_name("golden")
FORMATS = {
    "built.txt": lambda report: report.to_text(),
    "built.md": lambda report: report.to_markdown(),
    "built.html": lambda report: report.to_html(),
    "built.json": lambda report: report.to_json(),
    "built-80-columns.txt": lambda report: report.to_terminal(width=80),
    "built-authors.csv": lambda report: report.to_csv("authors"),
    "built.eml": lambda report: report.to_mail(
        sender="Ada Pfeiffer <ada@silicon.example>", to=["kvm@lists.example"]
    ),
}


@pytest.fixture(scope="module")
def make_report(tmp_path_factory):
    """Return a maker of the report; each call reads the inbox again."""
    path = make_sample(tmp_path_factory.mktemp("golden"))

    def make():
        inbox = Inbox.open(path)
        before, week = inbox.between(None, SAMPLE_RANGE[0]), inbox.between(*SAMPLE_RANGE)
        return build_report("The week of KVM", week, every_section(), before=before)

    return make


@pytest.mark.parametrize("name", FORMATS)
def test_a_built_report_is_as_its_file(make_report, name):
    """The report gives the bytes of the golden file, each time that it is built."""
    made = FORMATS[name](make_report()).encode()
    path = GOLDEN / name
    if os.environ.get("KVMINBOX_UPDATE_GOLDENS"):
        path.write_bytes(made)
    assert path.read_bytes() == made
    assert FORMATS[name](make_report()).encode() == made
