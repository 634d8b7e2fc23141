"""The section that counts what came; its result has figures only."""

from kvminbox.analysis import compute_overview
from kvminbox.reports.section import Section


def overview() -> Section:
    """Return the section that counts mails by kind, senders and threads."""
    return Section("overview", compute_overview)
