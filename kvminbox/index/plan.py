"""What is new in an epoch since it was last read, and what is gone.

Archives are rewritten: a purge, an edit, a force-push or a fresh import change
every later commit. So the walk goes from the tip down to the newest commit that
the index knows; what the index has above that is gone. This one rule also holds
where the old commits were pruned, or the branch was set back.
"""

import os
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from kvminbox.archive import ChangeList, Commit, RawChange, Source
from kvminbox.errors import KvminboxError, NotAnInboxError, RewrittenHistoryError
from kvminbox.inbox.window import copied_epoch
from kvminbox.index.database import Database, to_storable
from kvminbox.index.seal import check_place
from kvminbox.index.stored import has_merges

_ACCEPT: Final = "accept the loss, if that is intended, with accept_loss (--accept-loss in a shell)"


class Plan(NamedTuple):
    """What has to be done for one epoch."""

    epoch: int
    """The epoch's row."""

    number: int
    source: Source
    before: str | None
    """The tip up to which the index has it."""

    keep: int
    """The last place whose changes stay; -1 for none."""

    removed: int
    """How many changes come after that, and go."""

    changes: ChangeList
    """What comes after it now."""

    parents: dict[str, bytes]
    """The parents of commits that do not simply follow the one before."""

    @property
    def removes(self) -> bool:
        """Whether anything goes."""
        return self.removed > 0

    @property
    def is_whole(self) -> bool:
        """Whether it must be written at once: part of a graph is no state that it ever had."""
        return self.removes or any(len(parents) > 20 for parents in self.parents.values())


def plan_epoch(
    database: Database,
    epoch: int,
    number: int,
    source: Source,
    *,
    accept_loss: bool,
    found: Callable[[], None],
) -> Plan | None:
    """Find what is new in an epoch and what is gone; None if nothing has changed.

    Args:
        database: the index.
        epoch: the epoch's row.
        number: its number.
        source: what it is now.
        accept_loss: whether all that the index has of it may go.
        found: called for each change that is found, before the next one is looked for.

    Raises:
        RewrittenHistoryError: all that the index has of it would go, for no obvious reason.
        IncompleteHistoryError: the walk met the end of a shallow clone.
        kvminbox.errors.ObjectError: a commit can't be read.
    """
    tip, path = database.needed_row("SELECT tip, path FROM epoch WHERE id = ?", (epoch,))
    before = tip.hex() if tip else None
    repaired = _find_repaired(database, epoch, source)
    if before == source.tip and repaired is None:
        return None
    if source.tip is None:
        if not accept_loss:
            raise RewrittenHistoryError(
                f"epoch {number} has lost its branch, and with it all of its mails",
                where=source.path, cure=f"fetch it again; or {_ACCEPT}",
            )  # fmt: skip
        removed = _count_behind(database, epoch, -1)
        return Plan(epoch, number, source, before, -1, removed, ChangeList(), {})
    walk = _Walk(source, found)
    keep = walk.go_to_known(database, epoch, repaired) if before else walk.go_to_end()
    is_known = keep >= 0 or repaired is not None
    if before and (walk.merged or has_merges(database, epoch)):
        walk = _Walk(source, found)
        keep = walk.go_to_end()  # a graph's order may change as a whole
    if before and not is_known and not accept_loss:
        in_common = "commit"
        if path == find_place(source):  # where it may have been rewritten from its first commit on
            in_common = "" if _is_same_archive(database, epoch, walk.changes) else "mail"
        if in_common:
            raise RewrittenHistoryError(
                f"epoch {number} has no {in_common} in common with what the index has under this"
                " name",
                where=source.path, cure=f"give this inbox another name; or {_ACCEPT}",
            )  # fmt: skip
    removed = _count_behind(database, epoch, keep)
    return Plan(epoch, number, source, before, keep, removed, walk.changes, walk.parents)


def check_copies(
    database: Database, inbox: int, plans: Iterable[Plan], present: Container[int]
) -> None:
    """Check that no two epochs of an inbox will begin with one commit, as a renamed one does.

    Args:
        database: the index, before the plans are carried out.
        inbox: the inbox's row.
        plans: what is to be done.
        present: the numbers of the epochs that its archive has now.

    Raises:
        NotAnInboxError: its archive has two such epochs.
        RewrittenHistoryError: one of them is in the index only.
    """
    new = {plan.epoch: plan.changes for plan in plans if plan.keep < 0}
    begins: dict[str, tuple[int, bool]] = {}
    sql = "SELECT id, number, path FROM epoch WHERE inbox = ? ORDER BY number"
    for epoch, number, path in list(database.query(sql, (inbox,))):
        if epoch in new:
            first = new[epoch][0].commit if new[epoch] else None
            alone = len(new[epoch]) == 1
        else:
            oid = database.value("SELECT oid FROM entry WHERE epoch = ? AND seq = 0", (epoch,))
            first = oid.hex() if oid else None
            alone = _count_behind(database, epoch, 0) == 0
        other, was_alone = begins.setdefault(first, (number, alone)) if first else (number, alone)
        # a mail that was deleted and came again may be the only commit of two epochs
        if other == number or (alone and was_alone):
            continue
        if number in present and other in present:
            raise copied_epoch(number, other, path)
        here, there = (number, other) if number in present else (other, number)
        raise RewrittenHistoryError(
            f"epoch {here} has the history that the index has as epoch {there}", where=path,
            cure=f"give it its old number, {there}; or delete the index file and rebuild it",
        )  # fmt: skip


def find_place(source: Source) -> str:
    """Return the full path of an epoch: `kvm.git` in another directory is another archive."""
    return to_storable(os.path.realpath(source.path))


def _count_behind(database: Database, epoch: int, seq: int) -> int:
    sql = "SELECT count(*) FROM entry WHERE epoch = ? AND seq > ?"
    return int(database.value(sql, (epoch, seq)))


def _is_same_archive(database: Database, epoch: int, changes: Iterable[RawChange]) -> bool:
    """Whether an epoch whose commits are all other ones is still that of the same archive.

    It has a mail in common with the new commits then, or those are what a purge leaves of
    all its mails. Where the index has no mail of it, none is lost.
    """
    sql = "SELECT 1 FROM entry WHERE epoch = ? AND change = 0 LIMIT 1"
    if database.value(sql, (epoch,)) is None:
        return True
    sql = "SELECT 1 FROM entry WHERE blob = ? AND epoch = ? LIMIT 1"
    kinds = set()
    for change in changes:
        kinds.add(change.kind)
        if change.kind == "message" and database.value(sql, (bytes.fromhex(change.blob), epoch)):
            return True
    return "purged" in kinds and "message" not in kinds


def check_archive(sources: Iterable[Source]) -> None:
    """Check that an inbox that the index has nothing of is an archive.

    Raises:
        NotAnInboxError: it has commits, and none adds or deletes a mail.
    """
    path = ""
    for source in sources:
        if source.tip is not None:
            path = source.path
            if any(one.kind != "unchanged" for one in source.list_changes(source.tip, None)):
                return
    if path:
        raise NotAnInboxError(
            "none of its commits adds or deletes a mail", where=path,
            cure="give a public-inbox archive; a source repository is not one",
        )  # fmt: skip


class _Walk:
    """The changes of a walk, newest first, and the parents of their commits."""

    def __init__(self, source: Source, found: Callable[[], None]) -> None:
        self.changes = ChangeList()
        self.parents: dict[str, bytes] = {}
        self.merged = False
        self._source = source
        self._found = found
        self._newer: Commit | None = None

    def go_to_end(self) -> int:
        """Walk from the tip down to the first commit; return -1, the place before it."""
        for change in self._list_changes():
            self._add(change)
        self._end_at("")
        return -1

    def go_to_known(self, database: Database, epoch: int, repaired: int | None) -> int:
        """Walk from the tip down to a known commit, or to the first one; return its place, or -1.

        Commits from the place of a repaired one on count as unknown.
        """
        for change in self._list_changes():
            place = _find_place_of(database, epoch, change.commit)
            if place is not None and (repaired is None or place < repaired):
                self._end_at(change.commit)
                return place
            self._add(change)
        self._end_at("")
        return -1

    def _list_changes(self) -> Iterator[RawChange]:
        assert self._source.tip is not None
        return self._source.list_changes(self._source.tip, None)

    def _add(self, change: RawChange) -> None:
        self._found()
        self.changes.append(change)
        if self._newer is None or self._newer.id != change.commit:
            self._end_at(change.commit)
            self._newer = self._source.read_commit(change.commit)  # still in its cache

    def _end_at(self, commit: str) -> None:
        """Note that the walk went on to a commit, or ended there; "" after the very first."""
        newer = self._newer
        if newer is not None and newer.parents != (commit,):
            self.parents[newer.id] = b"".join(map(bytes.fromhex, newer.parents))
            self.merged = self.merged or len(newer.parents) > 1


def _find_repaired(database: Database, epoch: int, source: Source) -> int | None:
    """Return the place of the first commit that could not be read before, and can be now."""
    sql = (
        "SELECT seq, oid FROM entry WHERE epoch = ? AND block IS NULL AND change IN (0, 4)"
        " AND change = 4 AND code LIKE 'object-%' ORDER BY seq"
    )
    for seq, oid in list(database.query(sql, (epoch,))):
        with suppress(KvminboxError):
            if next(iter(source.list_changes(oid.hex(), None))).kind != "problem":
                return int(seq)
    return None


def _find_place_of(database: Database, epoch: int, commit: str) -> int | None:
    sql = "SELECT max(seq) FROM entry WHERE epoch = ? AND oid = ?"
    with database.snapshot():
        place: int | None = database.value(sql, (epoch, bytes.fromhex(commit)))
        if place is not None:
            check_place(database, epoch, place, commit)
        return place
