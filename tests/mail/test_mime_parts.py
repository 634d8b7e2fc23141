"""Mails of several parts: which are the text, and which are attachments."""

import base64

import pytest

from kvminbox import read_message

DIFF = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
FOOTER = "_______________________________________________\nwalks mailing list\n"


def multipart(*parts, kind="mixed", boundary="=-birch", end="--"):
    """Return the Content-Type and the body of a multipart; each part has its headers."""
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return {
        "content_type": f'multipart/{kind}; boundary="{boundary}"',
        "body": f"{body}--{boundary}{end}\n",
    }


def part(text, content_type="text/plain", **headers):
    head = f"Content-Type: {content_type}\n"
    head += "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return f"{head}\n{text}"


def inner(*parts, **kind):
    made = multipart(*parts, **kind)
    return part(made["body"], made["content_type"])


HTML = part("<div>Hello</div>", "text/html")


def test_an_alternative_with_html(read, codes):
    """Of text and HTML only the text is read, in either order, and the HTML is listed."""
    for parts in ((part("Hello\n"), HTML), (HTML, part("Hello\n"))):
        mail = read(**multipart(*parts, kind="alternative"))
        assert mail.body.text.strip() == "Hello"
        assert [one.content_type for one in mail.body.attachments] == ["text/html"]
        assert codes(mail) == []


@pytest.mark.parametrize(
    "empty", [part(""), part(" \n\n"), part("Cg==\n", Content_Transfer_Encoding="base64")]
)
def test_an_alternative_whose_text_is_empty(empty, read, codes):
    """An empty text beside HTML is not the text."""
    mail = read(**multipart(empty, HTML, kind="alternative"))
    assert mail.body.text.strip() == "Hello"
    assert codes(mail) == ["text-html-only"]


def test_a_patch_attached_within_an_alternative(make_mail):
    """What an alternative holds beside its text is attached: a patch there is read, as in git."""
    beside = inner(HTML, part(DIFF, "text/x-patch; name=x.patch"), boundary="b")
    made = multipart(part("See there.\n"), beside, kind="alternative")
    message = read_message(make_mail(subject="[PATCH] x", **made))
    assert (message.kind, message.body) == ("patch", "See there.\n")
    assert [one.content_type for one in message.attachments] == ["text/html", "text/x-patch"]


def test_a_diff_in_html_beside_the_text(make_mail):
    """A diff that only the HTML of an alternative holds is not counted, and a defect says so."""
    made = multipart(part("See.\n"), part(f"<pre>\n{DIFF}</pre>", "text/html"), kind="alternative")
    message = read_message(make_mail(subject="[PATCH] x", **made))
    assert (message.kind, [one.code for one in message.defects]) == (
        "discussion",
        ["diff-in-attachment"],
    )


def test_a_digest_s_mails_are_mails(make_mail):
    """The parts of a digest without a type are mails, whose patches are not this mail's."""
    inside = f"\nFrom: ben@wood.example\nSubject: [PATCH] x\n\n{DIFF}"
    message = read_message(
        make_mail(subject="Digest", **multipart(part(""), inside, kind="digest"))
    )
    assert message.kind == "discussion"
    assert [one.content_type for one in message.attachments][-1] == "message/rfc822"


def test_a_patch_in_an_alternative(make_mail):
    """A patch beside its HTML is a patch, counted once."""
    made = multipart(part(f"Text.\n---\n{DIFF}"), HTML, kind="alternative")
    message = read_message(make_mail(subject="[PATCH] x", **made))
    assert (message.kind, message.diffstat.insertions) == ("patch", 1)
    assert message.body == f"Text.\n---\n{DIFF}"


def test_a_list_footer_in_its_own_part(read):
    """A footer that a list added as a part follows the text."""
    assert read(**multipart(part("Hello"), part(FOOTER))).body.text == f"Hello\n{FOOTER}"


def test_a_signed_mail_inside_a_list_s_multipart(read, codes):
    """The text of multipart/signed in multipart/mixed is found; the signature is beside it."""
    signed = inner(
        inner(part("Hello\n"), part("KEY", "application/pgp-keys"), boundary="b"),
        part("SIGNATURE", "application/pgp-signature", Content_Disposition="attachment"),
        kind="signed",
        boundary="a",
    )
    mail = read(**multipart(signed, part(FOOTER)))
    assert mail.body.text == f"Hello\n{FOOTER}"
    assert [one.content_type for one in mail.body.attachments] == [
        "application/pgp-keys",
        "application/pgp-signature",
    ]
    assert codes(mail) == []


@pytest.mark.parametrize(
    ("content_type", "disposition"),
    [
        ("application/octet-stream; name=x.patch", "attachment"),
        ("text/x-patch; name=x.patch", "attachment; filename=x.patch"),
        ("text/x-diff; name=x.patch", "attachment"),
        ("text/plain; name=x.patch", "attachment"),
    ],
)
def test_a_patch_as_an_attachment(content_type, disposition, make_mail):
    """A diff in an attachment counts, whatever type the sender's client declared."""
    made = multipart(
        part("See there.\n"), part(DIFF, content_type, Content_Disposition=disposition)
    )
    message = read_message(make_mail(subject="[PATCH] x", **made))
    assert (message.kind, message.diffstat.insertions) == ("patch", 1)
    assert (message.body, message.attachments[0].filename) == ("See there.\n", "x.patch")


def test_octet_stream_with_nul_is_no_text(read):
    """An octet-stream is text unless it holds NUL."""
    mail = read(**multipart(part("Hello"), part("a\0b", "application/octet-stream")))
    assert (mail.body.texts, mail.body.attachments[0].size) == ([], 3)


def test_a_patch_as_the_whole_mail_but_attached(make_mail):
    """A mail's only part is its text, as in git, even where it is declared an attachment."""
    raw = make_mail(DIFF, subject="[PATCH] x", content_disposition="attachment; filename=x")
    message = read_message(raw)
    assert (message.body, message.diffstat.insertions) == (DIFF, 1)
    assert [(one.filename, one.inline) for one in message.attachments] == [("x", True)]


@pytest.mark.parametrize(
    "kind", ["application/octet-stream; x-default=true", "application/x-patch"]
)
def test_a_whole_mail_of_an_opaque_type(kind, make_mail):
    """A mail that is one octet-stream of text has an author, a message and trailers, as in git."""
    text = f"From: Ben <ben@wood.example>\n\nWhy.\n\nAcked-by: A <a@b.example>\n---\n{DIFF}"
    message = read_message(make_mail(text, subject="[PATCH] x", content_type=kind))
    assert (message.author.email, message.attachments) == ("ben@wood.example", ())
    assert [one.address.email for one in message.trailers] == ["a@b.example"]


@pytest.mark.parametrize(
    ("kind", "body"), [("application/octet-stream", "a\0b"), ("application/pdf", "%PDF-1.4\n")]
)
def test_a_whole_mail_that_is_no_text(kind, body, make_mail):
    """A mail that is one part of other data has no text, and that part attached."""
    message = read_message(make_mail(body, content_type=kind))
    assert (message.body, len(message.attachments)) == ("", 1)


def test_a_named_part_shown_inline(make_mail):
    """A text part with a name is in the text, and is listed as an attachment that is inline."""
    named = part(DIFF, "text/plain; name=x.patch", Content_Disposition="inline; filename=y.patch")
    message = read_message(make_mail(subject="[PATCH] x", **multipart(part("See.\n"), named)))
    assert message.body == f"See.\n{DIFF}"
    assert [(one.filename, one.inline) for one in message.attachments] == [("y.patch", True)]
    whole = read_message(make_mail(DIFF, content_type="text/plain; name=x.patch"))
    assert [one.filename for one in whole.attachments] == ["x.patch"]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; (Plain text) charset=utf-8",
        "text/plain (text); charset=utf-8",
        "text/plain; charset=utf-8 (text)",
        "text/plain; format=fixed (no); (yes) charset=utf-8",
    ],
)
def test_a_comment_beside_a_parameter(kind, read, codes):
    """A comment in a Content-Type hides none of its parameters (RFC 2045, 5.1)."""
    mail = read("\xc4nne\n".encode(), content_type=kind)
    assert (mail.body.text, codes(mail)) == ("\xc4nne\n", [])


@pytest.mark.parametrize("kind", ["text/plahn", "text/x-mine", "text/csv", "TEXT/Markdown"])
def test_a_mail_of_an_unknown_kind_of_text(kind, make_mail):
    """A mail that is text of any kind is read as plain text; beside plain text it is attached."""
    text = f"Say why.\n---\n{DIFF}"
    message = read_message(make_mail(text, subject="[PATCH] x", content_type=kind))
    assert (message.body, message.attachments) == (text, ())
    assert message.commit_message == "Say why."
    message = read_message(make_mail(**multipart(part("Hi"), part("x", kind))))
    assert (message.body, len(message.attachments)) == ("Hi", 1)


def test_a_patch_inside_a_forwarded_mail(make_mail):
    """A patch in an enclosed mail, at any depth, belongs to that mail."""
    embedded = f"From: ben@wood.example\nSubject: [PATCH] x\n\n{DIFF}"
    twice = part(embedded, "message/rfc822")
    for forwarded in (embedded, f"From: a@b.example\n{twice}"):
        made = multipart(part("Look:\n"), part(forwarded, "message/rfc822"))
        message = read_message(make_mail(subject="Fwd: x", **made))
        assert (message.kind, message.body) == ("reply", "Look:\n")
        assert message.attachments[0].content_type == "message/rfc822"


def test_a_mail_within_a_mail_without_its_boundary(read, codes):
    """A forwarded multipart that never begins is one attachment all the same."""
    broken = "Content-Type: multipart/mixed; boundary=none\n\nHello\n"
    mail = read(**multipart(part("Look:\n"), part(broken, "message/rfc822")))
    assert (mail.body.text, len(mail.body.attachments), codes(mail)) == ("Look:\n", 1, [])


@pytest.mark.parametrize("boundary", ["0", "a b", "=_(.+*?)[x]", "x" * 70, "x "])
def test_odd_boundaries(boundary, read, codes):
    """A boundary may be any string, and is never taken for a pattern."""
    made = multipart(part("Hello"), boundary=boundary)
    made["body"] = made["body"].replace(boundary, boundary.rstrip())
    mail = read(**made)
    assert (mail.body.text, codes(mail)) == ("Hello", [])


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/mixed", "Hello\n"),
        ("multipart/mixed; boundary=", "--\nHello\n"),
        ("multipart/mixed; boundary=x", "Hello\n"),
        ("multipart/mixed; boundary=x", "Hello --x in a line\n--xy\n"),
        ("multipart/mixed; boundary=x", "Hello\n--x--\n"),
        ("multipart/mixed; boundary=x", ""),
        (f"multipart/mixed; boundary={'x' * 3_000}", "Hello\n"),
    ],
)
def test_a_multipart_without_parts(content_type, body, read, codes):
    """A multipart without a boundary, or whose boundary begins no part, is one text."""
    mail = read(body, content_type=content_type)
    assert (mail.body.text, codes(mail)) == (body, ["mime-boundary-missing"])


def test_a_multipart_that_is_encoded(read, codes):
    """A multipart in base64, which no standard allows, is text; its encoding is undone."""
    made = multipart(part("Hello"))
    made["body"] = base64.encodebytes(made["body"].encode()).decode()
    mail = read(**made, content_transfer_encoding="base64")
    assert "Hello" in mail.body.text
    assert codes(mail) == ["mime-boundary-missing"]


def test_a_multipart_that_only_claims_to_be_encoded(read, codes):
    """Plain parts of a multipart that declares base64 are read."""
    mail = read(**multipart(part("Hello\n"), part("you\n")), content_transfer_encoding="base64")
    assert (mail.body.text, codes(mail)) == ("Hello\nyou\n", [])


def test_a_boundary_without_its_second_quote(read, codes):
    """A missing quote at the end of a parameter loses nothing."""
    made = multipart(part("Hello"))
    mail = read(made["body"], content_type='multipart/mixed; boundary="=-birch')
    assert (mail.body.text, codes(mail)) == ("Hello", [])


def test_parts_without_headers(read, codes):
    """A part that begins with an empty line, or with words, is plain text."""
    mail = read(**multipart("\nHello: you", "and words"))
    assert (mail.body.text, codes(mail)) == ("Hello: you\nand words", [])


@pytest.mark.parametrize("damage", [":Content-Type: x/y", "Contentype text/plain", "\x01: x"])
def test_a_part_whose_header_is_damaged(damage, read, codes):
    """A damaged line in a part's header loses neither its encoding nor its text."""
    mail = read(**multipart(f"{damage}\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BCn"))
    assert (mail.body.text, codes(mail)) == ("Grün", ["header-line-without-colon"])


def test_a_second_end(read):
    """Text after the first closing boundary is not a part, even if it looks like one."""
    made = multipart(part("Hello"))
    made["body"] += "epilogue\n" + made["body"].replace("Hello", "again")
    assert read(**made).body.text == "Hello"


def test_no_end(read, codes):
    """Without a closing boundary the last part extends to the mail's end, line feed included."""
    made = multipart(part("Hello"), part("you\n"))
    made["body"] = made["body"].rpartition("\n--")[0]
    mail = read(**made)
    assert (mail.body.text, codes(mail)) == ("Hello\nyou\n", ["mime-boundary-unclosed"])


def test_one_boundary_for_two_multiparts(read, codes):
    """If an inner multipart has the outer one's boundary, no text is lost."""
    mail = read(**multipart(inner(part("Hello"), part("and")), part("you")))
    assert (mail.body.text, codes(mail)) == ("Hello\nand\nyou", ["mime-boundary-missing"])


def test_one_boundary_for_two_multiparts_and_one_end(read, codes):
    """If only one of two multiparts with one boundary ends, the parts before that count."""
    mail = read(**multipart(inner(part("Hello"), end=""), part("you")))
    assert mail.body.text == "Hello\nyou"
    assert codes(mail) == ["mime-boundary-unclosed", "mime-boundary-missing"]


def test_a_preamble_is_no_text(read, codes):
    """What mail clients write for readers without MIME is left out."""
    made = multipart(part("Hello"))
    made["body"] = "This is a multi-part message in MIME format.\n\n" + made["body"]
    mail = read(**made)
    assert (mail.body.text, codes(mail)) == ("Hello", [])


def test_a_preamble_that_is_the_patch_s_author(make_mail):
    """An old git send-email put its in-body From before the first part; it counts."""
    made = multipart(part(f"Text.\n---\n{DIFF}"))
    made["body"] = "From: Ben <ben@wood.example>\n\n" + made["body"]
    message = read_message(make_mail(subject="[PATCH] x", **made))
    assert message.author.email == "ben@wood.example"
    assert "mime-preamble" in [defect.code for defect in message.defects]


def test_the_message_that_is_a_diff_by_type(make_mail):
    """A part text/x-patch that is shown inline is text, as git reads it."""
    made = multipart(part("Text.\n---\n"), part(DIFF, "text/x-patch", Content_Disposition="inline"))
    message = read_message(make_mail(subject="[PATCH] x", **made))
    assert (message.diffstat.insertions, message.attachments) == (1, ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("attachment; filename=x.patch", "x.patch"),
        ('attachment; filename="a \\"b\\".patch"', 'a "b".patch'),
        ("attachment; filename==?utf-8?q?=C3=A4?=", "ä"),
        ('attachment; filename="=?utf-8?b?w6Q=?="', "ä"),
        ("attachment; filename*=utf-8''%C3%A4", "ä"),
        ("attachment; filename*=utf-8'de'%C3%A4", "ä"),
        ("attachment; filename*=koi8-r''%C2", "б"),
        ("attachment; filename*0*=utf-8''%C3%A4%20; filename*1=b; filename*2*=%C3%B6", "ä bö"),
        ("attachment; filename*1=b; filename*0=a", "ab"),
        ("attachment; " + "; ".join(f"filename*{n}={n}," for n in range(12)),
         "0,1,2,3,4,5,6,7,8,9,10,11,"),
        ("attachment; filename=plain; filename*=utf-8''%C3%A4", "ä"),
        ("attachment; filename*=it's", "it's"),
        ("attachment; filename=../../../etc/cron.d/x", "../../../etc/cron.d/x"),
        ("attachment; filename*=utf-8''a%0Ab%00%1B", "a b\ufffd\ufffd"),
        ("attachment", "type.txt"),
    ],
)  # fmt: skip
def test_file_names(written, expected, read):
    """A file name is decoded by whichever rule it uses, and holds no control characters."""
    named = part("x", "application/x-y; name=type.txt", Content_Disposition=written)
    mail = read(**multipart(part("Hello"), named))
    assert mail.body.attachments[0].filename == expected


@pytest.mark.parametrize(
    "written", ["name==?utf-8?q?=C3=A4?=", 'name="=?utf-8?b?w6Q=?="', "name*=utf-8''%C3%A4"]
)
def test_a_file_name_in_the_content_type(written, read):
    """Where Content-Disposition names no file, the name in Content-Type is decoded likewise."""
    for disposition in ("attachment", "attachment; filename="):
        named = part("x", f"application/x-y; {written}", Content_Disposition=disposition)
        assert read(**multipart(part("Hello"), named)).body.attachments[0].filename == "ä"


@pytest.mark.parametrize(
    "written",
    [
        "charset*0=koi8; charset*1=-r",
        "charset*=us-ascii'en'koi8-r",
        "charset*=''koi8%2Dr",
        "charset*0*=us-ascii''koi8; charset*1=-r",
    ],
)
def test_a_charset_in_pieces(written, read, codes):
    """A charset split by RFC 2231, or with a language and charset of its own, counts."""
    mail = read("береза".encode("koi8-r"), content_type=f"text/plain; {written}")
    assert (mail.body.text, codes(mail)) == ("береза", [])


def test_line_ends_of_an_attachment(read):
    """An attachment's CRLF counts in its size; its text has LF."""
    data = base64.b64encode(b"a\r\nb\r\n").decode()
    beside = part(data, Content_Transfer_Encoding="base64", Content_Disposition="attachment")
    mail = read(**multipart(part("Hello"), beside))
    assert (mail.body.attachments[0].size, mail.body.texts[0][1]) == (6, "a\nb\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Hello <b>you</b><br>there</p>", "Hello you\nthere"),
        ("Hello &amp; you &lt;ida&gt; &#233;", "Hello & you <ida> é"),
        ("fish & chips", "fish & chips"),
        ("<head><title>T</title><style>p{}</style></head><script>x<y</script>Hello", "Hello"),
        ("<!-- a > b -->Hello<!-- never closed", "Hello never closed"),
        ("<script>never closed", "never closed"),
        ("1 < 2 <![x[ y", "1 < 2 <![x[ y"),
        ("<![CDATA[x]]>Hello", "Hello"),
        ("&#0;&#xD800;&#27;Hello", "\ufffd\ufffdHello"),
    ],
)
def test_html_only(body, expected, read, codes):
    """Only the words of an HTML mail are read, whatever is wrong with its tags."""
    mail = read(body, content_type="text/html; charset=utf-8")
    assert (mail.body.text, codes(mail)) == (expected, ["text-html-only"])


def test_html_beside_text(read, codes):
    """HTML that follows text, or other HTML, is an attachment."""
    mail = read(**multipart(part("Hi"), HTML))
    assert (mail.body.text, mail.body.attachments[0].content_type) == ("Hi", "text/html")
    assert codes(mail) == []
    mail = read(**multipart(HTML, HTML))
    assert (mail.body.text, len(mail.body.attachments)) == ("Hello", 1)


def test_html_only_with_a_list_s_footer(read, codes):
    """A footer in plain text below the HTML does not hide the HTML's words."""
    mail = read(**multipart(HTML, part(FOOTER)))
    assert mail.body.text == f"Hello\n{FOOTER}"
    assert codes(mail) == ["text-html-only"]


FLOWED = [
    ("a \nb\n", "a b\n"),
    (" From x\n  indented\n", "From x\n indented\n"),
    ("> a \n> b\n", "> a b\n"),
    ("> a \n>> b\n", "> a \n>> b\n"),
    ("a \n-- \nIda\n", "a \n-- \nIda\n"),
    ("> a\n> -- \n> Ida\n", "> a\n> -- \n> Ida\n"),
    ("a \n", "a \n"),
    ("a \n\nb\n", "a \nb\n"),
]


@pytest.mark.parametrize(("body", "expected"), FLOWED)
def test_flowed_text(body, expected, read, codes):
    """Lines broken only for display are joined, if the part is declared flowed."""
    for content_type in ("text/plain; format=flowed", 'TEXT/PLAIN; FORMAT="Flowed"'):
        mail = read(body, content_type=content_type)
        assert (mail.body.text, codes(mail)) == (expected, [])
    assert read(body, content_type="text/plain; format=fixed").body.text == body


def test_flowed_text_with_delsp(read):
    """If DelSp is declared, the blank before a soft break is not part of the text."""
    mail = read("a \nb\n> c \n> d\n", content_type="text/plain; format=flowed; delsp=yes")
    assert mail.body.text == "ab\n> cd\n"


def test_a_flowed_patch(make_mail):
    """A patch in flowed text keeps its context lines."""
    body = "Text.\n---\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n  one\n-two\n+2\n  three\n"
    message = read_message(
        make_mail(body, subject="[PATCH] x", content_type="text/plain; format=flowed")
    )
    assert "\n one\n-two\n+2\n three\n" in message.diff
    assert [defect.code for defect in message.defects] == []


def test_nul_in_text_that_was_flowed(make_mail):
    """NUL reaches no field, even where the text is used as it was sent."""
    body = "\0\n---\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"
    message = read_message(
        make_mail(body, subject="[PATCH] x", content_type="text/plain; format=flowed")
    )
    assert "\0" not in message.body
    assert "flowed-not-stuffed" in [defect.code for defect in message.defects]


def test_unescaped_from_lines_stay(read):
    """`>From ` in the text is what somebody wrote: a mail in the archive is no mbox."""
    text = ">From the depths\n>>From below\nFrom here\n"
    assert read(text).body.text == text


@pytest.mark.parametrize("tail", ["# HG changeset patch\n# User Ida\n", "From: x\n\n"])
def test_other_tools_lines_stay_text(tail, read):
    """Mercurial's and StGit's own lines are text."""
    assert read(tail + DIFF).body.text == tail + DIFF
