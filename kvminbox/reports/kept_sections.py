"""What sections found in a window, unless an index has kept it of just these mails."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, Final, NamedTuple, TypeVar

from kvminbox.analysis.by_date import count_later
from kvminbox.analysis.kept_json import pack_models, parse_kept
from kvminbox.dates import find_day
from kvminbox.inbox.keeping import KeptResult, MailMark, find_keeper, mark_mails
from kvminbox.models import Corpus, Model, Progress
from kvminbox.reports.section import Section
from kvminbox.version import __version__

M = TypeVar("M", bound=Model)

RULES: Final = 20
"""The number of the rules by which shipped sections find what they tell; with another one, what
an index has kept is old. So is what another release has kept."""

LEAST: Final = 100
"""Mails of a window from which on it pays to keep what was found in it."""

MOST: Final = 4
"""Windows of which an index keeps what a section found, those that were asked for last."""


class Found(NamedTuple):
    """What a section found."""

    section: Section[Model]
    result: Model


class KeptSections:
    """What the shipped sections find in a corpus of an index, kept by its mails.

    A section's result is kept if its options are plain values: what a function of the caller, a
    tree or a file of maintainers says is in no mail. Of a corpus that leaves something out
    nothing is kept.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._keeper = find_keeper(corpus)

    @cached_property
    def _mark(self) -> MailMark | None:
        return mark_mails(self._corpus) if self._keeper else None

    @cached_property
    def _later(self) -> int:
        """What came after a window of days and was sent in it, of which a report's head tells."""
        return count_later(self._corpus)

    def recall(self, section: Section[Model], model: type[M]) -> M | None:
        """Return what a section found in these mails; None if it is not kept."""
        key = self._make_key(section)
        if key is None or self._keeper is None:
            return None
        kept = self._keeper.recall(key)
        if kept is None:
            return None
        # a file that somebody else has written
        with suppress(ValueError, TypeError, RecursionError):
            (fields,) = parse_kept(kept)
            # they are in the caller's words, which need not be those of who asked first
            names = {"base": self._corpus.base, "tip": self._corpus.tip}
            fields |= {name: text for name, text in names.items() if name in model.model_fields}
            return model.model_validate(fields)
        return None

    def keep(self, found: Iterable[Found]) -> None:
        """Keep what sections found in these mails, where it can be kept."""
        listed = [(self._make_key(one.section), one) for one in found]
        if self._keeper is None or self._mark is None or not any(key for key, _ in listed):
            return
        blobs = self._mark.list_blobs()
        # mails may have come to several inboxes while they were read
        if len(blobs) < LEAST or mark_mails(self._corpus) != self._mark:
            return
        self._keeper.keep([
            KeptResult(key, f"section {one.section.name}", RULES, blobs, pack_models([one.result]),
                       most=MOST)
            for key, one in listed if key
        ])  # fmt: skip

    def ask(
        self,
        section: Section[Model],
        model: type[M],
        make: Callable[[], M],
        progress: Progress | None,
    ) -> M:
        """Return what a section found in these mails; `make` finds it if it is not kept.

        `make` tells of its progress; where it is not called, nothing is read.
        """
        kept = self.recall(section, model)
        if kept is not None:
            if progress:
                progress(0, 0)
            return kept
        found = make()
        self.keep([Found(section, found)])
        return found

    def _make_key(self, section: Section[Model]) -> bytes | None:
        words = _name_question(section.compute)
        if words is None or self._mark is None:
            return None
        # the same mails are late in one window, and not in another
        days = f"{find_day(self._corpus.base)} {find_day(self._corpus.tip)} {self._later}"
        told = f"section {RULES} {__version__} {words}\n{days}\n{self._mark.text}"
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()


def _name_question(compute: Callable[..., object]) -> str | None:
    """Return what a section asks in words; None where they do not tell all of it."""
    asked = compute if isinstance(compute, partial) else partial(compute)
    name = f"{asked.func.__module__}.{getattr(asked.func, '__qualname__', '')}"
    if (
        asked.args
        or not name.startswith("kvminbox.")
        or not all(map(_is_plain, asked.keywords.values()))
    ):
        return None
    return f"{name} {sorted(asked.keywords.items())}"


def _is_plain(option: Any) -> bool:  # noqa: ANN401  # any option of a section
    if isinstance(option, tuple):
        return all(map(_is_plain, option))
    return option is None or type(option) in {bool, int, float, str}
