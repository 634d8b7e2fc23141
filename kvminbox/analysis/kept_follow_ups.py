"""What became of the remarks on each chain, unless an index has kept it."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from kvminbox.analysis.kept_json import pack_models, parse_kept
from kvminbox.inbox.keeping import Keeper, KeptResult
from kvminbox.models import Chain, FollowUp, Message
from kvminbox.remarks.follow import AnsweredChain, Compare, divide_answers
from kvminbox.review.answers import AnswerIndex

RULES: Final = 12
"""The number of the rules by which remarks are read and followed; with another one, what an index
has kept is old."""

MOST: Final = 20_000
"""Chains whose remarks an index keeps, those that were read last: each reply makes a chain another
one."""


def find_follow_ups(
    keeper: Keeper | None, chains: Iterable[Chain], index: AnswerIndex, compare: Compare
) -> Iterator[FollowUp]:
    """Yield what `kvminbox.remarks.follow_up_all` does, and keep it by the mails of each chain."""
    fresh: list[KeptResult] = []
    for answered in divide_answers(chains, index):
        if answered.is_answered:
            yield from _ask(keeper, answered, compare, fresh)
    if keeper is not None:
        keeper.keep(fresh)


def _ask(
    keeper: Keeper | None, answered: AnsweredChain, compare: Compare, fresh: list[KeptResult]
) -> tuple[FollowUp, ...]:
    blobs = _list_blobs(answered)
    if keeper is None or blobs is None:
        return _follow(answered, compare)
    key = _make_key(answered, blobs)
    kept = keeper.recall(key)
    if kept is not None:
        with suppress(ValueError, TypeError, RecursionError):  # somebody else has written the file
            return tuple(map(FollowUp.model_validate, parse_kept(kept)))
    found = _follow(answered, compare)
    fresh.append(KeptResult(key, "follow-ups", RULES, blobs, pack_models(found), most=MOST))
    return found


def _follow(answered: AnsweredChain, compare: Compare) -> tuple[FollowUp, ...]:
    return tuple(found for _, _, found in answered.follow_up(compare))


def _list_blobs(answered: AnsweredChain) -> tuple[str, ...] | None:
    """Return which mails are read; None if one has no place in an archive."""
    series = answered.chain.series
    mails: list[Message] = []
    for one in series:
        mails += (*one.messages, *one.duplicates)
    for below in (*answered.replies, *answered.patches):
        mails += below
    blobs = tuple(mail.entry.blob for mail in mails if mail.entry)
    return blobs if len(blobs) == len(mails) else None


def _make_key(answered: AnsweredChain, blobs: tuple[str, ...]) -> bytes:
    """Return a digest of the mails, and of how they are grouped."""
    chain = answered.chain
    shape = [
        f"{len(one.messages)} {len(one.duplicates)} {len(replies)} {len(patches)}"
        f" {one.ref.model_dump_json()}"
        for one, replies, patches in zip(
            chain.series, answered.replies, answered.patches, strict=True
        )
    ]
    links = chain.model_dump_json(include={"links"})
    text = "\n".join((f"follow-ups {RULES}", links, *shape, *blobs))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
