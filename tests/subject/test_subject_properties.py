"""What holds for any subject line, however odd."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.subject import parse_subject

WORDS = st.sampled_from(
    ["PATCH", "PATCHv2", "v2", "V3", "v5.5", "(v2)", ":v2", "1/2", ".0/3", "4/3", "3/n", "1 of 2",
     "2 / 7", "RFC", "RFC/PATCH", "RESEND", "(RESEND)", "GIT", "PULL", "net-next", "5.10/5.15",
     "kvmtool", "mm?", "stable:PATCH", "PATCH-v2", "0/0", "rev2"],
)  # fmt: skip
MARKS = st.sampled_from(["", "Re: ", "AW: ", "Re[2]: ", "***SPAM*** ", "答复：", "(subset) "])
GROUPS = st.lists(WORDS, min_size=1, max_size=5).map(lambda words: f"[{' '.join(words)}] ")
TITLES = st.sampled_from(["light it", "mm: light [all] lamps", "", "1/2: light it", "x (v3)"])
LINES = st.tuples(MARKS, st.lists(GROUPS, max_size=3).map("".join), TITLES).map("".join)


def letters(text):
    """Return letters and digits alone, without the `of` of `1 of 2`."""
    return re.sub(r"[\W_]", "", re.sub(r"(\d) of (\d)", r"\1\2", text))


@given(st.one_of(st.text(max_size=200), st.text("[]()/:.,; vVnN0129PATCHRe", max_size=60), LINES))
def test_any_line_is_read(line):
    """No line raises; the raw line is kept, and the title is its end."""
    subject = parse_subject(line)
    assert subject.raw == line
    assert line.endswith(subject.title)
    assert subject.total >= subject.counter >= 0


@given(MARKS, st.lists(GROUPS, max_size=3).map("".join), st.sampled_from(["light it", "x: y [z]"]))
def test_no_word_is_lost(mark, groups, title):
    """Each letter and digit of the groups is in a token, in order; the rest is mark or title."""
    subject = parse_subject(f"{mark}{groups}{title}")
    if not groups and mark == "(subset) ":
        title = mark + title
    assert subject.title == title
    assert letters("".join(token.text for token in subject.tokens)) == letters(groups)


@given(LINES)
def test_facts_that_are_not_stated_have_their_usual_value(line):
    """A number without its `stated` flag is 1, so nobody takes a guess for a claim."""
    subject = parse_subject(line)
    if not subject.counter_stated:
        assert (subject.counter, subject.total) == (1, 1)
    if not subject.revision_stated:
        assert (subject.revision, subject.minor_revision) == (1, None)


HOSTILE = {
    "opening brackets": "[",
    "groups": "[a] ",
    "nested brackets": "[PATCH [",
    "reply marks": "Re: ",
    "noise": "***SPAM*** ",
    "digits": "1",
    "blanks": " ",
    "counters": "1/2 ",
    "marks without brackets": "PATCH ",
    "revisions": "v1.1",
    "was": "(was ",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name, assert_linear):
    """Any repeating line of up to a megabyte is read in linear time."""
    piece = HOSTILE[name]
    for start in ("", "[PATCH ", "[PATCH] ", "(was Re: ", "(was "):
        assert_linear(parse_subject, lambda size: start + piece * (size // len(piece)))  # noqa: B023
