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
    "wrapped before the address and more words": (
        "You can add my Reviewed-by: Ewa Lis\n<ewa@kvm.example> with these changes.",
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
    "fixes a bug": ("Fixes: #123", [("Fixes", None, None)]),
    "a vulnerability": ("CVE: CVE-2024-12345", [("CVE", None, None)]),
    "link": ("Link: https://lists.example/r/1@x", [("Link", None, None)]),
    "a wide colon": (
        "Reviewed-by\uff1aEwa Lis <ewa@kvm.example>",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "a blank without a width": (
        "\u200bReviewed-by: Ewa Lis <ewa@kvm.example>",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "blanks that do not break": (
        "\u00a0\u00a0Reviewed-and-tested-by:\u00a0 Ewa\u00a0Lis <ewa@kvm.example>\u00a0",
        [("Reviewed-by", "ewa@kvm.example", True), ("Tested-by", "ewa@kvm.example", True)],
    ),
    "no end of the address": (
        "Reviewed-by: Ewa Lis <ewa@kvm.example.",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "a link beside the address": (
        "Reviewed-by: Ewa Lis <ewa@kvm.example> [mailto:ewa@kvm.example]",
        [("Reviewed-by", "ewa@kvm.example", True)],
    ),
    "a refusal": ("Nacked-by: Ewa Lis <ewa@kvm.example>", [("Nacked-by", "ewa@kvm.example", True)]),
    "a refusal, misspelt": (
        "NAKed-by: Ewa Lis <ewa@kvm.example>",
        [("Nacked-by", "ewa@kvm.example", True)],
    ),
    "a refusal in short": (
        "NAK-by: Ewa Lis <ewa@kvm.example>",
        [("Nacked-by", "ewa@kvm.example", True)],
    ),
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
    "quoted with an entity": f"&gt; {TAG}",
    "in the signature": f"Fine.\n\n-- \n{TAG}",
    "somebody else without an address": "Reviewed-by: Jo Tan",
    "a template": "Reviewed-by: your name",
    "prose with a colon": "Written by: Ewa Lis <ewa@kvm.example>",
    "question about fixes": "Fixes: ?",
    "copied headers": "Cc: Jo Tan <jo@user.example>\nMessage-Id: <1@x>\nSubject: a@b.example",
    "a word that is no tag": "Maintainer: Ewa Lis <ewa@kvm.example>",
    "a word that ends in by": "Standby: ask ewa@kvm.example",
    "a checker's line": "WARNING: Signed-off-by: name mismatch: 'From: Jo <jo@user.example>'",
    "a vulnerability without a number": "CVE: ask <ewa@kvm.example>",
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


ME, BEN_TOO = "Ewa Lis <ewa@kvm.example>", "Ben Oak <ben@oak.example>"
TWO_IN_A_LINE = {
    f"Tested-by: {ME} and Reviewed-by: {ME}": ["Tested-by ewa", "Reviewed-by ewa"],
    f"Reviewed-by: {ME}, Tested-by: {BEN_TOO}": ["Reviewed-by ewa", "Tested-by ben"],
    f"Acked-by: {ME} & Tested-by: {ME}": ["Acked-by ewa", "Tested-by ewa"],
    f"Reviewed-by: {ME} Tested-by: {ME}": ["Reviewed-by ewa", "Tested-by ewa"],
    f"Reviewed-by: and Tested-by: {ME}": ["Reviewed-by ewa", "Tested-by ewa"],
    f"FWIW, Acked-by: {ME} and Tested-by: {ME}": ["Acked-by ewa", "Tested-by ewa"],
    f"Reviewed-by: {ME}; Reported-and-tested-by: {ME}": [
        "Reviewed-by ewa", "Reported-by ewa", "Tested-by ewa",
    ],
    f"Reviewed-by: {ME} # see Tested-by below": ["Reviewed-by ewa"],
    f"Reviewed-by: {ME} and Tested-by": ["Reviewed-by ewa"],
    f"Reviewed-by: {ME}, Tested-by: see above": ["Reviewed-by ewa"],
    f"Reviewed-by: {ME}, merged-nearby: {BEN_TOO}": ["Reviewed-by ewa"],
}  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), TWO_IN_A_LINE.items())
def test_several_tags_in_one_line(reply, line, expected):
    """Each tag of a line with several is one, with its own person; a mere name is none."""
    found = parse_reply_trailers(reply(f"Fine.\n\n{line}\n"))
    assert [f"{one.name} {one.address.local_part}" for one in found] == expected


def test_a_denied_line_gives_none_of_its_tags(reply):
    """The words before a line's first tag are said of all of them."""
    found = parse_reply_trailers(reply(f"I would not say Acked-by: {ME} and Tested-by: {ME}\n"))
    assert [one.standing for one in found] == ["mentioned", "mentioned"]


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


def test_suggested_patch_with_a_signature_keeps_its_sign_off(reply):
    """So it is below a `---` and above git's signature; a tag above a mere hint is given."""
    own, end = "Signed-off-by: Ewa Lis <ewa@kvm.example>", "-- \n2.23.0\n"
    above = f"{TAG}\n\nHow about it?\n\n---\n\nKVM: better\n\nIt is late.\n\n{own}\n"
    found = parse_reply_trailers(reply(HINT.format(above=f"{above}---", below=end)))
    assert [t.name for t in found] == ["Reviewed-by"]
    found = parse_reply_trailers(reply(HINT.format(above=TAG, below=end)))
    assert [t.name for t in found] == ["Reviewed-by"]


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("Signed-off-by: Ewa Lis <ewa@kvm.example>", ["Reviewed-by"]),
        ("Words without a sign-off.", ["Reviewed-by"]),
        ("Tested-by: Ewa Lis <ewa@kvm.example>", ["Reviewed-by", "Tested-by"]),
    ],
)
def test_a_rule_sets_the_suggested_patch_apart(reply, last, names):
    """Below a `---` of the answer the patch has its own sign-off; tags without one are given."""
    above = f"{TAG}\n\nHow about this?\n\n---\n\nKVM: better\n\nIt is late.\n\n{last}\n---"
    found = parse_reply_trailers(reply(HINT.format(above=above, below="")))
    assert [t.name for t in found] == names


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Reveiwed-by: Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
        ("Reviewd-by: Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
        ("Reviewed by: Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
        ("Akced-by: Ewa Lis <ewa@kvm.example>", "Acked-by"),
        ("Acked by: Ewa Lis <ewa@kvm.example>", "Acked-by"),
        ("Ack-by: Ewa Lis <ewa@kvm.example>", "Acked-by"),
        ("Signed off by: Ewa Lis <ewa@kvm.example>", "Signed-off-by"),
        ("Nacekd-by: Ewa Lis <ewa@kvm.example>", "Nacked-by"),
        ("Nacked by: Ewa Lis <ewa@kvm.example>", "Nacked-by"),
        ("FWIW, Reveiwed-by: Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
        ("Reviewed-by Ewa Lis <ewa@kvm.example>", "Reviewed-by"),
    ],
)
def test_misspelt_tag_is_a_suggestion(reply, line, meant):
    """A misspelt tag is told with what was probably meant, and is not given."""
    (found,) = parse_reply_trailers(reply(line))
    assert (found.suggestion, found.standing) == (meant, "misspelt")
    assert meant in found.evidence


@pytest.mark.parametrize("name", ["Reviewed and Tested by", "Reviewed/Tested by", "Tested by"])
def test_blank_before_by_goes_one_way(reply, name):
    """With a blank before `by`, a combined name is as misspelt as a single one."""
    found = parse_reply_trailers(reply(f"{name}: {EWA}"))
    assert {trailer.standing for trailer in found} == {"misspelt"}
    assert found[-1].suggestion == "Tested-by"


def test_misspelt_part_of_a_name(reply):
    """Of a combined name only the misspelt part is a suggestion."""
    found = parse_reply_trailers(reply(f"Reveiwed-and-tested-by: {EWA}"))
    assert [(t.name, t.standing) for t in found] == [
        ("Reveiwed-by", "misspelt"),
        ("Tested-by", "given"),
    ]


@pytest.mark.parametrize(
    "value",
    ["me", "Ewa", "Ewa Lis", "Ewa Lis <ewa:kvm.example>", "Ewa Lis <ewa at kvm dot example>",
     "Ewa Lis <ewa(at)kvm.example>", "Ewa Lis ewa at kvm.example"],
)  # fmt: skip
def test_tag_without_an_address(reply, value):
    """A tag in the sender's name, or with an address that is mistyped, is told."""
    (found,) = parse_reply_trailers(reply(f"Fine.\n\nReviewed-by: {value}\n"))
    assert (found.name, found.standing, found.address) == ("Reviewed-by", "unaddressed", None)


LED = {
    "FWIW, {}": "FWIW",
    "And FWIW: {}": "And FWIW",
    "Otherwise, {}": "Otherwise",
    "Otherwise {}": "Otherwise",
    "So, {}": "So",
    "Looks good to me, you may add my {}": "Looks good to me, you may add my",
    "LGTM. {}": "LGTM",
    "No more comments, {}": "No more comments",
    "Not tested. {}": "Not tested",
    "FWIW, {} (the docs, not the code)": "FWIW; the docs, not the code",
    "With that fixed: {}": "With that fixed",
    "With that fixed, {}": "With that fixed",
    "I compiled and tested, {}": "I compiled and tested",
    "please add {}": "please add",
    "[{}]": "",
    "({})": "",
    "\u201c{}\u201d": "",
    '"{}"': "",
    "`{}`": "",
    "*{}*": "",
    "- {}": "",
    "\u2022 {}": "",
}


@pytest.mark.parametrize("form", LED)
def test_words_before_a_tag(reply, form):
    """A tag in the sender's own name is given behind other words, which are its comment."""
    (found,) = parse_reply_trailers(reply(f"Hello.\n\n{form.format(TAG)}\n"))
    assert (found.name, found.standing, found.address.email) == (
        "Reviewed-by", "given", "ewa@kvm.example",
    )  # fmt: skip
    assert found.comment == LED[form]


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("FWIW, Acked and Tested-by: {}", ["Acked-by", "Tested-by"]),
        ("FWIW, Acked-by & Tested-by: {}", ["Acked-by", "Tested-by"]),
        ("Otherwise, Reviewed-and-tested-by: {}", ["Reviewed-by", "Tested-by"]),
    ],
)
def test_words_before_a_combined_tag(reply, form, names):
    """Behind other words, too, a combined name is several tags."""
    found = parse_reply_trailers(reply(form.format(EWA)))
    assert [trailer.name for trailer in found] == names


@pytest.mark.parametrize(
    ("line", "kind", "numbers"),
    [
        (f"For the series: {TAG}", "series", ()),
        (f"For patches 2 and 3: {TAG}", "range", (2, 3)),
        (f"2,3: {TAG}", "range", (2, 3)),
        (f"{TAG} for all patches.", "series", ()),
    ],
)
def test_words_before_a_tag_name_patches(reply, line, kind, numbers):
    """The words in a tag's own line may say which patches it is for."""
    (found,) = parse_reply_trailers(reply(line))
    assert (found.scope, found.numbers) == (kind, numbers)


@pytest.mark.parametrize(
    "line",
    [
        f"This was {TAG}",
        f"Please drop my {TAG}",
        f"I can't give {TAG}",
        f"You have already added {TAG}",
        f"FWIW, {TAG} was for v1",
        f"  + {TAG} (✓ DKIM/kvm.example)",
        "Please add Tested-by: Jo Tan <jo@user.example>",
        "You lost (Acked-by: Jo Tan <jo@user.example>)",
        "- Acked-by: Jo Tan <jo@user.example>",
    ],
)
def test_mentioned_tag_is_told(reply, line):
    """A tag of another person, or with words that deny it, within a sentence is told."""
    (found,) = parse_reply_trailers(reply(f"Hello.\n\n{line}\n"))
    assert found.standing == "mentioned"
    assert found.evidence


SHOWN = """commit 0123456789abcdef0123456789abcdef01234567 (HEAD -> next)
Author: Jo Tan <jo@user.example>
Date:   Mon Mar 3 09:00:00 2025 +0100

    KVM: a timer

    Say it.

    Fixes: 0123456789ab ("KVM: a clock")
    Acked-by: Ewa Lis <ewa@kvm.example>
    Reviewed-by: Cy Moe <cy@user.example>
    Signed-off-by: Jo Tan <jo@user.example>
"""
REWRITTEN = """KVM: a timer

Say it better.

Reported-by: Cy Moe <cy@user.example>
Reviewed-by: Di Noe <di@user.example>
Cc: stable@user.example
Signed-off-by: Jo Tan <jo@user.example>
"""
PASTED = {
    "git show": SHOWN,
    "git show, indented": "\n".join(f"  {line}" if line else "" for line in SHOWN.split("\n")),
    "rewritten": REWRITTEN,
    "rewritten and signed": f"{REWRITTEN}Signed-off-by: {ADA}\n",
    "another's sign-off": "Signed-off-by: Jo Tan <jo@user.example>\n",
}


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
def test_trailers_of_a_pasted_commit(reply, text):
    """The trailers of a commit that a reply shows are nobody's gift; one's own below it is."""
    found = parse_reply_trailers(reply(f"How about:\n\n{text}\nFine.\n\n{TAG}\n"))
    assert {trailer.standing for trailer in found[:-1]} == {"pasted"}
    assert (found[-1].name, found[-1].standing) == ("Reviewed-by", "given")


def test_own_tag_beside_a_sign_off(reply):
    """Beside another's sign-off, the sender's own tag is given."""
    text = f"Signed-off-by: Jo Tan <jo@user.example>\n{TAG}\n"
    found = parse_reply_trailers(reply(text))
    assert [trailer.standing for trailer in found] == ["pasted", "given"]


@pytest.mark.parametrize(
    "line", [f"Signed-off-by: {EWA}", f"commit 0123456789ab is fine\n\n    {TAG}"]
)
def test_what_is_no_pasted_commit(reply, line):
    """One's own sign-off, and a tag below prose about a commit, are given."""
    assert [t.standing for t in parse_reply_trailers(reply(line))] == ["given"]


ROBOT = "Reported-by: test robot <robot@user.example>"


@pytest.mark.parametrize(
    "words",
    [
        "If you fix the issue, kindly add following tag where applicable",
        "IMPORTANT: if you fix the issue, please add the following tag to\nthe commit:",
        "please consider adding these tags",
    ],
)
def test_tag_that_a_robot_asks_for(reply, words):
    """What a robot asks to add, and a person passes on, is asked for and not given."""
    found = parse_reply_trailers(reply(f"{words}\n{ROBOT}\n{TAG}\n"))
    assert [trailer.standing for trailer in found] == ["asked", "given"]


@pytest.mark.parametrize(
    "words",
    ["Thanks for the report.", "Please add:", "I have a tag here:", "please add my RVB tag:"],
)
def test_tag_that_nobody_asks_for(reply, words):
    """Without such words, a tag in another's name is given, and not by its person."""
    (found,) = parse_reply_trailers(reply(f"{words}\n{ROBOT}\n"))
    assert (found.standing, found.self_attested) == ("given", False)


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        (f"{TAG} # arm64", "arm64"),
        (f"{TAG} [arm64]", "arm64"),
        (f"{TAG} (for the docs)", "for the docs"),
        (f"{TAG}.", ""),
        (f"- {TAG} (at home)", "at home"),
        (f'"{TAG}" for the docs.', "for the docs."),
        (f"[{TAG} # arm64]", "arm64"),
        (f"please add my {TAG}.", "please add my"),
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
