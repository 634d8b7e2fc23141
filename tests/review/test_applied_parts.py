"""Mails that tell of parts of a series: by titles above their words, and by several trees."""

import pytest

from kvminbox import group_series
from kvminbox.gist import make_gist
from kvminbox.review import review_all
from kvminbox.review.own_text import own_lines, own_lines_and_titles
from kvminbox.review.selection import parse_selection
from tests.review.review_mails import ADA, BEN, EWA, make_series, read_mail

HEADER = "> Ada Pfeiffer (3):\n"
ONE, TWO, THREE = (f">   KVM: timer {number}\n" for number in (1, 2, 3))


def review(text, sender=EWA, parent="s-0@x", more=()):
    """Return what is told of a series of three patches that this mail answers."""
    mails = [
        *make_series(),
        read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, sender, [parent], 5),
    ]
    mails += more
    found = review_all(group_series(mails), mails)
    return next(one for one in found if one.series.message_id == "s-0@x")


def shares(found):
    """Return the patches and the tree of each row."""
    return [(one.patches, one.tree) for one in found.applied]


ABOVE = {
    "count": (
        f"{HEADER}{ONE}{TWO}\nI applied these two patches to kvm/next.\n\n{THREE}\nA test?\n",
        (1, 2),
    ),
    "cut": (f"{HEADER}{TWO}{THREE}\nI applied these two.\n", (2, 3)),
    "bare": (f"{HEADER}{ONE}\nApplied.\n\n{TWO}{THREE}\nThese need a test.\n", (1,)),
    "later": (
        f"{HEADER}{ONE}\nThis needs a test.\n\n{TWO}{THREE}\nBoth applied, thanks!\n",
        (2, 3),
    ),
    "nested": (f"> {HEADER}> {ONE}> {TWO}\nApplied those two.\n\n> {THREE}\nNot yet.\n", (1, 2)),
    "folded": (
        f"{HEADER}>   KVM:\n>     timer 2\n\nI applied this.\n\n{THREE}\nI wonder about it.\n",
        (2,),
    ),
    "two above": (
        f"{HEADER}{ONE}{TWO}\nI applied the two above in kvm/next.\n\n{THREE}\nHm.\n",
        (1, 2),
    ),
    "typed": ("  KVM: timer 2\n  KVM: timer 3\n\nI applied these two.\n", (2, 3)),
    "typed numbers": ("[1/3] KVM: timer 1\n[3/3] KVM: timer 3\n\nBoth applied, thanks.\n", (1, 3)),
}


@pytest.mark.parametrize(("text", "patches"), ABOVE.values(), ids=ABOVE)
def test_titles_right_above_the_words_tell_which(text, patches):
    """`I applied these two` means the patches whose titles are quoted or typed right above."""
    (applied,) = review(text).applied
    assert applied.patches == patches


KEPT = {
    "one": (f"{HEADER}{ONE}\nApplied, thanks.\n", [((1,), "")]),
    "below who wrote it": (
        f"On 3 Mar 2025 09:00, ada@silicon.example wrote:\n{HEADER}{TWO}\nApplied to kvm/next!\n",
        [((2,), "kvm/next")],
    ),
    "without the header": (
        f"On 3 Mar 2025, ada@silicon.example wrote:\n{TWO}>   KVM:\n>     timer 3\n\nApplied.\n",
        [((2, 3), "")],
    ),
    "nested": (f"> {THREE}\nApplied, thanks.\n", [((3,), "")]),
    "two trees": (
        f"{HEADER}{ONE}\nApplied to kvm/next, please check!\n\n{THREE}\nApplied to kvm/fixes.\n",
        [((1,), "kvm/next"), ((3,), "kvm/fixes")],
    ),
}


@pytest.mark.parametrize(("text", "told"), KEPT.values(), ids=KEPT)
def test_titles_that_are_all_that_is_left_of_a_quote_tell_which(text, told):
    """A bare `Applied` below some titles, the others deleted, is about those that were kept."""
    assert shares(review(text)) == told


NOT_ABOVE = {
    "series": (f"{HEADER}{ONE}{TWO}\nI applied the series.\n\n{THREE}\nA nice one.\n", (1, 2, 3)),
    "all": (f"{HEADER}{ONE}\nA nice one.\n\n{TWO}\nAll applied, thanks.\n", (1, 2, 3)),
    "whole list": (f"{HEADER}{ONE}{TWO}{THREE}\nApplied, thanks.\n", (1, 2, 3)),
    "shortened list": (f"{HEADER}{ONE}{TWO}> [...]\n\nApplied, thanks.\n", (1, 2, 3)),
    "one title below a cover letter": (
        f"> A series.\n>\n{HEADER}{ONE}\nApplied, thanks.\n",
        (1, 2, 3),
    ),
    "all titles of one author": (
        f"> Ada Pfeiffer (2):\n{ONE}{TWO}\nApplied, thanks.\n",
        (1, 2, 3),
    ),
    "one title of two that are meant": (f"{HEADER}{ONE}\nI applied these two.\n", ()),
    "one title, and the series": (f"{HEADER}{ONE}\nSeries applied, thanks.\n", (1, 2, 3)),
    "one title, and all": (f"{ONE}\nAll applied, thanks.\n", (1, 2, 3)),
    "one title, and others cut": (f"{HEADER}{ONE}> ...\n\nApplied, thanks.\n", (1, 2, 3)),
    "indented words": (">   KVM: timer 1 is fine\n\nApplied, thanks.\n", (1, 2, 3)),
    "a title that is not indented": ("> KVM: timer 1\n\nApplied, thanks.\n", (1, 2, 3)),
    "whole list without its header": (f"{ONE}{TWO}{THREE}\nApplied, thanks.\n", (1, 2, 3)),
    "diffstat below": (f"{HEADER}{ONE}{TWO}>\n>  timer.c | 2 +-\n\nApplied, thanks.\n", (1, 2, 3)),
    "numbers": (f"{HEADER}{ONE}{TWO}\nI applied 1 and 3.\n\n{THREE}\nA nice one.\n", (1, 3)),
    "other count": (f"{HEADER}{ONE}{TWO}\nI applied all three.\n", (1, 2, 3)),
    "fewer titles": (f"{HEADER}{ONE}\nI applied these two.\n\n{TWO}{THREE}\nA nice one.\n", ()),
    "no list": (
        "> KVM: timer 1\n> KVM: timer 2\n\nApplied, thanks.\n\n> A series.\n\nYes.\n",
        (1, 2, 3),
    ),
    "other words": ("KVM: timer 1 is good.\n\nApplied, thanks.\n", (1, 2, 3)),
    "other titles": (
        f"{HEADER}>   x86: a lamp\n>   x86: two\n\nI applied these two.\n\n{ONE}\nYes.\n",
        (),
    ),
}


@pytest.mark.parametrize(("text", "patches"), NOT_ABOVE.values(), ids=NOT_ABOVE)
def test_other_words_are_not_about_the_titles_above_them(text, patches):
    """What names the series, numbers, or stands below all the titles is read as without them."""
    (applied,) = review(text).applied
    assert applied.patches == patches


QUOTED = {
    "lists of titles": (
        (
            "> A series.\n\nSo I have looked.\n\n> [PATCH 1/3] KVM: timer 1\n\napplied\n\n"
            "> [PATCH 2/3] KVM: timer 2\n\nThis waits.\n\n> [PATCH 3/3] KVM: timer 3\n\nApplied.\n"
        ),
        (1, 3),
    ),
    "a list below a text": (
        "> A series.\n>\n> [PATCH 1/3] KVM: timer 1\n\nApplied.\n\n> x\n",
        (1, 2, 3),
    ),
    "numbers": (
        "> Patch[01-02]: only renames\n\nAll these patches have been applied.\n\n> x\n",
        (1, 2),
    ),
    "an ordinal": (
        "> A series.\n>\n> The first patch was posted before.\n\nIt is merged.\n\n> x\n",
        (1,),
    ),
    "several lines": (
        "> patch 1: a timer\n> patch 3: a test\n\nI've applied both to kvm/next.\n\n> x\n",
        (1, 3),
    ),
    "all that is quoted": ("> The last two patches are fixes.\n\nI've applied them.\n", (2, 3)),
    "nested": (">> Patches 2-3 are fixes.\n\nThese are in kvm/next now.\n", (2, 3)),
    "by a topic below": (
        "> patch[1-2]: a lamp\n\nThese are applied.\n\n> patch[3]: timers\n\nA nice one.\n",
        (1, 2),
    ),
}


@pytest.mark.parametrize(("text", "patches"), QUOTED.values(), ids=QUOTED)
def test_a_pronoun_means_the_patches_that_are_quoted_right_above_it(text, patches):
    """`They are applied`, below `> Patches 1-2: …`, is about these in an answer to the cover."""
    (applied,) = review(text).applied
    assert applied.patches == patches


NOT_QUOTED = {
    "no pronoun": "> Patches 1-2: only renames\n\nApplied, thanks.\n\n> x\n",
    "the series": "> Patches 1-2: only renames\n\nI've applied this series.\n\n> x\n",
    "others before": "> Patch 1: a\n>\n> Patch 2: b\n\nThey are in kvm/next.\n\n> x\n",
    "the end of all": "> A series.\n>\n> Patch 3 is a test.\n\nThis is in kvm/next now, thanks!\n",
    "others within": "> Patch 1 is a fix.  Patch 3 is a test.\n\nThey are in kvm/next.\n\n> x\n",
    "it with others": "> Patch 3 is a test.\n\nI applied it with the rest of the set.\n\n> x\n",
    "several": "> Patch 3 is a test.\n\nThey look good.  I applied them.\n\n> x\n",
    "further above": "> Patch 3 is a test.\n\nA nice one.\n\nThis is in kvm/next now.\n\n> x\n",
    "within a paragraph": "> Timers.\n> Patch 3 is a test.\n\nThey are in kvm/next.\n\n> x\n",
    "a verb": "> Patch it by hand\n\nThis is in kvm/next now.\n\n> x\n",
}


@pytest.mark.parametrize("text", NOT_QUOTED.values(), ids=NOT_QUOTED)
def test_other_words_mean_more_than_what_is_quoted_above_them(text):
    """`Applied`, and what stands below the whole cover letter, is about all the patches."""
    (applied,) = review(text).applied
    assert applied.patches == (1, 2, 3)


def test_an_answer_to_a_patch_means_that_whatever_is_quoted():
    """`It is applied`, below `> Patch 1 …`, is about the patch that is answered."""
    text = "> Patch 1 makes it faster.\n\nIt is in kvm/next now.\n\n> x\n"
    mails = [*make_series(), read_mail("re@x", "Re: [PATCH 2/3] KVM", text, EWA, ["s-2@x"], 5)]
    (applied,) = review_all(group_series(mails), mails)[0].applied
    assert applied.patches == (2,)


def test_titles_above_tell_which_though_the_rest_is_to_come():
    """`I applied these. I'll look at the rest` means those whose titles stand above it."""
    text = f"{HEADER}{ONE}{TWO}\nI applied these.  I'll look at the rest.\n\n{THREE}\nHm.\n"
    (applied,) = review(text).applied
    assert applied.patches == (1, 2)
    (applied,) = review("I applied these.  I'll look at the rest.\n").applied
    assert not applied.patches


def test_titles_are_kept_for_grouping():
    """What grouping keeps of a mail has the titles, and its sender's own lines do not."""
    mail = read_mail(
        "re@x", "Re: [PATCH 0/3] KVM: timers", f"{HEADER}{ONE}\nApplied.\n", EWA, ["s-0@x"]
    )
    assert make_gist(mail).own == "\n".join(own_lines_and_titles(mail))
    assert own_lines_and_titles(mail)[:2] == [">", ">> KVM: timer 1"]
    assert ">> KVM: timer 1" not in own_lines(mail)


def test_numbers_above_are_kept_for_grouping():
    """What grouping keeps has the patches that a quote names, and its sender's lines do not."""
    text = "> Patches 1-2: renames\n\nThese are applied to kvm/next.\n"
    mail = read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, EWA, ["s-0@x"])
    assert make_gist(mail).own == "\n".join(own_lines_and_titles(mail))
    assert own_lines_and_titles(mail)[:2] == [">", ">: patch 1-2"]
    assert own_lines(mail)[:2] == [">", ""]


def test_quoted_code_is_not_kept_as_titles():
    """Indented lines of code above somebody's words are no titles."""
    text = ">         timer = 1;\n>         return timer;\n\nApplied.\n"
    mail = read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, EWA, ["s-0@x"])
    assert own_lines_and_titles(mail) == own_lines(mail)


def test_titles_above_other_quotes_are_not_kept():
    """A shortlog above a quoted diffstat stands above nobody's words."""
    text = f"{HEADER}{ONE}{TWO}>\n>  timer.c | 2 +-\n\nApplied.\n"
    mail = read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, EWA, ["s-0@x"])
    assert own_lines_and_titles(mail) == own_lines(mail)


TREES = {
    "Patches 1-2 applied to kvm/next.\nPatch 3 applied to kvm/fixes.\n":
        [((1, 2), "kvm/next"), ((3,), "kvm/fixes")],
    "All merged into kvm/next except for patch 3 which has been merged into kvm/fixes.\n":
        [((1, 2), "kvm/next"), ((3,), "kvm/fixes")],
    "All merged into kvm/next except for patch 3 which has been merged somewhere.\n":
        [((1, 2), "kvm/next"), ((3,), "")],
    "Applied 1-2 to kvm/fixes and the last one to kvm/next.\n":
        [((1, 2), "kvm/fixes"), ((3,), "kvm/next")],
    "Applied 1-2 to kvm/fixes and the rest to kvm/next.\n":
        [((1, 2), "kvm/fixes"), ((3,), "kvm/next")],
    f"{HEADER}{ONE}{TWO}\nI applied the two above in kvm/fixes.\n\n"
    f"{THREE}\nFor now I added it in kvm/next.\n":
        [((1, 2), "kvm/fixes"), ((3,), "kvm/next")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), TREES.items())
def test_each_tree_has_its_own_patches(text, rows):
    """A mail that names two trees, each for its patches, gives one row for each."""
    assert shares(review(text)) == rows


ONE_ROW = {
    "Applied to kvm/next, thanks. It will be in kvm/fixes soon.\n": ((1, 2, 3), "kvm/next"),
    "Series applied to kvm/next.\nThe series is in kvm/for-next now.\n": ((1, 2, 3), "kvm/next"),
    "Applied patch 1 to kvm/fixes. Patches 2-3 are applied, too.\n": ((1, 2, 3), "kvm/fixes"),
    "Applied 1-2 to kvm/fixes. The first one is in tip/core, too.\n": ((1, 2), "kvm/fixes"),
    "Patches 1-2 applied to kvm/next.\nPatch 3 applied to kvm/fixes.\n\n"
    "commit: 0123456789abcdef0123456789abcdef01234567\n": ((1, 2, 3), "kvm/next"),
}


@pytest.mark.parametrize(("text", "row"), ONE_ROW.items())
def test_one_row_where_it_is_not_told_which_tree_has_which(text, row):
    """Two trees for the same patches, a plan, and commits that nobody assigns make one row."""
    assert shares(review(text))[0][0] == row[0]
    assert len(shares(review(text))) == 1


ELSEWHERE = "https://lore.kernel.org/all/b4-1@elsewhere.example/"
HERE = "https://lore.kernel.org/kvm/thanks@x/"
LINKED = {
    f"Since this patch has been merged [1], you can use it here.\n\nLink: {ELSEWHERE} [1]\n": 0,
    f"This patch was applied already [1].\n\n[1] {ELSEWHERE}\n": 0,
    f"This series has been merged: {ELSEWHERE}\n": 0,
    f"This patch was applied already [1].\n\n[1] {HERE}\n": 1,
    "This patch has been merged [1].\n\n[1] https://git.kvm.example/linux/c/0123456789ab\n": 1,
    f"This patch has been merged into kvm/next, see the plan [1].\n\n[1] {ELSEWHERE}\n": 1,
    f"This patch has been merged.  Its manual is [1].\n\n[1] {ELSEWHERE}\n": 1,
    f"I've applied this series to kvm/next [1].\n\n[1] {ELSEWHERE}\n": 1,
    f"{ELSEWHERE}\nMerged in kvm/next for 6.18.\n": 0,
    f"{HERE}\nMerged in kvm/next for 6.18.\n": 1,
    f"{ELSEWHERE}\n\nMerged in kvm/next for 6.18.\n": 1,
}


@pytest.mark.parametrize(("text", "count"), LINKED.items())
def test_a_patch_that_is_linked_is_another(text, count):
    """`This patch has been merged [1]` is about the linked mail's, unless it is in this thread."""
    thanks = read_mail(
        "thanks@x", "Re: [PATCH 0/3] KVM: timers", "Queued, thanks.\n", EWA, ["s-0@x"], 3
    )
    found = review(text, BEN, parent="s-1@x", more=[thanks])
    assert len(found.applied) == 1 + count


MINE = {
    "Let's fix what was committed of my patch.\n"
    "Since the patch was also merged to stable, it breaks there.\n": 0,
    "Let's fix my old series.  The series has been merged into kvm/next.\n": 0,
    "I rebased my patch.  This series has been merged into kvm/next.\n": 1,
    "Nice work.  The series has been merged into kvm/next.\n": 1,
    "I tested my board.  The patch was merged into kvm/next.\n": 1,
}


@pytest.mark.parametrize(("text", "count"), MINE.items())
def test_the_patch_may_be_what_its_sender_named_before(text, count):
    """`The patch was merged` behind `my patch` is about that, of whom did not send this series."""
    assert len(review(text, BEN).applied) == count


def test_an_author_s_own_patch_is_this():
    """Of the sender of the series, `my patch` is the one that was merged."""
    text = "Thanks for looking at my series.  The series has been merged into kvm/next.\n"
    assert len(review(text, ADA).applied) == 1


SENT = {
    "In linux-next for a few days and pull requests sent to arm-soc.\n": 1,
    "This is in linux-next, pull request was sent.\n": 1,
    "The series is now in linux-next since Monday, and I've sent the pull request.\n": 1,
    "In linux-next for a few days and it breaks my board.\n": 0,
    "In linux-next it was fine, and a pull request will be sent.\n": 0,
    "Once in linux-next, and the pull request sent, it is done.\n": 0,
}


@pytest.mark.parametrize(("text", "count"), SENT.items())
def test_in_linux_next_and_sent_is_believed_of_committers(text, count):
    """`In linux-next and pull requests sent` counts of somebody who commits, and of nobody else."""
    assert not review(text, BEN).applied
    more = []
    for name in "abc":
        more += make_series(name, total=1)
        said = "Applied to kvm/next, thanks.\n"
        parents = [f"{name}-1@x"]
        more.append(
            read_mail(f"{name}-re@x", "Re: [PATCH 1/1] KVM: timer 1", said, BEN, parents, 1)
        )
    assert len(review(text, BEN, more=more).applied) == count


LIST = "Applied, thanks!\n\n[2/3] KVM: timer 2\n      commit: 0123456789ab\n"
LOOSE = "I've applied the patches, they will be in the next release.\n"


def review_with_list(text, sender=EWA, hour=6, parent="s-0@x"):
    """Return what is told by a list of one of three patches, and by another mail near it."""
    listed = read_mail("list@x", "Re: (subset) [PATCH 0/3] KVM: timers", LIST, EWA, ["s-0@x"], 5)
    other = read_mail("loose@x", "Re: [PATCH 0/3] KVM: timers", text, sender, [parent], hour)
    return {
        one.message_id: one.patches for one in review("Thanks.\n", more=(listed, other)).applied
    }


@pytest.mark.parametrize("hour", [3, 6])
def test_a_list_tells_which_patches_loose_words_of_its_sender_mean(hour):
    """`I've applied the patches`, said near a list of some of them, is about those."""
    assert review_with_list(LOOSE, hour=hour) == {"list@x": (2,), "loose@x": (2,)}


NOT_BY_LIST = {
    "the series": ("I've applied the series.\n", EWA, 6, (1, 2, 3)),
    "all of them": ("I've applied all of them.\n", EWA, 6, (1, 2, 3)),
    "numbers": ("I've applied patches 1-3.\n", EWA, 6, (1, 2, 3)),
    "a number": ("I've applied patch 3.\n", EWA, 6, (3,)),
    "somebody else": (LOOSE, BEN, 6, (1, 2, 3)),
    "later": (LOOSE, EWA, 40, (1, 2, 3)),
}


@pytest.mark.parametrize(
    ("text", "sender", "hour", "patches"), NOT_BY_LIST.values(), ids=NOT_BY_LIST
)
def test_a_list_is_not_asked_for_other_words(text, sender, hour, patches):
    """What names patches, is said by others, or days later, is not about the list."""
    assert review_with_list(text, sender, hour)["loose@x"] == patches


SOME = {
    "I've applied everything except parts 1, and 3.": (2,),
    "Series applied except 1, 2.": (3,),
    "All applied except patches 1 and 3, thanks.": (2,),
    "All applied except patch 3, 2 has a fix on top.": (1, 2),
    "To spare you a new version, patch1 and patch2 I have applied them to kvm/next.": (1, 2),
    "Nobody else replied, so I've picked up this (the second) fix in our tree.": (2,),
    "I have applied patches 1 and 3 of this set.": (1, 3),
    "Applied the dt-bindings updates, thanks.": (),
}


@pytest.mark.parametrize(("text", "patches"), SOME.items())
def test_lists_are_read_to_their_end(text, patches):
    """Numbers behind a comma, `patch1 and patch2`, and words in brackets tell of a part, too."""
    (applied,) = review(f"{text}\n").applied
    assert applied.patches == patches


OTHERS = [
    "Ada, I've applied [1] now, what should we do about this one?",
    "I applied this patchset and... it does not compile.",
    "I pushed this for 0day ci yesterday.",
    "I posted and now merged\nhttps://lists.kvm.example/all/timer-1@x/\nfor this.",
    "I've folded this change (the last line) into the new driver[0] I just posted.",
    "The first four patches were merged because they made sense.",
    "I applied your series on my branch to start the review and test it.",
    "I've been doing some more testing, I applied all of the patches apart from 2 to v6.1.",
    "I added it to my branch and see no side effects.",
    "I added it to my branch and till now there are no side effects",
    "But your point is still valid, and taken.",
    "I pushed the series to github:\nhttps://github.com/ewa/linux/commits/timers",
]


@pytest.mark.parametrize("text", OTHERS)
def test_trials_and_other_patches_are_no_claims(text):
    """A trial, a push for robots, a note's link and words about a longer series tell of no deed."""
    assert not review(f"{text}\n").applied
    assert not review(f"{text}\n", sender=ADA).applied


KEPT_CLAIMS = [
    "I applied this patchset and... reworded the log, thanks.",
    "I pushed this for 6.18 yesterday.",
    "I've added it to my branch, thanks!",
    "Applied [1] to kvm/next, thanks.",
    "The first three patches were merged because they made sense.",
]


@pytest.mark.parametrize("text", KEPT_CLAIMS)
def test_what_sounds_like_a_trial_is_believed(text):
    """Words near those of a trial, but with thanks, a tree or a release, are claims."""
    assert len(review(f"{text}\n").applied) == 1


def test_an_expected_tree_is_not_told():
    """`expecting the rest to go through that tree` does not say where the first ones went."""
    (applied,) = review("Applied 1-2, expecting the last to go through the lamp tree.\n").applied
    assert (applied.patches, applied.tree) == ((1, 2), "")
    (applied,) = review("Applied 1-2, the last is to go throught he lamp tree.\n").applied
    assert applied.tree == ""


def test_a_dt_patch_is_the_dts_one():
    """`DT patch applied` below bindings and a dts patch is about the latter."""
    titles = {1: "dt-bindings: lamp: a timer", 2: "lamp: a timer", 3: "ARM: dts: a timer"}
    assert parse_selection("DT patch").choose(titles, 0) == {3}
    assert parse_selection("the dt-bindings updates").choose(titles, 0) == {1}
    assert parse_selection("DT patch").choose({1: titles[1], 2: titles[2]}, 0) == {1}


def test_names_out_of_titles_tell_which():
    """`timer03 and timer05` are the patches that have these words, and none of another series."""
    titles = {1: "tests: timer03: rework", 2: "tests: timer04: rework", 3: "tests: timer05: fix"}
    selection = parse_selection("timer03 and timer05")
    assert selection.choose(titles, 0) == {1, 3}
    assert selection.may_mean(titles.values())
    assert not selection.may_mean(["tests: spin01: rework"])


LINKS = [f"https://git.kvm.example/c/{number}123456789ab" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "patches"),
    [
        ("Applied with small edits:\n" + "\n".join(LINKS), (1, 2, 3)),
        ("Applied, thanks.\n\n" + "\n".join(f"- {link}" for link in LINKS), (1, 2, 3)),
        ("Applied with small edits:\n" + "\n".join(LINKS[:2]), (2,)),
        ("Applied with small edits:\n" + "\n".join([LINKS[0]] * 3), (2,)),
        ("Applied this patch:\n" + "\n".join(LINKS), (2,)),
        ("Applied, it fixes what these brought:\n" + " and ".join(LINKS), (2,)),
    ],
)
def test_a_link_for_each_patch_means_all(text, patches):
    """`Applied` below one patch, with links to as many commits as patches, is about them all."""
    answer = read_mail("re@x", "Re: [PATCH 2/3] KVM: timer 2", f"{text}\n", EWA, ["s-2@x"], 5)
    mails = [*make_series(), answer]
    (found,) = review_all(group_series(mails), mails)
    assert [one.patches for one in found.applied] == [patches]
