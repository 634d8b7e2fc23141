"""The section on new versions: the chain, the author's changelog, and each patch's verdict."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from kvminbox.analysis import NewVersion, NewVersions, PatchChange, compute_new_versions
from kvminbox.analysis.window_dates import BY_DATE
from kvminbox.dates import name_window, write_day
from kvminbox.display import WIDTH, Block, Heading, Link, Paragraph, Table, Verbatim, wrap_text
from kvminbox.models import LandedState, PatchVerdict
from kvminbox.reports.layout import lay_out, make_links, name_before
from kvminbox.reports.section import Page, Section
from kvminbox.safe import safe_text
from kvminbox.upstream import Code
from kvminbox.words import count_things, list_some, shorten

_WORDS: Final[dict[PatchVerdict, str]] = {
    "unchanged": "unchanged",
    "message_only": "message changed",
    "context_only": "context only",
    "code_changed": "code changed",
    "added": "added",
    "dropped": "dropped",
}
_COUNTED: Final[dict[PatchVerdict, str]] = _WORDS | {
    "message_only": "with a changed message", "context_only": "with other context only",
    "code_changed": "with changed code",
}  # fmt: skip
"""The same behind a number of patches."""

_NOTHING: Final = "No series in this window is a newer version of another one in it."


_LANDED: Final[dict[LandedState, str]] = {
    "all": "all of it is in the tree",
    "partly": "part of it is in the tree",
    "none": "it is not in the tree",
}


MAX_SAID: Final = 160
"""Characters of what the author says that stand in a row."""


def new_versions(tree: Code | None = None, *, diffs: bool = False) -> Section[NewVersions]:
    """Return the section on what is new in each series whose older version is in the window.

    Args:
        tree: where to look for the newer version.
        diffs: show each patch, and what changed inside of it, rather than a row for each series.
    """
    page = Page(title=_title, lines=_lines, layout=lay_out_versions)
    compute = partial(compute_new_versions, tree=tree)
    layout = lay_out_versions if diffs else _lay_out_rows
    return Section("new_versions", compute, layout, page)


@lay_out.register
def lay_out_versions(result: NewVersions) -> list[Block]:
    """Return new versions as blocks, with the inner diffs of what changed."""
    blocks = [block for version in result.versions for block in _lay_out_version(version)]
    others = map(Paragraph, _tell_others(result))
    return [*others, *blocks] if blocks else [Paragraph(_NOTHING), *others]


def _lay_out_rows(result: NewVersions) -> list[Block]:
    """Return new versions as a table with a row for each, which counts what became of it."""
    if not result.versions:
        return [Paragraph(_NOTHING), *map(Paragraph, _tell_others(result))]
    table = Table(
        ("version", "series", "patches", "the author says"),
        tuple(map(_row, result.versions)),
        links=tuple(make_links(version.messages[:1]) for version in result.versions),
        linked="series",
        one_each=True,
        short=frozenset({"version"}),
        wide=frozenset({"series", "patches", "the author says"}),
        small=frozenset({"the author says"}),
        phrases={"the author says": "the author says:"},
        row_by_row=True,
    )
    return [Paragraph(" ".join((_count(result), *_tell_others(result)))), table]


def _row(version: NewVersion) -> tuple[str, ...]:
    new, old = _labels(version)
    landed = () if version.landed is None else (_LANDED[version.landed],)
    return (
        f"{new} after {old}",
        version.series.title,
        "; ".join((_verdicts(version), *landed)),
        _said(version),
    )


def _said(version: NewVersion) -> str:
    """Return the beginning of what the author says that changed, on one line."""
    items = [item for entry in version.changelog for item in entry.items or (entry.text,)]
    said = " ".join("; ".join(item.strip(" .;") for item in items).split())
    return shorten(said.replace(":; ", ": "), MAX_SAID)


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
        links=tuple(_find_links(version)),
        linked="title",
    )
    for patch in version.patches:
        if patch.inner_diff:
            yield Heading(f"{_number(patch)} {patch.title}", level=3)
            yield Verbatim(patch.inner_diff, is_diff=True)


def _find_links(version: NewVersion) -> Iterator[tuple[Link, ...]]:
    """Yield each patch's own mail, of the newer version; nothing for a dropped one."""
    count = sum(patch.number is not None for patch in version.patches)
    mails = iter(version.messages[max(len(version.messages) - count, 0) :])  # after a cover letter
    for patch in version.patches:
        yield make_links([] if patch.number is None else islice(mails, 1))


def _title(result: NewVersions) -> str:
    name = name_before(result.list_name)
    return f"{name}New versions, {name_window(result.base, result.tip)}"


def _lines(result: NewVersions) -> Iterator[str]:
    yield safe_text(_title(result))
    yield from result.left_out.sentences
    if result.is_by_date:
        yield BY_DATE
    yield ""
    if not result.versions:
        yield _NOTHING
        yield from _tell_others(result)
    else:
        yield _count(result)
        yield from _tell_others(result)
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


def _count(result: NewVersions) -> str:
    count = count_things(len(result.versions), "new version")
    return f"{count}, each compared with the one before."


def _tell_others(result: NewVersions) -> Iterator[str]:
    if result.without_older:
        more = " more" if result.versions else ""
        yield f"Of {result.without_older:,}{more} the version before is not among these mails."


def _address(version: NewVersion) -> str:
    url = version.messages[0].url if version.messages else None
    return url or f"<{safe_text(version.series.message_id or '')}>"


def _headline(version: NewVersion) -> str:
    new, old = _labels(version)
    return f"{new} after {old}: {version.series.title}"


def _labels(version: NewVersion) -> tuple[str, str]:
    """Return what people call a version, and the one that it is compared with."""
    labels = {one.series: one.label for one in version.line}
    series, previous = version.series, version.previous
    return (
        labels.get(series, series.label),
        labels.get(previous, previous.label),
    )


def _facts(version: NewVersion) -> Iterator[str]:
    yield f"versions: {', '.join(_tell_line(version))}"
    if passed := _list_passed(version):
        yield f"of {list_some(passed, 5)} only the cover letter is here"
    yield f"linked because {'; '.join(version.reasons)}"
    yield _verdicts(version)
    if version.landed is not None:
        releases = f", from {', '.join(version.releases)} on" if version.releases else ""
        yield f"{_LANDED[version.landed]}{releases}"


def _list_passed(version: NewVersion) -> list[str]:
    """Return the versions between the two, whose patches are not here."""
    refs = [one.series for one in version.line]
    if version.previous not in refs or version.series not in refs:
        return []
    between = version.line[refs.index(version.previous) + 1 : refs.index(version.series)]
    return [one.label for one in between]


def _verdicts(version: NewVersion) -> str:
    counts = Counter(patch.verdict for patch in version.patches)
    return ", ".join(
        f"{counts[verdict]} {word}" for verdict, word in _COUNTED.items() if counts[verdict]
    )


def _tell_line(version: NewVersion) -> Iterator[str]:
    """Yield the versions of its line: the first, the last, and the two with their days."""
    line = [(one.label, one.series) for one in version.line]
    line = line or [(ref.label, ref) for ref in version.chain]
    dated = {line[0][1], line[-1][1], version.series, version.previous} if line else set()
    for label, ref in line:
        yield f"{label} ({write_day(ref.date)})" if ref in dated and ref.date else label


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
