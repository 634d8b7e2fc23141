"""The other versions of a series that an index holds, and the notices about its patches."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Final, Protocol

from kvminbox.dates import write_day
from kvminbox.index.search import Search, SearchOrder
from kvminbox.models import (
    AnyMessage,
    Chain,
    Message,
    PullRequest,
    Series,
    Thread,
)
from kvminbox.order import parent_ids
from kvminbox.review.answers import AnswerIndex
from kvminbox.review.notices import may_notice
from kvminbox.review.pulled import MIN_WORDS
from kvminbox.review.releases import find_release_name
from kvminbox.series import group_series
from kvminbox.versions import link_series
from kvminbox.versions.before import find_compared
from kvminbox.versions.facts import Facts
from kvminbox.versions.mentions import find_mentions

MAX_TITLE: Final = 60
"""Characters of a title that are searched for."""

MAX_PATCHES: Final = 3
"""Patches of a series whose titles are searched for."""

MAX_TITLES: Final = 200
"""Patches of a series by whose titles notices are searched for."""

MAX_FOUND: Final = 100
"""Mails with the same change-id or title that are looked at, of notices for each patch."""


MAX_FILES: Final = 8
"""Files of a series that are searched for."""

MAX_NEAR: Final = 60
"""Earlier patches of its sender to these files that are looked at, the latest ones; of later
patches the first ones."""

MAX_DAYS: Final = 366
"""Days after a series in which its sender's later patches are looked at."""


_MAY_LIST: Final = (
    "kind:pull_request OR s:ann OR s:announce OR s:announcement OR s:release OR s:released"
)
"""What may list the patches that were taken."""


class Places(Protocol):
    """What is asked of an index here."""

    def get(self, message_id: str) -> AnyMessage | None:
        """Return the mail with an id."""

    def series_of(self, message_id: str) -> Series | None:
        """Return the series in which a mail is, without its other versions."""

    def thread_of(self, message_id: str) -> Thread | None:
        """Return the thread in which a mail is."""

    def search(self, query: str, *, order: SearchOrder = "newest") -> Search:
        """Find mails by search words."""

    def find_end(self, series: Series) -> datetime | None:
        """Return when the last mail of the inboxes that have a series arrived."""


def find_previous(index: Places, series: Series) -> Series | None:
    """Return the version that a series is compared with; None if the index has none."""
    return find_compared(find_chain_back(index, series), series)


def find_chain_back(index: Places, series: Series) -> Chain:
    """Return a chain of a series, with the version that it is compared with if the index has one.

    Under another title that is looked for among its sender's patches to the same files.
    """
    found = find_versions(index, series)
    if find_compared(found, series) is None:
        found = find_versions(index, series, by_files=True)
    return found


def find_chain(index: Places, series: Series) -> Chain:
    """Return the chain of a series, whose older and newer versions may have other titles.

    Where none is found on one of the sides, its sender's patches to the same files are looked
    through.
    """
    found = find_versions(index, series)
    linked = next(one for one in found.series if one.ref == series.ref)
    if linked.previous is None or linked.next is None:
        found = find_versions(index, series, by_files=True, later=True)
    return found


def find_versions(
    index: Places, series: Series, *, by_files: bool = False, later: bool = False
) -> Chain:
    """Return the chain of a series: its versions that the index has, itself among them.

    They are looked for by change-id, by title, by the titles of the first patches, among the mails
    that it links to or answers, and in its thread; what shares none of these is not found.

    Args:
        index: where to look.
        series: one of its series.
        by_files: look through what its sender sent before for the same files, too.
        later: and through what he sent for them within a year.
    """
    ids = {message.message_id for message in series.messages}
    known = set(ids)
    found = {series.ref: series}
    near = _find_by_files(index, series) if by_files else ()
    after = _find_by_files(index, series, later=True) if later else ()
    thread = index.thread_of(series.messages[0].message_id or "")
    beside = _list_first(thread) if thread else ()
    for message_id in chain(_find_alike(index, series), beside, near, after):
        one = None if message_id in known else index.series_of(message_id)
        if one is not None:
            own = {mail.message_id for mail in one.messages}
            known |= own  # its other mails lead to it, too
            if ids.isdisjoint(own):
                found[one.ref] = one
    chains = link_series(found.values(), replies=thread.messages if thread else ())
    return next(found for found in chains for one in found.series if one.ref == series.ref)


def _list_first(thread: Thread) -> Iterator[str]:
    """Return the first mails of a thread's series, the earliest ones."""
    first = (
        one.message_id
        for one in thread.messages
        if one.kind in {"patch", "cover_letter"} and one.subject.counter <= 1
    )
    yield from islice(filter(None, first), MAX_FOUND)


def find_pulls(index: Places, series: Series) -> Iterator[Message]:
    """Yield the pull requests and announced releases with a title of this series, each once.

    Whether they have its patches is decided by `kvminbox.review`.
    """
    seen: set[str | None] = set()
    # a title may be listed with another prefix
    bare = (patch.title.rpartition(": ")[2] for patch in series.patches[:MAX_TITLES])
    words = (one for one in map(_shorten, bare) if len(one.split()) >= MIN_WORDS)
    for phrase in dict.fromkeys((*_list_phrases(series), *words)):
        found = index.search(f'({_MAY_LIST}) b:"{phrase}"', order="oldest")
        for hit in islice(found, MAX_FOUND):
            is_one = isinstance(hit.message, PullRequest) or find_release_name(hit.message)
            if is_one and hit.message.message_id not in seen:
                seen.add(hit.message.message_id)
                yield hit.message


def _list_phrases(series: Series) -> Iterator[str]:
    """Return what is searched for to find mails that name patches of a series by their titles."""
    titles = (patch.title for patch in series.patches[:MAX_TITLES])
    return filter(None, dict.fromkeys(map(_shorten, titles)))


def find_answered(index: Places, message_id: str) -> Series | None:
    """Return the series that a mail is in, or else the one below which it stands in its thread.

    None if it is below none. An answer to an answer may name no mail of the series: then the walk
    goes up its thread, as for a review.
    """
    mail = index.get(message_id)
    if mail is None:
        return None
    for one in (message_id, *reversed(parent_ids(mail))):
        series = index.series_of(one)
        if series is not None:
            return series
    thread = index.thread_of(message_id)
    messages = list(thread.messages) if thread else []
    listed = list(group_series(messages))
    place = AnswerIndex(messages, listed).find_place(mail)
    first = listed[place.series].messages[0] if place else None
    return index.series_of(first.message_id) if first and first.message_id else None


def find_notices(index: Places, series: Series) -> Iterator[Message]:
    """Yield the mails of programs that tell of patches with the titles of this series.

    Of which patch they tell is decided by `kvminbox.review`.
    """
    for phrase in _list_phrases(series):
        for hit in islice(index.search(f'kind:bot b:"{phrase}"', order="oldest"), MAX_FOUND):
            if may_notice(hit.message):
                yield hit.message


def _find_alike(index: Places, series: Series) -> Iterator[str]:
    change_ids = {getattr(message, "change_id", None) for message in series.messages} - {None}
    queries = [f"changeid:{one}" for one in sorted(map(str, change_ids)) if " " not in one]
    # a cover letter is renamed more often than its patches are
    titles = [series.title, *(patch.title for patch in series.patches[:MAX_PATCHES])]
    facts = Facts(series)
    if facts.is_lone:  # the same may come again for another subsystem
        titles += facts.topics
    for phrase in dict.fromkeys(map(_shorten, titles)):
        if phrase:
            queries += [f's:"{phrase}" kind:{kind}' for kind in ("patch", "cover_letter")]
    yield from islice((one.message_id for one in find_mentions(series)), MAX_FOUND)
    yield from parent_ids(series.messages[0])[:MAX_FOUND]
    for query in queries:
        yield from filter(None, index.search(query, order="oldest").message_ids(MAX_FOUND))


def _find_by_files(index: Places, series: Series, *, later: bool = False) -> Iterator[str]:
    stats = (patch.diffstat.files for patch in series.patches)
    paths = dict.fromkeys(file.path for files in stats for file in files)
    names = [f'dfn:"{path}"' for path in paths if _is_searchable(path)][:MAX_FILES]
    sender = series.sender.email
    if not names or not _is_searchable(sender) or series.date is None:
        return
    day, end = map(_write_day, (series.date, series.date + timedelta(days=MAX_DAYS)))
    dates = f"{day}..{end}" if later else f"..{day}"
    query = f'f:"{sender}" kind:patch d:{dates} ({" OR ".join(names)})'
    found = index.search(query, order="oldest" if later else "newest")
    yield from filter(None, found.message_ids(MAX_NEAR))


def _write_day(moment: datetime) -> str:
    """Return its day as a search takes it: in UTC, which a sender's own day may not be."""
    return write_day(moment).replace("-", "")


def _is_searchable(text: str) -> bool:
    return '"' not in text and any(map(str.isalnum, text))


def _shorten(title: str) -> str:
    """Return the words of a title that are searched for, as the index divides them."""
    words = " ".join(title.replace('"', " ").split())
    if len(words) > MAX_TITLE:  # half a word would find nothing
        words = words[:MAX_TITLE].rpartition(" ")[0] or words[:MAX_TITLE]
    return words if any(map(str.isalnum, words)) else ""
