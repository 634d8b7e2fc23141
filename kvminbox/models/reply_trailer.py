"""A line in a reply that gives a tag, or resembles one."""

from typing import Literal

from kvminbox.models.address import Address
from kvminbox.models.base import Model

Standing = Literal["given", "misspelt", "unaddressed", "mentioned", "asked", "pasted"]
"""Whether a reply gives a trailer, or only has its words; see `ReplyTrailer.standing`."""


class ReplyTrailer(Model):
    """A `Name: value` line in a reply, as b4 reads replies, or what resembles one.

    It is a line of text in somebody's mail. Which patches it is for depends on
    what the mail answers: see `GivenTag`. Only those that are `given` count.
    """

    name: str
    """The name in its usual spelling, `Reviewed-by`; as written if it is not a known one."""

    value: str
    """The value, unfolded, without a ` # comment`."""

    address: Address | None = None
    """The person, where the value names one."""

    scope: Literal["answered", "series", "range"] = "answered"
    """What the text says it is for: the whole series, some numbers, or nothing in particular."""

    numbers: tuple[int, ...] = ()
    """The patches' numbers, as written, where `scope` is `range`; 1 and 2 for `both patches`."""

    excepted: bool = False
    """Whether `numbers` are those that it is *not* for (`all but patch 3`)."""

    with_answered: bool = False
    """Whether it is for the patch that the mail answers, too (`for this one and patch 3`)."""

    named: str = ""
    """Words that name its patches by their place or title, where `scope` is `range`: `first two
    patches`, `the i915 patch`. Which they are depends on the series."""

    self_attested: bool | None = None
    """Whether the mail's sender is that person, by address or name; None if unknown."""

    comment: str = ""
    """What followed ` # `, or was in brackets after the person or on the next line; and the
    words before it in its line: `FWIW`, `With that fixed`."""

    standing: Standing = "given"
    """Whether the reply gives it. If not, its name is `misspelt`; its person is `unaddressed`;
    a sentence has `mentioned` it; the text has `asked` the reader to add it; or it was `pasted`
    with a commit, whose trailers do not count."""

    suggestion: str = ""
    """The name that was probably meant, if `name` is misspelt."""

    evidence: str = ""
    """Why it is not given, in words; empty for one that is."""
