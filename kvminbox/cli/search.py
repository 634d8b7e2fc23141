"""The command `search`: find mails in an index."""

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final

from kvminbox.cli.arguments import (
    add_file_argument,
    add_format_option,
    add_output_option,
    choose_format,
    positive,
    read_query,
)
from kvminbox.cli.output import dim, terminal_width, write_output
from kvminbox.cli.problems import add_problem_option
from kvminbox.cli.windows import ONE_INDEX, is_index_file, open_index
from kvminbox.dates import write_day
from kvminbox.display import escape_json, wrap_text
from kvminbox.index import Search
from kvminbox.index.search import MAX_STEPS
from kvminbox.mbox import write_mbox
from kvminbox.models import Hit
from kvminbox.safe import safe_text


def fill_search(search: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    search.description = (
        "Search mails. The prefixes are lei's: s: subject, f: from, t: to, c: cc, b: body, "
        "dfn: path "
        "in a diff, d: date sent, rt: date received, and others; and kind:, series:, revision:, "
        "tag:, author:. Dates are YYYY-MM-DD, YYYY-MM, or git's words: rt:2.weeks.ago.."
    )
    add_file_argument(search, "a word such as s:WORD")
    search.add_argument(
        "query",
        metavar="QUERY",
        nargs="+",
        help="search terms, all of which must match; - reads them from stdin",
    )
    search.add_argument(
        "--order", choices=["newest", "oldest", "relevance"], default="newest",
        help="sort order (default: newest first)",
    )  # fmt: skip
    search.add_argument("-n", "--limit", type=positive, metavar="N", help="print at most N mails")
    add_format_option(search, _HITS, "one line per mail, ids only, JSON lines, or an mbox")
    search.add_argument(
        "--steps", type=positive, default=MAX_STEPS, metavar="N",
        help=f"stop with an error after N SQLite steps (default: {MAX_STEPS:,})",
    )  # fmt: skip
    search.add_argument("--count", action="store_true", help="print only the number of mails found")
    add_output_option(search)
    add_problem_option(search, "skip")
    search.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    query = read_query(options.query)
    with open_index(options) as index:
        search = index.search(
            query, order=options.order, now=datetime.now(UTC), steps=options.steps
        )
        if options.count:
            write_output([f"{len(search)}\n".encode()], options.output)
        else:
            if not len(search):
                from kvminbox.index.no_match import explain_no_match  # which few searches need

                print("kvminbox: no mail matches", file=sys.stderr)
                for word in filter(is_index_file, options.query):
                    told = f"{word} was taken for a word to find; {ONE_INDEX}"
                    print(safe_text(f"kvminbox: {told}"), file=sys.stderr)
                for told in explain_no_match(index, query):
                    print(safe_text(f"kvminbox: {told}"), file=sys.stderr)
            name = choose_format(options)
            pieces = _HITS[name](search, options.limit)
            write_output(pieces, options.output, is_mail=name == "mbox")


def write_hit(hit: Hit) -> str:
    """Return a mail as a line; on a terminal in two, where it is too long for one."""
    message = hit.message
    moment = message.date or (message.entry.arrived if message.entry else None)
    day = write_day(moment) if moment else " " * 10
    sender = safe_text(message.sender.name_or_email)[:24]
    subject = safe_text(message.subject.raw)
    identity = f"<{safe_text(message.message_id or '')}>"
    line = f"{day}  {sender:24}  {subject}  {identity}"
    width = terminal_width()
    if width and len(line) > width:
        # the subject is what people look for: it is whole
        first, *more = wrap_text(subject, max(width - 12, 20)) or [""]
        line = "\n".join([f"{day}  {first}", *(f"{' ' * 12}{one}" for one in more)])
        line += f"\n{' ' * 12}{sender}  {dim(identity)}"
    return f"{line}\n"


_HITS: Final[dict[str, Callable[[Search, int | None], Iterable[bytes]]]] = {
    "text": lambda search, limit: (write_hit(hit).encode() for hit in search.hits(limit)),
    "ids": lambda search, limit: (
        f"{safe_text(one)}\n".encode() for one in search.message_ids(limit)
    ),
    "jsonl": lambda search, limit: (
        f"{escape_json(hit.model_dump_json())}\n".encode() for hit in search.hits(limit)
    ),
    "mbox": lambda search, limit: write_mbox(map(search.raw, search.entries(limit))),
}
