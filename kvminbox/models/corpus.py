"""What every analysis and report works on: a part of an archive."""

from __future__ import annotations  # models that a short command does not import

from typing import TYPE_CHECKING, Protocol

from kvminbox.models.entry import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvminbox.models.message import AnyMessage, Patch
    from kvminbox.models.series import Series
    from kvminbox.models.thread import Thread
    from kvminbox.models.versions import Chain


class Progress(Protocol):
    """A callback that is called as a long run goes on; the library itself shows nothing."""

    def __call__(self, done: int, total: int, /) -> None:
        """Take how many commits are done, and how many there are."""


class Corpus(Protocol):
    """A part of an archive, read live or from an index.

    Each iterator is lazy and oldest first, and each call starts a new one.
    """

    @property
    def base(self) -> str:
        """Where it begins, as the caller wrote it."""

    @property
    def tip(self) -> str:
        """Where it ends, as the caller wrote it."""

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield every mail."""

    def patches(self, *, progress: Progress | None = None) -> Iterator[Patch]:
        """Yield the mails that are patches."""

    def threads(self, *, progress: Progress | None = None) -> Iterator[Thread]:
        """Yield the threads, ordered by their first message."""

    def series(self, *, progress: Progress | None = None) -> Iterator[Series]:
        """Yield the series, ordered by their first mail, each with its older and newer revision."""

    def chains(self, *, progress: Progress | None = None) -> Iterator[Chain]:
        """Yield the chains of revisions that the series form."""


def find_left_out(source: object) -> LeftOut:
    """Return what a corpus has left out, once its mails were read, or what a result lacks.

    It is in an attribute `left_out`; where there is none, nothing is known to be left out.
    """
    found = getattr(source, "left_out", None)
    return found if isinstance(found, LeftOut) else LeftOut()
