"""Altair charts of a corpus: what happens on a list, who reviews, how long series wait.

>>> from kvminbox import Inbox, plots
>>> from kvminbox.sample import make_sample
>>> chart = plots.series_size(Inbox.open(make_sample()).between(None))
>>> chart.title.text
'Patches per series'

A chart includes its numbers, as plain records; the same window makes the same JSON. It has no
background, and colours that work on light and dark pages. Text from mails appears only in labels,
cut and made safe: never in a tooltip, a link or an expression. Size and style can be changed as
in any chart: `chart.properties(width=300)`. `restyle` gives charts of your own that style.

To draw several charts of one window, read it once: pass a `kvminbox.analysis.Snapshot`.
It needs Altair, from the extra `plots`.
"""

from typing import TYPE_CHECKING

from kvminbox.dates.periods import Period
from kvminbox.lazy import suggest_names
from kvminbox.plots.domains import domain_share
from kvminbox.plots.landed import time_to_land
from kvminbox.plots.mails import activity
from kvminbox.plots.sizes import series_size
from kvminbox.plots.style import restyle
from kvminbox.plots.tags import reviewers
from kvminbox.plots.waits import first_reply

__all__ = [
    "Period",
    "activity",
    "domain_share",
    "first_reply",
    "restyle",
    "reviewers",
    "series_size",
    "time_to_land",
]

if not TYPE_CHECKING:  # else any name would pass for one of these
    __getattr__ = suggest_names(__name__)
