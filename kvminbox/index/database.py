"""One SQLite file, opened with care; the only room that knows sqlite3.

Every error of SQLite becomes one of ours, with the file's name and what to do.
Statements are constants, and values are bound, never written into them.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kvminbox.errors import (
    IndexDamagedError,
    IndexFileError,
    IndexLockedError,
    IndexOutdatedError,
    NotAnIndexError,
)
from kvminbox.index.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES, WORD_BUFFER

Row = tuple[Any, ...]

_WAIT: Final = 5.0
"""Seconds to wait for another writer."""

_CACHE: Final = 64 << 10
"""KiB of pages that a connection keeps."""

_PAGE: Final = 8192
_MAGIC: Final = b"SQLite format 3\0"
_REBUILD: Final = "delete the file and make it anew with `kvminbox index`: it is only a cache"

_CURES: Final[dict[int, tuple[type[IndexFileError], str, str]]] = {
    sqlite3.SQLITE_BUSY: (
        IndexLockedError, "another process is writing to it", "wait for its end, and try again"),
    sqlite3.SQLITE_LOCKED: (
        IndexLockedError, "another process is writing to it", "wait for its end, and try again"),
    sqlite3.SQLITE_FULL: (
        IndexFileError, "there is no room left on the disk",
        "make room, and run the update again; what was there before is unharmed"),
    sqlite3.SQLITE_IOERR: (
        IndexFileError, "the disk could not be read or written",
        "check the disk and its space, and run it again; what was there before is unharmed"),
    sqlite3.SQLITE_READONLY: (
        IndexFileError, "it can only be read", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: (
        IndexFileError, "it can't be opened",
        "check that the folder is there, and its permissions"),
    sqlite3.SQLITE_PERM: (IndexFileError, "it can't be opened", "check its permissions"),
    sqlite3.SQLITE_CORRUPT: (IndexDamagedError, "it is damaged", _REBUILD),
    sqlite3.SQLITE_NOTADB: (NotAnIndexError, "it is no index", "name another file"),
}  # fmt: skip


class Database:
    """An open index file.

    Attributes:
        path: where it is, as the caller wrote it.
        writable: whether it could be opened for writing.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        _check_file(Path(path))
        self._connection, self.writable = self._connect()
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _connect(self) -> tuple[sqlite3.Connection, bool]:
        file = Path(self.path).resolve()
        writable = not file.exists() or (os.access(file, os.W_OK))
        writable = writable and os.access(file.parent, os.W_OK)
        if writable:
            return self._open(file, "rwc"), True
        # without a writer nearby its log can't be made, and must not be needed
        log = file.with_name(f"{file.name}-wal")
        calm = not log.exists() or log.stat().st_size == 0
        return self._open(file, "ro&immutable=1" if calm else "ro"), False

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

    def _prepare(self) -> None:
        self.execute("PRAGMA trusted_schema = OFF")
        self.execute("PRAGMA cell_size_check = ON")
        self.execute(f"PRAGMA cache_size = -{_CACHE}")
        if self.writable:
            self.execute("PRAGMA secure_delete = ON")  # what is purged is to be gone
            if not self.value("SELECT count(*) FROM sqlite_schema"):
                self._create()
            self.execute("PRAGMA synchronous = NORMAL")
        self._check()

    def _create(self) -> None:
        if self.value("PRAGMA application_id") or self.value("PRAGMA user_version"):
            raise NotAnIndexError("it is another program's", where=self.path)
        self.execute(f"PRAGMA page_size = {_PAGE}")
        self.execute("PRAGMA journal_mode = WAL")
        with self.transaction():
            if self.value("SELECT count(*) FROM sqlite_schema"):
                return  # another process was quicker
            for sql in TABLES.values():
                self.execute(sql)
            self.execute(
                "INSERT INTO fulltext(fulltext, rank) VALUES ('hashsize', ?)", (WORD_BUFFER,)
            )
            self.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _check(self) -> None:
        """Refuse a file that is not ours, or is of another schema."""
        if self.value("PRAGMA application_id") != APPLICATION_ID:
            raise NotAnIndexError(
                "it is another program's SQLite file", where=self.path, cure="name another file"
            )
        version = self.value("PRAGMA user_version")
        if version > SCHEMA_VERSION:
            raise IndexOutdatedError(
                f"it has schema {version}, and this kvminbox knows {SCHEMA_VERSION}",
                where=self.path, cure="use a newer kvminbox, or make the index anew",
            )  # fmt: skip
        if version < SCHEMA_VERSION:
            raise IndexOutdatedError(
                f"it has schema {version}, and this kvminbox needs {SCHEMA_VERSION}",
                where=self.path, cure=_REBUILD,
            )  # fmt: skip
        expected = {sql.strip() for sql in TABLES.values()}
        # a trigger or view that somebody slipped in would run with every update
        found = {
            sql.strip()
            for (sql,) in self.query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
            if not sql.startswith("CREATE TABLE 'fulltext_")
        }
        if found != expected:
            raise IndexDamagedError("its tables are not those of an index", where=self.path,
                                    cure=_REBUILD)  # fmt: skip

    def close(self) -> None:
        """Close the file; further questions are errors."""
        self._connection.close()

    def _explain(self, error: Exception) -> IndexFileError:
        code = getattr(error, "sqlite_errorcode", 0)
        kind, what, cure = _CURES.get(code & 0xFF, (IndexFileError, "SQLite refuses it", ""))
        return kind(f"{what} ({error})", where=self.path, cure=cure)

    # each of these catches for itself: a context manager took a tenth of an update's time

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Carry out a statement; give how many rows it changed."""
        try:
            return self._connection.execute(sql, values).rowcount
        except (sqlite3.Error, OverflowError) as error:
            raise self._explain(error) from None

    def insert(self, sql: str, values: Sequence[Any]) -> int:
        """Insert a row; give its id."""
        try:
            return self._connection.execute(sql, values).lastrowid or 0
        except (sqlite3.Error, OverflowError) as error:
            raise self._explain(error) from None

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for each row of values."""
        try:
            self._connection.executemany(sql, rows)
        except (sqlite3.Error, OverflowError) as error:
            raise self._explain(error) from None

    def query(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Give the rows of an answer, one by one."""
        try:
            yield from self._connection.execute(sql, values)
        except (sqlite3.Error, OverflowError) as error:
            raise self._explain(error) from None

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Give the first row of an answer; None where there is none."""
        try:
            found: Row | None = self._connection.execute(sql, values).fetchone()
        except (sqlite3.Error, OverflowError) as error:
            raise self._explain(error) from None
        return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401  # as stored
        """Give the first value of the first row; None where there is none."""
        row = self.row(sql, values)
        return row[0] if row else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of what is done inside, or nothing."""
        self.execute("BEGIN IMMEDIATE")
        yield from self._until_end()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the file, whatever is written meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self.execute("BEGIN")
        yield from self._until_end()

    def _until_end(self) -> Iterator[None]:
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    def truncate_log(self) -> bool:
        """Write the log into the file and empty it; false where a reader holds it."""
        busy = self.value("PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy


def _check_file(path: Path) -> None:
    """Refuse a file that is no SQLite file, before SQLite makes anything of it."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise IndexFileError(
                "its folder is not there", where=str(path), cure="make the folder first"
            ) from None
        return
    except (OSError, ValueError) as error:
        raise _refused(str(path), error) from None
    if head and head != _MAGIC:
        raise NotAnIndexError("it is no index", where=str(path), cure="name another file")


def _refused(path: str, error: Exception) -> IndexFileError:
    what = f"it can't be opened ({getattr(error, 'strerror', None) or error})"
    return IndexFileError(what, where=path, cure="check the path and its permissions")
