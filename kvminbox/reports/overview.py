"""The section that counts what came, and when."""

from kvminbox.analysis import Overview, compute_overview
from kvminbox.display import Block
from kvminbox.reports.layout import draw_activity, lay_out, lay_out_figures
from kvminbox.reports.section import Section


def overview() -> Section[Overview]:
    """Return the section that counts mails by kind, senders and threads."""
    return Section("overview", compute_overview)


@lay_out.register
def lay_out_overview(result: Overview) -> list[Block]:
    """Return the figures as a table, below when the mails came; nothing of what never came."""
    came = [figure for figure in result.figures if figure.count or figure.before]
    return [*draw_activity("Messages", result.activity), *lay_out_figures(came or result.figures)]
