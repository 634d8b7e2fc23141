"""Hostile strings as labels of charts, and as data of tables."""

import json

import pytest

from tests.hostile.live_text import find_live

frames = pytest.importorskip("kvminbox.frames")
plots = pytest.importorskip("kvminbox.plots")

CHARTS = [
    plots.activity, plots.domain_share, plots.first_reply, plots.reviewers, plots.series_size,
]  # fmt: skip
ACTING = {"href", "url", "expr", "signal", "transform", "params", "image", "tooltip", "usermeta"}


def _pieces(value):
    """Yield every name and every string of a chart specification."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner if isinstance(inner, str) else ""
            yield from _pieces(inner)
    elif isinstance(value, list):
        for inner in value:
            yield "", inner if isinstance(inner, str) else ""
            yield from _pieces(inner)


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_a_chart_holds_nothing_live(snapshot, draw):
    """No chart of hostile mails has markup, a link, an expression, or a live character."""
    more = {"top": 9999} if draw is plots.reviewers else {}
    chart = draw(snapshot, **more)
    pieces = list(_pieces(chart.to_dict()))
    assert not {name for name, _ in pieces} & ACTING
    for name, text in pieces:
        assert not find_live(text), ascii(text)
        if name == "labelExpr":  # our own, for hours and days
            assert "x()" not in text
        else:
            assert not set(text) & set("<>&"), text
    page = chart.to_html()
    assert "x()</script>" not in page
    assert "<script>x()" not in page


def test_a_chart_shows_the_hostile_names(snapshot):
    """The test above does not pass by showing nothing."""
    assert "‹" in json.dumps(plots.reviewers(snapshot, top=9999).to_dict(), ensure_ascii=False)


def test_tables_hold_what_the_mails_said(snapshot):
    """Tables are data: they hold subjects unchanged, for programs to count."""
    table = frames.messages(snapshot).to_arrow()
    subjects = [mail.subject.raw for mail in snapshot.messages()]
    assert table.column("subject").to_pylist() == subjects
    assert any(find_live(subject) for subject in subjects)
    assert not find_live(repr(frames.messages(snapshot)))
