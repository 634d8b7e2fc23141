"""The report on what waits for review: oldest first, with size and age."""

from collections.abc import Iterator

from kvminbox.analysis import Waiting, WaitingSeries, compute_waiting
from kvminbox.display import Block, Document, Heading, Paragraph, Table
from kvminbox.models import Corpus, Progress
from kvminbox.reports.layout import lay_out_figures, make_links
from kvminbox.reports.report import Report
from kvminbox.safe import safe_text

_DAY = 86_400
_NOTHING = "Nothing waits."
_COLUMNS = ("days", "sent", "patches", "lines", "series", "sender")


class WaitingReport(Report[Waiting]):
    """The report that `waiting` gives."""

    def to_text(self) -> str:
        """Give it as plain text, a line for each series."""
        lines = [self._title, "", *_facts(self.result), ""]
        lines += [_HEADER, *map(_line, self.result.series)] if self.result.series else [_NOTHING]
        return "\n".join(map(safe_text, lines)) + "\n"

    @property
    def _title(self) -> str:
        place = f"from {self.result.base or 'the beginning'} to {self.result.tip}"
        return f"What waits for review {place}"

    def to_document(self) -> Document:
        """Give the same content as blocks."""
        result = self.result
        heading = Heading("Waiting, oldest first")
        table = _table_or_nothing(result.series, (*_COLUMNS, "message-id"))
        return Document(self._title, (*map(Paragraph, _facts(result)), heading, table))


def lay_out_waiting(result: Waiting) -> list[Block]:
    """Give what waits as blocks: the figures, which can be compared, and the series."""
    return [*lay_out_figures(result.figures), _table_or_nothing(result.series, _COLUMNS)]


def _table_or_nothing(series: tuple[WaitingSeries, ...], columns: tuple[str, ...]) -> Block:
    if not series:
        return Paragraph(_NOTHING)
    rows = tuple((*_cells(one), one.message_id or "")[: len(columns)] for one in series)
    links = tuple(make_links(one.messages[:1]) for one in series)
    return Table(
        columns,
        rows,
        numeric=frozenset({"days"}),
        links=links,
        linked="series",
        one_each=True,
        short=frozenset({"sent", "patches", "lines"}),
    )


_HEADER = f"{'days':>6}  {'sent':<10}  {'patches':>7}  {'lines':>13}  series"


def _facts(result: Waiting) -> Iterator[str]:
    yield (
        f"{len(result.series)} of {result.total} series had no reply and no tag by somebody else"
        f"{f' by {result.end:%Y-%m-%d}' if result.end else ''}."
    )
    yield (
        f"Left out: {result.superseded} with a next version, {result.applied} applied, "
        f"{result.answered} answered, {result.reviewed} that came with tags, "
        f"{result.pulls} pull requests."
    )


def _cells(series: WaitingSeries) -> tuple[str, ...]:
    days = f"{series.age / _DAY:.1f}" if series.age is not None else "?"
    sent = f"{series.date:%Y-%m-%d}" if series.date else "?"
    total = series.patches + series.missing
    patches = f"{series.patches}/{total}" if series.missing else str(series.patches)
    lines = f"+{series.insertions} -{series.deletions}"
    version = f"v{series.revision} " if series.revision > 1 else ""
    sender = series.sender.name or series.sender.email
    return days, sent, patches, lines, f"{version}{series.title}", sender


def _line(series: WaitingSeries) -> str:
    days, sent, patches, lines, title, sender = _cells(series)
    return f"{days:>6}  {sent:<10}  {patches:>7}  {lines:>13}  {title} ({sender})"


def waiting(corpus: Corpus, *, progress: Progress | None = None) -> WaitingReport:
    """Report the series that nobody else has answered or tagged, oldest first.

    Args:
        corpus: a window, as `Inbox.between` and `Inbox.since` give it.
        progress: is told how many commits are done, of how many.

    Superseded and applied series are left out and counted. Ages are up to the
    window's last arrival.
    """
    return WaitingReport(compute_waiting(corpus, progress=progress))
