"""The page on the index file says what its tables are."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kvminbox.index.rows import EntryRow, MessageRow, Words
from kvminbox.index.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES, WORD_COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "index-tables.md"
_COLUMN = re.compile(r"^  ([a-z_]+) ([A-Z].*?),?(?:  -- (.*(?:\n +-- .*)*))?$", re.MULTILINE)
_KEY = re.compile(r"^  ((?:PRIMARY KEY|UNIQUE) \(.*?\)),?$", re.MULTILINE)
PLAIN = {name: sql for name, sql in TABLES.items() if sql.strip().startswith("CREATE TABLE")}


def _columns(sql):
    """Return name, type and note of a table's columns."""
    found = _COLUMN.findall(sql)
    return [(name, kind, re.sub(r"\n +-- ", " ", note)) for name, kind, note in found]


def _draw(head, rows):
    lines = "".join(f"| {' | '.join(line)} |\n" for line in [head, *rows])
    return lines.replace("\n", f"\n|{':---|' * len(head)}\n", 1)


def _describe_table(name, sql):
    rows = [(f"`{column}`", f"`{kind}`", note) for column, kind, note in _columns(sql)]
    keys = "".join(f"\n`{key}`\n" for key in _KEY.findall(sql))
    return f"## `{name}`\n\n{_draw(('column', 'type', 'what it holds'), rows)}{keys}"


def _describe_indexes():
    places = [sql.partition(" ON ")[2].strip() for sql in TABLES.values() if "CREATE INDEX" in sql]
    return "## Indexes\n\n" + "".join(f"- `{place}`\n" for place in places)


def _describe_words():
    options = " ".join(TABLES["fulltext"].split()).partition("content=")[2].removesuffix(" )")
    rows = [(f"`{name}`", note) for name, note in WORD_COLUMNS.items()]
    about = f"An FTS5 table with the options `content={options}`; `vocabulary` lists its words."
    return f"## `fulltext`\n\n{about}\n\n{_draw(('column', 'its words'), rows)}"


def _describe():
    numbers = f"`user_version` is {SCHEMA_VERSION}, `application_id` is 0x{APPLICATION_ID:08x}.\n"
    tables = [_describe_table(name, sql) for name, sql in PLAIN.items()]
    return "\n".join([f"## Numbers\n\n{numbers}", *tables, _describe_indexes(), _describe_words()])


def test_the_page_has_the_schema():
    """Below its introduction the page is made of the schema, column by column."""
    text = PAGE.read_text("utf-8")
    made = text[: text.index("\n## Numbers\n") + 1] + _describe()
    if os.environ.get("KVMINBOX_UPDATE_GOLDENS"):
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made


def test_every_column_has_a_note():
    """No column of any table goes unexplained."""
    bare = [
        (name, column) for name, sql in PLAIN.items() for column, _, note in _columns(sql)
        if not note
    ]  # fmt: skip
    assert bare == []


def test_the_page_knows_every_column(sample_file):
    """What stands in a real file's tables stands on the page, with nothing left out."""
    with sqlite3.connect(sample_file) as database:
        for name, sql in PLAIN.items():
            stored = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            assert stored == [column for column, _, _ in _columns(sql)]
    database.close()


@pytest.mark.parametrize(("table", "row"), [("entry", EntryRow), ("message", MessageRow)])
def test_rows_have_the_columns_of_their_table(table, row):
    """A typed row has each column of its table, in the table's order."""
    with closing(sqlite3.connect(":memory:")) as database:
        for sql in TABLES.values():
            database.execute(sql)
        columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
    assert [*row._fields] == columns


def test_words_have_the_columns_of_the_full_text():
    """The words of a mail are named as the columns of the full text, in their order."""
    assert Words._fields == (*WORD_COLUMNS,)
