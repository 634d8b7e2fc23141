"""How long git takes to print every mail of an archive: the unit of all measures."""

import subprocess
import time
from pathlib import Path

COMMAND = "git log --format=%H:m | git cat-file --batch >/dev/null"


def time_git(archive: Path) -> float:
    """Return the wall seconds that git takes, both processes together."""
    begin = time.perf_counter()
    subprocess.run(COMMAND, shell=True, cwd=archive, check=True)
    return time.perf_counter() - begin
