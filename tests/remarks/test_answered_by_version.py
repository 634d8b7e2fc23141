"""A remark whose only answer is the next version: which one is told, not that it heeds anything."""

import pytest

from kvminbox import group_series, link_series
from kvminbox.analysis.remarks import compute_series_remarks
from kvminbox.remarks import follow_up
from kvminbox.reports.remarks import lay_out_review
from tests.review.review_mails import ADA, BEN, EWA, patch_text, read_mail

ASKED = "> +int new;\n\nWhy is this an int? A flag is enough for it.\n"


def follow(added="bool new;", reply="", by=ADA, hour=30, tag="PATCH v2"):
    """Return what became of a remark of Ewa's, and the words of the review."""
    title, change_id = "KVM: fix the timer", "change-id: 20250303-timer-0123456789ab\n"

    def send(name, prefix, sender, moment, text):
        text = text.replace("-- \n", f"{change_id}-- \n")
        return read_mail(f"{name}@x", f"[{prefix}] {title}", text, sender, hour=moment)

    mails = [
        send("v1", "PATCH", ADA, 0, patch_text(1)),
        read_mail("re@x", f"Re: [PATCH] {title}", ASKED, EWA, ["v1@x"], 2),
    ]
    if reply:
        mails.append(read_mail("own@x", f"Re: [PATCH] {title}", reply, ADA, ["v1@x", "re@x"], 3))
    if tag:
        mails.append(send("v2", tag, by, hour, patch_text(1, added=added)))
    chain = next(one for one in link_series(group_series(mails)) if one.series[0].revision == 1)
    (found,) = follow_up(chain, mails)
    words = str(lay_out_review(compute_series_remarks(chain, chain.series[0], mails)))
    return found, words


def test_the_next_version_is_the_answer_where_there_is_no_other():
    """It is named, with the reason; the remark is not called answered."""
    found, words = follow()
    assert (found.answering, found.answered) == (found.next, False)
    assert found.next is not None
    assert "changed in v2; the author answered by sending v2" in words
    assert "the author wrote no reply, and sent v2" in found.evidence


def test_it_may_heed_nothing():
    """What stayed as it was is said to be so: the version answers, and hears the remark or not."""
    found, words = follow(added="int new;")
    assert found.outcome == "unchanged"
    assert "unchanged in v2; the author answered by sending v2" in words


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"reply": "> Why is this an int? A flag is enough for it.\n\nIt counts.\n"},
            "changed in v2; the author answered",
        ),
        ({"by": BEN}, "changed in v2; no answer from the author"),
        ({"tag": ""}, "no later version; no answer from the author"),
        ({"hour": 1}, "no later version; no answer from the author"),
        ({"tag": "PATCH RESEND", "added": "int new;"}, "unchanged in v1; no answer"),
    ],
)
def test_no_version_answers_for_a_reply_or_for_somebody_else(options, words):
    """Nor does one sent before the remark, by another person, or under the same number."""
    found, told = follow(**options)
    assert found.answering is None
    assert words in told
    assert "by sending" not in told


def test_an_rfc_is_answered_by_the_first_version():
    """The version is called what its subject calls it."""
    _, words = follow(tag="RFC PATCH v2")
    assert "the author answered by sending RFC v2" in words
