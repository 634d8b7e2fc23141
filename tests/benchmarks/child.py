"""One step in its own process, so that its peak memory is measured alone."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.steps import STEPS


class Run(NamedTuple):
    """What one run of a step took."""

    seconds: float
    """Of the processor, without the start of Python and the imports."""

    peak_mb: float


def run_step(name: str, archive: Path) -> Run:
    """Run a step in a new process."""
    command = [sys.executable, "-m", "tests.benchmarks.child", name, str(archive)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Run(*json.loads(done.stdout))


def _main(name: str, archive: str) -> None:
    seconds = STEPS[name](Path(archive))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


if __name__ == "__main__":
    _main(*sys.argv[1:])
