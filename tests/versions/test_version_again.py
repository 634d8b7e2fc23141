"""Which earlier mail is sent again, of several of one sender in one thread."""

import pytest

from kvminbox import link_series
from tests.versions.version_mails import ROB, edit, group, patch

STOP = "timer: Stop it before the host resumes"
WAIT = "timer: Wait for the shortest idle time"


def send_both(tag, identity, day, *titles, **more):
    """Return lone patches to one file that are sent together: the second answers the first."""
    first, *others = titles
    head = f"{identity}-0@doe.example"
    return [
        patch(f"[{tag}] {first}", head, day, edits=(edit(added=first),), **more),
        *(
            patch(
                f"[{tag}] {title}",
                f"{identity}-{number}@doe.example",
                day + number / 86_400,
                edits=(edit(added=title),),
                parents=(head,),
                **more,
            )
            for number, title in enumerate(others, 1)
        ),
    ]


def find_links(*messages):
    """Return the links of some mails, as the ids of their two ends."""
    chains = link_series(group(*messages))
    links = (link for chain in chains for link in chain.links)
    return sorted((link.older.message_id[:-12], link.newer.message_id[:-12]) for link in links)


@pytest.mark.parametrize("again", ["PATCH RESEND", "PATCH RESEND v1", "PATCH v2"])
def test_two_patches_that_are_sent_again_follow_each_its_own(again):
    """A lone patch follows the one of its title and sender, not the one that it answers."""
    first = send_both("PATCH", "one", 0, STOP, WAIT)
    second = send_both(again, "two", 30, STOP, WAIT)
    assert find_links(first, second) == [("one-0", "two-0"), ("one-1", "two-1")]


def test_a_second_version_in_the_thread_of_the_first_patch_follows_its_own():
    """A v2 that answers the first patch of its sender's follows the v1 with its title."""
    first = send_both("PATCH", "one", 0, STOP, WAIT)
    new = patch(
        f"[PATCH v2] {WAIT}", "two-1@doe.example", 5,
        edits=(edit(added="v2"),), parents=("one-0@doe.example",),
    )  # fmt: skip
    assert find_links(first, new) == [("one-1", "two-1")]


def test_a_resend_does_not_follow_its_neighbour_for_want_of_the_first():
    """Where the first sending is not here, a patch marked RESEND does not follow another one."""
    assert find_links(send_both("PATCH RESEND", "two", 30, STOP, WAIT)) == []


@pytest.mark.parametrize("title", ["timer: Stop it before a host resumes", "Stop the timer early"])
def test_a_resend_in_the_thread_follows_what_it_answers(title):
    """A resend that answers its first sending follows it, though a word or all were changed."""
    first = patch(f"[PATCH] {STOP}", "one-0@doe.example")
    again = patch(f"[PATCH RESEND] {title}", "two-0@doe.example", 9, parents=("one-0@doe.example",))
    assert find_links(first, again) == [("one-0", "two-0")]


def test_the_next_number_in_the_thread_may_take_an_older_title_again():
    """A v3 that answers v2 follows it, though v1 has its title and v2 has not."""
    first = patch(f"[PATCH] {STOP}", "one-0@doe.example")
    second = patch(
        "[PATCH v2] timer: Halt it before the host wakes", "two-0@doe.example", 1,
        edits=(edit(added="v2"),), parents=("one-0@doe.example",),
    )  # fmt: skip
    third = patch(
        f"[PATCH v3] {STOP}", "six-0@doe.example", 2,
        edits=(edit(added="v3"),), parents=("two-0@doe.example",),
    )  # fmt: skip
    assert find_links(first, second, third) == [("one-0", "two-0"), ("two-0", "six-0")]


def test_an_earlier_patch_of_another_file_or_sender_does_not_count():
    """What has the title but no file of it, or another sender, leaves what it answers."""
    answered = patch(f"[PATCH] {WAIT}", "one-0@doe.example")
    new = patch(
        "[PATCH v2] timer: Wait for a short idle time", "two-0@doe.example", 5,
        edits=(edit(added="v2"),), parents=("one-0@doe.example",),
    )  # fmt: skip
    title = "[PATCH] timer: Wait for a short idle time"
    for other in (
        patch(title, "six-0@doe.example", -9, edits=(edit("mm/slab.c"),)),
        patch(title, "six-0@doe.example", -9, edits=(edit(added="six"),), sender=ROB),
    ):
        assert ("one-0", "two-0") in find_links(answered, new, other)
