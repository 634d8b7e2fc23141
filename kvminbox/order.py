"""How messages refer to each other, and one order for them, however they arrived.

Threads, series, versions and reviews all stand on these.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from kvminbox.models import Message, Patch

M = TypeVar("M", bound=Message)

MAX_REFERENCES: Final = 500
"""How many references of one message are followed: where there are more, the first and last."""

Order = tuple[float, str, str, str, str, str, str, str]
"""A message's place among others; see `message_order`."""

_ANSWER = re.compile(r"[yn]|yes|no", re.IGNORECASE)


def body_of(message: Message) -> str:
    """Return the body as grouping reads it: what an index has kept of it for that, else all."""
    return message.body if message.gist is None else message.gist.body


def notes_of(patch: Patch) -> str:
    """Return the notes as grouping reads them, likewise."""
    return patch.notes if patch.gist is None else patch.gist.notes


def parent_ids(message: Message) -> tuple[str, ...]:
    """Return the ids that a message refers to, the farthest first and the parent last.

    As public-inbox orders them: References, then In-Reply-To where that is not among
    them. Its own ids are left out, and so is what git send-email's prompt once let people
    type instead of an id: `y`, `n`, and addresses of people in the mail itself.
    """
    found = dict.fromkeys((*message.references, *message.in_reply_to))
    if not found:
        return ()
    for own in (message.message_id, *message.other_message_ids):
        found.pop(own or "", None)
    odd = {identity for identity in found if "@" not in identity and _ANSWER.fullmatch(identity)}
    addresses = (message.sender, *message.to, *message.cc)
    odd |= {one.email for one in addresses if one.email and one.email in found}
    kept = tuple(identity for identity in found if identity not in odd)
    if len(kept) > MAX_REFERENCES:
        return (*kept[: MAX_REFERENCES // 2], *kept[-MAX_REFERENCES // 2 :])
    return kept


def sent_time(message: Message) -> float:
    """Return when a message was sent, else when it arrived, in seconds since 1970, or 0."""
    moment = message.date or (message.entry.arrived if message.entry else None)
    return moment.timestamp() if moment else 0.0


def message_order(message: Message) -> Order:
    """Return a sort key: when it was sent, else when it arrived; then ids that never change.

    The claimed date comes first, since mails of one series arrive in any order. The
    texts come last, for mails that claim one id and are in no archive; in one, the object
    has told them apart.
    """
    return (
        sent_time(message),
        message.message_id or "",
        message.entry.blob if message.entry else "",
        message.entry.commit if message.entry else "",
        message.sender.email,
        message.subject.raw,
        "" if message.entry else message.body,
        " ".join((*message.references, *message.in_reply_to)),
    )


def arrival_time(message: Message) -> float | None:
    """Return when the archive took a message, in seconds since 1970; None if unknown."""
    arrived = message.entry.arrived if message.entry else None
    return arrived.timestamp() if arrived else None


def claim_order(message: Message) -> tuple[float, Order]:
    """Return a sort key for mails that claim one Message-ID: the first to arrive owns it.

    The Date decides only where no archive says when a mail arrived: a stranger who
    wants the answers to somebody's patch can post a mail with its id and an
    earlier Date, but not with an earlier arrival.
    """
    order, arrived = message_order(message), arrival_time(message)
    return (order[0] if arrived is None else arrived, order)


def drop_copies(messages: Iterable[Message]) -> list[Message]:
    """Return the messages, in their order, without those that were archived again.

    A copy has the Message-ID and the content of another mail; of several, the first to
    arrive is kept. Mails that share no more than an id are different ones, and stay.
    """
    listed = list(messages)
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}
    for place, message in enumerate(listed):
        identity = message.message_id
        if identity and first.setdefault(identity, place) != place:
            shared.setdefault(identity, [first[identity]]).append(place)
    copies: set[int] = set()
    for places in shared.values():
        known: set[str] = set()
        for place in sorted(places, key=lambda place: claim_order(listed[place])):
            content = listed[place].content_key()
            if content in known:
                copies.add(place)
            known.add(content)
    return [message for place, message in enumerate(listed) if place not in copies]


def each_once(
    messages: Iterable[Message], *, by_id: Callable[[Message], bool] | None = None
) -> Iterator[Message]:
    """Yield the messages without later copies, as `drop_copies`, but hold none of them.

    To compare what mails say, all that a mail has must be read. Those for which `by_id` is true
    are known by their Message-ID alone: of several with one id the first is yielded.
    """
    first: dict[str, str] = {}
    others: set[tuple[str, str]] = set()
    for message in messages:
        if identity := message.message_id:
            content = "" if by_id and by_id(message) else message.content_key()
            if identity not in first:
                first[identity] = content
            elif first[identity] == content or (identity, content) in others:
                continue
            else:
                others.add((identity, content))
        yield message


def index_by_id(messages: Iterable[M]) -> dict[str, M]:
    """Return the mail that has each Message-ID; a mail may have several."""
    found: dict[str, M] = {}
    for message in messages:
        for identity in (message.message_id, *message.other_message_ids):
            first = found.setdefault(identity, message) if identity else message
            if first is not message and claim_order(message) < claim_order(first):
                found[identity or ""] = message
    return found
