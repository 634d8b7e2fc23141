"""Chains and reviews of a corpus, unless an index has kept what came of just these mails."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, Final

from kvminbox.analysis.kept_json import pack_model, pack_models, parse_kept
from kvminbox.inbox.keeping import Keeper, KeptResult
from kvminbox.models import AnyMessage, Chain, Series, SeriesReview
from kvminbox.models.placed import keep_list

RULES: Final = 16
"""The number of the rules by which mails are grouped; with another one, what an index has kept
is old."""

LEAST: Final = 1_000
"""Mails of a corpus from which on it pays to keep its groups."""

MOST: Final = 4
"""Corpora whose groups an index keeps, those that were grouped last."""

_MAILS: Final = frozenset({"cover", "patches", "duplicates"})
"""The fields of a series that are mails, which are kept as their places in the corpus."""


class KeptGroups:
    """What follows from all mails of a corpus together.

    It is kept by a digest of them all, so that one mail more or less is another corpus.
    """

    def __init__(self, keeper: Keeper | None, messages: Sequence[AnyMessage]) -> None:
        self._keeper = keeper if len(messages) >= LEAST else None
        self._messages = messages

    def chains(self, make: Callable[[], tuple[Chain, ...]]) -> tuple[Chain, ...]:
        """Return the chains of the mails; `make` links them if they are not kept."""
        return self._ask("chains", make, self._pack_chains, self._open_chains)

    def reviews(
        self, make: Callable[[], tuple[SeriesReview, ...]], series: Sequence[Series]
    ) -> tuple[SeriesReview, ...]:
        """Return the reviews of the series of these chains, likewise."""
        return self._ask("reviews", make, pack_models, lambda packed: _open_reviews(packed, series))

    def _ask(
        self,
        result: str,
        make: Callable[[], tuple[Any, ...]],
        pack: Callable[[tuple[Any, ...]], str],
        unpack: Callable[[Any], tuple[Any, ...]],
    ) -> tuple[Any, ...]:
        if self._keeper is None or self._blobs is None:
            return make()
        key = hashlib.sha256(f"{result} {RULES} {self._digest}".encode()).digest()
        kept = self._keeper.recall(key)
        if kept is not None:
            # a file that somebody else has written
            with suppress(ValueError, LookupError, TypeError, AttributeError, RecursionError):
                return unpack(parse_kept(kept))
        found = make()
        self._keeper.keep([KeptResult(key, result, RULES, self._blobs, pack(found), most=MOST)])
        return found

    @cached_property
    def _blobs(self) -> tuple[str, ...] | None:
        """The ids of the mails' bytes; None if one has no place in an archive."""
        blobs = [message.entry.blob for message in self._messages if message.entry]
        return tuple(blobs) if len(blobs) == len(self._messages) else None

    @cached_property
    def _digest(self) -> str:
        entries = [message.entry for message in self._messages if message.entry]
        # of a window by Date it is not known when its mails arrived
        places = (
            f"{one.epoch} {one.commit} {one.blob}{'' if one.arrived else ' sent'}\n"
            for one in entries
        )
        return hashlib.sha256("".join(places).encode()).hexdigest()

    def _pack_chains(self, chains: tuple[Chain, ...]) -> str:
        places = {id(message): place for place, message in enumerate(self._messages)}

        def pack(series: Series) -> str:
            mails: dict[str, object] = {
                name: [places[id(patch)] for patch in getattr(series, name)]
                for name in ("patches", "duplicates")
            }
            if series.cover is not None:
                mails["cover"] = places[id(series.cover)]
            return pack_model(series, _MAILS, **mails)

        packed = (
            f'{{"series":[{",".join(map(pack, chain.series))}],"links":{pack_models(chain.links)}}}'
            for chain in chains
        )
        return f"[{','.join(packed)}]"

    def _open_chains(self, packed: Any) -> tuple[Chain, ...]:  # noqa: ANN401  # parsed JSON
        messages = self._messages

        def unpack(fields: dict[str, Any]) -> Series:
            cover = fields.get("cover")
            mails = {name: [messages[place] for place in fields[name]]
                     for name in ("patches", "duplicates")}  # fmt: skip
            return Series.model_validate(
                {**fields, **mails, "cover": None if cover is None else messages[cover]}
            )

        return tuple(
            Chain.model_validate({**one, "series": [unpack(fields) for fields in one["series"]]})
            for one in packed
        )


def _open_reviews(
    packed: Any,  # noqa: ANN401  # parsed JSON
    series: Sequence[Series],
) -> tuple[SeriesReview, ...]:
    found = map(SeriesReview.model_validate, packed)
    return tuple(keep_list(review, one) for review, one in zip(found, series, strict=True))
