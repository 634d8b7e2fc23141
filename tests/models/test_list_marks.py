"""What lists add to a mail does not make another mail of it."""

import pytest

from kvminbox.models.list_marks import cut_footer
from kvminbox.patches import read_message
from tests.mails import write_mail

RULE = "_" * 47
TEXT = "It lights.\n\nThanks,\nAda"
FOOTERS = {
    "mailman 2": f"{RULE}\nlamps mailing list\nlamps@lists.example\n"
    "https://lists.example/mailman/listinfo/lamps\n",
    "an address beside it": f"{RULE}\nlamps mailing list -- lamps@lists.example\n"
    "To unsubscribe send an email to lamps-leave@lists.example\n",
    "no address": f"{RULE}\nlamps mailing list\nhttp://lists.example/mailman/listinfo/lamps\n",
    "the address in the first line": f"{RULE}\nmailing list lamps@lists.example\n"
    "https://lists.example/lists/listinfo/lamps\n",
    "dashes": "--\nLamps mailing list\nLamps@lists.example\n"
    "https://lists.example/mailman/listinfo/lamps\n",
    "information": "-- \nMailing list info: https://lists.example/listinfo/lamps\n",
    "a group": "-- \nYou received this message because you are subscribed to the Google Groups "
    '"lamps" group.\nTo unsubscribe from this group and stop receiving emails from it, send an '
    "email to lamps+unsubscribe@groups.example.\nTo view this discussion on the web visit "
    "https://groups.example/d/msgid/lamps/1%40lamp.example.\n",
    "an old group": "-- \nYou received this message because you are subscribed to the Google Groups"
    ' "lamps" group.\nTo unsubscribe from this group and stop receiving emails from it, send an '
    "email to lamps+unsubscribe@groups.example.\nTo post to this group, send email to "
    "lamps@groups.example.\nVisit this group at https://groups.example/group/lamps.\nTo view this "
    "discussion on the web visit https://groups.example/d/msgid/lamps/1.\n"
    "For more options, visit https://groups.example/d/optout.\n",
    "a group's last line": "To unsubscribe from this group and stop receiving emails from it, send "
    "an email to lamps+unsubscribe@lists.example.\n",
    "majordomo": '--\nTo unsubscribe from this list: send the line "unsubscribe lamps" in\n'
    "the body of a message to majordomo@vger.example\n"
    "More majordomo info at  http://vger.example/majordomo-info.html\n",
    "majordomo with its questions": "-\n--\nTo unsubscribe from this list: send the line "
    '"unsubscribe lamps" in\nthe body of a message to majordomo@vger.example\n'
    "More majordomo info at  http://vger.example/majordomo-info.html\n"
    "Please read the FAQ at  http://www.lights.example/lamps/\n",
}


@pytest.mark.parametrize("footer", FOOTERS.values(), ids=FOOTERS)
def test_a_footer_is_cut(footer):
    """Each known footer is cut with the blanks before it, and nothing else is."""
    above = TEXT + ("\n\n-" if footer.startswith("-\n") else "")
    assert cut_footer(f"{TEXT}\n\n{footer}") == above
    assert cut_footer(f"{TEXT}\n{footer}\n\n") == above.replace("\n\n-", "\n-")


def test_footers_of_two_lists_are_cut():
    """What one list got from another has the footers of both."""
    both = f"{TEXT}\n\n{FOOTERS['a group']}\n{FOOTERS['mailman 2']}"
    assert cut_footer(both) == TEXT


@pytest.mark.parametrize(
    "end",
    [
        "-- \nAda Pfeiffer, who reads each mailing list\n",
        f"{RULE}\nlamps mailing list\nlamps@lists.example\nWhat do you think of that list?\n",
        "--\nYou received this message because I like you.\n",
        "To unsubscribe from this group of people is hard.\n",
        "> -- \n> Mailing list info: https://lists.example/listinfo/lamps\n",
        "Mailing list info: https://lists.example/listinfo/lamps\n",
    ],
)
def test_what_is_no_footer_stays(end):
    """A signature, words below a footer, quoted ones, and words that begin alike are text."""
    assert cut_footer(f"{TEXT}\n{end}") == f"{TEXT}\n{end}".rstrip()


SUBJECT = "[PATCH] lamp: make {on, off} one"
HEADERS = ("To: a@a.example, lamps@lists.example", "Cc: ewa@lis.example")
WICKS = "List-Id: Wicks <wicks.lists.example>"
COPIES = {
    "a footer": (SUBJECT, FOOTERS["a group"], *HEADERS),
    "fewer receivers": (SUBJECT, "", HEADERS[0]),
    "none": (SUBJECT, ""),
    "a tag": (f"[lamps] {SUBJECT}", "", *HEADERS),
    "folded anew": (SUBJECT.replace(", ", ","), "", *HEADERS),
    "the tag of a list that got a Bcc": (f"[wicks] {SUBJECT}", "", *HEADERS, WICKS),
    "another case": (SUBJECT.replace("PATCH", "Patch"), "", *HEADERS),
}


def key(subject, end, *headers, body="Words.\n", sender="Ada <ada@ada.example>"):
    """Return the content key of a mail."""
    raw = write_mail(subject, f"{body}\n{end}", *headers, ids=["1@a.example"], sender=sender)
    return read_message(raw).content_key()


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy_of_another_list_is_the_same_mail(copy):
    """Receivers, a footer, a tag and the way a subject is folded are the lists' own."""
    assert key(*copy) == key(SUBJECT, "", *HEADERS)


def test_a_line_that_an_mbox_file_quoted_is_the_same():
    """`>From ` at the start of a line is `From ` of another archive; no other quote is."""
    texts = ["From here on.\n\nFrom there, too.\n", ">From here on.\n\n>From there, too.\n"]
    one, two = (key(SUBJECT, "", *HEADERS, body=text) for text in texts)
    assert one == two
    for other in ("> From here on.\n\nFrom there, too.\n", ">From: here on.\n\nFrom there, too.\n"):
        assert key(SUBJECT, "", *HEADERS, body=other) != one


def test_other_words_are_another_mail():
    """A mail of the same id with another subject, text or sender is another one."""
    own = key(SUBJECT, "", *HEADERS)
    assert key(SUBJECT, "", *HEADERS, sender="Ada <Ada@Ada.example>") == own
    for other in (
        key(f"[wicks] {SUBJECT}", "", *HEADERS),
        key("[PATCH RESEND] lamp: make {on, off} one", "", *HEADERS),
        key(SUBJECT, "", *HEADERS, body="Other words.\n"),
        key(SUBJECT, "", *HEADERS, sender="Ewa <ewa@lis.example>"),
    ):
        assert other != own
