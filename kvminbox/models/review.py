"""What others gave to a series: tags, replies, and how long it waited for them."""

from datetime import datetime
from typing import Literal

from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.models.series import SeriesRef

TagScope = Literal["patch", "series", "range"]
"""What a tag was given to: a patch, all of the series, or some numbers of it."""


class ReplyTrailer(Model):
    """A `Name: value` line that a reply gives, as b4 reads replies.

    It is a line of text in somebody's mail. Which patches it is for depends on
    what the mail answers: see `GivenTag`.
    """

    name: str
    """The name in its usual spelling, `Reviewed-by`; as written where none is known."""

    value: str
    """The value, unfolded, without a ` # comment`."""

    address: Address | None = None
    """The person, where the value names one."""

    scope: Literal["answered", "series", "range"] = "answered"
    """What the text says that it is for: all of the series, some numbers, or nothing said."""

    numbers: tuple[int, ...] = ()
    """The patches' numbers, as written, where `scope` is `range`; 1 and 2 for `both patches`."""

    excepted: bool = False
    """Whether `numbers` are those that it is *not* for (`all but patch 3`)."""

    self_attested: bool | None = None
    """Whether the mail's sender is that person, by address or name; None if it can't be said."""

    comment: str = ""
    """What followed ` # ` or stood in brackets behind the person or on the next line."""

    suggestion: str = ""
    """The name that was probably meant, where `name` is misspelt; such a line is no tag."""


class GivenTag(Model):
    """A tag that a reply gave to patches of a series.

    It says that a mail holds the line, not that its person agrees: see
    `self_attested`. Tags that the patches bear themselves are in `Patch.trailers`
    and are not repeated here.
    """

    name: str
    """The tag in its usual spelling: `Reviewed-by`. Of a combined tag each part is one tag."""

    person: Address
    """Who is named in it."""

    message_id: str | None = None
    """The Message-ID of the reply that holds it."""

    date: datetime | None = None
    """When that reply was sent, as claimed."""

    scope: TagScope = "patch"
    """Whether it was given to a patch, to the series, or to some numbers of it."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that it is for and that did not bear it."""

    self_attested: bool | None = None
    """Whether the reply's sender is that person; None if it can't be said."""

    carried_from: int | None = None
    """The revision that it was given to, where the patch came unchanged from that one."""

    comment: str = ""
    """What the person added: ` # for the arm64 part`."""


class Applied(Model):
    """A mail that says that patches were applied; nobody looked whether they were."""

    message_id: str | None = None
    """The Message-ID of the mail."""

    by: Address = Address()
    """Who sent it: a maintainer, or a maintainer's program."""

    date: datetime | None = None
    """When it was sent, as claimed."""

    commits: tuple[str, ...] = ()
    """The commits that it names, as written; often none."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that it is for."""

    tree: str = ""
    """Where to, as written: `kvmarm/next`; often not said."""

    evidence: str = ""
    """The words by which it was recognised."""


class Wait(Model):
    """How long something took; where it has not come, how long it has been waited for.

    `open` cases are censored: the time is a lower bound. They are no zeros, and
    an average over the closed ones alone is too small.
    """

    seconds: float | None = None
    """The time by the mails' own dates, at least 0; None where a date is missing."""

    open: bool = True
    """Whether it had not come by the last mail that was looked at."""


class SeriesReview(Model):
    """What became of a series on the list: facts, from the mails that were looked at.

    "Somebody else" is neither the series' sender, by address or name, nor a known
    program. A review outside of the list, or in a mail that was not looked at, is
    not in it.
    """

    series: SeriesRef
    """Which series."""

    tags: tuple[GivenTag, ...] = ()
    """The tags that replies gave, each person's tag for a patch once, oldest first."""

    replies: int = 0
    """Mails by somebody else that answer it, directly or not."""

    reviewers: tuple[Address, ...] = ()
    """Who of somebody else gave a Reviewed-by, Acked-by, Tested-by or Nacked-by here."""

    first_reply: Wait = Wait()
    """From the series to the first reply by somebody else."""

    first_tag: Wait = Wait()
    """From the series to the first such tag of somebody else, given by that person."""

    next_revision: Wait = Wait()
    """From the series to the next revision."""

    untagged: tuple[int, ...] = ()
    """The numbers of the patches without a Reviewed-by, Acked-by or Tested-by of somebody
    else, neither given, nor carried, nor among their own trailers."""

    superseded: bool = False
    """Whether a next revision is there."""

    applied: tuple[Applied, ...] = ()
    """The mails that say that it was applied, or parts of it."""

    evidence: tuple[str, ...] = ()
    """What had to be decided, in words: phrases, restated and misspelt tags, carried ones."""
