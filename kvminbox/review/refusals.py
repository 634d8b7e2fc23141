"""Who refused a series, by a Nacked-by or in words, and who has taken that back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kvminbox.models import Address, GivenTag, Refusal, Series, SuggestedPatch
from kvminbox.review.answers import COVER, UNKNOWN, Answer
from kvminbox.review.naks import Nak, find_nak, is_technical, withdraws_nak
from kvminbox.review.own_text import own_lines
from kvminbox.review.proposals import answers_proposal
from kvminbox.review.tags import is_other, person_key

_CONSENTS: Final = frozenset({"Reviewed-by", "Acked-by"})


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
    """Return the refusals of a series, each person's first in words, in the order of their mails.

    An answer to a patch or cover letter refuses it with a bare `NAK`. One below another reply may
    be about what is proposed there: it must name the patch, or answer the author or its sender's
    own mail, and no proposal; or what it answers refuses the patch, too. What says the same again
    is left out.

    Args:
        series: the series.
        answers: the answers to it, oldest first.
        given: the tags that they gave, and that earlier versions have.
    """
    tags = [*given]
    takes_back = [*_list_withdrawals(answers, tags)]
    found = [*_list_tags(tags, series), *_list_words(series, answers, tags)]
    return tuple(_mark(one, takes_back) for one in found)


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


def _list_words(
    series: Series, answers: Iterable[Answer], tags: Iterable[GivenTag]
) -> Iterator[Refusal]:
    tagged = {person_key(one.person) for one in tags if one.name == "Nacked-by"}
    seen: set[tuple[str, int]] = set()
    for answer in answers:
        message = answer.message
        sender = message.sender
        key = person_key(sender), answer.number
        if message.kind == "bot" or not is_other(sender, series.sender):
            continue
        if key[0] in tagged or key in seen:
            continue
        nak = find_nak(answer.lines)
        if nak is None or not _is_about(nak, answer, series):
            continue
        seen.add(key)
        yield Refusal(
            message_id=message.message_id,
            by=sender,
            date=message.date,
            patches=_find_patches(answer, series),
            evidence=nak.said,
        )


def _find_patches(answer: Answer, series: Series) -> tuple[int, ...]:
    if answer.number == COVER:
        return series.numbers
    return () if answer.number == UNKNOWN else (answer.number,)


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


def _list_withdrawals(answers: Iterable[Answer], tags: Iterable[GivenTag]) -> Iterator[_Withdrawal]:
    for tag in tags:
        if tag.name in _CONSENTS and tag.self_attested is not False:
            yield _Withdrawal(person_key(tag.person), tag.message_id, tag.date, tag.patches)
    for answer in answers:
        mail = answer.message
        if mail.kind != "bot" and withdraws_nak(answer.lines):
            yield _Withdrawal(person_key(mail.sender), mail.message_id, mail.date, None)


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


def list_naks(refusals: Iterable[Refusal]) -> tuple[Address, ...]:
    """Return who refused in words, and has not taken it back, each once."""
    found = {
        person_key(one.by): one.by for one in refusals if not one.is_tag and one.taken_back is None
    }
    return tuple(found.values())
