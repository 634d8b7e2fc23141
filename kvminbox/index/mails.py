"""Mails of an index as models that are begun with their facts, and ask for bytes when they must."""

import json
from threading import local
from typing import Final

from kvminbox.index.database import Database, Row
from kvminbox.index.facts import MailBytes, begin_message, open_mailbox
from kvminbox.index.reader import READER
from kvminbox.index.rows import FACT, PERSON, FactRow, PersonRow
from kvminbox.index.seal import check_fact, check_person
from kvminbox.index.texts import portion, read_texts
from kvminbox.models import Address, AnyMessage, Entry
from kvminbox.models.list_urls import place_message

_KEPT: Final = 100_000
"""Mailboxes and Message-IDs that a thread keeps."""

_READ: Final = json.JSONDecoder().raw_decode
_FACTS: Final = f"SELECT entry.oid, entry.blob, {FACT} FROM fact JOIN entry USING (epoch, seq)"


_Key = tuple[str, str]
"""A commit of an epoch, and a blob."""

_Found = tuple[str, list[int], list[int]]
"""The facts of a mail, the numbers of its people, and those of its Message-IDs."""

_NOTHING: Final[dict[_Key, _Found]] = {}


class _Kept:
    """What a thread keeps of an index as long as nobody writes to it."""

    def __init__(self, version: int, reader: object) -> None:
        self.version = version
        self.has_own_facts = reader in (READER, None)
        """Whether the facts are those that this version of the library reads from a mail."""
        self.people: dict[int, Address] = {}
        self.ids: dict[int, str] = {}
        # by the row of an epoch: several are read at once where several inboxes are one
        self.ahead: dict[int, dict[_Key, _Found]] = {}


class MailReader:
    """Begins models with the facts of their mails; each thread keeps some of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._local = local()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its file."""
        return MailReader, (self._database,)

    def forget(self) -> None:
        """Forget what this thread keeps of the file; call it when it may have written to it."""
        self._local.__dict__.clear()

    def _keep(self) -> _Kept:
        version = self._database.value("PRAGMA data_version")
        kept: _Kept | None = getattr(self._local, "kept", None)
        if kept is None or kept.version != version:
            reader = self._database.value("SELECT value FROM meta WHERE key = 'reader'")
            kept = self._local.kept = _Kept(version, reader)
        return kept

    def read(self, epoch: int, entry: Entry, source: MailBytes, *, ahead: int = 1) -> AnyMessage:
        """Return the mail of an entry, begun with its facts; read from its bytes if there are none.

        Facts that another version of the library has read count for none.

        Args:
            epoch: the row of the entry's epoch.
            entry: where the mail is.
            source: where its bytes are, read now or when a text of the model is asked for.
            ahead: places whose facts are read at once, where the mails behind this one are
                likely to be asked for next.

        Raises:
            IndexDamagedError: its facts are damaged.
        """
        kept = self._keep()
        key = (entry.commit, entry.blob)
        found = kept.ahead.get(epoch, _NOTHING).get(key)
        if found is None and kept.has_own_facts:
            with self._database.snapshot():
                kept = self._keep()
                self._read_ahead(kept, epoch, entry, ahead)
            found = kept.ahead.get(epoch, _NOTHING).get(key)
        if found is None:
            return place_message(source.read_whole(entry), self._database.urls)
        value, people, ids = found
        message = begin_message(
            value, tuple([kept.people[one] for one in people]),
            [kept.ids[one] for one in ids], entry, source,
        )  # fmt: skip
        return place_message(message, self._database.urls)

    def _read_ahead(self, kept: _Kept, epoch: int, entry: Entry, count: int) -> None:
        """Read the facts of an entry and of those behind it, and whom and what they name."""
        values = (epoch, bytes.fromhex(entry.commit), bytes.fromhex(entry.blob))
        sql = "SELECT min(seq) FROM entry WHERE epoch = ? AND oid = ? AND blob = ?"
        seq = self._database.value(sql, values)
        if not isinstance(seq, int):
            return
        rows = self._database.query(
            f"{_FACTS} WHERE fact.epoch = ? AND fact.seq >= ? AND fact.seq < ?",
            (epoch, seq, seq + count),
        )
        ahead = dict(map(self._open, rows))
        kept.ahead.pop(epoch, None)  # until all that they name is here
        if len(kept.people) + len(kept.ids) > _KEPT:
            kept.people, kept.ids, kept.ahead = {}, {}, {}
        self._add_people(kept, {one for _, people, _ in ahead.values() for one in people})
        self._add_ids(kept, {one for _, _, ids in ahead.values() for one in ids})
        kept.ahead[epoch] = ahead

    def _open(self, row: Row) -> tuple[_Key, _Found]:
        oid, blob, *values = row
        fact = check_fact(self._database, FactRow(*values), blob)
        found = fact.value, _READ(fact.people)[0], _READ(fact.ids)[0]
        return (oid.hex() if isinstance(oid, bytes) else "", blob.hex()), found

    def _add_people(self, kept: _Kept, numbers: set[int]) -> None:
        # (a set less a dictionary's keys goes through all of these)
        for marks, part in portion({one for one in numbers if one not in kept.people}):
            sql = f"SELECT {PERSON} FROM person NOT INDEXED WHERE id IN ({marks})"
            rows = [PersonRow(*row) for row in self._database.query(sql, part)]
            if len(rows) != len(part):
                raise self._database.damaged("a mailbox is missing (table `person`)")
            for row in rows:
                _, name, email, written, _ = check_person(self._database, row)
                kept.people[row.id] = open_mailbox(name, email, written)

    def _add_ids(self, kept: _Kept, numbers: set[int]) -> None:
        missing = {one for one in numbers if one not in kept.ids}
        kept.ids |= read_texts(self._database, missing)
