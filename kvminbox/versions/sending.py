"""When each series was sent, where the claimed dates contradict each other."""

from collections.abc import Iterable

from kvminbox.versions.facts import Facts

MOMENT = 1e-3
"""Seconds by which a series is placed behind the one that it must follow."""


def set_times(series: Iterable[Facts]) -> None:
    """Place each series behind the lower revisions that arrived before it.

    A clock that is wrong dates a v2 before its v1. Then the archive decides, which took
    them one after the other. It decides only then: a list that holds mails back for
    its moderator may let v2 pass before v1.
    """
    latest: dict[tuple[str, str], list[Facts]] = {}
    by_id: dict[str, Facts] = {}
    known = [facts for facts in series if facts.arrived is not None]
    for new in sorted(known, key=lambda facts: (facts.arrived, facts.revision, facts.order)):
        before = [by_id[identity] for identity in new.parents if identity in by_id]
        for person in new.people:
            before += latest.get((person, new.title), [])
        late = [old.sent for old in before if _contradicts(old, new)]
        if late:
            new.sent = max(late) + MOMENT
        for identity in new.ids:
            by_id.setdefault(identity, new)
        for person in new.people:
            # the latest of all is enough: who is behind it is behind the others
            latest[person, new.title] = [
                max((*latest.get((person, new.title), []), new), key=lambda facts: facts.sent)
            ]


def _contradicts(old: Facts, new: Facts) -> bool:
    """Whether the older one is dated after the newer one, which is not a matter of the number."""
    return old.revision < new.revision and old.sent >= new.claimed and _is_earlier(old, new)


def _is_earlier(old: Facts, new: Facts) -> bool:
    return (old.arrived or 0.0) < (new.arrived or 0.0)
