"""Every patch of the real archive, read by the library and by git itself."""

import random
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest

from kvminbox import Inbox, Patch
from kvminbox.patches import read_message
from tests.interop.differences import FIELDS, find_differences, is_silent
from tests.interop.git_reading import read_with_git, sum_with_git

REVIEWED = tomllib.loads(Path(__file__).with_name("reviewed.toml").read_text("utf-8"))
SAMPLE = 300
GOALS = {"author": 99.9, "title": 99.9, "message": 99.9, "numstat": 99.95, "patch-id": 99.9}
"""Per cent of the patches on which both must agree, reviewed differences counted as such."""


def iter_patches(inbox, entries):
    for entry in entries:
        raw = inbox.raw(entry)
        message = read_message(raw, entry)
        if isinstance(message, Patch):
            yield message, raw


def compare(pair):
    message, raw = pair
    git = read_with_git(raw)
    return message, git, find_differences(message, git)


def compare_all(inbox, entries):
    """Compare in two threads, some hundred mails at a time so that memory stays flat."""
    patches = iter_patches(inbox, entries)
    with ThreadPoolExecutor(2) as pool:
        while batch := list(islice(patches, SAMPLE)):
            yield from pool.map(compare, batch)


def list_entries(inbox):
    return [entry for entry in inbox.between(None).entries() if entry.change == "message"]


def expect(differing):
    """Compare what was found with the reviewed file; fail in words that can be acted on."""
    expected = {commit: review["fields"] for commit, review in REVIEWED.items()}
    unlisted = {commit: fields for commit, fields in differing.items() if commit not in expected}
    assert not unlisted, "differ from git, and are not in reviewed.toml"
    assert differing == expected, "reviewed.toml lists what no longer differs, or other fields"


@pytest.mark.real
@pytest.mark.interop
def test_sample_of_patches_reads_as_in_git(real_inbox_path):
    """On a sample of real patches and on each reviewed one, git reads what the library reads."""
    inbox = Inbox.open(real_inbox_path)
    entries = list_entries(inbox)
    reviewed = [entry for entry in entries if entry.commit in REVIEWED]
    others = [entry for entry in entries if entry.commit not in REVIEWED]
    random.Random(2).shuffle(others)
    compared = list(islice(compare_all(inbox, reviewed + others), SAMPLE))
    expect({message.entry.commit: fields for message, _, fields in compared if fields})


@pytest.mark.real
@pytest.mark.interop
def test_every_patch_reads_as_in_git(real_inbox_path):
    """Git reads every real patch the same, but for reviewed cases; no count is silently wrong."""
    inbox = Inbox.open(real_inbox_path)
    differing, silent, total, refused = {}, [], Counter(), 0
    for message, git, fields in compare_all(inbox, list_entries(inbox)):
        total.update(FIELDS)
        refused += git.numstat is None
        if fields:
            differing[message.entry.commit] = fields
        if "numstat" in fields and is_silent(message):
            silent.append(message.entry.commit)
    total["numstat"] -= refused
    wrong = Counter(field for fields in differing.values() for field in fields)
    for field in FIELDS:
        print(f"{field}: {total[field]} compared, {wrong[field]} differ")
    print(f"git apply refuses {refused}")
    assert not silent, "other counts than git's, and no defect that tells so"
    expect(differing)
    for field, goal in GOALS.items():
        assert 100 * (total[field] - wrong[field]) >= goal * total[field], field


@pytest.mark.slow
@pytest.mark.real
def test_reviewed_patch_ids_are_those_of_the_diff_alone(real_inbox_path, tmp_path):
    """Where a patch-id differs from the mail's by git, git gives ours for the diff as cut out."""
    inbox = Inbox.open(real_inbox_path)
    entries = [entry for entry in list_entries(inbox) if entry.commit in REVIEWED]
    for message, _ in iter_patches(inbox, entries):
        assert message.patch_id() == sum_with_git(tmp_path, message.diff.encode())


@pytest.mark.parametrize("commit", REVIEWED)
def test_each_reviewed_difference_has_fields_and_a_reason(commit):
    """A reviewed difference names fields that are compared, and says why they differ."""
    assert set(REVIEWED[commit]["fields"]) <= set(FIELDS)
    assert REVIEWED[commit]["fields"]
    assert len(REVIEWED[commit]["reason"].split()) >= 5
