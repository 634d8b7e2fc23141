"""What replies say about which line, and whether the next version changed it."""

from kvminbox.remarks.find import parse_remarks
from kvminbox.remarks.follow import collect_remarks, follow_up, follow_up_all

__all__ = ["collect_remarks", "follow_up", "follow_up_all", "parse_remarks"]
