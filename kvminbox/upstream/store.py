"""What may be kept of a tree from one run to the next; `kvminbox.index` keeps it in a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kvminbox.models import Landing
from kvminbox.upstream.diffs import DiffFacts
from kvminbox.upstream.history import Shape
from kvminbox.upstream.mails import MailIndex


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found before for a corpus, and which commits were not looked at then."""

    landings: Sequence[Landing]
    fresh: frozenset[str]
    """The commits that came to the tree since then."""


class Store(Protocol):
    """Keeps what was read of one tree, and found in it."""

    def read_shapes(self) -> Mapping[bytes, Shape]:
        """Return the history as it was last kept."""

    def keep_shapes(self, shapes: Iterable[tuple[bytes, Shape]]) -> None:
        """Keep the history as it is now; what it holds no more is dropped."""

    def find_diff(self, commit: str) -> DiffFacts | None:
        """Return what was kept of a commit's diff."""

    def keep_diff(self, commit: str, facts: DiffFacts) -> None:
        """Keep what was read of a commit's diff."""

    def find_mails(self, corpus: str) -> MailIndex | None:
        """Return the mails of a corpus that was looked for before, by its key."""

    def keep_mails(self, corpus: str, mails: MailIndex) -> None:
        """Keep the mails of a corpus."""

    def find_answer(self, corpus: str) -> Answer | None:
        """Return what was found for a corpus."""

    def keep_answer(self, corpus: str, landings: Iterable[Landing]) -> None:
        """Keep what was found for a corpus in the history that was last kept."""
