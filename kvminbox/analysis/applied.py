"""What was merged or applied, as far as mails say so."""

from datetime import datetime

from kvminbox.analysis.people import is_reply
from kvminbox.analysis.result import Figure, MessageRef, Result, make_refs
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.models import Address, Corpus, Message, Model, Series
from kvminbox.order import each_once
from kvminbox.review.applied import AppliedText, find_applied


class AppliedWork(Model):
    """A series, a patch or a pull request that mails say was applied."""

    title: str
    """The series' title; else the title of the mail that says so."""

    revision: int | None
    """The series' revision; None where the corpus does not hold it."""

    by: Address
    """Who said so first: a maintainer, or a program."""

    date: datetime | None
    """When, as claimed."""

    tree: str
    """Where to, as written; often not said."""

    commits: tuple[str, ...]
    """The commits that the mails name, as written; often none."""

    evidence: str
    """The words by which the first mail was recognised."""

    messages: tuple[MessageRef, ...]
    """The mails that say so."""


class AppliedReport(Result):
    """The result of `compute_applied`. No tree was checked to see whether it is true."""

    rows: tuple[AppliedWork, ...] = ()
    """What was applied, the latest first."""


def compute_applied(corpus: Corpus) -> AppliedReport:
    """List what mails of the corpus say was merged or applied, one row for each series.

    Work that was sent before the corpus begins is listed, too, by the title of the
    mail that says so. Programs are believed just as maintainers are.
    """
    snapshot = Snapshot.of(corpus)
    series = _series_by_mail(snapshot)
    works: dict[str, list[tuple[Message, AppliedText]]] = {}
    for message in each_once(snapshot.messages()):
        text = find_applied(message) if is_reply(message) or message.kind == "bot" else None
        if text is not None:
            one = series.get(message.message_id or "")
            key = repr(one.ref) if one else message.subject.title
            works.setdefault(key, []).append((message, text))
    rows = [_make_work(said, series) for said in works.values()]
    rows.sort(key=lambda row: (-row.date.timestamp() if row.date else 0.0, row.title))
    figures = (
        Figure(label="series, patches and pull requests", count=len(rows)),
        Figure(label="mails that say so", count=sum(len(row.messages) for row in rows)),
    )
    return AppliedReport(title="Merged or applied", rows=tuple(rows), figures=figures)


def _series_by_mail(snapshot: Snapshot) -> dict[str, Series]:
    """Map the Message-ID of each mail that says so to the series that it answers."""
    return {
        applied.message_id: series
        for series, review in snapshot.reviews()
        for applied in review.applied
        if applied.message_id
    }


def _make_work(said: list[tuple[Message, AppliedText]], series: dict[str, Series]) -> AppliedWork:
    first, text = said[0]
    one = series.get(first.message_id or "")
    commits = (commit for _, words in said for commit in words.commits)
    return AppliedWork(
        title=one.title if one else first.subject.title,
        revision=one.revision if one else None,
        by=first.sender,
        date=first.date,
        tree=next((words.tree for _, words in said if words.tree), ""),
        commits=tuple(dict.fromkeys(commits)),
        evidence=text.evidence,
        messages=make_refs(message for message, _ in said),
    )
