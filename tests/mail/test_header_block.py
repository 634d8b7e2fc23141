"""Where the header block begins and ends, and what is in it that should not be."""

import pytest

from kvminbox.mail import read_mail

PLAIN = (
    b"From: Ida Birch <ida@wood.example>\nDate: Tue, 5 Sep 2023 10:00:00 +0200\n"
    b"Message-ID: <1@wood.example>\nSubject: A walk\n\nText.\n"
)


def test_a_sound_mail_has_no_defect(codes):
    """A usual mail has no defects."""
    mail = read_mail(PLAIN)
    assert (mail.subject, mail.sender.email, mail.body.text) == (
        "A walk",
        "ida@wood.example",
        "Text.\n",
    )
    assert codes(mail) == []


@pytest.mark.parametrize(
    "before",
    [
        b"\n",
        b"\n\n \t\n",
        b" \n",
        b"\r\n",
        b"\n \r\n",
        b"From ida@wood.example Tue Sep  5 10:00:00 2023\n",
        b">From ida@wood.example Tue Sep  5 10:00:00 2023\n",
        b"\nFrom ida@wood.example Tue Sep  5 10:00:00 2023\n\n",
        b"  ",
    ],
)
def test_what_stands_before_the_header_is_skipped(before, codes):
    """Blank lines and an mbox From line before the first header hide no header."""
    mail = read_mail(before + PLAIN)
    assert (mail.sender.name, mail.subject, mail.body.text) == ("Ida Birch", "A walk", "Text.\n")
    assert codes(mail) == ["header-junk-before"]


def test_a_first_line_that_continues_nothing(codes):
    """A continuation line before any header is a defect, and hides no header after it."""
    mail = read_mail(b"\tand a half\n" + PLAIN)
    assert (mail.sender.name, mail.subject) == ("Ida Birch", "A walk")
    assert codes(mail) == ["header-line-without-colon"]


def test_a_long_subject_goes_on_without_indent(codes):
    """A line without a colon belongs to the header before it, and ends nothing."""
    mail = read_mail(
        b"Subject: A walk in the wood\nand on the hill\nFrom: ida@wood.example\n"
        b"Message-ID: <1@wood.example>\nDate: Tue, 5 Sep 2023 10:00:00 +0200\n\nText.\n"
    )
    assert mail.subject == "A walk in the wood and on the hill"
    assert mail.sender.email == "ida@wood.example"
    assert codes(mail) == ["header-line-without-colon"]


@pytest.mark.parametrize(
    "line", [b"h\xc3\xa4lt an", b"\xc3\xa4hnlich", b"stop", b"\x0bstop", b": stop", b"(a) b"]
)
def test_any_line_without_a_name_continues(line, codes):
    """A line without a header name joins the Subject, whatever it begins with."""
    mail = read_mail(PLAIN.replace(b"A walk\n", b"A walk\n" + line + b"\n"))
    assert mail.subject.startswith("A walk ")
    assert mail.subject.endswith(line.split()[-1].decode())
    assert mail.body.text == "Text.\n"
    assert "header-line-without-colon" in codes(mail)


@pytest.mark.parametrize("line", [b"Fro\xedm ida", b"no colon", b": none", b"a b: c", b"> x: y"])
def test_a_first_line_that_is_damaged(line, codes):
    """A first line that is not a header is all that is lost, if enough headers follow it."""
    mail = read_mail(line + b"\n" + PLAIN)
    assert (mail.sender.name, mail.subject, mail.body.text) == ("Ida Birch", "A walk", "Text.\n")
    assert codes(mail) == ["header-junk-before"]


def test_a_text_that_quotes_a_header(codes):
    """Two headers in the first lines of a text do not make them a header block."""
    raw = b"They wrote:\nFrom: ida@wood.example\nSubject: A walk\n\nText.\n"
    mail = read_mail(raw)
    assert (mail.subject, mail.body.text) == ("", raw.decode())
    assert codes(mail)[0] == "no-header"


@pytest.mark.parametrize("raw", [b"", b"\n", b"\n\n\n", b" ", b"\r\n", b"\0", b"\xff" * 9])
def test_a_mail_of_nothing(raw, codes):
    """An empty file, or one of blanks, is a mail without a header."""
    mail = read_mail(raw)
    assert (mail.subject, mail.sender.email, mail.date) == ("", "", None)
    assert codes(mail)[0] == "no-header"


@pytest.mark.parametrize(
    "raw",
    [
        b"Dear all,\nhere is text only: no header.\n",
        b"\n\nDear all,\nhere is: text.\n",
        b"From now on the text is all there is.\n\nNo header.\n",
    ],
)
def test_a_body_without_a_header_is_kept_whole(raw, codes):
    """In a mail without a header every byte is text, even if it begins with From."""
    mail = read_mail(raw)
    assert mail.body.text == raw.decode()
    assert codes(mail)[0] == "no-header"


def test_a_header_without_a_body(codes):
    """A mail may end after its header, with or without a line feed."""
    apart = PLAIN[:-7].replace(b"Subject:", b"X-Mailer : wood\nSubject :")
    for raw in (PLAIN[:-7], PLAIN[:-8], apart, apart[:-1]):
        mail = read_mail(raw)
        assert (mail.subject, mail.body.text, codes(mail)) == ("A walk", "", [])


def test_no_empty_line_before_the_text(codes):
    """Where no empty line ends the header, the first line without a colon begins the text."""
    mail = read_mail(PLAIN.replace(b"\n\nText.", b"\nHello there,\nnote: no empty line"))
    assert mail.subject == "A walk"
    assert mail.body.text == "Hello there,\nnote: no empty line\n"
    assert codes(mail) == ["header-line-without-colon"]


@pytest.mark.parametrize(
    "raw", [PLAIN.replace(b"\n", b"\r\n"), b"From x\n" + PLAIN.replace(b"\n", b"\r\n")]
)
def test_crlf_line_ends(raw):
    """A mail with CRLF is read as one with LF, below an mbox From line with LF too."""
    mail = read_mail(raw)
    assert (mail.subject, mail.sender.name, mail.body.text) == ("A walk", "Ida Birch", "Text.\n")


def test_carriage_returns_before_a_line_feed_do_not_recurse():
    """Thousands of CR before the line feed that ends the header are taken as text."""
    assert read_mail(b"Subject: A walk\n" + b"\r" * 5_000 + b"\n\nx").subject == "A walk"


def test_nul_bytes_all_through_the_header(codes):
    """NUL in each header is shown as U+FFFD; names and addresses are still found."""
    mail = read_mail(PLAIN.replace(b"walk", b"w\0lk").replace(b"Birch", b"B\0rch"))
    assert mail.subject == "A w\ufffdlk"
    assert (mail.sender.name, mail.sender.email) == ("Ida B\ufffdrch", "ida@wood.example")
    assert codes(mail) == ["header-controls"]


def test_a_character_that_no_header_may_hold(codes):
    """An escape character in the Subject becomes U+FFFD, and is never passed on."""
    mail = read_mail(PLAIN.replace(b"A walk", b"A \x1b[2J walk\x7f"))
    assert mail.subject == "A \ufffd[2J walk\ufffd"
    assert codes(mail) == ["header-controls"]


def test_names_in_any_case_without_a_blank(codes):
    """A header's name counts in any case, with blanks before its colon or none after."""
    raw = (
        b"from:Ida Birch <ida@wood.example>\nSUBJECT :A walk\nmessage-id:<1@wood.example>\n"
        b"date:Tue, 5 Sep 2023 10:00:00 +0200\n\n"
    )
    mail = read_mail(raw)
    assert (mail.sender.name, mail.subject) == ("Ida Birch", "A walk")
    assert mail.message_ids == ("1@wood.example",)
    assert codes(mail) == []


def test_a_second_colon_is_text():
    """`Subject:: x` has a Subject that begins with a colon."""
    assert read_mail(b"Subject:: =?utf-8?b?%%%?= x\n\n").subject.startswith(":")


def test_words_that_look_encoded_in_other_headers(read, codes):
    """X-Face and the like are never decoded, and never cause a defect."""
    assert codes(read("x", x_face="=?utf-8?q?=zz?= =?none?b?!?=")) == []


@pytest.mark.parametrize("name", ["from", "date", "subject"])
def test_a_header_stands_twice(name, read, codes):
    """Of two headers that may occur once, the first that is not blank counts."""
    value = {"from": "a@one.example", "date": "Wed, 6 Sep 2023 10:00:00 +0200", "subject": "One"}
    alone = read(**{name: value[name]})
    for values in ([value[name], "b@two.example"], ["", value[name]]):
        mail = read(**{name: values})
        assert (mail.sender, mail.date, mail.subject) == (alone.sender, alone.date, alone.subject)
        assert codes(mail) == ["header-repeated"]


def test_several_to_headers_are_one_list(read, codes):
    """The mailboxes of all To and Cc headers count."""
    mail = read(to=["a@one.example", "b@two.example"], cc=["c@three.example", "d@four.example"])
    assert [person.email for person in mail.to] == ["a@one.example", "b@two.example"]
    assert [person.email for person in mail.cc] == ["c@three.example", "d@four.example"]
    assert codes(mail) == []


def test_headers_that_are_missing(codes):
    """A mail without From, Subject, Date and Message-ID is a mail, with a defect for each."""
    mail = read_mail(b"To: all@list.example\n\nText.\n")
    assert mail.body.text == "Text.\n"
    assert codes(mail) == ["message-id-missing", "subject-missing", "from-missing", "date-missing"]


def test_an_empty_subject(read, codes):
    """An empty Subject is read as empty, which is a defect too."""
    mail = read(subject="")
    assert mail.subject == ""
    assert codes(mail) == ["subject-missing"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<wood.list.example>", "wood.list.example"),
        ("The wood's list <Wood.List.Example>", "wood.list.example"),
        ("wood.list.example", "wood.list.example"),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_list_id(written, expected, read):
    """A List-Id counts with a phrase, bare, blank or not at all."""
    assert read(list_id=written).list_id == expected


def test_a_header_over_the_limit_is_cut_at_a_word(read, codes):
    """A header of a megabyte is cut between two characters; the rest of the mail is whole."""
    mail = read("Text.\n", subject="ä " * 300_000, to="a@one.example")
    assert 90_000 / 3 < len(mail.subject) < 102_400
    assert set(mail.subject) == {"ä", " "}
    assert (mail.body.text, mail.to[0].email) == ("Text.\n", "a@one.example")
    assert codes(mail) == ["header-oversized", "header-raw-8bit"]


def test_a_header_block_over_the_limit_keeps_the_body(read, codes):
    """A header block of two megabytes is cut, and the body is whole."""
    mail = read("Text.\n", x_junk=["y" * 1_000] * 2_000)
    assert (mail.subject, mail.body.text) == ("A walk", "Text.\n")
    assert codes(mail) == ["header-oversized"]
