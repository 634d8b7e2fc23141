"""A process that can open no more files is told so, and not that its archive is damaged."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pygit2
import pytest

from kvminbox.archive.refusals import check_limit
from kvminbox.errors import SystemLimitError
from tests.archive.git_archive import Archive

EXHAUSTED = """
import os, resource, sys
from pathlib import Path
from kvminbox import Inbox
from kvminbox.archive import Repository
from kvminbox.errors import SystemLimitError

folder = Path(sys.argv[1])
inbox = Inbox.open(folder)
window = inbox.between(None)
window.on_problem = print
repositories = [Repository(folder / name) for name in ("0.git", "1.git")]
asked = [
    lambda: Inbox.open(folder),
    lambda: Inbox.open(folder / "0.git"),
    lambda: inbox.between("HEAD~1"),
    lambda: window.summary(),
    lambda: list(window.messages()),
]
for one in repositories:
    asked += [
        lambda one=one: one.read_object(one.tip),
        lambda one=one: one.expand_id(one.tip[:9]),
        lambda one=one: one.revparse(":/subject"),
        lambda one=one: one.list_names(),
        lambda one=one: one.find_reference("master"),
    ]


def count_refusals():
    count = 0
    for ask in asked:
        try:
            ask()
        except SystemLimitError as error:
            count += "ulimit -n" in error.cure and "fsck" not in str(error)
    return count


resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
held = []
try:
    while True:
        held.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
full = count_refusals()
for handle in held:
    os.close(handle)
print(len(asked), full, count_refusals(), window.summary().messages)
"""


def test_no_more_file_handles(tmp_path):
    """Each way to read an archive says that too many files are open, and works when some close."""
    for number in (0, 1):
        archive = Archive(tmp_path / f"{number}.git")
        for mail in range(3):
            archive.add(f"{number}{mail}")
        if number == 0:
            archive.pack()
    command = [sys.executable, "-c", EXHAUSTED, str(tmp_path)]
    root = Path(__file__).parents[2]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert found.stdout == "15 15 0 6\n"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EMFILE, "no words"),
        OSError(errno.ENFILE, "no words"),
        pygit2.GitError(f"failed to open: {os.strerror(errno.EMFILE)}"),
    ],
    ids=["own limit", "the system's limit", "libgit2"],
)
def test_too_many_open_files_by_code_or_words(error):
    """The limit is known by the system's number, or by its words behind libgit2's."""
    with pytest.raises(SystemLimitError, match="too many files are open"):
        check_limit(Path("0.git"), error)
    check_limit(Path("0.git"), OSError(errno.EACCES, "no words"))
