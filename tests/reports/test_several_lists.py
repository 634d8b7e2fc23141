"""How reports on an index of several lists name them."""

from collections import Counter

import pytest

from kvminbox import Inbox, Index
from kvminbox.analysis import (
    Snapshot,
    compute_applied,
    compute_board,
    compute_discussions,
    compute_list_update,
    compute_new_series,
    compute_new_versions,
    compute_waiting,
)
from kvminbox.analysis.list_name import name_by_ids
from kvminbox.archive import MailWriter
from kvminbox.reports import board, build_report, list_update, waiting
from kvminbox.reports.applied import applied
from kvminbox.reports.discussions import discussions
from kvminbox.reports.new_series import new_series
from kvminbox.reports.overview import overview
from tests.mails import write_mail

DAY = 86_400
LEMON, PLUM, FIG = "lemon.trees.example", "plum.trees.example", "fig.trees.example"


def write_patch(number, list_id):
    """Return a patch as a list has it."""
    subject, name = f"[PATCH] {list_id}: change {number}", f"{number}@{list_id}"
    body = "Why.\n\n---\ndiff --git a/b.c b/b.c\n--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-old\n+new\n"
    return write_mail(subject, body, f"List-Id: <{list_id}>", ids=[name])


@pytest.fixture
def make_index(tmp_path):
    """Return a factory of an index; it takes for each inbox its mails and their days."""
    opened = []

    def make(**inboxes):
        index = Index.open(tmp_path / f"{len(opened)}.sqlite", create=True)
        opened.append(index)
        for name, mails in inboxes.items():
            path = tmp_path / f"{len(opened)}-{name}.git"
            writer = MailWriter(path)
            for raw, day in mails:
                writer.add(raw, 1_700_000_000 + day * DAY)
            index.update(Inbox.open(path), name=name)
        return index

    yield make
    for index in opened:
        index.close()


def mails_of(list_id, count, first_day=0):
    """Return some patches of a list, one a day."""
    return [(write_patch(number, list_id), first_day + number) for number in range(count)]


def name_of(corpus):
    """Return how a report names the lists of a corpus."""
    return build_report("Week", corpus, [overview()]).result.list_name


def test_every_list_is_named_in_the_order_of_the_index(make_index):
    """A report on all mails counts those of both lists, and names both wherever it names one."""
    index = make_index(lemon=mails_of(LEMON, 2), plum=mails_of(PLUM, 5))
    report = build_report("Week", index, [overview()])
    assert report.title.startswith("lemon and plum: Week")
    assert "7 messages of lemon and plum," in report.to_text()
    assert "lemon and plum: Waiting" in waiting(index).to_text()
    assert compute_board(index).list_name == "lemon and plum"
    assert compute_new_versions(index).list_name == "lemon and plum"
    assert compute_list_update(index).list_name == "LEMON and PLUM"
    assert "LEMON and PLUM mailing list update" in list_update(index).to_text()


def test_a_window_names_all_lists_that_it_is_of(make_index):
    """In a time in which one of two lists got mails both are named, and of one inbox that one."""
    index = make_index(lemon=mails_of(LEMON, 2), plum=mails_of(PLUM, 3, first_day=10))
    assert name_of(index.since("2023-11-10", "2023-11-20")) == "lemon and plum"
    assert name_of(index.since("2023-11-20", "2023-12-01")) == "plum and lemon"
    assert name_of(index.since("2023-11-10", "2023-12-01")) == "lemon and plum"
    assert name_of(index.inbox("plum").between(None)) == "plum"
    assert name_of(index.since("2022-11-10", "2022-12-01")) == ""


def test_a_list_that_is_no_inbox_is_not_named(make_index):
    """Mails that bear another list's id add no list, even if they are all of a week's mails."""
    posted = [(write_patch(9, FIG), 20)]
    index = make_index(lemon=mails_of(LEMON, 2) + posted, plum=mails_of(PLUM, 2))
    assert name_of(index) == "lemon and plum"
    only_lemon = make_index(lemon=[*mails_of(LEMON, 2), (write_patch(9, PLUM), 1)],
                            plum=mails_of(PLUM, 2, first_day=30))  # fmt: skip
    report = build_report("Week", only_lemon.since("2023-11-10", "2023-11-20"), [overview()])
    assert report.notes == ("plum has no mail in this period.",)
    assert "3 messages, from 2023-11-14" in report.to_text()


def test_of_many_silent_lists_some_are_named(make_index):
    """Of six lists without a mail four are named, and the others counted."""
    names = [f"{letter}ig" for letter in "bdfjpw"]
    inboxes = {name: mails_of(f"{name}.trees.example", 1, first_day=40) for name in names}
    report = build_report(
        "Week",
        make_index(lemon=mails_of(LEMON, 2), **inboxes).since("2023-11-10", "2023-11-20"),
        [overview()],
    )
    assert report.notes == ("big, dig, fig, jig and 2 more have no mail in this period.",)
    assert report.title.startswith("lemon, big and 5 more: Week")


def test_a_search_names_the_lists_of_what_it_finds(make_index):
    """A search that finds mails of one list names that one, and of two both."""
    index = make_index(lemon=mails_of(LEMON, 2), plum=mails_of(PLUM, 2))
    assert name_of(index.search("s:lemon")) == "lemon"
    assert name_of(index.search("s:change")) == "lemon and plum"
    assert compute_board(index, only=lambda one: "plum" in one.title).list_name == "plum"


def test_new_mails_of_several_lists(make_index):
    """The mails since a date that came to two lists name both."""
    index = make_index(lemon=mails_of(LEMON, 2), plum=mails_of(PLUM, 2))
    assert name_of(index.new_since("2023-11-01")) == "lemon and plum"


def test_processes_find_the_same_lists(make_index):
    """However many processes read, the lists are the same."""
    index = make_index(lemon=mails_of(LEMON, 2), plum=mails_of(PLUM, 2))
    report = build_report("Week", index.since("2023-11-01"), [overview()], jobs=2)
    assert report.result.list_name == "lemon and plum"


def test_what_is_kept_names_a_list_that_came_later(make_index, tmp_path):
    """After a second inbox is added, what the index kept of the first alone is not told again."""
    index = make_index(lemon=mails_of(LEMON, 120))
    assert name_of(index) == name_of(index) == "lemon"
    path = tmp_path / "plum.git"
    MailWriter(path).add(write_patch(1, PLUM), 1_700_000_000)
    index.update(Inbox.open(path), name="plum")
    assert name_of(index) == name_of(index) == "lemon and plum"


@pytest.mark.parametrize(
    ("lists", "name"),
    [
        ([], "d"),
        (["a.x"], "a"),
        (["a.x", "b.x", "c.x"], "a, b and c"),
        (["a.x", "b.x", "c.x", "d.x"], "a, b and 2 more"),
        (["b.x", "a.x"], "b and a"),
        (["a.x", "a.y"], "a.x and a.y"),
        (["a.x", "other.x"], "a"),
        (["other.x"], "d"),
    ],
)
def test_a_name_of_several_lists(lists, name):
    """Up to three are named, of more two; those of one name by their ids; none without mails."""
    counts = Counter({"a.x": 1, "a.y": 1, "b.x": 1, "c.x": 1, "d.x": 5})
    assert name_by_ids(counts, lists) == name


TITLES = {1: "peel the fruit", 2: "water each root", 7: "graft on a wild stem", 8: "prune in March"}


def write_change(number, list_id, *headers):
    """Return a patch that is like no other."""
    body = (
        f"Why.\n\n---\n--- a/{number}.c\n+++ b/{number}.c\n@@ -1 +1 @@\n-{number}\n+new {number}\n"
    )
    named = (f"List-Id: <{list_id}>", *headers)
    return write_mail(f"[PATCH] {TITLES[number]}", body, *named, ids=[f"{number}@{list_id}"])


def write_answer(number, list_id, text):
    """Return an answer to such a patch, on its list."""
    ewa, parent = "Ewa Lis <ewa@kvm.example>", f"{number}@{list_id}"
    return write_mail(
        f"Re: [PATCH] {TITLES[number]}", text, f"List-Id: <{list_id}>",
        sender=ewa, ids=[f"re-{parent}"], in_reply_to=parent,
    )  # fmt: skip


@pytest.fixture
def two_lists(make_index):
    """Return an index of a list that ended long before the other."""
    return make_index(
        lemon=[
            (write_change(1, LEMON), 111),
            (write_answer(1, LEMON, "Applied, thanks!\n"), 112),
            (write_change(2, LEMON), 121),
        ],
        plum=[(write_change(7, PLUM), 116), (write_change(8, PLUM), 811)],
    )


def test_a_wait_ends_with_its_own_list(two_lists):
    """A row waits until the last mail of its own list came, and not until that of another."""
    rows = {row.title: row for row in compute_waiting(two_lists).series}
    lemon, plum = rows[TITLES[2]], rows[TITLES[7]]
    # they are dated alike, and the lists end 690 days apart
    assert plum.age - lemon.age == (811 - 121) * DAY
    assert lemon.age > 0
    on_board = {row.title: row for row in compute_board(two_lists).series}
    assert on_board[lemon.title].age == on_board[lemon.title].quiet == lemon.age
    assert on_board[plum.title].age == plum.age
    assert compute_waiting(two_lists).end == compute_board(two_lists).end
    reviews = {series.title: review for series, review in Snapshot.of(two_lists).reviews()}
    assert reviews[lemon.title].first_reply.seconds == lemon.age
    assert reviews[plum.title].next_revision.seconds == plum.age


def test_rows_name_their_list(two_lists):
    """What waits, the board, what came, was applied or discussed tell the list of each row."""
    assert {row.lists for row in compute_waiting(two_lists).series} == {("lemon",), ("plum",)}
    assert {row.lists for row in compute_new_series(two_lists).rows} == {("lemon",), ("plum",)}
    (said,) = compute_applied(two_lists).rows
    (talk,) = compute_discussions(two_lists).rows
    assert said.lists == talk.lists == ("lemon",)
    report = waiting(two_lists)
    assert "by Jane Doe on plum" in report.to_text()
    assert "| sender | list |" in report.to_markdown()
    table = board(two_lists)
    assert "by Jane Doe on lemon" in table.to_text()
    assert " on plum</div>" in table.to_page()
    text = build_report("All", two_lists, [new_series(), applied(), discussions()]).to_markdown()
    assert "| series | sender | list |" in text
    assert "| last | thread | list |" in text
    assert "| tree | what | list |" in text


def test_one_list_is_not_named_in_each_row(two_lists):
    """Where a corpus has one list, no row repeats its name."""
    for corpus in (two_lists.inbox("plum").between(None), two_lists.since("2025-06-01")):
        assert {row.lists for row in compute_waiting(corpus).series} == {()}
        assert "list |" not in waiting(corpus).to_markdown()


def test_a_mail_that_went_to_two_lists(make_index):
    """It is of both, by its addresses, and waits until the later ends; not of one that ended."""
    both = write_change(1, LEMON, "To: lemon@trees.example, plum@trees.example")
    later = write_change(2, LEMON), write_change(7, PLUM)
    index = make_index(lemon=[(both, 111), (later[0], 121)], plum=[(later[1], 411)])
    row = next(one for one in compute_waiting(index).series if one.title == TITLES[1])
    assert row.lists == ("lemon", "plum")
    assert row.age > 280 * DAY
    both = write_change(1, PLUM, "Cc: lemon@trees.example, plum@trees.example")
    index = make_index(lemon=[(later[0], 2)], plum=[(both, 111), (later[1], 120)])
    row = next(one for one in compute_waiting(index).series if one.title == TITLES[1])
    assert row.lists == ("plum",)
