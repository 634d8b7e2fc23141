"""When each series was sent, where the claimed dates do not tell which is the newer one."""

from collections.abc import Iterable
from typing import Final

from kvminbox.versions.alike import is_recent, same_patches
from kvminbox.versions.facts import Facts
from kvminbox.versions.numbers import may_follow

_Name = tuple[str, str, int, int]
"""A person, a title, a revision and how many patches there are."""

MOMENT: Final = 1e-3
"""Seconds by which a series is placed behind the one that it must follow."""

PART_TIME: Final = 86_400.0
"""Seconds before or after a whole series in which some of its patches were sent apart."""

REMINDER_DAYS: Final = 7.0
"""Days after its series in which a cover letter is sent again without answering it."""


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


def place_reminders(series: Iterable[Facts]) -> None:
    """Place each cover letter that was sent again without patches before the whole series.

    So a sender asks whether anybody has seen the patches. They are still those of the first
    sending, which has to remain the newest one.
    """
    known = sorted(series, key=lambda facts: facts.order)
    bare = _find_bare(known)
    latest: dict[_Name, Facts] = {}
    for new in known if bare else ():
        if new.patches:
            latest.update((name, new) for name in _names(new))
        elif new in bare:
            old = next((latest[name] for name in _names(new) if name in latest), None)
            if old is not None and _is_reminder(old, new):
                new.sent = old.sent - MOMENT
                new.is_reminder = True


def place_parts(series: Iterable[Facts]) -> None:
    """Place some patches of a series that were sent apart before the whole series.

    Sending was broken off, or the patches lost their thread, and were sent again within a day:
    the whole series remains the newest one, wherever the part is in time.
    """
    known = list(series)
    parts: dict[_Name, list[Facts]] = {}
    for facts in known:
        if facts.status == "incomplete" and facts.patch_titles:
            for name in _part_names(facts, [min(facts.patch_titles)]):
                parts.setdefault(name, []).append(facts)
    for whole in known if parts else ():
        if whole.status != "complete" or whole.total == 1:
            continue
        for name in _part_names(whole, whole.patch_titles):
            for part in parts.get(name, ()):
                if part.whole is None and _is_apart(part, whole):
                    part.sent = min(part.sent, whole.sent - MOMENT)
                    part.whole = whole


def _part_names(facts: Facts, titles: Iterable[str]) -> list[_Name]:
    return [(one, title, facts.revision, facts.total) for title in titles for one in facts.people]


def _is_apart(part: Facts, whole: Facts) -> bool:
    """Whether all patches of an incomplete series are patches of a whole one of the same day."""
    if abs(whole.sent - part.sent) > PART_TIME or part.is_rfc != whole.is_rfc:
        return False
    if not part.patch_titles <= whole.patch_titles or not may_follow(part, whole):
        return False
    is_named = not part.has_cover or part.title == whole.title
    return is_named and len(same_patches(part, whole)) == part.patches


def _find_bare(known: list[Facts]) -> set[Facts]:
    """Return the cover letters whose patches are nowhere: not below it, nor sent days later."""
    answered = {identity for facts in known if facts.patches for identity in facts.parents}
    found: set[Facts] = set()
    following: dict[_Name, Facts] = {}
    for facts in reversed(known):
        names = _names(facts)
        if facts.patches:
            following.update((name, facts) for name in names)
        elif facts.status == "cover_only" and answered.isdisjoint(facts.ids):
            later = (following[name] for name in names if name in following)
            if facts.title and not any(is_recent(facts, one, days=REMINDER_DAYS) for one in later):
                found.add(facts)
    return found


def _names(facts: Facts) -> list[_Name]:
    return [(one, facts.title, facts.revision, facts.total) for one in facts.people]


def _is_reminder(old: Facts, new: Facts) -> bool:
    """Whether a bare cover letter of the same name answers a series, or came within days of it."""
    if not (old.has_cover and old.status == "complete" and may_follow(new, old)):
        return False  # in part, for another tree, or one mail that came twice
    own = frozenset(old.ids)
    return not own.isdisjoint(new.parents) or is_recent(old, new, days=REMINDER_DAYS)


def _contradicts(old: Facts, new: Facts) -> bool:
    """Whether the older one is dated after the newer one, which is not a matter of the number."""
    return old.revision < new.revision and old.sent >= new.claimed and _is_earlier(old, new)


def _is_earlier(old: Facts, new: Facts) -> bool:
    return (old.arrived or 0.0) < (new.arrived or 0.0)
