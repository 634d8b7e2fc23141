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


@runtime_checkable
class MarkedCorpus(Protocol):
    """A corpus that can tell which mails it has without reading them."""

    def mark_mails(self) -> MailMark | None:
        """Return which mails it has; None where it can't tell now."""


def mark_mails(corpus: object) -> MailMark | None:
    """Return which mails a corpus has; None where that is not known without reading them all."""
    return corpus.mark_mails() if isinstance(corpus, MarkedCorpus) else None


def find_keeper(source: object) -> Keeper | None:
    """Return what keeps the results of a corpus, or of a source of mails; None if nothing does.

    It is in an attribute `keeper`.
    """
    found = getattr(source, "keeper", None)
    return found if isinstance(found, Keeper) else None
