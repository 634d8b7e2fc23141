"""Which lines of a reply are trailers, and what they say."""

import pytest

from kvminbox.review import parse_reply_trailers
from tests.review.review_mails import ADA, BEN, EWA

TAG = "Reviewed-by: Ewa Lis <ewa@kvm.example>"

SHAPES = {
    "plain": (TAG, [("Reviewed-by", "ewa@kvm.example", True)]),
    "indented": (f"   {TAG}", [("Reviewed-by", "ewa@kvm.example", True)]),
    "blank before the colon": (
        "Reviewed-by : Ewa Lis <ewa@kvm.example>",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "odd capitals": (
        "reviewed-By: Ewa Lis <ewa@kvm.example>",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "in the middle of the text": (
        f"Fine.\n\n{TAG}\n\nBut please mend the comment.",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "bare address": ("Tested-by: ewa@kvm.example", [("Tested-by", "ewa@kvm.example", True)]),
    "no brackets": (
        "Tested-by: Ewa Lis ewa@kvm.example",
        [("Tested-by", "ewa@kvm.example", True)],
    ),
    "html junk": (
        "Acked-by: Ewa Lis <ewa@kvm.example<mailto:ewa@kvm.example>>",
        [("Acked-by", "ewa@kvm.example", True)],
    ),
    "parentheses in the name": (
        "Acked-by: Ewa (corporate) Lis <ewa@kvm.example>",
        [("Acked-by", "ewa@kvm.example", True)],
    ),
    "comma in an unquoted name": (
        "Acked-by: Lis, Ewa <ewa@kvm.example>",
        [("Acked-by", "ewa@kvm.example", True)],
    ),
    "quotes in the name": (
        'Acked-by: Ewa "EL" Lis <ewa@kvm.example>',
        [("Acked-by", "ewa@kvm.example", True)],
    ),
    "wrapped before the address": (
        "Reviewed-by: Ewa Lis\n<ewa@kvm.example>",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "wrapped before the address and a comment": (
        "Reviewed-by: Ewa Lis\n<ewa@kvm.example> # arm64",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "wrapped inside the name": (
        "Reviewed-by: Ewa Maria\nLis <ewa@kvm.example>",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "joined by and": (
        "Reviewed-and-tested-by: Ewa Lis <ewa@kvm.example>",
        [("Reviewed-by", "ewa@kvm.example", True), ("Tested-by", "ewa@kvm.example", True)],
    ),
    "joined by a slash": (
        "Acked-by/Tested-by: Ewa Lis <ewa@kvm.example>",
        [("Acked-by", "ewa@kvm.example", True), ("Tested-by", "ewa@kvm.example", True)],
    ),
    "joined by a slash, one by": (
        "Acked/Tested-by: Ewa Lis <ewa@kvm.example>",
        [("Acked-by", "ewa@kvm.example", True), ("Tested-by", "ewa@kvm.example", True)],
    ),
    "three joined": (
        "Acked, Reviewed & Tested-by: Ewa Lis <ewa@kvm.example>",
        [
            ("Acked-by", "ewa@kvm.example", True),
            ("Reviewed-by", "ewa@kvm.example", True),
            ("Tested-by", "ewa@kvm.example", True),
        ],
    ),
    "for somebody else": (
        "Reported-by: Jo Tan <jo@user.example>",
        [("Reported-by", "jo@user.example", False)],
    ),
    "a deed not heard of": (
        "Sniffed-by: Ewa Lis <ewa@kvm.example>",
        [("Sniffed-by", "ewa@kvm.example", True)],
    ),
    "fixes": ('Fixes: 0123456789ab ("KVM: a timer")', [("Fixes", None, None)]),
    "link": ("Link: https://lists.example/r/1@x", [("Link", None, None)]),
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_trailer_shapes(reply, text, expected):
    """Each shape that people give a tag is read, and combined ones are taken apart."""
    found = parse_reply_trailers(reply(f"On Monday, Ada wrote:\n> Say it.\n\n{text}\n"))
    assert [(t.name, t.address and t.address.email, t.self_attested) for t in found] == expected


NONE = {
    "quoted": f"> {TAG}",
    "quoted twice": f">> {TAG}",
    "quoted with initials": f"AP> {TAG}",
    "quoted with a bar": f"| {TAG}",
    "in the signature": f"Fine.\n\n-- \n{TAG}",
    "no address": "Reviewed-by: me",
    "a nick": "Reviewed-by: Ewa",
    "question about fixes": "Fixes: ?",
    "copied headers": "Cc: Jo Tan <jo@user.example>\nMessage-Id: <1@x>\nSubject: a@b.example",
    "a word that is no tag": "Maintainer: Ewa Lis <ewa@kvm.example>",
    "a word that ends in by": "Standby: ask ewa@kvm.example",
    "prose": "This was Reviewed-by: Ewa Lis <ewa@kvm.example>",
    "name beyond ascii": "Rеviewed-by: Ewa Lis <ewa@kvm.example>",  # a Cyrillic е
    "the original below": f"Yes.\n\n-----Original Message-----\n{TAG}",
    "outlook's copy": f"Yes.\n\nFrom: Jo\nSent: Monday\nTo: Ada\nSubject: x\n\n{TAG}",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_trailers(reply, text):
    """What is quoted, copied, signed off by a mail client or no tag at all gives none."""
    assert parse_reply_trailers(reply(f"Hello,\n\n{text}\n")) == ()


HINT = """{above}

diff --git a/virt/timer1.c b/virt/timer1.c
--- a/virt/timer1.c
+++ b/virt/timer1.c
@@ -1,2 +1,3 @@
 int timer;
+Acked-by: Line Ofcode <code@kvm.example>
 int new;
{below}
"""


def test_diff_in_reply_is_not_read(reply):
    """A line inside a diff is no tag, but one above or below the diff is."""
    text = HINT.format(above=TAG, below="\nTested-by: Ewa Lis <ewa@kvm.example>")
    assert [t.name for t in parse_reply_trailers(reply(text))] == ["Reviewed-by", "Tested-by"]


def test_tag_below_a_quoted_diffstat(reply):
    """A reply that quotes a patch's notes and diffstat is a reply, and its tag is read."""
    quoted = "> ---\n> v2: less\n>\n>  virt/timer.c | 2 +-\n>  1 file changed, 1 insertion(+)\n"
    message = reply(f"On Monday, Ada wrote:\n{quoted}\nFine.\n\n{TAG}\n")
    assert message.kind == "reply"
    assert [trailer.name for trailer in parse_reply_trailers(message)] == ["Reviewed-by"]


def test_suggested_patch_keeps_its_own_sign_off(reply):
    """The trailers of a whole patch that a reply suggests belong to that patch."""
    above = f"Rather so?\n\n{TAG}\n\nKVM: better\n\nSigned-off-by: Ewa Lis <ewa@kvm.example>\n---"
    found = parse_reply_trailers(reply(HINT.format(above=above, below="")))
    assert [t.name for t in found] == ["Reviewed-by"]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Reveiwed-by: Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
        ("Reviewd-by: Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
        ("Reviewed by: Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
        ("Akced-by: Ewa Lis <ewa@kvm.example>", "Acked-by"),
        ("Naked-by: Ewa Lis <ewa@kvm.example>", "Nacked-by"),
    ],
)
def test_misspelt_tag_is_a_suggestion(reply, line, meant):
    """A misspelt tag is given with what was probably meant."""
    (found,) = parse_reply_trailers(reply(line))
    assert found.suggestion == meant


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        (f"{TAG} # arm64", "arm64"),
        (f"{TAG} [arm64]", "arm64"),
        (f"{TAG} (for the docs)", "for the docs"),
        (f"{TAG}\n[only read]", "only read"),
        (f"{TAG} # arm64\n[only read]", "arm64; only read"),
    ],
)
def test_comments(reply, text, comment):
    """What follows a person, or stands in brackets below, is a comment and no part of the value."""
    (found,) = parse_reply_trailers(reply(text))
    assert (found.comment, found.value) == (comment, "Ewa Lis <ewa@kvm.example>")


def test_sender_with_comma_passes_nobody_else(reply):
    """A comma in the sender's name does not let a tag in another's name pass for the own."""
    found = parse_reply_trailers(reply("Acked-by: Jo Tan <jo@user.example>", sender=BEN))
    assert [t.self_attested for t in found] == [False]


def test_sender_with_comma_is_himself_by_name(reply):
    """`Okafor, Ben` may sign as `Ben Okafor` with another address."""
    found = parse_reply_trailers(reply("Acked-by: Ben Okafor <ben@home.example>", sender=BEN))
    assert [t.self_attested for t in found] == [True]


def test_broken_fixes_is_joined(reply):
    """A `Fixes:` line that a client wrapped is read whole."""
    (found,) = parse_reply_trailers(reply('Fixes: 0123456789ab ("KVM: a timer that\nis late")'))
    assert found.value == '0123456789ab ("KVM: a timer that is late")'


@pytest.mark.parametrize("sender", [ADA, EWA])
def test_hostile_text_takes_no_time(reply, sender):
    """Long lines, many colons and unclosed brackets are read in linear time and give no tag."""
    text = "\n".join(["Reviewed-by: " + "a<" * 40_000, "x-" * 40_000 + ":", "for " * 30_000])
    assert parse_reply_trailers(reply(text, sender=sender)) == ()


def test_tags_are_limited(reply):
    """A reply of a hundred thousand tags gives the first five hundred."""
    assert len(parse_reply_trailers(reply(f"{TAG}\n" * 100_000))) == 500
