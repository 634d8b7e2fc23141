"""Datasets: the tables of an inbox in many files, whole or refused."""

import json
import shutil

import pyarrow.parquet as pq
import pytest

import kvminbox.frames.dataset as dataset_room
import kvminbox.frames.grouping as grouping_room
from kvminbox import Inbox, frames
from kvminbox.errors import DatasetError, KvminboxError, OutputError, UsageError, WorkerError
from kvminbox.frames.frame import FRAMES, GROUP_FRAMES, MAIL_FRAMES
from kvminbox.sample import make_sample
from tests.frames.executors import Executor
from tests.index.histories import Add, Delete, Epoch, Purge, write_mail
from tests.mails import write_mail as write_mail_to
from tests.review.notice_mails import write_history

NAMES = [frame.name for frame in FRAMES]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Return the sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("inbox") / "kvm"))


@pytest.fixture
def whole(inbox, tmp_path, monkeypatch):
    """Return the folder of a dataset of the sample inbox, grouped in small bins and parts."""
    monkeypatch.setattr(grouping_room, "_BIN", 8)
    monkeypatch.setattr(grouping_room, "_PART", 5)
    frames.write_dataset(inbox, tmp_path / "set", mails=5)
    frames.group_dataset(tmp_path / "set")
    return tmp_path / "set"


def _equal(folder, window):
    for name in NAMES:
        table = frames.open_dataset(folder, name).to_table()
        assert table.equals(getattr(frames, name)(window).to_arrow(), check_metadata=True), name


def test_its_tables_are_those_of_the_window(inbox, whole):
    """Each table, read from its parts, is row by row what the window's own table is."""
    _equal(whole, inbox.between(None))
    parts = sorted(str(path.relative_to(whole)) for path in whole.glob("messages/**/*.parquet"))
    assert len(parts) == 5
    assert parts[0] == f"messages/list={inbox.name}/epoch=0/part-00000.parquet"
    assert not (whole / "_work").exists()


@pytest.mark.slow
def test_any_number_of_jobs_writes_the_same(inbox, whole, tmp_path):
    """Two processes write and group the same tables."""
    frames.write_dataset(inbox, tmp_path / "two", mails=5, jobs=2)
    frames.group_dataset(tmp_path / "two", jobs=2)
    for name in NAMES:
        one, two = (
            frames.open_dataset(path, name).to_table() for path in (whole, tmp_path / "two")
        )
        assert one.equals(two), name


def test_a_second_call_writes_nothing(inbox, whole):
    """What is complete stays as it is, and its groups stay valid."""
    before = {path: path.stat().st_mtime_ns for path in whole.glob("m*/**/*.parquet")}
    assert frames.write_dataset(inbox, whole, mails=5).written == 0
    assert before == {path: path.stat().st_mtime_ns for path in whole.glob("m*/**/*.parquet")}
    assert frames.open_dataset(whole, "series").count_rows()


def test_what_a_killed_process_had_begun_is_removed(inbox, whole):
    """A file that never got its name goes with the next call, whether it writes or groups."""
    for call in (lambda: frames.write_dataset(inbox, whole, mails=5),
                 lambda: frames.group_dataset(whole)):  # fmt: skip
        begun = whole / "messages" / f"list={inbox.name}" / ".part-00009.parquet.0123abcd.part"
        begun.write_bytes(b"PAR1")
        call()
        assert not begun.exists()
    assert frames.open_dataset(whole, "series").count_rows()


HISTORY = tuple(Add(number) for number in range(12))


@pytest.fixture
def epoch(tmp_path):
    """Return a repository with twelve mails."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(HISTORY)
    return epoch


def _write(epoch, folder, **options):
    return frames.write_dataset(Inbox.open(epoch.archive.path), folder, mails=4, **options)


@pytest.mark.parametrize(
    ("after", "written"),
    [
        ((*HISTORY, Add(12)), 1),
        ((*HISTORY, Add(12), Delete(1)), 2),
        ((*HISTORY, Delete(9)), 1),
        ((*HISTORY[:2], Purge(2), *HISTORY[3:]), 3),
        (HISTORY[:7], 1),
    ],
    ids=["grown", "deleted early", "deleted late", "purged", "shorter"],
)
def test_what_changes_is_written_again(epoch, tmp_path, after, written):
    """Mails that come, are deleted in another shard, or purged: only their shards change."""
    folder = tmp_path / "set"
    _write(epoch, folder)
    frames.group_dataset(folder)
    epoch.write(after)
    done = _write(epoch, folder)
    assert done.written == written
    with pytest.raises(DatasetError, match="run group_dataset"):
        frames.open_dataset(folder, "threads")
    frames.group_dataset(folder)
    _equal(folder, Inbox.open(epoch.archive.path).between(None))
    assert done.mails == len(list(Inbox.open(epoch.archive.path).between(None).messages()))
    marks = len(list((folder / "_shards").iterdir()))
    assert marks == done.shards == len(list(folder.glob("messages/**/*.parquet")))


def test_what_was_broken_off_is_resumed(epoch, tmp_path):
    """After a lost worker nothing looks whole, and the next call writes only what is missing."""
    folder = tmp_path / "set"
    with pytest.raises(WorkerError, match="it resumes where it stopped"):
        _write(epoch, folder, executor=Executor(lose_at=2))
    for name in NAMES:
        with pytest.raises(DatasetError, match="not complete"):
            frames.open_dataset(folder, name)
    with pytest.raises(DatasetError, match="not complete"):
        frames.group_dataset(folder)
    done = _write(epoch, folder, executor=Executor())
    assert (done.written, done.shards, done.mails) == (1, 3, 12)
    with pytest.raises(WorkerError):
        frames.group_dataset(folder, executor=Executor(lose_at=2))
    with pytest.raises(DatasetError, match="not grouped"):
        frames.open_dataset(folder, "series")
    assert not (folder / "_work").exists()
    frames.group_dataset(folder, executor=Executor())
    _equal(folder, Inbox.open(epoch.archive.path).between(None))


def test_a_full_disk_is_said(epoch, tmp_path, monkeypatch):
    """A part that finds no room is an error that names the place; what was complete stays."""
    folder = tmp_path / "set"
    plain = dataset_room._write_batches
    calls = []

    def fail(*values):
        calls.append(values)
        if len(calls) == 4:
            raise OutputError("it can't be written (No space left on device)", where=str(folder))
        plain(*values)

    with monkeypatch.context() as patch:
        patch.setattr(dataset_room, "_write_batches", fail)
        with pytest.raises(OutputError, match="No space left"):
            _write(epoch, folder)
    assert not list(folder.rglob("*.part"))
    assert _write(epoch, folder).written == 2


def test_a_rewritten_archive_is_an_error(epoch, tmp_path):
    """A shard whose mails are gone when it is read is an error, and the dataset is not whole."""
    folder = tmp_path / "set"
    inbox = Inbox.open(epoch.archive.path)
    epoch.lose(write_mail(6))
    with pytest.raises(KvminboxError, match="on_problem"):
        frames.write_dataset(inbox, folder, mails=4)
    with pytest.raises(DatasetError, match="not complete"):
        frames.open_dataset(folder, "messages")
    done = frames.write_dataset(inbox, folder, mails=4, on_problem="skip")
    assert (done.mails, done.left_out) == (11, 1)
    epoch.write(HISTORY)  # it is there again: its shard is tried again
    assert _write(epoch, folder).mails == 12


def _change(name, **values):
    def change(folder):
        path = folder / name
        path.write_text(json.dumps({**json.loads(path.read_text()), **values}))

    return change


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_change("_dataset.json", format=99), "another version .format 99"),
        (_change("_dataset.json", reader=-1), "another version .reader -1"),
        (_change("_dataset.json", dataset=0), "another version .dataset 0"),
        (lambda folder: next(folder.glob("messages/**/*.parquet")).unlink(), "missing"),
        (lambda folder: next(folder.glob("files/**/*.parquet")).write_bytes(b"x"), "changed"),
        (lambda folder: (folder / "_manifest.json").write_text("{"), "not complete"),
        (lambda folder: shutil.rmtree(folder / "_shards"), None),
    ],
    ids=["format", "reader", "dataset", "missing", "changed", "manifest", "marks"],
)
def test_what_is_not_whole_is_refused(inbox, whole, change, said):
    """A dataset of another version, or one that lacks a file, is refused with what to do."""
    change(whole)
    if said is None:
        assert frames.write_dataset(inbox, whole, mails=5).written == 5
        return
    for ask in (
        lambda: frames.open_dataset(whole, "messages"),
        lambda: frames.group_dataset(whole),
    ):
        with pytest.raises(DatasetError, match=said) as caught:
            ask()
        assert caught.value.cure
    if "version" in said:
        with pytest.raises(DatasetError, match=said):
            frames.write_dataset(inbox, whole, mails=5)
    else:
        frames.write_dataset(inbox, whole, mails=5)
        assert frames.open_dataset(whole, "messages").count_rows()


def test_a_dataset_of_another_inbox_is_refused(inbox, whole, epoch):
    """Neither another inbox, nor other shards, nor a folder with other files is written over."""
    with pytest.raises(DatasetError, match="started with list"):
        frames.write_dataset(Inbox.open(epoch.archive.path), whole, mails=5)
    with pytest.raises(DatasetError, match="started with mails=5"):
        frames.write_dataset(inbox, whole, mails=6)
    with pytest.raises(DatasetError, match="other files"):
        frames.write_dataset(inbox, whole / "messages")
    with pytest.raises(DatasetError, match="no such table"):
        frames.open_dataset(whole, "mails")
    with pytest.raises(UsageError, match="mails=0"):
        inbox.shards(mails=0)


def test_mails_that_are_read_back_share_what_is_equal(inbox, whole):
    """One sender, one file and one set of names for all mails of a bin: a tenth of the memory."""
    paths = sorted(whole.glob("_slim/**/part-*.parquet"))
    files = [(str(path), list(range(pq.read_metadata(path).num_rows))) for path in paths]
    mails = grouping_room._load(grouping_room._Bin(0, "", files, list(range(22)), None))
    assert len(mails) == 22
    for shared in (
        [mail.sender for mail in mails],
        [one for mail in mails for one in getattr(mail, "trailers", ())],
        [one for mail in mails if hasattr(mail, "diffstat") for one in mail.diffstat.files],
    ):
        assert len(shared) > len(set(shared)) == len(set(map(id, shared)))
    assert len({id(mail.model_fields_set) for mail in mails}) == 1


def test_nothing_of_a_dataset_is_unpickled(whole):
    """Slim mails are JSON, since a dataset may come from somebody else."""
    rows = pq.read_table(next(whole.glob("_slim/**/*.parquet")), partitioning=None).to_pylist()
    assert rows
    assert all(json.loads(row["json"])["subject"] for row in rows)
    assert {frame.name for frame in (*MAIL_FRAMES, *GROUP_FRAMES)} == set(NAMES)


def _list_committed():
    """Yield mails of three series that Ewa applied, and of an own one about which she is asked."""
    diff = "diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-int a;\n+int b;\n"
    ada, ewa = "Ada Pfeiffer <ada@silicon.example>", "Ewa Lis <ewa@kvm.example>"
    for name, sender in (("a", ada), ("b", ada), ("c", ada), ("own", ewa)):
        title = f"[PATCH] KVM: timer {name}"
        yield write_mail_to(title, f"Say it.\n\n---\n{diff}", sender=sender, ids=[f"{name}@x"])
        replies = [("re", ewa, "Applied.")]
        if sender == ewa:
            replies = [("asked", ada, "Why?"), ("re", ewa, "Applied.")]
        above = f"{name}@x"
        for kind, who, text in replies:
            ids = [f"{kind}-{name}@x"]
            yield write_mail_to(f"Re: {title}", text, sender=who, ids=ids, in_reply_to=above)
            above = ids[0]


def test_who_commits_is_told_to_every_bin(tmp_path, monkeypatch):
    """An author who commits what is grouped in other bins is believed as in the whole."""
    monkeypatch.setattr(grouping_room, "_BIN", 2)
    epoch = Epoch(tmp_path / "lemon.git")
    for place, raw in enumerate(_list_committed()):
        epoch.archive.commit({"m": epoch.archive.blob(raw)}, seconds=1_700_000_000 + place)
    _write(epoch, tmp_path / "set")
    frames.group_dataset(tmp_path / "set")
    _equal(tmp_path / "set", Inbox.open(epoch.archive.path).between(None))
    series = frames.open_dataset(tmp_path / "set", "series").to_table()
    assert series.column("applied").to_pylist() == [1, 1, 1, 1]


def test_notices_are_told_to_every_bin(tmp_path, monkeypatch):
    """A notice that links to a patch in another bin, or has its title, is read as in the whole."""
    monkeypatch.setattr(grouping_room, "_BIN", 2)
    epoch = Epoch(tmp_path / "lemon.git")
    for place, raw in enumerate(write_history()):
        epoch.archive.commit({"m": epoch.archive.blob(raw)}, seconds=1_700_000_000 + place)
    _write(epoch, tmp_path / "set")
    frames.group_dataset(tmp_path / "set")
    _equal(tmp_path / "set", Inbox.open(epoch.archive.path).between(None))
    series = frames.open_dataset(tmp_path / "set", "series").to_table()
    found = {row["message_id"]: row["applied"] for row in series.to_pylist()}
    assert found == {"a@x": 1, "b@x": 0, "b2@x": 1, "c@x": 0, "d@x": 1}
