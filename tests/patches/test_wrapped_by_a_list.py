"""Mails that a list wrapped whole into one of its own, as Mailman can, and what only looks so."""

import pytest

from kvminbox import group_series, group_threads, read_message

NOTICE = "The rules of the sender's domain forbid us to send this in its name.\nSee below.\n"
FOOTER = "_______________________________________________\nlamps mailing list\n"
JANE = "Jane Oak <jane@oak.example>"
DAY = "Tue, 5 Sep 2023 10:00:00 +0200"
MADE = "mailman.12.1693900800.77.lamps@lists.example"


def mail(body, **headers):
    """Return a mail's text; None leaves a header out."""
    lines = (
        f"{name.replace('_', '-').title()}: {value}\n" for name, value in headers.items() if value
    )
    return "".join(lines) + f"\n{body}"


def sent(body="It is bright.\n", **headers):
    """Return the mail that Jane sent."""
    own = {
        "from": JANE,
        "to": "lamps@lists.example",
        "cc": "Elm <elm@tree.example>",
        "subject": "Re: light the hall",
        "date": DAY,
        "message-id": "<1@oak.example>",
    }
    return mail(body, **{**own, **headers})


def enclose(inner, notice=NOTICE, footer=FOOTER, part="", mark="=-x", **headers):
    """Return the list's mail around another one; `part` are more headers of the enclosed part."""
    texts = [f"Content-Type: text/plain\n\n{notice}"] if notice else []
    rest = [f"Content-Type: text/plain\n\n{footer}"] if footer else []
    enclosed = f"Content-Type: message/rfc822\n{part}\n{inner}"
    parts = "".join(f"--{mark}\n{one}\n" for one in [*texts, enclosed, *rest])
    own = {
        "from": "Jane Oak via lamps <lamps@lists.example>",
        "to": "lamps@lists.example",
        "reply-to": JANE,
        "subject": "[lamps] Re: light the hall",
        "date": DAY,
        "message-id": f"<{MADE}>",
        "list-id": "<lamps.lists.example>",
        "content-type": f'multipart/mixed; boundary="{mark}"',
    }
    return mail(f"{parts}--{mark}--\n", **{**own, **headers})


def read(text):
    return read_message(text.encode())


def codes(message):
    return [defect.code for defect in message.defects]


def test_the_inner_mail_is_the_mail():
    """Sender, subject, receivers, date and text are those of the mail that was sent."""
    message, plain = read(enclose(sent())), read(sent())
    for name in ("sender", "subject", "to", "cc", "date", "body", "kind", "attachments"):
        assert getattr(message, name) == getattr(plain, name)
    assert message.sender_source == "wrapped"
    assert message.rewritten_from.email == "lamps@lists.example"
    assert message.list_id == "lamps.lists.example"
    assert codes(message) == ["list-wrapped"]
    assert "lamps@lists.example" in message.defects[0].text


def test_it_keeps_both_ids():
    """Its own id comes first, the one of the list's mail, by which archives know it, last."""
    message = read(enclose(sent()))
    assert (message.message_id, message.other_message_ids) == ("1@oak.example", (MADE,))
    same = read(enclose(sent(), **{"message-id": "<1@oak.example>"}))
    assert (same.message_id, same.other_message_ids) == ("1@oak.example", ())
    assert "message-id-several" not in codes(same) + codes(message)


def test_its_address_is_the_archives():
    """The link goes by the id that the archive has, which is the outer one."""
    there = {"list-id": "<linux-mtd.lists.infradead.org>"}
    assert read(enclose(sent(), **there)).url.endswith(f"/linux-mtd/{MADE}/")
    assert read(sent(**there)).url.endswith("/linux-mtd/1@oak.example/")


def test_replies_to_either_id_are_in_its_thread():
    """Whether a reply names the outer or the inner id, it is an answer to the same mail."""
    replies = [
        read(sent(**{"message-id": f"<{number}@elm.example>", "in-reply-to": f"<{parent}>"}))
        for number, parent in enumerate((MADE, "1@oak.example"), 2)
    ]
    (thread,) = group_threads([read(enclose(sent())), *replies])
    assert [node.depth for node in thread.nodes] == [0, 1, 1]


def test_a_wrapped_series_is_one(formatted):
    """Patches that a list wrapped, each by itself, are a series by the ids they were sent with."""
    mails = [
        read(
            enclose(
                sent(
                    formatted if number else "Two lamps.\n",
                    **{
                        "subject": f"[PATCH {number}/2] light {number}",
                        "message-id": f"<20230905080000.77-{number + 1}-jane@oak.example>",
                        "in-reply-to": "<20230905080000.77-1-jane@oak.example>" if number else None,
                    },
                ),
                **{"message-id": f"<mailman.{number}.1.2.lamps@lists.example>"},
            )
        )
        for number in range(3)
    ]
    (series,) = group_series(mails)
    assert (series.missing == (), len(series.patches)) == (True, 2)
    assert series.patches[0].author.email == "jane@oak.example"
    assert [one.name for one in series.patches[0].trailers] == ["Signed-off-by"]


WRAPPED = {
    "without a footer": enclose(sent(), footer=""),
    "without a notice, the mail alone": enclose(sent(), notice="", footer=""),
    "the address in Cc, Reply-To the list's": enclose(
        sent(), cc=JANE, **{"reply-to": "lamps@lists.example"}
    ),
    "the name alone": enclose(sent(), **{"reply-to": None}),
    "no outer Subject": enclose(sent(), subject=None),
    "no List-Id, sent to the address in From": enclose(sent(), **{"list-id": None}),
    "another Date by a server": enclose(sent(), date="Tue, 5 Sep 2023 08:00:41 GMT"),
    "the same Date in another zone": enclose(
        sent(), date="Tue, 5 Sep 2023 08:00:00 GMT", **{"message-id": "<169.77@lists.example>"}
    ),
    "base64 though RFC 2046 forbids it": enclose(
        "RnJvbTogSmFuZSBPYWsgPGphbmVAb2FrLmV4YW1wbGU+CkRhdGU6IFR1ZSwgNSBTZXAgMjAyMyAx\n"
        "MDowMDowMCArMDIwMAoKSXQgaXMgYnJpZ2h0Lgo=\n",
        part="Content-Transfer-Encoding: base64\n",
    ),
    "another charset": enclose(
        sent("It is bright.=\n\n", content_type="text/plain; charset=koi8-r",
             content_transfer_encoding="quoted-printable")
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED)
def test_ways_to_wrap(text):
    """However the list's mail is made, the enclosed one is read as the mail."""
    message = read(text)
    assert message.sender_source == "wrapped"
    assert message.sender.email == "jane@oak.example"
    assert message.body.strip() == "It is bright."


def test_what_the_outer_mail_lacks():
    """A Subject that only the list's mail lacks is not missing, and one that it has counts."""
    message = read(enclose(sent(), subject=None))
    assert (message.subject.title, codes(message)) == ("light the hall", ["list-wrapped"])
    message = read(enclose(sent(subject=None)))
    assert message.subject.title == "light the hall"


OTHER = "Elm <elm@tree.example>"
LATER = "Tue, 5 Sep 2023 11:00:00 +0200"
JANES = {"from": JANE, "reply-to": None, "message-id": "<2@oak.example>"}
REWRITTEN = {"message-id": "<2@oak.example>"}
LEFT = {
    "a forward": enclose(sent(**{"from": OTHER}), notice="See below.\n", date=LATER, **JANES),
    "a forward of one's own mail": enclose(sent(), notice="It got lost.\n", date=LATER, **JANES),
    "a forward whose From the list rewrote": enclose(
        sent(**{"from": OTHER}), notice="See below.\n", date=LATER, **REWRITTEN
    ),
    "one's own mail again, whose From the list rewrote": enclose(
        sent(), notice="It got lost.\n", date=LATER, **REWRITTEN
    ),
    "a mail of somebody else in the same second": enclose(sent(**{"from": OTHER}), **REWRITTEN),
    "a moderator's notice": enclose(
        sent(),
        notice="A post waits for you.\n",
        date=LATER,
        subject="lamps post from jane@oak.example requires approval",
        **{"from": "lamps-owner@lists.example"},
    ),
    "the list's notice about a post": enclose(
        sent(),
        subject="Your post to lamps was refused",
        date=LATER,
        **{"from": "lamps@lists.example", "reply-to": None, "to": JANE},
    ),
    "a bounce": enclose(
        sent(),
        subject="Undelivered mail",
        date=LATER,
        **{
            "from": "Mail System <mailer-daemon@lists.example>",
            "content-type": 'multipart/report; boundary="=-x"',
        },
    ),
    "a bug tracker's mail": enclose(
        sent(), subject="Bug#12: dark", date=LATER, **{"from": "bugs@bugs.example"}
    ),
    "two mails": enclose(sent(), footer="").replace(
        "--=-x--", f"--=-x\nContent-Type: message/rfc822\n\n{sent()}\n--=-x--"
    ),
    "a mail and a file": enclose(sent(), footer="").replace(
        "--=-x--", "--=-x\nContent-Type: text/x-log; name=boot.log\n\nup\n--=-x--"
    ),
    "a mail without headers": enclose("\nIt is bright.\n"),
    "a mail of the list itself": enclose(sent(**{"from": "lamps@lists.example"})),
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_encloses_a_mail_otherwise(text):
    """A mail that a person, a moderator or a program encloses stays theirs, and their text too."""
    message = read(text)
    assert message.sender_source != "wrapped"
    assert "list-wrapped" not in codes(message)
    assert "message/rfc822" in [one.content_type for one in message.attachments]


def test_a_digest_is_left():
    """A digest is the list's own mail, whose sender none of the mails in it has."""
    text = enclose(sent(), **{"content-type": 'multipart/digest; boundary="=-x"'})
    digest = text.replace("Jane Oak via lamps <lamps@", "lamps-request <lamps-request@")
    assert read(digest).sender_source == "header"


def nest(depth):
    """Return a mail that one list after another wrapped, and the ids of their mails."""
    text, ids, via = sent(), [], "Jane Oak"
    for level in range(depth):
        ids.append(f"mailman.{level}.1.1.list{level}@lists.example")
        address, via = f"list{level}@lists.example", f"{via} via list{level}"[:200]
        headers = {"from": f"{via} <{address}>", "to": address, "list-id": None}
        text = enclose(
            text, footer="", mark=f"={level}", **headers, **{"message-id": f"<{ids[-1]}>"}
        )
    return text, tuple(ids)


def test_two_lists_one_after_the_other():
    """A mail that two lists wrapped is read as it was sent, and has the ids of all three."""
    text, ids = nest(2)
    message = read(text)
    assert (message.sender.email, message.body) == ("jane@oak.example", "It is bright.\n")
    assert message.rewritten_from.email == "list1@lists.example"
    assert (message.message_id, *message.other_message_ids) == ("1@oak.example", *ids)


def test_wrapping_without_end():
    """Of mails within each other without end a few are taken off, and all is read in the end."""
    text, ids = nest(1_000)
    message = read(text)
    assert message.body.strip() == NOTICE.strip()
    assert (message.message_id, *message.other_message_ids) == ids[-4:]
