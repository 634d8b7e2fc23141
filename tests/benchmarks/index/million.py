"""`million`: an index of a million mails, and what it takes while it grows."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any, Final

from kvminbox import Inbox
from tests.benchmarks.index.repeated import add_again, make_inbox
from tests.benchmarks.index.timed import count_index, index_command, time_command

_EVERY: Final = 100_000
_NEW: Final = 100


def measure_million(archive: Path, folder: Path, mails: int) -> dict[str, Any]:
    """Repeat an archive's mails until there are so many, and index them with two jobs.

    After that comes an update with a hundred new mails. What is in the folder
    already is used, but for the index.
    """
    epochs = -(-mails // len(Inbox.open(archive).between(None)))
    inbox = make_inbox(archive, folder / "inbox", epochs)
    file = folder / "million.sqlite"
    for old in folder.glob(f"{file.name}*"):
        old.unlink()
    result = _index(file, inbox)
    result["size"] = count_index(file)
    result["update"] = [_time_update(file, inbox, archive, run) for run in range(5)]
    return result


def _index(file: Path, inbox: Path) -> dict[str, Any]:
    module = [sys.executable, "-m", "tests.benchmarks.index.growth"]
    command = [*module, str(file), str(inbox), "2", str(_EVERY)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _time_update(file: Path, inbox: Path, archive: Path, run: int) -> float:
    add_again(archive, inbox, _NEW, run)
    return time_command(index_command(file, inbox, 1)).seconds


def print_million(result: dict[str, Any]) -> None:
    """Print a row for each hundred thousand mails."""
    print(
        f"{result['added']} mails in {result['seconds']:.0f} s; the index has"
        f" {result['size'] / 1e6:.0f} MB; {_NEW} new mails: {median(result['update']):.2f} s,"
        " with the process's start\n"
    )
    print("| mails | per second | per second of the writer | its peak MB | a reader's peak MB |")
    print("|---:|---:|---:|---:|---:|")
    for step in result["steps"]:
        print(
            f"| {step['mails']} | {step['per_second']} | {step['per_second_of_writer']}"
            f" | {step['peak_mb']:.0f} | {step['worker_peak_mb']:.0f} |"
        )
