"""Mails without their texts form the same groups as whole ones."""

import pytest

from kvminbox.frames.groups import Groups
from tests.frames.grouped import check_slim

LINKED = "Why.\n\nSupersedes: <1@wood.example>\n---\n v1: https://lore.example/r/1@wood.example/\n"
DIFF = "diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,3 @@\n one\n+two\n three\n"


def test_the_sample_groups_the_same(sample):
    """Series, chains, reviews and threads of the sample are the same without texts."""
    check_slim(sample.messages())


def test_texts_that_link_revisions_are_kept(make_corpus, make_mail):
    """A patch that names the one it supersedes, in its text or notes, still follows it."""
    old = make_mail("Why.\n---\n" + DIFF, subject="[PATCH] one")
    for text in (LINKED.replace(" v1:", " vX:"), LINKED.replace("Supersedes", "Superb")):
        new = make_mail(
            text + DIFF.replace("two", "2"), subject="[PATCH v2] quite another title",
            message_id="<2@wood.example>", date="Wed, 6 Sep 2023 10:00:00 +0200",
        )  # fmt: skip
        corpus = make_corpus(old, new)
        assert Groups(corpus.messages()).rows[1].relation == "revision"
        check_slim(corpus.messages())


def test_equal_patches_carry_their_tags(make_corpus, make_mail):
    """A tag of v1 is carried to the unchanged patch of v2, though the diffs were left out."""
    first = make_mail("Why.\n---\n" + DIFF, subject="[PATCH] one")
    tag = make_mail(
        "Quoted:\n> much\n\nAcked-by: Jo Reed <jo@reed.example>\n", subject="Re: [PATCH] one",
        message_id="<re@reed.example>", in_reply_to="<1@wood.example>",
        From="Jo Reed <jo@reed.example>",
    )  # fmt: skip
    second = make_mail(
        "Why.\n---\n" + DIFF, subject="[PATCH v2] one", message_id="<2@wood.example>",
        date="Wed, 6 Sep 2023 10:00:00 +0200",
    )  # fmt: skip
    corpus = make_corpus(first, tag, second)
    carried = Groups(corpus.messages()).rows[1].review.tags
    assert [(one.name, one.carried_from) for one in carried] == [("Acked-by", 1)]
    check_slim(corpus.messages())


def test_slim_mails_are_light(sample):
    """Neither a diff nor a quote is left in them."""
    mails = Groups(sample.messages()).mails
    assert not any(getattr(mail, "diff", "") for mail in mails)
    whole = sum(len(mail.body) for mail in sample.messages())
    assert 0 < sum(len(mail.body) for mail in mails) < whole / 4


@pytest.mark.parametrize("header", ["to", "cc"])
def test_prompts_that_name_people_stay_without_effect(make_corpus, make_mail, header):
    """A recipient's address in In-Reply-To is still not taken as an id."""
    person = {header: "Jo <jo@reed.example>", "in_reply_to": "<jo@reed.example>"}
    mails = [make_mail(message_id=f"<{number}@x.example>", **person) for number in range(2)]
    corpus = make_corpus(*mails)
    assert len(list(Groups(corpus.messages()).threads())) == 2
    check_slim(corpus.messages())
