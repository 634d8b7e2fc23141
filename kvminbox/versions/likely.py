"""What makes two series one work, besides what their authors say of it."""

from collections.abc import Mapping
from typing import Final

from kvminbox.versions.alike import (
    compare_titles,
    compare_topics,
    is_elsewhere,
    is_neighbour,
    is_recent,
    same_people,
    same_sender,
    share_of_files,
    share_of_titles,
    share_work,
)
from kvminbox.versions.facts import Facts
from kvminbox.versions.numbers import follows, is_next, is_unlabelled_resend
from kvminbox.versions.titles import cut_area

MIN_WORDS: Final = 6
"""Words behind the subsystem of a title that is hardly that of two patches."""


def linked_revisions(new: Facts) -> dict[int, set[str]]:
    """Return the ids that `v1: <link>` and the like give to each earlier revision."""
    found: dict[int, set[str]] = {}
    for mention in new.mentions:
        if mention.revision is not None and mention.is_plain:
            found.setdefault(mention.revision, set()).add(mention.message_id)
    return found


def is_denied(old: Facts, new: Facts, known: Mapping[str, Facts], linked: set[str] | None) -> bool:
    """Whether the sender says that it continues something else, which may not be here.

    Args:
        old: the earlier series.
        new: the later one.
        known: the series that are here, by the ids of their mails.
        linked: what the later one links to as the version with the earlier one's number.
    """
    if old.change_ids and new.change_ids:
        return True  # equal ones need no likeness
    if not linked or not linked.isdisjoint(old.ids):
        return False
    # the link may be to an answer in the thread of the older one
    return not linked.isdisjoint(known) or not _is_surely_next(old, new)


def _is_surely_next(old: Facts, new: Facts) -> bool:
    """Whether it is the next number of some weeks, with the same files and nearly one title."""
    if not (is_next(old, new) and new.revision_stated and is_recent(old, new, days=30)):
        return False
    return old.files == new.files and compare_topics(old.title, new.title) >= 0.7


def is_changed_since(old: Facts, new: Facts, said: int) -> bool:
    """Whether an older series is the one that `Changes in v4: <link to v3>` in a v4 means.

    Args:
        old: the older series, to which the later one links.
        new: the later one.
        said: the number beside the link.
    """
    return said == new.revision and new.revision_stated and is_next(old, new)


def is_same_work(old: Facts, new: Facts) -> bool:
    """Whether two series with one title and sender are the same work, not just named alike."""
    if is_unlabelled_resend(old, new):
        return True
    if _is_cover_again(old, new):
        return True
    if is_generic(old, new) or is_neighbour(old, new):
        return False
    if old.trees != new.trees and not share_work(old, new):
        return False  # `[PATCH kvmtool 0/2]` and `[PATCH 0/3]` of one feature
    if follows(old, new) and new.revision <= old.revision + 2 and is_recent(old, new):
        return True
    if is_next(old, new):
        return share_work(old, new)
    return is_recent(old, new) and share_of_titles(old, new) >= 0.5 and share_work(old, new)


def is_listed_before(old: Facts, new: Facts) -> bool:
    """Whether a series without a number says above its changes that it follows one.

    `[PATCH v2] x`, then `[PATCH] x` with `v3:` above what changed.
    """
    if new.revision_stated or not is_within_reach(old, new) or not share_work(old, new):
        return False
    return old.revision in new.said_revisions


def is_unnumbered(old: Facts, new: Facts) -> bool:
    """Whether a series without a number is the work that its sender calls an older revision."""
    if new.revision_stated or not same_people(old, new) or old.is_stable != new.is_stable:
        return False
    if not share_work(old, new):
        return False
    return old.is_pull == new.is_pull and set(old.ids).isdisjoint(new.ids)


def is_replaced(old: Facts, new: Facts) -> bool:
    """Whether one patch of a set is sent again alone, weeks after it was for the first time."""
    return old.label != new.label and share_work(old, new) and is_recent(old, new, days=60)


def is_generic(old: Facts, new: Facts) -> bool:
    """Whether two lone patches of one title, such as `Fix a typo`, have no place in common.

    The next number may change another file, if it was sent within weeks; or, of a title that
    says much, one beside it.
    """
    if not (old.is_lone and new.is_lone and old.files and new.files):
        return False
    if not old.files.isdisjoint(new.files):
        return is_elsewhere(old, new)
    if not is_next(old, new):
        return True
    return not (is_recent(old, new, days=60) or _is_moved_beside(old, new))


def _is_moved_beside(old: Facts, new: Facts) -> bool:
    """Whether a lone patch of a long title is the stated next number in files beside the old."""
    if not (new.revision_stated and is_recent(old, new)):
        return False
    if len(cut_area(new.title).split()) < MIN_WORDS:
        return False
    return not _folders(old).isdisjoint(_folders(new))


def _folders(facts: Facts) -> frozenset[str]:
    return frozenset(path.rpartition("/")[0] for path in facts.files)


def is_within_reach(old: Facts, new: Facts) -> bool:
    """Whether a series was sent within a year, or as the stated next number within two."""
    is_stated = is_next(old, new) and new.revision_stated
    return is_recent(old, new) or (is_stated and is_recent(old, new, days=2 * 366))


def is_sent_again(old: Facts, new: Facts) -> bool:
    """Whether most patches of a series were sent again within a day, without another number.

    The cover letter was forgotten the first time, say, or a patch was. A lone patch's title may
    be a common one, so that it must be of a file that the other changes, too.
    """
    if old.revision != new.revision or not is_recent(old, new, days=1):
        return False
    if min(len(old.patch_titles), len(new.patch_titles)) > 1:
        return share_work(old, new)
    if is_neighbour(old, new):
        return False
    return old.patch_titles == new.patch_titles and not old.files.isdisjoint(new.files)


def is_sent_anew(old: Facts, new: Facts) -> bool:
    """Whether a sender's patches come again within weeks, all of them, without a number.

    The first time they were without a cover letter, say, or with one of another title. One
    patch of a set, sent alone, does not come again: it may be for others.
    """
    if old.revision_stated or new.revision_stated or old.revision != new.revision:
        return False
    if old.patch_titles != new.patch_titles or is_neighbour(old, new):
        return False
    if not (old.total == new.total and {old.status, new.status} == {"complete"}):
        return False
    if new.is_to_be_pulled or compare_titles(old.title, new.title) < 0.5:
        return False  # a maintainer's copies go along with what is to be pulled
    if not (same_sender(old, new) and is_recent(old, new, days=60)):
        return False
    return old.trees == new.trees and share_of_files(old, new) >= 0.5


def is_bare_cover(old: Facts, new: Facts) -> bool:
    """Whether a cover letter without patches is that of a series sent within the hour."""
    bare = old.status == "cover_only" and new.patches > 0
    same = old.total == new.total and old.revision == new.revision
    near = old.title != new.title and compare_titles(old.title, new.title) >= 0.5
    return bare and same and near and is_recent(old, new, days=1 / 24)


def _is_cover_again(old: Facts, new: Facts) -> bool:
    """Whether a cover letter was sent twice, and the patches with only one of the two."""
    bare = {old.status, new.status} & {"cover_only"}
    same = old.total == new.total and old.revision == new.revision
    return bool(bare) and same and is_recent(old, new, days=7)
