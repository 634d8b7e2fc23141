"""The reference has every public name, and the pages use no others."""

import importlib
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import kvminbox

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = sorted((DOCS / "reference").glob("*.md"))
USERS = sorted([
    ROOT / "README.md", *DOCS.rglob("*.md"), *DOCS.rglob("*.ipynb"),
    *ROOT.glob("examples/*_*.py"), *ROOT.glob("examples/*.ipynb"),
])  # fmt: skip
_DIRECTIVE = re.compile(r"^::: ([\w.]+)$", re.MULTILINE)
_ROOM = re.compile(r"^\| `(kvminbox[\w.]*)` \|", re.MULTILINE)
_NAMED = re.compile(r"(?<![\w.])kvminbox(?:\.[A-Za-z_]\w*)+")
_IMPORT = re.compile(r"^(?:    )?from (kvminbox[\w.]*) import ([^(\n]+|\([^)]+\))", re.MULTILINE)


def _read(page):
    """Return a page's text, and of a notebook that of its cells."""
    text = page.read_text("utf-8")
    if page.suffix != ".ipynb":
        return text
    return "\n\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


def _directives():
    return [name for page in REFERENCE for name in _DIRECTIVE.findall(_read(page))]


def public_names(module):
    """Return the public names of a module: `__all__`, else what it defines itself."""
    names = getattr(module, "__all__", None)
    if names:
        return [name for name in names if not name.startswith("__")]  # `__version__` is no object
    return [
        name for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    ]  # fmt: skip


def _find(name):
    """Return what a dotted name names."""
    room, _, rest = name.rpartition(".")
    if room and hasattr(importlib.import_module(room), rest):
        return getattr(importlib.import_module(room), rest)
    return importlib.import_module(name)


def _is_shown(room, name):
    """Whether a page that shows a room shows this name: not where a module has the same name."""
    return f"{room.__name__}.{name}" not in sys.modules


@cache
def _documented():
    """Return every object that the reference shows, by its id."""
    found = {}
    for directive in _directives():
        given = _find(directive)
        found[id(given)] = given
        if isinstance(given, ModuleType):
            values = [
                getattr(given, name) for name in public_names(given) if _is_shown(given, name)
            ]
            found.update({id(value): value for value in values})
    return found


ROOMS = _ROOM.findall(_read(DOCS / "reference" / "index.md"))


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_is_in_the_reference(room):
    """Every public name of a room is shown on a page of the reference."""
    module, documented = importlib.import_module(room), _documented()
    names = public_names(module)
    assert names
    assert [name for name in names if id(getattr(module, name)) not in documented] == []


def test_the_rooms_are_listed():
    """The list of rooms has the front door, and each room that a page of the reference shows."""
    shown = {name for name in _directives() if hasattr(_find(name), "__path__")}
    assert shown < set(ROOMS)
    assert kvminbox.__name__ in ROOMS


def test_each_directive_stands_once():
    """No name is shown on two pages."""
    directives = _directives()
    assert len(directives) == len(set(directives)) > len(ROOMS)


@pytest.mark.parametrize("page", USERS, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_and_examples_use_public_names(page):
    """Code that a reader may copy imports only what the reference shows."""
    documented = _documented()
    for room, names in _IMPORT.findall(_read(page)):
        for name in re.findall(r"\w+", re.sub(r" as \w+|#.*", "", names)):
            value = _find(f"{room}.{name}")
            assert id(value) in documented or f"{room}.{name}" in ROOMS, f"{room}.{name}"


@pytest.mark.parametrize(
    "page", [*USERS, ROOT / "CHANGELOG.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_pages_name_what_is_public(page):
    """A dotted name in a page's text is of a listed package, or what one of them has."""
    for name in sorted(set(_NAMED.findall(_read(page))) - NO_NAMES):
        room = max((one for one in ROOMS if f"{name}.".startswith(f"{one}.")), key=len)
        part = name[len(room) + 1 :].partition(".")[0]
        listed = {"", "__version__", *public_names(importlib.import_module(room))}
        assert part in listed, f"{name} in {page.name}"


NO_NAMES = {"kvminbox.format"}
"""What looks like a name of the library: a key of a Parquet file's metadata."""


def test_each_command_is_shown():
    """The page on the command line has the help of every command."""
    command = [sys.executable, "-m", "kvminbox", "--help"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^    ([\w-]+)\s", printed, re.MULTILINE)
    page = _read(DOCS / "reference" / "command-line.md")
    assert re.findall(r"^kvminbox ([\w-]+) --help$", page, re.MULTILINE) == commands


def test_each_page_is_in_the_navigation():
    """The site's menu leads to every page."""
    menu = re.findall(r"([\w/-]+\.md)$", _read(ROOT / "mkdocs.yml"), re.MULTILINE)
    pages = [str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")]
    notebooks = [str(page.relative_to(DOCS).with_suffix(".md")) for page in DOCS.rglob("*.ipynb")]
    assert sorted(menu) == sorted(pages + notebooks)
