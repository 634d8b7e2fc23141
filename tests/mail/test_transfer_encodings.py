"""Transfer encodings, sound and damaged."""

import base64
import binascii

import pytest

TEXT = "Die Birke, береза, und mehr.\n" * 9
BASE64 = base64.encodebytes(TEXT.encode()).decode()
FOOTER = "_______________________________________________\nwalks mailing list\nwalks@list.example\n"


@pytest.mark.parametrize("name", ["base64", "BASE64", "Base64 ", '"base64"'])
def test_base64(name, read, codes):
    """Base64 is decoded, however its name is written."""
    mail = read(BASE64, content_transfer_encoding=name)
    assert (mail.body.text, codes(mail)) == (TEXT, [])


def test_a_list_footer_below_base64(read, codes):
    """A footer that a list appended without encoding is left out, which is a defect."""
    for text in (TEXT, "x" * 57):  # the second fills its last line
        body = base64.encodebytes(text.encode()).decode()
        for between in ("", "\n"):
            mail = read(body + between + FOOTER, content_transfer_encoding="base64")
            assert (mail.body.text, codes(mail)) == (text, ["mime-encoding-broken"])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("R3LDvG4", "Grün"),
        ("R3LDvG4===", "Grün"),
        ("R3L\nDvG\n4=", "Grün"),
        ("R3LDvG4=A", "Grün"),
        ("R3!LDvG4=", "Grün"),
        ("R3LD=\nvG4=", "Grün"),
        ("A", ""),
        ("!!!!", ""),
    ],
)
def test_damaged_base64(body, expected, read):
    """Missing or excess padding and foreign characters lose no other byte."""
    assert (
        read(body, content_transfer_encoding="base64").body.text.replace("\ufffd", "") == expected
    )


def test_a_damaged_line_costs_no_other_line(read, codes):
    """After a damaged line of base64 the lines below it are read too."""
    lines = base64.encodebytes(b"birch\n" * 100).decode().split("\n")
    lines[3] = "!!" + lines[3]
    mail = read("\n".join(lines), content_transfer_encoding="base64")
    assert mail.body.text == "birch\n" * 100
    assert codes(mail) == ["mime-encoding-broken"]


@pytest.mark.parametrize("damage", [b"+\n%s", b"%s", b"A%s", b"ABC%s"])
def test_a_line_that_is_too_long_or_short(damage, read, codes):
    """A character lost or added in a line of base64 loses no line below it."""
    lines = base64.encodebytes(b"birch and oak\n" * 100).split(b"\n")
    lines[3] = damage % (lines[3] if damage != b"%s" else lines[3][1:])
    mail = read(b"\n".join(lines), content_transfer_encoding="base64")
    expected = "birch and oak\n" * 100
    assert mail.body.text[:171] == expected[:171]
    assert mail.body.text[-1_100:] == expected[-1_100:]
    assert "mime-encoding-broken" in codes(mail)


def test_two_transfer_encodings(read, codes):
    """Of two transfer encodings the first counts, with a defect; git takes the last."""
    mail = read("Gr=C3=BCn", content_transfer_encoding=["quoted-printable", "8bit"])
    assert (mail.body.text, codes(mail)) == ("Grün", ["header-repeated"])


def test_padding_in_the_middle(read, codes):
    """Two texts in base64, one after the other, are both read."""
    body = base64.b64encode(b"a birch, ") + b"\n" + base64.b64encode(b"an oak and ")
    mail = read(body + b"\n" + base64.b64encode(b"an elm"), content_transfer_encoding="base64")
    assert mail.body.text == "a birch, an oak and an elm"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Gr=C3=BCn=3D", "Grün="),
        ("Gr=c3=bcn", "Grün"),
        ("a=\nb", "ab"),
        ("a=zz=4", "a=zz=4"),
        ("a=", "a"),
        ("+=3D=3D a\n", "+== a\n"),
    ],
)
def test_quoted_printable(body, expected, read):
    """Quoted-printable is decoded; invalid escapes stay as they are."""
    mail = read(body, content_transfer_encoding="QUOTED-PRINTABLE")
    assert mail.body.text == expected


def test_quoted_printable_holds_the_headers_of_a_patch(make_mail):
    """A From line that `=0A` makes counts as an in-body header: git reads after decoding, too."""
    from kvminbox import read_message

    raw = make_mail(
        "From: Ben <ben@wood.example>=0A=0AText.\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        subject="[PATCH] x",
        content_transfer_encoding="quoted-printable",
    )
    assert read_message(raw).author.email == "ben@wood.example"


def test_a_path_that_quoted_printable_cut(make_mail):
    """A path that `=` breaks over two lines, and a line of 40 figures, leave the diff whole."""
    from kvminbox import read_message

    path = "Forste/B=E4ume/Birke=\nn.c"
    raw = make_mail(
        f"Text.\n---\n{'0' * 40}\ndiff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"
        "@@ -1 +1 @@\n-a\n+b\n",
        subject="[PATCH] x",
        content_type="text/plain; charset=ISO8859-1",
        content_transfer_encoding="QUOTED-PRINTABLE",
    )
    assert [file.path for file in read_message(raw).diffstat.files] == ["Forste/Bäume/Birken.c"]


@pytest.mark.parametrize("name", ["7bit", "8bit", "binary", "8BIT", "7-bit", ""])
def test_no_encoding(name, read, codes):
    """Encoding names that mean no encoding leave the bytes alone."""
    mail = read("=C3=BC Grün", content_transfer_encoding=name)
    assert (mail.body.text, codes(mail)) == ("=C3=BC Grün", [])


@pytest.mark.parametrize("name", ["x-none", "utf-8", "8bits", "quoted", "\0"])
def test_an_unknown_encoding(name, read, codes):
    """Bytes in an unknown encoding are taken as they are."""
    mail = read("Grün", content_transfer_encoding=name)
    assert mail.body.text == "Grün"
    assert "mime-encoding-unknown" in codes(mail)


def test_uuencode(read, codes):
    """Uuencoded text is decoded from its begin line to its end; the name in it is no path."""
    data = TEXT.encode()
    lines = b"".join(binascii.b2a_uu(data[n : n + 45]) for n in range(0, len(data), 45))
    body = b"words before\nbegin 644 ../../birch\n" + lines + b"`\nend\nwords after\n"
    mail = read(body, content_transfer_encoding="x-uuencode")
    assert mail.body.text == TEXT
    assert codes(mail) == []


@pytest.mark.parametrize("body", ["no begin line", "begin 644 x\n~~~ä~~~\nend\n"])
def test_damaged_uuencode(body, read, codes):
    """Text that is declared uuencoded but is not is a defect."""
    assert "mime-encoding-broken" in codes(read(body, content_transfer_encoding="uuencode"))


def test_crlf_inside_an_encoding(make_mail):
    """CRLF that base64 held is read as LF, a defect says so, and the diff is whole."""
    from kvminbox import read_message

    diff = "--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n"
    raw = make_mail(
        base64.encodebytes(f"Text.\r\n---\r\n{diff}".encode()),
        subject="[PATCH] x",
        content_transfer_encoding="base64",
    )
    message = read_message(raw)
    assert "\r" not in message.body
    assert [file.path for file in message.diffstat.files] == ["x"]
    assert [defect.code for defect in message.defects] == ["text-crlf"]


def test_a_lone_carriage_return_stays(read):
    """CR that ends no line, ESC and FF are text; LF alone ends a line."""
    text = "+a\rb\x1bc\x0cd\x85e\u2028f\n"
    assert read(text).body.text == text


@pytest.mark.parametrize("body", ["R3LDvG4hA", "R3LDvG4h\nQ", "!R3LDvG4h"])
def test_damaged_base64_is_told(body, read, codes):
    """A length of 4n+1 or a foreign character is decoded as far as possible, with a defect."""
    mail = read(body, content_transfer_encoding="base64")
    assert (mail.body.text, codes(mail)) == ("Grün!", ["mime-encoding-broken"])
