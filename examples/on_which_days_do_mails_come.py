"""A section with a result and a layout of its own: on which days of the week do mails arrive?

The result is a frozen model with any fields. Without a layout, each tuple of models
becomes a table.
"""

from collections import Counter

from chosen import chosen_window

from kvminbox import Corpus
from kvminbox.display import Listing
from kvminbox.models import Model
from kvminbox.reports import Section, build_report, sections

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Weekdays(Model):
    """Mails by the day of their arrival."""

    mails: tuple[int, ...]
    """Their number for each day, Monday first."""


def count_weekdays(corpus: Corpus) -> Weekdays:
    """Count mails by the day, in UTC, on which they arrived."""
    entries = (message.entry for message in corpus.messages())
    days = Counter(entry.arrived.weekday() for entry in entries if entry and entry.arrived)
    return Weekdays(mails=tuple(days[day] for day in range(7)))


def draw_bars(result: Weekdays) -> list[Listing]:
    """Return a bar for each day, at most 40 columns wide."""
    most = max(*result.mails, 1)
    rows = zip(DAYS, result.mails, strict=True)
    return [Listing(tuple(f"{day} {'#' * (count * 40 // most)} {count}" for day, count in rows))]


if __name__ == "__main__":
    with chosen_window() as window:
        weekdays = Section("weekdays", count_weekdays, draw_bars)
        print(build_report("The list", window, [weekdays, sections.waiting()]))
