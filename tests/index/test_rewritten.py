"""Archives whose history was rewritten, or that are not whole, one case a test."""

import subprocess

import pytest

import kvminbox.index.plan as plan_room
import kvminbox.index.update as update_room
from kvminbox import Inbox
from kvminbox.archive import resolve_revision
from kvminbox.errors import (
    IncompleteHistoryError,
    KvminboxError,
    NotAnInboxError,
    RewrittenHistoryError,
)
from kvminbox.index import Index
from tests.archive.git_archive import Archive, git
from tests.index.histories import (
    V2,
    Add,
    Delete,
    Epoch,
    Merge,
    Purge,
    assert_same,
    build,
    dump,
    write_mail,
    write_v1,
)

TEN = tuple(Add(number) for number in range(10))


@pytest.fixture
def index(tmp_path):
    """Return an empty index."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        yield index


@pytest.fixture
def epoch(tmp_path):
    """Return a repository with ten mails."""
    epoch = Epoch(tmp_path / "lemon" / "git" / "0.git")
    epoch.write(TEN)
    return epoch


def open_inbox(tmp_path):
    return Inbox.open(tmp_path / "lemon")


def assert_clean(tmp_path, index):
    """Compare an index, which is closed for it, with a clean build."""
    index.close()
    clean = build(tmp_path / "clean.sqlite", ("lemon", open_inbox(tmp_path)))
    assert_same(dump(tmp_path / "index.sqlite"), clean)


REWRITES = {
    "purge": (*TEN[:4], Purge(4), *TEN[5:]),
    "edit": (*TEN[:4], Add(4, text=" as edited"), *TEN[5:]),
    "older": TEN[:6],
    "newer": (*TEN, Add(10)),
    "other end": (*TEN[:5], Add(20), Add(21)),
    "unrelated": (Add(20), Add(21)),
    "merge": (*TEN, Merge(10, 30)),
    "another first": (Add(30), *TEN),
    "all purged": tuple(Purge(number) for number in range(10)),
}


@pytest.mark.slow
@pytest.mark.parametrize("pruned", [False, True])
@pytest.mark.parametrize("name", REWRITES)
def test_rewrites_give_a_clean_build(name, pruned, tmp_path, index, epoch):
    """A rewritten branch is noticed, whether or not the old commits are still there."""
    index.update(open_inbox(tmp_path))
    epoch.write(REWRITES[name])
    if pruned:
        epoch.prune()
    update = index.update(open_inbox(tmp_path), accept_loss=name == "unrelated")
    assert update.epochs[0].after == epoch.archive.last
    assert index.update(open_inbox(tmp_path)).epochs == ()
    assert_clean(tmp_path, index)


@pytest.mark.parametrize("name", REWRITES)
def test_rewrites_back_give_a_clean_build(name, tmp_path, index, epoch):
    """What was taken out comes back when the branch does."""
    epoch.write(REWRITES[name])
    index.update(open_inbox(tmp_path))
    epoch.write(TEN)
    index.update(open_inbox(tmp_path), accept_loss=name == "unrelated")
    assert_clean(tmp_path, index)


def test_gc_before_the_update(tmp_path, index, epoch):
    """A purge after which git has collected its garbage is noticed without the old commits."""
    index.update(open_inbox(tmp_path))
    epoch.write(REWRITES["purge"])
    git(epoch.archive.path, "reflog", "expire", "--expire=now", "--all")
    git(epoch.archive.path, "gc", "-q", "--prune=now")
    update = index.update(open_inbox(tmp_path))
    assert (update.removed, update.added) == (6, 6)
    assert_clean(tmp_path, index)


def test_only_what_changed_is_read_again(tmp_path, index, epoch):
    """A rewrite costs what stands above it, not the whole epoch."""
    index.update(open_inbox(tmp_path))
    epoch.write((*TEN[:8], Add(20)))
    update = index.update(open_inbox(tmp_path))
    assert (update.removed, update.added) == (2, 1)


def test_an_emptied_epoch_is_an_error_unless_meant(tmp_path, index, epoch):
    """A branch that is gone does not empty the index by itself."""
    V2(tmp_path / "lemon").epoch(1).write((Add(20),))
    index.update(open_inbox(tmp_path))
    epoch.write(())
    with pytest.raises(RewrittenHistoryError, match="epoch 0"):
        index.update(open_inbox(tmp_path))
    assert len(list(index.search("l:list0.lemon.example"))) == 11
    assert index.update(open_inbox(tmp_path), accept_loss=True).removed == 10
    assert_clean(tmp_path, index)


def test_all_epochs_emptied_say_so(tmp_path, index, epoch):
    """An inbox of which nothing is left is a named error to whoever asks for its mails."""
    index.update(open_inbox(tmp_path))
    inbox = open_inbox(tmp_path)
    inbox.sources[0].tip = None
    index.update(inbox, accept_loss=True)
    for question in (index.messages, index.inbox, lambda: index.since("2020-01-01")):
        with pytest.raises(NotAnInboxError):
            list(question())
    assert list(index.search("lemon0")) == []


def test_a_vanished_epoch_stays(tmp_path, index, epoch):
    """Whoever keeps only the newest epochs on disk keeps the others in the index."""
    inbox = V2(tmp_path / "lemon")
    inbox.epoch(1).write((Add(20), Add(21)))
    index.update(open_inbox(tmp_path))
    inbox.remove(1)
    epoch.write((*TEN, Add(22)))
    assert index.update(open_inbox(tmp_path)).added == 1
    assert len(index.search("f:ada20")) == 1
    assert len(index.search("f:ada22")) == 1


def test_a_deletion_in_an_epoch_that_is_absent(tmp_path, index, epoch):
    """A mail that comes to an older epoch is gone where an absent newer one deletes it."""
    inbox = V2(tmp_path / "lemon")
    inbox.epoch(1).write((Add(20), Delete(22)))
    index.update(open_inbox(tmp_path))
    inbox.remove(1)
    epoch.write((*TEN, Add(22)))
    index.update(open_inbox(tmp_path))
    assert len(index.search("f:ada22")) == 0


def test_an_older_epoch_that_comes_later(tmp_path, index):
    """Epochs may be cloned in any order."""
    inbox = V2(tmp_path / "lemon")
    inbox.epoch(1).write((Add(1, 1), Delete(3)))
    index.update(open_inbox(tmp_path))
    inbox.epoch(0).write((Add(1), Add(2), Add(3)))
    index.update(open_inbox(tmp_path))
    assert_clean(tmp_path, index)


def test_an_unrelated_archive_under_the_same_name(tmp_path, index, epoch):
    """Another archive does not quietly take the place of one that is indexed."""
    index.update(open_inbox(tmp_path), name="lemon")
    other = Epoch(tmp_path / "other" / "git" / "0.git")
    other.write((Add(20), Add(21)))
    with pytest.raises(RewrittenHistoryError, match="no commit in common"):
        index.update(Inbox.open(tmp_path / "other"), name="lemon")
    assert_clean(tmp_path, index)


def test_a_moved_archive_with_merges(tmp_path, index):
    """An archive may be moved to another folder, also one with merges, and go on there."""
    history = (Add(1), Merge(2, 3), Add(4))
    Epoch(tmp_path / "old" / "git" / "0.git").write(history)
    index.update(Inbox.open(tmp_path / "old"), name="lemon")
    Epoch(tmp_path / "lemon" / "git" / "0.git").write((*history, Add(5)))
    index.update(open_inbox(tmp_path), name="lemon")
    assert_clean(tmp_path, index)


def test_a_shallow_clone_is_no_history(tmp_path, index, epoch):
    """What is behind a shallow boundary is never taken for empty, and the index stays."""
    shallow = tmp_path / "shallow" / "lemon.git"
    source = f"file://{epoch.archive.path}"
    subprocess.run(["git", "clone", "-q", "--mirror", "--depth=3", source, shallow], check=True)
    with pytest.raises(IncompleteHistoryError):
        index.update(Inbox.open(shallow), name="lemon")
    with pytest.raises(KvminboxError):
        list(index.messages())
    index.update(open_inbox(tmp_path), name="lemon")
    epoch.write((*TEN, *(Add(number) for number in range(10, 20))))
    subprocess.run(["git", "-C", shallow, "fetch", "-q", "--depth=3"], check=True)
    before = len(index.search("l:list0.lemon.example"))
    with pytest.raises(IncompleteHistoryError):
        index.update(Inbox.open(shallow), name="lemon")
    assert len(index.search("l:list0.lemon.example")) == before == 10


def test_a_shallow_clone_that_reaches_what_is_known(tmp_path, index, epoch):
    """New commits above a shallow boundary are added where the index has the rest."""
    index.update(open_inbox(tmp_path), name="lemon")
    epoch.write((*TEN, Add(10)))
    shallow = tmp_path / "shallow" / "lemon.git"
    source = f"file://{epoch.archive.path}"
    subprocess.run(["git", "clone", "-q", "--mirror", "--depth=4", source, shallow], check=True)
    assert index.update(Inbox.open(shallow), name="lemon").added == 1


@pytest.mark.parametrize("name", ["shallow", "info/grafts"])
def test_a_cut_history_is_noticed(name, tmp_path, index, epoch):
    """A boundary or graft never makes a shorter history look whole."""
    commits = git(epoch.archive.path, "rev-list", "HEAD").decode().split()
    file = epoch.archive.path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{commits[4]}\n")
    try:
        index.update(open_inbox(tmp_path))
    except IncompleteHistoryError:
        with pytest.raises(KvminboxError):
            list(index.messages())
    else:
        assert len(list(index.messages())) == 10


def test_a_missing_commit_stops_the_update(tmp_path, index, epoch):
    """A history with a hole is an error, and the index stays as it is."""
    index.update(open_inbox(tmp_path))
    epoch.write((*TEN, Add(10), Add(11)))
    commits = git(epoch.archive.path, "rev-list", "HEAD").decode().split()
    epoch.archive.file_of(commits[1]).unlink()
    with pytest.raises(KvminboxError, match="is missing"):
        index.update(open_inbox(tmp_path))
    assert len(list(index.messages())) == 10


def test_missing_mails_are_tried_again(tmp_path, index, epoch):
    """A mail that can't be read is counted, named, and read once it is there."""
    epoch.lose(write_mail(4))
    assert index.update(open_inbox(tmp_path)).unread == 1
    window = index.between(None)
    window.on_problem = found = [].append
    assert len(list(window.messages())) == 9
    del found
    epoch.write(TEN)
    assert index.update(open_inbox(tmp_path)).unread == 0
    assert_clean(tmp_path, index)


def test_missing_trees_are_tried_again(tmp_path, index, epoch):
    """A commit whose tree can't be read is read once it is there."""
    tree = git(epoch.archive.path, "rev-parse", "HEAD~5^{tree}").decode().strip()
    epoch.archive.file_of(tree).unlink()
    assert index.update(open_inbox(tmp_path)).unread == 1
    epoch.write(TEN)
    assert index.update(open_inbox(tmp_path)).unread == 0
    assert_clean(tmp_path, index)


def test_missing_trees_that_stay_are_counted(tmp_path, index, epoch):
    """A commit whose tree stays lost is counted each time, and nothing is written for it."""
    tree = git(epoch.archive.path, "rev-parse", "HEAD~5^{tree}").decode().strip()
    epoch.archive.file_of(tree).unlink()
    for _ in range(2):
        update = index.update(open_inbox(tmp_path))
        assert update.unread == 1
    assert update.epochs == ()
    assert_clean(tmp_path, index)


def test_v1_grows_and_shrinks(tmp_path, index):
    """A v1 inbox with several changes a commit is as a clean build, whatever its history."""
    archive = Archive(tmp_path / "lemon" / ".git")
    groups = [frozenset(range(n)) for n in (1, 4, 2, 8, 7, 12)]
    for tip in (2, 4, 6, 3, 1, 5):
        write_v1(archive, tuple(groups[:tip]))
        index.update(open_inbox(tmp_path), accept_loss=True)
    assert_clean(tmp_path, index)


def test_names_move_with_the_branch(tmp_path, index, epoch, monkeypatch):
    """HEAD and tags are those of the commits that are here, also where an update breaks off."""
    index.update(open_inbox(tmp_path))
    epoch.write(REWRITES["other end"])
    epoch.archive.ref("tags/v1", epoch.archive.last)

    def break_off(self, inbox):
        raise KeyboardInterrupt

    monkeypatch.setattr(update_room.Updater, "_tidy", break_off)
    with pytest.raises(KeyboardInterrupt):
        index.update(open_inbox(tmp_path))
    inbox = index.inbox()
    for name in ("HEAD", "v1", "master"):
        assert resolve_revision(inbox.sources[0], name) == epoch.archive.last


def test_a_name_alone_may_move(tmp_path, index, epoch):
    """A tag that comes without any commit is known after the next update."""
    index.update(open_inbox(tmp_path))
    epoch.archive.ref("tags/v1", git(epoch.archive.path, "rev-parse", "HEAD~3").decode().strip())
    assert index.update(open_inbox(tmp_path)).epochs == ()
    assert len(index.between("v1")) == 3
    assert_clean(tmp_path, index)


def test_graphs_come_whole(tmp_path, index, monkeypatch):
    """Where the first writing of a history with merges breaks off, none of it is there."""
    Epoch(tmp_path / "lemon" / "git" / "0.git").write((*TEN, Merge(10, 30), *TEN))
    monkeypatch.setattr(update_room, "TASK_SIZE", 2)
    monkeypatch.setattr(update_room, "BATCH_TASKS", 1)

    def break_off(done, total):
        if done > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.update(open_inbox(tmp_path), progress=break_off)
    assert len(index.search("ada*")) in (0, 12)
    index.update(open_inbox(tmp_path))
    assert_clean(tmp_path, index)


def test_paths_of_any_bytes(tmp_path):
    """Files and archives may have names with any bytes."""
    for name in ("a?b", "a#b", "a%41b", "a b", "a'b", 'a"b', "a\nb", "\udcff", "file:x"):
        folder = tmp_path / name
        Epoch(folder / "lemon" / "git" / "0.git").write(TEN)
        with Index.open(folder / f"{name}.sqlite", create=True) as index:
            index.update(Inbox.open(folder / "lemon"))
            index.update(Inbox.open(folder / "lemon"))
            assert len(list(index.messages())) == 10
        assert sorted(p.name for p in folder.iterdir()) == sorted([f"{name}.sqlite", "lemon"])


def test_ids_of_any_text(index, tmp_path, epoch):
    """An id that can't be encoded is one that no mail has."""
    index.update(open_inbox(tmp_path))
    for text in ("\udcff", "\ud800x", "a\0b", "", "<>", "é" * 10_000):
        assert index.get(text) is None
        assert index.find(text) == ()
        assert index.thread_of(text) is None
        assert index.series_of(text) is None
        assert index.copies(text) == ()


def test_windows_of_graphs_are_equal(tmp_path, index):
    """In a history with merges and several roots, ranges are those of the live archive."""
    graph = (Add(0), Merge(1, 30), Add(2), Merge(3, 31), Merge(4, 32), Add(5))
    Epoch(tmp_path / "lemon" / "git" / "0.git").write(graph)
    inbox = open_inbox(tmp_path)
    index.update(inbox)
    for base in (None, "HEAD~5", "HEAD~4", "HEAD~2", "HEAD~3^2", "HEAD^"):
        for tip in ("HEAD", "HEAD~1", "HEAD~2", "HEAD~1^2", "HEAD~2^2", "HEAD~4^2"):
            try:
                live = list(inbox.between(base, tip).entries())
            except KvminboxError as error:
                with pytest.raises(type(error)):
                    index.between(base, tip)
            else:
                assert list(index.between(base, tip).entries()) == live


def test_of_equal_mails_the_last_one_is_deleted(tmp_path, index):
    """A deletion takes the last of several equal mails before it, as in a live window."""
    steps = (Add(1), Add(2), Add(1), Delete(1), Add(1), Add(3))
    Epoch(tmp_path / "lemon" / "git" / "0.git").write(steps)
    index.update(open_inbox(tmp_path))
    assert [copy.shown for copy in index.copies("1@lemon.example")] == [True, False, True]
    live = [message.entry for message in open_inbox(tmp_path).between(None).messages()]
    assert [message.entry for message in index.messages()] == live


def rename_epoch(tmp_path, old, new):
    git_dirs = tmp_path / "lemon" / "git"
    (git_dirs / f"{old}.git").rename(git_dirs / f"{new}.git")


@pytest.mark.parametrize("accept", [False, True])
def test_a_renamed_epoch_is_not_indexed_twice(tmp_path, index, epoch, accept):
    """An epoch under a new number is an error that names both, and its mails are there once."""
    index.update(open_inbox(tmp_path))
    rename_epoch(tmp_path, 0, 1)
    with pytest.raises(RewrittenHistoryError, match=r"epoch 1 has .* index has as epoch 0.*old nu"):
        index.update(open_inbox(tmp_path), accept_loss=accept)
    assert len(list(index.messages())) == 10
    rename_epoch(tmp_path, 1, 0)
    index.update(open_inbox(tmp_path))
    assert len(list(index.messages())) == 10
    assert index.check() == ()


def test_a_renamed_epoch_that_has_grown_is_known(tmp_path, index, epoch):
    """An epoch that was renamed and got mails since is recognized by its first commit."""
    index.update(open_inbox(tmp_path))
    epoch.write((*TEN, Add(10)))
    rename_epoch(tmp_path, 0, 3)
    with pytest.raises(RewrittenHistoryError, match="epoch 3 has the history"):
        index.update(open_inbox(tmp_path))


def test_two_epochs_of_one_history_are_not_indexed(tmp_path, index, epoch):
    """Where an inbox has two epochs that begin with one commit, neither is indexed twice."""
    Epoch(tmp_path / "lemon" / "git" / "1.git").write((*TEN, Add(10)))
    with pytest.raises(NotAnInboxError, match="epoch 1 has the same history as epoch 0"):
        index.update(open_inbox(tmp_path))
    assert index.search("word*").unread == 0
    assert len(index.search("word*")) == 0


def test_epochs_may_swap_their_numbers_if_the_loss_is_accepted(tmp_path, index, epoch):
    """Two epochs that swap their numbers are refused, or read again where that is accepted."""
    other = tuple(Add(number) for number in range(20, 25))
    Epoch(tmp_path / "lemon" / "git" / "1.git").write(other)
    index.update(open_inbox(tmp_path))
    for old, new in ((0, 7), (1, 0), (7, 1)):
        rename_epoch(tmp_path, old, new)
    with pytest.raises(RewrittenHistoryError, match="epoch 0 has no mail in common"):
        index.update(open_inbox(tmp_path))
    index.update(open_inbox(tmp_path), accept_loss=True)
    assert_clean(tmp_path, index)


def test_epochs_of_one_single_commit_are_no_copies(tmp_path, index, epoch):
    """A mail that was deleted and came again may be the only commit of two epochs."""
    epoch.write((Add(1),))
    index.update(open_inbox(tmp_path))
    Epoch(tmp_path / "lemon" / "git" / "1.git").write((Add(1),))
    index.update(open_inbox(tmp_path))
    assert len(index.copies("1@lemon.example")) == 2


def test_a_range_of_copied_epochs_is_an_error_beside_other_inboxes(
    tmp_path, index, epoch, monkeypatch
):
    """What is wrong with one of several inboxes is said, and not taken for an unknown revision."""
    monkeypatch.setattr(update_room, "check_copies", lambda *_: None)
    Epoch(tmp_path / "grape.git").write((Add(30),))
    index.update(Inbox.open(tmp_path / "grape.git"))
    Epoch(tmp_path / "lemon" / "git" / "1.git").write((*TEN, Add(10)))
    index.update(open_inbox(tmp_path))
    last = Inbox.open(tmp_path / "lemon" / "git" / "1.git").epochs[0].tip
    whole = index.inbox("lemon").between(None)
    for ask in (
        index.between(None, last).summary, whole.summary, index.since("2000-01-01").summary,
    ):  # fmt: skip
        with pytest.raises(NotAnInboxError, match="the same history as epoch 0"):
            ask()


def test_a_plan_is_made_of_one_state(tmp_path, index, epoch, monkeypatch, short_wait):
    """A writer that moves the tip away and back while a plan is made leaves no mixed history."""
    others = (*TEN[:2], Add(50), Add(51))
    index.update(open_inbox(tmp_path))
    plain = plan_room._Walk.go_to_known
    moved = []

    def walk(*given):
        if not moved:
            moved.append(True)
            with Index.open(tmp_path / "index.sqlite") as writer:
                epoch.write(others)
                writer.update(open_inbox(tmp_path))
                try:
                    return plain(*given)
                finally:
                    epoch.write(TEN)
                    writer.update(open_inbox(tmp_path))
        return plain(*given)

    epoch.write((*TEN[:2], Add(50), Add(60)))
    inbox = open_inbox(tmp_path)
    monkeypatch.setattr(plan_room._Walk, "go_to_known", walk)
    index.update(inbox)
    epoch.write((*TEN[:2], Add(50), Add(60)))
    assert_clean(tmp_path, index)
