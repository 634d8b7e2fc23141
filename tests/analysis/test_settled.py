"""Which remarks an approval, or being applied, has settled, in lists and on the board."""

import pytest

from kvminbox.analysis import compute_open_remarks
from kvminbox.reports import SectionReport, sections
from tests.analysis.analysis_mails import ADA, BEN, EWA, Mails, figures_of, mail, patch, reply

PATCHES = (
    mail("s0", "[PATCH 0/2] KVM: all of it", hour=1),
    patch("s1", "[PATCH 1/2] KVM: one", hour=1, parent="s0"),
    patch("s2", "[PATCH 2/2] KVM: two", hour=1, parent="s0", path="b.c"),
)
QUOTE = "> @@ -1,1 +1,1 @@\n> -old\n> +new\n\nPlease use a shorter name.\n"
REVIEWED = f"Reviewed-by: {EWA}\n"
SETTLED = "more settled by an approval, or by being applied or withdrawn"


def count(*later):
    """Return how many remarks are open and settled after a remark on patch 1 and later mails."""
    result = compute_open_remarks(Mails(*PATCHES, reply("r", "s1", QUOTE, hour=2), *later))
    assert figures_of(result)["of which open"] == len(result.rows)
    return len(result.rows), figures_of(result)[SETTLED]


@pytest.mark.parametrize(
    ("parent", "text", "sender", "hour", "found"),
    [
        ("s1", REVIEWED, EWA, 3, (0, 1)),
        ("s0", REVIEWED, EWA, 3, (0, 1)),
        ("s2", REVIEWED, EWA, 3, (1, 0)),
        ("s1", REVIEWED, EWA, 1.5, (1, 0)),
        ("s1", REVIEWED.replace("Reviewed", "Tested"), EWA, 3, (1, 0)),
        ("s1", f"Reviewed-by: {BEN}\n", BEN, 3, (1, 0)),
        ("s1", REVIEWED, BEN, 3, (1, 0)),
        ("s0", "Applied to kvm/next, thanks.\n", BEN, 3, (0, 1)),
        ("s1", "Applied this patch to kvm/next, thanks.\n", BEN, 3, (0, 1)),
        ("s2", "Applied this patch to kvm/next, thanks.\n", BEN, 3, (1, 0)),
        ("s0", "Applied to kvm/next, thanks.\n", BEN, 1.5, (1, 0)),
        ("s0", "Please ignore this series.\n", ADA, 3, (0, 1)),
        ("s0", "Please ignore this series.\n", ADA, 1.5, (1, 0)),
        ("s2", "Please ignore this patch.\n", ADA, 3, (1, 0)),
        ("s0", "Please ignore this series.\n", BEN, 3, (1, 0)),
        ("s0", "Hearing no objections, I queued this in kvm/next.\n", BEN, 3, (1, 0)),
    ],
)
def test_what_settles_a_remark(parent, text, sender, hour, found):
    """The approval of its writer on that patch, its being applied or withdrawn, and all later."""
    subject = "Re: [PATCH 0/2] KVM: all of it" if parent == "s0" else "Re: [PATCH 1/2] KVM: one"
    assert count(reply("y", parent, text, sender, hour=hour, subject=subject)) == found


def test_what_programs_remark_is_counted_apart():
    """Reviewers are people: neither the number of remarks nor the list has those of a program."""
    program = "sashiko-bot <sashiko-bot@review.example>"
    points = reply("b", "s1", QUOTE, program, hour=2)
    result = compute_open_remarks(Mails(*PATCHES, points, reply("r", "s2", QUOTE, hour=2)))
    figures = figures_of(result)
    assert (figures["reviewers' remarks"], figures["of which open"]) == (1, 1)
    assert [row.by.name for row in result.rows] == ["Ewa Lis"]
    assert (figures["more by programs"], result.programs) == (1, ("sashiko-bot",))
    section = SectionReport(sections.open_remarks(), result)
    shown = " ".join(str(section).split())
    assert "1 reviewer's remark, 1 of them open, 1 more by programs." in shown
    assert "not listed: sashiko-bot. `kvminbox review` shows it" in shown


def test_an_approval_in_the_same_mail_settles_it():
    """Who remarks on a name and gives a tag at once leaves it to the author."""
    result = compute_open_remarks(Mails(*PATCHES, reply("r", "s1", QUOTE + REVIEWED, hour=2)))
    assert (len(result.rows), figures_of(result)[SETTLED]) == (0, 1)


def test_a_pull_request_settles_it():
    """A later pull request with the patch has taken it."""
    text = (
        "The following changes since commit 0123456789ab:\n\n  KVM: zero\n\n"
        "are available in the Git repository at:\n\n  https://kvm.example/kvm.git tags/kvm-1\n\n"
        "Ada Pfeiffer (1):\n      KVM: one\n"
    )
    assert count(mail("p", "[GIT PULL] KVM for today", text, EWA, hour=48)) == (0, 1)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("I've fixed this up locally and applied the patch.", (0, 1)),
        ("Use a short name.\n\nI fixed them up and applied patch 1.", (0, 1)),
        ("Use a short name. Can you fix that?", (1, 0)),
        ("Rest of the checks look good to me.", (0, 1)),
        ("Rest of the checks look good to me, but the name is odd.", (1, 0)),
    ],
)
def test_a_remark_that_tells_what_its_writer_did_is_settled(said, found):
    """Who took the patch, mended it, or is content wants nothing more; who wants more, does."""
    text = f"> @@ -1,1 +1,1 @@\n> -old\n> +new\n\n{said}\n"
    result = compute_open_remarks(Mails(*PATCHES, reply("r", "s1", text, hour=2)))
    assert (len(result.rows), figures_of(result)[SETTLED]) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("I updated lamp.git to this version. `blame' wants 70 people in Cc.", (0, 1)),
        ("The lock is not needed. I applied it without what the linter warned about.", (0, 1)),
        ("I merged it into kvm/next, with nits for future reference. Please test more.", (0, 1)),
        ("Please write titles in lower case. I merged this into kvm/next.", (0, 1)),
        ("I updated lamp.git to this version. Please send a follow-up with a lock.", (1, 0)),
        ("I updated lamp.git to this version. I haven't queued the last, it needs docs.", (1, 0)),
        ("I updated lamp.git to this version. It crashes without a lamp.", (1, 0)),
        ("I updated lamp.git to this version. Please send a test.", (1, 0)),
        ("I updated lamp.git to this version, but it leaks.", (1, 0)),
        ("I updated lamp.git to this version. Is the name right?", (1, 0)),
    ],
)
def test_what_a_mail_says_about_taking_is_settled(said, found):
    """Also in words of its own, as it is about its own mail; a wish or bad news in it is not."""
    text = f"> @@ -1,1 +1,1 @@\n> -old\n> +new\n\n{said}\n"
    result = compute_open_remarks(Mails(*PATCHES, reply("r", "s1", text, hour=2)))
    assert (len(result.rows), figures_of(result)[SETTLED]) == found


@pytest.mark.parametrize(("number", "found"), [(1, (0, 1)), (2, (1, 0))])
def test_what_a_mail_took_of_another_patch_settles_nothing(number, found):
    """`Applied patch 2` in a remark on patch 1 leaves that open."""
    text = f"{QUOTE}\nApplied patch {number} to kvm/next, thanks.\n"
    result = compute_open_remarks(Mails(*PATCHES, reply("r", "s1", text, hour=2)))
    assert (len(result.rows), figures_of(result)[SETTLED]) == found


def test_an_approval_by_another_address_settles_it():
    """A reviewer may write from one address, and give the tag with another."""
    tag = "Reviewed-by: Ewa Lis <lis@home.example>\n"
    result = compute_open_remarks(Mails(*PATCHES, reply("r", "s1", QUOTE + tag, hour=2)))
    assert (len(result.rows), figures_of(result)[SETTLED]) == (0, 1)


def test_a_reply_of_the_author_without_a_quote_is_told():
    """It stays open, as the reply may be to something else; the list says that there is one."""
    own = "> Something that nobody wrote\n\nI see.\n"
    answer = reply("a", "r", own, "Ada Pfeiffer <ada@silicon.example>", hour=3)
    other = reply("o", "r", own, BEN, hour=3)
    first = reply("r", "s1", QUOTE, hour=2)
    for mails, replied in (((answer,), True), ((other,), False), ((), False)):
        result = compute_open_remarks(Mails(*PATCHES, first, *mails))
        assert [row.author_replied for row in result.rows] == [replied]
        shown = " ".join(str(SectionReport(sections.open_remarks(), result)).split())
        assert ("The author replied to the mail of one of them" in shown) == replied
        assert ("[author replied to the mail]" in shown) == replied
