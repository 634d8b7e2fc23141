"""One submission across its patches."""

from datetime import datetime
from typing import Literal

from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.models.diffstat import Diffstat, FileChange
from kvminbox.models.message import AnyMessage, Message, Patch

SeriesStatus = Literal["complete", "incomplete", "over_full", "partial_reroll", "cover_only"]
"""How the patches that are there stand to the total that is stated."""


class SeriesRef(Model):
    """Names a series without holding it."""

    message_id: str | None
    """The Message-ID of its cover letter, else of its first patch."""

    title: str
    """Its title."""

    revision: int
    """Its revision."""

    date: datetime | None
    """When its first mail was sent, as claimed."""


class Series(Model):
    """The mails of one submission: a cover letter or none, and its patches.

    It is what was found in a corpus. `missing` patches may exist elsewhere: see
    `cut`. Numbers are the sender's claims.
    """

    cover: AnyMessage | None = None
    """The cover letter; a mail of another kind where it bears no number, or asks to pull."""

    patches: tuple[Patch, ...] = ()
    """The patches by their number, one of each."""

    duplicates: tuple[Patch, ...] = ()
    """Further patches of a number that is taken."""

    missing: tuple[int, ...] = ()
    """The numbers from 1 to `total` that no patch bears."""

    total: int = 1
    """How many patches its mails say there are."""

    title: str = ""
    """The cover letter's title, else the first patch's."""

    revision: int = 1
    """The revision that its mails state; 1 where they state none."""

    minor_revision: int | None = None
    """The minor number of a partial re-roll `v5.1`."""

    revision_stated: bool = False
    """Whether any of its mails states the revision."""

    sender: Address = Address()
    """Who sent it; for the author of each patch see there."""

    date: datetime | None = None
    """When its first mail was sent, as claimed."""

    status: SeriesStatus = "complete"
    """Whether the patches from 1 to `total` are there, and no others."""

    cut: bool = False
    """Whether missing patches, or a missing cover letter, may lie outside of the corpus:
    some of it arrived within a day of the corpus's first or last mail."""

    confidence: float = 1.0
    """From 0 to 1, how sure it is that these mails belong together; the weakest link counts."""

    evidence: tuple[str, ...] = ()
    """Why these mails were taken for one series, in words."""

    previous: SeriesRef | None = None
    """The revision before, where the corpus holds it and it was linked."""

    next: SeriesRef | None = None
    """The revision after, likewise."""

    chain: tuple[SeriesRef, ...] = ()
    """All revisions of the chain that it is in, oldest first, itself included; of more than
    a hundred the nearest hundred."""

    def _describe(self) -> str:
        sent = f", {self.date:%Y-%m-%d}" if self.date else ""
        version = f"v{self.revision} {self.title[:100]!r}"
        return f"{version} {len(self.patches)}/{self.total} {self.status}{sent}"

    @property
    def ref(self) -> SeriesRef:
        """The name of this series."""
        return SeriesRef(
            message_id=self.messages[0].message_id if self.messages else None,
            title=self.title,
            revision=self.revision,
            date=self.date,
        )

    @property
    def messages(self) -> tuple[Message, ...]:
        """The cover letter, if there is one, and the patches, in order."""
        return (self.cover, *self.patches) if self.cover else self.patches

    @property
    def author(self) -> Address:
        """The author of the cover letter, else of the first patch; else who sent it."""
        first = next(iter(self.messages), None)
        return getattr(first, "author", self.sender)

    @property
    def diffstat(self) -> Diffstat:
        """What all patches change, added up for each path; not what the whole series leaves."""
        files: dict[str, FileChange] = {}
        for patch in self.patches:
            for change in patch.diffstat.files:
                files[change.path] = _add(files.get(change.path), change)
        return Diffstat(files=tuple(files.values()))


def _add(before: FileChange | None, change: FileChange) -> FileChange:
    if before is None:
        return change
    return before.model_copy(
        update={
            "insertions": before.insertions + change.insertions,
            "deletions": before.deletions + change.deletions,
            "binary": before.binary or change.binary,
            "damaged": before.damaged or change.damaged,
        }
    )
