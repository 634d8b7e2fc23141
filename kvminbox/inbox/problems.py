"""What becomes of mails that can't be read: the one place that applies `on_problem`."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from kvminbox.errors import ObjectError, UsageError
from kvminbox.given import check_called, check_count
from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.keeping import MailMark
from kvminbox.inbox.parallel import Failure, Plan, run_batches, run_each
from kvminbox.models import AnyMessage, LeftOut, OnProblem, Problem, Progress
from kvminbox.workers import check_jobs

R = TypeVar("R")

SKIP: Final = 'leave out what can\'t be read: on_problem="skip" (--on-problem skip in a shell)'
"""What an error for a mail that can't be read says to do."""


class Reading:
    """One reading of a corpus under a policy.

    Attributes:
        policy: what becomes of a problem.
        count: how many problems it has left out so far.
    """

    def __init__(self, policy: OnProblem) -> None:
        self.policy = check_policy(policy)
        self.count = 0

    def leave_out(self, problem: Problem, error: ObjectError) -> None:
        """Leave a problem out, or raise its error, as the policy says."""
        if self.policy == "raise":
            raise error from None
        self.count += 1
        if callable(self.policy):
            self.policy(problem)


class ReadCorpus(MailCorpus):
    """The base of every corpus that reads its mails, and may find that it can't.

    Its series, threads and all else that is made of its mails follow its policy.

    A `Window`, a `Merged` window and an `Index` also have `arrived`, `entries()`, `summary()` and
    `problems()`, and are iterated over as `messages()`; a `Search` is iterated over by its hits.
    """

    gaps: tuple[int, ...] = ()

    def __init__(self, on_problem: OnProblem) -> None:
        self._on_problem = check_policy(on_problem)
        self._unread = 0

    @property
    def on_problem(self) -> OnProblem:
        """What becomes of a mail that can't be read.

        `"raise"`, the default, ends the reading with an error; `"skip"` leaves the mail
        out; a function is called with each `Problem`, in the thread that reads, and the
        mail is left out, too. It may be set at any time, for the readings that begin later.
        """
        return self._on_problem

    @on_problem.setter
    def on_problem(self, policy: OnProblem) -> None:
        self._on_problem = check_policy(policy)

    @property
    def left_out(self) -> LeftOut:
        """What is left out: mails, by the last reading that came to its end, and epochs.

        Before the first reading no mail counts; `summary` and `problems` read them all.
        """
        return LeftOut(mails=self._unread, epochs=self.gaps)

    def messages(
        self, *, on_problem: OnProblem | None = None, progress: Progress | None = None
    ) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first, each as the model of its kind.

        Args:
            on_problem: what becomes of a mail that can't be read, this time; None for the
                corpus's own policy.
            progress: called with how many changes are done, and of how many.

        Raises:
            kvminbox.errors.ObjectError: a mail can't be read, and the policy is "raise".
            kvminbox.errors.UsageError: no such policy.
        """
        return self._read_all(self._begin(on_problem), progress)

    def read_sent(
        self,
        begin: float,
        end: float | None,
        *,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[AnyMessage]:
        """Yield at least the mails with a Date in a span of time, in the order of `messages`.

        Where it is not known which these are, it yields all mails.

        Args:
            begin: seconds since 1970, included.
            end: likewise, excluded; None for no end.
            on_problem: as for `messages`.
            progress: likewise.
        """
        del begin, end
        return self.messages(on_problem=on_problem, progress=progress)

    def _mark_sent(self, begin: float, end: float | None) -> MailMark | None:
        """Return which mails with a Date in a span of time it has, as `_mark_mails` does for all.

        None where that is not known without reading them.
        """
        del begin, end
        return None

    def _read_all(self, reading: Reading, progress: Progress | None) -> Iterator[AnyMessage]:
        return self._read_plan(self._plan(reading), reading, progress)

    def _read_plan(
        self, plan: Plan, reading: Reading, progress: Progress | None
    ) -> Iterator[AnyMessage]:
        for done, step in plan.steps:
            if progress:
                progress(done, plan.total)
            found = plan.reader.read_step(step)
            if isinstance(found, Failure):
                reading.leave_out(*found)
            else:
                yield found
        self._end(reading)
        if progress:
            progress(plan.total, plan.total)

    def spread(self, most: int) -> Iterator[AnyMessage]:
        """Yield mails that lie evenly in it, oldest first, for a look at what it is like.

        Those that can't be read are passed over.

        Args:
            most: how many mails it yields at most; all, where there are not more.

        Raises:
            kvminbox.errors.UsageError: it would yield none.
        """
        check_count(most, "most", "a number of mails")
        plan = self._plan(Reading("skip"))
        steps = [step for _, step in plan.steps]
        for step in steps[:: max(1, -(-len(steps) // most))]:
            found = plan.reader.read_step(step)
            if not isinstance(found, Failure):
                yield found

    def map(
        self,
        function: Callable[[AnyMessage], R],
        *,
        jobs: int = 1,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[R]:
        """Yield what a function returns for each mail, oldest first.

        With several jobs mails are read, and the function is called, in other processes;
        only its results come back. So it pays where they are small: a count, a name, a few
        fields. The results are the same for any number of jobs, and so is the exception,
        where the function raises one: what it returned for the mails before is yielded
        first. Mails that the window deletes are left out.

        The processes are fresh interpreters, and import what the function needs. A
        function must be defined in a module that they can import; with cloudpickle
        installed it may also be a lambda, or of a notebook or script. What it prints
        goes to the error stream.

        Args:
            function: is called with each mail.
            jobs: processes that read; 1 for this one.
            on_problem: as for `messages`; a policy that is a function is called here.
            progress: called with how many changes are done, and of how many.

        Raises:
            kvminbox.errors.ObjectError: a mail can't be read, and the policy is "raise".
            kvminbox.errors.WorkerError: a process died, or can't send a result.
            kvminbox.errors.UsageError: the function can't be sent, or there are no jobs.
        """
        check_jobs(jobs)
        check_called(function)
        reading = self._begin(on_problem)
        return self._run(reading, lambda plan: run_each(plan, function, jobs, progress))

    def map_batches(
        self,
        function: Callable[[list[AnyMessage]], R],
        *,
        jobs: int = 1,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[R]:
        """Yield what a function returns for some dozens of mails at a time, oldest first.

        As `map`, for results that are made of many mails at once, such as an Arrow table.
        How many mails are in a batch is not promised; it does not depend on the jobs.

        Args:
            function: is called with lists of mails.
            jobs: processes that read; 1 for this one.
            on_problem: as for `messages`.
            progress: called with how many changes are done, and of how many.

        Raises:
            kvminbox.KvminboxError: as `map`.
        """
        check_jobs(jobs)
        check_called(function)
        reading = self._begin(on_problem)
        return self._run(reading, lambda plan: run_batches(plan, function, jobs, progress))

    def _run(self, reading: Reading, run: Callable[[Plan], Iterator[R | Failure]]) -> Iterator[R]:
        for found in run(self._plan(reading)):
            if isinstance(found, Failure):
                reading.leave_out(*found)
            else:
                yield found
        self._end(reading)

    def _plan(self, reading: Reading) -> Plan:
        """Return what is to be read."""
        raise NotImplementedError

    def _begin(self, on_problem: OnProblem | None) -> Reading:
        """Begin a reading, under the policy of the corpus unless another is given."""
        return Reading(self._on_problem if on_problem is None else on_problem)

    def _end(self, reading: Reading) -> None:
        self._unread = reading.count


def check_policy(policy: OnProblem) -> OnProblem:
    """Return a policy.

    Raises:
        UsageError: there is no such one.
    """
    if policy in ("raise", "skip") or callable(policy):
        return policy
    raise UsageError(
        "no such policy", where=f"on_problem={policy!r}"[:100],
        cure='choose "raise" or "skip", or pass a function',
    )  # fmt: skip
