"""What other libraries take for the newest mails of an archive, beside this one and git.

`python -m tests.benchmarks.peers ARCHIVE [COMMITS]` prints processor seconds and their ratio
to git's own for the same commits. liblore and perceval are measured where they are installed;
they are asked for nothing that this project needs.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from kvminbox import Inbox
from kvminbox.inbox import Window
from kvminbox.patches import read_message
from tests.benchmarks.steps import ASKED

Mails = Sequence[bytes]


def ask_kvminbox(mails: Mails) -> None:
    """From bytes: what most readers ask for."""
    for raw in mails:
        message = read_message(raw)
        for name in ASKED:
            getattr(message, name)


def fill_kvminbox(mails: Mails) -> None:
    """From bytes: every field, with diffstat, trailers and defects."""
    for raw in mails:
        vars(read_message(raw))


def ask_email(mails: Mails) -> None:
    """From bytes: the same headers and the text by Python's own parser of modern mails."""
    for raw in mails:
        mail = message_from_bytes(raw, policy=policy.default)
        for name in ("Subject", "From", "Message-ID", "In-Reply-To", "References", "Date"):
            _try(mail.get, name)
        body = _try(mail.get_body, ("plain",))
        if isinstance(body, EmailMessage):
            _try(body.get_content)


def ask_liblore(mails: Mails) -> None:
    """From bytes: its summary, and the text."""
    from liblore.series import summarize_message
    from liblore.utils import msg_get_payload, parse_message

    for raw in mails:
        mail = parse_message(raw)
        _try(summarize_message, mail)
        _try(msg_get_payload, mail)


def _try(function: Callable[..., object], *arguments: object) -> object:
    """Call a function that raises for some mails; which ones is not measured here."""
    try:
        return function(*arguments)
    except Exception:  # noqa: BLE001  # of any kind
        return None


def stream_kvminbox(window: Window) -> None:
    """From the archive: what most readers ask for."""
    for message in window.messages():
        for name in ASKED:
            getattr(message, name)


def fetch_perceval(archive: Path, window: Window) -> int:
    """From the archive: its items, which are headers and text; return how many there are."""
    from perceval.backends.public_inbox.public_inbox import PublicInbox

    arrived = [entry.arrived for entry in window.entries() if entry.arrived]
    source = PublicInbox("https://list.example/", str(archive))
    return sum(1 for _ in source.fetch(from_date=min(arrived)))


FROM_BYTES: dict[str, Callable[[Mails], None]] = {
    "kvminbox, what most ask for": ask_kvminbox,
    "kvminbox, every field": fill_kvminbox,
    "email, the same headers and text": ask_email,
    "liblore, summary and text": ask_liblore,
}


def main(path: str, commits: str = "2000") -> None:
    """Measure each, and print a table."""
    archive = Path(path).absolute()
    inbox = Inbox.open(archive)
    window = inbox.between(f"HEAD~{commits}")
    mails = [inbox.raw(one) for one in window.entries() if one.change == "message"]
    git = f"git log --format=%H:m HEAD~{commits}.. | git cat-file --batch >/dev/null"
    unit = _measure(lambda: subprocess.run(git, shell=True, cwd=archive, check=True))
    print(f"{len(mails)} mails; git: {unit:.2f} s\n\n| what | CPU s | times git |")
    print("|:---|---:|---:|")
    for name, ask in FROM_BYTES.items():
        if name.startswith("liblore") and not find_spec("liblore"):
            continue
        _print(f"{name}, from bytes", _measure(partial(ask, mails)), unit)
    _print("kvminbox, streamed from the archive", _measure(lambda: stream_kvminbox(window)), unit)
    if find_spec("perceval"):
        items = 0

        def fetch() -> None:
            nonlocal items
            items = fetch_perceval(archive, window)

        seconds = _measure(fetch)
        _print(f"perceval, {items} items from the archive", seconds, unit)


def _measure(work: Callable[[], object]) -> float:
    """Return the processor seconds of some work, and of the processes that it starts."""
    before = os.times()
    work()
    return sum(os.times()[:4]) - sum(before[:4])


def _print(name: str, seconds: float, unit: float) -> None:
    print(f"| {name} | {seconds:.2f} | {seconds / unit:.2f} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
