"""The lists of b4 ty in real lists, that KVMINBOX_TEST_LISTS names, against a plain scan."""

import re

import pytest

from tests.interop.applied_sample import find_lists, read_answers

LISTS = find_lists()
ITEM = re.compile(r"^\[\d+/\d+\] (.+)\n +commit: ([0-9a-f]{12,40})$", re.MULTILINE)


@pytest.mark.interop
@pytest.mark.skipif(not LISTS, reason="KVMINBOX_TEST_LISTS names no archive")
@pytest.mark.parametrize("path", LISTS, ids=str)
def test_lists_name_their_commits_and_patches(path):
    """Each mail with such a list is found, with its commits, and the patches of these titles."""
    wrong, seen = [], 0
    for series, message, lines, found in read_answers(path):
        items = dict(ITEM.findall("\n".join(lines)))
        if not items:
            continue
        seen += 1
        titles = {patch.title: patch.subject.counter for patch in series.patches}
        numbers = {titles[title] for title in items if title in titles}
        if found is None or not numbers <= {*found.patches}:
            wrong.append((message.message_id, numbers, found and found.patches))
        elif {*items.values()} != {*found.commits}:
            wrong.append((message.message_id, items, found.commits))
    assert seen
    assert wrong == []
