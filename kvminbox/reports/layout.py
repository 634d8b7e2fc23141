"""The default layout: any frozen model as blocks.

`lay_out` chooses by the result's class; `@lay_out.register` adds a layout for one's
own. The finer layouts of the shipped results are beside their sections.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum
from functools import singledispatch
from typing import Any, Final

from kvminbox.analysis import (
    Activity,
    BoardSeries,
    Figure,
    MessageRef,
    SeriesSize,
    WaitingSeries,
)
from kvminbox.analysis.activity import name_period
from kvminbox.dates import write_day
from kvminbox.display import Bars, Block, Link, Listing, Paragraph, Table
from kvminbox.display.document import Rounded
from kvminbox.errors import UsageError
from kvminbox.models import Address, Model
from kvminbox.words import choose_from, count_things, list_some, shorten

NOTHING: Final = "Nothing to report for this period."
"""The text below the heading of a section of somebody's own that found nothing."""

PHRASES: Final = {"sender": "by", "lines": "", "state": "", "subsystems": "in"}
"""What a text says before these columns of series, instead of their names."""

FIGURES: Final = "figures"
"""The name of a table of figures, to which the name of its section is added."""

_SHORT: Final = 40
"""Characters of a value that is shown in one line with others."""

_OWN_FIELDS: Final = frozenset({"format_version", "title", "figures"})


def make_links(refs: Iterable[MessageRef]) -> tuple[Link, ...]:
    """Return messages as links."""
    return tuple(
        Link(text=ref.subject, url=ref.url or "", message_id=ref.message_id or "") for ref in refs
    )


@singledispatch
def lay_out(result: Model) -> Iterable[Block]:
    """Return a result as blocks: single values as lines, tuples of models as tables.

    A dictionary is a list of its keys with their values, and so is a model of your own with its
    fields; a dictionary of such models is a table with the keys in its first column. One that has
    a layout is laid out by that. What is None or empty is "none".

    A datetime is shown as its day in UTC, and a float with three digits or one decimal; in CSV
    both are exact.

    Raises:
        kvminbox.errors.UsageError: the result is no model, as one of your own read from JSON.
    """
    if not isinstance(result, Model):
        what = "a result that is no model can't be laid out"
        cure = "make one: report.result.section(name, CLASS) does so of what was read from JSON"
        raise UsageError(what, shorten(repr(result)), cure)
    blocks = lay_out_figures(getattr(result, "figures", ()))
    for name, value in result:
        if name not in _OWN_FIELDS:
            blocks += _lay_out_field(name.replace("_", " "), value)
    return blocks or [Paragraph(NOTHING)]


def _lay_out_field(label: str, value: Any) -> Iterable[Block]:  # noqa: ANN401  # any model's field
    if isinstance(value, MessageRef):
        value = (value,)
    if isinstance(value, Model) and _is_several(value):
        return _lay_out_inner(label, value)
    if isinstance(value, Mapping) and value:
        if keyed := _find_keyed(value):
            return [_make_keyed(label, keyed)]
        return [Paragraph(f"{label}:"), Listing(tuple(_write_pairs(value.items())))]
    if not isinstance(value, tuple | list) or not value:
        return [Paragraph(f"{label}: {show(value) or 'none'}")]
    if all(isinstance(one, MessageRef) for one in value):
        links = tuple(make_links([ref]) for ref in value)
        rows = tuple((ref.subject,) for ref in value)
        return [Table((label,), rows, links=links, linked=label, one_each=True)]
    if all(isinstance(one, Model) and type(one) is type(value[0]) for one in value):
        return [make_table(value)]
    shown = tuple(map(show, value))
    if all(len(one) <= _SHORT and "," not in one and "\n" not in one for one in shown):
        return [Paragraph(f"{label}: {', '.join(shown)}")]
    return [Paragraph(f"{label}:"), Listing(shown)]


def _find_keyed(value: Mapping[object, Any]) -> list[tuple[object, Model]]:
    """Return the models that a dictionary holds, with their keys; none where it holds others.

    They are of one class of somebody's own, and each key has at least one.
    """
    found = [
        (key, row)
        for key, one in value.items()
        for row in (one if isinstance(one, tuple | list) and one else (one,))
    ]
    kinds = {type(row) for _, row in found}
    is_own = all(isinstance(row, Model) and _is_own(row) for _, row in found)
    return found if is_own and len(kinds) == 1 else []


def _make_keyed(label: str, rows: Sequence[tuple[object, Model]]) -> Table:
    """Return models as a table whose first column, named as their field is, has their keys."""
    table = make_table([row for _, row in rows])
    name = label if label not in table.columns else f"{label} of"
    keyed = zip((key for key, _ in rows), table.rows, strict=True)
    return replace(
        table,
        columns=(name, *table.columns),
        rows=tuple((_make_cell(key), *cells) for key, cells in keyed),
    )


def _lay_out_inner(label: str, value: Model) -> Iterable[Block]:
    """Return a model that is a field: single values as the lines of one list."""
    fields = list(value)
    if _has_layout(value) or any(_is_several(one) for _, one in fields):
        title = show(getattr(value, "title", ""))  # which a layout leaves to the heading
        return [Paragraph(f"{label}: {title}".rstrip()), *lay_out(value)]
    return [
        Paragraph(f"{label}:"),
        Listing(tuple(_write_pairs((name.replace("_", " "), one) for name, one in fields))),
    ]


def _is_several(value: object) -> bool:
    """Whether a value needs blocks of its own."""
    if isinstance(value, Model):
        return isinstance(value, MessageRef) or _is_own(value) or _has_layout(value)
    return isinstance(value, tuple | list | Mapping)


def _write_pairs(pairs: Iterable[tuple[object, object]]) -> Iterator[str]:
    for name, value in pairs:
        yield f"{show(name)}: {show(value) or 'none'}"


def _is_own(value: Model) -> bool:
    """Whether a model is of a class of somebody's own: one of the library has words of its own."""
    return type(value).__module__.partition(".")[0] != "kvminbox"


def _has_layout(value: Model) -> bool:
    return lay_out.dispatch(type(value)) is not lay_out.dispatch(Model)


def make_table(rows: Sequence[Model], columns: Sequence[str] = (), *, exact: bool = True) -> Table:
    """Return models of one class as a table: a column for each field, or for the named ones.

    Fields that hold messages become links on the first column that holds no numbers. Of no rows
    it is a table of one empty column, unless columns are named.

    Args:
        rows: the models.
        columns: the fields to show, in order; none for all.
        exact: whether CSV has floats with all digits and datetimes in ISO 8601, with their zone;
            else it has them as the other formats do, a datetime as its day in UTC.

    Raises:
        UsageError: the models have no field of a name.
    """
    if not rows:
        return Table(tuple(name.replace("_", " ") for name in columns) or ("",), ())
    for name in columns:
        if name not in type(rows[0]).model_fields:
            what = f"{type(rows[0]).__name__} has no such field"
            raise UsageError(what, name, choose_from(name, [*type(rows[0]).model_fields]))
    fields = columns or [name for name in type(rows[0]).model_fields if _is_cell(rows, name)]
    values = {name.replace("_", " "): [getattr(row, name) for row in rows] for name in fields}
    numeric = _columns_of(values, (int, float))
    links = tuple(make_links(_find_refs(row)) for row in rows)
    write = _make_cell if exact else show
    return Table(
        tuple(values),
        tuple(tuple(map(write, row)) for row in zip(*values.values(), strict=True)),
        numeric=numeric,
        links=links,
        linked=next((name for name in values if name not in numeric), next(iter(values), "")),
        one_each=any(links) and all(len(found) < 2 for found in links),
        short=_columns_of(values, (datetime,)),
    )


def _columns_of(values: Mapping[str, list[object]], kinds: tuple[type, ...]) -> frozenset[str]:
    """Return the columns whose values are all of some types, or None."""
    return frozenset(
        name
        for name, column in values.items()
        if all(isinstance(value, kinds) or value is None for value in column)
    )


def _is_cell(rows: Sequence[Model], field: str) -> bool:
    """Whether a field fits into a cell: it holds neither rows of its own nor messages."""
    values = [getattr(row, field) for row in rows]
    return not any(
        isinstance(value, tuple | list) and any(isinstance(one, Model) for one in value)
        for value in values
    )


def _find_refs(row: Model) -> list[MessageRef]:
    found: list[MessageRef] = []
    for _, value in row:
        values = value if isinstance(value, tuple | list) else (value,)
        found += [one for one in values if isinstance(one, MessageRef)]
    return found


def lay_out_figures(figures: Sequence[Figure]) -> list[Block]:
    """Return figures as a table, with their change where an earlier period is known."""
    if not figures:
        return []
    is_compared = any(figure.before is not None for figure in figures)
    columns = ("count", *(("change",) if is_compared else ()), "what")
    rows = []
    for figure in figures:
        change = "" if figure.before is None else show_change(figure.count, figure.before)
        rows.append((str(figure.count), *((change,) if is_compared else ()), _label(figure)))
    table = Table(
        columns,
        tuple(rows),
        numeric=frozenset({"count", "change"}),
        links=tuple(make_links(figure.messages) for figure in figures),
        linked="what",
        name=FIGURES,
    )
    return [table]


def draw_activity(what: str, activity: Activity) -> list[Block]:
    """Return how many came when, to be drawn; nothing where they came in a single period."""
    rows = tuple((name_period(one.begin, activity.by), one.count) for one in activity.periods)
    on = {"day": "on", "week": "in the week of", "month": "in"}[activity.by]
    return [Bars(f"{what} by {activity.by}", rows, is_time=True, on=on)] if len(rows) > 1 else []


def name_before(list_name: str) -> str:
    """Return what stands before a report's title: the list's name, if it is known."""
    return f"{list_name}: " if list_name else ""


def add_lists(
    columns: Sequence[str], cells: Iterable[Sequence[str]], lists: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return a table's columns and cells, with a column that names the list of each row.

    It is the last one, and is left out where no row has a list: of one list the title tells.

    >>> add_lists(["sent"], [["monday"], ["today"]], [["kvm"], ["kvm", "arm"]])
    (('sent', 'list'), (('monday', 'kvm'), ('today', 'kvm, arm')))
    >>> add_lists(["sent"], [["monday"]], [[]])
    (('sent',), (('monday',),))
    """
    rows = tuple(tuple(one) for one in cells)
    if not any(lists):
        return tuple(columns), rows
    told = ((*row, name_lists(names)) for row, names in zip(rows, lists, strict=True))
    return (*columns, "list"), tuple(told)


def tell_lists(lists: Sequence[str]) -> str:
    """Return what a row in text says of its lists: ` on kvm`; empty for none.

    >>> tell_lists(["kvm", "arm"]), tell_lists([])
    (' on kvm, arm', '')
    """
    return f" on {name_lists(lists)}" if lists else ""


def name_lists(lists: Sequence[str]) -> str:
    """Return the names of the lists of a row; of many, how many more there are."""
    return list_some(lists, _LISTS)


def tell_lacking(counts: Iterable[tuple[int, int]]) -> list[str]:
    """Return a sentence on the first of some series that lacks patches; none if none does.

    Args:
        counts: of each series, how many patches are here, and how many there are.

    >>> tell_lacking([(3, 3), (2, 7)])
    ['2/7: 2 of 7 patches are here; the others may have come earlier, later or elsewhere.']
    """
    here, total = next((one for one in counts if one[0] < one[1]), (0, 0))
    if not total:
        return []
    of_all = (
        f"{here or 'none'} of {count_things(total, 'patch')} {'is' if here < 2 else 'are'} here"
    )
    return [f"{here}/{total}: {of_all}; the others may have come earlier, later or elsewhere."]


def show_lines(row: SeriesSize | BoardSeries | WaitingSeries) -> str:
    """Return the lines that patches add and remove; `?` where none of them is here."""
    return f"+{row.insertions} -{row.deletions}" if row.patches else "?"


_LISTS: Final = 3
"""Lists of a row that are named."""

_IN_PART: Final = "only in part"
_SINGULAR: Final = {
    "authors": "author",
    "bot mails": "bot mail",
    "commits": "commit",
    "commits made from the list's patches": "commit made from the list's patches",
    "cover letters": "cover letter",
    "days from the first version (median)": "day from the first version (median)",
    "days that a bug lived (median)": "day that a bug lived (median)",
    "days to a stable tree (median)": "day to a stable tree (median)",
    "directories": "directory",
    "domains": "domain",
    "entries": "entry",
    "edited patches": "edited patch",
    "files": "file",
    "kinds of oddities": "kind of oddity",
    "mails with a tag": "mail with a tag",
    "mails that say so": "mail that says so",
    "messages": "message",
    "mails with oddities": "mail with oddities",
    "other mails": "other mail",
    "patches": "patch",
    "patches and cover letters": "patch or cover letter",
    "pull requests": "pull request",
    "added lines": "added line",
    "removed lines": "removed line",
    "repliers": "replier",
    "replies": "reply",
    "reviewers": "reviewer",
    "reviewers' remarks": "reviewer's remark",
    "senders": "sender",
    "senders, not counting bots": "sender, not counting bots",
    "series and lone patches": "series or lone patch",
    "series, patches and pull requests": "series, patch or pull request",
    "stable backports": "stable backport",
    "subsystems": "subsystem",
    "tags": "tag",
    "testers": "tester",
    "threads": "thread",
    "threads with replies": "thread with replies",
    "threads without replies": "thread without replies",
    "bots": "bot",
}
"""What a figure's label is where there is one."""


def sum_up(figures: Sequence[Figure], begin: str = "") -> list[Block]:
    """Return the figures of a section that has a table of its own, as one sentence.

    Of what was done only in part, or told in words of their own, nothing is said where there is
    none.

    Args:
        figures: the figures.
        begin: what the sentence begins with.
    """
    words: list[str] = []
    for figure in figures:
        is_in_part = figure.label.endswith(_IN_PART)
        is_extra = is_in_part or figure.label.startswith("more ")
        if is_extra and not figure.count and not figure.before:
            continue
        change = "" if figure.before is None else f" ({show_change(figure.count, figure.before)})"
        label = _label(figure)
        counted = f"{figure.count:,}{change}"
        rest = label.removeprefix("of which ")
        if is_in_part and counted == "1" and words and figures[0].count == 1:
            words.append(_IN_PART)  # the one thing
        else:
            part = "none" if counted == "0" else counted
            words.append(f"{part} of them {rest}" if rest != label else f"{counted} {label}")
    return [Paragraph(f"{begin}{', '.join(words)}.")] if words else []


def _label(figure: Figure) -> str:
    return _SINGULAR.get(figure.label, figure.label) if figure.count == 1 else figure.label


def or_nothing(table: Table, nothing: str) -> Block:
    """Return a table, or the sentence that says what was looked for where it has no row."""
    return table if table.rows else Paragraph(nothing)


def show(value: Any) -> str:  # noqa: ANN401  # any model's field
    """Return a value in a few words: a datetime as its day in UTC, a person as the name.

    >>> show(datetime(2025, 6, 9)), show(True), show(0.25), show(None), show(("a", "b"))
    ('2025-06-09', 'yes', '0.25', '', 'a, b')
    >>> show({"free": 19, "formula": 11}), show({"b", "a"})
    ('free: 19, formula: 11', 'a, b')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return show(value.value)
        case float():
            return _show_float(value)
        case datetime():
            return write_day(value)
        case Address():
            return value.name_or_email
        case tuple() | list():
            return ", ".join(map(show, value))
        case set() | frozenset():
            return ", ".join(sorted(map(show, value)))  # in no order of their own
        case Mapping():
            return ", ".join(_write_pairs(value.items()))
        case MessageRef():
            return value.subject
        case Model() if _is_own(value):
            return ", ".join(_write_pairs((name.replace("_", " "), one) for name, one in value))
        case Model():
            return getattr(value, "title", "") or str(value)
        case _:
            return str(value)


def _show_float(number: float) -> str:
    """Return a number with three digits, and at least one decimal.

    >>> [_show_float(one) for one in (0.0412, 0.5, 2.0, 12.345, 12345.678, float("nan"))]
    ['0.0412', '0.5', '2.0', '12.3', '12345.7', 'nan']
    """
    if not abs(number) < _THREE_DIGITS:
        return f"{number:.1f}"
    text = f"{number:.3g}"
    return text if "." in text or "e" in text else f"{text}.0"


_THREE_DIGITS: Final = 100


def _make_cell(value: Any) -> str:  # noqa: ANN401  # any model's field
    """Return a value in a few words, with the whole one for CSV where that is more."""
    shown, exact = show(value), _write_exactly(value)
    return Rounded(shown, exact) if shown != exact else shown


def _write_exactly(value: Any) -> str:  # noqa: ANN401  # any model's field
    """Return a float with all its digits, a datetime with its time and zone.

    >>> _write_exactly((0.1, datetime(2025, 6, 9, 23, 30))), _write_exactly("a")
    ('0.1, 2025-06-09T23:30:00', 'a')
    """
    match value:
        case float():
            return repr(value)
        case datetime():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(map(_write_exactly, value))
        case set() | frozenset():
            return ", ".join(sorted(map(_write_exactly, value)))
        case _:
            return show(value)


def show_change(count: int, before: int) -> str:
    """Return how a count changed: `+3`, `-1`, or `=`."""
    return f"{count - before:+d}" if count != before else "="
