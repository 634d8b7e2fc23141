"""What was merged or applied, as far as mails say so."""

import re
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kvminbox.analysis.outside import OutsideSeries, find_outside, is_part
from kvminbox.analysis.people import is_reply
from kvminbox.analysis.result import Figure, MessageRef, Result, make_refs
from kvminbox.analysis.row_lists import RowLists
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.models import (
    Address,
    Applied,
    AppliedForm,
    Corpus,
    Message,
    Model,
    Series,
    SeriesReview,
    Submission,
)
from kvminbox.order import each_once, sent_time
from kvminbox.review import Committers
from kvminbox.review.applied import AppliedText, find_applied
from kvminbox.review.commented import find_commenter, is_notice
from kvminbox.review.notices import Notice, may_notice, read_notice
from kvminbox.review.part import APPLIED_FORMS, find_covered, tell_part, tell_pulled
from kvminbox.review.tags import is_other
from kvminbox.series.members import find_count, find_stem
from kvminbox.upstream import Code, LandingIndex
from kvminbox.upstream.landings import LANDED
from kvminbox.words import count_things

MAX_TOTAL: Final = 1_000
"""Patches of a series that the corpus lacks among which the applied ones are looked for."""

MAX_LATER: Final = 7 * 86_400.0
"""Seconds between somebody's word and a program's for these to be about one tree."""

_ARRIVED: Final = re.compile(r"\b(?:linux[ -]next|next-\d{8}|mainline)\b", re.IGNORECASE)
# who says so looked into a tree
_TOLD_OF: Final = re.compile(
    r"\b(?:afaict|afaics|afaik|as far as|seems?|appears?|looks? like|i (?:see|saw|noticed|found)"
    r"|upstream|mainline|linus|already|(?:was|were) (?:merged|applied|queued|picked|taken))\b",
    re.IGNORECASE,
)

_TREE_WORD: Final = re.compile(r"[^\W_]+")
# what is left of a tree's name without these tells whose it is
_USUAL: Final = re.compile(
    r"https?|git|ssh|kernel|org|www|com|pub|scm|linux|trees?|branch|repo(?:sitory)?|for|next|fix(?:es)?"
    r"|urgent|test(?:ing)?|queued?|master|main|dev(?:el)?|pending|staged|current|my|our|the|and|misc"
    r"|core"
)


class AppliedWork(Model):
    """A series, a patch or a pull request that mails say was applied."""

    title: str
    """The series' title, which answers tell, too; of a program's notice the title of the patch, and
    `and 37 more patches` where notices about more mails of one sending came;
    else the title of the mail that says so."""

    revision: int | None
    """The series' revision; where the corpus lacks it, that which the answers' subjects state.
    None if they state none, or several."""

    minor_revision: int | None = None
    """The minor number of a revision such as `v5.5`."""

    by: Address
    """Who said so: a maintainer, or a program; sometimes somebody who only tells of it. Of several
    the one who says so of the most patches, and of these the first; nobody in free words where
    others say it surely. Of a comment that Bugzilla mailed, its writer."""

    date: datetime | None
    """When, as claimed."""

    part: str = ""
    """How much of it, in words, where that is not all: `patches 3, 5 of 7`, or `part of it`
    where it is not said which; empty for all of it. Of a series that was sent before the corpus
    begins, or to another list, the numbers are those that the mails name."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that mails say were applied, or that the tree has; empty
    where no mail says which."""

    pulled: tuple[str, ...] = ()
    """The pull requests that have those of the patches of which no mail says so, in words: `patch 2
    of 2 is in the pull request <ID> of 2025-09-28 by Ewa Lis`."""

    tree: str
    """Where to, as written by the same person, or by a program; often not said."""

    commits: tuple[str, ...]
    """The commits that the mails name, as written; often none."""

    evidence: str
    """The words by which the first mail was recognised."""

    form: AppliedForm
    """In which form it is said, the surest of several. Of patches of which only free words tell the
    series has a row of its own."""

    found: tuple[str, ...] = ()
    """The commits of the tree that was looked at which are these, full ids; empty if there are
    none, or no tree was looked at."""

    release: str = ""
    """The first tag with the first of them."""

    lists: tuple[str, ...] = ()
    """The names of the lists that it went to, else those of the mails that say so, where the corpus
    has several; empty for one."""

    messages: tuple[MessageRef, ...]
    """The mails that say so."""


class AppliedReport(Result):
    """The result of `compute_applied`: words, and what a tree says where one was looked at."""

    rows: tuple[AppliedWork, ...] = ()
    """What was applied, the latest first, in whatever form it is said. The first figure does not
    count what only free words say, which is apart."""

    tree: str = ""
    """The name of the tree that was looked at; empty if none was."""

    only_missing: bool = False
    """Whether only what is not in the tree is listed."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A mail that says that patches were applied, and the series that it answers, if known."""

    message: Message
    words: Applied | AppliedText
    form: AppliedForm
    series: Series | None = None
    review: SeriesReview | None = None
    notice: Notice | None = None
    """What a program's notice tells, of a patch that the corpus lacks."""


@dataclass(frozen=True, slots=True)
class _Work:
    """The mails that say so of one series, and what is known of it."""

    mails: list[_Said]
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


def compute_applied(
    corpus: Corpus, *, tree: Code | None = None, only_missing: bool = False
) -> AppliedReport:
    """List what mails of the corpus say was merged or applied, one row for each series.

    A series whose patches went separate ways has a row for each who says so of some of them,
    and for each tree, if nobody says so of all these.

    Work that was sent before the corpus begins is listed, too, by the title that the
    answers' subjects tell. Programs are believed just as maintainers are.

    Args:
        corpus: a window, or any other corpus.
        tree: where to look for the commits, by the series' patches, and by the ids that
            the mails name.
        only_missing: whether to list only what was not found in the tree; without a tree
            that is not known, and nothing is listed or counted.
    """
    title = "Said to be applied, but not in the tree" if only_missing else "Merged or applied"
    if only_missing and tree is None:
        return AppliedReport(title=title)
    snapshot = Snapshot.of(corpus)
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
    landings = snapshot.landings(tree) if tree is not None else None
    rows: list[AppliedWork] = []
    works: list[tuple[_Work, list[AppliedWork]]] = []
    for work in _join(told, snapshot):
        theirs = [_make_row(one, tree, landings, snapshot.row_lists) for one in _divide(work)]
        listed = [row for row in theirs if not (only_missing and row.found)]
        rows += listed
        works += [(work, listed)] if listed else []
    rows.sort(key=lambda row: (-row.date.timestamp() if row.date else 0.0, row.title))
    by_work = [(work, [row for row in theirs if row.form != "free"]) for work, theirs in works]
    sure = [(work, theirs) for work, theirs in by_work if theirs]
    figures: tuple[Figure, ...] = (
        Figure(label="series, patches and pull requests", count=len(sure)),
        Figure(
            label="of which only in part", count=sum(_is_part(work, rows) for work, rows in sure)
        ),
        Figure(label="more in words of their own", count=len(works) - len(sure)),
        Figure(label="mails that say so", count=len({one for row in rows for one in row.messages})),
    )
    if tree is not None:
        found = Figure(label="in the tree", count=sum(bool(row.found) for row in rows))
        figures = (*figures, found)
    return AppliedReport(
        title=title,
        only_missing=only_missing,
        rows=tuple(rows),
        tree=tree.name if tree is not None else "",
        figures=figures,
    )


def _read(
    message: Message,
    reviewed: Mapping[str, list[tuple[Applied, Series, SeriesReview]]],
    members: Collection[str | None],
    committers: Committers,
    outside: Mapping[int, Applied],
) -> list[_Said]:
    """Return what a mail says; of the answers to a series only what its review counts.

    Of the notices of programs that is so, too; `outside` has those about other patches.
    """
    if found := reviewed.get(message.message_id or ""):
        return [
            _Said(message, words, words.form, series, review) for words, series, review in found
        ]
    parents = (*message.in_reply_to, *message.references)
    if not (is_reply(message) or message.kind == "bot") or any(one in members for one in parents):
        return []
    if (notice := read_notice(message)) is not None:
        kept = outside.get(id(message))
        return [_Said(message, kept, kept.form, notice=notice)] if kept else []
    words = find_applied(message, committers=committers)
    if words is None:
        return []
    known = committers.find(find_commenter(message) or message.sender) is not None
    form = "notice" if is_notice(message) else words.find_form(commits=known)
    return [_Said(message, words, form)]


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


def _is_asking(said: _Said, asked: Mapping[str | None, Address]) -> bool:
    """Whether it is told by who asks for a pull: his `I've picked this up` is no answer to that.

    Args:
        said: what a mail says.
        asked: the pull requests that are here, each with its sender.
    """
    mail = said.message
    above = [asked[one] for one in (*mail.in_reply_to, *mail.references) if one in asked]
    own = any(not is_other(one, mail.sender) for one in above)
    return own and mail.kind != "bot" and _is_by_sender(said)


def _join(told: list[_Said], snapshot: Snapshot) -> list[_Work]:
    """Return the mails by the work of which they tell, one for each series."""
    outside = find_outside(snapshot, [said.message for said in told if said.series is None])
    works: dict[Hashable, _Work] = {}
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
        work = works.get(key) or _Work([])
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


def _divide(work: _Work) -> list[_Work]:
    """Return a series' work by those who say so, where they tell of different patches.

    A reply to patch 9, `Applied to power/next`, and a program's `patches 5, 26 and 28 went to
    net-next` are two. Who tells of patches of which another mail tells, too, only repeats it, and
    so does `Applied both` where it is not known which, if the others have applied them all. Who
    says that he put them into another tree does not repeat it.
    """
    titles = _list_titles(work)
    shares: list[_Work] = []
    for said in sorted(work.mails, key=_is_free):
        share = frozenset(_find_patches(said, titles))
        place = _find_share(said, share, shares)
        if place is None:
            shares.append(replace(work, mails=[said], share=share))
        else:
            shares[place] = _add(shares[place], [said], share)
    apart: list[_Work] = []
    for one in sorted(shares, key=_rank) if len(shares) > 1 else shares:
        known = one.share or frozenset()
        for place, other in enumerate(apart):
            told = other.share or known
            is_other_part = not known and told and told < titles.keys() and _is_deed(one.mails[0])
            if _is_elsewhere(one, other):
                continue
            if (known <= told and not is_other_part) or _is_news(one.mails[0]):
                apart[place] = _add(other, one.mails, known)
                break
        else:
            apart.append(one)
    return apart if len(apart) > 1 else [replace(apart[0], share=None)]


def _find_share(said: _Said, share: frozenset[int], shares: Sequence[_Work]) -> int | None:
    """Return the place of those whose words a mail repeats, or whose sender's it is, if any."""
    for place, one in enumerate(shares):
        # `Ewa has taken this already` repeats what Ewa says surely
        is_told = share and share <= (one.share or frozenset()) and not _is_free(one.mails[0])
        if _is_free(said) and is_told and not _is_elsewhere(replace(one, mails=[said]), one):
            return place
    for place, one in enumerate(shares):
        if _is_of_one(said, one.mails[0]):
            return place
    return None


def _is_free(said: _Said) -> bool:
    return said.form == "free"


def _is_elsewhere(one: _Work, other: _Work) -> bool:
    """Whether somebody tells what he did himself, of another tree than other people tell surely."""
    first = one.mails[0]
    own, theirs = _list_trees(one), _list_trees(other)
    return (
        bool(own and theirs)
        and all(is_other(first.message.sender, said.message.sender) for said in other.mails)
        and _is_deed(first)
        and own.isdisjoint(theirs)
    )


def _list_trees(work: _Work) -> set[str]:
    """Return the words that name the trees of which people tell, without usual ones.

    Free words are not asked where others tell surely.
    """
    is_free = all(map(_is_free, work.mails))
    told = [said for said in work.mails if _is_free(said) == is_free and said.message.kind != "bot"]
    words = {word for said in told for word in _TREE_WORD.findall(said.words.tree.lower())}
    return {word for word in words if not _USUAL.fullmatch(word)}


def _add(work: _Work, mails: list[_Said], share: frozenset[int]) -> _Work:
    return replace(work, mails=[*work.mails, *mails], share=(work.share or frozenset()) | share)


def _rank(share: _Work) -> tuple[bool, int, bool, bool, bool]:
    """Return what orders those who say so: who did it, people first, and who says where to."""
    first = share.mails[0]
    is_vague = not first.words.commits and not first.words.tree
    is_bot = first.message.kind == "bot"
    return _is_news(first), -len(share.share or ()), is_bot, _is_told_of(first), is_vague


def _is_told_of(said: _Said) -> bool:
    """Whether it is only told of: `AFAICT this was merged upstream`, and not `Series queued`."""
    return (
        not said.words.tree
        and _TOLD_OF.search(said.words.evidence) is not None
        and not _is_by_sender(said)
    )


def _is_by_sender(said: _Said) -> bool:
    """Whether a mail says that its sender did it, as far as words tell."""
    words = said.words if isinstance(said.words, AppliedText) else find_applied(said.message)
    return words is None or words.by_sender


def _is_deed(said: _Said) -> bool:
    """Whether its sender tells what he did himself: `Applied both`, and not `I saw them there`."""
    return _TOLD_OF.search(said.words.evidence) is None and _is_by_sender(said)


def _is_news(said: _Said) -> bool:
    """Whether it is told where patches have arrived: `this landed in today's linux-next`."""
    return _ARRIVED.search(said.words.evidence) is not None and not _is_by_sender(said)


def _is_of_one(said: _Said, other: _Said) -> bool:
    """Whether two mails have one sender, no two trees, and are both sure, or both in free words."""
    if said.message is other.message or _is_free(said) != _is_free(other):
        return False
    trees = {said.words.tree, other.words.tree} - {""}
    return len(trees) < 2 and not is_other(said.message.sender, other.message.sender)


def _make_row(
    work: _Work, tree: Code | None, landings: LandingIndex | None, lists: RowLists
) -> AppliedWork:
    series = work.series
    form = min((said.form for said in work.mails), key=APPLIED_FORMS.index)
    # what free words say beside, of another tree, is not told of a row that is sure
    others = [] if form == "free" else [said for said in work.mails if _is_free(said)]
    mails = [said for said in work.mails if not (others and _is_free(said))]
    first = mails[0]
    commits = [commit for said in (*mails, *others) for commit in _list_commits(said, work)]
    found: list[str] = []
    if series is not None and landings is not None:
        landed = landings.of_series(series).landings
        share = work.share
        found = [
            one.commit
            for one in landed
            if one.relation in LANDED and (share is None or one.message.number in share)
        ]
    if tree is not None:
        found += [oid for oid in map(tree.find_id, dict.fromkeys(commits)) if oid]
    part, patches = _tell_part(work)
    release = tree.release_of(found[0]) if tree is not None and found else None
    return AppliedWork(
        title=_find_title(work, patches),
        revision=series.revision if series else _find_stated(mails),
        minor_revision=series.minor_revision if series else None,
        by=find_commenter(first.message) or first.message.sender,
        date=first.message.date,
        part=part,
        patches=patches,
        pulled=_tell_pulls(work),
        tree=_find_tree_of(first, mails),
        commits=_list_once(commits),
        evidence=first.words.evidence,
        form=form,
        found=tuple(dict.fromkeys(found)),
        release=release or "",
        lists=lists.name(series.messages if series else [said.message for said in mails]),
        messages=make_refs(said.message for said in (*mails, *others)),
    )


def _list_once(commits: Iterable[str]) -> tuple[str, ...]:
    """Return commits, each as it was first written, be it shorter than another time."""
    found: list[str] = []
    for one in commits:
        if not any(one.startswith(other) or other.startswith(one) for other in found):
            found.append(one)
    return tuple(found)


def _find_tree_of(first: _Said, mails: Sequence[_Said]) -> str:
    """Return where somebody put patches, by his own words, else by what a program says then.

    Weeks later a program tells of a tree that took them from his: `I've taken this into my tree`.
    """
    bots = [said for said in mails if said.message.kind == "bot"]
    theirs = [said for said in mails if not is_other(said.message.sender, first.message.sender)]
    if first.message.kind == "bot":
        return _find_tree([said for said in mails if said in bots or said in theirs])
    own = _find_tree([said for said in theirs if said not in bots])
    return own or _find_tree(
        [one for one in bots if abs(_moment(one) - _moment(first)) <= MAX_LATER]
    )


def _find_tree(mails: Sequence[_Said]) -> str:
    """Return where they went, as a person says; else by notices the last or all stable trees."""
    found = [(said, read_notice(said.message)) for said in sorted(mails, key=_moment)]
    told = [notice for _, notice in found if notice is not None and notice.tree]
    known = {id(said) for said, notice in found if notice is not None}
    said = next((one.words.tree for one in mails if one.words.tree and id(one) not in known), "")
    if said or not told:
        return said
    before = [one for one in told if not one.release]  # a backport is made afterwards
    trees = [before[-1].tree] if before else [one.tree for one in told]
    return ", ".join(dict.fromkeys(trees))


def _moment(said: _Said) -> float:
    return sent_time(said.message)


def _find_stated(mails: list[_Said]) -> int | None:
    """Return the revision that subjects of answers state, `Re: [PATCH v3] …`, where it is one."""
    subjects = [said.message.subject for said in mails]
    stated = {subject.revision for subject in subjects if subject.revision_stated}
    return stated.pop() if len(stated) == 1 else None


def _tell_pulls(work: _Work) -> tuple[str, ...]:
    """Return the pull requests by which more of a series is applied than mails say.

    Where others applied other parts, they are told of the part of which it is not known which.
    """
    series, review = work.series, work.review
    if series is None or review is None or work.share:
        return ()
    said = {number for one in review.applied for number in one.patches}
    if is_part(series):
        titles = _list_titles(work)
        said = said.union(*(_find_patches(one, titles) for one in work.mails))
    more = (
        one.model_copy(update={"patches": tuple(sorted(set(one.patches) - said))})
        for one in review.pulled
    )
    return tuple(tell_pulled(one, series.numbers, series.total) for one in more if one.patches)


def _list_commits(said: _Said, work: _Work) -> tuple[str, ...]:
    """Return the commits that a mail names for these patches.

    Who only tells of somebody else's deed, and of more commits than there are patches, tells of
    others, too: `This was merged upstream`, and below it links to what it depends on.
    """
    commits = said.words.commits
    if len(work.mails) > 1 and work.series is not None and not is_part(work.series):
        is_more = len(commits) > len(work.series.patches)
        if is_more and said.message.kind != "bot" and _is_told_of(said):
            return ()
    return commits


def _find_title(work: _Work, patches: tuple[int, ...]) -> str:
    """Return the title of the series, or that of the one patch where the series came apart.

    Its second half would be titled by its first patch, `[PATCH 17/33]`, which is not meant.
    """
    series = work.series
    title = work.title
    if series is None or series.cover or len(patches) != 1 or 1 in series.numbers:
        return title
    is_of_patch = title in {one.subject.title for one in series.patches}
    return (is_of_patch and _list_titles(work).get(patches[0])) or title


def _tell_part(work: _Work) -> tuple[str, tuple[int, ...]]:
    """Return how much of a series was applied, in words, and the numbers."""
    series, review = work.series, work.review
    covered = find_covered(series, review) if series and review else frozenset[int]()
    titles = _list_titles(work)
    if not titles:
        return "", ()
    is_whole = series is not None and not is_part(series)
    if work.share is not None:
        patches = work.share
    elif is_whole and _is_vague_part(work, covered, titles):
        patches = frozenset()  # `I picked up 8 of them`, and of one it is told that it landed
    elif is_whole:
        patches = covered
    else:
        patches = covered.union(*(_find_patches(said, titles) for said in work.mails))
    total = series.total if series is not None and is_whole else None
    return tell_part(patches, titles, total), tuple(sorted(patches))


def _is_part(work: _Work, rows: Sequence[AppliedWork]) -> bool:
    """Whether some rows of a work do not tell of all of it, even together."""
    told = frozenset[int]().union(*(row.patches for row in rows))
    return all(row.part for row in rows) and bool(tell_part(told, _list_titles(work)))


def _is_vague_part(work: _Work, covered: frozenset[int], titles: Mapping[int, str]) -> bool:
    """Whether who leads applied some patches and it is not known which, though it is of others."""
    first = work.mails[0]
    return (
        len(work.mails) > 1
        and covered < titles.keys()
        and _is_deed(first)
        and not _find_patches(first, titles)
    )


def _list_titles(work: _Work) -> dict[int, str]:
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


def _find_patches(said: _Said, titles: Mapping[int, str]) -> Collection[int]:
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
