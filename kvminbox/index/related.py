"""The other versions of a series that an index holds."""

from collections.abc import Iterator
from typing import Final

from kvminbox.index.index import Index
from kvminbox.models import Chain, Series
from kvminbox.versions import link_series

MAX_TITLE: Final = 60
"""Characters of a title that are searched for."""

MAX_FOUND: Final = 100
"""Mails with the same change-id or title that are looked at."""


def find_versions(index: Index, series: Series) -> Chain:
    """Return the chain of a series: its versions that the index holds, itself among them.

    They are looked for by change-id and by title; a version with neither is not found.
    """
    ids = {message.message_id for message in series.messages}
    found = {series.ref: series}
    for message_id in _find_alike(index, series):
        one = index.series_of(message_id)
        if one is not None and ids.isdisjoint(mail.message_id for mail in one.messages):
            found[one.ref] = one
    chains = link_series(found.values())
    return next(chain for chain in chains for one in chain.series if one.ref == series.ref)


def _find_alike(index: Index, series: Series) -> Iterator[str]:
    change_ids = {getattr(message, "change_id", None) for message in series.messages} - {None}
    letters = series.title[:MAX_TITLE]
    words = "".join(letter if letter.isalnum() else " " for letter in letters).split()
    queries = [f"changeid:{one}" for one in sorted(map(str, change_ids)) if " " not in one]
    queries += [f's:"{" ".join(words)}" kind:{kind}' for kind in ("patch", "cover_letter") if words]
    for query in queries:
        yield from filter(None, index.search(query, order="oldest").message_ids(MAX_FOUND))
