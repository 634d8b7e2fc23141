"""The models of reviews are told in a few words, as in a list of them at a prompt."""

from kvminbox.models import (
    Address,
    Applied,
    GivenTag,
    Pulled,
    Refusal,
    SeriesRef,
    SeriesReview,
    Withdrawal,
)

EWA = Address(name="Ewa Lis", email="ewa@kvm.example", written="Ewa Lis <ewa@kvm.example>")
REF = SeriesRef(message_id="s-0@x", title="lamp: a timer each", revision=2, date=None, is_rfc=True)


def test_a_review_is_one_line():
    """It tells how much was said, and what became of the series by the mails."""
    assert (
        repr(SeriesReview(series=REF))
        == "<SeriesReview RFC v2 'lamp: a timer each': 0 replies, 0 tags>"
    )
    tag = GivenTag(name="Acked-by", person=EWA, patches=(1,))
    said = SeriesReview(
        series=REF, replies=1, tags=(tag, tag), superseded=True,
        refusals=(Refusal(), Refusal(taken_back="back@x")), withdrawals=(Withdrawal(),),
        applied=(Applied(), Applied()), pulled=(Pulled(),),
    )  # fmt: skip
    assert str(said) == (
        "<SeriesReview RFC v2 'lamp: a timer each': 1 reply, 2 tags, superseded, refused in 1 mail,"
        " withdrawn in 1 mail, applied in 2 mails, pulled in 1 mail>"
    )


def test_a_tag_is_one_line():
    """It tells who gave it to which patches, and from which version it was carried."""
    tag = GivenTag(name="Acked-by", person=EWA, patches=(1, 2, 4), carried_from=1)
    assert repr(tag) == "<GivenTag Acked-by 'Ewa Lis' for patches 1-2, 4, carried from v1>"
    assert repr(GivenTag(name="Acked-by", person=EWA)) == "<GivenTag Acked-by 'Ewa Lis'>"


def test_what_a_stranger_wrote_is_harmless():
    """Neither a title nor a name acts on the terminal that shows it."""
    hostile = Address(name="\x1b[2J", email="eve@x.example", written="")
    title = REF.model_copy(update={"title": "\x1b[2J\n"})
    for one in (GivenTag(name="Acked-by", person=hostile), SeriesReview(series=title)):
        assert repr(one).isprintable()
