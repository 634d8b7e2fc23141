"""Which earlier series a series may continue, and on what evidence."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, TypeVar

from kvminbox.versions.alike import (
    compare_titles,
    is_addition,
    is_neighbour,
    is_recent,
    is_same_place,
    likeness,
    same_people,
    share_of_files,
    share_of_patches,
    share_of_words,
    share_work,
)
from kvminbox.versions.answering import is_answer, is_answer_below, is_next_below, is_redone_below
from kvminbox.versions.carried import (
    is_handed_on,
    is_mostly_here,
    is_moved_on,
    is_taken_on,
)
from kvminbox.versions.facts import Facts, Shape
from kvminbox.versions.finding import NAMED, STRONG, WEAK, Evidence, Finding
from kvminbox.versions.likely import (
    is_bare_cover,
    is_changed_since,
    is_denied,
    is_replaced,
    is_unnumbered,
    linked_revisions,
)
from kvminbox.versions.mentions import Superseded
from kvminbox.versions.numbers import (
    follows,
    is_next,
    is_raised,
    may_follow,
)
from kvminbox.versions.retitled import is_alike, is_redone, resemblance
from kvminbox.versions.titled import is_sent_on, judge_patch_titles, judge_title
from kvminbox.versions.titles import normalise_title

BUCKET: Final = 16
"""How many series with one title, file or shape are considered, the latest ones, so that a
thousand mails with one subject can't make it slow."""

MAX_KEYS: Final = 64
"""Titles, shapes and files of one series that are looked up."""

Key = TypeVar("Key")
Order = TypeVar("Order", str, tuple[str, str], Shape)


class Finder:
    """Finds earlier series; fed with one series after another, oldest first.

    Args:
        later: what answers to a series' mails, by their ids, say that it supersedes.
    """

    def __init__(self, later: dict[str, list[Superseded]] | None = None) -> None:
        self._later = later or {}
        self._by_id: dict[str, Facts] = {}
        self._by_change: dict[str, list[Facts]] = {}
        self._by_title: dict[tuple[str, str], list[Facts]] = {}
        self._by_patch_title: dict[str, list[Facts]] = {}
        self._by_topic: dict[tuple[str, str], list[Facts]] = {}
        self._by_number: dict[tuple[str, tuple[int, int, int]], list[Facts]] = {}
        self._by_shape: dict[Shape, list[Facts]] = {}
        self._by_file: dict[str, list[Facts]] = {}
        self._by_own_file: dict[str, dict[str, list[Facts]]] = {}
        self._bare: dict[tuple[str, int], list[Facts]] = {}
        self._replaced_by: dict[str, list[Facts]] = {}

    def find(self, new: Facts) -> dict[Facts, Evidence]:
        """Return the earlier series that a series may continue."""
        found: dict[Facts, Evidence] = {}
        for rule in (
            self._change_id,
            self._superseded,
            self._told,
            self._linked,
            self._answered,
            self._titled,
            self._moved,
            self._replaced,
        ):
            _collect(rule(new), new, found)
        best = max((found[old].score for old in found if old.whole is not new), default=0.0)
        # patch-ids are expensive and likeness is weak: used only without stronger evidence
        for rule in (self._patched, self._alike, self._taken_over) if best < STRONG else ():
            _collect(rule(new), new, found)
        return found

    def add(self, facts: Facts) -> None:
        """Keep a series for those that come after it."""
        for identity in facts.ids:
            self._by_id.setdefault(identity, facts)
        for change_id in facts.change_ids:
            _append(self._by_change, change_id, facts)
        for title in _first(facts.patch_titles):
            _append(self._by_patch_title, title, facts)
        for shape in _first(facts.shapes):
            _append(self._by_shape, shape, facts)
        for path in _first(facts.files):
            _append(self._by_file, path, facts)
        for person in facts.people:
            _append(self._by_title, (person, facts.title), facts)
            if facts.replaced is not None:
                _append(self._by_number, (person, facts.replaced), facts)
            for topic in _first(facts.topics):
                _append(self._by_topic, (person, topic), facts)
            if facts.status == "cover_only":
                _append(self._bare, (person, facts.total), facts)
            for path in _first(facts.files):
                _append(self._by_own_file.setdefault(person, {}), path, facts)
        for said in self._said(facts):
            for identity in said.newer:
                _append(self._replaced_by, identity, facts)

    def _said(self, facts: Facts) -> list[Superseded]:
        """Return what a series says that it replaces, or was replaced by, also in answers."""
        answers = (said for identity in facts.ids for said in self._later.get(identity, ()))
        return [facts.superseded, *answers]

    def _change_id(self, new: Facts) -> Iterator[Finding]:
        for change_id in sorted(new.change_ids):
            for old in self._by_change.get(change_id, ()):
                yield Finding(old, f"both state the change-id {change_id}", 1.0)

    def _superseded(self, new: Facts) -> Iterator[Finding]:
        for said in self._said(new):
            for identity in said.older:
                if old := self._by_id.get(identity):
                    yield Finding(
                        old, "it says that it supersedes the older one", 0.98, is_stated=True
                    )
        for identity in new.ids:
            for old in self._replaced_by.get(identity, ()):
                reason = "the older one says that it is obsolete"
                yield Finding(old, reason, 0.98, is_stated=True)

    def _told(self, new: Facts) -> Iterator[Finding]:
        reason = "a sentence of it says that it supersedes the older one"
        for identity in new.told.ids:
            old = self._by_id.get(identity)
            if old and (same_people(old, new) or likeness(old, new) >= 0.5):
                yield Finding(old, reason, 0.95, is_stated=True)
        for title in new.told.titles:
            for person in new.people:
                for old in self._by_title.get((person, normalise_title(title)), ())[-1:]:
                    yield Finding(old, reason, 0.95, is_stated=True)

    def _linked(self, new: Facts) -> Iterator[Finding]:
        for mention in new.mentions:
            old = self._by_id.get(mention.message_id)
            if old is None or old is new:
                continue
            alike = likeness(old, new)
            if not mention.is_labelled and mention.revision != old.revision:
                near = alike >= 0.5 or (alike >= 0.3 and share_of_files(old, new) >= 0.5)
                near = near and share_work(old, new) and (is_next(old, new) or new.is_resend)
                if near and (same_people(old, new) or alike == 1):
                    yield Finding(old, f"it links to {old.label} and is similar to it", 0.85)
                continue
            said = old.revision if mention.revision is None else mention.revision
            # `v2:` beside a link to v3 is about something else, such as a base
            is_meant = said == old.revision or (old.is_rfc and not old.revision_stated)
            if not is_meant and not (mention.is_plain and is_changed_since(old, new, said)):
                continue
            if not (same_people(old, new) or is_taken_on(old, new)):
                continue
            if alike >= 0.5 or (mention.is_plain and (alike >= 0.3 or share_work(old, new))):
                # `[RFC]` that links to v3: the author's word counts more than a number left out
                is_stated = not may_follow(old, new) and is_unnumbered(old, new)
                reason = f"it links to the older one as {old.label}"
                yield Finding(old, reason, NAMED, is_stated=is_stated)

    def _answered(self, new: Facts) -> Iterator[Finding]:
        above = dict.fromkeys((*new.parents, *new.above))
        for identity in above:
            old = self._by_id.get(identity)
            if old is None or old is new or self._is_beside(old, new):
                continue
            if identity in new.parents and is_answer(old, new):
                yield Finding(old, f"it answers {old.label}", 0.9)
            elif is_answer_below(old, new):
                yield Finding(old, f"it answers a mail below {old.label}", WEAK)
            elif is_next_below(old, new):
                yield Finding(old, f"it is the next number, in the thread of {old.label}", WEAK)
            elif is_redone_below(old, new):
                yield Finding(old, f"it answers a remark on {old.label} with other code", WEAK)

    def _is_beside(self, old: Facts, new: Facts) -> bool:
        """Whether a lone patch answers another one, while an earlier version of it is here.

        That has its title, and at least the number of what it answers: patches that are sent
        together may answer the first of them.
        """
        if not (old.is_lone and new.is_lone) or old.title == new.title:
            return False
        return any(
            one.revision >= old.revision and not one.files.isdisjoint(new.files)
            for person in new.people
            for one in self._by_title.get((person, new.title), ())
        )

    def _titled(self, new: Facts) -> Iterator[Finding]:
        for person in new.people:
            for old in _with_files(self._by_title.get((person, new.title), []), new):
                if new.title and (found := judge_title(old, new)):
                    yield found
            for old in self._bare.get((person, new.total), ()):
                if is_bare_cover(old, new):
                    yield Finding(
                        old, "its cover letter was sent alone less than an hour before", 0.75
                    )
        known = _count(self._by_patch_title, new.patch_titles)
        for old in _with_files(list(known), new):
            if found := judge_patch_titles(old, new, known[old]):
                yield found

    def _moved(self, new: Facts) -> Iterator[Finding]:
        """Look for patches that come again in a larger series for another subsystem."""
        for old in self._with_topics(new):
            if is_moved_on(old, new):
                reason = "the sender's older patches are some of it, for another subsystem"
                yield Finding(old, reason, 0.7)

    def _replaced(self, new: Facts) -> Iterator[Finding]:
        """Look for a `[PATCH v6.1 6/7]` that a `[PATCH v6.2 6/7]` replaces, whatever its title."""
        if new.replaced is None:
            return
        for person in new.people:
            for old in self._by_number.get((person, new.replaced), ()):
                if is_replaced(old, new):
                    yield Finding(old, f"it is the same patch of the set as {old.label}", 0.85)

    def _with_topics(self, new: Facts) -> dict[Facts, None]:
        """Return the sender's series with a patch that says the same of some subsystem."""
        keys = _first((person, topic) for person in new.people for topic in _first(new.topics))
        return dict.fromkeys(chain.from_iterable(self._by_topic.get(key, ()) for key in keys))

    def _patched(self, new: Facts) -> Iterator[Finding]:
        for old, count in _count(self._by_shape, new.shapes).items():
            larger = max(old.patches, new.patches)
            if 2 * count < larger or not (same_people(old, new) or likeness(old, new) == 1):
                continue
            if is_sent_on(old, new):
                continue
            # a maintainer sends `[PATCH 0/4] KVM/arm fixes, take #3` along with a pull request
            share = share_of_patches(old, new)
            is_again = share == 1 and not (old.has_cover and new.has_cover)
            is_named = compare_titles(old.title, new.title) >= 0.5
            if not (is_raised(old, new) or is_named or (is_again and is_recent(old, new, days=7))):
                continue
            if share >= 0.5:
                yield Finding(old, f"{share:.0%} of the patches have the same patch-id", 0.85)

    def _alike(self, new: Facts) -> Iterator[Finding]:
        """Look for a series under another title: the same sender, next number and files."""
        keys = _first((person, path) for person in new.people for path in _first(new.files))
        near = (self._by_own_file.get(person, {}).get(path, ()) for person, path in keys)
        known = dict.fromkeys(chain.from_iterable((*near, self._with_topics(new))))
        redone = [old for old in known if may_follow(old, new) and is_redone(old, new)]
        for old in redone:
            if not any(one.title == old.title and one.order > old.order for one in known):
                reason = "it takes the same lines out of the same files as its sender's older patch"
                yield Finding(old, reason, 0.7, is_stated=True)
        linked = linked_revisions(new)
        alike = [
            old
            for old in known
            if may_follow(old, new)
            and is_alike(old, new)
            and not is_denied(old, new, self._by_id, linked.get(old.revision))
        ]
        if any(is_neighbour(old, new) for old in known):
            # one of several fixes: the third does not tell where in the file the first one is
            alike = [old for old in alike if follows(old, new) or is_same_place(old, new)]
        if not alike:
            return
        old = max(
            alike, key=lambda old: (is_next(old, new), round(resemblance(old, new), 1), old.order)
        )
        title, files = share_of_words(old.title, new.title), share_of_files(old, new)
        same = f"{title:.0%} of the title and {files:.0%} of the files"
        yield Finding(old, f"sender, {same} are the same", WEAK)

    def _taken_over(self, new: Facts) -> Iterator[Finding]:
        """Look for a series whose next revision somebody else sends."""
        last = max(new.said_revisions, default=None)
        if new.revision == 1 and last is None:
            return
        for old in _count(self._by_file, new.files):
            if same_people(old, new) or not is_recent(old, new):
                continue
            kept = is_mostly_here(old) and old.patch_titles <= new.patch_titles
            near = new.revision <= old.revision + 1 and old.revision == last
            if kept and near and share_work(old, new):
                reason = f"it keeps all titles of {old.label} and lists changes from it"
                yield Finding(old, reason, 0.75, is_stated=True)
            elif is_next(old, new) and is_handed_on(old, new):
                reason = (
                    "most of the title or titles and files are the same, but the sender differs"
                )
                yield Finding(old, reason, WEAK)


def _append(index: dict[Key, list[Facts]], key: Key, facts: Facts) -> None:
    bucket = index.setdefault(key, [])
    bucket.append(facts)
    del bucket[:-BUCKET]


def _first(keys: Iterable[Order]) -> list[Order]:
    return sorted(keys)[:MAX_KEYS]


def _count(index: dict[Order, list[Facts]], keys: Iterable[Order]) -> dict[Facts, int]:
    found: dict[Facts, int] = {}
    for key in _first(keys):
        for old in index.get(key, ()):
            found[old] = found.get(old, 0) + 1
    return found


def _with_files(known: list[Facts], new: Facts) -> list[Facts]:
    """Return those that change a lone patch's file, if any do: others only bear its title."""
    if not new.is_lone:
        return known
    near = [old for old in known if not old.files.isdisjoint(new.files)]
    return near or known


def _collect(findings: Iterator[Finding], new: Facts, found: dict[Facts, Evidence]) -> None:
    for finding in findings:
        if finding.old is new or (finding.score < NAMED and is_addition(finding.old, new)):
            continue
        if finding.is_stated or may_follow(finding.old, new):
            found.setdefault(finding.old, Evidence()).add(finding)
