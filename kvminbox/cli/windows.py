"""The window that a command reads: of an archive by its path, or of an index file."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kvminbox.errors import ObjectError, RangeError, UsageError
from kvminbox.inbox import Inbox, Window
from kvminbox.index import Index
from kvminbox.models import OnProblem, Problem
from kvminbox.safe import safe_text
from kvminbox.words import count_things


def print_problem(problem: Problem) -> None:
    """Print a mail that is left out to standard error."""
    print(f"kvminbox: left out: {safe_text(problem.text)}", file=sys.stderr)


_POLICIES: Final[dict[str, OnProblem]] = {"raise": "raise", "skip": "skip", "tell": print_problem}


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
        "--accept-gaps", action="store_true",
        help="pass over an epoch between others that is not here, and say so",
    )  # fmt: skip
    add_problem_option(parser, "raise")


def add_problem_option(parser: argparse.ArgumentParser, default: str) -> None:
    """Add the option that says what becomes of mails that can't be read."""
    parser.add_argument(
        "--on-problem", choices=[*_POLICIES], default=default,
        help="what becomes of mails that can't be read: raise an error; skip them, and say how"
        f" many; or tell of each on standard error as well ({default})",
    )  # fmt: skip


@contextmanager
def open_inbox(options: argparse.Namespace) -> Iterator[Inbox]:
    """Open the archive or index that the options name; an index is closed at the end."""
    if Path(options.path).is_file() and not options.path.endswith(".bundle"):
        with Index.open(options.path, accept_gaps=options.accept_gaps) as index:
            yield index.inbox(options.inbox)
    elif options.inbox:
        raise UsageError("--inbox goes with an index file", options.path, "leave it out")
    else:
        yield Inbox.open(options.path, accept_gaps=options.accept_gaps)


def open_index(options: argparse.Namespace) -> Index:
    """Open an index file; say how many mails are in no answer of it, or refuse that."""
    index = Index.open(options.file)
    if unread := index.unread:
        mails = count_things(unread, "mail")
        what = f"{mails} could not be read when they were indexed, and are in no answer"
        cure = "fetch them, and update the index"
        if options.on_problem == "raise":
            raise ObjectError(what, where=options.file, cure=f"{cure}; or use --on-problem skip")
        if options.on_problem == "tell":
            for problem in index.problems():
                print_problem(problem)
        print(f"kvminbox: {safe_text(options.file)}: {what}; {cure}", file=sys.stderr)
    return index


def choose_window(inbox: Inbox, options: argparse.Namespace) -> Window:
    """Return the window that the options name."""
    if options.until and options.since is None:
        raise UsageError("--until goes with --since", cure="name the beginning with --since DATE")
    if (options.range is None) == (options.since is None):
        raise UsageError("give either a range BASE..TIP (`..HEAD` is everything) or --since DATE")
    if options.since is None:
        return choose_range(inbox, options, options.range)
    window = inbox.since(options.since, options.until, on_problem=_POLICIES[options.on_problem])
    if not len(window):
        where = f"{options.since} to {options.until or 'now'}"
        raise RangeError("no mail arrived in that time", where, "give other dates")
    return window


def choose_range(inbox: Inbox, options: argparse.Namespace, text: str) -> Window:
    """Return the window of a range as the command line writes it."""
    return inbox.between(*_split_range(text), on_problem=_POLICIES[options.on_problem])


def _split_range(text: str) -> tuple[str | None, str | None]:
    base, dots, tip = text.partition("..")
    if not dots or tip.startswith(".") or text == "..":
        raise UsageError("it is no range", where=text, cure="write BASE..TIP, as git's A..B")
    return base or None, tip or None
