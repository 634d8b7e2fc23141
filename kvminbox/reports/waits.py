"""The section on what waits for review: oldest first, with size and age."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date
from functools import partial
from typing import Final

from kvminbox.analysis import Choose, Waiting, WaitingSeries, compute_waiting
from kvminbox.dates import name_window, write_day
from kvminbox.display import WIDTH, Bars, Block, Heading, Paragraph, Table, wrap_text
from kvminbox.models.corpus import list_texts
from kvminbox.reports.layout import (
    PHRASES,
    lay_out,
    make_links,
    name_before,
    name_lists,
    show_lines,
    sum_up,
    tell_lacking,
    tell_lists,
)
from kvminbox.reports.section import Page, Section
from kvminbox.safe import safe_text
from kvminbox.upstream import Code
from kvminbox.words import count_things, name_later

_DAY: Final = 86_400
_QUIET: Final = 3
"""Days at the end of a period: where more than these had no mail, it is told."""

_FEW: Final = 4
"""Series below which their ages are read from the table as well."""

_AGES: Final = (
    ("under a week", 7.0), ("1 to 2 weeks", 14.0), ("2 to 4 weeks", 28.0),
    ("1 to 3 months", 91.0), ("3 months or more", float("inf")),
)  # fmt: skip
_NOTHING: Final = "No series is waiting."
_COLUMNS: Final = ("days", "sent", "patches", "lines", "series", "sender")
_HEADER: Final = f"{'days':>6}  {'sent':<10}  series"
_INDENT: Final = " " * 20


def waiting(
    tree: Code | None = None,
    *,
    readers: Iterable[str] = (),
    only: Choose | None = None,
    chosen: str = "",
) -> Section[Waiting]:
    """Return the list of series that nobody else has answered or tagged.

    Args:
        tree: where to look for what landed without a word; such series do not wait.
        readers: addresses of one person, whose answer is waited for; none for anybody's.
        only: whether a series is asked for; None for all.
        chosen: the question in words.
    """
    page = Page(title=_title, lines=_lines, layout=_lay_out_page)
    who = list_texts(readers, "addresses")
    compute = partial(compute_waiting, readers=who, only=only, chosen=chosen, tree=tree)
    return Section("waiting", compute, lay_out_waiting, page)


@lay_out.register
def lay_out_waiting(result: Waiting) -> list[Block]:
    """Return what waits as blocks: what became of all, and the series that wait."""
    told = [one for one in result.figures if one.count or one.before]
    lacking = map(Paragraph, [*_tell_quiet(result), *_tell_lacking(result)])
    if _has_none_asked(result):
        return [Paragraph(_tell_none_asked(result)), *lacking]
    table = _table_or_nothing(result.series, _COLUMNS)
    by_then = f"As of {write_day(result.end)}: " if result.end else ""
    return [*sum_up(told, by_then), *lacking, *_draw_ages(result), table]


def _has_none_asked(result: Waiting) -> bool:
    """Whether no series was asked for: a misspelt address, of which "none waits" is no news."""
    return bool(result.chosen) and not result.total


def _tell_none_asked(result: Waiting) -> str:
    return f"There is no series {result.chosen} in this period."


def _tell_lacking(result: Waiting) -> list[str]:
    return tell_lacking((one.patches, one.patches + one.missing) for one in result.series)


def _tell_quiet(result: Waiting) -> Iterator[str]:
    """Tell of days without mails before the end of the period: an archive may have a gap there."""
    with suppress(ValueError, OverflowError):  # a revision, or a year that no zone has
        until = date.fromisoformat(result.tip)
        last = result.end.astimezone(UTC) if result.end else None
        days = (until - last.date()).days if last else 0
        if last and days > _QUIET:
            yield (
                f"The last mail in this period arrived on {write_day(last)},"
                f" {days} days before its end."
            )


def _draw_ages(result: Waiting) -> list[Block]:
    """Return how many have waited for how long; nothing where few do."""
    days = [one.age / _DAY for one in result.series if one.age is not None]
    if len(days) < _FEW:
        return []
    rows = []
    before = 0.0
    for name, limit in _AGES:
        rows.append((name, sum(before <= age < limit for age in days)))
        before = limit
    return [Bars("Waiting, by age", tuple(rows))]


def _title(result: Waiting) -> str:
    for_whom = f" by {_readers(result)}" if result.readers else ""
    window = name_window(result.base, result.tip)
    return f"{name_before(result.list_name)}Waiting for review{for_whom}, {window}"


def _lay_out_page(result: Waiting) -> list[Block]:
    table = _table_or_nothing(result.series, (*_COLUMNS, "message-id"))
    facts = map(Paragraph, _facts(result))
    if _has_none_asked(result):
        return [*facts]
    return [*facts, *_draw_ages(result), Heading("Waiting, oldest first"), table]


def _lines(result: Waiting) -> Iterator[str]:
    yield safe_text(_title(result))
    yield from result.left_out.sentences
    for told in result.dates.sentences:
        yield from wrap_text(told, WIDTH)
    yield ""
    for fact in _facts(result):
        yield from wrap_text(safe_text(fact), WIDTH)
    if not _has_none_asked(result):
        yield ""
        yield _HEADER if result.series else _NOTHING
    for place, series in enumerate(result.series):
        if series.tagged and place == len(result.series) - result.tagged:
            yield from ["", f"Each patch already has a tag from {safe_text(_readers(result))}:", ""]
        days, sent, patches, lines, title, sender = map(safe_text, _cells(series))
        what = "patch" if patches == "1" else "patches"
        first, *more = wrap_text(title, WIDTH - len(_INDENT)) or [""]
        yield f"{days:>6}  {sent:<10}  {first}"
        yield from (f"{_INDENT}{line}" for line in more)
        size = f"{patches} {what}, {lines}" if series.patches else f"{patches} {what}"
        who = f"{size}, by {sender}{safe_text(tell_lists(series.lists))}"
        by = wrap_text(who, WIDTH - len(_INDENT))
        yield from (f"{_INDENT}{line}" for line in by)
        for told in series.so_far:
            so_far = wrap_text(safe_text(told), WIDTH - len(_INDENT))
            yield from (f"{_INDENT}{line}" for line in so_far)
        yield from (f"{_INDENT}{address}" for address in _addresses(series))


def _addresses(series: WaitingSeries) -> Iterator[str]:
    first = series.messages[0] if series.messages else None
    if first and first.url:
        yield first.url
    elif series.message_id:
        yield f"<{safe_text(series.message_id)}>"


def _facts(result: Waiting) -> Iterator[str]:
    by_then = f" by {write_day(result.end)}" if result.end else ""
    which = f"{count_things(result.total, 'series')}{f' {result.chosen}' if result.chosen else ''}"
    if _has_none_asked(result):
        yield _tell_none_asked(result)
    elif not result.total:
        yield f"No series was sent in this period: {name_window(result.base, result.tip)}."
    elif result.readers:
        yield f"{len(result.series)} of {which} had no answer from {_readers(result)}{by_then}."
    else:
        yield f"{len(result.series)} of {which} had no reply or tag from anybody else{by_then}."
    if result.tagged:
        which = "one" if result.tagged == 1 else f"{result.tagged:,}"
        yield f"The last {which} came with a tag of theirs on each patch, from an earlier version."
    left = {
        "superseded": result.superseded,
        "applied": result.applied,
        f"in {result.tree}": result.landed,
        "in a pull request": result.pulled,
        "withdrawn": result.withdrawn,
        "applied in part": result.applied_in_part,
        "answered": result.answered,
        "sent with tags": result.reviewed,
    }
    words = [f"{count:,} {state}" for state, count in left.items() if count]
    words += [count_things(result.pulls, "pull request")] * bool(result.pulls)
    words += [count_things(result.backports, "stable backport")] * bool(result.backports)
    if words:
        yield f"Left out: {', '.join(words)}."
    if result.total:
        yield from _tell_quiet(result)
    yield from _tell_lacking(result)
    for gap in result.gaps:
        yield f"{gap}."


def _readers(result: Waiting) -> str:
    return " or ".join(result.readers)


def _table_or_nothing(series: tuple[WaitingSeries, ...], columns: tuple[str, ...]) -> Block:
    if not series:
        return Paragraph(_NOTHING)
    # beside the sender, and not where no row has anything in it
    told = any(one.so_far for one in series)
    has_lists = any(one.lists for one in series)
    extra = [*(["list"] if has_lists else []), *(["so far"] if told else [])]
    shown = (*columns[:6], *extra, *columns[6:])

    def cells(one: WaitingSeries) -> tuple[str, ...]:
        lists = [name_lists(one.lists)] if has_lists else []
        so_far = ["; ".join(one.so_far)] if told else []
        return (*_cells(one), *lists, *so_far, one.message_id or "")[: len(shown)]

    return Table(
        shown,
        tuple(map(cells, series)),
        numeric=frozenset({"days", "patches"}),
        links=tuple(make_links(one.messages[:1]) for one in series),
        linked="series",
        one_each=True,
        short=frozenset({"sent", "lines"}),
        colored=frozenset({"sender"}),
        phrases=PHRASES,
        row_by_row=True,
    )


def _cells(series: WaitingSeries) -> tuple[str, ...]:
    days = f"{series.age / _DAY:.1f}" if series.age is not None else "?"
    sent = write_day(series.date) if series.date else "?"
    total = series.patches + series.missing
    patches = f"{series.patches}/{total}" if series.missing else str(series.patches)
    lines = show_lines(series)
    title = name_later(series.title, series.revision, series.minor_revision, is_rfc=series.is_rfc)
    sender = series.sender.name_or_email
    return days, sent, patches, lines, title, sender
