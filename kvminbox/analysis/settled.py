"""Remarks that need nothing any more, as tags and mails that say `applied` tell."""

from datetime import datetime
from typing import Final

from kvminbox.models import Remark, SeriesReview
from kvminbox.remarks.content import informs, is_content
from kvminbox.remarks.done import is_done, wants_more
from kvminbox.review.naks import only_withdraws
from kvminbox.trailers import is_same_person

_CONSENTS: Final = frozenset({"Reviewed-by", "Acked-by"})


def is_settled(remark: Remark, review: SeriesReview) -> bool:
    """Whether whoever wrote a remark approved of the patch, or somebody took it since then.

    Or its author withdrew it.

    A tag in the same mail settles it, too, and so does a remark that says that its writer took or
    mended the patch, or that praises it without a doubt. A Tested-by does not, nor do other
    mails' free words about what was applied, which may be misread. In a mail with such words, only
    remarks with a wish or bad news are open.

    Args:
        remark: the remark.
        review: the review of the series that it is about.
    """
    if is_done(remark.text) or is_content(remark.text) or informs(remark.text):
        return True
    if only_withdraws(remark.text):
        return True
    numbers = (remark.patch,) if remark.patch else ()
    if numbers and any(
        _is_since(remark, one.date) and set(numbers) <= set(one.patches)
        for one in review.withdrawals
    ):
        return True
    is_taking = any(
        one.message_id == remark.message_id and set(numbers) <= set(one.patches)
        for one in review.applied
    )
    if is_taking and not wants_more(remark.text):
        return True
    taken = [(one.date, one.patches) for one in review.applied if one.form != "free"]
    taken += [(one.date, one.patches) for one in review.pulled]
    if any(_is_since(remark, date) and set(numbers) <= set(found) for date, found in taken):
        return True
    return any(
        tag.name in _CONSENTS
        and (
            tag.person.key == remark.sender.key or is_same_person(tag.person, remark.sender) is True
        )
        and tag.self_attested is not False
        and (tag.message_id == remark.message_id or _is_since(remark, tag.date))
        # a patch that carries the tag already is not among those that it was given to
        and (not tag.patches or set(numbers) <= set(tag.patches))
        for tag in review.tags
    )


def _is_since(remark: Remark, date: datetime | None) -> bool:
    return date is not None and remark.date is not None and date >= remark.date
