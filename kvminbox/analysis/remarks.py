"""The remarks on a series, on its mails' own lines; and those of a list that nobody heard."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from kvminbox.analysis.result import Figure, MessageRef, Result, make_ref, make_refs
from kvminbox.analysis.settled import is_settled
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.analysis.standing import Standing, find_standing, review_in_chain
from kvminbox.models import (
    Address,
    Applied,
    Chain,
    Corpus,
    FollowUp,
    FollowUpOutcome,
    Message,
    Model,
    Patch,
    Remark,
    RemarkPlace,
    Series,
    SeriesRef,
    Submission,
)
from kvminbox.models.list_marks import find_footer
from kvminbox.models.series import name_version
from kvminbox.order import index_by_id
from kvminbox.patches.split import find_signature
from kvminbox.remarks import collect_remarks, follow_up
from kvminbox.trailers import is_same_person


class ReviewedMail(Model):
    """A patch or cover letter as the remarks on it quote it."""

    number: int
    """Its number in the series; 0 for the cover letter."""

    message_id: str | None
    """Its Message-ID."""

    title: str
    """Its title."""

    author: Address
    """Who wrote it."""

    text: str
    """Its text above the diff, without git's signature; `Remark.row` counts its lines, from 0."""

    diff: str
    """Its diff; for a remark on a line or file `Remark.row` counts its lines, from 0."""


class SeriesRemarks(Result):
    """The result of `compute_series_remarks`; its figures count what people said."""

    series: SeriesRef
    """Which series."""

    sender: Address
    """Who sent it."""

    mails: tuple[ReviewedMail, ...] = ()
    """Its cover letter and its patches, in order."""

    remarks: tuple[Remark, ...] = ()
    """All that was said about them, in the order in which it was sent."""

    follow_ups: tuple[FollowUp, ...] = ()
    """What became of the reviewers' own remarks, and of those of programs that review: see
    `Remark.by_program`."""

    replies: tuple[MessageRef, ...] = ()
    """The mails that hold the remarks, each once; none in older JSON."""

    applied: tuple[Applied, ...] = ()
    """Which mails say that it was applied, or some of its patches, as `SeriesReview.applied`."""

    total: int = 0
    """How many patches its mails say there are."""

    standing: Standing | None = None
    """How far it has come: its state on a board, or why it is on none; None in older JSON."""


def compute_series_remarks(
    chain: Chain, series: Series, messages: Iterable[Message]
) -> SeriesRemarks:
    """Return the remarks on a series, and what became of them.

    Args:
        chain: the chain that holds the series, and the versions after it.
        series: the series.
        messages: the mails in which replies are looked for: its thread's, or more.
    """
    listed = list(messages)
    remarks = collect_remarks(series, listed)
    followed = [one for one in follow_up(chain, listed) if one.series == series.ref]
    review = review_in_chain(chain, series, listed)
    own = [one for one in followed if not one.remark.by_program]
    people = {one.remark.sender.key for one in own}
    return SeriesRemarks(
        title=f"Review of {name_version(series)} {series.title}",
        figures=(
            Figure(label="reviewers' remarks", count=len(own)),
            Figure(label="reviewers", count=len(people)),
            Figure(label="more remarks by programs", count=len(followed) - len(own)),
        ),
        series=series.ref,
        sender=series.sender,
        mails=tuple(_make_mail(series, mail) for mail in series.messages),
        remarks=remarks,
        follow_ups=tuple(followed),
        replies=_find_replies(remarks, listed),
        applied=review.applied,
        total=series.total,
        standing=find_standing(series, review, followed),
    )


def _find_replies(remarks: Iterable[Remark], messages: Iterable[Message]) -> tuple[MessageRef, ...]:
    mails = index_by_id(messages)
    ids = dict.fromkeys(one.message_id for one in remarks if one.message_id)
    return make_refs(mails[one] for one in ids if one in mails)


def _make_mail(series: Series, mail: Message) -> ReviewedMail:
    diff = mail.diff if isinstance(mail, Patch) else ""
    start = mail.body.find(diff) if diff else -1
    return ReviewedMail(
        number=series.number_of(mail) if isinstance(mail, Patch) else 0,
        message_id=mail.message_id,
        title=mail.title if isinstance(mail, Submission) else mail.subject.title,
        author=mail.author if isinstance(mail, Submission) else mail.sender,
        text=mail.body[:start] if start >= 0 else _without_end(mail.body),
        diff=diff,
    )


def _without_end(body: str) -> str:
    """Return a cover letter's text without git's signature and what the list put below it."""
    lines = body[: find_signature(body)].split("\n")
    return "\n".join(lines[: find_footer(lines)]).rstrip()


class RemarkRow(Model):
    """A remark, in a list of them."""

    date: datetime | None
    """When it was sent, as claimed."""

    by: Address
    """Who wrote it."""

    series: str
    """The title of the series."""

    revision: int
    """Its revision."""

    minor_revision: int | None = None
    """The minor number of a revision such as `v5.5`."""

    is_rfc: bool = False
    """Whether its subject marks it as an RFC: the cover letter's, else the first patch's."""

    patch: int | None
    """The number of the patch; 0 for the cover letter."""

    place: RemarkPlace
    """What it is below."""

    where: str
    """The file and the line, where it has one."""

    text: str
    """What was written."""

    refers_to: str = ""
    """What it refers to in the same mail, where it has no words of its own: `ditto`."""

    outcome: FollowUpOutcome
    """What the next version did with its place."""

    author_replied: bool = False
    """Whether the author replied to its mail, though without a quote of these words: perhaps to
    them, more often to another remark there."""

    messages: tuple[MessageRef, ...]
    """The mail that holds it."""


class RemarkList(Result):
    """The result of `compute_open_remarks` and `compute_unheard_remarks`."""

    rows: tuple[RemarkRow, ...] = ()
    """The remarks of people, the latest first."""

    programs: tuple[str, ...] = ()
    """The programs whose remarks are counted and not listed, by name, that with the most first."""


def compute_open_remarks(corpus: Corpus) -> RemarkList:
    """List the remarks that nothing followed: no later version, and no answer from the author.

    Those are not listed, but counted, whose writer approved of the patch in the same mail or later,
    and those on what was applied since; and those of programs. Only those with a place are listed:
    a line, a file, or words of a message. It says what the corpus has; an answer may have gone
    elsewhere.
    """
    return _list_remarks(corpus, "Open remarks", "open", {"no_version"})


def compute_unheard_remarks(corpus: Corpus) -> RemarkList:
    """List the remarks whose place is as it was in the next version, without an answer.

    Those that the changelog of that version has heard are left out: it names the reviewer for the
    same thing. Those are not listed, but counted, whose writer approved of the patch in the same
    mail or later, and those on what was applied since; and those of programs.
    The next version may have heard the others all the same, by a change in another file, for one.
    """
    return _list_remarks(
        corpus, "Remarks with no answer and no change there",
        "with no answer and no change there", {"unchanged", "elsewhere"},
    )  # fmt: skip


def _list_remarks(
    corpus: Corpus, title: str, which: str, outcomes: set[FollowUpOutcome]
) -> RemarkList:
    snapshot = Snapshot.of(corpus)
    mails = {message.message_id: message for message in snapshot.messages()}
    reviews = {repr(series.ref): (series, review) for series, review in snapshot.reviews()}
    total = settled = 0
    programs: Counter[str] = Counter()
    listed: list[FollowUp] = []
    for found in snapshot.follow_ups():
        by_program = found.remark.by_program
        total += not by_program
        if not _is_listed(found, outcomes):
            continue
        known = reviews.get(repr(found.series))
        is_closed = known is not None and is_settled(found.remark, known[1])
        if by_program:
            programs[found.remark.sender.name_or_email] += not is_closed
        elif is_closed:
            settled += 1
        else:
            listed.append(found)
    repliers = _find_repliers(snapshot.messages(), {one.remark.message_id for one in listed})
    rows = [
        _make_row(
            one,
            mails.get(one.remark.message_id),
            author_replied=bool(
                (known := reviews.get(repr(one.series)))
                and _is_any_author(repliers.get(one.remark.message_id or "", ()), one, known[0])
            ),
        )
        for one in listed
    ]
    rows.sort(key=lambda row: (-row.date.timestamp() if row.date else 0.0, row.series, row.where))
    figures = (
        Figure(label="reviewers' remarks", count=total),
        Figure(label=f"of which {which}", count=len(rows)),
        Figure(
            label="more settled by an approval, or by being applied or withdrawn", count=settled
        ),
        Figure(label="more by programs", count=programs.total()),
    )
    names = tuple(name for name, count in programs.most_common() if count)
    return RemarkList(title=title, figures=figures, rows=tuple(rows), programs=names)


def _is_listed(found: FollowUp, outcomes: set[FollowUpOutcome]) -> bool:
    has_place = found.remark.place not in {"general", "unknown"}
    is_heard = found.answered or bool(found.hearings)
    return has_place and found.outcome in outcomes and not is_heard


def _find_repliers(
    messages: Iterable[Message], wanted: Collection[str | None]
) -> dict[str, list[Address]]:
    """Return who replied to each of some mails, by its Message-ID."""
    found: dict[str, list[Address]] = {}
    for message in messages:
        for identity in message.in_reply_to:
            if identity in wanted:
                found.setdefault(identity, []).append(message.sender)
    return found


def _is_any_author(people: Iterable[Address], found: FollowUp, series: Series) -> bool:
    """Whether one of some people sent the series, or wrote the patch that a remark is on."""
    mail_id = found.remark.patch_message_id
    authors = [series.sender, *(one.author for one in series.patches if one.message_id == mail_id)]
    return any(is_same_person(person, author) for person in people for author in authors)


def _make_row(found: FollowUp, mail: Message | None, *, author_replied: bool) -> RemarkRow:
    remark = found.remark
    line = "" if remark.line is None else f":{remark.line}"
    return RemarkRow(
        date=remark.date,
        by=remark.sender,
        series=found.series.title,
        revision=found.series.revision,
        minor_revision=found.series.minor_revision,
        is_rfc=found.series.is_rfc,
        patch=remark.patch,
        place=remark.place,
        where=f"{remark.path}{line}" if remark.path else remark.place,
        text=remark.text,
        refers_to=remark.refers_to,
        outcome=found.outcome,
        author_replied=author_replied,
        messages=(make_ref(mail),) if mail else (),
    )
