"""Series into chains of revisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kvminbox.models import Chain, Series, SeriesRef, VersionLink, VersionRelation
from kvminbox.versions.evidence import STRONG, SURE, Evidence, Finder, follows, may_follow
from kvminbox.versions.facts import Facts, share_of_patches

MAX_RIVALS: Final = 64
"""How many series of a chain, the latest ones, are candidates for the previous revision."""

MAX_NAMED: Final = 100
"""How many series of a chain, the nearest ones, each of its series names."""

Found = dict[Facts, dict[Facts, Evidence]]
"""For each series the earlier ones that it may continue."""


@dataclass(frozen=True)
class _Step:
    """A link with the series it joins."""

    old: Facts
    new: Facts
    link: VersionLink


def link_series(series: Iterable[Series]) -> list[Chain]:
    """Put series into chains of revisions, by the evidence that links them, oldest first.

    A series is joined to the earlier ones with the strongest evidence: a change-id,
    `Supersedes:`, a link in its text, the thread, patch-ids, titles and senders, and
    last similar titles and files. Numbers and dates must both rise: a v2 sent before
    v1 is not joined. Each series is in exactly one chain, and the order of the
    arguments does not matter.
    """
    ordered = sorted(map(Facts, series), key=lambda facts: facts.order)
    finder = Finder()
    found: Found = {}
    for facts in ordered:
        found[facts] = finder.find(facts)
        finder.add(facts)
    return [_make_chain(members, found) for members in _join(ordered, found)]


def _join(ordered: list[Facts], found: Found) -> list[list[Facts]]:
    """Return the members of each chain: each joins its best match, and any other sure one."""
    chain_of: dict[Facts, list[Facts]] = {}
    for facts in ordered:
        chain_of[facts] = [facts]
        evidence = found[facts]
        if not evidence:
            continue
        best = max(evidence, key=lambda old: (evidence[old].score, old.revision, old.order))
        for old in (best, *evidence):
            if old is best or _is_sure(old, facts, evidence[old]):
                _merge(chain_of, chain_of[old], chain_of[facts])
    chains = {id(chain): chain for chain in (chain_of[facts] for facts in ordered)}
    return [sorted(chain, key=lambda facts: facts.order) for chain in chains.values()]


def _is_sure(old: Facts, new: Facts, evidence: Evidence) -> bool:
    """Whether a series continues an earlier one besides the best match: half of a split v2, say."""
    return evidence.score >= (STRONG if old.title == new.title else SURE)


def _merge(chain_of: dict[Facts, list[Facts]], one: list[Facts], other: list[Facts]) -> None:
    if one is other:
        return
    small, large = sorted((one, other), key=len)
    large += small
    for facts in small:
        chain_of[facts] = large


def _make_chain(members: list[Facts], found: Found) -> Chain:
    steps: list[_Step] = []
    whole: list[Facts] = []
    for facts in members:
        step = _find_step(whole[-MAX_RIVALS:], facts, found)
        steps += [step] if step else []
        # the next version follows the whole one, not a partial re-roll
        if not (step and step.link.relation == "partial_reroll"):
            whole.append(facts)
    refs = tuple(facts.ref for facts in members)
    previous = {step.new: step.old.ref for step in steps}
    following = _following(steps)
    filled = tuple(
        facts.series.model_copy(
            update={
                "previous": previous.get(facts),
                "next": following.get(facts),
                "chain": _nearest(refs, place),
            }
        )
        for place, facts in enumerate(members)
    )
    return Chain(series=filled, links=tuple(step.link for step in steps))


def _nearest(refs: tuple[SeriesRef, ...], place: int) -> tuple[SeriesRef, ...]:
    """Return the names around a place, or a thousand mails of one title would name a million."""
    start = max(0, min(place - MAX_NAMED // 2, len(refs) - MAX_NAMED))
    return refs if len(refs) <= MAX_NAMED else refs[start : start + MAX_NAMED]


def _following(steps: list[_Step]) -> dict[Facts, SeriesRef]:
    """Return the series to read after each, preferring a whole revision to a partial one."""
    found: dict[Facts, SeriesRef] = {}
    whole = sorted(steps, key=lambda step: step.link.relation in {"partial_reroll", "branch"})
    for step in whole:
        found.setdefault(step.old, step.new.ref)
    return found


def _find_step(earlier: list[Facts], new: Facts, found: Found) -> _Step | None:
    """Find the previous one: the latest of the highest lower revision, else of the same."""
    allowed = [old for old in earlier if may_follow(old, new)]
    same = [old for old in allowed if not follows(old, new)]
    if same and not new.is_partial:
        return _make_step(_surest(same, new, found), new, found, same_number=True)
    if not allowed:
        return None
    rivals = [old for old in allowed if old.revision == allowed[-1].revision]
    return _make_step(_surest(rivals, new, found), new, found)


def _surest(rivals: list[Facts], new: Facts, found: Found) -> Facts:
    scores = {old: found[new][old].score if old in found[new] else 0.0 for old in rivals}
    return max(rivals, key=lambda old: (scores[old], old.order))


def _make_step(old: Facts, new: Facts, found: Found, *, same_number: bool = False) -> _Step:
    relation: VersionRelation = "revision"
    if new.is_partial or _replaces_one(old, new):
        relation = "partial_reroll"
    elif same_number:
        is_resend = new.series.messages[0].subject.is_resend or share_of_patches(old, new) == 1
        relation = "resend" if is_resend else "branch"
    reasons, confidence = _reasons(old, new, found)
    if relation == "resend" and share_of_patches(old, new) < 1:
        reasons = (*reasons, "it is marked RESEND, though not all patches are the same")
    link = VersionLink(
        older=old.ref, newer=new.ref, relation=relation, reasons=reasons, confidence=confidence
    )
    return _Step(old, new, link)


def _replaces_one(old: Facts, new: Facts) -> bool:
    """Whether a lone patch without a number answers the patch of a series that it replaces."""
    if len(new.series.messages) != 1 or len(old.series.patches) < 2:
        return False
    answered = {patch.message_id: patch for patch in old.series.patches}
    parents = [answered[identity] for identity in new.parents if identity in answered]
    return any(parent.title == new.series.title for parent in parents)


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
