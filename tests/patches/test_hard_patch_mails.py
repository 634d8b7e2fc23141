"""Patch mails that are hard to take apart: one file in `mails/` for each, named after what is hard.

All but two carry the same change of one line. That git records the same author, title and
message is checked in tests/interop.
"""

from pathlib import Path

import pytest

from kvminbox.models import Submission
from kvminbox.patches import read_message

MAILS = Path(__file__).with_name("mails")
NAMES = sorted(path.stem for path in MAILS.glob("*.eml"))

SIGNED = "Signed-off-by: Lena Lamp <lena@lamp.example>"
USUAL = {
    "kind": "patch",
    "author": "Lena Lamp <lena@lamp.example>",
    "title": "lamp: light it",
    "message": f"The hall is dark.\n\n{SIGNED}",
    "defects": [],
}
OAK = "Old Oak <oak@tree.example>"
JÜRGEN = "Jürgen Eiche <j@tree.example>"
LATIN = f"Für die Halle.\n\n{SIGNED}"
KOI8 = f"Лампа.\n\n{SIGNED}"
EXPORTED = f"""# HG changeset patch
# User Old Oak <oak@tree.example>
# Date 1693900800 -7200
# Node ID 0123456789abcdef0123456789abcdef01234567
# Parent  89abcdef0123456789abcdef0123456789abcdef
lamp: light it

The hall is dark.

{SIGNED}"""
QUOTED = "> ---\n> diff --git a/x.c b/x.c\n> --- a/x.c\n> +++ b/x.c\n> @@ -1 +1 @@\n> -a\n> +b"
WHY = USUAL["message"]
EXPECTED = {  # what is unusual about each
    "address-among-words": {"defects": ["address-odd"]},
    "address-before-the-name": {},
    "an-mbox-line-embedded-in-the-text": {"author": OAK, "title": "lamp: light it again"},
    "bare-address": {"author": "<lena@lamp.example>"},
    "below-a-pine-folder-line": {"defects": ["header-junk-before"]},
    "blank-lines-before-the-header": {"defects": ["header-junk-before"]},
    "blanks-in-subject-and-none-after-from": {},
    "bogus-in-body-date": {"author": OAK},
    "bogus-in-body-from-and-date": {"defects": ["address-odd", "inbody-from-odd"]},
    "brackets-between-brackets": {},
    "comment-that-is-not-closed": {"defects": ["address-odd"]},
    "crlf-all-through": {},
    "crlf-in-quoted-printable": {"defects": ["text-crlf"]},
    "crlf-in-the-text-only": {"defects": ["text-crlf"]},
    "date-of-no-calendar": {"defects": ["date-unreadable"]},
    "empty-text": {"kind": "discussion"},
    "encoded-word-in-a-comment": {"author": JÜRGEN},
    "encoded-words-side-by-side": {"author": JÜRGEN, "title": "lamp:שלום on"},
    "fifty-references": {},
    "from-folded-between-comments": {},
    "from-the-depths-of-a-quotation": {
        "message": f">From the depths of the hall\n>>From below\n\nFrom here on, light.\n\n{WHY}"
    },
    "headers-at-the-very-start": {"author": OAK, "title": "lamp: light them all"},
    "headers-doubled": {"title": "other", "defects": ["header-repeated"] * 2},
    "headers-quoted-in-the-middle": {
        "message": f"They wrote:\n\nFrom: {OAK}\nSubject: [PATCH] other\n\nand so on.\n\n{WHY}"
    },
    "in-body-headers-in-quoted-printable": {"author": "Jürgen <j@lamp.example>"},
    "in-body-headers-over-several-lines": {
        "author": JÜRGEN,
        "title": "lamp: light it, and let it burn, and burn",
    },
    "in-body-subject-folded-by-a-tab": {"author": OAK, "title": "lamp: light it and let it burn"},
    "line-feed-in-an-encoded-subject": {"title": "lamp: light it and let it burn"},
    "list-tag-and-four-words-folded-by-tabs": {"title": "lamp: zünde sie an, bitte"},
    "lone-carriage-return-inside-lines": {"message": WHY.replace("is dark", "is\rdark")},
    "mailbox-encoded-as-one-word": {"author": JÜRGEN, "defects": ["address-odd"]},
    "mercurial-export-in-the-text": {"message": EXPORTED},
    "message-that-quotes-a-patch": {"message": f"As in\n\n{QUOTED}\n\n{WHY}"},
    "multipart-in-iso-8859-15": {"message": f"5 € a lamp.\n\n{SIGNED}"},
    "name-in-iso-2022-jp": {"author": "あかり <akari@lamp.example>"},
    "nested-comments-in-from": {},
    "no-separator": {},
    "no-signature-no-diffstat": {},
    "notes-that-hold-a-separator": {},
    "nul-in-base64": {"defects": ["text-nul"]},
    "nul-in-plain-text": {"message": WHY.replace("dark", "d\ufffdrk"), "defects": ["text-nul"]},
    "patch-without-a-patch": {"kind": "discussion"},
    "path-cut-by-quoted-printable-in-capitals": {},
    "quote-that-is-not-closed": {},
    "quotes-in-a-quoted-name": {"author": 'Lena "The Lamp" Hall <lena@lamp.example>'},
    "raw-bytes-of-no-charset-in-headers": {
        "author": "Jürgen \ufffd <j@tree.example>",
        "title": "lamp: ÿþ",
        "defects": ["header-raw-8bit", "charset-wrong", "header-controls"],
    },
    "raw-latin-1-in-headers": {
        "author": JÜRGEN,
        "title": "lamp: zünde sie an",
        "message": LATIN,
        "defects": ["header-raw-8bit", "charset-wrong"],
    },
    "raw-utf-8-in-headers": {
        "author": JÜRGEN,
        "title": "lamp: zünde sie an",
        "defects": ["header-raw-8bit"],
    },
    "reply-with-a-subject-of-its-own": {
        "kind": "reply_with_patch",
        "author": OAK,
        "title": "lamp: light it at last",
    },
    "scissors": {
        "message": "Hello,\n\nbelow the scissors line (8<) is the patch.\n\n-- >8 --\n"
        f"Subject: [PATCH] lamp: cut\n\n{WHY}"
    },
    "stgit-export-in-the-text": {"author": OAK},
    "subject-goes-on-without-indent": {
        "title": "lamp: light it and let it burn",
        "defects": ["header-line-without-colon"],
    },
    "subject-in-the-first-line-of-the-text": {},
    "tabs-and-vt-in-subject": {},
    "text-in-latin-1-undeclared": {"message": LATIN, "defects": ["charset-wrong"]},
    "two-carriage-returns-at-line-ends": {},
    "two-content-types-the-first-fits": {"message": KOI8, "defects": ["header-repeated"]},
    "two-content-types-the-second-fits": {"message": KOI8, "defects": ["header-repeated"]},
}


def read_own(name):
    return read_message((MAILS / f"{name}.eml").read_bytes())


def mailbox_of(address):
    return f"{address.name} <{address.email}>".strip()


def facts_of(message):
    """Return a mail's facts as the table has them; just its title if it submits nothing."""
    facts = {
        "kind": message.kind,
        "author": mailbox_of(message.sender),
        "title": message.subject.title,
        "message": WHY,
        "defects": [defect.code for defect in message.defects],
    }
    if isinstance(message, Submission):
        facts |= {"author": mailbox_of(message.author), "title": message.title}
        facts["message"] = message.commit_message
    return facts


def test_every_hard_mail_has_an_expected_result():
    """Each mail in the folder has a row that says how it is read."""
    assert sorted(EXPECTED) == NAMES


@pytest.mark.parametrize("name", EXPECTED)
def test_hard_patch_mail_is_read_so(name):
    """A hard mail has the kind, author, title, message and defects that its row says."""
    assert facts_of(read_own(name)) == USUAL | EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_change_is_counted_whatever_is_hard(name):
    """Whatever is odd around it, a change of one line in one file is counted as such."""
    message = read_own(name)
    if message.kind == "discussion":
        assert not hasattr(message, "diff")
        return
    (change,) = message.diffstat.files
    assert (change.insertions, change.deletions, change.damaged) == (1, 1, False)


def test_a_path_is_whole_where_quoted_printable_cut_it():
    """A path that `=` breaks over two lines, in ISO8859-1, is one, and the stray id is a note."""
    message = read_own("path-cut-by-quoted-printable-in-capitals")
    assert [change.path for change in message.diffstat.files] == [f"räume/{'x' * 70}.c"]
    assert message.notes == "0123456789abcdef0123456789abcdef01234567"


def test_a_lone_carriage_return_ends_no_line_of_a_diff():
    """CR inside a line stays there, also in the diff; only before a line feed it is a line end."""
    assert "\n+int\ron;\n" in read_own("lone-carriage-return-inside-lines").diff
    for name in ("crlf-all-through", "crlf-in-quoted-printable", "crlf-in-the-text-only"):
        assert "\r" not in read_own(name).diff


def test_a_nul_is_shown_where_it_stood():
    """NUL in a line of a diff is U+FFFD, in plain text and out of base64."""
    for name in ("nul-in-plain-text", "nul-in-base64"):
        assert "\n+int \ufffdon;\n" in read_own(name).diff


def test_all_fifty_references_are_read():
    """Fifty references over as many lines are all there, in their order."""
    references = read_own("fifty-references").references
    assert references == tuple(f"r{number}@lamp.example" for number in range(50))


def test_a_part_s_charset_is_its_own():
    """A multipart's message and its patch are both decoded from ISO8859-15, the number read."""
    message = read_own("multipart-in-iso-8859-15")
    assert "+int on; /* 5 € */\n" in message.diff
    assert (message.subject.revision, message.subject.counter, message.subject.total) == (2, 3, 3)


def test_notes_of_old_revisions_stay_below_the_message():
    """A second `---` belongs to the notes."""
    assert read_own("notes-that-hold-a-separator").notes == "v2: more light\n---\nv1: none"


def test_a_whole_file_of_mercurial_is_no_mail():
    """A Mercurial export in place of a mail has no header; its diff is a suggestion."""
    diff = read_own("mercurial-export-in-the-text").diff
    message = read_message(f"{EXPORTED}\n\n{diff}".encode())
    assert (message.kind, message.sender.email) == ("patch_unmarked", "")
    assert message.defects[0].code == "no-header"
    assert message.diff == diff
