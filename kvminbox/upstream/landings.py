"""What became of a list's patches in a tree."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from heapq import merge

from kvminbox.models import Corpus, Landing, Progress, Relation, Series, SeriesLanding
from kvminbox.models.corpus import check_corpus
from kvminbox.upstream.commit_text import CommitText, find_reverts
from kvminbox.upstream.mails import MailIndex, index_mails
from kvminbox.upstream.match import Candidate, Match, find_match
from kvminbox.upstream.several import Code, check_tree
from kvminbox.upstream.store import Answer
from kvminbox.upstream.tree import Tree


def find_landings(
    corpus: Corpus, tree: Code, *, progress: Progress | None = None
) -> Iterator[Landing]:
    """Yield the commits of a tree that were made from mails of a corpus, the oldest first.

    Nothing is run or fetched. Of each mail some numbers are held, and of each commit its
    place; diffs are computed of those commits alone whose date, title or author meets a
    mail's. A mail may have several commits, as after a backport or a revert, and a commit may
    name several mails. A mail without a landing did not land in this tree *as far as can be
    seen*: it may have been rewritten by somebody else.

    Args:
        corpus: a window of an archive, or any other corpus.
        tree: where to look, or several; see `Tree.gaps` for what it does not know.
        progress: is called with how many commits are done.

    Raises:
        kvminbox.errors.ObjectError: a commit of the tree can't be read.
    """
    check_tree(tree)
    check_corpus(corpus)
    mails = _Mails(corpus)
    streams = [_find_in(mails, one, progress) for one in tree.each]
    seen: set[tuple[str, str | None, Relation]] = set()
    for landing in merge(*streams, key=_time) if len(streams) > 1 else streams[0]:
        place = (landing.commit, landing.message.message_id, landing.relation)
        if len(streams) == 1 or place not in seen:
            seen.add(place)
            yield landing


class _Mails:
    """The mails of a corpus, which are read when they are first asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def key(self) -> str:
        return find_key(self._corpus)

    @cached_property
    def index(self) -> MailIndex:
        return index_mails(self._corpus.messages())


def _find_in(mails: _Mails, tree: Tree, progress: Progress | None) -> Iterator[Landing]:
    """Yield the landings in one tree, from its store where that has them."""
    store = tree.store
    if store is None:
        yield from match_tree(mails.index, tree, progress=progress)
        return
    tree.history  # noqa: B018  # brings the store up to date
    answer = store.find_answer(mails.key)
    if answer and not answer.fresh:
        yield from _refresh(answer.landings, tree)
        return
    index = store.find_mails(mails.key)
    if index is None:
        index = mails.index
        store.keep_mails(mails.key, index)
    landings = []
    for landing in match_tree(index, tree, answer=answer, progress=progress):
        landings.append(landing)
        yield landing
    store.keep_answer(mails.key, landings)


def find_key(corpus: Corpus) -> str:
    """Return a text that is the same for two corpora only if they hold the same mails."""
    digest = sha256()
    read = getattr(corpus, "entries", None)
    entries = read() if read else (message.entry for message in corpus.messages())
    for entry in entries:
        if entry is not None:
            digest.update(f"{entry.epoch} {entry.commit} {entry.blob} {entry.change}\n".encode())
        else:
            digest.update(b"?")
    return digest.hexdigest()


def match_tree(
    mails: MailIndex,
    tree: Tree,
    *,
    answer: Answer | None = None,
    links: bool = True,
    progress: Progress | None = None,
) -> Iterator[Landing]:
    """Yield the landings of mails that were indexed before; see `find_landings`.

    Args:
        mails: the mails.
        tree: where to look.
        answer: what was found before, to look at what is fresh only.
        links: whether the mails that a commit names count.
        progress: is called with how many commits are done.
    """
    total = len(tree.history)
    reverted = _Reverted()
    if mails.begin is None and not mails.covers:
        return
    before: dict[str, list[Landing]] = {}
    for landing in _refresh(answer.landings, tree) if answer else ():
        before.setdefault(landing.commit, []).append(landing)
    for done, node in enumerate(tree.history.nodes(mails.begin)):
        if progress:
            progress(done, total)
        if answer and node.id not in answer.fresh:
            for landing in before.get(node.id, ()):
                reverted.add(landing)
                yield landing
            continue
        text = tree.read_text(node.id)
        commit = Candidate(text, tree.read_facts, tree.read_paths)
        for match in find_match(commit, mails, links=links):
            landing = make_landing(text, match, node.release, tree.name)
            reverted.add(landing)
            yield landing
        for name in find_reverts(text.message):
            for landing in reverted.find(name):
                yield _make_revert(text, landing, node.release)
    if progress:
        progress(total, total)


def _refresh(landings: Iterable[Landing], tree: Tree) -> Iterator[Landing]:
    """Yield landings with the releases and the name that the tree has now."""
    for landing in landings:
        release = tree.history.release_of(landing.commit)
        yield landing.model_copy(update={"release": release, "tree": tree.name})


def make_landing(text: CommitText, match: Match, release: str | None, tree: str) -> Landing:
    """Return the landing of a commit that was made from a mail."""
    return Landing(
        commit=text.id,
        title=text.title,
        message=match.mail.ref,
        also=tuple(mail.ref for mail in match.also),
        relation=match.relation,
        evidence=match.evidence,
        confidence=round(match.confidence, 2),
        committed=text.committed,
        release=release,
        tree=tree,
    )


def _make_revert(text: CommitText, landing: Landing, release: str | None) -> Landing:
    return landing.model_copy(
        update={
            "commit": text.id,
            "title": text.title,
            "relation": "revert",
            "evidence": (
                f"the commit says that it reverts {landing.commit[:12]}",
                *landing.evidence,
            ),
            "committed": text.committed,
            "release": release,
        }
    )


class _Reverted:
    """The landings so far by their commits, to find what a later commit reverts."""

    def __init__(self) -> None:
        self._commits: list[str] = []
        self._landings: dict[str, list[Landing]] = {}
        self._is_sorted = True

    def add(self, landing: Landing) -> None:
        if landing.relation not in {"linked", "revert"}:
            if landing.commit not in self._landings:
                self._commits.append(landing.commit)
                self._is_sorted = False
            self._landings.setdefault(landing.commit, []).append(landing)

    def find(self, prefix: str) -> list[Landing]:
        if not self._is_sorted:
            self._commits.sort()
            self._is_sorted = True
        place = bisect_left(self._commits, prefix)
        found = self._commits[place : place + 2]
        hits = [commit for commit in found if commit.startswith(prefix)]
        return self._landings[hits[0]] if len(hits) == 1 else []


LANDED: frozenset[Relation] = frozenset({"applied", "edited", "earlier_version", "backport"})
"""The relations by which a patch is in the tree."""


class LandingIndex:
    """Landings by their mails, for those who ask for many series."""

    def __init__(self, landings: Iterable[Landing]) -> None:
        self.landings: tuple[Landing, ...] = tuple(landings)
        self._by_id: dict[str, list[Landing]] = {}
        for landing in self.landings:
            for ref in (landing.message, *landing.also):
                if ref.message_id:
                    self._by_id.setdefault(ref.message_id, []).append(landing)

    def of_mail(self, message_id: str | None) -> list[Landing]:
        """Return the landings of a mail, or of one with the same diff, oldest first."""
        return self._by_id.get(message_id or "", [])

    def of_series(self, series: Series) -> SeriesLanding:
        """Return what became of a series; see `landings_of`."""
        found: dict[int, Landing] = {}
        for patch in (*series.patches, *series.duplicates):
            found.update((id(landing), landing) for landing in self.of_mail(patch.message_id))
        return landings_of(series, sorted(found.values(), key=_time))


def landings_of(series: Series, landings: Iterable[Landing]) -> SeriesLanding:
    """Return what became of a series, by the landings of its own patches.

    A mail that is among a landing's `also` counts as landed: it has the same diff. The
    landings of another version of the series are not its own.

    Args:
        series: the series.
        landings: those of its list, in one tree or several.
    """
    numbers = {
        patch.message_id: series.number_of(patch)
        for patch in (*series.duplicates, *series.patches)
        if patch.message_id
    }
    own: list[tuple[int, Landing]] = []
    for landing in landings:
        found = (numbers.get(ref.message_id or "") for ref in (landing.message, *landing.also))
        number = next((one for one in found if one is not None), None)
        if number is not None:
            own.append((number, landing))
    landed = {number for number, landing in own if landing.relation in LANDED}
    lacking = tuple(number for number in series.numbers if number not in landed)
    firsts: dict[int, Landing] = {}
    for number, landing in own:
        if landing.relation in LANDED and landing.committed is not None:
            before = firsts.get(number)
            if before is None or _time(landing) < _time(before):
                firsts[number] = landing
    times = [one.committed for one in firsts.values() if one.committed is not None]
    return SeriesLanding(
        series=series.ref,
        state="none" if not landed else "partly" if lacking else "all",
        landings=tuple(landing for _, landing in own),
        first=min(times, default=None),
        last=max(times, default=None),
        lacking=lacking,
        reverted=tuple(sorted({n for n, landing in own if landing.relation == "revert"})),
        releases=tuple(dict.fromkeys(one.release for one in firsts.values() if one.release)),
    )


def _time(landing: Landing) -> float:
    return landing.committed.timestamp() if landing.committed else 0.0
