"""Below which line of a series the words of a reply stand."""

import pytest

from kvminbox.remarks import parse_remarks
from tests.remarks.remark_mails import (
    COVER,
    LAMP,
    LAMP_DIFF,
    answer,
    lamp_series,
    patch_text,
    quote,
)

HEAD = "On Mon, 3 Mar 2025 at 10:00, Ada Pfeiffer <ada@silicon.example> wrote:\n"
START = LAMP_DIFF[
    LAMP_DIFF.index("+static int lamp_start") : LAMP_DIFF.index("+static int lamp_stop")
]
STOP = LAMP_DIFF[LAMP_DIFF.index("+static int lamp_stop") : LAMP_DIFF.index(" static int shared")]


def read(text, **more):
    """Return the remarks of a reply to the first patch."""
    return parse_remarks(answer(text, **more), lamp_series())


def read_one(text, **more):
    """Return the only remark of a reply."""
    (remark,) = read(text, **more)
    return remark


def row_of(line, number=0):
    """Return the row of a line of the diff, of several the one with a number."""
    return [row for row, text in enumerate(LAMP_DIFF.split("\n")) if text == line][number]


def test_a_remark_stands_below_the_line_that_is_quoted():
    """Path, side, line, hunk and row are those of the quoted line above the words."""
    remark = read_one(
        HEAD + quote("+	timer_init(&lamp->timer, lamp_blink);") + "\nCan it fail?\n"
    )
    assert (remark.place, remark.path, remark.side, remark.line) == (
        "line",
        "drivers/lamp.c",
        "new",
        23,
    )
    assert (remark.patch, remark.patch_message_id, remark.hunk) == (1, "s-1@x", 1)
    assert remark.row == row_of("+	timer_init(&lamp->timer, lamp_blink);")
    assert (remark.text, remark.quoted) == (
        "Can it fail?",
        "+	timer_init(&lamp->timer, lamp_blink);",
    )
    assert (remark.message_id, remark.sender.email) == ("re@x", "ewa@kvm.example")
    assert not remark.is_answer and not remark.by_author and not remark.by_program


def test_a_removed_line_is_on_the_old_side():
    """Its number is that before the change; one of context has both sides, and the new number."""
    removed = read_one(quote("-	timer_stop(&shared_timer);") + "Why?\n")
    assert (removed.side, removed.line, removed.hunk) == ("old", 62, 2)
    context = read_one(quote(" 	lamp_free();") + "Why not here?\n")
    assert (context.side, context.line, context.hunk) == ("both", 82, 2)


@pytest.mark.parametrize(
    ("quoted", "line"), [(START, 21), (STOP, 29)], ids=["the first one", "the second one"]
)
def test_of_equal_lines_the_one_below_its_neighbours_is_meant(quoted, line):
    """`return -EINVAL;` is in both functions: the run of quoted lines above tells which."""
    until = quoted[: quoted.index("+	timer_")]
    remark = read_one(quote(until) + "Can this happen?\n")
    assert (remark.line, remark.quoted.split("\n")[-1]) == (line + 1, "+		return -EINVAL;")


def test_below_the_remark_before_the_next_equal_line_is_meant():
    """A lone `+}` below a remark on the first function's `+}` is the second function's."""
    first, second = read(quote("+}") + "One.\n\n" + quote("+}") + "Two.\n")
    assert (first.row, second.row) == (row_of("+}"), row_of("+}", 1))


def test_lines_that_follow_tell_the_place_too():
    """What is quoted below a remark belongs to the run: it tells which `+{` is above it."""
    text = (
        quote("+{")
        + "A brace.\n"
        + quote("+	if (!lamp)\n+		return -EINVAL;\n+	timer_stop(&lamp->timer);")
    )
    assert read_one(text).row == row_of("+{", 1)


def test_a_quote_may_be_cut_and_have_no_headers():
    """Neither `+++` nor a whole `@@` is needed, and `[...]` and gaps do not matter."""
    text = (
        HEAD
        + quote("@@ -10,6 +10,27 @@ struct\n+	struct timer timer;")
        + "\n[...]\n\n"
        + quote("+	timer_stop(&lamp->timer);\n+	return 0;")
        + "\nAnd if it runs?\n"
    )
    remark = read_one(text)
    assert remark.row == row_of("+	return 0;", 1)
    assert remark.quoted == "+	timer_stop(&lamp->timer);\n+	return 0;"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\t", "        "),
        lambda text: text.replace("> +", ">+"),
        lambda text: text.replace("> +\t", "> + "),
        lambda text: text.replace("> ", "Ada> "),
        lambda text: text.replace("> ", "| "),
        lambda text: text.replace("> ", "&gt; "),
        lambda text: text.replace("> ", ">\u00a0"),
        lambda text: text.replace("(&lamp->timer, lamp_blink", "(&lamp->timer,\n> lamp_blink"),
        lambda text: text.replace("(&lamp->timer, lamp_blink", "(&lamp->timer,\nlamp_blink"),
        lambda text: text.replace("> +	if (!lamp)\n", "> +	if (!lamp)\n>\n>\n"),
        lambda text: text.replace("> +	timer", "+	timer"),
    ],
    ids=["tabs are blanks", "no blank", "tab lost", "initials", "bars", "html", "hard blank",
         "wrapped", "wrapped, no mark", "empty lines", "a mark lost"],
)  # fmt: skip
def test_damaged_quotes_are_found(damage):
    """Mail clients turn tabs to blanks, wrap lines, add empty ones, and lose marks."""
    text = quote(START.split("+}")[0]) + "\nIs that all?\n"
    remark = read_one(damage(text))
    assert remark.row == row_of("+	return 0;")
    assert remark.text == "Is that all?"


def test_a_blank_added_line_is_a_line_and_an_empty_quoted_one_is_none():
    """`> +` is in the patch; `>` is only the writer's."""
    last = "+		return -EINVAL;\n+	timer_stop(&lamp->timer);\n+	return 0;\n+}"
    assert read_one(quote(last) + ">\n\nDone?\n").row == row_of("+}", 1)
    assert read_one(quote("+};\n+") + "\nTwo lines, please.\n").row == row_of("+", 1)


def test_words_within_the_message_are_about_the_message():
    """Also between the halves of a sentence, where the quoted lines are pieces of one."""
    text = (
        quote("Two lamps that share a timer flicker: the second one stops")
        + "Only on Mondays.\n"
        + quote("the timer of the first. Give each")
        + "\nEach?\n\n"
        + quote("lamp a timer, and stop\nonly that one.")
        + "\nOne timer is enough.\n"
    )
    remarks = read(text)
    assert [remark.place for remark in remarks] == ["message"] * 3
    assert [remark.row for remark in remarks] == [0, 1, 2]


def test_a_message_that_a_client_wrapped_anew_is_found():
    """Where other words are in each line, the last words of the quote count."""
    text = quote(
        "Two lamps that share a timer\nflicker: the second one stops the timer of\nthe first."
    )
    remark = read_one(text + "Really?\n")
    assert (remark.place, remark.row) == ("message", 1)


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        ("Signed-off-by: Ada Pfeiffer <ada@silicon.example>\n", "below the trailers"),
        ("---\n", "below the `---`"),
        ("1 deletion(-)\n", "below the diffstat"),
        ("2.43.0\n", "below the whole patch"),
        ("-	timer_stop(&shared_timer);\n }\n", "below a quote of the whole"),
    ],
)
def test_below_the_end_of_a_part_a_remark_is_general(until, reason):
    """Below the trailers, the `---`, the diffstat or the whole patch it is about all of it."""
    text = patch_text()
    text = text[: text.index(until) + len(until)]
    remark = read_one(HEAD + quote(text) + "\nI would take this through my tree.\n")
    assert (remark.place, remark.row, remark.patch) == ("general", None, 1)
    assert reason in remark.evidence[0]


def test_between_trailers_a_remark_is_about_the_message():
    """`Fixes:` with a wrong commit is told right below it, and the quote goes on."""
    text = quote(LAMP[: LAMP.index("Signed-off")]) + "That is another lamp.\n"
    remark = read_one(text + quote("Signed-off-by: Ada Pfeiffer <ada@silicon.example>"))
    assert remark.place == "message"


def test_notes_and_file_headers_have_places():
    """The text below `---` is no part of the message; a header is its file's."""
    notes = read_one(quote("Changes since v1: none so far.") + "There was a v1?\n")
    assert notes.place == "notes"
    header = read_one(quote("diff --git a/drivers/lamp.c b/drivers/lamp.c") + "Wrong folder.\n")
    assert (header.place, header.path, header.line, header.hunk) == (
        "file",
        "drivers/lamp.c",
        None,
        None,
    )
    hunk = read_one(quote("@@ -60,4 +81,3 @@ static void lamp_exit(void)") + "Which one?\n")
    assert (hunk.place, hunk.path, hunk.hunk) == ("file", "drivers/lamp.c", 2)


def test_a_remark_without_a_quote_is_general():
    """Words above all quotes, and a mail without any, are about no line."""
    for text in ("I do not see why.\n", "I do not see why.\n\n" + HEAD + quote(patch_text())):
        remark = read_one(text)
        assert (remark.place, remark.text, remark.row) == ("general", "I do not see why.", None)


def test_what_is_applied_is_all_of_it():
    """`Applied` below a quote of the first paragraph is not about its last line."""
    words = "Applied to lamps/next, with the typo in it fixed.\n"
    remark = read_one(quote(LAMP.split("\n\n")[0]) + f"\n{words}")
    assert remark.place == "general"


@pytest.mark.parametrize(
    "words",
    ["I'll take the lock here.", "Take it with the lock held.", "Applied twice, too.",
     "Apply the mask to it."],
)  # fmt: skip
def test_words_on_code_that_sound_like_taking_it(words):
    """Below the end of a quoted diff they are about its last line."""
    line = quote("+\ttimer_init(&lamp->timer, lamp_blink);")
    (remark,) = parse_remarks(answer(f"{line}\n{words}\n"), lamp_series())
    assert remark.place == "line"


def test_below_the_quoted_subject_a_remark_is_about_the_message():
    """`> Subject: …` with the patch's title is the title's quote; another one is unknown."""
    head = "> From: Ada\n> Subject: {}\n\nA title of what?\n"
    (remark,) = parse_remarks(answer(head.format("lamp: give each lamp a timer")), lamp_series())
    assert (remark.place, remark.row, remark.patch) == ("message", None, 1)
    assert remark.evidence == ("it is below the quoted subject",)
    (remark,) = parse_remarks(answer(head.format("bulb: give each bulb a timer")), lamp_series())
    assert remark.place == "unknown"


def test_a_cover_letter_has_remarks():
    """In a reply to it, and where its words are quoted in a reply to a patch."""
    text = quote(COVER[: COVER.index("\n\n")]) + "\nOn which lamps?\n"
    for more in ({"to": ("s-0@x",), "number": 0}, {}):
        remark = read_one(text, **more)
        assert (remark.place, remark.patch, remark.row) == ("cover", 0, 1)


def test_a_remark_on_another_patch_of_the_series_is_found():
    """A reply to the first patch may quote the second, with lines of its own between."""
    text = (
        quote("+	timer_stop(&lamp->timer);") + "Good that patch 2 has\n"
        + quote("+int blinks_of_this_lamp;") + "as a global. Why global, though?\n"
    )  # fmt: skip
    first, second = read(text)
    assert (first.patch, first.path) == (1, "drivers/lamp.c")
    assert (second.patch, second.path, second.line) == (2, "drivers/blink.c", 2)
    assert "another mail of the series" in second.evidence[0]


def test_the_answered_patch_is_known_by_its_number_if_its_mail_is_not_here():
    """`Re: [PATCH 2/2]` tells it where no id does."""
    text = quote("+int blinks_of_this_lamp;") + "A long name.\n"
    remark = parse_remarks(answer(text, to=("lost@x",), number=2), lamp_series())[0]
    assert (remark.patch, remark.line) == (2, 2)


def test_in_an_answer_to_an_answer_the_last_quoted_line_is_the_answers():
    """Its place is that of the patch's lines above: the words hang on that line."""
    text = (
        "On Tue, 4 Mar 2025, Ewa Lis wrote:\n"
        + quote("On Mon, 3 Mar 2025, Ada Pfeiffer wrote:")
        + quote("+	timer_init(&lamp->timer, lamp_blink);", "> > ")
        + quote("\nCan it fail?")
        + "\nIt cannot.\n\n"
        + quote("+	return 0;", "> > ")
        + "\nSo this is always 0.\n"
    )
    one, two = read(
        text, to=("s-0@x", "s-1@x", "re@x"), sender="Ada Pfeiffer <ada@silicon.example>"
    )
    assert (one.is_answer, one.by_author) == (True, True)
    assert one.row == row_of("+	timer_init(&lamp->timer, lamp_blink);")
    assert one.quoted.strip() == "Can it fail?"
    assert (two.is_answer, two.row) == (False, row_of("+	return 0;"))


def test_an_answer_that_quotes_no_patch_is_general():
    """Though a short line of it, `Thanks,`, may be anywhere."""
    text = (
        "On Tue, 4 Mar 2025, Ewa Lis wrote:\n"
        + quote("Is it tested?\nEach lamp?")
        + "\nYes, all.\n"
    )
    remark = read_one(text, to=("s-0@x", "s-1@x", "re@x"))
    assert (remark.place, remark.is_answer) == ("general", True)


def test_a_quote_of_something_else_has_an_unknown_place():
    """A line that is nowhere in the series is not put to a line that resembles it."""
    remark = read_one(quote("+	timer_restart(&other->timer, 0);") + "Like there?\n")
    assert (remark.place, remark.row, remark.path) == ("unknown", None, "")
    assert "not in the series" in remark.evidence[0]


def test_own_code_is_no_quote():
    """A suggestion without a mark, or with `|` and other words, is part of the remark."""
    text = (
        quote("+	if (!lamp)\n+		return -EINVAL;")
        + "\nBetter:\n\n	BUG_ON(!lamp);\n\n| +	BUG_ON(!lamp);\n"
    )
    remark = read_one(text)
    assert remark.row == row_of("+		return -EINVAL;")
    assert remark.text.endswith("| +	BUG_ON(!lamp);")
    copied = (
        quote("+	if (!lamp)\n+		return -EINVAL;") + "\nDrop:\n+		return -EINVAL;\n"
    )
    assert read_one(copied).text == "Drop:\n+		return -EINVAL;"


def test_programs_are_told_apart():
    """What a robot writes below a line is a remark, and marked as a program's."""
    robot = "kernel test robot <lkp@lab.example>"
    assert read_one(quote("+	return 0;") + "warning: missing space\n", sender=robot).by_program


def test_a_reply_to_nothing_has_no_remarks():
    """Neither an empty mail nor an empty series raises."""
    from kvminbox.models import Series

    assert read("") == ()
    assert parse_remarks(answer("Words.\n"), Series()) == ()


@pytest.mark.parametrize(
    ("quoted", "place"),
    [
        (COVER.split("\n\nThe")[0], "general"),
        ("The first patch is the one that matters.", "cover"),
    ],
    ids=["from the first line on", "one sentence"],
)
def test_a_greeting_below_the_head_of_a_quote_is_about_all_of_it(quoted, place):
    """`Hi Ada,` is how a mail begins; below one sentence it is about that sentence."""
    words = "Hi Ada,\n\nWhich tree is it for?\n"
    (remark,) = parse_remarks(answer(f"{quote(quoted)}\n{words}", to=("s-0@x",)), lamp_series())
    assert (remark.place, remark.text) == (place, "Which tree is it for?")


def test_what_was_taken_with_thanks_is_all_of_it():
    """`Thanks for …` may stand before it, and a name before that."""
    head = quote(LAMP.split("\n\n")[0])
    remark = read_one(f"{head}\nAda, thanks for the lamps. I have applied it, with a fix\n")
    assert remark.place == "general"


def test_an_answer_to_a_draft_is_told_from_the_patch_that_it_resembles():
    """Who drafts another version in a reply quotes the patch one mark deeper than that draft."""
    text = (
        "On Tue, 4 Mar 2025, Ewa Lis wrote:\n"
        + quote("On Mon, 3 Mar 2025, Ada Pfeiffer wrote:")
        + quote("Two lamps that share a timer flicker: the second one stops\n"
                "the timer of the first. Give each lamp a timer, and stop", "> > ")
        + quote("\nWould this do?")
        + "\nIt would.\n\n"
        + quote(START)
    )  # fmt: skip
    remark = read_one(text, to=("s-0@x", "s-1@x", "re@x"))
    assert (remark.is_answer, remark.place) == (True, "message")


def test_between_lines_of_the_diffstat_a_remark_is_about_that_file():
    """Below the last of them it is about the whole."""
    stat = " drivers/lamp.c | 22 ++++++++++++++++++++++"
    end = " 1 file changed, 22 insertions(+), 1 deletion(-)"
    remark = read_one(quote(stat) + "\nThis belongs elsewhere.\n\n" + quote(end))
    assert (remark.place, remark.path) == ("file", "drivers/lamp.c")
    assert remark.row == row_of("+++ b/drivers/lamp.c")
    assert read_one(quote(stat) + "\nThis belongs elsewhere.\n").place == "general"
    assert read_one(quote(f"{stat}\n{end}") + "\nThis is long.\n").place == "general"


def test_thanks_for_a_review_below_the_last_quoted_line_are_about_all_of_it():
    """An author who says that all will be mended does not mean the line above."""
    line = quote("+\ttimer_init(&lamp->timer, lamp_blink);")
    said = "Thanks for your review, I will fix all of it in the next version!\n"
    assert read_one(f"{line}\n{said}", sender="Ada Pfeiffer <ada@silicon.example>").place == (
        "general"
    )
    assert read_one(f"{line}\nThanks for asking, it can be 0.\n").place == "line"
