"""The series that another one builds on, where the corpus has them."""

from kvminbox.models import Prerequisite, SeriesRef
from kvminbox.versions.facts import Facts


class Bases:
    """Looks prerequisites up by the ids of all series, however early or late they were sent."""

    def __init__(self, series: list[Facts]) -> None:
        self._by_id: dict[str, Facts] = {}
        self._by_change: dict[str, Facts] = {}
        for facts in series:
            for identity in facts.ids:
                self._by_id.setdefault(identity, facts)
            for change_id in facts.change_ids:
                self._by_change.setdefault(f"{change_id}:v{facts.revision}", facts)
                self._by_change[change_id] = facts  # without a number: the latest

    def find(self, facts: Facts) -> tuple[SeriesRef, ...]:
        """Return the series that a series names, in its order, without itself."""
        found = map(self._look_up, facts.prerequisites)
        others = dict.fromkeys(base for base in found if base is not None and base is not facts)
        return tuple(base.ref for base in others)

    def _look_up(self, prerequisite: Prerequisite) -> Facts | None:
        if prerequisite.kind == "message-id":
            return self._by_id.get(prerequisite.value)
        if prerequisite.kind == "change-id":
            return self._by_change.get(prerequisite.value)
        return None
