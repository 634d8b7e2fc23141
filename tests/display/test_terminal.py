"""Documents and progress on a terminal."""

import sys
from dataclasses import replace

import pytest
from rich.console import Console

from kvminbox.display import Document, Heading, Listing, Paragraph, Table, Verbatim, make_ranking
from kvminbox.display.document import Link
from kvminbox.display.terminal import MAX_LINES, progress_bar, render_rich, render_terminal

DOCUMENT = Document(
    "Title",
    (
        Heading("Section"),
        Paragraph("A paragraph."),
        make_ranking("name", ((12, "Ada"), (3, "Ben"))),
        Listing(("one", "two")),
        Heading("Part", level=3),
        Verbatim("a\n  b"),
    ),
)


def test_blocks_stand_one_below_the_other():
    """Each block has its lines, counts are right-aligned, and white space is kept."""
    lines = [line.rstrip() for line in render_terminal(DOCUMENT, width=40).splitlines()]
    assert lines == [
        "Title", "", "Section", "A paragraph.", "count  name", "   12  Ada", "    3  Ben",
        "one", "two", "Part", "a", "  b", "",
    ]  # fmt: skip


def test_a_text_of_many_pages_is_cut():
    """Of half a million lines the first ones are shown, and the rest is counted."""
    shown = render_terminal(Document("Title", (Verbatim("a\n" * 500_000),)), width=40)
    assert shown.count("\na") == MAX_LINES
    assert f"… {1_000_000 - (2 * MAX_LINES - 1):,} more characters" in shown


@pytest.mark.parametrize("width", [20, 80, 200])
def test_no_text_is_lost_in_a_narrow_terminal(width):
    """Long lines are wrapped, not cut, so that no character is lost at any width."""
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 150)))
    blocks = (Listing((text,)), make_ranking("name", ((1, text),)), Verbatim(text), Heading(text))
    shown = render_terminal(Document(text, blocks), width=width)
    for char in text:
        assert shown.count(char) == 5
    # these characters are two columns wide
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width


def test_a_console_takes_a_document():
    """The renderable prints the same on the caller's console, with markup on or off."""
    text = "[red]x[/red] :smile: [/]"
    blocks = (Heading(text), Paragraph(text), make_ranking(text, ((1, text),)), Listing((text,)))
    document = Document(text, (*blocks, Verbatim(text)))
    shown = []
    for markup in (True, False):
        console = Console(width=40, markup=markup)
        with console.capture() as capture:
            console.print(render_rich(document))
        shown.append(capture.get())
    assert shown[0] == shown[1] == render_terminal(document, width=40)
    assert shown[0].count(text) == 7


def test_there_is_no_bar_without_a_terminal(capsys):
    """If standard error is not a terminal, nothing is written and there is no callback."""
    with progress_bar("reading") as progress:
        assert progress is None
    assert capsys.readouterr() == ("", "")


def test_a_bar_goes_to_standard_error(capsys, monkeypatch):
    """On a terminal the bar is drawn on standard error only, with its title as plain text."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("[red]reading[/red]\x1b[2J") as progress:
        for done in range(129):
            progress(done, 128)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "[red]reading[/red]\\x1b[2J" in shown.err


WORK = Table(
    ("days", "series", "why", "parts"),
    (("2.8", "v3 Lamps: light each of them", "nobody has answered", "drivers/lanterns/"),),
    numeric=frozenset({"days"}),
    links=((Link("v3 Lamps", message_id="lamp-1@lamp.example"),),),
    one_each=True,
)


def test_no_word_of_a_table_is_broken():
    """A table whose words fit is one; in a narrower terminal each row has lines of its own."""
    document = Document("Title", (WORK,))
    wide = render_terminal(document, width=70)
    assert "series                    why" in wide
    narrow = render_terminal(document, width=50)
    lines = [line.rstrip() for line in narrow.splitlines()]
    assert lines == [
        "Title",
        "days  series",
        "2.8   v3 Lamps: light each of them",
        "    why nobody has answered;",
        "      parts drivers/lanterns/",
        "    <lamp-1@lamp.example>",
    ]
    for word in ("drivers/lanterns/", "answered", "Lamps:"):
        assert word in wide
        assert word in narrow


LISTED = Table(
    columns=("sent", "patches", "lines", "series", "sender"),
    rows=(
        ("2025-06-01", "1", "+12 -1", "lamps: blink, and glow afterwards", "Ada Pfeiffer"),
        ("2025-06-01", "12", "+123 -98", "v2 lamps: blink", "Benedikta Ostrom-Lindqvist"),
        ("2025-06-02", "1", "+1 -0", "lamps: call __lamp_blink_slowly_and_twice() less", "Ada"),
    ),
    numeric=frozenset({"patches"}),
    short=frozenset({"sent", "lines"}),
)


def test_a_table_is_never_wider_than_the_terminal():
    """At each width a table is within it, all its words are there, and none of them is broken."""
    words = {word for row in LISTED.rows for cell in row[:4] for word in cell.split()}
    is_table = set()
    for width in range(40, 130):
        shown = render_terminal(Document("Title", (LISTED,)), width=width)
        assert max(len(line.rstrip()) for line in shown.splitlines()) <= width
        assert words <= {word.rstrip(";") for word in shown.split()}
        is_table.add("sent        patches" in shown)
    assert is_table == {False, True}


def test_an_address_stands_on_one_line():
    """An address longer than the terminal is wide is left whole, and folded on another console."""
    url = f"https://lamps.example/{'lamp-' * 10}1/"
    work = replace(WORK, links=((Link("v3 Lamps", url, "lamp-1@lamp.example"),),))
    document = Document("Title", (work, Paragraph("long " * 20)))
    shown = render_terminal(document, width=40)
    assert url in shown
    assert max(len(line.rstrip()) for line in shown.splitlines() if url not in line) <= 40
    console = Console(width=40)
    with console.capture() as capture:
        console.print(render_rich(document))
    assert url in "".join(capture.get().split())
    assert max(map(len, capture.get().splitlines())) <= 40


@pytest.mark.parametrize("width", [40, 80, 100, 120, 160, 200])
@pytest.mark.parametrize("has_url", [False, True])
def test_a_message_id_is_whole_and_told_once(width, has_url):
    """At each width an id, longer than many a terminal, is on one line: in a column or below."""
    name = f"20250601-lamps-that-blink-{'slowly-' * 8}v1-1-0123456789ab@lamp.example"
    url = f"https://lamps.example/{name}/" if has_url else ""
    cells = (*WORK.rows[0][:3], name)
    table = replace(
        WORK, columns=("days", "series", "why", "message-id"), rows=(cells,),
        links=((Link("v3 Lamps", url, name),),),
    )  # fmt: skip
    shown = render_terminal(Document("Title", (table,)), width=width)
    assert shown.count(name) == 1
    assert shown.count("slowly-") == 8
    assert ("message-id" in shown) == (width >= 160)


def test_a_message_id_is_told_once():
    """Where a column has the Message-ID of a row, no line below the row repeats it."""
    named = replace(WORK, columns=("days", "series", "why", "message-id"),
                    rows=((*WORK.rows[0][:3], "lamp-1@lamp.example"),))  # fmt: skip
    shown = render_terminal(Document("Title", (named,)), width=40)
    assert shown.count("lamp-1@lamp.example") == 1
