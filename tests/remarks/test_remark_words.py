"""What of a reply is a remark, and what is a formula."""

import pytest

from kvminbox.remarks import parse_remarks
from tests.remarks.remark_mails import answer, lamp_series, quote

LINE = quote("+	timer_stop(&lamp->timer);")
HEAD = "On Mon, 3 Mar 2025 10:00:00 +0100, Ada Pfeiffer <ada@silicon.example> wrote:\n"
MORE = quote("+	return 0;")


def words(text):
    """Return the remarks' texts of a reply."""
    return [remark.text for remark in parse_remarks(answer(text), lamp_series())]


@pytest.mark.parametrize(
    "formula",
    [
        "Hi Ada,\n", "Hello,\n", "Dear Ada, thanks for the patch.\n", "Ada,\n",
        "On Mon, 3 Mar 2025 10:00:00 +0100\nAda Pfeiffer <ada@silicon.example> wrote:\n\nHi Ada,\n",
        "Hi Ada,\n\nAda <ada@silicon.example> wrote on Mon, 3 Mar\n2025 10:00:00 +0100:\n",
        "[Public]\n", "[Lamps Official Use Only - General]\n\nHi Ada,\n",
        "[+ Ben for the timers]\n", "(adding Ben to Cc)\n",
    ],
)  # fmt: skip
def test_what_begins_a_mail_is_no_remark(formula):
    """A greeting, a name, an attribution above it, and whom one adds."""
    assert words(f"{formula}\n{LINE}Twice?\n") == ["Twice?"]


@pytest.mark.parametrize(
    "formula",
    [
        "[...]\n", "[snip]\n", "[clip]\n", "---end quoted text---\n",
        "Am 03.03.2025 um 10:00 hat Ada Pfeiffer geschrieben:\n", "<snip>\n",
        "(snip the rest)\n", "...\n", "[ cut ]\n", "[…]\n",
        "8><\n",
        "Reviewed-by: Ewa Lis <ewa@kvm.example>\n",
        "With that fixed:\n\nReviewed-by: Ewa Lis <ewa@kvm.example>\n",
        "Looks good to me.\n", "LGTM, thanks!\n", "OK.\n", "Nice!\n",
        "Otherwise this looks good.\n",
        "This looks fine to me now.\n", "Acked-by: Ewa Lis <ewa@kvm.example>\n\nThanks,\nEwa\n",
        "Fantastic!\n",
        "Besides\nReviewed-by: Ewa Lis <ewa@kvm.example>\n",
        "Hi Ada,\n\nThanks for doing this.\n", "Many thanks for the lamps.\n",
        "+ Ben Ostrom\n", "+Cc Ben Ostrom <ben@lists.example>\n", "[+cc the list]\n",
        "On 21/09/2022 02:08, Ewa Lis wr\note:\n",
        "On Tuesday, 3 March 2025 10:00, Ewa Lis Wrote:\n",
        "Ewa Lis <ewa@kvm.example> wrote on Mon, 3 Mar\n2025 10:00:00 +0100:\n",
        "On Tuesday Ewa Lis <ewa@kvm.example> wrote:\n", "base-commit: 0123456789abcdef0123\n",
    ],
)  # fmt: skip
def test_what_stands_between_quotes_and_says_nothing_is_no_remark(formula):
    """A snip mark, a tag and the words that lead to it, praise, an attribution."""
    assert words(f"{LINE}\n{formula}\n{MORE}Twice?\n") == ["Twice?"]


@pytest.mark.parametrize(
    "remark",
    [
        "Looks good, but who frees it?", "(ditto)", "?", "About encoded writes: see below.",
        "This could fail in snipped code.", "Nice, though I would rather\nkeep the lock.",
        "Thanks for the lock, but who frees it?", "+ this is one too many", "However,\nwhy?",
        "Thanks for the test. It fails here.", "+1 for a lock", "So we wr\note this twice?",
        "I think Reviewed-by tags are early here.", "{ .x = 1 } would do.", "Ewa said: use a lock.",
    ],
)  # fmt: skip
def test_what_says_something_is_a_remark(remark):
    """Words that only begin as a formula does, or stand in brackets."""
    assert words(f"{LINE}\n{remark}\n\n{MORE}") == [remark]


def test_a_footnote_between_quotes_is_no_remark():
    """A number and its link are not, though they stand below the patch's own footnote."""
    link = "[2]: https://lists.example/lamps/0123/#r\n"
    assert words(f"{LINE}\n{link}\n{MORE}Twice?\n") == ["Twice?"]
    assert len(words(f"{LINE}\nAs in [2].\n{link}\n{MORE}Twice?\n")) == 2
    assert len(words(f"{LINE}\nhttps://lists.example/lamps/0123/ has it\n\n{MORE}Twice?\n")) == 2


@pytest.mark.parametrize(
    "footer",
    [
        "Lamps Finland Oy, Rd 22, Helsinki. Y-tunnus/Business ID: 0123456-7. Domicile: Helsinki\n",
        "Lamps GmbH, Rd 1, Berlin\nAmtsgericht Berlin, HRB 12345\n",
    ],
    ids=["one line", "two"],
)
def test_a_companys_footer_is_no_remark(footer):
    """What a server puts below a mail is cut, alone or below a remark; above it stays."""
    assert words(f"{LINE}\n{footer}") == []
    assert words(f"{LINE}\nTwice?\n\n{footer}") == ["Twice?"]
    assert len(words(f"{LINE}\nThe business id of it?\n\n{MORE}\nTwice?\n")) == 2


def test_snip_marks_at_the_edges_of_a_remark_are_cut():
    """They belong to the quotes around it."""
    assert words(f"{LINE}[...]\n\nWhy twice?\n\n<snip>\n{MORE}") == ["Why twice?"]


@pytest.mark.parametrize(
    "closing",
    [
        "Thanks,\n\n\tEwa\n",
        "Ewa\n",
        "E.\n",
        "Best regards,\nEwa Lis\n",
        "Cheers,\nE.\n",
        "/Ewa\n",
        "Gr{oetje,eeting}s,\n\n                        Ewa\n",
        "Gr{oetje,eeting}s,\n\n   Ewa\n\n--\nEwa Lis -- There are lamps -- ewa@kvm.example\n",
        "Met vriendelijke groet,\nEwa Lis\n",
        "Mit freundlichen Grüßen\nEwa Lis\n",
        "--\nLis, Lamps Inc\nhttps://lamps.example\n",
        "Ewá\n",
        "\t\t\t\t\t\t\t\tEwka\n\n-- \nEwa Lis, Lamps Inc\n",
        "                                Ewka\n",
        "Best regards,\nLis, Ewa\n",
        "Best regards,\nEwa Lis\nLamps R&D Institute\nLamps & Sons\n",
        "Internal Use - Confidential\n",
    ],
)
def test_what_ends_a_mail_is_cut(closing):
    """Thanks and a name below the last remark, or below none."""
    assert words(f"{LINE}\nWhy twice?\n\n{closing}") == ["Why twice?"]
    assert words(f"{LINE}\nWhy twice?\n\n{MORE}\n{closing}") == ["Why twice?"]


def test_a_signature_and_a_lists_footer_are_cut():
    """What stands below `-- `, and below Mailman's rule."""
    footer = f"{'_' * 47}\nlamps mailing list\nlamps@lists.example\nhttps://lists.example/lamps\n"
    assert words(f"{LINE}Why?\n-- \nEwa Lis, Lamps Inc\n{footer}") == ["Why?"]
    assert words(f"{LINE}Why?\n{footer}") == ["Why?"]


@pytest.mark.parametrize(
    "said", ["Why twice?\n--\nAnd who frees the timer?", "Two lamps:\n--\nBen's is better.",
              "It is late.\n--\nSo I took this one.\nEwa"]
)  # fmt: skip
def test_a_rule_in_a_remark_cuts_nothing(said):
    """A `--` without its blank ends a mail only above lines that name the sender."""
    kept = [said.replace("--\n", "").removesuffix("\nEwa")]
    assert words(f"{LINE}\n{said}\n") == kept


def test_quoted_text_without_words_below_has_no_remark():
    """A reply that only quotes says nothing."""
    assert words(LINE + MORE) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{LINE}\nTwice?\n\n{MORE}\n[1] https://lists.example/a\n[2] https://lists.example/b\n",
         ["Twice?"]),
        (f"{LINE}\nhttps://lists.example/a\n", ["https://lists.example/a"]),
        (f"{LINE}\nSee [1].\n\n[1] https://lists.example/a\n",
         ["See [1].\n\n[1] https://lists.example/a"]),
    ],
    ids=["alone", "a link", "below words"],
)  # fmt: skip
def test_footnotes_alone_are_no_remark(text, found):
    """What a number in brackets names belongs to the words above; a bare link is an answer."""
    assert words(text) == found


def test_what_was_added_to_a_tree_is_said():
    """`Added …` is no word on Cc, unless it says so."""
    text = f"added the missing lock\nand merged it\n\n{HEAD}{LINE}"
    assert words(text) == ["added the missing lock\nand merged it"]
    assert words(f"Added Ben to Cc.\n\n{HEAD}{LINE}\nTwice?\n") == ["Twice?"]


@pytest.mark.parametrize("below", ["", LINE], ids=["alone", "below a line"])
@pytest.mark.parametrize(
    "said",
    [
        "Queued 3+5, thanks.", "Applied, thanks", "Queued for v6.2", "+1", "Merged.", "Pushed!",
        "Pulled, thanks Ben!", "I have applied patches 1-11.", "Applied with Ben's Ack.",
        "Queued to https://git.lists.example/lamps/tree/next", "Both now queued up, thanks.",
        "Applied the first two to lamps (for-next/blink), thanks!", "I'll pick this up at -rc1.",
        "Thanks for the fix, I will pick it up shortly.", "Looks good, applied.\n\nadp",
        "Applied to lamps/next (because lamps/master is on a bad rc1), thanks.",
        "Applied to lamps/next because the timers are there.",
        "Queued 1-2, thanks (1 for stable too).",
        "That worked, now queued up, thanks!", "I've queued this for the next Lamps pull request.",
        "I'll pick this up as soon as we've sorted the queue.",
        "i.e. will queue in lamps-devel for v6.2.", "Applied dts, thanks!", "Thanks, I took it.",
        "series applied to lamps-next\nEwa.", "Applied with Ben's Reviewed-by: tag.",
        "Applied and pushed out as testing for the robots to look at.", "Makes sense, applied.",
        "Thanks, applied, sorry for the delay.", "I applied it already on the 1st December.",
        "I believe I have applied this already.", "Applied, thanks, and let's see what happens.",
        "Applied and submitted for build testing.\n\nIf all is good, I'll follow-up with a PR.",
        ("Okay, everything applied just fine this time.\n\nSubmitted for build testing, if all is"
        " well, I'll submit a PR soon.\n\nNote to self: lamps-6.18"),
        "Queued for v6.3. I'll let it simmer in -next for a while.",
        "Thanks, applied. It should appear in -next shortly.", "Nice feature. Applied to next.",
        "Series queued on lamps-dt for 5.14. Will be sent to lamp-soc soon.",
        "Applied to\n\n   https://git.lists.example/lamps.git for-next\n\nas v6.16-rc1 material.",
        "Applied to lamps/next and will send it to the maintainers before the merge window.",
        "Thanks for your patch, which is now commit 0123456789ab (\"lamp: blink\") in lamps/next.",
        "Following patches are applied to lamps-next:\n\n[PATCH v2 1/2] lamp: blink",
        ("Applied to\n\n   https://git.lists.example/lamps.git for-next\n\nThanks!\n\n"
        "[1/1] lamp: blink\n      commit: 0123456789abcdef0123456789abcdef01234567\n\n"
        "All being well this means that everybody sees it in a day, unless problems are found.\n\n"
        "You may get further e-mails from robots, please answer them.\n\n"
        "If any updates are required or you are submitting more, send them on top.\n\n"
        "Please add any relevant lists and maintainers when you answer."),
        ("Applied, thanks!\n\n[1/1] lamp: blink\n"
        "      commit: 0123456789abcdef0123456789abcdef01234567\n\n--\nEwa Lis [lamps]"),
        ("Applied to lamps/next, thanks!\n\n[1/2] lamp: give each lamp a timer\n"
        "      commit: 0123456789abcdef0123456789abcdef01234567\n[2/2] lamp: count the blinks\n"
        "      https://git.lists.example/c/0123456789ab\n\nCheers,\n\n\tE."),
    ],
)  # fmt: skip
def test_an_acceptance_is_no_remark(said, below):
    """Who only says that patches were taken, or will be, asks nothing of the author."""
    assert words(f"{below}\n{said}\n") == []


@pytest.mark.parametrize(
    "said",
    [
        "Queued 3+5, but please fix the title.", "Applied? Not yet.", "Queued, please fix this.",
        "I queued 1-2; patch 3 breaks the build.", "Applied, minus patch 2.",
        "Applied all but the last.", "Not applied, it conflicts.", "Applied, but who frees it?",
        "Queued. Next time, please Cc the list.", "Applied to next. I changed the title.",
        "Applied.\n\nThe timer leaks.", "Merged lamps leak.", "Can be merged once it is tested.",
        "Applied, fix the first patch.", "Applied to next (with a new title).",
        "Applied 1-2 because 3 breaks the build.", "Applied (but who frees the timer?)",
        "Applied to next (I dropped the lock)", "I'll apply this once the title is right.",
        "I'll pick this up as soon as I get a new version.", "Queued (please check the result).",
        "Only this one patch applied to lamps/next. The rest should go via the timer tree.",
        "Applied. I'll send the fix for the leak.", "Applied dts only.",
        "Applied. Will drop patch 3.", "Applied. I'll push it once you fix the title.",
        "Applied, let's see if it breaks anything.",
        "Applied. It will not be in 6.2.",
        "Applied to lamps/next and will drop patch 3.",
        "It applied fine, but who frees the timer?",
        "Submitted for testing, where it hangs.", "It applies cleanly to 6.1 alone.",
        "Applied and pushed out as testing. Please check it.",
        "These are applied:\n\n[2/2] needs a lock", "Applied. You should send a fix to stable.",
        "Thanks for your patch, which is now commit 0123456789ab (\"lamp: blink\"). It leaks.",
        ("Applied to lamps/next, thanks!\n\n[1/2] lamp: give each lamp a timer\n"
        "      commit: 0123456789abcdef0123456789abcdef01234567\n\nPatch 2 does not build."),
    ],
)  # fmt: skip
def test_an_acceptance_that_says_more_is_a_remark(said):
    """What was not taken, what is wanted, and what was changed are for the author to read."""
    assert words(f"{said}\n") == [said]


@pytest.mark.parametrize(
    "said",
    [
        "This works for me.",
        "Seems to work on two lamps.",
        "Works fine for me, thanks!",
        "This version passes all my boot tests.",
        "Tested on silicon and in the model.",
        "I have tested this series on a lamp without any problems. Thanks for doing it!",
        "Verified that the numbers are those of the manual.",
        "Makes sense to me.",
        "Much cleaner!",
        "Looks much better than in v2, thanks!",
        "Seems to be fine.",
        "No objections.",
        "Sorry for the late reply.",
        "Once again, sorry for the very slow response here.",
        "sorry this took so long.",
        "I like this even more!",
        "pw-bot: changes-requested",
        "#regzbot introduced: v6.1",
        "Apologies for the delay, I was away.",
        "One nit:",
        "A few minor comments below.",
        "Thanks for this. Some questions inline.",
        "... and many thanks for cleaning this up.",
        "All look good to me now! I also checked that this did not break anything -> it works.",
        "From a lamp's point of view this looks good to me!",
        "The series looks good to me, especially the new patches.",
        "Looks good to me, thanks Ada, Ben!",
        "Thanks for your work on this Ada, it's highly appreciated.",
        "Thanks Ada and all that reviewed.",
        "I added explicitly my Ack to the first two to be clear,\nbut for the whole series:",
        "In linux-next for a few days and pull requests sent to arm-lamps.\n\nThanks Ada.",
    ],
)
def test_small_talk_is_no_remark(said):
    """That it works, excuses, praise, and what only leads to the remarks ask for nothing."""
    assert words(f"{LINE}\n{said}\n\n{MORE}Twice?\n") == ["Twice?"]
    assert words(f"{LINE}\n{said}\n") == []


@pytest.mark.parametrize(
    "said",
    [
        "This works for me, but not on two lamps.",
        "It works only with the lock.",
        "Tested on silicon, where it hangs.",
        "I tried to follow the locking.",
        "This passes the old pointer to free().",
        "It compiles to a loop.",
        "compile time",
        "This works around a bug of the lamp.",
        "It works on the copy of the list.",
        "Much cleaner would be a lock.",
        "Better to take the lock.",
        "Does it make sense to lock?",
        "Makes sense. Please add a test.",
        "Sorry for the late reply, but the lock is wrong.",
        "One nit: the name is odd.",
        "A few comments below would help the reader.",
        "Tested with W=1: two warnings.",
        "Verified, and the second number is wrong.",
        "Works for me?",
        "It passes.",
        "I like it better with a lock.",
        "I like this, but who frees it?",
        "sorry this is so slow that the lamp dies.",
        "All look good to me now, but one thing.",
        "I checked that this did not break anything, but the lamp is dark.",
        "I checked that this is a lamp, and it is not.",
        "It looks good in a lamp.",
        "From a lamp's point of view this is a timer.",
        "Thanks for your work on this, a test is missing.",
        "I added my Ack to the first patch, but the second is wrong.",
        "I added my Ack here, please keep it.",
        "In linux-next for a few days and it breaks my lamp.",
    ],
)
def test_talk_that_says_more_is_a_remark(said):
    """A doubt, a wish, bad news, a question, or what the code does is for the author to read."""
    assert words(f"{LINE}\n{said}\n") == [said]


PULL = (
    "The following changes since commit 0123456789abcdef0123456789abcdef01234567:\n\n"
    "  Lamps 6.0-rc1 (2025-03-02 10:00:00 +0000)\n\n"
    "are available in the Git repository at:\n\n  https://git.lists.example/lamps.git ib-lamps\n\n"
    "for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:\n\n  lamp: blink\n"
)


def test_a_pull_request_of_the_patches_is_no_remark():
    """What a maintainer sends for other maintainers is cut, and what stands above it is read."""
    assert words(f"{LINE}\nEnjoy!\n\n{PULL}") == []
    assert words(f"{LINE}\nThanks, queued via immutable branch:\n\n{PULL}") == []
    assert words(f"{LINE}\nWho frees it?\n\n{PULL}") == ["Who frees it?"]
    half = "The following changes since v1 are odd."
    assert words(f"{LINE}\n{half}\n") == [half]


def test_small_talk_that_answers_somebody_is_a_remark():
    """Below words of a reply, and not of a patch, it is an answer, whatever it says."""
    asked = quote("> +\ttimer_stop(&lamp->timer);") + quote("") + quote("Does it work?")
    assert words(f"{asked}\nThis works for me.\n") == ["This works for me."]


@pytest.mark.parametrize(
    "said",
    ["Thanks Ben.", "Thank you, Ada!", "Thank you for the new lamps!\nEwa", "Thanks!\n\nadp",
     "-- EL"],
)  # fmt: skip
def test_thanks_and_a_signature_alone_are_no_remark(said):
    """Neither is, nor are both: a nickname, initials, a name right below the thanks."""
    assert words(f"{LINE}\n{said}\n") == []


def test_a_name_is_signed_without_its_umlaut():
    """`Jürgen` may sign as `Juergen`."""
    text = f"{LINE}\nWhy?\n\n{MORE}\nJuergen\n"
    made = answer(text, sender="Jürgen Lampe <jl@lamp.example>")
    assert [one.text for one in parse_remarks(made, lamp_series())] == ["Why?"]


@pytest.mark.parametrize(
    "said",
    [
        "Why?\n\nflicker",
        "Why?\n\n        flicker",
        "Thanks,\nEwa\n\nPS: Who frees it?",
        "Why?\n\n\t\t\t\tIRQ",
        "public",
        "The mail says [public]",
        "Twice\n-- is wrong",
    ],
)
def test_a_word_that_may_be_a_name_stays(said):
    """Below words that say something, one word more may be a part of them."""
    assert words(f"{LINE}\n{said}\n") == [said]


@pytest.mark.parametrize(
    "line",
    ["Excerpts from Ben Ostrom's message of June 24, 2021 1:57 pm:", "* Ben Ostrom:",
     "Quoting Ben Ostrom (2022-03-07 10:48:59)", "From: Ben Ostrom"],
)  # fmt: skip
def test_lines_above_a_quote_that_name_its_writer(line):
    """Such a line is the quote's, in whatever client's words."""
    assert words(f"{line}\n{LINE}Twice?\n") == ["Twice?"]


TESTED = "Tested-by: Ewa Lis <ewa.of.the.lamps@kvm.example> # On a lamp of"


@pytest.mark.parametrize("note", ["Copenhagen 1904", "Copenhagen 1904\n\nThanks,\nEwa"])
def test_the_wrapped_note_of_a_tag_is_no_remark(note):
    """A mail program wraps `# On a lamp of Copenhagen` behind a long tag."""
    assert words(f"{LINE}\n{TESTED}\n{note}\n") == []


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (TESTED, "Why?"),
        (f"{TESTED}\n", "Copenhagen has none."),
        ("Tested-by: Ewa Lis <ewa@kvm.example> # On", "Copenhagen"),
        (TESTED, "Copenhagen has more than\none of these."),
        (TESTED.replace(" # On", " and"), "Copenhagen"),
    ],
)
def test_words_below_a_tag_are_a_remark(tag, said):
    """A question, a paragraph, and what had room behind the tag are no note that was wrapped."""
    assert words(f"{LINE}\n{tag}\n{said}\n") == [said]
