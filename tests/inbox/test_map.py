"""`map`: what a function returns for each mail, in any number of processes."""

import pickle
import subprocess
import sys
from concurrent.futures import Future
from itertools import chain

import pytest

import kvminbox.workers as workers_room
from kvminbox import Inbox, Index
from kvminbox.errors import (
    KvminboxError,
    MissingObjectError,
    ObjectError,
    UsageError,
    WorkerError,
)
from kvminbox.inbox import parallel
from kvminbox.workers import Workers
from tests.inbox import far_away
from tests.index.histories import Add, Delete, Epoch, write_mail

HISTORY = (*(Add(number) for number in range(12)), Delete(3), Delete(7), Add(12))
SHOWN = [f"{number}@lemon.example" for number in range(13) if number not in (3, 7)]


@pytest.fixture
def epoch(tmp_path):
    """Return a repository with thirteen mails, of which two are deleted."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(HISTORY)
    return epoch


@pytest.fixture
def small_tasks(monkeypatch):
    """Let a few mails be several tasks."""
    monkeypatch.setattr(parallel, "_BATCH", 4)


def _open_all(epoch, tmp_path):
    """Return a window of each sort over the same mails."""
    inbox = Inbox.open(epoch.archive.path)
    other = Epoch(tmp_path / "other.git")
    other.write(HISTORY)
    one = Index.open(tmp_path / "one.sqlite", create=True)
    one.update(inbox)
    two = Index.open(tmp_path / "two.sqlite", create=True)
    two.update(inbox)
    two.update(Inbox.open(other.archive.path))
    return {
        "archive": inbox.between(None),
        "since": inbox.since("1990-01-01"),
        "index window": one.between(None),
        "index": one,
        "merged": two.since("1990-01-01"),
        "merged index": two,
        "search": one.search("lemon"),
    }


def _ids(corpus):
    return [message.message_id for message in corpus.messages()]


@pytest.mark.slow
def test_any_number_of_jobs_gives_the_same(epoch, tmp_path, small_tasks):
    """Each sort of window gives what its messages give, in order, for one job and for two."""
    for name, corpus in _open_all(epoch, tmp_path).items():
        titles = [message.subject.title for message in corpus.messages()]
        assert len(titles) == len(SHOWN), name
        assert list(corpus.map(far_away.subject_of)) == titles, name
        if name in ("archive", "index window", "merged index", "search"):
            assert list(corpus.map(far_away.subject_of, jobs=2)) == titles, name


def test_batches_are_the_same_for_any_jobs(epoch, small_tasks):
    """Some mails at a time are the same mails for one job and for two, all of them, in order."""
    window = Inbox.open(epoch.archive.path).between(None)
    batches = list(window.map_batches(far_away.ids_of))
    assert list(chain(*batches)) == SHOWN
    assert max(map(len, batches)) == 4
    assert list(window.map_batches(far_away.ids_of, jobs=2)) == batches


def test_deleted_mails_are_not_mapped(epoch, small_tasks):
    """A mail that the window deletes is in no answer, whichever task its deletion is in."""
    window = Inbox.open(epoch.archive.path).between(None)
    assert list(chain(*window.map_batches(far_away.ids_of, jobs=2))) == SHOWN
    deleted = [one for one in window.entries() if one.change == "message"]
    assert len(deleted) == len(SHOWN) + 2  # entries account for them, as their docstring says


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_of_the_function_is_its_own(epoch, jobs, small_tasks):
    """What the function raises is raised, after the results before it, for any jobs."""
    window = Inbox.open(epoch.archive.path).between(None)
    found = []
    with pytest.raises(LookupError, match="the fifth") as caught:
        for one in window.map(far_away.fail_at_five, jobs=jobs):
            found.append(one)  # noqa: PERF402  # those before it
    assert found == SHOWN[:4]
    notes = getattr(caught.value, "__notes__", [])
    assert len(notes) == jobs - 1
    assert all("in fail_at_five" in note for note in notes)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("function", "said"),
    [
        (far_away.fail_oddly, "OddError"),
        (far_away.return_a_lock, "return_a_lock: a result can't be sent from another process"),
        (far_away.die, r"died \(by SIGKILL\)"),
        (far_away.exit_with_five, r"died \(exit code 5\)"),
    ],
    ids=["exception", "result", "killed", "ended"],
)
def test_what_goes_wrong_far_away_is_said(epoch, function, said):
    """A worker that dies, and what can't be sent, are errors that say what to do."""
    window = Inbox.open(epoch.archive.path).between(None)
    with pytest.raises(WorkerError, match=said) as caught:
        list(window.map(function, jobs=2))
    assert "jobs=1" in caught.value.cure
    assert _ids(window) == SHOWN  # and the window goes on


@pytest.mark.parametrize(
    ("prepare", "times"), [(far_away.prepare, 1), (far_away.fail_to_prepare, 0)]
)
def test_processes_prepare_before_their_first_task(prepare, times):
    """Each calls what it is to prepare with once, and does its tasks also where that fails."""
    with Workers(2) as workers:
        workers.start(prepare)
        workers.start(prepare)
        assert list(workers.map(far_away.count_prepared, range(8))) == [times] * 8


@pytest.mark.parametrize("has_cloudpickle", [True, False])
def test_a_function_of_nowhere(epoch, monkeypatch, has_cloudpickle):
    """A lambda is sent where cloudpickle is installed, and is a usage error where it is not."""
    window = Inbox.open(epoch.archive.path).between(None)
    if has_cloudpickle:
        pytest.importorskip("cloudpickle")
        assert list(window.map(lambda message: message.message_id, jobs=2)) == SHOWN
        return
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    with pytest.raises(UsageError, match="define it in a module"):
        list(window.map(lambda message: message.message_id, jobs=2))


SCRIPT = """
import sys
sys.modules["cloudpickle"] = None
from kvminbox import Inbox
from kvminbox.errors import UsageError
def subject_of(message):
    return message.subject.title
try:
    list(Inbox.open(sys.argv[1]).between(None).map(subject_of, jobs=2))
except UsageError as error:
    print(error)
"""


@pytest.mark.slow
def test_a_function_of_a_script(epoch):
    """Without cloudpickle a function of the script itself is a usage error, not a second run."""
    command = [sys.executable, "-c", SCRIPT, epoch.archive.path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "can't be sent to another process" in done.stdout
    assert "define it in a module" in done.stdout


def test_an_error_names_the_function_as_its_caller_does(epoch, monkeypatch):
    """It names the function that was passed, and nothing of what the library wraps it in."""
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    window = Inbox.open(epoch.archive.path).between(None)
    for run in (window.map, window.map_batches):
        with pytest.raises(UsageError) as caught:
            list(run(lambda given: 1, jobs=2))
        assert caught.value.where.endswith(".<lambda>")
        assert "kvminbox" not in caught.value.where


@pytest.mark.parametrize("jobs", [0, -1, 1.5])
def test_no_jobs_is_a_usage_error(epoch, jobs):
    """A number of processes below one is refused when it is given."""
    window = Inbox.open(epoch.archive.path).between(None)
    with pytest.raises(UsageError, match=f"jobs={jobs}"):
        window.map(far_away.subject_of, jobs=jobs)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_problems_follow_the_policy(epoch, jobs, small_tasks):
    """A mail that can't be read raises, is skipped, or is told here, in its place, for any jobs."""
    window = Inbox.open(epoch.archive.path).between(None)
    lost = [entry for entry in window.entries() if entry.change == "message"][5]
    epoch.lose(write_mail(5))
    window = Inbox.open(epoch.archive.path).between(None)
    with pytest.raises(MissingObjectError, match=lost.blob):
        list(window.map(far_away.subject_of, jobs=jobs))
    expected = [one for one in SHOWN if not one.startswith("5@")]
    told = []
    found = []
    for ids in window.map_batches(far_away.ids_of, jobs=jobs, on_problem=told.append):
        found += ids
    assert found == expected
    assert [problem.entry for problem in told] == [lost]
    assert window.left_out.mails == 1


def test_progress_goes_up_to_the_end(epoch, small_tasks):
    """Progress never goes back, and ends with all of them."""
    window = Inbox.open(epoch.archive.path).between(None)
    seen = []
    list(window.map(far_away.subject_of, jobs=2, progress=lambda *one: seen.append(one)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (len(HISTORY), len(HISTORY))


def test_what_a_function_prints_is_no_result(epoch, capfd):
    """A function may print: that goes to the error stream, and results are as they are."""
    window = Inbox.open(epoch.archive.path).between(None)
    assert list(window.map(far_away.print_much, jobs=2)) == [1] * len(SHOWN)
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("ending", ["close", "interrupt"])
def test_who_breaks_off_leaves_no_process(epoch, monkeypatch, ending, small_tasks):
    """Where the caller stops, or presses Ctrl-C, the processes end, even in a long function."""
    started = []
    plain = workers_room.Worker.__init__

    def start(self):
        plain(self)
        started.append(self)

    monkeypatch.setattr(workers_room.Worker, "__init__", start)
    window = Inbox.open(epoch.archive.path).between(None)
    if ending == "close":
        results = window.map(far_away.subject_of, jobs=2)
        next(results)
        results.close()
    else:
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(Future, "result", _interrupt)
            list(window.map(far_away.work_long, jobs=2))
    assert len(started) == 2
    assert all(worker._process.poll() is not None for worker in started)


def _interrupt(*_):
    raise KeyboardInterrupt


# what is sent


def test_windows_are_pickled_as_what_they_are_made_of(epoch, tmp_path):
    """Each sort of window gives the same mails after pickling, which takes few bytes."""
    for name, corpus in _open_all(epoch, tmp_path).items():
        data = pickle.dumps(corpus)
        again = pickle.loads(data)
        assert type(again) is type(corpus), name
        assert _ids(again) == _ids(corpus), name
        assert repr(again).replace(str(tmp_path), "") == repr(corpus).replace(str(tmp_path), "")
        assert len(data) < 2_000, name


def test_an_inbox_is_pickled_with_its_tips(epoch):
    """An inbox that comes out of a pickle ends where it ended, though its archive has grown."""
    inbox = Inbox.open(epoch.archive.path)
    data = pickle.dumps(inbox)
    epoch.write((*HISTORY, Add(20)))
    assert _ids(pickle.loads(data).between(None)) == SHOWN
    assert len(_ids(Inbox.open(epoch.archive.path).between(None))) == len(SHOWN) + 1
    assert pickle.loads(data).epochs == inbox.epochs


def test_a_policy_is_pickled(epoch):
    """The policy and what was left out come along."""
    window = Inbox.open(epoch.archive.path).between(None, on_problem="skip")
    again = pickle.loads(pickle.dumps(window))
    assert again.on_problem == "skip"
    assert again.left_out == window.left_out


def test_a_rewritten_archive_is_an_error_of_ours(epoch):
    """A window whose commits are gone when it comes out of a pickle says so."""
    data = pickle.dumps(Inbox.open(epoch.archive.path).between(None))
    epoch.write(tuple(Add(number) for number in range(30, 40)))
    epoch.prune()
    with pytest.raises(ObjectError):
        pickle.loads(data)


@pytest.mark.parametrize("error", [KvminboxError, MissingObjectError, WorkerError])
def test_errors_are_pickled(error):
    """An error of ours comes out of a pickle with its what, where and cure."""
    again = pickle.loads(pickle.dumps(error("it is gone", "there", "look elsewhere")))
    assert str(again) == "there: it is gone; look elsewhere"
    assert type(again) is error
