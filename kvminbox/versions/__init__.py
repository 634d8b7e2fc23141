"""How series follow each other: revisions, chains, and what changed between them."""

from kvminbox.versions.chains import link_series
from kvminbox.versions.changelog import parse_changelog
from kvminbox.versions.compare import compare_series

__all__ = ["compare_series", "link_series", "parse_changelog"]
