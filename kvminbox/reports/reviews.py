"""The report on one series: what was said, between the lines of its patches."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from kvminbox.analysis import SeriesRemarks, compute_series_remarks
from kvminbox.errors import RevisionError
from kvminbox.index import Index
from kvminbox.index.related import find_chain_back, find_notices, find_pulls
from kvminbox.models import Chain, Corpus, Hit, Message, Series
from kvminbox.models.corpus import check_corpus
from kvminbox.order import parent_ids
from kvminbox.reports.section import Section
from kvminbox.reports.whole import SectionReport
from kvminbox.review.answers import AnswerIndex
from kvminbox.series import group_series
from kvminbox.series.group import EDGE
from kvminbox.versions import link_series

MAX_LATER: Final = timedelta(days=366)
"""How long after a series an index is searched for later versions."""

_CURE: Final = "give the Message-ID of a patch, of a cover letter, or of a mail below one"


def review(source: Corpus | Index, message_id: str) -> SectionReport[SeriesRemarks]:
    """Report what was said about a series, between the lines of its patches.

    Beside each remark stands what the next version did with its line: that it changed, not
    that the remark was addressed. In an index, later versions are looked for among what the
    same person sent within a year, and by change-id and title whoever sent them.

    Args:
        source: an index; or a corpus that holds the series, its replies and later versions.
        message_id: the Message-ID of its cover letter, of a patch, or of a mail that
            stands below one in its thread, with or without angle brackets.

    Raises:
        kvminbox.errors.RevisionError: no series here has this mail.
    """
    wanted = message_id.strip().removeprefix("<").removesuffix(">")
    if isinstance(source, Index):
        messages = _gather(source, wanted)
        chains: Iterable[Chain] = link_series(group_series(messages))
    else:
        check_corpus(source)
        messages = list(source.messages())
        chains = source.chains()
    chain, series = _find_series(chains, messages, wanted)
    if series.cut and isinstance(source, Index):
        # where what was gathered ends, the archive may go on
        series = series.model_copy(update={"cut": _is_near_edge(source, series)})
    result = compute_series_remarks(chain, series, messages)
    return SectionReport(Section("review", lambda _: result), result)


def _is_near_edge(index: Index, series: Series) -> bool:
    """Whether a series arrived so near the first or last mail that parts may lie outside."""
    windows = (index.inbox(name).between(None, on_problem="skip") for name in index.inboxes)
    ends = [end for window in windows for end in window.arrived or ()]
    arrived = [one.entry.arrived for one in series.messages if one.entry and one.entry.arrived]
    edge = timedelta(seconds=EDGE)
    return bool(ends) and any(one - min(ends) <= edge or max(ends) - one <= edge for one in arrived)


def _find_series(
    chains: Iterable[Chain], messages: Iterable[Message], message_id: str
) -> tuple[Chain, Series]:
    known = list(chains)
    places = [(chain, series) for chain in known for series in chain.series]
    owners = {
        identity: (chain, series)
        for chain, series in places
        for mail in (*series.messages, *series.duplicates)
        for identity in (mail.message_id, *mail.other_message_ids)
        if identity
    }
    mail = next((one for one in messages if one.message_id == message_id), None)
    for identity in (message_id, *(reversed(parent_ids(mail)) if mail else ())):
        if identity in owners:
            return owners[identity]
    # an answer to an answer, whose sender's program names no other mail in References
    place = mail and AnswerIndex(messages, [one for _, one in places]).find_place(mail)
    if place:
        return places[place.series]
    raise RevisionError("no series here has this mail", message_id, _CURE)


def _gather(index: Index, message_id: str) -> list[Message]:
    """Return the mails of a thread, of its sender's later series, and of their threads."""
    thread = index.thread_of(message_id)
    if thread is None:
        near = index.nearest_id(message_id)
        cure = f"did you mean {near}?" if near else _CURE
        raise RevisionError("no mail in the index has or mentions this id", message_id, cure)
    found = _mails_of(index, [message_id])
    for series in list(group_series(found.values())):
        later = _find_others(index, series)
        ids = [one.messages[0].message_id or "" for one in later]
        found |= {id(mail): mail for one in later for mail in one.messages}
        found |= _mails_of(index, ids)
    for series in list(group_series(found.values())):
        told = (*find_notices(index, series), *find_pulls(index, series))
        found |= {id(mail): mail for mail in told}
    return list({(mail.message_id, mail.content_key()): mail for mail in found.values()}.values())


def _find_others(index: Index, series: Series) -> list[Series]:
    """Return the series with its later versions, by its sender, or else by what they share.

    With them come those before, whose tags an unchanged patch still has.
    """
    sent = [hit.message for hit in _search_later(index, series)]
    chains = link_series(group_series([*series.messages, *sent]))
    found = {one.ref: one for chain in chains if _has(chain, series) for one in chain.series}
    versions = find_chain_back(index, series).series
    place = next(place for place, one in enumerate(versions) if one.ref == series.ref)
    for one in (*versions[:place], *versions[place + 1 :]):
        found.setdefault(one.ref, one)  # another sender's, too
    return list(found.values())


def _has(chain: Chain, series: Series) -> bool:
    ids = {mail.message_id for one in chain.series for mail in one.messages}
    return any(mail.message_id in ids for mail in series.messages)


def _mails_of(index: Index, ids: Iterable[str]) -> dict[int, Message]:
    threads = (index.thread_of(identity) for identity in ids)
    mails = [node.message for one in threads if one for node in one.nodes if node.message]
    return {id(mail): mail for mail in mails}


def _search_later(index: Index, series: Series) -> Iterator[Hit]:
    email = series.sender.email
    if series.date is None or not email or '"' in email:
        return iter(())
    begin, end = series.date - timedelta(days=1), series.date + MAX_LATER
    query = f'f:"{email}" d:{begin:%Y%m%d}..{end:%Y%m%d} (kind:patch OR kind:cover_letter)'
    return iter(index.search(query, order="oldest"))
