"""The person that a trailer names, and whether it is the mail's sender."""

import pytest

from kvminbox.models import Address
from kvminbox.trailers import _PROVIDERS, is_same_person, parse_trailers

# value: name, address
PEOPLE = {
    "Jane Doe <jane@doe.example>": ("Jane Doe", "jane@doe.example"),
    '"Doe, Jane" <jane@doe.example>': ("Doe, Jane", "jane@doe.example"),
    "Doe, Jane <jane@doe.example>": ("Doe, Jane", "jane@doe.example"),
    "Jane Doe (Lamp Corp.) <jane@doe.example>": ("Jane Doe (Lamp Corp.)", "jane@doe.example"),
    'Jane "JD" Doe <jane@doe.example>': ('Jane "JD" Doe', "jane@doe.example"),
    '"JD" Doe <jane@doe.example>': ('"JD" Doe', "jane@doe.example"),
    '"Jane" "Doe" <jane@doe.example>': ('"Jane" "Doe"', "jane@doe.example"),
    "<jane@doe.example>": ("", "jane@doe.example"),
    '"" <jane@doe.example>': ("", "jane@doe.example"),
    '"J" <jane@doe.example>': ("J", "jane@doe.example"),
    "jane@doe.example": ("", "jane@doe.example"),
    "jane@doe.example # v5.4": ("", "jane@doe.example"),
    "Jane Doe <jane@doe.example<mailto:jane@doe.example>>": ("Jane Doe", "jane@doe.example"),
    "Jane Doe < jane@doe.example >": ("Jane Doe", "jane@doe.example"),
    "Jane Doe<jane@doe.example>": ("Jane Doe", "jane@doe.example"),
    "Jane Doe <jane@doe.example": ("Jane Doe", "jane@doe.example"),
    "Jürgen Öl <juergen@öl.example>": ("Jürgen Öl", "juergen@öl.example"),
}


@pytest.mark.parametrize("value", PEOPLE)
def test_a_person_is_read_as_text(value):
    """Name and address are found as people write them, not as RFC 5322 would have it."""
    (trailer,) = parse_trailers(f"Acked-by: {value}", Address(), "patch")
    assert trailer.address is not None
    assert (trailer.address.name, trailer.address.email) == PEOPLE[value]
    assert trailer.address.written == trailer.value == value.partition(" #")[0]


LINKED = [
    "Jane Doe <mailto:jane@doe.example>",
    "Jane Doe <jane@doe.example> <mailto:jane@doe.example>",
    "Jane Doe <jane@doe.example <mailto:jane@doe.example>>",
    "Jane Doe <jane@doe.example [mailto:jane@doe.example]>",
    "Jane Doe [mailto:jane@doe.example]",
    "Jane Doe (mailto:jane@doe.example)",
    "Jane Doe mailto:jane@doe.example",
]


@pytest.mark.parametrize("comment", ["", " # v5.4"])
@pytest.mark.parametrize("value", LINKED)
def test_links_of_addresses(value, comment):
    """`mailto:` that a mail client put beside an address is no part of it, nor a comment."""
    (trailer,) = parse_trailers(f"Acked-by: {value}{comment}", Address(), "patch")
    assert (trailer.address.name, trailer.address.email) == ("Jane Doe", "jane@doe.example")
    assert trailer.comment == comment.strip(" #")


@pytest.mark.parametrize("value", ["mailto:jane@doe.example", "<mailto:jane@doe.example>"])
def test_a_link_without_a_name(value):
    """`mailto:jane@doe.example` alone is the address."""
    (trailer,) = parse_trailers(f"Acked-by: {value}", Address(), "patch")
    assert (trailer.address.name, trailer.address.email) == ("", "jane@doe.example")


MARGARET = "Margaret Pfefferkorn"
SAME = [
    ("jane@doe.example", "jane@doe.example"),
    ("Jane@Doe.Example", "jane@doe.example"),
    ("jane+lists@doe.example", "jane@doe.example"),
    ("jane@linux.doe.example", "jane@doe.example"),
    ("jane@arm.doe.example", "jane@doe.example"),
    ("jane@doe.example", "jane+x@linux.doe.example"),
    ("Jane Doe <jane@old.example>", "Jane Doe <jd@new.example>"),
    ("Jane Doe <jane@old.example>", "jane doe <jd@new.example>"),
    ("Doe, Jane <jane@old.example>", "Jane Doe <jd@new.example>"),
    ("Jane Doe <jane@old.example>", "Doe, Jane (Lamp Corp.) <jd@new.example>"),
    ("Doe Jane <jane@old.example>", "Jane Doe <jd@new.example>"),
    ("Doe Jane <jane@old.example>", "Doe, Jane <jd@new.example>"),
    ("Jane Öl <jane@old.example>", "Jane Ol <jd@new.example>"),
    (f"{MARGARET} <m@firm.example>", "Pfefferkorn Lindqvist, Margaret <mp@firm.example>"),
    ("Margaret E. Pfefferkorn <m@firm.example>", f"{MARGARET} <mp@firm.example>"),
]
OTHERS = [
    ("jane@doe.example", "jan@doe.example"),
    ("jane@a.linux.doe.example", "jane@doe.example"),
    ("jane@notdoe.example", "jane@doe.example"),
    ("Jane <jane@old.example>", "Jane <jd@new.example>"),
    ("Doe, Jane <jane@old.example>", "Roe, Rick <rick@new.example>"),
    ("Doe, Jane <jane@old.example>", "Doe, John <john@new.example>"),
    ("<jane@old.example>", "<jd@new.example>"),
    ("Jane Jane Doe <jane@old.example>", "Jane Doe <jd@new.example>"),
    ("Öl <jane@old.example>", "Ol <jd@new.example>"),
    ("Jane Doe <jane@firm.example>", "Doe Roe, Jane <jroe@firm.example>"),
    ("Roe Wei Minghao <wei@firm.example>", "Roe Minghao <rm@firm.example>"),
    ("Margaret <m@firm.example>", "Margaret Pfefferkorn <mp@firm.example>"),
    (f"{MARGARET} <m@firm.example>", "Pfefferkorn Lindqvist, Margaret <mp@other.example>"),
    (f"{MARGARET} <m@firm.example>", "Pfefferkorn Lindqvist, Mary <mp@firm.example>"),
]


def person(text):
    name, _, email = text.rpartition("<")
    return Address(name=name.strip(), email=email.rstrip(">"))


@pytest.mark.parametrize(("claimed", "sender"), SAME)
def test_the_same_person(claimed, sender):
    """The same mailbox, one more label of the domain, or the full name, with more words or not."""
    assert is_same_person(person(claimed), person(sender))


@pytest.mark.parametrize(("claimed", "sender"), OTHERS)
def test_another_person(claimed, sender):
    """A first name alone, a comma in the name, or a far sub-domain prove nothing."""
    assert is_same_person(person(claimed), person(sender)) is False


@pytest.mark.parametrize("domain", sorted(_PROVIDERS))
def test_people_of_a_provider_are_not_of_one_firm(domain):
    """A fuller name is the same person at a firm's domain, and may be another at a provider's."""
    fuller = "Pfefferkorn Lindqvist, Margaret"
    claimed, sender = person(f"{MARGARET} <m@{domain}>"), person(f"{fuller} <mp@{domain}>")
    assert is_same_person(claimed, sender) is False


def test_nobody_can_tell_without_an_address():
    """If either has no address, only one name tells; without it the answer is None, not false."""
    jane = person("Jane Doe <jane@doe.example>")
    assert is_same_person(Address(name="Old Oak"), jane) is None
    assert is_same_person(jane, Address(name="Old Oak")) is None
    assert is_same_person(jane, Address(name="Doe, Jane")) is True
    assert is_same_person(jane, Address(name="Jane")) is None


def test_self_attestation_is_by_the_sender():
    """A sender's trailer is his own, another person's is not, and a link has nobody."""
    message = (
        "Signed-off-by: Jane Doe <jane@doe.example>\n"
        "Acked-by: Old Oak <oak@tree.example>\n"
        "Link: https://lamp.example/1"
    )
    trailers = parse_trailers(message, person("Jane Doe <jane@doe.example>"), "patch")
    assert [trailer.self_attested for trailer in trailers] == [True, False, None]
