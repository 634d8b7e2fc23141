"""An archive on disk, and ways to choose a part of it."""

from __future__ import annotations  # help shows types by their names

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kvminbox.archive import Source, find_epochs, resolve_revision
from kvminbox.dates import read_span
from kvminbox.errors import (
    IncompleteHistoryError,
    KvminboxError,
    NotAnInboxError,
    ObjectError,
    RangeError,
    RevisionError,
    UsageError,
)
from kvminbox.given import check_count, check_text, refuse_type
from kvminbox.inbox.names import choose_name, find_list_name
from kvminbox.inbox.sent import SentWindow
from kvminbox.inbox.shards import Shard, divide
from kvminbox.inbox.window import Segment, Window, copied_epoch, tell_arrival
from kvminbox.lazy import refuse_name
from kvminbox.models import AnyMessage, Entry, Epoch, Message, OnProblem, Progress
from kvminbox.models.list_urls import check_urls
from kvminbox.safe import safe_text
from kvminbox.textfile import expand_home
from kvminbox.words import count_things, shorten

_BLOB_ID = re.compile(r"[0-9a-f]{40}")
_DAY = re.compile(r"\d{4}-\d\d?(?:-\d\d?)?")
_IN_EPOCH = re.compile(r"(\d{1,6}):(.+)", re.DOTALL)


class Inbox:
    """A public-inbox archive: one epoch, a v2 inbox with many, a v1 inbox, or a clone of one.

    Only git objects are read: no hook runs, nothing is fetched or written. Any number of
    threads may share one inbox and its windows; each answer is as in one thread.
    """

    def __init__(self, sources: Mapping[int, Source], *, accept_gaps: bool = False) -> None:
        self._accepts_gaps = accept_gaps
        self._name: str | None = None
        self.sources: dict[int, Source] = dict(sorted(sources.items()))
        self.epochs: tuple[Epoch, ...] = tuple(
            Epoch(number=number, path=source.path, tip=source.tip)
            for number, source in self.sources.items()
        )

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        accept_gaps: bool = False,
        urls: Mapping[str, str] | None = None,
    ) -> Inbox:
        """Open the archive at a path, in whichever form it is.

        The path may be an epoch (`0.git`, bare or not), an inbox's directory (`git/0.git`,
        …), a directory of epochs as a lore clone has them (`0`, `1`, …), or a v1 inbox.

        Args:
            path: where it is; `~` is your home.
            accept_gaps: whether a window may pass over an epoch between others that is
                not here, and lack its mails; `Window.gaps` says which.
            urls: where lists show their mails, for `message.url` and all links, by List-Id:
                `{"lamps.example": "https://lists.example/lamps/{id}/"}`; `*` is all lists that
                are not named, and mails without one. They go before lore.kernel.org.

        Raises:
            UsageError: a list's address is no such address.
            NotAnInboxError: there is no archive; it can't be read; a child that is named
                as an epoch is none; or two epochs are copies of one.
            UnsupportedRepositoryError: git can read it, but libgit2 can't.
            kvminbox.errors.SystemLimitError: too many files are open.
        """
        from kvminbox.archive import Repository  # an index, which has no need of it, starts faster

        known = check_urls(urls)
        if isinstance(path, Inbox):
            raise refuse_type(path, "a path", "it is open; between(None) is a window of its mails")
        found = find_epochs(expand_home(path))
        sources = {number: Repository(git_dir, known) for number, git_dir in found}
        inbox = cls(sources, accept_gaps=accept_gaps)
        if not any(epoch.tip for epoch in inbox.epochs):
            raise NotAnInboxError(
                "it has no commits", where=str(path), cure="fetch the archive first"
            )
        inbox._check_copies()
        return inbox

    def _check_copies(self) -> None:
        """Make sure that no two epochs end in one commit; a window compares where they begin."""
        owners: dict[str, int] = {}
        for epoch in self.epochs:
            if epoch.tip is None or owners.setdefault(epoch.tip, epoch.number) == epoch.number:
                continue
            with suppress(ObjectError):  # a window says what can't be read
                # a mail that was deleted and came again may be the only commit of two epochs
                if self.sources[epoch.number].read_commit(epoch.tip).parents:
                    raise copied_epoch(epoch.number, owners[epoch.tip], epoch.path)

    if not TYPE_CHECKING:  # else any name would pass for an attribute

        def __getattr__(self, name: str) -> object:
            if not name.startswith("_") and hasattr(Window, name):
                what = f"an inbox has no {name}: choose its mails first"
                raise AttributeError(f"{what}; inbox.between(None) is a window of all of them")
            return refuse_name(self, name)

    @property
    def name(self) -> str:
        """The name of its directory: `kvm` of kvm/git/0.git, of kvm/0 and of kvm.git.

        Where that is one that any archive may have, such as `repo` or `mirror`, it is that of the
        list, by the List-Id of its newest mails, else that of the directory above.
        """
        if self._name is None:
            newest = [*self.sources.values()][-1:]
            self._name = choose_name(Path(self.epochs[0].path), lambda: find_list_name(newest))
        return self._name

    def __repr__(self) -> str:
        return safe_text(f"Inbox({', '.join(epoch.path for epoch in self.epochs)})")

    def _repr_html_(self) -> str:
        """Return a card: its epochs, with how many commits each has; no mail is read."""
        from kvminbox.cards.html import (  # only a notebook asks
            card,
            chip,
            code,
            heading,
            inline,
            table,
        )

        rows = []
        for epoch in self.epochs:
            newest = tell_arrival(self.sources[epoch.number], epoch.tip) if epoch.tip else ""
            row = [f"{epoch.number}", code(epoch.path), code((epoch.tip or "")[:12])]
            rows.append([*row, inline(newest) if newest else ""])
        return card(
            heading(self.name, [chip("inbox"), chip(count_things(len(rows), "epoch"))]),
            table(("epoch.", "path", "newest commit.", "newest arrived."), rows, "epoch"),
        )

    def between(
        self, base: str | None, tip: str | None = None, *, on_problem: OnProblem = "raise"
    ) -> Window:
        """Choose the commits of `base..tip`: base excluded, tip included.

        Args:
            base: any revision that git understands; None for the beginning of the archive.
                In an inbox of several epochs, `N:REV` names the epoch; otherwise
                the newest epoch that knows the revision is used.
            tip: likewise; None for the newest commit of the newest epoch.
            on_problem: what becomes of a mail that can't be read: "raise" an error when the
                window comes to it, "skip" it, or a function that is called with the
                `Problem`. What is skipped is counted in `Window.left_out`.

        Across epochs, the window is the rest of the first epoch, all of those
        between, and the beginning of the last.

        Raises:
            RevisionError: a revision is unknown, or is not a commit.
            RangeError: `base` is not an ancestor of `tip`, or there are no commits between.
            IncompleteHistoryError: the range crosses history that is not here.
            kvminbox.errors.ObjectError: a commit in the range can't be read.
        """
        tip_epoch, tip_commit = self._resolve(tip) if tip else self._newest()
        base_epoch, base_commit = self._resolve(base) if base else (self.epochs[0].number, None)
        where = f"{base or ''}..{tip or 'HEAD'}"
        try:
            segments, absent = self._segments((base_epoch, base_commit), (tip_epoch, tip_commit))
            if absent and not self._accepts_gaps:
                raise self._lost_epoch(absent[0])
            window = Window(
                segments, base=base or "", tip=tip or "HEAD", absent=absent, on_problem=on_problem
            )
        except RangeError as error:
            raise RangeError(error.what, where, error.cure) from None
        if base and not len(window):
            cure = "give two different commits, the older one first"
            raise RangeError("the range holds no commits", where, cure)
        return window

    def since(
        self,
        date: str | date,
        until: str | date | None = None,
        *,
        now: datetime | None = None,
        on_problem: OnProblem = "raise",
    ) -> Window:
        """Choose the mails that arrived in a span of time, by the committer dates.

        Args:
            date: the start, included: a date, a datetime, or a text: ISO 8601, or git's
                words, `yesterday`, `2 weeks ago`, `last monday`. Without a zone it is UTC.
            until: the end, excluded, likewise; None for no end.
            now: what such words count from, with its zone; nothing here looks at a clock.
            on_problem: what becomes of a mail that can't be read, as in `between`.

        Committer dates of real archives go back and forth, so every commit of an
        archive is looked at; an index knows which can be meant. The window may be empty.
        Epochs before the first one that is here may be missing: whoever clones only the newest
        epochs chose to. A missing epoch between others is an error if the span reaches into its
        time, which is taken from the last commit before it and the first after it.

        Raises:
            UsageError: a date can't be understood, or counts from the present and `now` is not
                given; or no such policy.
            RangeError: the span ends before it begins.
            IncompleteHistoryError: history is missing, and mails may be in it.
        """
        begin, end = read_span(date, until, now)
        first = next(epoch for epoch in self.epochs if epoch.tip)
        self._check_branches(number for number in self.sources if number < first.number)
        segments, absent = self._segments((first.number, None), self._newest())
        window = Window(
            segments,
            base=begin.written,
            tip=end.written if end else "HEAD",
            begin=int(begin.moment.timestamp()),
            end=int(end.moment.timestamp()) if end else None,
            absent=absent,
            on_problem=on_problem,
        )
        if window.gaps and not self._accepts_gaps:
            raise self._lost_epoch(window.gaps[0])
        return window

    def sent_since(
        self,
        date: str | date,
        until: str | date | None = None,
        *,
        now: datetime | None = None,
        on_problem: OnProblem = "raise",
    ) -> SentWindow:
        """Choose the mails that were sent in a span of time, by their Dates.

        Dates are claims, and arrival is a fact; so `since` is the usual way. This one is for
        mirrors that were filled in batches, long after the mails were sent. All mails are read.

        Args:
            date: the start, included, as in `since`.
            until: the end, excluded, likewise; None for no end.
            now: what words such as `yesterday` count from, with its zone.
            on_problem: what becomes of a mail that can't be read, whenever it was sent.

        Raises:
            UsageError: as `since`.
            RangeError: as `since`.
            IncompleteHistoryError: as `between`.
        """
        begin, end = read_span(date, until, now)
        return SentWindow(self.between(None, on_problem=on_problem), begin, end)

    def shards(
        self, *, mails: int = 5_000, window: Window | None = None, on_problem: OnProblem = "raise"
    ) -> tuple[Shard, ...]:
        """Divide all mails, or those of a window, into shards that other machines can read.

        Each is a Corpus of its own, oldest first, and they follow each other as the
        mails do. A mail that is deleted later is in none. As the archive grows, all but
        the last shard of each epoch stay what they are, unless a mail in them is
        deleted or purged.

        Args:
            mails: how many mails a shard has at most.
            window: which mails; None for all, as `between(None)`.
            on_problem: the shards' policy, where no window is given that has one.

        Raises:
            UsageError: a shard would have no mails, or `window` is not one of one inbox.
            kvminbox.KvminboxError: as `between`.
        """
        check_count(mails, "mails", "a number of mails of a shard")
        chosen = self.between(None, on_problem=on_problem) if window is None else window
        if not isinstance(chosen, Window):
            given: object = chosen  # an index's window of several inboxes, say
            what = f"expected a window of one inbox, not this {type(given).__name__}"
            cure = "give one of Inbox.between or Inbox.since, or of index.inbox(NAME)"
            raise UsageError(what, shorten(repr(given)), cure)
        return tuple(divide(chosen, self.name, mails))

    def messages(
        self, *, on_problem: OnProblem = "raise", progress: Progress | None = None
    ) -> Iterator[AnyMessage]:
        """Yield all its mails, oldest first: those of `between(None)`."""
        return self.between(None, on_problem=on_problem).messages(progress=progress)

    def raw(self, mail: Message | Entry) -> bytes:
        """Return a mail's bytes, as `git cat-file blob` prints them.

        The epoch and the blob of its entry tell which; a deletion brings no mail.

        Raises:
            UsageError: the mail is not from this inbox, or the entry brings none.
            kvminbox.errors.ObjectError: it can't be read.
        """
        entry = mail if isinstance(mail, Entry) else getattr(mail, "entry", None)
        source = self.sources.get(entry.epoch) if entry else None
        if (
            entry is None
            or source is None
            or entry.change == "deletion"
            or not _BLOB_ID.fullmatch(entry.blob)
        ):
            cure = "ask the inbox it came from; a deletion has no mail"
            where = entry.commit if entry else "raw"
            raise UsageError("the mail is not from this inbox", where, cure)
        return source.read_blob(entry.blob)

    def _newest(self) -> tuple[int, str]:
        epoch = next(epoch for epoch in reversed(self.epochs) if epoch.tip)
        self._check_branches(number for number in self.sources if number > epoch.number)
        return epoch.number, epoch.tip or ""

    def _check_branches(self, numbers: Iterable[int]) -> None:
        """Make sure that an epoch without a branch only waits for its first fetch."""
        for number in numbers:
            if self.sources[number].is_adrift:
                raise IncompleteHistoryError(
                    f"epoch {number} has objects, but no branch", where=self.sources[number].path,
                    cure="fetch it again, or choose a range in the others (N:REV: REV in epoch N)",
                )  # fmt: skip

    def _segments(
        self, base: tuple[int, str | None], tip: tuple[int, str]
    ) -> tuple[list[Segment], list[int]]:
        """Return the parts of a range in the epochs that are here, and the numbers of others."""
        if base[0] > tip[0]:
            raise RangeError(
                f"the base is in epoch {base[0]}, after epoch {tip[0]}",
                cure="give the older commit first",
            )
        segments = []
        absent = []
        tips = {epoch.number: epoch.tip for epoch in self.epochs}
        for number in range(base[0], tip[0] + 1):
            here = tips.get(number)
            if here is None:
                absent.append(number)
                continue
            first = base[1] if number == base[0] else None
            last = tip[1] if number == tip[0] else here
            segments.append(Segment(number, self.sources[number], first, last))
        self._check_branches(number for number in absent if number in self.sources)
        return segments, absent

    def _lost_epoch(self, number: int) -> IncompleteHistoryError:
        return IncompleteHistoryError(
            f"epoch {number} is not here, but the range crosses it",
            where=str(Path(self.epochs[0].path).parent),
            cure="clone the epoch, choose a range in the others (N:REV: REV in epoch N), or accept"
            " the gap with accept_gaps=True (--accept-gaps in a shell)",
        )

    def _resolve(self, revision: str) -> tuple[int, str]:
        check_text(revision, "a revision", "give a commit, a tag or a branch; `since` takes dates")
        match = _IN_EPOCH.fullmatch(revision)
        if match:
            numbers, name = [int(match[1])], match[2]
            if numbers[0] not in self.sources:
                here = ", ".join(map(str, self.sources))
                cure = f"these epochs are here: {here}"
                raise RevisionError(f"epoch {match[1]} is not here", where=revision, cure=cure)
        else:
            numbers, name = sorted(self.sources, reverse=True), revision
        if not name or name.startswith("-") or "\0" in name:  # libgit2 would stop at the NUL
            raise RevisionError(
                "not a revision", where=revision, cure="give a commit, a tag or a branch"
            )
        trouble: ObjectError | None = None
        for number in numbers:
            try:
                commit = resolve_revision(self.sources[number], name)
            except ObjectError as error:
                trouble = trouble or error
                continue
            if commit:
                return number, commit
        if trouble:
            raise trouble
        cure = "`git log` in the archive lists its commits; N:REV means REV in epoch N"
        if any(self.sources[number].shallow for number in numbers):
            cure = "the clone is shallow, so it may be in what was cut off: `git fetch --unshallow`"
        elif _DAY.match(name):
            cure = "this takes commits; for dates use `since` or --since"
        elif near := _find_near(name, [self.sources[number] for number in numbers]):
            cure = f"did you mean {near}?"
        raise RevisionError("no such revision in the archive", where=revision, cure=cure)


def _find_near(revision: str, sources: Iterable[Source]) -> str:
    """Return the revision that a misspelt one may mean: `HEAD~3` for `HED~3`; empty if none."""
    from difflib import get_close_matches  # most revisions are spelt right

    name, *steps = re.split("([~^].*)", revision, maxsplit=1)
    known = ["HEAD"]
    for source in sources:
        with suppress(KvminboxError):  # what is wrong with the archive is told elsewhere
            known += [one.split("/", 2)[-1] for one in source.list_names()]
    folded = {one.casefold(): one for one in reversed(known)}
    near = get_close_matches(name.casefold(), folded, 1)
    return f"{folded[near[0]]}{''.join(steps)}" if near else ""


def check_inbox(given: Inbox) -> None:
    """Make sure that an inbox is given.

    Raises:
        UsageError: it is something else, such as its path.
    """
    if not isinstance(given, Inbox):
        found: object = given
        what = f"expected an inbox, not this {type(found).__name__}"
        raise UsageError(what, shorten(repr(found)), "open it first: Inbox.open(PATH)")
