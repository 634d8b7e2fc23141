"""Whether a series in the thread of another one, or below a remark on it, goes on with it."""

from kvminbox.versions.alike import (
    compare_topics,
    is_recent,
    likeness,
    same_people,
    same_sender,
    share_of_files,
    share_work,
)
from kvminbox.versions.facts import Facts
from kvminbox.versions.numbers import follows, is_next


def is_answer(old: Facts, new: Facts) -> bool:
    """Whether a series sent into another's thread is a new revision of it.

    People answer their own series with a companion for another tree, and other
    people's with a different idea: titles and files have to agree, too.
    """
    alike = likeness(old, new)
    if not same_people(old, new):
        return alike == 1 and share_work(old, new)
    if new.is_resend and not follows(old, new):
        return is_sent_once_more(old, new)
    if follows(old, new):
        is_near = alike >= 0.3 and share_work(old, new)
        if is_next(old, new) and new.revision_stated:
            is_near = is_near or alike >= 0.4  # a v2 that goes another way, in another file
        return is_near or alike >= 0.5 or share_of_files(old, new) >= 0.5
    return alike == 1 and share_work(old, new)


def is_answer_below(old: Facts, new: Facts) -> bool:
    """Whether a series is a new revision of one that stands above the answers that it answers.

    Of somebody else it is that only with a higher number: people answer with another way, too.
    A v3 in the thread of v1 may be the next of a v2 that is elsewhere.
    """
    is_due = is_next(old, new) if follows(old, new) else same_people(old, new)
    return is_due and is_answer(old, new)


def is_sent_once_more(old: Facts, new: Facts) -> bool:
    """Whether a series that is marked RESEND, in another's thread, is that one, not its neighbour.

    Of two lone patches, sent again together, the second answers the first one.
    """
    if likeness(old, new) == 1:
        return True
    return share_work(old, new) and compare_topics(old.title, new.title) >= 0.5


def is_next_below(old: Facts, new: Facts) -> bool:
    """Whether a lone patch below another one is its next number, whatever its title.

    Both have one sender, and the older one's files are changed again, or most of them.
    """
    if not (old.is_lone and new.is_lone and same_sender(old, new)):
        return False
    if not (is_next(old, new) and new.revision_stated and is_recent(old, new, days=60)):
        return False
    return 2 * len(old.files & new.files) >= len(old.files) > 0


def is_redone_below(old: Facts, new: Facts) -> bool:
    """Whether a lone patch, in answer to a remark on one of the same sender, replaces it.

    It has no number, and another title. What a sender adds to a patch answers the patch itself.
    """
    if not (old.is_lone and new.is_lone and same_sender(old, new)):
        return False
    if new.revision_stated or new.revision != old.revision or not is_recent(old, new, days=60):
        return False
    if not new.parents or new.parents[-1] in old.ids:
        return False
    return share_of_files(old, new) >= 0.5
