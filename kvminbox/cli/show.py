"""The command `show`: print a mail of an index, its thread, or its series."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kvminbox.cli.arguments import Commands
from kvminbox.cli.output import write_output
from kvminbox.cli.windows import add_problem_option, open_index
from kvminbox.display import escape_json
from kvminbox.errors import RevisionError
from kvminbox.index import Index
from kvminbox.mbox import write_mbox
from kvminbox.models import Message
from kvminbox.safe import safe_text
from kvminbox.words import find_runs


def add_show_command(commands: Commands) -> None:
    """Add the command to the parser."""
    show = commands.add_parser(
        "show",
        help="print a mail of an index, its thread, or its series",
        description="Print a mail by its Message-ID. Raw mails go into a file or a pipe as they "
        "are; on a terminal, what could act on it is shown by its number.",
    )
    show.add_argument("file", metavar="FILE", help="the index file")
    show.add_argument(
        "message_id",
        metavar="MESSAGE-ID",
        help="an id with or without angle brackets, id:ID, or an address at lore.kernel.org",
    )
    show.add_argument(
        "--as", dest="form", choices=sorted(_FORMS), default="text",
        help="text: safe to look at; raw: its bytes; json: the model; tree: its thread, a line "
        "each; thread: an mbox of it; series: an mbox of its patches for `git am`",
    )  # fmt: skip
    show.add_argument("--output", metavar="FILE", help="write there instead of printing")
    add_problem_option(show, "skip")
    show.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    with open_index(options) as index:
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
    """Write a mail for a reader: its headers, its kind and defects, and its text."""
    fields = {
        "From": (message.rewritten_from or message.sender).mailbox,
        "Sender": f"{message.sender.mailbox} (by {message.sender_source})"
        if message.rewritten_from
        else "",
        "To": ", ".join(person.mailbox for person in message.to),
        "Cc": ", ".join(person.mailbox for person in message.cc),
        "Date": f"{message.date:%a, %d %b %Y %H:%M:%S %z}" if message.date else "",
        "Subject": message.subject.raw,
        "Message-ID": f"<{message.message_id}>" if message.message_id else "",
        "Kind": f"{message.kind} ({'; '.join(message.evidence)})",
        "Defects": "; ".join(defect.text for defect in message.defects),
    }
    head = [f"{name}: {safe_text(value)}\n" for name, value in fields.items() if value]
    return "".join([*head, "\n", safe_text(message.body, multiline=True)])


def _show_raw(index: Index, message_id: str) -> list[bytes]:
    return [index.raw(_get(index, message_id))]


def _show_tree(index: Index, message_id: str) -> list[bytes]:
    thread = index.thread_of(message_id)
    if thread is None:
        raise RevisionError("no mail in the index has or names this id", message_id, _FIND)
    return [str(thread).encode()]


def _show_thread(index: Index, message_id: str) -> Iterator[bytes]:
    thread = index.thread_of(message_id)
    if thread is None:
        raise RevisionError("no mail in the index has or names this id", message_id, _FIND)
    return write_mbox(index.raw(node.message) for node in thread.nodes if node.message)


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
    return write_mbox(map(index.raw, series.patches), quote_all=False)


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
"""The forms that are the bytes of mails as they were sent."""
