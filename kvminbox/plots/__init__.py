"""Charts of a corpus, as Altair's: what happens on a list, who reviews, how long one waits.

>>> from kvminbox import Inbox, plots
>>> from kvminbox.sample import make_sample
>>> chart = plots.series_size(Inbox.open(make_sample()).between(None))
>>> chart.title.text
'Patches of a series'

A chart holds its numbers itself, as plain records; the same window gives the same JSON. It has
no background of its own and colours that a light and a dark page both carry. Text of mails is in
labels only, cut and made safe: never in a tooltip, a link or an expression. Sizes and the rest
are yours to change, as of any chart: `chart.properties(width=300)`.

To draw several charts of one window, read it once: give them a `kvminbox.analysis.Snapshot`.
It needs Altair, which is the extra `plots`.
"""

from kvminbox.plots.domains import domain_share
from kvminbox.plots.mails import activity
from kvminbox.plots.periods import Period
from kvminbox.plots.sizes import series_size
from kvminbox.plots.tags import reviewers
from kvminbox.plots.waits import first_reply

__all__ = [
    "Period",
    "activity",
    "domain_share",
    "first_reply",
    "reviewers",
    "series_size",
]
