"""One update in a process of its own: rows per second and memory as the index grows."""

import json
import os
import re
import sys
import time
from pathlib import Path
from typing import Any, Final

from kvminbox import Inbox
from kvminbox.index import Index
from tests.benchmarks.index.timed import count_index

_PEAK: Final = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_OFTEN: Final = 1000
"""Mails between looks at the workers' memory: they end before the update does."""


class Observer:
    """A progress callback that records the state after every so many mails."""

    def __init__(self, file: Path, every: int) -> None:
        self.steps: list[dict[str, Any]] = []
        self.worker_mb = 0.0
        self._file = file
        self._every = every
        self._looked = self._done = 0
        self._time = time.perf_counter()
        self._processor = time.process_time()

    def __call__(self, done: int, total: int) -> None:
        """Record how far the update is."""
        if done - self._looked >= _OFTEN:
            self._looked = done
            self.worker_mb = max(self.worker_mb, *map(read_peak, _list_children()), 0.0)
        if done - self._done >= self._every or (done == total and done > self._done):
            self._note(done)

    def _note(self, done: int) -> None:
        now, processor = time.perf_counter(), time.process_time()
        mails = done - self._done
        self.steps.append({
            "mails": done,
            "per_second": round(mails / (now - self._time)),
            "per_second_of_writer": round(mails / (processor - self._processor)),
            "peak_mb": round(read_peak(os.getpid()), 1),
            "worker_peak_mb": round(self.worker_mb, 1),
            "size_mb": round(count_index(self._file) / 1e6),
        })  # fmt: skip
        self._done, self._time, self._processor = done, now, processor


def read_peak(process: int) -> float:
    """Return the largest resident set of a process so far, in MB; 0 if it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    except OSError:
        return 0.0
    found = _PEAK.search(status)
    return int(found[1]) / 1024 if found else 0.0


def _list_children() -> list[int]:
    own = os.getpid()
    return [int(one) for one in Path(f"/proc/self/task/{own}/children").read_text("ascii").split()]


def _main(file: Path, inbox: Path, jobs: int, every: int) -> None:
    observer = Observer(file, every)
    begin = time.perf_counter()
    with Index.open(file, create=True) as index:
        found = Inbox.open(inbox)
        added = index.update(found, name="measured", jobs=jobs, progress=observer).added
    result = {
        "added": added,
        "seconds": time.perf_counter() - begin,
        "peak_mb": round(read_peak(os.getpid()), 1),
        "steps": observer.steps,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
