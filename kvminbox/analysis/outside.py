"""Series of which a corpus has answers, and not all mails: told apart by thread and subject."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from kvminbox.analysis.snapshot import Snapshot
from kvminbox.models import Message, Series, Subject


@dataclass(slots=True)
class OutsideSeries:
    """What subjects of one thread tell of a series that is at least in part outside the corpus."""

    titles: dict[int, str] = field(default_factory=dict)
    """The titles that subjects tell, by number; 0 is the cover letter's."""

    series: Series | None = None
    """What the corpus has of it; None for nothing."""

    is_one: bool = True
    """Whether it is sure that these subjects are those of one series."""


def find_outside(snapshot: Snapshot, answers: Collection[Message]) -> Mapping[int, OutsideSeries]:
    """Return, by the `id()` of each answer, the series outside the corpus that it answers.

    Answers below one series have its revision, its total and its marks in their subjects, and
    are in one thread: `Re: [PATCH v5 1/2]` and `Re: [PATCH v5 0/2]`. Where two titles have the
    same number, two series were sent in the thread, and nothing is returned for their answers;
    nor for one whose subject has no number.

    Args:
        snapshot: the corpus.
        answers: mails of it, each of which answers none of the mails that the corpus has.
    """
    wanted = {id(mail) for mail in answers if mail.subject.counter_stated}
    if not wanted:
        return {}
    owners = {id(mail): one for one in snapshot.series() if is_part(one) for mail in one.messages}
    found: dict[int, OutsideSeries] = {}
    for thread in snapshot.threads():
        mails = thread.messages
        if any(id(mail) in wanted for mail in mails):
            found.update(_sort(mails, owners))
    return {key: one for key, one in found.items() if key in wanted and one.is_one}


def is_part(series: Series) -> bool:
    """Whether the corpus lacks a patch of a numbered series, or its cover letter."""
    is_numbered = any(mail.subject.counter_stated for mail in series.messages)
    return bool(series.missing) or (is_numbered and series.cover is None)


def count_missing(series: Series) -> int:
    """Return how many patches the corpus lacks; none of a new version of some of a series'."""
    return 0 if series.status == "partial_reroll" else count_absent(series)


def count_absent(series: Series) -> int:
    """Return how many of its numbers no patch has: they are missing, or were not sent again."""
    return series.total - sum(number <= series.total for number in series.numbers)


def _sort(
    mails: Iterable[Message], owners: Mapping[int, Series]
) -> Iterable[tuple[int, OutsideSeries]]:
    """Return each numbered mail of a thread with its series."""
    by_name: dict[Hashable, OutsideSeries] = {}
    for mail in mails:
        subject = mail.subject
        if not subject.counter_stated:
            continue
        one = by_name.setdefault(_name(subject), OutsideSeries())
        title = one.titles.setdefault(subject.counter, subject.title)
        owner = owners.get(id(mail))
        if _fold(title) != _fold(subject.title) or (owner and one.series not in {None, owner}):
            one.is_one = False
        one.series = one.series or owner
        yield id(mail), one


def _name(subject: Subject) -> Hashable:
    """Return what the subjects of a series' mails have in common."""
    return (
        subject.revision,
        subject.minor_revision,
        subject.total,
        subject.is_rfc,
        subject.is_resend,
        subject.trees,
    )


def _fold(title: str) -> str:
    return "".join(title.split()).casefold()
