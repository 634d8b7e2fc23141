"""Whom MAINTAINERS names for a patch, why, and who of them was asked."""

import pytest

from kvminbox.asked import find_expected
from kvminbox.subsystems import parse_maintainers
from tests.mails import read_made

FILE = """LAMP
M: Ada Pfeiffer <ada@silicon.example>
R: "Lis, Ewa" <ewa@kvm.example>
L: lamp@lists.example (moderated for non-subscribers)
L: inner@lists.example (subscribers-only)
S: Maintained
F: drivers/lamp/
X: drivers/lamp/old/

BULBS
M: Bo Berg <bo@bulb.example>
R: Ada Pfeiffer <ada@silicon.example>
N: bulb
F: drivers/

BLINKERS
M: Kim Blink <kim@blink.example>
L: blink@lists.example
K: \\bblink_(?:on|off)\\b
K: (?i)blinker

THE REST
M: Lin Us <lin@rest.example>
L: all@lists.example
F: *
F: */
"""
KERNEL = parse_maintainers(FILE)


def patch(path="drivers/lamp/a.c", words="Words.", added="two", context="one", **more):
    """Read a patch to a file."""
    diff = (
        f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"
        f"@@ -1,2 +1,3 @@\n {context}\n+{added}\n three\n"
    )
    headers = [f"{name}: {value}" for name, value in more.items()]
    text = f"{words}\n\nSigned-off-by: Jo <jo@reed.example>\n---\n{diff}-- \n2.43.0\n"
    sender = "Jo Reed <jo@reed.example>"
    return read_made("[PATCH] lamp: on", text, *headers, sender=sender, ids=["p@x.example"])


def name(found):
    """Return addresses and roles."""
    return [(one.address.email, one.role) for one in found]


def test_maintainers_reviewers_and_lists_are_named_in_this_order():
    """The nearest section first; a subscribers' list and the people of THE REST are left out."""
    assert name(find_expected(patch(), KERNEL)) == [
        ("ada@silicon.example", "maintainer"),
        ("bo@bulb.example", "maintainer"),
        ("ewa@kvm.example", "reviewer"),
        ("lamp@lists.example", "list"),
        ("all@lists.example", "list"),
    ]


def test_each_has_its_reasons():
    """The section, the line of the file, and what of the patch it took."""
    ada = find_expected(patch(), KERNEL)[0]
    assert ada.evidence == (
        "LAMP: MAINTAINERS:7 F: drivers/lamp/ matches drivers/lamp/a.c",
        "BULBS: MAINTAINERS:14 F: drivers/ matches drivers/lamp/a.c",
    )
    found = find_expected(patch("lib/x.c", added="blink_on(lamp);"), KERNEL)
    assert found[0].evidence == (
        "BLINKERS: MAINTAINERS:19 K: \\bblink_(?:on|off)\\b matches the line 'blink_on(lamp);'",
    )


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"path": "drivers/lamp/old/a.c"}, {"bo@bulb.example", "ada@silicon.example"}),
        ({"path": "lib/bulb.c"}, {"bo@bulb.example", "ada@silicon.example"}),
        ({"path": "lib/a.c"}, set()),
        ({"path": "lib/a.c", "words": "About a Blinker."}, {"kim@blink.example"}),
        ({"path": "lib/a.c", "added": "x = blink_off(1);"}, {"kim@blink.example"}),
        ({"path": "lib/a.c", "added": "blink_office();"}, set()),
        ({"path": "lib/a.c", "context": "blink_off();"}, set()),
        ({"path": "lib/blinker.c"}, set()),
    ],
    ids=["excluded", "name", "nobody", "message", "line", "longer word", "context", "path"],
)
def test_the_lines_are_asked_as_get_maintainer_asks_them(given, found):
    """X: takes away, N: is found in a path, K: in the message and in changed lines only."""
    people = [one for one in find_expected(patch(**given), KERNEL) if one.role != "list"]
    assert {one.address.email for one in people} == found


def test_who_was_asked():
    """To, Cc and From count; a person by name too, a list by the List-Id that brought it."""
    mail = patch(
        To="Pfeiffer, Ada <ada@home.example>, all@lists.example",
        Cc="EWA@kvm.example, lamp-owner@lists.example",
        **{"List-Id": "<lamp.lists.example>"},
    )
    found = {one.address.email: one for one in find_expected(mail, KERNEL)}
    assert {email for email, one in found.items() if not one.is_asked} == {"bo@bulb.example"}
    assert found["ada@silicon.example"].asked_as.email == "ada@home.example"
    assert found["lamp@lists.example"].asked_as.email == "lamp@lists.example"


def test_an_author_need_not_ask_himself():
    """A maintainer's own patch lacks nobody of the same address."""
    kernel = parse_maintainers("LAMP\nM: Jo Reed <jo@reed.example>\nF: drivers/\n")
    (found,) = find_expected(patch(), kernel)
    assert found.is_asked


def test_who_has_two_addresses_is_named_once():
    """The first address of a name in the file stands for both, as get_maintainer has it."""
    kernel = parse_maintainers(
        "LAMP\nM: Ada <a@one.example>\nM: Ada <a@two.example>\nR: Bo <a@one.example>\nF: drivers/\n"
    )
    assert name(find_expected(patch(), kernel)) == [("a@one.example", "maintainer")]


def test_patterns_that_are_not_understood_are_told():
    """A K: line that needs going back is not asked, and is listed."""
    kernel = parse_maintainers("LAMP\nM: Jo <jo@reed.example>\nK: (?<!x)lamp\nK: \nF: lib/\n")
    assert [entry.value for entry in kernel.unread_words] == ["(?<!x)lamp", ""]
    assert find_expected(patch(), kernel) == ()


@pytest.mark.parametrize("text", ["blink_on ", "a" * 200 + "\n+", "blinker\n+", "+\n"])
def test_words_are_found_in_linear_time(text, assert_linear):
    """However long a patch or its lines are."""
    assert_linear(
        lambda mail: find_expected(mail, KERNEL),
        lambda size: patch(added=text * (size // len(text)), words=text * (size // len(text))),
        counted=20_000,
    )
