"""How people, moments, sizes and reasons are written on a card."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kvminbox.models.cards.html import count_things, details, inline, listing, more

if TYPE_CHECKING:
    from kvminbox.models.address import Address
    from kvminbox.models.diffstat import Diffstat, FileChange
    from kvminbox.models.review import Wait

MAX_FILES: Final = 12
"""Rows of a diffstat that are shown."""


def write_person(person: "Address") -> str:
    """Give name and address as text."""
    address = f"<{person.email}>" if person.email else ""
    return " ".join(filter(None, (person.name, address))) or "nobody"


def write_name(person: "Address") -> str:
    """Give the name as text, else the address."""
    return person.name or person.email or "nobody"


def write_moment(moment: datetime | None) -> str:
    """Give a moment in its own zone as text; empty where it is not known."""
    return f"{moment:%Y-%m-%d %H:%M %z}".rstrip() if moment else ""


def write_day(moment: datetime | None) -> str:
    """Give a moment's day as text."""
    return f"{moment:%Y-%m-%d}" if moment else "no date"


def write_wait(wait: "Wait") -> str:
    """Give how long something took as text; of an open one, that it has not come."""
    if wait.seconds is None:
        return "not yet" if wait.open else "came, but when is not known"
    span = _write_span(timedelta(seconds=wait.seconds))
    return f"not within {span}" if wait.open else f"after {span}"


def _write_span(span: timedelta) -> str:
    hours, seconds = divmod(int(span.total_seconds()), 3600)
    days, rest = divmod(hours, 24)
    if days >= 3:
        return f"{days:,} days"
    return f"{days * 24 + rest} h {seconds // 60} min"


def write_size(diffstat: "Diffstat | FileChange") -> str:
    """Give added and removed lines as text."""
    return f"+{diffstat.insertions:,} −{diffstat.deletions:,}"


def show_bars(diffstat: "Diffstat") -> str:
    """Give a diffstat as HTML: a line and a bar for each file, as long as its share."""
    files = diffstat.files
    most = max((change.insertions + change.deletions for change in files), default=0)
    rows = "".join(_show_file(change, most) for change in files[:MAX_FILES])
    count = count_things(len(files), "file")
    total = f"<div>{count}, {write_size(diffstat)}</div>" if files else ""
    return rows + more(len(files) - MAX_FILES, "file") + total


def _show_file(change: "FileChange", most: int) -> str:
    path = f"{change.old_path} → {change.path}" if change.old_path else change.path
    status = "" if change.status == "modified" else f" ({change.status})"
    doubt = " (in doubt: a hunk is damaged)" if change.damaged else ""
    size = "binary" if change.binary else write_size(change)
    bar = _bar(change.insertions, most, "#2ea043") + _bar(change.deletions, most, "#e5534b")
    return f"<div>{bar} {size} {inline(path + status + doubt)}</div>"


def _bar(lines: int, most: int, colour: str) -> str:
    width = 5 * lines / most if most else 0
    style = f"display:inline-block;height:.7em;width:{width:.2f}em;background:{colour}"
    return f'<span style="{style}"></span>'


def show_evidence(evidence: Sequence[str]) -> str:
    """Give the reasons for a decision as HTML, behind a click."""
    return details("why", listing(evidence, "reason"))
