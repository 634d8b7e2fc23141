"""Work done by other processes, in order: the one pool of this library.

A worker is a fresh interpreter that runs this module and talks in frames of pickled values
over its standard input and output. `multiprocessing` would import the caller's script again,
which breaks one without a main guard, and every notebook; a fork would share open files.

Functions and results are pickled by our own processes for our own processes, which have our
rights already; nothing that comes from outside is ever unpickled.
"""

import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, Self, TypeVar

from kvminbox.archive import check_limit
from kvminbox.errors import KvminboxError, UsageError, WorkerError
from kvminbox.given import check_count

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

_AHEAD: Final = 3
"""Tasks that wait for each worker: none is idle, and not too much is in memory."""

_FRAME: Final = struct.Struct("=cQ")
_PREPARE: Final = b"p"
_FUNCTION: Final = b"f"
_TASK: Final = b"t"
_DONE: Final = b"d"
_FAILED: Final = b"e"
_UNKNOWN: Final = b"u"
_OURS: Final = f"{__name__.partition('.')[0]}."
_MODULE: Final = (
    "define it in a module that can be imported, not in the script that runs,"
    " install cloudpickle, or use jobs=1"
)


def check_jobs(jobs: int) -> int:
    """Return a number of processes.

    Raises:
        UsageError: it is below 1, or no whole number.
    """
    return check_count(jobs, "jobs", "a number of processes")


class Workers:
    """Some processes that do tasks; they are started with the first one."""

    def __init__(self, jobs: int) -> None:
        self._jobs = check_jobs(jobs)
        self._workers: list[Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop(at_once=kind is not None)

    def start(self, prepare: Callable[[], object] | None = None) -> None:
        """Start the processes, if they are not.

        Args:
            prepare: what each does at once, such as to import what its tasks will need, while the
                caller finds out what is to be done. Nobody learns how it ended.
        """
        packed = None if prepare is None else _pack_function(prepare)
        while len(self._workers) < self._jobs:
            worker = Worker()
            self._workers.append(worker)
            if packed is not None:
                worker.prepare(packed)

    @property
    def are_started(self) -> bool:
        """Whether there are processes."""
        return bool(self._workers)

    def map(
        self, function: Callable[[T], R], tasks: Iterable[T], *, where: str = ""
    ) -> Generator[R, None, None]:
        """Yield what a function returns for each task, in order.

        An exception of the function is raised here, with the worker's traceback as a note.

        Args:
            function: it is sent to each process once.
            tasks: they are sent, and so taken from the iterable, a few ahead.
            where: what an error for a process that died is about.

        Raises:
            WorkerError: a process died, can't be started, or can't send a result.
            UsageError: the function can't be sent.
        """
        from concurrent.futures import ThreadPoolExecutor  # what has one process starts faster

        packed = _pack_function(function)
        self.start()
        idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            idle.put(worker)

        def work(task: bytes) -> R:
            worker = idle.get()
            try:
                found: R = worker.call(packed, task, where)
                return found
            finally:
                idle.put(worker)

        waiting: deque[Future[R]] = deque()
        with ThreadPoolExecutor(self._jobs) as pool:
            try:
                for task in tasks:
                    waiting.append(pool.submit(work, pickle.dumps(task, pickle.HIGHEST_PROTOCOL)))
                    if len(waiting) >= self._jobs * _AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except BaseException:
                # nobody wants what they are at, which may take long
                self.stop(at_once=True)
                raise
            finally:
                pool.shutdown(cancel_futures=True)

    def stop(self, *, at_once: bool = False) -> None:
        """End the processes; `at_once` also in the middle of a task."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.stop(at_once=at_once)


class Worker:
    """A process that does tasks."""

    def __init__(self) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve()"
        self._packed: bytes | None = None
        try:
            self._process = subprocess.Popen(  # noqa: S603  # of ourselves, nothing from outside
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as error:
            check_limit(Path(sys.executable), error)
            what = f"can't start a process that reads mails ({error.strerror})"
            cure = "run it again with jobs=1"
            raise WorkerError(what, where=sys.executable, cure=cure) from None

    def prepare(self, packed: bytes) -> None:
        """Let it call a function that takes nothing; whether it is alive, its first task tells."""
        assert self._process.stdin
        with suppress(OSError):
            _write_frame(self._process.stdin, _PREPARE, packed)

    def call(self, packed: bytes, task: bytes, where: str) -> Any:  # noqa: ANN401  # what it returns
        """Return what the function returns for a task, or raise what it raises."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            if packed is not self._packed:
                _write_frame(self._process.stdin, _FUNCTION, packed)
                self._packed = packed
            _write_frame(self._process.stdin, _TASK, task)
            head, data = _read_frame(self._process.stdout)
        except (EOFError, OSError) as error:
            raise WorkerError(
                f"a process that reads mails died ({_describe_end(self._process.wait())})",
                where=where, cure="run it again with jobs=1 to see which mail it was",
            ) from error  # fmt: skip
        if head == _FAILED:
            raise_packed(data)
        value = pickle.loads(data)  # noqa: S301  # of our own child, which has our own rights
        if head == _UNKNOWN:
            what = f"a function can't be sent to another process ({value})"
            raise UsageError(what, cure=_MODULE)
        return value

    def stop(self, *, at_once: bool) -> None:
        """End the process, and wait until it has."""
        with suppress(OSError):
            if at_once:
                self._process.kill()
            self._process.communicate()


def _describe_end(code: int) -> str:
    """Return what ended a process, in words: a signal, or its exit code."""
    try:
        return f"by {signal.Signals(-code).name}"
    except ValueError:
        return f"exit code {code}"


def _pack_function(function: Callable[..., object]) -> bytes:
    """Pickle a function: with cloudpickle, where it is installed, also one of a notebook.

    Raises:
        UsageError: it can't be pickled.
    """
    try:
        from cloudpickle import dumps
    except ImportError:
        dumps = pickle.dumps
    try:
        packed: bytes = dumps(function)
    except Exception as error:  # a class may raise anything when it is pickled
        what = f"a function can't be sent to another process ({error})"
        raise UsageError(what, _name(function), _MODULE) from error
    return packed


def _name(function: object) -> str:
    """Return how its caller knows a function, without what of this library wraps it."""
    while isinstance(function, partial) and function.func.__module__.startswith(_OURS):
        function = function.args[-1]
    return getattr(function, "__qualname__", None) or repr(function)[:200]


def _write_frame(stream: IO[bytes], head: bytes, data: bytes) -> None:
    stream.write(_FRAME.pack(head, len(data)))
    stream.write(data)
    stream.flush()


def _read_frame(stream: IO[bytes]) -> tuple[bytes, bytes]:
    start = stream.read(_FRAME.size)
    if len(start) < _FRAME.size:
        raise EOFError
    head, size = _FRAME.unpack(start)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return head, data


def serve() -> None:
    """Do the tasks that come in until there are no more; a worker process runs this."""
    gc.freeze()
    # what a function might print must not get between the frames
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    function: Callable[[Any], object] | None = None
    packed = b""
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            head, data = _read_frame(sys.stdin.buffer)
            if head == _FUNCTION:
                function, packed = None, data
                continue
            if head == _PREPARE:
                with suppress(Exception):  # the first task gets it, too
                    _unpack_function(data)()
                continue
            try:
                if function is None:
                    function = _unpack_function(packed)
                answer = _DONE, _dump(function(pickle.loads(data)), function)  # noqa: S301  # of our parent
            except _UnknownError as error:
                answer = _UNKNOWN, _dump(str(error), function)
            except (Exception, SystemExit) as error:  # noqa: BLE001  # it is raised in the parent
                answer = _FAILED, pack_error(error)
            _write_frame(stream, *answer)
    os._exit(0)  # freeing its memory piece by piece took half a second


class _UnknownError(Exception):
    """A function is not in the module that it is said to be in."""


def _unpack_function(packed: bytes) -> Callable[..., object]:
    try:
        found: Callable[..., object] = pickle.loads(packed)  # noqa: S301  # of our own parent
    except (AttributeError, ImportError) as error:
        raise _UnknownError(str(error)) from None
    return found


def _dump(value: object, function: object) -> bytes:
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001  # a class may raise anything when it is pickled
        what = f"a result can't be sent from another process ({error})"
        cure = "return plain values, or use jobs=1"
        raise WorkerError(what, _name(function), cure) from None


def raise_packed(data: bytes) -> NoReturn:
    """Raise what `pack_error` has packed, with where it was raised as a note."""
    error, told = pickle.loads(data)  # noqa: S301  # of our own child, which has our own rights
    if not isinstance(error, KvminboxError):  # ours say all that there is to say
        error.add_note(told)
    raise error


def pack_error(error: BaseException) -> bytes:
    """Pickle an exception, with where it was raised in words."""
    told = "".join(traceback.format_exception(error))
    try:
        data = pickle.dumps((error, told))
        pickle.loads(data)  # noqa: S301  # some can be pickled only
    except Exception:  # noqa: BLE001  # as above
        lost = WorkerError(f"a function failed with {error!r}", cure="run it again with jobs=1")
        data = pickle.dumps((lost, told))
    return data
