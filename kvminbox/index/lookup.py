"""Single mails, and what belongs together with them, from the rows of an index."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kvminbox.archive import read_time
from kvminbox.errors import MissingObjectError, ObjectError, UsageError
from kvminbox.index.blocks import BlockReader
from kvminbox.index.database import Database
from kvminbox.index.rows import ENTRY, WIDTH, EntryRow
from kvminbox.index.seal import check_entry
from kvminbox.index.stored import name_change, object_error
from kvminbox.models import Copy, Entry, Message, Problem, Series, Thread
from kvminbox.patches import read_message
from kvminbox.series import group_series
from kvminbox.threads import group_threads

_NEARBY: Final = 2 * 3600
"""Seconds around a mail in which others of its series are looked for outside of its thread."""

_SUBMITS: Final = "kind IN ('patch', 'cover_letter', 'pull_request')"

_AT_ONCE: Final = 500
"""Values that are bound in one statement."""

_UNREAD: Final = "block IS NULL AND change IN (0, 4) AND code LIKE 'object-%' AND NOT gone"

_PLACES: Final = (
    f"SELECT {ENTRY}, number, inbox.name, list.text FROM entry"
    " JOIN epoch ON epoch.id = entry.epoch JOIN inbox ON inbox.id = epoch.inbox"
    " LEFT JOIN list ON list.id = entry.list"
)
_COPIES: Final = f"{_PLACES} WHERE message = ?"

# when the mails of the index arrived; a time that no calendar knows counts as none
_EDGES: Final = (
    "SELECT min(seconds), max(seconds) FROM entry WHERE message IS NOT NULL AND NOT gone"
    " AND seconds BETWEEN -62135596800 AND 253402300799"
)
# of several inboxes a mail comes once, as the copy from which its row was read
_EDGES_OF_SEVERAL: Final = (
    f"{_EDGES} AND (epoch, seq) = (SELECT epoch, seq FROM message WHERE id = entry.message)"
)


class _CopyRow(NamedTuple):
    """A row of what `_PLACES` selects: an entry, and where it is."""

    entry: EntryRow
    number: int
    """The number of its epoch."""

    inbox: str
    list_id: str | None


class Lookup:
    """Finds mails in an index by their rows and ids."""

    def __init__(self, database: Database, blocks: BlockReader) -> None:
        self._database = database
        self._blocks = blocks

    def read(self, message: int) -> Message:
        """Return the mail of a message's row, from its first copy that is shown."""
        entry, raw = self._read_first_copy(message)
        return read_message(raw, entry)

    def read_named(self, message: int, message_id: str) -> Message:
        """Return the mail of a message's row, which has to have an id.

        Raises:
            IndexDamagedError: it has another.
        """
        found = self.read(message)
        if not _bears(found, message_id):
            raise self._database.damaged("an id leads to another mail")
        return found

    def read_entry(self, message: int) -> Entry:
        """Return where the mail of a message's row is: the first of its copies that is shown."""
        return self._read_first_copy(message)[0]

    def read_id(self, message: int) -> str | None:
        """Return a Message-ID of a message's row; None where it has none."""
        sql = (
            "SELECT text FROM message_identifier JOIN identifier ON identifier.id = identifier"
            " WHERE message = ? LIMIT 1"
        )
        found: str | None = self._database.value(sql, (message,))
        return found

    def _read_first_copy(self, message: int) -> tuple[Entry, bytes]:
        with self._database.snapshot():
            sql = f"{_COPIES} ORDER BY gone, inbox.name, number, seq LIMIT 1"
            for copy in self._read_copies(sql, message):
                self._check_shown(message, copy)
                row = copy.entry
                return _make_entry(copy), self._blocks.read(
                    row.block, row.start, row.size, row.blob
                )
        raise MissingObjectError(
            "a mail is not in the index any more", where=self._database.path,
            cure="its archive was rewritten; search again",
        )  # fmt: skip

    def _read_copies(self, sql: str, *values: int) -> list[_CopyRow]:
        """Read what `_PLACES` selects, after a look at the seals."""
        rows = self._database.query(sql, values)
        copies = [_CopyRow(EntryRow(*row[:WIDTH]), *row[WIDTH:]) for row in rows]
        for copy in copies:
            check_entry(self._database, copy.entry)
        return copies

    def _check_shown(self, message: int, first_copy: _CopyRow) -> None:
        """Check that a message whose copies are all gone is not said to be shown."""
        if not first_copy.entry.gone:
            return
        if self._database.value("SELECT shown FROM message WHERE id = ?", (message,)):
            raise self._database.damaged("a deleted mail is said to be there")

    def count_unread(self) -> int:
        """Return how many mails could not be read when they were indexed, and are not deleted."""
        return int(self._database.value(f"SELECT count(*) FROM entry WHERE {_UNREAD}"))

    def list_unread(self) -> list[Problem]:
        """Return the problem of each mail that `count_unread` counts, in the order of its epoch."""
        sql = f"SELECT epoch, seq FROM entry WHERE {_UNREAD} ORDER BY epoch, seq"
        return [self.read_problem(*place) for place in list(self._database.query(sql))]

    def read_problem(self, epoch: int, seq: int) -> Problem:
        """Return why the mail of an entry could not be read, as a window says it."""
        sql = f"{_PLACES} WHERE entry.epoch = ? AND seq = ?"
        for copy in self._read_copies(sql, epoch, seq):
            entry, row = _make_entry(copy), copy.entry
            text = row.trouble or ""
            if entry.change == "message":
                text = object_error(row.code, row.trouble, where=entry.blob).located
            return Problem(entry=entry, code=row.code or ObjectError.code, text=text)
        raise self._database.damaged("an entry is missing")

    def read_bytes(self, mail: Message | Entry) -> bytes:
        """Return the bytes of a mail, by its entry.

        Raises:
            UsageError: it has none, or one of an archive that is not here.
        """
        entry = mail if isinstance(mail, Entry) else getattr(mail, "entry", None)
        found = self._find_bytes(entry) if entry else None
        if found is None:
            cure = "ask the index that gave it, or update this one; a deletion brings no mail"
            where = mail.commit if isinstance(mail, Entry) else getattr(mail, "message_id", None)
            raise UsageError("the mail is not in this index", where or "raw", cure)
        return found

    def _find_bytes(self, entry: Entry) -> bytes | None:
        sql = (
            "SELECT block, start, size FROM entry WHERE oid = ? AND blob = ?"
            " AND block IS NOT NULL LIMIT 1"
        )
        try:
            ids = (bytes.fromhex(entry.commit), bytes.fromhex(entry.blob))
        except ValueError:  # no ids: the entry was made by hand
            return None
        with self._database.snapshot():
            row = self._database.row(sql, ids)
            if row is None:
                return None
            block, start, size = row
            return self._blocks.read(block, start, size, ids[1])

    def copies(self, message: int) -> tuple[Copy, ...]:
        """Return where a message is."""
        copies = self._read_copies(f"{_COPIES} ORDER BY inbox.id, number, seq", message)
        return tuple(
            Copy(
                inbox=copy.inbox,
                entry=_make_entry(copy),
                list_id=copy.list_id,
                shown=not copy.entry.gone,
            )
            for copy in copies
        )

    def find(self, message_id: str) -> list[int]:
        """Return the rows of the messages that have an id and are still shown, oldest first."""
        return [row[0] for row in self._database.query(
            "SELECT message.id FROM identifier"
            " JOIN message_identifier ON identifier = identifier.id"
            " JOIN message ON message.id = message"
            " WHERE text = ? AND shown > 0 ORDER BY received, message.id", (message_id,),
        )]  # fmt: skip

    def find_thread(self, message_id: str) -> Thread | None:
        """Return the thread that a mail is in, even if only replies to the mail are here."""
        threads = group_threads(map(self.read, self._find_connected(message_id)))
        nodes = ((thread, node) for thread in threads for node in thread.nodes)
        return next(
            (
                thread
                for thread, node in nodes
                if node.message_id == message_id or _bears(node.message, message_id)
            ),
            None,
        )

    def _find_connected(self, message_id: str) -> list[int]:
        """Return the messages that a chain of references joins to an id."""
        number = self._database.value("SELECT id FROM identifier WHERE text = ?", (message_id,))
        identifiers, messages = {number}, set[int]()
        fresh = {number} if number else set()
        while fresh:
            found = self._follow("message", "identifier", fresh) - messages
            messages |= found
            fresh = self._follow("identifier", "message", found) - identifiers
            identifiers |= fresh
        return sorted(self._keep_shown(messages))

    def _follow(self, wanted: str, given: str, values: Iterable[int]) -> set[int]:
        # the columns' names are two constants
        return {
            row[0]
            for marks, part in _portions(values)
            for table in ("message_identifier", "reference")
            for row in self._database.query(
                f"SELECT {wanted} FROM {table} WHERE {given} IN ({marks})", part
            )
        }

    def _keep_shown(self, messages: Iterable[int]) -> Iterator[int]:
        for marks, part in _portions(messages):
            sql = f"SELECT id FROM message WHERE shown > 0 AND id IN ({marks})"
            yield from (row[0] for row in self._database.query(sql, part))

    def find_series(self, message_id: str) -> Series | None:
        """Return the series that a mail is in; None where it is in none.

        It is grouped from the mail's thread, and from the submissions that were sent
        within two hours of it and what they answer, for series that were sent without
        threading.
        """
        candidates = set(self._find_connected(message_id))
        for message in self.find(message_id):
            sent = self._database.value("SELECT sent FROM message WHERE id = ?", (message,))
            near = {row[0] for row in self._database.query(
                f"SELECT id FROM message WHERE sent BETWEEN ? AND ? AND shown > 0 AND {_SUBMITS}",
                (sent - _NEARBY, sent + _NEARBY),
            )}  # fmt: skip
            candidates |= near
            candidates |= self._find_around(near)
        several = self._database.value("SELECT count(*) > 1 FROM inbox")
        edges = self._database.needed_row(_EDGES_OF_SEVERAL if several else _EDGES)
        groups = group_series(
            map(self.read, sorted(candidates)), edges=None if edges[0] is None else edges
        )
        found = ((one, mail) for one in groups for mail in one.messages)
        return next((one for one, mail in found if _bears(mail, message_id)), None)

    def _find_around(self, messages: Iterable[int]) -> set[int]:
        """Return the submissions that some answer, and others that answer the same mails."""
        named = self._follow("identifier", "message", messages)
        around = self._follow("message", "identifier", named)
        return {
            row[0]
            for marks, part in _portions(around)
            for row in self._database.query(
                f"SELECT id FROM message WHERE id IN ({marks}) AND shown > 0 AND {_SUBMITS}", part
            )
        }


def _make_entry(copy: _CopyRow) -> Entry:
    return Entry(
        epoch=copy.number,
        commit=copy.entry.oid.hex(),
        blob=(copy.entry.blob or b"").hex(),
        arrived=read_time(copy.entry.seconds),
        change=name_change(copy.entry.change),
    )


def _bears(message: Message | None, message_id: str) -> bool:
    """Whether an id is one of a mail's own."""
    own = (message.message_id, *message.other_message_ids) if message else ()
    return message_id in own


def _portions(values: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield values in portions, each with its question marks for a statement."""
    rest = sorted(values)
    for start in range(0, len(rest), _AT_ONCE):
        part = rest[start : start + _AT_ONCE]
        yield ", ".join("?" * len(part)), part
