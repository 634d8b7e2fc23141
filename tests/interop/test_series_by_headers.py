"""Series of real lists against a count by headers alone, which shares no code with the library.

KVMINBOX_TEST_LISTS names the lists: archives, or folders that hold some, as in PATH.
"""

import os
import re
from collections import defaultdict
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from pathlib import Path

import pytest

from kvminbox import Inbox

pytestmark = pytest.mark.interop
NUMBER = re.compile(r"(?:\[[^\]]*\]\s*)*?\[[^\]]*?\b(\d{1,4})\s*/\s*(\d{1,4})[^\]]*\]")
REPLY = re.compile(r"\s*(?:re|fwd?|aw|sv|antw)\s*:", re.IGNORECASE)
ID = re.compile(r"<([^<>\s]+)>")
GIVEN = os.environ.get("KVMINBOX_TEST_LISTS", "")


def find_lists():
    """Return the archives that the variable names."""
    found = []
    for path in map(Path, filter(None, GIVEN.split(os.pathsep))):
        inside = sorted(one.parent for one in path.glob("**/objects") if one.is_dir())
        found += inside or [path]
    return found


def read_headers(raw):
    """Return a mail's own id, sender, number, total and the ids it answers; None without them."""
    head = BytesHeaderParser().parsebytes(raw[:100_000])
    subject = " ".join(str(head["Subject"] or "").split())
    own = ID.search(str(head["Message-ID"] or ""))
    match = NUMBER.match(subject)
    if not match or not own or REPLY.match(subject):
        return None
    sender = parseaddr(str(head["From"] or ""))[1].lower()
    parents = [*ID.findall(str(head["In-Reply-To"] or ""))]
    parents += ID.findall(str(head["References"] or ""))[::-1]
    return own[1], sender, int(match[1]), int(match[2]), parents


def count_whole(facts):
    """Return the patches of each cover letter that all its numbers answer, each once."""
    covers = {own: (sender, total) for own, sender, number, total, _ in facts if not number}
    below = defaultdict(lambda: defaultdict(set))
    for own, sender, number, total, parents in facts:
        cover = next((one for one in parents if covers.get(one) == (sender, total)), None)
        if number and cover:
            below[cover][number].add(own)
    return {
        cover: {number: own for number, (own,) in numbers.items()}
        for cover, numbers in below.items()
        if numbers.keys() == set(range(1, covers[cover][1] + 1))
        and all(len(ids) == 1 for ids in numbers.values())
    }


@pytest.mark.skipif(not GIVEN, reason="KVMINBOX_TEST_LISTS names no lists")
@pytest.mark.parametrize("path", find_lists(), ids=lambda path: path.parent.name or path.name)
def test_cover_letters_have_the_patches_that_answer_them(path):
    """Where a list's headers show a whole series, the library has the same, but for one in 200."""
    inbox = Inbox.open(path)
    window = inbox.between(None)
    window.on_problem = lambda problem: None  # mirrors may lack large mails
    facts = (read_headers(inbox.raw(mail)) for mail in window.messages())
    whole = count_whole(list(filter(None, facts)))
    # the library has one series for each letter, whichever mails are archived twice
    found = defaultdict(list)
    for one in window.series():
        if one.cover:
            numbers = {patch.subject.counter: patch.message_id for patch in one.patches}
            found[one.cover.message_id].append(numbers)
    differing = [cover for cover, numbers in whole.items() if numbers not in found[cover]]
    assert whole
    assert len(differing) <= len(whole) / 200, differing
