"""A `Name: value` line that closes a commit message."""

from typing import Literal

from kvminbox.models.address import Address
from kvminbox.models.base import Model

TrailerKind = Literal["person", "utility", "unknown"]
"""Whether a trailer names a person (Signed-off-by), something else (Fixes, Link), or neither."""

Origin = Literal["patch", "cover_letter", "pull_request"]
"""The sort of mail whose message a trailer closes."""


class Trailer(Model):
    """One trailer, as its author wrote it.

    A person trailer says that somebody wrote the line, not that the person
    agreed to it: see `self_attested`.
    """

    name: str
    """The name as written, without the colon: `Reviewed-by`."""

    value: str
    """The value, unfolded, without a ` # comment`."""

    address: Address | None = None
    """The person, where the value names one."""

    kind: TrailerKind = "unknown"
    """`person` (Signed-off-by), `utility` (Fixes, Link, or any URL), or neither."""

    origin: Origin = "patch"
    """The sort of mail in which it stands."""

    scope: Literal["patch", "series"] = "patch"
    """What it speaks for: the patch, or the whole series (in a cover letter)."""

    comment: str = ""
    """What followed ` # ` or stood in `[brackets]` on the next line."""

    self_attested: bool | None = None
    """Whether the mail's sender is that person, by address or name; None if it can't be said.

    The in-body From has no part in it.
    """
