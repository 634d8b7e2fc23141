"""Single mails, and what belongs together with them, from the rows of an index."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import starmap
from threading import local
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kvminbox.archive import read_time
from kvminbox.errors import MissingObjectError, ObjectError, ProblemCode, UsageError
from kvminbox.inbox.parallel import Failure
from kvminbox.inbox.problems import SKIP
from kvminbox.index.blocks import BlockReader
from kvminbox.index.database import Database
from kvminbox.index.lists import ListCounter
from kvminbox.index.mails import MailReader
from kvminbox.index.rows import ENTRY, EntryRow, MessageRow
from kvminbox.index.seal import (
    SEALED_MESSAGE,
    SEALED_MESSAGES,
    SealedMessage,
    check_entry,
    check_epochs,
    check_seal,
    open_message,
    read_entry,
)
from kvminbox.index.stored import StoredSource, name_change, object_error
from kvminbox.index.texts import AT_ONCE, portion, read_texts
from kvminbox.models import Address, AnyMessage, Copy, Entry, Message, Problem
from kvminbox.models.base import skip_validation
from kvminbox.models.begun import keep_made
from kvminbox.models.list_urls import place_message

if TYPE_CHECKING:  # a search, which groups nothing, starts faster
    from kvminbox.models import Series, Thread

_make_copy: Final = skip_validation(Copy)
_make_entry: Final = skip_validation(Entry)

_NEARBY: Final = 2 * 3600
"""Seconds around a mail in which others of its series are looked for outside of its thread."""

_SUBMISSIONS: Final = ("patch", "cover_letter", "pull_request")
_SUBMITS: Final = f"kind IN {_SUBMISSIONS}"

_PROBLEM: Final = "block IS NULL AND change IN (0, 4) AND code IS NOT NULL AND NOT gone"
_UNREAD: Final = f"{_PROBLEM} AND code LIKE 'object-%'"

# when the mails of the index arrived; a time that no calendar knows counts as none
_DATED: Final = (
    "FROM entry WHERE message IS NOT NULL AND NOT gone"
    " AND seconds BETWEEN -62135596800 AND 253402300799"
)
# of several inboxes a mail comes once, as the first copy to arrive, from which its row was read
_ONCE: Final = " AND (epoch, seq) = (SELECT epoch, seq FROM message WHERE id = entry.message)"


class _Epoch(NamedTuple):
    inbox_row: int
    number: int
    inbox: str


class _Known:
    """What a thread keeps of an index as long as nobody writes to it."""

    def __init__(self, version: int, epochs: dict[int, _Epoch]) -> None:
        self.version = version
        self.epochs = epochs
        self.lists: dict[int, str] = {}


class Lookup:
    """Finds mails in an index by their rows and ids.

    Whatever it returns was read through rows that have a seal, or that two of SQLite's
    trees agree on. A mail that a damaged row hides is not found; `Index.check` tells.
    """

    def __init__(self, database: Database, blocks: BlockReader, mails: MailReader) -> None:
        self._database = database
        self._blocks = blocks
        self._mails = mails
        self._local = local()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its file."""
        return Lookup, (self._database, self._blocks, self._mails)

    def forget(self) -> None:
        """Forget what this thread keeps of the file; call it when it may have written to it."""
        self._local.__dict__.clear()

    def _known(self) -> _Known:
        version = self._database.value("PRAGMA data_version")
        known: _Known | None = getattr(self._local, "known", None)
        if known is None or known.version != version:
            check_seal(self._database)
            rows = self._database.query(
                "SELECT epoch.id, inbox.id, number, name FROM epoch NOT INDEXED"
                " JOIN inbox NOT INDEXED ON inbox.id = inbox"
            )
            known = self._local.known = _Known(version, {row[0]: _Epoch(*row[1:]) for row in rows})
        return known

    def read(self, message: int) -> AnyMessage:
        """Return a message's mail, the first of its copies to arrive, text and all."""
        from kvminbox.patches import read_message  # which few questions need

        with self._database.snapshot():
            row, copies = self._read_first_copy(message)
            raw = self._blocks.read(row.block, row.start, row.size, row.blob)
            mail = place_message(read_message(raw, self._make_entry(row)), self._database.urls)
            if copies > 1:
                self._keep_recipients(mail, row, ahead=1)
            return mail

    def begin(self, message: int, *, ahead: int = 1) -> AnyMessage:
        """Return the same, begun with its facts: its text is read when it is asked for.

        Args:
            message: its row.
            ahead: mails of its epoch whose facts are read at once.
        """
        with self._database.snapshot():
            row, copies = self._read_first_copy(message)
            mail = self._begin_copy(row, ahead)
            if copies > 1:
                self._keep_recipients(mail, row, ahead)
            return mail

    def _begin_copy(self, row: EntryRow, ahead: int) -> AnyMessage:
        # by its id, since a later update may put its bytes into another block
        source = StoredSource(self._database, self._blocks, self._mails, row.epoch)
        return source.read_message(self._make_entry(row), ahead=ahead)

    def _keep_recipients(self, mail: AnyMessage, first: EntryRow, ahead: int) -> None:
        """Keep with a mail whom only other copies of it have in To or Cc."""
        sql = f"SELECT {ENTRY} FROM entry WHERE message = ? AND NOT gone"
        rows = [EntryRow(*values) for values in self._database.query(sql, (first.message,))]
        known = {person.email.lower() for person in (*mail.to, *mail.cc)}
        others: dict[str, Address] = {}
        for row in rows:
            if check_entry(self._database, row).place == first.place:
                continue
            copy = self._begin_copy(row, ahead)
            for person in (*copy.to, *copy.cc):
                if person.email.lower() not in known:
                    others.setdefault(person.email.lower(), person)
        keep_made(mail, "_recipients", lambda: tuple(others.values()))

    def read_step(self, step: tuple[int, ...]) -> AnyMessage | Failure:
        """Return the mail of a message's row, or why the mail of an entry could not be read."""
        return self.begin(step[0]) if len(step) == 1 else self.read_failure(step)

    def read_failure(self, step: tuple[int, ...]) -> Failure:
        """Return why the mail of an entry could not be read; the step is its place."""
        problem = self.read_problem(*step)
        return Failure(problem, explain_problem(problem))

    def read_entry(self, message: int) -> Entry:
        """Return where the mail of a message's row is: the first of its copies to arrive."""
        with self._database.snapshot():
            return self._make_entry(self._read_first_copy(message)[0])

    def _read_first_copy(self, message: int) -> tuple[EntryRow, int]:
        """Return the first copy of a message to arrive, and how many are shown."""
        with self._database.snapshot():
            values = self._database.row(SEALED_MESSAGE, (message,))
            if values is not None:
                row = open_message(self._database, values).row
                return self._read_source(row), row.shown
        raise MissingObjectError(
            "a mail is no longer in the index", where=self._database.path,
            cure="its archive was rewritten; search again",
        )  # fmt: skip

    def _read_source(self, row: MessageRow) -> EntryRow:
        """Read the copy from which the row of a message was read, which is the first."""
        entry = read_entry(self._database, row.epoch, row.seq)
        if entry.message != row.id:
            raise self._database.damaged("a message has the entry of another one")
        if (row.shown > 0) == bool(entry.gone):
            raise self._database.damaged("a deleted mail is said to be there, or one is hidden")
        return entry

    def _make_entry(self, entry: EntryRow) -> Entry:
        return _make_entry(
            epoch=self._find_epoch(entry).number,
            commit=entry.oid.hex(),
            blob=(entry.blob or b"").hex(),
            arrived=read_time(entry.seconds),
            change=name_change(entry.change),
        )

    def _find_epoch(self, entry: EntryRow) -> _Epoch:
        found = self._known().epochs.get(entry.epoch)
        if found is None:
            raise self._database.damaged("an entry is of no known epoch")
        return found

    def read_ids(self, messages: Iterable[int]) -> Iterator[str]:
        """Yield a Message-ID of each message's row, in order; nothing for one that has none."""
        numbers = list(messages)
        for start in range(0, len(numbers), AT_ONCE):
            part = numbers[start : start + AT_ONCE]
            found = ((sealed.row.id, sealed.own) for sealed in self._open(part))
            own = {message: numbers[0] for message, numbers in found if numbers}
            texts = read_texts(self._database, own.values())
            yield from (texts[own[message]] for message in part if message in own)

    def _open(self, messages: Iterable[int]) -> Iterator[SealedMessage]:
        """Yield the rows of messages, after a look at their seals."""
        for marks, part in portion(messages):
            rows = list(self._database.query(f"{SEALED_MESSAGES} ({marks})", part))
            if len(rows) != len(part):
                raise self._database.damaged("the row of a message is missing")
            yield from (open_message(self._database, row) for row in rows)

    def _find_number(self, message_id: str) -> int | None:
        """Return the number of a Message-ID; None if no mail has or names it."""
        sql = "SELECT id FROM identifier WHERE text = ?"
        number: int | None = self._database.value(sql, (message_id,))
        if number is not None and read_texts(self._database, [number])[number] != message_id:
            raise self._database.damaged("an id leads to another one")
        return number

    def count_unread(self) -> int:
        """Return how many mails could not be read when they were indexed, and are not deleted."""
        return int(self._database.value(f"SELECT count(*) FROM entry WHERE {_UNREAD}"))

    def list_unread(self) -> list[Problem]:
        """Return the problem of each mail that `count_unread` counts, in the order of its epoch."""
        sql = f"SELECT epoch, seq FROM entry WHERE {_UNREAD} ORDER BY epoch, seq"
        return [self.read_problem(*place) for place in list(self._database.query(sql))]

    def list_problems(self) -> list[Problem]:
        """Return these, and those of trees of which no update can make a mail."""
        sql = f"SELECT epoch, seq FROM entry WHERE {_PROBLEM} ORDER BY epoch, seq"
        return [self.read_problem(*place) for place in list(self._database.query(sql))]

    def read_problem(self, epoch: int, seq: int) -> Problem:
        """Return why the mail of an entry could not be read, as a window says it."""
        row = read_entry(self._database, epoch, seq)
        entry, text = self._make_entry(row), row.trouble or ""
        if entry.change == "message":
            text = object_error(row.code, row.trouble, where=entry.blob).located
        code = cast("ProblemCode", row.code or ObjectError.code)
        return Problem(entry=entry, code=code, text=text)

    def read_bytes(self, mail: Message | Entry) -> bytes:
        """Return the bytes of a mail, by its entry.

        Raises:
            UsageError: it has none, or one of an archive that is not here.
        """
        entry = mail if isinstance(mail, Entry) else getattr(mail, "entry", None)
        found = self._find_bytes(entry) if entry else None
        if found is None:
            cure = "ask the index it came from, or update this one; a deletion has no mail"
            where = mail.commit if isinstance(mail, Entry) else getattr(mail, "message_id", None)
            raise UsageError("the mail is not in this index", where or "raw", cure)
        return found

    def _find_bytes(self, entry: Entry) -> bytes | None:
        sql = "SELECT block, start, size FROM entry WHERE oid = ? AND blob = ? AND block NOT NULL"
        # coalesce keeps SQLite from using its indexes, which may be damaged
        without_index = (
            "SELECT 1 FROM entry WHERE coalesce(oid, 0) = ? AND coalesce(blob, 0) = ?"
            " AND coalesce(block, 0) <> 0"
        )
        try:
            ids = (bytes.fromhex(entry.commit), bytes.fromhex(entry.blob))
        except ValueError:  # no ids: the entry was made by hand
            return None
        with self._database.snapshot():
            row = self._database.row(sql, ids)
            if row is None:
                if self._database.row(without_index, ids):
                    raise self._database.damaged("a mail is not where it should be")
                return None
            block, start, size = row
            return self._blocks.read(block, start, size, ids[1])

    def copies(self, message: int) -> tuple[Copy, ...]:
        """Return where a message is."""
        with self._database.snapshot():
            sql = f"SELECT {ENTRY} FROM entry WHERE message = ?"
            entries = list(starmap(EntryRow, self._database.query(sql, (message,))))
            shown = self._database.value("SELECT shown FROM message WHERE id = ?", (message,))
            for entry in entries:
                if check_entry(self._database, entry).message != message:
                    raise self._database.damaged("a message has the entry of another one")
            if (shown or 0) != sum(not entry.gone for entry in entries):
                raise self._database.damaged("a copy of a mail is missing")
            places = {entry: self._find_epoch(entry) for entry in entries}
            return tuple(
                self._make_copy(entry)
                for entry in sorted(entries, key=lambda one: (*places[one], one.seq))
            )

    def find_copy(self, commit: str, blob: str = "") -> Copy | None:
        """Return the copy of a mail that a commit brought, of several the first.

        Args:
            commit: its id.
            blob: the mail's; empty for any.
        """
        try:
            ids = (bytes.fromhex(commit), bytes.fromhex(blob))
        except ValueError:
            return None
        where = "oid = ?1 AND message IS NOT NULL AND (blob = ?2 OR length(?2) = 0)"
        with self._database.snapshot():
            found = self._list_entries(f"{where} ORDER BY seq LIMIT 1", ids)
            return self._make_copy(found[0]) if found else None

    def _make_copy(self, entry: EntryRow) -> Copy:
        return _make_copy(
            inbox=self._find_epoch(entry).inbox,
            entry=self._make_entry(entry),
            list_id=self.read_list(entry.list),
            shown=not entry.gone,
        )

    def find_lists(self) -> dict[str, datetime | None]:
        """Return the commonest List-Id of each inbox that has mails, and when the last arrived."""
        with self._database.snapshot():
            counter = ListCounter(self._database)
            for entry in check_epochs(self._database):
                counter.add(entry)
            return counter.find(self.read_list)

    def read_list(self, number: int | None) -> str | None:
        """Return a List-Id by its number."""
        lists = self._known().lists
        if number is None or number in lists:
            return lists.get(number or 0)
        text = self._database.value("SELECT text FROM list NOT INDEXED WHERE id = ?", (number,))
        witness = self._database.value("SELECT id FROM list WHERE text = ?", (text,))
        if witness != number or not isinstance(text, str):
            raise self._database.damaged("a List-Id is damaged")
        if len(lists) >= AT_ONCE:
            lists.clear()
        lists[number] = text
        return text

    def find(self, message_id: str) -> list[int]:
        """Return the rows of the messages that have an id and are still shown, oldest first."""
        return [row.id for row in self._find_rows(message_id)]

    def _find_rows(self, message_id: str) -> list[MessageRow]:
        number = self._find_number(message_id)
        sql = "SELECT message FROM message_identifier WHERE identifier = ?"
        found = [] if number is None else [row[0] for row in self._database.query(sql, (number,))]
        messages = list(self._open(found))
        if any(number not in sealed.own for sealed in messages):
            raise self._database.damaged("an id leads to another mail")
        shown = [sealed.row for sealed in messages if sealed.row.shown > 0]
        return sorted(shown, key=lambda row: (row.received, row.id))

    def find_thread(self, message_id: str) -> "Thread | None":
        """Return the thread that a mail is in, even if only replies to the mail are here."""
        from kvminbox.threads import group_threads  # which few questions need

        threads = group_threads(map(self.read, sorted(self._find_connected(message_id))))
        nodes = ((thread, node) for thread in threads for node in thread.nodes)
        return next(
            (
                thread
                for thread, node in nodes
                if node.message_id == message_id or _bears(node.message, message_id)
            ),
            None,
        )

    def _find_connected(self, message_id: str) -> set[int]:
        """Return the messages that a chain of references joins to an id, and that are shown."""
        number = self._find_number(message_id)
        identifiers, messages = {number}, set[int]()
        fresh = {number} if number else set()
        while fresh:
            found = self._follow("message", "identifier", fresh) - messages
            messages |= found
            fresh = self._follow("identifier", "message", found) - identifiers
            identifiers |= fresh
        sealed = list(self._open(messages))
        if len(_reach(number, sealed)) != len(messages):
            raise self._database.damaged("a reference leads to another mail")
        return {one.row.id for one in sealed if one.row.shown > 0}

    def _follow(self, wanted: str, given: str, values: Iterable[int]) -> set[int]:
        # the columns' names are two constants
        return {
            row[0]
            for marks, part in portion(values)
            for table in ("message_identifier", "reference")
            for row in self._database.query(
                f"SELECT {wanted} FROM {table} WHERE {given} IN ({marks})", part
            )
        }

    def find_series(self, message_id: str) -> "Series | None":
        """Return the series that a mail is in; None if it is in none.

        It is grouped from the mail's thread, and from the submissions that were sent
        within two hours of it and what they answer, for series that were sent without
        threading.
        """
        candidates = self._find_connected(message_id)
        for row in self._find_rows(message_id):
            near = list(self._find_nearby(row.sent))
            candidates.update(one.row.id for one in near)
            candidates |= self._find_around(near)
        from kvminbox.series import group_series  # likewise

        groups = group_series(map(self.read, sorted(candidates)), edges=self._find_edges())
        found = ((one, mail) for one in groups for mail in one.messages)
        return next((one for one, mail in found if _bears(mail, message_id)), None)

    def _find_nearby(self, sent: int) -> Iterator[SealedMessage]:
        """Yield the submissions that were sent within two hours of a time."""
        begin, end = sent - _NEARBY, sent + _NEARBY
        rows = self._database.query(
            f"SELECT id FROM message WHERE sent BETWEEN ? AND ? AND shown > 0 AND {_SUBMITS}",
            (begin, end),
        )
        for sealed in self._open(row[0] for row in rows):
            if not begin <= sealed.row.sent <= end:
                raise self._database.damaged("a mail was not sent when it should be")
            yield sealed

    def _find_around(self, messages: Iterable[SealedMessage]) -> set[int]:
        """Return the submissions that some answer, and others that answer the same mails."""
        named = {number for one in messages for number in (*one.own, *one.references)}
        around: set[int] = set()
        for sealed in self._open(self._follow("message", "identifier", named)):
            if named.isdisjoint((*sealed.own, *sealed.references)):
                raise self._database.damaged("a reference leads to another mail")
            if sealed.row.shown > 0 and sealed.row.kind in _SUBMISSIONS:
                around.add(sealed.row.id)
        return around

    def find_end(self, message_ids: Iterable[str]) -> datetime | None:
        """Return when the last mail arrived of the inboxes that have some mails; None if unknown.

        Mails of several lists end at different times: what nobody answered on one that is not
        read any more has not waited since.
        """
        with self._database.snapshot():
            rows = [row for one in message_ids for row in self.find(one)]
            epochs = self._known().epochs
            inboxes = {
                epochs[entry.epoch].inbox_row
                for marks, part in portion(rows)
                for entry in self._list_entries(f"message IN ({marks}) AND NOT gone", part)
            }
            of = [number for number, epoch in epochs.items() if epoch.inbox_row in inboxes]
            latest: list[int] = []
            for number in of:
                sql = f"SELECT max(seconds) {_DATED} AND epoch = ?"
                seconds = self._database.value(sql, (number,))
                where = "epoch = ? AND seconds = ? AND message IS NOT NULL AND NOT gone LIMIT 1"
                # read once more as a whole, since a seal is of a whole entry
                found = self._list_entries(where, (number, seconds)) if seconds is not None else ()
                latest += [entry.seconds or 0 for entry in found]
        return read_time(max(latest)) if latest else None

    def _list_entries(self, where: str, values: Iterable[int | bytes]) -> list[EntryRow]:
        """Return the entries that meet a condition, after a look at their seals."""
        rows = self._database.query(f"SELECT {ENTRY} FROM entry WHERE {where}", tuple(values))
        return [check_entry(self._database, EntryRow(*row)) for row in list(rows)]

    def _find_edges(self) -> tuple[int, int] | None:
        """Return when the first and the last mail of the index arrived; None if it has none."""
        several = self._database.value("SELECT count(*) > 1 FROM inbox")
        where = f"{_DATED}{_ONCE}" if several else _DATED
        first, last = self._database.needed_row(f"SELECT min(seconds), max(seconds) {where}")
        if first is None:
            return None
        # most likely the first entry and the last one, so that neither is looked for long
        sql = f"SELECT {ENTRY} {where} AND seconds = ?"
        for rest, seconds in (("epoch, seq", first), ("epoch DESC, seq DESC", last)):
            row = self._database.needed_row(f"{sql} ORDER BY {rest} LIMIT 1", (seconds,))
            check_entry(self._database, EntryRow(*row))
        return first, last


def explain_problem(problem: Problem) -> ObjectError:
    """Return the error that says why the mail of a problem could not be read."""
    commit = f"commit {problem.entry.commit}"
    error = object_error(problem.code, problem.text, where=problem.entry.blob or commit)
    where = f"{error.where}, of {commit}" if problem.entry.blob and error.where else commit
    return type(error)(error.what, where, SKIP)


def _reach(number: int | None, messages: Iterable[SealedMessage]) -> set[int]:
    """Return which of some messages a chain of references joins to an id."""
    bearers: dict[int, list[SealedMessage]] = {}
    for sealed in messages:
        for identifier in (*sealed.own, *sealed.references):
            bearers.setdefault(identifier, []).append(sealed)
    reached: set[int] = set()
    waiting = [] if number is None else [number]
    while waiting:
        for sealed in bearers.pop(waiting.pop(), ()):
            if sealed.row.id not in reached:
                reached.add(sealed.row.id)
                waiting += (*sealed.own, *sealed.references)
    return reached


def _bears(message: Message | None, message_id: str) -> bool:
    """Whether an id is one of a mail's own."""
    own = (message.message_id, *message.other_message_ids) if message else ()
    return message_id in own
