"""Lists of patches with their commits, as b4 ty, patchwork-bot and others write them."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from kvminbox.review.listed_titles import fold_title
from kvminbox.review.trees import find_commits

Item = tuple[int, int, str]
"""A line `[n/m] title` of a list: number, total and title."""

UNCOUNTED: Final = 0
"""The total where a list has no numbers."""

# `[1/2] title`; patchwork-bot's `  - [net-next,v2,1/2] title`, `  - [v2] title`, `  - title`
_LISTED: Final = re.compile(
    r"^\s*(?:[-*]\s*)?\[(?:[^\]\s]{1,60}[,\s])?(?P<n>\d{1,4})/(?P<m>\d{1,4})\]\s+(?P<title>\S.*)$"
    r"|^\s+-\s(?:\[[^\]\s]{1,60}\]\s+)?(?P<alone>\S.*)$"
)
# `0123456789ab KVM: a timer`, below `2 patch(es) applied to kvm-next branch of kvm.git`
_COMMIT_AND_TITLE: Final = re.compile(r"([0-9a-f]{12,40})\s+(\w.*:.*)")
_NO_COMMIT: Final = re.compile(r"^\s*\(no commit info\)\s*$")


def read_list(lines: list[str]) -> list[tuple[Item, str]]:
    """Read the list of b4 ty and patchwork-bot: `[1/2] title`, and the commit's line below it.

    Lines that tell no commit count where b4 found none at all.
    """
    found: list[tuple[Item, str]] = []
    unknown: list[tuple[Item, str]] = []
    for line, following in pairwise([*lines, ""]):
        match = _LISTED.match(line) if "[" in line[:12] or line.startswith("  - ") else None
        if match is None:
            continue
        item = (
            int(match["n"] or 1),
            int(match["m"] or 1),
            (match["title"] or match["alone"]).strip(),
        )
        if find_commits(following):
            found.append((item, following))
        elif _NO_COMMIT.match(following):
            unknown.append((item, ""))
    return found or unknown


def read_titled_commits(lines: list[str]) -> list[tuple[Item, str]]:
    """Read lines of a commit and its title; only below a claim are they what was applied."""
    matches = filter(None, map(_COMMIT_AND_TITLE.fullmatch, lines))
    return [((1, UNCOUNTED, match[2].strip()), f"commit: {match[1]}") for match in matches]


def without_list(lines: list[str]) -> list[str]:
    """Return lines without a list of patches and their commits, as b4 and bots write it."""
    kept: list[str] = []
    is_commit = False
    for line, following in pairwise([*lines, ""]):
        is_item = "[" in line[:12] and _LISTED.match(line) is not None
        if not is_item and not is_commit:
            kept.append(line)
        is_commit = is_item and bool(find_commits(following) or _NO_COMMIT.match(following))
    return kept


def match_items(listed: Sequence[Item], titles: Mapping[int, str]) -> tuple[int, ...]:
    """Match the list's lines to patches by title, since b4 ty numbers only those it applied."""
    by_title = {fold_title(title): number for number, title in titles.items()}
    found: set[int] = set()
    for number, total, title in listed:
        match = by_title.get(fold_title(title))
        if (
            match is None
            and total == len(titles)
            and (total == 1 or _is_like(title, titles.get(number, "")))
        ):
            match = number
        if match is not None:
            found.add(match)
    return tuple(sorted(found))


def _is_like(title: str, other: str) -> bool:
    """Whether most words of the shorter title are in the other: maintainers edit titles."""
    words, others = set(fold_title(title).split()), set(fold_title(other).split())
    return len(words & others) * 2 >= min(len(words), len(others)) > 0
