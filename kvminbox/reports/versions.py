"""The section on new versions: the chain, the author's changelog, and each patch's verdict."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Final

from kvminbox.analysis import NewVersion, NewVersions, PatchChange, compute_new_versions
from kvminbox.dates import name_window, write_day
from kvminbox.display import WIDTH, Block, Heading, Paragraph, Table, Verbatim, wrap_text
from kvminbox.models import LandedState, PatchVerdict, SeriesRef
from kvminbox.reports.layout import lay_out, name_before
from kvminbox.reports.section import Page, Section
from kvminbox.safe import safe_text
from kvminbox.upstream import Code
from kvminbox.words import count_things

_WORDS: Final[dict[PatchVerdict, str]] = {
    "unchanged": "unchanged",
    "message_only": "message changed",
    "code_changed": "code changed",
    "added": "added",
    "dropped": "dropped",
}
_COUNTED: Final[dict[PatchVerdict, str]] = _WORDS | {
    "message_only": "with a changed message", "code_changed": "with changed code",
}  # fmt: skip
"""The same behind a number of patches."""

_NOTHING: Final = "No series in this window is a newer version of another one in it."


_LANDED: Final[dict[LandedState, str]] = {
    "all": "all of it is in the tree",
    "partly": "part of it is in the tree",
    "none": "it is not in the tree",
}


def new_versions(tree: Code | None = None) -> Section[NewVersions]:
    """Return the section on what is new in each series whose older version is in the window.

    Args:
        tree: where to look for the newer version.
    """
    page = Page(title=_title, lines=_lines, layout=lay_out_versions)
    compute = partial(compute_new_versions, tree=tree)
    return Section("new_versions", compute, lay_out_versions, page)


@lay_out.register
def lay_out_versions(result: NewVersions) -> list[Block]:
    """Return new versions as blocks, with the inner diffs of what changed."""
    blocks = [block for version in result.versions for block in _lay_out_version(version)]
    return blocks or [Paragraph(_NOTHING)]


def _lay_out_version(version: NewVersion) -> Iterator[Block]:
    yield Heading(_headline(version))
    yield from map(Paragraph, _facts(version))
    changelog = "\n".join(_changelog_lines(version))
    if changelog:
        yield Verbatim(changelog)
    yield Table(
        ("patch", "verdict", "title"),
        tuple(map(_cells, version.patches)),
        numeric=frozenset({"patch"}),
        short=frozenset({"verdict"}),
    )
    for patch in version.patches:
        if patch.inner_diff:
            yield Heading(f"{_number(patch)} {patch.title}", level=3)
            yield Verbatim(patch.inner_diff, is_diff=True)


def _title(result: NewVersions) -> str:
    name = name_before(result.list_name)
    return f"{name}New versions, {name_window(result.base, result.tip)}"


def _lines(result: NewVersions) -> Iterator[str]:
    yield safe_text(_title(result))
    yield from result.left_out.sentences
    yield ""
    if not result.versions:
        yield _NOTHING
    else:
        count = count_things(len(result.versions), "new version")
        yield f"{count}, each compared with the one before."
        yield ""
    for version in result.versions:
        yield safe_text(_headline(version))
        for fact in _facts(version):
            first, *more = wrap_text(safe_text(fact), WIDTH - 4) or [""]
            yield f"  {first}"
            yield from (f"    {line}" for line in more)
        yield f"  {_address(version)}"
        yield ""
        for line in _changelog_lines(version):
            yield f"    {safe_text(line)}" if line else ""
        if version.changelog:
            yield ""
        for number, verdict, title in map(_cells, version.patches):
            yield f"  {safe_text(f'{number:>3}  {verdict:<16} {title}')}"
        yield ""


def _address(version: NewVersion) -> str:
    url = version.messages[0].url if version.messages else None
    return url or f"<{safe_text(version.series.message_id or '')}>"


def _headline(version: NewVersion) -> str:
    return f"v{version.series.revision} after v{version.previous.revision}: {version.series.title}"


def _facts(version: NewVersion) -> Iterator[str]:
    yield f"versions: {', '.join(map(_name, version.chain))}"
    yield f"linked because {'; '.join(version.reasons)}"
    counts = Counter(patch.verdict for patch in version.patches)
    yield ", ".join(
        f"{counts[verdict]} {word}" for verdict, word in _COUNTED.items() if counts[verdict]
    )
    if version.landed is not None:
        releases = f", from {', '.join(version.releases)} on" if version.releases else ""
        yield f"{_LANDED[version.landed]}{releases}"


def _name(ref: SeriesRef) -> str:
    return f"v{ref.revision} ({write_day(ref.date)})" if ref.date else f"v{ref.revision}"


def _changelog_lines(version: NewVersion) -> Iterator[str]:
    for entry in version.changelog:
        place = f"patch {entry.counter}: " if entry.counter else ""
        yield f"{place}{entry.heading}"
        yield from entry.text.split("\n")


def _cells(patch: PatchChange) -> tuple[str, ...]:
    title = f"{patch.title} (was: {patch.old_title})" if patch.old_title else patch.title
    return _number(patch), _WORDS[patch.verdict], title


def _number(patch: PatchChange) -> str:
    return str(patch.number) if patch.number is not None else "-"
