"""How long git takes to print every mail of an archive: the unit of all measures."""

import os
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

COMMAND = "git log --format=%H:m | git cat-file --batch >/dev/null"


class GitTime(NamedTuple):
    """What git took."""

    seconds: float
    """Wall seconds."""

    processor: float
    """Processor seconds, of both processes together."""


def time_git(archive: Path) -> GitTime:
    """Let git print every mail."""
    begin, before = time.perf_counter(), os.times()
    subprocess.run(COMMAND, shell=True, cwd=archive, check=True)
    seconds, after = time.perf_counter() - begin, os.times()
    used = after.children_user + after.children_system
    return GitTime(seconds, used - before.children_user - before.children_system)
