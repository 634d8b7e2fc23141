"""Whether a series goes on with one of another title: the next number, or another try."""

import re
from typing import Final

from kvminbox.versions.alike import (
    compare_titles,
    compare_topics,
    extends_name,
    is_recent,
    same_patches,
    share_of_files,
    share_of_titles,
    share_of_words,
)
from kvminbox.versions.facts import Facts
from kvminbox.versions.likely import is_within_reach
from kvminbox.versions.numbers import follows, is_next
from kvminbox.versions.places import do_replace
from kvminbox.versions.titles import name_area

# `hmem_add_range()`, `-EPROBE_DEFER`
_NAME: Final = re.compile(r"\w_\w|\w\(\)")

# entries of these are several patches' own, whichever line they replace
_LISTS: Final = re.compile(
    r"(?:.*/)?(?:MAINTAINERS|CREDITS|\.mailmap|(?:Kconfig|Kbuild|Makefile)[^/]*|[^/]*defconfig)"
)


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
