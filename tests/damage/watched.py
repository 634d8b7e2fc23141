"""A task in a process of its own, under watch: one that hangs or dies is seen, and counted."""

import marshal
import os
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable

LIMIT = 600.0
"""Seconds after which a task hangs; a busy machine takes its time for others."""

HARMLESS = frozenset({"equal", "error", "told"})


def run_watched(task: Callable[[], object], limit: float = LIMIT) -> object:
    """Run a task in a copy of this process; give what it gives, in plain values.

    What it comes to otherwise is told in words: `hang`, `death by signal 7`, or the
    exception that it let out.
    """
    return wait_for(*fork_task(task), limit)


def fork_task(task: Callable[[], object]) -> tuple[int, int]:
    """Start a task in a copy of this process; give its number, and where its answer comes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _serve(task, writing)
    os.close(writing)
    return child, reading


def _serve(task: Callable[[], object], writing: int) -> None:
    try:
        answer = task()
    except BaseException as error:  # noqa: BLE001  # told to the parent, which fails
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        answer = f"escape of {error!r} at {where}"
    with os.fdopen(writing, "wb") as stream:
        stream.write(marshal.dumps(answer))
    os._exit(0)


def wait_for(child: int, reading: int, limit: float = LIMIT) -> object:
    """Return the answer of a task that was started, or what became of it."""
    ends, data = time.monotonic() + limit, b""
    with os.fdopen(reading, "rb", buffering=0) as stream:
        while select.select([stream], [], [], max(0, ends - time.monotonic()))[0]:
            piece = stream.read(1 << 20)
            data += piece
            if not piece:
                code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                return marshal.loads(data) if code == 0 else f"death by signal {-code}"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "hang"


class Tally:
    """What the answers to all questions came to, at all places that were tried."""

    def __init__(self) -> None:
        self.places = 0
        self.counts: Counter[str] = Counter()
        self.bad: list[tuple[object, object]] = []

    def note(self, place: object, verdicts: object) -> None:
        """Count what was found at a place: a word for each question, or one for the process."""
        self.places += 1
        words: Iterable[str] = verdicts.values() if isinstance(verdicts, dict) else [str(verdicts)]
        for word in words:
            self.counts[word if word in HARMLESS else word.split()[0]] += 1
            if word not in HARMLESS:
                self.bad.append((place, word))

    def __str__(self) -> str:
        found = ", ".join(f"{word} {count}" for word, count in sorted(self.counts.items()))
        return f"{self.places} places: {found}"
