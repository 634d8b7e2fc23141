"""The mails of an index that tell what became of one series, and its review."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from kvminbox.index.related import MAX_DAYS, Places, find_chain_back, find_notices, find_pulls
from kvminbox.models import Chain, Message, Series, SeriesReview
from kvminbox.review import review_all
from kvminbox.series import group_series
from kvminbox.versions import link_series

_Mails = dict[int, Message]
"""Mails by their `id()`: those that one search has found are the same objects in another."""


def review_found(index: Places, chain: Chain, series: Series) -> SeriesReview:
    """Return the review of one series of a chain, from the threads of all its versions.

    Notices and pull requests are looked for by the titles of its patches. Who commits what others
    send is told by these mails alone.
    """
    told = list(_find_told(index, series))
    mails = _gather_threads(index, chain.series) | {id(mail): mail for mail in told}
    listed = {one.ref: one for one in chain.series}
    for mail in told:  # patches may have been sent below a pull request
        below = index.series_of(mail.message_id or "") if mail.kind == "pull_request" else None
        if below is not None:
            listed.setdefault(below.ref, below)
    reviews = review_all(listed.values(), mails.values(), end=index.find_end(series))
    return reviews[[*listed].index(series.ref)]


def gather_mails(index: Places, message_id: str) -> list[Message]:
    """Return the mails of a thread, of its sender's later series, and of their threads.

    Empty if no mail of the index has or mentions the id.
    """
    thread = index.thread_of(message_id)
    found: _Mails = {id(mail): mail for mail in thread.messages} if thread else {}
    for series in list(group_series(found.values())):
        others = _find_others(index, series, thread.messages if thread else ())
        found |= {id(mail): mail for one in others for mail in one.messages}
        found |= _gather_threads(index, others)
    for series in list(group_series(found.values())):
        found |= {id(mail): mail for mail in _find_told(index, series)}
    return list({(mail.message_id, mail.content_key()): mail for mail in found.values()}.values())


def _gather_threads(index: Places, series: Iterable[Series]) -> _Mails:
    threads = (index.thread_of(one.messages[0].message_id or "") for one in series)
    return {id(mail): mail for thread in filter(None, threads) for mail in thread.messages}


def _find_told(index: Places, series: Series) -> Iterator[Message]:
    """Yield the mails outside its threads that may say that patches of a series were taken."""
    yield from find_notices(index, series)
    yield from find_pulls(index, series)


def _find_others(index: Places, series: Series, near: Iterable[Message]) -> list[Series]:
    """Return the series with its later versions, by its sender, or else by what they share.

    With them come those before, whose tags an unchanged patch still has. Below which others they
    stand is told by the mails near it, of its own thread.
    """
    known = group_series([*series.messages, *_search_later(index, series)])
    chains = link_series(known, replies=near)
    found = {one.ref: one for chain in chains if _has(chain, series) for one in chain.series}
    for one in find_chain_back(index, series).series:
        if one.ref != series.ref:
            found.setdefault(one.ref, one)  # another sender's, too
    return list(found.values())


def _has(chain: Chain, series: Series) -> bool:
    ids = {mail.message_id for one in chain.series for mail in one.messages}
    return any(mail.message_id in ids for mail in series.messages)


def _search_later(index: Places, series: Series) -> Iterator[Message]:
    email = series.sender.email
    if series.date is None or not email or '"' in email:
        return
    begin, end = series.date - timedelta(days=1), series.date + timedelta(days=MAX_DAYS)
    query = f'f:"{email}" d:{begin:%Y%m%d}..{end:%Y%m%d} (kind:patch OR kind:cover_letter)'
    for hit in index.search(query, order="oldest"):
        yield hit.message
