"""A tag that a reply gave."""

from datetime import datetime
from typing import Literal

from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.safe import safe_text
from kvminbox.words import name_patches

TagScope = Literal["patch", "series", "range"]
"""What a tag was given to: a patch, the whole series, or some of its patches by number."""


class GivenTag(Model):
    """A tag that a reply gave to patches of a series.

    It says that a mail holds the line, not that its person agrees: see
    `self_attested`. Tags that the patches carry themselves are in
    `Patch.trailers` and are not repeated here.
    """

    name: str
    """The tag in its usual spelling: `Reviewed-by`. Each part of a combined tag is one tag."""

    person: Address
    """Who is named in it."""

    message_id: str | None = None
    """The Message-ID of the reply that holds it."""

    date: datetime | None = None
    """When that reply was sent, as claimed."""

    scope: TagScope = "patch"
    """Whether it was given to a patch, to the series, or to some of its patches by number."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that it is for and that did not carry it yet."""

    self_attested: bool | None = None
    """Whether the reply's sender is that person; None if unknown."""

    carried_from: int | None = None
    """The revision that it was given to, if the patch is unchanged since then."""

    comment: str = ""
    """What the person added: ` # for the arm64 part`."""

    def _describe(self) -> str:
        where = f" for {name_patches(self.patches)}" if self.patches else ""
        carried = f", carried from v{self.carried_from}" if self.carried_from is not None else ""
        return f"{self.name} {self.person.name_or_email!r}{where}{carried}"

    @property
    def address(self) -> Address:
        """Who is named in it, by the name that a `Trailer` and a `ReplyTrailer` have for it."""
        return self.person

    @property
    def line(self) -> str:
        """The tag as a commit's trailer, without the comment.

        >>> GivenTag(name="Acked-by", person=Address(name="Ada", email="a@ada.example")).line
        'Acked-by: Ada <a@ada.example>'
        """
        return safe_text(f"{self.name}: {self.person.mailbox}")
