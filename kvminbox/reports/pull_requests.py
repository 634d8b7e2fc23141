"""The section that lists pull requests, a row each."""

from kvminbox.analysis import compute_pull_requests
from kvminbox.reports.section import Section


def pull_requests() -> Section:
    """Return the list of pull requests."""
    return Section("pull_requests", compute_pull_requests)
