"""The time between two tags, and which tag is before another."""

from datetime import UTC, datetime

import pytest

from kvminbox.errors import RangeError, UsageError
from kvminbox.upstream import find_release_span

DAY = 86_400
VERSIONS = (
    "v6.11", "v6.12-rc1", "v6.12-rc2", "v6.12", "v6.13-rc1", "v6.12.1", "v6.13-rc2", "v6.12.2",
    "v6.13", "v7.0-rc1",
)  # fmt: skip


class Tags:
    """A tree of which only the tags are asked, one a day."""

    name = "linux"

    def __init__(self, *names):
        self.names = names

    def list_tags(self):
        """Return each tag with a commit and a time."""
        return [(name, f"{place:040x}", place * DAY) for place, name in enumerate(self.names)]


def _span(text, *names):
    return find_release_span(Tags(*(names or VERSIONS)), text)[:2]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("v6.12..v6.13", ("v6.12", "v6.13")),
        ("v6.12..", ("v6.12", None)),
        ("v6.13", ("v6.12", "v6.13")),
        ("v6.13-rc1", ("v6.12", "v6.13-rc1")),
        ("v6.13-rc2", ("v6.13-rc1", "v6.13-rc2")),
        ("v6.12.1", ("v6.12", "v6.12.1")),
        ("v6.12.2", ("v6.12.1", "v6.12.2")),
        ("v7.0-rc1", ("v6.13", "v7.0-rc1")),
    ],
)
def test_a_release_begins_with_the_one_before(text, span):
    """A release alone begins with the release before, `-rc1` too, and `-rc2` with `-rc1`."""
    assert _span(text) == span


def test_tags_that_are_no_versions_go_by_time():
    """Of tags such as v2024-01-08 the next older one is before."""
    assert _span("b-2", "a-9", "c-1", "b-2") == ("c-1", "b-2")


def test_the_times_are_those_of_the_tagged_commits():
    """The span goes from when one tagged commit was made to when the other was, in UTC."""
    span = find_release_span(Tags(*VERSIONS), "v6.11..v6.12-rc1")
    assert span.begin == datetime(1970, 1, 1, tzinfo=UTC)
    assert span.end == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("v6.14", UsageError, "no such tag in the tree; did you mean v6.1"),
        ("nothing", UsageError, "its newest are v7.0-rc1, v6.13, v6.12.2"),
        ("..v6.13", UsageError, "no release is given to begin with"),
        ("v6.13..v6.12", RangeError, "v6.12 is not newer than v6.13"),
        ("v6.11", RangeError, "no tag of the tree is older"),
    ],
)
def test_what_is_no_span_is_an_error(text, error, said):
    """An unknown tag, a span that goes backwards, or one without a beginning is told."""
    with pytest.raises(error) as caught:
        _span(text)
    assert said in str(caught.value)
