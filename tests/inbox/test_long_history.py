"""A history of very many commits takes little memory, and time that grows with it only."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox import Inbox, Message
from tests.archive.git_archive import GIT, START, mail

MEASURE = """
import sys
from kvminbox import Inbox

def peak():
    lines = open("/proc/self/status").readlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024

before = peak()
window = Inbox.open(sys.argv[1]).between(None)
print(window.summary().messages, sum(1 for _ in window.messages()), peak() - before, peak())
"""
BYTES_A_COMMIT = 60
"""What the window keeps of each is 49 bytes, and its rows grow a little ahead."""

FIXED = 20
"""Megabytes that any archive takes: maps of the pack, what libgit2 keeps of small objects."""


def _write(path, commits):
    """Write a straight history, in which two mails come in turn."""
    blobs = [mail(number) for number in (1, 2)]
    stream = [b"blob\nmark :%d\ndata %d\n%s\n" % (n + 1, len(b), b) for n, b in enumerate(blobs)]
    stream += [
        b"commit refs/heads/master\ncommitter W <w@x.example> %d +0000\ndata 0\nM 100644 :%d m\n\n"
        % (START + number, 1 + number % 2)
        for number in range(commits)
    ]
    subprocess.run(["git", "init", "-q", "--bare", path], check=True, env=GIT)
    command = ["git", f"--git-dir={path}", "-c", "fastimport.unpackLimit=0", "fast-import"]
    subprocess.run([*command, "--quiet"], input=b"".join(stream), check=True, env=GIT)


@pytest.mark.interop
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to measure with")
@pytest.mark.parametrize("commits", [10_000, 100_000])
def test_a_long_walk_takes_constant_memory(tmp_path, commits):
    """Of 100,000 commits the window keeps 49 bytes each, and reading their mails keeps none."""
    path = tmp_path / "0.git"
    _write(path, commits)
    command = [sys.executable, "-c", MEASURE, path]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    counted, read, growth, peak = map(int, run.stdout.split())
    assert counted == read == commits
    assert growth <= FIXED + BYTES_A_COMMIT * commits / 1_000_000
    assert peak < 150


def test_a_walk_holds_one_message_at_a_time(tmp_path):
    """Of a thousand messages that are read one by one, no more than two are there at a time."""
    _write(tmp_path / "0.git", 1_000)
    window = Inbox.open(tmp_path / "0.git").between(None)
    gc.collect()
    before = _count_messages()
    counts = {
        _count_messages() - before
        for number, _ in enumerate(window.messages())
        if number % 100 == 99
    }
    assert counts <= {1, 2}


def _count_messages():
    return sum(isinstance(one, Message) for one in gc.get_objects())
