"""Cards of remarks: where they stand, below which words, and what became of the place."""

from typing import Final

from kvminbox.cards.html import (
    block,
    card,
    chip,
    code,
    details,
    diff,
    evidence,
    facts,
    heading,
    inline,
    moment_text,
    person,
    split_lines,
)
from kvminbox.models import FollowUp, Remark
from kvminbox.models.base import show_card
from kvminbox.words import count_things

QUOTED_LINES: Final = 60
"""Lines of a quote above a remark that are shown on a click."""

TEXT_LINES: Final = 60
"""Lines of a remark that are shown."""

_OPEN: Final = 12


@show_card.register
def show_remark(remark: Remark) -> str:
    """Show whose remark it is, its place, the words that it stands below, and its own."""
    return card(*_parts(remark, [chip("remark")]), evidence(remark.evidence))


@show_card.register
def show_follow_up(found: FollowUp) -> str:
    """Show a remark with what the next version did with its place."""
    chips = [chip("remark"), chip(found.outcome.replace("_", " "))]
    return card(*_parts(found.remark, chips), evidence((*found.remark.evidence, *found.evidence)))


def _parts(remark: Remark, chips: list[str]) -> list[str]:
    place = _tell_place(remark)
    show_quoted = diff if remark.place in {"line", "file"} else block
    lines = split_lines(remark.quoted)
    above = lines[:-_OPEN]  # it stands below the last ones
    above_html = show_quoted("\n".join(above), QUOTED_LINES)
    return [
        heading(place, [*chips, *([chip("by a program", "odd")] * remark.by_program)]),
        facts([
            ("by", person(remark.sender) + (" (the author)" if remark.by_author else "")),
            ("sent", inline(moment_text(remark.date))),
            ("Message-ID", code(remark.message_id) if remark.message_id else ""),
            ("refers to", inline(remark.refers_to) if remark.refers_to else ""),
        ]),
        details(count_things(len(above), "more line"), above_html),
        show_quoted("\n".join(lines[len(above) :]), _OPEN),
        block(remark.text, TEXT_LINES, _OPEN),
    ]  # fmt: skip


def _tell_place(remark: Remark) -> str:
    """Return where a remark stands: `patch 2, virt/timer.c:84`."""
    where = {None: "", 0: "cover letter"}.get(remark.patch, f"patch {remark.patch}")
    if remark.path:
        line = f":{remark.line}" if remark.line is not None else ""
        return ", ".join(filter(None, [where, f"{remark.path}{line}"]))
    is_told = remark.place in {"line", "file"} or (remark.place == "cover" and where)
    return ", ".join(filter(None, [where, "" if is_told else remark.place]))
