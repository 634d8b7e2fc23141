"""What makes two series one work, besides what their authors say of it."""

import re
from collections.abc import Mapping
from typing import Final

from kvminbox.versions.alike import (
    compare_titles,
    compare_topics,
    extends_name,
    is_elsewhere,
    is_moved_into,
    is_neighbour,
    is_recent,
    is_within,
    likeness,
    same_patches,
    same_people,
    same_sender,
    share_of_files,
    share_of_titles,
    share_of_words,
    share_work,
)
from kvminbox.versions.facts import Facts
from kvminbox.versions.numbers import (
    follows,
    is_next,
    is_raised,
    is_unlabelled_resend,
)
from kvminbox.versions.places import do_replace
from kvminbox.versions.titles import cut_area, name_area

# `hmem_add_range()`, `-EPROBE_DEFER`
_NAME: Final = re.compile(r"\w_\w|\w\(\)")
# `Backport the lamp fixes`, `Fixes for 5.4.y`, `RFC: lamps`, though no bracket says so
_FOR_OTHERS: Final = re.compile(
    r"^rfc\b|\bback-?port|\bcherry[- ]pick|\b(?:stable|lts|vendor|upstream|downstream)\b"
    r"|\b\d+\.\d+(?:\.[xy]\b|[- ](?:stable|kernel)\b)|^\[?\d+\.\d+\b",
    re.IGNORECASE,
)
# entries of these are several patches' own, whichever line they replace
_LISTS: Final = re.compile(
    r"(?:.*/)?(?:MAINTAINERS|CREDITS|\.mailmap|(?:Kconfig|Kbuild|Makefile)[^/]*|[^/]*defconfig)"
)

MIN_WORDS: Final = 6
"""Words behind the subsystem of a title that is hardly that of two patches."""

MIN_TAKEN: Final = 3
"""Words behind the subsystem of a title that is hardly that of two patches of one person."""

MIN_CUT: Final = 6
"""Words of a title that is taken for the beginning of a longer one."""


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


def is_grown_from_rfc(old: Facts, new: Facts) -> bool:
    """Whether most patches of an RFC are among those of a larger series that is none."""
    if not (old.is_rfc and not new.is_rfc and is_next(old, new)):
        return False
    kept = len(old.patch_titles & new.patch_titles)
    most = 3 * kept >= 2 * len(old.patch_titles)
    return most and not old.files.isdisjoint(new.files) and is_recent(old, new)


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


def is_next_part(old: Facts, new: Facts) -> bool:
    """Whether it may be the next number of a part, in which a patch was retitled."""
    return is_next(old, new) and new.revision_stated and is_recent(old, new, days=120)


def is_collected(old: Facts, new: Facts) -> bool:
    """Whether patches come again in a larger series; not in what a maintainer asks to pull."""
    if not is_within(old, new) or old.files.isdisjoint(new.files):
        return False
    if is_raised(old, new) or not new.others:
        return True
    unchanged = len(same_patches(old, new)) == old.patches
    return len(new.others) == 1 and not unchanged


def is_moved_on(old: Facts, new: Facts) -> bool:
    """Whether patches come again under the next number in a larger series, retitled a little.

    All say the same behind their subsystems, and most of their files are among the others.
    """
    if not (is_next(old, new) and new.revision_stated and is_recent(old, new, days=120)):
        return False
    if (old.trees, old.releases) != (new.trees, new.releases):
        return False  # `[PATCH 5.15-]` is for an older kernel
    if is_within(old, new) or not is_moved_into(old, new):
        return False
    return 2 * len(old.files & new.files) >= len(old.files) > 0


def is_replaced(old: Facts, new: Facts) -> bool:
    """Whether one patch of a set is sent again alone, weeks after it was for the first time."""
    return old.label != new.label and share_work(old, new) and is_recent(old, new, days=60)


def is_taken_in(old: Facts, new: Facts) -> bool:
    """Whether all patches of a series come again, with its sender's name, in another's larger set.

    They have the titles and the files that they had. All others of that set, at least as many,
    are its sender's own: who sends but what others wrote, or patches of several people, or asks
    to pull them, is a maintainer or makes a backport.
    """
    if not is_within(old, new) or not new.has_own or not old.files <= new.files:
        return False
    if 2 * old.patches > new.patches or new.others != {old.sender.email.lower()}:
        return False
    if new.is_to_be_pulled or old.is_stable or new.is_stable or _FOR_OTHERS.search(new.title):
        return False
    if not (new.trees <= old.trees and new.releases <= old.releases) or new.is_rfc > old.is_rfc:
        return False
    if old.is_lone and same_patches(old, new):
        return True
    if old.patches < old.total or new.is_rfc != old.is_rfc:
        return False
    return not old.is_lone or len(cut_area(old.title).split()) >= MIN_TAKEN


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


def is_mostly_here(old: Facts) -> bool:
    """Whether half of a series' patches are here; a list may have got but one of nineteen."""
    return 2 * old.patches >= old.total


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


def is_answer_below(old: Facts, new: Facts) -> bool:
    """Whether a series is a new revision of one that stands above the answers that it answers.

    Of somebody else it is that only with a higher number: people answer with another way, too.
    A v3 in the thread of v1 may be the next of a v2 that is elsewhere.
    """
    is_due = is_next(old, new) if follows(old, new) else same_people(old, new)
    return is_due and is_answer(old, new)


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


def is_sent_once_more(old: Facts, new: Facts) -> bool:
    """Whether a series that is marked RESEND, in another's thread, is that one, not its neighbour.

    Of two lone patches, sent again together, the second answers the first one.
    """
    if likeness(old, new) == 1:
        return True
    return share_work(old, new) and compare_topics(old.title, new.title) >= 0.5


def is_alike(old: Facts, new: Facts) -> bool:
    """Whether a series may continue one of another title, by the same sender."""
    if not is_within_reach(old, new):
        return False
    if not follows(old, new):
        return _is_retitled_soon(old, new)
    files = share_of_files(old, new)
    title = compare_titles(old.title, new.title)
    # a patch that grew to a series has few files in common with it, but lists what changed
    is_listed = old.revision in new.said_revisions
    if title >= 0.85 and (files >= 0.2 or is_listed) and is_next(old, new) and new.revision_stated:
        return True
    if _is_renamed(old, new, files):
        return True
    if _is_moved(old, new):
        return True
    return (title >= 0.6 and files >= 0.5) or _is_retitled(old, new, files)


def is_redone(old: Facts, new: Facts) -> bool:
    """Whether a lone patch is another try at one of its sender's, under another title or none.

    It takes out lines that the other one did, of the same blobs, some weeks later: one of the two
    can be applied.
    """
    if not (old.is_lone and new.is_lone and old.trees == new.trees):
        return False
    if old.revision != new.revision or old.is_rfc != new.is_rfc or not is_recent(old, new, days=60):
        return False
    if is_recent(old, new, days=0.5) or not do_replace(old.places, new.places):
        return False
    if all(map(_LISTS.fullmatch, new.files)) or "revert " in {old.title[:7], new.title[:7]}:
        return False
    return not same_patches(old, new)  # which is sent again


def resemblance(old: Facts, new: Facts) -> float:
    """Return how much two series have in common, from 0 to 3: title, titles and files."""
    titles = compare_titles(old.title, new.title) + share_of_titles(old, new)
    return titles + share_of_files(old, new)


def _is_moved(old: Facts, new: Facts) -> bool:
    """Whether a lone patch says the same of another subsystem a few weeks later.

    A reviewer asked to mend it in another file. The same may be done to many drivers: that it
    is the same work, the name of a function or the like tells.
    """
    if not (old.is_lone and new.is_lone and old.topics == new.topics):
        return False
    if not (is_next(old, new) and new.revision_stated and is_recent(old, new, days=30)):
        return False
    return any(map(_NAME.search, old.topics))


def _is_renamed(old: Facts, new: Facts, files: float) -> bool:
    """Whether it may be the next number of a series whose title names the thing otherwise.

    `AST2600 I2Cv2 driver`, half a year later `AST2600 I2C driver`. All files have to be the
    same, and the number one that few series get to.
    """
    if not (is_next(old, new) and new.revision_stated and new.revision >= 3):
        return False
    if files < 1 or len(new.files) < 2 or not is_recent(old, new):
        return False
    return extends_name(old.title, new.title) and share_of_words(old.title, new.title) >= 0.8


def _is_retitled(old: Facts, new: Facts, files: float) -> bool:
    """Whether it may be the next number under another title.

    The same sender may change one file for another reason: the topic or the commit that
    is fixed must agree. The same set of files alone counts for a week or a month.
    """
    if not is_next(old, new) or not is_recent(old, new, days=120):
        return False
    if old.fixes & new.fixes and files > 0:
        return True
    topic = max(compare_topics(old.title, new.title), compare_titles(old.title, new.title))
    if not new.revision_stated:  # `[RFC]`, then `[PATCH]`: perhaps something else
        return topic >= 0.4 and files == 1 and is_recent(old, new, days=60)
    is_near = is_recent(old, new, days=60) or len(old.files & new.files) > 1
    is_near = is_near or old.revision_stated
    said = topic if is_near else _topic_in_area(old.title, new.title)
    if (said >= 0.4 and files >= 0.3) or (share_of_titles(old, new) >= 0.3 and files >= 0.5):
        return True
    if is_recent(old, new, days=7) and _is_retitled_in_part(old, new, topic, files):
        return True
    return files == 1 and is_recent(old, new, days=30 if topic >= 0.15 else 7)


def _topic_in_area(old: str, new: str) -> float:
    """Return how alike two titles are, of which one subsystem alone does not count."""
    topic = compare_topics(old, new)
    return topic if name_area(old) == name_area(new) else max(topic, compare_titles(old, new))


def _is_retitled_in_part(old: Facts, new: Facts, topic: float, files: float) -> bool:
    """Whether the next number of a few days has some of the files, and more or less of the work.

    Most of the topic is the same, and files were added; or a lone patch comes again divided, or
    of a series one patch is left.
    """
    if topic >= 0.6 and files > 0:
        return True
    is_inside = bool(new.files) and new.files <= old.files
    if new.is_lone and not old.is_lone:
        return is_inside
    return old.is_lone and not new.is_lone and is_inside and topic >= 0.25


def _is_retitled_soon(old: Facts, new: Facts) -> bool:
    """Whether a lone patch was sent again under another title, within hours, without a number."""
    if not (old.is_lone and new.is_lone and old.files == new.files):
        return False
    if new.revision != old.revision or not is_recent(old, new, days=0.25):
        return False
    topic = compare_topics(old.title, new.title)
    return topic >= 0.6 or bool(same_patches(old, new))


def is_taken_on(old: Facts, new: Facts) -> bool:
    """Whether a series may go on with another sender's, the versions of which it lists.

    A text may tell of those of other work, too, some of whose patches are for both.
    """
    if is_next(old, new) and not old.is_rfc:
        return True
    kept = len(old.patch_titles & new.patch_titles)
    return compare_titles(old.title, new.title) >= 0.5 or 2 * kept >= len(old.patch_titles) > 0


def is_handed_on(old: Facts, new: Facts) -> bool:
    """Whether another sender goes on with a series: title or titles, and files."""
    files, titles = share_of_files(old, new), share_of_titles(old, new)
    if old.is_lone and is_within(old, new):
        return bool(old.files) and old.files <= new.files
    many = min(len(old.patch_titles), len(new.patch_titles)) > 1
    return files >= 0.4 and (
        compare_titles(old.title, new.title) >= 0.85
        or _is_cut(old.title, new.title)
        or (many and titles >= 0.7)
    )


def _is_cut(title: str, whole: str) -> bool:
    """Whether a title of some words is the beginning of another: a gateway cut it at its fold."""
    return whole.startswith(f"{title} ") and len(title.split()) >= MIN_CUT
