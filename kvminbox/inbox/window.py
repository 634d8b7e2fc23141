"""A part of an archive: a Corpus of the mails of its epochs, read one by one."""

from __future__ import annotations  # help shows types by their names

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Final, Protocol, cast, runtime_checkable

from kvminbox.archive import ChangeList, RawChange, Source, read_time
from kvminbox.archive.refusals import FSCK
from kvminbox.dates import name_window, write_minute
from kvminbox.errors import (
    CorruptObjectError,
    KvminboxError,
    MissingObjectError,
    NotAnInboxError,
    ObjectError,
    ProblemCode,
)
from kvminbox.inbox.keeping import Keeper, MailMark, find_keeper
from kvminbox.inbox.parallel import Failure, Plan
from kvminbox.inbox.problems import SKIP, ReadCorpus, Reading
from kvminbox.models import AnyMessage, Entry, OnProblem, Problem, Progress, Summary
from kvminbox.models.base import skip_validation
from kvminbox.models.list_urls import find_urls, place_message
from kvminbox.safe import safe_text
from kvminbox.words import count_things

_make_entry: Final = skip_validation(Entry)
_DAMAGES: Final = {MissingObjectError.code, CorruptObjectError.code}


@runtime_checkable
class MailSource(Protocol):
    """A source that knows more of a mail than its bytes."""

    def read_message(self, entry: Entry) -> AnyMessage:
        """Return the mail of an entry; an ObjectError where it can't be read."""


@runtime_checkable
class TimedSource(Protocol):
    """A source that knows when its changes arrived without a look at each."""

    def list_arrived(
        self, tip: str, base: str | None, begin: int, end: int | None
    ) -> Iterator[RawChange]:
        """Yield of a range the newest change, the oldest, and at least those of a span of time."""


@runtime_checkable
class DatedSource(Protocol):
    """A source that knows the Dates of its mails without reading them."""

    def list_sent(self, begin: float, end: float | None) -> frozenset[str] | None:
        """Return the blobs of at least the mails with a Date in a span, None if unknown."""

    def count_late(self, begin: int, end: int | None, late: int, edge: int) -> tuple[int, int]:
        """Return how many mails of a span are late, and how many sent in it arrived after it."""

    def mark_sent(self, begin: float, end: float | None) -> MailMark:
        """Return which mails with a Date in a span there are."""


@runtime_checkable
class KnowingSource(Protocol):
    """A source that knows which mails it lacks without reading any."""

    def list_missing(self, oids: Iterable[str]) -> frozenset[str]:
        """Return which of some mails are not here."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a window that is in one epoch."""

    epoch: int
    source: Source
    base: str | None
    tip: str


class Window(ReadCorpus):
    """The mails of a range of archive commits, oldest first.

    Each mail is read again whenever it is asked for, so memory only grows by 49 bytes for each
    commit of the window. Mails that the window itself deletes are left out.

    Any number of threads may share a window, each with iterators of its own. They share
    `on_problem`, too, which is called in the thread that reads.

    Attributes:
        base: where it begins, as the caller wrote it; empty for the very beginning.
        tip: where it ends, as the caller wrote it.
        gaps: the numbers of epochs that are not here, and whose mails it may lack, since
            the inbox was opened with `accept_gaps`.
    """

    def __init__(
        self,
        segments: list[Segment],
        *,
        base: str,
        tip: str,
        begin: int | None = None,
        end: int | None = None,
        absent: Iterable[int] = (),
        on_problem: OnProblem = "raise",
    ) -> None:
        super().__init__(on_problem)
        self.base = base
        self.tip = tip
        self._keeper: Keeper | None = find_keeper(segments[0].source) if segments else None
        if not all(isinstance(segment.source, MailSource) for segment in segments):
            # an index reads mails already; imported later, it might find no file handle left
            import kvminbox.patches  # noqa: F401
        self._segments = segments
        self._span = begin, end
        self._absent = tuple(absent)
        dated = [one.source for one in segments if isinstance(one.source, DatedSource)]
        self._dated = dated if len(dated) == len(segments) else []
        """The sources, where they are those of an index."""
        if begin is not None or not self._dated:
            # most of what is asked of commits of an index was answered before, with no walk
            self._changes  # noqa: B018  # is walked now, and raises what is wrong
        self.gaps: tuple[int, ...] = tuple(
            number for number in self._absent if self._may_lack(number, begin, end)
        )

    @cached_property
    def _changes(self) -> list[ChangeList]:
        found = [_collect(segment, *self._span) for segment in self._segments]
        _check_histories(self._segments, found)
        return found

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its archive, its ends and its policy; its commits are walked again.

        Where the archive was rewritten meanwhile, that raises the errors of `Inbox.between`: when
        it is unpickled, or where it is of an index, when its mails are read.
        """
        begin, end = self._span
        made = partial(
            Window, base=self.base, tip=self.tip, begin=begin, end=end, absent=self._absent,
            on_problem=self.on_problem,
        )  # fmt: skip
        return made, (self._segments,), {"_unread": self._unread}

    def __len__(self) -> int:
        """Return the number of its commits."""
        return sum(changes.commits for changes in self._changes)

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does."""
        return iter(self.messages())

    def __repr__(self) -> str:
        return safe_text(
            f"<Window {self.base}..{self.tip}, {count_things(len(self), 'commit')}"
            f"{self.left_out.note}>"
        )

    @property
    def arrived(self) -> tuple[datetime, datetime] | None:
        """When the first and the last of its commits arrived; None if it has none.

        These are the times of its commits (UTC), the earliest and the latest, not the Dates
        that mails claim. No mail is read.
        """
        seconds = [one.seconds for _, one in self._iter_places() if one.seconds is not None]
        times = [read_time(min(seconds)), read_time(max(seconds))] if seconds else []
        known = [one for one in times if one]
        return (known[0], known[-1]) if known else None

    def count_mails(self) -> int:
        """Return how many mails its commits bring; those that it deletes again do not count.

        Nor do those that are not here, or that its last reading left out. None is read: some may
        turn out to be damaged.
        """
        mails, lost = self._count_mails()
        return mails - lost

    def _count_mails(self) -> tuple[int, int]:
        """Return how many mails its commits bring and it shows, and how many of them it lacks."""
        mails = problems = missing = 0
        epochs = zip(self._changes, self._segments, strict=True)
        for number, (changes, segment) in enumerate(epochs):
            blobs = [
                change.blob for index, change in enumerate(changes)
                if change.kind == "message" and (number, index) not in self._hidden
            ]  # fmt: skip
            mails += len(blobs)
            problems += sum(change.kind == "problem" for change in changes)
            if isinstance(segment.source, KnowingSource):
                lost = segment.source.list_missing(blobs)
                missing += sum(blob in lost for blob in blobs) if lost else 0
        return mails, max(missing, self._unread - problems)

    def _repr_html_(self) -> str:
        """Return a card: what it holds, without reading a mail."""
        from kvminbox.cards.html import card, chip, facts, heading, inline  # only a notebook asks

        kinds = Counter(change.kind for _, change in self._iter_places())
        try:
            mails, lost = self._count_mails()
        except KvminboxError as error:
            title = heading(name_window(self.base or "", self.tip), [chip("window")])
            return card(title, inline(error.located))
        is_told = self.left_out.mails >= lost
        arrived = " to ".join(map(write_minute, self.arrived or ()))
        newest = ""
        if not arrived and self._segments:  # whoever asked for the wrong year sees which is here
            newest = tell_arrival(self._segments[-1].source, self._segments[-1].tip)
        return card(
            heading(name_window(self.base or "", self.tip), [chip("window")]),
            facts([
                ("mails", f"{mails - lost:,}"),
                ("mails that can't be read", "" if is_told else f"{lost:,}"),
                ("deletions", f"{kinds['deletion']:,}" if kinds["deletion"] else ""),
                ("commits", f"{len(self):,}"),
                ("arrived", inline(arrived) if arrived else ""),
                ("newest of the archive", inline(newest) if newest else ""),
                ("left out", inline("; ".join(self.left_out.sentences))
                 if self.left_out.sentences else ""),
            ]),
        )  # fmt: skip

    def _may_lack(self, number: int, begin: int | None, end: int | None) -> bool:
        """Whether mails of an absent epoch may be of its time: between the epochs around it."""
        epochs = list(zip(self._segments, self._changes, strict=True))
        before = [changes.newest for segment, changes in epochs if segment.epoch < number]
        after = [changes.oldest for segment, changes in epochs if segment.epoch > number]
        first = before[-1].seconds if before and before[-1] else None
        last = after[0].seconds if after and after[0] else None
        is_before = end is not None and first is not None and end <= first
        is_after = begin is not None and last is not None and begin >= last
        return not is_before and not is_after

    @cached_property
    def _hidden(self) -> set[tuple[int, int]]:
        """The mails that the window deletes: for each deletion, the last such mail before."""
        hidden: set[tuple[int, int]] = set()
        if not any(changes.deletions for changes in self._changes):
            return hidden
        deleted = {
            change.blob
            for changes in self._changes
            for change in changes
            if change.kind == "deletion"
        }
        present: dict[str, list[tuple[int, int]]] = {}
        for place, change in self._iter_places():
            if change.kind == "message" and change.blob in deleted:
                present.setdefault(change.blob, []).append(place)
            elif change.kind == "deletion" and present.get(change.blob):
                hidden.add(present[change.blob].pop())
        return hidden

    def _iter_places(self) -> Iterator[tuple[tuple[int, int], RawChange]]:
        for number, changes in enumerate(self._changes):
            for index, change in enumerate(changes):
                yield (number, index), change

    def _entry(self, number: int, change: RawChange) -> Entry:
        return make_entry(self._segments[number].epoch, change)

    def entries(self) -> Iterator[Entry]:
        """Yield every change of every commit, even one that brings no mail.

        They account for the commits: a mail that the window deletes has its entry, too, and
        `Inbox.raw` gives its bytes. Take `messages` or `map` for the mails that are shown.
        """
        for (number, _), change in self._iter_places():
            yield self._entry(number, change)

    def _plan(self, reading: Reading) -> Plan:
        del reading  # what can't be read is found when it is read
        reader = SegmentReader([(one.epoch, one.source) for one in self._segments])
        return Plan(reader, self._list_steps(), sum(map(len, self._changes)))

    def read_sent(
        self,
        begin: float,
        end: float | None,
        *,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[AnyMessage]:
        """Yield at least the mails with a Date in a span of time; an index knows which."""
        sent = [one.list_sent(begin, end) for one in self._dated]
        known = [one for one in sent if one is not None]
        if len(known) < len(self._segments):
            return self.messages(on_problem=on_problem, progress=progress)
        reading = self._begin(on_problem)
        plan = self._plan(reading)
        steps = (
            (done, (number, change))
            for done, (number, change) in self._list_steps()
            if change.kind == "problem" or change.blob in known[number]
        )
        return self._read_plan(Plan(plan.reader, steps, plan.total), reading, progress)

    def count_late(self, late: int, edge: int) -> tuple[int, int] | None:
        """Return how many of its mails are late, and how many sent in its time arrived after it.

        None where it is no span of time, or where the mails would have to be read.

        Args:
            late: by how many seconds a mail that was sent in it must have arrived after its Date
                to be late.
            edge: the same of one that was sent before it, or arrived after it.
        """
        begin, end = self._span
        if begin is None or not self._dated:
            return None
        counts = [one.count_late(begin, end, late, edge) for one in self._dated]
        return sum(one for one, _ in counts), sum(one for _, one in counts)

    def _list_steps(self) -> Iterator[tuple[int, tuple[int, RawChange]]]:
        for done, (place, change) in enumerate(self._iter_places()):
            if self._is_shown(place, change):
                yield done, (place[0], change)

    def _is_shown(self, place: tuple[int, int], change: RawChange) -> bool:
        """Whether a change brings a mail that the window does not delete, readable or not."""
        return change.kind == "problem" or (change.kind == "message" and place not in self._hidden)

    def _mark_mails(self) -> MailMark | None:
        """Return which mails it has, for what an index keeps of them; None where some are left out.

        Epochs that are not here count as left out. It reads no mail.
        """
        if self.gaps:
            return None
        if self._dated and self._span[0] is None:
            return MailMark(self._tell_ends(), self._list_blobs)  # commits tell all before them
        epochs = zip(self._segments, self._changes, strict=True)
        told = [f"{segment.epoch} {changes.digest()}" for segment, changes in epochs]
        return MailMark("\n".join(told), self._list_blobs)

    def _tell_ends(self) -> str:
        return f"{self._span} {[(one.epoch, one.base, one.tip) for one in self._segments]}"

    def _mark_sent(self, begin: float, end: float | None) -> MailMark | None:
        """Return which mails with a Date in a span of time it has; None where that is not known."""
        if self.gaps or not self._dated:
            return None
        marks = [one.mark_sent(begin, end) for one in self._dated]
        told = "\n".join((self._tell_ends(), *(one.text for one in marks)))
        return MailMark(told, lambda: tuple(blob for one in marks for blob in one.list_blobs()))

    def _list_blobs(self) -> tuple[str, ...]:
        return tuple(
            change.blob for place, change in self._iter_places() if self._is_shown(place, change)
        )

    def _find_tip(self) -> tuple[Source, str]:
        """Return the source of its last epoch, and the id of the last commit there."""
        last = self._segments[-1]
        return last.source, last.tip

    def _list_epochs(self) -> Iterator[tuple[int, Source, Iterator[RawChange | None]]]:
        """Yield each epoch with its source, and what its commits bring, oldest first.

        In the place of a mail that is deleted or purged there is None, so that others keep
        their places.
        """
        for number, segment in enumerate(self._segments):
            brought = (
                change if self._is_shown((number, index), change) else None
                for index, change in enumerate(self._changes[number])
                if change.kind in ("message", "purged", "problem")
            )
            yield segment.epoch, segment.source, brought

    def problems(self) -> Iterator[Problem]:
        """Read every mail that is not hidden, and yield the changes that can't be read."""
        for place, change in self._iter_places():
            problem = self._find_problem(place, change)
            if problem:
                yield problem

    def _find_problem(self, place: tuple[int, int], change: RawChange) -> Problem | None:
        code, text = change.code, change.text
        if change.kind == "message" and place not in self._hidden:
            try:
                self._segments[place[0]].source.read_blob(change.blob)
            except ObjectError as error:
                code, text = error.code, error.located
        if not code:
            return None
        known = cast("ProblemCode", code)
        return Problem(entry=self._entry(place[0], change), code=known, text=text)

    def summary(self) -> Summary:
        """Account for every commit; reads every mail that is not hidden, to see that it is there.

        Raises:
            KvminboxError: the parts do not add up to the commits, which has never happened.
        """
        kinds: Counter[str] = Counter()
        kind = ""
        for place, change in self._iter_places():
            trouble = self._find_problem(place, change) is not None
            if not change.further:
                kind = "problem" if trouble else change.kind
                kinds[kind] += 1
            elif trouble and kind != "problem":
                kinds.update({kind: -1, "problem": 1})
                kind = "problem"
        if kinds.total() != len(self):
            what = f"{kinds.total()} commits are accounted for, of {len(self)}"
            raise KvminboxError(what, where=repr(self), cure="please report this as a bug")
        return Summary(
            commits=len(self),
            messages=kinds["message"],
            deletions=kinds["deletion"],
            purged=kinds["purged"],
            unchanged=kinds["unchanged"],
            problems=kinds["problem"],
            hidden=len(self._hidden),
        )


class SegmentReader:
    """Reads mails of epochs by their place in a list and what a commit did."""

    def __init__(self, epochs: list[tuple[int, Source]]) -> None:
        self._epochs = epochs
        # asked once here: a look whether a source has this method takes as long as a small mail
        self._mails = [one if isinstance(one, MailSource) else None for _, one in epochs]
        self._urls = [find_urls(one) for _, one in epochs]

    def read_step(self, step: tuple[int, RawChange]) -> AnyMessage | Failure:
        """Return the mail of a change, or why it can't be read."""
        number, change = step
        epoch, source = self._epochs[number]
        entry = make_entry(epoch, change)
        if change.kind == "problem":
            code = cast("ProblemCode", change.code)
            problem = Problem(entry=entry, code=code, text=change.text)
            commit = f"commit {entry.commit}"
            where = commit if source.path in problem.text else f"{source.path}: {commit}"
            cure = f"{FSCK}; or {SKIP}" if problem.code in _DAMAGES else SKIP
            return Failure(problem, ObjectError(problem.text, where, cure))
        try:
            mails = self._mails[number]
            if mails is not None:
                return mails.read_message(entry)
            from kvminbox.patches import read_message  # an index has read it already

            message = read_message(source.read_blob(change.blob), entry)
            return place_message(message, self._urls[number])
        except ObjectError as error:
            problem = Problem(entry=entry, code=error.code, text=error.located)
            cure = f"{error.cure}; or {SKIP}" if error.cure else SKIP
            commit = f"commit {entry.commit}"
            where = f"{error.where}, of {commit}" if error.where else commit
            return Failure(problem, type(error)(error.what, where=where, cure=cure))


def tell_arrival(source: Source, commit: str) -> str:
    """Return when a commit arrived, for a card; nothing if that can't be read."""
    with suppress(KvminboxError):
        arrived = read_time(source.read_commit(commit).seconds)
        return write_minute(arrived) if arrived else ""
    return ""


def make_entry(epoch: int, change: RawChange) -> Entry:
    """Return where a change is."""
    return _make_entry(
        epoch=epoch,
        commit=change.commit,
        blob=change.blob,
        arrived=read_time(change.seconds),
        change=change.kind,
    )


def _check_histories(segments: list[Segment], found: list[ChangeList]) -> None:
    """Make sure that no two epochs are copies of one, whose mails would be counted twice."""
    roots: dict[str, tuple[int, bool]] = {}
    first = segments[0]
    for segment, changes in zip(segments, found, strict=True):
        if segment.base is None and changes.oldest and changes.newest:
            root = changes.oldest.commit
            alone = root == changes.newest.commit
            other, was_alone = roots.setdefault(root, (segment.epoch, alone))
            # a mail that was deleted and came again may be the only commit of two epochs
            if other != segment.epoch and not (alone and was_alone):
                raise copied_epoch(segment.epoch, other, segment.source.path)
        if first.base and segment is not first and changes.has_commit(first.base):
            raise copied_epoch(segment.epoch, first.epoch, segment.source.path)


def copied_epoch(number: int, other: int, path: str) -> NotAnInboxError:
    """Return the error for two epochs with one history."""
    what = f"epoch {number} has the same history as epoch {other}"
    return NotAnInboxError(what, where=path, cure="keep one of them")


def _collect(segment: Segment, begin: int | None, end: int | None) -> ChangeList:
    """List the changes of a segment; with `begin`, only those that arrived in time."""
    found = ChangeList()
    source = segment.source
    if begin is not None and isinstance(source, TimedSource):
        changes = source.list_arrived(segment.tip, segment.base, begin, end)
    else:
        changes = source.list_changes(segment.tip, segment.base)
    for change in changes:
        found.newest = found.newest or change
        found.oldest = change
        if begin is not None:
            seconds = change.seconds
            if seconds is None or seconds < begin or (end is not None and seconds >= end):
                continue
        found.append(change)
    return found
