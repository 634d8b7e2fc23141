"""The measured steps. Each returns its processor seconds; a single stage's are only its own."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from kvminbox import Inbox, parse_subject
from kvminbox.diffs import compute_diffstat, find_diff
from kvminbox.mail import read_mail
from kvminbox.reports import list_update

T = TypeVar("T")


def _time_each(function: Callable[[T], object], arguments: Iterable[T]) -> float:
    """Return the processor seconds of the calls alone, without those that make their arguments."""
    seconds = 0.0
    for argument in arguments:
        begin = time.process_time()
        function(argument)
        seconds += time.process_time() - begin
    return seconds


def _iter_raw(archive: Path) -> Iterator[bytes]:
    inbox = Inbox.open(archive)
    for entry in inbox.between(None).entries():
        if entry.change == "message":
            yield inbox.raw(entry)


def read_bytes(archive: Path) -> float:
    """Walk all commits and read each mail's bytes."""
    begin = time.process_time()
    for _ in _iter_raw(archive):
        pass
    return time.process_time() - begin


def parse_mails(archive: Path) -> float:
    """Stage alone: headers and text of each mail, from its bytes."""
    return _time_each(read_mail, _iter_raw(archive))


def parse_subjects(archive: Path) -> float:
    """Stage alone: each mail's subject line, taken apart."""
    lines = (read_mail(raw).subject for raw in _iter_raw(archive))
    return _time_each(parse_subject, lines)


def count_diffs(archive: Path) -> float:
    """Stage alone: the diff in each mail's text found and counted, by both counters."""
    texts = (read_mail(raw).body.text for raw in _iter_raw(archive))
    return _time_each(_count_diff, texts)


def _count_diff(text: str) -> None:
    blocks = find_diff(text)
    if blocks:
        compute_diffstat(blocks)


ASKED = ("kind", "subject", "sender", "message_id", "in_reply_to", "references", "date", "body")


def streamed(archive: Path) -> float:
    """The archive opened and walked, and of each mail asked what most readers ask for."""
    begin = time.process_time()
    for message in Inbox.open(archive).between(None).messages():
        for name in ASKED:
            getattr(message, name)
    return time.process_time() - begin


def full_models(archive: Path) -> float:
    """Everything: each mail as its full model; its dictionary has each of its fields."""
    begin = time.process_time()
    for message in Inbox.open(archive).between(None).messages():
        vars(message)
    return time.process_time() - begin


def whole_report(archive: Path) -> float:
    """Everything, and its list update as text."""
    begin = time.process_time()
    list_update(Inbox.open(archive).between(None)).to_text()
    return time.process_time() - begin


STEPS: dict[str, Callable[[Path], float]] = {
    "read": read_bytes,
    "subject": parse_subjects,
    "mail": parse_mails,
    "diff": count_diffs,
    "stream": streamed,
    "models": full_models,
    "report": whole_report,
}
