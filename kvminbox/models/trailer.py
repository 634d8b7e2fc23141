"""A `Name: value` line at the end of a commit message."""

from typing import Literal

from kvminbox.models.address import Address
from kvminbox.models.base import Model

TrailerKind = Literal["person", "utility", "unknown"]
"""Whether a trailer names a person (Signed-off-by), something else (Fixes, Link), or neither."""

Origin = Literal["patch", "cover_letter", "pull_request"]
"""The kind of mail that a trailer is in."""


class Trailer(Model):
    """One trailer, as its author wrote it.

    A trailer with a person means that somebody wrote the line, not that the person
    agreed to it: see `self_attested`.
    """

    name: str
    """The name as written, without the colon: `Reviewed-by`."""

    value: str
    """The value, unfolded, without a ` # comment`."""

    address: Address | None = None
    """The person, if the value names one."""

    kind: TrailerKind = "unknown"
    """`person` (Signed-off-by), `utility` (Fixes, Link, or any URL), or neither."""

    origin: Origin = "patch"
    """The kind of mail that it is in."""

    scope: Literal["patch", "series"] = "patch"
    """What it applies to: the patch, or the whole series (in a cover letter)."""

    comment: str = ""
    """What followed ` # `, or was in `[brackets]` on the next line."""

    self_attested: bool | None = None
    """Whether the mail's sender is that person, by address or name; None if unknown.

    The in-body From is not considered.
    """
