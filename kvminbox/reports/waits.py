"""The section on what waits for review: oldest first, with size and age."""

from collections.abc import Iterator
from typing import Final

from kvminbox.analysis import Waiting, WaitingSeries, compute_waiting
from kvminbox.dates import write_day
from kvminbox.display import Block, Heading, Paragraph, Table
from kvminbox.reports.layout import lay_out_figures, make_links
from kvminbox.reports.section import Page, Section
from kvminbox.safe import safe_text

_DAY: Final = 86_400
_NOTHING: Final = "Nothing waits."
_COLUMNS: Final = ("days", "sent", "patches", "lines", "series", "sender")
_HEADER: Final = f"{'days':>6}  {'sent':<10}  {'patches':>7}  {'lines':>13}  series"


def waiting() -> Section:
    """Return the list of series that nobody else has answered or tagged."""
    page = Page(title=_title, lines=_lines, layout=_lay_out_page)
    return Section("waiting", compute_waiting, lay_out_waiting, page)


def lay_out_waiting(result: Waiting) -> list[Block]:
    """Return what waits as blocks: the figures, which can be compared, and the series."""
    return [*lay_out_figures(result.figures), _table_or_nothing(result.series, _COLUMNS)]


def _title(result: Waiting) -> str:
    return f"What waits for review from {result.base or 'the beginning'} to {result.tip}"


def _lay_out_page(result: Waiting) -> list[Block]:
    table = _table_or_nothing(result.series, (*_COLUMNS, "message-id"))
    return [*map(Paragraph, _facts(result)), Heading("Waiting, oldest first"), table]


def _lines(result: Waiting) -> Iterator[str]:
    yield safe_text(_title(result))
    yield from result.left_out.sentences
    yield ""
    yield from map(safe_text, _facts(result))
    yield ""
    yield _HEADER if result.series else _NOTHING
    for series in result.series:
        days, sent, patches, lines, title, sender = _cells(series)
        yield safe_text(f"{days:>6}  {sent:<10}  {patches:>7}  {lines:>13}  {title} ({sender})")


def _facts(result: Waiting) -> Iterator[str]:
    yield (
        f"{len(result.series)} of {result.total} series had no reply and no tag by somebody else"
        f"{f' by {write_day(result.end)}' if result.end else ''}."
    )
    yield (
        f"Left out: {result.superseded} with a next version, {result.applied} applied, "
        f"{result.answered} answered, {result.reviewed} that came with tags, "
        f"{result.pulls} pull requests."
    )


def _table_or_nothing(series: tuple[WaitingSeries, ...], columns: tuple[str, ...]) -> Block:
    if not series:
        return Paragraph(_NOTHING)
    return Table(
        columns,
        tuple((*_cells(one), one.message_id or "")[: len(columns)] for one in series),
        numeric=frozenset({"days"}),
        links=tuple(make_links(one.messages[:1]) for one in series),
        linked="series",
        one_each=True,
        short=frozenset({"sent", "patches", "lines"}),
    )


def _cells(series: WaitingSeries) -> tuple[str, ...]:
    days = f"{series.age / _DAY:.1f}" if series.age is not None else "?"
    sent = write_day(series.date) if series.date else "?"
    total = series.patches + series.missing
    patches = f"{series.patches}/{total}" if series.missing else str(series.patches)
    lines = f"+{series.insertions} -{series.deletions}"
    version = f"v{series.revision} " if series.revision > 1 else ""
    sender = series.sender.name_or_email
    return days, sent, patches, lines, f"{version}{series.title}", sender
