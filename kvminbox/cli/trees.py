"""The tree that a command looks at, and where what was read of it is kept."""

import argparse
import sys

from kvminbox.index import TreeIndex
from kvminbox.upstream import Tree


def add_tree_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a tree."""
    group = parser.add_argument_group("the code")
    group.add_argument(
        "--tree", metavar="PATH",
        help="a git clone of the code, to see what landed; nothing is fetched",
    )  # fmt: skip
    group.add_argument(
        "--ref", action="append", metavar="REF", help="its branch (HEAD); may be repeated"
    )
    group.add_argument(
        "--tree-since", metavar="DATE", help="look at no commit that is older, as 2020-01-01"
    )
    group.add_argument(
        "--tree-index", metavar="FILE", help="keep what was read of the tree there, for next time"
    )


def choose_tree(options: argparse.Namespace) -> Tree | None:
    """Open the tree that the options name; None where they name none."""
    if not options.tree:
        return None
    refs = tuple(options.ref or ["HEAD"])
    if options.tree_index:
        tree = TreeIndex.open(options.tree_index).open_tree(options.tree, refs, options.tree_since)
    else:
        tree = Tree.open(options.tree, refs, options.tree_since)
    for gap in tree.gaps:
        print(f"kvminbox: {gap}", file=sys.stderr)
    return tree
