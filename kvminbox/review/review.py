"""The review of a series, put together from the mails that answer it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kvminbox.models import Address, Applied, GivenTag, Message, Series, SeriesReview, Wait
from kvminbox.review.answers import Answer, AnswerIndex, number_of
from kvminbox.review.applied import read_applied
from kvminbox.review.names import APPROVALS, OPINIONS
from kvminbox.review.people import is_other, is_somebody_else, person_key
from kvminbox.review.tags import carry_tags, collect_tags, find_untagged
from kvminbox.review.waits import find_end, measure_wait


def review_all(series: Iterable[Series], messages: Iterable[Message]) -> list[SeriesReview]:
    """Give the review of each series, in their order, with one walk over all messages.

    Args:
        series: series with `previous` and `next` filled in, as chains hold them;
            without these nothing is carried or superseded.
        messages: the mails in which answers are looked for, in any order.
    """
    listed = list(series)
    index = AnswerIndex(messages, listed)
    end = find_end(index.messages)
    places = {one.ref: place for place, one in enumerate(listed)}
    reviews: dict[int, SeriesReview] = {}
    for place in sorted(range(len(listed)), key=lambda place: _order(listed[place])):
        one = listed[place]
        before = places.get(one.previous) if one.previous else None
        earlier = (listed[before], reviews[before].tags) if before in reviews else None
        reviews[place] = _review(one, index.answers.get(place, []), end, earlier)
    return [reviews[place] for place in range(len(listed))]


def review_series(
    series: Series, messages: Iterable[Message], *, previous: Series | None = None
) -> SeriesReview:
    """Give the review of one series.

    Args:
        series: the series; `next` tells whether it is superseded.
        messages: the mails in which answers are looked for: its thread's, or more.
        previous: the revision before, whose tags are carried by patch-id.
    """
    listed = [series] if previous is None else [series, previous]
    index = AnswerIndex(messages, listed)
    end = find_end(index.messages)
    earlier = None
    if previous is not None:
        earlier = previous, collect_tags(previous, index.answers.get(1, [])).tags
    return _review(series, index.answers.get(0, []), end, earlier)


def _order(series: Series) -> tuple[int, int, float]:
    moment = series.date.timestamp() if series.date else 0.0
    return series.revision, series.minor_revision or 0, moment


def _review(
    series: Series,
    answers: Sequence[Answer],
    end: datetime | None,
    earlier: tuple[Series, Sequence[GivenTag]] | None,
) -> SeriesReview:
    found = collect_tags(series, answers)
    given = tuple(found.tags)
    if earlier is not None:
        carry_tags(found, series, *earlier)
    others = [answer for answer in answers if is_somebody_else(answer.message, series)]
    opinions = [tag for tag in given if _is_opinion(tag, series)]
    return SeriesReview(
        series=series.ref,
        tags=tuple(found.tags),
        replies=len(others),
        reviewers=_list_people(opinions),
        first_reply=_first_wait(series, [answer.message.date for answer in others], end),
        first_tag=_first_wait(series, [tag.date for tag in opinions], end),
        next_revision=_next_wait(series, end),
        untagged=find_untagged(series, found, APPROVALS),
        superseded=series.next is not None,
        applied=_list_applied(series, answers),
        evidence=tuple(found.notes),
    )


def _is_opinion(tag: GivenTag, series: Series) -> bool:
    is_own = tag.self_attested is not False
    return is_own and tag.name in OPINIONS and is_other(tag.person, series.sender)


def _list_people(tags: Iterable[GivenTag]) -> tuple[Address, ...]:
    people: dict[str, Address] = {}
    for tag in tags:
        people.setdefault(person_key(tag.person), tag.person)
    return tuple(people.values())


def _first_wait(series: Series, dates: Sequence[datetime | None], end: datetime | None) -> Wait:
    if dates and not any(dates):
        return Wait(open=False)  # it came, and no mail says when
    known = [date for date in dates if date is not None]
    return measure_wait(series.date, min(known, default=None), end)


def _next_wait(series: Series, end: datetime | None) -> Wait:
    if series.next is not None and series.next.date is None:
        return Wait(open=False)
    return measure_wait(series.date, series.next.date if series.next else None, end)


def _list_applied(series: Series, answers: Iterable[Answer]) -> tuple[Applied, ...]:
    titles = {number_of(patch): patch.title for patch in series.patches}
    found = []
    for answer in answers:
        text = read_applied(answer.lines)
        if text is not None:
            message = answer.message
            found.append(
                Applied(
                    message_id=message.message_id,
                    by=message.sender,
                    date=message.date,
                    commits=text.commits,
                    patches=text.find_patches(titles, answer.number),
                    tree=text.tree,
                    evidence=text.evidence,
                )
            )
    return tuple(found)
