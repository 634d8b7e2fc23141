"""The rows of messages, and those that belong to them: words, Message-IDs, references, facts."""

from typing import Final

from kvminbox.index.blocks import BlockReader
from kvminbox.index.database import Database, Row
from kvminbox.index.facts import Facts, Mailbox
from kvminbox.index.rows import (
    ENTRY,
    EntryRow,
    Extract,
    FactRow,
    MessageRow,
    PersonRow,
    Place,
    Words,
    insert_into,
)
from kvminbox.index.seal import seal_fact, seal_message, seal_person

_KNOWN: Final = 50_000
"""Message-IDs whose numbers are kept in memory: threads refer to the same few again."""

_KNOWN_PEOPLE: Final = 20_000
"""Mailboxes whose numbers are kept: some 8 MB. Of 21,000 mails of one list there are 2,000."""

WITH_INBOX: Final = "entry JOIN epoch ON epoch.id = entry.epoch JOIN inbox ON inbox.id = inbox"
IN_ORDER: Final = "ORDER BY gone, coalesce(seconds, 0), inbox.name, number, seq"
"""The order of a message's copies: those that are shown, and of them the first to arrive, whichever
inbox or epoch was indexed first."""

_INSERT_MESSAGE: Final = insert_into("message", MessageRow._fields)
_INSERT_WORDS: Final = insert_into("fulltext", ("rowid", *Words._fields))
_INSERT_FACT: Final = insert_into("fact", FactRow._fields)
_INSERT_PERSON: Final = insert_into("person", PersonRow._fields)
_DELETE_WORDS: Final = insert_into("fulltext", ("fulltext", "rowid", *Words._fields))


def make_row(message: int, place: Place, size: int, extract: Extract) -> MessageRow:
    """Return the row of a message with one copy that is shown; it has no seal yet."""
    return MessageRow(
        id=message, content=extract.content, epoch=place.epoch, seq=place.seq, shown=1,
        received=extract.received, sent=extract.sent, size=size, kind=extract.kind,
        revision=extract.revision, counter=extract.counter, total=extract.total,
        patch_id=extract.patch_id, change_id=extract.change_id, seal=0,
    )  # fmt: skip


class Batch:
    """New messages, gathered so that each table gets them with one statement."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.contents: dict[bytes, int] = {}
        self.messages: list[MessageRow] = []
        self.words: list[Row] = []
        self.ids: list[tuple[int, int]] = []
        self.references: list[tuple[int, int]] = []
        self.facts: list[FactRow] = []
        self.again: list[int] = []
        """Messages that the index has already, of which another copy came."""


class Messages:
    """Writes the rows of messages."""

    def __init__(self, database: Database, blocks: BlockReader) -> None:
        self._database = database
        self._blocks = blocks
        self._numbers: dict[str, int] = {}
        self._people: dict[Mailbox, int] = {}
        self._lists: dict[str, int] = {}

    def start_batch(self) -> Batch:
        """Return a batch whose messages get numbers that none ever had."""
        self._lists.clear()
        return Batch(self._find_last())

    def add(self, place: Place, size: int, extract: Extract, batch: Batch) -> int:
        """Return the row of a message, a new one if there is none of this content."""
        found = batch.contents.get(extract.content) or self._database.value(
            "SELECT id FROM message WHERE content = ?", (extract.content,)
        )
        if found:
            batch.again.append(int(found))
            return int(found)
        batch.last += 1
        message = batch.contents[extract.content] = batch.last
        row = make_row(message, place, size, extract)
        own = [self._number(identity) for identity in extract.ids]
        references = [self._number(identity) for identity in extract.references]
        batch.messages.append(seal_message(row, own, references))
        batch.words.append((message, *extract.words))
        batch.ids += [(number, message) for number in own]
        batch.references += [(number, message) for number in references]
        return message

    def write(self, batch: Batch) -> None:
        """Write the rows of a batch."""
        self._database.execute_many(_INSERT_MESSAGE, batch.messages)
        self._database.execute_many(_INSERT_WORDS, batch.words)
        for table, rows in (("message_identifier", batch.ids), ("reference", batch.references)):
            self._database.execute_many(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", rows)
        self._database.execute_many(_INSERT_FACT, batch.facts)
        sql = "UPDATE message SET shown = shown + 1 WHERE id = ?"
        self._database.execute_many(sql, [(message,) for message in batch.again])

    def add_facts(self, entry: EntryRow, facts: Facts, batch: Batch) -> None:
        """Add the facts of an entry's mail."""
        people = ",".join([str(self._number_person(one)) for one in facts.people])
        ids = ",".join([str(self._number(one)) for one in facts.ids])
        row = FactRow(*entry.place, facts.value, f"[{people}]", f"[{ids}]", seal=0)
        batch.facts.append(seal_fact(row, entry.blob))

    def _number_person(self, person: Mailbox) -> int:
        number = self._people.get(person)
        if number is None:
            if len(self._people) >= _KNOWN_PEOPLE:
                self._people.clear()
            number = self._people[person] = self._find_or_add_person(person)
        return number

    def _find_or_add_person(self, person: Mailbox) -> int:
        name, email, written = person
        sql = "SELECT id FROM person WHERE email = ? AND name = ? AND written = ?"
        found = self._database.value(sql, (email, name, written))
        if found is None:
            found = (self._database.value("SELECT max(id) FROM person") or 0) + 1
            self._database.execute(_INSERT_PERSON, seal_person(PersonRow(found, *person, seal=0)))
            return int(found)
        # SQLite's own index of the texts has no seal, and may lead to another mailbox's row
        sql = "SELECT email, name, written FROM person NOT INDEXED WHERE id = ?"
        if self._database.row(sql, (found,)) != (email, name, written):
            raise self._database.damaged("a mailbox leads to another one (table `person`)")
        return int(found)

    def _number(self, identity: str) -> int:
        number = self._numbers.get(identity)
        if number is None:
            number = self._find_or_add("identifier", identity)
            if len(self._numbers) >= _KNOWN:
                self._numbers.clear()
            self._numbers[identity] = number
        return number

    def number_list(self, list_id: str | None) -> int | None:
        """Return the row of a List-Id, a new one if there is none; None for none.

        It is looked for once in a batch.
        """
        if not list_id:
            return None
        if list_id not in self._lists:
            self._lists[list_id] = self._find_or_add("list", list_id)
        return self._lists[list_id]

    def _find_or_add(self, table: str, text: str) -> int:
        found = self._database.value(f"SELECT id FROM {table} WHERE text = ?", (text,))
        if found is None:
            # a number that SQLite chooses by a damaged page may be that of another text, and is
            # not compared with those that are there
            found = (self._database.value(f"SELECT max(id) FROM {table}") or 0) + 1
            self._database.execute(f"INSERT INTO {table} VALUES (?, ?)", (found, text))
        return int(found)

    def read_again(self, entry: EntryRow) -> Extract:
        """Read the rows of an entry's mail again, from the bytes that are here."""
        from kvminbox.index.extract import extract_mail  # which few updates need

        raw = self._blocks.read(entry.block, entry.start, entry.size, entry.blob)
        return extract_mail(raw, entry.seconds)

    def settle_source(self, message: int) -> None:
        """Make the row of a message that of its first copy, in whatever order they came.

        Copies differ in Received and size; the rows must not tell which was indexed first.
        """
        sql = f"SELECT {ENTRY} FROM {WITH_INBOX} WHERE message = ? {IN_ORDER} LIMIT 1"
        first = EntryRow(*self._database.needed_row(sql, (message,)))
        source = self.find_source(message)
        if first.place != source:
            self.read_from(message, source, first)
            self.count_copies(message)

    def find_source(self, message: int) -> Place:
        """Return the place of the entry from which the row of a message was read."""
        sql = "SELECT epoch, seq FROM message WHERE id = ?"
        return Place(*self._database.needed_row(sql, (message,)))

    def read_from(self, message: int, source: Place, copy: EntryRow) -> None:
        """Replace the row of a message with one read from another of its copies."""
        self.delete(message, source)
        batch = Batch(message - 1)  # so that it gets its old number again
        self.add(copy.place, copy.size or 0, self.read_again(copy), batch)
        self.write(batch)

    def count_copies(self, message: int) -> None:
        """Count the copies of a message that are shown."""
        self._database.execute(
            "UPDATE message SET shown = (SELECT count(*) FROM entry"
            " WHERE entry.message = message.id AND gone = 0) WHERE id = ?",
            (message,),
        )

    def count_all_copies(self) -> None:
        """Count the copies of each message that are shown."""
        self._database.execute(
            "UPDATE message SET shown = (SELECT count(*) FROM entry"
            " WHERE entry.message = message.id AND gone = 0)"
        )

    def delete(self, message: int, source: Place) -> None:
        """Delete the rows of a message; FTS5 has to be told the words that were added."""
        sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq = ?"
        words = self.read_again(EntryRow(*self._database.needed_row(sql, source))).words
        self._database.execute(_DELETE_WORDS, ("delete", message, *words))
        for table in ("message_identifier", "reference"):
            self._database.execute(f"DELETE FROM {table} WHERE message = ?", (message,))
        self._database.execute("DELETE FROM message WHERE id = ?", (message,))

    def clear(self) -> None:
        """Delete the rows of all messages."""
        self.keep_last()
        tables = (
            "reference", "message_identifier", "message", "fact", "identifier", "person", "list",
            "kept", "grouping", "grouped",
        )  # fmt: skip
        for table in tables:
            self._database.execute(f"DELETE FROM {table}")
        self._database.execute("INSERT INTO fulltext(fulltext) VALUES ('delete-all')")
        self._numbers.clear()
        self._people.clear()

    def _find_last(self) -> int:
        """Return the highest number that a message has or had, which is never used again.

        A reader may still hold a number, and would get another mail for it.
        """
        found = self._database.value("SELECT max(id) FROM message") or 0
        kept = self._database.value("SELECT value FROM meta WHERE key = 'message'") or 0
        return max(int(found), int(kept))

    def keep_last(self) -> None:
        """Keep the highest number, before messages are deleted."""
        last = self._find_last()
        self._database.execute("INSERT OR REPLACE INTO meta VALUES ('message', ?)", (last,))

    def forget_unused(self) -> None:
        """Delete what no row refers to any more, and what the full text still has of it."""
        self._numbers.clear()
        self._people.clear()
        # the facts name all ids that a mail has or refers to
        for table, column in (("identifier", "ids"), ("person", "people")):
            named = f"SELECT each.value FROM fact, json_each(fact.{column}) AS each"
            self._database.execute(f"DELETE FROM {table} WHERE id NOT IN ({named})")
        self._database.execute(
            "DELETE FROM list WHERE id NOT IN (SELECT list FROM entry WHERE list IS NOT NULL)"
        )
        # FTS5 deletes by adding a mark; only a merge of everything takes the words out
        self._database.execute("INSERT INTO fulltext(fulltext) VALUES ('optimize')")
