"""What authors say of older revisions, and what numbers, trees and dates allow."""

import random
from datetime import UTC, datetime, timedelta

import pytest

import kvminbox.versions.mentions as mentions_room
from kvminbox import Entry, group_series, link_series, read_message
from tests.mails import write_mail
from tests.versions.test_version_chains import LORE, OTHER, TITLES, labels, only_link
from tests.versions.version_mails import ROB, edit, group, mail, make_series, patch

OLD = make_series("PATCH v2", "old", 0, TITLES)
SENTENCES = {
    "an id": "This series supersedes <old-0@doe.example>.",
    "a link": f"This replaces the patches at {LORE}/old-2@doe.example/",
    "a footnote": f"This version obsoletes my series [1].\n\n[1] {LORE}/old-0@doe.example",
    "a quoted title": 'This supersedes "[PATCH v2 0/2] Mend the timer", which had a fault.',
    "a link below": f"It supersedes:\n\n  {LORE}/old-0@doe.example\n",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_says_what_is_superseded(name):
    """A series of another title and a lower number follows what its cover letter names."""
    new = make_series("PATCH", "new", 9, OTHER, cover="A house", cover_text=SENTENCES[name])
    link = only_link(OLD, new)
    assert (link.relation, link.confidence) == ("revision", 0.95)
    assert link.reasons[0] == "a sentence of it says that it supersedes the older one"


NO_SENTENCES = {
    "a negation": "This series does not replace <old-0@doe.example>.",
    "the other direction": "This series is superseded by <old-0@doe.example>.",
    "something else is replaced": f"This replaces the lock, as said in {LORE}/old-0@doe.example",
    "somebody else does it": "Their driver supersedes <old-0@doe.example>.",
    "another title": 'This supersedes "[PATCH v2 0/2] Mend the clock".',
    "another sentence": f"This supersedes it. See {LORE}/old-0@doe.example",
}


@pytest.mark.parametrize("name", NO_SENTENCES)
def test_a_sentence_that_says_something_else(name):
    """The verb must be said of this series, and of a series."""
    new = make_series("PATCH v3", "new", 9, OTHER, cover="A house", cover_text=NO_SENTENCES[name])
    assert len(labels([*OLD, *new])) == 2


def test_a_sentence_of_a_stranger_needs_likeness():
    """Who says that it supersedes somebody else's series must at least have a title like it."""
    text = SENTENCES["an id"]
    new = make_series("PATCH", "new", 9, OTHER, cover="A house", cover_text=text, sender=ROB)
    assert len(labels([*OLD, *new])) == 2


@pytest.mark.parametrize(
    ("sender", "parent", "text", "count"),
    [
        (None, "new-0@doe.example", "Supersedes: <old-0@doe.example>", 1),
        (None, "old-0@doe.example", "Superseded-by: <new-0@doe.example>", 1),
        (None, "new-0@doe.example", "> Supersedes: <old-0@doe.example>", 2),
        (ROB, "new-0@doe.example", "Supersedes: <old-0@doe.example>", 2),
        (None, "absent@doe.example", "Supersedes: <old-0@doe.example>", 2),
    ],
    ids=["the new one", "the old one", "a quote", "somebody else", "another thread"],
)
def test_an_answer_says_later_what_is_superseded(sender, parent, text, count):
    """`Supersedes:` in an answer of the sender to the series counts as if it were in it."""
    new = make_series("PATCH", "new", 9, OTHER, cover="A house")
    more = {"sender": sender} if sender else {}
    answer = mail("Re: [PATCH 0/2] A house", "re@doe.example", 10, text=text + "\n",
                  parents=(parent,), **more)  # fmt: skip
    chains = link_series(group(OLD, new, answer), replies=[answer])
    assert len(chains) == count


@pytest.mark.parametrize(
    "text",
    [
        f"v1:\n\n{LORE}/one-0@doe.example\n",
        f"Changes since v1:\n\n{LORE}/one-0@doe.example\n",
        f"[v1] {LORE}/one-0@doe.example/\n",
        f"Previous version [v1].\n\n[v1]: {LORE}/one-0@doe.example/\n",
    ],
)
def test_links_apart_from_their_label(text):
    """A link may be below `v1:` and a blank line, or marked `[v1]`."""
    old = make_series("PATCH", "one", 0, ("Lock the timer",))
    new = make_series(
        "PATCH v2", "two", 500, ("Bolt the timer",), cover="Repair time", cover_text=text
    )
    assert only_link(old, new).reasons == ("it links to the older one as v1",)


@pytest.mark.parametrize(
    "text",
    [
        f"v1:\n\n\n{LORE}/one-0@doe.example\n",
        f"v1 was nice\n\n{LORE}/one-0@doe.example\n",
        f"This is based on {LORE}/one-0@doe.example\n",
    ],
)
def test_links_that_are_too_far_from_a_label(text):
    """Two blank lines, or a paragraph that ends in no colon, do not name a link."""
    old = make_series("PATCH", "one", 0, ("Lock the timer",))
    new = make_series(
        "PATCH v2", "two", 500, ("Bolt the timer",), cover="Repair time", cover_text=text
    )
    assert len(labels([*old, *new])) == 2


def test_a_link_without_a_word_needs_likeness():
    """A cover letter that links to the series before, which is much like it, follows it."""
    text = f"See {LORE}/one-0@doe.example for a longer story.\n"
    old = make_series("PATCH", "one", 0, TITLES)
    new = make_series("PATCH v2", "two", 5, (TITLES[0], *OTHER), cover="Repair", cover_text=text)
    assert "it links to v1 and is similar to it" in only_link(old, new).reasons
    far = make_series("PATCH v2", "two", 5, OTHER, cover="A house", cover_text=text)
    assert len(labels([*old, *far])) == 2


def test_the_nearest_older_one_is_the_one_before():
    """v2 that links to the first of two v1 follows the second; both are superseded."""
    first = patch("[PATCH] Fix it in order", "a@doe.example")
    second = patch("[PATCH] Fix it in order", "b@doe.example", 1, (edit(added="b"),))
    third = patch(
        "[PATCH v2] Fix it in order", "c@doe.example", 2, (edit(added="c"),),
        notes=f"v1: {LORE}/a@doe.example\n",
    )  # fmt: skip
    (chain,) = link_series(group(first, second, third))
    assert [one.previous and one.previous.message_id for one in chain.series] == [
        None, "a@doe.example", "b@doe.example",
    ]  # fmt: skip
    assert all(one.next for one in chain.series[:-1])


def test_every_older_one_is_superseded():
    """Of two v2, v3 follows the one by its sender; the other one has a next version, too."""
    messages = [
        make_series("PATCH", "one", 0, TITLES),
        make_series("PATCH v2", "mine", 2, TITLES, code="2"),
        make_series("PATCH v2", "other", 3, TITLES, code="rob", sender=ROB),
        make_series("PATCH v3", "three", 9, TITLES, code="3"),
    ]
    (chain,) = link_series(group(*messages))
    assert chain.series[3].previous == chain.series[1].ref
    assert all(one.next for one in chain.series[:3])


def test_words_to_a_lower_number_come_before_a_kept_number():
    """A second v2 that links to v1 follows v1, unless it is a resend of the first v2."""
    first = make_series("PATCH", "one", 0, TITLES)
    second = make_series("PATCH v2", "two", 2, TITLES, code="2")
    link = f"v1: {LORE}/one-0@doe.example"
    for code, tag, previous in (
        ("other", "PATCH v2", "one"),
        ("2", "PATCH v2", "two"),
        ("other", "PATCH RESEND v2", "two"),
    ):
        again = make_series(tag, "again", 4, TITLES, code=code, cover_text=link)
        (chain,) = link_series(group(first, second, again))
        assert chain.series[2].previous.message_id == f"{previous}-0@doe.example"


def test_a_stray_lower_number_is_not_the_nearest():
    """A v1 that is sent by mistake between v5 and v6 is in the chain, but v6 follows v5."""
    (chain,) = link_series(
        group(
            make_series("PATCH v5", "five", 0, TITLES, code="5"),
            make_series("PATCH v1", "stray", 5, TITLES, code="x"),
            make_series("PATCH v6", "six", 9, TITLES, code="6"),
        )
    )
    assert chain.series[-1].previous.message_id == "five-0@doe.example"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PATCH", "PATCH v2 6.12"),
        ("PATCH 6.12", "PATCH v2 for-6.12"),
        ("PATCH 6.12", "PATCH v2 6.13"),
        ("PATCH v6.12 v1", "PATCH 6.12 v2"),
        ("PATCH stable 4.9", "PATCH stable v4.9 v2"),
        ("PATCH 4.19.y", "PATCH stable 4.19 v2"),
        ("PATCH for-stable-5.4", "PATCH v2 for-stable-5.4"),
        ("PATCH", "PATCH mm-unstable v2"),
        ("PATCH mm-unstable", "PATCH v2 mm-hotfixes-stable"),
        ("PATCH staging-unstable", "PATCH v2"),
        ("RFC PATCH", "PATCH mm-unstable"),
        ("PATCH v2", "PATCH v3 mm-hotfixes-unstable"),
        ("PATCH mm-unstable", "PATCH v2 mm-stable"),
        ("PATCH", "PATCH v2 akpm-mm:mm-stable"),
        ("PATCH", "PATCH v2 staging-unstable"),
    ],
)
def test_a_release_to_aim_for_is_no_stable_tree(old, new):
    """The next number may name a release, another one, or the same stable tree otherwise.

    Where a tree is called unstable, or is a branch of memory management's, nobody backports to it.
    """
    one = patch(f"[{old}] virt: Fix it in order", "a@doe.example")
    two = patch(f"[{new}] virt: Fix it in order", "b@doe.example", 5, (edit(added="more"),))
    assert only_link(one, two).relation == "revision"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("PATCH", "PATCH 6.12", ""),
        ("PATCH 6.12", "PATCH 6.6", ""),
        ("PATCH", "PATCH v2 6.12.y", ""),
        ("PATCH 4.19.y", "PATCH v2 4.14.y", ""),
        ("PATCH", "PATCH v2 stable", ""),
        ("PATCH", "PATCH v2 linux-stable-rc:linux-5.4.y", ""),
        ("PATCH for-stable-5.4", "PATCH for-stable-4.19", ""),
        ("PATCH", "PATCH v2 xfs-stable", ""),
        ("PATCH", "PATCH v2 linux-stable", ""),
        ("PATCH", "PATCH v2 6.12", "commit 0123456789abcdef0123456789abcdef01234567 upstream.\n"),
        ("PATCH", "PATCH v2 6.12", "[ Upstream commit 0123456789ab ]\n"),
    ],
)
def test_a_stable_tree_is_one(old, new, text):
    """A backport, of a patch or for another release, is no revision."""
    one = patch(f"[{old}] virt: Fix it in order", "a@doe.example")
    two = patch(
        f"[{new}] virt: Fix it in order", "b@doe.example", 5, (edit(added="more"),),
        text=text + "\nWords.\n",
    )  # fmt: skip
    assert len(labels([one, two])) == 2


def test_a_pull_request_may_be_the_next_revision():
    """`[GIT PULL][PATCH v2 0/2]` follows v1; without PATCH and a number it is what was reviewed."""
    old = make_series("PATCH", "one", 0, TITLES)
    assert len(labels([*old, *make_series("GIT PULL][PATCH v2", "two", 5, TITLES, code="2")])) == 1
    assert len(labels([*old, *make_series("GIT PULL][PATCH", "two", 5, TITLES, code="2")])) == 2


def test_an_unlabelled_resend_follows_its_version():
    """`[PATCH RESEND]` of v2 without its number is a resend of v2; with another title it is not."""
    two = patch("[PATCH v2] virt: Fix it in order", "b@doe.example")
    again = patch("[PATCH RESEND] virt: Fix it in order", "c@doe.example", 1)
    assert only_link(two, again).relation == "resend"
    title = "[PATCH RESEND] virt: Fix it at once"
    other = patch(title, "c@doe.example", 1, (edit(added="other"),))
    assert len(labels([two, other])) == 2


def test_trees_tell_companions_apart():
    """v2 for one project does not follow v1 of the same title for another one."""
    ours = make_series("PATCH", "one", 0, TITLES)
    theirs = make_series("PATCH kvmtool v2", "two", 3, OTHER)
    assert len(labels([*ours, *theirs])) == 2


MONDAY = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)


def sent(tag, identity, date, arrived):
    """Return a patch that was dated some hours after Monday morning, and arrived after others."""
    diff = f"diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,3 @@\n a\n+{identity}\n b\n"
    raw = write_mail(
        f"[{tag}] virt: Fix it in order", f"Words.\n---\n{diff}", ids=(f"{identity}@doe.example",),
        sent=MONDAY + timedelta(hours=date),
    )  # fmt: skip
    oid = identity.encode().hex().ljust(40, "0")
    moment = MONDAY + timedelta(hours=arrived)
    return read_message(raw, Entry(epoch=0, commit=oid, blob=oid, arrived=moment, change="message"))


@pytest.mark.parametrize(
    ("dates", "arrivals", "order"),
    [
        ((0, 1), (0, 1), [1, 2]),
        ((5, 1), (6, 7), [1, 2]),
        ((0, 0), (1, 2), [1, 2]),
        ((0, 1), (9, 2), [1, 2]),
        ((5, 1), (7, 6), [2, 1]),
    ],
    ids=["plain", "dates go backwards", "equal dates", "a moderator held v1", "both backwards"],
)
def test_arrival_decides_where_dates_contradict(dates, arrivals, order):
    """v2 follows v1 if the dates or the arrivals say so; where neither does, it is the first."""
    messages = [
        sent("PATCH", "zz", dates[0], arrivals[0]),
        sent("PATCH v2", "aa", dates[1], arrivals[1]),
    ]
    chains = link_series(group_series(messages))
    assert sum(len(chain.links) for chain in chains) == 1
    assert [one.revision for one in chains[0].series] == order


def test_what_a_series_builds_on():
    """`Based-on:` and `Depends-on:` with an id, and b4's prerequisites, name other series."""
    base = make_series("PATCH", "one", 0, TITLES, tail="change-id: 20240101-a-0a1b2c3d4e5f\n")
    other = make_series("PATCH v2", "two", 1, OTHER, cover="A house")
    text = (
        "Based-on: <one-2@doe.example>\n"
        f"Depends-On: {LORE}/two-0@doe.example/\n"
        "Depends-on: series-7 (\"A lamp\")\nDepends-on: <absent@doe.example>\n"
        "Based-on: <new-0@doe.example>\n"
    )  # fmt: skip
    new = make_series("PATCH", "new", 9, ("Paint it",), cover="Paint", cover_text=text)
    series = [one for chain in link_series(group(base, other, new)) for one in chain.series]
    assert [(one.kind, one.value) for one in new[0].prerequisites] == [
        ("message-id", f"{name}@doe.example") for name in ("one-2", "two-0", "absent", "new-0")
    ]
    refs = {one.title: one.ref for one in series}
    assert series[-1].depends_on == (refs["Mend the timer"], refs["A house"])
    assert not any(one.depends_on for one in series[:-1])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("20240101-a-0a1b2c3d4e5f:v1", 1),
        ("20240101-a-0a1b2c3d4e5f", 1),
        ("20240101-a-0a1b2c3d4e5f:v2", 0),
        ("20240101-b-0a1b2c3d4e5f", 0),
    ],
)
def test_a_change_id_names_a_prerequisite(value, found):
    """b4 names the series that another one needs by its change-id, with or without a number."""
    base = make_series("PATCH", "one", 0, TITLES, tail="change-id: 20240101-a-0a1b2c3d4e5f\n")
    new = make_series(
        "PATCH", "new", 9, OTHER, cover="X", tail=f"prerequisite-change-id: {value}\n"
    )
    *_, last = [one for chain in link_series(group(base, new)) for one in chain.series]
    assert len(last.depends_on) == found


@pytest.mark.parametrize("end", ["{}", "({})", "[{}]"])
def test_a_revision_at_the_end_of_a_title(end):
    """`Mend the timer v2` is the title `Mend the timer`, which each revision has."""
    first, second = (
        make_series("PATCH", name, day, (TITLES[0], title), cover=f"Mend it {end.format(name)}")
        for name, day, title in (("v2", 0, TITLES[1]), ("v3", 5, OTHER[1]))
    )
    assert "title and sender are the same" in only_link(first, second).reasons
    for name, code in (("gicv3", ""), ("v3", "v3")):
        other = make_series("PATCH", name, 5, OTHER, cover=f"Mend it {name}", code=code)
        assert len(labels([*first, *other])) == 2


PIECES = (
    *("since", "from", "changes in", "Changes  in", "against", "Jane's", "x", "the", "to", "->"),
    *("→", "=>", "--", "-", ".", "v", "v1", "V2", "v10", "v\u0663", "\n", "\t", "\r", "\u2028"),
)


@pytest.mark.parametrize("seed", range(20))
def test_earlier_revisions_are_looked_for_line_by_line(seed):
    """Only lines that name a revision are searched, and what is found is that of the whole text."""
    chosen = random.Random(seed)
    found = 0
    for _ in range(100):
        pieces = chosen.choices(PIECES, k=chosen.randint(1, 12))
        text = "".join(piece + chosen.choice(("", " ", " ", "\n")) for piece in pieces)
        whole = [match.groups() for match in mentions_room._SAID.finditer(text)]
        assert [match.groups() for match in mentions_room._find_said(text)] == whole
        found += len(whole)
    assert found


@pytest.mark.parametrize("end", ["[ver #2]", "[ver  #2]", "(ver 2)", "[v2]", "(v2)"])
def test_a_revision_in_brackets_at_the_end(end):
    """Patches whose titles end in `[ver #2]`, as StGit writes it, follow those without it."""
    first = make_series("PATCH", "a", 1, TITLES, code="1")
    second = make_series("PATCH", "b", 8, [f"{title} {end}" for title in TITLES], code="2")
    (chain,) = link_series(group(first + second))
    assert [series.revision for series in chain.series] == [1, 2]
    assert chain.series[1].patches[0].title.startswith(f"{TITLES[0]} ")


LAMPS = tuple(f"lamps/{name}.c" for name in ("pmem", "kmem", "cxl", "hmem", "device"))


def probe_later(first_tag, tag):
    """Return a patch, one of another title to more files, and a v3 that has the first one again."""
    first = patch(
        f"[{first_tag}] lamps: probe later in the pmem driver",
        "a@doe.example",
        edits=(edit(LAMPS[0]),),
    )
    between = patch(
        f"[{tag}] lamps: probe later in all drivers",
        "b@doe.example",
        8,
        tuple(map(edit, LAMPS)),
    )
    last = [mail("[PATCH v3 0/5] lamps: probe later in all the drivers", "c-0@doe.example", 9)]
    last += [
        patch(
            f"[PATCH v3 {number}/5] lamps: probe later in the {path[6:-2]} driver",
            f"c-{number}@doe.example",
            9 + number / 86_400,
            (edit(path, "c"),),
            parents=("c-0@doe.example",),
        )
        for number, path in enumerate(LAMPS, 1)
    ]
    return [first, between, *last]  # fmt: skip


@pytest.mark.parametrize(("tag", "count"), [("PATCH v2", 1), ("PATCH", 2), ("PATCH v4", 2)])
def test_a_number_between_two_that_share_a_patch(tag, count):
    """A v2 of another title is between a v1 and the v3 that has the v1's patch again."""
    assert len(labels(probe_later("PATCH", tag))) == count


def test_links_are_within_a_chain():
    """What is but like a later series, and is of another chain, has no link to it."""
    chains = link_series(group(*probe_later("PATCH v2", "PATCH v2")))
    assert len(chains) == 2
    for chain in chains:
        refs = {series.ref for series in chain.series}
        assert all({link.older, link.newer} <= refs for link in chain.links)
