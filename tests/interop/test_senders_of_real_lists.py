"""Senders of lists that rewrite From, beside what Python's own reader finds in the headers."""

import os
import re
from collections import Counter
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path

import pytest

from kvminbox import Inbox

NEWEST = 5_000
VIA = re.compile(r"\s(?:via|über|par|por|through)(?:\s|$)", re.IGNORECASE)


def list_paths():
    """Return the archives that the environment names: paths, or folders with some."""
    named = os.environ.get("KVMINBOX_TEST_LISTS", "").split(os.pathsep)
    found = []
    for path in map(Path, filter(None, named)):
        is_archive = (path / "HEAD").exists() or (path / ".git").exists()
        found += [path] if is_archive else sorted(one.parent for one in path.rglob("HEAD"))
    return found


def read_people(headers, name):
    """Return the names and addresses of a header as Python reads them."""
    values = [str(make_header(decode_header(str(one)))) for one in headers.get_all(name, [])]
    return [(name, address.lower()) for name, address in getaddresses(values) if "@" in address]


@pytest.mark.interop
@pytest.mark.parametrize("path", list_paths() or [None], ids=str)
def test_senders_of_a_real_list(path):
    """Each rewritten From with one person in Reply-To is undone; no ordinary From is touched."""
    if path is None:
        pytest.skip("KVMINBOX_TEST_LISTS names no archive")
    inbox = Inbox.open(path)
    commits = [entry.commit for entry in inbox.between(None).entries()]
    window = inbox.between(commits[-NEWEST] if len(commits) > NEWEST else None)
    window.on_problem = lambda problem: None
    counts = Counter()
    wrong = []
    for message in window.messages():
        headers = BytesHeaderParser().parsebytes(inbox.raw(message))
        senders = read_people(headers, "from")
        if len(senders) != 1 or "<" in message.sender.email:
            continue  # a From that is none
        ((name, address),) = senders
        is_list = message.list_id == address.replace("@", ".")
        if not VIA.search(name) and not is_list:
            counts["ordinary"] += 1
            if address not in message.sender.email.lower() and "x-original-from" not in headers:
                wrong.append((message.message_id, name, message.sender.written))
            continue
        people = {one for _, one in read_people(headers, "reply-to")} - {address}
        counts[message.sender_source] += 1
        if is_list and VIA.search(name) and len(people) == 1 and message.sender.email == "":
            wrong.append((message.message_id, name, people))
    print(path, dict(counts))
    unresolved = counts["display-name"]
    assert not wrong, wrong[:20]
    assert unresolved * 50 <= sum(counts.values()) - counts["ordinary"] + 50
