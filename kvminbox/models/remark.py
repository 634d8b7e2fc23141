"""What a reply says about a place of a series, and what the next version did there."""

from datetime import datetime
from typing import Literal

from kvminbox.models.address import NOBODY, Address
from kvminbox.models.base import Model
from kvminbox.models.series import SeriesRef

RemarkPlace = Literal[
    "line", "file", "message", "notes", "cover", "general", "unknown"
]  # fmt: skip
"""What a remark stands below: a line of a hunk; a file's header or a hunk's `@@`; the commit
message; the notes below its `---`; the cover letter; nothing in particular, or the end of a
quote of the whole; a quote that is nowhere in the series."""

Side = Literal["old", "new", "both"]
"""The side of a diff that a line is on: a removed line, an added one, a line of context."""

FollowUpOutcome = Literal[
    "changed", "near", "elsewhere", "unchanged", "dropped", "gone", "no_version"
]  # fmt: skip
"""What the next version did with the place of a remark; see `FollowUp.outcome`."""


class Remark(Model):
    """What somebody wrote below a quote of a patch, a cover letter, or an answer to them.

    It says where the words are, not what they mean: praise with reasons is a remark, too,
    and a remark may be about more than the line above it. Greetings, tags, `[snip]` and a
    mere `Looks good` are left out.
    """

    message_id: str | None = None
    """The Message-ID of the reply."""

    sender: Address = NOBODY
    """Who sent the reply."""

    date: datetime | None = None
    """When it was sent, as claimed."""

    by_program: bool = False
    """Whether a bot sent it, such as one that builds, tests or reviews."""

    by_author: bool = False
    """Whether the sender of the series, or the author of the patch, sent it."""

    is_answer: bool = False
    """Whether it is below words of another reply, not of the patch; its place is then
    that of the patch's lines that are quoted above those words."""

    place: RemarkPlace = "general"
    """What it is below."""

    patch: int | None = None
    """The number of the patch, 0 for the cover letter; None if it is unknown which."""

    patch_message_id: str | None = None
    """The Message-ID of that patch or cover letter."""

    path: str = ""
    """The file, for a `line` or `file`: its path after the change."""

    side: Side | None = None
    """The side of the line; None for another place than a `line`."""

    line: int | None = None
    """The line's number in the file: before the change for the old side, else after it. It
    is the sender's count, and says nothing of any tree at hand."""

    hunk: int | None = None
    """The number of the hunk in the file, from 1."""

    row: int | None = None
    """The row of the quoted line, from 0: in `Patch.diff` for a `line` or `file`, else in the
    body of the patch's mail; None if there is no place."""

    first_row: int | None = None
    """The first of the rows that are quoted without a gap above it, below the remark before."""

    quoted: str = ""
    """The quoted lines right above it, below the remark before, without their marks."""

    text: str = ""
    """What was written."""

    refers_to: str = ""
    """The beginning of the remark of the same mail that it refers to, where it has no words of
    its own: `ditto`, `same here`, `as below`."""

    evidence: tuple[str, ...] = ()
    """Why this place, in words."""

    def _describe(self) -> str:
        where = f" {self.path}:{self.line}" if self.line is not None else ""
        number = "" if self.patch is None else f" {self.patch}"
        return f"{self.place}{number}{where} {self.text[:80]!r} by {self.sender.name_or_email}"


class FollowUp(Model):
    """A remark, and what the next version that was sent after it did with its place.

    It tells what changed, never that the remark was addressed: a line may change for
    another reason, and the answer to a remark may be elsewhere, or a good reason why not.
    """

    remark: Remark
    """The remark."""

    series: SeriesRef
    """The series that it is about."""

    next: SeriesRef | None = None
    """The version that was looked at; None if none was sent later."""

    outcome: FollowUpOutcome
    """`changed`: the line, or the words quoted from the message, are not there as they were;
    `near`: a line next to it was changed; `elsewhere`: something else does in that file, or in
    that message; `unchanged`: nothing does; `dropped`: the patch is not in that version;
    `gone`: its file is not; `no_version`: there is none after the remark. Without a line,
    `elsewhere` says that something in the patch or series differs."""

    next_patch: int | None = None
    """The number of the patch in the next version that was looked at."""

    next_path: str = ""
    """The file in the next version, if it differs."""

    quoted_changed: int = 0
    """How many of the rows from `first_row` to `row` are not there as they were."""

    answers: tuple[str, ...] = ()
    """The Message-IDs of the author's answers to it: replies to its mail that quote it, or
    that quote nothing at all, as a patch of the author does; and replies that withdraw the patch.
    A `ditto` has those to the remark that it refers to."""

    answering: SeriesRef | None = None
    """The version in `next`, where the author sent it and wrote no reply to the remark: then it is
    the answer, whether it heeds the remark or not. None with `answers`, where there is no
    next version, where somebody else sent it, and where it has the same number, as a RESEND."""

    hearings: tuple[str, ...] = ()
    """Where its place is as it was, and nobody answered: the points of the next version's changelog
    that name whoever wrote it for the same thing, or for all that this person said."""

    evidence: tuple[str, ...] = ()
    """Why this outcome, in words."""

    @property
    def answered(self) -> bool:
        """Whether the author wrote an answer, as a reply; not whether it was a good one."""
        return bool(self.answers)

    def _describe(self) -> str:
        return f"{self.outcome}: {self.remark!r}"
