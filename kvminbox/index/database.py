"""One SQLite file, opened with care; sqlite3 is known here and in `connection` only.

Every error of SQLite becomes one of ours, with the file's name and what to do.
Statements are constants, and values are bound, never written into them.
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import RLock, Thread, current_thread, local
from typing import Any, Final

from kvminbox.archive import check_limit
from kvminbox.errors import (
    IndexDamagedError,
    IndexFileError,
    IndexLockedError,
    IndexOutdatedError,
    NotAnIndexError,
    UsageError,
)
from kvminbox.index.connection import Connection
from kvminbox.index.schema import APPLICATION_ID, FULLTEXT_OPTIONS, SCHEMA_VERSION, TABLES
from kvminbox.index.views import VIEWS
from kvminbox.models.list_urls import NO_URLS
from kvminbox.words import list_some

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]
"""What is bound in a statement: for each `?` in order, or by name for each `:name`."""

_WAIT: Final = 5.0
"""Seconds to wait for another writer."""

_CACHE: Final = 16 << 10
"""KiB of pages that a connection keeps."""

_LARGE_CACHE: Final = 32 << 10
"""KiB likewise while many mails are written. Their ids and digests go to any page of SQLite's own
indexes, which are read and written again and again where the cache holds too few of them."""

_CHUNK: Final = 256
"""Rows that are read at once; each has some hundred bytes."""

_PAGE: Final = 8192
_SMALLEST: Final = 512
"""Bytes of the smallest page that a SQLite file can have."""

_NO_INDEX: Final = "give an index made by `kvminbox index FILE INBOX`"
_REBUILD: Final = "delete the file and rebuild it with `kvminbox index`: it is only a cache"

_NAMED: Final = 4
"""Archives that an error names."""

_ARCHIVES: Final = (
    "SELECT name, min(path), count(*) FROM inbox JOIN epoch ON inbox.id = inbox"
    " GROUP BY name ORDER BY name LIMIT 100"
)

_CURES: Final[dict[int, tuple[type[IndexFileError], str, str]]] = {
    sqlite3.SQLITE_BUSY: (
        IndexLockedError, "another process is writing to it",
        "wait until it is done and try again"),
    sqlite3.SQLITE_LOCKED: (
        IndexLockedError, "another process is writing to it",
        "wait until it is done and try again"),
    sqlite3.SQLITE_FULL: (
        IndexFileError, "no space left on the disk",
        "make room, and run the update again; what was there before is unharmed"),
    sqlite3.SQLITE_IOERR: (
        IndexFileError, "the disk could not be read or written",
        "check the disk and its space, and run it again; what was there before is unharmed"),
    sqlite3.SQLITE_READONLY: (
        IndexFileError, "it is read-only", "check the permissions of the file and its directory"),
    sqlite3.SQLITE_CANTOPEN: (
        IndexFileError, "can't be opened",
        "check that the directory is there, and its permissions"),
    sqlite3.SQLITE_PERM: (IndexFileError, "can't be opened", "check its permissions"),
    sqlite3.SQLITE_CORRUPT: (IndexDamagedError, "it is damaged", _REBUILD),
    sqlite3.SQLITE_NOTADB: (NotAnIndexError, "not an index", _NO_INDEX),
}  # fmt: skip


def _find_folder(epoch: str, epochs: int) -> Path:
    """Return the path by which an inbox is indexed again: of several epochs that of them all."""
    folder = Path(epoch).parent
    if epochs == 1:
        return Path(epoch)
    return folder.parent if folder.name == "git" else folder


def to_storable(text: str) -> str:
    """Return a text that a file can hold: bytes of a path that are not UTF-8 are written out."""
    return text.encode("utf-8", "backslashreplace").decode()


_FAILURES: Final = (sqlite3.Error, OverflowError, UnicodeError)


class Database:
    """An open index file, for any number of threads.

    Each thread has a connection of its own, which is opened when the thread first asks.
    What a thread writes in a transaction is seen by the others when it has ended.

    Attributes:
        path: where it is, as the caller wrote it.
        writable: whether it could be opened for writing.
    """

    def __init__(
        self, path: str, *, create: bool = False, urls: Mapping[str, str] = NO_URLS
    ) -> None:
        self.path = path
        self.urls = urls
        _check_file(Path(path), create=create)
        self._file = Path(path).resolve()
        self._local = local()
        self._lock = RLock()
        self._connections: dict[Connection, Thread] = {}
        self._closed = False
        self._stamp: Stamp | None = None
        self._mode, self.writable = self._choose_mode(create=create)
        try:
            self._add_connection()
            self._identity = _identify(self._file)
            if create and not self.value("SELECT count(*) FROM sqlite_schema"):
                self._create()
            self._check()
        except BaseException:
            self.close()
            raise
        self._mode = self._mode.replace("rwc", "rw")  # a connection of another thread makes none

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its path, and the addresses of its lists."""
        return partial(Database, urls=self.urls), (str(self._file),)

    def _choose_mode(self, *, create: bool) -> tuple[str, bool]:
        """Choose how to open the file: for reading only where it can't be written.

        Its log can't be created then, so SQLite is told that the file never changes,
        unless a writer has made one; whether it does change is then checked here.
        """
        file = self._file
        writable = not file.exists() or (os.access(file, os.W_OK))
        if writable and os.access(file.parent, os.W_OK):
            return "rwc" if create else "rw", True
        if file.with_name(f"{file.name}-wal").exists():
            return "ro", False
        self._stamp = _read_stamp(file)
        return "ro&immutable=1", False

    def _open(self, file: Path, mode: str) -> sqlite3.Connection:
        try:
            if mode == "rwc":
                with suppress(FileExistsError):
                    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return sqlite3.connect(
                f"{file.as_uri()}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None,
                cached_statements=256, check_same_thread=False,
            )  # fmt: skip
        except sqlite3.Error as error:
            raise self._explain(error) from None
        except OSError as error:
            raise _refused(self.path, error) from None

    def _connect(self) -> Connection:
        """Return the connection of this thread."""
        connection: Connection | None = getattr(self._local, "connection", None)
        return connection or self._join()

    def _join(self) -> Connection:
        """Give this thread the connection of one that has ended, else a new one."""
        with self._lock:
            if self._closed:
                raise self._explain_closed()
            for connection, owner in self._connections.items():
                if not owner.is_alive() and not connection.plain.in_transaction:
                    self._connections[connection] = current_thread()
                    self._local.connection = connection
                    return connection
            self.check_place()
            return self._add_connection()

    def _add_connection(self) -> Connection:
        connection = Connection(self._open(self._file, self._mode))
        self._connections[connection] = current_thread()
        self._local.connection = connection
        try:
            self._set_up()
        except BaseException:
            del self._connections[connection], self._local.connection
            connection.close()
            raise
        return connection

    def _set_up(self) -> None:
        self.execute("PRAGMA trusted_schema = OFF")
        self.execute("PRAGMA cell_size_check = ON")
        self.execute(f"PRAGMA cache_size = -{_CACHE}")
        self.execute("PRAGMA mmap_size = 0")  # a file cut under a map ends the process
        if self.writable:
            self.execute("PRAGMA secure_delete = ON")  # what is purged has to be gone
            self.execute("PRAGMA synchronous = NORMAL")

    def _create(self) -> None:
        if self.value("PRAGMA application_id") or self.value("PRAGMA user_version"):
            cure = "give another file"
            raise NotAnIndexError("another program's", where=self.path, cure=cure)
        self.execute(f"PRAGMA page_size = {_PAGE}")
        self.execute("PRAGMA journal_mode = WAL")
        with self.transaction():
            if self.value("SELECT count(*) FROM sqlite_schema"):
                return  # another process was quicker
            for sql in (*TABLES.values(), *VIEWS.values()):
                self.execute(sql)
            for option in FULLTEXT_OPTIONS.items():
                self.execute("INSERT INTO fulltext(fulltext, rank) VALUES (?, ?)", option)
            self.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _check(self) -> None:
        """Refuse a file that is not ours, or is of another schema."""
        if self.value("PRAGMA application_id") != APPLICATION_ID:
            raise NotAnIndexError(
                "another program's SQLite file", where=self.path, cure="give another file"
            )
        version = self.value("PRAGMA user_version")
        if version > SCHEMA_VERSION:
            raise IndexOutdatedError(
                f"it has schema {version}, but this kvminbox knows {SCHEMA_VERSION}",
                where=self.path, cure="use a newer kvminbox, or rebuild the index",
            )  # fmt: skip
        if version < SCHEMA_VERSION:
            raise IndexOutdatedError(
                f"it has schema {version}, but this kvminbox needs {SCHEMA_VERSION}",
                where=self.path, cure=_REBUILD + self._tell_archives(),
            )  # fmt: skip
        expected = {sql.strip() for sql in (*TABLES.values(), *VIEWS.values())}
        # a trigger or view that somebody slipped in would run with every update
        found = {
            sql.strip()
            for (sql,) in self.query(
                "SELECT CAST(sql AS TEXT) FROM sqlite_schema WHERE sql IS NOT NULL"
            )
            if not sql.startswith("CREATE TABLE 'fulltext_")
        }
        if found != expected:
            raise self.damaged("its tables are not those of an index")

    def _tell_archives(self) -> str:
        """Return of which archives an index of another schema was made, if it tells.

        Who builds it again may have forgotten, and `--list` does not open it. Only tables of
        ours are read: a view of that name, which somebody slipped in, might never end.
        """
        sql = "SELECT CAST(sql AS TEXT) FROM sqlite_schema WHERE name IN ('inbox', 'epoch')"
        ours = {TABLES[name].strip() for name in ("inbox", "epoch")}
        try:
            if {str(found).strip() for (found,) in self.query(sql)} != ours:
                return ""
            rows = [*self.query(_ARCHIVES)]
        except IndexFileError:
            return ""
        named = [f"{name} of {_find_folder(path, epochs)}" for name, path, epochs in rows]
        return f"; it was made as {list_some(named, _NAMED)}" if named else ""

    def close(self) -> None:
        """Close the file for all threads; any use after that is an error.

        What another thread asks at that moment ends with the same error.
        """
        with self._lock:
            self._closed = True
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def _explain_closed(self) -> IndexFileError:
        return IndexFileError("it was closed", where=self.path, cure="open it again")

    def check_place(self) -> None:
        """Check that the file that is open is still the one at its path.

        Raises:
            IndexFileError: it was moved, deleted, or replaced by another.
        """
        if _identify(self._file) != self._identity:
            raise IndexFileError(
                "it was moved, deleted or replaced while it was open", where=self.path,
                cure="open it again; what was written since then is in the old file",
            )  # fmt: skip

    def _check_unchanged(self) -> None:
        """Refuse what was read while somebody wrote, where no lock keeps them apart."""
        if self._stamp is not None and self._stamp != _read_stamp(self._file):
            raise IndexLockedError(
                "another process has written to it, and this one, which may only read it,"
                " has no lock", where=self.path, cure="open it again",
            )  # fmt: skip

    def _explain(self, error: Exception) -> BaseException:
        """Return the error to raise instead of one of SQLite's."""
        if self._closed:
            return self._explain_closed()
        code = getattr(error, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_INTERRUPT:
            watch = self._connect().watch
            raised, watch.raised = watch.raised, None
            return raised or KeyboardInterrupt()
        self._check_unchanged()
        if isinstance(error, UnicodeEncodeError):  # a value of the caller's, none of the file's
            return UsageError(
                "it has half of a surrogate pair, which no file can hold",
                where=str(error.object)[:100], cure="leave that character out",
            )  # fmt: skip
        if isinstance(error, UnicodeError) or "decode to UTF-8" in str(error):
            # the message quotes the damaged text
            return self.damaged("a text of it is damaged")
        if code & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
            _check_handles(self.path)
        kind, what, cure = _CURES.get(code & 0xFF, (IndexFileError, "SQLite refuses it", ""))
        return kind(f"{what} ({error})", where=self.path, cure=cure)

    # each of these catches errors by itself: a context manager took a tenth of an update's time

    def execute(self, sql: str, values: Values = ()) -> int:
        """Execute a statement; return how many rows it changed."""
        connection = self._connect()
        try:
            with connection.lock:
                return connection.plain.execute(sql, values).rowcount
        except _FAILURES as error:
            raise self._explain(error) from None

    def insert(self, sql: str, values: Sequence[Any]) -> int:
        """Insert a row; return its id."""
        connection = self._connect()
        try:
            with connection.lock:
                return connection.plain.execute(sql, values).lastrowid or 0
        except _FAILURES as error:
            raise self._explain(error) from None

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute a statement for each row of values."""
        connection = self._connect()
        try:
            with connection.lock:
                connection.plain.executemany(sql, rows)
        except _FAILURES as error:
            raise self._explain(error) from None

    def query(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """Yield the rows of an answer."""
        connection = self._connect()
        size = _CHUNK if self._stamp is None else -1
        try:
            with connection.lock:
                cursor = connection.plain.execute(sql, values)
                rows = cursor.fetchmany(size)
            self._check_unchanged()
            yield from rows
            while len(rows) == size:
                with connection.lock:
                    rows = cursor.fetchmany(size)
                yield from rows
        except _FAILURES as error:
            raise self._explain(error) from None

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of an answer; None if there is none."""
        connection = self._connect()
        try:
            with connection.lock:
                found: Row | None = connection.plain.execute(sql, values).fetchone()
        except _FAILURES as error:
            raise self._explain(error) from None
        self._check_unchanged()
        return found

    def needed_row(self, sql: str, values: Values = ()) -> Row:
        """Return the first row of an answer, which other rows say is there.

        Raises:
            IndexDamagedError: it is not.
        """
        row = self.row(sql, values)
        if row is None:
            raise self.damaged("a row is missing")
        return row

    def damaged(self, what: str) -> IndexDamagedError:
        """Return the error that says that something in it is damaged."""
        return IndexDamagedError(what, where=self.path, cure=_REBUILD)

    def value(self, sql: str, values: Values = ()) -> Any:  # noqa: ANN401  # as stored
        """Return the first value of the first row; None if there is none."""
        row = self.row(sql, values)
        return row[0] if row else None

    @contextmanager
    def large_cache(self) -> Iterator[None]:
        """Keep more pages inside, for many rows."""
        self.execute(f"PRAGMA cache_size = -{_LARGE_CACHE}")
        try:
            yield
        finally:
            with suppress(IndexFileError):  # it may have been closed
                self.execute(f"PRAGMA cache_size = -{_CACHE}")
                self.execute("PRAGMA shrink_memory")

    @contextmanager
    def transaction(self, *, wait: bool = True) -> Iterator[None]:
        """Write everything that is done inside, or nothing.

        Args:
            wait: whether to wait some seconds for another writer.

        Raises:
            IndexLockedError: another process writes.
            IndexFileError: the file at the path is another one, before or after.
        """
        self.check_place()
        if not wait:
            self.execute("PRAGMA busy_timeout = 0")
        try:
            self.execute("BEGIN IMMEDIATE")
        finally:
            if not wait:
                self.execute(f"PRAGMA busy_timeout = {_WAIT * 1000:.0f}")
        yield from self._until_end()
        self.check_place()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the file inside, whatever is written meanwhile."""
        if self._is_inside():
            yield
            return
        self.execute("BEGIN")
        yield from self._until_end()

    def _is_inside(self) -> bool:
        try:
            return self._connect().plain.in_transaction
        except sqlite3.Error as error:  # it is closed
            raise self._explain(error) from None

    def _until_end(self) -> Iterator[None]:
        connection = self._connect()  # of the thread that began, whichever ends it
        try:
            yield
            with connection.lock:
                connection.plain.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error), connection.lock:
                connection.plain.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise self._explain(error) from None
            raise

    @contextmanager
    def limit_steps(self, steps: int, error: Exception) -> Iterator[Callable[[], int]]:
        """Raise an error where a statement inside takes the last of so many steps of SQLite.

        A step is one of its virtual machine; they are counted by the ten thousand. It yields
        a function that returns how many have been taken.
        """
        watch = self._connect().watch
        watch.left, watch.error = steps, error
        try:
            yield lambda: steps - (watch.left or 0)
        finally:
            watch.left = watch.error = None

    def copy_to(self, path: Path) -> None:
        """Copy one state of the file to a path, page by page."""
        connection = self._connect()
        try:
            with closing(sqlite3.connect(path)) as copy, connection.lock:
                connection.plain.backup(copy)
        except _FAILURES as error:
            raise self._explain(error) from None
        self._check_unchanged()

    def merge_words(self, pages: int) -> bool:
        """Let FTS5 write so many pages of pieces that it makes into one; false if it need not."""
        before = self._connect().plain.total_changes
        self.execute("INSERT INTO fulltext(fulltext, rank) VALUES ('merge', ?)", (pages,))
        return self._connect().plain.total_changes - before > 1

    def truncate_log(self) -> bool:
        """Write the log into the file and empty it; false where a reader holds it."""
        busy = self.value("PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy


Stamp = tuple[int, int, int]


def _identify(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from another that takes its place; None if there is none."""
    with suppress(OSError):
        state = file.stat()
        return state.st_dev, state.st_ino
    return None


def _read_stamp(file: Path) -> Stamp | None:
    """Return what changes when a file is written or replaced."""
    with suppress(OSError):
        state = file.stat()
        return state.st_ino, state.st_size, state.st_mtime_ns
    return None


def _check_file(path: Path, *, create: bool) -> None:
    """Refuse what is not a file, or can't become one.

    The file is not opened to look at it: when any handle of a file is closed, POSIX
    drops all locks that the process has on it, those of another open `Index` too.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise IndexFileError(
                "its directory does not exist", where=str(path), cure="create the directory first"
            ) from None
        if not create:
            raise IndexFileError(
                "no such index file", where=str(path),
                cure="create it with Index.open(…, create=True)",
            ) from None  # fmt: skip
        return
    except (OSError, ValueError) as error:
        raise _refused(str(path), error) from None
    # SQLite would take a file of a few bytes for an empty one, which it fills
    is_small = state.st_size < _SMALLEST and not (create and state.st_size == 0)
    if not stat.S_ISREG(state.st_mode) or is_small:
        raise NotAnIndexError("not an index", where=str(path), cure=_NO_INDEX)


def _check_handles(path: str) -> None:
    """Make sure that another file can be opened: SQLite does not say why one could not.

    Raises:
        SystemLimitError: none can.
    """
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        check_limit(Path(path), error)


def _refused(path: str, error: Exception) -> IndexFileError:
    check_limit(Path(path), error)
    what = f"can't be opened ({getattr(error, 'strerror', None) or error})"
    return IndexFileError(what, where=path, cure="check the path and its permissions")
