"""The time between two releases of a tree, and the merge window of one."""

import re
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Final, NamedTuple

from kvminbox.errors import RangeError, UsageError
from kvminbox.upstream.tree import Tree
from kvminbox.words import list_some, shorten

# v6.13, v6.13.2, v6.13-rc1
_VERSION: Final = re.compile(r"v?(\d{1,9}(?:\.\d{1,9})+)(?:-rc(\d{1,9}))?")
_CURE: Final = "write v6.12..v6.13, v6.13 for all since the release before, or v6.13-rc1"


class ReleaseSpan(NamedTuple):
    """The time from one tag to another."""

    first: str
    """The tag with which it begins."""

    last: str | None
    """The tag with which it ends; None for no end."""

    begin: datetime
    """When the commit of the first tag was made."""

    end: datetime | None
    """When that of the last one was made; None for no end."""


def find_release_span(tree: Tree, text: str) -> ReleaseSpan:
    """Return the time between two tags of a tree, by when their commits were made.

    `v6.12..v6.13` is from one to the other, and `v6.12..` has no end. `v6.13` alone begins with
    the release before it, and so does `v6.13-rc1`, which is the merge window; `v6.13-rc3` begins
    with `v6.13-rc2`. Where tags are no such versions, the one before is the next older one.

    Raises:
        UsageError: it names no tag of the tree.
        RangeError: the second tag is older than the first, or none is older than the only one.
    """
    tags = {name: seconds for name, _, seconds in tree.list_tags()}
    first, dots, last = text.strip().partition("..")
    if not dots:
        _check(tags, first, tree)
        first, last = _find_before(tags, first, tree), first
    for name in filter(None, (first, last)):
        _check(tags, name, tree)
    if not first:
        raise UsageError("no release is given to begin with", shorten(text), _CURE)
    begin = datetime.fromtimestamp(tags[first], UTC)
    end = datetime.fromtimestamp(tags[last], UTC) if last else None
    if end is not None and end <= begin:
        raise RangeError(f"{last} is not newer than {first}", shorten(text), "swap them")
    return ReleaseSpan(first, last or None, begin, end)


def _check(tags: dict[str, int], name: str, tree: Tree) -> None:
    if name in tags:
        return
    near = get_close_matches(name, tags, 3)
    newest = list_some(list(reversed(tags))[:3], 3)
    cure = f"did you mean {' or '.join(near)}?" if near else f"its newest are {newest}; {_CURE}"
    what = "no such tag in the tree" if tags else "the tree has no tags"
    raise UsageError(what, f"{tree.name}: {shorten(name)}", cure)


def _find_before(tags: dict[str, int], name: str, tree: Tree) -> str:
    """Return the tag before: of versions by their numbers, of others by time."""
    keys = {one: key for one in tags if (key := _read_version(one))}
    if name in keys:
        numbers, candidate = keys[name]
        # of rc1 and of a release the one before is a release: v6.12.9 is no step to v6.13
        older = [
            one
            for one, key in keys.items()
            if key < keys[name]
            and (key[0] == numbers if 1 < candidate < _FINAL else key[1] == _FINAL)
        ]
        alike = [one for one in older if len(keys[one][0]) == len(numbers)]
        base = [one for one in older if len(numbers) > 2 and keys[one][0] == numbers[:-1]]
        found = max(alike + base or older, key=lambda one: keys[one], default="")
    else:
        found = max(
            (one for one in tags if tags[one] < tags[name]), key=lambda one: tags[one], default=""
        )
    if not found:
        cure = "give the start, too: v6.12..v6.13"
        raise RangeError("no tag of the tree is older", f"{tree.name}: {name}", cure)
    return found


_FINAL: Final = 10**9
"""The number of the candidate that is the release itself."""


def _read_version(name: str) -> tuple[tuple[int, ...], int] | None:
    match = _VERSION.fullmatch(name)
    if match is None:
        return None
    numbers = tuple(map(int, match[1].split(".")))
    return numbers, int(match[2]) if match[2] else _FINAL
