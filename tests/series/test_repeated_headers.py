"""Series whose mails repeat headers that may occur only once."""

from kvminbox import group_series, read_message

DIFF = "---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


def _mail(subject, number, *headers):
    head = [
        "From: Ida <ida@loom.example>",
        f"Subject: {subject}",
        f"Message-ID: <{number}@loom.example>",
        f"Date: Mon, 2 Jun 2025 1{number}:00:00 +0000",
        *headers,
    ]
    body = "Words.\n" if "0/" in subject else f"Words.\n{DIFF}"
    return read_message("\n".join([*head, "", body]).encode())


def test_several_references_headers_are_one():
    """A patch whose second References header names the cover letter is of its series."""
    twice = ("References: <elsewhere@loom.example>", "References: <0@loom.example>")
    (series,) = group_series([_mail("[PATCH 0/1] cover", 0), _mail("[PATCH 1/1] patch", 1, *twice)])
    assert series.status == "complete"
    assert series.patches[0].references == ("elsewhere@loom.example", "0@loom.example")


def test_the_same_content_type_twice():
    """A second Content-Type costs nothing: the patch is read, and its series is whole."""
    twice = ("Content-Type: text/plain; charset=utf-8",) * 2
    (series,) = group_series([_mail("[PATCH 1/1] patch", 1, *twice)])
    assert series.status == "complete"
    assert series.diffstat.insertions == 1
