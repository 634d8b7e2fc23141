"""What changed in new versions: for each series with a predecessor, what became of its patches."""

import hashlib
from collections import Counter
from contextlib import suppress
from typing import Final

from kvminbox.analysis.list_name import name_by_ids
from kvminbox.analysis.result import Figure, MessageRef, Result, make_refs
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.inbox.keeping import Keeper, KeptResult, find_keeper
from kvminbox.models import (
    Chain,
    ChangelogEntry,
    Corpus,
    LandedState,
    LeftOut,
    Model,
    PatchComparison,
    PatchVerdict,
    Progress,
    Series,
    SeriesRef,
    find_left_out,
)
from kvminbox.models.corpus import check_corpus, find_lists, was_sent_in
from kvminbox.remarks.follow import Compare
from kvminbox.upstream import Code, LandingIndex
from kvminbox.versions import compare_series, parse_changelog
from kvminbox.versions.before import name_version, trace_back, trace_line


class PatchChange(Model):
    """What became of one patch from one revision to the next."""

    number: int | None
    """Its number in the newer revision; None for a dropped one."""

    title: str
    """Its title, in the newer revision where it is there."""

    old_title: str | None = None
    """Its title in the older revision, where that is another one."""

    verdict: PatchVerdict
    """Unchanged, message only, code changed, added, or dropped."""

    inner_diff: str = ""
    """What changed inside of it, as `git range-diff` shows it."""


class NamedVersion(Model):
    """A version of a series, by the name that people give it."""

    series: SeriesRef
    """The version."""

    label: str
    """Its name, such as `v2` or `RFC v1`."""


class NewVersion(Model):
    """A series and what is new in it since the revision before."""

    series: SeriesRef
    """The newer revision."""

    previous: SeriesRef
    """The revision that it is compared with."""

    chain: tuple[SeriesRef, ...]
    """All revisions in the corpus, oldest first; of more than a hundred the nearest hundred."""

    line: tuple[NamedVersion, ...] = ()
    """The revisions of the chain that lead to this one, itself, and those that go on from it."""

    reasons: tuple[str, ...]
    """Why the two were taken for revisions of one series."""

    changelog: tuple[ChangelogEntry, ...]
    """What the author says that this revision changed: a claim."""

    patches: tuple[PatchChange, ...]
    """What became of each patch, found from the mails."""

    landed: LandedState | None = None
    """How much of the newer revision is in the tree that was looked at; None without one."""

    releases: tuple[str, ...] = ()
    """The first tags with it."""

    messages: tuple[MessageRef, ...] = ()
    """The newer revision's mails."""


class _Change(Model):
    """What follows from the mails of two revisions alone, whatever else the corpus has."""

    changelog: tuple[ChangelogEntry, ...]
    patches: tuple[PatchChange, ...]


RULES: Final = 4
"""The number of the rules by which two revisions are compared; with another one, what an index
has kept is old."""


class NewVersions(Result):
    """The result of `compute_new_versions`."""

    base: str
    """Where the window begins, as the caller wrote it."""

    tip: str
    """Where the window ends, as the caller wrote it."""

    list_name: str = ""
    """The list's name, from the List-Id of most of the mails; empty if they have none."""

    left_out: LeftOut = LeftOut()
    """What the window left out: mails that could not be read, epochs that are not here."""

    is_by_date: bool = False
    """Whether the mails were chosen by Date, as those of a `SentWindow`."""

    versions: tuple[NewVersion, ...]
    """The series that follow another one of the corpus, newest first."""

    without_older: int = 0
    """How many other series say that they are a later version, and have none before them in the
    corpus; 0 in older JSON."""


def compute_new_versions(
    corpus: Corpus, *, tree: Code | None = None, progress: Progress | None = None
) -> NewVersions:
    """Compare each series of a corpus with the previous revision, if the corpus has both.

    A new version whose predecessor is older than the window is only counted: choose a
    window that reaches back far enough.

    Args:
        corpus: the window.
        tree: where to look for the newer revision.
        progress: is called with how far the reading is.
    """
    check_corpus(corpus)
    landings = None
    lists: Counter[str] = Counter()
    keeper = find_keeper(corpus)
    if tree is not None or keeper is not None:
        corpus = Snapshot.of(corpus, progress=progress)
    if tree is not None and isinstance(corpus, Snapshot):
        landings = corpus.landings(tree)
    comparer = _Comparer(keeper, corpus.compare if isinstance(corpus, Snapshot) else compare_series)
    found = []
    without_older = 0
    for chain in corpus.chains(progress=progress):
        without_older += sum(one.revision > 1 and one.previous is None for one in chain.series)
        lists.update(one.messages[0].list_id or "" for one in chain.series)
        found += _compare_chain(chain, landings, comparer)
    comparer.keep()
    del lists[""]
    found.sort(key=_newest_first)
    return NewVersions(
        title="New versions",
        figures=(Figure(label="new versions", count=len(found)),),
        base=corpus.base,
        tip=corpus.tip,
        list_name=name_by_ids(lists, find_lists(corpus)),
        left_out=find_left_out(corpus),
        is_by_date=was_sent_in(corpus),
        versions=tuple(found),
        without_older=without_older,
    )


def _newest_first(version: NewVersion) -> tuple[float, str]:
    date = version.series.date
    return (-date.timestamp() if date else 0.0, version.series.message_id or "")


class _Comparer:
    """Compares revisions, unless an index has kept what came of it."""

    def __init__(self, keeper: Keeper | None, compare: Compare) -> None:
        self._keeper = keeper
        self._compare = compare
        self._fresh: list[KeptResult] = []

    def compare(self, old: Series, new: Series) -> _Change:
        """Return what is new in a revision."""
        blobs = _list_blobs(old, new)
        if self._keeper is None or blobs is None:
            return _find_change(old, new, self._compare)
        asked = f"{RULES} {new.revision} {new.cover is not None} {len(old.patches)}"
        key = hashlib.sha256(" ".join((asked, *blobs)).encode()).digest()
        kept = self._keeper.recall(key)
        if kept is not None:
            with suppress(ValueError):  # a file that somebody else has written
                return _Change.model_validate_json(kept)
        change = _find_change(old, new, self._compare)
        result = KeptResult(key, "new versions", RULES, blobs, change.model_dump_json())
        self._fresh.append(result)
        return change

    def keep(self) -> None:
        """Let the index keep what was found."""
        if self._keeper is not None:
            self._keeper.keep(self._fresh)


def _list_blobs(old: Series, new: Series) -> tuple[str, ...] | None:
    """Return which mails are compared; None if one has no place in an archive."""
    entries = [mail.entry for mail in (*old.patches, *new.messages)]
    blobs = [entry.blob for entry in entries if entry is not None]
    return tuple(blobs) if len(blobs) == len(entries) else None


def _find_change(old: Series, new: Series, compare: Compare) -> _Change:
    """Compare two revisions; RULES is the number of what happens here."""
    return _Change(
        changelog=tuple(
            entry for entry in parse_changelog(new) if entry.revision in {None, new.revision}
        ),
        patches=tuple(map(_make_change, compare(old, new).patches)),
    )


def _compare_chain(
    chain: Chain, landings: LandingIndex | None, comparer: _Comparer
) -> list[NewVersion]:
    """Compare each series with the one before; other links are to what it took in besides."""
    by_ref = {series.ref: series for series in chain.series}
    again = {link.older for link in chain.links if link.relation == "resend"}
    found = []
    for new in chain.series:
        steps = trace_back(chain, new)
        # a resend is no new version, nor is a cover letter whose patches came with the next,
        # nor what follows cover letters alone
        if all(step.relation == "resend" for step in steps) or (
            not new.patches and new.ref in again
        ):
            continue
        reasons = tuple(dict.fromkeys(reason for step in steps for reason in step.reasons))
        made = _compare(by_ref[steps[-1].older], new, reasons, landings, comparer)
        line = tuple(map(_name, trace_line(chain, new)))
        found.append(made.model_copy(update={"line": line}))
    return found


def _name(series: Series) -> NamedVersion:
    return NamedVersion(series=series.ref, label=name_version(series))


def _compare(
    old: Series,
    new: Series,
    reasons: tuple[str, ...],
    landings: LandingIndex | None,
    comparer: _Comparer,
) -> NewVersion:
    change = comparer.compare(old, new)
    landing = landings.of_series(new) if landings else None
    return NewVersion(
        series=new.ref,
        previous=old.ref,
        chain=new.chain,
        reasons=reasons,
        changelog=change.changelog,
        patches=change.patches,
        landed=landing.state if landing else None,
        releases=landing.releases if landing else (),
        messages=make_refs(new.messages),
    )


def _make_change(pair: PatchComparison) -> PatchChange:
    patch = pair.new or pair.old
    assert patch is not None  # a comparison has at least one patch
    old_title = pair.old.title if pair.old and pair.old.title != patch.title else None
    return PatchChange(
        number=pair.new_number,
        title=patch.title,
        old_title=old_title,
        verdict=pair.verdict,
        inner_diff=pair.inner_diff,
    )
