"""Where in the archive a mail lies, and what became of each commit."""

from datetime import datetime
from typing import Final, Literal, get_args

from kvminbox.models.base import Model

Change = Literal["message", "deletion", "purged", "unchanged", "problem"]
"""What a commit of an archive is counted as."""

CHANGES: Final[tuple[Change, ...]] = get_args(Change)
"""Every such word, in the order of the numbers that stand for them in an index file."""

PROBLEM_CODES: Final[dict[str, str]] = {
    "object-missing": "the object is not in the repository",
    "object-corrupt": "the object's bytes are damaged",
    "object-oversized": "the mail, its tree or its commit is over a limit",
    "object-unreadable": "the object can't be read",
    "entry-not-a-blob": "the path m or d is not a plain file",
}
"""Every code that a problem can carry, and what it means."""


class Entry(Model):
    """One change of the archive: the key of a mail.

    Epoch, commit and blob together identify a mail. Its Message-ID does not:
    real archives hold different mails under one id.
    """

    epoch: int
    """The number of the epoch, 0 for an archive that has only one."""

    commit: str
    """The archive commit's object id, in hex."""

    blob: str
    """The mail's object id, in hex; empty where the commit brings none."""

    arrived: datetime | None
    """When the archive took it: the committer date, in UTC (its zone is not to be trusted)."""

    change: Change
    """What the commit does: brings a message, deletes one, and so on."""


class Problem(Model):
    """A commit whose change can't be read; it takes the place of the mail."""

    entry: Entry
    """Where it is."""

    code: str
    """A stable name, one of `PROBLEM_CODES`."""

    text: str
    """What is wrong, in one line."""


class Summary(Model):
    """Every commit of a window, accounted for.

    `messages + deletions + purged + unchanged + problems == commits`.
    """

    commits: int
    """Commits in the window, as `git rev-list --count` counts them."""

    messages: int
    """Commits that bring a mail, also where a later one of the window deletes it."""

    deletions: int
    """Commits that delete a mail."""

    purged: int
    """Commits whose mail was purged: the empty blob stands in its place."""

    unchanged: int
    """Commits that change nothing at the path of a mail."""

    problems: int
    """Commits of which a change can't be read, also where they bring a mail as well."""

    hidden: int
    """Of the messages, those that the window deletes again; they are not shown."""


class Epoch(Model):
    """One git repository of an inbox."""

    number: int
    """Its place in time, from 0."""

    path: str
    """Its git folder."""

    tip: str | None
    """The commit that its branch is at; None for a placeholder without commits."""
