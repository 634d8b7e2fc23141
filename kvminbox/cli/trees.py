"""The trees that a command looks at, and where what was read of it is kept."""

import argparse
import sys
from pathlib import Path

from kvminbox.errors import UsageError
from kvminbox.index import TreeIndex
from kvminbox.upstream import Code, Tree, Trees


def add_tree_options(parser: argparse.ArgumentParser, *, stable: bool = False) -> None:
    """Add the options that name a tree."""
    group = parser.add_argument_group("the code")
    group.add_argument(
        "--tree", metavar="PATH", action="append",
        help="a git clone of the code, to find out what landed; nothing is fetched. May be "
            "repeated: a commit counts for the first tree that has it",
    )  # fmt: skip
    group.add_argument(
        "--ref",
        action="append",
        metavar="REF",
        help="a branch of the tree (default: HEAD); may be repeated; only with a single --tree",
    )
    group.add_argument(
        "--tree-since", metavar="DATE", help="ignore commits older than DATE, such as 2020-01-01"
    )
    group.add_argument(
        "--tree-index",
        metavar="FILE",
        help="cache what was read from the tree in FILE, for the next run",
    )
    if stable:
        group.add_argument(
            "--stable", action="append", default=[], metavar="REF",
            help="a stable branch of the tree, or the path of another clone, for the section"
            " backports; may be repeated",
        )  # fmt: skip


def choose_tree(options: argparse.Namespace) -> Code | None:
    """Open the tree that the options name, or the trees; None if they name none."""
    if not options.tree:
        if getattr(options, "stable", None):
            raise UsageError(
                "--stable needs --tree", options.stable[0], "give the main tree with --tree PATH"
            )
        return None
    refs = tuple(options.ref or ["HEAD"])
    if options.ref and len(options.tree) > 1:
        what = "with several trees, --ref is ambiguous"
        raise UsageError(what, options.ref[0], "leave --ref out, or give a single --tree")
    kept = TreeIndex.open(options.tree_index) if options.tree_index else None
    open_tree = kept.open_tree if kept else Tree.open
    trees = [open_tree(path, refs, options.tree_since) for path in options.tree]
    tree = Trees(*trees) if len(trees) > 1 else trees[0]
    for gap in tree.gaps:
        print(f"kvminbox: {gap}", file=sys.stderr)
    return tree


def choose_stable(options: argparse.Namespace, tree: Code) -> tuple[Tree, ...]:
    """Open the stable trees that the options name: directories, else branches of the first tree."""
    return tuple(
        Tree.open(one, ["HEAD"], options.tree_since)
        if Path(one).is_dir()
        else Tree.open(tree.each[0].path, [one], options.tree_since)
        for one in options.stable
    )
