"""The command `mcp`: an index as tools for agents and editors."""

import argparse
from datetime import UTC, datetime

from kvminbox.cli.trees import add_tree_options, choose_tree
from kvminbox.cli.windows import open_file


def fill_mcp(command: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    command.description = (
        "Serve an index to an agent or an editor, as tools of the Model Context Protocol over "
        "standard input and output. It only reads the index and the tree. Needs the extra `mcp`."
    )
    command.add_argument("file", metavar="FILE", help="the index file")
    add_tree_options(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    with open_file(options, on_problem="skip") as index:
        tree = choose_tree(options)
        from kvminbox.mcp import Desk, serve_stdio  # after the file, whose errors come first

        serve_stdio(Desk(index, lambda: datetime.now(UTC), tree))
