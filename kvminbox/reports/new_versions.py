"""The report on new versions: the chain, the author's changelog, and each patch's verdict."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from kvminbox.analysis import NewVersion, NewVersions, PatchChange, compute_new_versions
from kvminbox.display import Block, Document, Heading, Listing, Paragraph, Verbatim
from kvminbox.models import Corpus, PatchVerdict, Progress, SeriesRef
from kvminbox.reports.report import Report
from kvminbox.safe import safe_text

_WORDS: Final[dict[PatchVerdict, str]] = {
    "unchanged": "unchanged",
    "message_only": "message changed",
    "code_changed": "code changed",
    "added": "added",
    "dropped": "dropped",
}


class NewVersionsReport(Report[NewVersions]):
    """The report that `new_versions` gives."""

    def to_text(self) -> str:
        """Give it as plain text, the newest series first."""
        return "\n".join(self._iter_lines()) + "\n"

    @property
    def _title(self) -> str:
        return f"New versions from {self.result.base or 'the beginning'} to {self.result.tip}"

    def _iter_lines(self) -> Iterator[str]:
        yield safe_text(self._title)
        yield ""
        if not self.result.versions:
            yield "None, or none whose older version lies in the window."
        for version in self.result.versions:
            yield safe_text(_headline(version))
            yield from (f"  {safe_text(line)}" for line in _facts(version))
            for line in _changelog_lines(version):
                yield f"  {safe_text(line)}" if line else ""
            yield from (f"  {safe_text(_patch_line(patch))}" for patch in version.patches)
            yield ""

    def to_document(self) -> Document:
        """Give the same content as blocks, with the inner diffs of what changed."""
        blocks: list[Block] = []
        for version in self.result.versions:
            blocks.append(Heading(_headline(version)))
            blocks += map(Paragraph, _facts(version))
            changelog = "\n".join(_changelog_lines(version))
            if changelog:
                blocks.append(Verbatim(changelog))
            blocks.append(Listing(tuple(map(_patch_line, version.patches))))
            blocks += [Verbatim(patch.inner_diff) for patch in version.patches if patch.inner_diff]
        if not blocks:
            blocks.append(Paragraph("None, or none whose older version lies in the window."))
        return Document(self._title, tuple(blocks))


def _headline(version: NewVersion) -> str:
    return f"v{version.series.revision} after v{version.previous.revision}: {version.series.title}"


def _facts(version: NewVersion) -> Iterator[str]:
    yield f"versions: {', '.join(map(_name, version.chain))}"
    yield f"linked, since {'; '.join(version.reasons)}"
    counts = Counter(patch.verdict for patch in version.patches)
    yield ", ".join(
        f"{counts[verdict]} {word}" for verdict, word in _WORDS.items() if counts[verdict]
    )


def _name(ref: SeriesRef) -> str:
    return f"v{ref.revision} ({ref.date:%Y-%m-%d})" if ref.date else f"v{ref.revision}"


def _changelog_lines(version: NewVersion) -> Iterator[str]:
    for entry in version.changelog:
        place = f"patch {entry.counter}: " if entry.counter else ""
        yield f"{place}{entry.heading}"
        yield from entry.text.split("\n")


def _patch_line(patch: PatchChange) -> str:
    number = f"{patch.number:>3}" if patch.number is not None else "  -"
    was = f" (was: {patch.old_title})" if patch.old_title else ""
    return f"{number}  {_WORDS[patch.verdict]:<16} {patch.title}{was}"


def new_versions(corpus: Corpus, *, progress: Progress | None = None) -> NewVersionsReport:
    """Report what is new in each series that follows an older version in the same corpus.

    Args:
        corpus: a window that reaches back to the older versions.
        progress: is told how many commits are done, of how many.
    """
    return NewVersionsReport(compute_new_versions(corpus, progress=progress))
