"""Message-IDs, and the headers that name other mails."""

import pytest


@pytest.mark.parametrize(
    "written",
    [
        "<a@b.example>",
        "\n <a@b.example>",
        "  <a@b.example>\t",
    ],
)
def test_an_id_in_brackets(written, read, codes):
    """Brackets, folds and blanks around an id are not part of it."""
    mail = read(message_id=written)
    assert (mail.message_ids, codes(mail)) == (("a@b.example",), [])


@pytest.mark.parametrize(
    "identity",
    [
        "2019%lkp@b.example",
        "a/../b@c.example",
        "a'b\"c@d.example",
        "a@",
        "x" * 250 + "@b.example",
        "a?b#c&d@e.example",
    ],
)
def test_ids_are_kept_as_they_are(identity, read, codes):
    """An id may hold percent signs, slashes or quotes, an empty domain, or 250 characters."""
    mail = read(message_id=f"<{identity}>")
    assert (mail.message_ids, codes(mail)) == ((identity,), [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("DF48-1B4F", ("DF48-1B4F",)),
        ("a@b.example", ("a@b.example",)),
        ("a@b.example>", ("a@b.example",)),
        ("<a@b.example", ("a@b.example",)),
        ("<a@b.example>+78E9F8", ("a@b.example",)),
        ("<a@b.example> (a comment)", ("a@b.example",)),
        ("<a @b.\n example>", ("a@b.example",)),
        ("<space@ (NXDOMAIN) >", ("space@(NXDOMAIN)",)),
        ("<a@b.example> <c@d.example> <a@b.example>", ("a@b.example", "c@d.example")),
    ],
)
def test_an_odd_id_is_found(written, expected, read, codes):
    """An id without brackets, or with text beside it, is found, which is a defect."""
    mail = read(message_id=written)
    assert mail.message_ids == expected
    assert "message-id-odd" in codes(mail)


def test_a_no_break_space_before_the_id(read, codes):
    """A raw NO-BREAK SPACE before the bracket is a blank, and a defect of its own."""
    mail = read(message_id=b"\xa0<a@b.example>")
    assert mail.message_ids == ("a@b.example",)
    assert codes(mail) == ["header-raw-8bit", "charset-wrong"]


@pytest.mark.parametrize("written", [None, "", "<>", " "])
def test_no_id(written, read, codes):
    """A missing or empty Message-ID is a defect, never a reason to make one up."""
    mail = read(message_id=written)
    assert (mail.message_ids, codes(mail)) == ((), ["message-id-missing"])


@pytest.mark.parametrize("order", [1, -1])
def test_two_message_id_headers(order, read, codes):
    """Two Message-IDs are both kept, in the order of the mail."""
    ids = ["<a@b.example>", "<c@d.example>"][::order]
    mail = read(message_id=[*ids, ids[0]])
    assert mail.message_ids == tuple(identity.strip("<>") for identity in ids)
    assert codes(mail) == ["message-id-several"]


def test_an_id_of_many_pages(read):
    """An id of 90 kB is kept whole."""
    assert len(read(message_id=f"<{'x' * 90_000}@b.example>").message_ids[0]) > 90_000


def test_fifty_references(read, codes):
    """All ids of a long, folded References are found, oldest first."""
    ids = [f"{n}-{'x' * (n * 10)}@b.example" for n in range(50)]
    mail = read(references="\n ".join(f"<{identity}>" for identity in ids))
    assert (mail.references, codes(mail)) == (tuple(ids), [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<a@b.example><c@d.example>", ("a@b.example", "c@d.example")),
        ("<a@b.example>, <c@d.example>;", ("a@b.example", "c@d.example")),
        ("<a@b.example> <c@d.example>\n <a@b.example>", ("a@b.example", "c@d.example")),
        ("<a@b.example> (a\n comment) <c@d.example>", ("a@b.example", "c@d.example")),
        ("<a@b.\n\texample>", ("a@b.example",)),
        (["<a@b.example>", "<c@d.example>"], ("a@b.example", "c@d.example")),
        ("<>", ()),
    ],
)
def test_references(written, expected, read, codes):
    """Each id is found once, in order, across folds, comments and several headers."""
    mail = read(references=written)
    assert mail.references == expected
    assert codes(mail) == ([] if expected else ["references-prose"])


def test_raw_bytes_beside_references(read, codes):
    """Bytes that are not allowed in a header hide no id beside them."""
    mail = read(references=b"\xfe\xff<a@b.example> \x80\x81 <c@d.example>")
    assert mail.references == ("a@b.example", "c@d.example")
    assert "references-prose" in codes(mail)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<a@b.example> (Ida Birch\'s message of "Tue, 5 Sep 2023")', ("a@b.example",)),
        ("Your message of Tue, 5 Sep 2023 10:00:00 <a@b.example>", ("a@b.example",)),
        ("<a@b.example> from Ida Birch on Tuesday", ("a@b.example",)),
        ("<a@b.example> of Ida Birch <ida@wood.example>", ("a@b.example",)),
        ("Ida <ida@wood.example>'s message of Tuesday: <a@b.example>", ("a@b.example",)),
    ],
)
def test_prose_in_in_reply_to(written, expected, read):
    """Words, dates and people's addresses beside the id are left out."""
    assert read(in_reply_to=written).in_reply_to == expected


@pytest.mark.parametrize("written", ["y", "n", "ida@wood.example", "Re: a walk", "(none)"])
def test_an_answer_that_is_no_id(written, read, codes):
    """An answer to git send-email's question, such as `y`, is not an id."""
    mail = read(in_reply_to=written)
    assert (mail.in_reply_to, codes(mail)) == ((), ["references-prose"])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("=?utf-8?q?=3Ca=40b=2Eexample=3E?=", ("a@b.example",)),
        ("=?utf-8?q?=3Clong=2E?=\n =?utf-8?q?a=40b=2Eexample=3E?=", ("long.a@b.example",)),
        ("=?us-ascii?b?PGFAYi5leGFtcGxlPg==?=", ("a@b.example",)),
        ("=?utf-8?q?=3Ca=40b=2Eexample=3E?= <c@d.example>", ("a@b.example", "c@d.example")),
        ("<c@d.example> =?utf-8?q?=3Ca=40b=2Eexample=3E?=", ("c@d.example", "a@b.example")),
        ("=?utf-8?q?=3Ca=40b=2Eexample=3E_=3Cc=40d=3E?=", ("a@b.example", "c@d")),
        ("<a@b.example", ("a@b.example",)),
        ("a@b.example>", ("a@b.example",)),
        ("<a@b.example <c@d.example>", ("a@b.example", "c@d.example")),
        ("<a@b.example> c@d.example>", ("a@b.example", "c@d.example")),
    ],
)
def test_an_id_that_is_encoded_or_lacks_a_bracket(written, expected, read, codes):
    """An id that Python's own mail policy encoded, or that lost a bracket, is read, in order."""
    for name in ("references", "in_reply_to"):
        mail = read(**{name: written})
        assert getattr(mail, name) == expected
        assert codes(mail) == ["references-odd"]


def test_an_id_that_only_looks_encoded(read, codes):
    """Inside its brackets an id is what it is, `=?` and all."""
    mail = read(references="<=?utf-8?q?a?=@b.example>")
    assert (mail.references, codes(mail)) == (("=?utf-8?q?a?=@b.example",), [])


@pytest.mark.parametrize(
    "written", ["a < b", "=?utf-8?q?a_word?=", "<3", "1 > 0", "ida@wood.example >"]
)
def test_a_bracket_without_an_id(written, read, codes):
    """A lone bracket and an encoded word that holds no id make none."""
    mail = read(in_reply_to=written)
    assert mail.in_reply_to == ()
    assert "references-prose" in codes(mail)


def test_an_encoded_message_id(read, codes):
    """A Message-ID that was encoded is the id that its sender meant, with a defect."""
    mail = read(message_id="=?utf-8?q?=3Ca=40b=2Eexample=3E?=")
    assert (mail.message_ids, codes(mail)) == (("a@b.example",), ["message-id-odd"])


def test_hostile_ids_are_data(read):
    """Ids that look like paths or HTML are kept; showing them safely is the display's task."""
    ids = ('" onclick="alert(1)', "/../../../../foo", "'\"&", "\u202ea@b.example")
    mail = read(references=" ".join(f"<{identity}>" for identity in ids))
    assert mail.references == tuple("".join(identity.split()) for identity in ids)


def test_a_mail_that_answers_itself(read):
    """A mail's own id among its references is kept, since that is what was written."""
    mail = read(references="<1@wood.example>", in_reply_to="<1@wood.example>")
    assert mail.references == mail.in_reply_to == mail.message_ids
