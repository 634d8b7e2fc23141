"""The author and title of a change: the body takes precedence over the header."""

import pytest

OAK = "Old Oak <oak@tree.example>"


def test_the_sender_is_the_author(read, formatted):
    """If nothing says otherwise, the author is the sender."""
    patch = read("[PATCH] light it", formatted)
    assert (patch.author, patch.author_source) == (patch.sender, "header")


def test_the_in_body_from(read, formatted):
    """An in-body From names the author; the sender stays the sender."""
    patch = read("[PATCH] light it", f"From: {OAK}\n\n{formatted}")
    assert (patch.author.name, patch.author.email) == ("Old Oak", "oak@tree.example")
    assert patch.author_source == "in-body"
    assert patch.sender.email == "lena@lamp.example"
    assert patch.commit_message.startswith("Light the hall.")


def test_blanks_in_the_in_body_from(read, formatted):
    """Blanks around and inside the name are one, as in the header."""
    patch = read("[PATCH] light it", f"From:  Old \t Oak  <oak@tree.example> \n\n{formatted}")
    assert (patch.author.name, patch.author.email) == ("Old Oak", "oak@tree.example")


def test_an_encoded_in_body_from(read, formatted):
    """Encoded words in the body's headers are decoded, as git does."""
    body = f"From: =?utf-8?q?J=C3=BCrgen?= <j@tree.example>\n\n{formatted}"
    assert read("[PATCH] light it", body).author.name == "Jürgen"


@pytest.mark.parametrize("value", ["me", "somebody else", ""])
def test_a_bogus_in_body_from(read, formatted, value):
    """An in-body From without an address names nobody: the header counts."""
    patch = read("[PATCH] light it", f"From: {value}\n\n{formatted}")
    assert patch.author == patch.sender
    codes = [defect.code for defect in patch.defects]
    assert ("inbody-from-odd" in codes) == bool(value)


def test_a_bogus_in_body_date(read, formatted):
    """An in-body Date that can't be understood changes nothing."""
    patch = read("[PATCH] light it", f"Date: long ago\n\n{formatted}")
    assert patch.date.year == 2023
    assert patch.commit_message.startswith("Light the hall.")


def test_the_in_body_from_attests_nothing(read, formatted):
    """An in-body From, which anyone can write, does not make a trailer the sender's own."""
    body = f"From: {OAK}\n\n{formatted}".replace("Lena Lamp <lena@lamp.example>", OAK)
    (trailer,) = read("[PATCH] light it", body).trailers
    assert trailer.self_attested is False


@pytest.mark.parametrize(
    ("subject", "line", "title"),
    [
        ("re: [PATCH] another", "Subject: light it", "light it"),
        ("[PATCH] another", "[PATCH] light it", "light it"),
        ("[PATCH] another", "Subject: [PATCH v2 1/2] light it", "light it"),
        ("[PATCH] another", "Subject: light\n  the\thall", "light the hall"),
        ("[PATCH] another", "Subject: =?utf-8?q?light_J=C3=BCrgen?=", "light Jürgen"),
        ("[PATCH] another", "Subject:", "another"),
    ],
)
def test_the_in_body_subject(read, formatted, subject, line, title):
    """The body's Subject, or a line that begins with [PATCH], is the title of the commit."""
    message = read(subject, f"{line}\n\n{formatted}")
    assert message.title == title
    assert message.subject.raw == subject


def test_headers_in_quoted_printable(read, formatted):
    """In-body headers hidden in `=0A` are read after decoding, as git does."""
    body = f"From: {OAK}=0A=0ALight it.\n---\nwords =3D words\n" + formatted.partition("---\n")[2]
    patch = read("[PATCH] light it", body, content_transfer_encoding="QUOTED-PRINTABLE")
    assert (patch.author.email, patch.commit_message) == ("oak@tree.example", "Light it.")


def test_a_from_header_folded_over_comments(read, formatted):
    """A From that is folded between comments gives name and address, comments apart."""
    header = "A (zzz)\n U\n Thor\n <a.u.thor@lamp.example> (Comment)"
    patch = read("[PATCH] light it", formatted, **{"from": header})
    assert (patch.author.name, patch.author.email) == ("A U Thor", "a.u.thor@lamp.example")


def test_a_name_in_iso_2022_jp(read, formatted):
    """A sender's name in ISO-2022-JP beside an ASCII address is decoded."""
    header = "=?ISO-2022-JP?B?GyRCJCIkKyRqGyhC?= <akari@lamp.example>"
    assert read("[PATCH] light it", formatted, **{"from": header}).author.name == "あかり"


def test_the_body_comes_before_a_rewritten_from(read, formatted):
    """B4 Relay rewrites From and puts the author into the body, which counts first."""
    headers = {
        "from": "Oak via B4 Relay <devnull+oak@relay.example>",
        "x_original_from": "x@y.example",
    }
    patch = read("[PATCH] light it", f"From: {OAK}\n\n{formatted}", **headers)
    assert (patch.author.email, patch.author_source) == ("oak@tree.example", "in-body")
