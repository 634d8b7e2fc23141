"""The page on how it works tells what the code does."""

import importlib
import re
from pathlib import Path

import pytest

import kvminbox

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-it-works.md").read_text("utf-8")
ROOMS = {
    path.stem
    for path in Path(kvminbox.__file__).parent.iterdir()
    if path.name not in {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
}


def section(title):
    """Return the text below a heading of the page, up to the next one."""
    return re.split(r"^## ", PAGE.split(f"\n## {title}\n")[1], flags=re.MULTILINE)[0]


def layers():
    """Return the rows of the picture of the layers, each as the rooms that it names."""
    picture = re.search(r"```text\n(.*?)```", section("The layers"), re.DOTALL)[1]
    left = [re.split(r"\s{3,}", line.strip())[0] for line in picture.splitlines()]
    return [row.split(" │ ") for row in left]


def named_functions():
    """Return the dotted names in the two walks through the code."""
    text = section("One mail, from blob to report") + section("One query, from words to hits")
    return sorted(set(re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_.]+)`", text)))


def test_the_picture_names_every_room():
    """Each folder and file right below `kvminbox` is in the picture of the layers, once."""
    named = [room for row in layers() for room in row]
    assert len(named) == len(set(named))
    assert set(named) == ROOMS


def test_the_picture_is_the_one_that_is_checked():
    """The layers of the picture are those that import-linter holds, in the same order."""
    contract = (ROOT / "pyproject.toml").read_text("utf-8").split("\nlayers = [\n")[1]
    rows = re.findall(r'^    "(.*)",$', contract.split("]")[0], re.MULTILINE)
    assert [set(row) for row in layers()] == [set(row.split(" | ")) for row in rows]


@pytest.mark.parametrize("name", named_functions())
def test_a_function_on_the_way_exists(name):
    """Each function that the page names on the way of a mail or a query is there."""
    parts = ["kvminbox", *name.split(".")]
    for end in range(len(parts), 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            value = getattr(value, part)
        assert callable(value)
        return
    raise AssertionError(name)


def test_the_ways_are_short():
    """Each of the two ways takes some ten lines, and names at least six functions."""
    for title in ("One mail, from blob to report", "One query, from words to hits"):
        steps = re.findall(r"^\d+\. ", section(title), re.MULTILINE)
        assert 6 <= len(steps) <= 10
