"""Which earlier mail is sent again, of several of one sender in one thread."""

import pytest

from kvminbox import link_series, review_all
from kvminbox.versions.before import name_version
from tests.versions.version_mails import ROB, edit, group, mail, make_series, patch

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


def test_a_resend_in_the_thread_follows_what_it_answers():
    """A resend that answers its first sending follows it, though a word and the code changed."""
    first = patch(f"[PATCH] {STOP}", "one-0@doe.example")
    new = patch(
        "[PATCH RESEND] timer: Stop it before a host resumes", "two-0@doe.example", 9,
        edits=(edit(added="more"),), parents=("one-0@doe.example",),
    )  # fmt: skip
    assert find_links(first, new) == [("one-0", "two-0")]


def test_a_resend_in_the_thread_may_have_another_title():
    """A resend that answers its first sending follows it with the same patch-id."""
    first = patch(f"[PATCH] {STOP}", "one-0@doe.example")
    new = patch("[PATCH RESEND] Halt early", "two-0@doe.example", 9, parents=("one-0@doe.example",))
    assert find_links(first, new) == [("one-0", "two-0")]


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
    (chain,) = link_series(group(first, second, third))
    reasons = {link.newer.message_id: link.reasons for link in chain.links}
    assert find_links(first, second, third) == [("one-0", "two-0"), ("two-0", "six-0")]
    assert "it answers v2" in reasons["six-0@doe.example"]


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


TITLES = ("Lock the timer", "Read the clock")
ONE = "one-0@doe.example"


def remind(identity="ask", tag="PATCH", day=20, *, total=2, title="Mend the timer", **more):
    """Return a cover letter without patches, in answer to that of the first version."""
    more = {"parents": (ONE,), **more}
    return mail(f"[{tag} 0/{total}] {title}", f"{identity}-0@doe.example", day, **more)


@pytest.mark.parametrize("tag", ["PATCH", "PATCH RESEND"])
def test_a_cover_letter_that_is_sent_again_alone_is_no_newer_version(tag):
    """Weeks later, below the series, it leaves the whole one the newest, and after its v1."""
    before = make_series("RFC PATCH", "rfc", -9, TITLES)
    whole = make_series(tag, "one", 0, TITLES, code="1")
    ask = remind(tag=tag)
    links = [("ask-0", "one-0"), ("rfc-0", "one-0")]
    assert find_links(before, whole, ask) == links
    (chain,) = link_series(group(before, whole, ask))
    newest = chain.series[-1]
    assert (newest.ref.message_id, newest.next, newest.previous.message_id) == (
        ONE, None, "rfc-0@doe.example",
    )  # fmt: skip
    assert {link.relation for link in chain.links if link.older.message_id[:3] == "ask"} == {
        "resend"
    }
    after = make_series("PATCH v2", "two", 30, TITLES, code="2")
    assert find_links(before, whole, ask, after) == [*links[:1], ("one-0", "two-0"), links[1]]


def test_a_cover_letter_that_is_sent_again_alone_need_not_answer():
    """Within days of the series it is its cover letter without answering it, later it is not."""
    whole = make_series("PATCH", "one", 0, TITLES)
    assert find_links(whole, remind(day=5, parents=())) == [("ask-0", "one-0")]
    assert find_links(whole, remind(day=9, parents=())) == []


NO_REMINDER = {
    "another total": {"total": 3},
    "another title": {"title": "Mend the clock"},
    "the next number": {"tag": "PATCH v2"},
    "another sender": {"sender": ROB},
}


@pytest.mark.parametrize("name", NO_REMINDER)
def test_what_differs_from_the_cover_letter_is_no_copy_of_it(name):
    """With another total, title, number or sender it is not placed before the series."""
    found = find_links(make_series("PATCH", "one", 0, TITLES), remind(**NO_REMINDER[name]))
    assert ("ask-0", "one-0") not in found


def test_a_cover_letter_whose_patches_came_in_part_is_no_copy_of_another():
    """Where a patch of the first sending is missing, the second may be another attempt."""
    part = make_series("PATCH", "one", 0, TITLES)[:2]
    assert ("ask-0", "one-0") not in find_links(part, remind())


def test_a_second_sending_with_patches_is_the_newer_one():
    """A cover letter that is sent again with its patches is a resend that is waiting."""
    again = make_series("PATCH RESEND", "ask", 20, TITLES, parents=(ONE,))
    assert find_links(make_series("PATCH", "one", 0, TITLES), again) == [("one-0", "ask-0")]


@pytest.mark.parametrize("parents", [(ONE,), ()], ids=["in the thread", "of its own"])
def test_what_answers_the_letter_that_was_sent_again_answers_the_series(parents):
    """A tag in answer to the second letter is given to the series whose letter it is."""
    mails = make_series("PATCH", "one", 0, TITLES)
    mails.append(remind(day=5, parents=parents))
    text = "Looks good.\n\nReviewed-by: Rob Roe <rob@roe.example>\n"
    more = {"sender": ROB, "text": text, "parents": (*parents, "ask-0@doe.example")}
    mails.append(mail("Re: [PATCH 0/2] Mend the timer", "re@roe.example", 6, **more))
    chains = link_series(group(mails))
    reviews = review_all([one for chain in chains for one in chain.series], mails)
    found = {review.series.message_id[:3]: review for review in reviews}
    assert (found["ask"].superseded, found["one"].superseded) == (True, False)
    assert (found["one"].replies, len(found["one"].tags)) == (1, 1)


def test_what_answers_a_letter_that_came_before_its_series_stays_there():
    """A tag for a cover letter without patches is none for the patches that come later."""
    bare = mail("[PATCH 0/2] Mend the timer", "ask-0@doe.example", -1)
    mails = [bare, *make_series("PATCH", "one", 0, TITLES)]
    text = "Looks good.\n\nReviewed-by: Rob Roe <rob@roe.example>\n"
    more = {"sender": ROB, "text": text, "parents": ("ask-0@doe.example",)}
    mails.append(mail("Re: [PATCH 0/2] Mend the timer", "re@roe.example", 6, **more))
    (chain,) = link_series(group(mails))
    found = {review.series.message_id[:3]: review for review in review_all(chain.series, mails)}
    assert (found["ask"].replies, found["one"].replies, found["one"].tags) == (1, 0, ())


def test_several_reminders_are_each_linked_to_the_series():
    """Of two cover letters that were sent again alone none follows the other."""
    mails = (make_series("PATCH", "one", 0, TITLES), remind(), remind("hey", day=30))
    assert find_links(*mails) == [("ask-0", "one-0"), ("hey-0", "one-0")]


def test_a_cover_letter_that_patches_answer_is_theirs():
    """A v2 below a letter that says v1 by mistake follows the first one through that letter."""
    after = make_series("PATCH v2", "two", 20, TITLES, code="2", parents=("ask-0@doe.example",))
    found = find_links(make_series("PATCH", "one", 0, TITLES), remind(), after)
    assert ("ask-0", "two-0") in found
    assert ("ask-0", "one-0") not in found


def test_a_cover_letter_between_two_sendings_is_that_of_the_second():
    """Where the patches come again within days of the bare letter, these follow it."""
    again = make_series("PATCH", "two", 21, TITLES)
    found = find_links(make_series("PATCH", "one", 0, TITLES), remind(), again)
    assert ("ask-0", "two-0") in found
    assert ("ask-0", "one-0") not in found
    late = make_series("PATCH RESEND", "two", 40, TITLES)
    found = find_links(make_series("PATCH", "one", 0, TITLES), remind(), late)
    assert found == [("ask-0", "one-0"), ("one-0", "two-0")]


@pytest.mark.parametrize(
    ("tag", "name"), [("PATCH v5", "v5"), ("PATCH v5 RESEND", "v5 RESEND"), ("RFC PATCH", "RFC v1")]
)
def test_a_resend_is_named_so(tag, name):
    """A version that is sent again has that beside its number, as other versions have theirs."""
    (series,) = group(*make_series(tag, "one", 0, (STOP, WAIT)))
    assert name_version(series) == name
