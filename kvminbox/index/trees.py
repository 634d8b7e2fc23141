"""A file that keeps what was read of source trees, and which mails landed in them.

It is a cache: without it the same answers take longer. A tree is brought up to date by its
ancestry: a commit that the file knows is not read again, nor what leads to it. What a
rewritten branch has lost is dropped.

What is read together is sealed together: a tree's commits, a corpus's mails, its landings, and
each diff. A changed byte is an error, never another answer.
"""

import json
import os
import re
import sqlite3
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Final, NamedTuple, Self
from weakref import finalize

from kvminbox.errors import (
    IndexDamagedError,
    IndexFileError,
    IndexLockedError,
    NotAnIndexError,
)
from kvminbox.models import Landing, PatchRef
from kvminbox.safe import safe_text
from kvminbox.upstream import Tree
from kvminbox.upstream.diffs import DiffFacts
from kvminbox.upstream.history import Shape, Shapes
from kvminbox.upstream.mails import MailFacts, MailIndex
from kvminbox.upstream.store import Answer

APPLICATION_ID: Final = 0x6B766D74
"""Marks a SQLite file as one of these: `kvmt`, at byte 68."""

VERSION: Final = 4
"""The number of the tables, and of the rules by which mails and commits meet."""

MAX_CORPORA: Final = 20
"""How many corpora's mails and landings are kept for a tree: the last used ones."""

_TABLES: Final = """
CREATE TABLE tree (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,  -- its folder, refs and begin, as JSON
  generation INTEGER NOT NULL,  -- counts the updates
  seal BLOB  -- of its commits
) STRICT;
CREATE TABLE commits (
  tree INTEGER NOT NULL REFERENCES tree(id),
  oid BLOB NOT NULL,
  parents BLOB NOT NULL,  -- their ids, one after the other
  seconds INTEGER NOT NULL,  -- the committer's time, since 1970
  generation INTEGER NOT NULL,  -- the update that brought it
  PRIMARY KEY (tree, oid)
) STRICT, WITHOUT ROWID;
CREATE TABLE diff (
  oid BLOB PRIMARY KEY NOT NULL,
  paths TEXT NOT NULL,  -- JSON
  ids BLOB NOT NULL,  -- patch-ids, without and with renames
  lines BLOB NOT NULL,  -- hashes of changed lines, without renames
  renamed BLOB,  -- with renames; null where it has none
  seal BLOB NOT NULL
) STRICT;
CREATE TABLE corpus (
  id INTEGER PRIMARY KEY,
  tree INTEGER NOT NULL REFERENCES tree(id),
  name TEXT NOT NULL,  -- digest of its mails' places
  generation INTEGER,  -- the update of the tree up to which landings are here; null: none
  covers TEXT NOT NULL,  -- JSON: references of its cover letters by id
  mails BLOB NOT NULL,  -- the seal of its mails
  landings BLOB,  -- the seal of its landings
  UNIQUE (tree, name)
) STRICT;
CREATE TABLE mail (
  corpus INTEGER NOT NULL REFERENCES corpus(id),
  ref TEXT NOT NULL,  -- JSON
  ids TEXT NOT NULL,  -- JSON: all its Message-IDs
  title TEXT NOT NULL,
  seconds INTEGER,
  sent REAL NOT NULL,
  patch_id BLOB NOT NULL,
  paths TEXT NOT NULL,  -- JSON
  lines BLOB NOT NULL,
  suggestion INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_corpus ON mail(corpus);
CREATE TABLE landing (
  corpus INTEGER NOT NULL REFERENCES corpus(id),
  oid BLOB NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX landing_corpus ON landing(corpus);
"""


_SELECT_MAILS: Final = """
SELECT ref, ids, title, seconds, sent, patch_id, paths, lines, suggestion FROM mail WHERE corpus = ?
ORDER BY rowid
"""
_SELECT_LANDINGS: Final = "SELECT oid, json FROM landing WHERE corpus = ? ORDER BY rowid"
_CURE: Final = "delete it; it will be rebuilt"


class _Corpus(NamedTuple):
    """The mails of one window, as a row."""

    id: int
    generation: int | None
    covers: str
    mails: bytes
    landings: bytes | None


class TreeIndex:
    """Trees whose facts are kept in a file. Threads may share it; they take turns.

    Attributes:
        path: the file.
    """

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = RLock()
        finalize(self, connection.close)  # as of an index

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> "TreeIndex":
        """Open the file, and make it where it is not there.

        A file of another version of this library is emptied and filled again.

        Raises:
            NotAnIndexError: the file is something else.
            kvminbox.errors.IndexFileError: it can't be opened, or another process writes to it.
        """
        where = str(path)
        if Path(where).is_dir():
            raise NotAnIndexError("it is a directory", where=where, cure="give a file in it")
        with _explained(where):
            connection = sqlite3.connect(where, timeout=30, check_same_thread=False)
        found = cls(where, connection)
        try:
            found._set_up()
        except BaseException:
            connection.close()
            raise
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return safe_text(f"<TreeIndex {self.path}>")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def open_tree(
        self,
        path: str | os.PathLike[str],
        refs: Sequence[str] = ("HEAD",),
        since: str | datetime | None = None,
    ) -> Tree:
        """Open a tree whose facts are kept here; see `Tree.open`.

        Whatever takes a tree takes it: what was read and found before is not looked for again.
        """
        refs = (refs,) if isinstance(refs, str) else tuple(refs)
        name = json.dumps([str(Path(path).resolve()), refs, str(since or "")])
        return Tree.open(path, refs, since, store=_TreeStore(self, name))

    def _set_up(self) -> None:
        with self.writing() as connection:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_schema WHERE type='table'"
                )
            ]
            if tables and mark != APPLICATION_ID:
                what = "it is another SQLite file"
                raise NotAnIndexError(what, where=self.path, cure="give another file")
            if version != VERSION:
                for table in tables:
                    connection.execute(f'DROP TABLE "{table}"')
                for statement in _TABLES.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to one thread, and explain its errors."""
        with self._lock, _explained(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for a transaction, which is undone where something raises."""
        with self.reading() as connection, connection:
            connection.execute("BEGIN IMMEDIATE") if not connection.in_transaction else None
            yield connection


class _TreeStore:
    """Keeps what belongs to one tree."""

    def __init__(self, index: TreeIndex, name: str) -> None:
        self._index = index
        self._name = name
        self._diffs: list[tuple[object, ...]] = []
        self._tree: int | None = None

    def read_shapes(self) -> Mapping[bytes, Shape]:
        with self._index.reading() as connection:
            sql = "SELECT id, generation, seal FROM tree WHERE name = ?"
            row = connection.execute(sql, [self._name]).fetchone()
            if row is None:
                return {}
            self._tree, generation, seal = row
            digest = _begin_seal((self._name, generation))
            try:
                found = Shapes(self._seal_commits(connection, digest))
            except (AttributeError, TypeError):  # a damaged row may hold anything
                raise self._damaged() from None
            self._check(digest, seal)
        return found

    def keep_shapes(self, shapes: Iterable[tuple[bytes, Shape]]) -> None:
        with self._index.writing() as connection:
            sql = "INSERT OR IGNORE INTO tree (name, generation) VALUES (?, 0)"
            connection.execute(sql, [self._name])
            sql = "SELECT id, generation FROM tree WHERE name = ?"
            tree, generation = connection.execute(sql, [self._name]).fetchone()
            self._tree = tree
            gone = {row[0] for row in self._select_commits(connection)}
            generation += 1
            connection.executemany(
                "INSERT INTO commits VALUES (?, ?, ?, ?, ?)",
                (
                    (tree, oid, b"".join(shape.parents), shape.seconds, generation)
                    for oid, shape in shapes
                    if not _take(gone, oid)
                ),
            )
            sql = "DELETE FROM commits WHERE oid = ? AND tree = ?"
            connection.executemany(sql, ([oid, tree] for oid in gone))
            sql = """DELETE FROM diff WHERE oid = ?
                     AND NOT EXISTS (SELECT 1 FROM commits WHERE commits.oid = diff.oid)"""
            connection.executemany(sql, ([oid] for oid in gone))
            sql = """SELECT id, name, generation FROM corpus
                     WHERE tree = ? AND landings IS NOT NULL"""
            for number, corpus, until in connection.execute(sql, [tree]).fetchall() if gone else ():
                sql = "DELETE FROM landing WHERE oid = ? AND corpus = ?"
                connection.executemany(sql, ([oid, number] for oid in gone))
                self._seal_landings(connection, number, corpus, until)
            digest = _begin_seal((self._name, generation))
            deque(self._seal_commits(connection, digest), maxlen=0)
            sql = "UPDATE tree SET generation = ?, seal = ? WHERE id = ?"
            connection.execute(sql, [generation, digest.digest(), tree])

    def _seal_commits(
        self, connection: sqlite3.Connection, digest: blake2b
    ) -> Iterator[tuple[bytes, bytes, int]]:
        """Yield each commit with its parents and time, and take it into a seal."""
        for row in self._select_commits(connection):
            digest.update(repr(row).encode())
            yield row[:3]

    def _select_commits(self, connection: sqlite3.Connection) -> sqlite3.Cursor:
        sql = "SELECT oid, parents, seconds, generation FROM commits WHERE tree = ? ORDER BY oid"
        return connection.execute(sql, [self._tree])

    def find_diff(self, commit: str) -> DiffFacts | None:
        sql = "SELECT oid, paths, ids, lines, renamed, seal FROM diff WHERE oid = ?"
        with self._index.reading() as connection:
            row = connection.execute(sql, [bytes.fromhex(commit)]).fetchone()
        if row is None:
            return None
        self._check(_begin_seal((bytes.fromhex(commit), *row[1:-1])), row[-1])
        _, paths, ids, lines, renamed, _ = row
        texts = [lines] if renamed is None else [lines, renamed]
        return DiffFacts(frozenset(json.loads(paths)), _split(ids), tuple(map(_unpack, texts)))

    def keep_diff(self, commit: str, facts: DiffFacts) -> None:
        if not facts.is_known:
            return  # the next clone may have it
        lines = [one.tobytes() for one in facts.lines]
        row = (
            bytes.fromhex(commit), _pack_paths(facts.paths), b"".join(facts.patch_ids), lines[0],
            lines[1] if len(lines) > 1 else None,
        )  # fmt: skip
        self._diffs.append((*row, _begin_seal(row).digest()))
        if len(self._diffs) >= 500:
            self._write_diffs()

    def find_mails(self, corpus: str) -> MailIndex | None:
        with self._index.reading() as connection:
            found = self._find_corpus(connection, corpus)
            if found is None:
                return None
            digest = _begin_seal((corpus, found.covers))
            rows = connection.execute(_SELECT_MAILS, [found.id]).fetchall()
            for row in rows:
                digest.update(repr(row).encode())
            self._check(digest, found.mails)
        index = MailIndex()
        index.covers = {
            identity: PatchRef.model_validate(ref)
            for identity, ref in json.loads(found.covers).items()
        }
        rows.reverse()
        while rows:  # each is let go when its facts are made, which are as large
            ref, ids, title, seconds, sent, patch_id, paths, lines, suggestion = rows.pop()
            facts = MailFacts(
                PatchRef.model_validate_json(ref), title, seconds, sent, patch_id,
                frozenset(json.loads(paths)), _unpack(lines), bool(suggestion),
            )  # fmt: skip
            index.add_facts(facts, json.loads(ids))
        index.sort()
        return index

    def keep_mails(self, corpus: str, mails: MailIndex) -> None:
        ids: dict[int, list[str]] = {}
        for identity, mail in mails.by_id.items():
            ids.setdefault(id(mail), []).append(identity)
        covers = json.dumps(
            {identity: ref.model_dump(mode="json") for identity, ref in mails.covers.items()}
        )
        with self._index.writing() as connection:
            self._drop_oldest(connection)
            number = connection.execute(
                "INSERT INTO corpus (tree, name, covers, mails) VALUES (?, ?, ?, x'')",
                [self._tree, corpus, covers],
            ).lastrowid
            connection.executemany(
                "INSERT INTO mail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        number, mail.ref.model_dump_json(), json.dumps(ids.get(id(mail), [])),
                        mail.title.encode("utf-8", "replace").decode(), mail.seconds, mail.sent,
                        mail.patch_id, _pack_paths(mail.paths), mail.lines.tobytes(),
                        int(mail.is_suggestion),
                    )
                    for mail in mails.mails
                ),
            )  # fmt: skip
            digest = _begin_seal((corpus, covers))
            for row in connection.execute(_SELECT_MAILS, [number]):
                digest.update(repr(row).encode())
            sql = "UPDATE corpus SET mails = ? WHERE id = ?"
            connection.execute(sql, [digest.digest(), number])

    def find_answer(self, corpus: str) -> Answer | None:
        with self._index.reading() as connection:
            found = self._find_corpus(connection, corpus)
            if found is None or found.landings is None:
                return None
            digest, texts = _begin_seal((corpus, found.generation)), []
            for row in connection.execute(_SELECT_LANDINGS, [found.id]):
                digest.update(repr(row).encode())
                texts.append(row[1])
            self._check(digest, found.landings)
            sql = "SELECT oid FROM commits WHERE tree = ? AND generation > ?"
            rows = connection.execute(sql, [self._tree, found.generation])
            fresh = frozenset(oid.hex() for (oid,) in rows)
        return Answer([*map(Landing.model_validate_json, texts)], fresh)

    def keep_answer(self, corpus: str, landings: Iterable[Landing]) -> None:
        self._write_diffs()
        with self._index.writing() as connection:
            found = self._find_corpus(connection, corpus)
            if found is None:
                return
            connection.execute("DELETE FROM landing WHERE corpus = ?", [found.id])
            connection.executemany(
                "INSERT INTO landing VALUES (?, ?, ?)",
                ((found.id, bytes.fromhex(one.commit), one.model_dump_json()) for one in landings),
            )
            sql = "SELECT generation FROM tree WHERE id = ?"
            (generation,) = connection.execute(sql, [self._tree]).fetchone()
            self._seal_landings(connection, found.id, corpus, generation)

    def _seal_landings(
        self, connection: sqlite3.Connection, number: int, corpus: str, generation: int
    ) -> None:
        digest = _begin_seal((corpus, generation))
        for row in connection.execute(_SELECT_LANDINGS, [number]):
            digest.update(repr(row).encode())
        sql = "UPDATE corpus SET generation = ?, landings = ? WHERE id = ?"
        connection.execute(sql, [generation, digest.digest(), number])

    def _find_corpus(self, connection: sqlite3.Connection, corpus: str) -> _Corpus | None:
        sql = """SELECT id, generation, covers, mails, landings FROM corpus
                 WHERE tree = ? AND name = ?"""
        row = connection.execute(sql, [self._tree, corpus]).fetchone()
        return _Corpus(*row) if row else None

    def _check(self, digest: blake2b, seal: object) -> None:
        if digest.digest() != seal:
            raise self._damaged()

    def _damaged(self) -> IndexDamagedError:
        what = "it is damaged (what it holds is not what was written)"
        return IndexDamagedError(what, self._index.path, _CURE)

    def _drop_oldest(self, connection: sqlite3.Connection) -> None:
        sql = "SELECT id FROM corpus WHERE tree = ? ORDER BY id DESC LIMIT -1 OFFSET ?"
        old = connection.execute(sql, [self._tree, MAX_CORPORA - 1]).fetchall()
        for table, column in (("mail", "corpus"), ("landing", "corpus"), ("corpus", "id")):
            connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", old)

    def _write_diffs(self) -> None:
        with self._index.writing() as connection:
            sql = "INSERT OR REPLACE INTO diff VALUES (?, ?, ?, ?, ?, ?)"
            connection.executemany(sql, self._diffs)
        self._diffs.clear()


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError:  # a table's name
        raise IndexDamagedError("it is damaged (a name can't be read)", path, _CURE) from None
    except sqlite3.DatabaseError as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            cure = "wait until it is done"
            raise IndexLockedError("another process writes to it", path, cure) from None
        if "not a database" in said:
            raise NotAnIndexError("not an SQLite file", path, "give another file") from None
        if isinstance(error, sqlite3.OperationalError) and not re.search("malformed|UTF-8", said):
            raise IndexFileError(f"it can't be used ({said})", path) from None
        raise IndexDamagedError(f"it is damaged ({said})", path, _CURE) from None


def _begin_seal(first: object) -> blake2b:
    return blake2b(repr(first).encode(), digest_size=16)


def _take(oids: set[bytes], oid: bytes) -> bool:
    """Take an id out of a set; whether it was there."""
    is_there = oid in oids
    oids.discard(oid)
    return is_there


def _split(ids: bytes) -> tuple[bytes, ...]:
    return tuple(ids[place : place + 20] for place in range(0, len(ids), 20))


def _unpack(data: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(data)
    return found


def _pack_paths(paths: Iterable[str]) -> str:
    return json.dumps(sorted(paths))  # escapes lone surrogates, which SQLite would refuse
