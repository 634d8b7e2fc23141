"""Tasks in order: here, in processes of our own, or on whatever is an executor."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import Final, TypeVar

from kvminbox.errors import KvminboxError, WorkerError
from kvminbox.workers import Workers, check_jobs

T = TypeVar("T")
R = TypeVar("R")

_AHEAD: Final = 64
"""Tasks that an executor has at once: enough for as many workers, and few results in memory."""


def run_tasks(
    function: Callable[[T], R],
    tasks: Iterable[T],
    *,
    executor: Executor | None,
    jobs: int,
    where: str,
) -> Iterator[R]:
    """Yield what a function returns for each task, in order.

    Raises:
        WorkerError: a process died, or the executor failed otherwise.
        KvminboxError: what the function raises.
    """
    if executor is not None:
        yield from _run_on(executor, function, iter(tasks), where)
    elif check_jobs(jobs) == 1:
        yield from map(function, tasks)
    else:
        with Workers(jobs) as workers:
            yield from workers.map(function, tasks, where=where)


def _run_on(
    executor: Executor, function: Callable[[T], R], tasks: Iterator[T], where: str
) -> Iterator[R]:
    waiting: deque[Future[R]] = deque()
    try:
        waiting.extend(executor.submit(function, task) for task in islice(tasks, _AHEAD))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(executor.submit(function, task) for task in islice(tasks, 1))
            yield found
    except KvminboxError:
        raise
    except Exception as error:  # each executor has errors of its own for a worker that is lost
        raise WorkerError(
            f"the executor failed ({type(error).__name__}: {error})", where=where,
            cure="run it again: it resumes where it stopped",
        ) from error  # fmt: skip
    finally:
        for future in waiting:
            future.cancel()
