"""One series' work, divided by those who say that some of its patches were applied."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kvminbox.analysis.applied_said import (
    Said,
    Work,
    find_patches,
    is_deed,
    is_free,
    is_news,
    is_told_of,
    list_titles,
)
from kvminbox.review.tags import is_other

_TREE_WORD: Final = re.compile(r"[^\W_]+")
# what is left of a tree's name without these tells whose it is
_USUAL: Final = re.compile(
    r"https?|git|ssh|kernel|org|www|com|pub|scm|linux|trees?|branch|repo(?:sitory)?|for|next|fix(?:es)?"
    r"|urgent|test(?:ing)?|queued?|master|main|dev(?:el)?|pending|staged|current|my|our|the|and|misc"
    r"|core"
)


def divide(work: Work) -> list[Work]:
    """Return a series' work by those who say so, where they tell of different patches.

    A reply to patch 9, `Applied to power/next`, and a program's `patches 5, 26 and 28 went to
    net-next` are two. Who tells of patches of which another mail tells, too, only repeats it, and
    so does `Applied both` where it is not known which, if the others have applied them all. Who
    says that he put them into another tree does not repeat it.
    """
    titles = list_titles(work)
    shares: list[Work] = []
    for said in sorted(work.mails, key=is_free):
        share = frozenset(find_patches(said, titles))
        place = _find_share(said, share, shares)
        if place is None:
            shares.append(replace(work, mails=[said], share=share))
        else:
            shares[place] = _add(shares[place], [said], share)
    apart: list[Work] = []
    for one in sorted(shares, key=_rank) if len(shares) > 1 else shares:
        known = one.share or frozenset()
        for place, other in enumerate(apart):
            told = other.share or known
            is_other_part = not known and told and told < titles.keys() and is_deed(one.mails[0])
            if _is_elsewhere(one, other):
                continue
            if (known <= told and not is_other_part) or is_news(one.mails[0]):
                apart[place] = _add(other, one.mails, known)
                break
        else:
            apart.append(one)
    return apart if len(apart) > 1 else [replace(apart[0], share=None)]


def _find_share(said: Said, share: frozenset[int], shares: Sequence[Work]) -> int | None:
    """Return the place of those whose words a mail repeats, or whose sender's it is, if any."""
    for place, one in enumerate(shares):
        # `Ewa has taken this already` repeats what Ewa says surely
        is_told = share and share <= (one.share or frozenset()) and not is_free(one.mails[0])
        if is_free(said) and is_told and not _is_elsewhere(replace(one, mails=[said]), one):
            return place
    for place, one in enumerate(shares):
        if _is_of_one(said, one.mails[0]):
            return place
    return None


def _is_of_one(said: Said, other: Said) -> bool:
    """Whether two mails have one sender, no two trees, and are both sure, or both in free words."""
    if said.message is other.message or is_free(said) != is_free(other):
        return False
    trees = {said.words.tree, other.words.tree} - {""}
    return len(trees) < 2 and not is_other(said.message.sender, other.message.sender)


def _is_elsewhere(one: Work, other: Work) -> bool:
    """Whether somebody tells what he did himself, of another tree than other people tell surely."""
    first = one.mails[0]
    own, theirs = _list_trees(one), _list_trees(other)
    return (
        bool(own and theirs)
        and all(is_other(first.message.sender, said.message.sender) for said in other.mails)
        and is_deed(first)
        and own.isdisjoint(theirs)
    )


def _list_trees(work: Work) -> set[str]:
    """Return the words that name the trees of which people tell, without usual ones.

    Free words are not asked where others tell surely.
    """
    are_free = all(map(is_free, work.mails))
    told = [said for said in work.mails if is_free(said) == are_free and said.message.kind != "bot"]
    words = {word for said in told for word in _TREE_WORD.findall(said.words.tree.lower())}
    return {word for word in words if not _USUAL.fullmatch(word)}


def _add(work: Work, mails: list[Said], share: frozenset[int]) -> Work:
    return replace(work, mails=[*work.mails, *mails], share=(work.share or frozenset()) | share)


def _rank(share: Work) -> tuple[bool, int, bool, bool, bool]:
    """Return what orders those who say so: who did it, people first, and who says where to."""
    first = share.mails[0]
    is_vague = not first.words.commits and not first.words.tree
    is_bot = first.message.kind == "bot"
    return is_news(first), -len(share.share or ()), is_bot, is_told_of(first), is_vague
