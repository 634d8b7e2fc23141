"""The command `show`: print a mail, its thread, or its series."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kvminbox.cli.arguments import add_file_argument, add_id_argument, add_output_option, read_id
from kvminbox.cli.output import write_output
from kvminbox.cli.problems import add_problem_option
from kvminbox.cli.windows import open_index
from kvminbox.display import escape_json
from kvminbox.errors import RevisionError, UsageError
from kvminbox.index import Index
from kvminbox.mbox import write_mbox
from kvminbox.models import Message
from kvminbox.safe import safe_text
from kvminbox.words import count_things, find_runs

if TYPE_CHECKING:  # a mail has none
    from kvminbox.models import GivenTag, Series


def fill_show(show: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    show.description = (
        "Print a mail by its Message-ID. Raw mails are written to a file or a pipe as they "
        "are; on a terminal, control characters are shown as escapes."
    )
    add_file_argument(show)
    add_id_argument(show, "the mail")
    show.add_argument(
        "--as", dest="form", choices=sorted(_FORMS), default="text",
        help="text: safe to display; raw: the bytes; json: the model; tree: the thread, one "
            "line per mail; thread: the thread as an mbox; series: the patches as an mbox for "
            "`git am`",
    )  # fmt: skip
    show.add_argument(
        "--json", dest="form", action="store_const", const="json", help="same as --as json"
    )
    show.add_argument(
        "--tags", action="store_true",
        help="with --as series: add the tags given in replies below each patch's own trailers, "
        "oldest first, as b4 does, and list them on standard error; of the headers only From, "
        "To, Cc, Subject, Date and Message-ID are kept",
    )  # fmt: skip
    add_output_option(show)
    add_problem_option(show, "skip")
    show.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    if options.tags and options.form != "series":
        raise UsageError("--tags needs --as series", f"--as {options.form}", "leave it out")
    form = _show_tagged if options.tags else _FORMS[options.form]
    with open_index(options) as index:
        write_output(
            form(index, read_id(options.message_id)), options.output,
            is_mail=options.form in _MAIL_FORMS,
        )  # fmt: skip


def _no_mail(index: Index, what: str, message_id: str) -> RevisionError:
    """Return the error that no mail has an id, with the nearest one that some mail has."""
    near = index.nearest_id(message_id)
    return RevisionError(what, message_id, f"did you mean {near}?" if near else _FIND)


_FIND: Final = "`kvminbox search FILE WORD` finds ids, `kvminbox index FILE PATH` adds new mails"


def _get(index: Index, message_id: str) -> Message:
    message = index.get(message_id)
    if message is None:
        raise _no_mail(index, "no mail in the index has this Message-ID", message_id)
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
        raise _no_mail(index, "no mail in the index has or mentions this id", message_id)
    return [str(thread).encode()]


def _show_thread(index: Index, message_id: str) -> Iterator[bytes]:
    thread = index.thread_of(message_id)
    if thread is None:
        raise _no_mail(index, "no mail in the index has or mentions this id", message_id)
    return write_mbox(index.raw(node.message) for node in thread.nodes if node.message)


def _show_series(index: Index, message_id: str) -> Iterator[bytes]:
    series = find_series(index, message_id)
    _tell_newer(index, series)
    return write_mbox(map(index.raw, series.patches), quote_all=False)


def _tell_newer(index: Index, series: "Series") -> None:
    """Say on standard error which newer version there is."""
    from kvminbox.index.related import find_versions  # as for `_show_tagged`

    newest = find_versions(index, series).series[-1]
    number, here = ((one.revision, one.minor_revision or 0) for one in (newest, series))
    ref = newest.ref
    if number > here or (series.ref.is_rfc and not ref.is_rfc):
        name = f"{ref.label} <{ref.message_id or ''}>"
        print(safe_text(f"kvminbox: there is a newer version: {name}"), file=sys.stderr)


def _show_tagged(index: Index, message_id: str) -> list[bytes]:
    from kvminbox.review import review_series  # what shows no tags starts faster without

    series = find_series(index, message_id)
    _tell_newer(index, series)
    thread = index.thread_of(message_id)
    tags = review_series(series, thread.messages if thread else ()).tags
    strange = [tag for tag in tags if tag.self_attested is False]
    for tag in strange:
        why = f"in a mail of another person, <{tag.message_id}>" if tag.message_id else "another's"
        print(safe_text(f"kvminbox: left out, {why}: {tag.line}"), file=sys.stderr)
    added = [tag for tag in tags if tag not in strange and tag.patches]
    _tell_tags(series, added)
    return [series.to_mbox(added)]


def _tell_tags(series: "Series", tags: "list[GivenTag]") -> None:
    """Say on standard error which tags are added to which patches, as b4 does."""
    told: dict[str, set[int]] = {}
    for tag in tags:
        told.setdefault(tag.line, set()).update(tag.patches)
    for line, patches in told.items():
        word = "patch" if len(patches) == 1 else "patches"
        which = f"{word} {_write_runs(sorted(patches))}"
        print(safe_text(f"kvminbox: {which}: {line}"), file=sys.stderr)
    count = sum(map(len, told.values()))
    added = f"{count_things(count, 'tag')} added" if told else "no reply gave a tag"
    print(f"kvminbox: {count_things(len(series.patches), 'patch')}, {added}", file=sys.stderr)


def _write_runs(numbers: Sequence[int]) -> str:
    return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in find_runs(numbers))


def find_series(index: Index, message_id: str) -> "Series":
    """Return the series of a mail, or that it answers; say on standard error what it lacks."""
    message = _get(index, message_id)
    series = index.series_about(message_id)
    if series is None:
        cure = "give the Message-ID of a patch or cover letter; `--as tree` shows the thread"
        what = f"the mail is a {message.kind.replace('_', ' ')} and belongs to no series"
        raise RevisionError(what, message_id, cure)
    if series.missing:
        lacks = _write_runs(series.missing)
        print(f"kvminbox: the series lacks {lacks} of {series.total}", file=sys.stderr)
    return series


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
