"""Which earlier series a series may continue, and on what evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from kvminbox.versions.facts import (
    Facts,
    Shape,
    compare_titles,
    likeness,
    same_people,
    share_of_files,
    share_of_patches,
    share_of_titles,
)
from kvminbox.versions.mentions import find_mentions, find_superseded

BUCKET: Final = 16
"""How many series with one title, file or shape are considered, the latest ones, so that a
thousand mails with one subject can't make it slow."""

MAX_KEYS: Final = 64
"""Titles, shapes and files of one series that are looked up."""

YEAR: Final = 366 * 86_400.0
"""Seconds within which titles and files alone may link two series."""

SURE: Final = 0.9
"""The score of what a sender states, in words or by answering."""

STRONG: Final = 0.8
"""The score from which on weaker evidence is not looked for."""

Key = TypeVar("Key")
Order = TypeVar("Order", str, tuple[str, str], Shape)

Finding = tuple[Facts, str, float]
"""An earlier series, why it is continued, and how sure that is."""


@dataclass
class Evidence:
    """The evidence that one series continues another."""

    score: float = 0.0
    reasons: list[tuple[float, str]] = field(default_factory=list)

    def add(self, reason: str, score: float) -> None:
        """Add a reason; the strongest one decides."""
        if reason not in {known for _, known in self.reasons}:
            self.reasons.append((score, reason))
        self.score = max(self.score, score)

    def words(self) -> tuple[str, ...]:
        """Return the reasons, the strongest first."""
        return tuple(reason for _, reason in sorted(self.reasons, key=lambda item: -item[0]))


class Finder:
    """Finds earlier series; fed with one series after another, oldest first."""

    def __init__(self) -> None:
        self._by_id: dict[str, Facts] = {}
        self._by_change: dict[str, list[Facts]] = {}
        self._by_title: dict[tuple[str, str], list[Facts]] = {}
        self._by_patch_title: dict[str, list[Facts]] = {}
        self._by_shape: dict[Shape, list[Facts]] = {}
        self._by_file: dict[tuple[str, str], list[Facts]] = {}
        self._replaced_by: dict[str, list[Facts]] = {}

    def find(self, new: Facts) -> dict[Facts, Evidence]:
        """Return the earlier series that a series may continue."""
        found: dict[Facts, Evidence] = {}
        for rule in (self._change_id, self._superseded, self._linked, self._answered, self._titled):
            _collect(rule(new), new, found)
        best = max((evidence.score for evidence in found.values()), default=0.0)
        # patch-ids are expensive and likeness is weak: used only without stronger evidence
        for rule in (self._patched, self._alike) if best < STRONG else ():
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
        for person in facts.people:
            _append(self._by_title, (person, facts.title), facts)
            for path in _first(facts.files):
                _append(self._by_file, (person, path), facts)
        for identity in find_superseded(facts.series)[1]:
            _append(self._replaced_by, identity, facts)

    def _change_id(self, new: Facts) -> Iterator[Finding]:
        for change_id in sorted(new.change_ids):
            for old in self._by_change.get(change_id, ()):
                yield old, f"both state the change-id {change_id}", 1.0

    def _superseded(self, new: Facts) -> Iterator[Finding]:
        for identity in find_superseded(new.series)[0]:
            if old := self._by_id.get(identity):
                yield old, "it says that it supersedes it", 0.98
        for identity in new.ids:
            for old in self._replaced_by.get(identity, ()):
                yield old, "the older one says that it is obsoleted by it", 0.98

    def _linked(self, new: Facts) -> Iterator[Finding]:
        for mention in find_mentions(new.series):
            old = self._by_id.get(mention.message_id)
            if old is None or old is new:
                continue
            said = old.revision if mention.revision is None else mention.revision
            # `v2:` beside a link to v3 is about something else, such as a base
            if said != old.revision and not (old.is_rfc and not old.series.revision_stated):
                continue
            alike = likeness(old, new)
            if alike >= 0.5 or (mention.is_plain and (alike >= 0.3 or _share_work(old, new))):
                yield old, f"it links to it as {old.label}", 0.95

    def _answered(self, new: Facts) -> Iterator[Finding]:
        for identity in new.parents:
            old = self._by_id.get(identity)
            if old is not None and old is not new and _is_answer(old, new):
                yield old, f"it answers {old.label}", 0.9

    def _titled(self, new: Facts) -> Iterator[Finding]:
        for person in new.people:
            for old in self._by_title.get((person, new.title), ()):
                if new.title and _is_same_work(old, new):
                    yield old, "title and sender are the same", 0.8
        for old, count in _count(self._by_patch_title, new.patch_titles).items():
            half = 2 * count >= max(len(old.patch_titles), len(new.patch_titles))
            if half and same_people(old, new) and _is_recent(old, new) and _is_raised(old, new):
                yield old, "sender and most titles of patches are the same", 0.8
            elif half and _is_taken_over(old, new):
                yield old, "titles and files are the same, the sender is another", 0.7

    def _patched(self, new: Facts) -> Iterator[Finding]:
        for old, count in _count(self._by_shape, new.shapes).items():
            larger = max(len(old.series.patches), len(new.series.patches))
            if 2 * count < larger or not (same_people(old, new) or likeness(old, new) == 1):
                continue
            # a maintainer sends `[PATCH 0/4] KVM/arm fixes, take #3` along with a pull request
            if not _is_raised(old, new) and compare_titles(old.title, new.title) < 0.5:
                continue
            if (share := share_of_patches(old, new)) >= 0.5:
                yield old, f"{share:.0%} of the patches have the same patch-id", 0.85

    def _alike(self, new: Facts) -> Iterator[Finding]:
        keys = [(person, path) for person in new.people for path in _first(new.files)]
        for old in _count(self._by_file, keys):
            if not _is_next(old, new) or not _is_recent(old, new):
                continue
            shared, files = compare_titles(old.title, new.title), share_of_files(old, new)
            if shared >= 0.6 and files >= 0.5:
                yield old, f"sender, {shared:.0%} of the title and {files:.0%} of the files", 0.6


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


def _collect(findings: Iterator[Finding], new: Facts, found: dict[Facts, Evidence]) -> None:
    for old, reason, score in findings:
        if may_follow(old, new):
            found.setdefault(old, Evidence()).add(reason, score)


def may_follow(old: Facts, new: Facts) -> bool:
    """Whether revisions allow one series to continue another, which was sent before it."""
    if old is new:
        return False
    # a pull request holds what has been reviewed, and a stable tree's patch is a backport
    if old.is_pull != new.is_pull or old.stable_trees != new.stable_trees:
        return False
    return new.revision >= old.revision or _leaves_rfc(old, new)


def follows(old: Facts, new: Facts) -> bool:
    """Whether one is a later revision than the other, not one of the same number."""
    return new.revision > old.revision or _leaves_rfc(old, new)


def _leaves_rfc(old: Facts, new: Facts) -> bool:
    """Whether the numbering starts again: `[RFC PATCH v3]`, then `[PATCH]`."""
    return old.is_rfc and not new.is_rfc and new.revision in {1, old.revision}


def _is_raised(old: Facts, new: Facts) -> bool:
    return follows(old, new) or new.series.messages[0].subject.is_resend


def _is_next(old: Facts, new: Facts) -> bool:
    return new.revision == old.revision + 1 or _leaves_rfc(old, new)


def _is_recent(old: Facts, new: Facts) -> bool:
    return new.time - old.time <= YEAR


def _share_work(old: Facts, new: Facts) -> bool:
    return not old.files.isdisjoint(new.files) or share_of_titles(old, new) > 0


def _is_taken_over(old: Facts, new: Facts) -> bool:
    """Whether somebody else sent the next revision of a series."""
    same = old.title == new.title and _share_work(old, new)
    return same and _is_recent(old, new) and _is_raised(old, new)


def _is_same_work(old: Facts, new: Facts) -> bool:
    """Whether two series with one title and sender are the same work, not just named alike."""
    if follows(old, new) and new.revision <= old.revision + 2 and _is_recent(old, new):
        return True
    if _is_next(old, new):
        return _share_work(old, new)
    return _is_recent(old, new) and share_of_titles(old, new) >= 0.5 and _share_work(old, new)


def _is_answer(old: Facts, new: Facts) -> bool:
    """Whether a series sent into another's thread is a new revision of it.

    People answer their own series with a companion for another tree, and other
    people's with a different idea: titles and files have to agree, too.
    """
    alike = likeness(old, new)
    if not same_people(old, new):
        return alike == 1 and _share_work(old, new)
    if _is_raised(old, new):
        is_near = alike >= 0.3 and _share_work(old, new)
        return is_near or alike >= 0.5 or share_of_files(old, new) >= 0.5
    return alike == 1 and _share_work(old, new)
