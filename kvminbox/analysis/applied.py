"""What was merged or applied, as far as mails say so."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from kvminbox.analysis.applied_said import (
    Said,
    Work,
    find_patches,
    is_deed,
    is_free,
    is_told_of,
    list_titles,
    list_works,
)
from kvminbox.analysis.applied_shares import divide
from kvminbox.analysis.outside import is_part
from kvminbox.analysis.result import Figure, MessageRef, Result, make_refs
from kvminbox.analysis.row_lists import RowLists
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.models import (
    Address,
    AppliedForm,
    Corpus,
    Model,
)
from kvminbox.order import sent_time
from kvminbox.review.commented import find_commenter
from kvminbox.review.notices import read_notice
from kvminbox.review.part import APPLIED_FORMS, find_covered, tell_part, tell_pulled
from kvminbox.review.tags import is_other
from kvminbox.upstream import Code, LandingIndex
from kvminbox.upstream.landings import LANDED

MAX_LATER: Final = 7 * 86_400.0
"""Seconds between somebody's word and a program's for these to be about one tree."""


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

    is_rfc: bool = False
    """Whether its subject marks it as an RFC, likewise."""

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
    """The pull requests and releases with the patches of which no mail says so, in words: `patch 2
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
    landings = snapshot.landings(tree) if tree is not None else None
    rows: list[AppliedWork] = []
    works: list[tuple[Work, list[AppliedWork]]] = []
    for work in list_works(snapshot, tree):
        theirs = [_make_row(one, tree, landings, snapshot.row_lists) for one in divide(work)]
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


def _make_row(
    work: Work, tree: Code | None, landings: LandingIndex | None, lists: RowLists
) -> AppliedWork:
    series = work.series
    form = min((said.form for said in work.mails), key=APPLIED_FORMS.index)
    # what free words say beside, of another tree, is not told of a row that is sure
    others = [] if form == "free" else [said for said in work.mails if is_free(said)]
    mails = [said for said in work.mails if not (others and is_free(said))]
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
        is_rfc=series.ref.is_rfc if series else all(map(_is_rfc, mails)),
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


def _find_tree_of(first: Said, mails: Sequence[Said]) -> str:
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


def _find_tree(mails: Sequence[Said]) -> str:
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


def _moment(said: Said) -> float:
    return sent_time(said.message)


def _find_stated(mails: list[Said]) -> int | None:
    """Return the revision that subjects of answers state, `Re: [PATCH v3] …`, where it is one."""
    subjects = [said.message.subject for said in mails]
    stated = {subject.revision for subject in subjects if subject.revision_stated}
    return stated.pop() if len(stated) == 1 else None


def _is_rfc(said: Said) -> bool:
    return said.message.subject.is_rfc


def _tell_pulls(work: Work) -> tuple[str, ...]:
    """Return the pull requests and releases with patches of which no mail says so.

    Where others applied other parts, they are told of the part of which it is not known which.
    """
    series, review = work.series, work.review
    if series is None or review is None or work.share:
        return ()
    said = {number for one in review.applied for number in one.patches}
    if is_part(series):
        titles = list_titles(work)
        said = said.union(*(find_patches(one, titles) for one in work.mails))
    more = (
        one.model_copy(update={"patches": tuple(sorted(set(one.patches) - said))})
        for one in review.pulled
    )
    return tuple(tell_pulled(one, series.numbers, series.total) for one in more if one.patches)


def _list_commits(said: Said, work: Work) -> tuple[str, ...]:
    """Return the commits that a mail names for these patches.

    Who only tells of somebody else's deed, and of more commits than there are patches, tells of
    others, too: `This was merged upstream`, and below it links to what it depends on.
    """
    commits = said.words.commits
    if len(work.mails) > 1 and work.series is not None and not is_part(work.series):
        is_more = len(commits) > len(work.series.patches)
        if is_more and said.message.kind != "bot" and is_told_of(said):
            return ()
    return commits


def _find_title(work: Work, patches: tuple[int, ...]) -> str:
    """Return the title of the series, or that of the one patch where the series came apart.

    Its second half would be titled by its first patch, `[PATCH 17/33]`, which is not meant.
    """
    series = work.series
    title = work.title
    if series is None or series.cover or len(patches) != 1 or 1 in series.numbers:
        return title
    is_of_patch = title in {one.subject.title for one in series.patches}
    return (is_of_patch and list_titles(work).get(patches[0])) or title


def _tell_part(work: Work) -> tuple[str, tuple[int, ...]]:
    """Return how much of a series was applied, in words, and the numbers."""
    series, review = work.series, work.review
    covered = find_covered(series, review) if series and review else frozenset[int]()
    titles = list_titles(work)
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
        patches = covered.union(*(find_patches(said, titles) for said in work.mails))
    total = series.total if series is not None and is_whole else None
    return tell_part(patches, titles, total), tuple(sorted(patches))


def _is_part(work: Work, rows: Sequence[AppliedWork]) -> bool:
    """Whether some rows of a work do not tell of all of it, even together."""
    told = frozenset[int]().union(*(row.patches for row in rows))
    return all(row.part for row in rows) and bool(tell_part(told, list_titles(work)))


def _is_vague_part(work: Work, covered: frozenset[int], titles: Mapping[int, str]) -> bool:
    """Whether who leads applied some patches and it is not known which, though it is of others."""
    first = work.mails[0]
    return (
        len(work.mails) > 1
        and covered < titles.keys()
        and is_deed(first)
        and not find_patches(first, titles)
    )
