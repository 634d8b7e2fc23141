"""Several trees of one list, looked at as one."""

from collections.abc import Iterator
from heapq import merge
from operator import attrgetter

from kvminbox.errors import UsageError
from kvminbox.safe import safe_text
from kvminbox.upstream.commit_text import CommitText
from kvminbox.upstream.history import Node
from kvminbox.upstream.tree import Tree
from kvminbox.words import shorten


class Trees:
    """Several trees of one list: mainline and next, or those of several programs.

    Whatever looks for what landed takes them as it takes one tree. A commit that more than one
    of them holds counts once, for the first that does, so put the one with the releases first.

    Attributes:
        each: the trees.
    """

    def __init__(self, *trees: Tree) -> None:
        """Take the trees.

        Raises:
            UsageError: there is none.
        """
        if not trees:
            raise UsageError("no tree is given", "Trees", "give one or more")
        self.each = trees

    def __repr__(self) -> str:
        return safe_text(f"<Trees {self.name}>")

    @property
    def name(self) -> str:
        """Their names."""
        return ", ".join(dict.fromkeys(tree.name for tree in self.each))

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is not known of them, in words."""
        return tuple(dict.fromkeys(gap for tree in self.each for gap in tree.gaps))

    def nodes(self, begin: int | None = None) -> Iterator[Node]:
        """Yield the commits of all, each once, by their time."""
        seen: set[str] = set()
        streams = [tree.nodes(begin) for tree in self.each]
        for node in merge(*streams, key=attrgetter("seconds")):
            if node.id not in seen:
                seen.add(node.id)
                yield node

    def find_id(self, revision: str) -> str | None:
        """Return the full id of a commit that one of them holds; see `Tree.find_id`."""
        return next(filter(None, (tree.find_id(revision) for tree in self.each)), None)

    def release_of(self, commit: str) -> str | None:
        """Return the first tag with a commit, in the first tree that has one."""
        return next(filter(None, (tree.release_of(commit) for tree in self.each)), None)

    def read_text(self, commit: str) -> CommitText:
        """Return what a commit's bytes say; see `Tree.commits` for its errors."""
        return self._find_holder(commit).read_text(commit)

    def read_paths(self, commit: CommitText) -> frozenset[str]:
        """Return the paths that a commit touches."""
        return self._find_holder(commit.id).read_paths(commit)

    def _find_holder(self, commit: str) -> Tree:
        return next((tree for tree in self.each if commit in tree), self.each[0])


Code = Tree | Trees
"""Where to look for what landed."""


def check_tree(given: Code) -> None:
    """Make sure that a tree is given.

    Raises:
        UsageError: it is something else, such as its path.
    """
    if isinstance(given, Tree | Trees):
        return
    found: object = given
    what = f"expected a tree, not this {type(found).__name__}"
    raise UsageError(what, shorten(repr(found)), "open it first: kvminbox.upstream.Tree.open(PATH)")
