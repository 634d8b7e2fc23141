"""The window that a command reads: of an archive by its path, or of an index file."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kvminbox.archive import read_time
from kvminbox.cli.problems import (
    add_problem_option,
    find_policy,
    has_only_accepted,
    print_problem,
    take_accepted,
)
from kvminbox.dates import parse_month, parse_week, parse_year, read_span, write_day, write_time
from kvminbox.errors import IndexFileError, KvminboxError, ObjectError, RangeError, UsageError
from kvminbox.inbox import Inbox, Window
from kvminbox.index import Index
from kvminbox.index.merged import Merged
from kvminbox.models import Corpus, OnProblem
from kvminbox.safe import safe_text
from kvminbox.textfile import expand_home
from kvminbox.words import count_things

_PERIODS: Final = {"week": parse_week, "month": parse_month, "year": parse_year}
"""The options that name a period, and what reads them."""

ONE_INDEX: Final = "put several lists into one index: `kvminbox index FILE PATH PATH`"
"""What to do with more than one archive."""

_SQLITE: Final = b"SQLite format 3\0"

_RECENT: Final = "6 months ago"
"""Where the window of a command that shows the present begins, as of the newest mail."""


def add_window_options(parser: argparse.ArgumentParser, *, is_recent: bool = False) -> None:
    """Add the options that choose a window.

    Without them it is of all mails, or with `is_recent` of the last six months that have some.
    """
    usual = "the six months before the newest mail" if is_recent else "all mails"
    parser.set_defaults(is_recent=is_recent)
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        help="an epoch, an inbox, a clone of either, or an index file (@ or nothing: the "
        "default index)",
    )
    parser.add_argument(
        "range", metavar="BASE..TIP", nargs="?",
        help="commits of the archive, as in git: after BASE, up to and including TIP; `..TIP` "
        "starts at the beginning, `BASE..` ends at the newest; N:REV names an epoch; without it "
        f"and without dates: {usual}",
    )  # fmt: skip
    parser.add_argument(
        "--since", metavar="DATE",
        help="only mails that arrived since DATE (UTC): 2025-08-01, `2 weeks ago`, yesterday",
    )  # fmt: skip
    parser.add_argument(
        "--until", metavar="DATE", help="with --since: only mails that arrived before DATE"
    )
    parser.add_argument(
        "--week",
        nargs="?",
        const="",
        metavar="2025-W31",
        help="only mails that arrived in that week; without a value, since a week ago",
    )
    parser.add_argument(
        "--month",
        nargs="?",
        const="",
        metavar="2025-08",
        help="only mails that arrived in that month; without a value, since a month ago",
    )
    parser.add_argument(
        "--year",
        nargs="?",
        const="",
        metavar="2025",
        help="only mails that arrived in that year; without a value, since a year ago",
    )
    parser.add_argument(
        "--release", metavar="v6.12..v6.13",
        help="only mails that arrived between two tags of --tree; `v6.13` alone begins with the "
        "release before it, and `v6.13-rc1` is its merge window",
    )  # fmt: skip
    parser.add_argument(
        "--by", choices=["arrival", "date"],
        help="choose the mails of a time by arrival, or by their Date header (default: arrival; "
        "Date where some arrived long after they were sent, as in a mirror that was filled later)",
    )  # fmt: skip
    parser.add_argument(
        "--inbox", metavar="NAME", help="only this inbox of an index (default: all)"
    )
    parser.add_argument(
        "--accept-gaps", action="store_true",
        help="skip a missing epoch between two others, and report it",
    )  # fmt: skip
    add_problem_option(parser, "raise")


@contextmanager
def open_inbox(options: argparse.Namespace) -> Iterator[Inbox | Index]:
    """Open the archive or index that the options name; an index is closed at the end."""
    if Path(options.path).is_file() and not options.path.endswith(".bundle"):
        with Index.open(options.path, accept_gaps=options.accept_gaps, urls=options.urls) as index:
            take_accepted(options, index)
            yield index.inbox(options.inbox) if options.inbox else index
    elif options.inbox:
        raise UsageError("--inbox needs an index file", options.path, "leave it out")
    else:
        yield Inbox.open(options.path, accept_gaps=options.accept_gaps, urls=options.urls)


def open_file(options: argparse.Namespace, *, on_problem: OnProblem = "raise") -> Index:
    """Open the index file that the options name; where there is none, say how to make one."""
    path = options.file
    try:
        return Index.open(path, on_problem=on_problem, urls=options.urls)
    except IndexFileError as error:
        if expand_home(path).exists() or not expand_home(path).parent.is_dir():
            raise
        cure = f"create it with: kvminbox index {path} INBOX"
        raise IndexFileError(error.what, error.where, cure) from None


def open_index(options: argparse.Namespace) -> Index:
    """Open an index file; say how many mails are in no answer of it, or refuse that.

    Nothing is said of those that the index was told to do without.
    """
    index = open_file(options)
    take_accepted(options, index)
    if options.on_problem != "raise":  # what `changes` comes to has been told here
        index.on_problem = "skip"
    if (unread := index.unread) and not has_only_accepted(options, index):
        mails = count_things(unread, "mail")
        they, are, them = ("it was", "is", "it") if unread == 1 else ("they were", "are", "them")
        what = f"{mails} could not be read when {they} indexed, and {are} left out of all answers"
        cure = f"fetch {them}, and update the index"
        if options.on_problem == "raise":
            raise ObjectError(what, where=options.file, cure=f"{cure}; or use --on-problem skip")
        if options.on_problem == "tell":
            for problem in index.problems():
                print_problem(problem)
        print(f"kvminbox: {safe_text(options.file)}: {what}; {cure}", file=sys.stderr)
    return index


def choose_window(inbox: Inbox | Index, options: argparse.Namespace) -> Corpus:
    """Return the window that the options name; without any, the command's usual one."""
    if options.until and options.since is None:
        raise UsageError("--until needs --since", cure="give the start with --since DATE")
    given = sum(one is not None for one in (options.range, *list_times(options)))
    if given > 1:
        what = "BASE..TIP, --since, --week, --month, --year and --release each choose a window"
        raise UsageError(what, cure="give only one of them")
    if not given and options.is_recent:
        options.since = _find_recent(inbox)
    if options.range is not None or not (given or options.since):
        if options.by == "date":
            cure = "give --since, --week, --month, --year or --release with it"
            raise UsageError("--by date needs a time", options.range or "all mails", cure)
        return choose_range(inbox, options, "..HEAD" if options.range is None else options.range)
    return _choose_by_time(inbox, options)


def _choose_by_time(inbox: Inbox | Index, options: argparse.Namespace) -> Corpus:
    """Return the window of a span of time, by arrival; by Date where that is asked for or better.

    Where an archive was filled in batches, what arrived in some months lacks answers that arrived
    before, and what was sent in others arrived after them.
    """
    since, until = choose_span(options)
    now = datetime.now(UTC)
    policy = find_policy(options)
    begin, end = read_span(since, until, now)
    if end and begin.moment == end.moment:
        cure = "--until names the first moment that is not in it: give a later one"
        raise RangeError("that time ends as it begins", f"{since} to {until}", cure)
    if options.by != "date":
        window = inbox.since(since, until, now=now, on_problem=policy)
        is_better = not options.by and _is_better_by_date(inbox, window, since, until, now)
        if not (len(window) or is_better):
            where = f"{since} to {until or 'now'}"
            cure = _tell_arrivals(inbox, since if until is None else None)
            raise RangeError("no mail arrived in that time", where, cure)
        if not is_better:
            return window
        options.by = "date"  # of an earlier time, too, with which it is compared
        if sys.stderr is not None and sys.stderr.isatty():  # the report's head says it to cron
            what = "mails are chosen by Date, since some arrived long after they were sent"
            print(f"kvminbox: {what}; --by arrival chooses by arrival", file=sys.stderr)
        if options.on_problem == "raise":  # who asked for these months asked for no older mail
            options.on_problem = "tell"
            policy = find_policy(options)
    return inbox.sent_since(since, until, now=now, on_problem=policy)


def _is_better_by_date(
    inbox: Inbox | Index, window: Window | Merged, since: str, until: str | None, now: datetime
) -> bool:
    """Whether what was sent in a time is better than what arrived in it."""
    from kvminbox.analysis.by_date import is_better_by_date  # which `search` needs not

    begin, end = read_span(since, until, now)
    return is_better_by_date(inbox, window, begin.moment, end.moment if end else None)


def _tell_arrivals(inbox: Inbox | Index, since: str | None) -> str:
    """Return when the mails of an archive or index arrived, and how to ask for the last of them.

    Args:
        inbox: the archive or index.
        since: where the time began in which none arrived, if it has no end.
    """
    inboxes = map(inbox.inbox, inbox.inboxes) if isinstance(inbox, Index) else [inbox]
    spans = [one.between(None, on_problem="skip").arrived for one in inboxes]
    moments = [one for span in spans if span for one in span]
    if not moments:
        return "give other dates"
    first, last = write_day(min(moments)), write_day(max(moments))
    when = f"from {first} to {last}" if first != last else f"on {first}"
    hint = f": try --since {_shift(since, max(moments))}" if since else ""
    return f"the mails here arrived {when}{hint}; --by date chooses by Date"


def _find_recent(inbox: Inbox | Index) -> str | None:
    """Return the day six months before the newest mail; None where no archive tells when that came.

    As of today, a mirror that ended years ago would have no recent mail.
    """
    inboxes = map(inbox.inbox, inbox.inboxes) if isinstance(inbox, Index) else [inbox]
    newest: list[int] = []
    for one in inboxes:
        epoch = next((epoch for epoch in reversed(one.epochs) if epoch.tip), None)
        if epoch is not None and epoch.tip is not None:
            with suppress(KvminboxError):
                newest += filter(None, [one.sources[epoch.number].read_commit(epoch.tip).seconds])
    last = read_time(max(newest)) if newest else None
    return _shift(_RECENT, last) if last else None


def _shift(since: str, last: datetime) -> str:
    """Return the day from which on there are mails: `6 months ago` as of the last one."""
    moment = read_span(since, None, last)[0].moment
    return write_day(min(moment, last))


def choose_range(inbox: Inbox | Index, options: argparse.Namespace, text: str) -> Corpus:
    """Return the window of a range as the command line writes it."""
    policy = find_policy(options)
    base, tip = _split_range(text)
    if isinstance(inbox, Index) and base is None and tip in {None, "HEAD"}:
        inbox.on_problem = policy
        return inbox  # of several inboxes all mails, of which no revision tells
    return inbox.between(base, tip, on_problem=policy)


def list_times(options: argparse.Namespace) -> tuple[str | None, ...]:
    """Return the options that name a time; None for each that is not given."""
    return (options.since, *(getattr(options, name) for name in _PERIODS), options.release)


def choose_span(options: argparse.Namespace) -> tuple[str, str | None]:
    """Return the beginning and end that the options name."""
    if options.since is not None:
        return options.since, options.until
    if options.release is not None:
        return _find_release(options)
    for name, parse in _PERIODS.items():
        given: str | None = getattr(options, name)
        if given:
            begin, end = parse(given)
            return write_day(begin), write_day(end)
        if given is not None:
            return f"1 {name} ago", None
    raise UsageError("no time is given", cure="give --since DATE")


def _find_release(options: argparse.Namespace) -> tuple[str, str | None]:
    if not options.tree:
        cure = "give a clone of the code with --tree PATH, or as tree in the settings"
        raise UsageError("--release needs --tree", options.release, cure)
    from kvminbox.upstream import Tree, find_release_span  # which other windows start without

    span = find_release_span(Tree.open(options.tree[0]), options.release)
    return write_time(span.begin), write_time(span.end) if span.end else None


def is_index_file(text: str) -> bool:
    """Whether a word names an index, and so is hardly a word to find."""
    with suppress(OSError, ValueError):  # a name that no file can have
        if Path(text).is_file():  # and no pipe, which would wait for whoever writes to it
            with Path(text).open("rb") as file:
                return file.read(len(_SQLITE)) == _SQLITE
    return False


def _is_directory(text: str) -> bool:
    with suppress(OSError, ValueError):
        return bool(text) and Path(text).is_dir()
    return False


def _split_range(text: str) -> tuple[str | None, str | None]:
    base, dots, tip = text.partition("..")
    if not dots or tip.startswith(".") or text == "..":
        if text != ".." and (is_index_file(text) or _is_directory(text)):
            raise UsageError("a second archive or index", where=text, cure=ONE_INDEX)
        raise UsageError("not a range", where=text, cure="write BASE..TIP, like git's A..B")
    return base or None, tip or None
