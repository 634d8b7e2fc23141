"""What must hold on a real archive of 21,367 commits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox import Inbox
from tests.archive.git_archive import count_commits, git

pytestmark = pytest.mark.real

COMMITS = 21_367
STREAM = """
import sys
from kvminbox import Inbox
count = sum(1 for message in Inbox.open(sys.argv[1]).between(None).messages())
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, int(peak.split()[1]) // 1024)
"""
# not ru_maxrss, which a process has from the one that started it


@pytest.mark.slow
def test_every_commit_is_accounted_for(real_inbox_path):
    """The summary of the whole archive adds up to git's count, without a problem."""
    window = Inbox.open(real_inbox_path).between(None)
    summary = window.summary()
    assert summary.commits == COMMITS == count_commits(real_inbox_path)
    parts = (summary.messages, summary.deletions, summary.purged, summary.unchanged)
    assert sum(parts) + summary.problems == COMMITS
    assert summary.problems == 0


@pytest.mark.interop
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to measure with")
def test_streaming_the_archive_takes_little_memory(real_inbox_path):
    """All mails, one after the other, in a fresh process: none lost, below 150 MB at the peak."""
    command = [sys.executable, "-c", STREAM, str(real_inbox_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    count, megabytes = map(int, run.stdout.split())
    assert count == COMMITS
    assert megabytes < 150


@pytest.mark.slow
def test_raw_bytes_are_gits(real_inbox_path):
    """Each hundredth mail has the bytes that git gives for its blob."""
    inbox = Inbox.open(real_inbox_path)
    entries = list(inbox.between(None).entries())[::100]
    for entry in entries:
        assert inbox.raw(entry) == git(real_inbox_path, "cat-file", "blob", entry.blob)
    assert len(entries) == 214


@pytest.mark.slow
def test_ranges_have_gits_counts(real_inbox_path):
    """Ranges by steps and by abbreviated ids hold as many commits as git's."""
    inbox = Inbox.open(real_inbox_path)
    tip = git(real_inbox_path, "rev-parse", "HEAD~700").decode().strip()
    short = git(real_inbox_path, "rev-parse", "--short", "HEAD~1700").decode().strip()
    for base in ("HEAD~1700", short):
        window = inbox.between(base, tip)
        assert window.summary().commits == 1000 == count_commits(real_inbox_path, tip, base)
    assert len(inbox.since("2022-01-01", "2022-02-01")) > 0


@pytest.mark.interop
def test_reports_do_not_depend_on_the_hash_seed(real_inbox_path):
    """Two runs with different hash seeds print the same bytes."""
    command = [sys.executable, "-m", "kvminbox", "update", str(real_inbox_path), "HEAD~1500..HEAD"]
    runs = [
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "4711")
    ]
    assert runs[0] == runs[1]
    assert runs[0].startswith(b"From HEAD~1500 to HEAD\n")
