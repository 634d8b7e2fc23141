"""References of every kind make the tree that a reader sees, in any order of arrival."""

from datetime import timedelta
from textwrap import dedent

import pytest

from kvminbox import Entry, group_threads, read_message
from tests.threads.answers import outline, send, send_all

SHAPES = {
    "a mail that refers to nothing is a thread": ("a 0 -", "a"),
    "an answer stands below what it answers": (
        """
        a 0 -
        b 1 a
        c 2 a,b
        d 3 a
        """,
        """
        a
        .b
        ..c
        .d
        """,
    ),
    "answers stand in the order of their dates": (
        """
        a 0 -
        d 3 a
        b 1 a
        """,
        """
        a
        .b
        .d
        """,
    ),
    "In-Reply-To alone joins": (
        """
        a 0 -
        b 1 - a
        """,
        """
        a
        .b
        """,
    ),
    "In-Reply-To that is not among the references is the parent": (
        """
        a 0 -
        b 1 a
        c 2 a b
        """,
        """
        a
        .b
        ..c
        """,
    ),
    "the last of the references is the parent, whatever In-Reply-To says": (
        """
        a 0 -
        b 1 a
        c 2 a,b a
        """,
        """
        a
        .b
        ..c
        """,
    ),
    "what is referred to and not there is a ghost": (
        """
        b 1 a
        c 2 a
        """,
        """
        [a]
        .b
        .c
        """,
    ),
    "a ghost stands where the references put it": (
        """
        a 0 -
        c 2 a,b
        """,
        """
        a
        .[b]
        ..c
        """,
    ),
    "a mail that refers to nothing is put where the next that names it puts it": (
        """
        a 0 -
        b 1 -
        c 2 x,a,b
        """,
        """
        [x]
        .a
        ..b
        ...c
        """,
    ),
    "a ghost that nothing hangs on is left out": (
        """
        a 0 -
        b 1 a
        c 2 x,b
        """,
        """
        a
        .b
        ..c
        """,
    ),
    "an answer may be dated before what it answers": (
        """
        a 5 -
        b 1 a
        """,
        """
        a
        .b
        """,
    ),
    "one subject joins nothing": (
        """
        a 0 -
        b 1 -
        """,
        """
        a

        b
        """,
    ),
    "a mail that refers to two threads joins them, with two roots": (
        """
        a 0 -
        b 1 -
        c 2 b
        d 3 a,c
        """,
        """
        a
        b
        .c
        ..d
        """,
    ),
    "a mail that answers itself is a root": (
        """
        a 0 a
        b 1 a,b
        """,
        """
        a
        .b
        """,
    ),
    "two mails that answer each other are cut at the earlier": (
        """
        a 0 b
        b 1 a
        """,
        """
        a
        .b
        """,
    ),
    "a circle of three is cut at the earliest": (
        """
        b 1 a
        c 2 b
        a 0 c
        """,
        """
        a
        .b
        ..c
        """,
    ),
    "a circle that an earlier mail answers is cut at its own earliest": (
        """
        a 0 c
        b 1 c
        c 2 b
        """,
        """
        b
        .c
        ..a
        """,
    ),
    "references in opposite directions are one tree": (
        """
        a 0 b,c
        b 1 c,a
        c 2 a,b
        """,
        """
        a
        .b
        ..c
        """,
    ),
    "a circle of ghosts hangs together": (
        """
        a 0 x,y
        b 1 y,x
        """,
        """
        [y]
        .[x]
        ..b
        .a
        """,
    ),
    "two mails of one id are in one thread": (
        """
        a 0 -
        b 1 a
        b 2 -
        c 3 b
        """,
        """
        a
        .b
        ..c
        b
        """,
    ),
    "an answer may name the second Message-ID of a mail": (
        """
        a,z 0 -
        b   1 z
        """,
        """
        a
        .b
        """,
    ),
    "mails without an id stand alone": (
        """
        - 0 -
        - 1 -
        """,
        """
        -

        -
        """,
    ),
    "a mail without an id may answer": (
        """
        a 0 -
        - 1 a
        """,
        """
        a
        .-
        """,
    ),
    "the sender's own address is no id of a mail": (
        """
        a 0 -
        b 1 jane@jane.example
        c 2 jane@jane.example
        """,
        """
        a

        b

        c
        """,
    ),
}
ROWS = [pytest.param(*row, id=name) for name, row in SHAPES.items()]


@pytest.mark.parametrize(("table", "expected"), ROWS)
def test_shape(table, expected):
    """The mails of each shape make the tree that its name promises."""
    assert outline(group_threads(send_all(table))) == dedent(expected).strip()


@pytest.mark.parametrize(("table", "expected"), ROWS)
def test_shape_backwards(table, expected):
    """Each shape makes the same tree when its mails arrive in the reverse order."""
    messages = send_all(table)
    assert group_threads(messages[::-1]) == group_threads(messages)


@pytest.mark.parametrize("answer", ["y", "n", "Y", "yes", "No"])
def test_answers_to_a_prompt_are_no_ids(answer):
    """What people typed at git send-email's question about In-Reply-To joins nothing."""
    raw = "From: <a@a.example>\nMessage-ID: <{}@x>\nIn-Reply-To: <{}>\nSubject: s\n\nWords.\n"
    messages = [read_message(raw.format(number, answer).encode()) for number in range(2)]
    assert len(group_threads(messages)) == 2


def test_a_mail_whose_date_nobody_can_read_stands_where_it_arrived():
    """Without a date that can be read, the time of arrival puts an answer into its place."""
    root, first, last = send("a", 0), send("b", 1, "a"), send("c", 3, "a")
    raw = "From: <a@a.example>\nMessage-ID: <x@mail.example>\nDate: {}\nReferences: <{}>\n\n.\n"
    for date in ("Tue, 5 Sep 71685 10:00:00 +0000", "Tue, 35 Foo 2023", "9" * 500):
        moment = first.date + timedelta(minutes=1)
        entry = Entry(epoch=0, commit="0" * 40, blob="0" * 40, arrived=moment, change="message")
        message = read_message(raw.format(date, root.message_id).encode(), entry)
        assert (message.date, message.entry.arrived) == (None, moment)
        (thread,) = group_threads([last, message, first, root])
        assert [one.message_id[0] for one in thread.messages] == list("abxc")


def test_evidence_of_a_loop():
    """A thread tells where a loop was cut."""
    (thread,) = group_threads(send_all("a 0 b\nb 1 a"))
    assert thread.evidence == ("a loop of 2 references was cut here",)


def test_own_ids_are_no_loop():
    """A mail that names itself among its references makes no loop."""
    (thread,) = group_threads(send_all("a 0 -\nb 1 b,a"))
    assert thread.evidence == ()


def test_evidence_of_a_claimed_id():
    """A thread tells, once, that several mails claim an id."""
    (thread,) = group_threads([send("a", minute) for minute in range(5)])
    assert thread.evidence == ("several messages have the id <a@mail.example>",)


def test_a_plain_thread_has_no_evidence():
    """Where nothing had to be decided, a thread tells nothing."""
    (thread,) = group_threads(send_all("a 0 -\nb 1 a"))
    assert thread.evidence == ()


def test_threads_are_ordered_by_their_first_mail():
    """Threads come oldest first."""
    threads = group_threads(send_all("c 5 -\na 0 -\nd 6 a\nb 3 -"))
    assert [thread.messages[0].message_id[0] for thread in threads] == ["a", "b", "c"]
