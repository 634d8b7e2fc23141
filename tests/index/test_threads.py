"""One index in many threads: each thread gets the answers that one alone gets."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kvminbox import Inbox
from kvminbox.errors import IndexFileError
from kvminbox.index import Index
from kvminbox.index.database import Database
from kvminbox.index.query import stems
from kvminbox.index.query.stems import compute_stem
from tests.index.histories import Add, Epoch, build

THREADS = 16
QUERIES = ("timer", "fix OR fixes OR fixing", "s:patch", "hop* NOT kind:reply", "saying there")
WORDS = ("interrupts", "capabilities", "hoping", "university", "flies", "generically", "skies")


def in_threads(ask, count=THREADS):
    """Return what a function returns in each of many threads, which begin at once."""
    gate = threading.Barrier(count)

    def run(number):
        gate.wait()
        return ask(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.fixture
def file(tmp_path):
    """Return the path of an index of ten mails."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(10)))
    build(tmp_path / "index.sqlite", ("lemon", Inbox.open(epoch.archive.path)))
    return tmp_path / "index.sqlite"


def answer(index):
    """Return what an index answers to each kind of question."""
    messages = list(index.messages())
    ids = [message.message_id for message in messages if message.message_id][::6]
    return [
        [len(index.search(query)) for query in QUERIES],
        [[hit.model_dump_json() for hit in index.search(query).hits(3)] for query in QUERIES],
        [list(index.search(query).message_ids()) for query in QUERIES],
        [message.message_id for message in index.between(None).messages()],
        [index.raw(message) for message in messages],
        [repr(index.thread_of(one)) for one in ids],
        [repr(index.series_of(one)) for one in ids],
        index.inboxes,
    ]


def test_threads_that_share_an_index_get_the_answers_of_one(sample_file):
    """Sixteen threads with one index between them get what a single one gets."""
    with Index.open(sample_file) as index:
        expected = answer(index)
        assert all(found == expected for found in in_threads(lambda _: answer(index)))


def test_threads_that_share_a_search_get_the_answers_of_one(sample_file):
    """Sixteen threads with one search between them get what a single one gets."""
    with Index.open(sample_file) as index:
        search = index.search("s:timer OR patch")
        expected = (len(search), [hit.message.message_id for hit in search])
        found = in_threads(lambda _: (len(search), [hit.message.message_id for hit in search]))
        assert found == [expected] * THREADS


def test_each_thread_has_a_stemmer():
    """The stemmer keeps its word in itself, so no two threads use the same one."""
    stemmers = in_threads(lambda _: stems._of_thread().stemmer)
    assert len(set(map(id, stemmers))) == THREADS
    expected = [compute_stem(word) for word in WORDS]
    assert in_threads(lambda _: [compute_stem(word) for word in WORDS]) == [expected] * THREADS


def test_threads_that_have_ended_leave_no_connection(file):
    """A thread takes over the connection of one that has ended."""
    with Index.open(file) as index:
        for _ in range(5):
            thread = threading.Thread(target=lambda: len(index.search("squeeze")))
            thread.start()
            thread.join()
        assert len(index._database._connections) == 2


def test_an_index_may_be_closed_by_another_thread(file):
    """After a close by any thread each gets an error of ours, and the file is let go."""
    index = Index.open(file)
    assert in_threads(lambda _: len(index.search("squeeze"))) == [10] * THREADS
    thread = threading.Thread(target=index.close)
    thread.start()
    thread.join()

    def ask(_):
        with pytest.raises(IndexFileError, match="it was closed"):
            len(index.search("squeeze"))

    ask(0)
    in_threads(ask)
    assert not file.with_name("index.sqlite-wal").exists()


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_close_stops_what_other_threads_ask(file):
    """A statement that another thread executes ends when the file is closed."""
    database = Database(str(file))
    begun = threading.Event()

    def ask():
        database.value("SELECT 1")
        begun.set()
        with pytest.raises(IndexFileError, match="it was closed"):
            database.value(ENDLESS)

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask)
        begun.wait()
        database.close()
        asked.result()


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_signal_stops_a_statement(file, error):
    """The error that the handler of a signal raises ends a statement at once."""

    def handle(*_):
        raise error

    before = signal.signal(signal.SIGINT, handle)
    database = Database(str(file))
    killer = threading.Timer(0, lambda: signal.raise_signal(signal.SIGINT))
    try:
        with pytest.raises(error):
            killer.start()
            database.value(ENDLESS)
        assert database.value("SELECT 1") == 1
    finally:
        killer.join()
        signal.signal(signal.SIGINT, before)
        database.close()


def test_updates_of_two_threads_come_one_after_the_other(tmp_path):
    """Threads that update one index wait for each other."""
    inboxes = []
    for number in range(4):
        epoch = Epoch(tmp_path / f"lemon{number}.git")
        epoch.write(tuple(Add(10 * number + each) for each in range(10)))
        inboxes.append(Inbox.open(epoch.archive.path))
    build(tmp_path / "index.sqlite")
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        in_threads(lambda number: index.update(inboxes[number]), 4)
        assert sorted(index.inboxes) == [f"lemon{number}" for number in range(4)]
        assert len(index.search("squeeze")) == 40
        assert index.check() == ()
