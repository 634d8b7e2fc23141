"""Replies that give very many tags to very many patches."""

import tracemalloc
from time import process_time

from kvminbox import group_series
from kvminbox.review import parse_reply_trailers, review_all, review_series
from kvminbox.review.scope import parse_numbers
from tests.review.review_mails import ADA, make_series, patch_text, read_mail

TAGS = "".join(f"Acked-by: x{n} <x{n}@user.example>\n" for n in range(500))


def test_many_tags_for_many_patches_take_little_memory(reply):
    """Five hundred tags for each of five hundred patches are not a quarter of a million things."""
    mails = [*make_series(total=500), reply(f"For the series:\n{TAGS}")]
    series = group_series(mails)
    tracemalloc.start()
    began = process_time()
    (review,) = review_all(series, mails)
    taken, (_, most) = process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [len(tag.patches) for tag in review.tags] == [500] * 500
    assert sum(map(len, review.evidence)) < 500_000
    assert (taken < 10, most < 40_000_000) == (True, True)


def test_tags_of_a_cover_letter_are_not_kept_for_each_patch(reply):
    """A cover letter's many trailers count for all patches, without being there once for each."""
    mails = make_series(total=300)
    mails[0] = read_mail("s-0@x", "[PATCH 0/300] KVM: timers", f"A series.\n\n{TAGS}", ADA)
    series = group_series(mails)
    tracemalloc.start()
    (review,) = review_all(series, [*mails, reply("Acked-by: x7 <x7@user.example>")])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (review.tags, review.untagged) == ((), ())
    assert most < 10_000_000, most


def test_tags_are_carried_to_a_thousand_equal_patches(reply):
    """Where all patches are the same, a tag is carried to all of them, in no time."""
    old, new = (
        [
            read_mail(f"{name}-{n}@x", f"[PATCH v{v} {n}/300] timer", patch_text(1), ADA, ["0@x"])
            for n in range(1, 301)
        ]
        for v, name in ((1, "s"), (2, "t"))
    )
    own = "".join(f"Sniffed{n}-by: Ewa Lis <ewa@kvm.example>\n".replace("0", "o") for n in range(9))
    tags = own.translate(str.maketrans("123456789", "abcdefghi"))
    answer = reply(f"For the series:\n{tags}", parents=["s-1@x"])
    (first,), (second,) = group_series(old), group_series(new)
    began = process_time()
    review = review_series(second, [*old, *new, answer], previous=first)
    assert [len(tag.patches) for tag in review.tags] == [300] * 9
    assert process_time() - began < 5


def test_a_list_of_numbers_ends(reply):
    """A phrase that names all numbers again and again names a thousand at the most."""
    assert len(parse_numbers("1-9999, " * 40)) == 1_000
    phrase = "for patches " + "1-9999, " * 39 + "1:\n"
    began = process_time()
    found = parse_reply_trailers(reply(f"{phrase}Acked-by: Ewa <ewa@kvm.example>\n\n" * 200))
    assert len(found) == 200
    assert process_time() - began < 2
