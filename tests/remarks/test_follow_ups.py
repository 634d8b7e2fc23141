"""What the next version did with the place of a remark."""

import pytest

import kvminbox.remarks.follow as follow_room
from kvminbox import link_series
from kvminbox.remarks import collect_remarks, follow_up
from kvminbox.series import group_series
from tests.remarks.remark_mails import (
    ADA,
    BLINK_DIFF,
    COVER,
    LAMP,
    LAMP_DIFF,
    answer,
    lamp_mails,
    lamp_series,
    patch_text,
    quote,
    read_mail,
)

INIT = "+	timer_init(&lamp->timer, lamp_blink);"
LATER = 48
BEN = "Ben <ben@cloud.example>"


def follow(text, *, tag="PATCH v2", replies=(), hour=LATER, mails=None, **more):
    """Return what became of the remarks of a reply to the first patch."""
    reply = answer(text)
    newer = lamp_mails("t", tag=tag, hour=hour, **more) if mails is None else mails
    mails = [*lamp_mails(), *newer, reply, *replies]
    chains = link_series(group_series(mails))
    found = [one for chain in chains for one in follow_up(chain, mails)]
    return [one for one in found if one.remark.message_id == "re@x"]


def follow_one(quoted, **more):
    """Return what became of one remark below a quote."""
    (found,) = follow(quote(quoted) + "\nIs this so?\n", **more)
    return found


def changed(old, new, diff=LAMP_DIFF):
    """Return the diff with a text replaced by another."""
    assert old in diff
    return diff.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        (INIT, INIT.replace("init", "setup"), "changed"),
        (f"{INIT}\n", "", "changed"),
        ("+	return 0;", "+	return 1;", "near"),
        ("+	unsigned int count;", "+	unsigned long count;", "elsewhere"),
        ("index 1111111..2222222", "index 1111111..5555555", "unchanged"),
        ("@@ -10,6 +10,27 @@ struct lamp {", "@@ -15,6 +15,27 @@ struct lamp {", "unchanged"),
        (" 	int power;", " 	long power;", "unchanged"),
        (INIT, INIT.replace("	", "        "), "changed"),
    ],
    ids=["other words", "gone", "next line", "far", "blob", "moved hunk", "context", "blanks"],
)
def test_a_line_is_held_against_the_next_version(old, new, outcome):
    """The line itself, blanks included, then those next to it, then the file's other ones."""
    found = follow_one(INIT, diff=changed(old, new))
    assert (found.outcome, found.next.revision, found.next_patch) == (outcome, 2, 1)
    assert found.evidence


def test_all_quoted_lines_are_counted():
    """A remark at a closing brace may be answered at the function's top."""
    quoted = f"+	if (!lamp)\n+		return -EINVAL;\n{INIT}\n+	return 0;\n+}}"
    text = LAMP_DIFF[
        LAMP_DIFF.index("+static int lamp_start") : LAMP_DIFF.index("+static int lamp_stop")
    ]
    found = follow_one(
        text.split("\n+}")[0] + "\n+}", diff=changed("+static int lamp_start(", "+int lamp_start(")
    )
    assert (found.outcome, found.quoted_changed) == ("elsewhere", 1)
    assert follow_one(quoted).quoted_changed == 0


def test_a_removal_that_is_taken_back_is_changed():
    """The `-` line is not in the next version; that it goes with its hunk does not matter."""
    diff = LAMP_DIFF[: LAMP_DIFF.index("@@ -60")]
    found = follow_one("-	timer_stop(&shared_timer);", diff=diff)
    assert found.outcome == "changed"


def test_a_line_that_moved_is_not_changed():
    """A function that stands elsewhere in the file now has the same lines."""
    start = LAMP_DIFF[
        LAMP_DIFF.index("+static int lamp_start") : LAMP_DIFF.index("+static int lamp_stop")
    ]
    stop = LAMP_DIFF[
        LAMP_DIFF.index("+static int lamp_stop") : LAMP_DIFF.index(" \n static int shared")
    ]
    found = follow_one(INIT, diff=LAMP_DIFF.replace(start + stop, stop + start))
    assert found.outcome != "changed"


def test_a_line_that_moved_alone_is_changed():
    """It is not where it was, though the same words are elsewhere in the file."""
    diff = LAMP_DIFF.replace(f"{INIT}\n", "").replace(
        " static int shared;", f"{INIT}\n static int shared;"
    )
    assert follow_one(INIT, diff=diff).outcome == "changed"


def test_a_renamed_file_is_followed():
    """By its lines: the new version has them in another file."""
    found = follow_one(
        INIT, diff=changed(INIT, INIT.replace("init", "setup")).replace("lamp.c", "bulb.c")
    )
    assert (found.outcome, found.next_path) == ("changed", "drivers/bulb.c")
    assert "bulb.c" in found.evidence[0]


def test_a_file_that_is_gone_is_told():
    """Where nothing in the new version is like it."""
    other = BLINK_DIFF.replace("blink.c", "wire.c").replace("blinks_of_this_lamp", "wires")
    found = follow_one(INIT, diff=other)
    assert (found.outcome, found.next_patch) in {("gone", 1), ("dropped", None)}


def test_changes_that_went_to_another_patch_are_found():
    """A patch that was merged with another one is not dropped."""
    head = "t-0@x"
    wires = patch_text("Wires.\n---\n", BLINK_DIFF.replace("blink.c", "wire.c"))
    both = patch_text("Both.\n---\n", BLINK_DIFF + LAMP_DIFF)
    mails = [
        read_mail(head, "[PATCH v2 0/2] lamp: a timer each", COVER, ADA, hour=LATER),
        read_mail("t-1@x", "[PATCH v2 1/2] lamp: wires", wires, ADA, [head], LATER),
        read_mail("t-2@x", "[PATCH v2 2/2] lamp: count the blinks", both, ADA, [head], LATER),
    ]
    found = follow_one(INIT, mails=mails)
    assert (found.outcome, found.next_patch) == ("unchanged", 2)


def test_a_dropped_patch_is_told():
    """The next version is whole, and has neither the patch nor its file."""
    blink = patch_text("Count them.\n---\n", BLINK_DIFF)
    mails = [read_mail("t-1@x", "[PATCH v2] lamp: count the blinks", blink, ADA, ["s-0@x"], LATER)]
    found = follow_one(INIT, mails=mails)
    assert found.outcome in {"dropped", "no_version"}
    assert found.next_patch is None


def test_a_patch_whose_mail_is_missing_is_not_called_dropped():
    """Of a version with a hole nothing can be said."""
    mails = [
        one for one in lamp_mails("t", tag="PATCH v2", hour=LATER) if one.message_id != "t-1@x"
    ]
    assert follow_one(INIT, mails=mails).outcome == "no_version"


def test_a_version_that_is_older_than_the_remark_says_nothing():
    """It was sent before, so that it can't have heard it."""
    found = follow_one(INIT, hour=1, diff=changed(INIT, INIT.replace("init", "setup")))
    assert (found.outcome, found.next) == ("no_version", None)


@pytest.mark.parametrize(
    ("message", "outcome"),
    [
        (LAMP, "unchanged"),
        (LAMP.replace("Two lamps that share a timer flicker", "Lamps flicker"), "changed"),
        (LAMP.replace("the timer of the first.", "that of the first."), "near"),
        (LAMP.replace("only that one", "no other one"), "elsewhere"),
        (LAMP.replace("flicker: the second one stops\nthe", "flicker:\nthe second one stops the"),
         "unchanged"),
        (LAMP.replace("Signed-off-by", "Acked-by: Ewa Lis <ewa@kvm.example>\nSigned-off-by"),
         "unchanged"),
    ],
    ids=["same", "words", "next words", "far words", "wrapped anew", "a tag"],
)  # fmt: skip
def test_a_remark_on_the_message_is_held_against_the_message(message, outcome):
    """By its words: neither line breaks nor new tags change it, nor does the code."""
    quoted = "Two lamps that share a timer flicker: the second one stops"
    found = follow_one(quoted, message=message, diff=changed("+	return 0;", "+	return 1;"))
    assert found.outcome == outcome


def test_a_remark_on_a_trailer_is_held_against_the_trailers():
    """It stands there as it was, or it does not."""
    trailers = 'Fixes: 0123456789ab ("lamp: blink")'
    text = f"{quote(trailers)}\nIs it that one?\n\n{quote('Signed-off-by: ' + ADA)}"
    (same,) = follow(text, message=LAMP.replace("flicker:", "blink:"))
    assert (same.outcome, same.remark.place) == ("elsewhere", "message")
    (other,) = follow(text, message=LAMP.replace("0123456789ab", "abcdef012345"))
    assert other.outcome == "changed"


def test_a_general_remark_is_held_against_the_patch():
    """It has no line: the patch is the same, or something in it differs."""
    (same,) = follow("This is too much at once.\n")
    assert (same.outcome, same.remark.place) == ("unchanged", "general")
    (other,) = follow(
        "This is too much at once.\n", diff=changed("+	return 0;", "+	return 1;")
    )
    assert other.outcome == "elsewhere"


def test_remarks_of_the_author_and_answers_are_not_followed():
    """They are what is said about remarks."""
    own = answer(quote(INIT) + "I will rename this.\n", sender=ADA)
    mails = [*lamp_mails(), own]
    assert len(collect_remarks(lamp_series(), mails)) == 1
    (chain,) = link_series(group_series(mails))
    assert follow_up(chain, mails) == ()


def test_mails_that_can_have_no_open_remark_are_not_read(monkeypatch):
    """Neither the author's mails nor those of programs that do not review are looked at."""
    read = []
    find = follow_room.find_remarks
    monkeypatch.setattr(
        follow_room, "find_remarks", lambda *one: read.append(one[0].message_id) or find(*one)
    )
    bot = "kernel test robot <lkp@lab.example>"
    own = answer(quote(INIT) + "I will rename this.\n", sender=ADA, identity="own@x")
    robot = answer(quote(INIT) + "It does not build.\n", sender=bot, identity="bot@x")
    assert [one.outcome for one in follow(quote(INIT) + "Why?\n", replies=[own, robot])]
    assert read == ["re@x"]


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        (quote("On Mon, Ewa Lis wrote:\n> " + INIT + "\nIs this so?") + "\nIt is.\n", True),
        ("It is.\n", True),
        (quote("Is this so?") + "\n", False),
        (quote("Does the second one leak?") + "\nNo.\n", False),
        ("It is.\n\n" + quote("Is this so?"), True),
        (quote("Hello,") + "\nHello!\n\n" + quote("Is this so?"), False),
    ],
    ids=["below", "no quote", "no words", "another remark", "above", "between"],
)
def test_an_answer_of_the_author_is_told(text, is_answer):
    """It quotes the remark and has words below it, or above all quotes, or quotes nothing."""
    reply = answer(text, to=("s-0@x", "s-1@x", "re@x"), sender=ADA, identity="own@x", hour=6)
    found = follow_one(INIT, replies=[reply])
    assert (found.answers, found.answered) == ((("own@x",), True) if is_answer else ((), False))


ASKED = """Does the second lamp still share its timer
with the first one when both of them blink?"""
REBROKEN = """Does the second lamp still share its
timer with the first one when both of
them blink?"""
JOINED = "Does the second lamp still share its timer with the first one when both of them blink?"


def answers_of(reply_text, *, to=("s-0@x", "s-1@x", "re@x"), said=ASKED):
    """Return the ids of Ada's answers to a remark of Ewa's below one line."""
    reply = answer(reply_text, to=to, sender=ADA, identity="own@x", hour=6)
    (found,) = follow(quote(INIT) + f"\n{said}\n", replies=[reply])
    return found.answers


@pytest.mark.parametrize("quoted", [REBROKEN, JOINED], ids=["broken", "joined"])
def test_a_quote_whose_lines_were_broken_anew_is_one_of_the_remark(quoted):
    """Its words count, not where a mail program ends its lines."""
    head = "Ewa, \n\n> -----Original Message-----\n> From: Ewa Lis\n> Subject: Re: lamps\n"
    above = quote(INIT, "> > ")
    below = quote("+	return 0;", "> > ")
    text = f"{head}{above}> \n{quote(quoted)}> \n\nNo longer.\n\n{below}"
    assert answers_of(text) == ("own@x",)


@pytest.mark.parametrize(
    ("quoted", "said"),
    [
        ("Does the second lamp still share its", JOINED),
        (f"Hello Ada, {JOINED}", f"Hello Ada,\n\n{ASKED}"),
    ],
    ids=["first half", "with the greeting"],
)
def test_half_a_line_or_a_line_with_more_is_one_of_the_remark(quoted, said):
    """A line that was broken may be answered in its middle, or joined with what was above."""
    assert answers_of(quote(quoted) + "\nNo longer.\n", said=said) == ("own@x",)


@pytest.mark.parametrize(
    "text",
    [
        quote(REBROKEN) + "\n" + quote("+	return 0;", "> > ") + "> Why zero?\n\nIt worked.\n",
        quote("Hello Ada,") + "\nHello!\n\n" + quote(REBROKEN),
        quote(REBROKEN) + "\nThanks,\nAda\n",
        quote("Does the second lamp still share its\ntimer with the first one when both of")
        + "them blink?\n" + quote("+	return 0;", "> > "),
        quote("Does the second lamp leak when it is\nstopped by the first one?") + "\nNo.\n",
        quote(REBROKEN, "> > ") + quote("I do not know, ask Ada.") + "\nI will look.\n",
    ],
    ids=["elsewhere", "above it", "closing", "lost mark", "another", "another's"],
)  # fmt: skip
def test_words_that_are_not_below_a_rebroken_quote_are_no_answer(text):
    """A mail may quote all of another, and answer it at one place."""
    assert answers_of(text) == ()


@pytest.mark.parametrize(
    ("text", "to", "is_answer"),
    [
        ("Please ignore this patch, it is too complex.\n\n", "re@x", True),
        ("I see.\nSorry, please disregard this series.\n\n", "re@x", True),
        ("Please ignore this patch.\n", "s-1@x", True),
        ("I'll withdraw this patch then.\n\n", "re@x", True),
        ("Sent by mistake, please ignore this.\n", "s-1@x", True),
        ("Please ignore this.\n\n", "re@x", False),
        ("Please ignore this patch if the lamp is off.\n\n", "re@x", False),
        ("Please ignore this patch's title.\n\n", "re@x", False),
        ("Please ignore the version number.\n\n", "re@x", False),
        ("I can't ignore this patch.\n\n", "re@x", False),
        ("Please ignore this patch.\n", "s-2@x", False),
    ],
)
def test_an_author_who_withdraws_a_patch_answers_all_remarks_on_it(text, to, is_answer):
    """Wherever the words stand; those below another patch, or with a condition, do not."""
    if to == "re@x":  # between two quotes, where other words answer nothing
        below = quote("On Mon, Ewa Lis wrote:\n> " + INIT + "\n" + ASKED)
        text = f"{quote('Hello Ada,')}\n{text}{below}"
    parents = ("s-0@x", "s-1@x", to) if to == "re@x" else ("s-0@x", to)
    assert answers_of(text, to=parents) == (("own@x",) if is_answer else ())


MORE = quote(INIT) + f"\n{ASKED}\n\n" + quote("+	return 0;") + "\nWhy zero?\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I'll address these and the other comments in v2.", 2),
        ("Thanks, will fix all of them.", 2),
        ("Addressed your comments in v2.", 2),
        ("Thanks, I committed this with another name as attached.", 2),
        ("I studied all of the suggestions and agree with them. May I add\nthem to the guide?", 2),
        ("That's all good points below - gonna address them.", 2),
        ("Good point on all these! I'll respin.", 2),
        ("OK, that works for me.\nHappy with the suggestions, I'll fold that in v6.", 2),
        ("I've incorporated your feedback, but will wait for more of it.", 2),
        ("I think I've covered everything you've mentioned in v3, except for:", 2),
        ("Ok, I will remove this patch next version.", 2),
        ("I will send out a v3 which drops this patch since it's buggy.", 2),
        ("I agree with most of these comments.", 1),
        ("I don't agree with all of these comments.", 1),
        ("I'm fine with the comments in this file.", 1),
        ("All good points to a leak, if it is one.", 1),
        ("I'll remove this patch's last hunk.", 1),
        ("Should I drop this patch?", 1),
        ("I'll fix all callers.", 1),
        ("I'll fix all of them but the first.", 1),
        ("Can you fix all of them?", 1),
        ("Ben committed this.", 1),
        ("It works.", 1),
    ],
)
def test_an_author_may_answer_all_remarks_at_once(text, found):
    """Who quotes one of two, and says that all are heeded, or the patch committed."""
    below = quote("On Mon, Ewa Lis wrote:") + quote("Why zero?") + f"\n{text}\n"
    reply = answer(below, to=("s-0@x", "s-1@x", "re@x"), sender=ADA, identity="own@x", hour=6)
    assert sum(one.answered for one in follow(MORE, replies=[reply])) == found


def test_words_above_the_quote_of_several_remarks_answer_none():
    """Which of them is meant is not told."""
    text = "It worked.\n\n" + quote("On Mon, Ewa Lis wrote:\n" + MORE)
    reply = answer(text, to=("s-0@x", "s-1@x", "re@x"), sender=ADA, identity="own@x", hour=6)
    assert [one.answered for one in follow(MORE, replies=[reply])] == [False, False]


TALK = quote(INIT, "> > > ") + "> > Why zero?\n"


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        (f"{TALK}> It is faster.\n\nIt is, Ben.\n", True),
        (f"{TALK}\nI forgot.\n", True),
        (f"{TALK}> It is faster.\n", False),
        (f"Hi Ben,\n\n{TALK}> It is faster.\n", False),
        (f"{TALK}> > > +	return 0;\n> Should it be so?\n\nYes.\n", False),
        (f"{TALK.replace('Why zero?', 'Why?')}> It is faster.\n\nIt is.\n", False),
    ],
)
def test_an_author_may_answer_the_talk_about_a_remark(text, is_answer):
    """Own words below a remark and others' words on it are an answer to all of them."""
    ben = answer("> Why zero?\nIt is faster.\n", to=("s-1@x", "re@x"), sender=BEN, identity="b@x")
    reply = answer(text, to=("s-1@x", "re@x", "b@x"), sender=ADA, identity="own@x", hour=7)
    found = follow(f"{quote(INIT)}Why zero?\n", replies=[ben, reply])
    assert [one.answered for one in found] == [is_answer]


def test_somebody_elses_answer_is_not_the_authors():
    """Only the sender of the series, or the author of the patch, can answer for it."""
    reply = answer("It is.\n", to=("s-1@x", "re@x"), sender=BEN, identity="b@x", hour=6)
    assert follow_one(INIT, replies=[reply]).answers == ()


@pytest.mark.parametrize(
    ("sender", "to", "is_answer"),
    [(ADA, "re@x", True), (BEN, "re@x", False), (ADA, "s-1@x", False)],
)
def test_the_author_may_answer_a_remark_with_a_patch(sender, to, is_answer):
    """A patch of the author's that is no next version answers the mail below which it stands."""
    text = patch_text("Dim it.\n---\n", BLINK_DIFF.replace("blink.c", "dim.c"))
    other = read_mail("own@x", "[PATCH] dim: dim it", text, sender, [to], 6)
    found = follow_one(INIT, replies=[other], mails=[])
    assert (found.outcome, found.answered) == ("no_version", is_answer)


def test_collected_remarks_are_in_the_order_of_the_replies():
    """Each reply's are together, whatever order the mails came in."""
    first = answer(quote(INIT) + "One.\n\n" + quote("+	return 0;") + "Two.\n")
    second = answer(quote(INIT) + "Three.\n", identity="se@x", hour=7)
    found = collect_remarks(lamp_series(), [second, first, *lamp_mails()])
    assert [remark.text for remark in found] == ["One.", "Two.", "Three."]
