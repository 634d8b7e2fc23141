"""Who would know some files: by reviews that they gave and commits that they wrote."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple

from kvminbox.dates import write_day
from kvminbox.models import Address, Knower, Patch, Series, SeriesReview
from kvminbox.models.corpus import list_texts
from kvminbox.upstream import Code
from kvminbox.upstream.several import check_tree
from kvminbox.upstream.tree import is_single

HALF_LIFE: Final = 365.0
"""Days after which what somebody gave counts half."""

SAME_FOLDER: Final = 0.2
"""What a gift to another file of the same directory counts, against one to the file."""

_WEIGHTS: Final = {
    "Reviewed-by": 1.0, "Acked-by": 0.7, "Tested-by": 0.5, "commit": 1.0,
}  # fmt: skip
_DAY: Final = 86_400.0


class _Gift(NamedTuple):
    person: Address
    name: str
    date: datetime
    paths: tuple[str, ...]
    what: str


class _Paths:
    """The files that are asked about."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files = frozenset(paths)
        self._folders = frozenset(path.rpartition("/")[0] for path in self._files)

    def weigh(self, touched: Iterable[str]) -> tuple[float, str]:
        """Return how near some touched paths are, and the nearest of them."""
        best, nearest = 0.0, ""
        for path in touched:
            if path in self._files:
                return 1.0, path
            if not best and path.rpartition("/")[0] in self._folders:
                best, nearest = SAME_FOLDER, path
        return best, nearest


def find_knowers(
    paths: Iterable[str],
    reviews: Iterable[tuple[Series, SeriesReview]],
    now: datetime,
    *,
    tree: Code | None = None,
    half_life: float = HALF_LIFE,
) -> tuple[Knower, ...]:
    """Return who would know some files, the one with the most behind them first.

    A Reviewed-by of somebody else counts 1, an Acked-by 0.7, a Tested-by 0.5, and a commit 1
    for its author; to another file of the same directory a fifth of it; and half of it for each
    half-life that is past. Programs, and what is later than `now`, count nothing. It tells
    what was given, not whether they want to be asked.

    Args:
        paths: the files.
        reviews: series with their reviews, as of `review_all`; each tag counts once, though a
            later version carries it on.
        now: the moment that is asked for: the patch's date, for one.
        tree: a tree whose commits count, too. The paths of each are read, which takes some 1.3
            ms: for a large tree, `Tree.open(path, since=)` leaves out what counts no more.
        half_life: days.

    Raises:
        kvminbox.errors.ObjectError: an object of the tree can't be read.
    """
    if tree is not None:
        check_tree(tree)
    wanted = _Paths(list_texts(paths, "paths"))
    scores: dict[str, float] = {}
    gifts: dict[str, list[tuple[float, _Gift, str]]] = {}
    for gift in (*_list_reviews(reviews), *(_list_commits(tree) if tree is not None else ())):
        age = (now - gift.date).total_seconds() / _DAY
        nearness, nearest = wanted.weigh(gift.paths)
        if age < 0 or not nearness:
            continue
        score = _WEIGHTS[gift.name] * nearness * 0.5 ** (age / half_life)
        key = gift.person.key
        scores[key] = scores.get(key, 0.0) + score
        gifts.setdefault(key, []).append((score, gift, nearest))
    order = sorted(scores, key=lambda key: (-scores[key], key))
    return tuple(_make_knower(scores[key], gifts[key]) for key in order)


def _make_knower(score: float, given: list[tuple[float, _Gift, str]]) -> Knower:
    latest = max(given, key=lambda one: one[1].date)[1]
    most = sorted(given, key=lambda one: (-one[0], one[1].what))[:3]
    commits = sum(gift.name == "commit" for _, gift, _ in given)
    return Knower(
        address=latest.person,
        score=round(score, 3),
        reviews=len(given) - commits,
        commits=commits,
        last=latest.date,
        evidence=tuple(
            f"{gift.what} of {nearest} on {write_day(gift.date)}" for _, gift, nearest in most
        ),
    )


def _list_reviews(reviews: Iterable[tuple[Series, SeriesReview]]) -> Iterator[_Gift]:
    for series, review in reviews:
        numbered = dict(zip(series.numbers, series.patches, strict=True))
        for tag in review.tags:
            is_own = tag.self_attested is False or tag.carried_from is not None
            if is_own or tag.name not in _WEIGHTS or tag.date is None:
                continue
            for number in tag.patches:
                if (patch := numbered.get(number)) is not None:
                    yield _Gift(tag.person, tag.name, tag.date, _touched(patch), f"a {tag.name}")


def _touched(patch: Patch) -> tuple[str, ...]:
    return tuple(change.path for change in patch.diffstat.files)


def _list_commits(tree: Code) -> Iterator[_Gift]:
    for node in tree.nodes():
        commit = tree.read_text(node.id)
        if not is_single(commit) or commit.committed is None:
            continue
        paths = tuple(sorted(tree.read_paths(commit)))
        yield _Gift(commit.author, "commit", commit.committed, paths, f"commit {commit.id[:12]}")
