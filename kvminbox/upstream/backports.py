"""What commits say of other commits: from which they were made, and whose mistake they mend."""

import re
from collections.abc import Iterator
from datetime import datetime

from kvminbox.models import Backport, Fix
from kvminbox.upstream.commit_text import CommitText, find_fixed, find_upstream
from kvminbox.upstream.several import check_tree
from kvminbox.upstream.tree import Tree

_DAY = 86_400.0
_CANDIDATE = re.compile(r"[-.~]?(?:rc|alpha|beta|pre)[-.]?\d*$", re.IGNORECASE)


def find_backports(tree: Tree, stable: Tree) -> Iterator[Backport]:
    """Yield the commits of a stable tree that say that they were made from others, oldest first.

    A commit that the main tree holds itself is none, as before the branch was cut.

    Args:
        tree: the main tree.
        stable: the stable tree, which may be a branch of the same repository.

    Raises:
        kvminbox.errors.ObjectError: a commit can't be read.
    """
    check_tree(tree)
    check_tree(stable)
    for node in stable.history.nodes():
        if node.id in tree:
            continue
        text = stable.read_text(node.id)
        for name in find_upstream(text.message):
            other = tree.find_id(name)
            origin = tree.read_text(other) if other else None
            yield Backport(
                upstream=other or name,
                commit=node.id,
                title=text.title,
                tree=stable.name,
                committed=text.committed,
                days=_days(origin, text),
                upstream_release=tree.history.release_of(other) if other else None,
                release=node.release,
            )


def find_fixes(tree: Tree) -> Iterator[Fix]:
    """Yield what the `Fixes:` lines of a tree's commits name, oldest first.

    A `Fixes:` is its author's claim. A commit may name several.

    Raises:
        kvminbox.errors.ObjectError: a commit can't be read.
    """
    check_tree(tree)
    finals = {
        name: place
        for place, name in enumerate(
            name for name, _, _ in tree.list_tags() if not _CANDIDATE.search(name)
        )
    }
    for node in tree.history.nodes():
        text = tree.read_text(node.id)
        for name in find_fixed(text.message):
            other = tree.find_id(name)
            broken = tree.history.release_of(other) if other else None
            yield Fix(
                commit=node.id,
                title=text.title,
                broken_by=other or name,
                broken_in=broken,
                fixed_in=node.release,
                days=_days(tree.read_text(other) if other else None, text),
                releases=_count_releases(broken, node.release, finals),
            )


def _count_releases(broken: str | None, fixed: str | None, finals: dict[str, int]) -> int | None:
    """Return how many final releases are from one tag up to before another."""
    if broken is None or fixed is None:
        return None
    first, last = (_final_place(tag, finals) for tag in (broken, fixed))
    return None if first is None or last is None else max(0, last - first)


def _final_place(tag: str, finals: dict[str, int]) -> int | None:
    """Return the place of a release; of a candidate that of the release it leads to."""
    return finals.get(tag, finals.get(_CANDIDATE.sub("", tag)))


def _days(origin: CommitText | None, later: CommitText) -> float | None:
    times: list[datetime] = [
        one.committed for one in (origin, later) if one is not None and one.committed
    ]
    return (times[1] - times[0]).total_seconds() / _DAY if len(times) == 2 else None
