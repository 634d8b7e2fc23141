"""How much of a series was applied, and the words for it: one rule for all who tell of it."""

from collections.abc import Collection, Hashable, Iterable
from typing import Final, get_args

from kvminbox.dates import write_day
from kvminbox.models import Applied, AppliedForm, Pulled, Series, SeriesReview, Withdrawal
from kvminbox.words import name_patches, shorten

APPLIED_FORMS: Final[tuple[AppliedForm, ...]] = get_args(AppliedForm)
"""The forms in which it is said, the surest first."""

_MOST_WORDS: Final = 400
"""Characters that are cited of a sentence and of why it is believed: a cut took the verb away."""


def find_covered(series: Series, review: SeriesReview) -> frozenset[int]:
    """Return the patches that mails say were applied, that are in a pull request, or in the tree.

    Those that the tree took back are among them; `review.landed.reverted` has their numbers.
    """
    numbers = frozenset(series.numbers)
    told = [*(one.patches for one in review.applied), *(one.patches for one in review.pulled)]
    found = {number for patches in told for number in patches}
    landing = review.landed
    if landing is not None and landing.state != "none":
        found |= numbers - set(landing.lacking)
    return numbers & found


def tell_part(found: Collection[int], numbers: Collection[int], total: int | None = None) -> str:
    """Return how much of a series some of its patches are; empty where they are all of it.

    Args:
        found: the numbers of the patches that are meant; none if it is not known which.
        numbers: those of its patches that are here; without any, there is no part to tell of.
        total: how many it has by its subjects, where that is known.

    >>> tell_part({3, 5}, range(1, 8)), tell_part({1, 2, 3}, range(1, 5))
    ('patches 3, 5 of 7', 'patches 1-3 of 4')
    >>> tell_part({4}, {1, 4}, 6)
    'patch 4 of 6'
    >>> tell_part(set(), range(1, 8)), tell_part({1, 2}, {1, 2}), tell_part(set(), ())
    ('part of it', '', '')
    """
    known = set(numbers)
    meant = known & set(found)
    if meant == known:
        return ""
    return f"{name_patches(meant)} of {max(len(known), total or 0)}" if meant else "part of it"


def join_applied(applied: Iterable[Applied]) -> list[Applied]:
    """Return what mails say was applied, with those as one by which a person tells patch by patch.

    A program sends a notice for each patch of a series: what it put into one tree on one day is
    told once, with the numbers of all.
    """
    found: dict[Hashable, Applied] = {}
    for place, one in enumerate(applied):
        key: Hashable = place
        if one.date and one.patches:
            key = one.by.key, one.tree, write_day(one.date)
        first = found.setdefault(key, one)
        patches = sorted({*first.patches, *one.patches})
        if len(patches) > len(first.patches):
            found[key] = first.model_copy(update={"patches": tuple(patches)})
    return list(found.values())


def tell_applied(one: Applied, numbers: Collection[int], total: int | None = None) -> str:
    """Return in words who said when what of a series was applied, and to which tree.

    What may have been misread is cited.

    Args:
        one: what a mail says.
        numbers: the numbers of the patches of the series that are here.
        total: how many it has by its subjects, where that is known.
    """
    sent = f" on {write_day(one.date)}" if one.date else ""
    part = tell_part(one.patches, numbers, total) or "it"
    where = f" to {one.tree}" if one.tree else ""
    deed = "were" if part.startswith("patches") else "was"
    said = f"{one.by.name_or_email} said{sent} that {part} {deed} applied{where}"
    words = shorten(" ".join(one.evidence.split()), _MOST_WORDS)
    return f'{said}, in words of their own: "{words}"' if one.form == "free" and words else said


def tell_withdrawn(one: Withdrawal, numbers: Collection[int], total: int | None = None) -> str:
    """Return in words who withdrew what of a series when, and by which words.

    Args:
        one: what the author's mail says.
        numbers: the numbers of the patches of the series that are here.
        total: how many it has by its subjects, where that is known.
    """
    sent = f" on {write_day(one.date)}" if one.date else ""
    part = (tell_part(one.patches, numbers, total) or "it") if one.patches else "some of it"
    words = shorten(" ".join(one.evidence.split()), _MOST_WORDS)
    return f'{one.by.name_or_email} withdrew {part}{sent}: "{words}"'


def tell_pulled(one: Pulled, numbers: Collection[int], total: int | None = None) -> str:
    """Return in words what of a series is in a pull request or release, and whose that is.

    Args:
        one: the pull request or announcement.
        numbers: the numbers of the patches of the series that are here.
        total: how many it has by its subjects, where that is known.
    """
    part = tell_part(one.patches, numbers, total)
    what = f"{part} {'are' if part.startswith('patches') else 'is'}" if part else "it is"
    day = write_day(one.date) if one.date else ""
    name = f" <{one.message_id}>" if one.message_id else ""
    by = one.by.name_or_email
    if one.release:
        told = f"announced{f' on {day}' if day else ''} by {by}{name}"
        return f"{what} in the release {one.release}, {told}"
    return f"{what} in the pull request{name}{f' of {day}' if day else ''} by {by}"
