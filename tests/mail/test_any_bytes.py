"""What holds for any bytes: they are a mail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox import read_message
from kvminbox.mail import DefectList
from kvminbox.mail.body import read_parts, read_single
from kvminbox.mail.charsets import CODECS
from kvminbox.mail.envelope import read_headers, split_mail
from kvminbox.models import Message
from kvminbox.models.defect import DEFECT_CODES
from kvminbox.sample.compose import compose_mail
from kvminbox.sample.mails import BEFORE

SAMPLES = [compose_mail(draft, 1_700_000_000) for draft in BEFORE]

PIECES = st.sampled_from(
    [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"References", b"Content-Type",
     b"Content-Transfer-Encoding", b"Content-Disposition", b": ", b":", b"\n", b"\n\n", b"\r\n",
     b" ", b"\t", b"\0", b"\x1b", b"\xc3", b"\xa4", b"\xff", b"<", b">", b"(", b")", b'"', b"\\",
     b",", b";", b"@", b"a", b"a@b.example", b"<1@b.example>", b"=?utf-8?q?", b"=?utf-7?b?",
     b"+2AA-", b"2AA", b"?=", b"=", b"=C3", b"QQ==", b"text/plain", b"text/html",
     b"multipart/mixed", b"multipart/alternative", b"message/rfc822", b"; boundary=x",
     b"; charset=", b"utf-7", b"utf-16", b"gb18030", b"iso-2022-jp", b"; format=flowed",
     b"; delsp=yes", b"; filename*0*=utf-8''%ff", b"base64", b"quoted-printable", b"x-uuencode",
     b"begin 644 x\n", b"\n--x\n", b"\n--x--\n", b"<p>", b"<![", b"<!--", b"&#xd800;",
     b"attachment", b"[PATCH 1/2] ", b"Tue, 5 Sep 2023 10:00:00 ", b"+0200",
     b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"],
)  # fmt: skip
MADE = st.lists(PIECES, max_size=40).map(b"".join)
BODIES = st.one_of(st.binary(max_size=60), MADE)


def check(raw):
    """Read bytes as a mail, and check that its model can be written."""
    message = read_message(raw)
    assert isinstance(message, Message)
    text = message.model_dump_json()
    assert "\\u0000" not in text
    assert {defect.code for defect in message.defects} <= DEFECT_CODES.keys()
    assert message.date is None or message.date.astimezone()


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), MADE))
def test_any_bytes_are_a_mail(raw):
    """Any bytes become a Message that can be written as JSON, without an unknown code."""
    check(raw)


@settings(max_examples=300)
@given(st.data())
def test_any_damage_to_a_sound_mail(data):
    """A sound mail with bytes removed, inserted or changed is still a mail."""
    raw = data.draw(st.sampled_from(SAMPLES))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = min(len(raw), start + data.draw(st.integers(0, 30)))
        raw = raw[:start] + data.draw(BODIES) + raw[end:]
    check(raw)


@settings(max_examples=300)
@given(st.sampled_from(sorted(CODECS)), BODIES)
def test_any_bytes_in_any_charset(charset, body):
    """No charset on the list yields text that can't be encoded again."""
    head = (
        f"Subject: =?{charset}?q?=FE=D8=00=DC=80?=\nContent-Type: text/plain; charset={charset}\n\n"
    )
    check(head.encode() + body)


@settings(max_examples=400)
@given(
    st.sampled_from([b"", b"text/plain", b"text/plain; charset=utf-8", b"text", b"text/plain; \x1b",
                     b"text/plain; charset=y", b"text/plain;\n charset=latin1", b"text/x-patch",
                     b"text/plain; format=flowed", b"text/plain; format=Flowed; delsp=yes"]),
    st.sampled_from([b"", b"7bit", b"8BIT", b"base64", b"\n 8bit", b"x", b"8bit\x00",
                     b"Quoted-Printable"]),
    st.sampled_from([b"inline", b"attachment", b"", b"inline; filename=x"]),
    BODIES,
)  # fmt: skip
def test_the_short_way_is_the_long_way(content_type, encoding, disposition, body):
    """Where the short way for plain mails has a result, it is that of the MIME reader."""
    head = b"Content-Type: " + content_type + b"\nContent-Transfer-Encoding: " + encoding
    raw = head + b"\nContent-Disposition: " + disposition + b"\n\n" + body
    assert_same(raw)


def assert_same(raw):
    short, long = DefectList(), DefectList()
    head, body = split_mail(raw, DefectList().note)
    headers = read_headers(head, DefectList().note)
    single = read_single(headers, body, short.note)
    if single is None:
        return False
    parts = read_parts(headers, body, long.note)
    assert parts == single
    assert long == short
    return True


@pytest.mark.real
@pytest.mark.interop
def test_the_short_way_is_the_long_way_over_the_real_archive(real_inbox_path):
    """Over every real mail the two ways agree, and nearly every mail takes the short one."""
    from kvminbox import Inbox

    inbox = Inbox.open(real_inbox_path)
    answered = [assert_same(inbox.raw(entry)) for entry in inbox.between(None, None).entries()]
    assert len(answered) > 1_000
    assert sum(answered) > 0.95 * len(answered)
