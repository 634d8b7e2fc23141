"""What others gave to a series: tags, replies, and how long it waited for them."""

from datetime import datetime
from typing import Literal

from kvminbox.models.address import NOBODY, Address
from kvminbox.models.base import Model
from kvminbox.models.given_tag import GivenTag
from kvminbox.models.landing import SeriesLanding
from kvminbox.models.series import SeriesRef
from kvminbox.words import count_things

AppliedForm = Literal["notice", "list", "formula", "free"]
"""In which form a mail says that patches were applied: by a program (`notice`), as a list of
patches with their commits (`list`), in a maintainer's usual words and no others (`formula`:
`Applied to kvmarm/next, thanks!`), or in words of its own (`free`)."""


class Applied(Model):
    """A mail that says that patches were applied; whether they were was not checked.

    A mail that names two trees, each for its patches, has one of these for each.
    """

    message_id: str | None = None
    """The Message-ID of the mail."""

    by: Address = NOBODY
    """Who sent it: a maintainer, or a maintainer's program; sometimes somebody who tells
    that a maintainer did it."""

    date: datetime | None = None
    """When it was sent, as claimed."""

    commits: tuple[str, ...] = ()
    """The commits that it names, as written; often there are none."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that it is for; empty if the words tell how many, but not
    which, name none of this series, or tell that only a part of a patch was applied."""

    tree: str = ""
    """The tree or branch they went to, as written: `kvmarm/next`; often not said."""

    evidence: str = ""
    """The words by which it was recognised."""

    form: AppliedForm = "free"
    """In which form it is said. What is said in words of its own, or by the author of the series
    himself, is misread far more often than the others, so its words should be read, too; it is here
    only if more than the words speaks for it, as a committer who says it, or a tree with a name."""


class Pulled(Model):
    """A pull request or an announced release that has patches of a series.

    Who sent it had taken them into a tree. Whether anybody pulled is not known from it.
    """

    message_id: str | None = None
    """The Message-ID of the pull request or announcement."""

    by: Address = NOBODY
    """Who sent it; a maintainer's own patches are in his own pull requests."""

    date: datetime | None = None
    """When it was sent, as claimed: not before the series."""

    title: str = ""
    """Its subject without the prefix."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches of the series that it has."""

    evidence: tuple[str, ...] = ()
    """By what they were recognised, in words: its shortlog, or the patches sent below it."""

    release: str = ""
    """The release that it announces, `lamp-utils v84`; empty for a pull request."""


class Refusal(Model):
    """A mail that refuses patches: by a Nacked-by, or in words as `NAK`."""

    message_id: str | None = None
    """The Message-ID of the mail."""

    by: Address = NOBODY
    """Who sent it: somebody else than the sender of the series, and no program."""

    date: datetime | None = None
    """When it was sent, as claimed."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that it answers, all of them for the cover letter; for a tag,
    those that it is for. Empty if it is not known which."""

    is_tag: bool = False
    """Whether it is a Nacked-by; else words."""

    evidence: str = ""
    """The tag, or the words by which it was recognised."""

    taken_back: str | None = None
    """The Message-ID of the mail that took it back, by words such as `I withdraw my NAK`, or by a
    Reviewed-by or Acked-by of the same person for the same patches; None where none did."""


class Withdrawal(Model):
    """A mail by which an author takes back what he sent: `Please ignore this series`."""

    message_id: str | None = None
    """The Message-ID of the mail."""

    by: Address = NOBODY
    """Who sent it: the sender of the series, or the author of the patch."""

    date: datetime | None = None
    """When it was sent, as claimed."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that it takes back; empty if it is not known which."""

    evidence: str = ""
    """The words by which it was recognised."""


class Wait(Model):
    """How long something took, or how long it has been waited for so far.

    Open cases are censored: the time is a lower bound. They are not zeros, and an
    average over the closed ones alone is too small.
    """

    seconds: float | None = None
    """The time by the mails' own dates, at least 0; None if a date is missing."""

    open: bool = True
    """Whether it had not happened by the last mail that was looked at."""

    message_id: str | None = None
    """The Message-ID of the mail that ended it; None while it is open."""

    by: Address | None = None
    """Who sent that mail; None while it is open, and where the mail itself is not among those
    that were looked at: a next revision, outside them, is known only by its name."""


class SeriesReview(Model):
    """What became of a series on the list: facts, from the mails that were looked at.

    "Somebody else" is neither the series' sender, by address or name, nor a known
    program. A review outside the list, or in a mail that was not looked at, is not
    counted.
    """

    series: SeriesRef
    """Which series."""

    tags: tuple[GivenTag, ...] = ()
    """The tags that replies gave, each once per person and patch, oldest first."""

    replies: int = 0
    """Mails by somebody else that answer the series, directly or not: replies, and patches of
    their own that they sent in reply, each counted once, whatever their later versions."""

    repliers: tuple[Address, ...] = ()
    """The others who answered, each once, in the order of their first answers."""

    reviewers: tuple[Address, ...] = ()
    """The others who gave a Reviewed-by, Acked-by, Tested-by or Nacked-by here."""

    naks: tuple[Address, ...] = ()
    """The others who refused it in words, as `NAK.`, gave no Nacked-by, and have not taken it back:
    of `refusals`, each once. They are no `reviewers` by that."""

    refusals: tuple[Refusal, ...] = ()
    """The mails that refuse it or some of its patches, also those that were taken back since."""

    program_reviewers: tuple[Address, ...] = ()
    """The programs known to review patches that answered, each once. What they say is in
    neither `replies` nor `reviewers`, and ends no wait."""

    first_reply: Wait = Wait()
    """From the series to the first reply by somebody else."""

    first_tag: Wait = Wait()
    """From the series to the first such tag that somebody else gave in person."""

    next_revision: Wait = Wait()
    """From the series to the next revision; without `seconds` where none was looked for."""

    untagged: tuple[int, ...] = ()
    """The numbers of the patches without a Reviewed-by, Acked-by or Tested-by from somebody
    else, be it given, carried over, or among their own trailers. A program is nobody."""

    superseded: bool | None = False
    """Whether there is a next revision; None where none was looked for: the series was not linked
    with others, as `Index.series_of` and `group_series` leave it. What was applied or pulled
    before somebody else sent it with a set of his own is not superseded, nor before its sender
    did another thing to its lines under another title."""

    withdrawals: tuple[Withdrawal, ...] = ()
    """The mails by which its sender, or a patch's author, withdraws it or some of its patches."""

    applied: tuple[Applied, ...] = ()
    """The mails that say that it was applied, or parts of it: answers, and notices of programs."""

    pulled: tuple[Pulled, ...] = ()
    """The pull requests and announcements of releases that were sent later and have patches of
    it, oldest first, each with those that no earlier one has; none that was sent after its next
    revision."""

    landed: SeriesLanding | None = None
    """What of it is in the tree that was looked at, whatever the mails say; None if none was."""

    evidence: tuple[str, ...] = ()
    """What had to be decided, in words: phrases, restated, misspelt or carried tags, and
    who answered with a patch."""

    def _describe(self) -> str:
        told = [count_things(self.replies, "reply"), count_things(len(self.tags), "tag")]
        told += ["superseded"] if self.superseded else []
        mails = {
            "refused": sum(one.taken_back is None for one in self.refusals),
            "withdrawn": len(self.withdrawals),
            "applied": len(self.applied),
            "pulled": len(self.pulled),
        }
        told += [f"{what} in {count_things(n, 'mail')}" for what, n in mails.items() if n]
        return f"{self.series.label} {self.series.title[:100]!r}: {', '.join(told)}"
