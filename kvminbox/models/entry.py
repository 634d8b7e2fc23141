"""Where in the archive a mail is, and what each commit was counted as."""

from datetime import datetime
from typing import Final, Literal, get_args

from kvminbox.models.base import Model

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
"""Every code that a problem can have, and what it means."""


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
    """When the archive took it: the committer date, in UTC (its zone can't be trusted)."""

    change: Change
    """What the commit does: adds a message, deletes one, and so on."""


class Problem(Model):
    """A commit whose change can't be read; it stands in for the mail."""

    entry: Entry
    """Where it is."""

    code: str
    """A stable name, one of `PROBLEM_CODES`."""

    text: str
    """What is wrong, in one line."""


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
