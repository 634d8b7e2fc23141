"""Which earlier version a series is compared with."""

from collections import deque
from typing import Final

from kvminbox.models import Chain, Series, VersionLink
from kvminbox.trailers import is_same_person
from kvminbox.versions.facts import Facts

__all__ = [
    "MAX_LINE",
    "find_compared",
    "list_passed",
    "name_version",
    "trace_back",
    "trace_line",
]

_IN_PART: Final = frozenset({"partial_reroll", "collected"})

MAX_LINE: Final = 100
"""How many versions before and behind a series its line has."""


def name_version(series: Series) -> str:
    """Return what people call a version: `v2`, `RFC v1`, `v5 RESEND`."""
    facts = Facts(series)
    return f"{facts.label} RESEND" if facts.is_resend else facts.label


def trace_line(chain: Chain, series: Series) -> list[Series]:
    """Return the versions that lead to a series, itself, and those that go on from it.

    So of a chain with several sets the line has one. Of several that go on it has the first.
    """
    by_ref = {one.ref: one for one in chain.series}
    line = deque([by_ref[series.ref]])
    seen = {series.ref}
    while (ref := line[0].previous) in by_ref and ref not in seen and len(line) <= MAX_LINE:
        line.appendleft(by_ref[ref])
        seen.add(ref)
    most = len(line) + MAX_LINE
    while (ref := line[-1].next) in by_ref and ref not in seen and len(line) < most:
        if by_ref[ref].previous != line[-1].ref:
            break  # it goes on with another one, too
        line.append(by_ref[ref])
        seen.add(ref)
    return list(line)


def find_compared(chain: Chain, series: Series) -> Series | None:
    """Return the version of a chain that a series is compared with; None where there is none.

    It is the latest before that has patches: with a cover letter alone nothing can be
    compared.
    """
    steps = trace_back(chain, series)
    found = next((one for one in chain.series if steps and one.ref == steps[-1].older), None)
    return found if found is not None and found.patches else None


def list_passed(chain: Chain, series: Series) -> list[Series]:
    """Return the versions between a series and the one it is compared with, oldest first.

    Of these only the cover letter is here.
    """
    by_ref = {one.ref: one for one in chain.series}
    return [by_ref[link.older] for link in reversed(trace_back(chain, series)[:-1])]


def trace_back(chain: Chain, series: Series) -> list[VersionLink]:
    """Return the links from a series to the version that it is compared with, latest first.

    Cover letters alone are passed over, unless all that is here of a series is one, too.
    Empty where no version is left.
    """
    by_ref = {one.ref: one for one in chain.series}
    links = {(link.older, link.newer): link for link in chain.links}
    steps: list[VersionLink] = []
    at = by_ref.get(series.ref)
    while at is not None and at.previous is not None:
        link = links.get((at.previous, at.ref))
        if link is None or link in steps:
            break
        old = by_ref.get(at.previous)
        if old is not None and link.relation in _IN_PART and _is_anothers(old, at):
            break
        steps.append(link)
        at = old
        if at is not None and at.patches:
            return steps
    return [] if series.patches else steps[:1]


def _is_anothers(old: Series, new: Series) -> bool:
    """Whether somebody else sent some patches of a series, or took them in, without a new number.

    A part is no version of the series, of which the other patches were not dropped, nor is a set
    that somebody's patch was added to.
    """
    return new.revision <= old.revision and is_same_person(old.sender, new.sender) is not True
