"""What became of the remarks on each series, unless an index has kept it."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import Final

from kvminbox.analysis.kept_json import pack_models, parse_kept
from kvminbox.inbox.keeping import Keeper, KeptResult
from kvminbox.models import Chain, FollowUp, Message, Series
from kvminbox.order import sent_time
from kvminbox.remarks.follow import AnsweredChain, Compare, Follower, divide_answers
from kvminbox.review.answers import AnswerIndex

RULES: Final = 13
"""The number of the rules by which remarks are read and followed; with another one, what an index
has kept is old."""

MOST: Final = 20_000
"""Series whose remarks an index keeps, those that were read last: each reply makes all series of a
chain other ones."""


class KeptFollowUps:
    """What `kvminbox.remarks.follow_up_all` tells of a corpus, found series by series.

    To read the remarks on a version and to follow them takes far longer than all else that a
    board tells, which asks for no more than the newest.
    """

    def __init__(
        self, keeper: Keeper | None, chains: Iterable[Chain], index: AnswerIndex, compare: Compare
    ) -> None:
        self._keeper = keeper
        self._chains = [
            _KeptChain(one, compare) for one in divide_answers(chains, index) if one.is_answered
        ]

    def find(self, series: Iterable[Series] | None = None) -> Iterator[FollowUp]:
        """Yield what became of each remark on some series of the chains, or on all of them."""
        asked = None if series is None else {one.ref for one in series}
        wanted = [
            (chain, place, one)
            for chain in self._chains
            for place, one in enumerate(chain.answered.chain.series)
            if chain.answered.replies[place] and (asked is None or one.ref in asked)
        ]
        fresh: list[KeptResult] = []
        # an index has the texts of a time in one place, and reads them at once
        for chain, place, _ in sorted(wanted, key=lambda one: sent_time(one[2].messages[0])):
            chain.find(place, self._keeper, fresh)
        if self._keeper is not None:
            self._keeper.keep(fresh)
        for chain, place, _ in wanted:
            yield from chain.find(place, self._keeper, fresh)


class _KeptChain:
    """A chain, and what is known of its series."""

    def __init__(self, answered: AnsweredChain, compare: Compare) -> None:
        self.answered = answered
        self._compare = compare
        self._found: dict[int, tuple[FollowUp, ...]] = {}

    def find(
        self, place: int, keeper: Keeper | None, fresh: list[KeptResult]
    ) -> tuple[FollowUp, ...]:
        """Return what became of the remarks on a series; what was not kept is added to `fresh`."""
        if place not in self._found:
            self._found[place] = self._ask(place, keeper, fresh)
        return self._found[place]

    def _ask(
        self, place: int, keeper: Keeper | None, fresh: list[KeptResult]
    ) -> tuple[FollowUp, ...]:
        if keeper is None or self._blobs is None:
            return self._follow(place)
        key = hashlib.sha256(f"{place} {self._digest}".encode()).digest()
        kept = keeper.recall(key)
        if kept is not None:
            with suppress(ValueError, TypeError, RecursionError):  # a stranger has written the file
                return tuple(map(FollowUp.model_validate, parse_kept(kept)))
        found = self._follow(place)
        packed = pack_models(found)
        fresh.append(KeptResult(key, "follow-ups", RULES, self._blobs, packed, most=MOST))
        return found

    def _follow(self, place: int) -> tuple[FollowUp, ...]:
        return tuple(found for _, _, found in self._follower.follow(place))

    @cached_property
    def _follower(self) -> Follower:
        return Follower(self.answered, self._compare)

    @cached_property
    def _blobs(self) -> tuple[str, ...] | None:
        """Which mails are read; None if one has no place in an archive."""
        mails: list[Message] = []
        for one in self.answered.chain.series:
            mails += (*one.messages, *one.duplicates)
        for below in (*self.answered.replies, *self.answered.patches):
            mails += below
        blobs = tuple(mail.entry.blob for mail in mails if mail.entry)
        return blobs if len(blobs) == len(mails) else None

    @cached_property
    def _digest(self) -> str:
        """A digest of the mails, and of how they are grouped."""
        chain, replies, patches = self.answered
        shape = [
            f"{len(one.messages)} {len(one.duplicates)} {len(replies)} {len(patches)}"
            f" {one.ref.model_dump_json()}"
            for one, replies, patches in zip(chain.series, replies, patches, strict=True)
        ]
        links = chain.model_dump_json(include={"links"})
        text = "\n".join((f"follow-ups {RULES}", links, *shape, *(self._blobs or ())))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
