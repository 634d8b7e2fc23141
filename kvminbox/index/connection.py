"""A connection to SQLite that one thread uses at a time, and that can be stopped."""

import sqlite3
from collections.abc import Generator
from threading import RLock
from typing import Final
from weakref import finalize

STRIDE: Final = 10_000
"""Steps of SQLite's virtual machine between two looks at what may stop a statement."""


class Watch:
    """What may stop a statement of a connection while SQLite executes it.

    Attributes:
        closed: whether the file was closed, maybe by another thread.
        left: steps that are left; None for no limit.
        error: what is raised when no steps are left.
        raised: what has stopped a statement: that error, or one of a signal's handler.
    """

    def __init__(self) -> None:
        self.closed = False
        self.left: int | None = None
        self.error: BaseException | None = None
        self.raised: BaseException | None = None

    def look(self) -> Generator[bool, None, None]:
        """Yield whether to stop, once for each stride.

        Python runs the handler of a signal, such as Ctrl-C's, where it enters Python
        code. Of a function that is before its first `try`, and sqlite3 drops the error;
        of a generator it is at the `yield`.
        """
        is_over = False
        while True:
            try:
                yield is_over
                is_over = self._count()
            except GeneratorExit:
                return
            except BaseException as error:  # noqa: BLE001  # raised again when SQLite has stopped
                self.raised, is_over = error, True

    def _count(self) -> bool:
        if self.left is not None:
            self.left -= STRIDE
            if self.left < 0:
                self.raised = self.error
        return self.closed or self.raised is not None


class Connection:
    """A connection, with the lock that is held while SQLite or Python's module uses it.

    Attributes:
        plain: the connection of Python's module.
        lock: held for each call, not between two of them; other threads need it to close.
        watch: what may stop a statement.
    """

    def __init__(self, plain: sqlite3.Connection) -> None:
        self.plain = plain
        self.lock = RLock()
        self.watch = Watch()
        look = self.watch.look()
        next(look)
        plain.set_progress_handler(look.__next__, STRIDE)
        finalize(self, plain.close)  # Python 3.13 warns where a dropped index is still open

    def close(self) -> None:
        """Close it; a statement that another thread executes is stopped."""
        self.watch.closed = True
        if not self.lock.acquire(blocking=False):
            self.plain.interrupt()
            self.lock.acquire()
        try:
            self.plain.close()
        finally:
            self.lock.release()
