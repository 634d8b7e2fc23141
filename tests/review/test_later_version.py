"""Answers to one version of a series that tell of the next one."""

import pytest

from kvminbox import group_series
from kvminbox.gist import make_gist
from kvminbox.review import review_all, review_series
from kvminbox.versions import link_series
from tests.review.review_mails import ADA, BEN, EWA, make_series, read_mail

BOTH = (*make_series(), *make_series("t", revision=2, hour=10))


def said(*answers, mails=BOTH):
    """Return by version who said that it was applied, where these answers came to the first."""
    mails = [*mails, *answers]
    chains = link_series(group_series(mails))
    series = [one for chain in chains for one in chain.series]
    return {
        review.series.revision: [(one.by.email, one.patches) for one in review.applied]
        for review in review_all(series, mails)
    }


def answer(text, hour, name="re", sender=EWA, parent="s-2@x"):
    """Return an answer to a patch of the first version."""
    return read_mail(
        f"{name}@x", "Re: [PATCH 2/3] KVM: timer 2", f"{text}\n", sender, [parent], hour
    )


ALL = [("ewa@kvm.example", (1, 2, 3))]
SEEN = "I see your v2, and I can apply it."


def test_who_spoke_of_the_next_version_means_that():
    """Below v1, `I see your v2`, and then `I applied all 3 patches` is about v2."""
    spoken, applied = answer(SEEN, 12), answer("I applied all 3 patches to kvm/next.", 13, "y")
    assert said(spoken, applied) == {1: [], 2: ALL}


def test_words_name_the_next_version():
    """`Applied v2`, below v1, is about v2, whatever was said before."""
    assert said(answer("Cool, I grabbed v2.", 12)) == {1: [], 2: ALL}


@pytest.mark.parametrize(
    "answers",
    [
        [answer("I applied this series to kvm/next.", 13)],
        [answer(SEEN, 12, "x", BEN), answer("I applied this series to kvm/next.", 13)],
        [answer("I'll wait for your v2.", 5, "x"), answer("I applied this series.", 13)],
        [answer(SEEN, 12, "x"), answer("I applied v1, as it is a series.", 13)],
        [answer(SEEN.replace("v2", "v3"), 12, "x"), answer("I applied this series.", 13)],
        [answer(SEEN.replace("v2", "v2.6"), 12, "x"), answer("I applied this series.", 13)],
        [answer("I applied this series.", 9), answer(SEEN, 12, "x")],
    ],
)
def test_other_words_are_about_the_version_that_they_answer(answers):
    """What another said, or was said before v2 came, or of v3, tells of no v2."""
    found = said(*answers)
    assert (found[1][0][0], found[2]) == ("ewa@kvm.example", [])


def test_v2_is_none_where_it_is_not_here():
    """What names a version that never came tells of none."""
    mails = make_series()
    assert said(answer("Cool, I grabbed v2.", 12), mails=mails) == {1: []}


def test_an_answer_without_words_tells_of_nothing():
    """A quote alone, below words of v2, is read without a claim."""
    assert said(answer(SEEN, 12, "x"), answer("> A series.\n", 13)) == {1: [], 2: []}


def test_an_author_is_not_asked():
    """An author's own words of his next version are no maintainer's."""
    assert said(answer("I've queued v2.", 12, sender=ADA)) == {1: [], 2: []}


def test_the_review_of_one_series_leaves_it_out():
    """The review of v1 alone does not have it, either."""
    mails = [*BOTH, answer(SEEN, 12), answer("I applied all 3 patches to kvm/next.", 13, "y")]
    (chain,) = link_series(group_series(mails))
    assert not review_series(chain.series[0], mails).applied


def test_the_words_are_kept_for_grouping():
    """An index keeps what speaks of a version, by which others are understood."""
    assert "your v2" in make_gist(answer(SEEN, 12)).own
    assert make_gist(answer("I see it.", 12)).own == ""
