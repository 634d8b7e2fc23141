"""Hostile references: long, deep, circular, or no ids at all."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox import Thread, group_threads, read_message
from kvminbox.order import MAX_REFERENCES
from tests.threads.answers import send

DEEP = 5_000


def answer(number, parents):
    """Return a small mail with an id by its number."""
    references = " ".join(f"<{parent}@x>" for parent in parents)
    raw = f"From: <a@a.example>\nMessage-ID: <{number}@x>\nReferences: {references}\n\n.\n"
    return read_message(raw.encode())


@pytest.fixture(scope="module")
def deep_messages():
    """Return a chain of answers to answers, the last first."""
    return [answer(number, [number - 1]) for number in reversed(range(1, DEEP))]


@pytest.fixture(scope="module")
def deep_thread(deep_messages):
    """Return the thread of the chain."""
    (thread,) = group_threads(deep_messages)
    return thread


def test_a_deep_chain_is_one_thread(deep_thread):
    """Five thousand answers to answers are one thread of that depth."""
    assert len(deep_thread.messages) == DEEP - 1
    assert max(node.depth for node in deep_thread.nodes) == DEEP - 1


def test_a_deep_chain_can_be_drawn(deep_thread):
    """The drawing of a deep chain has a line for each, and stops indenting."""
    lines = deep_thread.to_text().splitlines()
    assert len(lines) == DEEP
    assert max(map(len, lines)) < 100


def walk_down(thread):
    (node,), steps = thread.roots, 0
    while children := thread.children(node):
        (node,), steps = children, steps + 1
    return steps


def test_a_deep_chain_can_be_walked_by_children(deep_thread):
    """Going down a deep chain by `children` reaches its end."""
    assert walk_down(deep_thread) == DEEP - 1


def test_going_down_a_chain_costs_its_length(deep_messages, assert_linear):
    """Going down a chain by `children` takes time that grows with its length."""
    assert_linear(
        walk_down, lambda count: group_threads(deep_messages[:count])[0], DEEP - 1, counted=800
    )


def test_a_deep_chain_is_flat_json(deep_thread):
    """A deep chain goes to JSON and comes back."""
    assert Thread.model_validate_json(deep_thread.model_dump_json()) == deep_thread


def test_a_loop_of_thousands_is_cut_once():
    """A circle of two thousand answers is one thread with one root."""
    messages = [answer(number, [(number - 1) % 2_000]) for number in range(2_000)]
    (thread,) = group_threads(messages)
    assert len(thread.messages) == 2_000
    assert len(thread.roots) == 1
    assert thread.evidence == ("a loop of 2000 references was cut here",)


def test_thousands_of_references_lose_no_mail():
    """A mail that refers to thousands is below the last one, in the thread of the first."""
    messages = [answer("first", []), answer("many", ["first", *range(5_000)])]
    (thread,) = group_threads(messages)
    assert {message.message_id for message in thread.messages} == {"first@x", "many@x"}
    (place,) = [node for node in thread.nodes if node.message_id == "many@x"]
    assert thread.nodes[place.parent].message_id == "4999@x"
    assert len(thread.nodes) <= MAX_REFERENCES + 2


def test_a_thousand_mails_may_claim_one_id():
    """A thousand mails of one Message-ID are all in one thread, and an answer below one."""
    messages = [send("a", minute) for minute in range(1_000)]
    (thread,) = group_threads([*messages, send("b", 2_000, "a")])
    assert len(thread.messages) == 1_001
    assert len(thread.roots) == 1_000


def test_mails_of_one_id_and_date_have_an_order():
    """Mails of no archive that differ only in their text make equal threads in any order."""
    messages = [send("a").model_copy(update={"body": text}) for text in "abc"]
    assert group_threads(messages[::-1]) == group_threads(messages)


@pytest.mark.parametrize(
    "junk", ["<>", "< >", "<@>", "<a b@c>", "<" * 900, "\x00@\x01", "<é@ü>", "<a@b"]
)
def test_ids_that_are_no_ids(junk):
    """Whatever stands in References, the mail is in a thread."""
    raw = f"From: <a@a.example>\nMessage-ID: {junk}\nReferences: {junk} <{junk}>\n\n.\n"
    messages = [read_message(raw.encode()), answer("b", [])]
    found = [message for thread in group_threads(messages) for message in thread.messages]
    assert len(found) == 2


FLOODS = {
    "a chain": lambda count: [answer(n, [n - 1]) for n in range(count)],
    "a star": lambda count: [answer(n, ["root"]) for n in range(count)],
    "a loop": lambda count: [answer(n, [(n - 1) % count]) for n in range(count)],
    "no answers": lambda count: [answer(n, []) for n in range(count)],
    "one id": lambda count: [send("a", n) for n in range(count)],
    "all refer to the last": lambda count: [answer(n, [count, n - 1]) for n in range(count)],
    "fifty random references": lambda count: [
        answer(n, random.Random(n).sample(range(count), 50)) for n in range(count)
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_floods_cost_linear_time(flood, assert_linear):
    """A flood of mails costs no more than its share, up to 2,000 mails."""
    assert_linear(group_threads, flood, 2_000, counted=800)


names = st.sampled_from("abcdefgh")


@settings(max_examples=80)
@given(
    st.lists(st.tuples(names, st.lists(names, max_size=4)), max_size=10),
    st.randoms(use_true_random=False),
)
def test_any_references_make_trees(mails, chance):
    """Whatever refers to whatever, each mail is in one tree, and the order does not count."""
    messages = [
        send(name, minute, ",".join(parents) or "-") for minute, (name, parents) in enumerate(mails)
    ]
    threads = group_threads(messages)
    found = [message.date for thread in threads for message in thread.messages]
    assert sorted(found) == [message.date for message in messages]
    for thread in threads:
        for place, node in enumerate(thread.nodes):
            above = thread.nodes[node.parent] if node.parent is not None else None
            assert node.parent is None or node.parent < place
            assert node.depth == (above.depth + 1 if above else 0)
    assert group_threads(chance.sample(messages, len(messages))) == threads


def test_ids_of_500_characters_join_a_thread():
    """Ids of 500 characters that differ in the last one only are told apart."""
    long = "x" * 500
    messages = [answer(f"{long}1", []), answer(f"{long}2", [f"{long}1"]), answer(f"{long}3", [])]
    threads = group_threads(messages)
    assert sorted(len(thread.messages) for thread in threads) == [1, 2]
