"""`queries`: the same searches here and in public-inbox, each in one process."""

import os
import time
import tomllib
from pathlib import Path
from statistics import median
from typing import Any

from kvminbox import Index
from tests.benchmarks.index import public_inbox
from tests.benchmarks.index.timed import index_command, time_command

QUERIES = Path(__file__).parents[2] / "peers" / "queries.toml"


def measure_queries(archive: Path, folder: Path, repetitions: int) -> dict[str, Any]:
    """Run every query of tests/peers/queries.toml in both, and return the times of each.

    Both give the newest first, and all that there are. A finished index of
    public-inbox may be named in KVMINBOX_TEST_PUBLIC_INBOX, as for the tests.
    """
    texts = [query["text"] for query in tomllib.loads(QUERIES.read_text("utf-8"))["query"]]
    file = folder / "index.sqlite"
    time_command(index_command(file, archive, os.cpu_count() or 1))
    result: dict[str, Any] = {"queries": texts, "ours": _ask_ours(file, texts, repetitions)}
    if public_inbox.is_installed():
        inbox = _find_inbox(archive, folder)
        result["theirs"] = public_inbox.time_queries(inbox, texts, repetitions)
    return result


def _find_inbox(archive: Path, folder: Path) -> Path:
    given = os.environ.get("KVMINBOX_TEST_PUBLIC_INBOX")
    return Path(given) if given else public_inbox.make_index(archive, folder, "full").inbox


def _ask_ours(file: Path, texts: list[str], repetitions: int) -> list[dict[str, Any]]:
    with Index.open(file) as index:
        return [_ask_one(index, text, repetitions) for text in texts]


def _ask_one(index: Index, text: str, repetitions: int) -> dict[str, Any]:
    runs = [_ask_once(index, text) for _ in range(repetitions)]
    count, _, _ = runs[0]
    return {
        "count": count,
        "numbers": median(numbers for _, numbers, _ in runs),
        "ids": median(ids for _, _, ids in runs),
    }


def _ask_once(index: Index, text: str) -> tuple[int, float, float]:
    """Return how many were found, and the seconds to their numbers and to their ids."""
    begin = time.perf_counter()
    count = len(list(index.search(text).rows("newest")))
    middle = time.perf_counter()
    list(index.search(text).message_ids())
    return count, middle - begin, time.perf_counter() - middle


def print_queries(result: dict[str, Any]) -> None:
    """Print the medians, and the queries that take longest in comparison."""
    ours, theirs = result["ours"], result.get("theirs")
    sides = {"kvminbox": ours} | ({"public-inbox": theirs} if theirs else {})
    print(f"{len(ours)} queries\n")
    print("| search | median ms, numbers | median ms, Message-IDs | slowest ms |")
    print("|:---|---:|---:|---:|")
    for name, answers in sides.items():
        numbers, ids = ([one[what] * 1000 for one in answers] for what in ("numbers", "ids"))
        print(f"| {name} | {median(numbers):.2f} | {median(ids):.2f} | {max(ids):.1f} |")
    if theirs:
        _print_slowest(result["queries"], ours, theirs)
    else:
        print(f"\n{public_inbox.MISSING}")


def _print_slowest(
    texts: list[str], ours: list[dict[str, Any]], theirs: list[dict[str, Any]]
) -> None:
    rows = sorted(
        zip(texts, ours, theirs, strict=True),
        key=lambda row: row[1]["numbers"] / row[2]["numbers"], reverse=True,
    )  # fmt: skip
    slower = sum(one["numbers"] > other["numbers"] for _, one, other in rows)
    print(f"\n{slower} queries are slower here; the most so, in ms:\n")
    print("| query | found | kvminbox | public-inbox |")
    print("|:---|---:|---:|---:|")
    for text, one, other in rows[:10]:
        times = f"{one['numbers'] * 1000:.2f} | {other['numbers'] * 1000:.2f}"
        print(f"| `{text}` | {one['count']} | {times} |")
