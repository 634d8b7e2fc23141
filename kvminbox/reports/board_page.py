"""The board as one page: its table is sorted and filtered by a small script in the page.

Without scripts it is the whole table. The page's policy names the script and the style by
their digests and allows nothing else, so that no text of a mail can be either, were it ever
to get past `safe_html`.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from kvminbox.analysis import BOARD_STATES, Board, BoardSeries
from kvminbox.dates import write_day
from kvminbox.display.plain import keep_days
from kvminbox.reports.layout import tell_lists
from kvminbox.safe import safe_html, safe_url
from kvminbox.words import count_things, list_some, name_revision

_DAY: Final = 86_400
_NEVER: Final = 10**9
"""The sort key of what has no date: it comes last."""

MAX_CHOICES: Final = 200
"""Subsystems that one may choose from: those with the most series."""

_SHOWN: Final = 3
"""Subsystems of a series that its row names; the others are in its tooltip."""

_QUIET: Final = {"": "any time", "7": "a week", "30": "30 days", "90": "90 days"}
_COLUMNS: Final = (
    "state", "series", "version", "size", "age", "last mail", "reviewers", "subsystem"
)  # fmt: skip
_DONE: Final = frozenset({"landed", "withdrawn"})
"""States whose series are shown when asked for: they need nobody."""

_NUMBERS: Final = frozenset({"size", "age", "last mail"})


@cache
def _read_part(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def render_board_page(board: Board, title: str, notes: Iterable[str]) -> str:
    """Return the page: a heading, the notes, the filters, and a row for each series."""
    style, script = _read_part("board.css"), _read_part("board.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    choices = _list_choices(board.series)
    paragraphs = "".join(f"<p>{keep_days(safe_html(note))}</p>\n" for note in notes)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{safe_html(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{keep_days(safe_html(title))}</h1>\n{paragraphs}"
        f"{_render_form(board, choices)}{_render_table(board.series, choices)}"
        f'<p id="nothing" hidden>No series matches.</p>\n'
        f"</main>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _list_choices(rows: Iterable[BoardSeries]) -> dict[str, int]:
    """Return the subsystems that one may choose from, each with its number on the page."""
    counts = Counter(part for row in rows for part in row.subsystems)
    often = sorted(counts, key=lambda part: (-counts[part], part))[:MAX_CHOICES]
    return {part: number for number, part in enumerate(sorted(often))}


def _render_form(board: Board, choices: dict[str, int]) -> str:
    chips = "\n".join(
        f'<button type="button" class="{state}" data-state="{state}"'
        f' aria-pressed="{"false" if state in _DONE else "true"}">'
        f"{name} {board.count(state):,}</button>"
        for state, name in BOARD_STATES.items()
    )
    parts = "".join(
        f'<option value="{number}">{safe_html(part)}</option>\n' for part, number in choices.items()
    )
    times = "".join(f'<option value="{days}">{name}</option>\n' for days, name in _QUIET.items())
    return (
        f"<form hidden>\n<fieldset>\n<legend>states</legend>\n{chips}\n</fieldset>\n"
        '<label>words, people, reasons<input type="search" name="find"></label>\n'
        f'<label>subsystem<select name="part">\n<option value="">all</option>\n{parts}'
        f'</select></label>\n<label>last mail within<select name="quiet">\n{times}</select>'
        '</label>\n<output id="shown"></output>\n</form>\n'
    )


def _render_table(rows: Iterable[BoardSeries], choices: dict[str, int]) -> str:
    head = "".join(
        f'<th scope="col"{" class=n" if name in _NUMBERS else ""}>{name}</th>' for name in _COLUMNS
    )
    found = "\n".join(_render_row(row, choices) for row in rows)
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{found}\n</tbody>\n</table>\n"


def _render_row(row: BoardSeries, choices: dict[str, int]) -> str:
    parts = " ".join(str(choices[part]) for part in row.subsystems if part in choices)
    quiet = _NEVER if row.quiet is None else row.quiet / _DAY
    begin = f'<tr data-state="{row.state}" data-parts="{parts}" data-quiet="{quiet:.3f}">'
    return f"{begin}{''.join(_cells(row))}</tr>"


def _cells(row: BoardSeries) -> Iterator[str]:
    order = [*BOARD_STATES].index(row.state)
    yield f'<td class="state {row.state}" data-key="{order}">{BOARD_STATES[row.state]}</td>'
    sent = f", {write_day(row.date)}" if row.date else ""
    by = keep_days(safe_html(f"{row.sender.name_or_email}{sent}{tell_lists(row.lists)}"))
    why = _reasons(row.evidence)
    yield f'<td class="title">{_title(row)}<div class="by">{by}</div>{why}</td>'
    here = f'<div class="by">{row.versions} versions here</div>' if row.versions > 1 else ""
    name = name_revision(row.revision, row.minor_revision, is_rfc=row.is_rfc)
    key = row.revision + (row.minor_revision or 0) / 1_000
    yield f'<td class="s" data-key="{key:g}">{name}{here}</td>'
    yield _number("size", row.insertions + row.deletions, _size(row))
    yield _number("age", _key(row.age), _days(row.age))
    yield _number("last mail", _key(row.quiet), _days(row.quiet))
    people = [person.name_or_email for person in row.reviewers]
    yield _listed("who", people, _SHOWN)
    yield _listed("what", row.subsystems, _SHOWN)


def _reasons(evidence: tuple[str, ...]) -> str:
    """Return the first reason, and the others where one clicks on it."""
    first, *more = (keep_days(safe_html(one)) for one in evidence)
    if not more:
        return f'<div class="why">{first}</div>'
    items = "".join(f"<li>{reason}</li>" for reason in more)
    return f'<details class="why"><summary>{first}</summary><ul>{items}</ul></details>'


def _size(row: BoardSeries) -> str:
    total = row.patches + row.missing
    patches = f"{row.patches} of {total} patches" if row.missing else count_things(total, "patch")
    lines = f'<div class="by">+{row.insertions:,} −{row.deletions:,}</div>' if row.patches else ""
    return f"{patches}{lines}"


def _title(row: BoardSeries) -> str:
    text = safe_html(row.title) or "(no subject)"
    url = safe_url(row.messages[0].url or "") if row.messages else ""
    return f'<a href="{safe_html(url)}">{text}</a>' if url else text


def _number(name: str, key: float, text: str) -> str:
    return f'<td class="n" data-of="{name}" data-key="{key:.3f}">{text}</td>'


def _key(seconds: float | None) -> float:
    return _NEVER if seconds is None else seconds / _DAY


def _days(seconds: float | None) -> str:
    if seconds is None:
        return "?"
    days = seconds / _DAY
    return f"{days:,.0f} d" if days >= 1 else f"{days * 24:.0f} h"


def _listed(kind: str, names: Iterable[str], limit: int) -> str:
    listed = list(names)
    more = f' title="{safe_html(", ".join(listed))}"' if len(listed) > limit else ""
    return f'<td class="{kind}"{more}>{safe_html(list_some(listed, limit))}</td>'
