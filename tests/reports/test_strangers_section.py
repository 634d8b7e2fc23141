"""The example of a user's section: short, and in every format."""

import importlib
import json
import sys
from pathlib import Path

import pytest

from kvminbox import Inbox
from kvminbox.reports import build_report, sections
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.reports.report_windows import FORMATS

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def night_owls(monkeypatch):
    """Return the example's section, imported as the script is."""
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.delitem(sys.modules, "who_sends_at_night", raising=False)
    return importlib.import_module("who_sends_at_night").night_owls


def test_a_strangers_section_is_short():
    """The script with the section and its report has 20 lines at the most."""
    lines = (EXAMPLES / "who_sends_at_night.py").read_text("utf-8").splitlines()
    assert len(lines) <= 20
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "repr"])
def test_a_strangers_section_shows_in_every_format(night_owls, tmp_path, name):
    """Its heading, counts and people are in each format, beside a shipped section."""
    inbox = Inbox.open(make_sample(tmp_path))
    before, week = inbox.between(None, SAMPLE_RANGE[0]), inbox.between(*SAMPLE_RANGE)
    report = build_report("Ours", week, [sections.bots(), night_owls], before=before)
    shown = FORMATS[name](report)
    assert "Fay Osei" in shown
    assert name == "CSV" or ("patches at night" in shown and "Night owls" in shown)


def test_a_strangers_section_counts_rightly(night_owls, tmp_path):
    """Its count is that of the patches, and its JSON names the messages."""
    week = Inbox.open(make_sample(tmp_path)).between(*SAMPLE_RANGE)
    report = build_report("Ours", week, [night_owls])
    wanted = [patch for patch in week.patches() if patch.date and patch.date.hour < 5]
    assert report.result["night_owls"].figures[0].count == len(wanted) > 0
    rows = json.loads(report.to_json())["sections"][0]["result"]["rows"]
    named = {ref["message_id"] for row in rows for ref in row["messages"]}
    assert named == {patch.message_id for patch in wanted}
