"""How reports on an index of several lists name them."""

from collections import Counter

import pytest

from kvminbox import Inbox, Index
from kvminbox.analysis import compute_board, compute_list_update, compute_new_versions
from kvminbox.analysis.list_name import name_by_ids
from kvminbox.archive import MailWriter
from kvminbox.reports import build_report, list_update, waiting
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


def test_a_window_names_only_lists_with_mails_in_it(make_index):
    """In a time in which one of two lists got mails, and of one inbox, the other is not named."""
    index = make_index(lemon=mails_of(LEMON, 2), plum=mails_of(PLUM, 3, first_day=10))
    assert name_of(index.since("2023-11-10", "2023-11-20")) == "lemon"
    assert name_of(index.since("2023-11-20", "2023-12-01")) == "plum"
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
    assert name_of(only_lemon.since("2023-11-10", "2023-11-20")) == "lemon"


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
