"""An epoch as an index keeps it: a source of mails that no longer needs the archive."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import starmap
from typing import Final

from kvminbox.archive import Commit, RawChange, walk_commits
from kvminbox.errors import (
    CorruptObjectError,
    IncompleteHistoryError,
    IndexDamagedError,
    KvminboxError,
    MissingObjectError,
    ObjectError,
    OversizedObjectError,
    RangeError,
)
from kvminbox.inbox.keeping import MailMark
from kvminbox.index.blocks import BlockReader
from kvminbox.index.by_date import count_late, is_known, list_sent_blobs
from kvminbox.index.database import Database
from kvminbox.index.keeper import Keeper
from kvminbox.index.mails import MailReader
from kvminbox.index.marks import mark_sent
from kvminbox.index.rows import ENTRY, EntryRow
from kvminbox.index.seal import check_entry, check_place, read_entry
from kvminbox.index.spans import find_runs
from kvminbox.models import CHANGES, AnyMessage, Change, Entry, Subject
from kvminbox.models.begun import FieldSource

_ERRORS: Final[dict[str, type[ObjectError]]] = {
    error.code: error
    for error in (ObjectError, MissingObjectError, CorruptObjectError, OversizedObjectError)
}
AHEAD: Final = 256
"""Mails whose facts are read at once, since a window mostly gives one after the other."""

# as git looks for a short name (gitrevisions(7))
_NAMES: Final = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}")


def name_change(number: int) -> Change:
    """Return what a number in the column `change` means.

    Raises:
        IndexDamagedError: it means nothing.
    """
    if number not in range(len(CHANGES)):
        raise IndexDamagedError("an entry is of no known kind", cure="rebuild the index")
    return CHANGES[number]


def object_error(code: str | None, text: str | None, *, where: str) -> ObjectError:
    """Return the error that was met when a mail could not be read.

    Args:
        code: its code.
        text: its text, which mostly begins with the archive's path and the mail's id; None where
            the mail was not indexed.
        where: the mail's id, or where else it is.
    """
    make = _ERRORS.get(code or "", ObjectError)
    path, found, what = (text or "").partition(f"{where}: ")
    if found:
        return make(what, f"{path}{where}")
    return make(text or "it was not indexed", "" if where in (text or "") else where)


def has_merges(database: Database, epoch: int) -> bool:
    """Whether a commit of an epoch has several parents, which makes its history a graph."""
    return bool(database.value("SELECT merged FROM epoch WHERE id = ?", (epoch,)))


class StoredSource:
    """One epoch of an index; its revisions are ids, names of branches and tags, and steps."""

    is_adrift = False
    shallow: frozenset[str] = frozenset()

    def __init__(
        self, database: Database, blocks: BlockReader, mails: MailReader, epoch: int
    ) -> None:
        self._database = database
        self._blocks = blocks
        self._mails = mails
        self._epoch = self.epoch = epoch
        self._keeper: Keeper = Keeper(database)
        path, tip = database.needed_row("SELECT path, tip FROM epoch WHERE id = ?", (epoch,))
        self.path: str = path
        if not isinstance(tip, bytes | None):
            raise database.damaged("the newest commit is damaged (table `epoch`)")
        self.tip: str | None = tip.hex() if tip else None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its file, and where the epoch ended."""
        made = self._database, self._blocks, self._mails, self._epoch
        return StoredSource, made, {"tip": self.tip}

    def list_changes(self, tip: str, base: str | None) -> Iterator[RawChange]:
        """Yield what the commits of a range do, newest first."""
        with self._database.snapshot():
            if has_merges(self._database, self._epoch):
                yield from self._list_graph(tip, base)
            else:
                yield from self._list_line(tip, base)

    def list_arrived(
        self, tip: str, base: str | None, begin: int, end: int | None
    ) -> Iterator[RawChange]:
        """Yield of a range the newest change, the oldest, and at least those of a span of time.

        They come newest first, as in `list_changes`, but of a long history most are passed over.

        Args:
            tip: the newest commit of the range.
            base: the commit before the oldest; None for the very beginning.
            begin: seconds since 1970, included.
            end: likewise, excluded; None for no end.
        """
        with self._database.snapshot():
            if has_merges(self._database, self._epoch):
                yield from self._list_graph(tip, base)
                return
            first, last = self._find_places(tip, base)
            if first > last:
                return
            places = first, last
            runs = find_runs(self._database, self._epoch, places, begin, end)
            if not runs or runs[0][1] != last:
                yield from self._list_places(last, last)
            for run in runs:
                yield from self._list_places(*run)
            if (not runs or runs[-1][0] != first) and first != last:
                yield from self._list_places(first, first)

    def list_sent(self, begin: float, end: float | None) -> frozenset[str] | None:
        """Return the blobs of at least the mails with a Date in a span of time.

        None where it can't be told; those of unknown Dates are among them.
        """
        if not is_known(begin, end):
            return None
        found = list_sent_blobs(self._database, self._epoch, begin, end)
        return frozenset(blob.hex() for blob in found)

    def count_late(self, begin: int, end: int | None, late: int, edge: int) -> tuple[int, int]:
        """Return how many mails of a span are late, and how many sent in it arrived after it."""
        return count_late(self._database, [self._epoch], (begin, end), late, edge)

    def mark_sent(self, begin: float, end: float | None) -> MailMark:
        """Return which mails with a Date in a span there are."""
        return mark_sent(self._database, [self._epoch], begin, end)

    def _list_line(self, tip: str, base: str | None) -> Iterator[RawChange]:
        return self._list_places(*self._find_places(tip, base))

    def _find_places(self, tip: str, base: str | None) -> tuple[int, int]:
        """Return the first and the last place of a range in a history without merges."""
        last = self._place(tip)[1]
        first = self._place(base)[1] if base else -1
        if first > last:
            raise RangeError(
                f"{base} is not an ancestor of {tip}",
                cure="give the older commit first, as in git's A..B",
            )
        return first + 1, last

    def _list_places(self, first: int, last: int) -> Iterator[RawChange]:
        """Yield what the entries from one place to another do, newest first."""
        sql = (
            f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq >= ? AND seq <= ? ORDER BY seq DESC"
        )
        seq = last
        for entry in starmap(EntryRow, self._database.query(sql, (self._epoch, first, last))):
            if entry.seq != seq:
                break
            seq -= 1
            yield _read_change(self._database, entry)
        if seq != first - 1:
            raise self._database.damaged("an entry is missing")

    def _list_graph(self, tip: str, base: str | None) -> Iterator[RawChange]:
        sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC"
        for commit in walk_commits(self, tip, base):
            first, last = self._place(commit.id)
            rows = list(self._database.query(sql, (self._epoch, first, last)))
            if len(rows) != last + 1 - first:
                raise self._database.damaged("an entry is missing")
            for entry in starmap(EntryRow, rows):
                yield _read_change(self._database, entry)

    def _place(self, commit: str) -> tuple[int, int]:
        """Return the first and the last place of a commit's changes."""
        sql = "SELECT min(seq), max(seq) FROM entry WHERE epoch = ? AND oid = ?"
        with self._database.snapshot():
            first, last = self._database.needed_row(sql, (self._epoch, bytes.fromhex(commit)))
            if first is None:
                raise self._explain_lost(commit)
            check_place(self._database, self._epoch, last, commit)
            sql = "SELECT further FROM entry WHERE epoch = ? AND seq = ?"
            if check_place(
                self._database, self._epoch, first, commit
            ).further or self._database.value(sql, (self._epoch, last + 1)):
                raise self._database.damaged("an entry is missing")
        return first, last

    def _explain_lost(self, commit: str) -> KvminboxError:
        tip = self._database.value("SELECT tip FROM epoch WHERE id = ?", (self._epoch,))
        if tip == bytes.fromhex(commit):
            return self._database.damaged("the newest commit is missing")
        what = f"the commit {commit} is no longer in the index"
        cure = "the archive was rewritten; choose the range again"
        return IncompleteHistoryError(what, where=self._database.path, cure=cure)

    def read_blob(self, oid: str) -> bytes:
        """Return a mail's bytes, as they were when the index was brought up to date.

        Raises:
            kvminbox.errors.ObjectError: it could not be read then, or is gone by now.
        """
        sql = (
            f"SELECT {ENTRY} FROM entry WHERE blob = ? AND epoch = ? ORDER BY block IS NULL LIMIT 1"
        )
        blob = bytes.fromhex(oid)
        with self._database.snapshot():
            row = self._database.row(sql, (blob, self._epoch))
            entry = EntryRow(*row) if row else None
            if entry and entry.block is not None:
                # by its own hash: a damaged tree of blobs may lead to another mail's row
                return self._blocks.read(entry.block, entry.start, entry.size, blob)
            is_lost = check_entry(self._database, entry).blob != blob if entry else self._has(blob)
        if is_lost:
            raise self._database.damaged("a mail is not where it should be")
        if entry:
            raise object_error(entry.code, entry.trouble, where=oid)
        raise MissingObjectError(
            f"the mail {oid} is no longer in the index", where=self._database.path,
            cure="its archive was rewritten; choose the range again",
        )  # fmt: skip

    def list_missing(self, oids: Iterable[str]) -> frozenset[str]:
        """Return which of some mails could not be read when the index was brought up to date."""
        sql = (
            "SELECT blob FROM entry WHERE epoch = ? AND block IS NULL AND change IN (0, 4)"
            " AND blob NOT NULL"
        )
        found = {blob.hex() for (blob,) in self._database.query(sql, (self._epoch,))}
        return frozenset(found.intersection(oids))

    def read_message(self, entry: Entry, *, ahead: int = AHEAD) -> AnyMessage:
        """Return the mail of an entry, begun with what the index keeps of it.

        Args:
            entry: where it is.
            ahead: mails whose facts are read at once.

        Raises:
            kvminbox.errors.ObjectError: it could not be read when the index was brought up to
                date, or is gone by now; the second may be raised later, by the model that is
                asked for its text.
        """
        return self._mails.read(self._epoch, entry, self, ahead=ahead)

    def read_whole(self, entry: Entry) -> AnyMessage:
        """Return the mail of an entry, read from its bytes."""
        from kvminbox.patches import read_message  # which few questions need

        return read_message(self._read_later(entry), entry)

    def read_texts(self, entry: Entry, subject: Subject) -> FieldSource:
        """Return what gives the texts of the mail of an entry, read from its bytes."""
        from kvminbox.patches import read_texts  # likewise

        return read_texts(self._read_later(entry), subject)

    def _read_later(self, entry: Entry) -> bytes:
        """Return a mail's bytes; the index may have been closed, since models outlive it."""
        if not self._database.closed:
            return self.read_blob(entry.blob)
        with closing(Database(self._database.path)) as database:
            blocks, mails = BlockReader(database), MailReader(database)
            return StoredSource(database, blocks, mails, self._epoch).read_blob(entry.blob)

    def _has(self, blob: bytes) -> bool:
        """Whether a mail that SQLite's own index lacks is there; not if the history is another."""
        sql = (  # coalesce keeps SQLite from using its index
            "SELECT EXISTS (SELECT 1 FROM entry WHERE epoch = ?1 AND coalesce(blob, 0) = ?2)"
            " FROM epoch WHERE id = ?1 AND tip = ?3"
        )
        tip = bytes.fromhex(self.tip or "")
        return bool(self._database.value(sql, (self._epoch, blob, tip)))

    def read_commit(self, oid: str) -> Commit:
        """Return a commit with its parents."""
        with self._database.snapshot():
            first = self._place(oid)[0]
            entry = read_entry(self._database, self._epoch, first)
            return Commit(oid, "", self._parents(entry.parents, first), entry.seconds)

    def _parents(self, parents: bytes | None, first: int) -> tuple[str, ...]:
        if parents is None and first > 0:
            parents = read_entry(self._database, self._epoch, first - 1).oid
        found = parents or b""
        return tuple(found[place : place + 20].hex() for place in range(0, len(found), 20))

    def read_parent(self, commit: Commit, parent: str) -> Commit:
        """Return the parent of a commit."""
        del commit
        return self.read_commit(parent)

    def list_names(self) -> dict[str, str]:
        """Return the commits that HEAD, branches, tags and other refs named."""
        rows = self._database.query("SELECT name, target FROM name WHERE epoch = ?", (self._epoch,))
        return {name: target.hex() for name, target in rows}

    def find_head(self) -> str | None:
        """Return the commit that HEAD named, else the branch's tip."""
        return self.find_reference("HEAD") or self.tip

    def find_reference(self, name: str) -> str | None:
        """Return what a branch, tag or other ref named, by its short or full name."""
        sql = "SELECT target FROM name WHERE epoch = ? AND name = ?"
        for pattern in _NAMES:
            target = self._database.value(sql, (self._epoch, pattern.format(name)))
            if target:
                return str(target.hex())
        return None

    def expand_id(self, prefix: str) -> str | None:
        """Return the commit whose id begins so; raise ValueError where several do."""
        low = bytes.fromhex(prefix.ljust(40, "0"))
        high = bytes.fromhex(prefix.ljust(40, "f"))
        sql = "SELECT DISTINCT oid FROM entry WHERE oid BETWEEN ? AND ? AND epoch = ? LIMIT 2"
        found = [row[0].hex() for row in self._database.query(sql, (low, high, self._epoch))]
        if len(found) > 1:
            raise ValueError(prefix)
        return found[0] if found else None

    def read_object(self, oid: str) -> tuple[str, bytes]:
        """Return an object's type; an index has names of commits only, and not their bytes."""
        return "commit", oid.encode()

    def revparse(self, revision: str) -> str | None:
        """Find nothing: reflogs and searches of git's syntax need the archive."""
        del revision
        return None


def _read_change(database: Database, entry: EntryRow) -> RawChange:
    kind = name_change(check_entry(database, entry).change)
    # a mail that can't be read says so when it is
    code, trouble = (entry.code, entry.trouble) if kind == "problem" else ("", "")
    return RawChange(
        entry.oid.hex(),
        (entry.blob or bytes(20)).hex(),
        entry.seconds,
        kind,
        bool(entry.further),
        code or "",
        trouble or "",
    )
