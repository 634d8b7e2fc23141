"""Tags that a stranger would like to have: given to a patch whose Message-ID he claims."""

from datetime import timedelta

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from tests.review.review_mails import make_series, patch_text, read_mail

EVE = "Eve Stone <eve@user.example>"
TAG = "Reviewed-by: Ewa Lis <ewa@kvm.example>"


def claim(subject, text, parents=()):
    """Return Eve's mail under the id of Ada's first patch: dated before it, arrived after it."""
    mail = read_mail("s-1@x", subject, text, EVE, parents, hour=-5)
    entry = mail.entry.model_copy(
        update={"arrived": mail.entry.arrived + timedelta(days=2), "commit": "f" * 40}
    )
    return mail.model_copy(update={"entry": entry})


CLAIMS = {
    "a patch": claim("[PATCH] KVM: mine", patch_text(9)),
    "the same patch": claim("[PATCH 1/3] KVM: timer 1", patch_text(1)),
    "a reply to her own patch": claim("Re: [PATCH] KVM: mine", "Hm.\n", ["eve@x"]),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claimed_id_takes_no_tags(reply, name):
    """A tag for a patch stays with the patch that came first, not with a later claim of its id."""
    own = read_mail("eve@x", "[PATCH] KVM: mine", patch_text(8), EVE, hour=-6)
    mails = [*make_series(), own, CLAIMS[name], reply(TAG)]
    tags = {
        review.series.title: [tag.patches for tag in review.tags]
        for review in review_all(group_series(mails), mails)
        if review.series.title != "KVM: timer 1"
    }
    assert tags.pop("KVM: timers") == [(1,)]
    assert not any(tags.values())


def test_a_claim_that_came_first_takes_no_tags_either(reply):
    """A reply under an id that was guessed before its patch came does not hide the patch."""
    early = CLAIMS["a reply to her own patch"]
    entry = early.entry.model_copy(update={"arrived": early.date - timedelta(days=9)})
    own = read_mail("eve@x", "[PATCH] KVM: mine", patch_text(8), EVE, hour=-6)
    mails = [*make_series(), own, early.model_copy(update={"entry": entry}), reply(TAG)]
    found = {review.series.title: review for review in review_all(group_series(mails), mails)}
    assert [tag.patches for tag in found["KVM: timers"].tags] == [(1,)]
    assert found["KVM: mine"].tags == ()
