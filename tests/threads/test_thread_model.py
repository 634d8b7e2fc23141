"""What a thread offers: its tree to walk, who wrote in it, its drawing, its JSON."""

from kvminbox import Message, Subject, Thread, group_threads, read_message
from tests.threads.answers import send, send_all, short_id

TREE = """
    b 1 a
    c 2 a,b
    d 3 a
"""
PATCH = (
    b"From: Jane <jane@jane.example>\nMessage-ID: <p@mail.example>\n"
    b"Date: Mon, 04 Mar 2024 10:00:00 +0000\nSubject: [PATCH] one\n\nWords.\n---\n"
    b"diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"
)


def only(messages):
    """Return the one thread of some messages."""
    (thread,) = group_threads(messages)
    return thread


def test_children_and_parents_are_each_others():
    """The places that a node names as its answers name it as their parent."""
    thread = only(send_all(TREE))
    names = {
        short_id(node): [short_id(one) for one in thread.children(node)] for node in thread.nodes
    }
    assert names == {"[a]": ["b", "d"], "b": ["c"], "c": [], "d": []}
    for place, node in enumerate(thread.nodes):
        assert all(thread.nodes[child].parent == place for child in node.children)


def test_walk_gives_depths():
    """Walking yields each node, in reading order, with its depth."""
    walked = [(depth, short_id(node)) for depth, node in only(send_all(TREE)).walk()]
    assert walked == [(0, "[a]"), (1, "b"), (2, "c"), (1, "d")]


def test_ghosts_are_no_messages():
    """A ghost is among the ghosts and the roots, not among the messages."""
    thread = only(send_all(TREE))
    assert thread.ghosts == ("a@mail.example",)
    assert [short_id(node) for node in thread.roots] == ["[a]"]
    assert [message.message_id[0] for message in thread.messages] == ["b", "c", "d"]


def test_participants_are_named_once():
    """Each address is a participant once, by the name it had first."""
    mails = [
        send("a", 0, sender="jane"),
        send("b", 1, "a", sender="adam"),
        send("c", 2, "a", sender="JANE"),
    ]
    assert [person.name for person in only(mails).participants] == ["Jane", "Adam"]


def test_patches_are_the_patches():
    """Of a thread's mails the patches can be had alone."""
    thread = only([read_message(PATCH), send("r", 90, "p", subject="Re: [PATCH] one")])
    assert [patch.title for patch in thread.patches] == ["one"]


def test_drawing():
    """The drawing has a line for each place, indented by its depth, ghosts by their id."""
    assert only(send_all(TREE)).to_text() == (
        "[not here: <a@mail.example>]\n"
        "  2024-03-04 09:01  Jane: words\n"
        "    2024-03-04 09:02  Jane: words\n"
        "  2024-03-04 09:03  Jane: words\n"
    )


def test_drawing_is_safe_to_show():
    """Nothing that a mail says reaches the drawing as a control character."""
    mail = Message(subject=Subject(raw="title \x1b[2J\u202e\rend"), references=("\x1b[2J@x",))
    assert only([mail]).to_text() == (
        "[not here: <\\x1b[2J@x>]\n  no date  nobody: title \\x1b[2J<U+202E>\\x0dend\n"
    )


def test_json_keeps_every_field():
    """A thread comes back from its JSON as it was, patches whole."""
    thread = only([read_message(PATCH), send("r", 90, "p,q", subject="Re: [PATCH] one")])
    assert thread.patches[0].diff
    assert Thread.model_validate_json(thread.model_dump_json()) == thread
