"""Mails with small damage are read as by git, or say what is wrong; none is an exception."""

import random
import re

import pytest

from kvminbox import Submission
from kvminbox.models import Message
from kvminbox.patches import read_message
from tests.interop.changed_mails import MAILS, change_anywhere, change_diff
from tests.interop.differences import DAMAGE, find_differences, numstat_of
from tests.interop.git_reading import read_with_git

FEW, MANY = 100, 5_000
"""How many mails are compared in the usual run, and how many in the session `interop`."""

FIELDS = ("author", "title", "message")
TOLD = {  # the defects that say that sender, subject or text may be read in two ways
    "charset-unknown", "charset-wrong", "from-missing", "header-controls", "header-junk-before",
    "header-line-without-colon", "header-repeated", "inbody-from-odd", "mime-boundary-missing",
    "mime-boundary-unclosed", "mime-encoding-broken", "mime-encoding-unknown", "mime-preamble",
    "mime-type-odd", "no-header", "text-crlf", "text-nul",
}  # fmt: skip
DOUBTS = DAMAGE | {"mime-encoding-broken"}
# what docs/differences-from-git.md says of titles: nested brackets, marks, white space, words
ODD_SUBJECT = re.compile(rb"(?im)^(?:\[PATCH\]|subject[ \t]*:)[^\n]*(?:\n[ \t][^\n]*)*")
ODD_TITLE = re.compile(rb"\[[^\]]*\[|\][^\[]*\]|re:|[\x0b\x0c]|=\?", re.IGNORECASE)
ODD_NAME = re.compile(r'[()"@,;:<>\\]')
BLANK_BEFORE_COLON = re.compile(rb"^[!-9;-~]+[ \t]+:", re.MULTILINE)
GIT_STOPS = {"binary-patch-then-text", "binary-patch-without-prefixes", "crlf-in-base64"}
"""Mails of whose diff git gives the first file only, once encoded data are damaged."""


def change(number, way):
    """Return the name of a mail and the mail with damage; the number decides which."""
    chance = random.Random(number)
    name = chance.choice(sorted(MAILS))
    return name, way(MAILS[name], chance)


@pytest.mark.slow
@pytest.mark.parametrize("way", [change_anywhere, change_diff])
def test_no_damage_is_an_exception(way):
    """Each of some thousand mails with damage is read, and its model goes to JSON."""
    for number in range(1_500):
        name, raw = change(number, way)
        message = read_message(raw)
        assert isinstance(message, Message), (name, number)
        assert message.model_dump_json()


def is_explained(field, message, git, raw):
    """Whether a mail itself says why it may be read otherwise, or the documentation does."""
    if {defect.code for defect in message.defects} & TOLD:
        return True
    head = raw.partition(b"\n\n")[0]
    if BLANK_BEFORE_COLON.search(head):
        return True  # which is a header here, as in RFC 5322, and none in git
    author = message.author
    is_plain = author.written in (f"{author.name} <{author.email}>", author.email)
    names = author.name + author.email.replace("@", "", 1) + git.name
    subjects = b"".join(ODD_SUBJECT.findall(raw))
    return {
        "author": not is_plain or ODD_NAME.search(names) is not None,
        "title": ODD_TITLE.search(subjects) is not None,
        "message": b"flowed" in head or b"multipart" in head or b"\r\n" in raw,
    }[field]


def find_unexplained(numbers):
    """Return the damaged mails in which git reads another author, title or message."""
    for number in numbers:
        name, raw = change(number, change_anywhere)
        message, git = read_message(raw), read_with_git(raw)
        if isinstance(message, Submission) and (git.name or git.title):
            for field in find_differences(message, git):
                if field in FIELDS and not is_explained(field, message, git, raw):
                    yield name, number, field


def find_silent(numbers):
    """Return the damaged diffs that git counts differently though no defect says so."""
    for number in numbers:
        name, raw = change(number, change_diff)
        message, git = read_message(raw), read_with_git(raw)
        codes = {defect.code for defect in message.defects}
        if isinstance(message, Submission) and git.numstat is not None and not codes & DOUBTS:
            ours = sorted(counts for _, *counts in numstat_of(message))
            if ours != sorted(counts for _, *counts in git.numstat) and name not in GIT_STOPS:
                yield name, number


def count_refused(numbers):
    """Return how many of the diffs that git refuses are doubted here, and how many are not."""
    doubted = silent = 0
    for number in numbers:
        _, raw = change(number, change_diff)
        message, git = read_message(raw), read_with_git(raw)
        codes = {defect.code for defect in message.defects}
        if isinstance(message, Submission) and git.title and git.numstat is None:
            doubted += bool(codes & DOUBTS)
            silent += not codes & DOUBTS
    return doubted, silent


def test_damaged_mails_read_as_in_git():
    """Author, title and message of a damaged mail are git's, or a defect says why not."""
    assert list(find_unexplained(range(FEW))) == []


def test_counts_of_damaged_diffs_are_gits_or_doubted():
    """If git counts a damaged diff differently, a defect says that it is damaged."""
    assert list(find_silent(range(FEW))) == []


def test_diffs_that_git_refuses_are_doubted():
    """Nearly all damaged diffs that git refuses have a defect.

    The others are whole in their lines: a lost line feed at the end, a hunk's header alone
    below the signature, an index line that a binary patch lacks.
    """
    doubted, silent = count_refused(range(FEW))
    assert doubted > 0.9 * (doubted + silent) > 0


@pytest.mark.interop
def test_many_damaged_mails_read_as_in_git():
    """The same holds for many more damaged mails."""
    assert list(find_unexplained(range(FEW, MANY))) == []


@pytest.mark.interop
def test_counts_of_many_damaged_diffs_are_gits_or_doubted():
    """The same holds for many more damaged diffs."""
    assert list(find_silent(range(FEW, MANY))) == []
