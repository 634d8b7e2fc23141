"""Commits from bytes: whatever these are."""

import pytest

from kvminbox.upstream.commit_text import (
    MAX_MESSAGE,
    find_fixed,
    find_mail_ids,
    find_reverts,
    find_upstream,
    parse_commit_text,
)

HEAD = b"tree %s\nauthor %s\ncommitter %s\n%s\n%s"
WHO = b"Jane Doe <jane@doe.example> 1700000000 -0130"


def parse(author=WHO, committer=WHO, extra=b"", message=b"a title\n\nWords.\n"):
    """Parse a commit with some parts as given."""
    return parse_commit_text("0" * 40, (), HEAD % (b"1" * 40, author, committer, extra, message))


@pytest.mark.parametrize(
    ("line", "name", "email", "seconds", "zone"),
    [
        (WHO, "Jane Doe", "jane@doe.example", 1700000000, -90),
        (b"<jane@doe.example> 0 +0000", "", "jane@doe.example", 0, 0),
        (b"Jane 5 +0000", "Jane 5 +0000", "", None, 0),
        (b"Jane <> 5 +0530", "Jane", "", 5, 330),
        (b"Jane <a@b> <c@d> 5 +0000", "Jane", "a@b", 5, 0),
        (b"Jane <a@b> -86400 +0000", "Jane", "a@b", -86400, 0),
        (b"Jane <a@b> 5 +9999", "Jane", "a@b", 5, 0),
        (b"Jane <a@b>", "", "", None, 0),
        (b"Jos\xc3\xa9 <a@b> 5 +0000", "José", "a@b", 5, 0),
        (b"Jos\xe9 <a@b> 5 +0000", "José", "a@b", 5, 0),
        (b"", "", "", None, 0),
    ],
)
def test_an_author_is_read_as_far_as_possible(line, name, email, seconds, zone):
    """Malformed people and times are empty, and raise nothing."""
    text = parse(author=line)
    if seconds is not None:
        assert (text.author.name, text.author.email) == (name, email)
    assert (text.author_time, text.author_zone) == (seconds, zone)


@pytest.mark.parametrize(
    ("extra", "message", "title"),
    [
        (b"", b"\n\n a title\nof two lines\n\nWords\n", "a title of two lines"),
        (b"", b"a title\r\n\r\nWords\r\n", "a title"),
        (b"", b"", ""),
        (b"encoding ISO-8859-2\n", b"\xb1\n", "ą"),
        (b"encoding rot13\n", b"\xb1\n", "±"),
        (b"encoding no-such\n", b"\xb1\n", "±"),
        (b"gpgsig -----BEGIN\n author Eve <e@x> 1 +0000\n -----END\n", b"title\n", "title"),
    ],
)
def test_a_title_is_the_first_paragraph(extra, message, title):
    """It is read in the commit's encoding, else as Latin 1, and in one line."""
    text = parse(extra=extra, message=message)
    assert (text.title, text.author.name) == (title, "Jane Doe")


def test_a_time_beyond_any_calendar_is_none():
    """A commit of the year 71685 has no time."""
    assert parse(committer=b"A <a@b> 2199023255552 +0000").committed is None


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("Link: https://lore.example/r/a@b", ("a@b",)),
        ("Link: https://lore.example/all/a%2Fc%40b/", ("a/c@b",)),
        ("link: https://lore.example/list/a@b/T/#u", ("a@b",)),
        ("Link: https://lore.example/r/a@b [1]", ("a@b",)),
        ("Message-Id: <a@b>", ("a@b",)),
        ("Message-ID: a@b", ("a@b",)),
        ("Closes: https://lore.example/r/a@b?x=1", ("a@b",)),
        ("Link: https://bugs.example/1", ()),
        ("Link: mailto:jane@doe.example", ()),
        ("Cc: jane@doe.example", ()),
        ("> Link: https://lore.example/r/a@b", ()),
        ("Link: https://lore.example/r/a@b\nLink: https://lore.example/x/c@d", ("a@b", "c@d")),
    ],
)
def test_the_mails_that_a_message_names(line, ids):
    """Links and Message-IDs name mails, whichever archive they lead to."""
    assert find_mail_ids(f"Words.\n\n{line}\nSigned-off-by: J <j@x>\n") == ids


@pytest.mark.parametrize(
    ("find", "text", "found"),
    [
        (find_reverts, "This reverts commit 0123456789ABCDEF.", ("0123456789abcdef",)),
        (find_reverts, "This reverts commits 0123456 and 7654321.", ("0123456",)),
        (find_reverts, "which this reverts commit-wise", ()),
        (find_reverts, "> This reverts commit 0123456789ab.", ("0123456789ab",)),
        (find_upstream, "[ Upstream commit 0123456789ab ]", ("0123456789ab",)),
        (find_upstream, "commit 0123456789ab upstream.", ("0123456789ab",)),
        (find_upstream, "since commit 0123456789ab upstream is slow", ()),
        (find_upstream, "(backported from commit 0123456789ab)", ("0123456789ab",)),
        (find_upstream, "commit 012345 upstream.", ()),
        (find_fixed, 'Fixes: 0123456789ab ("x")\nFixes: commit abcdef012345', None),
        (find_fixed, "Fixes: the bug", ()),
    ],
)
def test_the_commits_that_a_message_names(find, text, found):
    """Reverts, backports and fixes name commits of seven digits and more."""
    expected = ("0123456789ab", "abcdef012345") if found is None else found
    assert find(f"Words.\n\n{text}\n") == expected


@pytest.mark.parametrize(
    "piece",
    [
        "Link: https://x/a@b\n", "This reverts commit 01234567", "\n", "\r\n", " ", "<", "((", "[ ",
        "Fixes: ", "author a <b> 1 +0000\n", "a: b\n", "commit 0123456 upstream", "Link:\t", "\0",
        "https://x/" , "@/", "%40",
    ],
)  # fmt: skip
def test_hostile_messages_take_linear_time(assert_linear, piece):
    """A message of one piece without end costs as much as it has bytes."""

    def read(message):
        text = parse(message=message)
        find_mail_ids(text.message)
        find_reverts(text.message)
        find_upstream(text.message)
        find_fixed(text.message)

    assert_linear(read, lambda size: (piece * (size // len(piece) + 1)).encode(), 200_000)


def test_a_message_is_read_up_to_a_limit():
    """What a commit says after a megabyte is not read."""
    text = parse(message=b"title\n\n" + b"x" * MAX_MESSAGE + b"\n\nFixes: 0123456789ab\n")
    assert find_fixed(text.message) == ()
    assert len(text.message) < MAX_MESSAGE
