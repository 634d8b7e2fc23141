"""One submission: a cover letter and its patches."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Literal

from kvminbox.dates import write_day
from kvminbox.errors import UsageError
from kvminbox.mbox import write_mbox
from kvminbox.models.address import NOBODY, Address
from kvminbox.models.base import Model
from kvminbox.models.diffstat import Diffstat, FileChange
from kvminbox.models.git_am import write_patch
from kvminbox.models.given_tag import GivenTag
from kvminbox.models.message import AnyMessage, Message, Patch
from kvminbox.models.subject import Subject
from kvminbox.words import name_revision, shorten

SeriesStatus = Literal["complete", "incomplete", "over_full", "partial_reroll", "cover_only"]
"""How the patches found compare with the stated total."""


class SeriesRef(Model):
    """The name of a series, without its mails."""

    message_id: str | None
    """The Message-ID of its cover letter, else of its first patch."""

    title: str
    """Its title."""

    revision: int
    """Its revision."""

    date: datetime | None
    """When its first mail was sent, as claimed."""

    minor_revision: int | None = None
    """The minor number of a partial re-roll `v5.1`."""

    is_rfc: bool = False
    """Whether its subject marks it as an RFC: the cover letter's, else the first patch's."""

    @property
    def label(self) -> str:
        """What people call this version: `v2`, `RFC v1`, `v5.1`."""
        return name_revision(self.revision, self.minor_revision, is_rfc=self.is_rfc)


def _is_same(own: Message, given: Message) -> bool:
    """Whether two models are of one mail; a mail without an id is compared as a whole."""
    if own is given:
        return True
    return own.message_id == given.message_id and (bool(own.message_id) or own == given)


class Series(Model):
    """The mails of one submission: a cover letter or none, and its patches.

    It holds what was found in a corpus. `missing` patches may exist elsewhere: see
    `cut`. Numbers are the sender's claims.
    """

    cover: AnyMessage | None = None
    """The cover letter; a mail of another kind if it has no number, or asks to pull."""

    patches: tuple[Patch, ...] = ()
    """The patches in the order of their numbers, one for each."""

    inferred_numbers: tuple[int, ...] = ()
    """The numbers of `patches`, where the subjects of some state none and their place is told by
    their Message-IDs or by the order in which they were sent: `evidence` says by which. Empty
    where each number is that of the subject; `numbers` has them either way."""

    duplicates: tuple[Patch, ...] = ()
    """Further patches with a number that is taken."""

    missing: tuple[int, ...] = ()
    """The numbers from 1 to `total` that no patch has."""

    total: int = 1
    """How many patches its mails say there are."""

    title: str = ""
    """The cover letter's title, else the first patch's; without either, the first in the cover
    letter's shortlog. It may be empty."""

    revision: int = 1
    """The revision that its mails state; 1 if they state none."""

    minor_revision: int | None = None
    """The minor number of a partial re-roll `v5.1`."""

    revision_stated: bool = False
    """Whether any of its mails states a revision."""

    sender: Address = NOBODY
    """Who sent it; each patch has its own author."""

    date: datetime | None = None
    """When its first mail was sent, as claimed."""

    status: SeriesStatus = "complete"
    """Whether exactly the patches from 1 to `total` were found, else what differs."""

    cut: bool = False
    """Whether missing patches, or a missing cover letter, may be outside the corpus:
    some of the series arrived within a day of the corpus's first or last mail."""

    confidence: float = 1.0
    """How sure it is that these mails belong together, from 0 to 1; the weakest link counts."""

    evidence: tuple[str, ...] = ()
    """Why these mails were taken as one series, in words."""

    previous: SeriesRef | None = None
    """The revision before, if the corpus has it and it was linked: a series of `Index.series_of` or
    `group_series` was not, and has neither this, `next` nor `chain`."""

    next: SeriesRef | None = None
    """The revision after, likewise."""

    chain: tuple[SeriesRef, ...] = ()
    """All revisions of its chain, oldest first, itself included; the nearest hundred if
    there are more."""

    depends_on: tuple[SeriesRef, ...] = ()
    """The series of the corpus that its mails name as prerequisites, by the id of a mail
    (`Based-on:`, `Depends-on:`) or by change-id; what the corpus lacks is only in
    the `prerequisites` of its mails. Filled in with `previous`."""

    def _describe(self) -> str:
        sent = f", {write_day(self.date)}" if self.date else ""
        version = f"{name_version(self)} {self.title[:100]!r}"
        return f"{version} {len(self.patches)}/{self.total} {self.status}{sent}"

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number of each of `patches` in the series, in their order."""
        return self.inferred_numbers or tuple(patch.subject.counter for patch in self.patches)

    def number_of(self, patch: Message) -> int:
        """Return the number of one of its patches: its place, not always that of its subject.

        It is 0 for the cover letter; one of `duplicates` has that of its subject.

        Raises:
            kvminbox.errors.UsageError: the mail is none of these: a reply, for one, or a patch of
                another version.
        """
        counter = patch.subject.counter
        if self.inferred_numbers:
            for number, own in zip(self.inferred_numbers, self.patches, strict=True):
                if _is_same(own, patch):
                    return number
        # where none is missing, a patch is at the place of its number, and found at once
        elif 0 < counter <= len(self.patches) and self.patches[counter - 1] is patch:
            return counter
        if any(_is_same(own, patch) for own in chain(self.patches, self.duplicates)):
            return counter
        if self.cover is not None and _is_same(self.cover, patch):
            return 0
        what = f"this {patch.kind.replace('_', ' ')} is no mail of the series"
        where = shorten(patch.message_id or patch.subject.title)
        raise UsageError(what, where, "give one of its `patches` or `duplicates`")

    @property
    def ref(self) -> SeriesRef:
        """The name of this series."""
        return SeriesRef(
            message_id=self.messages[0].message_id if self.messages else None,
            title=self.title,
            revision=self.revision,
            date=self.date,
            minor_revision=self.minor_revision,
            is_rfc=_is_rfc(self),
        )

    @property
    def messages(self) -> tuple[AnyMessage, ...]:
        """The cover letter, if there is one, and the patches, in order."""
        return (self.cover, *self.patches) if self.cover else self.patches

    def to_mbox(self, tags: Iterable[GivenTag] = ()) -> bytes:
        """Return its patches as an mbox for `git am`, in the order of their numbers.

        Each mail is put together again: author, date, title, message and diff are those that
        `git am` would take from the mail as it was sent, whose bytes `inbox.raw` gives. Bytes
        of no known charset in a diff, and CRLF line ends, are lost. `missing` patches are not
        in it.

        Args:
            tags: tags to add to the patches that they are for, below the trailers that these
                have, in the given order, as b4 does; each once. Those of a `SeriesReview` are
                oldest first; whether a tag is `self_attested` is not looked at.
        """
        given = list(tags)
        mails = [
            write_patch(patch, [tag.line for tag in given if number in tag.patches])
            for number, patch in zip(self.numbers, self.patches, strict=True)
        ]
        return b"".join(write_mbox(mails, quote_all=False))

    @property
    def author(self) -> Address:
        """The author of the cover letter, else of the first patch, else the sender."""
        first = next(iter(self.messages), None)
        return getattr(first, "author", self.sender)

    @property
    def diffstat(self) -> Diffstat:
        """What all patches change, added up by path; not the net change of the series."""
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


def find_mark(series: Series) -> Subject | None:
    """Return the subject that marks a series: its cover letter's, unless that is a plain mail."""
    first = next(iter(series.messages), None)
    if first is None:
        return None
    is_plain = not first.subject.tokens and series.patches
    return series.patches[0].subject if is_plain else first.subject


def _is_rfc(series: Series) -> bool:
    mark = find_mark(series)
    return mark is not None and mark.is_rfc


def name_version(series: Series) -> str:
    """Return the version of a series as its subject marks it: `v2`, `RFC v1`."""
    return series.ref.label
