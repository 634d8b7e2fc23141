"""Replies that give very many tags to very many patches."""

from kvminbox import group_series
from kvminbox.review import parse_reply_trailers, review_all, review_series
from kvminbox.review.scope import parse_numbers
from tests.growth import count_calls, count_objects
from tests.review.review_mails import ADA, make_series, patch_text, read_mail

TAGS = "".join(f"Acked-by: x{n} <x{n}@user.example>\n" for n in range(500))


def test_many_tags_for_many_patches_take_little_memory(reply):
    """Five hundred tags for each of five hundred patches are not a quarter of a million things."""
    mails = [*make_series(total=500), reply(f"For the series:\n{TAGS}")]
    series = group_series(mails)
    (review,) = review_all(series, mails)
    assert [len(tag.patches) for tag in review.tags] == [500] * 500
    assert sum(map(len, review.evidence)) < 500_000
    assert count_objects(review) < 50_000
    assert count_calls(lambda: review_all(series, mails)) < 250_000


def test_tags_of_a_cover_letter_are_not_kept_for_each_patch(reply):
    """A cover letter's many trailers count for all patches, without being there once for each."""
    mails = make_series(total=300)
    mails[0] = read_mail("s-0@x", "[PATCH 0/300] KVM: timers", f"A series.\n\n{TAGS}", ADA)
    series = group_series(mails)
    mails.append(reply("Acked-by: x7 <x7@user.example>"))
    (review,) = review_all(series, mails)
    assert (review.tags, review.untagged) == ((), ())
    assert count_objects(review) < 1_000
    assert count_calls(lambda: review_all(series, mails)) < 100_000


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
    review = review_series(second, [*old, *new, answer], previous=first)
    assert [len(tag.patches) for tag in review.tags] == [300] * 9
    calls = count_calls(lambda: review_series(second, [*old, *new, answer], previous=first))
    assert calls < 300_000


def test_a_list_of_numbers_ends(reply):
    """A phrase that names all numbers again and again names a thousand at the most."""
    assert len(parse_numbers("1-9999, " * 40)) == 1_000
    phrase = "for patches " + "1-9999, " * 39 + "1:\n"
    answer = reply(f"{phrase}Acked-by: Ewa <ewa@kvm.example>\n\n" * 200)
    assert len(parse_reply_trailers(answer)) == 200
    assert count_calls(lambda: parse_reply_trailers(answer)) < 100_000
