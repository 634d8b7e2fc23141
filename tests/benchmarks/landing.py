"""What it costs to find what landed, cold and again, and by extrapolation in a kernel.

    python -m tests.benchmarks.landing TREE ARCHIVE [--ref REF]... [--commits 1300000]

Each run is a process of its own. Its CPU time is told, which is the same on a busy machine as
far as the caches allow, its wall time, and the peak of its memory.
"""

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from kvminbox import Inbox
from kvminbox.index import TreeIndex
from kvminbox.upstream import Tree, find_landings

SAMPLE = 20_000


def run(options: argparse.Namespace) -> None:
    """Find what landed, with the file's help."""
    with TreeIndex.open(options.file) as index:
        tree = index.open_tree(options.tree, options.ref)
        landings = sum(1 for _ in find_landings(Inbox.open(options.archive).between(None), tree))
    tell(f"{landings:,} landings in {len(tree.history):,} commits")


def walk(options: argparse.Namespace) -> None:
    """Read the history, and the headers of the newest commits; tell it for more commits."""
    before = peak()
    begin = time.process_time()
    tree = Tree.open(options.tree, options.ref)
    count = len(tree.history)
    walked = time.process_time()
    held = peak() - before
    newest = [node.id for node in tree.nodes()][-SAMPLE:]
    listed = time.process_time()
    for commit in newest:
        tree.read_text(commit)
    read = time.process_time()
    a_walk, a_header = (walked - begin) / count, (read - listed) / len(newest)
    tell(f"a commit: {a_walk * 1e6:.0f} us to walk, {a_header * 1e6:.0f} us to read")
    seconds, memory = options.commits * (a_walk + a_header), held * options.commits / count
    print(f"so {options.commits:,} commits: {seconds:.0f} CPU s, {memory:.0f} MB for the history")


def tell(what: str) -> None:
    """Print a result with what it took."""
    print(
        f"{what}: {time.process_time():.1f} CPU s, {time.perf_counter() - START:.1f} s, {peak()} MB"
    )


def peak() -> int:
    """Return the largest resident set so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


START = time.perf_counter()


def main() -> int:
    """Run the parts, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree")
    parser.add_argument("archive")
    parser.add_argument("--ref", action="append")
    parser.add_argument("--commits", type=int, default=1_300_000)
    parser.add_argument("--part", choices=["run", "walk"], help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.ref = options.ref or ["HEAD"]
    if options.part:
        {"run": run, "walk": walk}[options.part](options)
        return 0
    command = [sys.executable, "-m", "tests.benchmarks.landing", *sys.argv[1:]]
    with TemporaryDirectory() as folder:
        for part in ("run", "run", "walk"):
            file = str(Path(folder) / "trees.sqlite")
            subprocess.run([*command, "--part", part, "--file", file], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
