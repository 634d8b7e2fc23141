"""Mails that are made to be costly: bombs and endless repeats."""

import base64

import pytest

from kvminbox.mail import read_mail

HEAD = (
    b"From: Ida Birch <ida@wood.example>\nDate: Tue, 5 Sep 2023 10:00:00 +0200\n"
    b"Message-ID: <1@wood.example>\nSubject: A walk\n"
)


def nested(depth):
    """Return a mail of multiparts, each in the one before."""
    body = b"".join(
        b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (level, level)
        for level in range(depth)
    )
    ends = b"".join(b"\n--x%d--" % level for level in reversed(range(depth)))
    return HEAD + body + b"Content-Type: text/plain\n\nHello" + ends + b"\n"


def test_a_thousand_levels(codes):
    """Parts deeper than the limit stay one attachment, whole, without recursion."""
    mail = read_mail(nested(1_000))
    assert codes(mail) == ["mime-limit"]
    assert len(mail.body.attachments) == 1
    assert "Hello" in mail.body.texts[0][1]


def test_twenty_levels_are_read(codes):
    """Multiparts nested as deep as people nest them, and deeper, are read."""
    mail = read_mail(nested(20))
    assert (mail.body.text, codes(mail)) == ("Hello", [])
    assert codes(read_mail(nested(21))) == ["mime-limit"]


def test_twenty_thousand_parts(codes):
    """Of very many parts a thousand are read, the rest is one attachment."""
    parts = b"".join(b"--x\n\npart %d\n" % number for number in range(20_000))
    head = HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n"
    mail = read_mail(head + parts + b"--x--\n")
    assert codes(mail) == ["mime-limit"]
    assert mail.body.text.startswith("part 0\npart 1\n")
    assert mail.body.text.count("part") + mail.body.texts[0][1].count("part") == 20_000


def test_a_thousand_multiparts_of_a_thousand():
    """Many multiparts within one do not multiply their parts."""
    few = b"Content-Type: multipart/mixed; boundary=y\n\n" + b"--y\n\na\n" * 900 + b"--y--\n"
    body = b"".join(b"--x\n" + few for _ in range(900))
    mail = read_mail(HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + body)
    assert mail.body.text.count("a") < 3_000


def test_twenty_thousand_encoded_words(codes):
    """A Subject of very many encoded words is read up to its limit."""
    head = HEAD.replace(b"A walk", b"=?utf-8?q?a?= " * 20_000)
    mail = read_mail(head + b"\nText.")
    assert set(mail.subject) <= {"a", "=", "?", "u"}
    assert mail.subject.startswith("a" * 6_000)
    assert codes(mail) == ["header-oversized"]


def test_long_values_are_not_remembered():
    """Thousands of mails, each with its own long To, do not fill the memory."""
    from kvminbox.mail.addresses import _read_cached

    read_mail(HEAD)
    before = _read_cached.cache_info().misses
    for number in range(3):
        read_mail(HEAD + b"To: " + b"%d@wood.example, " % number * 5_000 + b"\n\n")
    assert _read_cached.cache_info().misses == before


def header(name, repeated):
    return lambda size: HEAD + name + b": " + repeated * (size // len(repeated)) + b"\n\nx"


def body(headers, repeated):
    return lambda size: HEAD + headers + b"\n" + repeated * (size // len(repeated))


def typed(content_type, repeated):
    return body(b"Content-Type: " + content_type + b"\n", repeated)


def encoded(name, repeated):
    return body(b"Content-Transfer-Encoding: " + name + b"\n", repeated)


def mailboxes(size):
    return HEAD + b"To: " + b",\n ".join(b"x%d" % n for n in range(size // 8)) + b"\n\nx"


def pieces(size):
    names = b";".join(b" name*%d*=%%41" % number for number in range(size // 15))
    return HEAD + b"Content-Type: application/x;" + names + b"\n\nx"


def several_types(size):
    types = b"".join(b"Content-Type: text/plain; charset=y%d\n" % n for n in range(size // 40))
    return HEAD + types + b"\nx"


REPEATED = {
    "parentheses in From": header(b"From", b"("),
    "closed parentheses in From": header(b"From", b"(x)"),
    "quotes in From": header(b"From", b'"'),
    "escaped quotes in From": header(b"From", b'"\\"'),
    "angles in From": header(b"From", b"<"),
    "mailboxes in From": header(b"From", b"a@b,"),
    "groups in To": header(b"To", b"a:;"),
    "odd mailboxes in To": mailboxes,
    "signs without an address in From": header(b"From", b"xxxx @ "),
    "a long word in From": lambda size: HEAD + b"From: " + b"x" * size + b" @\n\nx",
    "unfinished words in From": header(b"From", b"=?a?q?"),
    "words in Subject": header(b"Subject", b"=?utf-8?q?a?= "),
    "unfinished words in Subject": header(b"Subject", b"=?a?q?"),
    "open words in Subject": header(b"Subject", b"=?"),
    "one long word": header(b"Subject", b"=?utf-8?q?a"),
    "folds in Subject": header(b"Subject", b"\n "),
    "ids in References": header(b"References", b"<a@b>\n "),
    "open ids in References": header(b"References", b"<a"),
    "prose in In-Reply-To": header(b"In-Reply-To", b"(a <b> "),
    "an id without an end": header(b"Message-ID", b"a"),
    "words in Date": header(b"Date", b"Tue, "),
    "digits in Date": header(b"Date", b"1 "),
    "signs in Date": header(b"Date", b"-"),
    "other headers": lambda size: HEAD + b"X-A: b\n" * (size // 7) + b"\nx",
    "lines without a colon": lambda size: HEAD + b"abc\n" * (size // 4) + b"\nx",
    "no empty line": lambda size: HEAD + b"abc \n" * (size // 5),
    "bytes that are no UTF-8": body(b"", b"\xff\x81\xc3\xa4"),
    "junk before the header": lambda size: b"junk\n" * (size // 5) + HEAD + b"\nx",
    "names below junk": lambda size: b"junk\n" + b"From: x\n" * (size // 8) + b"\nx",
    "carriage returns": lambda size: HEAD + b"\r" * size,
    "blank lines": lambda size: b" \n" * (size // 2),
    "several types": several_types,
    "parameters": header(b"Content-Type", b"text/plain; a=b"),
    "pieces of a parameter": pieces,
    "quotes in parameters": header(b"Content-Type", b'text/plain; a="'),
    "flowed lines": typed(b"text/plain; format=flowed", b"a \n"),
    "flowed quotes": typed(b"text/plain; format=flowed; delsp=yes", b"> a \n"),
    "flowed depth": typed(b"text/plain; format=flowed", b">"),
    "soft breaks": encoded(b"quoted-printable", b"=\n"),
    "damaged base64": encoded(b"base64", b"QUJD!\n"),
    "padded base64": encoded(b"base64", b"QQ==\n"),
    "uuencode": encoded(b"uuencode", b"begin 644 x\n#abc\n"),
    "parts": typed(b"multipart/mixed; boundary=x", b"--x\n\na\n"),
    "boundaries": typed(b"multipart/mixed; boundary=x", b"--x \t"),
    "multiparts": typed(
        b"multipart/mixed; boundary=x",
        b"--x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\na\n--y--\n",
    ),
    "HTML angles": typed(b"text/html", b"<"),
    "HTML tags": typed(b"text/html", b"<a b='"),
    "HTML comments": typed(b"text/html", b"<!--"),
    "HTML scripts": typed(b"text/html", b"<script>"),
    "HTML sections": typed(b"text/html", b"<![x["),
    "HTML entities": typed(b"text/html", b"&#"),
    "NUL": body(b"", b"\0"),
}


@pytest.mark.parametrize("name", REPEATED)
def test_time_grows_with_length_only(name, assert_linear):
    """A mail is read in time that grows with its length, whatever repeats."""
    assert_linear(read_mail, REPEATED[name])


def test_a_long_quotation():
    """32,000 quoted lines are read unchanged."""
    text = "> and so on\n" * 32_000
    assert read_mail(HEAD + b"\n" + text.encode()).body.text == text


def test_a_large_attachment_is_not_looked_at_as_text():
    """An attachment over the limit is listed with its size, and not decoded to text."""
    data = base64.encodebytes(b"x" * ((1 << 24) + 1))
    raw = HEAD + (
        b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n" + data
    )
    mail = read_mail(raw)
    assert (mail.body.texts, mail.body.attachments[0].size) == ([], (1 << 24) + 1)


def test_html_over_the_limit(codes):
    """Only the beginning of very long HTML is read, which is a defect."""
    mail = read_mail(HEAD + b"Content-Type: text/html\n\n" + b"birch<br>" * 200_000)
    assert mail.body.text.startswith("birch\nbirch\n")
    assert codes(mail) == ["text-html-only", "mime-limit"]
