"""What charts are made of: periods, labels, colours, and the estimate of waits."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.dates.periods import find_next, find_start, list_periods
from kvminbox.errors import UsageError
from kvminbox.models import Wait
from kvminbox.plots.labels import MAX_LABEL, make_label, make_labels
from kvminbox.plots.style import COLOURS, GREY, restyle
from kvminbox.plots.waits import estimate_answered, find_median

PERIODS = st.sampled_from(["day", "week", "month", "quarter", "year"])
MOMENTS = st.datetimes(
    datetime(1971, 1, 1), datetime(2099, 1, 1),
    timezones=st.timezones(),
)  # fmt: skip
WAITS = st.lists(st.builds(Wait, seconds=st.integers(0, 50).map(float), open=st.booleans()))


@given(MOMENTS, PERIODS)
def test_a_moment_is_in_one_period(moment, by):
    """A moment of any zone is on or after its period's first day, and before the next one's."""
    start = find_start(moment, by)
    assert start <= moment.astimezone(UTC).date() < find_next(start, by)
    assert find_start(datetime(start.year, start.month, start.day, tzinfo=UTC), by) == start


@given(MOMENTS, st.integers(0, 400), PERIODS)
def test_periods_leave_no_gap(moment, days, by):
    """Each period begins where the one before ended, from the first to the last."""
    first, last = (find_start(moment + timedelta(days=n), by) for n in (0, days))
    periods = list(list_periods(first, last, by))
    assert (periods[0][0], periods[-1][0]) == (first, last)
    assert all(before[1] == after[0] for before, after in pairwise(periods))


def test_a_week_begins_on_monday_and_a_quarter_in_its_month():
    """Known days have the periods that a calendar gives."""
    moment = datetime(2023, 11, 5, 23, tzinfo=UTC)  # a Sunday
    assert find_start(moment, "week") == date(2023, 10, 30)
    assert find_start(moment, "quarter") == date(2023, 10, 1)
    assert find_start(moment, "year") == date(2023, 1, 1)


@given(st.lists(st.text()))
def test_labels_differ_and_are_short(texts):
    """Each text has a label of its own, without markup and of a few characters."""
    labels = make_labels(texts)
    assert len(set(labels)) == len(labels) == len(texts)
    assert all(len(label) <= MAX_LABEL + 8 for label in labels)
    assert not set("".join(labels)) & set("<>&\n\x1b\u202e")


def test_a_long_label_ends_with_a_sign():
    """A cut label ends in an ellipsis."""
    assert make_label("x" * 100) == "x" * (MAX_LABEL - 1) + "…"


def luminance(colour):
    """Return a colour's relative luminance, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [*COLOURS, GREY])
@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_a_colour_is_seen_on_light_and_dark(colour, page):
    """Bars and text have a contrast of at least 3 to 1 with a light and with a dark page."""
    light, dark = sorted([luminance(colour), luminance(page)], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_text_is_read_on_light_and_dark(page):
    """Text has a contrast of 4.3 to 1 with both: more with one were less with the other."""
    light, dark = sorted([luminance(GREY), luminance(page)], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.3


def test_open_waits_are_no_zeros_and_not_left_out():
    """The estimate is that of the textbook: an open wait counts up to its time."""
    waits = [Wait(seconds=1, open=False), Wait(seconds=2), Wait(seconds=3, open=False)]
    assert estimate_answered(waits) == [(1, pytest.approx(1 / 3)), (3, 1)]
    waits = [Wait(seconds=1, open=False), Wait(seconds=1), Wait(seconds=2, open=False),
             Wait(seconds=5)]  # fmt: skip
    assert estimate_answered(waits) == [
        (1, pytest.approx(1 / 4)), (2, pytest.approx(5 / 8)), (5, pytest.approx(5 / 8))
    ]  # fmt: skip


@given(WAITS)
def test_the_share_rises_and_is_a_share(waits):
    """The estimate never falls, stays between 0 and 1, and ends at the longest wait."""
    curve = estimate_answered(waits)
    shares = [share for _, share in curve]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert [seconds for seconds, _ in curve[-1:]] == sorted(w.seconds for w in waits)[-1:]


@given(WAITS)
def test_without_open_waits_it_is_the_plain_share(waits):
    """Where all waits have ended, the estimate is the share of those that were as short."""
    ended = [wait.model_copy(update={"open": False}) for wait in waits]
    for seconds, share in estimate_answered(ended):
        plain = sum(wait.seconds <= seconds for wait in ended) / len(ended)
        assert share == pytest.approx(plain)


def test_a_median_is_there_only_where_half_have_ended():
    """Where fewer than half have ended, no median is made up."""
    assert find_median([(1, 0.2), (3, 0.5), (9, 0.9)]) == 3
    assert find_median([(1, 0.2)]) is None


WITHOUT = """
import sys
sys.modules["altair"] = None  # as if it were not installed
import kvminbox
try:
    from kvminbox import plots
except kvminbox.KvminboxError as error:
    assert isinstance(error, ImportError)
    print(error)
"""


def test_the_extra_of_charts_is_named():
    """The error is one of ours, one line, and says what to install."""
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    assert run.stdout == (
        "kvminbox.plots: charts need Altair, which is not installed; "
        'install it with `pip install "kvminbox[plots]"`\n'
    )


def test_the_front_door_does_not_load_altair():
    """`import kvminbox` costs nothing of the charts or the notebooks."""
    code = "import sys, kvminbox, kvminbox.notebook; print({'altair', 'IPython'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_a_chart_of_ones_own_can_be_read_on_both_pages():
    """A restyled chart has no background and no black text; what it says itself stays."""
    one = alt.Chart(alt.InlineData(values=[{"n": 1}])).mark_bar().encode(x="n:Q")
    own = one.configure_axis(labelColor="red", grid=False).configure_view(step=9)
    charts = [one, own, one | one, one & one, one + one, one.facet("n:N"), one.repeat(["n"])]
    for chart in charts:
        before = chart.to_dict()
        config = restyle(chart).to_dict()["config"]
        assert config["background"] == "transparent"
        for part in ("axis", "legend", "header"):
            assert {config[part][name] for name in ("labelColor", "titleColor")} <= {GREY, "red"}
        assert config["title"]["color"] == config["text"]["color"] == GREY
        assert chart.to_dict() == before
    config = restyle(own).to_dict()["config"]
    assert config["axis"]["labelColor"] == "red"
    assert config["axis"]["grid"] is False
    assert config["axis"]["titleColor"] == GREY
    assert config["view"]["step"] == 9
    assert "red" not in str(restyle(one).to_dict())


def test_only_a_chart_is_restyled():
    """What is no chart, such as its specification, is refused."""
    with pytest.raises(UsageError, match="expected a chart of Altair's, not this dict"):
        restyle({})
