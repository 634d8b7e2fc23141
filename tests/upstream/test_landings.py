"""Landings of a corpus and of its series."""

import resource

import pytest

from kvminbox import Inbox
from kvminbox.sample import SAMPLE_RANGE, make_sample, make_sample_tree
from kvminbox.upstream import Tree, find_landings, landings_of
from tests.upstream.trees import ADA, DAY, FILE, NOON, changed, text_of


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox's two weeks, and the landings in its tree."""
    folder = tmp_path_factory.mktemp("sample")
    window = Inbox.open(make_sample(folder)).between(None, "HEAD")
    return window, list(find_landings(window, Tree.open(make_sample_tree(folder))))


def test_the_sample_tree_is_always_the_same(tmp_path):
    """Each call makes the same commits."""
    (tmp_path / "other").mkdir()
    tips = [Tree.open(make_sample_tree(path)).tips for path in (tmp_path, tmp_path / "other")]
    assert tips[0] == tips[1]
    with pytest.raises(FileExistsError):
        make_sample_tree(tmp_path)


def test_the_samples_landings(sample):
    """Two patches were applied, one was changed, and one was taken back."""
    found = [(one.relation, one.message.message_id, one.release) for one in sample[1]]
    assert found == [
        ("applied", "timer-v2-1@silicon.example", "v6.16-rc1"),
        ("applied", "timer-v2-2@silicon.example", "v6.16-rc1"),
        ("edited", "dirty-1@cloud.example", "v6.16-rc1"),
        ("applied", "mmu-1@silicon.example", "v6.16-rc1"),
        ("revert", "mmu-1@silicon.example", None),
    ]


def test_what_became_of_the_samples_series(sample):
    """Whether all, some or none of a series' patches landed, which lack, and in which release."""
    window, landings = sample
    found = {
        (series.title, series.revision): landings_of(series, landings) for series in window.series()
    }
    timer = found["KVM: say that there is no timer", 2]
    assert (timer.state, timer.lacking, timer.releases) == ("all", (), ("v6.16-rc1",))
    assert (timer.last - timer.first).total_seconds() == 3600
    dirty = found["KVM: dirty: negative slots are clean", 6]
    assert (dirty.state, dirty.lacking) == ("partly", (2,))
    mmu = found["KVM: x86/mmu: top up as many as are used", 1]
    assert (mmu.state, mmu.reverted) == ("all", (1,))
    docs = found["Documentation: le café est fermé", 1]
    assert (docs.state, docs.lacking, docs.first, docs.landings) == ("none", (1,), None, ())


def test_an_equal_copy_landed_too(sample):
    """A patch that v2 left alone counts as landed for v1: its diff is in the tree."""
    window, landings = sample
    first = next(iter(window.series()))
    assert first.revision == 1
    assert (landings_of(first, landings).state, landings_of(first, landings).lacking) == (
        "partly", (1,),
    )  # fmt: skip


def test_a_window_knows_only_its_mails(tmp_path):
    """Without the first version's mails only the second one's are found."""
    window = Inbox.open(make_sample(tmp_path)).between(*SAMPLE_RANGE)
    landings = list(find_landings(window, Tree.open(make_sample_tree(tmp_path))))
    assert all(not one.also for one in landings)


def test_landings_come_oldest_first(tree):
    """The commits are in the order of their times, whatever the mails' order."""
    one, two = {"a.c": text_of(["one"])}, {"b.c": text_of(["two"])}
    tree.mail("first", one, identity="1@x", sent=NOON)
    tree.mail("second", two, identity="2@x", sent=NOON - DAY)
    tree.commit("second", two, by=ADA, at=NOON + 9 * DAY)
    tree.commit("first", one, by=ADA, at=NOON + 2 * DAY, parents=[tree.root], branch="b")
    found = tree.land(refs=("master", "b"))
    assert [one.message.message_id for one in found] == ["1@x", "2@x"]


@pytest.mark.worst
def test_a_commit_of_a_hundred_thousand_lines(tree):
    """A huge commit is compared as any other, in memory of a few times its size."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    change = {"big.c": b"".join(b"int value_%d;\n" % number for number in range(100_000))}
    tree.mail("big: add", change, identity="a@x")
    tree.commit("big: add", change, by=ADA, written=NOON)
    assert [one.relation for one in tree.land()] == ["applied"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000


def test_diffs_are_read_of_commits_that_may_have_come_from_a_mail(tree, monkeypatch):
    """Of a commit whose date, title and author meet no mail's nothing but its text is read."""
    tree.mail("timer: mend", {FILE: changed((5, "mended"))}, identity="a@x")
    for number in range(5):
        tree.commit(f"other {number}", {"a.c": b"%d\n" % number}, at=NOON + number * DAY)
    tree.commit("timer: mend", {FILE: changed((5, "mended"))}, by=ADA, at=NOON + 9 * DAY)
    opened = tree.open()
    read = []
    real = Tree.read_diff
    monkeypatch.setattr(Tree, "read_diff", lambda self, one: read.append(one) or real(self, one))
    assert len(list(find_landings(tree, opened))) == 1
    assert [one.title for one in read] == ["timer: mend"]


def test_threads_may_share_a_tree(tree):
    """Two threads that look for landings at once find the same."""
    from concurrent.futures import ThreadPoolExecutor

    tree.mail("timer: mend", {FILE: changed((5, "mended"))}, identity="a@x")
    tree.commit("timer: mend", {FILE: changed((5, "mended"))}, by=ADA)
    opened = tree.open()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: list(find_landings(tree, opened)), range(8)))
    assert all(one == found[0] for one in found)
    assert len(found[0]) == 1
