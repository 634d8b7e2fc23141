"""`python -m tests.fuzz`: run each target for a while; print what ran and what failed."""

import argparse
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.targets import TARGETS

HERE = Path(__file__).parent
SEEDS, FINDS, WORDS = HERE / "seeds", HERE / "finds", HERE / "dictionaries"
TIMEOUT = 20
"""Seconds that one input may take."""


class Result(NamedTuple):
    """How the fuzzing of one target ended."""

    name: str
    runs: int
    seconds: int
    branches: int
    sound: bool


def _command(name: str, work: Path, limit: list[str]) -> list[str]:
    work.mkdir(parents=True, exist_ok=True)
    # libFuzzer adds what it finds to the first folder, so the seeds in the project don't grow
    folders = [work, *(path / name for path in (SEEDS, FINDS) if (path / name).is_dir())]
    words = [f"-dict={WORDS / name}"] if (WORDS / name).is_file() else []
    options = [f"-timeout={TIMEOUT}", "-rss_limit_mb=4096", "-print_final_stats=1", *words]
    prefix = f"-artifact_prefix={work.parent}/{name}-"
    child = [sys.executable, "-m", "tests.fuzz.child", name, *limit, *options, prefix]
    return [*child, *map(str, folders)]


def _limit(name: str, runs: int | None, seconds: int) -> list[str]:
    if runs is None:
        return [f"-max_total_time={seconds}"]
    return [f"-runs={int(runs * TARGETS[name].share)}", "-seed=1"]


def _fuzz(build: Path, name: str, limit: list[str]) -> Result:
    log = build / f"{name}.log"
    command = _command(name, build / name, limit)
    with log.open("wb") as out:
        code = subprocess.run(command, stdout=out, stderr=out).returncode
    said = log.read_text("utf-8", "replace")
    return Result(
        name,
        _last_number(r"stat::number_of_executed_units: +(\d+)", said),
        _last_number(r"Done \d+ runs in (\d+) second", said),
        _last_number(r"cov: (\d+)", said),
        code == 0,
    )


def _last_number(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def _show(result: Result, build: Path) -> None:
    end = "nothing fell" if result.sound else f"FELL: see {build / result.name}.log"
    print(
        f"{result.name:12} {result.runs:>10,} runs {result.seconds:>5} s "
        f"{result.branches:>6,} branches  {end}",
        flush=True,
    )


def main() -> int:
    """Fuzz the named targets, or all; return 1 if one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=600, help="for each target (600)")
    parser.add_argument(
        "--runs", type=int, help="a number of runs in place of seconds, always the same ones"
    )
    parser.add_argument("--jobs", type=int, default=2, help="targets at a time (2)")
    parser.add_argument("--build", type=Path, default=Path("build/fuzz"), help="for logs and finds")
    given = parser.parse_args()
    names = given.names or list(TARGETS)
    if unknown := set(names) - TARGETS.keys():
        parser.error(f"no target is called {', '.join(sorted(unknown))}")
    results = []
    with ThreadPoolExecutor(given.jobs) as pool:
        limits = (_limit(name, given.runs, given.seconds) for name in names)
        for result in pool.map(partial(_fuzz, given.build.resolve()), names, limits):
            results.append(result)
            _show(result, given.build)
    print(f"{sum(result.runs for result in results):,} runs in all")
    return int(not all(result.sound for result in results))


if __name__ == "__main__":
    sys.exit(main())
