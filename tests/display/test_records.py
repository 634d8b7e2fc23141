"""Rows of a table that a text writes one by one."""

from dataclasses import replace

import pytest

from kvminbox.display import Document, Link, Table, render_markdown, render_text

HOST = "https://lists.lamp.example/lamps"
TABLE = Table(
    ("sent", "patches", "series", "sender", "words", "message-id"),
    (
        ("2025-06-09", "2", "lamps: blink", "Ada Pfeiffer", "Merged, in part.", "1@a.example"),
        ("2025-06-10", "1", "lamps: glow", "Ben Okafor", "", "2@a.example"),
    ),
    numeric=frozenset({"patches"}),
    short=frozenset({"sent"}),
    wide=frozenset({"series", "words"}),
    small=frozenset({"words"}),
    links=((Link("x", f"{HOST}/1@a.example/", "1@a.example"),), (Link("y", "", "2@a.example"),)),
    linked="series",
    one_each=True,
    phrases={"sender": "by"},
    row_by_row=True,
)


def lines_of(table):
    """Return the lines of a table in a text."""
    return render_text(Document("T", (table,))).splitlines()[2:]


def link_to(number):
    """Return a link to a mail with a number."""
    return Link("x", f"{HOST}/{number}@a.example/", f"{number}@a.example")


def test_a_row_begins_with_its_date_and_title():
    """Only that line is at the margin; below are facts, words in quotes, and one address."""
    assert lines_of(TABLE) == [
        "sent        series",
        "2025-06-09  lamps: blink",
        "    2 patches; by Ada Pfeiffer",
        '    "Merged, in part."',
        f"    {HOST}/1@a.example/",
        "2025-06-10  lamps: glow",
        "    1 patch; by Ben Okafor",
        "    <2@a.example>",
    ]


def test_a_column_is_on_the_same_line_however_long_it_is():
    """A long title or name moves no other cell of its row to another line."""
    long = " ".join(["lamps: light each of the lanterns in the long street"] * 3)
    row = (*TABLE.rows[0][:2], long, "Ada " * 30, *TABLE.rows[0][4:])
    lines = lines_of(replace(TABLE, rows=(row, *TABLE.rows[1:])))
    assert [line for line in lines if not line.startswith(" ")] == [
        "sent        series",
        "2025-06-09  lamps: light each of the lanterns in the long street lamps: light",
        "2025-06-10  lamps: glow",
    ]
    assert '    "Merged, in part."' in lines
    assert max(map(len, lines)) <= 78


def test_what_leads_and_what_is_a_title_may_be_said():
    """A table can name the column that orders its rows, and the one by which they are known."""
    table = replace(TABLE, lead="patches", title="words", small=frozenset(), wide=frozenset())
    lines = lines_of(replace(table, phrases={"series": "", "sender": "by"}))
    assert lines[:3] == [
        "patches  words",
        "2        Merged, in part.",
        "    sent 2025-06-09; lamps: blink; by Ada Pfeiffer",
    ]


def test_a_sentence_has_a_line_of_its_own():
    """A wide column that is nobody's words stands below the facts, with its name."""
    lines = lines_of(replace(TABLE, small=frozenset()))
    assert lines[3] == "    words: Merged, in part."
    quoted = replace(TABLE, small=frozenset(), quoted=frozenset({"words"}), wide=frozenset())
    assert lines_of(replace(quoted, phrases={"words": "he says:"}))[3] == (
        '    he says: "Merged, in part."'
    )


@pytest.mark.parametrize(
    ("count", "more"), [(1, ""), (3, ""), (4, "and 1 more"), (9, "and 6 more")]
)
def test_a_row_of_several_mails_links_them(count, more):
    """Each of at most three mails has its address, in Markdown, too; the others are counted."""
    links = tuple(map(link_to, range(1, count + 1)))
    table = replace(TABLE, links=(links, ()))
    lines = lines_of(table)
    shown = [line.strip() for line in lines if "https" in line or " more" in line]
    assert shown == [*(link.url for link in links[:3]), *([more] if more else [])]
    markdown = render_markdown(Document("T", (table,)))
    assert [link.url in markdown for link in links] == [True] * min(3, count) + [False] * (
        count - 3
    )
    assert (f"[2]({HOST}/2@a.example/)" in markdown) == (count > 1)
    assert f"{more} |" in markdown


def test_a_thread_is_linked_by_its_first_mail():
    """Where the other mails of a row are only answers, neither they nor their number are told."""
    table = replace(TABLE, links=(tuple(map(link_to, range(1, 6))), ()), most_links=1)
    for text in (render_text(Document("T", (table,))), render_markdown(Document("T", (table,)))):
        assert text.count("https") == 1
        assert " more" not in text


def test_a_row_without_a_mail_keeps_its_id():
    """Where no line below a row has its Message-ID, the column has it."""
    lines = lines_of(replace(TABLE, links=()))
    assert "    1 patch; by Ben Okafor; message-id 2@a.example" in lines


def test_a_long_path_stands_further_left():
    """Before a word that leaves no room for it there is less white space, but never none."""
    paths = ["d/" * 36 + "e", "d/" * 38]  # of 73 characters, and of 76
    table = Table(("sent", "series", "where"), tuple(("2025-06-09", "x", path) for path in paths),
                  short=frozenset({"sent"}), phrases={"where": ""}, row_by_row=True)  # fmt: skip
    lines = lines_of(replace(table, phrases={"where": "a fact that is not short; then"}))
    assert [line for line in lines if "d/" in line] == [f"    {path}" for path in paths]
    assert len(lines) == 7


def test_a_long_address_of_a_person_is_within_the_width():
    """A sender who is only a long address makes no line of a table too wide."""
    sender = "somebody.with.a.long.name.indeed@lanterns-of-the-town.lamp.example"
    columns = ("sent", "lines", "series", "sender")
    rows = (("2025-06-09", "+1 -1", "lamps: blink, and then glow for a while", sender),)
    table = Table(columns, rows, links=((link_to(1),),), linked="series", one_each=True,
                  short=frozenset({"sent", "lines"}))  # fmt: skip
    assert max(map(len, lines_of(table))) <= 78
