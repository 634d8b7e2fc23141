"""What the text above a tag says that it is for."""

import pytest

from kvminbox.review import parse_reply_trailers
from kvminbox.review.scope import parse_behind, parse_numbers, parse_scope

PHRASES = {
    "For patches 1-3:": ("range", (1, 2, 3)),
    "Patches 1-3, 5:": ("range", (1, 2, 3, 5)),
    "For patches 1 to 3:": ("range", (1, 2, 3)),
    "With that, patches 6~8:": ("range", (6, 7, 8)),
    "For patches 9~11 in the series,": ("range", (9, 10, 11)),
    "for patch 2/7:": ("range", (2,)),
    "For patches 1, 2 and 4:": ("range", (1, 2, 4)),
    "For patches #1 and #3": ("range", (1, 3)),
    "For the series:": ("series", ()),
    "for the whole series": ("series", ()),
    "So, for the entire patchset:": ("series", ()),
    "(for the full series):": ("series", ()),
    "For this series,": ("series", ()),
    "SERIES": ("series", ()),
    "Looks good. For all patches:": ("series", ()),
    "For the lot:": ("series", ()),
    "For both patches:": ("series", (1, 2)),
    "For the series, except patch 3:": ("range", (3,)),
    "I looked at the series.": ("answered", ()),
    "Last one for the series :)": ("answered", ()),
    "See my comment on patch 3: it leaks": ("answered", ()),
    "Patches 3 and 4 leak.": ("answered", ()),
    "This patch looks good:": ("answered", ()),
    "For the KVM part:": ("answered", ()),
    "For 2 reasons:": ("answered", ()),
    "as it will be removed in patch 12, fine:": ("answered", ()),
    "": ("answered", ()),
    "For #2 and #3:": ("range", (2, 3)),
    "For patches 4, 5, and 6, with pleasure:": ("range", (4, 5, 6)),
    "In #6 you can put": ("range", (6,)),
    "I saw the rest. For 2/7 and 3/7 please add": ("range", (2, 3)),
    "You can put this tag in #6:": ("range", (6,)),
    "Please add my tag to patches 2 and\n4": ("range", (2, 4)),
    "Patches 1 and 3 are": ("range", (1, 3)),
    "Patches 1-5 look good. There are some nits, but you can add": ("range", (1, 2, 3, 4, 5)),
    "Patches 4, 5, and 6 LGTM, FWIW,": ("range", (4, 5, 6)),
    "Patches 1-5 look good, the rest is fine, too:": ("answered", ()),
    "Patch 3 looks good, patch 4 leaks:": ("answered", ()),
    "In patch 3 you should drop the check. Otherwise": ("answered", ()),
    "On patch 3 I have a comment, otherwise": ("answered", ()),
    "Please add a comment to patch 2:": ("answered", ()),
    "As long as patch 5 is accepted": ("answered", ()),
    "This fixes #12:": ("answered", ()),
    "See issue #12345:": ("answered", ()),
    "For 5.10:": ("answered", ()),
    "For this one and 3 other reasons:": ("answered", ()),
    "All but 2 patches:": ("answered", ()),
    "Nothing but 2:": ("answered", ()),
}


@pytest.mark.parametrize(("text", "expected"), PHRASES.items())
def test_phrases(text, expected):
    """A phrase counts where a heading or sentence ends; talk about patches does not."""
    scope = parse_scope(text)
    assert (scope.kind, scope.numbers) == expected


BEHIND = {
    "in #6.": (6,),
    '" in #6.': (6,),
    "for patch 3": (3,),
    "on 2 and 4": (2, 4),
    "for 1 and 3,": (1, 3),
    "(for patches 1-3)": (1, 2, 3),
    "to patches 2, 3 and 5 only": (2, 3, 5),
    "in 3/7 of this series": (3,),
    "for 07~09 patches.": (7, 8, 9),
    "for 6.1": (),
    "for 6.1.y.": (),
    "on 2 boards": (),
    "for 5 patches": (),
    "in #12345": (),
    "Fixes #12": (),
    "for this one and #3": (3,),
    "for this and 3 others": (),
    "for this one": (),
    "for all but 2 patches": (),
    "for v2": (),
}


@pytest.mark.parametrize(("words", "numbers"), BEHIND.items())
def test_words_behind_a_tag(words, numbers):
    """Right behind a tag, numbers of patches count, and no releases, counts or issues."""
    assert parse_behind(words if words[0] == '"' else f" {words}").numbers == numbers


@pytest.mark.parametrize("text", ["3-1", "1-99999", "0-99999999999999999999"])
def test_impossible_numbers(text):
    """Spans that run backwards or without end name nothing."""
    assert len(parse_numbers(text)) <= 1


TAG = "Reviewed-by: Ewa Lis <ewa@kvm.example>"
PLACES = {
    "above": f"For patches 1-2:\n\n{TAG}",
    "directly above": f"For patches 1-2:\n{TAG}",
    "above several tags": f"For patches 1-2:\n\nAcked-by: Ewa Lis <ewa@kvm.example>\n{TAG}",
    "below": f"{TAG}\n\nfor patches 1-2.",
    "in the comment": f"{TAG} # for patches 1-2",
    "in brackets below": f"{TAG}\n[for patches 1-2]",
}


@pytest.mark.parametrize(
    "text",
    [
        f'I take patch 2 first.\nYou can put "{TAG}" in #6.',
        f"In #6 you can put {TAG}",
        f"{TAG} in #6",
        f"{TAG} # for patch 6",
        f"For the series:\n{TAG} (only for patch 6)",
    ],
)
def test_a_sentence_with_a_tag_names_the_patch(reply, text):
    """A tag within a sentence that names a patch is for that patch, whatever stands above it."""
    assert [(t.scope, t.numbers) for t in parse_reply_trailers(reply(text))] == [("range", (6,))]


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_where_a_phrase_stands(reply, text):
    """The phrase is found in the paragraph above, a short line below, or the comment."""
    assert parse_reply_trailers(reply(text))[-1].numbers == (1, 2)


def test_each_group_has_its_own_phrase(reply):
    """Two groups of tags with a phrase each keep them apart."""
    acked = "Acked-by: Ewa Lis <ewa@kvm.example>"
    found = parse_reply_trailers(reply(f"For patches 1-2:\n{TAG}\n\nFor patch 3:\n\n{acked}\n"))
    assert [(t.name, t.numbers) for t in found] == [("Reviewed-by", (1, 2)), ("Acked-by", (3,))]


def test_quoted_phrase_is_none(reply):
    """A phrase above a quote, or in it, says nothing of the tag below."""
    found = parse_reply_trailers(reply(f"For the series:\n> For patches 1-2:\n\n{TAG}\n"))
    assert found[0].scope == "answered"
