"""The data of a mailing-list update: who wrote the patches of a window, and what they say."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from kvminbox.analysis.activity import Activity, arrival_of, count_activity
from kvminbox.analysis.by_date import count_later, is_late
from kvminbox.analysis.list_name import name_by_ids
from kvminbox.analysis.ranking import check_top
from kvminbox.analysis.result import Tabular
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.analysis.window_dates import WindowDates, find_begin
from kvminbox.models import (
    Corpus,
    CoverLetter,
    LeftOut,
    Message,
    Model,
    Patch,
    Progress,
    PullRequest,
    Series,
    Submission,
    find_left_out,
)
from kvminbox.models.begun import begin
from kvminbox.models.corpus import check_corpus, find_lists, was_sent_in
from kvminbox.order import each_once, message_order
from kvminbox.patches import excerpt_body
from kvminbox.series import group_series


class Count(Model):
    """How often something was seen."""

    text: str
    """What was counted, as written in the mails."""

    count: int
    """How many patches and cover letters."""


class ListedSubmission(Model):
    """A cover letter, a patch 1/N, or a lone patch, with its text."""

    message_id: str | None
    """The mail's Message-ID."""

    subject: str
    """The whole subject, unfolded."""

    title: str
    """The subject without its prefix."""

    sender: str
    """Who sent it: `NAME <ADDRESS>`, with the local part for a name where there is none."""

    body: str
    """The text without in-body headers, through the diffstat's summary line."""

    repeats: str | None = None
    """The subject of a newer mail with the same title, where that is shown instead."""


class ListUpdate(Tabular):
    """The result of `compute_list_update`.

    People and domains are counted by what the mails say: an author's two
    addresses are two people here, as in `compute_authors`. In the list of contributors
    two spellings of one address are two rows.
    """

    format_version: Literal[1] = 1
    """The number of this shape, in JSON too; it changes when a field changes its meaning."""

    base: str
    """Where the window begins, as the caller wrote it."""

    tip: str
    """Where the window ends, as the caller wrote it."""

    left_out: LeftOut = LeftOut()
    """What the window left out: mails that could not be read, epochs that are not here."""

    is_by_date: bool = False
    """Whether the mails were chosen by Date, as those of a `SentWindow`."""

    dates: WindowDates = WindowDates()
    """How many of its mails came late; of lists that end early it tells nothing."""

    list_name: str
    """The list's name, given or from List-Id; empty if neither is there."""

    top: int
    """How many domains and contributors are listed at the most."""

    patches: int
    """Patches in the window."""

    cover_letters: int
    """Cover letters in the window."""

    activity: Activity = Activity()
    """Patches and cover letters by the day on which they arrived."""

    people: int = 0
    """Their authors, told apart by address, else by name."""

    domains: tuple[Count, ...]
    """The authors' mail domains, most frequent first."""

    contributors: tuple[Count, ...]
    """The authors as written, most frequent first; one who was written in two ways has two rows."""

    series: tuple[str, ...]
    """The subjects of series and lone patches, the last sent first: of a series its cover
    letter, else its first patch that is there."""

    submissions: tuple[ListedSubmission, ...]
    """Each cover letter, patch 1/N and lone patch, newest first."""


def compute_list_update(
    corpus: Corpus, *, top: int = 15, name: str | None = None, progress: Progress | None = None
) -> ListUpdate:
    """Count authors and collect new series, in one pass over a corpus.

    Args:
        corpus: a window of an archive, or any other corpus.
        top: how many domains and contributors to list at most.
        name: the list's name; None to take it from the mails' List-Id.
        progress: is called with how far the reading is.

    Raises:
        kvminbox.errors.UsageError: `top` is below 1.
    """
    check_corpus(corpus)
    check_top(top)
    lists: Counter[str] = Counter()
    domains: Counter[str] = Counter()
    written: Counter[str] = Counter()
    people: set[str] = set()
    kinds: Counter[str] = Counter()
    listed: list[_Listed] = []
    moments: list[datetime | None] = []
    times: Counter[str] = Counter()
    first_day, has_begin = find_begin(corpus)

    grouped: Sequence[Series] | None = corpus.grouped if isinstance(corpus, Snapshot) else None

    def count() -> Iterator[Message]:
        for message in each_once(corpus.messages(progress=progress), by_id=_is_reply):
            lists[message.list_id or ""] += 1
            times["messages"] += 1
            times["late"] += has_begin and is_late(message, first_day)
            if isinstance(message, Patch | CoverLetter):
                kinds[message.kind] += 1
                moments.append(arrival_of(message))
                domains[message.author.domain] += 1
                written[message.author.written] += 1
                people.add(message.author.key)
                if _opens_series(message):
                    listed.append(_list_submission(message))
            yield message

    if grouped is None:
        grouped = group_series(map(_slim, count()))
    else:
        deque(count(), maxlen=0)
    series = _list_series(grouped)
    listed.reverse()
    return ListUpdate(
        base=corpus.base,
        tip=corpus.tip,
        left_out=find_left_out(corpus),
        is_by_date=was_sent_in(corpus),
        dates=WindowDates(
            messages=times["messages"],
            late=times["late"],
            later=corpus.later if isinstance(corpus, Snapshot) else count_later(corpus),
            is_by_date=was_sent_in(corpus),
        ),
        list_name=_list_name(lists, find_lists(corpus)) if name is None else name,
        top=top,
        patches=kinds["patch"],
        cover_letters=kinds["cover_letter"],
        activity=count_activity(moments),
        people=len(people - {""}),
        domains=_rank(domains, top),
        contributors=_rank(written, top),
        series=series,
        submissions=tuple(_mark_repeats(listed)),
    )


def _is_reply(message: Message) -> bool:
    """Whether a mail only tells the list's name, and which mails are there."""
    return message.subject.is_reply and not isinstance(message, Patch | CoverLetter)


def _opens_series(message: Submission) -> bool:
    subject = message.subject
    return isinstance(message, CoverLetter) or subject.counter == 1 or not subject.counter_stated


def _rank(counts: Counter[str], top: int) -> tuple[Count, ...]:
    """Return counts in descending order, ties by their bytes, also descending."""
    del counts[""]
    rows = sorted(counts.items(), key=lambda row: (row[1], row[0].encode()), reverse=True)
    return tuple(Count(text=text, count=count) for text, count in rows[:top])


def _list_name(lists: Counter[str], inboxes: tuple[str, ...]) -> str:
    """Return the list's name in capitals: KVM for `kvm.vger.kernel.org`."""
    del lists[""]
    if not inboxes:
        return name_by_ids(lists).upper()
    capitals = Counter({one.upper(): count for one, count in lists.items()})
    return name_by_ids(capitals, [one.upper() for one in inboxes])


class _Nothing:
    """The source of slim mails: what grouping does not need is as in an empty mail."""

    _EMPTY: Final = PullRequest()  # it has each field that any kind has

    def read_field(self, name: str, /) -> object:
        return getattr(self._EMPTY, name)


_NOTHING: Final = _Nothing()


def _slim(message: Message) -> Message:
    """Return a mail with only what grouping needs, so that a year's patches fit in memory.

    It keeps its content key, by which copies are known.
    """
    if message.subject.is_reply:
        return message  # grouping does not hold it
    ids = {*message.references, *message.in_reply_to}
    fields = {
        "kind": message.kind,
        "entry": message.entry,
        "message_id": message.message_id,
        "other_message_ids": message.other_message_ids,
        "in_reply_to": message.in_reply_to,
        "references": message.references,
        "subject": message.subject,
        "sender": message.sender,
        "date": message.date,
        # receivers matter only if their address is among the references
        "to": tuple(one for one in message.to if one.email in ids),
        "cc": tuple(one for one in message.cc if one.email in ids),
        "_content_key": message.content_key(),
    }
    return begin(type(message), _NOTHING, fields)


def _list_series(grouped: Iterable[Series]) -> tuple[str, ...]:
    """Return the subject of each series, the last sent first.

    Under a `[GIT PULL 0/9]` in place of a cover letter, the first patch is listed instead.
    """
    opening = [
        next(mail for mail in series.messages if isinstance(mail, Patch | CoverLetter))
        for series in grouped
    ]
    opening.sort(key=message_order, reverse=True)
    return tuple(mail.subject.raw for mail in opening)


class _Listed(NamedTuple):
    message_id: str | None
    subject: str
    title: str
    sender: str
    body: str


def _list_submission(message: Submission) -> _Listed:
    """Take what is listed of a mail at once, so that the rest of it need not be held."""
    sender, name = message.sender, message.sender.name or message.sender.local_part
    return _Listed(
        message.message_id,
        message.subject.raw,
        message.subject.title,
        f"{name} <{sender.email}>" if sender.email else sender.name,
        excerpt_body(message.body),
    )


def _mark_repeats(listed: Iterable[_Listed]) -> Iterator[ListedSubmission]:
    shown: dict[str, str] = {}
    for one in listed:
        yield ListedSubmission(**one._asdict(), repeats=shown.get(one.title))
        shown.setdefault(one.title, one.subject)
