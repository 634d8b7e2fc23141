"""What holds for any mail: it is read, in linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.diffs import find_diff
from kvminbox.models import Message
from kvminbox.models.defect import DEFECT_CODES
from kvminbox.patches import excerpt_body, read_message
from kvminbox.patches.pull import find_pull
from kvminbox.patches.split import find_message_end, read_in_body, split_patch

LINES = st.sampled_from(
    ["From: a@b.example", "Subject: x", " folded", "", "---", "--- ", "-- ", "words", "[PATCH] y",
     f">From {'0' * 40} Mon Sep 17 00:00:00 2001", "diff --git a/x b/x", "--- a/x", "+++ b/x",
     "@@ -1 +1 @@", "-a", "+b", " c", " x | 2 +-", " 1 file changed, 1 insertion(+)",
     "base-commit: 0123456", "are available in the git repository at:", "  u://x y", "Fixes: ?",
     "Signed-off-by: x <a@b.example>", "[note", "note]", "\t"],
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=25).map("\n".join)
SUBJECTS = st.sampled_from(
    ["[PATCH] x", "Re: [PATCH 1/2] x", "[PATCH 0/2] x", "[GIT PULL] x", "x", "[PATCH :v2 .1/2] x"]
)


@given(SUBJECTS, TEXTS)
def test_any_mail_is_read(subject, text):
    """Whatever a body holds, the mail is read, its body is kept, and every code is known."""
    message = read_message(f"From: a@b.example\nSubject: {subject}\n\n{text}".encode())
    assert isinstance(message, Message)
    assert message.body == text
    assert {defect.code for defect in message.defects} <= DEFECT_CODES.keys()


@given(TEXTS)
def test_the_parts_are_parts_of_the_text(text):
    """Message, notes and tail are pieces of the text, in its order."""
    parts = split_patch(text, find_diff(text))
    for part in (parts.message, parts.notes, parts.tail):
        assert part in text


@given(TEXTS)
def test_a_diff_starts_where_its_first_file_does(text):
    """Where a diff starts is known before its files are read, and each begins below the last."""
    blocks = find_diff(text)
    start = blocks.start if blocks else None
    files = blocks.files if blocks else []
    assert start == (files[0].start if files else None)
    begun = 0
    for file in files:
        below = find_diff(text, begun)
        assert (below.start, below.files[0]) == (file.start, file)
        begun = file.end


HOSTILE = {
    "line feeds": "\n",
    "blanks": " ",
    "separators": "---x\n",
    "true separators": "---\n",
    "in-body folds": "\n folded",
    "mbox lines": f">From {'0' * 40} Mon Sep 17 00:00:00 2001\n",
    "diff words": "diff -",
    "Index lines": "\nIndex:x",
    "pull words": "are available in the ",
    "pull words in lines": "\nare available in the git ",
    "pull blanks": "The following changes since ",
    "available": "available in the git repository at:",
    "changed": " changed",
    "changed files": " 1 file changed",
    "changed lines": " 1 file changed\n",
    "rows": " a | 1 +\n",
    "tails": "base-commit: \n",
    "ids": "prerequisite-patch-id: 0 0\n",
    "signatures": "\n-- \n",
    "hunks": "\n@@ -1 +1 @@",
}
STARTS = [
    "",
    "Subject: ",
    "From: x",
    "are available in the git repository at:",
    "fetch changes up to",
]


def read_all(text):
    read_in_body(text)
    find_message_end(text, 0)
    find_pull(text)
    split_patch(text, None)
    excerpt_body(text)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name, assert_linear):
    """A body is split in linear time, whatever repeats in it."""
    piece = HOSTILE[name]
    for start in STARTS:
        assert_linear(read_all, lambda size: start + piece * (size // len(piece)))  # noqa: B023
