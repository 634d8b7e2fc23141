"""Where the mails are shown that a review names: as those of its series, which know their list."""

from typing import Final

from kvminbox.models.begun import find_kept
from kvminbox.models.lore import fill_url, find_lore_url
from kvminbox.models.review import SeriesReview
from kvminbox.models.series import Series

_LIST: Final = "_list_place"
"""Kept beside the fields: equality and JSON do without it, and a `model_copy` keeps it."""


def keep_list(review: SeriesReview, series: Series) -> SeriesReview:
    """Return the same review; if a mail says that it was applied, it knows the list it is of."""
    first = next(iter(series.messages), None)
    if first is not None and review.applied:
        pattern: str | None = find_kept(first, "_url_pattern")
        vars(review)[_LIST] = pattern, first.list_id
    return review


def find_mail_url(review: SeriesReview, message_id: str | None) -> str | None:
    """Return where a mail that a review names should be shown; None if that is not known."""
    pattern, list_id = vars(review).get(_LIST, (None, None))
    return fill_url(pattern, message_id) if pattern else find_lore_url(message_id, list_id)
