"""The mailing-list update: top domains and contributors, new series with their messages."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from kvminbox.analysis import Count, ListedSubmission, ListUpdate, compute_list_update
from kvminbox.analysis.ranking import TOP, check_top
from kvminbox.analysis.window_dates import BY_DATE
from kvminbox.dates import find_day
from kvminbox.display import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Table,
    Verbatim,
    make_ranking,
    wrap_text,
)
from kvminbox.reports.layout import draw_activity, lay_out
from kvminbox.reports.section import Page, Section
from kvminbox.safe import safe_text
from kvminbox.words import count_things

_WIDTH: Final = 70
_RULE: Final = "-" * _WIDTH


def update(*, top: int = TOP, name: str | None = None) -> Section[ListUpdate]:
    """Return the content of `list_update` as a section."""
    page = Page(title=_title, lines=_lines, layout=lay_out_update)
    return Section(
        "update", partial(compute_list_update, top=check_top(top), name=name), lay_out_update, page
    )


@lay_out.register
def lay_out_update(result: ListUpdate) -> list[Block]:
    """Return the update's content as blocks."""
    blocks: list[Block] = [
        Paragraph(_sum_up(result)),
        *draw_activity("Patches and cover letters", result.activity),
        Heading(f"Top {result.top} contributor email domains"),
        _rank("domain", result.domains),
        Heading(f"Top {result.top} contributors"),
        _rank("contributor", result.contributors),
        Heading("Patch list in this time period"),
        Listing(result.series),
        Heading("Patch commit messages"),
    ]
    for submission in result.submissions:
        if submission.repeats is None:
            blocks.append(Heading(submission.subject, level=3))
            blocks.append(Verbatim(f"Author: {submission.sender}\n\n{submission.body}"))
        else:
            lines = f"Exist: {submission.repeats}\n Skip: {submission.subject}"
            blocks.append(Verbatim(lines))
    return blocks


def _sum_up(result: ListUpdate) -> str:
    """Return the update in one sentence."""
    sent = count_things(result.patches, "patch")
    if result.cover_letters:
        sent += f" and {count_things(result.cover_letters, 'cover letter')}"
    people = f"{result.people:,} {'person' if result.people == 1 else 'people'}"
    span = f", {result.activity.span}" if result.activity.span else ""
    groups = len(result.series)
    series = f"{groups:,} series or lone {'patch' if groups == 1 else 'patches'}"
    return f"{sent} by {people}, in {series}{span}."


def _rank(label: str, counts: tuple[Count, ...]) -> Table:
    return make_ranking(label, tuple((row.count, row.text) for row in counts))


def _title(result: ListUpdate) -> str:
    name = f"{result.list_name} mailing" if result.list_name else "Mailing"
    return f"{name} list update {_from(result)}"


def _from(result: ListUpdate) -> str:
    if result.base and result.base == result.tip:
        return f"of {result.tip}"  # a list of mails has one name
    return f"from {result.base or 'the beginning'} to {result.tip}"


def _lines(result: ListUpdate) -> Iterator[str]:
    """Yield the lines of the classic text, for a mail to the list."""
    yield safe_text(_from(result).replace("from", "From", 1).removeprefix("of "))
    yield safe_text(_title(result))
    yield from result.left_out.sentences
    if result.is_by_date:
        yield BY_DATE
    elif find_day(result.base):  # the text of a range of commits is that of the classic script
        for told in result.dates.sentences:
            yield from wrap_text(told, _WIDTH)
    yield f"\nTop {result.top} contributor Email domains (Based on Email Body)\n"
    yield from (f"{row.count:7} {safe_text(row.text)}" for row in result.domains)
    yield f"\nTop {result.top} contributors (Based on Email Body)\n"
    yield from (f"{row.count:7}  {safe_text(row.text)}" for row in result.contributors)
    yield "\n===== Patch list in this time period =====\n"
    yield from map(safe_text, result.series)
    yield "\n===== Patch Commit Messages ====\n"
    for submission in result.submissions:
        yield from _submission_lines(submission)


def _submission_lines(submission: ListedSubmission) -> Iterator[str]:
    subject = safe_text(submission.subject)
    if submission.repeats is not None:
        yield f"Exist: {safe_text(submission.repeats)}"
        yield f" Skip: {subject}"
        return
    yield f"New:  {safe_text(submission.title)}"
    yield subject
    yield f"Author: {safe_text(submission.sender)}\n"
    yield safe_text(submission.body, multiline=True)
    yield f"\n{_RULE}\n"
