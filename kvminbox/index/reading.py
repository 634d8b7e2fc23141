"""Mails read into rows, a few dozen at a time, in this process or in others.

A worker is a fresh interpreter that runs this module and talks in frames of
marshalled plain values over its standard input and output. `multiprocessing`
would import the caller's script again, which breaks one without a main guard,
and every notebook.
"""

import gc
import marshal
import os
import signal
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from itertools import starmap
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Final, NamedTuple

from kvminbox.archive import Repository, Source, check_limit
from kvminbox.errors import KvminboxError, ObjectError, WorkerError
from kvminbox.index.blocks import pack_block
from kvminbox.index.extract import Extract, extract_mail
from kvminbox.index.facts import Facts
from kvminbox.index.rows import Words

TASK_SIZE: Final = 48
"""Mails in a task, whose bytes make one block."""

_MAX_BLOCK: Final = 4 << 20
"""Bytes after which a task's mails go into a further block."""

_AHEAD: Final = 3
"""Tasks that wait for each worker: none is idle, and not too much is in memory."""

_FRAME: Final = struct.Struct("=Q")


class Task(NamedTuple):
    """Some mails of one epoch."""

    path: str
    mails: tuple[tuple[str, int | None], ...]
    """Of each mail its blob's id, and the committer's seconds."""


class ReadMail(NamedTuple):
    """A mail's place among the task's blocks, and its rows."""

    block: int
    start: int
    size: int
    extract: Extract


class Unreadable(NamedTuple):
    """Why a mail can't be read."""

    code: str
    text: str
    """The same in words."""


class Block(NamedTuple):
    """Mails in one piece, compressed."""

    size: int
    """Bytes before compression."""

    data: bytes


class Reading(NamedTuple):
    """What was read for a task."""

    blocks: tuple[Block, ...]
    mails: tuple[ReadMail | Unreadable, ...]


def read_task(read_blob: Callable[[str], bytes], task: Task) -> Reading:
    """Read the mails of a task."""
    blocks: list[Block] = []
    found: list[ReadMail | Unreadable] = []
    raws: list[bytes] = []
    size = 0
    for blob, seconds in task.mails:
        try:
            raw = read_blob(blob)
        except ObjectError as error:
            found.append(Unreadable(error.code, error.located))
            continue
        found.append(ReadMail(len(blocks), size, len(raw), extract_mail(raw, seconds)))
        raws.append(raw)
        size += len(raw)
        if size >= _MAX_BLOCK:
            blocks.append(Block(size, pack_block(raws)))
            raws, size = [], 0
    if raws:
        blocks.append(Block(size, pack_block(raws)))
    return Reading(tuple(blocks), tuple(found))


class Readers:
    """Reads tasks in order: in this process, or in others once they are started."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def start(self) -> None:
        """Start the processes, if any are wanted; they need half a second to be ready."""
        if self._jobs > 1 and not self._workers:
            for _ in range(self._jobs):
                self._workers.append(_Worker())

    def read(self, source: Source, tasks: Iterable[Task]) -> Generator[Reading, None, None]:
        """Read tasks in order.

        Raises:
            WorkerError: a worker process died.
        """
        if self._workers and isinstance(source, Repository):
            yield from self._read_in_workers(tasks)
        else:
            for task in tasks:
                yield read_task(source.read_blob, task)

    def _read_in_workers(self, tasks: Iterable[Task]) -> Iterator[Reading]:
        idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            idle.put(worker)

        def read(task: Task) -> Reading:
            worker = idle.get()
            try:
                return worker.read(task)
            finally:
                idle.put(worker)

        waiting: deque[Future[Reading]] = deque()
        with ThreadPoolExecutor(self._jobs) as pool:
            try:
                for task in tasks:
                    waiting.append(pool.submit(read, task))
                    if len(waiting) >= self._jobs * _AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.stop()
        self._workers = []


class _Worker:
    """A process that reads tasks."""

    def __init__(self) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve()"
        try:
            self._process = subprocess.Popen(  # noqa: S603  # of ourselves, nothing from outside
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as error:
            check_limit(Path(sys.executable), error)
            what = f"no process can be started that reads mails ({error.strerror})"
            cure = "run it again with jobs=1"
            raise WorkerError(what, where=sys.executable, cure=cure) from None

    def read(self, task: Task) -> Reading:
        assert self._process.stdin
        assert self._process.stdout
        try:
            _write_frame(self._process.stdin, tuple(task))
            blocks, mails = _read_frame(self._process.stdout)
        except (EOFError, OSError) as error:
            raise WorkerError(
                f"a process that reads mails has died ({_describe_end(self._process.wait())})",
                where=task.path, cure="run it again with jobs=1 to see at which mail",
            ) from error  # fmt: skip
        return Reading(tuple(starmap(Block, blocks)), tuple(map(_restore, mails)))

    def stop(self) -> None:
        with suppress(OSError):
            self._process.communicate()


def _describe_end(code: int) -> str:
    """Return what ended a process, in words: a signal, or its exit code."""
    try:
        return f"by {signal.Signals(-code).name}"
    except ValueError:
        return f"exit code {code}"


# marshal takes plain tuples only


def _flatten(mail: ReadMail | Unreadable) -> tuple[Any, ...]:
    if isinstance(mail, Unreadable):
        return tuple(mail)
    *columns, words, facts = mail.extract
    return mail.block, mail.start, mail.size, tuple(columns), tuple(words), tuple(facts)


def _restore(mail: tuple[Any, ...]) -> ReadMail | Unreadable:
    if len(mail) == 2:
        return Unreadable(*mail)
    block, start, size, columns, words, facts = mail
    extract = Extract._make((*columns, Words(*words), Facts(*facts)))
    return ReadMail(block, start, size, extract)


def _write_frame(stream: IO[bytes], value: tuple[Any, ...]) -> None:
    data = marshal.dumps(value)
    stream.write(_FRAME.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read_frame(stream: IO[bytes]) -> Any:  # noqa: ANN401  # what the other side sent
    head = stream.read(_FRAME.size)
    if len(head) < _FRAME.size:
        raise EOFError
    (size,) = _FRAME.unpack(head)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return marshal.loads(data)  # noqa: S302  # of our own child, which has our own rights


def serve() -> None:
    """Read the tasks that come in until there are no more; a worker process runs this."""
    gc.disable()  # rows have no cycles, and looking for some took 6 % of the time

    @lru_cache(maxsize=1)
    def open_repository(path: str) -> Repository:
        return Repository(Path(path))

    # what a library might print must not get between the frames
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt, KvminboxError):
        while True:
            task = Task(*_read_frame(sys.stdin.buffer))
            reading = read_task(open_repository(task.path).read_blob, task)
            blocks = tuple(map(tuple, reading.blocks))
            _write_frame(stream, (blocks, tuple(map(_flatten, reading.mails))))
    os._exit(0)  # freeing its memory piece by piece took half a second
