"""What a list update counts and lists."""

import weakref
from datetime import UTC, datetime

import pytest

import kvminbox.analysis.list_update as room
from kvminbox import Inbox
from kvminbox.analysis import Snapshot, compute_authors, compute_list_update
from kvminbox.patches import make_message, read_message, read_parts
from kvminbox.sample import make_sample
from tests.mails import read_made, write_mail

DIFF = "---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


class Window:
    """A corpus of the given mails, oldest first."""

    base, tip = "old", "new"

    def __init__(self, *mails):
        self.mails = mails

    def messages(self, *, progress=None):
        """Yield the mails."""
        for done, mail in enumerate(self.mails, 1):
            if progress:
                progress(done, len(self.mails))
            yield mail


def mail(subject, sender="Lena <lena@lamp.example>", number=0, parent=None, **more):
    """Make a mail with a diff, or a cover letter; `parent` is the number that it answers."""
    body = more.get("body", "Words.\n" if "0/" in subject else f"Words.\n{DIFF}")
    return read_made(
        subject,
        body,
        *([f"List-Id: <{more['list_id']}>"] if "list_id" in more else []),
        sender=sender,
        ids=[f"{number}@lamp.example"],
        sent=datetime(2025, 6, 2, number, tzinfo=UTC),
        in_reply_to=None if parent is None else f"{parent}@lamp.example",
    )


def update(*mails, **options):
    return compute_list_update(Window(*mails), **options)


def rows(counts):
    return [(row.text, row.count) for row in counts]


def test_order_and_ties():
    """Rows are ordered by count, and ties by their bytes, both descending."""
    senders = ["a <a@one.example>", "b <b@two.example>", "Z <z@two.example>", "é <e@six.example>"]
    people = enumerate([*senders, senders[2]])
    found = update(*[mail("[PATCH] x", sender, number) for number, sender in people])
    assert rows(found.domains) == [("two.example", 3), ("six.example", 1), ("one.example", 1)]
    assert rows(found.contributors) == [
        ("Z <z@two.example>", 2),
        ("é <e@six.example>", 1),
        ("b <b@two.example>", 1),
        ("a <a@one.example>", 1),
    ]


def test_ties_by_bytes_not_by_characters():
    """U+FFxx sorts before U+1xxxx in UTF-8, as code points do and UTF-16 does not."""
    low, high = "\uff21 <x@one.example>", "\U0001d400 <x@one.example>"
    found = update(mail("[PATCH] x", low), mail("[PATCH] x", high))
    assert [row.text for row in found.contributors] == [high, low]


def test_people_are_counted_by_address():
    """Two spellings of an address are two contributors, and one author, as in `compute_authors`."""
    senders = ["Lena <lena@lamp.example>", "Lena Oak <Lena@lamp.example>", "<lena@lamp.example"]
    corpus = Window(*(mail("[PATCH] x", one, number) for number, one in enumerate(senders)))
    found = compute_list_update(corpus)
    assert found.people == len(compute_authors(corpus).rows) == 1
    assert len(found.contributors) == 3


def test_top_cuts_both_lists():
    """At most `top` domains and people are listed."""
    mails = [mail("[PATCH] x", f"p{n} <p@d{n}.example>") for n in range(4)]
    found = update(*mails, top=3)
    assert (len(found.domains), len(found.contributors), found.top) == (3, 3, 3)
    assert found.patches == 4


def test_patches_and_cover_letters_count():
    """Every patch of a series and its cover letter count; replies, bots and pulls do not."""
    found = update(
        mail("[PATCH 0/2] x"),
        mail("[PATCH 1/2] x"),
        mail("[PATCH 2/2] x"),
        mail("Re: [PATCH 1/2] x", "r <r@reply.example>", parent=1),
        mail("the lamp", "u <u@unmarked.example>", body=DIFF),
        mail("Re: [PATCH 1/2] x", "lkp@intel.com", body="It builds.\n"),
        mail("[GIT PULL] x", "p <p@pull.example>", body="Please.\n"),
    )
    assert (found.patches, found.cover_letters) == (2, 1)
    assert rows(found.domains) == [("lamp.example", 3)]


def test_authors_not_senders():
    """The in-body From counts, as written with its quotes, and the domain in lower case."""
    body = f'From: "Oak, Old" <oak@Tree.EXAMPLE>\n\nWords.\n{DIFF}'
    found = update(mail("[PATCH] x", body=body))
    assert rows(found.contributors) == [('"Oak, Old" <oak@Tree.EXAMPLE>', 1)]
    assert rows(found.domains) == [("tree.example", 1)]
    assert found.submissions[0].sender == "Lena <lena@lamp.example>"


def test_a_sender_without_a_name():
    """The local part replaces a sender's missing name."""
    found = update(mail("[PATCH] x", "lena@lamp.example"))
    assert found.submissions[0].sender == "lena <lena@lamp.example>"


def test_what_is_listed_newest_first():
    """Cover letters, patches 1/N and lone patches are listed, never 2/N onward or replies."""
    found = update(
        mail("[PATCH 0/2] cover", number=0),
        mail("[PATCH 1/2] one", number=1, parent=0),
        mail("[PATCH 2/2] two", number=2, parent=0),
        mail("[PATCH] lone", number=3),
        mail("Re: [PATCH] lone", number=4, parent=3),
        mail("[PATCH 01/10] bare", number=5),
    )
    assert [shown.subject for shown in found.submissions] == [
        "[PATCH 01/10] bare",
        "[PATCH] lone",
        "[PATCH 1/2] one",
        "[PATCH 0/2] cover",
    ]
    assert found.series == ("[PATCH 01/10] bare", "[PATCH] lone", "[PATCH 0/2] cover")


SERIES = {
    "patch 1 below its cover": (["[PATCH 0/2] c", ("[PATCH 1/2] p", 0)], 1),
    "patch 1 of a numbered revision": (["[PATCH v2 0/2] c", ("[PATCH v2 1/2] p", 0)], 1),
    "cover names the revision only": (["[PATCH v3 0/2] c", ("[PATCH 1/2] p", 0)], 1),
    "new version without a cover": (["[PATCH 0/2] c", ("[PATCH v2 1/2] p", 0)], 2),
    "lone patch below a cover": (["[PATCH 0/2] c", ("[PATCH] fix", 0)], 2),
    "patch 1 whose cover is outside": (["[PATCH 0/2] c", ("[PATCH 1/2] p", 9)], 2),
    "patch 1 without a thread": (["[PATCH 0/2] c", ("[PATCH 1/2] p", None)], 2),
    "patch 1 below a patch": (["[PATCH] c", ("[PATCH 1/2] p", 0)], 2),
}


@pytest.mark.parametrize("name", SERIES)
def test_one_line_a_series(name):
    """A series has one line: its cover letter's, where the window has that, else patch 1's."""
    (first, (second, parent)), lines = SERIES[name]
    found = update(mail(first, number=0), mail(second, number=1, parent=parent))
    assert len(found.series) == lines
    assert len(found.submissions) == 2


def test_the_last_reference_stands_for_the_parent():
    """A patch 1 without In-Reply-To belongs to the cover that References names last."""
    head = "From: lena@lamp.example\nSubject: [PATCH 1/2] p\n"
    raw = f"{head}References: <9@x.example> <0@lamp.example>\n\n{DIFF}"
    found = update(mail("[PATCH 0/2] c", number=0), read_message(raw.encode()))
    assert found.series == ("[PATCH 0/2] c",)


def test_repeats_name_what_is_shown():
    """An older mail with a title that is shown already names the newest one's subject."""
    found = update(mail("[PATCH] x"), mail("[PATCH v2] x"), mail("[PATCH v3] x"), mail("[PATCH] y"))
    assert [(shown.subject, shown.repeats) for shown in found.submissions] == [
        ("[PATCH] y", None),
        ("[PATCH v3] x", None),
        ("[PATCH v2] x", "[PATCH v3] x"),
        ("[PATCH] x", "[PATCH v3] x"),
    ]


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        (["kvm.vger.example"], "KVM"),
        (["kvm.vger.example", "kvmarm.lists.example", "kvmarm.lists.example"], "KVMARM"),
        (["lamps"], "LAMPS"),
        ([], ""),
    ],
)
def test_the_lists_name(ids, name):
    """The commonest List-Id's first word is the list's name, in capitals."""
    found = update(
        *[mail("[PATCH] x", number=number, list_id=one) for number, one in enumerate(ids, 1)],
        mail("[PATCH] y"),
    )
    assert found.list_name == name


@pytest.mark.parametrize("given", ["Lamps", ""])
def test_a_given_name(given):
    """A name from the caller is kept as it is, even an empty one."""
    assert update(mail("[PATCH] x", list_id="kvm.vger.example"), name=given).list_name == given


def test_an_empty_window():
    """A window without mails has empty lists and zeros."""
    found = update()
    assert (found.patches, found.cover_letters, found.domains, found.series) == (0, 0, (), ())
    assert (found.base, found.tip) == ("old", "new")


def test_an_author_without_an_address():
    """An author without an address counts as a person, but in no domain."""
    found = update(mail("[PATCH] x", "Lena"))
    assert (rows(found.domains), rows(found.contributors)) == ([], [("Lena", 1)])


def test_progress_is_told():
    """The caller's progress is told of each mail, in one pass."""
    told = []
    update(mail("[PATCH] x"), mail("[PATCH] y"), progress=lambda *numbers: told.append(numbers))
    assert told == [(1, 2), (2, 2)]


def test_a_mail_archived_twice_is_counted_once():
    """A copy is neither counted nor listed; another text under the same id is."""
    one, copy = mail("[PATCH] x", list_id="a.example"), mail("[PATCH] x", list_id="b.example")
    other = mail("[PATCH] x", body=f"Other words.\n{DIFF}")
    found = update(one, copy, other)
    assert (found.patches, found.series, len(found.submissions)) == (2, ("[PATCH] x",) * 2, 2)


def test_no_mail_is_held():
    """Of a mail only what is listed and grouped is held: its text is gone when others are read."""
    alive, counts = [], []

    class Stream(Window):
        def messages(self, *, progress=None):
            for number, subject in enumerate(self.mails):
                raw = write_mail(subject, f"Words.\n{DIFF}", ids=[f"{number}@lamp.example"])
                parts = read_parts(raw)
                alive.append(weakref.ref(parts))
                counts.append(sum(ref() is not None for ref in alive))
                yield make_message(parts)

    subjects = ["[PATCH 0/2] c", "[PATCH 1/2] a", "[PATCH 2/2] b", "[PATCH] d", "Re: d", "hello"]
    assert len(compute_list_update(Stream(*subjects)).series) == 2
    assert max(counts) <= 2  # the one that is made, and the one that was read last


def test_a_snapshot_that_has_groups_is_not_grouped_again(tmp_path, monkeypatch):
    """What other sections have grouped is listed as a window is, which groups by itself."""
    window = Inbox.open(make_sample(tmp_path)).between(None)
    snapshot = Snapshot(window)
    assert snapshot.grouped is None
    alone = compute_list_update(window)
    assert alone.series
    assert compute_list_update(snapshot) == alone
    assert list(snapshot.series())
    monkeypatch.setattr(room, "group_series", None)
    assert compute_list_update(snapshot) == alone
