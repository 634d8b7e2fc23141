"""What is done with the mails of a corpus, one by one or some at a time, here or in processes."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol, TypeAlias, TypeVar

from kvminbox.errors import ObjectError
from kvminbox.models import AnyMessage, Problem, Progress
from kvminbox.workers import Workers, check_jobs, pack_error, raise_packed

R = TypeVar("R")

_BATCH: Final = 64
"""Mails that are sent and done together; with fewer, sending them would take long."""


class Failure(NamedTuple):
    """A mail that can't be read, and the error that says so."""

    problem: Problem
    error: ObjectError


Step: TypeAlias = Any
"""What names one mail for the reader of its plan; plain values that can be sent."""


class StepReader(Protocol):
    """Reads the mails of a plan; it is sent to other processes, as what it is made of."""

    def read_step(self, step: Step, /) -> AnyMessage | Failure:
        """Return a mail, or why it can't be read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be read of a corpus, in order."""

    reader: StepReader
    steps: Iterable[tuple[int, Step]]
    """Each with how much is done before it."""

    total: int


def run_each(
    plan: Plan, function: Callable[[AnyMessage], R], jobs: int, progress: Progress | None
) -> Iterator[R | Failure]:
    """Yield what a function returns for each mail, in order."""
    work = partial(_do_each, plan.reader, function)
    return _run(plan, work, check_jobs(jobs), 1 if jobs == 1 else _BATCH, progress)


def run_batches(
    plan: Plan, function: Callable[[list[AnyMessage]], R], jobs: int, progress: Progress | None
) -> Iterator[R | Failure]:
    """Yield what a function returns for some mails at a time, the same ones for any `jobs`."""
    work = partial(_do_batch, plan.reader, function)
    return _run(plan, work, check_jobs(jobs), _BATCH, progress)


def _do_each(
    reader: StepReader, function: Callable[[AnyMessage], R], steps: list[Step]
) -> Iterator[R | Failure]:
    for step in steps:
        found = reader.read_step(step)
        yield found if isinstance(found, Failure) else function(found)


def _do_batch(
    reader: StepReader, function: Callable[[list[AnyMessage]], R], steps: list[Step]
) -> Iterator[R | Failure]:
    messages = []
    for step in steps:
        found = reader.read_step(step)
        if isinstance(found, Failure):
            yield found
        else:
            messages.append(found)
    if messages:
        yield function(messages)


_Work: TypeAlias = Callable[[list[Step]], Iterator[R | Failure]]


def _run(
    plan: Plan, work: "_Work[R]", jobs: int, size: int, progress: Progress | None
) -> Iterator[R | Failure]:
    steps = iter(plan.steps)
    starts: deque[int] = deque()  # of the tasks that were sent; their ends come in this order

    def list_tasks() -> Iterator[list[Step]]:
        while numbered := list(islice(steps, size)):
            starts.append(numbered[0][0])
            yield [step for _, step in numbered]

    with Workers(jobs) as workers:
        for found, error in _do_tasks(workers, work, list_tasks(), jobs):
            if progress:
                progress(starts.popleft(), plan.total)
            yield from found
            if error is not None:
                raise_packed(error)
    if progress:
        progress(plan.total, plan.total)


class _Outcome(NamedTuple):
    """What a task gave, and the error that ended it."""

    found: Iterable[Any]
    error: bytes | None


def _do_tasks(
    workers: Workers, work: "_Work[R]", tasks: Iterator[list[Step]], jobs: int
) -> Iterator[_Outcome]:
    if jobs > 1:
        return workers.map(partial(_do_all, work), tasks)
    return (_Outcome(work(task), None) for task in tasks)


def _do_all(work: "_Work[R]", steps: list[Step]) -> _Outcome:
    """Do a task, and keep what it gave before an error, as it would be seen in one process."""
    found = []
    try:
        for one in work(steps):
            found.append(one)  # noqa: PERF402  # those before an error stay
    except Exception as error:  # noqa: BLE001  # it is raised in the parent
        return _Outcome(found, pack_error(error))
    return _Outcome(found, None)
