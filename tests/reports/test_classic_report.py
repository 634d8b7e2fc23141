"""The text compared with the report that its layout comes from."""

import re
import subprocess

import pytest

from kvminbox import Inbox
from kvminbox.reports import list_update

pytestmark = pytest.mark.real

_LIST = "===== Patch list in this time period =====\n\n"
_NEW = re.compile(r"^New:  .*\n(.*)\n", re.MULTILINE)
_SUBJECT = re.compile(r"^(?:New:  .*\n| Skip: )(.*)\n", re.MULTILINE)
_COUNTER = re.compile(r"\[[^\]]*?(\d+)/\d+\]")


def _raw_heads(path):
    """Return the header block of every mail of an archive, by git alone."""
    git = ["git", "-C", path]
    commits = subprocess.run(
        [*git, "rev-list", "--all"], capture_output=True, check=True, text=True
    ).stdout.split()
    names = "".join(f"{commit}:m\n" for commit in commits)
    batch = subprocess.run(
        [*git, "cat-file", "--batch"], input=names.encode(), capture_output=True, check=True
    )
    return batch.stdout.decode("utf-8", "replace")


def _unfold_cut_subject(text, path):
    """Restore the rest of the one folded subject that the report cuts, in both places."""
    heads = _raw_heads(path)
    cut = [
        (subject, rest)
        for subject in _NEW.findall(text)
        for rest in re.findall(rf"^Subject: {re.escape(subject)}\n[ \t]+(.+)$", heads, re.MULTILINE)
    ]
    assert len(cut) == 1, "exactly one subject is folded"
    subject, rest = cut[0]
    title = subject.partition("] ")[2]
    old = f"New:  {title}\n{subject}\n"
    assert text.count(old) == 1
    return text.replace(old, f"New:  {title} {rest}\n{subject} {rest}\n")


def _new_series(text):
    """Return the subjects that open a series: cover letters, and patches without a number.

    Each patch 1/N of the report answers a cover letter that is in it, too.
    """
    subjects = _SUBJECT.findall(text)
    numbers = [_COUNTER.match(subject) for subject in subjects]
    pairs = zip(subjects, numbers, strict=True)
    return [subject for subject, number in pairs if number is None or int(number[1]) == 0]


def test_the_text_is_the_classic_report(classic_report, seed_inbox_path):
    """On its archive the text is the classic report, but for three things.

    They are put into it here: the two revisions' names in the first two lines, the rest of
    one cut subject in two lines, and the list of series, which its maker left empty.
    """
    head = "From {0} to {1}\nKVM mailing list update from {0} to {1}\n"
    theirs = head.format("7b38cd471", "3e740fb30")
    assert classic_report.startswith(theirs)
    assert f"{_LIST}\n===== Patch Commit" in classic_report
    expected = head.format("window-from", "window-to") + classic_report.removeprefix(theirs)
    expected = _unfold_cut_subject(expected, seed_inbox_path)
    listed = "".join(f"{subject}\n" for subject in _new_series(expected))
    expected = expected.replace(_LIST, _LIST + listed)
    window = Inbox.open(seed_inbox_path).between("window-from", "window-to")
    assert list_update(window).to_text() == expected
