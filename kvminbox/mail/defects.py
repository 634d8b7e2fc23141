"""How the readers report what is odd in a mail."""

from collections.abc import Callable
from typing import Final

from kvminbox.models import Defect, DefectCode
from kvminbox.models.base import skip_validation

_make_defect: Final = skip_validation(Defect)

MAX_SAME: Final = 20
"""Defects of one code that are listed."""

MAX_WORDS: Final = 300
"""Characters of a defect's text."""

Note = Callable[[DefectCode, str], None]
"""What a reader calls with a defect's code and text."""


class DefectList(list[Defect]):
    """Collects defects, each once; its `note` is what the readers call."""

    def note(self, code: DefectCode, text: str) -> None:
        """Add a defect, unless the same one is there already or there are many with its code.

        A header may hold ten thousand mailboxes, each odd in its own way.
        """
        text = text if len(text) <= MAX_WORDS else f"{text[:MAX_WORDS]}…"
        self.add(_make_defect(code=code, text=text))

    def add(self, defect: Defect) -> None:
        """Add a defect in the same way, which another list may have taken already."""
        same = [one.text for one in self if one.code == defect.code]
        if defect.text not in same and len(same) < MAX_SAME:
            self.append(defect)


def ignore(code: DefectCode, text: str) -> None:
    """Ignore a defect, where nobody needs to know of it."""
