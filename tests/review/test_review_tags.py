"""Which tags a series gets: once each, restated ones not again, carried ones marked."""

import pytest

from kvminbox import group_series
from kvminbox.review import parse_reply_trailers, review_all, review_series
from kvminbox.versions import link_series
from tests.review.review_mails import ADA, BEN, make_series

TAG = "Reviewed-by: Ewa Lis <ewa@kvm.example>"


def review_first(mails):
    return review_all(group_series(mails), mails)[0]


def review_chain(mails):
    """Review linked series; give them by revision."""
    series = [one for chain in link_series(group_series(mails)) for one in chain.series]
    return {one.series.revision: one for one in review_all(series, mails)}


def test_restated_tag_is_not_new(reply):
    """A tag that the patch bears already is not given again."""
    mails = [*make_series(trailers={1: f"{TAG}\n"}), reply(TAG)]
    review = review_first(mails)
    assert review.tags == ()
    assert any("is already there" in words for words in review.evidence)


def test_series_tag_skips_patches_that_bear_it(reply):
    """A tag for the series is given to those patches that do not bear it."""
    mails = [*make_series(trailers={2: f"{TAG}\n"}), reply(TAG, parents=["s-0@x"])]
    assert [tag.patches for tag in review_first(mails).tags] == [(1, 3)]


def test_each_tag_once(reply):
    """A tag that a person repeats is kept as first given."""
    mails = [*make_series(), reply(TAG, identity="1@x"), reply(TAG, identity="2@x", hour=6)]
    assert [tag.message_id for tag in review_first(mails).tags] == ["1@x"]


def test_patch_trailers_stay(reply):
    """What is given does not change what the author wrote."""
    mails = [*make_series(), reply(TAG)]
    series = group_series(mails)[0]
    review_all([series], mails)
    assert [trailer.name for trailer in series.patches[0].trailers] == ["Signed-off-by"]


def test_misspelt_tag_is_not_counted(reply):
    """A misspelt tag is told of, with what may be meant, and not counted."""
    review = review_first([*make_series(), reply("Reveiwed-by: Ewa Lis <ewa@kvm.example>")])
    assert (review.tags, review.reviewers, review.untagged) == ((), (), (1, 2, 3))
    assert any("Reviewed-by may be meant" in words for words in review.evidence)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"I can't give {TAG}", "Reviewed-by in <re@x> is not given: the words around it"),
        ("Reviewed-by: Ewa Lis", "Reviewed-by in <re@x> is not given: its person has no address"),
        (f"Signed-off-by: {BEN}\nAcked-by: {BEN}", "Acked-by in <re@x> is not given: it belongs"),
    ],
)
def test_tag_that_is_not_given_is_told(reply, text, words):
    """A tag that a reply has but does not give is told with the reason, and not counted."""
    review = review_first([*make_series(), reply(text)])
    assert (review.tags, review.reviewers) == ((), ())
    assert any(note.startswith(words) for note in review.evidence)


def test_words_before_a_tag_are_its_comment(reply):
    """`With that fixed, Reviewed-by: …` is given, and the condition is kept."""
    (tag,) = review_first([*make_series(), reply(f"With that fixed, {TAG}")]).tags
    assert (tag.name, tag.comment) == ("Reviewed-by", "With that fixed")


def test_misspelt_refusal_counts(reply):
    """`NAKed-by` makes its person a reviewer, and leaves the patch untagged."""
    review = review_first([*make_series(), reply("NAKed-by: Ewa Lis <ewa@kvm.example>")])
    assert [tag.name for tag in review.tags] == ["Nacked-by"]
    assert (len(review.reviewers), review.untagged) == (1, (1, 2, 3))


def test_combined_tag_is_two(reply):
    """`Reviewed-and-tested-by` gives two tags."""
    review = review_first(
        [*make_series(), reply("Reviewed-and-tested-by: Ewa Lis <ewa@kvm.example>")]
    )
    assert [tag.name for tag in review.tags] == ["Reviewed-by", "Tested-by"]


def test_tag_for_somebody_else_is_kept_and_marked(reply):
    """A tag in another's name is kept, but makes nobody a reviewer."""
    review = review_first([*make_series(), reply(TAG, sender=BEN)])
    assert [tag.self_attested for tag in review.tags] == [False]
    assert (review.reviewers, review.untagged, review.first_tag.open) == ((), (1, 2, 3), True)


def test_own_tag_of_the_sender_is_no_review(reply):
    """A tag that the series' sender gives does not make it reviewed."""
    review = review_first([*make_series(), reply(f"Tested-by: {ADA}", sender=ADA)])
    assert (len(review.tags), review.reviewers, review.untagged) == (1, (), (1, 2, 3))


def test_tags_are_carried_to_the_same_patch(reply):
    """A tag of v1 is carried to v2's patches with the same patch-id, and marked so."""
    mails = [*make_series(), reply(TAG, parents=["s-0@x", "s-2@x"])]
    mails += make_series("t", revision=2, hour=24)
    (tag,) = review_chain(mails)[2].tags
    assert (tag.patches, tag.carried_from, tag.message_id) == ((2,), 1, "re@x")


def test_tags_are_not_carried_to_changed_patches(reply):
    """A patch that changed does not take its tags along."""
    mails = [*make_series(), reply(TAG)]
    mails += make_series("t", revision=2, hour=24, added="int newer;")
    review = review_chain(mails)[2]
    assert (review.tags, review.untagged) == ((), (1, 2, 3))


def test_tags_are_carried_over_two_revisions(reply):
    """A tag of v1 comes to v3 through v2, and still names v1."""
    mails = [*make_series(), reply(TAG), *make_series("t", revision=2, hour=24)]
    mails += make_series("u", revision=3, hour=48)
    assert [tag.carried_from for tag in review_chain(mails)[3].tags] == [1]


def test_picked_up_tag_is_not_carried(reply):
    """Where the author picked the tag up in v2, it is not carried besides."""
    mails = [*make_series(), reply(TAG)]
    mails += make_series("t", revision=2, hour=24, trailers={1: f"{TAG}\n"})
    review = review_chain(mails)[2]
    assert (review.tags, review.untagged) == ((), (2, 3))


def test_tags_in_another_name_are_not_carried(reply):
    """A tag that its person did not send is not carried on."""
    mails = [*make_series(), reply(TAG, sender=BEN), *make_series("t", revision=2, hour=24)]
    assert review_chain(mails)[2].tags == ()


def test_a_given_tag_is_read_as_a_trailer_is(reply):
    """What asks a trailer for its address may ask a given tag; it is stored once, as the person."""
    mails = [*make_series(), reply(TAG)]
    (tag,) = review_chain(mails)[1].tags
    (trailer,) = parse_reply_trailers(mails[-1])
    assert tag.address == trailer.address == tag.person
    assert "address" not in tag.model_dump()


def test_one_series_with_its_previous(reply):
    """A single series can be reviewed with the revision before given by hand."""
    mails = [*make_series(), reply(TAG), *make_series("t", revision=2, hour=24)]
    first, second = group_series(mails)
    review = review_series(second, mails, previous=first)
    assert [(tag.patches, tag.carried_from) for tag in review.tags] == [((1,), 1)]
    assert review_series(second, mails).tags == ()


def test_order_of_series_is_kept(reply):
    """Reviews come in the order in which the series were given, also newest first."""
    mails = [*make_series(), reply(TAG), *make_series("t", revision=2, hour=24)]
    series = [one for chain in link_series(group_series(mails)) for one in chain.series]
    newest_first = review_all(reversed(series), mails)
    assert [review.series.revision for review in newest_first] == [2, 1]
    assert newest_first[0].tags[0].carried_from == 1
