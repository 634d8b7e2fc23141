"""What may be asked: the arguments of each tool, whose JSON schema is made from them."""

from typing import Literal

from kvminbox.models import Model


class About(Model):
    """A question without arguments."""


class Search(Model):
    """A search for mails."""

    query: str
    """Search terms, all of which must match, with lei's prefixes: `s:timer` subject, `f:ada`
    from, `b:word` body, `dfn:virt/kvm` path in a diff, `d:2025-01-01..` date, `rt:` time
    received, `kind:patch`, `kind:cover_letter`, `series:MESSAGE-ID`; OR, NOT, brackets and
    "phrases". Dates may be `last.week..`."""

    order: Literal["newest", "oldest", "relevance"] = "newest"
    """Which mails come first."""

    limit: int = 10
    """Hits on a page, from 1 to 50."""

    cursor: str | None = None
    """`next_cursor` of the page before; null for the first page."""


class Message(Model):
    """One mail."""

    message_id: str
    """Its Message-ID, with or without angle brackets, or its lore.kernel.org URL."""

    cursor: str | None = None
    """`next_cursor` of the text before; null for the beginning."""


class Thread(Model):
    """The thread of a mail."""

    message_id: str
    """The Message-ID of any mail of the thread."""

    limit: int = 30
    """Mails on a page, from 1 to 100."""

    cursor: str | None = None
    """`next_cursor` of the page before; null for the first page."""


class Series(Model):
    """A series of patches."""

    message_id: str
    """The Message-ID of its cover letter, of a patch, or of a reply to one."""


class Changes(Model):
    """Two versions of a series."""

    message_id: str
    """The Message-ID of a mail of the newer version."""

    older: str | None = None
    """The Message-ID of a mail of the older version; null for the previous one."""

    patch: int | None = None
    """The number of a patch in the newer version, to see the diff between its two versions."""

    cursor: str | None = None
    """With `patch`: `next_cursor` of the text before; null for the beginning."""


class Remarks(Model):
    """What reviewers said about a series."""

    message_id: str
    """The Message-ID of its cover letter, of a patch, or of a reply to one."""

    limit: int = 20
    """Remarks on a page, from 1 to 50."""

    cursor: str | None = None
    """`next_cursor` of the page before; null for the first page."""


class Landed(Model):
    """What became of a series."""

    message_id: str
    """The Message-ID of its cover letter, of a patch, or of a reply to one."""


class Waiting(Model):
    """Series that wait for an answer."""

    reader: str | None = None
    """A mail address: series sent to it that this person has not answered. Null for series
    that nobody but their sender has answered."""

    path: str | None = None
    """Only series that change files below this path, or that match a pattern such as `*.S`."""

    author: str | None = None
    """Only series sent or written by this address or full name."""

    since: str = "6 months ago"
    """Only mails that arrived since this date: `2025-08-01`, `3 weeks ago`; or, where an archive
    was filled long after its mails were sent, that have such a Date."""

    limit: int = 20
    """Series on a page, from 1 to 50."""

    cursor: str | None = None
    """`next_cursor` of the page before; null for the first page."""
