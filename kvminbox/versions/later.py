"""What answers tell of series: what they supersede, and below which others they stand.

In QEMU's practice a forgotten `Supersedes: <id>` is sent as an answer to the new series.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from kvminbox.models import Message
from kvminbox.order import parent_ids
from kvminbox.trailers import is_same_person
from kvminbox.versions.facts import Facts
from kvminbox.versions.mentions import Superseded, find_superseded

MAX_STEPS: Final = 100
"""Answers to answers that are walked up from a series."""

_ANSWERS: Final = frozenset({"reply", "reply_with_patch", "bot"})
"""The kinds of mails below which a series may stand, besides those of series."""

MailT = TypeVar("MailT", bound=Message)


class Above:
    """What each answer answers, to walk up from a series that answers one of them.

    `git send-email --in-reply-to` names but the mail that is answered, not those above it.
    """

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def read(self, mails: Iterable[MailT]) -> Iterator[MailT]:
        """Yield mails, and keep what each answers, if it is an answer."""
        for mail in mails:
            own = mail.message_id if mail.kind in _ANSWERS else None
            if own and (parents := parent_ids(mail)):
                # of two with one id the order does not matter
                self._parents[own] = min(parents[-1], self._parents.get(own, parents[-1]))
            yield mail

    def place(self, series: Iterable[Facts]) -> None:
        """Tell each series which mails are above those that its own mails name."""
        for facts in series:
            if facts.parents and (found := self._walk(facts.parents)):
                facts.above = found

    def _walk(self, parents: tuple[str, ...]) -> tuple[str, ...]:
        found = dict.fromkeys(parents)
        at = parents[-1]
        for _ in range(MAX_STEPS):
            above = self._parents.get(at)
            if above is None or above in found:
                break
            found[above] = None
            at = above
        return tuple(found)[len(parents) :]


def place_below(series: Iterable[Facts], mails: Iterable[Message]) -> None:
    """Tell each series which mails are above it, of mails that are all here."""
    above = Above()
    for _ in above.read(mails):
        pass
    above.place(series)


def read_later(replies: Iterable[Message], series: list[Facts]) -> dict[str, list[Superseded]]:
    """Return what answers say, by the id of the series' mail that each is an answer to.

    Only the sender of that series counts: anybody may write such a line.
    """
    found: dict[str, list[Superseded]] = {}
    owners: dict[str, Facts] = {}
    for reply in replies:
        if not (said := find_superseded([reply])):
            continue
        owners = owners or {identity: facts for facts in series for identity in facts.ids}
        for identity in reversed(parent_ids(reply)):
            if identity in owners:
                if is_same_person(reply.sender, owners[identity].sender):
                    found.setdefault(identity, []).append(said)
                break
    return found
