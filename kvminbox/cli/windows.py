"""The window that a command reads: of an archive by its path, or of an index file."""

import argparse
import sys
from pathlib import Path

from kvminbox.errors import RangeError, UsageError
from kvminbox.inbox import Inbox, Window
from kvminbox.index import Index
from kvminbox.models import Problem
from kvminbox.safe import safe_text


def add_window_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a window."""
    parser.add_argument(
        "path", metavar="PATH", help="an epoch, an inbox, a clone of one, or an index file"
    )
    parser.add_argument(
        "range", metavar="BASE..TIP", nargs="?",
        help="archive commits as git names them; BASE is left out, TIP is not; "
        "`..TIP` is from the beginning, `BASE..` up to the newest; N:REV names an epoch",
    )  # fmt: skip
    parser.add_argument("--since", metavar="DATE", help="what arrived from then on, as 2025-08-01")
    parser.add_argument("--until", metavar="DATE", help="with --since: what arrived before then")
    parser.add_argument("--inbox", metavar="NAME", help="which inbox of an index that has several")
    parser.add_argument(
        "--skip-problems", action="store_true",
        help="leave out mails that can't be read, and say so, instead of stopping",
    )  # fmt: skip


def choose_window(options: argparse.Namespace) -> Window:
    """Open the archive or index that the options name, and return the window."""
    window = _choose(_open(options), options)
    if options.skip_problems:
        window.on_problem = _print_problem
    return window


def _open(options: argparse.Namespace) -> Inbox:
    if Path(options.path).is_file() and not options.path.endswith(".bundle"):
        return Index.open(options.path).inbox(options.inbox)
    if options.inbox:
        raise UsageError("--inbox goes with an index file", options.path, "leave it out")
    return Inbox.open(options.path)


def open_index(path: str) -> Index:
    """Open an index file; say how many mails are in no answer of it."""
    index = Index.open(path)
    if unread := index.unread:
        print(
            f"kvminbox: {safe_text(path)}: {unread} mails could not be read when they were"
            " indexed, and are in no answer; fetch them, and update the index",
            file=sys.stderr,
        )
    return index


def choose_range(options: argparse.Namespace, text: str) -> Window:
    """Return another window of the same archive or index."""
    return _open(options).between(*_split_range(text))


def _choose(inbox: Inbox, options: argparse.Namespace) -> Window:
    if options.until and options.since is None:
        raise UsageError("--until goes with --since", cure="name the beginning with --since DATE")
    if (options.range is None) == (options.since is None):
        raise UsageError("give either a range BASE..TIP (`..HEAD` is everything) or --since DATE")
    if options.since is None:
        return inbox.between(*_split_range(options.range))
    window = inbox.since(options.since, options.until)
    if not len(window):
        where = f"{options.since} to {options.until or 'now'}"
        raise RangeError("no mail arrived in that time", where, "give other dates")
    return window


def _split_range(text: str) -> tuple[str | None, str | None]:
    base, dots, tip = text.partition("..")
    if not dots or tip.startswith(".") or text == "..":
        raise UsageError("it is no range", where=text, cure="write BASE..TIP, as git's A..B")
    return base or None, tip or None


def _print_problem(problem: Problem) -> None:
    print(f"kvminbox: left out: {safe_text(problem.text)}", file=sys.stderr)
