"""Message-IDs as people have them."""

import pytest

from kvminbox.mail import read_given_id

ID = "20250801.1-jane@doe.example"


@pytest.mark.parametrize(
    "text",
    [
        ID, f" {ID}\n", f"<{ID}>", f"id:{ID}", f"mid:{ID}", f"mid:{ID.replace('@', '%40')}",
        f"rfc822msgid:{ID}", f"Message-ID: <{ID}>", f"Message-Id: {ID}", f"msgid:{ID}",
        f"https://lore.kernel.org/kvm/{ID}/", f"https://lore.kernel.org/kvm/{ID}",
        f"http://lore.kernel.org/r/{ID}", f"lore.kernel.org/all/{ID}/raw",
        f"https://lore.kernel.org/kvm/{ID.replace('@', '%40')}/T/#u",
        f"https://lore.kernel.org/kvm/{ID}/t.mbox.gz", f"https://lore.kernel.org/all/{ID}/#R",
        f"Link: https://patch.msgid.link/{ID}", f"https://lkml.kernel.org/r/{ID}",
        f"https://patchwork.kernel.org/project/kvm/patch/{ID}/mbox/",
        f"https://marc.info/?i={ID}", f"https://inbox.example/kvm/{ID}/",
        f"<https://lore.kernel.org/r/{ID}>",
    ],
)  # fmt: skip
def test_each_form_names_the_same_mail(text):
    """Brackets, schemes, header lines and addresses of archives all give the id."""
    assert read_given_id(text) == ID


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<id:1@ada.example>", "id:1@ada.example"),
        ("https://lore.kernel.org/kvm/1%2F2@ada.example/", "1/2@ada.example"),
        ("https://lore.kernel.org/kvm/without-sign/T/", "without-sign"),
        ("a b@ada.example", "a b@ada.example"),
        ("identity@ada.example", "identity@ada.example"),
        ("lists.example@ada.example", "lists.example@ada.example"),
    ],
)
def test_what_is_in_an_id_stays(text, found):
    """An id in brackets is read to the letter, and no other loses a part of its own."""
    assert read_given_id(text) == found


@pytest.mark.parametrize(
    "text",
    ["", "<>", "https://lore.kernel.org/", "https://lore.kernel.org/kvm/", "http://[",
     "https://lkml.org/lkml/2025/8/1/123", "https://lore.kernel.org/kvm/?q=s:timer"],
)  # fmt: skip
def test_an_address_without_an_id_names_none(text):
    """A list's page, a search and a number of lkml.org's own are no mail's id."""
    assert read_given_id(text) == ""
