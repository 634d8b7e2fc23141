"""A large inbox made from a small archive: its mails again and again, as other mails.

Each epoch has all mails of the archive. Its Message-IDs, references and senders are marked
with the epoch's number, so that threads and series hold together inside of it, and no mail
is taken for a copy or another version of one in another epoch. The mails of each epoch
arrive after those of the epoch before.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final

from kvminbox import Inbox
from kvminbox.models import Entry

_IDS: Final = re.compile(
    rb"^(?:Message-ID|References|In-Reply-To|From):[^\n]*\n(?:[ \t][^\n]*\n)*",
    re.IGNORECASE | re.MULTILINE,
)
LATER: Final = 120_000_000
"""Seconds between the same mail's arrivals in two epochs; kvmarm's four years are less."""


def make_inbox(archive: Path, folder: Path, epochs: int) -> Path:
    """Make the epochs that are missing; return the inbox's folder."""
    for number in range(epochs):
        path = folder / "git" / f"{number}.git"
        if not path.exists():
            _make_epoch(archive, path, number)
    return folder


def add_again(archive: Path, inbox: Path, count: int, run: int) -> None:
    """Add the archive's first mails once more to the inbox's newest epoch, as new ones."""
    newest = max((inbox / "git").glob("*.git"), key=lambda path: int(path.stem))
    tip = subprocess.run(
        ["git", "rev-parse", "master"], cwd=newest, stdout=subprocess.PIPE, check=True
    )
    mark = f"new{run}.{tip.stdout[:8].decode()}"
    _import(newest, islice(_read_mails(archive), count), mark, later=int(newest.stem) * LATER)


def _make_epoch(archive: Path, path: Path, number: int) -> None:
    unfinished = path.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "master", unfinished], check=True)
    _import(unfinished, _read_mails(archive), str(number), later=number * LATER)
    unfinished.rename(path)


def _import(repository: Path, mails: Iterator[tuple[Entry, bytes]], mark: str, later: int) -> None:
    """Add mails to a repository, their ids and senders marked, some seconds later."""
    command = ["git", "-c", "core.compression=1", "fast-import", "--quiet"]
    with subprocess.Popen(command, cwd=repository, stdin=subprocess.PIPE) as process:
        assert process.stdin
        process.stdin.write(_begin(repository))
        for entry, mail in mails:
            arrived = int(entry.arrived.timestamp()) + later if entry.arrived else 0
            _write_commit(process.stdin, arrived, change_ids(mail, mark.encode()))
    if process.returncode:
        raise SystemExit(f"git fast-import failed at {repository}")


def _begin(repository: Path) -> bytes:
    """Return the line that lets fast-import continue from the branch's tip, if it has one."""
    is_new = not (repository / "refs" / "heads" / "master").exists()
    return b"" if is_new else b"reset refs/heads/master\nfrom refs/heads/master^0\n\n"


def _read_mails(archive: Path) -> Iterator[tuple[Entry, bytes]]:
    inbox = Inbox.open(archive)
    for entry in inbox.between(None).entries():
        if entry.change == "message":
            yield entry, inbox.raw(entry)


def change_ids(mail: bytes, mark: bytes) -> bytes:
    """Put a mark into the ids in a mail's header, and into its sender's address."""
    head, gap, body = mail.partition(b"\n\n")
    changed = _IDS.sub(lambda found: found[0].replace(b"@", b"." + mark + b"@"), head + b"\n")
    return changed[:-1] + gap + body


def _write_commit(stream: IO[bytes], seconds: int, mail: bytes) -> None:
    stream.write(
        b"commit refs/heads/master\ncommitter Bench <bench@wood.example> %d +0000\ndata 0\n"
        b"M 100644 inline m\ndata %d\n%b\n" % (seconds, len(mail), mail)
    )
