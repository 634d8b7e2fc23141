"""Which series are revisions of one work, on what evidence, and which only look like it."""

import random

import pytest

from kvminbox import link_series
from tests.versions.version_mails import ROB, edit, group, mail, make_series, patch

TITLES = ("Lock the timer", "Read the clock")
OTHER = ("Open the door", "Close the window")


def labels(messages):
    """Return each chain with several series as its revisions and titles."""
    chains = link_series(group(*messages))
    return [[(one.revision, one.title) for one in chain.series] for chain in chains]


def only_link(*messages):
    """Return the link of the one chain that some mails make."""
    (chain,) = link_series(group(*messages))
    (link,) = chain.links
    return link


CHANGE = "change-id: 20240101-mend-the-timer-0a1b2c3d4e5f\n"
LORE = "https://lore.example/r"
# what the newer series says, sends or is; the reason of the link, and its confidence
EVIDENCE = {
    "same title and sender": ({}, "title and sender are the same", 0.8),
    "link to v1 in a line": (
        {"cover_text": f"v1: {LORE}/one-0@doe.example/", "cover": "Repair time"},
        "it links to the older one as v1",
        0.95,
    ),
    "b4's trailer": (
        {"cover_text": f"- Link to v1: {LORE}/one-0@doe.example", "cover": "Repair time"},
        "it links to the older one as v1",
        0.95,
    ),
    "link in the line below": (
        {"cover_text": f"v1:\n  {LORE}/one-0@doe.example", "cover": "Repair time"},
        "it links to the older one as v1",
        0.95,
    ),
    "footnote": (
        {
            "cover_text": f"Changes since v1 [1]:\n\n - a lock\n\n[1] {LORE}/one-0@doe.example",
            "cover": "Repair time",
        },
        "it links to the older one as v1",
        0.95,
    ),
    "escaped id in the link": (
        {"cover_text": f"v1: {LORE}/one-0%40doe.example/", "cover": "Repair time"},
        "it links to the older one as v1",
        0.95,
    ),
    "id of a patch": (
        {"cover_text": "v1: <one-2@doe.example>", "cover": "Repair time"},
        "it links to the older one as v1",
        0.95,
    ),
    "supersedes": (
        {"cover_text": "Supersedes: <one-0@doe.example>", "cover": "Repair time", "sender": ROB},
        "it says that it supersedes the older one",
        0.98,
    ),
    "answers the cover letter": (
        {"parents": ("one-0@doe.example",), "cover": "Repair time"},
        "it answers v1",
        0.9,
    ),
    "answers a patch": (
        {"parents": ("one-0@doe.example", "one-2@doe.example"), "cover": "Repair time"},
        "it answers v1",
        0.9,
    ),
    "titles of patches": (
        {"cover": "Repair time"},
        "sender and most titles of patches are the same",
        0.8,
    ),
    "other sender": (
        {"sender": ROB},
        "titles and files are the same, but the sender differs",
        0.7,
    ),
}


@pytest.mark.parametrize("name", EVIDENCE)
def test_a_second_version_is_linked_by_each_sort_of_evidence(name):
    """A v2 follows its v1 on any single piece of evidence, which the link names first."""
    more, reason, confidence = EVIDENCE[name]
    old = make_series("PATCH", "one", 0, TITLES)
    new = make_series("PATCH v2", "two", 5, TITLES, code=" again", **more)
    link = only_link(old, new)
    assert (link.relation, link.older.revision, link.newer.revision) == ("revision", 1, 2)
    assert (link.reasons[0], link.confidence) == (reason, confidence)


def test_a_change_id_joins_what_has_nothing_else_in_common():
    """One change-id is enough, whatever title, sender and files are."""
    old = make_series("PATCH", "one", 0, TITLES, tail=CHANGE)
    new = make_series("PATCH v2", "two", 700, OTHER, cover="A house", tail=CHANGE, sender=ROB)
    link = only_link(old, new)
    assert link.confidence == 1.0
    assert link.reasons == ("both state the change-id 20240101-mend-the-timer-0a1b2c3d4e5f",)


def test_an_obsoleted_series_names_the_newer_one():
    """`Obsoleted-by:` in the older series is as good as `Supersedes:` in the newer one."""
    old = make_series("PATCH", "one", 0, TITLES, cover_text="Obsoleted-by: <two-0@doe.example>")
    new = make_series("PATCH v2", "two", 5, OTHER, cover="A house")
    assert only_link(old, new).reasons == ("the older one says that it is obsolete",)


def test_equal_patch_ids_join_lone_patches_with_other_titles():
    """A patch with a new title and the same change is the next version."""
    old = patch("[PATCH] timer: Fix lokc order", "one@doe.example")
    new = patch("[PATCH v2] vgic: Repair the order of locks", "two@doe.example", 3)
    link = only_link(old, new)
    assert link.reasons[0] == "100% of the patches have the same patch-id"


def test_diffs_without_a_patch_id_are_not_equal_for_that():
    """Two unlike patches without `diff --git`, which have no patch-id, are not two versions."""
    text = "Words.\n---\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+{}\n"
    one = mail("[PATCH] Lock the timer", "one@doe.example", text=text.format("b"))
    two = mail("[PATCH v2] Open the door", "two@doe.example", day=60, text=text.format("c"))
    assert one.patch_id() is two.patch_id() is None
    assert labels([one, two]) == [[(1, "Lock the timer")], [(2, "Open the door")]]


def test_likeness_joins_with_little_confidence():
    """A title with most of its words and the same files are weak evidence, and say so."""
    old = patch("[PATCH] timer: Fix the order of locks", "one@doe.example")
    new = patch(
        "[PATCH v2] timer: Fix the locking order of it",
        "two@doe.example",
        3,
        (edit(added="other"),),
    )
    assert only_link(old, new).confidence == 0.6


NO_LINK = {
    "other work of the same sender": make_series("PATCH v2", "two", 5, OTHER, cover="A house"),
    "a v2 that was sent months before v1": make_series("PATCH v2", "two", -90, TITLES),
    "the copy that goes with a pull request": make_series(
        "PATCH", "two", 5, TITLES, cover="Fixes for 9.2, take #3"
    ),
    "a pull request with the patches as answers": [
        mail("[GIT PULL] Mend the timer", "two-0@doe.example", 5),
        *make_series("PATCH", "two", 5, TITLES)[1:],
    ],
    "a stable tree's backport": make_series("PATCH 4.19", "two", 5, TITLES),
    "the same title for other patches a year later": make_series("PATCH", "two", 300, OTHER),
    "a companion in the same thread": make_series(
        "PATCH v2", "two", 5, OTHER, cover="A house", parents=("one-0@doe.example",)
    ),
    "an answer by somebody else with another idea": make_series(
        "PATCH v2", "two", 5, OTHER, cover="A house", parents=("one-0@doe.example",), sender=ROB
    ),
    "a link to what it builds on": make_series(
        "PATCH v2",
        "two",
        5,
        OTHER,
        cover="A house",
        cover_text=f"This needs v1 of the timer fixes: {LORE}/one-0@doe.example",
    ),
    "a link that gives another revision": make_series(
        "PATCH v4", "two", 5, OTHER, cover="A house", cover_text=f"v3: {LORE}/one-0@doe.example"
    ),
}


@pytest.mark.parametrize("name", NO_LINK)
def test_what_only_looks_like_a_revision_is_not_linked(name):
    """Each series is in a chain of its own."""
    chains = link_series(group(make_series("PATCH", "one", 0, TITLES), NO_LINK[name]))
    assert [len(chain.series) for chain in chains] == [1, 1]
    assert not any(chain.links for chain in chains)


def test_a_chain_fills_in_its_series():
    """Each series of a chain names the one before, the one after, and the whole chain."""
    (chain,) = link_series(
        group(*(make_series(f"PATCH v{n}", f"s{n}", n, TITLES, code=str(n)) for n in (1, 2, 3)))
    )
    first, second, third = chain.series
    assert (first.previous, first.next) == (None, second.ref)
    assert (second.previous, second.next) == (first.ref, third.ref)
    assert (third.previous, third.next) == (second.ref, None)
    assert first.chain == second.chain == third.chain == (first.ref, second.ref, third.ref)
    assert [(link.older, link.newer) for link in chain.links] == [
        (first.ref, second.ref),
        (second.ref, third.ref),
    ]


def test_a_version_that_is_not_there_leaves_no_gap():
    """v3 follows v1 when v2 is missing."""
    link = only_link(
        make_series("PATCH", "one", 0, TITLES), make_series("PATCH v3", "three", 9, TITLES)
    )
    assert (link.older.revision, link.newer.revision) == (1, 3)


@pytest.mark.parametrize(("code", "relation"), [("", "resend"), (" anew", "branch")])
def test_two_of_one_number_are_a_resend_or_a_branch(code, relation):
    """Two v2 with the same patch-ids are a resend, with others a branch."""
    first = make_series("PATCH", "one", 0, TITLES, code=" first")
    second = make_series("PATCH v2", "two", 2, TITLES)
    again = make_series("PATCH v2", "again", 4, TITLES, code=code)
    (chain,) = link_series(group(first, second, again))
    assert [link.relation for link in chain.links] == ["revision", relation]
    assert (chain.links[1].older.message_id, chain.links[1].newer.message_id) == (
        "two-0@doe.example",
        "again-0@doe.example",
    )
    assert chain.series[0].next == chain.series[1].ref


def test_a_stated_resend_is_one_though_its_code_differs():
    """RESEND in the subject makes a resend; the reasons say if the patches differ."""
    first = make_series("PATCH v2", "two", 2, TITLES)
    again = make_series("PATCH RESEND v2", "again", 4, TITLES, code=" anew")
    (chain,) = link_series(group(first, again))
    (link,) = chain.links
    assert link.relation == "resend"
    assert link.reasons[-1] == "it is marked as sent again, though not all patches are the same"


def test_the_next_version_follows_the_branch_that_it_names():
    """Of two v2, v3 follows the one it links to, though the other one is later."""
    first = make_series("PATCH", "one", 0, TITLES)
    left = make_series("PATCH v2", "left", 2, TITLES, code=" left")
    right = make_series("PATCH v2", "right", 3, TITLES, code=" right", sender=ROB)
    third = make_series(
        "PATCH v3", "three", 9, TITLES, code="3", cover_text=f"v2: {LORE}/left-0@doe.example"
    )
    (chain,) = link_series(group(first, left, right, third))
    assert chain.series[3].previous == chain.series[1].ref


def test_patches_after_comments_start_to_count_again():
    """RFC v1, RFC v2, then PATCH without a number: the last one is the latest revision."""
    (chain,) = link_series(
        group(
            make_series("RFC PATCH", "one", 0, TITLES, code="1"),
            make_series("RFC PATCH v2", "two", 2, TITLES, code="2"),
            make_series("PATCH", "three", 9, TITLES, code="3"),
        )
    )
    assert [(one.revision, one.cover.subject.is_rfc) for one in chain.series] == [
        (1, True),
        (2, True),
        (1, False),
    ]
    assert [link.relation for link in chain.links] == ["revision", "revision"]
    assert chain.series[2].previous == chain.series[1].ref


def test_a_single_patch_that_answers_one_of_a_series_replaces_it_only():
    """`[PATCH v2]` of one patch, in reply to it, is a partial re-roll; v3 follows v1."""
    first = make_series("PATCH", "one", 0, TITLES)
    part = patch(
        "[PATCH v2] Read the clock",
        "part@doe.example",
        1,
        (edit("virt/clock.c", "other"),),
        parents=("one-0@doe.example", "one-2@doe.example"),
    )
    third = make_series("PATCH v3", "three", 5, TITLES, code="3")
    (chain,) = link_series(group(first, part, third))
    assert [link.relation for link in chain.links] == ["partial_reroll", "revision", "collected"]
    whole, one, latest = chain.series
    assert (whole.next, one.next, latest.previous) == (latest.ref, latest.ref, whole.ref)


def test_a_numbered_part_answers_its_patch():
    """`[PATCH v1.1 2/2]` in reply to 2/2 is a partial re-roll of its series."""
    part = patch(
        "[PATCH v1.1 2/2] Read the clock",
        "part@doe.example",
        1,
        (edit("virt/clock.c", "other"),),
        parents=("one-0@doe.example", "one-2@doe.example"),
    )
    link = only_link(make_series("PATCH", "one", 0, TITLES), part)
    assert link.relation == "partial_reroll"


def test_a_later_link_to_two_earlier_ones_joins_them():
    """v3 names v1 and v2, whose titles have nothing in common: all three are one chain."""
    messages = (
        make_series("PATCH", "one", 0, ("Lock the timer",), cover="A lock"),
        make_series("PATCH v2", "two", 3, ("Read the clock",), cover="The clock"),
        make_series(
            "PATCH v3",
            "three",
            9,
            (*TITLES,),
            cover_text=f"v1: {LORE}/one-0@doe.example\nv2: {LORE}/two-0@doe.example",
        ),
    )
    (chain,) = link_series(group(*messages))
    assert [one.revision for one in chain.series] == [1, 2, 3]
    assert chain.links[0].reasons == ("a later series of the chain continues both",)


def some_of_everything():
    """Return mails with versions, branches, resends and unrelated work."""
    messages = make_series("RFC PATCH", "rfc", 0, TITLES)
    for number in (1, 2, 3):
        messages += make_series(f"PATCH v{number}", f"s{number}", number, TITLES, code=str(number))
    messages += make_series("PATCH v2", "again", 2.5, TITLES, code="2")
    messages += make_series("PATCH v2", "rob", 2.7, TITLES, code="rob", sender=ROB)
    messages += make_series("PATCH", "house", 2, OTHER, cover="A house")
    messages += make_series("PATCH v2", "house2", 2, OTHER, cover="A house")
    messages += [patch(f"[PATCH] Fix it {n}", f"lone{n}@doe.example", 2) for n in range(5)]
    return messages


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_the_series_does_not_count(seed):
    """Any order of the same series makes the same chains, including the links."""
    series = group(some_of_everything())
    expected = link_series(series)
    random.Random(seed).shuffle(series)
    assert link_series(series) == expected
    assert max(len(chain.series) for chain in expected) == 6


def test_each_series_is_in_exactly_one_chain():
    """Nothing is lost or duplicated."""
    series = group(some_of_everything())
    found = [one.ref for chain in link_series(series) for one in chain.series]
    assert sorted(map(str, found)) == sorted(str(one.ref) for one in series)


@pytest.mark.slow
def test_a_thousand_series_of_one_title_take_linear_time(assert_linear):
    """Many mails with the same title, files and references cost no more than their share."""
    series = group(
        [
            patch(f"[PATCH v{n}] Fix it", f"{n}@doe.example", n / 1000, parents=("0@doe.example",))
            for n in range(1000)
        ]
    )
    assert sum(len(chain.series) for chain in link_series(series)) == 1000
    assert_linear(link_series, lambda count: series[:count], 1000, counted=400)


def test_hostile_references_are_no_trouble():
    """A series that names itself, or unknown ids, is a chain of its own."""
    loop = patch("[PATCH] Fix it", "a@doe.example", parents=("b@doe.example", "a@doe.example"))
    note = mail("[PATCH 0/1] Alone", "c@doe.example", text="v1: <c@doe.example>\nSupersedes: <>\n")
    assert [len(chain.series) for chain in link_series(group(loop, note))] == [1, 1]
