"""The commits of a range, newest first; a straight line, or a graph with merges."""

from collections.abc import Iterator

from kvminbox.archive.objects import Commit
from kvminbox.archive.source import Source
from kvminbox.errors import RangeError


def walk_commits(source: Source, tip: str, base: str | None) -> Iterator[Commit]:
    """Yield the commits that are reachable from `tip` and not from `base`, newest first.

    An archive is a straight line, so the walk goes from each commit to its parent
    until it meets the base. From a merge on, the rest is ordered as a graph,
    children before parents.

    Raises:
        RangeError: `base` is not an ancestor of `tip`.
        kvminbox.errors.IncompleteHistoryError: history is cut off in between.
        kvminbox.errors.ObjectError: a commit can't be read.
    """
    if tip == base:
        return
    commit = source.read_commit(tip)
    while len(commit.parents) < 2:
        yield commit
        if not commit.parents:
            if base is not None:
                raise _no_ancestor(base, tip)
            return
        if commit.parents[0] == base:
            return
        commit = source.read_parent(commit, commit.parents[0])
    yield from _walk_graph(source, commit, base, tip)


def _walk_graph(source: Source, top: Commit, base: str | None, tip: str) -> Iterator[Commit]:
    excluded = _ancestors(source, base) if base else set()
    order = _postorder(source, top.id, excluded)
    # a path from the top down to the base has only commits that are not its ancestors
    if base is not None and not any(base in source.read_commit(oid).parents for oid in order):
        raise _no_ancestor(base, tip)
    for oid in reversed(order):
        yield source.read_commit(oid)


def _ancestors(source: Source, base: str) -> set[str]:
    """Return a commit and all its ancestors that are here: the range is above them."""
    found: set[str] = set()
    stack = [base]
    while stack:
        oid = stack.pop()
        if oid not in found:
            found.add(oid)
            if oid not in source.shallow:
                stack.extend(source.read_commit(oid).parents)
    return found


def _postorder(source: Source, tip: str, excluded: set[str]) -> list[str]:
    """Return a commit's history without the excluded, each parent before its children."""
    order: list[str] = []
    seen = set(excluded)
    stack = [(tip, False)]
    while stack:
        oid, done = stack.pop()
        if done:
            order.append(oid)
        elif oid not in seen:
            seen.add(oid)
            stack.append((oid, True))
            commit = source.read_commit(oid)
            if oid in source.shallow:
                for parent in commit.parents:
                    source.read_parent(commit, parent)  # raises: history is cut there
            stack.extend((parent, False) for parent in reversed(commit.parents))
    return order


def _no_ancestor(base: str, tip: str) -> RangeError:
    return RangeError(
        f"{base} is not an ancestor of {tip}",
        cure="give the older commit first, as in git's A..B",
    )
