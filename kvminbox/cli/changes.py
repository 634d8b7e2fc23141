"""The command `changes`: the mails that came into an index since the last time."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kvminbox.cli.arguments import add_format_option, add_output_option, choose_format, read_query
from kvminbox.cli.output import check_writable, write_output
from kvminbox.cli.problems import add_problem_option
from kvminbox.cli.search import write_hit
from kvminbox.cli.windows import open_index
from kvminbox.dates import read_time, write_day
from kvminbox.display import FeedEntry, escape_json, render_atom
from kvminbox.errors import UsageError
from kvminbox.index import Index
from kvminbox.mbox import write_mbox
from kvminbox.models import Hit, IndexMark
from kvminbox.safe import safe_text
from kvminbox.textfile import expand_home, read_text
from kvminbox.words import shorten

FEED_LENGTH: Final = 50
"""Mails that a feed holds at least, of those that came before: a reader may look at it less
often than it is made."""

MAX_FEED_TEXT: Final = 4_000
"""Characters of a mail's text in a feed."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def fill_changes(changes: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    changes.description = (
        "Print the mails that arrived since a date or, with --state, since the last run with "
        "that file; oldest first; all of them, or those that match a query. If nothing is new, "
        "nothing is printed. In a cron job, run `kvminbox index FILE` first."
    )
    changes.add_argument(
        "file", metavar="FILE", nargs="?", help="the index file (@ or nothing: the default index)"
    )
    changes.add_argument(
        "query",
        metavar="QUERY",
        nargs="*",
        help="search terms, as for `kvminbox search`; - reads them from stdin",
    )
    changes.add_argument(
        "--search", metavar="NAME",
        help="a saved search, which remembers how far it got unless --state is given",
    )  # fmt: skip
    changes.add_argument(
        "--since", metavar="DATE", help="a date (UTC), such as 2025-08-01 or `2 days ago`"
    )
    changes.add_argument(
        "--state", metavar="FILE",
        help="a file that remembers how far the last run got; until it exists, --since says "
        "where to start",
    )  # fmt: skip
    add_format_option(
        changes, [*_CHANGES, "atom"],
        "text: one line per mail; jsonl: JSON lines; mbox; atom: a feed, which with --state "
        f"always has the last {FEED_LENGTH} mails",
    )  # fmt: skip
    add_output_option(changes)
    add_problem_option(changes, "skip")
    changes.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    query, name = read_query(options.query), choose_format(options)
    with open_index(options) as index:
        since = _read_state(options.state) or _check_since(options.since)
        if options.state:
            check_writable(options.state, "--state")  # else the same mails come once more
        new = index.new_since(since, query, now=now)
        if isinstance(since, str) and not len(new):
            _tell_future(since, new.mark, now)
        if name == "atom":
            title = f"kvminbox changes: {query or ', '.join(index.inboxes)}"
            hits = new.hits()
            if isinstance(since, IndexMark) and len(new) < FEED_LENGTH:
                hits = index.new_since(None, query, now=now).hits(FEED_LENGTH)
            pieces: Iterable[bytes] = _make_feed([*hits], title, new.mark)
        else:
            pieces = _CHANGES[name](index, [*new.hits()])
        write_output(pieces, options.output, is_mail=name == "mbox")
        if options.state:
            state = [f"{new.mark.model_dump_json()}\n".encode()]
            write_output(state, options.state, option="--state")


def _check_since(text: str | None) -> str:
    if text is None:
        cure = "give --since DATE, or --state FILE with the file of an earlier run"
        raise UsageError("no starting point is given", "changes", cure)
    return text


def _tell_future(since: str, mark: IndexMark, now: datetime) -> None:
    """Say on standard error that a time is in the future, and that nothing can be new since it."""
    begin = read_time(since, now)
    if begin.moment <= now:
        return
    arrived = [one.arrived for one in mark.epochs if one.arrived]
    newest = f"; the newest mail arrived on {write_day(max(arrived))}" if arrived else ""
    told = f"--since {begin.written} is in the future{newest}"
    print(safe_text(f"kvminbox: {told}"), file=sys.stderr)


def _read_state(path: str | None) -> IndexMark | None:
    """Return how far the last run got; None without a file."""
    if path is None or not expand_home(path).exists():
        return None
    try:
        return IndexMark.model_validate_json(read_text(Path(path)))
    except ValueError:
        cure = "remove it, and give --since"
        raise UsageError("not a file of `changes --state`", path, cure) from None


def _arrival(hit: Hit) -> datetime | None:
    arrived = [copy.entry.arrived for copy in hit.copies if copy.entry.arrived]
    return min(arrived, default=None)


def _make_feed(hits: Sequence[Hit], title: str, mark: IndexMark) -> Iterator[bytes]:
    """Yield a feed, its newest mail first."""
    entries = [
        FeedEntry(
            title=hit.message.subject.raw,
            author=hit.message.sender.name_or_email,
            message_id=hit.message.message_id or hit.copies[0].entry.blob,
            moment=_arrival(hit) or _EPOCH,
            url=hit.message.url or "",
            text=shorten(hit.message.body, MAX_FEED_TEXT),
        )
        for hit in reversed(hits)
    ]
    # as old as what it holds, so that the same mails make the same bytes
    arrived = [one.arrived for one in mark.epochs if one.arrived]
    moment = max([entry.moment for entry in entries] or arrived, default=_EPOCH)
    return (piece.encode() for piece in render_atom(title, entries, moment))


_CHANGES: Final[dict[str, Callable[[Index, Sequence[Hit]], Iterable[bytes]]]] = {
    "text": lambda _, hits: (write_hit(hit).encode() for hit in hits),
    "jsonl": lambda _, hits: (f"{escape_json(hit.model_dump_json())}\n".encode() for hit in hits),
    "mbox": lambda index, hits: write_mbox(index.raw(hit.message) for hit in hits),
}
