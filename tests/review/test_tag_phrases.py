"""Tags for patches that are named beside the answered one, by exception, by place or by title."""

import pytest

from kvminbox.review.tag_phrases import find_behind, find_head
from tests.review.review_mails import ADA, make_series, patch_text, read_mail
from tests.review.test_review_tags import review_first

TAG = "Reviewed-by: Ewa Lis <ewa@kvm.example>"


def make_lamps():
    """Return a series of three patches, of which the second is about a lamp."""
    mails = make_series()
    title = "[PATCH 2/3] drm/lamp: light it"
    mails[2] = read_mail("s-2@x", title, patch_text(2), ADA, ["s-0@x"])
    return mails


def tag_patches(reply, text, answered=2):
    """Return the patches that a tag is for, in a reply to one of them, and what is told of it."""
    mails = [*make_lamps(), reply(text, parents=[f"s-{answered}@x"])]
    review = review_first(mails)
    return [tag.patches for tag in review.tags], review.evidence


NAMED = {
    "this one and patch 3": (2, 3),
    "this one and #3": (2, 3),
    "this and patch 3": (2, 3),
    "this and 3/3": (2, 3),
    "this one, and also for #3": (2, 3),
    "patch 1 and this one": (1, 2),
    "#1 and this patch": (1, 2),
    "all but 2": (1, 3),
    "all except patch 2": (1, 3),
    "all patches but #3": (1, 2),
    "everything except 2 and 3": (1,),
    "all but the last one": (1, 2),
    "all but this one": (1, 3),
    "the first two patches": (1, 2),
    "the first 2": (1, 2),
    "the last patch": (3,),
    "the first and third patch": (1, 3),
    "the lamp patch": (2,),
    "the drm/lamp patch": (2,),
}


@pytest.mark.parametrize(("words", "patches"), NAMED.items())
@pytest.mark.parametrize(
    "form", ["{tag} for {words}.", "{tag} # for {words}", "For {words}:\n{tag}"]
)
def test_a_tag_for_named_patches(reply, words, patches, form):
    """Behind the tag, in its comment and above it the words mean the same patches."""
    found, _ = tag_patches(reply, form.format(tag=TAG, words=words))
    assert found == [patches]


@pytest.mark.parametrize(
    "words",
    [
        "the first time", "the last two weeks", "the first version", "this one", "this patch",
        "this and 3 others", "all but 2 boards", "the whole patch", "the last patch version",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["{tag} for {words}.", "For {words}:\n{tag}"])
def test_other_words_name_no_patch(reply, words, form):
    """A time, a count of something else, and the patch itself leave the tag with its mail's."""
    found, evidence = tag_patches(reply, form.format(tag=TAG, words=words))
    assert found == [(2,)]
    assert not any("is not known" in line for line in evidence)


@pytest.mark.parametrize("words", ["the i915 patch", "the timer patch", "the KVM patch"])
def test_a_title_that_is_not_one_patchs_is_told(reply, words):
    """Where none has these words in its title, or several have, the answered patch gets the tag."""
    found, evidence = tag_patches(reply, f"Feel free to add {TAG} to {words} if it helps.")
    assert found == [(2,)]
    assert any(f"which patches '{words}' in" in line for line in evidence)


def test_the_last_patch_may_not_be_here(reply):
    """Of a series whose last patch is absent nobody knows which one its last words mean."""
    mails = [*make_lamps()[:3], reply(f"{TAG} for the last patch", parents=["s-1@x"])]
    review = review_first(mails)
    assert [tag.patches for tag in review.tags] == [(1,)]
    assert any("'last patch' in" in line and "not known" in line for line in review.evidence)


def test_a_remark_beside_the_words_names_nothing(reply):
    """What is said of patches in a sentence that goes on is no heading of a tag."""
    assert find_head("For the last patch I have a comment, but") == ""
    assert find_behind(" for the last patch I have a comment") == ""
    text = f"With this one and patch 3 fixed,\n{TAG}"
    assert tag_patches(reply, text)[0] == [(2,)]
