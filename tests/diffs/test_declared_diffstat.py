"""The diffstat that the sender's git wrote into the mail."""

import pytest

from kvminbox.diffs import declared, find_declared_diffstat, find_diffstat_end

STAT = """ drivers/a.c          | 12 +++++++-----
 {old => new}/b.c     |  0
 .../very/long/tail.c |  3 ---
 logo.png             | Bin 0 -> 6 bytes
 left over.c          | Unmerged
 5 files changed, 7 insertions(+), 8 deletions(-)
"""


def find(text):
    found = find_declared_diffstat(text, 0, len(text))
    return found and found[1]


def test_rows_and_summary_are_read_as_written():
    """Each row has path and changes, None for a unmerged file; the summary has sums."""
    found = find(f"Notes.\n\n{STAT}\n")
    assert [(row.path, row.changes) for row in found.files] == [
        ("drivers/a.c", 12),
        ("{old => new}/b.c", 0),
        (".../very/long/tail.c", 3),
        ("logo.png", None),
        ("left over.c", None),
    ]
    assert (found.files_changed, found.insertions, found.deletions) == (5, 7, 8)


def test_blanks_that_a_client_replaced_are_blanks():
    """A diffstat in which blanks became U+00A0 is read as it was meant."""
    found = find(
        "Notes.\n\n\xa0a.c |\xa0 12 +-\n\xa0b.c\xa0 \xa0| 0\n\xa02 files changed, 7 insertions(+)\n"
    )
    assert [(row.path, row.changes) for row in found.files] == [("a.c", 12), ("b.c", 0)]
    assert (found.files_changed, found.insertions) == (2, 7)


@pytest.mark.parametrize(
    ("summary", "numbers"),
    [
        (" 1 file changed, 1 insertion(+)", (1, 1, 0)),
        (" 1 file changed, 1 deletion(-)", (1, 0, 1)),
        (" 2 files changed, 3 insertions(+), 4 deletions(-)", (2, 3, 4)),
        (" 2 files changed", (2, 0, 0)),
        ("2 files changed, 3 insertions(+)  ", (2, 3, 0)),
        (" 0 files changed", (0, 0, 0)),
    ],
)
def test_summary_may_leave_out_what_is_zero(summary, numbers):
    """A sum that the summary line does not name is 0."""
    found = find(f"Text.\n{summary}\n")
    assert (found.files_changed, found.insertions, found.deletions) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Much has changed since.\n",
        "The 2 files changed, 3 insertions(+)\n",
        " 2 files changed, and more\n",
        " 1234567890 files changed\n",
        "> 2 files changed, 3 insertions(+)\n",
        " x.c | 2 +-\n",
    ],
)
def test_words_and_rows_alone_are_no_diffstat(text):
    """Without a summary line of its own there is no declared diffstat."""
    assert find(text) is None


def test_last_of_two_diffstats_counts():
    """Where notes quote another diffstat, the one next to the diff counts."""
    found = find(f"{STAT}\nand now:\n\n x.c | 2 +-\n 1 file changed, 1 insertion(+)\n")
    assert ([row.path for row in found.files], found.files_changed) == (["x.c"], 1)


def test_place_is_where_the_first_row_begins_and_the_summary_ends():
    """The diffstat's extent is known, so that notes can end before it and a report after it."""
    text = f"Notes.\n\n{STAT} create mode 100644 logo.png\n"
    start, _ = find_declared_diffstat(text, 0, len(text))
    assert text[start : find_diffstat_end(text, 0, len(text)) + 1] == STAT


def test_only_the_given_part_of_the_text_is_read():
    """A diffstat outside start and end is ignored, and so are rows before start."""
    second = STAT.index(" {old")
    assert find_declared_diffstat(STAT, 0, len(STAT) - 20) is None
    start, found = find_declared_diffstat(STAT, second, len(STAT))
    assert (start, len(found.files)) == (second, 4)


def test_rows_stop_at_the_limit(monkeypatch):
    """No more rows than the limit are kept, and none that is longer than a row can be."""
    monkeypatch.setattr(declared, "MAX_ROWS", 2)
    assert len(find(STAT).files) == 2
    monkeypatch.setattr(declared, "MAX_ROW", 10)
    assert find(STAT).files == ()
