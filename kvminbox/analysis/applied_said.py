"""What mails say was merged or applied, and of which series they say it."""

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kvminbox.analysis.outside import OutsideSeries, find_outside, is_part
from kvminbox.analysis.people import is_reply
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.models import (
    Address,
    Applied,
    AppliedForm,
    Message,
    Series,
    SeriesReview,
    Submission,
)
from kvminbox.order import each_once
from kvminbox.review import Committers
from kvminbox.review.applied import AppliedText, find_applied
from kvminbox.review.commented import find_commenter, is_notice
from kvminbox.review.notices import Notice, may_notice, read_notice
from kvminbox.review.tags import is_other
from kvminbox.review.trust import Teller, is_trusted
from kvminbox.series.members import find_count, find_stem
from kvminbox.upstream import Code
from kvminbox.words import count_things

MAX_TOTAL: Final = 1_000
"""Patches of a series that the corpus lacks among which the applied ones are looked for."""

_ARRIVED: Final = re.compile(r"\b(?:linux[ -]next|next-\d{8}|mainline)\b", re.IGNORECASE)

# who says so looked into a tree
_TOLD_OF: Final = re.compile(
    r"\b(?:afaict|afaics|afaik|as far as|seems?|appears?|looks? like|i (?:see|saw|noticed|found)"
    r"|upstream|mainline|linus|already|(?:was|were) (?:merged|applied|queued|picked|taken))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A mail that says that patches were applied, and the series that it answers, if known."""

    message: Message
    words: Applied | AppliedText
    form: AppliedForm
    series: Series | None = None
    review: SeriesReview | None = None
    notice: Notice | None = None
    """What a program's notice tells, of a patch that the corpus lacks."""


@dataclass(frozen=True, slots=True)
class Work:
    """The mails that say so of one series, and what is known of it."""

    mails: list[Said]
    series: Series | None = None
    review: SeriesReview | None = None
    outside: OutsideSeries | None = None
    share: frozenset[int] | None = None
    """The patches of which these mails tell, where others tell of others; else None."""

    @property
    def title(self) -> str:
        """The title of the series: its cover letter's, wherever that is told."""
        told = self.outside.titles.get(0, "") if self.outside else ""
        if self.series is not None and (self.series.cover or not told):
            return self.series.title
        if told:
            return told
        noticed = [said.notice for said in self.mails if said.notice is not None]
        if not noticed:
            return self.mails[0].message.subject.title
        # of a series of which only notices tell, the patch that was sent first
        first, more = min(noticed, key=_place).title, len({one.key for one in noticed}) - 1
        return f"{first}, and {count_things(more, 'more patch')}" if more else first


def _place(notice: Notice) -> tuple[int, float]:
    """Return what orders the patches of a series: the number in its id, and when it was written."""
    counts = [count for identity in notice.ids if (count := find_count(identity)) is not None]
    return counts[0] if counts else 0, notice.written or 0.0


def list_works(snapshot: Snapshot, tree: Code | None) -> list[Work]:
    """Return the mails that say that patches were applied, by the series or patch, their work.

    Args:
        snapshot: all mails of a corpus.
        tree: the tree that the reviews look at, if any.
    """
    reviewed: dict[str, list[tuple[Applied, Series, SeriesReview]]] = {}
    for series, review in snapshot.reviews(tree):
        own: dict[str, list[tuple[Applied, Series, SeriesReview]]] = {}
        for said in review.applied:
            if said.message_id:  # a mail has one for each tree
                own.setdefault(said.message_id, []).append((said, series, review))
        reviewed |= own
    members = {mail.message_id for series in snapshot.series() for mail in series.messages}
    outside = snapshot.notices.list_outside(snapshot.series())
    known = {mail.message_id: _is_work(mail) for mail in snapshot.messages()}
    asked = {
        mail.message_id: mail.sender
        for mail in snapshot.messages()
        if mail.subject.is_pull and not is_reply(mail)
    }
    told = [
        said
        for message in each_once(snapshot.messages())
        for said in _read(message, reviewed, members, snapshot.committers, outside)
        if said.series is not None or not (_is_talk(message, known) or _is_asking(said, asked))
    ]
    return _join(told, snapshot)


def _read(
    message: Message,
    reviewed: Mapping[str, list[tuple[Applied, Series, SeriesReview]]],
    members: Collection[str | None],
    committers: Committers,
    outside: Mapping[int, Applied],
) -> list[Said]:
    """Return what a mail says; of the answers to a series only what its review counts.

    Of the notices of programs that is so, too; `outside` has those about other patches.
    """
    if found := reviewed.get(message.message_id or ""):
        return [Said(message, words, words.form, series, review) for words, series, review in found]
    parents = (*message.in_reply_to, *message.references)
    if not (is_reply(message) or message.kind == "bot") or any(one in members for one in parents):
        return []
    if (notice := read_notice(message)) is not None:
        kept = outside.get(id(message))
        return [Said(message, kept, kept.form, notice=notice)] if kept else []
    words = find_applied(message, committers=committers)
    if words is None:
        return []
    known = committers.find(find_commenter(message) or message.sender) is not None
    form = "notice" if is_notice(message) else words.find_form(commits=known)
    # what is above is not here, and may be the patch itself
    teller = Teller(
        commits=known,
        is_author=False,
        is_direct=True,
        is_approved=False,
        is_alone=False,
        knows=committers.knows,
    )
    if form == "free" and not is_trusted(words, teller):
        return []
    return [Said(message, words, form)]


def _is_work(message: Message) -> bool:
    """Whether a mail is a patch, a cover letter or a pull request, or its subject tells of one."""
    subject = message.subject
    return subject.has_patch_mark or subject.is_pull or isinstance(message, Submission)


def _is_talk(message: Message, known: Mapping[str | None, bool]) -> bool:
    """Whether a mail answers one that is here, and no patch is in its thread, as far as is known.

    `The device is created, and added to the virtio-bus` answers a question.

    Args:
        message: the mail.
        known: the mails that are here, each with whether it is work, and no talk.
    """
    above = [known[one] for one in (*message.in_reply_to, *message.references) if one in known]
    return bool(above) and message.kind != "bot" and not any(above) and not _is_work(message)


def _is_asking(said: Said, asked: Mapping[str | None, Address]) -> bool:
    """Whether it is told by who asks for a pull: his `I've picked this up` is no answer to that.

    Args:
        said: what a mail says.
        asked: the pull requests that are here, each with its sender.
    """
    mail = said.message
    above = [asked[one] for one in (*mail.in_reply_to, *mail.references) if one in asked]
    own = any(not is_other(one, mail.sender) for one in above)
    return own and mail.kind != "bot" and is_by_sender(said)


def _join(told: list[Said], snapshot: Snapshot) -> list[Work]:
    """Return the mails by the work of which they tell, one for each series."""
    outside = find_outside(snapshot, [said.message for said in told if said.series is None])
    works: dict[Hashable, Work] = {}
    for said in told:
        beyond = outside.get(id(said.message))
        series = said.series or (beyond.series if beyond else None)
        key: Hashable = said.message.subject.title
        if series is not None:
            key = repr(series.ref)
        elif beyond is not None:
            key = id(beyond)
        elif said.notice is not None:
            key = _name_sending(said.notice)
        work = works.get(key) or Work([])
        works[key] = replace(
            work,
            mails=[*work.mails, said],
            series=work.series or series,
            review=work.review or said.review,
            outside=work.outside or beyond,
        )
    return list(works.values())


def _name_sending(notice: Notice) -> Hashable:
    """Return what the patches of one series have in common that only notices tell of.

    The mails that were sent by one command have ids that differ in a number.
    """
    title, author = notice.key
    stems = [stem for identity in (*notice.queued, *notice.own) if (stem := find_stem(identity))]
    return (stems[0], author) if stems else (title, author)


def is_free(said: Said) -> bool:
    """Whether it is said in free words, which may be misread."""
    return said.form == "free"


def is_told_of(said: Said) -> bool:
    """Whether it is only told of: `AFAICT this was merged upstream`, and not `Series queued`."""
    return (
        not said.words.tree
        and _TOLD_OF.search(said.words.evidence) is not None
        and not is_by_sender(said)
    )


def is_by_sender(said: Said) -> bool:
    """Whether a mail says that its sender did it, as far as words tell."""
    words = said.words if isinstance(said.words, AppliedText) else find_applied(said.message)
    return words is None or words.by_sender


def is_deed(said: Said) -> bool:
    """Whether its sender tells what he did himself: `Applied both`, and not `I saw them there`."""
    return _TOLD_OF.search(said.words.evidence) is None and is_by_sender(said)


def is_news(said: Said) -> bool:
    """Whether it is told where patches have arrived: `this landed in today's linux-next`."""
    return _ARRIVED.search(said.words.evidence) is not None and not is_by_sender(said)


def list_titles(work: Work) -> dict[int, str]:
    """Return the patches of a series with their titles, as far as they are known.

    Of a series that is not all here there are as many as its subjects count; nothing is known
    of what has no number.
    """
    series, subject = work.series, work.mails[0].message.subject
    if series is None and not subject.counter_stated:
        return {}
    known = dict(work.outside.titles) if work.outside else {}
    if series is not None:
        here = dict(zip(series.numbers, (one.subject.title for one in series.patches), strict=True))
        if not is_part(series):
            return here
        known |= here
    total = min(series.total if series else subject.total, MAX_TOTAL)
    return {number: known.get(number, "") for number in range(1, total + 1)}


def find_patches(said: Said, titles: Mapping[int, str]) -> Collection[int]:
    """Return the numbers that a mail names, out of those of a series."""
    if isinstance(said.words, Applied) and said.series is not None:
        is_notice = bool(said.words.patches) and may_notice(said.message)
        # a program's `Patch "x" has been added` has no number
        is_counted = said.message.subject.counter_stated
        if is_notice or not is_counted or not is_part(said.series):
            return said.words.patches
    words = said.words if isinstance(said.words, AppliedText) else find_applied(said.message)
    if words is None:
        return ()
    if words.listed and all(total == len(titles) for _, total, _ in words.listed):
        return {number for number, _, _ in words.listed} & titles.keys()
    return words.find_patches(titles, said.message.subject.counter)
