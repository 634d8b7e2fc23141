"""The code in the documentation runs, and prints what it says."""

import doctest
import importlib
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox import Inbox
from kvminbox.sample import SAMPLE_RANGE, make_sample

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
SCRIPTS = sorted(ROOT.glob("examples/*_*.py"))
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


# by their text: importing them all, and what they need, takes each process some seconds
DOCTESTED = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(ROOT.glob("kvminbox/**/*.py"))
    if re.search(r"^ *>>> ", path.read_text("utf-8"), re.MULTILINE)
]
WITH_PYTHON = [page for page in PAGES if _PYTHON.search(page.read_text("utf-8"))]


@pytest.mark.parametrize("name", DOCTESTED)
def test_a_docstring_gives_what_it_says(name):
    """Each example in a docstring prints the output below it."""
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed


def test_docstring_examples_are_found():
    """The front door and the public parsers have examples."""
    assert {"kvminbox", "kvminbox.safe", "kvminbox.subject"} <= set(DOCTESTED)


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page):
    """The Python blocks of a page run one after the other, as a reader would."""
    space = {"__name__": "page"}
    for block in _PYTHON.findall(page.read_text("utf-8")):
        exec(compile(block, page.name, "exec"), space)


def test_pages_with_python_are_found():
    """README, defects, JSON and how mails are read have Python blocks."""
    assert {"README.md", "defects.md", "json.md", "how-mails-are-read.md"} <= {
        page.name for page in WITH_PYTHON
    }


def _run(script, *arguments):
    command = [sys.executable, "-W", "error", str(script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_an_example_runs_on_the_sample_and_on_an_archive(script, tmp_path, monkeypatch, capsys):
    """Each script prints an answer without arguments, and the same for that week by name."""
    monkeypatch.syspath_prepend(script.parent)  # as for any script

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", [str(script), *map(str, arguments)])
        runpy.run_path(str(script), run_name="__main__")
        return capsys.readouterr()

    alone = run()
    assert alone.err == ""
    assert alone.out.strip()
    assert run(make_sample(tmp_path), *SAMPLE_RANGE) == alone


def test_there_are_examples():
    """There are some, so the test above is not empty."""
    assert len(SCRIPTS) >= 4


@pytest.mark.slow
def test_an_example_says_what_is_wrong(tmp_path):
    """A wrong path or number of arguments ends in one line."""
    for arguments in (["here"], [tmp_path, "a", "b"]):
        run = _run(SCRIPTS[0], *arguments)
        assert run.returncode == 1
        assert run.stderr.count("\n") == 1


def test_examples_answer_rightly(tmp_path):
    """The numbers of an example are those of the models."""
    week = Inbox.open(make_sample(tmp_path)).between(*SAMPLE_RANGE)
    printed = _run(ROOT / "examples" / "who_wrote_the_patches.py").stdout
    counts = [int(line.split()[0]) for line in printed.splitlines()]
    assert sum(counts) == len([*week.patches()])
