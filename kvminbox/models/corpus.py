"""What every analysis and report works on: some part of some archive."""

from collections.abc import Iterator
from typing import Protocol

from kvminbox.models.message import Message, Patch
from kvminbox.models.series import Series
from kvminbox.models.thread import Thread
from kvminbox.models.versions import Chain


class Progress(Protocol):
    """Is told how far a long work is; the library itself never shows it."""

    def __call__(self, done: int, total: int, /) -> None:
        """Take how many commits are done, of how many."""


class Corpus(Protocol):
    """A part of an archive, read live or from an index.

    Each iterator is lazy and oldest first, and may be asked for again.
    """

    @property
    def base(self) -> str:
        """Where it begins, as its caller wrote it."""

    @property
    def tip(self) -> str:
        """Where it ends, as its caller wrote it."""

    def messages(self, *, progress: Progress | None = None) -> Iterator[Message]:
        """Give every mail."""

    def patches(self, *, progress: Progress | None = None) -> Iterator[Patch]:
        """Give the mails that are patches."""

    def threads(self, *, progress: Progress | None = None) -> Iterator[Thread]:
        """Give the threads, by their first message."""

    def series(self, *, progress: Progress | None = None) -> Iterator[Series]:
        """Give the series, by their first mail, each with its older and newer revision."""

    def chains(self, *, progress: Progress | None = None) -> Iterator[Chain]:
        """Give the chains of revisions that the series form."""
