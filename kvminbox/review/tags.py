"""Tags that replies gave to a series: each person's once, with the patches that they are for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kvminbox.models import Address, GivenTag, Message, ReplyTrailer, Series, TagScope
from kvminbox.patches import is_program
from kvminbox.review.answers import COVER, UNKNOWN, Answer
from kvminbox.review.names import split_name
from kvminbox.review.reply_trailers import read_trailers
from kvminbox.review.tag_phrases import choose_named
from kvminbox.trailers import is_same_person
from kvminbox.words import list_some

MAX_NOTED: Final = 50
"""Numbers of patches that one note lists."""

Numbers = tuple[int, ...]


def is_other(person: Address, sender: Address) -> bool:
    """Whether two addresses are of different people, as far as address and name tell.

    A person with two addresses and two spellings of the name is two people here.
    """
    return person.key != sender.key and not is_same_person(person, sender)


def is_somebody_else(person: Address, sender: Address) -> bool:
    """Whether a tag of a person is one of somebody other than the sender, and of no program."""
    return is_other(person, sender) and not is_program(person)


def person_key(person: Address) -> str:
    """Return what tells people apart within one series: the address, else the name."""
    return person.key


class Borne:
    """Which patches have which tags already, by a tag's name and person.

    Five hundred people who each give a tag to a thousand patches share one set of
    a thousand numbers.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], frozenset[int] | set[int]] = {}
        self._sets: dict[Numbers, tuple[Numbers, frozenset[int]]] = {}

    def add(self, name: str, person: str, numbers: Numbers) -> Numbers:
        """Add a tag to some patches, and return the ones that did not have it."""
        key = (name, person)
        found = self._found.get(key)
        if not found:
            shared = self._sets.get(numbers) or (numbers, frozenset(numbers))
            numbers, self._found[key] = self._sets[numbers] = shared
            return numbers
        new = tuple(number for number in numbers if number not in found)
        if isinstance(found, frozenset):
            found = self._found[key] = set(found)
        found.update(new)
        return new


@dataclass(slots=True)
class Collected:
    """The tags of a series, and the decisions made on the way."""

    tags: list[GivenTag] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    borne: Borne = field(default_factory=Borne)
    """What the patches have already: their own trailers, then each tag that was given."""

    def add(self, tag: GivenTag) -> bool:
        """Keep a tag for those of its patches that do not have it; whether there are any."""
        new = self.borne.add(tag.name, person_key(tag.person), tag.patches)
        if new:
            self.tags.append(tag.model_copy(update={"patches": new}))
        return bool(new)


def collect_tags(series: Series, answers: Iterable[Answer]) -> Collected:
    """Collect the tags of all replies, in the order in which they were sent.

    Tags in bot mails are left out: a robot asks for `Reported-by: robot`
    there, and gives no tag.
    """
    found = Collected(borne=find_borne(series))
    present = series.numbers  # once: thousands of tags share it
    for answer in answers:
        if answer.message.kind != "bot":
            for trailer in read_trailers(answer.lines, answer.message.sender):
                _collect(found, series, present, answer, trailer)
    return found


def _collect(
    found: Collected, series: Series, present: Numbers, answer: Answer, trailer: ReplyTrailer
) -> None:
    where = f"<{answer.message.message_id}>"
    if trailer.standing == "misspelt":
        words = f"{trailer.name!r} in {where} is not a tag; {trailer.suggestion} may be meant"
        found.notes.append(words)
        return
    if not trailer.name.endswith("-by"):
        return
    if trailer.standing != "given" or trailer.address is None:
        found.notes.append(f"{trailer.name} in {where} is not given: {trailer.evidence}")
        return
    scope, patches = find_scope(series, present, answer, trailer)
    if trailer.named and not _named_patches(trailer, series, answer.number):
        found.notes.append(f"which patches {trailer.named!r} in {where} means is not known")
    if scope == "range" or (scope == "series" and answer.number != COVER):
        words = (
            f"the text of {where} says that {trailer.name} is for {list_some(patches, MAX_NOTED)}"
        )
        found.notes.append(words)
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
        found.notes.append(f"{trailer.name} in {where} is for a patch that can't be identified")
    elif not found.add(tag):
        found.notes.append(f"{trailer.name} in {where} is already there")


def find_scope(
    series: Series, present: Numbers, answer: Answer, trailer: ReplyTrailer
) -> tuple[TagScope, Numbers]:
    """Return the patches that a trailer is for: what the reply's text says, else what it answers.

    `present` are the numbers of the patches that are here.
    A phrase that names no patch of the series is ignored, and so is one of which it is not known
    which it names: the tag is for what its mail answers.
    """
    # only here: for each of thousands of tags on a series of thousands it took seconds
    named = _named_patches(trailer, series, answer.number) if trailer.scope == "range" else ()
    if named:
        return ("patch" if named == (answer.number,) else "range"), named
    is_for_all = trailer.scope == "series" and trailer.numbers in ((), present)
    if answer.number == COVER or (is_for_all and len(present) > 1):
        return "series", present
    return "patch", () if answer.number == UNKNOWN else (answer.number,)


def _named_patches(trailer: ReplyTrailer, series: Series, answered: int) -> Numbers:
    present = series.numbers
    if trailer.named:
        titles = {
            number: patch.title for number, patch in zip(present, series.patches, strict=True)
        }
        meant = choose_named(trailer.named, titles, answered, series.total)
        return tuple(number for number in present if number in meant)
    names = set(trailer.numbers)
    if trailer.with_answered:
        names.add(answered)
    return tuple(number for number in present if (number in names) is not trailer.excepted)


def find_borne(series: Series) -> Borne:
    """Return the tags that the patches have from their own or their cover letter's trailers."""
    borne = Borne()
    numbers = series.numbers
    for key in _trailer_keys(series.cover) if series.cover else ():
        borne.add(*key, numbers)
    for number, patch in zip(numbers, series.patches, strict=True):
        for key in _trailer_keys(patch):
            borne.add(*key, (number,))
    return borne


def _trailer_keys(message: Message) -> Iterator[tuple[str, str]]:
    for trailer in getattr(message, "trailers", ()):
        if trailer.address is not None:
            for name in split_name(trailer.name):
                yield name, person_key(trailer.address)


def carry_tags(found: Collected, series: Series, earlier: Series, tags: Iterable[GivenTag]) -> None:
    """Carry tags of the previous revision to the patches that are still the same, by patch-id.

    Only tags that people gave in their own names are carried; a tag that the new
    patch has itself is not repeated.
    """
    attested = [tag for tag in tags if tag.self_attested is not False]
    if not attested:
        return
    id_of = {
        number: patch.patch_id()
        for number, patch in zip(earlier.numbers, earlier.patches, strict=True)
    }
    numbers_of = _number_ids(series)
    for tag in attested:
        # each id once: a thousand patches may all be the same
        ids = dict.fromkeys(id_of.get(old) for old in tag.patches)
        patches = tuple(new for identity in ids for new in numbers_of.get(identity, ()))
        source = earlier.revision if tag.carried_from is None else tag.carried_from
        carried = tag.model_copy(update={"patches": patches, "carried_from": source})
        if found.add(carried):
            names = list_some(found.tags[-1].patches, MAX_NOTED)
            words = f"{tag.name} of revision {source} is carried over to {names}: the same patch-id"
            found.notes.append(words)


def _number_ids(series: Series) -> dict[str | None, list[int]]:
    found: dict[str | None, list[int]] = {}
    for number, patch in zip(series.numbers, series.patches, strict=True):
        found.setdefault(patch.patch_id(), []).append(number)
    found.pop(None, None)
    return found


def find_untagged(series: Series, found: Collected, names: frozenset[str]) -> tuple[int, ...]:
    """Return the numbers of the patches without such a tag from anybody but the sender.

    A program is nobody: that syzbot could not crash a kernel with the patch is no review.
    """
    tagged = {
        number
        for tag in found.tags
        if tag.name in names and tag.self_attested is not False
        for number in tag.patches
        if is_somebody_else(tag.person, series.sender)
    }
    if series.cover is not None and _bears(series.cover, series, names):
        return ()
    return tuple(
        number
        for number, patch in zip(series.numbers, series.patches, strict=True)
        if number not in tagged and not _bears(patch, series, names)
    )


def _bears(mail: Message, series: Series, names: frozenset[str]) -> bool:
    return any(
        trailer.address is not None
        and not names.isdisjoint(split_name(trailer.name))
        and is_somebody_else(trailer.address, series.sender)
        for trailer in getattr(mail, "trailers", ())
    )
