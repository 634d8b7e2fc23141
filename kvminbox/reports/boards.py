"""The section on how far each series has come: a sentence that sums it up, and one table."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from kvminbox.analysis import (
    BOARD_STATES,
    Board,
    BoardSeries,
    Choose,
    Classify,
    compute_board,
)
from kvminbox.analysis.board import check_states
from kvminbox.analysis.board_state import BoardState
from kvminbox.dates import name_window, write_day
from kvminbox.display import WIDTH, Block, Paragraph, Table, wrap_text
from kvminbox.reports.layout import PHRASES, add_lists, lay_out, make_links, show_lines, tell_lists
from kvminbox.reports.section import Page, Section
from kvminbox.safe import safe_text
from kvminbox.upstream import Code
from kvminbox.words import count_things, list_some, name_later

_DAY: Final = 86_400
_INDENT: Final = " " * 8
_COLUMNS: Final = (
    "state", "days", "patches", "lines", "series", "why", "sender", "subsystems", "reviewers"
)  # fmt: skip


def board(
    tree: Code | None = None,
    *,
    classify: Classify | None = None,
    only: Choose | None = None,
    chosen: str = "",
    states: Iterable[BoardState] = (),
) -> Section[Board]:
    """Return the section on the state of each series that has no newer version.

    Args:
        tree: where to look for what landed without a word.
        classify: returns the subsystems of a patch; None for parts of KVM, else directories.
        only: whether a series is asked for; None for all.
        chosen: the question in words.
        states: which states are listed; empty for all.
    """
    asked = check_states(states)
    compute = partial(
        compute_board, only=only, chosen=chosen, classify=classify, tree=tree, states=asked
    )
    page = Page(title=_title, lines=_lines, layout=lay_out_board)
    return Section("board", compute, lay_out_board, page)


@lay_out.register
def lay_out_board(result: Board) -> list[Block]:
    """Return the board as a sentence that sums it up, and one table."""
    blocks: list[Block] = [Paragraph(sum_up_board(result))]
    blocks += [Paragraph(f"{gap}.") for gap in result.gaps]
    if result.series:
        lists = [one.lists for one in result.series]
        columns, cells = add_lists(_COLUMNS, map(_cells, result.series), lists)
        table = Table(
            columns,
            cells,
            numeric=frozenset({"days", "patches"}),
            links=tuple(make_links(one.messages[:1]) for one in result.series),
            linked="series",
            one_each=True,
            colored=frozenset({"sender"}),
            short=frozenset({"state", "lines"}),
            wide=frozenset({"series", "why"}),
            lead="days",
            phrases=PHRASES,
            row_by_row=True,
        )
        blocks.append(table)
    return blocks


def sum_up_board(result: Board) -> str:
    """Return a sentence that says how many series are in which state."""
    which = f" {result.chosen}" if result.chosen else ""
    others = result.superseded, result.pulls, result.backports, result.other_states
    if not (result.series or any(others)):
        when = name_window(result.base, result.tip)
        return f"There is no series{which} in this period: {when}."
    numbers = {name: result.count(state) for state, name in BOARD_STATES.items()}
    counts = [
        f"{count:,} {name if count == 1 else name.replace('needs', 'need')}"
        for name, count in numbers.items()
        if count
    ]
    told = f"{count_things(len(result.series), 'series')}{which}"
    parts = f": {', '.join(counts)}" if counts else ""
    left = [f"{result.superseded:,} superseded"] * bool(result.superseded)
    left += [count_things(result.pulls, "pull request")] * bool(result.pulls)
    backports = f"{count_things(result.backports, 'backport')} for stable trees"
    left += [backports] * bool(result.backports)
    left += [f"{result.other_states:,} in other states"] * bool(result.other_states)
    rest = f" Not listed: {', '.join(left)}." if left else ""
    return f"{told}{parts}.{rest}"


def _title(result: Board) -> str:
    name = f" of {result.list_name}" if result.list_name else ""
    then = f" on {write_day(result.end)}" if result.end else ""
    return f"Series{name}{then} ({name_window(result.base, result.tip)})"


def _lines(result: Board) -> Iterator[str]:
    yield safe_text(_title(result))
    yield from result.left_out.sentences
    for told in result.dates.sentences:
        yield from wrap_text(told, WIDTH)
    yield ""
    yield from wrap_text(safe_text(sum_up_board(result)), WIDTH)
    for gap in result.gaps:
        yield from wrap_text(safe_text(f"{gap}."), WIDTH)
    for state, name in BOARD_STATES.items():
        rows = [one for one in result.series if one.state == state]
        if rows:
            yield ""
            yield f"{name[:1].upper()}{name[1:]} ({len(rows):,}), oldest first"
            yield "  days"
        for row in rows:
            yield from _row_lines(row)


def _row_lines(row: BoardSeries) -> Iterator[str]:
    cells = dict(zip(_COLUMNS, map(safe_text, _cells(row)), strict=True))
    first, *more = wrap_text(cells["series"], WIDTH - len(_INDENT)) or [""]
    yield f"{cells['days']:>6}  {first}"
    what = "patch" if cells["patches"] == "1" else "patches"
    size = f"{cells['patches']} {what}" + (f", {cells['lines']}" if row.patches else "")
    facts = f"{size}, by {cells['sender']}{safe_text(tell_lists(row.lists))}"
    told = [*more, *wrap_text(facts, WIDTH - len(_INDENT))]
    for reason in row.evidence:
        told += wrap_text(safe_text(reason), WIDTH - len(_INDENT))
    url = row.messages[0].url if row.messages else None
    if url or row.message_id:
        told.append(url or f"<{safe_text(row.message_id or '')}>")
    yield from (f"{_INDENT}{line}" for line in told)


def _cells(row: BoardSeries) -> tuple[str, ...]:
    total = row.patches + row.missing
    title = name_later(row.title, row.revision, row.minor_revision, is_rfc=row.is_rfc)
    return (
        BOARD_STATES[row.state],
        f"{row.age / _DAY:.1f}" if row.age is not None else "?",
        f"{row.patches}/{total}" if row.missing else str(row.patches),
        show_lines(row),
        title,
        "; ".join(row.evidence),
        row.sender.name_or_email,
        list_some(row.subsystems, 3),
        ", ".join(person.name_or_email for person in row.reviewers),
    )
