"""Parts of series that are sent again, taken in, or split off, and series under other titles."""

import pytest

from kvminbox import link_series
from kvminbox.versions.facts import Facts
from kvminbox.versions.relations import find_split
from tests.versions.test_version_chains import LORE, OTHER, TITLES, labels, only_link
from tests.versions.version_mails import JANE, ROB, edit, group, make_series, patch

FIVE = tuple(f"Mend part {word}" for word in ("one", "two", "three", "four", "five"))


def lone(tag, word, identity, day, code="other", **more):
    """Return a lone patch with the title and file of one of the five."""
    edits = more.pop("edits", (edit(f"virt/{word}.c", code),))
    return patch(f"[{tag}] Mend part {word}", identity, day, edits, **more)


@pytest.mark.parametrize(
    "part",
    [
        [lone("PATCH v2", "three", "a@doe.example", 5)],
        [lone("PATCH", "three", "a@doe.example", 5)],
        make_series("PATCH v2", "two", 5, FIVE[2:4], cover="Two of them", code="2"),
        make_series("PATCH v2", "two", 5, FIVE[2:4], cover="Two of them", code="2")[1:],
    ],
    ids=["a lone v2", "without a number", "two of five", "two without a cover letter"],
)
def test_some_patches_that_are_sent_again_follow_the_whole(part):
    """A lone v2 of one of five, or two of the five, is a partial re-roll of the five."""
    link = only_link(make_series("PATCH", "one", 0, FIVE), part)
    assert (link.relation, link.older.message_id) == ("partial_reroll", "one-0@doe.example")


@pytest.mark.parametrize(
    "part",
    [
        lone("PATCH v2", "three", "a@doe.example", 5, sender=ROB),
        lone("PATCH v2", "six", "a@doe.example", 5),
        lone("PATCH v2", "three", "a@doe.example", 500),
        lone("PATCH", "three", "a@doe.example", 5, edits=(edit("drivers/clock.c"),)),
        lone("PATCH v2 5.10.y", "three", "a@doe.example", 5),
    ],
    ids=["another sender", "another title and file", "a year later", "another file", "stable"],
)
def test_what_only_looks_like_a_part_is_a_chain_of_its_own(part):
    """One of five needs the sender, the title, the file and the time to be the same."""
    assert len(labels([*make_series("PATCH", "one", 0, FIVE), part])) == 2


def test_the_rest_of_a_series_is_a_revision():
    """Four of five under the same title are the next revision, not a part."""
    link = only_link(
        make_series("PATCH", "one", 0, FIVE), make_series("PATCH v2", "two", 5, FIVE[1:], code="2")
    )
    assert link.relation == "revision"


def test_the_next_version_of_a_part_follows_the_part():
    """v3 of two of the five follows v2 of the two; v3 of the five follows the five."""
    whole = make_series("PATCH", "one", 0, FIVE)
    two = make_series("PATCH v2", "two", 5, FIVE[2:4], cover="Two of them", code="2")
    three = make_series("PATCH v3", "three", 9, FIVE[2:4], cover="Two of them", code="3")
    (chain,) = link_series(group(whole, two, three))
    assert chain.series[2].previous == chain.series[1].ref
    all_five = make_series("PATCH v3", "three", 9, FIVE, code="3")
    (chain,) = link_series(group(whole, two, all_five))
    assert chain.series[2].previous == chain.series[0].ref
    assert chain.series[1].next == chain.series[2].ref


def test_lone_patches_that_come_again_in_a_series_are_collected():
    """A series takes in two lone patches: it follows the later one, and both are superseded."""
    (chain,) = link_series(
        group(
            lone("PATCH", "one", "a@doe.example", 0, "Mend part one"),
            lone("PATCH", "four", "b@doe.example", 1, "Mend part four"),
            make_series("PATCH", "all", 5, FIVE),
        )
    )
    first, second, series = chain.series
    assert {link.relation for link in chain.links} == {"collected"}
    assert (first.next, second.next) == (series.ref, series.ref)
    assert (first.previous, second.previous, series.previous) == (None, None, second.ref)


def test_lone_patches_may_have_the_revision_0():
    """`[PATCH v0]` is lower than any, and yet can be what a series collects."""
    (chain,) = link_series(
        group(
            lone("PATCH v0", "one", "a@doe.example", 0, "Mend part one"),
            lone("PATCH v0", "four", "b@doe.example", 1, "Mend part four"),
            make_series("PATCH", "all", 5, FIVE),
        )
    )
    assert [series.revision for series in chain.series] == [0, 0, 1]
    assert chain.series[2].previous == chain.series[1].ref


def test_a_whole_revision_is_nearer_than_what_is_collected():
    """v2 follows v1, though it also takes in a lone patch that was sent between them."""
    (chain,) = link_series(
        group(
            make_series("PATCH", "one", 0, FIVE[:4]),
            lone("PATCH v2", "five", "a@doe.example", 3),
            make_series("PATCH v2", "two", 5, FIVE, code="2"),
        )
    )
    first, taken, second = chain.series
    assert (second.previous, taken.next) == (first.ref, second.ref)


@pytest.mark.parametrize(
    ("others", "code", "chains"),
    [(2, "Mend part one", 2), (2, "other", 2), (1, "Mend part one", 2), (1, "other", 1)],
)
def test_what_a_maintainer_collects_is_no_revision(others, code, chains):
    """A series with other people's patches takes in only what was changed, and one colleague's."""
    own = lone("PATCH", "one", "a@doe.example", 0, code)
    cover, first, *rest = make_series("PATCH", "queue", 5, FIVE, cover="Fixes for 9.2, take #3")
    from_others = [
        mail.model_copy(
            update={"author": mail.author.model_copy(update={"email": f"{n % others}@x.example"})}
        )
        for n, mail in enumerate(rest)
    ]
    assert len(labels([own, cover, first, *from_others])) == chains


def test_a_series_is_split():
    """Two v2 that share no patch, and have most of v1 together, are its parts."""
    (chain,) = link_series(
        group(
            make_series("PATCH", "one", 0, FIVE),
            make_series("PATCH v2", "left", 5, FIVE[:3], cover="The first three", code="2"),
            make_series("PATCH v2", "right", 5, FIVE[3:], cover="The last two", code="2"),
            make_series("PATCH v3", "right3", 9, FIVE[3:], cover="The last two", code="3"),
        )
    )
    whole, left, right, last = chain.series
    assert [link.relation for link in chain.links] == ["split", "split", "revision"]
    assert left.previous == right.previous == whole.ref
    assert last.previous == right.ref


@pytest.mark.parametrize(("later", "parts"), [(30, 2), (8, 0)])
def test_what_follows_later_does_not_tell_whether_a_series_was_split(later, parts):
    """A third series with a patch of the first, a month after the two parts, is none of them."""
    whole, *news = map(Facts, group(
        make_series("PATCH", "one", 0, FIVE),
        make_series("PATCH v2", "left", 5, FIVE[:3], cover="The first three"),
        make_series("PATCH v2", "right", 6, FIVE[3:], cover="The last two"),
        make_series("PATCH v2", "more", later, FIVE[2:4], cover="Some of them again"),
    ))  # fmt: skip
    assert find_split(whole, news) == news[:parts]


def test_two_parts_of_many_are_no_split():
    """One and one of five sent again are partial re-rolls: most of the five stands."""
    (chain,) = link_series(
        group(
            make_series("PATCH", "one", 0, FIVE),
            lone("PATCH v2", "two", "a@doe.example", 5),
            lone("PATCH v2", "four", "b@doe.example", 5),
        )
    )
    assert [link.relation for link in chain.links] == ["partial_reroll"] * 2


def test_a_cover_letter_that_is_sent_again_is_a_resend():
    """The patches came with the second cover letter only: both are one sending."""
    series = make_series("PATCH", "two", 1, TITLES)
    link = only_link(make_series("PATCH", "one", 0, TITLES)[:1], series)
    assert link.relation == "resend"
    late = make_series("PATCH", "two", 30, TITLES)
    other = make_series("PATCH", "two", 1, FIVE)
    for new in (late, other):
        assert len(labels([make_series("PATCH", "one", 0, TITLES)[0], *new])) == 2


def test_a_cover_letter_that_came_alone_under_other_words():
    """A cover letter without patches belongs to what its sender sent within the hour."""
    bare = make_series("PATCH", "one", 0, TITLES, cover="timer: some fixes")[0]
    more = {"cover": "Some timer fixes"}
    link = only_link([bare], make_series("PATCH", "two", 0.01, TITLES, **more))
    assert (link.relation, link.newer.message_id) == ("resend", "two-0@doe.example")
    for new in (
        make_series("PATCH", "two", 1, TITLES, **more),
        make_series("PATCH", "two", 0.01, TITLES, cover="The vgic locks"),
        make_series("PATCH", "two", 0.01, FIVE, **more),
        make_series("PATCH", "two", 0.01, TITLES, sender=ROB, **more),
    ):
        assert len(labels([bare, *new])) == 2


def test_a_series_that_is_sent_again_for_its_cover_letter():
    """Patches that went out without their cover letter come again within the day."""
    first = make_series("PATCH", "one", 0, FIVE, code="1")[1:]
    link = only_link(first, make_series("PATCH", "two", 0.05, FIVE, cover="Five parts"))
    assert (link.relation, link.newer.message_id) == ("branch", "two-0@doe.example")
    others = (*FIVE[:2], "Mend part six", "Mend part seven", "Mend part eight")
    for new in (
        make_series("PATCH", "two", 5, FIVE, cover="Five parts"),
        make_series("PATCH", "two", 0.05, others, cover="Five parts"),
        make_series("PATCH", "two", 0.05, FIVE, cover="Five parts", sender=ROB),
    ):
        assert len(labels([*first, *new])) == 2


def test_the_next_number_may_take_more_than_a_year():
    """The stated next number of most of the patches is one after 500 days, not after 1,000."""
    first = make_series("PATCH v6", "one", 0, FIVE)
    next_ = {"cover": "Mend the parts", "code": "2"}
    link = only_link(first, make_series("PATCH v7", "two", 500, FIVE, **next_))
    assert link.relation == "revision"
    for tag, day in (("PATCH v7", 1_000), ("PATCH v9", 500), ("PATCH", 500)):
        assert len(labels([*first, *make_series(tag, "two", day, FIVE, **next_)])) == 2


RETITLED = {
    "few words and the file": ("PATCH v2", "timer: Order the locks of it", 5, "virt/timer.c"),
    "other words, the file, a day": ("PATCH v2", "vgic: Repair a race", 1, "virt/timer.c"),
    "an RFC and then v3": ("PATCH v3", "timer: Lock it in order", 5, "virt/timer.c"),
}


@pytest.mark.parametrize("name", RETITLED)
def test_the_next_number_under_another_title(name):
    """The sender and the file make a series of another title the next version."""
    tag, title, day, path = RETITLED[name]
    old = "RFC PATCH v2" if tag == "PATCH v3" else "PATCH"
    first = patch(f"[{old}] timer: Fix lock order", "a@doe.example")
    second = patch(f"[{tag}] {title}", "b@doe.example", day, (edit(path, "more"),))
    link = only_link(first, second)
    assert (link.relation, link.confidence) == ("revision", 0.6)


NOT_RETITLED = {
    "another file": {"path": "virt/clock.c"},
    "another sender": {"sender": ROB},
    "a month later": {"day": 40},
    "not the next number": {"tag": "PATCH v4"},
    "no number": {"tag": "PATCH"},
    "its own link to v1": {"notes": f"v1: {LORE}/other@doe.example\n"},
}


@pytest.mark.parametrize("name", NOT_RETITLED)
def test_what_is_no_next_number_of_another_title(name):
    """Without the sender, file, number or time, or with a link elsewhere, it is other work."""
    more = {"tag": "PATCH v2", "day": 1, "path": "virt/timer.c", **NOT_RETITLED[name]}
    tag, day, path = more.pop("tag"), more.pop("day"), more.pop("path")
    first = patch("[PATCH] timer: Fix lock order", "a@doe.example")
    second = patch(
        f"[{tag}] vgic: Repair a race", "b@doe.example", day, (edit(path, "more"),), **more
    )
    assert len(labels([first, second])) == 2


AST = "Add the ax2600 {} driver"
BOTH = (edit("drivers/bus/Makefile", "new"), edit("drivers/bus/ax2600.c", "new"))


def renamed(tag="PATCH v17", name="bus4", day=170, edits=BOTH, old="PATCH v16", first=BOTH, **more):
    """Return the chains of a lone patch for the `bus4v2` and of one for another name."""
    first = patch(
        f"[{old}] {AST.format('bus4v2')}", "a@doe.example", edits=[edit(one.path) for one in first]
    )
    new = patch(f"[{tag}] {AST.format(name)}", "b@doe.example", day, edits, **more)
    return labels([first, new])


@pytest.mark.parametrize("name", ["bus4", "bus4v2n"])
def test_the_next_high_number_names_the_thing_otherwise(name):
    """Half a year later the number after v16 has the same files, and a longer or shorter name."""
    assert len(renamed(name=name)) == 1


NOT_RENAMED = {
    "another name": {"name": "bus5v2"},
    "a low number": {"old": "PATCH", "tag": "PATCH v2"},
    "not the next number": {"tag": "PATCH v18"},
    "one file more": {"edits": (*BOTH, edit("drivers/bus/other.c"))},
    "one file": {"edits": BOTH[1:], "first": BOTH[1:]},
    "another sender": {"sender": ROB},
    "two years later": {"day": 700},
}


@pytest.mark.parametrize("name", NOT_RENAMED)
def test_what_is_no_next_high_number_of_a_thing(name):
    """With another name, file, sender or number, or a low one, it is other work."""
    assert len(renamed(**NOT_RENAMED[name])) == 2


def test_likeness_yields_to_better_evidence():
    """The v2 of a second patch to a file does not follow the first, which has its own v2."""
    first = patch("[PATCH] timer: Fix lock order", "a@doe.example")
    other = patch("[PATCH v2] vgic: Repair a race", "b@doe.example", 1, (edit(added="b"),))
    own = patch("[PATCH v2] timer: Fix lock order", "c@doe.example", 2, (edit(added="c"),))
    assert [[one[1] for one in chain] for chain in labels([first, other, own])] == [
        ["timer: Fix lock order"] * 2,
        ["vgic: Repair a race"],
    ]


def test_a_patch_that_is_retitled_within_hours():
    """Sent again an hour later with a better title and no number, it replaces the first."""
    first = patch("[PATCH] timer: Fix lokc order", "a@doe.example")
    again = patch("[PATCH] timer: Fix the order of locks", "b@doe.example", 1 / 24)
    assert only_link(first, again).relation == "resend"
    for day, added, title in (
        (1, "more", "Fix the order of locks"),
        (1 / 24, "more", "Read the clock"),
    ):
        later = patch(f"[PATCH] timer: {title}", "b@doe.example", day, (edit(added=added),))
        assert len(labels([first, later])) == 2


def test_names_in_titles_tell_works_apart():
    """Drivers for two chips have titles of the same words but for the chips' names."""
    old = patch("[PATCH] watchdog: Add support for the mt8186 chip", "a@doe.example")
    new = patch(
        "[PATCH v2] watchdog: Add support for the mt8188 chip",
        "b@doe.example",
        20,
        (edit(added="mt8188"), edit("virt/mt8188.c")),
    )
    assert len(labels([old, new])) == 2


def test_patches_of_one_generic_title_ask_for_files():
    """Patches `Fix typos` for two files are two works; v2 follows the one with its file."""
    first = patch("[PATCH] virt: Fix typos", "a@doe.example")
    other = patch("[PATCH] virt: Fix typos", "b@doe.example", 1, (edit("virt/clock.c"),))
    assert len(labels([first, other])) == 2
    second = patch("[PATCH v2] virt: Fix typos", "c@doe.example", 2, (edit(added="more"),))
    chains = link_series(group(first, other, second))
    assert [[one.patches[0].message_id[0] for one in chain.series] for chain in chains] == [
        ["a", "c"], ["b"],
    ]  # fmt: skip
    alone = patch("[PATCH v2] virt: Fix typos", "c@doe.example", 2, (edit("virt/lamp.c"),))
    assert only_link(first, alone).relation == "revision"
    for tag, day in (("PATCH", 2), ("PATCH v3", 2), ("PATCH v2", 90)):
        late = patch(f"[{tag}] virt: Fix typos", "c@doe.example", day, (edit("virt/lamp.c"),))
        assert len(labels([first, late])) == 2


HANDED_ON = make_series("PATCH v8", "eight", 30, (*TITLES, *OTHER), code="8", sender=ROB, cover="X")


def test_another_sender_goes_on_with_the_next_number():
    """Somebody else's v8 with all titles of v7 follows it, whatever the cover letter is called."""
    old = make_series("PATCH v7", "seven", 0, (*TITLES, *OTHER))
    assert only_link(old, HANDED_ON).relation == "revision"
    again = make_series(
        "PATCH", "new", 30, TITLES, code="8", sender=ROB, cover="X",
        cover_text="Changes from Jane's v7:\n - a lock",
    )  # fmt: skip
    old = make_series("PATCH v7", "seven", 0, TITLES)
    assert only_link(old, again).relation == "revision"


@pytest.mark.parametrize(
    "new",
    [
        make_series("PATCH v9", "nine", 30, (*TITLES, *OTHER), code="9", sender=ROB, cover="X"),
        make_series("PATCH v8", "eight", 30, ("Open it", *TITLES[:1]), sender=ROB, cover="X"),
        make_series("PATCH", "new", 30, (*TITLES, *OTHER), code="8", sender=ROB, cover="X"),
        make_series("PATCH v8", "eight", 500, (*TITLES, *OTHER), code="8", sender=ROB, cover="X"),
    ],
    ids=["not the next number", "half of the titles", "no number, no words", "a year later"],
)
def test_another_sender_with_less_is_not_followed(new):
    """Another sender needs the next number or the words, the titles, and the year."""
    old = make_series("PATCH v7", "seven", 0, (*TITLES, *OTHER))
    assert len(labels([*old, *new])) == 2


def test_another_sender_goes_on_with_a_title_that_was_cut():
    """A gateway cut the title at its fold: the next number, from another address, has it whole."""
    words = "timer: Order the locks of the second"
    whole = f"[PATCH v2] {words} channel after a late reset"
    first = patch(f"[PATCH] {words}", "a@doe.example", 0)
    assert only_link(first, patch(whole, "b@roe.example", 5, sender=ROB)).relation == "revision"
    for title, path in (
        (f"[PATCH v2] {words}ary channel after a late reset", "virt/timer.c"),
        (whole, "virt/lamp.c"),
        (whole.replace(" v2", ""), "virt/timer.c"),
    ):
        new = patch(title, "b@roe.example", 5, (edit(path, "other"),), sender=ROB)
        assert len(labels([first, new])) == 2
    short = patch("[PATCH] timer: Order", "a@doe.example", 0)
    new = patch("[PATCH v2] timer: Order the second locks", "b@roe.example", 5, sender=ROB)
    assert len(labels([short, new])) == 2


def test_a_series_of_which_most_is_not_here_is_not_taken_over():
    """Of nineteen patches one is here: that another series has it does not continue them."""
    words = {"cover": "X", "cover_text": "Changes from v7:\n - a lock", "sender": ROB, "code": "8"}
    titles = (*TITLES, *OTHER)
    nineteen = [f"Mend piece p{number}" for number in range(18)]
    old = make_series("PATCH v7", "seven", 0, (titles[0], *nineteen))[:2]
    assert len(labels([*old, *make_series("PATCH v8", "new", 30, titles, **words)])) == 2
    old = make_series("PATCH v7", "seven", 0, titles)
    assert len(labels([*old, *make_series("PATCH v8", "new", 30, titles, **words)])) == 1


def test_one_patch_of_many_is_sent_on_by_another():
    """A patch of nineteen in another's series, under its author's name, is no next revision."""
    nineteen = [f"Mend piece p{number}" for number in range(18)]
    old = make_series("PATCH", "one", 0, (TITLES[0], *nineteen))
    title = f"[PATCH v2 16/21] {TITLES[0]}"
    edits = (edit(f"virt/{TITLES[0].split()[-1]}.c", TITLES[0]),)
    text = f"From: {JANE}\n\nSome words.\n"
    by_rob = patch(title, "b@roe.example", 30, edits, sender=ROB, text=text)
    assert by_rob.author.email == "jane@doe.example"
    assert len(labels([*old[:2], by_rob])) == 2
    by_jane = patch(title, "b@doe.example", 30, edits)
    assert len(labels([*old[:2], by_jane])) == 1


def test_the_next_number_of_a_title_with_few_of_the_files():
    """v7 of nearly the same title changes a fifth of the files of v6; v8 is too far."""
    old = make_series("PATCH v6", "six", 0, FIVE, cover="Mend the second timer of the lamp")
    titles = [*FIVE[:2], *(f"Add piece p{number}" for number in range(4))]
    for tag, cover, chains in (
        ("PATCH v7", "Mend the timer of the lamp", 1),
        ("PATCH v8", "Mend the timer of the lamp", 2),
        ("PATCH v7", "Paint the hall of the lamp", 2),
    ):
        new = make_series(tag, "new", 200, titles, cover=cover, code="7")
        assert len(labels([*old, *new])) == chains
