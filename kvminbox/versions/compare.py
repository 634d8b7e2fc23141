"""What changed between two revisions of a series: git's range-diff, from the mails alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kvminbox.models import (
    MatchRule,
    Patch,
    PatchComparison,
    PatchVerdict,
    Series,
    SeriesComparison,
)
from kvminbox.models.corpus import check_series
from kvminbox.versions.assignment import assign_pairs
from kvminbox.versions.linediff import Edit, Work, diff_lines, iter_hunks
from kvminbox.versions.normal import NormalPatch, normalise_patch
from kvminbox.versions.titles import normalise_title

CREATION_FACTOR: Final = 60
"""The cost of a new patch, in per cent of its diff's lines; the default of `git range-diff`."""

MAX_COMPARED: Final = 300
"""Patches on one side whose diffs are compared; with more, only ids and titles are."""

TIE: Final = 1_000
"""What one line weighs against a tie; more than there can be pairs."""

_CHANGES: Final = frozenset("+-\\")
"""How a line begins that a patch adds or removes; the last one tells of a line without an end."""

Numbered = tuple[Patch, int]
"""A patch, and its number in its series."""

Matches = dict[int, tuple[int, MatchRule]]
"""The place of the new patch for each old one's, and why."""


class _Diff(NamedTuple):
    """The edits between two patches' diffs, and what finding them took."""

    column: int
    gain: int
    edits: list[Edit]
    steps: int


class SeriesComparer:
    """Compares series; it keeps the texts of the last one, which is mostly compared next."""

    def __init__(self) -> None:
        self._last: tuple[Series, list[NormalPatch]] | None = None

    def compare(self, old: Series, new: Series) -> SeriesComparison:
        """Return what changed, as `compare_series`."""
        before = self._normalise(old)
        after = self._normalise(new)
        self._last = new, after
        return _compare_normal(old, before, new, after)

    def _normalise(self, series: Series) -> list[NormalPatch]:
        last = self._last  # another thread may put another there
        if last is not None and last[0] is series:
            return last[1]
        return [normalise_patch(patch) for patch in series.patches]


def compare_series(old: Series, new: Series) -> SeriesComparison:
    """Compare two revisions of a series, patch by patch; no code tree is needed.

    Patches are matched by equal diffs, then by patch-id, then as `git range-diff`
    does: so that the differences between their diffs and the costs of added and
    dropped patches have the lowest sum. Patches left on both sides under one title
    are matched last: a rewrite, which git shows as two patches. So the pairs are
    git's, except for these rewrites and for exact ties in the costs.

    It compares what was sent: a missing mail makes its patch look dropped or added.

    Raises:
        kvminbox.errors.UsageError: what is given is no series.
    """
    check_series(old)
    check_series(new)
    return SeriesComparer().compare(old, new)


def _compare_normal(
    old: Series, before: Sequence[NormalPatch], new: Series, after: Sequence[NormalPatch]
) -> SeriesComparison:
    matches: Matches = {}
    _match_by_key([one.diff for one in before], [one.diff for one in after], "same_diff", matches)
    _match_by_patch_id(old.patches, new.patches, matches)
    work = Work()
    known = _match_by_cost(before, after, matches, work)
    titles = [[normalise_title(patch.title) for patch in one.patches] for one in (old, new)]
    _match_by_key(titles[0], titles[1], "title", matches)
    olds, news = [list(zip(one.patches, one.numbers, strict=True)) for one in (old, new)]
    compared = [
        _compare(
            olds[row],
            news[column],
            rule,
            before[row],
            after[column],
            work,
            known.get(row) if rule == "similarity" else None,
        )
        for row, (column, rule) in matches.items()
    ]
    pairs = dict(zip(matches, compared, strict=True))
    return SeriesComparison(
        old=old.ref, new=new.ref, patches=tuple(_in_order(olds, news, matches, pairs))
    )


def _find_free(
    before: Sequence[object], after: Sequence[object], matches: Matches
) -> tuple[list[int], list[int]]:
    """Return the places of the old and of the new patches that have no match yet."""
    taken = {column for column, _ in matches.values()}
    rows = [row for row in range(len(before)) if row not in matches]
    return rows, [column for column in range(len(after)) if column not in taken]


def _match_by_key(
    before: Sequence[object], after: Sequence[object], rule: MatchRule, matches: Matches
) -> None:
    """Match equal keys, first with first; empty keys match nothing."""
    rows, columns = _find_free(before, after, matches)
    places: dict[object, list[int]] = {}
    for column in reversed(columns):
        places.setdefault(after[column], []).append(column)
    for row in rows:
        if before[row] and (found := places.get(before[row])):
            matches[row] = found.pop(), rule


def _match_by_patch_id(before: Sequence[Patch], after: Sequence[Patch], matches: Matches) -> None:
    """Match by patch-id, computed only where the numbers of lines are equal."""
    rows, columns = _find_free(before, after, matches)
    shapes = {_shape(before[row]) for row in rows} & {_shape(after[column]) for column in columns}
    ids: list[list[object]] = [
        [
            patch.patch_id() if index in free and _shape(patch) in shapes else None
            for index, patch in enumerate(patches)
        ]
        for patches, free in ((before, set(rows)), (after, set(columns)))
    ]
    _match_by_key(ids[0], ids[1], "patch_id", matches)


def _shape(patch: Patch) -> object:
    return patch.diffstat.insertions, patch.diffstat.deletions, len(patch.diffstat.files)


def _match_by_cost(
    before: Sequence[NormalPatch], after: Sequence[NormalPatch], matches: Matches, work: Work
) -> dict[int, _Diff]:
    """Match by likeness; return the diffs of those that were matched, as far as they are known."""
    best: dict[int, _Diff] = {}
    rows, columns = _find_free(before, after, matches)
    if max(len(rows), len(columns)) > MAX_COMPARED:
        return best
    counts: dict[int, Counter[str]] = {}
    costs = {column: _creation_cost(after[column].diff) for column in columns}
    gains: dict[tuple[int, int], int] = {}
    for row in rows:
        lines = before[row].diff
        count, cost_of_old = Counter(lines), _creation_cost(lines)
        for column in columns:
            if not work.take(len(count)):
                break
            creation = cost_of_old + costs[column]
            others = after[column].diff
            # a lower bound, the lines that only one side has, rules most pairs out
            if abs(len(lines) - len(others)) > creation:
                continue
            if column not in counts:
                counts[column] = Counter(others)
            other = counts[column]
            # the keys first: of most pairs few are common
            common = sum(min(count[line], other[line]) for line in count.keys() & other.keys())
            if len(lines) + len(others) - 2 * common <= creation:
                left = work.left
                edits = diff_lines(lines, others, work)
                # git counts the lines of the diff, with one for the header of each hunk
                cost = sum(end - begin + 1 for begin, end in iter_hunks(edits))
                # on a tie it is one patch; git decides ties by the order in which
                # its solver comes to them
                gain = gains[row, column] = (creation - cost) * TIE + 1
                # one for each, mostly the one that is chosen: all might not fit into memory
                if row not in best or gain > best[row].gain:
                    best[row] = _Diff(column, gain, edits, left - work.left)
    pairs = assign_pairs(gains)
    matches |= {row: (column, "similarity") for row, column in pairs.items()}
    return {row: one for row, one in best.items() if pairs.get(row) == one.column}


def _creation_cost(lines: Sequence[str]) -> int:
    # git does not count the blank lines between the files
    return sum(map(bool, lines)) * CREATION_FACTOR // 100


def _compare(
    old: Numbered,
    new: Numbered,
    rule: MatchRule,
    before: NormalPatch,
    after: NormalPatch,
    work: Work,
    known: _Diff | None,
) -> PatchComparison:
    verdict: PatchVerdict = "unchanged"
    if _list_changes(before) != _list_changes(after):
        verdict = "code_changed"
    elif before.message != after.message:
        verdict = "message_only"
    elif before.diff != after.diff:
        verdict = "context_only"
    return PatchComparison(
        old=old[0],
        old_number=old[1],
        new=new[0],
        new_number=new[1],
        verdict=verdict,
        matched_by=rule,
        inner_diff=_inner_diff(before, after, work, known) if verdict != "unchanged" else "",
    )


def _list_changes(patch: NormalPatch) -> list[str]:
    """Return what a patch adds and removes, below the names of its files, without the context."""
    return [line for line in patch.diff if line[:1] in _CHANGES or line.startswith(" ## ")]


def _inner_diff(before: NormalPatch, after: NormalPatch, work: Work, known: _Diff | None) -> str:
    # message and diff apart, so that a long diff can't hide a message's small change
    edits = diff_lines(before.message, after.message, work)
    if known is not None and work.left >= known.steps:
        work.take(known.steps)  # as if it were found again
        edits += known.edits
    else:
        edits += diff_lines(before.diff, after.diff, work)
    lines: list[str] = []
    section, read = "", 0
    for begin, end in iter_hunks(edits):
        heads = [line for _, line in edits[read : begin + 1] if line.startswith(" ## ")]
        section, read = heads[-1] if heads else section, begin + 1
        lines.append(f"@@ {section.strip(' #')}".rstrip())
        lines += [mark + line for mark, line in edits[begin:end]]
    return "".join(f"{line}\n" for line in lines)


def _in_order(
    old: Sequence[Numbered],
    new: Sequence[Numbered],
    matches: Matches,
    pairs: dict[int, PatchComparison],
) -> Iterator[PatchComparison]:
    """Yield patches in git's order: a dropped one as soon as all before it are listed."""
    row_of = {column: row for row, (column, _) in matches.items()}
    listed: set[int] = set()
    place = 0
    for column in range(len(new) + 1):
        while place < len(old) and (place in listed or place not in matches):
            if place not in listed:
                patch, number = old[place]
                yield PatchComparison(old=patch, old_number=number, verdict="dropped")
            place += 1
        if column == len(new):
            return
        row = row_of.get(column)
        if row is None:
            patch, number = new[column]
            yield PatchComparison(new=patch, new_number=number, verdict="added")
        else:
            listed.add(row)
            yield pairs[row]
