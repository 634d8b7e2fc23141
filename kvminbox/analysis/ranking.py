"""Things by how often they were seen: the shape of most results, and how to make one."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Self

from kvminbox.analysis.result import Figure, MessageRef, Result, make_refs
from kvminbox.given import check_count
from kvminbox.models import Message, Model, Submission
from kvminbox.words import shorten

TOP: Final = 15
"""How many rows of a ranking are shown by default."""

ROWS: Final = "entries"
"""The label of the figure that counts the rows of a ranking without a title."""


def check_top(top: int) -> int:
    """Return how many rows are to be shown.

    Raises:
        UsageError: it is below 1, or no whole number.
    """
    return check_count(top, "top", "a number of rows to show")


class RankedRow(Model):
    """One thing of a ranking."""

    rank: int
    """Its place from 1; things of one count share the best of their places."""

    key: str
    """What tells it from others, such as a lower-case address."""

    text: str
    """What it is, as it is written most often."""

    count: int
    """How many messages were counted for it."""

    insertions: int | None = None
    """Lines that these messages' diffs add; None if lines are not counted."""

    deletions: int | None = None
    """Lines that these messages' diffs remove; None likewise."""

    note: str = ""
    """A few words on it."""

    rank_before: int | None = None
    """Its place in the period before; None if it had none, or nothing was compared."""

    count_before: int | None = None
    """Its count in the period before, 0 where it had none; None if nothing was compared."""

    messages: tuple[MessageRef, ...] = ()
    """The messages that were counted, oldest first."""

    def _describe(self) -> str:
        return f"{self.rank}. {shorten(self.text)!r}: {self.count:,}"


class Ranking(Result):
    """Things by how often they were seen, most frequent first, ties by their text.

    All rows are here, whatever `top` says. One message may count for several.
    """

    counted: str = ""
    """What is counted, in words: `patches`."""

    top: int = TOP
    """How many rows a layout is to show."""

    rows: tuple[RankedRow, ...] = ()
    """The things."""

    def compare_with(self, before: Self) -> Self:
        """Return this ranking with each thing's place and count in the period before."""
        old = {row.key: row for row in before.rows}
        rows: list[RankedRow] = []
        for row in self.rows:
            other = old.get(row.key)
            changes = {
                "rank_before": other.rank if other else None,
                "count_before": other.count if other else 0,
            }
            rows.append(row.model_copy(update=changes))
        return super().compare_with(before).model_copy(update={"rows": tuple(rows)})


class Tally:
    """Collects messages under texts, and makes the rows of a ranking.

    Texts that are added with the same key are one thing, shown in its most frequent
    spelling.
    """

    def __init__(self) -> None:
        self._messages: dict[str, list[Message]] = {}
        self._lines: dict[str, tuple[int, int]] = {}
        self._written: dict[str, Counter[str]] = {}

    def add(
        self, text: str, message: Message, *, key: str = "", lines: tuple[int, int] | None = None
    ) -> None:
        """Count a message for a text once; `lines` are added and removed ones."""
        key = key or text
        self._messages.setdefault(key, []).append(message)
        self._written.setdefault(key, Counter())[text] += 1
        if lines is not None:
            added, removed = self._lines.get(key, (0, 0))
            self._lines[key] = added + lines[0], removed + lines[1]

    def count_messages(self) -> int:
        """Return how many different messages were counted."""
        # refs would not do: outside an archive two mails may have the same ref
        return len({id(message) for messages in self._messages.values() for message in messages})

    def make_rows(self, notes: dict[str, str] | None = None) -> tuple[RankedRow, ...]:
        """Return the rows, most frequent first; `notes` has the note of each key."""
        texts = {key: _most_written(written) for key, written in self._written.items()}
        order = sorted(self._messages, key=lambda key: (-len(self._messages[key]), texts[key], key))
        rows: list[RankedRow] = []
        for place, key in enumerate(order, start=1):
            messages = self._messages[key]
            is_tie = bool(rows) and rows[-1].count == len(messages)
            insertions, deletions = self._lines.get(key, (None, None))
            rows.append(
                RankedRow(
                    rank=rows[-1].rank if is_tie else place,
                    key=key,
                    text=texts[key],
                    count=len(messages),
                    insertions=insertions,
                    deletions=deletions,
                    note=(notes or {}).get(key, ""),
                    messages=make_refs(messages),
                )
            )
        return tuple(rows)


def _most_written(written: Counter[str]) -> str:
    return min(written, key=lambda text: (-written[text], text))


def rank(
    pairs: Iterable[tuple[str, Message]], *, title: str = "", counted: str, top: int = TOP
) -> Ranking:
    """Rank texts by the messages they come with: the shortest way to a section.

    Args:
        pairs: texts, each with a message that counts for it.
        title: the title of the ranking.
        counted: what is counted, in words.
        top: how many rows to show; all are kept.

    Raises:
        kvminbox.errors.UsageError: `top` is below 1.
    """
    tally = Tally()
    for text, message in pairs:
        tally.add(text, message)
    return make_ranking(tally, title=title, counted=counted, top=top)


def make_ranking(
    tally: Tally,
    *,
    title: str,
    counted: str,
    things: str = "",
    top: int = TOP,
    notes: dict[str, str] | None = None,
) -> Ranking:
    """Return a tally as a ranking; its figures count the different messages, and the rows.

    `things` is what the rows are called, by default the title in lower case.

    Raises:
        UsageError: `top` is below 1.
    """
    check_top(top)
    rows = tally.make_rows(notes)
    total = tally.count_messages()
    label = things or title.lower() or ROWS
    figures = (Figure(label=counted, count=total), Figure(label=label, count=len(rows)))
    return Ranking(title=title, counted=counted, top=top, rows=rows, figures=figures)


def count_lines(message: Submission) -> tuple[int, int]:
    """Return the lines that a message's diff adds and removes."""
    return message.diffstat.insertions, message.diffstat.deletions
