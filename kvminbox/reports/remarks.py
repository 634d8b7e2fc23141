"""A review as people read it, and the sections on remarks that are open or went unheard."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kvminbox.analysis import (
    RemarkList,
    RemarkRow,
    ReviewedMail,
    SeriesRemarks,
    compute_open_remarks,
    compute_unheard_remarks,
)
from kvminbox.analysis.standing import STANDINGS
from kvminbox.dates import write_day
from kvminbox.display import Block, DiffText, Heading, Note, Paragraph, Table, Tone, Verbatim
from kvminbox.models import FollowUp, FollowUpOutcome, Remark, SeriesRef
from kvminbox.reports.layout import lay_out, make_links, or_nothing, show, sum_up
from kvminbox.reports.section import Section
from kvminbox.review.part import join_applied, tell_applied
from kvminbox.words import count_things, list_some, name_later, shorten

AROUND: Final = 12
"""Rows above and below a remark's quote that are shown; of what is farther, the number is."""

_MEANINGS: Final = {
    "Open remarks": (
        "Open are those without an answer by the author of the patch, and without a later version,"
        " in the mails of this period. Answers of others do not count. Up to one in"
        " twenty asks for nothing."
    ),
    "Remarks with no answer and no change there": (
        "They have no reply by the author of the patch, and the next version left their place as"
        " it was. Answers of others do not count. Up to one in five asks for nothing: an agreement,"
        " thanks, an afterthought."
    ),
}
"""What the lists of remarks mean, by their titles."""

_REPLIED: Final = "author replied to the mail"

MAX_PROGRAMS: Final = 4
"""Programs that are named."""

MAX_SHOWN: Final = 160
"""Characters of a remark that a list shows."""

_OUTCOMES: Final[dict[FollowUpOutcome, str]] = {
    "changed": "changed in {next}",
    "near": "a line next to it changed in {next}",
    "elsewhere": "something else changed in {next}",
    "unchanged": "unchanged in {next}",
    "dropped": "its patch is not in {next}",
    "gone": "its file is not in {next}",
    "no_version": "no later version",
}
_GOOD: Final = frozenset({"changed", "near", "dropped", "gone"})


def open_remarks() -> Section[RemarkList]:
    """Return the list of remarks without an answer and without a later version."""
    return Section("open_remarks", compute_open_remarks)


def unheard_remarks() -> Section[RemarkList]:
    """Return the list of unanswered remarks whose lines the next version left unchanged."""
    return Section("unheard_remarks", compute_unheard_remarks)


@lay_out.register
def lay_out_remarks(result: RemarkList) -> list[Block]:
    """Return remarks as a table, the latest first."""
    table = Table(
        ("sent", "by", "series", "patch", "where", "remark"),
        tuple(map(_cells, result.rows)),
        links=tuple(make_links(row.messages) for row in result.rows),
        linked="remark",
        one_each=True,
        short=frozenset({"sent", "patch"}),
        title="series",
        quoted=frozenset({"remark"}),
        phrases={"by": "by", "where": ""},
        row_by_row=True,
    )
    total = next((figure.count for figure in result.figures), 0)
    among = f", which has {count_things(total, 'remark')} by reviewers" if total else ""
    nothing = f"{result.title}: none in this period{among}."
    meaning = _MEANINGS.get(result.title, "")
    told = [*sum_up(result.figures), *([Paragraph(meaning)] if meaning else [])]
    more = (*_tell_replied(result.rows), *_tell_programs(result))
    return [*(told if result.rows else ()), *more, or_nothing(table, nothing)]


def _tell_replied(rows: Sequence[RemarkRow]) -> Iterator[Paragraph]:
    count = sum(row.author_replied for row in rows)
    if count:
        mails = "mail of one" if count == 1 else f"mails of {count:,}"
        are = "It is" if count == 1 else "They are"
        yield Paragraph(
            f"The author replied to the {mails} of them without a quote of these words. {are}"
            f" marked “{_REPLIED}”, and may be answered."
        )


def _tell_programs(result: RemarkList) -> Iterator[Paragraph]:
    if result.programs:
        names = list_some(result.programs, MAX_PROGRAMS)
        yield Paragraph(
            f"What programs remarked is counted apart, and not listed: {names}."
            " `kvminbox review` shows it, and the table `follow_ups` has it, as `by_program`."
        )


def _cells(row: RemarkRow) -> tuple[str, ...]:
    series = name_later(row.series, row.revision, row.minor_revision, is_rfc=row.is_rfc)
    number = "" if row.patch is None else str(row.patch)
    words = _words(row, MAX_SHOWN)
    if row.author_replied:
        words += f" [{_REPLIED}]"
    return show(row.date) or "?", row.by.name_or_email, series, number, row.where, words


@lay_out.register
def lay_out_review(result: SeriesRemarks) -> list[Block]:
    """Return a series with the remarks between its lines, mail by mail."""
    followed = {_key(one.remark): one for one in result.follow_ups}
    blocks: list[Block] = [Paragraph(_headline(result)), *_tell_standing(result)]
    nothing = "Nobody has commented on it yet." if _is_unanswered(result) else "No remarks."
    blocks.append(or_nothing(_summary(result), nothing))
    for mail in result.mails:
        remarks = [one for one in result.remarks if one.patch_message_id == mail.message_id]
        blocks += _lay_out_mail(mail, remarks, followed)
    return blocks


def _is_unanswered(result: SeriesRemarks) -> bool:
    """Whether nobody answered or tagged it; of JSON without a state, whether nobody applied it."""
    if result.standing is None:
        return not result.applied
    return result.standing.state in {"waiting", "backport"}


def _tell_standing(result: SeriesRemarks) -> Iterator[Paragraph]:
    """Yield its state and why; of JSON that has none, who said that it was applied."""
    standing = result.standing
    if standing is None:
        numbers = {mail.number for mail in result.mails} - {0}
        told = [tell_applied(one, numbers, result.total) for one in join_applied(result.applied)]
        if told:
            yield Paragraph(f"{'; '.join(told)}.")
        return
    name = STANDINGS[standing.state]
    if standing.next:
        name += f" by {_name_next(standing.next, result.series)}"
    yield Paragraph(f"State: {'; '.join((name, *standing.evidence))}.")


def _name_next(ref: SeriesRef, own: SeriesRef) -> str:
    name = "a later sending" if ref.label == own.label else ref.label
    sent = f" of {write_day(ref.date)}" if ref.date else ""
    return f"{name}{f' <{ref.message_id}>' if ref.message_id else ''}{sent}"


def _headline(result: SeriesRemarks) -> str:
    sent = f" on {write_day(result.series.date)}" if result.series.date else ""
    counts = {figure.label: figure.count for figure in result.figures}
    said = count_things(counts["reviewers' remarks"], "remark")
    people = count_things(counts["reviewers"], "reviewer")
    later = {one.next.label: one.next for one in result.follow_ups if one.next}
    versions = ", ".join(
        f"{ref.label} ({write_day(ref.date)})" if ref.date else ref.label for ref in later.values()
    )
    is_last = result.standing is None or result.standing.next is None
    alone = " There is no later version." if is_last else ""
    compared = f" Compared with {versions}." if versions else alone
    which = "It is" if len(result.follow_ups) == 1 else "Each is"
    told = f" {which} shown below the line that it is about, with the replies to it."
    how = told if result.follow_ups else ""
    more = counts.get("more remarks by programs", 0)
    programs = {
        one.remark.sender.name_or_email: None for one in result.follow_ups if one.remark.by_program
    }
    names = list_some(list(programs), MAX_PROGRAMS)
    kind = "a program" if len(programs) == 1 else "programs"
    by_programs = f" {more} more by {names}, {kind}." if more else ""
    head = f"Sent by {result.sender.name_or_email}{sent}. {said} by {people}.{by_programs}"
    return f"{head}{compared}{how}"


def _summary(result: SeriesRemarks) -> Table:
    listed = sorted(result.follow_ups, key=_order)
    replies = {ref.message_id: ref for ref in result.replies}
    mails = (replies.get(one.remark.message_id) for one in listed)
    rows = tuple(
        (
            "" if one.remark.patch is None else str(one.remark.patch),
            _where(one.remark),
            f"{one.remark.sender.name_or_email}{_role(one.remark)}",
            _words(one.remark, MAX_SHOWN // 2),
            _label(one),
        )
        for one in listed
    )
    columns = ("patch", "where", "by", "remark", "outcome")
    return Table(
        columns, rows, short=frozenset({"patch"}), name="remarks", optional=frozenset({"remark"}),
        links=tuple(make_links((one,) if one else ()) for one in mails) if replies else (),
        linked="remark" if replies else "",
        quoted=frozenset({"remark"}), phrases={"by": "by", "outcome": ""},
    )  # fmt: skip


def _words(remark: RemarkRow | Remark, limit: int) -> str:
    """Return the words of a remark in one line, and of a `ditto` what it refers to."""
    words = " ".join(remark.text.split())
    if remark.refers_to:
        words = f"{words} [that is: {' '.join(remark.refers_to.split())}]"
    return shorten(words, limit)


def _order(found: FollowUp) -> tuple[float, bool, bool, int]:
    """Return where the page has a remark: mail by mail, the text above the diff, the whole last."""
    remark = found.remark
    number = float("inf") if remark.patch is None else remark.patch
    is_diff = remark.place in {"line", "file"}
    return number, remark.row is None, is_diff, remark.row or 0


def _where(remark: Remark) -> str:
    if not remark.path:
        return {"message": "commit message", "cover": "cover letter"}.get(
            remark.place, remark.place
        )
    return remark.path if remark.line is None else f"{remark.path}:{remark.line}"


def _label(found: FollowUp) -> str:
    name = found.next.label if found.next else ""
    words = _OUTCOMES[found.outcome].format(next=name)
    if found.next_path:
        words += f", in {found.next_path}"
    if found.hearings:
        return f"{words}; the changelog of {name} has heard it"
    if found.answered:
        return f"{words}; the author answered"
    if found.answering:
        return f"{words}; the author answered by sending {found.answering.label}"
    return f"{words}; no answer from the author"


def _key(remark: Remark) -> tuple[object, ...]:
    return remark.message_id, remark.patch_message_id, remark.place, remark.row, remark.text


def _lay_out_mail(
    mail: ReviewedMail, remarks: list[Remark], followed: dict[tuple[object, ...], FollowUp]
) -> Iterator[Block]:
    name = "Cover letter" if mail.number == 0 else f"Patch {mail.number}"
    yield Heading(f"{name}: {mail.title}")
    if not remarks:
        yield Paragraph("No remarks.")
        return
    general = [one for one in remarks if one.row is None]
    for part in ("text", "diff"):
        text = getattr(mail, part)
        is_diff = part == "diff"
        own = [
            one
            for one in remarks
            if one.row is not None and (one.place in {"line", "file"}) == is_diff
        ]
        yield from _lay_out_rows(text.rstrip("\n").split("\n"), own, followed, is_diff=is_diff)
    for whole in ("series", "patch"):
        if own := [one for one in general if (one.patch is None) == (whole == "series")]:
            yield Heading(f"About the whole {whole}", level=3)
            yield from (_note(one, followed) for one in own)


def _lay_out_rows(
    rows: list[str],
    remarks: list[Remark],
    followed: dict[tuple[object, ...], FollowUp],
    *,
    is_diff: bool,
) -> Iterator[Block]:
    """Yield rows with the remarks below them; rows far from any remark are only counted."""
    if not any(map(str.strip, rows)):
        return
    by_row: dict[int, list[Remark]] = {}
    for remark in remarks:
        by_row.setdefault(min(remark.row or 0, len(rows) - 1), []).append(remark)
    shown = _choose_rows(rows, by_row, is_diff=is_diff)
    make = DiffText if is_diff else Verbatim
    kept: list[str] = []
    hidden = 0
    for number, row in enumerate(rows):
        if number in shown:
            if hidden:
                kept.append(f"[{count_things(hidden, 'line')} left out]")
                hidden = 0
            kept.append(row)
        else:
            hidden += 1
        if number in by_row:
            yield make("\n".join(kept))
            kept = []
            yield from (_note(one, followed) for one in by_row[number])
    if kept:
        yield make("\n".join(kept))


def _choose_rows(rows: list[str], by_row: dict[int, list[Remark]], *, is_diff: bool) -> set[int]:
    shown: set[int] = set()
    for row, found in by_row.items():
        first = min(one.first_row if one.first_row is not None else row for one in found)
        start = max(0, min(row, max(first, row - 2 * AROUND)) - AROUND // 2)
        shown.update(range(start, min(len(rows), row + AROUND // 2 + 1)))
    # the header of their file and hunk, so that one knows where one is
    file = hunk = -1
    for place, line in enumerate(rows):
        if line.startswith("@@ "):
            hunk = place
        elif line.startswith(("+++ ", "--- /dev/null")):
            file, hunk = place, -1
        elif place in by_row and is_diff:
            shown |= {file, hunk} - {-1}
    gaps = sorted(shown)
    for before, after in pairwise(gaps):
        if after - before == 2:  # one line is as long as the words that it was left out
            shown.add(before + 1)
    return shown


def _note(remark: Remark, followed: dict[tuple[object, ...], FollowUp]) -> Note:
    sent = f", {write_day(remark.date)}" if remark.date else ""
    found = followed.get(_key(remark))
    return Note(
        f"{remark.sender.name_or_email}{_role(remark)}{sent}",
        remark.text,
        "" if found is None else _label(found),
        "quiet" if found is None else _tone(found),
        is_answer=remark.is_answer,
    )


def _role(remark: Remark) -> str:
    return " (author)" if remark.by_author else " (program)" if remark.by_program else ""


def _tone(found: FollowUp) -> Tone:
    if found.outcome in _GOOD:
        return "good"
    is_closed = found.answered or found.hearings or found.remark.by_program
    return "quiet" if is_closed else "open"
