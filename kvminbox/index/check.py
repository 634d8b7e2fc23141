"""A proof that an index says what its mails say: all rows are made again and compared.

The mails' bytes have the hashes of git, and commits follow each other up to the tip; so
what is read from them again is right, by the same code as when they were added. The words
go into a second full text in a temporary file of SQLite, and then the two are compared word
by word, and each word is looked up as a search does. It takes half as long again as
making the index, memory as an update does, and room for the temporary file.
"""

import json
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from itertools import islice, starmap
from operator import ne
from pathlib import Path
from typing import Final

from kvminbox.errors import IndexDamagedError
from kvminbox.index.add import find_gone
from kvminbox.index.blocks import BlockReader
from kvminbox.index.database import Database, Row
from kvminbox.index.facts import Facts, Mailbox
from kvminbox.index.grouped import find_damaged_rows
from kvminbox.index.messages import IN_ORDER, WITH_INBOX, Messages, make_row
from kvminbox.index.rows import (
    ENTRY,
    FACT,
    KEPT,
    PERSON,
    SPAN,
    EntryRow,
    Extract,
    FactRow,
    KeptRow,
    PersonRow,
    SpanRow,
    Words,
    insert_into,
)
from kvminbox.index.schema import FULLTEXT_OPTIONS, TABLES
from kvminbox.index.seal import (
    SEALED_MESSAGE,
    check_entry,
    check_epochs,
    check_fact,
    check_person,
    check_seal,
    is_kept_sound,
    open_message,
    read_entry,
)
from kvminbox.index.spans import compute_spans
from kvminbox.index.texts import read_texts
from kvminbox.models import Progress

_MOST: Final = 20
"""Findings after which no more are looked for."""

_WORDS: Final = 4 << 20
"""Characters of words that are gathered before they are added."""

# each selects what should not be there
_RULES: Final = {
    "the number of copies of a mail is wrong (table `message`)": (
        "SELECT 1 FROM message LEFT JOIN (SELECT message, sum(NOT gone) AS shown FROM entry"
        " WHERE message IS NOT NULL GROUP BY message) AS found ON found.message = message.id"
        " WHERE found.shown IS NOT message.shown"
    ),
    "a mail is shown as another of its copies (table `message`)": (
        "SELECT 1 FROM message WHERE (epoch, seq) IS NOT (SELECT entry.epoch, entry.seq"
        f" FROM {WITH_INBOX} WHERE message = message.id {IN_ORDER} LIMIT 1)"
    ),
    "an entry's mail, message and change do not match (table `entry`)": (
        "SELECT 1 FROM entry WHERE (block IS NULL) <> (message IS NULL)"
        " OR (block IS NOT NULL AND change <> 0)"
    ),
    "a Message-ID belongs to a mail that is not there (table `message_identifier`)": (
        "SELECT 1 FROM message_identifier WHERE message NOT IN (SELECT id FROM message)"
    ),
    "a Message-ID belongs to a mail that is not there (table `reference`)": (
        "SELECT 1 FROM reference WHERE message NOT IN (SELECT id FROM message)"
    ),
    "facts belong to a mail that is not there (table `fact`)": (
        "SELECT 1 FROM fact LEFT JOIN entry USING (epoch, seq) WHERE entry.block IS NULL"
    ),
    "a mailbox belongs to no mail (table `person`)": (
        "SELECT 1 FROM person WHERE id NOT IN"
        " (SELECT each.value FROM fact, json_each(fact.people) AS each)"
    ),
    "a block holds more than its mails (table `block`)": (
        "SELECT 1 FROM block LEFT JOIN (SELECT block, sum(size) AS size FROM entry"
        " WHERE block IS NOT NULL GROUP BY block) AS found ON found.block = block.id"
        " WHERE found.size IS NOT block.size"
    ),
    "merges are recorded wrongly (table `epoch`)": (
        "SELECT 1 FROM epoch WHERE merged IS NOT EXISTS"
        " (SELECT 1 FROM entry WHERE entry.epoch = epoch.id AND length(parents) > 20)"
    ),
}

_CREATE: Final = (
    TABLES["fulltext"].replace("TABLE fulltext", "TABLE temp.proof"),
    "CREATE VIRTUAL TABLE temp.proof_words USING fts5vocab(temp, proof, row)",
    "CREATE VIRTUAL TABLE temp.proof_places USING fts5vocab(temp, proof, instance)",
    "CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, fulltext, instance)",
)
_DROP: Final = (
    "DROP TABLE IF EXISTS temp.places",
    "DROP TABLE IF EXISTS temp.proof_places",
    "DROP TABLE IF EXISTS temp.proof_words",
    "DROP TABLE IF EXISTS temp.proof",
)
_ADD: Final = insert_into("temp.proof", ("rowid", *Words._fields))

# a mail and a place in one number: no column has half a billion words
_PLACES: Final = "SELECT doc << 29 | offset, col FROM"

# words are looked up in FTS5's own tree, as a search does it
_WORD_RULES: Final = {
    "a word of a mail is not found, or another one is (table `fulltext`)": (
        "SELECT 1 WHERE (SELECT count(*) FROM vocabulary) <> (SELECT count(*) FROM proof_words)"
        " OR (SELECT count(*) FROM proof_words) <> (SELECT count(*) FROM proof_words AS made"
        " JOIN vocabulary AS found ON found.term = made.term"
        " AND found.doc = made.doc AND found.cnt = made.cnt)"
    ),
    "the length of a text is wrong (table `fulltext_docsize`)": (
        "SELECT 1 WHERE (SELECT count(*) FROM fulltext_docsize) <> (SELECT count(*) FROM message)"
        " OR (SELECT count(*) FROM message) <> (SELECT count(*) FROM fulltext_docsize AS found"
        " JOIN temp.proof_docsize AS made ON made.id = found.id AND made.sz = found.sz)"
    ),
    "the length of all texts is wrong (table `fulltext_data`)": (
        "SELECT 1 FROM fulltext_data AS found JOIN temp.proof_data AS made USING (id)"
        " WHERE id = 1 AND made.block <> found.block AND EXISTS (SELECT 1 FROM message)"
    ),
    "an option is wrong (table `fulltext_config`)": (
        "SELECT 1 FROM fulltext_config AS found LEFT JOIN temp.proof_config AS made USING (k)"
        " WHERE found.v IS NOT made.v AND k <> 'version'"
    ),
}


def find_damage(database: Database, progress: Progress | None) -> tuple[str, ...]:
    """Return in words what of an index is damaged, the first twenty findings at most.

    Args:
        database: the file; one that can't be written is copied to the directory for
            temporary files, since FTS5 checks its own trees only where it may write.
        progress: called with how many mails are read, and of how many.

    Raises:
        IndexFileError: there is no room for a temporary file.
    """
    if database.writable:
        return _find_damage(database, progress)
    with tempfile.TemporaryDirectory(prefix="kvminbox-") as folder:
        path = Path(folder) / "copy.sqlite"
        database.copy_to(path)
        with closing(Database(str(path))) as copy:
            return _find_damage(copy, progress)


def _find_damage(database: Database, progress: Progress | None) -> tuple[str, ...]:
    with closing(_Check(database, progress).run()) as found:
        return tuple(islice(found, _MOST))


class _Check:
    """One check of a file, part by part; what a part raises is a finding, and ends that part."""

    def __init__(self, database: Database, progress: Progress | None) -> None:
        self._database = database
        self._progress = progress
        self._messages = Messages(database, BlockReader(database))
        self._total = self._done = 0
        self._words: list[Row] = []
        self._gathered = 0

    def run(self) -> Generator[str, None, None]:
        """Yield what is damaged."""
        rows = self._database.query(f"PRAGMA integrity_check({_MOST})")
        found = [f"SQLite finds: {text}" for (text,) in rows if text != "ok"]
        if found:  # a tree that goes round in circles can't be read
            yield from found
            return
        yield from _tell(self._check_trees)
        with self._database.snapshot():
            try:
                self._make_proof()
                for part in (
                    self._check_seals, self._compare_messages, self._compare_copies,
                    self._compare_deletions, self._compare_words,
                ):  # fmt: skip
                    yield from _tell(part)
            finally:
                for sql in _DROP:
                    self._database.execute(sql)

    def _make_proof(self) -> None:
        for sql in (*_DROP, *_CREATE):
            self._database.execute(sql)
        for option in FULLTEXT_OPTIONS.items():
            self._database.execute("INSERT INTO temp.proof(proof, rank) VALUES (?, ?)", option)

    def _check_trees(self) -> Iterator[str]:
        self._database.execute("INSERT INTO fulltext(fulltext) VALUES ('integrity-check')")
        yield from ()

    def _check_seals(self) -> Iterator[str]:
        check_seal(self._database)
        for entry in check_epochs(self._database):
            self._total += entry.block is not None
        yield from self._find_broken(_RULES)
        spans = self._database.query(f"SELECT {SPAN} FROM span ORDER BY epoch, number")
        epochs = self._database.query("SELECT id FROM epoch NOT INDEXED ORDER BY id")
        computed = (span for (one,) in list(epochs) for span in compute_spans(self._database, one))
        if list(starmap(SpanRow, spans)) != list(computed):
            yield "a span of entries is damaged (table `span`)"
        for values in self._database.query(f"SELECT {KEPT} FROM kept"):
            if not is_kept_sound(KeptRow._make(values)):
                yield "a kept result is damaged (table `kept`)"
                break
        yield from find_damaged_rows(self._database)

    def _find_broken(self, rules: dict[str, str]) -> Iterator[str]:
        for words, sql in rules.items():
            if self._database.row(sql) is not None:
                yield words

    def _compare_messages(self) -> Iterator[str]:
        """Make the rows of each message again, and add its words to the second full text."""
        for (number,) in self._database.query("SELECT id FROM message NOT INDEXED ORDER BY id"):
            yield from _tell(lambda: self._compare_message(number))  # noqa: B023  # at once
        self._add_words()

    def _compare_message(self, number: int) -> Iterator[str]:
        self._report()
        values = self._database.needed_row(SEALED_MESSAGE, (number,))
        row = open_message(self._database, values).row
        entry = read_entry(self._database, row.epoch, row.seq)
        extract = self._messages.read_again(entry)
        self._words.append((number, *extract.words))
        self._gathered += sum(map(len, extract.words))
        if self._gathered > _WORDS:
            self._add_words()
        made = make_row(number, entry.place, entry.size or 0, extract)
        mail = f"the mail of commit {entry.oid.hex()}"
        if row != made._replace(shown=row.shown, seal=row.seal):
            yield f"{mail} is not what its row says (table `message`)"
        for table, texts in (
            ("message_identifier", extract.ids),
            ("reference", extract.references),
        ):
            if self._read_texts(table, number) != set(texts):
                yield f"{mail} has other Message-IDs (table `{table}` or `identifier`)"
        yield from self._compare_entry(entry, number, extract)

    def _compare_facts(self, entry: EntryRow, facts: Facts) -> Iterator[str]:
        """Compare the facts of a mail with those made of it now, and whom and what they name."""
        sql = f"SELECT {FACT} FROM fact WHERE epoch = ? AND seq = ?"
        values = self._database.row(sql, entry.place)
        if values is None or self._read_facts(FactRow(*values), entry) != facts:
            yield f"the mail of commit {entry.oid.hex()} has other facts (table `fact`)"

    def _read_facts(self, row: FactRow, entry: EntryRow) -> Facts:
        check_fact(self._database, row, entry.blob)
        return Facts(row.value, self._read_people(row), self._read_ids(row))

    def _read_people(self, fact: FactRow) -> tuple[Mailbox, ...]:
        rows = map(self._read_person, json.loads(fact.people))
        return tuple((row.name, row.email, row.written) for row in rows)

    def _read_person(self, number: int) -> PersonRow:
        sql = f"SELECT {PERSON} FROM person NOT INDEXED WHERE id = ?"
        return check_person(self._database, PersonRow(*self._database.needed_row(sql, (number,))))

    def _read_ids(self, fact: FactRow) -> tuple[str, ...]:
        numbers = json.loads(fact.ids)
        texts = read_texts(self._database, numbers)
        return tuple(texts[number] for number in numbers)

    def _read_texts(self, table: str, number: int) -> set[str]:
        # the table's name is one of two constants
        sql = f"SELECT text FROM {table} JOIN identifier ON id = identifier WHERE message = ?"
        return {text for (text,) in self._database.query(sql, (number,))}

    def _compare_entry(self, entry: EntryRow, number: int, extract: Extract) -> Iterator[str]:
        yield from self._compare_facts(entry, extract.facts)
        mail = f"the mail of commit {entry.oid.hex()}"
        if entry.message != number:
            yield f"{mail} is said to be a copy of another (table `entry`)"
        listed = self._database.value("SELECT text FROM list WHERE id = ?", (entry.list,))
        if listed != (extract.list_id or None):
            yield f"{mail} is of another list (table `entry` or `list`)"

    def _compare_copies(self) -> Iterator[str]:
        """Compare the mails that are copies of those from which the rows of messages are."""
        sql = (
            f"SELECT {ENTRY} FROM entry WHERE block IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM message WHERE message.id = entry.message"
            " AND message.epoch = entry.epoch AND message.seq = entry.seq)"
        )
        for entry in starmap(EntryRow, self._database.query(sql)):
            yield from _tell(lambda: self._compare_copy(entry))  # noqa: B023  # at once

    def _compare_copy(self, entry: EntryRow) -> Iterator[str]:
        self._report()
        extract = self._messages.read_again(check_entry(self._database, entry))
        sql = "SELECT id FROM message NOT INDEXED WHERE id = ? AND content = ?"
        found = self._database.value(sql, (entry.message, extract.content))
        yield from self._compare_entry(entry, found or -1, extract)

    def _compare_deletions(self) -> Iterator[str]:
        sql = (
            "SELECT DISTINCT inbox, blob FROM entry JOIN epoch ON epoch.id = epoch"
            " WHERE blob IS NOT NULL AND (change = 1 OR gone)"
        )
        for inbox, blob in self._database.query(sql):
            for entry, gone in find_gone(self._database, inbox, blob):
                if entry.gone != gone:
                    yield f"the mail of commit {entry.oid.hex()} is {'' if gone else 'not '}deleted"

    def _add_words(self) -> None:
        self._database.execute_many(_ADD, self._words)
        self._words.clear()
        self._gathered = 0

    def _compare_words(self) -> Iterator[str]:
        if any(map(ne, self._list_places("proof_places"), self._list_places("places"))):
            pairs = zip(
                self._list_places("proof_places"), self._list_places("places"), strict=False
            )
            first = next(pair for pair in pairs if pair[0] != pair[1])
            number = min(place for place, _ in first) >> 29
            yield f"the words of {self._name_mail(number)} are damaged (table `fulltext`)"
        yield from self._find_broken(_WORD_RULES)

    def _list_places(self, table: str) -> Iterator[Row]:
        return self._database.query(f"{_PLACES} temp.{table} ORDER BY term")

    def _name_mail(self, number: int) -> str:
        sql = "SELECT hex(oid) FROM message JOIN entry USING (epoch, seq) WHERE message.id = ?"
        commit = self._database.value(sql, (number,))
        return f"the mail of commit {commit.lower()}" if commit else "a mail"

    def _report(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)


def _tell(part: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Yield what a part finds, and of an error what it says."""
    try:
        yield from part()
    except IndexDamagedError as error:
        yield error.what
