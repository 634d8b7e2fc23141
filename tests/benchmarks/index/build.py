"""`build`: an index from nothing, here and in public-inbox, in one run."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kvminbox import Inbox
from tests.benchmarks.baseline import time_git
from tests.benchmarks.index import public_inbox
from tests.benchmarks.index.timed import Timed, count_index, index_command, time_command

LEVELS = ("basic", "full")


def measure_build(archive: Path, folder: Path, jobs: tuple[int, ...]) -> dict[str, Any]:
    """Make each index once, one after another, each in a fresh directory."""
    time_git(archive)  # what the disk keeps in memory is no part of the measure
    result: dict[str, Any] = {
        "mails": len(Inbox.open(archive).between(None)),
        "git": time_git(archive).seconds,
        "made": {},
    }
    for count in jobs:
        with TemporaryDirectory(dir=folder) as fresh:
            result["made"][f"kvminbox, jobs={count}"] = _make_ours(archive, Path(fresh), count)
    for level in LEVELS if public_inbox.is_installed() else ():
        with TemporaryDirectory(dir=folder) as fresh:
            made = public_inbox.make_index(archive, Path(fresh), level)
            result["made"][f"public-inbox-index -L {level}"] = _describe(made.timed, made.size)
    return result


def _make_ours(archive: Path, folder: Path, jobs: int) -> dict[str, float]:
    file = folder / "index.sqlite"
    timed = time_command(index_command(file, archive, jobs))
    return _describe(timed, count_index(file))


def _describe(timed: Timed, size: int) -> dict[str, float]:
    return {**timed._asdict(), "size": size}


def print_build(result: dict[str, Any]) -> None:
    """Print a row for each index, with its ratio to git and to public-inbox's full index."""
    made = result["made"]
    full = made.get("public-inbox-index -L full")
    print(f"{result['mails']} mails; git: {result['git']:.2f} s\n")
    print("| index | seconds | times git | processor s | MB | times as fast | size |")
    print("|:---|---:|---:|---:|---:|---:|---:|")
    for name, one in made.items():
        faster = f"{full['seconds'] / one['seconds']:.1f}" if full else "–"
        part = f"{one['size'] / full['size']:.2f}" if full else "–"
        print(
            f"| {name} | {one['seconds']:.1f} | {one['seconds'] / result['git']:.1f}"
            f" | {one['processor']:.1f} | {one['size'] / 1e6:.1f}"
            f" | {faster} | {part} |"
        )
    if not full:
        print(f"\n{public_inbox.MISSING}")
