"""How long it takes from the first version of a series to the tree."""

from kvminbox.analysis import Snapshot
from kvminbox.models import Corpus, Progress, PullRequest, Wait
from kvminbox.order import sent_time
from kvminbox.plots.altair import altair as alt
from kvminbox.plots.style import COLOURS, GREY, Record, finish, make_data, make_title
from kvminbox.plots.waits import estimate_answered, find_median
from kvminbox.review.review import find_end
from kvminbox.upstream import Code
from kvminbox.upstream.several import check_tree

_DAY = 86_400.0


def time_to_land(corpus: Corpus, tree: Code, *, progress: Progress | None = None) -> alt.LayerChart:
    """Draw the share of series that were in a tree within a given time after their first version.

    A chain of revisions counts once, from its first version in the corpus to the last commit
    that was made from any of them. What has not landed by the corpus's end may still: it is
    censored, and counts as waiting for as long as it was observed (the Kaplan-Meier
    estimate). What landed in another tree, or rewritten by others, counts as not landed, so the
    share is a lower bound. Pull requests and series without a date are left out.

    Args:
        corpus: a window that reaches back to the first versions; all its mails are held.
        tree: where to look.
        progress: is called with how far the reading is.
    """
    check_tree(tree)  # before the mails are read
    snapshot = Snapshot.of(corpus, progress=progress)
    landings = snapshot.landings(tree)
    end = find_end(snapshot.messages())
    waits = []
    for chain in snapshot.chains():
        first = chain.series[0]
        if isinstance(first.cover, PullRequest) or first.date is None or end is None:
            continue
        last = [one.last for one in map(landings.of_series, chain.series) if one.last]
        stop = max(last) if last else end
        seconds = max(0.0, stop.timestamp() - sent_time(first.messages[0]))
        waits.append(Wait(seconds=seconds, open=not last))
    curve = estimate_answered(waits)
    still = sum(wait.open for wait in waits)
    median = find_median(curve)
    notes = [
        f"{len(waits):,} series; {still:,} not in {tree.name} count as open (Kaplan-Meier).",
        f"Half of them were in it after {median / _DAY:.1f} days." if median is not None else "",
    ]
    title = make_title("From the first version to the tree", notes)
    return finish(_draw(curve), title, height=240)


def _draw(curve: list[tuple[float, float]]) -> alt.LayerChart:
    records: list[Record] = [
        {"days": round(seconds / _DAY, 3), "share": round(share, 6)} for seconds, share in curve
    ]
    share = alt.Y(
        "share:Q", title="series in the tree", scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )  # fmt: skip
    line = (
        alt.Chart(make_data([{"days": 0.0, "share": 0.0}, *records]))
        .mark_line(interpolate="step-after", color=COLOURS[0], strokeWidth=2)
        .encode(x=alt.X("days:Q", title="days since the first version"), y=share)
    )
    half = alt.Chart(make_data([{"share": 0.5}])).mark_rule(color=GREY, strokeDash=[4, 4])
    return alt.LayerChart(layer=[half.encode(y="share:Q"), line])
