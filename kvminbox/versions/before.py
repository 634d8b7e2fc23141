"""Which earlier version a series is compared with."""

from kvminbox.models import Chain, Series, VersionLink

__all__ = ["find_compared", "trace_back"]


def find_compared(chain: Chain, series: Series) -> Series | None:
    """Return the version of a chain that a series is compared with; None where there is none.

    It is the one before, unless that is a cover letter without patches, with which nothing
    can be compared: a cover letter that was sent twice is no version.
    """
    steps = trace_back(chain, series)
    return next((one for one in chain.series if steps and one.ref == steps[-1].older), None)


def trace_back(chain: Chain, series: Series) -> list[VersionLink]:
    """Return the links from a series to the version that it is compared with, latest first."""
    by_ref = {one.ref: one for one in chain.series}
    links = {(link.older, link.newer): link for link in chain.links}
    steps: list[VersionLink] = []
    at = by_ref.get(series.ref)
    while at is not None and at.previous is not None:
        link = links.get((at.previous, at.ref))
        if link is None or link in steps:
            break
        steps.append(link)
        at = by_ref.get(at.previous)
        if at is not None and at.patches:
            return steps
    return steps[:1]  # only cover letters are here
