"""Mails read into rows, a few dozen at a time, in this process or in others."""

import gc
from collections.abc import Callable, Generator, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from kvminbox.archive import Repository, Source
from kvminbox.errors import ObjectError
from kvminbox.index.blocks import pack_block
from kvminbox.index.rows import Extract
from kvminbox.workers import Workers

TASK_SIZE: Final = 80
"""Mails in a task, whose bytes make one block."""

_MAX_BLOCK: Final = 4 << 20
"""Bytes after which a task's mails go into a further block."""


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
    from kvminbox.index.extract import extract_mail  # half of all that an update imports

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
        self._workers = Workers(jobs) if jobs > 1 else None

    def start(self) -> None:
        """Start the processes, if any are wanted."""
        if self._workers:
            self._workers.start(_import_reader)

    def read(self, source: Source, tasks: Iterable[Task]) -> Generator[Reading, None, None]:
        """Read tasks in order.

        Raises:
            WorkerError: a worker process died.
        """
        if self._workers and self._workers.are_started and isinstance(source, Repository):
            yield from self._workers.map(_read_in_worker, tasks, where=source.path)
        else:
            for task in tasks:
                yield read_task(source.read_blob, task)

    def stop(self) -> None:
        """End the processes."""
        if self._workers:
            self._workers.stop()


def _import_reader() -> None:
    """Import what `read_task` will need."""
    import kvminbox.index.extract  # noqa: F401


def _read_in_worker(task: Task) -> Reading:
    gc.disable()  # rows have no cycles, and looking for some took 6 % of the time
    return read_task(_open_repository(task.path).read_blob, task)


@lru_cache(maxsize=1)
def _open_repository(path: str) -> Repository:
    return Repository(Path(path))
