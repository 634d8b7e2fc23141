"""The review of a series, put together from the mails that answer it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import itemgetter

from kvminbox.models import (
    Address,
    GivenTag,
    Message,
    Pulled,
    Series,
    SeriesLanding,
    SeriesRef,
    SeriesReview,
    Wait,
)
from kvminbox.models.corpus import check_series, check_several, list_series
from kvminbox.models.placed import keep_list
from kvminbox.order import message_order
from kvminbox.patches import is_reviewer
from kvminbox.review.answers import Answer, AnswerIndex
from kvminbox.review.applying import list_applied, read_committers
from kvminbox.review.committers import Committers
from kvminbox.review.later_version import find_of_next
from kvminbox.review.names import APPROVALS, OPINIONS
from kvminbox.review.noticed import NoticeIndex
from kvminbox.review.pulled import PullIndex
from kvminbox.review.refusals import collect_refusals, list_naks
from kvminbox.review.superseded import is_superseded
from kvminbox.review.tags import carry_tags, collect_tags, find_untagged, is_other, person_key
from kvminbox.review.withdrawn import collect_withdrawals


def review_all(
    series: Iterable[Series],
    messages: Iterable[Message],
    *,
    end: datetime | None = None,
    committers: Committers | None = None,
    landed: Callable[[Series], SeriesLanding] | None = None,
    notices: NoticeIndex | None = None,
) -> list[SeriesReview]:
    """Return the review of each series, in the same order, with one walk over all messages.

    Args:
        series: series with `previous` and `next` filled in, as chains hold them; without
            these, nothing is carried, and `superseded` is None.
        messages: the mails in which answers are looked for, in any order.
        end: when the last mail of the whole corpus arrived, for messages that are only
            a part of it; None to take it from them.
        committers: who commits, likewise: `find_committers` of the whole corpus.
        landed: tells what of a series is in a tree, as `LandingIndex.of_series` of
            `kvminbox.upstream` does; without it, `landed` of the reviews is None.
        notices: those of the whole corpus that patches were put into trees, likewise.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for several, or what is given
            for a series is none, such as a chain.
    """
    listed = list_series(series)
    check_several(messages, "mails")
    index = AnswerIndex(messages, listed)
    return review_answered(
        listed, index, end=end, committers=committers, landed=landed, notices=notices
    )


def review_answered(
    listed: Sequence[Series],
    index: AnswerIndex,
    *,
    end: datetime | Callable[[Series], datetime | None] | None = None,
    committers: Committers | None = None,
    landed: Callable[[Series], SeriesLanding] | None = None,
    notices: NoticeIndex | None = None,
) -> list[SeriesReview]:
    """Return the same where the answers to the series have been looked for.

    `end` may tell the end for each series: mails of several lists end at different times.
    """
    if committers is None:
        committers = read_committers(listed, index)
    last = end or find_end(index.messages)
    pulls = PullIndex(index.messages, listed)
    if notices is None:
        notices = NoticeIndex.of(index.messages, listed)
    places = {one.ref: place for place, one in enumerate(listed)}
    reviews: dict[int, SeriesReview] = {}
    later: dict[SeriesRef, list[Answer]] = {}  # answers to a version that tell of the next one
    for place in sorted(range(len(listed)), key=lambda place: _order(listed[place])):
        one = listed[place]
        before = places.get(one.previous) if one.previous else None
        earlier = (listed[before], reviews[before].tags) if before in reviews else None
        until = last(one) if callable(last) else last
        told = later.get(one.ref, [])
        if one.next is not None:
            of_next = find_of_next(one, index.answers.get(place, []))
            later.setdefault(one.next, []).extend(of_next)
        reviews[place] = _review(
            one, place, index, until, earlier, committers, notices, told, pulls.find(one)
        )
    found = [reviews[place] for place in range(len(listed))]
    if landed is None:
        return found
    return [
        review.model_copy(update={"landed": landed(one)})
        for one, review in zip(listed, found, strict=True)
    ]


def review_series(
    series: Series, messages: Iterable[Message], *, previous: Series | None = None
) -> SeriesReview:
    """Return the review of one series.

    Who commits can't be told from one series, so that of doubtful words less is believed
    than by `review_all`. Nor are pull requests looked at, in which other mails would have to be.

    Args:
        series: the series, as a chain holds it: its `next` tells whether it is superseded. Of
            one that was not linked with others, such as one of `Index.series_of`, that is not
            known (`superseded` is None); `Index.review_of` looks for its versions.
        messages: the mails in which answers are looked for: its thread's, or more.
        previous: the previous revision, whose tags are carried by patch-id.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the messages.
    """
    check_series(series)
    check_several(messages, "mails")
    listed = [series] if previous is None else [series, previous]
    index = AnswerIndex(messages, listed)
    end = find_end(index.messages)
    earlier = None
    if previous is not None:
        earlier = previous, collect_tags(previous, index.answers.get(1, [])).tags
    notices = NoticeIndex.of(index.messages, listed)
    return _review(series, 0, index, end, earlier, Committers(), notices)


def _order(series: Series) -> tuple[int, int, float]:
    moment = series.date.timestamp() if series.date else 0.0
    return series.revision, series.minor_revision or 0, moment


def _review(
    series: Series,
    place: int,
    index: AnswerIndex,
    end: datetime | None,
    earlier: tuple[Series, Sequence[GivenTag]] | None,
    committers: Committers,
    notices: NoticeIndex,
    told: Sequence[Answer] = (),
    pulled: tuple[Pulled, ...] = (),
) -> SeriesReview:
    """Return the review; `told` are answers to the previous version that tell of this one."""
    answers = index.answers.get(place, [])
    found = collect_tags(series, answers)
    given = tuple(found.tags)
    if earlier is not None:
        carry_tags(found, series, *earlier)
    sent = [mail for mail in index.patches.get(place, []) if is_other(mail.sender, series.sender)]
    replies = [
        answer.message
        for answer in answers
        if answer.message.kind != "bot" and is_other(answer.message.sender, series.sender)
    ]
    others = sorted([*replies, *sent], key=message_order)
    by_patch = (
        f"{mail.sender.name_or_email} answered with a patch: {mail.subject.title}" for mail in sent
    )
    opinions = [tag for tag in given if _is_opinion(tag, series)]
    applied, taken_back = list_applied(series, answers, committers, told)
    noticed, gone = notices.find(series)
    # what a notice in the thread tells is read from its form, and not as a person's words
    read = {one.message_id for one in noticed}
    applied = (*(one for one in applied if one.message_id not in read), *noticed)
    refusals = collect_refusals(series, answers, found.tags)
    review = SeriesReview(
        series=series.ref,
        tags=tuple(found.tags),
        replies=len(others),
        repliers=_list_people(mail.sender for mail in others),
        reviewers=_list_people(tag.person for tag in opinions),
        naks=list_naks(refusals),
        refusals=refusals,
        withdrawals=collect_withdrawals(series, answers),
        program_reviewers=_list_programs(answers),
        first_reply=_first_wait(
            series, [(mail.date, mail.message_id, mail.sender) for mail in others], end
        ),
        first_tag=_first_wait(
            series, [(tag.date, tag.message_id, tag.person) for tag in opinions], end
        ),
        next_revision=_next_wait(series, index, end),
        untagged=find_untagged(series, found, APPROVALS),
        superseded=(
            None if _is_alone(series) else is_superseded(series, (*applied, *pulled), index)
        ),
        applied=applied,
        pulled=pulled,
        evidence=(*found.notes, *by_patch, *taken_back, *gone),
    )
    return keep_list(review, series)


def _is_alone(series: Series) -> bool:
    """Whether nobody looked for other versions of a series: a chain has at least itself."""
    return not series.chain and series.next is None


def _is_opinion(tag: GivenTag, series: Series) -> bool:
    is_own = tag.self_attested is not False
    return is_own and tag.name in OPINIONS and is_other(tag.person, series.sender)


def _list_people(found: Iterable[Address]) -> tuple[Address, ...]:
    people: dict[str, Address] = {}
    for person in found:
        people.setdefault(person_key(person), person)
    return tuple(people.values())


def _list_programs(answers: Iterable[Answer]) -> tuple[Address, ...]:
    senders = (answer.message.sender for answer in answers if answer.message.kind == "bot")
    return tuple({sender.key: sender for sender in senders if is_reviewer(sender)}.values())


def _first_wait(
    series: Series,
    ends: Sequence[tuple[datetime | None, str | None, Address]],
    end: datetime | None,
) -> Wait:
    """Return the time to the first of the mails that end it: their dates, ids and senders."""
    if not ends:
        return _measure_wait(series.date, None, end)
    # one without a date came, but no mail says when
    dated = [one for one in ends if one[0] is not None]
    date, identity, person = min(dated, key=itemgetter(0)) if dated else ends[0]
    wait = _measure_wait(series.date, date, end) if date else Wait(open=False)
    return wait.model_copy(update={"message_id": identity, "by": person})


def _next_wait(series: Series, index: AnswerIndex, end: datetime | None) -> Wait:
    following = series.next
    if _is_alone(series):
        return Wait()
    if following is None:
        return _measure_wait(series.date, None, end)
    wait = _measure_wait(series.date, following.date, end) if following.date else Wait(open=False)
    sender = index.find_sender(following.message_id)
    return wait.model_copy(update={"message_id": following.message_id, "by": sender})


def _measure_wait(start: datetime | None, stop: datetime | None, end: datetime | None) -> Wait:
    """Return the time from `start` to `stop`; open, and up to `end`, where it did not stop."""
    last = stop or end
    # two senders' clocks may differ: an answer may be dated before its patch
    seconds = max(0.0, (last - start).total_seconds()) if start and last else None
    return Wait(seconds=seconds, open=stop is None)


def find_end(messages: Iterable[Message]) -> datetime | None:
    """Return when the last mail arrived; where no arrival is known, the last claimed date."""
    listed = list(messages)
    arrivals = [message.entry.arrived for message in listed if message.entry]
    known = [arrived for arrived in arrivals if arrived is not None]
    return max(known or [message.date for message in listed if message.date], default=None)
