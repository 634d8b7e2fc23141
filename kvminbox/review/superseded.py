"""Whether a newer version is the reason that a series waits for nothing any more."""

from collections.abc import Iterable

from kvminbox.models import Applied, Pulled, Series, SeriesRef
from kvminbox.review.answers import AnswerIndex
from kvminbox.trailers import is_same_person
from kvminbox.versions.titles import normalise_title


def is_superseded(series: Series, taken: Iterable[Applied | Pulled], index: AnswerIndex) -> bool:
    """Whether a series has a newer version.

    What was surely applied by then is not superseded where somebody else sent it on, in a set
    that builds on it, or where its sender did another thing to the same lines.

    Args:
        series: the series, as a chain holds it.
        taken: what was applied of it, and which pull requests have it.
        index: knows who sent the newer one.
    """
    following = series.next
    if following is None or following.date is None:
        return following is not None
    end = following.date
    sure = [one for one in taken if one.date and one.date < end and _is_sure(one)]
    if not set(series.numbers) <= {number for one in sure for number in one.patches}:
        return True
    return _is_of_sender(series, following, index)


def _is_sure(one: Applied | Pulled) -> bool:
    return isinstance(one, Pulled) or one.form != "free"


def _is_of_sender(series: Series, following: SeriesRef, index: AnswerIndex) -> bool:
    """Whether what follows has the sender, and the title or a higher number."""
    sender = index.find_sender(following.message_id)
    if sender is not None and is_same_person(sender, series.sender) is False:
        return False
    has_title = normalise_title(following.title) == normalise_title(series.title)
    return has_title or following.label != series.ref.label
