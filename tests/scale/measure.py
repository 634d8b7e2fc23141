"""Write and group a dataset of a list repeated many times; print time and memory.

`python -m tests.scale.measure ARCHIVE FOLDER TIMES [JOBS]` repeats the mails of an archive
with changed ids, so that each repetition has threads and series of its own.
"""

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kvminbox import Inbox, frames

_ID = re.compile(
    rb"(?m)^((?:Message-ID|In-Reply-To|References|From):.*(?:\n[ \t].*)*)", re.IGNORECASE
)


def repeat_mails(inbox: Inbox, times: int) -> Iterator[tuple[bytes, int]]:
    """Yield the mails of an archive so many times, each time with ids and senders of its own."""
    window = inbox.between(None, on_problem="skip")
    for number in range(times):
        change = partial(_change, b"<%d-" % number)
        for message in window.messages():
            head, gap, body = inbox.raw(message).partition(b"\n\n")
            arrived = message.entry.arrived if message.entry else None
            seconds = int(arrived.timestamp()) if arrived else 0
            yield _ID.sub(change, head) + gap + body, seconds + number * 200_000_000


def _change(new: bytes, match: re.Match[bytes]) -> bytes:
    return match[0].replace(b"<", new)


def make_archive(mails: Iterator[tuple[bytes, int]], place: Path) -> None:
    """Write mails into a new archive, by git itself."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "master", place], check=True)
    command = ["git", "-C", str(place), "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as importer:
        assert importer.stdin
        for mail, seconds in mails:
            importer.stdin.write(
                b"commit refs/heads/master\ncommitter a <a@host.example> %d +0000\n"
                b"data 0\nM 100644 inline m\ndata %d\n%s\n" % (seconds, len(mail), mail)
            )


def main(archive: str, folder: str, times: str, jobs: str = "2") -> None:
    """Make the archive where it is not there, then write and group its dataset."""
    place = Path(folder)
    repeated = place / f"repeated-{times}.git"
    if not repeated.exists():
        make_archive(repeat_mails(Inbox.open(archive), int(times)), repeated)
    inbox = Inbox.open(repeated)
    for what, work in (
        ("write", lambda: frames.write_dataset(inbox, place / "set", jobs=int(jobs))),
        ("group", lambda: frames.group_dataset(place / "set", jobs=int(jobs))),
    ):
        began, before = time.time(), _cpu()
        found = work()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        print(f"{what}: {time.time() - began:.0f} s, CPU {_cpu() - before:.0f} s; "
              f"at most {own} MB here, {child} MB in a worker; {found}")  # fmt: skip


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
