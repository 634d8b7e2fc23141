"""Series into chains of revisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from kvminbox.models import Chain, Message, Series, SeriesRef, VersionLink
from kvminbox.models.corpus import check_several, list_series
from kvminbox.versions.alike import is_within, same_people, same_sender
from kvminbox.versions.bases import Bases
from kvminbox.versions.evidence import Finder
from kvminbox.versions.facts import Facts
from kvminbox.versions.finding import STRONG, SURE, WEAK, Evidence
from kvminbox.versions.later import Above, read_later
from kvminbox.versions.mentions import may_supersede
from kvminbox.versions.nearest import (
    Found,
    Line,
    find_listed,
    find_previous,
    is_of_part,
    is_sibling,
    is_stated,
)
from kvminbox.versions.numbers import follows, is_next
from kvminbox.versions.relations import decide_relation, find_split, is_part, is_rest
from kvminbox.versions.sending import place_parts, place_reminders, set_times

MAX_RIVALS: Final = 64
"""How many series of a chain, the latest ones, are candidates for the previous revision."""

MAX_NAMED: Final = 100
"""How many series of a chain, the nearest ones, each of its series names."""

_FORWARD: Final = frozenset({"revision", "partial_reroll"})
_SIDEWAYS: Final = frozenset({"partial_reroll", "branch"})


@dataclass(frozen=True)
class _Step:
    """A link with the series it joins."""

    old: Facts
    new: Facts
    link: VersionLink


class LinkedSeries(NamedTuple):
    """A series, and those that it is linked to."""

    facts: Facts
    previous: SeriesRef | None
    next: SeriesRef | None
    near: tuple[SeriesRef, ...]
    """The series of its chain, or those around it."""

    depends_on: tuple[SeriesRef, ...]


class LinkedChain(NamedTuple):
    """A chain of series, by what was compared of them."""

    series: tuple[LinkedSeries, ...]
    links: tuple[VersionLink, ...]


def link_series(series: Iterable[Series], *, replies: Iterable[Message] = ()) -> list[Chain]:
    """Put series into chains of revisions, by the evidence that links them, oldest first.

    A series is joined to the earlier ones with the strongest evidence: a change-id,
    `Supersedes:`, a link in its text, the thread, patch-ids, titles and senders, and
    last similar titles and files. Numbers and dates must both rise, unless the sender
    says what is superseded: a v2 sent before v1 is not joined. Each series is in
    exactly one chain, and the order of the arguments does not matter.

    Args:
        series: the series of a corpus.
        replies: mails in which a sender may say later what a series supersedes, and below
            which a series may stand in the thread of an older one. They are read once, after
            all series.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the series, or replies.
    """
    known = list(map(Facts, list_series(series)))
    check_several(replies, "mails")
    above = Above()
    listed = list(filter(may_supersede, above.read(replies)))
    above.place(known)
    return link_placed(known, replies=listed)


def link_placed(known: Iterable[Facts], *, replies: Iterable[Message]) -> list[Chain]:
    """Return the chains of series of which it is known below what they stand."""
    return [_fill(chain) for chain in link_facts(known, replies=replies)]


def _fill(chain: LinkedChain) -> Chain:
    """Return a chain of whole series."""
    filled = (
        one.facts.series.model_copy(
            update={
                "previous": one.previous,
                "next": one.next,
                "chain": one.near,
                "depends_on": one.depends_on,
            }
        )
        for one in chain.series
    )
    return Chain(series=tuple(filled), links=chain.links)


def link_facts(
    facts_of_all: Iterable[Facts], *, replies: Iterable[Message] = ()
) -> Iterator[LinkedChain]:
    """Yield the chains of series of which the facts are known, as `link_series` links them."""
    known = list(facts_of_all)
    set_times(known)
    place_reminders(known)
    place_parts(known)
    ordered = sorted(known, key=lambda facts: facts.order)
    finder = Finder(read_later(replies, ordered))
    found: Found = {}
    for facts in ordered:
        found[facts] = finder.find(facts)
        finder.add(facts)
    _drop_weak(found)
    bases = Bases(ordered)
    for members in _join(ordered, found):
        yield _make_chain(members, found, bases)


def _drop_weak(found: Found) -> None:
    """Drop likeness to an older series that another one continues on better evidence.

    The `v2` of one patch to a file is no `v2` of another patch that has its own.
    """
    taken = {
        (old, new.revision)
        for new, evidence in found.items()
        for old in evidence
        if evidence[old].score > WEAK and not (is_rest(old, new) or _is_some(old, new))
    }
    for new, evidence in found.items():
        for old in [old for old in evidence if evidence[old].score <= WEAK]:
            if (old, new.revision) in taken:
                del evidence[old]


def _is_some(old: Facts, new: Facts) -> bool:
    """Whether of a series that is divided at most half comes again; the rest may, elsewhere."""
    return 2 * new.patches <= old.patches and is_within(new, old)


def _join(ordered: list[Facts], found: Found) -> list[list[Facts]]:
    """Return the members of each chain: each joins its best match, and any other sure one."""
    chain_of: dict[Facts, list[Facts]] = {}
    for facts in ordered:
        chain_of[facts] = [facts]
        evidence = found[facts]
        if not evidence:
            continue
        best = max(evidence, key=partial(_rank, facts, evidence))
        for old in (best, *evidence):
            is_joined = old is best or _is_sure(old, facts, evidence[old])
            if is_joined or _is_between(best, old, facts):
                _merge(chain_of, chain_of[old], chain_of[facts])
    chains = {id(chain): chain for chain in (chain_of[facts] for facts in ordered)}
    return [sorted(chain, key=lambda facts: facts.order) for chain in chains.values()]


def _rank(new: Facts, evidence: dict[Facts, Evidence], old: Facts) -> tuple[object, ...]:
    """Return how well a series continues an earlier one; its own part does not tell of others."""
    return (
        old.whole is not new,
        evidence[old].score,
        same_people(old, new),
        old.revision,
        old.order,
    )


def _is_sure(old: Facts, new: Facts, evidence: Evidence) -> bool:
    """Whether a series continues an earlier one besides the best match: half of a split v2, say."""
    return evidence.score >= (STRONG if old.title == new.title else SURE) or is_part(old, new)


def _is_between(best: Facts, old: Facts, new: Facts) -> bool:
    """Whether a series that is like the next number is the one between it and its best match.

    A v1 whose patch comes again in a v3 was a v2 with another title meanwhile.
    """
    is_stated = old.revision_stated and new.revision_stated
    return (
        is_stated
        and best.revision < old.revision
        and is_next(old, new)
        and best.order < old.order < new.order
        and same_sender(old, new)
    )


def _merge(chain_of: dict[Facts, list[Facts]], one: list[Facts], other: list[Facts]) -> None:
    if one is other:
        return
    small, large = sorted((one, other), key=len)
    large += small
    for facts in small:
        chain_of[facts] = large


def _make_chain(members: list[Facts], found: Found, bases: Bases) -> LinkedChain:
    listed = find_listed(members, found)
    steps: list[_Step] = []
    earlier: list[Facts] = []
    parts: set[Facts] = set()
    lined: set[Facts] = set()
    before: dict[Facts, Facts] = {}
    for facts in members:
        if facts.is_apart:
            continue  # it is older than its series, and newer than nothing
        rivals = earlier[-MAX_RIVALS:]
        whole = [old for old in rivals if old not in parts or is_of_part(facts, old)]
        old = find_previous(whole, facts, found, Line(lined, listed, before))
        if old is not None:
            step = _make_step(old, facts, found)
            steps.append(step)
            before[facts] = old
            if step.link.relation == "partial_reroll":
                # the next version follows the whole one; without it, the latest `v6.2 6/7`
                is_latest = facts.replaced is not None and old.replaced == facts.replaced
                parts.add(old if is_latest and old not in parts else facts)
            elif step.link.relation != "collected":
                lined.add(facts)
        earlier.append(facts)
    steps = _mark_split([*steps, *_find_others(members, steps, found)])
    refs = tuple(facts.ref for facts in members)
    previous = {step.new: step.old.ref for step in reversed(steps)}
    following = _following(steps)
    linked = tuple(
        LinkedSeries(
            facts=facts,
            previous=previous.get(facts),
            next=following.get(facts),
            near=_nearest(refs, place),
            depends_on=bases.find(facts),
        )
        for place, facts in enumerate(members)
    )
    return LinkedChain(linked, tuple(step.link for step in steps))


def _nearest(refs: tuple[SeriesRef, ...], place: int) -> tuple[SeriesRef, ...]:
    """Return the names around a place, or a thousand mails of one title would name a million."""
    start = max(0, min(place - MAX_NAMED // 2, len(refs) - MAX_NAMED))
    return refs if len(refs) <= MAX_NAMED else refs[start : start + MAX_NAMED]


def _following(steps: list[_Step]) -> dict[Facts, SeriesRef]:
    """Return the series to read after each, preferring a whole revision to a partial one."""
    found: dict[Facts, SeriesRef] = {}
    whole = sorted(steps, key=lambda step: step.link.relation in _SIDEWAYS)
    for step in whole:
        found.setdefault(step.old, step.new.ref)
    return found


def _find_others(members: list[Facts], steps: list[_Step], found: Found) -> list[_Step]:
    """Link what nothing follows yet to the first later series that continues it, too.

    Of two lone patches that come again in one series, one is its `previous`; both are
    superseded.
    """
    followed = {step.old for step in steps}
    previous = {step.new: step.old for step in steps}
    others: list[_Step] = []
    here = set(members)
    for new in members:
        for old in found[new] if not new.is_apart else ():
            if old not in here or is_sibling(old, previous.get(new), new, found):
                continue  # what is but like an older one may be of another chain
            is_newer = follows(old, new) or found[new][old].is_stated or is_part(old, new)
            if old not in followed and (is_newer or old.is_apart):
                followed.add(old)
                others.append(_make_step(old, new, found))
    return others


def _mark_split(steps: list[_Step]) -> list[_Step]:
    """Mark the steps from a series to the several that it was split into."""
    parts: dict[Facts, list[Facts]] = {}
    for step in steps:
        if step.link.relation in _FORWARD:
            parts.setdefault(step.old, []).append(step.new)
    split = {(old, new) for old, news in parts.items() for new in find_split(old, news)}
    return [
        _Step(step.old, step.new, step.link.model_copy(update={"relation": "split"}))
        if (step.old, step.new) in split and step.link.relation in _FORWARD
        else step
        for step in steps
    ]


def _make_step(old: Facts, new: Facts, found: Found) -> _Step:
    relation, note = decide_relation(old, new, is_stated=is_stated(old, new, found))
    reasons, confidence = _reasons(old, new, found)
    link = VersionLink(
        older=old.ref,
        newer=new.ref,
        relation=relation,
        reasons=(*reasons, *note),
        confidence=confidence,
    )
    return _Step(old, new, link)


def _reasons(old: Facts, new: Facts, found: Found) -> tuple[tuple[str, ...], float]:
    """Return the evidence that links two series, else that which put the newer in the chain."""
    if direct := found[new].get(old):
        return direct.words(), direct.score
    if found[new]:
        best = max(found[new], key=lambda other: (found[new][other].score, other.order))
        evidence = found[new][best]
        words = tuple(f"{best.label} of the chain: {reason}" for reason in evidence.words())
        return words, round(evidence.score * 0.9, 2)
    return ("a later series of the chain continues both",), 0.8
