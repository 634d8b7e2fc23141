"""When each series was sent, where the claimed dates do not tell which is the newer one."""

from collections.abc import Iterable
from typing import Final

from kvminbox.versions.alike import is_recent
from kvminbox.versions.facts import Facts
from kvminbox.versions.numbers import may_follow

MOMENT: Final = 1e-3
"""Seconds by which a series is placed behind the one that it must follow."""

MAX_REMINDER: Final = 7.0
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
    whole: dict[tuple[str, str, int, int], Facts] = {}
    for facts in sorted(series, key=lambda facts: facts.order):
        keys = [(one, facts.title, facts.revision, facts.total) for one in facts.people]
        if facts.status == "cover_only":
            old = next((whole[key] for key in keys if key in whole), None)
            if old is not None and facts.title and _is_reminder(old, facts):
                facts.sent = old.sent - MOMENT
                facts.is_reminder = True
        elif facts.has_cover and facts.status == "complete":
            whole.update((key, facts) for key in keys)


def _is_reminder(old: Facts, new: Facts) -> bool:
    """Whether a bare cover letter of the same name answers a series, or came within days of it."""
    if not may_follow(new, old):
        return False  # for another tree, or one mail that came twice
    own = frozenset(old.ids)
    return not own.isdisjoint(new.parents) or is_recent(old, new, days=MAX_REMINDER)


def _contradicts(old: Facts, new: Facts) -> bool:
    """Whether the older one is dated after the newer one, which is not a matter of the number."""
    return old.revision < new.revision and old.sent >= new.claimed and _is_earlier(old, new)


def _is_earlier(old: Facts, new: Facts) -> bool:
    return (old.arrived or 0.0) < (new.arrived or 0.0)
