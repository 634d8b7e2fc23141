"""Which patches of a series came with a tag that one person gave to an earlier version."""

from collections.abc import Iterator

from kvminbox.dates import write_day
from kvminbox.models import Address, Message, Series, SeriesReview
from kvminbox.review.names import APPROVALS, split_name
from kvminbox.review.part import tell_part

Approval = tuple[str, str, int | None]
"""The name of a tag and of who gave it, and the revision it was given to if the mails lack it."""


def find_own_tags(
    series: Series, review: SeriesReview, readers: frozenset[str]
) -> dict[Approval, frozenset[int]]:
    """Return the patches that came with a tag of somebody with one of these addresses.

    It is in the patch or the cover letter as it was sent; or was given to the revision before,
    since which the patch is unchanged, and was not taken over.

    Args:
        series: the series.
        review: its review.
        readers: the addresses, in lower case.
    """
    found: dict[Approval, frozenset[int]] = {}
    for name, person, revision, patches in (*_list_borne(series), *_list_carried(review)):
        if name in APPROVALS and patches and person.email.lower() in readers:
            key = name, person.name_or_email, revision
            found[key] = found.get(key, frozenset()) | patches
    return found


_Row = tuple[str, Address, int | None, frozenset[int]]


def _list_borne(series: Series) -> Iterator[_Row]:
    if series.cover is not None:
        yield from _read_trailers(series.cover, frozenset(series.numbers))
    for number, patch in zip(series.numbers, series.patches, strict=True):
        yield from _read_trailers(patch, frozenset([number]))


def _read_trailers(mail: Message, patches: frozenset[int]) -> Iterator[_Row]:
    for trailer in getattr(mail, "trailers", ()):
        if trailer.address is not None:
            for name in split_name(trailer.name):
                yield name, trailer.address, None, patches


def _list_carried(review: SeriesReview) -> Iterator[_Row]:
    for tag in review.tags:
        if tag.carried_from is not None:
            yield tag.name, tag.person, tag.carried_from, frozenset(tag.patches)


def tell_own_tags(series: Series, found: dict[Approval, frozenset[int]]) -> Iterator[str]:
    """Yield in words which patches came with which tag: `already carries Reviewed-by from Ewa`."""
    for (name, person, revision), patches in sorted(found.items(), key=lambda one: one[0][:2]):
        part = tell_part(patches, series.numbers, series.total)
        are_many = part.startswith("patches")
        verb = "carry" if are_many else "carries"
        deed = f"already {verb} {name} from {person}"
        if revision is not None:
            as_of = tell_sending(series, revision)
            deed = f"{'have' if are_many else 'has'} {name} from {person} {as_of}"
        yield f"{part} {deed}" if part else deed


def tell_sending(series: Series, revision: int) -> str:
    """Return in words to which earlier sending of a series a tag was given.

    A patch that is sent again, as a RESEND, has the number of what was sent before.

    Args:
        series: the series.
        revision: the revision that the tag was given to.
    """
    known = [one for one in series.chain if one.revision == revision and one != series.ref]
    labels = {one.label for one in known if one.minor_revision is None}
    if len(labels) == 1 and series.ref.label not in labels:
        return f"as of {labels.pop()}"
    if revision != series.revision:
        return f"as of v{revision}"
    days = [one.date for one in known if one.date]
    earlier = [day for day in days if series.date and day < series.date]
    return (
        f"as of the sending of {write_day(max(earlier))}" if earlier else "as of an earlier sending"
    )
