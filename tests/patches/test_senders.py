"""Who really sent a mail whose From a list or a relay has rewritten, and where that was found."""

import pytest

OAK = "Old Oak <oak@tree.example>"
VIA = "Old Oak via lamps <lamps@lists.example>"
LIST = {"list_id": "Lamps <lamps.lists.example>"}
WORDS = "It is too bright.\n"


def found(message):
    """Return who sent a mail, and where that was found."""
    sender = message.sender
    return sender.name, sender.email, message.sender_source


def test_an_ordinary_from_is_the_sender(read):
    """The mailbox in From is the sender, and nothing was rewritten."""
    message = read("Re: x", WORDS, **{"from": OAK}, reply_to="Elm <elm@tree.example>", **LIST)
    assert found(message) == ("Old Oak", "oak@tree.example", "header")
    assert message.rewritten_from is None


REWRITTEN = {
    "via the list": VIA,
    "in quotes, as Google's groups write": "\"'Old Oak' via lamps\" <lamps@lists.example>",
    "via a list without a name": "'Old Oak' via <lamps@lists.example>",
    "via a list with words": "Old Oak via Lamps and lights <lamps@lists.example>",
    "encoded": "=?utf-8?q?Old_Oak_via_lamps?= <lamps@lists.example>",
    "a surname first": '"Oak, Old via lamps" <lamps@lists.example>',
    "in German": "=?utf-8?q?Old_Oak_=C3=BCber_lamps?= <lamps@lists.example>",
    "in French": "Old Oak par lamps <lamps@lists.example>",
    "in Portuguese": "Old Oak por lamps <lamps@lists.example>",
    "in Spanish": "=?utf-8?q?Old_Oak_a_trav=C3=A9s_de_lamps?= <lamps@lists.example>",
    "in Italian": "Old Oak tramite lamps <lamps@lists.example>",
    "in Russian": "=?utf-8?b?T2xkIE9hayDRh9C10YDQtdC3IGxhbXBz?= <lamps@lists.example>",
    "without via": "'Old Oak' <lamps@lists.example>",
}


@pytest.mark.parametrize(
    ("header", "source"),
    [("reply_to", "reply-to"), ("x_original_from", "x-original-from"), ("cc", "cc"), ("to", "cc")],
)
@pytest.mark.parametrize("written", REWRITTEN.values(), ids=REWRITTEN)
def test_a_rewritten_from_of_a_reply(read, written, header, source):
    """A list's own From is undone by a header that has the person's mailbox."""
    message = read("Re: x", WORDS, **{"from": written, header: OAK}, **LIST)
    assert found(message) == ("Old Oak", "oak@tree.example", source)
    assert message.rewritten_from.email == "lamps@lists.example"


SPELLINGS = {
    "bare": ("oak@tree.example", "Old Oak"),
    "in brackets": ("<oak@tree.example>", "Old Oak"),
    "surname first": ('"Oak, Old" <oak@tree.example>', "Oak, Old"),
    "with a middle name": ("Old B. Oak <oak@tree.example>", "Old B. Oak"),
    "with a firm": ('"Old Oak (Tree Inc)" <oak@tree.example>', "Old Oak (Tree Inc)"),
    "with accents": ("=?utf-8?q?=C3=93ld_O=C3=A0k?= <oak@tree.example>", "Óld Oàk"),
    "in another script": ("=?utf-8?b?6Z2S5pyo?= <oak@tree.example>", "青木"),
    "by the address": ("O.O. <old.oak@tree.example>", "O.O."),
    "with the list beside it": (f"lamps@lists.example, {OAK}", "Old Oak"),
    "with an alias of the list": (f"lamps@lists.sf.example, {OAK}", "Old Oak"),
    "twice": (f"{OAK}, OAK@tree.example", "Old Oak"),
    "among others": (f"Elm <elm@tree.example>, {OAK}", "Old Oak"),
}


@pytest.mark.parametrize(("reply_to", "name"), SPELLINGS.values(), ids=SPELLINGS)
def test_spellings_in_reply_to(read, reply_to, name):
    """Reply-To names the person without a name, or with another spelling of it."""
    message = read("Re: x", WORDS, **{"from": VIA}, reply_to=reply_to, **LIST)
    assert message.sender_source == "reply-to"
    assert (message.sender.name, message.sender.domain) == (name, "tree.example")


NOBODY = {
    "the list itself": "lamps@lists.example",
    "an alias of the list": "Lamps <lamps@lists.sf.example>",
    "an alias without a name": "Lamps@lists.sf.example",
    "several people, none of that name": "Elm <elm@tree.example>, Ash <ash@tree.example>",
    "somebody of another name": "Tall Elm <elm@tree.example>",
    "no address": "Old Oak",
}


@pytest.mark.parametrize("reply_to", NOBODY.values(), ids=NOBODY)
def test_a_reply_to_that_names_nobody(read, reply_to):
    """Where nothing names the person's address, only the name is known, and it says so."""
    message = read("Re: x", WORDS, **{"from": VIA}, reply_to=reply_to, **LIST)
    assert found(message) == ("Old Oak", "", "display-name")
    assert message.rewritten_from.written == VIA


PLAIN = {
    "a person's address and another Reply-To": (OAK, "Elm <elm@tree.example>"),
    "a person whose name has via": ("Ada via Bus <ada@bus.example>", "boss@bus.example"),
    "a person whose name has a short word": ("Old Par Oak <oak@tree.example>", "elm@tree.example"),
    "the list speaks for itself": ("Lamps <lamps@lists.example>", "owner@tree.example"),
    "a list without a name": ("lamps@lists.example", "owner@tree.example"),
    "somebody at the list's host": ("Old Oak <oak@lists.example>", "elm@tree.example"),
    "an equals sign": ("Old Oak <oak=x.example@tree.example>", "elm@tree.example"),
    "nobody": ("", "elm@tree.example"),
}


@pytest.mark.parametrize(("written", "reply_to"), PLAIN.values(), ids=PLAIN)
def test_a_from_that_was_not_rewritten(read, written, reply_to):
    """People set Reply-To, and lists announce things: then From counts."""
    message = read("x", WORDS, **{"from": written}, reply_to=reply_to, **LIST)
    assert message.sender_source == "header"
    assert message.rewritten_from is None
    assert message.sender.email == written.rpartition("<")[2].rstrip(">")


def test_x_original_from_of_the_same_address(read):
    """A server that notes the same mailbox in X-Original-From has rewritten nothing."""
    message = read("x", WORDS, **{"from": '"Old Oak" <oak@tree.example>'}, x_original_from=OAK)
    assert found(message) == ("Old Oak", "oak@tree.example", "header")


def test_x_original_from_of_the_list(read):
    """X-Original-From with the list's own address names nobody."""
    message = read("x", WORDS, **{"from": VIA}, x_original_from=VIA, reply_to=OAK, **LIST)
    assert found(message) == ("Old Oak", "oak@tree.example", "reply-to")


def test_x_original_sender(read):
    """Google's groups keep the address in X-Original-Sender, where Reply-To is the group."""
    headers = {"from": "\"'Old Oak' via Lamps\" <lamps@groups.example>",
               "x_original_sender": "oak@tree.example", "reply_to": "Lamps <lamps@groups.example>",
               "list_id": "<lamps.groups.example>"}  # fmt: skip
    assert found(read("x", WORDS, **headers)) == (
        "Old Oak", "oak@tree.example", "x-original-sender",
    )  # fmt: skip


def test_x_original_sender_of_an_ordinary_mail(read):
    """X-Original-Sender is in all mails of such a group, and changes no ordinary From."""
    message = read("x", WORDS, **{"from": OAK}, x_original_sender="bounce@tree.example", **LIST)
    assert found(message) == ("Old Oak", "oak@tree.example", "header")


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("Old Oak via groups.example <oak=tree.example@groups.example>", "Old Oak",
         "oak@tree.example"),
        ("Old Oak <oak@tree.example.INVALID>", "Old Oak", "oak@tree.example"),
    ],
)  # fmt: skip
def test_an_address_that_spells_another(read, written, name, email):
    """Some lists write the person's address into their own."""
    message = read("x", WORDS, **{"from": written}, reply_to="lamps@groups.example")
    assert found(message) == (name, email, "from-address")


def test_an_address_in_place_of_the_name(read):
    """Where the person gave no name, the list leaves the address in its place."""
    message = read("x", WORDS, **{"from": "'oak@tree.example' via lamps <lamps@lists.example>"},
                   **LIST)  # fmt: skip
    assert found(message) == ("", "oak@tree.example", "display-name")


def test_the_beginning_of_an_address_in_place_of_the_name(read):
    """Mailman leaves the address without its host where the person gave no name."""
    sent = {"from": "oak+lamps--- via lamps <lamps@lists.example>", **LIST}
    message = read("x", WORDS, **sent, reply_to="Oak+lamps@tree.example")
    assert found(message) == ("", "Oak+lamps@tree.example", "reply-to")
    assert found(read("x", WORDS, **sent)) == ("oak+lamps", "", "display-name")


RELAY = {"from": "Old Oak via B4 Relay <devnull+oak.tree.example@relay.example>", **LIST}


def test_a_relay_that_spells_the_address(read):
    """B4 Relay is no list; the bare Reply-To counts, for the relay's address spells it."""
    message = read("x", WORDS, **RELAY, reply_to="oak@tree.example")
    assert found(message) == ("Old Oak", "oak@tree.example", "reply-to")
    assert read("x", WORDS, **RELAY, reply_to="elm@tree.example").sender_source == "header"


def test_a_gateway_and_somebody_of_that_name(read):
    """A gateway outside the list's host is undone by somebody of the same name in Cc."""
    gateway = {"from": "Old Oak via Gateway <gateway@mail.example>", **LIST}
    assert found(read("x", WORDS, **gateway, cc=OAK)) == ("Old Oak", "oak@tree.example", "cc")
    assert read("x", WORDS, **gateway, cc="Elm <elm@tree.example>").sender_source == "header"
    assert read("x", WORDS, **gateway, reply_to="elm@tree.example").sender_source == "header"


@pytest.mark.parametrize("list_id", [None, "<other.lists.vger.example>"])
def test_a_list_that_another_list_got_the_mail_from(read, list_id):
    """Without this List-Id, it is a list where the mail went to the address in From."""
    sent = {"from": VIA, "reply_to": "oak@tree.example", "list_id": list_id}
    assert found(read("x", WORDS, **sent, to="Lamps@lists.example"))[1:] == (
        "oak@tree.example", "reply-to",
    )  # fmt: skip
    assert read("x", WORDS, **sent, to="elm@tree.example").sender_source == "header"


def test_the_in_body_from_of_that_name(read, formatted):
    """Of a patch, the in-body From names the sender where it has the name left in From."""
    patch = read("[PATCH] light it", f"From: {OAK}\n\n{formatted}", **{"from": VIA}, **LIST)
    assert found(patch) == ("Old Oak", "oak@tree.example", "in-body")
    other = read("[PATCH] x", f"From: Elm <elm@tree.example>\n\n{formatted}", **{"from": VIA},
                 **LIST)  # fmt: skip
    assert found(other) == ("Old Oak", "", "display-name")
    assert (other.author.email, other.author_source) == ("elm@tree.example", "in-body")


def test_the_author_is_the_sender(read, formatted):
    """The author of a patch without an in-body From is who really sent it."""
    patch = read("[PATCH] light it", formatted, **{"from": VIA}, reply_to=OAK, **LIST)
    assert (patch.author, patch.author_source) == (patch.sender, "reply-to")


def test_a_signer_is_the_sender(read, formatted):
    """A trailer is the sender's own where the person whom the list took out gave it."""
    text = formatted.replace("Lena Lamp <lena@lamp.example>", OAK)
    for reply_to in ("oak@tree.example", "lamps@lists.example"):
        patch = read("[PATCH] light it", text, **{"from": VIA}, reply_to=reply_to, **LIST)
        assert [trailer.self_attested for trailer in patch.trailers] == [True]
