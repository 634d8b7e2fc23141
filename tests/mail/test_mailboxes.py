"""People in From, To and Cc, however they are written."""

import pytest

from kvminbox.mail import read_mail

MAILBOXES = [
    # written, name, address
    ("ida@wood.example", "", "ida@wood.example"),
    ("<ida@wood.example>", "", "ida@wood.example"),
    ("Ida Birch <ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ("Ida  Birch\n\t<ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ('"Birch, Ida" <ida@wood.example>', "Birch, Ida", "ida@wood.example"),
    (r'"Ida \"The Oak\" Birch" <ida@wood.example>', 'Ida "The Oak" Birch', "ida@wood.example"),
    (r"Ida \(B\) Birch <ida@wood.example>", "Ida (B) Birch", "ida@wood.example"),
    ("<ida@wood.example> (Ida Birch)", "Ida Birch", "ida@wood.example"),
    ("ida@wood.example (Ida Birch)", "Ida Birch", "ida@wood.example"),
    ("Ida (a (nested) comment) Birch <ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ("ida@wood.example (Ida (the oak) Birch)", "Ida (the oak) Birch", "ida@wood.example"),
    ("Ida Birch (corporate) <ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ("Ida Birch <ida@wood.example (work)>", "Ida Birch", "ida@wood.example"),
    ("Ida Birch <ida@wood.example(work)>", "Ida Birch", "ida@wood.example"),
    ("Ida Birch <(work) ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ('Ida "IB" Birch <ida@wood.example>', "Ida IB Birch", "ida@wood.example"),
    ('"ida@wood.example" <birch@wood.example>', "ida@wood.example", "birch@wood.example"),
    ("ida@wood.example <birch@wood.example>", "ida@wood.example", "birch@wood.example"),
    ("Ida Birch via Walks <walks@list.example>", "Ida Birch via Walks", "walks@list.example"),
    # damaged
    ("Ida Birch <ida@wood.example", "Ida Birch", "ida@wood.example"),
    ("Ida (at home <ida@wood.example>", "Ida at home", "ida@wood.example"),
    ("Ida (at (home) <ida@wood.example>", "Ida at home", "ida@wood.example"),
    ('"Ida Birch <ida@wood.example>', "Ida Birch", "ida@wood.example"),
    ("<ida@wood.example<mailto:ida@wood.example>>", "", "ida@wood.example"),
    ("Ida Birch <ida@wood.example> <x@y.example>", "Ida Birch", "ida@wood.example"),
    ("Ida Birch < ida@wood.example >", "Ida Birch", "ida@wood.example"),
    ("Ida: Birch <ida@wood.example>", "Ida: Birch", "ida@wood.example"),
    ("<Ida Birch <ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ("Ida <Birch> <ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ("Ida <Birch <ida@wood.example>>", "Ida Birch", "ida@wood.example"),
    ("Ida Birch <> <ida@wood.example>", "Ida Birch", "ida@wood.example"),
    ("Ida =? Birch <ida@wood.example>", "Ida =? Birch", "ida@wood.example"),
    # encoded
    ("=?utf-8?q?=C3=84nne?= Birch <a@wood.example>", "Änne Birch", "a@wood.example"),
    ("=?utf-8?q?Birch=2C_Ida?= <ida@wood.example>", "Birch, Ida", "ida@wood.example"),
    ("=?utf-8?q?Birch,_Ida?= <ida@wood.example>", "Birch, Ida", "ida@wood.example"),
    ('"=?utf-8?q?=C3=84nne?=" <a@wood.example>', "Änne", "a@wood.example"),
    ("=?iso-8859-1?q?=C4?= =?iso-8859-1?q?nne?= <a@wood.example>", "Änne", "a@wood.example"),
    ("=?iso-2022-jp?b?GyRCTFobKEI=?= (Ki) <ki@wood.example>", "木", "ki@wood.example"),
    # no ASCII in the address
    ("Änne <änne@wood.example>", "Änne", "änne@wood.example"),
]


@pytest.mark.parametrize(("written", "name", "email"), MAILBOXES)
def test_one_mailbox(written, name, email, read, codes):
    """Name and address are found, whatever quotes, comments and brackets surround them."""
    mail = read(**{"from": written})
    assert (mail.sender.name, mail.sender.email) == (name, email)
    assert set(codes(mail)) <= {"header-raw-8bit"}


def test_a_mailbox_is_kept_as_written(read):
    """Quotes and comments, which are not in the name, stay in `written`."""
    assert read(**{"from": '"Birch, Ida" <i@wood.example>'}).sender.written == (
        '"Birch, Ida" <i@wood.example>'
    )
    assert read(**{"from": "i@wood.example (Ida)"}).sender.written == "i@wood.example (Ida)"
    assert read(**{"from": "=?utf-8?q?=C3=84?= <i@wood.example>"}).sender.written == (
        "Ä <i@wood.example>"
    )


def test_a_name_with_a_comma_that_is_not_quoted(read, codes):
    """`Birch, Ida <ida@…>` is one person, which is a defect; so it is among others."""
    mail = read(**{"from": "Birch, Ida <ida@wood.example>"})
    assert (mail.sender.name, mail.sender.email) == ("Birch, Ida", "ida@wood.example")
    assert mail.sender.written == "Birch, Ida <ida@wood.example>"
    assert codes(mail) == ["address-odd"]
    mail = read(to="a@b.example, Birch, Ida <ida@wood.example>, c@d.example")
    assert [person.name for person in mail.to] == ["", "Birch, Ida", ""]


def test_a_mailbox_without_an_address_stays(read, codes):
    """A word before a bare address is a mailbox of its own, without an address."""
    mail = read(to="root, ida@wood.example, postmaster")
    assert [(person.name, person.email) for person in mail.to] == [
        ("root", ""),
        ("", "ida@wood.example"),
        ("postmaster", ""),
    ]
    assert codes(mail) == ["address-odd", "address-odd"]


@pytest.mark.parametrize("written", [None, "", "  ", "<>", '""', "()", ",", ":;"])
def test_from_names_nobody(written, read, codes):
    """An empty From yields an empty sender, or that of the Sender header."""
    assert codes(read(**{"from": written})) == ["from-missing"]
    mail = read(**{"from": written}, sender="Ida <ida@wood.example>")
    assert mail.sender.email == "ida@wood.example"
    assert codes(mail) == ["from-missing"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ida@wood.example (Ida Birch", "Ida Birch"),
        ("Ida Birch ida@wood.example", "Ida Birch"),
        ("ida@wood.example Ida (at home) Birch", "Ida Birch"),
        ("=?utf-8?q?Ida_Birch_=3Cida=40wood.example=3E?=", "Ida Birch"),
        ("=?utf-8?q?Birch=2C_Ida=3Cida=40wood.example=3E?=", "Birch, Ida"),
        ("Ida Birch ida@wood.example @ home", "Ida Birch @ home"),
    ],
)
def test_an_address_without_brackets(written, name, read, codes):
    """An address among words, or encoded with them, is found, which is a defect."""
    mail = read(**{"from": written})
    assert (mail.sender.name, mail.sender.email) == (name, "ida@wood.example")
    assert codes(mail) == ["address-odd"]


def test_an_address_that_was_encoded_alone(read, codes):
    """An encoded word that holds only the address is the address."""
    mail = read(**{"from": "=?utf-8?q?ida=40wood.example?="})
    assert (mail.sender.name, mail.sender.email, codes(mail)) == ("", "ida@wood.example", [])


def test_from_with_words_glued_to_no_address(read, codes):
    """Encoded words glued to text, without an address: a name, and a defect."""
    mail = read(**{"from": "testH=?UTF-8?B?w6E=?=user=?UTF-8?B?w6E=?="})
    assert (mail.sender.name, mail.sender.email) == ("testHáuserá", "")
    assert codes(mail) == ["address-odd"]


def test_from_names_several(read, codes):
    """Of several people in From, the first with an address counts."""
    mail = read(**{"from": "ida@wood.example, Ben <ben@wood.example>"})
    assert mail.sender.email == "ida@wood.example"
    assert codes(mail) == ["from-odd"]


@pytest.mark.parametrize(
    "written",
    [
        "unlisted-recipients:; (no To-header on input)",
        "undisclosed-recipients:;",
        '"Undisclosed recipients":;',
        "foo: ;",
        "",
    ],
)
def test_nobody_is_named(written, read, codes):
    """A group of nobody, which vger itself writes, is no defect and no mailbox."""
    mail = read(to=written)
    assert mail.to == ()
    assert codes(mail) == []


def test_a_group_that_does_not_end(read, codes):
    """A group's name is recognised without the group's end mark if nothing follows it."""
    assert read(to="undisclosed-recipients:").to == ()
    mail = read(to="walkers: ida@wood.example, ben@wood.example")
    assert [person.email for person in mail.to] == ["ida@wood.example", "ben@wood.example"]
    assert codes(mail) == ["address-odd"]


def test_a_group_of_people(read):
    """The people in a group count; its name does not."""
    mail = read(to="walkers: ida@wood.example, Ben <ben@wood.example>;, c@wood.example")
    assert [person.email for person in mail.to] == [
        "ida@wood.example",
        "ben@wood.example",
        "c@wood.example",
    ]


def test_a_mailbox_of_marks_only(read, codes):
    """`[]*-- =~$` is kept as a name."""
    mail = read(to="[]*-- =~$")
    assert (mail.to[0].name, mail.to[0].email) == ("[]*-- =~$", "")
    assert codes(mail) == ["address-odd"]


@pytest.mark.parametrize(
    "text",
    ["(" * 1_000 + " ida@wood.example", "(" * 1_000 + "x" + ")" * 1_000 + "ida@wood.example"],
)
def test_a_thousand_nested_comments(text, read):
    """Comments nest without recursion, closed or not, and hide no address."""
    assert read(**{"from": text}).sender.email == "ida@wood.example"


def test_a_name_of_a_page(read):
    """A name of 35 kB is kept whole."""
    mail = read(**{"from": "x" * 35_000 + " <ida@wood.example>"})
    assert (len(mail.sender.name), mail.sender.email) == (35_000, "ida@wood.example")


def test_an_address_of_a_page(read):
    """An address of 35 kB is kept whole."""
    assert read(**{"from": "x" * 35_000 + "@wood.example"}).sender.domain == "wood.example"


def test_more_mailboxes_than_anybody_writes_to(read, codes):
    """Of three thousand mailboxes two thousand are kept, which is a defect, odd ones or not."""
    for name in ("x{}@wood.example", '"" <x{}@wood.example>', "{} <y@wood.example", "(a) {}"):
        mail = read(cc=",\n ".join(map(name.format, range(3_000))))
        assert len(mail.cc) == 2_000
        assert "header-oversized" in codes(mail)


def test_to_again_and_again(codes):
    """Several To headers together are cut as one would be, which is a defect."""
    mail = read_mail((b"To: " + b"x" * 1_000 + b" <ida@wood.example>\n") * 200 + b"\nHello.\n")
    assert len(mail.to) == 100
    assert "header-oversized" in codes(mail)


def test_ten_thousand_odd_mailboxes_are_a_few_defects(read, codes):
    """A mail lists at most twenty defects of one code, each in one line."""
    mail = read(cc=",".join(f"x{n}" for n in range(10_000)), to="y" * 90_000)
    odd = [defect for defect in mail.defects if defect.code == "address-odd"]
    assert len(odd) == 20
    assert max(len(defect.text) for defect in odd) < 400
