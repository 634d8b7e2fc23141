"""Which series are for stable trees: by their subjects, and by what backports say."""

import re
from collections.abc import Iterable
from typing import Final

from kvminbox.models import Message, Series, Subject
from kvminbox.models.series import find_mark
from kvminbox.order import body_of

MAX_BACKPORT: Final = 4_000
"""Characters of a mail in which the commit that it backports is looked for."""

# `4.19`, `v4.19`, `4.19.y`, `for-6.12`, `6.1-stable`, `linux-5.10.y`, `for-stable-5.4`
_RELEASE = re.compile(
    r"(?:linux-|stable-|for-)*v?(\d{1,2}\.\d{1,3})(?:\.\d{1,3})?(\.y|[-.]stable|)(?:[-.]rc\d+)?"
)
# `stable:linux-5.10.y`, `stable-rc`; trees for the next release are `mm-unstable` and `mm-stable`
_STABLE = re.compile(r"^(?!(?:.*[:/])?mm-).*(?<!un)stable", re.DOTALL)
# what a backport says: `[ Upstream commit 0a1b2c… ]`, `commit 0a1b2c… upstream.`; and the
# mails before a stable release, of fixes that are only for it, too: `6.6-stable review patch.`
_BACKPORT = re.compile(
    r"^[ \t(\[]*(?:upstream commit [0-9a-f]{8}|commit [0-9a-f]{8,40} upstream)"
    r"|^\(?(?:cherry[- ]picked|backported) from (?:commit|upstream)"
    r"|\A\s*\d{1,2}\.\d{1,3}-stable review patch\b",
    re.IGNORECASE | re.MULTILINE,
)


def read_release(tree: str) -> str | None:
    """Return the release that a word of a subject names, `6.12` of `linux-6.12.y`; else None."""
    match = _RELEASE.fullmatch(tree.lower())
    return match[1] if match else None


def find_releases(trees: Iterable[str]) -> frozenset[str]:
    """Return the releases that the words of a subject name."""
    return frozenset(filter(None, map(read_release, trees)))


def is_for_stable(series: Series, subject: Subject) -> bool:
    """Whether a series is for a stable tree: its subject says so, or it is called a backport."""
    trees = [tree.lower() for tree in subject.trees]
    releases = [match for match in map(_RELEASE.fullmatch, trees) if match]
    if any(_STABLE.search(tree) or "autosel" in tree for tree in trees):
        return True
    if any(match[2] for match in releases):
        return True
    return bool(releases) and is_backport(series)


def is_backport(series: Series) -> bool:
    """Whether one of its mails names its upstream commit, or is a stable release's review."""
    return any(map(find_backport, series.messages))


def is_stable_backport(series: Series) -> bool:
    """Whether it surely is a backport for a stable tree.

    Its subject says AUTOSEL, names a release as that of a stable tree (`5.10.y`, `stable 5.10`),
    or names either, where its text names the upstream commit, or begins as the review mails
    before a stable release do. A release alone may be the next
    one (`for-5.11`), and `stable` alone a wish.
    """
    words = [tree.lower() for tree in series.messages[0].subject.trees]
    releases = find_releases((find_mark(series) or series.messages[0].subject).trees)
    if any("autosel" in word for word in words):
        return True
    says_stable = any(_STABLE.search(word) or word.endswith(".y") for word in words)
    if says_stable and releases:
        return True
    return bool(says_stable or releases) and is_backport(series)


def find_backport(message: Message) -> str:
    """Return the words with which a mail says that it is one; empty if it does not."""
    text = body_of(message)[:MAX_BACKPORT]
    lowered = text.lower()
    if not any(words in lowered for words in ("upstream", "from commit", "-stable review")):
        return ""
    match = _BACKPORT.search(text)
    return match[0] if match else ""
