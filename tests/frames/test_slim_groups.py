"""Mails without their texts form the same groups as whole ones."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kvminbox.analysis.snapshot import Snapshot
from kvminbox.frames.groups import Groups
from kvminbox.frames.slimfile import make_slim_rows, read_slim
from kvminbox.versions.places import places_of
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


def test_several_fixes_of_one_file_stay_apart(make_corpus, make_mail, tmp_path):
    """What lines lone patches change is kept, in memory and in a file, though diffs are not."""
    blobs = DIFF.replace("--- a/a.c", "index aaaaaaa..bbbbbbb 100644\n--- a/a.c")
    mails = []
    for at, name in ((1, "set"), (90, "get")):
        diff = blobs.replace("-1,2 +1,3", f"-{at},2 +{at},3").replace("two", name)
        subject = f"[PATCH] lamp: check lamp_{name}_alarm()"
        mails.append(
            make_mail(f"Why.\n---\n{diff}", subject=subject, message_id=f"<{name}@wood.example>")
        )
    corpus = make_corpus(*mails)
    assert [one.relation for one in Groups(corpus.messages()).rows] == [None, None]
    check_slim(corpus.messages())
    slim = Groups(corpus.messages()).mails
    pq.write_table(pa.Table.from_batches([make_slim_rows(slim)]), tmp_path / "slim.parquet")
    known = [*map(places_of, corpus.messages())]
    assert all(known)
    for kept in (slim, read_slim(tmp_path / "slim.parquet", range(2))):
        assert [*map(places_of, kept)] == known


def test_slim_mails_are_light(sample):
    """Neither a diff nor a quote is left in them."""
    mails = Groups(sample.messages()).mails
    assert not any(getattr(mail, "diff", "") for mail in mails)
    whole = sum(len(mail.body) for mail in sample.messages())
    kept = sum(len(text or "") for mail in mails for text in mail.gist)
    assert not any(mail.body for mail in mails)
    assert 0 < kept < whole / 4


@pytest.mark.parametrize("header", ["to", "cc"])
def test_prompts_that_name_people_stay_without_effect(make_corpus, make_mail, header):
    """A recipient's address in In-Reply-To is still not taken as an id."""
    person = {header: "Jo <jo@reed.example>", "in_reply_to": "<jo@reed.example>"}
    mails = [make_mail(message_id=f"<{number}@x.example>", **person) for number in range(2)]
    corpus = make_corpus(*mails)
    assert len(list(Groups(corpus.messages()).threads())) == 2
    check_slim(corpus.messages())


WORDS = {
    "a sentence in the notes": ("Why.\n---\nThis supersedes <1@wood.example>\n\n", {}),
    "changes from somebody else's": (
        "Why.\n---\nChanges from Jo's v1\n\n",
        {"From": "Jo Reed <jo@reed.example>", "subject": "[PATCH] one"},
    ),
    "a backport for a release": (
        "[ Upstream commit 0123456789ab ]\n---\n",
        {"subject": "[PATCH v2 6.12] one"},
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_that_tell_versions_apart_are_kept(make_corpus, make_mail, name):
    """Sentences, lists of changes and upstream commits count in slim mails as in whole ones."""
    text, more = WORDS[name]
    old = make_mail("Why.\n---\n" + DIFF, subject="[PATCH] one")
    usual = {"subject": "[PATCH] quite another title", "message_id": "<2@wood.example>"}
    late = {"date": "Wed, 6 Sep 2023 10:00:00 +0200"}
    new = make_mail(text + DIFF.replace("two", "2"), **{**usual, **late, **more})
    corpus = make_corpus(old, new)
    linked = Groups(corpus.messages()).rows[1].previous is not None
    assert linked == ("backport" not in name)
    check_slim(corpus.messages())


def test_an_answer_that_supersedes_is_kept(make_corpus, make_mail):
    """`Supersedes:` in the sender's later answer links two series, in tables as in windows."""
    old = make_mail("Why.\n---\n" + DIFF, subject="[PATCH v2] one")
    new = make_mail(
        "Why.\n---\n" + DIFF.replace("a.c", "b.c"), subject="[PATCH] quite another title",
        message_id="<2@wood.example>", date="Wed, 6 Sep 2023 10:00:00 +0200",
    )  # fmt: skip
    answer = make_mail(
        "Supersedes: <1@wood.example>\n", subject="Re: [PATCH] quite another title",
        message_id="<3@wood.example>", in_reply_to="<2@wood.example>",
        date="Wed, 6 Sep 2023 11:00:00 +0200",
    )  # fmt: skip
    corpus = make_corpus(old, new, answer)
    rows = Groups(corpus.messages()).rows
    assert rows[1].previous == rows[0].key
    check_slim(corpus.messages())
    (chain,) = Snapshot(corpus).chains()
    assert chain.links[0].reasons == ("it says that it supersedes the older one",)


def test_a_reply_to_a_patch_with_the_covers_subject_counts_all(make_corpus, make_mail):
    """`Re: [PATCH 0/2] …` below patch 1 applies both, without texts, too."""
    mails = [
        make_mail("All.\n", subject="[PATCH 0/2] pips", message_id="<0@wood.example>"),
        *(
            make_mail(
                "Why.\n---\n" + DIFF, subject=f"[PATCH {number}/2] pip {number}",
                message_id=f"<{number}@wood.example>", in_reply_to="<0@wood.example>",
            )
            for number in (1, 2)
        ),
        make_mail(
            "> Why.\n\nPulled, thanks.\n", subject="Re: [PATCH 0/2] pips",
            message_id="<re@reed.example>", in_reply_to="<1@wood.example>",
            From="Jo Reed <jo@reed.example>",
        ),
    ]  # fmt: skip
    corpus = make_corpus(*mails)
    review = Groups(corpus.messages()).rows[0].review
    assert [one.patches for one in review.applied] == [(1, 2)]
    check_slim(corpus.messages())
