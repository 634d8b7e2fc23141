"""What speaks for it that one series goes on with an earlier one, and how much."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kvminbox.versions.facts import Facts

SURE: Final = 0.9
"""The score of what a sender states, in words or by answering."""

NAMED: Final = 0.95
"""The score from which on a sender has named the older series."""

STRONG: Final = 0.8
"""The score from which on weaker evidence is not looked for."""

WEAK: Final = 0.6
"""The score of likeness, which another series may have with better reason."""


class Finding(NamedTuple):
    """One piece of evidence that an earlier series is continued."""

    old: Facts
    reason: str
    score: float
    is_stated: bool = False
    """Whether the sender names the older one, so that its number does not matter."""


@dataclass
class Evidence:
    """The evidence that one series continues another."""

    score: float = 0.0
    reasons: list[tuple[float, str]] = field(default_factory=list)
    is_stated: bool = False

    def add(self, found: Finding) -> None:
        """Add a reason; the strongest one decides."""
        if found.reason not in {known for _, known in self.reasons}:
            self.reasons.append((found.score, found.reason))
        self.score = max(self.score, found.score)
        self.is_stated = self.is_stated or found.is_stated

    def words(self) -> tuple[str, ...]:
        """Return the reasons, the strongest first."""
        return tuple(reason for _, reason in sorted(self.reasons, key=lambda item: -item[0]))
