"""Ctrl-C ends a search at once, in a program and in a shell, whatever SQLite is doing."""

import signal
import subprocess
import sys

import pytest

from kvminbox import Inbox
from kvminbox.index import Index
from tests.index.histories import Add, Epoch

ENDLESS = (
    "WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)"
    " SELECT count(*) FROM endless"
)
# the statement of the search is one that does not end, and says when SQLite has begun it
PATIENT = f"""
import sys
from kvminbox.index.connection import Watch
from kvminbox.index.database import Database
plain, count = Database.query, Watch._count
def query(self, sql, values=()):
    if "FROM message WHERE shown" not in sql:
        return plain(self, sql, values)
    return plain(self, {ENDLESS!r})
def _count(self):
    if self.left is not None and not hasattr(self, "begun"):
        self.begun = True
        print("begun", flush=True)
    return count(self)
Database.query, Watch._count = query, _count
"""
PROGRAM = """
from kvminbox import Index
search = Index.open(sys.argv[1]).search("squeeze", steps=10**18)
try:
    list(search.message_ids())
except KeyboardInterrupt:
    print("interrupted", len(list(Index.open(sys.argv[1]).find("3@lemon.example"))))
"""
SHELL = """
from kvminbox.cli import main
sys.exit(main(["search", sys.argv[1], "squeeze", "--steps", "999999999"]))
"""


@pytest.fixture
def file(tmp_path):
    """Return the file of a small index."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(5)))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(epoch.archive.path))
    return tmp_path / "index.sqlite"


def interrupt(program, file):
    """Run a program, press Ctrl-C when SQLite is at work, and return its code and last line."""
    # a shell that runs the tests in the background may have told its children to ignore Ctrl-C
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    command = [sys.executable, "-c", f"{listen}{PATIENT}{program}", str(file)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "begun\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
    return child.returncode, out, err


def test_a_program_gets_a_keyboard_interrupt(file):
    """Ctrl-C ends the statement with KeyboardInterrupt, and the file can be asked again."""
    assert interrupt(PROGRAM, file) == (0, "interrupted 1\n", "")


def test_a_shell_gets_130(file):
    """`kvminbox search` ends with 130, as a shell expects, and prints nothing."""
    assert interrupt(SHELL, file) == (130, "", "")
