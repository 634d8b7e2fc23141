"""Where in the archive a mail is, and what each commit was counted as."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kvminbox.errors import ProblemCode
from kvminbox.models.base import Model
from kvminbox.words import count_things

Change = Literal["message", "deletion", "purged", "unchanged", "problem"]
"""What a commit of an archive is counted as."""

CHANGES: Final[tuple[Change, ...]] = get_args(Change)
"""The values of `Change`; an index file stores a value as its place here."""

PROBLEM_CODES: Final[dict[str, str]] = {
    "object-missing": "the object is not in the repository",
    "object-corrupt": "the object's bytes are damaged",
    "object-oversized": "the mail, its tree or its commit is over a limit",
    "object-unreadable": "the object can't be read",
    "entry-not-a-blob": "the path m or d is not a plain file",
}
"""What each `ProblemCode` means. The keys are plain strings, as `Problem.code` is."""

if TYPE_CHECKING:
    _Code = ProblemCode
else:  # that JSON of a later version, which has others, can be read
    _Code = str


class Entry(Model):
    """One change in the archive; it identifies a mail.

    Epoch, commit and blob together are the key of a mail. Its Message-ID is not:
    real archives hold different mails with the same id.
    """

    epoch: int
    """The number of the epoch, 0 for an archive that has only one."""

    commit: str
    """The archive commit's object id, in hex."""

    blob: str
    """The mail's object id, in hex; empty if the commit adds none."""

    arrived: datetime | None
    """When the archive received it: the committer date, in UTC (its zone can't be trusted). None
    where the commit has no time that can be read, and for the mails of a `SentWindow`, whose waits,
    ages and charts count by Date."""

    change: Change
    """What the commit does: adds a message, deletes one, and so on."""


class Problem(Model):
    """A commit whose change can't be read; it stands in for the mail."""

    entry: Entry
    """Where it is."""

    code: _Code
    """A stable name, one of `PROBLEM_CODES`. Type checkers know them as `ProblemCode`; a later
    version may have others, and their JSON can be read."""

    text: str
    """What is wrong, in one line."""


OnProblem: TypeAlias = Literal["raise", "skip"] | Callable[[Problem], object]
"""What becomes of a mail that can't be read: the reading ends with an error, or the mail is left
out and counted; a function is called with each such problem as well."""


class LeftOut(Model):
    """What an answer lacks because it could not be read or is not here."""

    mails: int = 0
    """How many mails could not be read."""

    epochs: tuple[int, ...] = ()
    """The numbers of epochs that are not here, and whose mails the answer may lack."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is left out, in words; empty if nothing is."""
        return tuple(self._tell())

    @property
    def note(self) -> str:
        """The same as the end of a `repr`; empty likewise."""
        return "".join(f"; {one[0].lower()}{one[1:-1]}" for one in self.sentences)

    def _tell(self) -> Iterator[str]:
        if self.mails:
            are = "is" if self.mails == 1 else "are"
            yield f"{count_things(self.mails, 'mail')} could not be read and {are} left out."
        if len(self.epochs) == 1:
            yield f"Epoch {self.epochs[0]} is not here, and its mails are left out."
        elif self.epochs:
            *first, last = self.epochs
            numbers = f"{', '.join(map(str, first))} and {last}"
            yield f"Epochs {numbers} are not here, and their mails are left out."


class Summary(Model):
    """The commits of a window, each counted once.

    `messages + deletions + purged + unchanged + problems == commits`.
    """

    commits: int
    """Commits in the window, as `git rev-list --count` counts them."""

    messages: int
    """Commits that add a mail, even if a later commit of the window deletes it."""

    deletions: int
    """Commits that delete a mail."""

    purged: int
    """Commits whose mail was purged: the empty blob has replaced it."""

    unchanged: int
    """Commits that change nothing at the path of a mail."""

    problems: int
    """Commits with a change that can't be read, even if they add a mail as well."""

    hidden: int
    """How many of the messages the window deletes again; those are not shown."""


class Epoch(Model):
    """One git repository of an inbox."""

    number: int
    """Its place in the order of time, from 0."""

    path: str
    """Its git directory."""

    tip: str | None
    """The commit at the tip of its branch; None for a placeholder without commits."""
