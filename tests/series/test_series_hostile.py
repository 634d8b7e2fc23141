"""What strangers may claim: a thousand mails of one number or one Message-ID."""

from datetime import timedelta

import pytest

from kvminbox import group_series
from tests.series.posting import post

STEM = "20240304090155.7345"
"""What all Message-IDs of one sending of git send-email begin with."""


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
        subject = {
            "counter": shape.get("counter", number % 9_999 + 1),
            "revision": number // shape.get("of_one_revision", count) + 1,
            "revision_stated": "of_one_revision" in shape,
        }
        parents = shape.get("parents", ())
        yield base.model_copy(
            update={
                "message_id": shape.get("id", "{}@mail.example").format(number),
                "subject": base.subject.model_copy(update=subject),
                "date": base.date + timedelta(seconds=number * shape.get("seconds", 0)),
                "references": tuple(parent.format(number - 1, number) for parent in parents),
                "in_reply_to": (),
            }
        )


@pytest.mark.slow
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
        pytest.param({"parents": ("{}@mail.example",), "seconds": -1}, id="a chain backwards"),
        pytest.param({"id": f"{STEM}-{{}}-x@mail.example"}, id="one sending"),
        pytest.param(
            {"id": f"{STEM}-{{}}-x@mail.example", "of_one_revision": 60, "counter": 1},
            id="a sending of one number in sixty revisions",
        ),
        pytest.param({"of_one_revision": 1, "seconds": 1}, id="revisions, unthreaded"),
        pytest.param(
            {"of_one_revision": 1, "parents": ("c@mail.example",)},
            id="revisions that answer one mail",
        ),
    ],
)
def test_floods_cost_linear_time(shape, assert_linear):
    """A flood of mails costs no more than its share, up to 4,000 mails."""
    large = list(flood(shape, 4_000))
    assert len(collect_patches(group_series(large))) == 4_000
    assert_linear(group_series, lambda count: large[:count], 4_000, counted=500)


@pytest.mark.parametrize("covered", [True, False])
def test_floods_of_cover_letters_cost_linear_time(covered, assert_linear):
    """Cover letters of one sender, with a patch each or none, cost no more than their share."""
    cover = post("c", 0, "jane", "-", "[PATCH v2 0/2] topic")
    patch = post("p", 0, "jane", "-", "[PATCH 1/2] one")
    large = []
    for number in range(2_000):
        name = f"c{number}@mail.example"
        large.append(cover.model_copy(update={"message_id": name}))
        answer = {"message_id": f"p{number}@mail.example"}
        if covered:
            answer["references"] = (name,)
        large.append(patch.model_copy(update=answer))
    assert len(collect_patches(group_series(large))) == 2_000
    assert_linear(group_series, lambda count: large[:count], 4_000, counted=500)


def test_a_flood_of_plain_covers_costs_linear_time(assert_linear):
    """Thousands of patches below one plain mail have it as cover letter once."""
    root = post("~c", 0, "jane", "-", "[PATCH] topic")
    patch = post("p", 1, "jane", "~c", "[PATCH] one")
    names = (f"p{number}@mail.example" for number in range(4_000))
    large = [root, *(patch.model_copy(update={"message_id": name}) for name in names)]
    found = group_series(large)
    assert sum(one.cover is root for one in found) == 1
    assert_linear(group_series, lambda count: large[:count], 4_000, counted=500)
