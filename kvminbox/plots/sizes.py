"""How many patches a series has."""

from collections import Counter
from typing import Final

from kvminbox.models import Corpus, Progress
from kvminbox.models.corpus import check_corpus
from kvminbox.plots.altair import altair as alt
from kvminbox.plots.style import Record, colour_scale, finish, make_data, make_title

SIZES: Final = {
    "none": 0, "1": 1, "2": 2, "3–4": 4, "5–8": 8, "9–16": 16, "17–32": 32, "33–64": 64,
}  # fmt: skip
"""The greatest size of each class."""

LARGEST: Final = "65+"
REVISIONS: Final = ("first version", "later versions")


def series_size(corpus: Corpus, *, progress: Progress | None = None) -> alt.Chart:
    """Draw how many series have how many patches, first versions and later ones.

    It counts the patches that the corpus has; missing ones may be outside it. The
    classes grow wider, so a bar is not a density. A later version is one whose
    mails say v2 or more. Much work may be a single patch, and a long series may be
    a rename.

    Args:
        corpus: a window, an index, or any other corpus; all its mails are held.
        progress: is called with how far the reading is.
    """
    check_corpus(corpus)
    counts: Counter[tuple[str, str]] = Counter()
    incomplete = 0
    for series in corpus.series(progress=progress):
        found = len(series.patches)
        size = next((name for name, most in SIZES.items() if found <= most), LARGEST)
        counts[size, REVISIONS[series.revision > 1]] += 1
        incomplete += bool(series.missing)
    notes = [
        f"{counts.total():,} series, by the number of patches that are here.",
        f"{incomplete:,} of them {'lacks' if incomplete == 1 else 'lack'} patches."
        if incomplete
        else "",
    ]
    chart = _draw(_records(counts))
    return finish(chart, make_title("Patches per series", notes), height=220)


def _records(counts: Counter[tuple[str, str]]) -> list[Record]:
    """Return all classes up to the largest in use; `none` only if it is in use."""
    seen = {name for name, _ in counts}
    names = [*SIZES, LARGEST]
    last = max((names.index(name) for name in seen), default=-1)
    return [
        {"patches": name, "version": version, "series": counts[name, version], "order": place}
        for name in names[: last + 1]
        if name != "none" or name in seen
        for place, version in enumerate(REVISIONS)
    ]


def _draw(records: list[Record]) -> alt.Chart:
    names = list(dict.fromkeys(str(record["patches"]) for record in records))
    axis = alt.Axis(labelAngle=-45, title="patches in the series")
    chart: alt.Chart = (
        alt.Chart(make_data(records))
        .mark_bar()
        .encode(
            x=alt.X("patches:N", sort=names, axis=axis),
            y=alt.Y("series:Q", axis=alt.Axis(tickMinStep=1), stack="zero"),
            color=alt.Color("version:N", title=None, scale=colour_scale(REVISIONS)),
            order=alt.Order("order:Q"),
        )
    )
    return chart
