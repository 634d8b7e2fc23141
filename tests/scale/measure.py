"""Write and group a dataset of a list repeated many times; print time and memory.

`python -m tests.scale.measure ARCHIVE FOLDER TIMES [JOBS]` repeats the mails of an archive
with changed ids, so that each repetition has threads and series of its own.
"""

import resource
import sys
import time
from pathlib import Path

from kvminbox import Inbox, frames
from tests.benchmarks.index.repeated import make_inbox


def main(archive: str, folder: str, times: str, jobs: str = "2") -> None:
    """Make the inbox where it is not there, then write and group its dataset."""
    place = Path(folder)
    inbox = Inbox.open(make_inbox(Path(archive), place / "inbox", int(times)))
    for what, work in (
        ("write", lambda: frames.write_dataset(inbox, place / "set", jobs=int(jobs))),
        ("group", lambda: frames.group_dataset(place / "set", jobs=int(jobs))),
    ):
        began, (here, there) = time.time(), _cpu()
        found = work()
        now_here, now_there = _cpu()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        print(
            f"{what}: {time.time() - began:.0f} s;"
            f" here CPU {now_here - here:.1f} s, at most {own} MB;"
            f" in workers {now_there - there:.1f} s, {child} MB; {found}",
            flush=True,
        )


def _cpu() -> tuple[float, float]:
    """Return the processor seconds of this process, and of those that it has ended."""
    own, ended = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime, ended.ru_utime + ended.ru_stime


if __name__ == "__main__":
    main(*sys.argv[1:])
