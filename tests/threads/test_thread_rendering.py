"""A thread's tree on a terminal: guides, ghosts, and nothing that acts on the terminal."""

from io import StringIO

from rich.console import Console

from kvminbox import Message, Subject, group_threads
from kvminbox.display import render_thread
from tests.threads.answers import send, send_all


def draw(messages, width=60):
    """Return what rich prints of the one thread of some messages."""
    (thread,) = group_threads(messages)
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(render_thread(thread))
    return console.file.getvalue()


def test_guides_join_answers():
    """Each answer hangs on a guide below what it answers, the last of some on a corner."""
    table = """
        b 1 a
        c 2 a,b
        d 3 a
        e 4 a,d
    """
    assert draw(send_all(table)) == (
        "<a@mail.example> is not here\n"
        "├── 2024-03-04 09:01  Jane: words\n"
        "│   └── 2024-03-04 09:02  Jane: words\n"
        "└── 2024-03-04 09:03  Jane: words\n"
        "    └── 2024-03-04 09:04  Jane: words\n"
    )


def test_roots_have_no_guides():
    """Each of several roots is at the left margin."""
    table = """
        a 0 -
        b 1 -
        c 2 b
        d 3 a,c
    """
    assert [line[:4] for line in draw(send_all(table)).splitlines()] == [
        "2024",
        "2024",
        "└── ",
        "    ",
    ]


def test_a_deep_thread_stays_in_sight():
    """Each of two thousand nested answers has its line, and none is pushed off the screen."""
    messages = [send(str(number), number, str(number - 1)) for number in range(1, 2_000)]
    lines = draw(messages, width=140).splitlines()
    assert len(lines) == 2_000
    assert all("Jane: words" in line for line in lines[1:])


def test_long_subjects_are_cut_to_the_width():
    """A subject that is wider than the screen ends in an ellipsis, on one line."""
    (line,) = draw([send("a", subject="word " * 50)]).splitlines()
    assert len(line) == 60
    assert line.endswith("…")


def test_markup_and_controls_are_shown_as_text():
    """Markup in a subject is shown as it is, and no escape sequence acts, not even in an id."""
    mail = Message(subject=Subject(raw="[red]x[/red] \x1b[2J :smile:"), references=("\x1b[3J@x",))
    assert draw([mail], width=120).splitlines() == [
        "<\\x1b[3J@x> is not here",
        "└── no date  nobody: [red]x[/red] \\x1b[2J :smile:",
    ]
