"""The tree that a command looks at, and where what was read of it is kept."""

import argparse
import sys
from pathlib import Path

from kvminbox.errors import UsageError
from kvminbox.index import TreeIndex
from kvminbox.upstream import Tree


def add_tree_options(parser: argparse.ArgumentParser, *, stable: bool = False) -> None:
    """Add the options that name a tree."""
    group = parser.add_argument_group("the code")
    group.add_argument(
        "--tree", metavar="PATH",
        help="a git clone of the code, to tell what landed; nothing is fetched",
    )  # fmt: skip
    group.add_argument(
        "--ref", action="append", metavar="REF", help="a branch of it (HEAD); may be repeated"
    )
    group.add_argument(
        "--tree-since", metavar="DATE", help="ignore commits older than DATE, such as 2020-01-01"
    )
    group.add_argument(
        "--tree-index",
        metavar="FILE",
        help="cache what was read of the tree in FILE, for the next run",
    )
    if stable:
        group.add_argument(
            "--stable", action="append", default=[], metavar="REF",
            help="a stable branch of the tree, or the path of another clone, for the section"
            " backports; may be repeated",
        )  # fmt: skip


def choose_tree(options: argparse.Namespace) -> Tree | None:
    """Open the tree that the options name; None where they name none."""
    if not options.tree:
        if getattr(options, "stable", None):
            raise UsageError("--stable goes with --tree", options.stable[0], "name the main tree")
        return None
    refs = tuple(options.ref or ["HEAD"])
    if options.tree_index:
        tree = TreeIndex.open(options.tree_index).open_tree(options.tree, refs, options.tree_since)
    else:
        tree = Tree.open(options.tree, refs, options.tree_since)
    for gap in tree.gaps:
        print(f"kvminbox: {gap}", file=sys.stderr)
    return tree


def choose_stable(options: argparse.Namespace, tree: Tree) -> tuple[Tree, ...]:
    """Open the stable trees that the options name: directories, else branches of the tree."""
    return tuple(
        Tree.open(one, ["HEAD"], options.tree_since)
        if Path(one).is_dir()
        else Tree.open(tree.path, [one], options.tree_since)
        for one in options.stable
    )
