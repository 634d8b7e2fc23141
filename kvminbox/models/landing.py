"""Commits of a tree, and what became there of the patches of a list."""

from datetime import datetime
from typing import Literal

from kvminbox.dates import write_day
from kvminbox.models.address import NOBODY, Address
from kvminbox.models.base import Model
from kvminbox.models.series import SeriesRef
from kvminbox.models.trailer import Trailer

Relation = Literal["applied", "edited", "earlier_version", "backport", "revert", "linked"]
"""How a commit relates to a mail; see `Landing.relation`."""

LandedState = Literal["all", "partly", "none"]
"""How much of a series was found in a tree."""


class Commit(Model):
    """A commit of a source tree: what it says, and nothing that was concluded from it."""

    id: str
    """Its object id, in hex."""

    parents: tuple[str, ...] = ()
    """The ids of its parents: none for a root, several for a merge. Those of a shallow clone's
    last commits are named here though they are absent."""

    author: Address = NOBODY
    """Who wrote the change, as claimed."""

    authored: datetime | None = None
    """When, in the author's zone, as claimed: `git am` takes it from the mail's Date. None if
    it can't be read."""

    committer: Address = NOBODY
    """Who committed it."""

    committed: datetime | None = None
    """When, in the committer's zone. Commits go back and forth in time, as clocks do."""

    title: str = ""
    """The first paragraph of its message, in one line."""

    trailers: tuple[Trailer, ...] = ()
    """The trailers at the end of its message; `self_attested` compares with the author."""

    patch_id: str | None = None
    """The id that `git show --no-renames | git patch-id --stable` prints, where it was asked
    for; with the blobs' full ids for binary files. None for a merge and for an empty commit."""

    reverts: tuple[str, ...] = ()
    """The commits that it says it reverts, as written."""

    upstream: tuple[str, ...] = ()
    """The commits that it says it is a backport of, as written: `commit … upstream`,
    `(cherry picked from commit …)`."""

    fixes: tuple[str, ...] = ()
    """The commits in its `Fixes:` trailers, as written."""

    release: str | None = None
    """The first tag, by time, with it, without `refs/tags/`; None if none does."""

    def _describe(self) -> str:
        made = f", {write_day(self.committed)}" if self.committed else ""
        return f"{self.id[:12]} {self.title[:100]!r} by {self.author.name_or_email}{made}"


class PatchRef(Model):
    """The name of a mail with a change, without its text."""

    message_id: str | None
    """Its Message-ID."""

    title: str
    """The change's title."""

    author: Address
    """Who wrote the change."""

    date: datetime | None
    """When the mail was sent, as claimed."""

    revision: int = 1
    """The revision that its subject states, else 1."""

    number: int | None = None
    """Its number in the series; None if its subject states none."""


class Landing(Model):
    """A commit of a tree that was made from a mail: a judgement, with its reasons."""

    commit: str
    """The commit's object id, in hex."""

    title: str
    """The commit's title, which may differ from the mail's."""

    message: PatchRef
    """The mail."""

    also: tuple[PatchRef, ...] = ()
    """Other mails with the same diff, which may just as well be the one that was applied:
    resends, and revisions that left this patch unchanged. Oldest first."""

    relation: Relation
    """`applied`: the diff is the mail's. `edited`: it is not, or could not be compared.
    `earlier_version`: the same, and a later version of that patch was sent before the commit
    was made, or the commit's author date is later than the mail: then that version is not among
    the mails. `backport`: the commit says that it was made from another commit. `revert`: the
    commit reverts one that was made from the mail. `linked`: the commit names the mail, but has
    another title and another change."""

    evidence: tuple[str, ...]
    """Why, in words."""

    confidence: float
    """How certain it is, from 0 to 1. Nothing found by similarity alone is below 0.5."""

    committed: datetime | None = None
    """When the commit was made, in the committer's zone. It may have come to this tree later."""

    release: str | None = None
    """The first tag with the commit; None if none does yet."""

    tree: str = ""
    """The tree, by its name."""

    def _describe(self) -> str:
        return f"{self.commit[:12]} {self.relation} {self.message.title[:100]!r}"


class SeriesLanding(Model):
    """What became of a series in a tree, or in several."""

    series: SeriesRef
    """Which series."""

    state: LandedState
    """Whether all, some or none of its patches landed. A patch that is not in the corpus, see
    `Series.missing`, is not asked for."""

    landings: tuple[Landing, ...] = ()
    """The commits made from its patches, oldest first; reverts and links are among them, and do
    not count as landed."""

    first: datetime | None = None
    """When the first of its patches was committed."""

    last: datetime | None = None
    """When the last of them was committed, each counted once, by its first commit."""

    lacking: tuple[int, ...] = ()
    """The numbers of the patches that were not found."""

    reverted: tuple[int, ...] = ()
    """The numbers of the patches that a later commit reverted; some may be applied again."""

    releases: tuple[str, ...] = ()
    """The first tags with them, each once."""


class Backport(Model):
    """A commit of a stable tree that says from which commit it was made."""

    upstream: str
    """The commit that it was made from: the full id if the main tree has it, else as
    written."""

    commit: str
    """The stable tree's commit."""

    title: str
    """Its title."""

    tree: str
    """The stable tree, by its name."""

    committed: datetime | None = None
    """When it was committed there."""

    days: float | None = None
    """Days since the other was committed; None if that is not known."""

    upstream_release: str | None = None
    """The first tag of the main tree with the other."""

    release: str | None = None
    """The first tag of the stable tree with it."""


class Fix(Model):
    """A commit that says which commit introduced the bug that it fixes."""

    commit: str
    """The fixing commit."""

    title: str
    """Its title."""

    broken_by: str
    """The commit that it names: the full id if the tree has it, else as written."""

    broken_in: str | None = None
    """The first tag with that commit; None if none does, or the tree lacks it."""

    fixed_in: str | None = None
    """The first tag with the fixing commit; None if none does yet."""

    days: float | None = None
    """Days between the two, by their committer dates; None if not known."""

    releases: int | None = None
    """How many releases of the tree had the bug: those from `broken_in` up to before
    `fixed_in`, release candidates left out; None if it is not known."""
