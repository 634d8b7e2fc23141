"""Results that follow from certain mails alone, and a place that keeps them: an index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, runtime_checkable


class KeptResult(NamedTuple):
    """A result that is found again when the same is asked of the same mails."""

    key: bytes
    """Digest of what was asked, and of which mails."""

    result: str
    """What was asked."""

    rules: int
    """The number of the rules by which it was found; those of other numbers are dropped."""

    blobs: tuple[str, ...]
    """The mails, by the ids of their bytes."""

    value: str
    """The result as JSON."""

    most: int | None = None
    """How many of its kind are kept, the last ones; None for all."""


@runtime_checkable
class Keeper(Protocol):
    """Where results are kept."""

    def recall(self, key: bytes, /) -> str | None:
        """Return the result that is kept under a key; None if none is."""

    def keep(self, results: Iterable[KeptResult], /) -> None:
        """Keep some results, if it can be done now."""


@dataclass(frozen=True)
class MailMark:
    """Which mails a corpus has; equal where the mails are."""

    text: str
    """Tells the mails with their places in the archive, and their order."""

    list_blobs: Callable[[], tuple[str, ...]] = field(compare=False)
    """Returns the mails, by the ids of their bytes."""


def mark_mails(corpus: object) -> MailMark | None:
    """Return which mails a corpus has; None where that is not known without reading them all.

    Its method `_mark_mails` tells, where it has one.
    """
    tell: Callable[[], MailMark | None] | None = getattr(corpus, "_mark_mails", None)
    return tell() if tell else None


def find_keeper(source: object) -> Keeper | None:
    """Return what keeps the results of a corpus, or of a source of mails; None if nothing does.

    It is in an attribute `_keeper`.
    """
    found = getattr(source, "_keeper", None)
    return found if isinstance(found, Keeper) else None


def keep_nothing(corpus: object) -> None:
    """Keep no results of a corpus from now on, and use none that were kept."""
    vars(corpus)["_keeper"] = None
