"""The sample's update in every format, against files that a reviewer has seen.

Run with KVMINBOX_UPDATE_GOLDENS=1 to write the files again, then read the diff.
"""

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("golden")
FORMATS = {
    "sample-update.txt": lambda report: report.to_text(),
    "sample-update.md": lambda report: report.to_markdown(),
    "sample-update.html": lambda report: report.to_html(),
    "sample-update.json": lambda report: report.to_json(),
    "sample-update-80-columns.txt": lambda report: report.to_terminal(width=80),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_as_its_file(sample_report, name):
    """The sample's update gives the bytes of the golden file."""
    made = FORMATS[name](sample_report).encode()
    path = GOLDEN / name
    if os.environ.get("KVMINBOX_UPDATE_GOLDENS"):
        path.write_bytes(made)
    assert path.read_bytes() == made


def test_a_report_is_the_same_when_asked_again(sample_report):
    """Each format gives the same text twice: rendering changes nothing in the report."""
    for render in FORMATS.values():
        assert render(sample_report) == render(sample_report)
