"""The report on new versions: the chain, the author's changelog, and each patch's verdict."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from kvminbox.analysis import NewVersion, NewVersions, PatchChange, compute_new_versions
from kvminbox.display import Block, Document, Heading, Paragraph, Table, Verbatim
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
_NOTHING: Final = "None, or none whose older version lies in the window."


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
            yield _NOTHING
        for version in self.result.versions:
            yield safe_text(_headline(version))
            yield from (f"  {safe_text(line)}" for line in _facts(version))
            yield f"  <{safe_text(version.series.message_id or '')}>"
            yield ""
            for line in _changelog_lines(version):
                yield f"    {safe_text(line)}" if line else ""
            if version.changelog:
                yield ""
            yield from (f"  {safe_text(_patch_line(patch))}" for patch in version.patches)
            yield ""

    def to_document(self) -> Document:
        """Give the same content as blocks, with the inner diffs of what changed."""
        return Document(self._title, tuple(lay_out_versions(self.result)))


def lay_out_versions(result: NewVersions) -> list[Block]:
    """Give new versions as blocks, with the inner diffs of what changed."""
    blocks = [block for version in result.versions for block in _lay_out_version(version)]
    return blocks or [Paragraph(_NOTHING)]


def _lay_out_version(version: NewVersion) -> Iterator[Block]:
    yield Heading(_headline(version))
    yield from map(Paragraph, _facts(version))
    changelog = "\n".join(_changelog_lines(version))
    if changelog:
        yield Verbatim(changelog)
    yield _table(version.patches)
    for patch in version.patches:
        if patch.inner_diff:
            yield Heading(f"{_number(patch)} {patch.title}", level=3)
            yield Verbatim(patch.inner_diff)


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


def _number(patch: PatchChange) -> str:
    return str(patch.number) if patch.number is not None else "-"


def _title(patch: PatchChange) -> str:
    return f"{patch.title} (was: {patch.old_title})" if patch.old_title else patch.title


def _patch_line(patch: PatchChange) -> str:
    return f"{_number(patch):>3}  {_WORDS[patch.verdict]:<16} {_title(patch)}"


def _table(patches: tuple[PatchChange, ...]) -> Table:
    rows = tuple((_number(one), _WORDS[one.verdict], _title(one)) for one in patches)
    columns = ("patch", "verdict", "title")
    return Table(columns, rows, numeric=frozenset({"patch"}), short=frozenset({"verdict"}))


def new_versions(corpus: Corpus, *, progress: Progress | None = None) -> NewVersionsReport:
    """Report what is new in each series that follows an older version in the same corpus.

    Args:
        corpus: a window that reaches back to the older versions.
        progress: is told how many commits are done, of how many.
    """
    return NewVersionsReport(compute_new_versions(corpus, progress=progress))
