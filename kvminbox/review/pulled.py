"""Which patches a later pull request or release has: somebody took them, maybe without a word."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kvminbox.models import Message, Patch, Pulled, PullRequest, Series, ShortlogEntry
from kvminbox.order import each_once, sent_time
from kvminbox.review.releases import read_release
from kvminbox.versions.stable import is_stable_backport
from kvminbox.versions.titles import normalise_title
from kvminbox.words import fold_name

MAX_LAG: Final = 366 * 86_400
"""Seconds after which a title in a shortlog is no more taken for that of a mail."""

MIN_WORDS: Final = 3
"""Words of a title without its prefix that tell a patch, where the prefix is another one."""

MIN_BARE: Final = 4
"""Words of a title that was sent without a prefix, likewise."""

_RELEASED: Final = "the shortlog of the release lists the title and the author"
_LISTED: Final = "its shortlog lists the title and the author"
_RENAMED: Final = "its shortlog lists the whole series, some titles with another prefix"
_RENAMED_ALONE: Final = "its shortlog lists the author and the title, with another prefix"
_SENT_BELOW: Final = "the same change by the same author was sent below it"

# of `selftests: lamp:`, or `BACKPORT: lamp:`, and `lamp:` there are two patches
_APART: Final = frozenset(
    {"dt-bindings", "dt", "bindings", "selftests", "kselftest", "tools", "docs", "doc"}
    | {"documentation", "samples", "kunit", "backport", "android", "stable", "upstream"}
)
_WORDS: Final = re.compile(r"[^\W_]+")

Prefix = tuple[str, ...]
"""The parts of a title's prefix."""

Words = tuple[str, str]
"""The author of a patch, and its title without the prefix."""

Change = tuple[str, tuple[tuple[str, int, int], ...]]
"""The author of a patch, and the paths that it changes with the lines: alike in equal patches."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A pull request or release that has a patch, and why that is said."""

    pull: Message
    evidence: str
    release: str = ""
    patch: Patch | None = None
    """The patch that was sent below it, whose diff may be compared."""


class PullIndex:
    """The pull requests and announced releases of some mails.

    They are known by the commits that they list, and by the patches below them.
    """

    def __init__(self, messages: Iterable[Message], series: Sequence[Series]) -> None:
        self._by_title: defaultdict[tuple[str, str], list[_Place]] = defaultdict(list)
        self._by_change: defaultdict[Change, list[_Place]] = defaultdict(list)
        self._by_words: defaultdict[Words, list[tuple[Prefix, _Place]]] = defaultdict(list)
        self._authors: set[str] = set()
        for mail in each_once(messages):
            if isinstance(mail, PullRequest):
                self._add(mail.shortlog, _Place(mail, _LISTED))
            elif released := read_release(mail):
                self._add(released.shortlog, _Place(mail, _RELEASED, released.name))
        for one in series:
            if isinstance(one.cover, PullRequest):
                for patch in one.patches:
                    place = _Place(one.cover, _SENT_BELOW, patch=patch)
                    self._by_change[_change(patch)].append(place)
                    self._authors.add(fold_name(patch.author.name))
        self._sent = self._list_sent(series) if self._by_words else {}

    def _list_sent(self, series: Iterable[Series]) -> dict[Words, set[Prefix]]:
        """Return with which prefixes the authors that are listed sent each title."""
        found: dict[Words, set[Prefix]] = {}
        for patch in (patch for one in series for patch in one.patches):
            author = fold_name(patch.author.name)
            if author in self._authors:
                prefix, words = _cut_prefix(patch.title)
                found.setdefault((author, words), set()).add(prefix)
        return found

    def _add(self, shortlog: Iterable[ShortlogEntry], place: _Place) -> None:
        for entry in shortlog:
            author = fold_name(entry.author)
            self._by_title[author, normalise_title(entry.title)].append(place)
            prefix, words = _cut_prefix(entry.title)
            renamed = replace(place, evidence=_RENAMED_ALONE)
            self._by_words[author, words].append((prefix, renamed))
            self._authors.add(author)

    def find(self, series: Series) -> tuple[Pulled, ...]:
        """Return the pull requests and releases that have patches of a series, oldest first.

        A patch is that of a commit with its title and its author's name, or that of a patch which
        was sent below the pull request, with the same author and the same patch-id. Of a series
        of which it lists every patch, some titles may have other prefixes, and so may a title
        that can hardly be another one. What was sent after the pull request is not in it, and
        neither is what had been sent again by then, or what is surely a backport for a stable
        tree.
        """
        if not self._authors or isinstance(series.cover, PullRequest):
            return ()
        end = series.next.date.timestamp() if series.next and series.next.date else float("inf")
        found: dict[int, list[tuple[int, _Place]]] = {}
        for number, patch in zip(series.numbers, series.patches, strict=True):
            begin = sent_time(patch)
            latest = min(end, begin + MAX_LAG)
            places = [one for one in self._list(patch) if begin <= sent_time(one.pull) < latest]
            if places:
                first = min(places, key=lambda one: sent_time(one.pull))
                found.setdefault(id(first.pull), []).append((number, first))
        told = {number for rows in found.values() for number, _ in rows}
        for rows in found.values():
            renamed = _find_renamed(series, rows, told)
            told |= {number for number, _ in renamed}
            rows += renamed
        # the title of a backport is that of the patch that was pulled
        if found and is_stable_backport(series):
            return ()
        made = [_make_pulled(sorted(rows, key=_number)) for rows in found.values()]
        return tuple(sorted(made, key=lambda one: one.date.timestamp() if one.date else 0.0))

    def _list(self, patch: Patch) -> Iterator[_Place]:
        author = fold_name(patch.author.name)
        if author not in self._authors:
            return
        listed = self._by_title.get((author, normalise_title(patch.title)))
        yield from listed or self._list_renamed(author, patch)
        for one in self._by_change.get(_change(patch), ()):
            if one.patch is not None and patch.patch_id() == one.patch.patch_id():
                yield one

    def _list_renamed(self, author: str, patch: Patch) -> Iterator[_Place]:
        """Yield where a title is listed with one other prefix, and was sent with none but its own.

        `video: fbdev: kyro: check the mode` became `fbdev: kyro: check the mode`. Of the paths
        that the patch changes the new parts are known: `phy: kyro:` is another patch.
        """
        prefix, words = _cut_prefix(patch.title)
        listed = self._by_words.get((author, words), [])
        others = {one for one, _ in listed}
        if len(others) != 1 or self._sent.get((author, words)) != {prefix}:
            return
        (other,) = others
        is_alike = prefix[-1:] == other[-1:] if prefix else len(words.split()) >= MIN_BARE
        if other == prefix or not is_alike or len(words.split()) < MIN_WORDS:
            return
        changed = set(prefix) ^ set(other)
        if changed.isdisjoint(_APART) and set(other) - set(prefix) <= _list_words(patch):
            yield from (place for _, place in listed)


def _find_renamed(
    series: Series, rows: list[tuple[int, _Place]], told: Collection[int]
) -> list[tuple[int, _Place]]:
    """Return the other patches of a series that a pull request has, listed with other prefixes.

    That is said only of all of them, where it lists one with its very title, in the order in
    which they were sent: `kvm: add a timer` is then `kvm: arm: add a timer`.

    Args:
        series: the series.
        rows: its patches that are in the pull request by title and author, or sent below it.
        told: its patches that any pull request has.
    """
    pull, is_listed = rows[0][1].pull, any(place.evidence == _LISTED for _, place in rows)
    if (
        not isinstance(pull, PullRequest)
        or not is_listed
        or len(told) == len(series.numbers)
        or series.missing
    ):
        return []
    entries = [(fold_name(one.author), *_cut_prefix(one.title)) for one in pull.shortlog]
    patches = [(fold_name(one.author.name), *_cut_prefix(one.title)) for one in series.patches]
    listed = Counter((author, words) for author, _, words in entries)
    sent = Counter((author, words) for author, _, words in patches)
    last: dict[str, int] = {}
    found: list[tuple[int, _Place]] = []
    for number, (author, prefix, words) in zip(series.numbers, patches, strict=True):
        at = [place for place, one in enumerate(entries) if (one[0], one[2]) == (author, words)]
        is_one = listed[author, words] == sent[author, words] == 1
        if not is_one or at[0] < last.get(author, 0):
            return []
        last[author] = at[0]
        if number not in told:
            if len(words.split()) < MIN_WORDS or not _may_become(prefix, entries[at[0]][1]):
                return []
            found.append((number, _Place(pull, _RENAMED)))
    return found


def _cut_prefix(title: str) -> tuple[Prefix, str]:
    """Return the parts of a title's prefix, `kvm` and `arm` of `kvm/arm: …`, and its words."""
    prefix, colon, words = normalise_title(title).rpartition(": ")
    return tuple(prefix.replace("/", ": ").split(": ")) if colon else (), words


def _may_become(prefix: Prefix, other: Prefix) -> bool:
    """Whether parts were only added or left out, or what is nearest to the words is the same.

    A patch for `arm: lamp1` does not become one for `arm: lamp2`.
    """
    if prefix[-1:] == other[-1:]:
        return True
    short, long = sorted((prefix, other), key=len)
    rest = iter(long)
    return all(part in rest for part in short)


def _list_words(patch: Patch) -> set[str]:
    """Return the names of the folders and files that a patch changes, and the words of these."""
    paths = "/".join(one.path.lower() for one in patch.diffstat.files)
    return {*paths.split("/"), *_WORDS.findall(paths)}


def _number(row: tuple[int, _Place]) -> int:
    return row[0]


def _change(patch: Patch) -> Change:
    files = sorted((one.path, one.insertions, one.deletions) for one in patch.diffstat.files)
    return fold_name(patch.author.name), tuple(files)


def _make_pulled(rows: list[tuple[int, _Place]]) -> Pulled:
    pull, release = rows[0][1].pull, rows[0][1].release
    return Pulled(
        message_id=pull.message_id,
        by=pull.sender,
        date=pull.date,
        title=pull.subject.title,
        patches=tuple(number for number, _ in rows),
        evidence=tuple(dict.fromkeys(place.evidence for _, place in rows)),
        release=release,
    )
