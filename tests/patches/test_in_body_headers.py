"""The headers at the start of a body, read as git mailinfo reads them."""

import pytest

from kvminbox.patches.split import read_in_body

FROM_LINE = f">From {'0' * 40} Mon Sep 17 00:00:00 2001\n"
MESSAGE = "The hall is dark.\n"
# what is hard: text before the message, the headers
HEADERS = {
    "none": ("", {}),
    "From": ("From: Old Oak <oak@tree.example>\n\n", {"from": "Old Oak <oak@tree.example>"}),
    "From without a blank line": ("From: oak@tree.example\n", {"from": "oak@tree.example"}),
    "From without a blank": ("From:oak@tree.example\n\n", {"from": "oak@tree.example"}),
    "PATCH below a Subject": (
        "Subject: light it\n[PATCH] light it all\n\n",
        {"subject": "[PATCH] light it all"},
    ),
    "PATCH and a tab": ("[PATCH]\tlight it\n\n", {"subject": "[PATCH]\tlight it"}),
    "blank lines before": ("\n\n\nFrom: oak@tree.example\n\n", {"from": "oak@tree.example"}),
    "all three": (
        "From: oak@tree.example\nSubject: light it\nDate: today\n\n",
        {"from": "oak@tree.example", "subject": "light it", "date": "today"},
    ),
    "any case": ("FROM: oak@tree.example\n\n", {"from": "oak@tree.example"}),
    "folded with blanks": (
        "Subject: light\n  the\n  hall\n\n",
        {"subject": "light the hall"},
    ),
    "folded with a tab": ("Subject: light\n\tthe hall\n\n", {"subject": "light the hall"}),
    "a line that begins with PATCH": (
        "[PATCH] light it\n\n",
        {"subject": "[PATCH] light it"},
    ),
    "PATCH, then From below a blank line": (
        "[PATCH] light it\n\nFrom: oak@tree.example\n\n",
        {"subject": "[PATCH] light it", "from": "oak@tree.example"},
    ),
    "mbox line": (f"{FROM_LINE}From: oak@tree.example\n\n", {"from": "oak@tree.example"}),
    "mbox line alone": (FROM_LINE, {}),
    "an empty header": ("From:\n\n", {"from": ""}),
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers_and_where_the_message_begins(name):
    """Each form yields its headers, and the message begins after them."""
    before, headers = HEADERS[name]
    text = before + MESSAGE
    found = read_in_body(text)
    assert found.headers == headers
    assert text[found.end :] == MESSAGE


OTHERS = {
    "in the middle": "Words.\nFrom: oak@tree.example\n\nMore.\n",
    "another header": "To: oak@tree.example\n\n",
    "quoted": "> From: oak@tree.example\n",
    "a line of prose": ">From the depths of the hall\n",
    "Subject below PATCH's line": "x\n[PATCH] light it\nSubject: light it all\n",
    "PATCH alone": "[PATCH]\n",
    "another bracket": "[RFC] light it\n",
    "only blank lines": "\n\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_header(name):
    """Anything else belongs to the message."""
    found = read_in_body(OTHERS[name])
    assert (found.headers, found.end, found.lines) == ({}, 0, (0, 0))


def test_a_folded_line_below_an_mbox_line():
    """An mbox line can't be folded; the indented line below it is the message."""
    found = read_in_body(f"{FROM_LINE} indented\n")
    assert (found.headers, found.end) == ({}, len(FROM_LINE))


def test_each_header_once():
    """A second From is not a header, and begins the message."""
    text = "From: oak@tree.example\nFrom: elm@tree.example\n"
    found = read_in_body(text)
    assert found.headers == {"from": "oak@tree.example"}
    assert text[found.end :].startswith("From: elm")


def test_a_blank_line_ends_them():
    """A Subject below the blank line that ends the headers is quoted text."""
    found = read_in_body("From: oak@tree.example\n\nSubject: light it\n")
    assert found.headers == {"from": "oak@tree.example"}


def test_their_lines_are_told():
    """The place of the header lines is known, so that a report can leave them out."""
    text = "\nFrom: oak@tree.example\nSubject: light\n it\n\nWords.\n"
    first, last = read_in_body(text).lines
    assert text[first:last] == "From: oak@tree.example\nSubject: light\n it\n"


def test_the_lines_begin_with_the_first_header():
    """Of several headers at the very beginning, the place of the first is known."""
    found = read_in_body("From: oak@tree.example\nSubject: light it\n\nWords.\n")
    assert found.lines == (0, 41)


def test_a_message_at_once_below_them():
    """A line without an indent does not continue a header, whatever it begins with."""
    text = "From: oak@tree.example\nXFS is dark.\n"
    found = read_in_body(text)
    assert (found.headers, text[found.end :]) == ({"from": "oak@tree.example"}, "XFS is dark.\n")


@pytest.mark.parametrize("text", ["From: oak@tree.example", "Date: today\nFrom: oak@tree.example"])
def test_headers_without_a_last_line_feed(text):
    """A body of headers alone, without a final line feed, is read to its last letter."""
    found = read_in_body(text)
    assert found.headers["from"] == "oak@tree.example"
    assert (found.end, found.lines) == (len(text), (0, len(text)))


@pytest.mark.parametrize(("lines", "is_whole"), [(99, True), (100, True), (101, False)])
def test_headers_without_end(lines, is_whole):
    """A hundred lines are read as headers, and what follows them is the message."""
    text = "Subject: light" + "\n it" * (lines - 1) + "\n"
    found = read_in_body(text)
    assert (found.end == len(text)) is is_whole
    assert found.headers["subject"].count("it") == min(lines, 100) - 1
