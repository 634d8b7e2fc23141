"""The commits of a range, newest first; a straight line, or a graph with merges."""

from collections.abc import Iterator

from kvminbox.archive.history import History
from kvminbox.archive.objects import Commit
from kvminbox.errors import RangeError


def walk_commits(history: History, tip: str, base: str | None) -> Iterator[Commit]:
    """Give the commits that are reachable from `tip` and not from `base`, newest first.

    An archive is a straight line, so each commit is followed by its parent, and
    the base is where the line is left. Where a merge is met, the rest is ordered
    as a graph, children before parents.

    Raises:
        RangeError: `base` is no ancestor of `tip`.
        kvminbox.errors.IncompleteHistoryError: a shallow boundary lies in between.
        kvminbox.errors.ObjectError: a commit can't be read.
    """
    if tip == base:
        return
    commit = history.read_commit(tip)
    while len(commit.parents) < 2:
        yield commit
        if not commit.parents:
            if base is not None:
                raise _no_ancestor(base, tip)
            return
        if commit.parents[0] == base:
            return
        commit = history.read_parent(commit, commit.parents[0])
    yield from _walk_graph(history, commit, base, tip)


def _walk_graph(history: History, top: Commit, base: str | None, tip: str) -> Iterator[Commit]:
    excluded = _ancestors(history, base) if base else set()
    order = _postorder(history, top.id, excluded)
    # a way from the top down to the base leads over commits that are none of its ancestors
    if base is not None and not any(base in history.read_commit(oid).parents for oid in order):
        raise _no_ancestor(base, tip)
    for oid in reversed(order):
        yield history.read_commit(oid)


def _ancestors(history: History, base: str) -> set[str]:
    """Give a commit and all before it, as far as they are here: the range lies above."""
    found: set[str] = set()
    stack = [base]
    while stack:
        oid = stack.pop()
        if oid not in found:
            found.add(oid)
            if oid not in history.shallow:
                stack.extend(history.read_commit(oid).parents)
    return found


def _postorder(history: History, tip: str, excluded: set[str]) -> list[str]:
    """Give a commit's history without the excluded, each parent before its children."""
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
            commit = history.read_commit(oid)
            if oid in history.shallow:
                for parent in commit.parents:
                    history.read_parent(commit, parent)  # which says that history is cut there
            stack.extend((parent, False) for parent in reversed(commit.parents))
    return order


def _no_ancestor(base: str, tip: str) -> RangeError:
    return RangeError(
        f"{base} is no ancestor of {tip}",
        cure="name the older commit first, as in git's A..B",
    )
