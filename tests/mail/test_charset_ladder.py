"""Text in charsets that are declared, wrong, unknown or hostile."""

import codecs

import pytest

from kvminbox.mail.charsets import CODECS, decode_text, find_codec

DIFF = "--- a/wood.c\n+++ b/wood.c\n@@ -1 +1 @@\n-int oak;\n+int Öak;\n"


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Birke, береза, 樺"),
        ("UTF8", "Birke, береза, 樺"),
        ('"utf-8"', "Birke, береза"),
        ("iso-8859-1", "hübsch"),
        ("ISO8859-1", "hübsch"),
        ("iso_8859-15", "5 €"),
        ("ISO8859-2", "żółw"),
        ("windows-1251", "береза"),
        ("windows-874", "ต้นไม้"),
        ("koi8-r", "береза"),
        ("gb2312", "桦树"),
        ("x-gbk", "樺樹"),
        ("big5", "樺樹"),
        ("ks_c_5601-1987", "자작나무"),
        ("shift_jis", "木"),
        ("iso-2022-jp", "木 and 森"),
        ("utf-7", "Birke & береза"),
        ("utf-16le", "Birke"),
        ("us-ascii", "birch"),
    ],
)
def test_a_charset_of_the_list(charset, text, read, codes):
    """A charset's label counts in any case and with any of its spellings."""
    codec = find_codec(charset)
    mail = read(text.encode(codec), content_type=f"text/plain; charset={charset}")
    assert (mail.body.text, codes(mail)) == (text, [])


@pytest.mark.parametrize("codec", sorted(set(CODECS.values())))
def test_every_codec_of_the_list_is_there(codec):
    """Each codec that the list names is a text codec that Python knows."""
    assert codecs.lookup(codec)._is_text_encoding


@pytest.mark.parametrize(
    "charset",
    ["none", "y", "X-UNKNOWN", "unknown-8bit", "unicode_escape", "idna", "punycode", "undefined",
     "base64", "rot13", "utf-\x08\n\t\x7fb\xe9\n =?", "uni\0code", "utf-8\x1b",
     "x" * 5_000, "=?utf-8?q?a?="],
)  # fmt: skip
def test_an_unknown_charset(charset, read, codes):
    """An unknown or hostile charset is read as UTF-8, and is never looked up in Python."""
    mail = read(DIFF, content_type=f"text/plain; charset={charset}")
    assert mail.body.text == DIFF
    assert "charset-unknown" in codes(mail)


@pytest.mark.parametrize(
    ("charset", "body", "expected"),
    [
        ("none", b"gr\xfcn \x93x\x94", "grün “x”"),
        ("none", b"gr\xfcn \x81", "grün \x81"),
        ("utf-8", b"gr\xfcn", "grün"),
        ("us-ascii", b"gr\xfcn", "grün"),
        ("gb2312", b"gr\xff\xffn", "grÿÿn"),
        ("iso-2022-jp", "grün".encode(), "grün"),
        ("utf-8", "Zürich, 樺".encode() + b", gr\xfcn", "Zürich, 樺, grün"),
        (None, b"\xc3" + "grün".encode() + b"\xe6\xa8", "Ãgrünæ¨"),
        ("utf-8", b"\x93gr\xfcn\x94 \x81", "“grün” \x81"),
        ("utf-16", b"odd", "odd"),
    ],
)
def test_text_that_is_not_of_its_charset(charset, body, expected, read, codes):
    """Text that its charset can't decode is UTF-8, and each invalid byte is windows-1252."""
    mail = read(body, content_type=charset and f"text/plain; charset={charset}")
    assert mail.body.text == expected
    assert codes(mail) in (["charset-unknown"], ["charset-wrong"])


def test_a_damaged_byte_costs_no_other_letter(make_mail):
    """One byte in a patch that is not UTF-8 leaves every other letter as it was written."""
    from kvminbox import read_message

    body = f"From: Jürgen <j@wood.example>\n\nFür alle.\n---\n{DIFF}".encode()
    message = read_message(make_mail(body + b"-- \nGr\xfc\xdfe\n", subject="[PATCH] x"))
    assert (message.author.name, message.commit_message) == ("Jürgen", "Für alle.")
    assert "+int Öak;" in message.diff
    assert message.body.endswith("Grüße\n")
    assert [defect.code for defect in message.defects] == ["charset-wrong"]


def test_utf_8_without_a_label(read, codes):
    """UTF-8 declared as us-ascii, or not at all, is no defect: half the world does it."""
    for content_type in (
        None,
        "text/plain",
        "text/plain; charset=us-ascii",
        "text/plain; charset=",
    ):
        mail = read(DIFF, content_type=content_type)
        assert (mail.body.text, codes(mail)) == (DIFF, [])


def test_latin_1_means_windows_1252(read, codes):
    """Typographic quotes in text labelled iso-8859-1 are read as their writer saw them."""
    mail = read(b"\x93Gr\xfcn\x94", content_type="text/plain; charset=iso-8859-1")
    assert (mail.body.text, codes(mail)) == ("“Grün”", [])


@pytest.mark.parametrize(("codec", "data"), [("utf-7", b"a +2AA- b"), ("utf-7", b"+3AA-+2AA-")])
def test_half_a_character(codec, data, read):
    """Half a surrogate pair, which utf-7 can spell, becomes U+FFFD, since nothing can encode it."""
    text = decode_text(data, codec, print)
    assert "\ufffd" in text
    assert text.encode("utf-8")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain; =?ISO-8859-1?Q?=20charset=3D=1BOF?=",
        "text/plain; charset",
        "text/plain; charset=",
        "text/plain;;;",
        "text/plain charset=utf-8",
        'text/plain; charset="utf-8',
        "TEXT/PLAIN (text); CHARSET=UTF-8",
    ],
)
def test_a_content_type_that_says_no_charset(content_type, read, codes):
    """Where a Content-Type names no charset, or unreadably, UTF-8 is tried."""
    mail = read("Grün", content_type=content_type)
    assert (mail.body.text, codes(mail)) == ("Grün", [])


@pytest.mark.parametrize("content_type", ["text", "", "plain;", "/", "; charset=utf-8", "text/"])
def test_a_content_type_that_names_no_type(content_type, read, codes):
    """Without a type the mail is plain text."""
    mail = read("Grün", content_type=content_type)
    assert mail.body.text == "Grün"
    assert set(codes(mail)) <= {"mime-type-odd"}


@pytest.mark.parametrize("order", [1, -1])
def test_two_content_types(order, read, codes):
    """Of two Content-Types, the one by which the text can be read counts."""
    types = ["text/plain; charset=iso-2022-jp", "text/plain; charset=koi8-r"][::order]
    mail = read("береза".encode("koi8-r"), content_type=types)
    assert (mail.body.text, codes(mail)) == ("береза", ["header-repeated"])


def test_two_content_types_of_which_none_fits(read, codes):
    """Where no Content-Type fits the first counts, with its defects."""
    mail = read(b"\xff\xfe", content_type=["text/plain; charset=y", "text/plain; charset=z"])
    assert mail.body.text == "ÿþ"
    assert codes(mail) == ["header-repeated", "charset-unknown"]


def test_one_content_type_written_twice(read, codes):
    """The same Content-Type twice is one."""
    mail = read("Grün", content_type=["text/plain; charset=utf-8"] * 2)
    assert (mail.body.text, codes(mail)) == ("Grün", [])


def test_nul_in_a_patch(make_mail):
    """NUL in a patch becomes U+FFFD, and its lines are counted as usual."""
    from kvminbox import read_message

    body = (
        b"Text.\n---\n diff\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-a\0\n+b\n+\0\n"
    )
    for raw in (
        make_mail(body, subject="[PATCH] x"),
        make_mail(
            codecs.encode(body, "base64"),
            subject="[PATCH] x",
            content_transfer_encoding="base64",
        ),
    ):
        message = read_message(raw)
        assert (message.diffstat.insertions, message.diffstat.deletions) == (2, 1)
        assert "\0" not in message.model_dump_json()
        assert "text-nul" in [defect.code for defect in message.defects]
