"""Tags that replies gave to a series: for which patches, each person's once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kvminbox.models import GivenTag, Message, Patch, ReplyTrailer, Series, TagScope
from kvminbox.review.answers import COVER, UNKNOWN, Answer, number_of
from kvminbox.review.names import split_name
from kvminbox.review.people import is_other, person_key
from kvminbox.review.reply_trailers import read_trailers

Borne = set[tuple[str, str, int]]
"""Tags that patches have: name, person, number of the patch."""


@dataclass(slots=True)
class Collected:
    """The tags of a series, and what was decided on the way."""

    tags: list[GivenTag] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    borne: Borne = field(default_factory=set)
    """What the patches bear already: own trailers, then each tag that was given."""

    def add(self, tag: GivenTag) -> bool:
        """Keep a tag for those of its patches that do not bear it; tell whether there are any."""
        key = (tag.name, person_key(tag.person))
        new = tuple(number for number in tag.patches if (*key, number) not in self.borne)
        self.borne.update((*key, number) for number in new)
        if new:
            self.tags.append(tag.model_copy(update={"patches": new}))
        return bool(new)


def collect_tags(series: Series, answers: Iterable[Answer]) -> Collected:
    """Collect the tags of all replies, in the order in which they were sent.

    Tags in mails of programs are left out: `Reported-by: a robot` is there asked
    for, not given.
    """
    found = Collected(borne=find_borne(series))
    for answer in answers:
        if answer.message.kind != "bot":
            for trailer in read_trailers(answer.lines, answer.message.sender):
                _collect(found, series, answer, trailer)
    return found


def _collect(found: Collected, series: Series, answer: Answer, trailer: ReplyTrailer) -> None:
    where = f"<{answer.message.message_id}>"
    if trailer.suggestion:
        words = f"{trailer.name!r} in {where} is no tag; {trailer.suggestion} may be meant"
        found.notes.append(words)
        return
    if trailer.address is None or not trailer.name.endswith("-by"):
        return
    scope, patches = find_scope(series, answer, trailer)
    if scope == "range" or (scope == "series" and answer.number != COVER):
        numbers = ", ".join(map(str, patches))
        found.notes.append(f"the text of {where} says that {trailer.name} is for {numbers}")
    tag = GivenTag(
        name=trailer.name,
        person=trailer.address,
        message_id=answer.message.message_id,
        date=answer.message.date,
        scope=scope,
        patches=patches,
        self_attested=trailer.self_attested,
        comment=trailer.comment,
    )
    if not patches:
        found.notes.append(f"{trailer.name} in {where} is for no patch that can be named")
    elif not found.add(tag):
        found.notes.append(f"{trailer.name} in {where} is there already")


def find_scope(
    series: Series, answer: Answer, trailer: ReplyTrailer
) -> tuple[TagScope, tuple[int, ...]]:
    """Give for which patches a trailer is: what the reply's text says, else what it answers.

    A phrase that names no patch of the series is taken for none.
    """
    present = tuple(number_of(patch) for patch in series.patches)
    named = _named_patches(trailer, present)
    if trailer.scope == "range" and named:
        return ("patch" if named == (answer.number,) else "range"), named
    is_for_all = trailer.scope == "series" and trailer.numbers in {(), present}
    if answer.number == COVER or (is_for_all and len(present) > 1):
        return "series", present
    return "patch", () if answer.number == UNKNOWN else (answer.number,)


def _named_patches(trailer: ReplyTrailer, present: tuple[int, ...]) -> tuple[int, ...]:
    names = set(trailer.numbers)
    return tuple(number for number in present if (number in names) is not trailer.excepted)


def find_borne(series: Series) -> Borne:
    """Give the tags that the patches bear as their own or their cover letter's trailers."""
    borne: Borne = set()
    numbers = [number_of(patch) for patch in series.patches]
    for patch in series.patches:
        borne.update((*key, number_of(patch)) for key in _trailer_keys(patch))
    if series.cover is not None:
        for key in _trailer_keys(series.cover):
            borne.update((*key, number) for number in numbers)
    return borne


def _trailer_keys(message: Message) -> Iterator[tuple[str, str]]:
    for trailer in getattr(message, "trailers", ()):
        if trailer.address is not None:
            for name in split_name(trailer.name):
                yield name, person_key(trailer.address)


def carry_tags(found: Collected, series: Series, earlier: Series, tags: Iterable[GivenTag]) -> None:
    """Carry tags of the revision before to the patches that are still the same, by patch-id.

    Only what a person gave in the own name is carried; a tag that the new patch
    bears itself is not repeated.
    """
    attested = [tag for tag in tags if tag.self_attested is not False]
    if not attested:
        return
    numbers = _find_unchanged(series, earlier)
    for tag in attested:
        patches = tuple(new for old in tag.patches for new in numbers.get(old, ()))
        source = earlier.revision if tag.carried_from is None else tag.carried_from
        carried = tag.model_copy(update={"patches": patches, "carried_from": source})
        if found.add(carried):
            names = ", ".join(map(str, found.tags[-1].patches))
            words = f"{tag.name} of revision {source} is carried to {names}: the same patch-id"
            found.notes.append(words)


def _find_unchanged(series: Series, earlier: Series) -> dict[int, list[int]]:
    ids: dict[str, list[int]] = {}
    for patch in series.patches:
        identity = patch.patch_id()
        if identity is not None:
            ids.setdefault(identity, []).append(number_of(patch))
    return {number_of(patch): ids.get(patch.patch_id() or "", []) for patch in earlier.patches}


def find_untagged(series: Series, found: Collected, names: frozenset[str]) -> tuple[int, ...]:
    """Give the numbers of the patches that bear no such tag of somebody else than the sender."""
    tagged = {
        number
        for tag in found.tags
        if tag.name in names and tag.self_attested is not False
        for number in tag.patches
        if is_other(tag.person, series.sender)
    }
    patches = [patch for patch in series.patches if number_of(patch) not in tagged]
    return tuple(number_of(patch) for patch in patches if not _bears(patch, series, names))


def _bears(patch: Patch, series: Series, names: frozenset[str]) -> bool:
    trailers = (*patch.trailers, *getattr(series.cover, "trailers", ()))
    return any(
        trailer.address is not None
        and not names.isdisjoint(split_name(trailer.name))
        and is_other(trailer.address, series.sender)
        for trailer in trailers
    )
