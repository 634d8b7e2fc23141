"""How revisions of a series follow each other, and what changed between two of them."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal

from kvminbox.models.base import Model
from kvminbox.models.message import Patch
from kvminbox.models.series import Series, SeriesRef, name_version
from kvminbox.safe import safe_text

VersionRelation = Literal["revision", "resend", "branch", "partial_reroll", "collected", "split"]
"""How a series follows another one."""

PatchVerdict = Literal[
    "unchanged", "message_only", "context_only", "code_changed", "added", "dropped"
]
"""What became of a patch from one version to the next."""

MatchRule = Literal["same_diff", "patch_id", "similarity", "title"]
"""The rule by which patches of two versions were paired."""


class VersionLink(Model):
    """One step from a series to a later one of the same work.

    It is what the mails look like, not what the sender said: see `reasons`.
    """

    older: SeriesRef
    """The series that was sent first."""

    newer: SeriesRef
    """The series that was sent later."""

    relation: VersionRelation
    """`revision` for a higher number, or the first after an RFC; `resend` for the same number
    and the same changes, or where the subject says so; `branch` for the same number with
    other changes (a missing label among them); `partial_reroll` where only some of the
    older one's patches were sent again; `collected` where the older one is a lone patch, or some
    of a set, that is sent again as part of a series; `split` where several series without a common
    patch continue the older one."""

    reasons: tuple[str, ...] = ()
    """The evidence for it in words, strongest first."""

    confidence: float = 1.0
    """How sure the strongest reason is, from 0 to 1."""


class Chain(Model):
    """All revisions of one piece of work that a corpus holds; often only one.

    A chain that begins with v3 does not mean that there was no v2: it may be outside
    the corpus, or nothing was found that joins it.
    """

    series: tuple[Series, ...]
    """Its series, as sent, oldest first, with `previous`, `next`, `chain`
    and `depends_on` filled in."""

    links: tuple[VersionLink, ...] = ()
    """What joins them: a link from each series to its `previous`, and one from each that no
    such link starts at to the first later one that continues it, too. A chain that holds
    two lone patches, collected in one series, has two beginnings."""

    def links_to(self, series: Series) -> tuple[VersionLink, ...]:
        """Return the links from older ones to one of its series, that from `previous` first."""
        found = [link for link in self.links if link.newer == series.ref]
        return tuple(sorted(found, key=lambda link: link.older != series.previous))

    def _describe(self) -> str:
        revisions = ", ".join(map(name_version, self.series[:20]))
        title = self.series[-1].title[:100] if self.series else ""
        return f"{title!r}: {revisions}"


class ChangelogEntry(Model):
    """What an author says a revision changed: a claim, not a comparison."""

    revision: int | None = None
    """The revision that brought the changes; None if the heading does not tell."""

    heading: str = ""
    """The heading as written, such as `Changes since v1:`."""

    text: str = ""
    """The text below it (or after it, on its line), without common indentation."""

    items: tuple[str, ...] = ()
    """The points of the text, unfolded, without their bullets."""

    counter: int = 0
    """The number of the patch whose notes hold it; 0 for the cover letter."""


class PatchComparison(Model):
    """One patch in two revisions of a series, or in only one of them."""

    old: Patch | None = None
    """The patch in the older revision; None for an added one."""

    old_number: int | None = None
    """Its number there."""

    new: Patch | None = None
    """The patch in the newer revision; None for a dropped one."""

    new_number: int | None = None
    """Its number there."""

    verdict: PatchVerdict
    """What became of it. `message_only` covers author, title, message and trailers, also where
    context lines of its diff differ, too; of `context_only` nothing but such lines do: what it
    adds and removes is the same, on another base or in another place. `code_changed` is all that
    changes an added or removed line, whatever else differs."""

    matched_by: MatchRule | None = None
    """What made the two one patch; None for an added or dropped one. `title` pairs are so
    different that `git range-diff` shows one dropped and one added patch."""

    inner_diff: str = ""
    """The diff between the two patches, as `git range-diff` shows it; empty if unchanged,
    added or dropped."""

    def _describe(self) -> str:
        patch = self.new or self.old
        return f"{self.verdict} {patch.title[:100]!r}" if patch else self.verdict


class SeriesComparison(Model):
    """What changed from one series to another, found from the mails alone."""

    old: SeriesRef
    """The older revision."""

    new: SeriesRef
    """The newer revision."""

    patches: tuple[PatchComparison, ...] = ()
    """Each patch of the two once: in the newer one's order, dropped ones at their old place."""

    def _describe(self) -> str:
        counts = Counter(patch.verdict for patch in self.patches)
        found = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
        return f"{self.old.label} to {self.new.label} of {self.new.title[:100]!r}: {found}"

    def to_text(self) -> str:
        """Return each patch with its sign and what changed in it, as `kvminbox range-diff` does.

        The signs are those of `git range-diff`: `=`, `!` for what changed, `>` for an added and `<`
        for a dropped patch. It is safe to show.
        """
        return "".join(f"{line}\n" for pair in self.patches for line in _write_pair(pair))

    def count(self, verdict: PatchVerdict) -> int:
        """Return how many patches have a verdict."""
        return sum(patch.verdict == verdict for patch in self.patches)


_SIGNS: Final[dict[PatchVerdict, str]] = {
    "unchanged": "=", "message_only": "!", "context_only": "!", "code_changed": "!",
    "added": ">", "dropped": "<",
}  # fmt: skip
_NOTES: Final[dict[PatchVerdict, str]] = {
    "message_only": " (message only)", "context_only": " (context only)",
}  # fmt: skip


def _write_pair(pair: PatchComparison) -> Iterator[str]:
    """Yield the lines of a range-diff for one patch."""
    patch = pair.new or pair.old
    old = str(pair.old_number) if pair.old else "-"
    new = str(pair.new_number) if pair.new else "-"
    title = patch.title if patch else ""
    note = _NOTES.get(pair.verdict, "")
    yield safe_text(f"{old:>3} {_SIGNS[pair.verdict]} {new:>3}  {title}{note}")
    if pair.inner_diff:
        lines = safe_text(pair.inner_diff, multiline=True).rstrip("\n").split("\n")
        yield from (f"    {line}".rstrip() for line in lines)
