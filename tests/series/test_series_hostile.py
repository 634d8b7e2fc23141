"""What strangers may claim: a thousand mails of one number or one Message-ID."""

import pytest

from kvminbox import group_series
from tests.series.posting import post


def collect_patches(series):
    """Return all patches of some series."""
    return [patch for one in series for patch in (*one.patches, *one.duplicates)]


def test_a_thousand_claims_of_one_message_id():
    """Patches that all have one Message-ID are all there, each once."""
    base = post("1", 0, "jane", "-", "[PATCH 1/9] one")
    many = [base.model_copy(update={"body": str(number)}) for number in range(1_000)]
    patches = collect_patches(group_series(many))
    assert sorted(patch.body for patch in patches) == sorted(str(n) for n in range(1_000))


def test_a_thousand_claims_of_one_number():
    """A thousand mails `[PATCH 9999/9999]` are a thousand series, with few numbers listed."""
    many = [post(f"p{n}", n / 60, "jane", "-", "[PATCH 9999/9999] big") for n in range(1_000)]
    series = group_series(many)
    assert len(collect_patches(series)) == len(series) == 1_000
    assert all(len(one.missing) == 1_000 and one.total == 9_999 for one in series)
    assert "9998 numbers are missing, of which 1000 are listed" in series[0].evidence


def test_numbers_too_long_are_no_numbers():
    """`[PATCH 99999/99999]` has no number that a series could be made of."""
    (series,) = group_series([post("p", 0, "jane", "-", "[PATCH 99999/99999] big")])
    assert (series.status, series.total) == ("complete", 1)


def flood(shape, count):
    """Yield the mails of a flood, of which each but the first is a copy of a few."""
    base = post("p", 0, "jane", "c", f"[PATCH 1/{shape.get('total', 9_999)}] one")
    for number in range(count):
        subject = base.subject.model_copy(update={"counter": shape.get("counter", number + 1)})
        parents = shape.get("parents", ())
        yield base.model_copy(
            update={
                "message_id": f"{number}@mail.example",
                "subject": subject,
                "references": tuple(parent.format(number - 1, number) for parent in parents),
                "in_reply_to": (),
            }
        )


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param({}, id="unthreaded numbers"),
        pytest.param({"total": 9, "counter": 1}, id="one number, unthreaded"),
        pytest.param(
            {"total": 9, "counter": 1, "parents": ("c@mail.example",)}, id="one number, one parent"
        ),
        pytest.param({"parents": ("{}@mail.example",)}, id="a chain"),
        pytest.param(
            {"total": 9, "counter": 1, "parents": ("{}@mail.example",)}, id="a chain of one number"
        ),
    ],
)
def test_floods_cost_linear_time(shape, assert_linear):
    """A flood of mails costs no more than its share, up to 4,000 mails."""
    large = list(flood(shape, 4_000))
    assert len(collect_patches(group_series(large))) == 4_000
    assert_linear(group_series, lambda count: large[:count], 4_000, counted=500)
