"""Datasets on Dask's own workers, one of which dies in the middle."""

import os
import signal
import threading
import time

import pytest

from kvminbox import Inbox, frames
from kvminbox.frames.frame import FRAMES
from kvminbox.sample import make_sample
from tests.index.histories import Add, Epoch

distributed = pytest.importorskip("distributed")
pytestmark = [pytest.mark.scale, pytest.mark.filterwarnings("ignore")]  # of Dask's own


@pytest.fixture
def client(tmp_path):
    """Return a client of a cluster of two processes."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=tmp_path
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def _kill_one(client, shards_done):
    """Kill a worker once some shards are complete; Dask starts another one."""
    while not shards_done():
        time.sleep(0.01)
    pids = client.run(os.getpid)
    os.kill(next(iter(pids.values())), signal.SIGKILL)


def test_a_worker_that_is_killed_costs_only_time(client, tmp_path):
    """Where Dask loses a worker in the middle, the dataset is complete, and right."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(600)))
    inbox = Inbox.open(epoch.archive.path)
    folder = tmp_path / "set"
    marks = folder / "_shards"
    killer = threading.Thread(
        target=_kill_one, args=(client, lambda: marks.is_dir() and len(list(marks.iterdir())) > 3)
    )
    killer.start()
    with client.get_executor() as executor:
        done = frames.write_dataset(inbox, folder, mails=10, executor=executor)
        killer.join()
        frames.group_dataset(folder, executor=executor)
    assert (done.mails, done.shards) == (600, 60)
    window = inbox.between(None)
    for frame in FRAMES:
        table = frames.open_dataset(folder, frame.name).to_table()
        assert table.equals(getattr(frames, frame.name)(window).to_arrow()), frame.name


def test_a_dask_dataframe_has_the_rows_of_the_table(client, tmp_path):
    """`read_inbox` gives the rows of the table, in order, from workers."""
    from kvminbox.dask import read_inbox

    inbox = Inbox.open(make_sample(tmp_path / "kvm"))
    window = inbox.between(None)
    for name in ("messages", "patches"):
        frame = read_inbox(inbox, name, mails=5)
        assert frame.npartitions == 5
        found = frame.compute()
        expected = getattr(frames, name)(window).to_arrow()
        assert list(found["commit"]) == expected.column("commit").to_pylist()
        assert list(found.columns) == expected.schema.names
    with pytest.raises(KeyError):
        read_inbox(inbox, "series")
