"""Which old patch became which new one, where several could: the cheapest pairing."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[int, int]

MAX_EXACT: Final = 150
"""Similar patches on one side that are paired at the lowest cost; more are paired greedily."""


def assign_pairs(gains: Mapping[Pair, int]) -> dict[int, int]:
    """Pair rows with columns, each at most once, so that the sum of gains is the highest.

    Each group of connected rows and columns is solved exactly (the Hungarian method),
    so the result is the same on every machine. A group of more than `MAX_EXACT` is
    paired greedily, the highest gain first. Only pairs in `gains` above zero are used.
    """
    found: dict[int, int] = {}
    useful = {pair: gain for pair, gain in gains.items() if gain > 0}
    for group in _groups(useful):
        rows = sorted({row for row, _ in group})
        columns = sorted({column for _, column in group})
        if max(len(rows), len(columns)) > MAX_EXACT:
            found |= _assign_greedily({pair: useful[pair] for pair in group})
        else:
            found |= _assign_exactly(rows, columns, useful)
    return found


def _groups(pairs: Mapping[Pair, int]) -> list[list[Pair]]:
    """Divide pairs into groups that share no row and no column."""
    by_row: dict[int, list[Pair]] = {}
    by_column: dict[int, list[Pair]] = {}
    for pair in sorted(pairs):
        by_row.setdefault(pair[0], []).append(pair)
        by_column.setdefault(pair[1], []).append(pair)
    groups: list[list[Pair]] = []
    seen: set[Pair] = set()
    for first in sorted(pairs):
        if first in seen:
            continue
        seen.add(first)
        group = [first]
        for row, column in group:  # grows while it is iterated
            others = by_row.pop(row, []) + by_column.pop(column, [])
            new = [pair for pair in dict.fromkeys(others) if pair not in seen]
            seen.update(new)
            group += new
        groups.append(group)
    return groups


def _assign_greedily(gains: Mapping[Pair, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    for row, column in sorted(gains, key=lambda pair: (-gains[pair], pair)):
        if row not in found and column not in taken:
            found[row] = column
            taken.add(column)
    return found


def _assign_exactly(
    rows: list[int], columns: list[int], gains: Mapping[Pair, int]
) -> dict[int, int]:
    flipped = len(rows) > len(columns)
    short, long = (columns, rows) if flipped else (rows, columns)
    costs = [
        [-gains.get((other, one) if flipped else (one, other), 0) for other in long]
        for one in short
    ]
    found: dict[int, int] = {}
    for one, other in _solve(costs):
        pair = (long[other], short[one]) if flipped else (short[one], long[other])
        if pair in gains:
            found[pair[0]] = pair[1]
    return found


def _solve(costs: list[list[int]]) -> list[Pair]:
    """Pair each row with a column of its own at the lowest sum; needs rows <= columns.

    Kuhn's method with potentials: each row is added along a shortest path of
    reduced costs. Row and column 0 of the tables mean "none yet".
    """
    width = len(costs[0])
    row_of = [0] * (width + 1)
    row_potential = [0] * (len(costs) + 1)
    column_potential = [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        row_of[0] = row
        column = 0
        way = [0] * (width + 1)
        least = [float("inf")] * (width + 1)
        used = [False] * (width + 1)
        while row_of[column]:
            used[column] = True
            here, delta, best = row_of[column], float("inf"), 0
            for other in range(1, width + 1):
                if used[other]:
                    continue
                cost = costs[here - 1][other - 1] - row_potential[here] - column_potential[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < delta:
                    delta, best = least[other], other
            for other in range(width + 1):
                if used[other]:
                    row_potential[row_of[other]] += int(delta)
                    column_potential[other] -= int(delta)
                else:
                    least[other] -= delta
            column = best
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return [(row_of[other] - 1, other - 1) for other in range(1, width + 1) if row_of[other]]
