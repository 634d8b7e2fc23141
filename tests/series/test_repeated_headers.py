"""Series whose mails repeat headers that may occur only once."""

from datetime import UTC, datetime

from kvminbox import group_series
from tests.mails import read_made

DIFF = "---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


def _mail(subject, number, *headers):
    body = "Words.\n" if "0/" in subject else f"Words.\n{DIFF}"
    return read_made(
        subject,
        body,
        *headers,
        sender="Ida <ida@loom.example>",
        ids=[f"{number}@loom.example"],
        sent=datetime(2025, 6, 2, 10 + number, tzinfo=UTC),
    )


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
