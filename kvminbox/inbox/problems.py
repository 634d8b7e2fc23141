"""What becomes of mails that can't be read: the one place that applies `on_problem`."""

from typing import Final

from kvminbox.errors import ObjectError, UsageError
from kvminbox.inbox.corpus import MailCorpus
from kvminbox.models import LeftOut, OnProblem, Problem

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
        "there is no such policy", where=f"on_problem={policy!r}"[:100],
        cure='choose "raise" or "skip", or pass a function',
    )  # fmt: skip
