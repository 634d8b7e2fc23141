"""Models as HTML, for a notebook's cell.

A card shows what matters of a value in a fixed amount of space; what does not fit is cut, and
a line says how much. It has no script, no link, no address and no style sheet. Colours are the
notebook's own, with tints that a light and a dark theme both carry.
"""

from kvminbox.models.cards.mails import show_hit, show_message, show_pull_request, show_submission
from kvminbox.models.cards.reviews import show_review
from kvminbox.models.cards.series import show_chain, show_series
from kvminbox.models.cards.subjects import show_subject
from kvminbox.models.cards.threads import show_thread
from kvminbox.models.cards.versions import show_comparison, show_patch_comparison

__all__ = [
    "show_chain",
    "show_comparison",
    "show_hit",
    "show_message",
    "show_patch_comparison",
    "show_pull_request",
    "show_review",
    "show_series",
    "show_subject",
    "show_submission",
    "show_thread",
]
