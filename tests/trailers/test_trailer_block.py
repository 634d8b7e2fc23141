"""Where the trailers of a commit message are, and where there are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.models import Address
from kvminbox.trailers import parse_trailers

SENDER = Address(name="Lena Lamp", email="lena@lamp.example")


def read(message, origin="patch"):
    return parse_trailers(message, SENDER, origin)


def pairs(message):
    return [(trailer.name, trailer.value) for trailer in read(message)]


SIGNED = "Signed-off-by: Lena Lamp <lena@lamp.example>"
SIGNED_PAIR = ("Signed-off-by", "Lena Lamp <lena@lamp.example>")


def test_the_last_paragraph_only():
    """Trailers are in the last paragraph; the same words above it are prose."""
    message = f"Acked-by: Old Oak <oak@tree.example>\n\nMore words.\n\n{SIGNED}\n"
    assert pairs(message) == [SIGNED_PAIR]


def test_a_line_of_blanks_parts_paragraphs():
    """A line of white space counts as blank, as in git."""
    assert pairs(f"Note: words\n \t\n{SIGNED}") == [SIGNED_PAIR]
    assert pairs("Words.\n\n \nAcked-by: Old Oak <oak@tree.example>") == [
        ("Acked-by", "Old Oak <oak@tree.example>")
    ]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "\n\n",
        "Words only.",
        "The lamp: it burns,\nand nobody cares.",
        f"{SIGNED}\n\nMore words.",
    ],
)
def test_no_block(message):
    """Prose as the last paragraph holds no trailers, even with a colon in it."""
    assert read(message) == ()


def test_prose_in_a_block_that_git_wrote():
    """A sign-off makes a block of a paragraph, if a quarter of its lines are trailers."""
    assert pairs(f"one\ntwo\nthree\n{SIGNED}") == [SIGNED_PAIR]
    assert pairs(f"one\ntwo\nthree\nfour\n{SIGNED}") == []


def test_a_cherry_pick_line_makes_a_block():
    """`(cherry picked from commit …)` is git's own line, and counts as its sign-off does."""
    message = "Cc: Old Oak <oak@tree.example>\n(cherry picked from commit 0123456789ab)\nwords"
    assert pairs(message) == [("Cc", "Old Oak <oak@tree.example>")]


@pytest.mark.parametrize("fold", ["\n ", "\n\t", "\n    ", "  \n \t", " \t \n "])
def test_folded_by_an_indent(fold):
    """An indented line continues the trailer above it, whatever blanks are at the fold."""
    message = f'Fixes: 0123456789ab ("lamp: light{fold}the hall")\n{SIGNED}'
    assert pairs(message) == [("Fixes", '0123456789ab ("lamp: light the hall")'), SIGNED_PAIR]


def test_wrapped_without_an_indent():
    """Fixes lines and addresses that a client has wrapped are joined again."""
    message = (
        'Fixes: 0123456789ab ("lamp: light\nthe hall")\n'
        f"Reviewed-by: Old Oak\n<oak@tree.example>\n{SIGNED}"
    )
    assert pairs(message) == [
        ("Fixes", '0123456789ab ("lamp: light the hall")'),
        ("Reviewed-by", "Old Oak <oak@tree.example>"),
        SIGNED_PAIR,
    ]


@pytest.mark.parametrize("comment", [" # v5.4+", " [v5.4+]", " (v5.4+)"])
def test_wrapped_before_a_comment(comment):
    """An address that was wrapped to the next line has its comment there too."""
    (trailer,) = read(f"Words.\n\nAcked-by: Old Oak\n<oak@tree.example>{comment}")
    assert (trailer.value, trailer.comment) == ("Old Oak <oak@tree.example>", "v5.4+")


@pytest.mark.parametrize("end", ["", " ", "\t "])
def test_a_long_fixes_below_its_name(end):
    """A title that continues over two lines after `Fixes:` is one title."""
    message = f'Fixes:{end}\n 0123456789ab ("lamp: light{end}\n  the hall"){end}\n{SIGNED}'
    assert pairs(message) == [("Fixes", '0123456789ab ("lamp: light the hall")'), SIGNED_PAIR]


@pytest.mark.parametrize(
    ("value", "below"),
    [
        ("0123456789ab", "words (of prose)"),
        ('0123456789ab ("lamp: light")', "words (of prose)"),
        ('0123456789ab ("lamp: light', "words"),
    ],
)
def test_prose_below_a_fixes(value, below):
    """A line is the rest of a title only if the title is open and the line closes it."""
    assert pairs(f"Fixes: {value}\n{below}\n{SIGNED}") == [("Fixes", value), SIGNED_PAIR]


def test_an_address_below_a_person():
    """An address on a line of its own is not joined to a person who has one."""
    value = "Old Oak <oak@tree.example>"
    assert pairs(f"Acked-by: {value}\n<elm@tree.example>\n{SIGNED}") == [
        ("Acked-by", value), SIGNED_PAIR,
    ]  # fmt: skip


@pytest.mark.parametrize(("size", "is_read"), [(1_999, True), (2_000, False)])
def test_lines_without_end(size, is_read):
    """A line of 2,000 characters is neither a trailer nor the rest of one."""
    name = "Acked-by: "
    long = name + "x" * (size - len(name))
    assert (len(pairs(f"{long}\n{SIGNED}")) == 2) is is_read
    address = "<" + "x" * (size - 15) + "@tree.example>"
    assert len(address) == size
    assert (address in pairs(f"Acked-by: Old Oak\n{address}\n{SIGNED}")[0][1]) is is_read


def test_the_url_on_the_next_line():
    """`Link:` alone takes the indented line below it."""
    assert pairs(f"Link:\n https://lamp.example/1\n{SIGNED}")[0] == (
        "Link",
        "https://lamp.example/1",
    )


def test_a_heading_is_no_trailer():
    """`Solution:` with indented text below it is a heading, with or without trailing blanks."""
    assert pairs("Solution:\n  Buy lamps.\n  Light them.") == []
    assert pairs("Solution: \n  Buy lamps.\n  Light them.") == []


@pytest.mark.parametrize(
    ("lines", "comment"),
    [
        (f"{SIGNED} # v5.4+", "v5.4+"),
        (f"{SIGNED} [arm64]", "arm64"),
        (f"{SIGNED} (for the docs)", "for the docs"),
        (f"{SIGNED} for the docs", "for the docs"),
        (f"{SIGNED} [a] # v5", "v5"),
        (f"{SIGNED}\n[oak: said so]", "oak: said so"),
        (f"{SIGNED}\n[ oak: said so ]", "oak: said so"),
        (f"{SIGNED}\n[oak: said\nso, twice]", "oak: said so, twice"),
        (f"{SIGNED}\n[oak: said\n      so]", "oak: said so"),
        (f"{SIGNED} []", ""),
        (f"{SIGNED}\n[oak: a] \n[elm: b]\t", "oak: a; elm: b"),
        (f"{SIGNED} # v5\n[oak: a]\n[elm: b]", "v5; oak: a; elm: b"),
    ],
)
def test_comments_are_kept_apart(lines, comment):
    """What follows the address, and notes in brackets below it, are comments, not the value."""
    (trailer,) = read(f"Words.\n\n{lines}")
    assert (trailer.value, trailer.comment) == (SIGNED_PAIR[1], comment)


def test_an_unclosed_note_ends_at_the_next_trailer():
    """A `[note` that is never closed swallows no trailer."""
    message = f"{SIGNED}\n[oak: said\nAcked-by: Old Oak <oak@tree.example>\n{SIGNED}"
    assert [trailer.name for trailer in read(message)] == [
        "Signed-off-by", "Acked-by", "Signed-off-by",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["", " "])
def test_prose_below_a_note(end):
    """A line below a closed note is not part of it, with or without trailing blanks."""
    (trailer,) = read(f"{SIGNED}\n[oak: said so]{end}\nwords]")
    assert trailer.comment == "oak: said so"


@pytest.mark.parametrize(("lines", "count"), [(8, 1), (9, 0)])
def test_a_note_of_many_lines(lines, count):
    """A note may have eight lines."""
    note = "\n".join(["[oak:", *["x"] * (lines - 2), "so]"])
    assert len(read(f"Acked-by: oak@tree.example\n{note}")) == count


def test_a_note_has_an_end():
    """A bracket over many lines that never closes is prose, so there is no block."""
    assert read(f"{SIGNED}\n[oak: said\n" + "words\n" * 20) == ()


@pytest.mark.parametrize(
    "line",
    ["Fixes: ?", "Fixes: the build", "Fixes: # 12", "Fixes: CVE", "https://lamp.example/1", "ssh://lamp.example/1",
     "Phone: 123456", "mail: a@b.example", "prerequisite-message-id: <a@b.example>", "http://lamp.example"],
)  # fmt: skip
def test_lines_that_look_like_trailers(line):
    """A URL, a phone number or a Fixes without a commit is not a trailer."""
    assert pairs(f"{line}\n{SIGNED}") == [SIGNED_PAIR]


@pytest.mark.parametrize(
    "value",
    ["012345", "0" * 40, "a1" * 32, 'commit 0123456789ab ("x")', "https://lamp.example/1",
     "#12", "issue #12", "lamps/hall#12", "CVE-2024-12345", "cve-2024-1234 (the hall)"],
)  # fmt: skip
def test_fixes_with_a_commit_or_url(value):
    """Six to 64 hex digits anywhere, a URL, `#12` or a CVE's number say what is fixed."""
    assert pairs(f"Fixes: {value}") == [("Fixes", value)]


@pytest.mark.parametrize("blank", ["\u00a0", "\u00a0 ", " \u2003", "\u3000", "\u202f"])
def test_blanks_of_any_kind_behind_the_colon(blank):
    """A no-break or wide blank behind the colon separates name and value, and ends no block."""
    assert pairs(f"Acked-by:{blank}Old Oak <oak@tree.example>\n{SIGNED}") == [
        ("Acked-by", "Old Oak <oak@tree.example>"), SIGNED_PAIR,
    ]  # fmt: skip


KINDS = {
    "Fixes: 0123456789ab": "utility",
    "Fixes: #12": "utility",
    "CVE: CVE-2024-12345": "utility",
    "CVE-ID: CVE-2024-12345": "utility",
    "CVE: none yet": "unknown",
    "Link: https://lamp.example/1": "utility",
    "Bug: https://lamp.example/1": "utility",
    "Discussion: https://lamp.example/r/1@lamp.example": "utility",
    "Discussion: <https://lamp.example/r/1@lamp.example>": "utility",
    "Reported-by: oak@tree.example https://lamp.example/1": "person",
    "Reported-by: Old Oak <oak@tree.example> https://lamp.example/1": "person",
    "Cc: oak@": "unknown",
    "Cc: <oak.tree@>": "unknown",
    "Reviewed-by: @oak.example": "unknown",
    "Change-Id: I0123456789": "utility",
    "change-id: 20230101-lamp-0123456789ab": "utility",
    "Message-Id: <1@lamp.example>": "utility",
    "Cc: stable@lamp.example": "person",
    "Acked-by: Old Oak <oak@tree.example>": "person",
    "Reviewed-by: Old Oak <oak@tree.example": "person",
    "Reveiwed-by: Old Oak <oak@tree.example>": "person",
    "Acked-by: Old Oak": "unknown",
    "Reviewed-by: @oak": "unknown",
    "Jira: LAMP-12": "unknown",
}


@pytest.mark.parametrize("line", KINDS)
def test_kinds(line):
    """A trailer is a person's, a utility, or neither; a misspelt name is kept as written."""
    (trailer,) = read(f"Words.\n\n{line}")
    assert trailer.kind == KINDS[line]
    assert trailer.name == line.partition(":")[0]


@pytest.mark.parametrize("name", ["Link", "Bug"])
@pytest.mark.parametrize("note", [" # the report", "  #  the report"])
def test_a_url_with_a_note(name, note):
    """` # note` after a link is its comment."""
    (trailer,) = read(f"{name}: https://lamp.example/1{note}")
    assert (trailer.value, trailer.comment) == ("https://lamp.example/1", "the report")


def test_what_is_unknown_is_all_value():
    """A value that is neither a person nor a link has no comment."""
    (trailer,) = read("Jira: LAMP-12 # the report")
    assert (trailer.value, trailer.comment, trailer.address) == ("LAMP-12 # the report", "", None)


@pytest.mark.parametrize(
    ("origin", "scope"),
    [("patch", "patch"), ("cover_letter", "series"), ("pull_request", "series")],
)
def test_scope_and_origin(origin, scope):
    """A cover letter's trailer speaks for the series, a patch's for the patch."""
    (trailer,) = read(SIGNED, origin)
    assert (trailer.origin, trailer.scope) == (origin, scope)


def test_the_same_trailer_twice():
    """A trailer that is written twice is returned twice."""
    assert pairs(f"{SIGNED}\n{SIGNED}") == [SIGNED_PAIR, SIGNED_PAIR]


LINES = st.sampled_from(
    [SIGNED, "Fixes: ?", "[note", "note]", " folded", "", "words", "Acked-by:", "A-b: <", "\t"]
)


@given(st.one_of(st.text(max_size=300), st.lists(LINES, max_size=12).map("\n".join)))
def test_any_message_is_read(message):
    """No message raises, and each trailer's name and value are in its text."""
    for trailer in read(message):
        assert f"{trailer.name}" in message
        assert set(trailer.value.split()) <= set(message.replace(":", ": ").split())


HOSTILE = {
    "folded lines": (f"{SIGNED}\n", " x\n"),
    "notes": (f"{SIGNED}\n", "[x]\n"),
    "open notes": (f"{SIGNED}\n", "[x\n"),
    "open Fixes": ("", 'Fixes: 012345 ("\n'),
    "long names": ("", "A" * 60 + "\n"),
    "blanks in a person": ("", "Acked-by: a" + " " * 1900 + "b\n"),
    "angles": ("", "Acked-by: " + "<" * 1900 + "\n"),
    "at signs": ("", "Acked-by: " + "a@" * 900 + "\n"),
    "dots": ("", "Acked-by: a@" + ".a" * 900 + "(\n"),
    "brackets": ("", "Acked-by: <a@b.c> " + "[" * 1900 + "\n"),
    "hashes": ("", "Acked-by: <a@b.c>" + " #" * 900 + "\n"),
    "colons": ("", "A:" * 900 + "\n"),
    "one line": ("Acked-by: ", "a "),
    "commas": ("Signed-off-by: x, y <a@b.c>\n", "Acked-by: , <,@b.c>\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name, assert_linear):
    """A block is read in linear time, whatever repeats in it."""
    start, piece = HOSTILE[name]
    assert_linear(read, lambda size: start + piece * (size // len(piece)))
