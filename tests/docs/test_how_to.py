"""What the how-to pages show runs, line by line, in a folder where only the sample inbox is.

A page's blocks run in their order: `sh` in a shell, `python` in one session. A block with a
title is a file of that name, and the command of a `crontab` line runs once.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox.sample import make_sample
from kvminbox.sample.mails import WEEK
from tests.commands import serve_command

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "how-to"
HOW_TOS = sorted(page for page in FOLDER.glob("*.md") if page.name != "index.md")
PAGES = [*HOW_TOS, *sorted((ROOT / "docs" / "tutorials").glob("*.md"))]
_BLOCK = re.compile(
    r'^```(python|sh|crontab|text|toml|json)(?: title="([\w./-]+)")?\n(.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
_FENCE = re.compile(r"^```\S", re.MULTILINE)
# git's own program hands the mail to sendmail; where it is not installed, ours gets the file
_SENDERS = {
    "git-send-email": "#!/bin/sh\nfor file; do :; done\nexec grep -q '^Subject: ' \"$file\"\n",
    "sendmail": "#!/bin/sh\nexec grep -q '^Subject: '\n",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Return a program `kvminbox` that starts at once."""
    with serve_command(tmp_path_factory.mktemp("program")) as program:
        yield program


@pytest.fixture
def shell(program, tmp_path, monkeypatch):
    """Return a function that runs a script as a reader would who has cloned the sample's list."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in _SENDERS.items():
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    (tmp_path / "sample").mkdir()
    sample = make_sample(tmp_path / "sample") / "git" / "0.git"
    settings = {
        f"url.{sample}.insteadOf": "https://lore.kernel.org/kvm/0",
        "sendemail.smtpServer": str(programs / "sendmail"),
        "user.name": "Reader", "user.email": "reader@silicon.example", "safe.directory": "*",
    }  # fmt: skip
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
    for number, (key, value) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    path = [str(programs), str(program.parent), str(Path(sys.executable).parent)]
    monkeypatch.setenv("PATH", os.pathsep.join([*path, os.environ["PATH"]]))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "lists").mkdir()
    monkeypatch.chdir(tmp_path / "lists")
    monkeypatch.syspath_prepend(tmp_path / "lists")
    _make_tree()
    return _run_shell


def _make_tree():
    """Make `linux`, a tree to which the sample's patches apply."""
    for draft in WEEK:
        for edit in draft.edits:
            path = Path("linux", edit.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            if edit.old:
                path.write_text("".join(f"{line}\n" for line in edit.old))
    _run_shell("git init -q linux && git -C linux add . && git -C linux commit -q -m before")


def _run_shell(script):
    run = subprocess.run(
        ["sh", "-eu", "-c", script], capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, timeout=600,
    )  # fmt: skip
    assert run.returncode == 0, f"{script}\n{run.stdout}{run.stderr}"
    return run.stdout


def _run_crontab(table, shell):
    for line in table.splitlines():
        *when, command = line.split(maxsplit=5)
        assert len(when) == 5
        shell(command)


def _run_page(page, shell):
    """Run a page's blocks; return what its shell commands printed, one text for each block."""
    space = {"__name__": "page"}
    printed = []
    for language, title, text in _BLOCK.findall(page.read_text("utf-8")):
        if title:
            Path(title).parent.mkdir(parents=True, exist_ok=True)
            Path(title).write_text(text)
        elif language == "python":
            exec(compile(text, page.name, "exec"), space)
        elif language == "sh":
            printed.append(shell(text))
        elif language == "crontab":
            _run_crontab(text, shell)
        elif language == "text":
            _check_shown(text, printed)
    return space


def _check_shown(text, printed):
    """Compare a `text` block with what the commands before it printed."""
    assert any(text.strip() in block for block in printed), text


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_how_to_page_runs(page, shell):
    """Each block of a page does what it says, and prints what is shown below it."""
    _run_page(page, shell)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_block_of_a_how_to_page_is_left_out(page):
    """A page has blocks, each of a sort that runs or is compared."""
    text = page.read_text("utf-8")
    assert len(_BLOCK.findall(text)) == len(_FENCE.findall(text)) > 0


def test_the_commands_of_the_readme_run(shell):
    """The README's first commands work, in their order, for one who has installed kvminbox."""
    text = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"^```sh\n(git clone .*?)^```$", text, re.MULTILINE | re.DOTALL)
    printed = shell(block)
    assert Path("week.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert printed.startswith("kvm-sample: Waiting for review, since 2025-06-09")


def test_each_how_to_page_is_listed():
    """The list of the pages names each page once."""
    listed = re.findall(r"\]\(([\w-]+\.md)\)", (FOLDER / "index.md").read_text("utf-8"))
    assert sorted(listed) == [page.name for page in HOW_TOS]
