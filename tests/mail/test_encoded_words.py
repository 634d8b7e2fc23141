"""Encoded words in Subject and names, as RFC 2047 defines them and as people write them."""

import pytest

WORDS = [
    # as RFC 2047 shows them
    ("=?us-ascii?q?walk?= on", "walk on"),
    ("=?iso-8859-1?q?J=F6rg?=", "Jörg"),
    ("=?utf-8?q?a_b?=", "a b"),
    ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
    ("=?utf-8?q?a?=\n  \t=?utf-8?q?b?=", "ab"),
    ("=?utf-8?q?a?= b", "a b"),
    ("=?utf-8?q?a_?= =?utf-8?q?b?=", "a b"),
    ("=?iso-8859-1?q?=E4?= =?utf-8?b?w7Y=?=", "äö"),
    ("=?ISO-8859-8?b?+e7s5Q==?=", "שמלו"),
    ("=?utf-8*de?q?gr=C3=BCn?=", "grün"),
    # a list's mark, and four words folded by tabs
    ("[wood] =?utf-8?q?a?=\n\t=?utf-8?q?b?=\n\t=?utf-8?q?c?=\n\t=?utf-8?q?d?=", "[wood] abcd"),
    # glued to text, or to another word
    ("x=?utf-8?q?=C3=A4?=y", "xäy"),
    ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
    # a character cut in two
    ("=?utf-8?b?w6?= =?utf-8?q?=A4?=", "ä"),
    ("=?utf-8?q?=C3?= =?utf-8?q?=A4?=", "ä"),
    ("=?gb2312?b?xOM=?= =?gb2312?b?ug==?= =?gb2312?b?ww==?=", "你好"),
    # blanks and question marks inside, padding that is missing or too much
    ("=?utf-8?q?a b?=", "a b"),
    ("=?utf-8?q?why??=", "why?"),
    ("=?utf-8?q?why?_not?=", "why? not"),
    ("=?utf-8?b?w6Q?=", "ä"),
    ("=?utf-8?b?w6Q===?=", "ä"),
    ("=?utf-8?b?w6Q=?==?utf-8?b?w6Q=?=", "ää"),
    ("=?utf-8?q??=", ""),
    # hex digits that are none
    ("=?utf-8?q?a=zzb=4?=", "a=zzb=4"),
    # no words: no encoding, no end, an unknown encoding
    ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
    ("=?utf-8?q?a", "=?utf-8?q?a"),
    ("a =? b ?= c", "a =? b ?= c"),
    # typographic quotes, which latin-1 has not
    ("=?iso-8859-1?q?=93hi=94?=", "“hi”"),
    # ISO-2022-JP
    ("=?iso-2022-jp?b?GyRCTFobKEI=?= tree", "木 tree"),
    # what is decoded is not decoded again
    ("=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?=", "=?utf-8?q?a?="),
]


@pytest.mark.parametrize(("written", "expected"), WORDS)
def test_words_are_read_as_they_were_meant(written, expected, read):
    """Encoded words are decoded, even if glued, cut or unpadded; other text is left alone."""
    assert read(subject=f"> {written}").subject == f"> {expected}".strip()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("(=?iso-8859-1?q?a?=)", "a"),
        ("(=?iso-8859-1?q?a?= b)", "a b"),
        ("(=?iso-8859-1?q?a?= =?iso-8859-1?q?b?=)", "ab"),
        ("(=?iso-8859-1?q?a?=\n    =?iso-8859-1?q?b?=)", "ab"),
        ("(=?iso-8859-1?q?a_b?=)", "a b"),
        ("(=?iso-8859-1?q?a?= =?iso-8859-2?q?_b?=)", "a b"),
        ("(=?iso-8859-8?b?+e7s5Q==?=)", "שמלו"),
    ],
)
def test_words_in_a_comment(written, name, read, codes):
    """A name in a comment after the address is decoded like any other, white space and all."""
    mail = read(**{"from": f"ida@wood.example {written}"})
    assert (mail.sender.name, mail.sender.email) == (name, "ida@wood.example")
    assert codes(mail) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("=?unknown-8bit?q?gr=C3=BCn?=", "grün"),
        ("=?x-unknown?q?gr=FCn?=", "grün"),
        ("=?unicode_escape?q?=5Cx1b?=", "\\x1b"),
        ("=?u;tf-8?q?gr=C3=BCn?=", "grün"),
        ("=?(none)?q?gr=C3=BCn?=", "grün"),
    ],
)
def test_a_charset_that_nobody_knows(written, expected, read, codes):
    """Words in an unknown charset are read as UTF-8, else as windows-1252."""
    mail = read(subject=written)
    assert (mail.subject, codes(mail)) == (expected, ["charset-unknown"])


def test_bytes_that_are_not_of_the_charset(read, codes):
    """Bytes that are not UTF-8 are read as windows-1252, and the address is found.

    Git shows U+FFFD; one ladder for headers and text recovers what was meant more often.
    """
    mail = read(**{"from": "=?utf-8?q?a=FF=FF?= <ida@wood.example>"})
    assert mail.sender.email == "ida@wood.example"
    assert mail.sender.name == "aÿÿ"
    assert codes(mail) == ["charset-wrong"]


def test_raw_utf_8_beside_words(read, codes):
    """Bytes that are not encoded are read as UTF-8, which is a defect."""
    mail = read(subject="Grün =?utf-8?q?gr=C3=BCn?=", **{"from": "Jörg <ida@wood.example>"})
    assert (mail.subject, mail.sender.name) == ("Grün grün", "Jörg")
    assert codes(mail) == ["header-raw-8bit"]


def test_controls_that_an_encoding_hid(read, codes):
    """Line feed, NUL and escape inside an encoded word never reach the Subject."""
    mail = read(subject="=?utf-8?q?a=0Ab=00c=1B[0m?=")
    assert mail.subject == "a b\ufffdc\ufffd[0m"
    assert codes(mail) == ["header-controls"]


def test_blanks_before_the_subject(read, codes):
    """Extra blanks around and inside a Subject are one."""
    assert read(subject="    extra    blanks  ").subject == "extra blanks"
