"""Mails that say that patches were applied, by maintainers and by their programs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kvminbox.models import Message
from kvminbox.review.own_text import own_lines
from kvminbox.review.phrases import (
    find_claim,
    find_count,
    find_excepted,
    find_numbers,
    find_tree,
    may_claim,
)

_LISTS: Final = "a list of patches with their commits"
_COMMIT: Final = re.compile(
    r"(?:^[^\S\n]*+commit:?\s+|/c/|[?&;]id=|/commit/|^Commit-ID:\s+|\bas commit\s+)"
    r"([0-9a-f]{7,64})\b",
    re.MULTILINE | re.IGNORECASE,
)
_LISTED: Final = re.compile(r"^\s*-?\s*\[(\d{1,4})/(\d{1,4})\]\s+(\S.*)$")


@dataclass(frozen=True, slots=True)
class AppliedText:
    """What a mail says about applied patches, before it is known which series it answers."""

    evidence: str
    commits: tuple[str, ...]
    tree: str
    listed: tuple[tuple[int, int, str], ...]
    """`[n/m] title` lines with their commit, as number, total and title."""

    numbers: tuple[int, ...]
    """The numbers that its words name."""

    excepted: tuple[int, ...]
    """The numbers that its words leave out."""

    count: int
    """How many it is about: 3 for `these three`; 0 where it does not say."""

    def find_patches(self, titles: Mapping[int, str], answered: int) -> tuple[int, ...]:
        """Return the numbers that are meant, out of patches with these titles.

        Args:
            titles: the patches' titles by number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
        """
        if self.listed:
            return _match_listed(self.listed, titles)
        if named := tuple(number for number in self.numbers if number in titles):
            return named
        if self.count and answered == 0 and self.count != len(titles):
            return ()  # `Queued these three`, below the titles of three out of ten
        meant = tuple(titles) if answered == 0 or self.excepted else (answered,)
        return tuple(number for number in meant if number in titles and number not in self.excepted)


def find_applied(message: Message) -> AppliedText | None:
    """Find what a mail says about applied patches; None where it does not say that any were.

    It knows the words of maintainers ("Applied to kvmarm/next, thanks!", "Queued,
    thanks."), of `b4 ty`, and of patchwork-bot, pr-tracker-bot and tip-bot2.
    Questions, plans and conditions do not count.
    """
    return read_applied(own_lines(message))


def read_applied(lines: list[str]) -> AppliedText | None:
    """Do the same for a mail's own lines."""
    text = "\n".join(lines)
    listed = tuple(_find_listed(lines)) if "[" in text else ()
    if not listed and not may_claim(text):
        return None
    claim = find_claim(text) or (_LISTS if listed else None)
    if claim is None:
        return None
    return AppliedText(
        evidence=claim[:200],
        commits=tuple(dict.fromkeys(_COMMIT.findall(text))),
        tree=find_tree(claim),
        listed=listed,
        numbers=find_numbers(claim),
        excepted=find_excepted(claim),
        count=find_count(claim),
    )


def _find_listed(lines: list[str]) -> list[tuple[int, int, str]]:
    """Read the list of b4 ty and patchwork-bot: `[1/2] title`, with the commit on the next line."""
    found = []
    for line, following in pairwise([*lines, ""]):
        match = _LISTED.match(line) if "[" in line[:12] else None
        if match and _COMMIT.search(following):
            found.append((int(match[1]), int(match[2]), match[3].strip()))
    return found


def _match_listed(
    listed: tuple[tuple[int, int, str], ...], titles: Mapping[int, str]
) -> tuple[int, ...]:
    """Match the list's lines to patches by title, since b4 ty numbers only those it applied."""
    by_title = {_fold(title): number for number, title in titles.items()}
    found: dict[int, None] = {}
    for number, total, title in listed:
        match = by_title.get(_fold(title))
        if match is None and total == len(titles) and number in titles:
            match = number
        if match is not None:
            found[match] = None
    return tuple(sorted(found))


def _fold(title: str) -> str:
    return " ".join(title.rpartition("] ")[2].split()).casefold()
