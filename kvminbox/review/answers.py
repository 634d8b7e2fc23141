"""Find which series, and which of its patches, a mail answers: b4's walk up the thread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Final

from kvminbox.models import Address, Message, Series, SuggestedPatch
from kvminbox.order import (
    claim_order,
    drop_copies,
    index_by_id,
    message_order,
    parent_ids,
    sent_time,
)
from kvminbox.patches import is_program
from kvminbox.review.claim_text import ClaimText
from kvminbox.review.own_text import own_lines, own_lines_and_titles

_APPROVAL: Final = re.compile(
    r"\s*(?:[\w-]+-and-)?(?:acked|reviewed|tested)-by: ?\S", re.IGNORECASE
)
COVER: Final = 0
"""The number that stands for the whole series."""

UNKNOWN: Final = -1
"""The number of a mail that answers a series, but no one can say which patch."""

_SENT_PATCHES: Final = frozenset({"patch", "patch_unmarked", "cover_letter"})
"""The kinds of mails that bring patches of their own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A patch or the cover letter of one series in a list."""

    series: int
    number: int


@dataclass(frozen=True)
class Answer:
    """A mail that answers a series, and the number of the patch."""

    message: Message
    number: int
    is_direct: bool = True
    """Whether it answers the patch or cover letter itself, not another reply."""

    answered: Message | None = None
    """The mail that it answers, where it is here."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines that its sender wrote."""
        return own_lines(self.message)

    @cached_property
    def said(self) -> ClaimText:
        """These lines with what they claim of applied patches."""
        return ClaimText(own_lines_and_titles(self.message))

    @cached_property
    def answers_approval(self) -> bool:
        """Whether it answers a reply that gives a tag such as Acked-by."""
        return self.answered is not None and has_approval(own_lines(self.answered))


def has_approval(lines: Iterable[str]) -> bool:
    """Whether the lines that a mail's sender wrote give a tag such as Acked-by."""
    return any(map(_APPROVAL.match, lines))


class AnswerIndex:
    """Messages by id, so that each walk up a thread is made once.

    The order of the messages does not matter; of several that claim one id, the
    first that arrived has it.

    Attributes:
        messages: the messages, oldest first.
        answers: the mails that answer each series, by its index in the list.
        patches: the patches and cover letters sent in reply to each series, likewise.
    """

    def __init__(self, messages: Iterable[Message], series: Sequence[Series]) -> None:
        self.messages: list[Message] = sorted(messages, key=message_order)
        self._members, mails = _find_members(series)
        # a reply that somebody posts under a patch's id does not hide the patch
        self._by_id = index_by_id(self.messages) | mails
        self._series = series
        self._places: dict[str, Place | None] = {}
        self.answers: dict[int, list[Answer]] = {}
        self.patches: dict[int, list[Message]] = {}
        for message in drop_copies(self.messages):
            self._add(message)

    def _add(self, message: Message) -> None:
        if is_answer(message) and (message.message_id or "") not in self._members:
            place = self.find_place(message)
            if place is not None:
                is_direct = any(parent in self._members for parent in message.in_reply_to)
                known = (self._by_id.get(parent) for parent in message.in_reply_to)
                answered = next(filter(None, known), None)
                answer = Answer(message, place.number, is_direct=is_direct, answered=answered)
                self.answers.setdefault(place.series, []).append(answer)
        elif message.kind in _SENT_PATCHES and message.in_reply_to:
            self._add_patch(message)

    def _add_patch(self, message: Message) -> None:
        """Add a fix, or another way, that was sent below a series.

        A next version is none, of whichever series: it may stand there for the thread's sake.
        Nor is a program's patch.
        """
        own = self._members.get(message.message_id or "")
        is_first = message.subject.counter <= 1
        if not is_first or (own is not None and self._series[own.series].previous):
            return
        place = self.find_place(message)
        if place is None or place == own or is_program(message.sender):
            return
        series = self._series[place.series]
        versions = {one.message_id for one in (series.previous, series.next) if one}
        if message.message_id not in versions:
            self.patches.setdefault(place.series, []).append(message)

    def find_sender(self, identity: str | None) -> Address | None:
        """Return who sent the mail with an id; None if it is not here."""
        mail = self._by_id.get(identity) if identity else None
        return mail.sender if mail else None

    def find_place(self, message: Message) -> Place | None:
        """Walk up In-Reply-To to the first patch or cover letter; None if there is none.

        Where a mail on the way is missing, the walk goes on with its child's
        References, nearest first. Loops end the walk.
        """
        path: list[Message] = []
        seen: set[int] = set()
        place: Place | None = None
        current: Message | None = message
        while current is not None and id(current) not in seen:
            known = current.message_id or ""
            if known in self._places and current is self._by_id.get(known):
                place = self._places[known]
                break
            seen.add(id(current))
            path.append(current)
            parent, skipped = self._find_parent(current)
            # `[PATCHSET 2/3]` answers the mail that tells of all sets, and is no reply to it
            is_member = parent is not None and (parent.message_id or "") in self._members
            if parent is not None and (is_member or not is_answer(parent)):
                place = self._place_of(current, parent, skipped=skipped)
                break
            current = parent
        for passed in path:
            if passed is self._by_id.get(passed.message_id or ""):
                self._places[passed.message_id or ""] = place
        return place

    def _find_parent(self, message: Message) -> tuple[Message | None, bool]:
        skipped = False
        for identity in _nearest_first(message):
            parent = self._by_id.get(identity)
            if parent is not None and parent is not message:
                return parent, skipped
            skipped = skipped or parent is None
        return None, skipped

    def _place_of(self, message: Message, parent: Message, *, skipped: bool) -> Place | None:
        place = self._members.get(parent.message_id or "")
        if place is None or place.number != COVER or not skipped:
            return place
        # the answered patch is missing and only its cover letter is here; the
        # subject `Re: [PATCH 3/5] …` still tells which patch it was
        subject = message.subject
        known = subject.counter_stated and subject.total == self._series[place.series].total
        return Place(place.series, subject.counter if known else UNKNOWN)


def is_answer(message: Message) -> bool:
    """Whether the walk goes on past a mail: a reply, or a bot's mail."""
    return message.kind in {"reply", "bot"} or (
        isinstance(message, SuggestedPatch) and message.kind == "reply_with_patch"
    )


def _nearest_first(message: Message) -> tuple[str, ...]:
    own = {message.message_id, *message.other_message_ids}
    ids = (*message.in_reply_to, *parent_ids(message)[::-1])
    return tuple(identity for identity in dict.fromkeys(ids) if identity not in own)


def _find_members(
    series: Sequence[Series],
) -> tuple[dict[str, Place], dict[str, Message]]:
    """Return the place, and the mail, for the id of each patch and cover letter."""
    places: dict[str, Place] = {}
    owners: dict[str, Message] = {}
    for index, one in enumerate(series):
        members = [(COVER, one.cover)] if one.cover else []
        numbered = [(one.number_of(patch), patch) for patch in (*one.patches, *one.duplicates)]
        for number, message in sorted([*members, *numbered], key=itemgetter(0)):
            for identity in (message.message_id, *message.other_message_ids):
                owner = owners.get(identity) if identity else message
                if owner is None or claim_order(message) < claim_order(owner):
                    owners[identity or ""] = message
                    places[identity or ""] = Place(index, number)
    places.update(_find_reminders(series, owners))
    return places, owners


def _find_reminders(
    series: Sequence[Series], owners: dict[str, Message]
) -> Iterator[tuple[str, Place]]:
    """Yield the ids of cover letters that were sent again alone, with the place of the first.

    What answers such a letter answers the series.
    """
    bare = [one for one in series if one.cover and one.next and not one.patches]
    places = {one.ref: index for index, one in enumerate(series)} if bare else {}
    for one in bare:
        index = places.get(one.next) if one.next else None
        cover = series[index].cover if index is not None else None
        if index is None or cover is None or one.cover is None:
            continue
        identity = one.cover.message_id or ""
        is_later = sent_time(one.cover) > sent_time(cover)
        if is_later and owners.get(identity) is one.cover:
            yield identity, Place(index, COVER)
