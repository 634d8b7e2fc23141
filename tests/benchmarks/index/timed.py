"""What a command costs, with all the processes it starts."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

KVMINBOX: Final = (sys.executable, "-m", "kvminbox")


class Timed(NamedTuple):
    """One run of a command."""

    seconds: float
    """Wall seconds from its start to its end."""

    processor: float
    """Processor seconds of all its processes together."""


def time_command(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None
) -> Timed:
    """Run a command; drop its standard output, and let standard error through."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return Timed(seconds, used.ru_utime + used.ru_stime)


def index_command(file: Path, inbox: Path, jobs: int) -> list[str]:
    """Return the command that brings an index up to date."""
    return [*KVMINBOX, "index", "--name", "measured", f"--jobs={jobs}", str(file), str(inbox)]


def count_bytes(folder: Path) -> int:
    """Return the bytes that the files in a folder take on disk."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def count_index(file: Path) -> int:
    """Return the bytes that an index takes on disk, with its log if it has one."""
    return sum(path.stat().st_blocks * 512 for path in file.parent.glob(f"{file.name}*"))
