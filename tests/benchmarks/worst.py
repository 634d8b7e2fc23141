"""`python -m tests.benchmarks worst`: the worst inputs of each function that reads mail.

The inputs are those of `tests/worst_inputs`, whose tests keep them linear.
"""

import gc
import time
from typing import Any, Final

from tests.worst_inputs.table import TABLE

SIZES: Final = (10_000, 100_000, 1_000_000)
RUNS: Final = 2


def main() -> None:
    """Print for each function the input that takes longest at 1 MB, as Markdown."""
    worst: dict[str, tuple[list[float], str]] = {}
    for row in TABLE:
        taken = [_measure(row, size) for size in SIZES]
        if row.function not in worst or taken[-1] > worst[row.function][0][-1]:
            worst[row.function] = taken, row.hard
    print("| function | worst input | 10 kB | 100 kB | 1 MB |\n|:---|:---|---:|---:|---:|")
    for function, (taken, hard) in sorted(worst.items(), key=lambda item: -item[1][0][-1]):
        print(f"| {function} | {hard} | {' | '.join(f'{one:.3f}' for one in taken)} |")


def _measure(row: Any, size: int) -> float:  # the tests' own class
    """Return the processor seconds of one reading, the better of two."""
    given = row.make(size)
    taken: list[float] = []
    gc.disable()
    while len(taken) < RUNS:
        began = time.process_time()
        row.read(given)
        taken.append(time.process_time() - began)
    gc.enable()
    return min(taken)
