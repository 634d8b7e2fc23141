"""A small index made by hand, and questions to it."""

import sqlite3
from contextlib import closing

import pytest

from kvminbox.index.query import compile_query, parse_query
from kvminbox.index.schema import TABLES, WORD_COLUMNS

NUMBERS = {
    "received": 0, "sent": 0, "size": 0, "kind": "discussion", "revision": None,
    "patch_id": None, "change_id": None,
}  # fmt: skip


class SmallIndex:
    """An index of a few rows, by the library's own schema."""

    def __init__(self, database):
        self.database = database

    def add(self, number, *, ids=(), list_id=None, gone=0, **values):
        """Add a mail: its columns of words and of numbers by name."""
        execute = self.database.execute
        fields = {**NUMBERS, **{name: values.pop(name) for name in NUMBERS if name in values}}
        execute(
            f"INSERT INTO message (id, content, epoch, seq, shown, seal, {', '.join(fields)})"
            f" VALUES (?, ?, 0, ?, 1, 0{', ?' * len(fields)})",
            (number, str(number).encode(), number, *fields.values()),
        )
        words = [values.pop(name, "") for name in WORD_COLUMNS]
        assert not values
        execute(
            f"INSERT INTO fulltext (rowid, {', '.join(WORD_COLUMNS)})"
            f" VALUES (?{', ?' * len(words)})",
            (number, *words),
        )
        for text in ids:
            execute("INSERT OR IGNORE INTO identifier (text) VALUES (?)", (text,))
            execute(
                "INSERT INTO message_identifier"
                " SELECT identifier.id, ? FROM identifier WHERE text = ?",
                (number, text),
            )
        if list_id:
            execute("INSERT OR IGNORE INTO list (text) VALUES (?)", (list_id,))
        execute(
            "INSERT INTO entry (epoch, seq, oid, change, further, seal, gone, message, list)"
            " VALUES (0, ?, x'00', 0, 0, 0, ?, ?, (SELECT id FROM list WHERE text = ?))",
            (number, gone, number, list_id),
        )

    def scan(self, begin, end):
        """Return the words of the index from the first up to the second."""
        sql = "SELECT term FROM vocabulary WHERE term >= ? AND term < ?"
        return (term for (term,) in self.database.execute(sql, (begin, end)))

    def compile(self, text, **keywords):
        """Compile a query for this index."""
        return compile_query(parse_query(text), scan=self.scan, **keywords)

    def find(self, text, **keywords):
        """Return the numbers of the mails that a query finds, in their order."""
        chosen = self.compile(text, **keywords)
        sql = f"SELECT id FROM message WHERE {chosen.condition} ORDER BY id"
        return [number for (number,) in self.database.execute(sql, chosen.parameters)]


@pytest.fixture
def small_index():
    """Return an empty index in memory."""
    with closing(sqlite3.connect(":memory:")) as database:
        for sql in TABLES.values():
            database.execute(sql)
        yield SmallIndex(database)
