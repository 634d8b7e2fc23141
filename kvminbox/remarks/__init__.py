"""What replies say about which line, and whether the next version changed it."""

from kvminbox.remarks.find import parse_remarks

__all__ = ["parse_remarks"]
