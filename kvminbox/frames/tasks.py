"""Tasks in order: here, in processes of our own, or on whatever is an executor."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from types import TracebackType
from typing import Final, Self, TypeVar

from kvminbox.errors import KvminboxError, WorkerError
from kvminbox.workers import Workers, check_jobs

T = TypeVar("T")
R = TypeVar("R")

_AHEAD: Final = 64
"""Tasks that an executor has at once: enough for as many workers, and few results in memory."""


class Pool:
    """What does tasks in order; its processes, if it has any, are started once."""

    def __init__(self, *, executor: Executor | None = None, jobs: int, where: str) -> None:
        """Make a pool.

        Args:
            executor: what does the work; None for processes of our own.
            jobs: how many of those; with one the work is done here.
            where: what an error for a process that died is about.
        """
        self._executor = executor
        self._workers = Workers(jobs) if executor is None and check_jobs(jobs) > 1 else None
        self._where = where

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._workers:
            self._workers.stop(at_once=kind is not None)

    def map(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """Yield what a function returns for each task, in order.

        Raises:
            WorkerError: a process died, or the executor failed otherwise.
            KvminboxError: what the function raises.
        """
        if self._executor is not None:
            return _run_on(self._executor, function, iter(tasks), self._where)
        if self._workers is not None:
            return self._workers.map(function, tasks, where=self._where)
        return map(function, tasks)


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
