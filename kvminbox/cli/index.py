"""The commands of an index: index, search, show."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from kvminbox.cli.output import write_output
from kvminbox.cli.reports import positive
from kvminbox.cli.windows import open_index
from kvminbox.display import escape_json, progress_bar
from kvminbox.errors import IndexDamagedError, RevisionError, UsageError
from kvminbox.inbox import Inbox
from kvminbox.index import Index, Search
from kvminbox.mail import write_mbox
from kvminbox.models import Address, EpochUpdate, IndexUpdate, Message
from kvminbox.safe import safe_text
from kvminbox.words import find_runs


def add_index_commands(commands: Any) -> None:  # noqa: ANN401  # argparse names no type
    """Add the commands to the parser."""
    index = commands.add_parser(
        "index",
        help="make an index file of inboxes, or bring one up to date",
        description="Read what is new in some inboxes into an index file.",
    )
    index.add_argument("file", metavar="FILE", help="the index file; made where there is none")
    index.add_argument("paths", metavar="PATH", nargs="*", help="an epoch, an inbox, or a clone")
    index.add_argument("--name", help="what the index calls the inbox; else its folder's name")
    index.add_argument(
        "--jobs", type=positive, default=_count_cores(), metavar="N",
        help="processes that read mails (one for each core, up to 4)",
    )  # fmt: skip
    index.add_argument(
        "--accept-loss", action="store_true",
        help="let a whole epoch go whose branch is gone or belongs to another archive",
    )  # fmt: skip
    index.add_argument("--check", action="store_true", help="read the whole file for damage")
    index.set_defaults(run=_run_index)
    _add_search(commands)
    _add_show(commands)


def _add_search(commands: Any) -> None:  # noqa: ANN401
    search = commands.add_parser(
        "search",
        help="find mails in an index by lei's search words",
        description="Find mails: s: subject, f: from, b: body, dfn: path in a diff, rt: received…",
    )
    search.add_argument("file", metavar="FILE", help="the index file")
    search.add_argument("query", metavar="QUERY", nargs="+", help="words that must all be met")
    search.add_argument(
        "--order", choices=["newest", "oldest", "relevance"], default="newest",
        help="which comes first (newest)",
    )  # fmt: skip
    search.add_argument("--limit", type=positive, metavar="N", help="print no more than that")
    search.add_argument(
        "--format", choices=sorted(_HITS), default="text",
        help="a line each, ids only, JSON lines, or an mbox (text)",
    )  # fmt: skip
    search.add_argument("--count", action="store_true", help="print only how many there are")
    search.add_argument("--output", metavar="FILE", help="write there instead of printing")
    search.set_defaults(run=_run_search)


def _add_show(commands: Any) -> None:  # noqa: ANN401
    show = commands.add_parser(
        "show",
        help="print a mail of an index, its thread, or its series",
        description="Print a mail by its Message-ID. Raw mails go into a file or a pipe as they "
        "are; on a terminal, what could act on it is shown by its number.",
    )
    show.add_argument("file", metavar="FILE", help="the index file")
    show.add_argument("message_id", metavar="MESSAGE-ID", help="with or without angle brackets")
    show.add_argument(
        "--as", dest="form", choices=sorted(_FORMS), default="text",
        help="text: safe to look at; raw: its bytes; json: the model; tree: its thread, a line "
        "each; thread: an mbox of it; series: an mbox of its patches for `git am`",
    )  # fmt: skip
    show.add_argument("--output", metavar="FILE", help="write there instead of printing")
    show.set_defaults(run=_run_show)


def _count_cores() -> int:
    return min(os.cpu_count() or 1, 4)


def _run_index(options: argparse.Namespace) -> None:
    if not options.paths and not options.check:
        cure = f"name them: kvminbox index {options.file} PATH; or give --check"
        raise UsageError("there are no inboxes to read", options.file, cure)
    if options.name and len(options.paths) > 1:
        what, cure = "--name goes with one inbox", "run the command once for each inbox"
        raise UsageError(what, options.name, cure)
    inboxes = [Inbox.open(path) for path in options.paths]  # before a file is made for nothing
    with Index.open(options.file) if inboxes else open_index(options.file) as index:
        for inbox in inboxes:
            with progress_bar("indexing") as progress:
                done = index.update(
                    inbox, name=options.name, jobs=options.jobs,
                    accept_loss=options.accept_loss, progress=progress,
                )  # fmt: skip
            write_output([_describe(options.name or inbox.name, done).encode()], None)
        if options.check:
            _check(index, options.file)


def _describe(name: str, done: IndexUpdate) -> str:
    lines = [_describe_epoch(epoch) for epoch in done.epochs] or ["nothing new"]
    if done.unread:
        lines.append(f"{done.unread} mails can't be read; the next update tries them again")
    if not done.erased:
        lines.append("a reader still holds removed text: update again when it has ended")
    return "".join(f"{safe_text(name)}: {line}\n" for line in lines)


def _describe_epoch(epoch: EpochUpdate) -> str:
    gone = f", {epoch.removed:,} removed (its history was rewritten)" if epoch.removed else ""
    return f"epoch {epoch.epoch}: {epoch.added:,} added{gone}"


def _check(index: Index, path: str) -> None:
    found = index.check()
    if found:
        raise IndexDamagedError("; ".join(found), where=path, cure="delete it and make it anew")
    write_output([b"the index is sound\n"], None)


def _run_search(options: argparse.Namespace) -> None:
    with open_index(options.file) as index:
        search = index.search(" ".join(options.query), order=options.order)
        if options.count:
            write_output([f"{len(search)}\n".encode()], options.output)
        else:
            write_output(
                _HITS[options.format](search, options.limit), options.output,
                is_mail=options.format == "mbox",
            )  # fmt: skip


def _print_lines(search: Search, limit: int | None) -> Iterator[bytes]:
    for hit in search.hits(limit):
        yield f"{_describe_mail(hit.message)}\n".encode()


def _describe_mail(message: Message) -> str:
    moment = message.date or (message.entry.arrived if message.entry else None)
    sender = safe_text(message.sender.name or message.sender.email)[:24]
    subject = safe_text(message.subject.raw)
    day = f"{moment:%Y-%m-%d}" if moment else " " * 10
    return f"{day}  {sender:24}  {subject}  <{safe_text(message.message_id or '')}>"


_HITS: Final[dict[str, Callable[[Search, int | None], Iterable[bytes]]]] = {
    "text": _print_lines,
    "ids": lambda search, limit: (
        f"{safe_text(one)}\n".encode() for one in search.message_ids(limit)
    ),
    "jsonl": lambda search, limit: (
        f"{escape_json(hit.model_dump_json())}\n".encode() for hit in search.hits(limit)
    ),
    "mbox": lambda search, limit: write_mbox(search.raw(limit)),
}


def _run_show(options: argparse.Namespace) -> None:
    with open_index(options.file) as index:
        write_output(
            _FORMS[options.form](index, options.message_id), options.output,
            is_mail=options.form in _MAIL_FORMS,
        )  # fmt: skip


_FIND: Final = "`kvminbox search FILE WORD` finds ids, `kvminbox index FILE PATH` adds new mails"


def _get(index: Index, message_id: str) -> Message:
    message = index.get(message_id)
    if message is None:
        raise RevisionError("no mail in the index has this Message-ID", message_id, _FIND)
    return message


def _write_mail(message: Message) -> str:
    """Write a mail for people: what it says of itself, what was decided, and its text."""
    fields = {
        "From": _write_people([message.sender]),
        "To": _write_people(message.to),
        "Cc": _write_people(message.cc),
        "Date": f"{message.date:%a, %d %b %Y %H:%M:%S %z}" if message.date else "",
        "Subject": message.subject.raw,
        "Message-ID": f"<{message.message_id}>" if message.message_id else "",
        "Kind": f"{message.kind} ({'; '.join(message.evidence)})",
        "Defects": "; ".join(defect.text for defect in message.defects),
    }
    head = [f"{name}: {safe_text(value)}\n" for name, value in fields.items() if value]
    return "".join([*head, "\n", safe_text(message.body, multiline=True)])


def _write_people(people: Iterable[Address]) -> str:
    return ", ".join(f"{one.name} <{one.email}>".strip() for one in people)


def _show_raw(index: Index, message_id: str) -> list[bytes]:
    _get(index, message_id)
    return [index.raw(message_id) or b""]


def _show_tree(index: Index, message_id: str) -> list[bytes]:
    thread = index.thread_of(message_id)
    if thread is None:
        raise RevisionError("no mail in the index has or names this id", message_id, _FIND)
    return [str(thread).encode()]


def _show_thread(index: Index, message_id: str) -> Iterator[bytes]:
    thread = index.thread_of(message_id)
    if thread is None:
        raise RevisionError("no mail in the index has or names this id", message_id, _FIND)
    return write_mbox(index.raw_of(node.message) for node in thread.nodes if node.message)


def _show_series(index: Index, message_id: str) -> Iterator[bytes]:
    message = _get(index, message_id)
    series = index.series_of(message_id)
    if series is None:
        cure = "give the Message-ID of a patch or cover letter; `--as tree` shows the thread"
        raise RevisionError(f"the mail is a {message.kind}, in no series", message_id, cure)
    if series.missing:
        runs = find_runs(series.missing)
        lacks = ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in runs)
        print(f"kvminbox: the series lacks {lacks} of {series.total}", file=sys.stderr)
    return write_mbox(map(index.raw_of, series.patches), quote_all=False)


_FORMS: Final[dict[str, Callable[[Index, str], Iterable[bytes]]]] = {
    "text": lambda index, one: [_write_mail(_get(index, one)).encode()],
    "raw": _show_raw,
    "json": lambda index, one: [
        f"{escape_json(_get(index, one).model_dump_json(indent=2))}\n".encode()
    ],
    "tree": _show_tree,
    "thread": _show_thread,
    "series": _show_series,
}
_MAIL_FORMS: Final = frozenset(("raw", "thread", "series"))
"""The forms that are mails as they were sent."""
