"""Reports on all mails of an index: the first time, and after a hundred mails have come.

`python -m tests.benchmarks.index.reports ARCHIVE FOLDER` makes two indexes in a folder: of the
whole archive, of which nothing is kept, and of all but the last hundred mails, of which the
reports are kept before these come. Each question has a process to itself, which asks it twice, each
time of a fresh copy of the file: the first time also compiles expressions and builds validators.
Seconds are of the processor, without the start of Python and the imports.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from kvminbox import Inbox
from kvminbox.analysis import compute_new_versions, compute_waiting
from kvminbox.index import Index
from kvminbox.reports.prepared import prepare_reports
from tests.benchmarks.index.growth import read_peak
from tests.benchmarks.index.update import cut_archive, list_commits, move_tip

_NEW: Final = 100

QUESTIONS: Final[dict[str, Callable[[Index], Any]]] = {
    "waiting": lambda index: compute_waiting(index.inbox().between(None)),
    "new_versions": lambda index: compute_new_versions(index.inbox().between(None)),
    "sections": prepare_reports,
}


def make_indexes(archive: Path, folder: Path) -> dict[str, Path]:
    """Return an index from which nothing was asked, and one that got mails since it was."""
    commits = list_commits(archive)
    part = cut_archive(archive, folder / "reports.git", commits[-1])
    files = {"first": folder / "first.sqlite", "after": folder / "after.sqlite"}
    with Index.open(files["first"], create=True) as index:
        index.update(Inbox.open(part), name="measured", jobs=2)
    move_tip(part, commits[-1 - _NEW])
    with Index.open(files["after"], create=True) as index:
        index.update(Inbox.open(part), name="measured", jobs=2)
        prepare_reports(index)
        move_tip(part, commits[-1])
        index.update(Inbox.open(part), name="measured")
    return files


def ask(name: str, file: Path) -> dict[str, float]:
    """Return what a question takes in a new process, and there once more of another copy."""
    copies = [file.with_name(f"{file.stem}-{number}.sqlite") for number in (1, 2)]
    for one in copies:
        shutil.copyfile(file, one)
    command = [sys.executable, "-m", "tests.benchmarks.index.reports", name, *map(str, copies)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def time_question(name: str, first: Path, again: Path) -> dict[str, float]:
    """Return the seconds of the processor that a question takes here, twice, and the peak."""
    times = {"new": _time(name, first), "running": _time(name, again)}
    return times | {"peak MB": read_peak(os.getpid())}


def _time(name: str, file: Path) -> float:
    with Index.open(file) as index:
        begin = time.process_time()
        QUESTIONS[name](index)
        return time.process_time() - begin


def _main(archive: Path, folder: Path) -> None:
    for when, file in make_indexes(archive, folder).items():
        for name in QUESTIONS:
            told = ", ".join(f"{key} {value:.2f}" for key, value in ask(name, file).items())
            print(f"{when}: {name}: {told}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] in QUESTIONS:
        print(json.dumps(time_question(sys.argv[1], *map(Path, sys.argv[2:]))))
    else:
        _main(Path(sys.argv[1]), Path(sys.argv[2]))
