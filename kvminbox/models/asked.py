"""Who should have been asked about a patch, who was, and who would know its files."""

from datetime import datetime
from typing import Literal

from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.words import count_things

AskedRole = Literal["maintainer", "reviewer", "list"]
"""What MAINTAINERS says of an address: an M:, R: or L: line."""


class Expected(Model):
    """A person or a list that MAINTAINERS names for a patch."""

    address: Address
    """Who, as MAINTAINERS has it."""

    role: AskedRole
    """The first of its roles: a maintainer before a reviewer."""

    asked_as: Address | None = None
    """The address in From, To or Cc that is the same one; None if none is."""

    evidence: tuple[str, ...] = ()
    """The sections and lines that name it, each with what they took."""

    @property
    def is_asked(self) -> bool:
        """Whether it is among the mail's From, To and Cc, or is the list that brought it."""
        return self.asked_as is not None

    def _describe(self) -> str:
        state = "asked" if self.is_asked else "not asked"
        return f"{self.role} {self.address.name_or_email}, {state}"


class Asking(Model):
    """Who should have been asked about one patch, by the MAINTAINERS file of its day."""

    message_id: str | None
    """The Message-ID of the patch."""

    title: str
    """Its title."""

    commit: str = ""
    """The commit of the tree whose MAINTAINERS was read; empty if a file was given."""

    expected: tuple[Expected, ...] = ()
    """Who should have been asked, maintainers first, each by the section nearest to the files."""

    evidence: tuple[str, ...] = ()
    """Why this file, and what of it could not be asked."""

    @property
    def missing(self) -> tuple[Expected, ...]:
        """Those who are not among From, To and Cc. A reply may have brought them in later."""
        return tuple(one for one in self.expected if not one.is_asked)

    def _describe(self) -> str:
        return f"{self.title[:80]!r}, {len(self.missing)} of {len(self.expected)} not asked"


class Knower(Model):
    """Somebody who would know some files, by what they gave to them before."""

    address: Address
    """Who, as last written."""

    score: float
    """The sum of what they gave, each half as much after a half-life; to be compared only."""

    reviews: int = 0
    """Tags that they gave to patches of these files."""

    commits: int = 0
    """Commits to these files that they wrote."""

    last: datetime | None = None
    """When they last did either."""

    evidence: tuple[str, ...] = ()
    """What counts most, in words."""

    def _describe(self) -> str:
        reviews, commits = (
            count_things(self.reviews, "review"),
            count_things(self.commits, "commit"),
        )
        return f"{self.address.name_or_email}, {reviews}, {commits}"
