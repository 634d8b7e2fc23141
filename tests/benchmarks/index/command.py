"""`python -m tests.benchmarks index`: its options, and where the result goes."""

import argparse
import json
import os
import platform
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.benchmarks.archive import find_archive
from tests.benchmarks.index.build import measure_build, print_build
from tests.benchmarks.index.million import measure_million, print_million
from tests.benchmarks.index.queries import measure_queries, print_queries
from tests.benchmarks.index.update import measure_update, print_update

FORMAT_VERSION: Final = 1

PRINTERS: Final[dict[str, Callable[[dict[str, Any]], None]]] = {
    "build": print_build,
    "update": print_update,
    "queries": print_queries,
    "million": print_million,
}


def main(arguments: Sequence[str]) -> None:
    """Measure, print tables, and write them as JSON."""
    options = _parse(arguments)
    with TemporaryDirectory() as name:
        archive = find_archive(Path(name))
        found = _measure(options, archive, Path(name))
    PRINTERS[options.measure](found)
    result = {
        "format_version": FORMAT_VERSION,
        "measure": options.measure,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "result": found,
    }
    file = options.json or Path(__file__).parents[1] / f"results-index-{options.measure}.json"
    file.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks index", description=__doc__)
    parser.add_argument("measure", choices=PRINTERS)
    parser.add_argument("--json", type=Path, help="where the result goes")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N")
    parser.add_argument("--mails", type=int, default=1_000_000, metavar="N", help="of `million`")
    parser.add_argument(
        "--folder", type=Path, help="where the large inbox of `million` is made, or is already"
    )
    return parser.parse_args(arguments)


def _measure(options: argparse.Namespace, archive: Path, scratch: Path) -> dict[str, Any]:
    folder = scratch / "measured"
    folder.mkdir()
    if options.measure == "build":
        return measure_build(archive, folder, (1, 2))
    if options.measure == "million":
        return measure_million(archive, options.folder or folder, options.mails)
    measure = measure_update if options.measure == "update" else measure_queries
    return measure(archive, folder, options.repetitions)
