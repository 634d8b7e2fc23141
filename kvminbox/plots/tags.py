"""Who gives tags."""

from typing import Final

from kvminbox.analysis import Who, compute_reviewers
from kvminbox.models import Corpus
from kvminbox.models.corpus import check_corpus
from kvminbox.plots.altair import altair as alt
from kvminbox.plots.labels import make_labels
from kvminbox.plots.style import COLOURS, Record, finish, make_data, make_title

_WIDEST: Final = 240
"""Pixels that a name may take; a longer one is cut."""

_MOST_TICKS: Final = 6
"""Numbers below the bars."""

_LETTER: Final = 7
"""Pixels of a letter, about, at the axes' size."""


def reviewers(corpus: Corpus, *, top: int = 15, who: Who | None = None) -> alt.Chart:
    """Draw who gave Reviewed-by or Acked-by in the most mails.

    It counts mails that give such a tag in their sender's own name, as in
    `kvminbox.analysis.compute_reviewers`. It does not count comments without a tag,
    which are most of a review, or tags in the patches themselves. A person with two
    addresses is two, unless `who` joins them.

    Args:
        corpus: a window, an index, or any other corpus.
        top: how many are shown; ties at the cut are ordered by text.
        who: returns the name under which an address counts, as `kvminbox.people` can.
    """
    check_corpus(corpus)
    ranking = compute_reviewers(corpus, who=who, top=top)
    shown = ranking.rows[: max(top, 0)]
    labels = make_labels(_name(row.text) for row in shown)
    records: list[Record] = [
        {"name": label, "mails": row.count} for label, row in zip(labels, shown, strict=True)
    ]
    left = len(ranking.rows) - len(shown)
    notes = [
        "Mails that give Reviewed-by or Acked-by in their sender's own name.",
        f"{left:,} more {'person' if left == 1 else 'people'} gave such a tag." if left else "",
    ]
    chart: alt.Chart = (
        alt.Chart(make_data(records))
        .mark_bar(color=COLOURS[0])
        .encode(
            x=alt.X(
                "mails:Q",
                title="mails with a tag",
                axis=_count_axis(max((row.count for row in shown), default=0)),
            ),
            y=alt.Y("name:N", title=None, sort=labels, axis=_axis_for(labels)),
        )
    )
    return finish(chart, make_title("Reviewers", notes), height=20 * max(len(shown), 1))


def _count_axis(most: int) -> alt.Axis:
    """Return an axis of whole mails; of one or two Vega would name halves."""
    if most <= _MOST_TICKS:
        return alt.Axis(values=list(range(most + 1)), format="d", labelFlush=False)
    return alt.Axis(tickMinStep=1, tickCount=_MOST_TICKS, labelFlush=False)


def _axis_for(labels: list[str]) -> alt.Axis:
    """Return an axis that has room for its names.

    A browser that has not loaded the font yet takes them for narrower than they are, and
    cuts their first letters off.
    """
    longest = max(map(len, labels), default=0)
    return alt.Axis(labelLimit=_WIDEST, minExtent=min(longest * _LETTER, _WIDEST))


def _name(text: str) -> str:
    """Return the name of a mailbox as written, or the whole text if there is none.

    >>> _name('"Okafor, Ben" <ben@cloud.example>'), _name("<ben@cloud.example>")
    ('Okafor, Ben', '<ben@cloud.example>')
    """
    name = text.rpartition("<")[0].strip().strip('"')
    return name or text
