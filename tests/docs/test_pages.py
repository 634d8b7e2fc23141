"""The pages are complete, and their links and commands lead somewhere."""

import re
from pathlib import Path

import pytest

from kvminbox.analysis import Count, ListedSubmission, ListUpdate
from kvminbox.models import DEFECT_CODES, PROBLEM_CODES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "tests" / "benchmarks" / "README.md"]
)
_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
_ROW = re.compile(r"^\| `([a-z0-9_-]+)` \| (.*?) \| (.*) \|$", re.MULTILINE)


def _read(page):
    return page.read_text("utf-8")


def _test_command():
    """Return the README's one command that ends in the session `tests`."""
    commands = re.findall(r"^```sh\n(.*-s tests)\n```$", _read(ROOT / "README.md"), re.MULTILINE)
    assert len(commands) == 1
    return commands[0]


def test_ci_runs_what_the_readme_says():
    """`.ci/run` calls the README's test command, lint, a short fuzzing, and stops at a failure."""
    lines = [
        line for line in _read(ROOT / ".ci" / "run").splitlines()
        if line and not line.startswith("#")
    ]  # fmt: skip
    assert lines == [
        "set -eu",
        'cd "$(dirname "$0")/.."',
        _test_command(),
        ".venv/bin/nox -s lint",
        ".venv/bin/nox -s slow",
        ".venv/bin/nox -s fuzz -- --runs 2000",
    ]


def test_the_contributing_page_has_the_same_command():
    """The README has one command that runs the tests."""
    assert _test_command() in _read(ROOT / "CONTRIBUTING.md")


def test_the_readme_shows_the_demo():
    """The report at the top of the README is the beginning of the demo's output."""
    block = re.search(r"^```text\n(.*?)^```$", _read(ROOT / "README.md"), re.MULTILINE | re.DOTALL)
    golden = ROOT / "tests" / "reports" / "golden" / "sample-update.txt"
    assert _read(golden).startswith(block[1])


def test_the_readme_begins_with_one_screen():
    """What it is, how to install and use it, and where to go fit on a screen."""
    first, rest = _read(ROOT / "README.md").split("## Read on\n")
    assert first.count("\n") <= 60
    assert not re.search(r"^#{2,}", first, re.MULTILINE)
    assert "## What it promises" in rest


@pytest.mark.parametrize("codes", [DEFECT_CODES, PROBLEM_CODES], ids=["defects", "problems"])
def test_every_code_is_explained(codes):
    """The page has each code once, with the meaning that the code has in the library."""
    defects, problems = _read(DOCS / "defects.md").split("## Problems")
    rows = _ROW.findall(defects if codes is DEFECT_CODES else problems)
    assert [(code, meaning) for code, meaning, _ in rows] == list(codes.items())
    assert all(cure for _, _, cure in rows)


def test_every_field_of_the_update_is_explained():
    """The page on JSON has the fields of the update's models, in their order."""
    rows = _ROW.findall(_read(DOCS / "json.md"))
    fields = [
        name for model in (ListUpdate, Count, ListedSubmission) for name in model.model_fields
    ]
    assert [name for name, _, _ in rows] == fields


def _anchors(page):
    headings = re.findall(r"^#+ (.*)$", _read(page), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 _-]", "", line.lower()).replace(" ", "-") for line in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Each link within the project names a file that is there, and a heading of it."""
    for target, anchor in _LINK.findall(_read(page)):
        linked = (page.parent / target) if target else page
        assert linked.exists(), target
        if anchor:
            assert anchor in _anchors(linked)


@pytest.mark.parametrize("name", ["differences-from-git.md", "differences-from-lore.md"])
def test_the_differences_are_numbered(name):
    """The points are numbered from 1 without a gap, each with the shape of a mail."""
    text = _read(DOCS / name)
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(re.findall(r"^ +```text$", text, re.MULTILINE)) == len(numbers)


_PATH = re.compile(r"`(tests/[\w/.-]*)`")


@pytest.mark.parametrize("page", [DOCS / "threat-model.md"], ids=lambda page: page.name)
def test_the_places_that_a_page_names_exist(page):
    """Every test that a page names exists."""
    places = _PATH.findall(_read(page))
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_each_promise_has_its_tests():
    """The README's promises, P1 to P9, each name existing tests."""
    rows = re.findall(r"^\| (P\d) \| (.*?) \| (.*) \|$", _read(ROOT / "README.md"), re.MULTILINE)
    assert [name for name, _, _ in rows] == [f"P{number}" for number in range(1, 10)]
    for _, _, held in rows:
        links = re.findall(r"\]\((tests/[\w/]+\.py)\)", held)
        assert links
        assert all((ROOT / link).is_file() for link in links)
