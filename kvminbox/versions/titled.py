"""What it tells that two series have one title, or patches of one title."""

from kvminbox.versions.alike import is_recent, is_within, same_people, same_sender, share_work
from kvminbox.versions.carried import (
    is_collected,
    is_grown_from_rfc,
    is_mostly_here,
    is_next_part,
    is_taken_in,
)
from kvminbox.versions.facts import Facts
from kvminbox.versions.finding import SURE, Finding
from kvminbox.versions.left_out import is_number_left_out, is_number_repeated
from kvminbox.versions.likely import (
    is_generic,
    is_listed_before,
    is_same_work,
    is_sent_again,
    is_sent_anew,
    is_within_reach,
)
from kvminbox.versions.numbers import is_raised


def judge_title(old: Facts, new: Facts) -> Finding | None:
    """Return what speaks for a series with the title and the sender of an older one."""
    if is_listed_before(old, new):
        reason = f"title and sender are the same, and it lists changes from {old.label}"
        return Finding(old, reason, 0.95, is_stated=True)
    if is_number_left_out(old, new):
        reason = f"title and sender are those of {old.label}, without its number"
        return Finding(old, reason, 0.8, is_stated=True)
    if is_number_repeated(old, new):
        reason = f"title and sender are those of {old.label}, with a lower number"
        return Finding(old, reason, 0.8, is_stated=True)
    if is_same_work(old, new):
        return Finding(old, "title and sender are the same", 0.8)
    return None


def judge_patch_titles(old: Facts, new: Facts, count: int) -> Finding | None:
    """Return what speaks for a series with titles of an older one's patches.

    Args:
        old: the older series.
        new: the later one.
        count: how many titles they have in common.
    """
    if old.whole is new:
        reason = "sender, number and the patches that it has are the same within a day"
        return Finding(old, reason, SURE)
    half = 2 * count >= max(len(old.patch_titles), len(new.patch_titles))
    is_near = is_within_reach(old, new) if half else is_recent(old, new)
    if not is_near or is_generic(old, new):
        return None
    if is_taken_in(old, new):
        # a set of its own, which may be a v1 that has somebody's v2
        return Finding(old, "the author's older patches are some of it", 0.75, is_stated=True)
    if not same_people(old, new):
        if half and old.title == new.title and share_work(old, new) and is_raised(old, new):
            return Finding(old, "titles and files are the same, but the sender differs", 0.7)
        return None
    if not half:
        return _judge_part(old, new, count)
    if is_raised(old, new):
        reason = f"{_who(old, new)} and most titles of patches are the same"
        return None if is_sent_on(old, new) else Finding(old, reason, 0.8)
    return _judge_again(old, new) or _judge_part(old, new, count)


def _judge_again(old: Facts, new: Facts) -> Finding | None:
    """Return what speaks for a series that was sent again without another number."""
    if is_sent_again(old, new):
        reason = "sender, number and most titles of patches are the same within a day"
        return Finding(old, reason, SURE)
    if is_sent_anew(old, new):
        return Finding(old, "sender and all titles of patches are the same", 0.75)
    return None


def _judge_part(old: Facts, new: Facts, count: int) -> Finding | None:
    """Return what speaks for a series that has some titles of an older one, or the other way."""
    who = _who(old, new)
    if is_within(new, old) and not old.files.isdisjoint(new.files):
        reason = f"its patches are some of the {who}'s older ones"
        return Finding(old, reason, 0.75 if is_raised(old, new) else 0.7)
    if 2 * count >= len(new.patch_titles) and is_next_part(old, new):
        return Finding(old, f"half of its patches are some of the {who}'s older ones", 0.7)
    if is_collected(old, new):
        # of a set that is not all here another one may have more
        score = 0.75 if is_mostly_here(old) else 0.65
        return Finding(old, f"the {who}'s older patches are some of it", score)
    if is_grown_from_rfc(old, new):
        reason = f"most titles of the {who}'s RFC are some of its titles"
        return Finding(old, reason, 0.75)
    return None


def _who(old: Facts, new: Facts) -> str:
    """Return who is the same: of an author whom somebody else sends, the sender is another one."""
    return "sender" if same_sender(old, new) else "author"


def is_sent_on(old: Facts, new: Facts) -> bool:
    """Whether another sender has but a patch of a series of which most is not here.

    It bears its author's name still: that does not make the other series the next one.
    """
    return not (is_mostly_here(old) or same_sender(old, new))
