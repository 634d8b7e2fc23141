"""What waits for review, and what is left out."""

from datetime import UTC, datetime, timedelta

import pytest

from kvminbox import read_message
from kvminbox.analysis import compute_waiting
from kvminbox.gist import make_gist
from kvminbox.reports import waiting
from tests.mails import read_made

START = datetime(2025, 3, 3, 9, tzinfo=UTC)
ADA = "Ada Pfeiffer <ada@silicon.example>"
EWA = "Ewa Lis <ewa@kvm.example>"
PATCH = """Say it.

{trailers}Signed-off-by: Ada Pfeiffer <ada@silicon.example>
---
diff --git a/virt/{name}.c b/virt/{name}.c
--- a/virt/{name}.c
+++ b/virt/{name}.c
@@ -1,2 +1,3 @@
 int timer;
-int old;
+int new;
+int {name};
"""


class Mails:
    """A corpus of a few mails."""

    base, tip = "start", "end"

    def __init__(self, messages):
        self._messages = messages

    def messages(self, *, progress=None):
        """Return the messages."""
        if progress:
            progress(len(self._messages), len(self._messages))
        return iter(self._messages)


def mail(identity, subject, text, hour=0, sender=ADA, parent=""):
    moment = START + timedelta(hours=hour)
    return read_made(
        subject,
        text,
        sender=sender,
        ids=[identity],
        sent=moment,
        in_reply_to=parent,
        arrived=moment,
        name=identity,
    )


def patch(name, hour=0, trailers="", subject="[PATCH] KVM: {name}"):
    text = PATCH.format(name=name, trailers=trailers)
    return mail(f"{name}@x", subject.format(name=name), text, hour)


def waiting_ids(mails):
    return [series.message_id for series in compute_waiting(Mails(mails)).series]


def test_oldest_first_with_size_and_age():
    """What nobody answered is listed, oldest first, with its size and its age at the end."""
    mails = [patch("late", hour=30), patch("early"), mail("z@x", "Hello", "Hi.", 48, EWA)]
    early, late = compute_waiting(Mails(mails)).series
    assert (early.message_id, late.message_id) == ("early@x", "late@x")
    assert (early.age, late.age) == (48 * 3600, 18 * 3600)
    assert (early.patches, early.missing, early.insertions, early.deletions) == (1, 0, 2, 1)
    assert early.untagged == 1


OUTCOMES = {
    "answered": mail("re@x", "Re: [PATCH] KVM: one", "Hm.", 2, EWA, "one@x"),
    "tagged": mail("re@x", "Re: [PATCH] KVM: one", f"Acked-by: {EWA}", 2, EWA, "one@x"),
    "fixed": mail("re@x", "[PATCH] KVM: fix", PATCH.format(name="n", trailers=""), 2, EWA, "one@x"),
    "applied": mail("re@x", "Re: [PATCH] KVM: one", "Applied, thanks!", 2, ADA, "one@x"),
    "superseded": patch("two", 24, subject="[PATCH v2] KVM: one"),
}


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        ("answered", "answered"),
        ("tagged", "answered"),
        ("fixed", "answered"),
        ("applied", "applied"),
        ("superseded", "superseded"),
    ],
)
def test_left_out_and_counted(outcome, field):
    """A series that was answered, tagged, applied or replaced is left out, and counted once."""
    result = compute_waiting(Mails([patch("one"), OUTCOMES[outcome]]))
    assert "one@x" not in [series.message_id for series in result.series]
    counts = {name: getattr(result, name) for name in ("superseded", "applied", "answered")}
    assert counts == {name: int(name == field) for name in counts}


@pytest.mark.parametrize(
    "sender", [ADA, "Ada Pfeiffer <ada@home.example>", "robot <lkp@bot.example>"]
)
def test_own_and_robots_replies_do_not_count(sender):
    """A series that only its sender or a program answered still waits."""
    reply = mail("re@x", "Re: [PATCH] KVM: one", "Ping.", 2, sender, "one@x")
    assert waiting_ids([patch("one"), reply]) == ["one@x"]


def test_series_that_came_with_tags():
    """A series whose patches all came with somebody's tag does not wait for review."""
    result = compute_waiting(Mails([patch("one", trailers=f"Reviewed-by: {EWA}\n")]))
    assert (result.series, result.reviewed) == ((), 1)


def test_counts_add_up():
    """Each series is either listed or counted once among those left out."""
    mails = [patch("one"), patch("other"), *OUTCOMES.values()]
    result = compute_waiting(Mails(mails))
    left_out = sum(figure.count for figure in result.figures if figure.label != "waiting")
    assert result.total == 4
    assert len(result.series) + left_out == result.total


def test_empty_corpus():
    """Nothing waits in an empty corpus."""
    result = compute_waiting(Mails([]))
    assert (result.series, result.total, result.end) == ((), 0, None)


def test_progress_is_told():
    """The caller's progress is called while reading."""
    calls = []
    compute_waiting(Mails([patch("one")]), progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 1)]


def test_the_patches_of_a_pull_request_wait_for_no_review():
    """A series whose cover letter is a pull request is left out and counted apart."""
    pull = read_message(
        b"From: Lena <lena@lamp.example>\nSubject: [GIT PULL 0/1] KVM fixes\nMessage-ID: <p@l>\n"
        b"Date: Mon, 2 Jun 2025 10:00:00 +0000\n\n"
        b"The following changes since commit 0123456789ab:\n\nare available in the Git repository"
        b" at:\n\n  https://git.lamp.example/linux tags/kvm\n"
    )
    one = read_message(
        b"From: Lena <lena@lamp.example>\nSubject: [PULL 1/1] KVM: fix\nMessage-ID: <q@l>\n"
        b"In-Reply-To: <p@l>\nDate: Mon, 2 Jun 2025 10:00:01 +0000\n\n"
        b"Words.\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
    )
    result = compute_waiting(Mails([pull, one]))
    assert (result.series, result.total, result.pulls) == ((), 1, 1)


def pair_of_patches(name="pair"):
    return [
        patch(name, subject=f"[PATCH 1/2] KVM: {name}"),
        patch(f"{name}2", subject=f"[PATCH 2/2] KVM: {name} again").model_copy(
            update={"in_reply_to": (f"{name}@x",), "references": (f"{name}@x",)}
        ),
    ]


def test_a_part_that_others_took_is_counted_apart():
    """A series of which somebody else took a part was looked at, but is not told as applied."""
    taken = mail("re@x", "Re: [PATCH 2/2] KVM: pair again", "Applied, thanks!", 2, EWA, "pair2@x")
    result = compute_waiting(Mails([*pair_of_patches(), taken]))
    assert (result.series, result.applied, result.applied_in_part) == ((), 0, 1)
    both = mail("re@x", "Re: [PATCH 1/2] KVM: pair", "Applied 1-2, thanks!", 2, EWA, "pair@x")
    result = compute_waiting(Mails([*pair_of_patches(), both]))
    assert (result.series, result.applied, result.applied_in_part) == ((), 1, 0)


def test_a_part_does_not_end_the_wait_for_somebody():
    """What another took in part still waits for the reader, and its row says which part."""
    taken = mail("re@x", "Re: [PATCH 2/2] KVM: pair again", "Applied, thanks!", 2, EWA, "pair2@x")
    mails = Mails([*pair_of_patches(), taken])
    (row,) = compute_waiting(mails, readers=["olga@kvm.example"]).series
    assert row.so_far == ("patch 2 of 2 was applied",)
    result = compute_waiting(mails, readers=["ewa@kvm.example"])
    assert (result.series, result.applied_in_part) == ((), 1)
    assert "patch 2 of 2 was applied" in waiting(mails, readers=["olga@kvm.example"]).to_text()


def test_a_row_names_who_else_approved():
    """A series that waits for a reader tells the tags that others gave, and not one's own."""
    ack = mail("re@x", "Re: [PATCH] KVM: one", f"Acked-by: {EWA}", 2, EWA, "one@x")
    own = mail("own@x", "Re: [PATCH] KVM: one", f"Tested-by: {ADA}", 3, ADA, "one@x")
    mails = Mails([patch("one"), ack, own, patch("two", 4)])
    told, silent = compute_waiting(mails, readers=["olga@kvm.example"]).series
    assert (told.so_far, silent.so_far) == (("Acked-by from Ewa Lis",), ())
    report = waiting(mails, readers=["olga@kvm.example"])
    for text in (report.to_text(), report.to_markdown(), report.to_html()):
        assert "Acked-by from Ewa Lis" in text
    assert "so far" not in waiting(Mails([patch("two")]), readers=["olga@kvm.example"]).to_html()


def test_a_bare_nak_is_told_to_other_readers():
    """What one person refuses with `NAK.` waits for the others, and its row says so."""
    mails = Mails([patch("one"), mail("no@x", "Re: [PATCH] KVM: one", "NAK.\n", 1, EWA, "one@x")])
    (row,) = compute_waiting(mails, readers=["olga@kvm.example"]).series
    assert row.so_far == ("NAK by Ewa Lis",)
    assert "NAK by Ewa Lis" in waiting(mails, readers=["olga@kvm.example"]).to_text()


def test_what_its_author_withdrew_waits_for_nobody():
    """It is left out, for everybody and for a reader, and counted; a part of it still waits."""
    parts = [
        patch("a", subject="[PATCH 1/2] KVM: {name}"),
        patch("b", subject="[PATCH 2/2] {name}"),
    ]
    said = "Please ignore this patch.\n"
    one = mail("i@x", "Re: [PATCH 1/2] KVM: a", said, 1, parent="a@x")
    two = mail("j@x", "Re: [PATCH 2/2] b", said, 1, parent="b@x")
    for readers in ([], ["olga@kvm.example"]):
        found = compute_waiting(Mails([*parts, one, two]), readers=readers)
        assert (found.withdrawn, found.series) == (1, ())
        assert len(compute_waiting(Mails([*parts, one]), readers=readers).series) == 1
    assert "Left out: 1 withdrawn." in " ".join(
        waiting(Mails([*parts, one, two])).to_text().split()
    )


OLGA = "Olga Wirth <olga@kvm.example>"
ME = ["olga@kvm.example"]


def test_ones_own_tags_of_an_earlier_version():
    """What came with the reader's tag on each patch is listed last and marked, and counted."""
    mine = patch("mine", trailers=f"Reviewed-and-tested-by: {OLGA}\nAcked-by: {EWA}\n")
    mails = Mails([mine, patch("other", 3)])
    other, tagged = compute_waiting(mails, readers=ME).series
    assert (other.message_id, other.tagged, other.so_far) == ("other@x", False, ())
    assert tagged.tagged
    assert tagged.so_far == (
        "already carries Reviewed-by from Olga Wirth", "already carries Tested-by from Olga Wirth",
    )  # fmt: skip
    report = waiting(mails, readers=ME)
    words = " ".join(report.to_text().split())
    assert "The last one came with a tag of theirs on each patch, from an earlier version." in words
    assert words.index("KVM: other") < words.index("Each patch already has a tag from olga")
    assert words.index("Each patch already has a tag from olga") < words.index("KVM: mine")
    for text in (report.to_markdown(), report.to_html(), report.to_json()):
        assert "already carries Reviewed-by from Olga Wirth" in text
    assert compute_waiting(mails, readers=ME).tagged == 1


def test_ones_own_tag_on_a_part():
    """A series of which only some patches came with the reader's tag stays in its place."""
    first, second = pair_of_patches()
    mine = patch("pair2", trailers=f"Acked-by: {OLGA}\n", subject=second.subject.raw)
    mine = mine.model_copy(update={"in_reply_to": ("pair@x",), "references": ("pair@x",)})
    row, _ = compute_waiting(Mails([first, mine, patch("late", 5)]), readers=ME).series
    assert (row.tagged, row.so_far) == (
        False, ("patch 2 of 2 already carries Acked-by from Olga Wirth",),
    )  # fmt: skip


def test_a_tag_on_the_cover_letter_is_on_each_patch():
    """A tag in the cover letter as it was sent is one for all patches."""
    first, second = (
        one.model_copy(update={"in_reply_to": ("cover@x",), "references": ("cover@x",)})
        for one in pair_of_patches()
    )
    cover = mail("cover@x", "[PATCH 0/2] KVM: both", f"Both.\n\nAcked-by: {OLGA}\n")
    (row,) = compute_waiting(Mails([cover, first, second]), readers=ME).series
    assert (row.tagged, row.so_far) == (True, ("already carries Acked-by from Olga Wirth",))


def test_a_tag_that_was_not_taken_over():
    """A tag that the reader gave to the revision before, of the same patch, is told with it."""
    given = mail("re@x", "Re: [PATCH] KVM: one", f"Reviewed-by: {OLGA}", 2, OLGA, "one@x")
    again = PATCH.format(name="one", trailers="")
    mails = [patch("one"), given, mail("again@x", "[PATCH v2] KVM: one", again, 24)]
    (row,) = compute_waiting(Mails(mails), readers=ME).series
    assert (row.tagged, row.so_far) == (True, ("has Reviewed-by from Olga Wirth as of v1",))


def test_tags_of_others_are_not_ones_own():
    """A Signed-off-by of the reader, and a tag of somebody of that name, mark nothing."""
    odd = f"Signed-off-by: {OLGA}\nAcked-by: Olga Wirth <olga@other.example>\n"
    (row,) = compute_waiting(Mails([patch("one", trailers=odd)]), readers=ME).series
    assert (row.tagged, row.so_far) == (False, ())
    mails = Mails([patch("one", trailers=f"Acked-by: {OLGA}\n"), patch("two")])
    assert not any(row.tagged for row in compute_waiting(mails).series)


def pull_request(*titles, hour=2, author="Ada Pfeiffer", sender=EWA):
    text = (
        "The following changes since commit 0123456789ab:\n\n  KVM: zero\n\n"
        "are available in the Git repository at:\n\n  https://kvm.example/kvm.git tags/kvm-1\n\n"
        f"{author} ({len(titles)}):\n" + "".join(f"      {title}\n" for title in titles)
    )
    return mail("pull@x", "[GIT PULL] KVM for today", text, hour, sender)


def test_what_is_in_a_pull_request_does_not_wait():
    """What a later pull request has is left out for all readers, and counted apart, in words."""
    mails = Mails([patch("one"), patch("two"), pull_request("KVM: one")])
    result = compute_waiting(mails)
    assert ([row.message_id for row in result.series], result.pulled) == (["two@x"], 1)
    named = compute_waiting(mails, readers=["olga@kvm.example"])
    assert ([row.message_id for row in named.series], named.pulled) == (["two@x"], 1)
    assert "Left out: 1 in a pull request." in waiting(mails).to_text()
    assert "1 in a pull request" in waiting(mails).to_markdown()


@pytest.mark.parametrize(
    "given",
    [
        {"hour": -2},
        {"author": "Lena Lamp"},
    ],
    ids=["an earlier one", "another author"],
)
def test_what_is_in_no_pull_request_waits(given):
    """What was sent after the pull request, or by another author, still waits."""
    result = compute_waiting(Mails([patch("one"), pull_request("KVM: one", **given)]))
    assert ([row.message_id for row in result.series], result.pulled) == (["one@x"], 0)


def test_applied_is_told_before_a_pull_request():
    """A series that a mail says was applied is counted as applied, once, also if it is pulled."""
    mails = [patch("one"), OUTCOMES["applied"], pull_request("KVM: one", hour=9)]
    result = compute_waiting(Mails(mails))
    assert (result.applied, result.pulled, result.total) == (1, 0, 1)


def test_a_part_in_a_pull_request():
    """A series of which a part is in a pull request, and which nobody answered, still waits."""
    mails = Mails([*pair_of_patches(), pull_request("KVM: pair again")])
    (row,) = compute_waiting(mails).series
    assert row.so_far == ("patch 2 of 2 is in a pull request",)
    answer = mail("re@x", "Re: [PATCH 1/2] KVM: pair", "Why?", 1, EWA, "pair@x")
    mails = Mails([*pair_of_patches(), answer, pull_request("KVM: pair again")])
    assert compute_waiting(mails).applied_in_part == 1


def test_a_pull_request_that_is_marked_as_a_series():
    """A `[PATCH 0/1]` that asks to pull is no series to review, and has what was sent before."""
    head = pull_request("KVM: one").body
    text = f"Please pull.\n\n{head}\nfor you to fetch changes up to 89abcdef0123:\n"
    cover = mail("pull@x", "[PATCH 0/1] KVM for today", text, 2, EWA)
    same = PATCH.format(name="one", trailers="")
    again = mail("again@x", "[PATCH 1/1] KVM: one", same, 2, EWA, "pull@x")
    result = compute_waiting(Mails([patch("one"), cover, again]))
    assert (result.series, result.pulls, result.pulled) == ((), 1, 1)


UPSTREAM = "[ Upstream commit 0123456789abcdef0123456789abcdef01234567 ]\n\n"
REVIEW = "6.6-stable review patch.  If anyone has any objections, please let me know.\n\n"
BACKPORTS = {
    "AUTOSEL": ("[PATCH AUTOSEL 5.1 55/95] KVM: one", ""),
    "AUTOSEL with its release in one word": ("[PATCH AUTOSEL for-4.9 1/3] KVM: one", ""),
    "a release candidate's patch": ("[PATCH 5.10 087/122] KVM: one", UPSTREAM),
    "a release candidate's own patch": ("[PATCH 6.6 65/70] KVM: one", REVIEW),
    "by hand": ("[PATCH stable 4.19 v2] KVM: one", ""),
    "for a branch": ("[PATCH 6.1.y] KVM: one", ""),
    "for stable, from a commit": ("[PATCH stable] KVM: one", UPSTREAM),
}
NO_BACKPORTS = {
    "the next release": ("[PATCH for-5.11] KVM: one", ""),
    "a revision": ("[PATCH v5.1] KVM: one", ""),
    "a commit alone": ("[PATCH] KVM: one", UPSTREAM),
    "a stable review patch within the text": ("[PATCH for-5.11] KVM: one", f"See the\n{REVIEW}"),
    "unstable, from a commit": ("[PATCH mm-unstable] KVM: one", UPSTREAM),
    "stable alone": ("[PATCH stable] KVM: one", ""),
    "stable in the title": ("[PATCH] KVM: stable 4.19 ids", ""),
}


@pytest.mark.parametrize(("subject", "text"), BACKPORTS.values(), ids=BACKPORTS)
def test_stable_backports_do_not_wait(subject, text):
    """What is surely a backport for a stable tree is counted apart, and does not wait."""
    one = mail("one@x", subject, text + PATCH.format(name="one", trailers=""))
    result = compute_waiting(Mails([one]))
    assert (result.series, result.backports, result.total) == ((), 1, 1)
    named = compute_waiting(Mails([one]), readers=["ewa@kvm.example"])
    assert (named.series, named.backports) == ((), 1)


@pytest.mark.parametrize(("subject", "text"), NO_BACKPORTS.values(), ids=NO_BACKPORTS)
def test_what_may_be_no_backport_waits(subject, text):
    """A release, a commit or the word stable alone makes no backport."""
    one = mail("one@x", subject, text + PATCH.format(name="one", trailers=""))
    assert waiting_ids([one]) == ["one@x"]


def test_an_answered_backport_is_answered():
    """A backport that somebody answered is counted among the answered."""
    one = mail("one@x", "[PATCH 6.1.y] KVM: one", PATCH.format(name="one", trailers=""))
    result = compute_waiting(Mails([one, OUTCOMES["answered"]]))
    assert (result.answered, result.backports) == (1, 0)


def test_backports_are_counted_in_the_report():
    """The report says how many stable backports it leaves out."""
    one = mail("one@x", "[PATCH 6.1.y] KVM: one", PATCH.format(name="one", trailers=""))
    text = waiting(Mails([one])).to_text()
    assert "Left out: 1 stable backport." in text


@pytest.mark.parametrize(
    ("tip", "told"),
    [
        ("2025-03-20", "2025-03-03, 17 days before its end"),
        ("2025-03-07", "2025-03-03, 4 days before its end"),
        ("2025-03-06", ""),
        ("2025-03-04", ""),
        ("HEAD", ""),
        ("2025-03-20T08:00:00+00:00x", ""),
    ],
)
def test_days_without_mails_at_the_end(tip, told):
    """Where no mail arrived in the last days of a period, the report says so, each way."""
    mails = Mails([patch("one")])
    mails.base, mails.tip = "2025-03-01", tip
    found = waiting(mails)
    for text in (found.to_text(), found.render("markdown")):
        words = " ".join(text.replace("\\", "").split())
        assert (f"arrived on {told}." in words) if told else ("The last mail" not in words)


SHORTLOG = """Three lamps.

Ada Pfeiffer (3):
  KVM: one
  KVM: two
  KVM: three

 virt/kvm/one.c | 3 +-
"""


def titleless(identity, tag, hour, text=SHORTLOG):
    """Return a cover letter whose subject has no title."""
    return mail(identity, f"[{tag} 0/3]", text, hour)


def three(cover, tag, hour):
    """Return the three patches below a cover letter."""
    return [
        mail(f"{cover}-{place}", f"[{tag} {place}/3] KVM: {name}",
             PATCH.format(name=name, trailers=""), hour, parent=cover)
        for place, name in enumerate(("one", "two", "three"), 1)
    ]  # fmt: skip


def test_a_cover_letter_without_a_title_has_that_of_its_first_patch():
    """Where a window begins between it and its patches, its shortlog tells that."""
    whole = [titleless("v4-0", "PATCH v4", 0), *three("v4-0", "PATCH v4", 0)]
    for mails in (whole, whole[:1]):
        (row,) = compute_waiting(Mails(mails)).series
        assert row.title == "KVM: one"
    (row,) = compute_waiting(Mails([titleless("v4-0", "PATCH v4", 0, "Lamps.\n")])).series
    assert row.title == ""
    shown = str(waiting(Mails([titleless("v4-0", "PATCH v4", 0, "Lamps.\n")])))
    assert "v4 (no subject)" in shown


def test_what_an_index_keeps_of_a_cover_letter_without_a_title_has_its_shortlog():
    """So its title is the same, and of others that name no revision nothing is kept."""
    first = titleless("v4-0", "PATCH v4", 0)
    assert "KVM: one" in make_gist(first).body
    assert make_gist(mail("v4-0", "[PATCH v4 0/3] KVM: lamps", SHORTLOG)).body == ""


def test_a_cover_letter_without_a_title_and_patches_does_not_wait_behind_the_next():
    """The later version has the first title of its shortlog; another series of three has not."""
    first = titleless("v4-0", "PATCH v4", 0)
    later = [titleless("v5-0", "PATCH v5", 48), *three("v5-0", "PATCH v5", 48)]
    found = compute_waiting(Mails([first, *later]))
    assert ([row.revision for row in found.series], found.superseded) == ([5], 1)
    other = titleless("x-0", "PATCH v4", 0, SHORTLOG.replace("KVM: one", "KVM: lamp"))
    found = compute_waiting(Mails([other, *later]))
    assert ([row.revision for row in found.series], found.superseded) == ([4, 5], 0)
