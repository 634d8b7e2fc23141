"""The report on one series: what was said, between the lines of its patches."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from kvminbox.analysis import SeriesRemarks, compute_series_remarks
from kvminbox.errors import RevisionError
from kvminbox.index import Index
from kvminbox.index.gathered import gather_mails
from kvminbox.models import Chain, Corpus, Message, Series
from kvminbox.models.corpus import check_corpus
from kvminbox.order import parent_ids
from kvminbox.reports.section import Section
from kvminbox.reports.whole import SectionReport
from kvminbox.review.answers import AnswerIndex
from kvminbox.series import group_series
from kvminbox.series.group import EDGE
from kvminbox.versions import link_series

_CURE: Final = (
    "give the Message-ID of a patch, of a cover letter, or of a mail below one; "
    "`kvminbox search FILE WORD` finds ids"
)


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
        messages = gather_mails(source, wanted)
        if not messages:
            near = source.nearest_id(wanted)
            cure = f"did you mean {near}?" if near else _CURE
            raise RevisionError("no mail in the index has or mentions this id", message_id, cure)
        chains: Iterable[Chain] = link_series(group_series(messages), replies=messages)
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
