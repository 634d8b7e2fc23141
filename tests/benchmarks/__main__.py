"""`python -m tests.benchmarks`: each step's processor seconds, its ratio to git, and its memory."""

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from kvminbox import Inbox
from tests.benchmarks.archive import find_archive
from tests.benchmarks.baseline import COMMAND, time_git
from tests.benchmarks.child import Run, run_step
from tests.benchmarks.index.command import main as measure_index
from tests.benchmarks.steps import STEPS
from tests.benchmarks.worst import main as measure_worst

FORMAT_VERSION = 1


def _measure(archive: Path, repetitions: int) -> tuple[list[float], dict[str, list[Run]]]:
    """Run git and each step in turn, so that a busy machine slows them all."""
    time_git(archive)  # what the disk keeps in memory is no part of the measure
    git: list[float] = []
    runs: dict[str, list[Run]] = {name: [] for name in STEPS}
    for _ in range(repetitions):
        git.append(time_git(archive).processor)
        for name in STEPS:
            runs[name].append(run_step(name, archive))
    return git, runs


def _summarise(baseline: float, runs: list[Run]) -> dict[str, Any]:
    seconds = median(run.seconds for run in runs)
    return {
        "seconds": round(seconds, 3),
        "ratio": round(seconds / baseline, 2),
        "peak_mb": round(max(run.peak_mb for run in runs), 1),
        "runs": [round(run.seconds, 3) for run in runs],
    }


def _make_result(archive: Path, repetitions: int) -> dict[str, Any]:
    git, runs = _measure(archive, repetitions)
    baseline = median(git)
    return {
        "format_version": FORMAT_VERSION,
        "commits": len(Inbox.open(archive).between(None)),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "repetitions": repetitions,
        "git": {
            "command": COMMAND,
            "seconds": round(baseline, 3),
            "runs": [round(seconds, 3) for seconds in git],
        },
        "steps": {name: _summarise(baseline, found) for name, found in runs.items()},
    }


def _print_result(result: dict[str, Any]) -> None:
    print(f"{result['commits']} commits; git: {result['git']['seconds']:.2f} s\n")
    print("| step | seconds | times git | peak MB |")
    print("|:---|---:|---:|---:|")
    for name, step in result["steps"].items():
        print(f"| {name} | {step['seconds']:.2f} | {step['ratio']:.2f} | {step['peak_mb']:.0f} |")


def main() -> None:
    """Measure, print a table, and write it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, default=Path(__file__).with_name("results.json"))
    parser.add_argument("--repetitions", type=int, default=3, metavar="N")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        result = _make_result(find_archive(Path(folder)), options.repetitions)
    _print_result(result)
    options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["index"]:
        measure_index(sys.argv[2:])
    elif sys.argv[1:2] == ["worst"]:
        measure_worst()
    else:
        main()
