"""Series and their chains as cards."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kvminbox.models.cards.html import card, chip, dim, facts, heading, inline, table
from kvminbox.models.cards.words import (
    show_evidence,
    write_day,
    write_moment,
    write_name,
    write_person,
    write_size,
)

if TYPE_CHECKING:
    from kvminbox.models.series import Series, SeriesRef
    from kvminbox.models.versions import Chain, VersionLink


def show_series(series: "Series") -> str:
    """Show a series with its patches' titles and sizes, those that are missing too."""
    tint = "good" if series.status == "complete" else "odd"
    chips = [
        chip(_revision(series)), chip(f"{len(series.patches)} of {series.total}"),
        chip(series.status.replace("_", " "), tint),
    ]  # fmt: skip
    return card(
        heading(series.title, chips),
        facts([
            ("from", inline(write_person(series.sender))),
            ("date", inline(write_moment(series.date) or "no date")),
            ("changes", inline(write_size(series.diffstat))),
            ("before", _neighbour(series.previous)),
            ("after", _neighbour(series.next)),
            ("cut", "what is missing may lie outside of the corpus" if series.cut else ""),
        ]),
        _patches(series),
        show_evidence((f"confidence {series.confidence:.2f}", *series.evidence)),
    )  # fmt: skip


def _revision(series: "Series") -> str:
    minor = "" if series.minor_revision is None else f".{series.minor_revision}"
    return f"v{series.revision}{minor}"


def _neighbour(ref: "SeriesRef | None") -> str:
    return inline(f"v{ref.revision} {ref.title}, {write_day(ref.date)}") if ref else ""


def _patches(series: "Series") -> str:
    rows = {(patch.subject.counter, 0): _patch_row(series, place)
            for place, patch in enumerate(series.patches)}  # fmt: skip
    for first, last in _spans(series.missing):
        numbers = str(first) if first == last else f"{first}–{last}"
        rows[first, 1] = [numbers, dim("not here"), ""]
    again = [["", inline(f"also {patch.title}"), ""] for patch in series.duplicates]
    listed = [rows[key] for key in sorted(rows)] + again
    return table(("n.", "patch", "lines."), listed, "patch") if listed else ""


def _spans(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Give rising numbers as spans of neighbours.

    >>> _spans([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    spans: list[tuple[int, int]] = []
    for number in numbers:
        is_next = spans and spans[-1][1] == number - 1
        spans[-1:] = [(spans[-1][0], number)] if is_next else [*spans[-1:], (number, number)]
    return spans


def _patch_row(series: "Series", place: int) -> list[str]:
    patch = series.patches[place]
    is_own = patch.author == series.sender
    author = "" if is_own else " " + dim(f"by {inline(write_name(patch.author))}")
    title = inline(patch.title) + author
    return [str(patch.subject.counter), title, write_size(patch.diffstat)]


def show_chain(chain: "Chain") -> str:
    """Show the revisions of a piece of work, and what joins them."""
    title = chain.series[-1].title if chain.series else ""
    joins = ["", *map(_join, chain.links)]
    rows = [_version_row(one, title, join) for one, join in zip(chain.series, joins, strict=False)]
    columns = ("v.", "date.", "patches.", "what joins it to the one before")
    return card(
        heading(title, [chip(f"{len(chain.series)} versions")]), table(columns, rows, "version")
    )


def _join(link: "VersionLink") -> str:
    return f"{link.relation.replace('_', ' ')}: {'; '.join(link.reasons[:2])}"


def _version_row(series: "Series", title: str, join: str) -> list[str]:
    return [
        _revision(series),
        write_day(series.date),
        f"{len(series.patches)} of {series.total}",
        inline(join)
        + (f" {dim('titled')} {inline(series.title)}" if series.title != title else ""),
    ]
