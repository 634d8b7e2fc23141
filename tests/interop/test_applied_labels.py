"""Labels of replies, by which is judged what was found as applied."""

import pytest

from kvminbox import group_series
from kvminbox.models import Address, Applied
from tests.interop.applied_labels import Label, read_labels
from tests.review.review_mails import make_series


def test_labels_are_read_with_and_without_patches(tmp_path):
    """The third column may be missing, or be `-`; an id may stand in angle brackets."""
    path = tmp_path / "labels.tsv"
    path.write_text("a@x\tyes\n<b@x>\tyes\t1,3-5\tkvm/next\nc@x\tno\t-\n\nno label\n")
    assert read_labels(path) == {
        "a@x": Label("yes"),
        "b@x": Label("yes", "1,3-5"),
        "c@x": Label("no"),
    }


@pytest.mark.parametrize(
    ("patches", "found", "is_same"),
    [
        ("all", (1, 2, 3), True), ("all", (1, 2), False), ("1-2", (1, 2), True),
        ("1-2", (1, 2, 3), False), ("1,3", (1,), False), ("part", (), True),
        ("part", (2,), True), ("part", (1, 2, 3), False),
    ],
)  # fmt: skip
def test_patches_are_compared_with_those_of_the_series(patches, found, is_same):
    """`all` are those of the series, `part` is any but all, and numbers are just these."""
    (series,) = group_series(make_series())
    applied = Applied(
        message_id="re@x", by=Address(name="Ewa"), date=None, commits=(), patches=found,
        tree="", evidence="Applied.", form="formula",
    )  # fmt: skip
    assert Label("yes", patches).is_same(series, [applied]) == is_same
