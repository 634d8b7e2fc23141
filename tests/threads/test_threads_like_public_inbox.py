"""Threads are those of public-inbox itself, over the whole real archive."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from kvminbox import Inbox, group_threads

GOAL = 99.9
"""Per cent of the Message-IDs whose thread holds the same Message-IDs in both."""

THREAD_OF_EACH = """
    SELECT over.tid, msgid.mid FROM over
    JOIN id2num ON id2num.num = over.num
    JOIN msgid ON msgid.id = id2num.id
    WHERE over.num > 0
"""


@pytest.fixture
def public_inbox_threads(real_inbox_path, tmp_path):
    """Return the thread number of each Message-ID, as public-inbox's own index has them."""
    if not shutil.which("public-inbox-init"):
        pytest.skip("public-inbox-init is not installed (Debian's package public-inbox)")
    inbox = tmp_path / "inbox"
    home = {**os.environ, "HOME": str(tmp_path), "PI_CONFIG": str(tmp_path / "config")}
    for command in (
        ["git", "clone", "--mirror", "-q", real_inbox_path, inbox / "git" / "0.git"],
        ["public-inbox-init", "-V2", "-L", "basic", "real", inbox, "http://x", "real@x.example"],
        ["public-inbox-index", "-L", "basic", inbox],
    ):
        subprocess.run(command, check=True, env=home, capture_output=True)
    (path,) = inbox.glob("xap*/over.sqlite3")
    with closing(sqlite3.connect(path)) as over:
        return over.execute(THREAD_OF_EACH).fetchall()


def partners(pairs):
    """Return all ids that share a thread with each Message-ID."""
    threads = {}
    for thread, identity in pairs:
        threads.setdefault(thread, set()).add(identity)
    found = {}
    for members in threads.values():
        for identity in members:
            found.setdefault(identity, set()).update(members)
    return found


@pytest.mark.real
@pytest.mark.interop
def test_threads_are_public_inboxs(real_inbox_path, public_inbox_threads):
    """Nearly every Message-ID shares its thread with the same others as in public-inbox."""
    messages = Inbox.open(real_inbox_path).between(None).messages()
    ours = partners(
        (number, identity)
        for number, thread in enumerate(group_threads(messages))
        for message in thread.messages
        for identity in (message.message_id, *message.other_message_ids)
    )
    theirs = partners(public_inbox_threads)
    differing = sorted(identity for identity in theirs if theirs[identity] != ours.get(identity))
    assert len(theirs) > 1_000
    assert 100 * (1 - len(differing) / len(theirs)) >= GOAL, differing[:20]
