"""Which series continues an older one in whose thread it stands, and what comes again alone."""

import pytest

from kvminbox import link_series
from kvminbox.inbox.corpus import MailCorpus
from tests.versions.version_mails import ROB, edit, group, mail, make_series, patch

OLD = "[PATCH] clock: Set the hands at noon"
OTHER = "[PATCH v2] pendulum: Swing without a spring"
ONE, TWO = "one@doe.example", "two@doe.example"
REMARK, MORE = "remark@roe.example", "more@doe.example"


def change(added, *names):
    """Return edits that add one line to each of some files."""
    return tuple(edit(f"virt/{name}.c", added) for name in names)


NEXT = change("swing", "hand", "pendulum", "spring")
ANEW = change("turn the wheel", "hand", "dial")


def send_old(subject=OLD):
    """Return a lone patch, a remark on it, and the words with which its author answers that."""
    return [
        patch(subject, ONE, 0, edits=change("set the hands", "hand", "dial")),
        mail(f"Re: {subject}", REMARK, 1, sender=ROB, parents=(ONE,), text="Why at noon?\n"),
        mail(f"Re: {subject}", MORE, 2, parents=(REMARK,), text="I'll send another.\n"),
    ]


def find_links(*mails):
    """Return the links of some mails, as the ids of their two ends and the relation."""
    chains = link_series(group(*mails), replies=mails)
    links = (link for chain in chains for link in chain.links)
    return [(link.older.message_id, link.newer.message_id, link.relation) for link in links]


@pytest.mark.parametrize("above", [REMARK, MORE])
def test_the_next_number_below_an_answer_follows_whatever_its_title(above):
    """A v2 that names only an answer in the thread of v1, with another title, follows v1."""
    new = patch(OTHER, TWO, 3, parents=(above,), edits=NEXT)
    assert find_links(*send_old(), new) == [(ONE, TWO, "revision")]


@pytest.mark.parametrize(
    "new",
    [
        patch(OTHER, TWO, 3, edits=NEXT),
        patch(OTHER, TWO, 3, parents=(REMARK,), sender=ROB, edits=NEXT),
        patch(OTHER, TWO, 3, parents=(REMARK,), edits=change("ring", "bell")),
        patch(OTHER.replace("v2", "v3"), TWO, 3, parents=(REMARK,), edits=NEXT),
        patch(OTHER, TWO, 90, parents=(REMARK,), edits=NEXT),
    ],
    ids=["elsewhere", "somebody else's", "another file", "v3", "months later"],
)
def test_what_only_looks_like_the_next_number_below_an_answer(new):
    """Another place, sender, file or number, or months between: then it follows nothing."""
    assert find_links(*send_old(), new) == []


def test_a_third_number_below_an_answer_to_the_first():
    """A v3 in the thread of v1, with nearly its title, is no next version: v2 may be elsewhere."""
    new = patch(
        OLD.replace("PATCH", "PATCH v3") + " sharp", TWO, 400, parents=(REMARK,), edits=NEXT
    )
    assert find_links(*send_old(), new) == []


@pytest.mark.parametrize("above", [REMARK, MORE])
def test_an_author_who_answers_with_another_patch_replaces_the_first(above):
    """A patch without a number, in answer to a remark on the sender's own, goes on with it."""
    new = patch("[PATCH] clock: Set the hands by a wheel", TWO, 3, parents=(above,), edits=ANEW)
    assert find_links(*send_old(), new) == [(ONE, TWO, "branch")]


@pytest.mark.parametrize(
    "new",
    [
        patch("[PATCH] clock: Oil the wheel", TWO, 3, parents=(ONE,), edits=ANEW),
        patch("[PATCH] clock: Oil the wheel", TWO, 3, parents=(REMARK,), sender=ROB, edits=ANEW),
        patch(OLD, TWO, 3, parents=(REMARK,), sender=ROB, edits=ANEW),
        patch(
            "[PATCH] clock: Oil it", TWO, 3, parents=(REMARK,),
            edits=change("oil", "hand", "lamp", "bell"),
        ),
    ],
    ids=["to the patch itself", "somebody else's", "the same title", "other files"],
)  # fmt: skip
def test_another_patch_in_a_thread_is_no_later_version(new):
    """What is added to a patch, another's way of doing it, and other files replace nothing."""
    assert find_links(*send_old(), new) == []


class Mails(MailCorpus):
    """A corpus of mails that are here already."""

    def __init__(self, *mails):
        self._mails = mails

    def messages(self, *, progress=None):
        """Yield the mails."""
        yield from self._mails


def test_the_chains_of_a_corpus_go_by_the_answers_in_it():
    """The answers are not held, but tell below what a patch stands."""
    mails = [*send_old(), patch(OTHER, TWO, 3, parents=(MORE,), edits=NEXT)]
    (chain,) = Mails(*mails).chains()
    assert [one.ref.message_id for one in chain.series] == [ONE, TWO]
    assert len(list(Mails(mails[0], mails[-1]).chains())) == 2


def again(
    day=6, title="Mend part one", tag="PATCH", cover="Mend part one and", path="virt/one.c", **more
):
    """Return what was sent first, and a set of one patch with a cover letter some days later."""
    first = patch(f"[{more.pop('first', 'PATCH')}] Mend part one", ONE, edits=(edit(path),))
    return [first, *make_series(tag, "two", day, [title], cover=cover, code=" anew", **more)]


def test_a_patch_that_comes_again_days_later_below_a_cover_letter():
    """A lone patch and the only one of a set, with one title and file, are one work."""
    assert find_links(*again()) == [(ONE, "two-0@doe.example", "branch")]


@pytest.mark.parametrize(
    "mails",
    [
        again(day=90),
        again(title="Mend part six", cover="Mend part six and"),
        again(tag="PATCH 6.6.y"),
        again(tag="PATCH stable"),
        again(cover="Fixes for 9.2, take #3"),
        again(sender=ROB),
        again(tag="PATCH lamp-next"),
        again(first="PATCH lamp-next"),
        again(path="virt/other.c"),
        again(first="PATCH v1", tag="PATCH v1"),
        [
            *again()[:1],
            *make_series("PATCH", "two", 6, ["Mend part one", "Two"], "Mend part one and")[:2],
        ],
    ],
    ids=[
        "months later", "another title", "a release", "stable", "to be pulled", "other sender",
        "for a tree", "once for a tree", "another file", "a stated number", "one of two",
    ],
)  # fmt: skip
def test_a_patch_that_does_not_come_again(mails):
    """Months later, for another tree, in what is pulled, or of somebody else it is another."""
    assert find_links(*mails) == []


def test_one_patch_of_a_set_that_is_sent_alone():
    """A patch of a set that goes to others, alone and with the same number, is no later version."""
    whole = make_series("PATCH", "one", 0, ["Mend part one", "Mend part two"])
    lone = patch("[PATCH] Mend part one", TWO, 6, edits=(edit("virt/one.c"),))
    assert all(relation != "revision" for *_, relation in find_links(*whole, lone))
