"""Of which patches notices tell that they were put into a tree, or taken out of it again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple

from kvminbox.dates import write_day
from kvminbox.models import Address, Applied, Message, Patch, Series
from kvminbox.order import each_once, sent_time
from kvminbox.review.notices import Notice, read_notice
from kvminbox.review.part import tell_part
from kvminbox.versions.facts import Facts
from kvminbox.versions.stable import is_stable_backport
from kvminbox.versions.titles import normalise_title
from kvminbox.words import fold_name

MAX_LAG: Final = 366 * 86_400
"""Seconds after which a title in a notice is no more taken for that of a mail."""

MAX_CLOCK: Final = 2
"""Seconds by which a patch's Date may differ from that of its mail."""

_LINKED: Final = "it links to the mail"
_DATED: Final = "its title, author and Date are those of the mail"
_TITLED: Final = "its title and author are those of the last version before it"


class Sent(NamedTuple):
    """A notice that was sent."""

    notice: Notice
    message_id: str | None
    by: Address
    date: datetime | None
    time: float
    """When, in seconds since 1970."""

    place: int
    """The `id()` of the mail, in the process that read it."""

    ids: tuple[str, ...] = ()
    """The Message-IDs of the mails that it is about; none if it links to none that is here."""


class Known(NamedTuple):
    """What is known of the series of a mail to which a notice may link."""

    sent: float
    titles: frozenset[str]
    people: frozenset[str]
    """The addresses and names of who sent and who wrote it, in lower case."""

    is_stable: bool


def read_notices(messages: Iterable[Message]) -> list[Sent]:
    """Return the notices among some mails, each once."""
    found: list[Sent] = []
    for message in each_once(messages):
        if message.kind == "bot" and (notice := read_notice(message)) is not None:
            time = sent_time(message)
            place = id(message)
            found.append(
                Sent(notice, message.message_id, message.sender, message.date, time, place)
            )
    return found


def know(series: Iterable[Facts]) -> Known:
    """Return what is known of the series that have one mail: mostly one."""
    listed = list(series)
    people = frozenset(name for one in listed for name in (one.author_email, *one.people))
    return Known(
        sent=min(one.claimed for one in listed),
        titles=frozenset(title for one in listed for title in one.patch_titles),
        people=people - {""},
        is_stable=any(one.is_stable for one in listed),
    )


def link_notices(sent: Iterable[Sent], find: Callable[[str], Known | None]) -> list[Sent]:
    """Return notices with the ids of the mails that they are about, as far as links tell.

    What links to a mail tells of it where the title is the same, or where maintainers' programs
    wrote the link and the author is the same. Of several versions it is the last; a backport is
    another patch.

    Args:
        sent: all the notices.
        find: tells what is known of the series that has a mail with an id; None for nothing.
    """
    return [one._replace(ids=_choose(one.notice, find)) for one in sent]


def _choose(notice: Notice, find: Callable[[str], Known | None]) -> tuple[str, ...]:
    title = normalise_title(notice.title)
    people = {notice.email.lower(), fold_name(notice.name)} - {""}
    last: tuple[float, str] | None = None
    chosen: list[str] = []
    for identity in notice.ids:
        known = find(identity)
        if known is None:
            continue
        is_meant = title in known.titles or (
            identity not in notice.links and not people.isdisjoint(known.people)
        )
        if not is_meant:
            continue
        if known.is_stable or identity in notice.queued:
            chosen.append(identity)
        elif last is None or last < (known.sent, identity):
            last = known.sent, identity
    return (*chosen, *((last[1],) if last else ()))


class NoticeIndex:
    """The notices of a corpus, by the mails to which they link, else by the title."""

    def __init__(self, linked: Iterable[Sent]) -> None:
        """Take all the notices that may be about some series, as `link_notices` returns them."""
        self._sent = list(linked)
        self._by_id: defaultdict[str, list[Sent]] = defaultdict(list)
        self._by_title: defaultdict[str, list[Sent]] = defaultdict(list)
        for one in self._sent:
            for identity in one.ids:
                self._by_id[identity].append(one)
            if not one.ids:
                self._by_title[normalise_title(one.notice.title)].append(one)

    @classmethod
    def of(cls, messages: Iterable[Message], series: Iterable[Series]) -> "NoticeIndex":
        """Return the notices among the mails of some series."""
        sent = read_notices(messages)
        if not sent:
            return cls(())
        named = {identity for one in sent for identity in one.notice.ids}
        owners: defaultdict[str, list[Facts]] = defaultdict(list)
        for one in series:
            for mail in (*one.messages, *one.duplicates):
                if mail.message_id in named:
                    owners[mail.message_id].append(Facts(one))
        known = {identity: know(found) for identity, found in owners.items()}
        return cls(link_notices(sent, known.get))

    def find(self, series: Series) -> tuple[tuple[Applied, ...], tuple[str, ...]]:
        """Return what notices say was applied of a series, oldest first, and what they took back.

        Args:
            series: the series; `next` tells when it was sent again.
        """
        if not self._by_id and not self._by_title:
            return (), ()
        kept: list[tuple[Sent, int, str]] = []
        told: list[str] = []
        found: dict[tuple[int, int], tuple[Sent, int, str]] = {}
        for one in self._list(series):
            found.setdefault((id(one[0]), one[1]), one)
        for sent, number, why in sorted(found.values(), key=_order):
            notice = sent.notice
            if not notice.is_gone:
                kept.append((sent, number, why))
                continue
            left = [one for one in kept if one[1] != number or not _is_undone(one[0], sent)]
            if len(left) < len(kept):
                part = tell_part({number}, series.numbers, series.total) or "it"
                day = f" on {write_day(sent.date)}" if sent.date else ""
                what = f"{sent.by.name_or_email} took back{day} that {part} was applied"
                told.append(f"{what}: {notice.words}")
            kept = left
        return tuple(_make_applied(*one) for one in kept), tuple(told)

    def list_outside(self, series: Iterable[Series]) -> dict[int, Applied]:
        """Return what notices say of patches that none of all these series has.

        By the `id()` of the mail; what was taken back is left out.
        """
        inside = {id(sent) for one in series for sent, _, _ in self._list(one)}
        by_patch: defaultdict[tuple[str, str], list[Sent]] = defaultdict(list)
        for sent in sorted(self._sent, key=_when):
            if id(sent) not in inside:
                by_patch[sent.notice.key].append(sent)
        found: dict[int, Applied] = {}
        for sents in by_patch.values():
            kept: list[Sent] = []
            for sent in sents:
                if sent.notice.is_gone:
                    kept = [one for one in kept if not _is_undone(one, sent)]
                else:
                    kept.append(sent)
            found |= {one.place: _make_applied(one) for one in kept}
        return found

    def _list(self, series: Series) -> Iterator[tuple[Sent, int, str]]:
        """Yield the notices about patches of a series, each with the number of the patch."""
        titles = [normalise_title(patch.title) for patch in series.patches]
        numbers = dict(zip(titles, series.numbers, strict=True))
        is_lone = len(series.patches) == 1
        for mail in (*series.messages, *series.duplicates):
            for one in self._by_id.get(mail.message_id or "", ()):
                number = numbers.get(normalise_title(one.notice.title))
                if number is None and isinstance(mail, Patch):
                    number = series.number_of(mail)
                elif number is None and is_lone:
                    number = series.numbers[0]
                if number is not None and number in series.numbers:
                    yield one, number, _LINKED
        if not self._by_title:
            return
        for title, number, patch in zip(titles, series.numbers, series.patches, strict=True):
            for one in self._by_title.get(title, ()):
                if why := _compare(one, patch, series):
                    yield one, number, why


def _when(sent: Sent) -> tuple[float, str]:
    return sent.time, sent.message_id or ""


def _order(found: tuple[Sent, int, str]) -> tuple[float, int, str]:
    sent, number, _ = found
    return sent.time, number, sent.message_id or ""


def _compare(sent: Sent, patch: Patch, series: Series) -> str:
    """Return why a notice with the title of a patch is about it; empty if it may not be."""
    notice = sent.notice
    begin = sent_time(patch)
    if not _is_author(notice, patch.author) or begin > sent.time:
        return ""
    if notice.written is not None and abs(notice.written - begin) <= MAX_CLOCK:
        return _DATED
    end = series.next.date.timestamp() if series.next and series.next.date else float("inf")
    if sent.time >= min(end, begin + MAX_LAG):
        return ""
    if is_stable_backport(series) and notice.release not in Facts(series).releases:
        return ""  # the title of a backport is that of the patch
    return _TITLED


def _is_author(notice: Notice, author: Address) -> bool:
    if notice.email and notice.email.lower() == author.email.lower():
        return True
    return bool(notice.name) and fold_name(notice.name) == fold_name(author.name)


def _is_undone(sent: Sent, by: Sent) -> bool:
    """Whether what a notice said of a patch is undone by one that takes it out of the tree."""
    return sent.notice.family == by.notice.family  # who sends for it may change his address


def _make_applied(sent: Sent, number: int | None = None, why: str = "") -> Applied:
    return Applied(
        message_id=sent.message_id,
        by=sent.by,
        date=sent.date,
        commits=sent.notice.commits,
        patches=() if number is None else (number,),
        tree=sent.notice.tree,
        evidence=f"{sent.notice.words} – {why}" if why else sent.notice.words,
        form="notice",
    )
