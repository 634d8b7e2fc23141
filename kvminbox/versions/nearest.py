"""Which older series of a chain is the previous one."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kvminbox.versions.alike import (
    compare_topics,
    is_addition,
    is_neighbour,
    likeness,
    same_people,
    same_sender,
    share_of_files,
    share_of_titles,
    share_of_words,
    share_work,
)
from kvminbox.versions.carried import is_mostly_here
from kvminbox.versions.facts import Facts
from kvminbox.versions.finding import NAMED, Evidence
from kvminbox.versions.left_out import pass_left_out
from kvminbox.versions.likely import is_generic, is_within_reach
from kvminbox.versions.numbers import follows, is_next, may_follow
from kvminbox.versions.relations import decide_relation, is_part

DAY: Final = 86_400.0
"""Seconds within which series of one number may be parts, or attempts at sending."""

MAX_STEPS: Final = 100
"""Versions of a line that are walked back."""

Found = dict[Facts, dict[Facts, Evidence]]
"""For each series the earlier ones that it may continue."""

Listed = set[tuple[Facts, Facts]]
"""Pairs of series that a later one names one after the other, `v1: <id>` and `v2: <id>`."""


@dataclass(frozen=True)
class Line:
    """The series of a chain that another one may follow without direct evidence."""

    revisions: set[Facts]
    """Those that follow another one as a whole."""

    listed: Listed

    previous: dict[Facts, Facts]
    """The one that each of these follows."""


def find_previous(earlier: list[Facts], new: Facts, found: Found, line: Line) -> Facts | None:
    """Find the previous one: the nearest lower revision, else the nearest of the same number.

    Args:
        earlier: the candidates, older series of the chain.
        new: the series.
        found: the evidence between the series.
        line: the series of the chain that need no evidence of their own.
    """
    lower = [old for old in earlier if _is_lower(old, new, found, line)]
    same = [old for old in earlier if old not in lower and _is_same(old, new, found)]
    if new.is_partial or any(old.revision > new.revision for old in lower):
        # `[PATCH] x` behind `[PATCH v2] x` is later than both that and the first `[PATCH] x`
        rivals = lower + same
        nearest = _nearest_of(rivals, new, found, line) if rivals else None
    else:
        nearest = _nearest_by_number(lower, same, new, found, line)
    if nearest is None:
        return None
    following = ((old, line.previous.get(old)) for old in earlier if old in found[new])
    return pass_left_out(nearest, following, new, is_named=_is_named(nearest, new, found))


def _nearest_by_number(
    lower: list[Facts], same: list[Facts], new: Facts, found: Found, line: Line
) -> Facts | None:
    if same:
        nearest = _nearest_of(same, new, found, line)
        relation, _ = decide_relation(nearest, new, is_stated=is_stated(nearest, new, found))
        is_better = relation == "branch" and _is_better_found(lower, nearest, new, found)
        if not (is_better or _is_own_title_later(lower, nearest, new, found)):
            return nearest
    rivals = lower or same
    return _nearest_of(rivals, new, found, line) if rivals else None


def is_stated(old: Facts, new: Facts, found: Found) -> bool:
    """Whether a series' sender names an older one, so that its number does not matter."""
    return old in found[new] and found[new][old].is_stated


def _is_lower(old: Facts, new: Facts, found: Found, line: Line) -> bool:
    """Whether a series of the chain is a lower revision that another may follow.

    Without evidence of its own for it, the two must be close, or a later series must list
    them: a chain may hold two lone patches that came again in one series.
    """
    if evidence := found[new].get(old):
        return evidence.is_stated or follows(old, new) or is_part(old, new)
    if not (follows(old, new) and may_follow(old, new)):
        return False
    if (old, new) in line.listed or is_part(old, new):
        return (old, new) in line.listed
    is_in_line = old in line.revisions and new.revision_stated and found[new]
    if _is_own_work(old, new) or _is_next_in_line(old, new, found, line):
        return True
    return bool(is_in_line and same_people(old, new) and share_work(old, new))


def _is_next_in_line(old: Facts, new: Facts, found: Found, line: Line) -> bool:
    """Whether the next lower number follows, itself or by others, what a series continues.

    A v7 in the thread of v1, under a title of its own, is the next of v6.
    """
    if not (old.revision_stated and new.revision_stated):
        return False
    if not (old in line.revisions and is_mostly_here(old)):
        return False
    if not (is_next(old, new) and same_sender(old, new) and is_within_reach(old, new)):
        return False
    if any(is_next(other, new) or other.order > old.order for other in found[new]):
        return False  # a v2 of three, and what was taken out of it as a v1
    if new.said_revisions and old.revision not in new.said_revisions:
        return False  # `v2 -> v4: the v3 was a mistake`
    at: Facts | None = old
    for _ in range(MAX_STEPS):
        at = line.previous.get(at) if at in line.revisions else None
        if at is None or at in found[new]:
            break
    return at is not None and at in found[new]


def _is_same(old: Facts, new: Facts, found: Found) -> bool:
    """Whether a series of the chain has the same number as another, and is the same work."""
    if old in found[new]:
        return True
    if is_neighbour(old, new) or is_part(old, new) or is_generic(old, new):
        return False
    if is_addition(old, new) or _is_of_one_area(old, new):
        return False
    return may_follow(old, new) and _is_own_work(old, new)


def _is_of_one_area(old: Facts, new: Facts) -> bool:
    """Whether two lone patches have but their subsystem in common, not what they do to it."""
    return old.is_lone and new.is_lone and compare_topics(old.title, new.title) < 0.4


def _is_better_found(lower: list[Facts], same: Facts, new: Facts, found: Found) -> bool:
    """Whether a lower revision is the previous one, rather than one of the same number.

    The author's own words to it are believed before a number that was kept. Of a set that
    precedes another, and has numbers of its own, but others of the chain know: more patches of
    the lower revision come again, or its title is more like.
    """
    named = [old for old in lower if _is_named(old, new, found)]
    if named:  # unless it was sent again with the same words
        is_again = same in found[new] and all(_is_named(old, same, found) for old in named)
        return not (is_again and _is_close(same, new))
    direct = [_resemblance(old, new) for old in lower if old in found[new]]
    return same not in found[new] and max(direct, default=(-1, 0.0)) > _resemblance(same, new)


def _is_own_title_later(lower: list[Facts], same: Facts, new: Facts, found: Found) -> bool:
    """Whether the number below has its title, and was sent behind a larger set of its number."""
    return same.title != new.title and any(
        old.title == new.title and old.order > same.order and is_next(old, new)
        for old in lower
        if old in found[new]
    )


def _resemblance(old: Facts, new: Facts) -> tuple[int, float]:
    return _common(old, new), share_of_words(old.title, new.title)


def _is_named(old: Facts, new: Facts, found: Found) -> bool:
    return old in found[new] and found[new][old].score >= NAMED


def _nearest_of(rivals: list[Facts], new: Facts, found: Found, line: Line) -> Facts:
    """Return the highest, of those most like it: a half of a split series follows its own half.

    Numbers count before dates, but those of an RFC may start again. Of several with one
    number, the sender's own is meant, and of those of one day the one with most of its
    patches. A part that was collected counts only where no whole one has its number, nor
    the number before.
    """
    whole = [old for old in rivals if old.title == new.title or not is_part(old, new)]
    highest = max((old.revision for old in whole), default=-1)  # `[PATCH v0]` is there, too
    if any(is_next(old, new) for old in whole):
        rivals = whole
    rivals = [old for old in rivals if old in whole or old.revision > highest]
    close = [
        old
        for old in rivals
        if old in found[new] or _is_close(old, new) or _is_next_in_line(old, new, found, line)
    ]
    near = close or [old for old in rivals if share_work(old, new)] or rivals
    best = max(near, key=lambda old: (_number_below(old, new), old.order))
    same = [old for old in near if old.label == best.label]
    own = [old for old in same if same_people(old, new)] or same
    last = max(old.sent for old in own) - DAY
    return max(own, key=lambda old: (_common(old, new) if old.sent >= last else -1, old.order))


def _number_below(old: Facts, new: Facts) -> int:
    """Return an older one's number: `[RFC v3]` is as near to `[PATCH v3]` as `[PATCH v2]` is."""
    return min(old.revision, new.revision - 1)


def _common(old: Facts, new: Facts) -> int:
    return len(old.patch_titles & new.patch_titles)


def _is_close(old: Facts, new: Facts) -> bool:
    """Whether two series have one title, or most titles or words and files in common."""
    if old.title == new.title or share_of_titles(old, new) >= 0.5:
        return True
    return likeness(old, new) >= 0.6 and share_of_files(old, new) >= 0.5


def _is_own_work(old: Facts, new: Facts) -> bool:
    """Whether a series is close to another one of its sender in the same chain."""
    if "cover_only" in {old.status, new.status} and old.title == new.title:
        return same_people(old, new)
    return _is_close(old, new) and same_people(old, new) and share_work(old, new)


def find_listed(members: list[Facts], found: Found) -> Listed:
    """Find the pairs of older series that one series of a chain names one after the other."""
    listed: Listed = set()
    for facts in members:
        named = [old for old in found[facts] if _is_named(old, facts, found)]
        named.sort(key=lambda old: old.order)
        listed.update(pairwise(named))
    return listed


def is_of_part(new: Facts, part: Facts) -> bool:
    """Whether a series goes on with a part of an older one, not with the whole."""
    most = 2 * len(new.patch_titles & part.patch_titles) > len(new.patch_titles)
    return most or new.title == part.title


def is_sibling(old: Facts, previous: Facts | None, new: Facts, found: Found) -> bool:
    """Whether an older series has but the change-id of one that follows another of its number.

    Two series into which one was divided keep its change-id, as do the versions of each.
    """
    if previous is None or old is previous or old.label != previous.label:
        return False
    evidence = found[new][old]
    has_id_only = len(evidence.reasons) == 1 and not old.change_ids.isdisjoint(new.change_ids)
    return has_id_only and _is_close(previous, new) and not share_of_titles(old, new)
