"""Replies that were written to be slow, or to break the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.remarks import parse_remarks
from kvminbox.series import group_series
from tests.remarks.remark_mails import (
    ADA,
    LAMP_DIFF,
    answer,
    lamp_series,
    patch_text,
    quote,
    read_mail,
)

SERIES = lamp_series()
ROWS = [f"> {line}" for line in LAMP_DIFF.split("\n")]


def _many(line, between=""):
    """Return a maker of a reply of some size, of one line repeated."""
    return lambda size: answer((line + between) * (size // len(line + between)))


REPLIES = {
    "empty quotes": _many(">\n"),
    "each quoting another": lambda size: answer(
        "".join(f"{'>' * (number % 60)} a\n" for number in range(size // 33))
    ),
    "one line": _many("> +	return 0;\n"),
    "braces": _many("> +}\n"),
    "remarks": _many("> +}\n", "Why?\n"),
    "answers": _many("> > +}\n> Why?\n", "So.\n"),
    "lost lines": _many("> +	this is nowhere in the series;\n"),
    "lost and found": _many("> +	nowhere in the series, this;\n> +}\n"),
    "pieces": _many("> timers that share\n", "No.\n"),
    "bars": _many("| a | b |\n"),
    "attributions": _many("On Mon, 3 Mar 2025, Ada <ada@silicon.example> wrote:\n"),
    "snips": _many("[...]\n"),
    "tags": _many("Reviewed-by: Ewa Lis <ewa@kvm.example>\n", "> a\n"),
    "thanks": _many("Thanks,\n"),
    "praise": _many("> +}\nok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok oks\n"),
    "rules": _many("_" * 50 + "\n"),
    "one long line": lambda size: answer("> +}\n" + "a" * size),
    "one long quote": lambda size: answer("> +" + "a" * size + "\nWhy?\n"),
    "marks": lambda size: answer("> " * (size // 2) + "\nWhy?\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("make", REPLIES.values(), ids=REPLIES)
def test_the_work_is_linear_in_the_reply(make, assert_linear):
    """However its lines repeat, each is compared with a bounded number of places."""
    assert_linear(lambda reply: parse_remarks(reply, SERIES), make, counted=60_000)


def _repeated(lines):
    """Return a maker of a series whose patch adds these lines over and over, and a reply."""

    def make(size):
        count = size // sum(len(line) + 1 for line in lines)
        added = "".join(f"+{line}\n" for line in lines * count)
        head = "diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n"
        diff = f"{head}@@ -1,1 +1,{1 + len(lines) * count} @@\n int a;\n{added}"
        mail = read_mail("s-1@x", "[PATCH] a: b", patch_text("Words.\n---\n", diff), ADA)
        (series,) = group_series([mail])
        return answer(quote(diff) + "Why?\n", to=("s-1@x",)), series

    return make


PATCHES = {
    "one line": ["a;"],
    "two lines": ["a;", "}"],
    "blank lines": [""],
    "runs": ["a;"] * 39 + ["b;"],
}


@pytest.mark.slow
@pytest.mark.parametrize("make", [_repeated(lines) for lines in PATCHES.values()], ids=PATCHES)
def test_the_work_is_linear_in_the_patch(make, assert_linear):
    """A patch of equal lines, quoted as a whole, has as many candidates for each of them."""
    assert_linear(lambda pair: parse_remarks(*pair), make, counted=60_000)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [*ROWS, "", "Why?", "[...]", ">", "> > a", "On Mon, Ada wrote:", "-- "]
            ),
            st.text(max_size=30),
        ),
        max_size=40,
    )
)
def test_any_lines_are_read(lines):
    """No reply raises, and each remark's row is within its patch."""
    for remark in parse_remarks(answer("\n".join(lines)), SERIES):
        assert remark.text
        if remark.place == "line":
            line = LAMP_DIFF.split("\n")[remark.row] if remark.patch == 1 else None
            assert remark.patch != 1 or line[:1] in {"+", "-", " "}
            assert remark.first_row <= remark.row
