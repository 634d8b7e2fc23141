"""Series from messages: which patches were sent together."""

from kvminbox.series.group import group_series

__all__ = ["group_series"]
