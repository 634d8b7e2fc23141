"""The page on limits says what the code does."""

import os
import re
from pathlib import Path

from kvminbox.models import DEFECT_CODES, PROBLEM_CODES
from tests.docs.limits import LEAVES, ROOMS, find_limits

PAGE = Path(__file__).parents[2] / "docs" / "limits.md"
BEGIN, END = "<!-- made from the code -->\n", "<!-- until here -->\n"


def describe():
    """Return the tables of the page."""
    limits = find_limits()
    return "\n".join(filter(None, (describe_room(room, limits) for room in ROOMS)))


def describe_room(room, limits):
    rows = "".join(
        f"| `{name}` | {value:,} | {about} | {LEAVES.get(name, '')} |\n"
        for name, (place, value, about) in limits.items()
        if place == room
    )
    head = "| limit | value | what it bounds | beyond it |\n|:---|---:|:---|:---|\n"
    return f"### {ROOMS[room]}\n\n{head}{rows}" if rows else ""


def test_the_page_has_each_limit_with_its_value():
    """Every limit is on the page, with its value, its docstring, and what it leaves."""
    text = PAGE.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    made = f"{before}{BEGIN}\n{describe()}\n{END}{after}"
    if os.environ.get("KVMINBOX_UPDATE_GOLDENS"):
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made


def test_each_limit_is_explained():
    """Every limit has a docstring and one entry on what it leaves."""
    limits = find_limits()
    assert [name for name, (_, _, about) in limits.items() if not about] == []
    assert sorted(LEAVES) == sorted(limits)


def test_what_limits_leave_exists():
    """The codes that the page names are codes of defects and problems."""
    named = {code for words in LEAVES.values() for code in re.findall(r"`([a-z]+-[a-z-]+)`", words)}
    assert named <= {*DEFECT_CODES, *PROBLEM_CODES}
    assert len(named) > 8
