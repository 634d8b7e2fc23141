"""The name of a series: an RFC is told from the first version of what it became."""

import re

import pytest

from kvminbox import group_series, link_series
from kvminbox.analysis.own_tags import tell_sending
from kvminbox.analysis.remarks import compute_series_remarks
from kvminbox.links import draw_dependences
from kvminbox.models import Dependence, SeriesRef
from kvminbox.remarks import follow_up
from kvminbox.reports.remarks import lay_out_review
from kvminbox.versions import compare_series
from tests.mails import read_made
from tests.review.review_mails import ADA, EWA, patch_text, read_mail


def send(name, tag, hour, added="int new;"):
    """Return a lone patch of Ada's with this prefix."""
    subject = f"[{tag}] KVM: fix the timer"
    return read_mail(f"{name}@x", subject, patch_text(1, added=added), ADA, hour=hour)


@pytest.fixture(name="chain", scope="module")
def make_chain():
    """An RFC with a remark, and the patch that followed."""
    said = "> +int new;\n\nWhy is this an int? A flag is enough for it.\n"
    mails = [
        send("rfc", "RFC PATCH", 0),
        read_mail("re@x", "Re: [RFC PATCH] KVM: fix the timer", said, EWA, ["rfc@x"], 2),
        send("v1", "PATCH", 30, "bool new;"),
    ]
    (chain,) = link_series(group_series(mails))
    return chain, mails


@pytest.mark.parametrize(
    ("tag", "label"),
    [
        ("PATCH", "v1"),
        ("RFC PATCH", "RFC v1"),
        ("RFC", "RFC v1"),
        ("PATCH RFC v2", "RFC v2"),
        ("PATCH v5.1 3/9", "v5.1"),
        ("PATCH next", "v1"),
    ],
)
def test_the_name_has_the_mark_and_both_numbers(tag, label):
    """An RFC is called one, whatever its number."""
    (series,) = group_series([send("a", tag, 0)])
    ref = series.ref
    assert ref.label == label
    assert ref.is_rfc == label.startswith("RFC")
    assert SeriesRef.model_validate_json(ref.model_dump_json()) == ref


def test_the_cover_letter_marks_a_series_unless_it_is_a_plain_mail():
    """A cover letter without any prefix says nothing of its patches, which do."""
    plain = read_made("Timers", "Two patches.\n", sender=ADA, ids=["c@x"])
    for cover, label in ((plain, "RFC v1"), (send("d", "PATCH 0/1", 0), "v1")):
        (series,) = group_series([send("p", "RFC PATCH 1/1", 1)])
        assert series.model_copy(update={"cover": cover}).ref.label == label


def test_json_of_before_has_no_mark():
    """What was written by an earlier version is read as what it said: no RFC."""
    old = '{"message_id": "a@x", "title": "Timers", "revision": 2, "date": null}'
    assert SeriesRef.model_validate_json(old).label == "v2"


def test_cards_name_an_rfc_as_the_older_version(chain):
    """The card of a series, of its review, and of a comparison."""
    old, new = chain[0].series
    card = re.sub("<[^>]*>", "", new._repr_html_())
    assert "RFC v1 KVM: fix the timer" in card
    compared = compare_series(old, new)
    assert "RFC v1 → v1: KVM: fix the timer" in re.sub("<[^>]*>", "", compared._repr_html_())
    assert repr(compared).startswith("<SeriesComparison RFC v1 to v1 of")


def test_a_review_names_the_version_after_an_rfc(chain):
    """The remark's line changed in v1, which is no later sending of the same version."""
    found, mails = chain
    result = compute_series_remarks(found, found.series[0], mails)
    assert result.title == "Review of RFC v1 KVM: fix the timer"
    words = " ".join(str(one) for one in lay_out_review(result))
    assert "superseded by v1 <v1@x>" in words
    assert "changed in v1" in words
    assert len(follow_up(found, mails)) == 1


def test_a_tag_of_an_rfc_is_as_of_the_rfc(chain):
    """Of two sendings with one number the mark tells which is meant."""
    old, new = chain[0].series
    assert tell_sending(new, 1) == "as of RFC v1"
    assert tell_sending(new, 2) == "as of v2"
    assert tell_sending(old.model_copy(update={"chain": ()}), 1) == "as of an earlier sending"


def test_a_graph_names_an_rfc(chain):
    """Each series of a stack is named with its mark."""
    old, new = (one.ref for one in chain[0].series)
    graph = draw_dependences([Dependence(series=new, kind="change-id", value="x", base=old)])
    assert 'label="RFC v1 KVM: fix the timer"' in graph
