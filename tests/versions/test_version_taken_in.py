"""Lone patches that somebody else takes into a set of his own, or that grow to a set."""

import pytest

from kvminbox import link_series
from kvminbox.gist import make_gist
from kvminbox.versions.before import find_compared
from tests.versions.test_version_chains import labels, only_link
from tests.versions.version_mails import JANE, ROB, edit, group, mail, patch

FIX = "timer: Keep the register"


def send_set(tag="PATCH", day=5, sender=ROB, code="fix", **more):
    """Return Rob's set: Jane's fix, sent on with her name, and two other patches."""
    text = more.get("cover", "Words.\n")
    title, rest = more.get("title", "Mend registers"), more.get("rest", ())
    head = mail(f"[{tag} 0/{3 + len(rest)}] {title}", "c@roe.example", day, sender, text=text)
    second = more.get("second", sender)
    patches = (
        (
            more.get("fix", FIX),
            edit(*more.get("file", "").split(), added=code),
            more.get("author", JANE),
        ),
        ("clock: Write it once", edit("virt/clock.c"), second),
        ("alarm: Write it once", edit("virt/alarm.c"), more.get("third", second)),
        *((title, edit(f"virt/{number}.c"), sender) for number, title in enumerate(rest)),
    )
    return [
        head,
        *(
            patch(
                f"[{tag} {number}/{len(patches)}] {title}", f"{number}@roe.example", day, (change,),
                sender=sender, parents=("c@roe.example",), text=f"From: {author}\n\nWords.\n",
            )
            for number, (title, change, author) in enumerate(patches, 1)
        ),
    ]  # fmt: skip


def send_fix(tag="PATCH v2"):
    """Return Jane's lone patch."""
    return patch(f"[{tag}] {FIX}", "fix@doe.example", 0, (edit(added="fix"),))


@pytest.mark.parametrize("tag", ["PATCH", "PATCH v2", "PATCH v3"])
def test_a_patch_in_the_set_that_another_sender_builds_on_it_is_collected(tag):
    """The same patch under its author's name is superseded, whatever number the set has."""
    link = only_link(send_fix(tag), *send_set())
    assert (link.older.message_id, link.newer.message_id) == ("fix@doe.example", "c@roe.example")
    assert link.relation == "collected"
    assert link.reasons == ("the author's older patches are some of it",)


def test_a_patch_that_was_changed_on_the_way_is_collected_too():
    """It has its author's name, title and file still: that is the patch as it goes on."""
    assert only_link(send_fix(), *send_set(code="other")).relation == "collected"


def send_pair(title="clock: Write it once"):
    """Return Jane's cover letter, and two patches that come again in Rob's set."""
    head = mail("[PATCH v4 0/2] Mend two", "fix@doe.example", 0, text="Words.\n")
    second = edit("virt/clock.c", added="fix")
    return [
        head,
        patch(f"[PATCH v4 1/2] {FIX}", "1@doe.example", 0, (edit(added="fix"),),
              parents=("fix@doe.example",)),
        patch(f"[PATCH v4 2/2] {title}", "2@doe.example", 0, (second,),
              parents=("fix@doe.example",)),
    ]  # fmt: skip


def test_a_series_that_another_set_takes_in_is_collected():
    """All its patches are in a larger set, beside its sender's own: it is superseded."""
    taken = send_set(second=JANE, third=ROB, rest=["bell: Write it once"])
    link = only_link(*send_pair(), *taken)
    assert (link.older.message_id, link.newer.message_id) == ("fix@doe.example", "c@roe.example")
    assert link.relation == "collected"


@pytest.mark.parametrize(
    ("pair", "taken"),
    [
        (send_pair(), send_set(second=JANE, third=ROB)),
        (send_pair("clock: Read it"), send_set(rest=["bell: Ring", "lock: Lock"])),
    ],
    ids=["most of the set", "half of the series"],
)
def test_a_series_that_another_set_does_not_take_in(pair, taken):
    """Where most of the set is hers, or the set lacks one of her patches, the two are apart."""
    assert [len(chain.series) for chain in link_series(group(*pair, *taken))] == [1, 1]


def test_a_part_of_a_series_is_not_taken_in_for_all_of_it():
    """Where the cover letter and one of two patches are here, the other may wait elsewhere."""
    taken = send_set(second=JANE, third=ROB, rest=["bell: Write it once"], code="other")
    assert len(link_series(group(*send_pair()[:2], *taken))) == 2


def test_a_title_of_two_words_is_not_taken_in_changed():
    """`timer: Fix typo` may be another patch of hers, unless its lines are the same."""
    fix = patch("[PATCH] timer: Fix typo", "fix@doe.example", 0, (edit(added="fix"),))
    taken = [send_set(code=code, fix="timer: Fix typo") for code in ("fix", "other")]
    assert [len(link_series(group(fix, *one))) for one in taken] == [1, 2]


def test_a_set_that_took_in_another_senders_patch_is_no_version_of_it():
    """It is compared with nothing: nobody added a patch to a series of one."""
    (chain,) = link_series(group(send_fix(), *send_set()))
    assert find_compared(chain, chain.series[-1]) is None


def test_a_sender_with_another_address_collects_the_patch_too():
    """Whoever sends a patch and later, from another address, a set with it has collected it."""
    link = only_link(send_fix("PATCH"), *send_set(sender="Jane Doe <jane@work.example>"))
    assert link.relation == "collected"


@pytest.mark.parametrize(
    "more",
    [
        {"code": "other", "file": "virt/other.c"},
        {"code": "other", "title": "Backport the fixes"},
        {"code": "other", "tag": "RFC PATCH"},
        {"code": "other", "tag": "PATCH OLK-5.10"},
        {"code": "other", "title": "Fixes for 5.4.y"},
        {"title": "Backport the fixes"},
        {"title": "Cherry-pick the fixes"},
        {"title": "Fixes of the 5.10 kernel"},
        {"title": "Stable fixes"},
        {"title": "RFC: mend registers"},
        {"tag": "RFC PATCH"},
        {"tag": "PATCH OLK-5.10"},
        {"tag": "PATCH DO-NOT-MERGE"},
        {"tag": "PATCH for-5.10"},
        {"second": JANE},
        {"second": "Ann Other <ann@other.example>", "third": ROB},
        {"author": ROB},
        {"tag": "PATCH 6.6.y"},
        {"day": 500},
        {"cover": "Hello.\n\nThe following changes since commit 0a1b2c3d4e5f:\n\n  Begin\n"},
    ],
    ids=[
        "of another file",
        "a backport by its title",
        "an RFC",
        "for a vendor's tree",
        "for a stable tree by its title",
        "a backport of the same by its title",
        "picked from elsewhere",
        "for another kernel by its title",
        "for stable by its title",
        "an RFC of the same by its title",
        "an RFC of the same",
        "the same for a vendor's tree",
        "the same, not to be merged",
        "the same for a release",
        "all are hers",
        "of three people",
        "his name",
        "for stable",
        "a year later",
        "to pull",
    ],
)
def test_a_patch_in_what_a_maintainer_sends_on_is_not_collected(more):
    """What changes another file, or is sent on for others or later, is apart from it."""
    assert len(labels([send_fix(), *send_set(**more)])) == 2


@pytest.mark.parametrize("words", ["Hello.", "v2: changed what Ann said"])
def test_an_index_keeps_that_a_set_is_to_be_pulled(words):
    """Where only the gist of a cover letter is kept, the set takes nothing in either."""
    text = f"{words}\n\nThe following changes since commit 0a1b2c3d4e5f:\n\n  Begin\n"
    kept = make_gist(send_set(cover=text)[0]).body
    taken = send_set(cover=kept)
    assert len(labels([send_fix(), *taken])) == 2
    assert len(labels([send_fix(), *send_set(cover=words)])) == 1


GREW = ("kernel/panic.c", *(f"kernel/warn{number}.c" for number in range(7)))


def grow(notes="Changes from v1\n\n1) Do it in all places.\n", tag="PATCH v2", files=GREW, **more):
    """Return a lone patch, and the set that it grew to, with a word less in its title."""
    title, day = more.get("title", "Introduce the halt_on_warn parameter"), more.get("day", 28)
    edits = tuple(edit(path) for path in files)
    old = (edit("kernel/panic.c"), edit("Documentation/parameters.txt"))
    return [
        patch("[PATCH] Introduce the halt_on_warn boot parameter", "a@doe.example", 0, old),
        mail(f"[{tag} 0/2] {title}", "c@doe.example", day, text=notes),
        *(
            patch(
                f"[{tag} {number}/2] {words}", f"{number}@doe.example", day, some,
                parents=("c@doe.example",),
            )
            for number, words, some in (
                (1, "bug: Divide the function", edits[1:]), (2, "sysctl: Add it", edits[:1]),
            )
        ),
    ]  # fmt: skip


def test_a_patch_that_grew_to_a_set_is_followed_by_what_lists_its_changes():
    """Nearly one title, the next number, a file and a list of changes from v1 are enough."""
    assert only_link(*grow()).relation == "revision"


@pytest.mark.parametrize(
    "more",
    [
        {"notes": "Words.\n"},
        {"files": GREW[1:]},
        {"tag": "PATCH"},
        {"title": "Introduce the number of warnings"},
        {"day": 800},
    ],
    ids=["no list", "no file", "no number", "another title", "years later"],
)
def test_a_set_with_few_of_a_patchs_files_does_not_follow_it(more):
    """Without the list of changes, the file, the number or the title it is other work."""
    assert len(labels(grow(**more))) == 2
