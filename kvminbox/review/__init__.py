"""What reviewers gave: tags and replies, and how far a series has come."""

from kvminbox.review.applying import find_committers
from kvminbox.review.committers import Commits, Committers
from kvminbox.review.reply_trailers import parse_reply_trailers
from kvminbox.review.review import review_all, review_series

__all__ = [
    "Commits",
    "Committers",
    "find_committers",
    "parse_reply_trailers",
    "review_all",
    "review_series",
]
