"""Who refused a series, by a Nacked-by or in words, and who has taken that back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kvminbox.models import Address, GivenTag, Refusal, Series, SeriesReview, SuggestedPatch
from kvminbox.review.answers import COVER, UNKNOWN, Answer
from kvminbox.review.naks import Nak, TakenBack, find_nak, find_taken_back, is_technical
from kvminbox.review.own_text import own_lines
from kvminbox.review.proposals import answers_proposal
from kvminbox.review.selection import parse_selection
from kvminbox.review.tags import is_other, person_key

_CONSENTS: Final = frozenset({"Reviewed-by", "Acked-by"})
_OF_THIS: Final = re.compile(
    r"\b(?:this|that|it|here)\b(?! (?:series|set|patch-?set))", re.IGNORECASE
)
_TO_VERSION: Final = re.compile(
    r"\bnac?k(?:ed|ing)?(?: \w+)?(?: (?:to|on|for|against))? v(\d{1,2})\b", re.IGNORECASE
)
_OF_ONE: Final = re.compile(r"\b(?:one|patch)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Withdrawal:
    """What takes refusals of one person back: an approval of patches, or words."""

    person: str
    message_id: str | None
    date: datetime | None
    patches: tuple[int, ...] | None
    """None for all."""


def collect_refusals(
    series: Series, answers: Sequence[Answer], given: Iterable[GivenTag]
) -> tuple[Refusal, ...]:
    """Return the refusals of a series: tags, and then what is said in words.

    An answer to a patch or cover letter refuses it with a bare `NAK`. One below another reply may
    be about what is proposed there: it must name the patch, or answer the author or its sender's
    own mail, and no proposal; or what it answers refuses the patch, too. What a person says
    again is left out, unless the first was taken back before.

    Args:
        series: the series.
        answers: the answers to it, oldest first.
        given: the tags that they gave, and that earlier versions have.
    """
    tags = [*given]
    takes_back = [*_list_withdrawals(series, answers, tags)]
    found: list[Refusal] = []
    seen: set[tuple[str, tuple[int, ...] | None, str | None]] = set()
    for one in (*_list_tags(tags, series), *_list_words(series, answers)):
        marked = _mark(one, takes_back)
        person = person_key(one.by)
        which = None if one.is_tag else one.patches
        if not one.is_tag and not seen.isdisjoint(
            {(person, None, marked.taken_back), (person, which, marked.taken_back)}
        ):
            continue
        seen.add((person, which, marked.taken_back))
        found.append(marked)
    return tuple(found)


def _list_tags(tags: Iterable[GivenTag], series: Series) -> Iterator[Refusal]:
    for tag in tags:
        is_own = tag.name == "Nacked-by" and tag.self_attested is not False
        if is_own and is_other(tag.person, series.sender):
            yield Refusal(
                message_id=tag.message_id,
                by=tag.person,
                date=tag.date,
                patches=tag.patches,
                is_tag=True,
                evidence=tag.line,
            )


def _list_words(series: Series, answers: Iterable[Answer]) -> Iterator[Refusal]:
    for answer in answers:
        message = answer.message
        sender = message.sender
        if message.kind == "bot" or not is_other(sender, series.sender):
            continue
        nak = find_nak(answer.lines)
        if nak is None or not _is_about(nak, answer, series):
            continue
        patches = _find_patches(nak, answer, series)
        version = _TO_VERSION.search(nak.said)
        if version and int(version[1]) != series.revision:
            continue
        yield Refusal(
            message_id=message.message_id,
            by=sender,
            date=message.date,
            patches=patches,
            evidence=nak.said,
        )


def _find_patches(nak: Nak, answer: Answer, series: Series) -> tuple[int, ...]:
    """Return the patches that words name, else those that their mail answers."""
    if nak.target == "series":
        return series.numbers
    named = _read_named(nak.target, series)
    if named is not None:
        return named
    if answer.number == COVER:
        return series.numbers
    return () if answer.number == UNKNOWN else (answer.number,)


def _read_named(target: str, series: Series) -> tuple[int, ...] | None:
    """Return the patches that words tell by number; None if they tell none."""
    selection = parse_selection(target) if target else None
    if selection is None or not (selection.numbers or selection.first or selection.last):
        return None
    chosen = set(selection.choose(dict.fromkeys(series.numbers, ""), COVER))
    return tuple(number for number in series.numbers if number in chosen)


def _is_about(nak: Nak, answer: Answer, series: Series) -> bool:
    """Whether words refuse the patch, and not what somebody proposes, or what hardware says."""
    if not (nak.is_head and answer.is_direct) and is_technical(series):
        return nak.names and answer.is_direct
    if answer.is_direct:
        return True
    answered = answer.answered
    if answered is None or isinstance(answered, SuggestedPatch):
        return False
    if find_nak(own_lines(answered)) is not None:
        return True  # `So also NACK for me.`
    is_of_patch = nak.names or not (
        is_other(answered.sender, series.sender)
        and is_other(answered.sender, answer.message.sender)
    )
    return is_of_patch and not answers_proposal(answer.message, nak.said)


def _list_withdrawals(
    series: Series, answers: Iterable[Answer], tags: Iterable[GivenTag]
) -> Iterator[_Withdrawal]:
    for tag in tags:
        if tag.name in _CONSENTS and tag.self_attested is not False:
            yield _Withdrawal(person_key(tag.person), tag.message_id, tag.date, tag.patches)
    for answer in answers:
        mail = answer.message
        taken = None if mail.kind == "bot" else find_taken_back(answer.lines)
        if taken is None:
            continue
        patches = _find_taken(taken, answer, series)
        yield _Withdrawal(person_key(mail.sender), mail.message_id, mail.date, patches)


def _find_taken(taken: TakenBack, answer: Answer, series: Series) -> tuple[int, ...] | None:
    """Return the patches that are refused no more; None for all, none if nobody can say which."""
    named = _read_named(taken.target, series)
    if named is not None or len(series.numbers) == 1:
        return named
    if answer.number > 0:  # `on this one, patch 2 stays broken`
        is_one = taken.is_part or _OF_THIS.search(taken.target)
        return (answer.number,) if is_one else None
    is_one = taken.is_part or _OF_ONE.search(taken.target)
    return () if is_one else None


def _mark(refusal: Refusal, takes_back: Iterable[_Withdrawal]) -> Refusal:
    """Return a refusal with the mail that took it back, if all its patches were approved since."""
    left = set(refusal.patches)
    for one in takes_back:
        is_later = refusal.date is None or one.date is None or one.date >= refusal.date
        if one.person != person_key(refusal.by) or not is_later:
            continue
        if one.message_id == refusal.message_id and refusal.is_tag:
            continue  # one mail that refuses a patch and approves of another
        left -= left if one.patches is None else set(one.patches)
        if not left:
            return refusal.model_copy(update={"taken_back": one.message_id or ""})
    return refusal


def list_nacks(review: SeriesReview) -> tuple[GivenTag, ...]:
    """Return the Nacked-bys that their givers sent, and have not taken back."""
    gone = {
        (one.message_id, one.by.key, one.patches)
        for one in review.refusals
        if one.is_tag and one.taken_back is not None
    }
    return tuple(
        tag
        for tag in review.tags
        if tag.name == "Nacked-by"
        and tag.self_attested is not False
        and (tag.message_id, tag.person.key, tag.patches) not in gone
    )


def list_naks(refusals: Iterable[Refusal]) -> tuple[Address, ...]:
    """Return who refused in words, and has not taken it back, each once."""
    found = {
        person_key(one.by): one.by for one in refusals if not one.is_tag and one.taken_back is None
    }
    return tuple(found.values())
