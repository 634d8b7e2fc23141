"""The index: inboxes kept in one SQLite file, which answers without the archives."""

from __future__ import annotations  # help shows types by their names

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeVar

from kvminbox.archive import check_limit
from kvminbox.dates import GivenTime, read_span, read_time, write_day, write_time
from kvminbox.errors import (
    IndexFileError,
    IndexLockedError,
    IndexOutdatedError,
    KvminboxError,
    NotAnInboxError,
    RevisionError,
    UsageError,
)
from kvminbox.given import check_text, refuse_type
from kvminbox.inbox import Inbox, Window
from kvminbox.inbox.inbox import check_inbox
from kvminbox.inbox.keeping import MailMark, mark_mails
from kvminbox.inbox.problems import ReadCorpus, check_policy
from kvminbox.inbox.sent import SentWindow
from kvminbox.index.blocks import BlockReader
from kvminbox.index.database import Database, to_storable
from kvminbox.index.keeper import Keeper
from kvminbox.index.lookup import Lookup
from kvminbox.index.mails import MailReader
from kvminbox.index.merged import Merged
from kvminbox.index.reader import READER
from kvminbox.index.seal import check_seal
from kvminbox.index.search import MAX_STEPS, Search, SearchOrder
from kvminbox.index.stored import StoredSource
from kvminbox.mail import read_given_id
from kvminbox.models import (
    AnyMessage,
    Copy,
    Entry,
    LeftOut,
    Message,
    OnProblem,
    Problem,
    Progress,
    Summary,
)
from kvminbox.models.corpus import check_series, find_list_ends
from kvminbox.models.list_urls import check_urls
from kvminbox.safe import safe_text
from kvminbox.textfile import expand_home
from kvminbox.words import choose_from, is_name, shorten
from kvminbox.workers import check_jobs

if TYPE_CHECKING:  # a search, which groups nothing, starts faster
    from kvminbox.index.news import NewMails
    from kvminbox.models import Chain, IndexMark, IndexUpdate, Series, SeriesReview, Thread

R = TypeVar("R")
_COMMIT_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)
_COMMIT: Final = re.compile(r"(\d+:)?[0-9a-f]{4,}([~^]|$)")
_CHOOSE: Final = "choose one with index.inbox(NAME) (--inbox NAME in a shell)"


class Index(ReadCorpus):
    """One or more inboxes in one file: a Corpus of all their mails, and a search.

    The file is a cache: it may be deleted and rebuilt. It holds the mails' bytes,
    compressed, and needs no archive to answer. One process may write to it while many
    read. A reader sees the state of the file when it asked; a mail that is purged before
    the reader comes to it is a MissingObjectError.

    Any number of threads may share an `Index`, and whatever it returned: each reads by
    itself, updates come one after the other, and `close` ends it for all of them.

    `on_problem` is the policy of `messages`, and of the windows that `between` and `since`
    return unless they are given another.

    >>> import tempfile, pathlib
    >>> from kvminbox import Inbox
    >>> from kvminbox.sample import make_sample
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "sample.sqlite"
    >>> index = Index.open(file, create=True)
    >>> index.update(Inbox.open(make_sample())).added
    24
    >>> [hit.message.subject.title for hit in index.search("s:timer kind:cover_letter")]
    ['KVM: say that there is no timer', 'KVM: say that there is no timer']
    """

    base = ""
    tip = "HEAD"

    def __init__(
        self, database: Database, *, accept_gaps: bool = False, on_problem: OnProblem = "raise"
    ) -> None:
        super().__init__(on_problem)
        self._accepts_gaps = accept_gaps
        self._database = database
        self._blocks = BlockReader(database)
        self._mails = MailReader(database)
        self._lookup = Lookup(database, self._blocks, self._mails)
        self._updating = Lock()
        self._lists: Mapping[str, datetime | None] | None = None

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        accept_gaps: bool = False,
        on_problem: OnProblem = "raise",
        urls: Mapping[str, str] | None = None,
    ) -> Index:
        """Open an index file; one that can't be written is opened for reading only.

        Args:
            path: the file; `~` is your home.
            create: make a new one if there is none.
            accept_gaps: whether a window may pass over an epoch that was never indexed
                between others, and lack its mails, as in `Inbox.open`.
            on_problem: what becomes of a mail that could not be read from its archive:
                "raise" an error when a window or `messages` comes to it, "skip" it, or a
                function that is called with the `Problem`.
            urls: where lists show their mails, as in `Inbox.open`; they are not kept in the file.

        Raises:
            UsageError: a list's address is no such address, or there is no such policy.
            NotAnIndexError: the file is something else.
            IndexOutdatedError: it was made by a version with other tables.
            IndexDamagedError: it is damaged.
            IndexFileError: it is not there, or can't be opened.
        """
        check_policy(on_problem)  # before a file is made
        known = check_urls(urls)
        database = Database(os.fspath(expand_home(path)), create=create, urls=known)
        return cls(database, accept_gaps=accept_gaps, on_problem=on_problem)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its file and its policies; unpickling opens the file."""
        made = partial(Index, accept_gaps=self._accepts_gaps, on_problem=self.on_problem)
        return made, (self._database,)

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does."""
        return iter(self.messages())

    def close(self) -> None:
        """Close the file, for all threads.

        Later calls, and those of other threads at that moment, raise an IndexFileError.
        """
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        try:
            names = ", ".join(self.inboxes) or "empty"
            names += LeftOut(mails=self.unread).note
        except IndexFileError as error:  # a repr is asked for where something is wrong
            names = error.what
        return safe_text(f"<Index {self._database.path}: {names}>")

    def _repr_html_(self) -> str:
        """Return a card: its inboxes, with how many commits of each are indexed."""
        from kvminbox.cards.html import card, chip, facts, heading, inline, table  # as for `update`

        try:
            rows = []
            for name in self.inboxes:
                window = self.inbox(name).between(None)
                days = [write_day(one) for one in window.arrived or ()]
                mails, commits = f"{window.count_mails():,}", f"{len(window):,}"
                rows.append([inline(name), mails, commits, *(days or ["", ""])])
            unread = self.unread
        except KvminboxError as error:
            return card(heading(self._database.path, [chip("index")]), inline(error.what))
        return card(
            heading(self._database.path, [chip("index")]),
            table(("inbox", "mails.", "commits.", "first arrived.", "last arrived."), rows, "inbox")
            if rows
            else inline("empty"),
            facts([("mails that could not be read", f"{unread:,}" if unread else "")]),
        )

    def update(
        self,
        inbox: Inbox,
        *,
        name: str | None = None,
        jobs: int = 1,
        accept_loss: bool = False,
        progress: Progress | None = None,
    ) -> IndexUpdate:
        """Bring the index up to date with the archive of an inbox.

        Only new commits are read. If the archive was rewritten (a purge, an edit, a
        force-push), what it no longer has is removed, and its text erased. Epochs that the
        inbox lacks are left as they are.

        Args:
            inbox: the archive, opened.
            name: what the index calls it, printable text on one line; None for `name_of`.
            jobs: processes that read mails; one more writes.
            accept_loss: remove a whole epoch if its branch is empty now, or if another archive
                has its name or its path.
            progress: called with how many changes are written, and of how many.

        Raises:
            UsageError: `inbox` is not an inbox, or `name` can't be a name.
            RewrittenHistoryError: a whole epoch would be removed.
            NotAnInboxError: it is not indexed yet, and no commit adds or deletes a mail.
            IncompleteHistoryError: the archive is shallow; nothing is taken for complete.
            IndexLockedError: another process writes to the index.
            IndexFileError: it can't be written; what was in it is unharmed.
            kvminbox.errors.ObjectError: a commit of the archive can't be read.
        """
        check_jobs(jobs)
        check_inbox(inbox)
        if name is not None:
            self._check_name(name)
        from kvminbox.index.update import Updater  # what only reads starts faster without

        with self._updating:
            updater = Updater(self._database, inbox, jobs=jobs, progress=progress)
            try:
                if name is None:
                    name = updater.find_name(self.archives())
                return updater.run(name, accept_loss=accept_loss)
            finally:
                self._blocks.forget()
                self._lookup.forget()
                self._mails.forget()

    def name_of(self, inbox: Inbox) -> str:
        """Return what the index calls an archive: the name that it has, or one that it would get.

        An archive that is at the place of an inbox of the index, or has its commits, is that
        inbox. Another one gets the name of its directory or list, and where an inbox has that,
        one with the directory above it, or with a number.
        """
        check_inbox(inbox)
        from kvminbox.index.names import find_inbox_name  # as for `update`

        return find_inbox_name(self._database, self.archives(), inbox)

    def _check_name(self, name: str) -> None:
        stored = to_storable(name)
        if is_name(stored):
            return
        # older versions took any text, and their inboxes go on
        if self._database.value("SELECT 1 FROM inbox WHERE name = ?", (stored,)) is None:
            what = "an inbox's name must be printable text on one line"
            raise UsageError(what, f"name={shorten(repr(name))}", 'give another, such as "kvm"')

    def _write_groups(
        self, name: str, mails: MailMark | None, views: Mapping[str, Iterable[Sequence[object]]]
    ) -> None:
        """Write the rows of views that are made of all mails of an inbox together.

        `kvminbox.frames.write_groups` makes them.

        Args:
            name: the inbox.
            mails: the mails that they are made of.
            views: the rows of each view: plain values in the order of its columns, without the
                name of the inbox.

        Raises:
            UsageError: there is no such inbox.
            IndexLockedError: its mails are others by now.
            IndexFileError: the file can't be written.
        """
        from kvminbox.index.grouped import write_rows  # as for `update`

        with self._updating, self._database.transaction():
            window = self.inbox(name).between(None)
            if mark_mails(window) != mails:
                what = "another process updated it at the same time"
                raise IndexLockedError(what, where=self._database.path, cure="group it again")
            sql = "SELECT id FROM inbox NOT INDEXED WHERE name = ?"
            write_rows(self._database, self._database.value(sql, (to_storable(name),)), views)

    def check(self, *, progress: Progress | None = None) -> tuple[str, ...]:
        """Return what is damaged in the file, in words, at most twenty findings; () if nothing is.

        Each finding names the table, and where it can the commit of the mail. Delete and
        rebuild a damaged file: it is only a cache.

        It reads all mails again, derives all rows and words from them, and compares. That takes
        one and a half times as long as building the index, and space in the directory for
        temporary files: as much as the words take, plus the size of the file if that can't be
        written.

        Args:
            progress: called with how many mails are read, and of how many.

        Raises:
            IndexOutdatedError: the index was made by a version that read mails otherwise.
            IndexLockedError: another process writes to the index.
            IndexFileError: there is no room for a temporary file.
        """
        from kvminbox.index.check import find_damage  # as for `update`

        self._check_reader()
        return find_damage(self._database, progress)

    def _check_reader(self) -> None:
        """Make sure that the rows are those that this version reads from a mail."""
        reader = self._database.value("SELECT value FROM meta WHERE key = 'reader'")
        if reader not in (READER, None):
            raise IndexOutdatedError(
                "it was made by a version that read mails differently", where=self._database.path,
                cure="update it, which reads the mails again",
            )  # fmt: skip

    @property
    def inboxes(self) -> tuple[str, ...]:
        """The names of its inboxes, in the order in which they were added."""
        check_seal(self._database)
        return tuple(
            str(row[0]) for row in self._database.query("SELECT name FROM inbox ORDER BY id")
        )

    def archives(self) -> dict[str, dict[int, str]]:
        """Return where its archives were when they were last read: path by epoch, by inbox."""
        check_seal(self._database)
        sql = "SELECT name, number, path FROM inbox JOIN epoch ON inbox.id = inbox ORDER BY 1, 2"
        found: dict[str, dict[int, str]] = {name: {} for name in self.inboxes}
        for name, number, path in self._database.query(sql):
            found[name][number] = path
        return found

    @property
    def unread(self) -> int:
        """How many mails are missing because they could not be read from the archive.

        They come from a partial clone or a damaged archive. An update tries them again.
        """
        return self._lookup.count_unread()

    def problems(self) -> Iterator[Problem]:
        """Yield why each of the mails that `unread` counts could not be read."""
        yield from self._lookup.list_unread()

    @property
    def accepted(self) -> frozenset[str]:
        """The mails that could not be read, and that the command skips: see `accept_problems`.

        Of each it is the id of its blob, or of its commit where it has none.
        """
        from kvminbox.index.accepted import read_accepted  # as for `update`

        return read_accepted(self._database)

    def accept_problems(self, *, accept: bool = True) -> None:
        """Remember that the mails which can't be read now are known, and may be done without.

        `kvminbox index --on-problem skip` says so, and the other commands then leave out just
        these, and say how many, where they would end with an error. In Python the policy of each
        reading decides, as before; another mail that can't be read is none of them.

        Args:
            accept: false to forget it.

        Raises:
            IndexLockedError: another process writes to the index.
            IndexFileError: the file can't be written.
        """
        from kvminbox.index.accepted import write_accepted  # as for `update`

        with self._updating:
            write_accepted(self._database, self._lookup.list_problems() if accept else ())

    def inbox(self, name: str | None = None) -> Inbox:
        """Return one of its inboxes, which answers as the archive did when it was indexed.

        Revisions are ids, branches, tags and steps from them (`v1~3`); the rest of
        git's syntax needs the archive. Its windows have a policy of their own for mails that
        can't be read, not that of the index.

        Args:
            name: which; None if there is only one.

        Raises:
            UsageError: there is none of that name, or several and no name.
            NotAnInboxError: no update of it has finished yet, or its archive was emptied.
        """
        names = self.inboxes
        if name is not None:
            check_text(name, "the name of an inbox", f"give one: {', '.join(names)}")
        name = names[0] if name is None and len(names) == 1 else to_storable(name or "")
        if name not in names:
            known = choose_from(name, names) if names else "there is none yet: update it first"
            what = "no such inbox" if name else "the index has several inboxes"
            what = what if names else "the index has no inbox"
            raise UsageError(
                what,
                where=name or self._database.path,
                cure=known if name else f"give one (--inbox NAME in a shell); {known}",
            )
        rows = list(self._database.query(
            "SELECT number, epoch.id FROM epoch NOT INDEXED"
            " JOIN inbox NOT INDEXED ON inbox.id = inbox"
            " WHERE inbox.name = ? AND tip IS NOT NULL ORDER BY number", (name,),
        ))  # fmt: skip
        if not rows:
            raise NotAnInboxError("it has not been indexed yet", where=name, cure="update it")
        sources = {
            number: StoredSource(self._database, self._blocks, self._mails, epoch)
            for number, epoch in rows
        }
        return Inbox(sources, accept_gaps=self._accepts_gaps)

    def between(
        self, base: str | None, tip: str | None = None, *, on_problem: OnProblem | None = None
    ) -> Window:
        """Choose the commits of `base..tip`, in the inbox that knows them.

        Args:
            base: as in `Inbox.between`.
            tip: likewise.
            on_problem: the window's policy for mails that can't be read; None for that of
                the index.

        Raises:
            kvminbox.KvminboxError: as `Inbox.between`; with several inboxes, where none
                or more than one of them knows the revisions, or where the first is a name
                such as HEAD~9, which each may have (`inbox(name)` tells which).
        """
        policy = self.on_problem if on_problem is None else on_problem
        if len(self.inboxes) < 2:
            return self.inbox().between(base, tip, on_problem=policy)
        where = f"{base or ''}..{tip or 'HEAD'}"
        found: list[Window] = []
        unknown: list[RevisionError] = []
        for inbox in self._list_inboxes():
            try:
                found.append(inbox.between(base, tip, on_problem=policy))
            except RevisionError as error:
                unknown.append(error)
        # each archive has a HEAD, and a HEAD~9 where it is as long
        if found and not _COMMIT.match(base or tip or ""):
            raise RevisionError(
                "not a commit id, and several inboxes may have such a revision", where, _CHOOSE
            )
        if len(found) == 1:
            return found[0]
        if found:
            raise RevisionError("several inboxes know these revisions", where, _CHOOSE)
        if len({(error.what, error.where, error.cure) for error in unknown}) == 1:
            raise unknown[0]  # each says the same: it is misspelt, or a day
        raise RevisionError("no inbox knows these revisions", where, _CHOOSE)

    def since(
        self,
        date: str | date,
        until: str | date | None = None,
        *,
        now: datetime | None = None,
        on_problem: OnProblem | None = None,
    ) -> Window | Merged:
        """Choose the mails that arrived in a span of time, as `Inbox.since`.

        A mail that went to several inboxes comes once, in the span in which the first of them got
        it, so that the mails of all weeks add up. `summary`, `problems` and `len` account for the
        commits of all inboxes.

        Args:
            date: the start, included: a date, a datetime or a text, as in `Inbox.since`.
            until: the end, excluded; None for no end.
            now: what words such as `2 weeks ago` count from, with its zone.
            on_problem: the window's policy for mails that can't be read; None for that of
                the index.
        """
        policy = self.on_problem if on_problem is None else on_problem
        if len(self.inboxes) == 1:
            return self.inbox().since(date, until, now=now, on_problem=policy)
        begin, end = read_span(date, until, now)
        return Merged(
            self._database, self._lookup, partial(self._since_of_all, date, until, now),
            base=begin.written, tip=end.written if end else "HEAD",
            begin=begin.moment, end=end.moment if end else None,
            on_problem=policy,
        )  # fmt: skip

    def sent_since(
        self,
        date: str | date,
        until: str | date | None = None,
        *,
        now: datetime | None = None,
        on_problem: OnProblem | None = None,
    ) -> SentWindow:
        """Choose the mails that were sent in a span of time, by Date, as `Inbox.sent_since`.

        A mail that went to several inboxes comes once.

        Args:
            date: the start, included: a date, a datetime or a text, as in `Inbox.since`.
            until: the end, excluded; None for no end.
            now: what words such as `2 weeks ago` count from, with its zone.
            on_problem: what becomes of a mail that can't be read, whenever it was sent; None
                for the policy of the index.
        """
        begin, end = read_span(date, until, now)
        return SentWindow(self._choose_all(on_problem), begin, end)

    def mark(self) -> IndexMark:
        """Return a mark of what it has now, from which `new_since` continues later."""
        from kvminbox.index.news import make_mark  # as below

        return make_mark(self._database)

    def mark_at(self, commit: str) -> IndexMark:
        """Return a mark of the time when a commit was the last one of its inbox.

        Of this inbox all that came after the commit is new since that mark; of the others, what
        arrived after it did. `new_since` of it gives these mails, each once.

        Args:
            commit: its id, or the beginning of that, in the inbox that knows it; `v1~3` and
                the like where there is one inbox.

        Raises:
            kvminbox.KvminboxError: as `between`.
        """
        from kvminbox.index.news import make_mark_at  # as below

        with self._database.snapshot():
            source, last = self.between(None, commit)._find_tip()  # noqa: SLF001  # not for others
            assert isinstance(source, StoredSource)
            return make_mark_at(self._database, source.epoch, last)

    def new_since(
        self,
        mark: IndexMark | str | date | None,
        query: str = "",
        *,
        now: datetime | None = None,
        on_problem: OnProblem | None = None,
    ) -> NewMails:
        """Choose the mails that came into the index since a mark, each of them once.

        A mail is new if it was in none of the index's inboxes at the mark, whenever it was
        sent: none is missed or returned twice because of dates that go back, or of a purge that
        rewrote the archive. In three cases the time of arrival alone decides, compared with the
        last mail before the mark: for an epoch whose mail at the mark is gone, too, for an
        older epoch that was added since, and for an inbox that was added since, whose history
        is not new.

        Args:
            mark: the `mark` of what this returned the last time, or of `mark()`. The first
                time a date, from which on all that arrived is new, or None for all.
            query: search words, as in `search`; empty for all mails.
            now: what words such as `2 weeks ago` count from, with its zone.
            on_problem: what becomes of a mail that can't be read; None for the policy of the
                index. With "skip" it comes later, once it can be.

        Raises:
            QueryError: the query can't be understood.
            UsageError: a date can't be understood; of a commit `mark_at` gives a mark.

        >>> import tempfile, pathlib
        >>> from kvminbox import Inbox
        >>> from kvminbox.models import IndexMark
        >>> from kvminbox.sample import make_sample
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "sample.sqlite"
        >>> index = Index.open(file, create=True)
        >>> _ = index.update(Inbox.open(make_sample()))
        >>> new = index.new_since("2025-06-09", "s:timer kind:cover_letter")
        >>> len(new), [mail.subject.title for mail in new]
        (1, ['KVM: say that there is no timer'])
        >>> state = new.mark.model_dump_json()  # kept until the next time
        >>> len(index.new_since(IndexMark.model_validate_json(state)))
        0
        """
        from kvminbox.index.news import NewMails, find_new, make_mark  # a search starts faster
        from kvminbox.models import IndexMark

        given = None if mark is None or isinstance(mark, IndexMark) else _read_begin(mark, now)
        begin = int(given.moment.timestamp()) if given else None
        known = mark if isinstance(mark, IndexMark) else None
        arrived = [one.arrived for one in known.epochs if one.arrived] if known else []
        with self._database.snapshot():
            steps = find_new(self._database, known, begin)
            if query:
                chosen = set(self.search(query, now=now).rows("oldest"))
                steps = [step for step in steps if step[0] in chosen or len(step) > 1]
            return NewMails(
                self._lookup, steps, mark=make_mark(self._database),
                base=given.written if given else write_time(max(arrived)) if arrived else "",
                on_problem=self.on_problem if on_problem is None else on_problem,
            )  # fmt: skip

    def messages(
        self, *, on_problem: OnProblem | None = None, progress: Progress | None = None
    ) -> Iterator[AnyMessage]:
        """Yield all mails, oldest first.

        A mail that went to several inboxes comes once.

        Args:
            on_problem: what becomes of a mail that could not be read from its archive, this
                time; None for the policy of the index.
            progress: called with how many mails are done, and of how many.

        Raises:
            kvminbox.errors.ObjectError: a mail can't be read, and the policy is "raise".
        """
        window = self._choose_all(on_problem)
        return self._follow(window, window.messages(progress=progress))

    @property
    def _keeper(self) -> Keeper:
        """What keeps the results of reports on all its mails, as of its windows."""
        return Keeper(self._database)

    @property
    def lists(self) -> Mapping[str, datetime | None]:
        """The List-Id of each inbox, and when its last mail arrived; empty if there is one inbox.

        They are those of the last reading, or of now where it was not read yet.
        """
        return find_list_ends(self._choose_all(None)) if self._lists is None else self._lists

    @property
    def arrived(self) -> tuple[datetime, datetime] | None:
        """When the first and the last of its commits arrived, as `Window.arrived`."""
        return self._choose_all(None).arrived

    def summary(self) -> Summary:
        """Account for every commit of every inbox, as `Window.summary`; it reads every mail."""
        return self._choose_all(None).summary()

    def _mark_mails(self) -> MailMark | None:
        """Return which mails it has, as that of a window does."""
        return mark_mails(self._choose_all(None))

    def count_mails(self) -> int:
        """Return how many mails it has, none of which is read; one for all copies of a mail."""
        return self._choose_all(None).count_mails()

    def entries(self) -> Iterator[Entry]:
        """Yield where each mail is, inbox by inbox, without reading the mails.

        As `Window.entries`, it accounts for the commits: a mail that was deleted has its entry.
        """
        for inbox in self._list_inboxes():
            yield from inbox.between(None).entries()

    def map(
        self,
        function: Callable[[AnyMessage], R],
        *,
        jobs: int = 1,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[R]:
        """Yield what a function returns for each mail, oldest first, as `Window.map`."""
        window = self._choose_all(on_problem)
        return self._follow(window, window.map(function, jobs=jobs, progress=progress))

    def map_batches(
        self,
        function: Callable[[list[AnyMessage]], R],
        *,
        jobs: int = 1,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[R]:
        """Yield what a function returns for some dozens of mails, as `Window.map_batches`."""
        window = self._choose_all(on_problem)
        return self._follow(window, window.map_batches(function, jobs=jobs, progress=progress))

    def spread(self, most: int) -> Iterator[AnyMessage]:
        """Yield mails that lie evenly in it, as `Window.spread`."""
        return self._choose_all(None).spread(most)

    def _choose_all(self, on_problem: OnProblem | None) -> Window | Merged:
        policy = self.on_problem if on_problem is None else on_problem
        if len(self.inboxes) == 1:
            return self.inbox().between(None, on_problem=policy)
        return Merged(
            self._database, self._lookup, self._all_of_all,
            base=self.base, tip=self.tip, on_problem=policy,
        )  # fmt: skip

    def _follow(self, window: Window | Merged, found: Iterator[R]) -> Iterator[R]:
        """Yield what was found in a window, and leave out what it left out."""
        yield from found
        self.gaps: tuple[int, ...] = window.gaps
        self._lists = find_list_ends(window)
        self._unread = window.left_out.mails

    def _since_of_all(
        self, date: str | date, until: str | date | None, now: datetime | None
    ) -> list[Window]:
        return [inbox.since(date, until, now=now) for inbox in self._list_inboxes()]

    def _all_of_all(self) -> list[Window]:
        return [inbox.between(None) for inbox in self._list_inboxes()]

    def _list_inboxes(self) -> Iterator[Inbox]:
        """Yield the inboxes of which anything is indexed."""
        sql = "SELECT name FROM inbox WHERE id IN (SELECT inbox FROM epoch WHERE tip NOT NULL)"
        filled = {name for (name,) in self._database.query(sql)}
        for name in self.inboxes:
            if name in filled:
                yield self.inbox(name)

    def get(self, message_id: str) -> AnyMessage | None:
        """Return the mail with a Message-ID; None if there is none.

        An id may be written as people have it, here and below: `<id>`, `id:…`, or the address
        of a mail at lore.kernel.org or another public-inbox site.

        A Message-ID is not a key. Of several mails that have it, this is the first that was
        received; `find` returns all.
        """
        return next(iter(self.find(message_id)), None)

    def nearest_id(self, message_id: str) -> str | None:
        """Return the Message-ID that was probably meant where no mail has the given one.

        Some three letters may be missing or wrong, but none of the first four; None if no id is so
        near.
        """
        from kvminbox.index.nearest_id import find_nearest_id  # which few questions need

        with self._database.snapshot():
            return find_nearest_id(self._database, to_storable(read_given_id(message_id)))

    def nearest_person(self, name: str) -> str | None:
        """Return who was probably meant by a name or address that no mailbox of a mail has.

        A filter or a search for somebody who is not there finds nothing, which is no error: this
        tells whether it was misspelt. None if somebody has it, or nobody is near; of several
        people with the words of a name, `Ada Lovelace or Ada Pfeiffer`.
        """
        from kvminbox.index.nearest_person import find_nearest_person  # as above

        check_text(name, "a person", "give a name or an address")
        with self._database.snapshot():
            return find_nearest_person(self._database, to_storable(name.strip()))

    def find(self, message_id: str) -> tuple[AnyMessage, ...]:
        """Return all mails that have a Message-ID, the first received first; copies count once."""
        with self._database.snapshot():
            rows = self._lookup.find(self._read_id(message_id))
            return tuple(map(self._lookup.read, rows))

    def _read_id(self, text: str) -> str:
        """Return the id that a text names; the text itself where a mail has it to the letter."""
        given = to_storable(read_given_id(text))  # which refuses what is no text
        exact = to_storable(text.strip().removeprefix("<").removesuffix(">"))
        return exact if given == exact or self._lookup.find(exact) else given

    def copies(self, message_id: str) -> tuple[Copy, ...]:
        """Return all places where mails with a Message-ID are."""
        with self._database.snapshot():
            rows = self._lookup.find(self._read_id(message_id))
            return tuple(copy for row in rows for copy in self._lookup.copies(row))

    def copy_of(self, mail: Message | Entry | str) -> Copy | None:
        """Return the inbox that a mail is in, with its List-Id there; None if it is in none.

        Args:
            mail: a mail or an entry of this index, or the id of the commit that brought it, as
                `MessageRef.commit` and the column `commit` of each table have it.

        Raises:
            UsageError: it is something else.

        >>> import tempfile, pathlib
        >>> from kvminbox import Inbox
        >>> from kvminbox.sample import make_sample
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "sample.sqlite"
        >>> index = Index.open(file, create=True)
        >>> _ = index.update(Inbox.open(make_sample()), name="kvm")
        >>> index.copy_of(index.get("timer-v2-1@silicon.example")).inbox
        'kvm'
        """
        if isinstance(mail, str) and _COMMIT_ID.fullmatch(mail.strip()):
            return self._lookup.find_copy(mail.strip())
        entry = mail.entry if isinstance(mail, Message) else mail
        if entry is None:
            return None
        if not isinstance(entry, Entry):
            cure = "give a mail, its entry, or the id of its commit, such as MessageRef.commit"
            raise refuse_type(mail, "a mail of this index", cure)
        return self._lookup.find_copy(entry.commit, entry.blob)

    def raw(self, mail: Message | Entry) -> bytes:
        """Return a mail's bytes, as they are in the archive.

        By Message-ID: `if mail := index.get(message_id): index.raw(mail)`.

        Raises:
            UsageError: the mail is not in this index, or is None.
        """
        return self._lookup.read_bytes(mail)

    def thread_of(self, message_id: str) -> Thread | None:
        """Return the thread in which a mail is; None if no mail has or names this id."""
        with self._database.snapshot():
            return self._lookup.find_thread(self._read_id(message_id))

    def series_of(self, message_id: str) -> Series | None:
        """Return the series in which a patch or cover letter is; None if it is in none.

        A reply is in none; `series_about` finds the series that it is about.

        It looks in the mail's thread, and at what was sent within two hours of it: a
        series whose parts were sent days apart, without threading, is not found whole.
        A mail that was archived twice in one inbox counts once.

        Other versions are not looked for: its `previous`, `next`, `chain` and `depends_on` are
        empty, whatever the index has. `chain_of` finds them, and `review_of` goes by them.
        """
        with self._database.snapshot():
            return self._lookup.find_series(self._read_id(message_id))

    def series_about(self, message_id: str) -> Series | None:
        """Return the series that a mail is in, or that a reply is about; None if there is none.

        Of a reply, to a reply, too, it is the series below whose mails it stands in its thread,
        also where the mails between are missing.

        As `series_of`, it looks for no other versions.
        """
        from kvminbox.index.related import find_answered  # which few questions need

        with self._database.snapshot():
            return find_answered(self, message_id)

    def chain_of(self, message_id: str) -> Chain | None:
        """Return the versions of the series that a mail is in, or that a reply is about.

        None if there is no such series: `series_about` finds none.

        They are looked for by change-id, by the titles of the series and of its first patches,
        among the mails that it links to or answers, and among what its sender sent for the same
        files before and within a year: a version that shares none of these is not found, which
        `chains`, for which all mails are read, may find. In the chain each series has its
        `previous`, `next` and `chain`.

        >>> import tempfile, pathlib
        >>> from kvminbox import Inbox
        >>> from kvminbox.sample import make_sample
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "sample.sqlite"
        >>> index = Index.open(file, create=True)
        >>> _ = index.update(Inbox.open(make_sample()))
        >>> [one.revision for one in index.chain_of("timer-v2-1@silicon.example").series]
        [1, 2]
        """
        from kvminbox.index.related import find_chain  # which few questions need

        with self._database.snapshot():
            series = self.series_about(message_id)
            return find_chain(self, series) if series else None

    def review_of(self, message_id: str) -> SeriesReview | None:
        """Return what became of the series that a mail is in, or that a reply is about.

        None if there is no such series: `series_about` finds none.

        It goes by the threads of all versions that `chain_of` finds, and by the notices and pull
        requests that name patches of the series. An open wait lasts until the last mail of its
        inboxes arrived. Who commits what others send is told by these mails alone, so that of
        doubtful words less is believed than by `review_all` of a whole corpus.
        """
        from kvminbox.index.gathered import review_found  # likewise
        from kvminbox.index.related import find_chain

        with self._database.snapshot():
            series = self.series_about(message_id)
            return review_found(self, find_chain(self, series), series) if series else None

    def find_end(self, series: Series) -> datetime | None:
        """Return when the last mail of the inboxes that have a series arrived."""
        check_series(series)
        ids = [mail.message_id for mail in series.messages if mail.message_id]
        return self._lookup.find_end(ids)

    def search(
        self,
        query: str,
        *,
        order: SearchOrder = "newest",
        now: datetime | None = None,
        steps: int = MAX_STEPS,
        on_problem: OnProblem = "skip",
    ) -> Search:
        """Find mails by lei's search words; docs/searching.md lists them.

        Args:
            query: words, phrases, and prefixes such as `s:` for the subject; all must be
                met unless OR stands between them.
            order: newest or oldest first by the topmost Received, or by relevance (bm25).
                If words are joined with a filter by OR or XOR, nothing can be ranked, and
                relevance means newest.
            now: what dates such as `yesterday` and `2.weeks.ago` count from, with its
                zone; nothing here looks at a clock. A day such as `2022-01-31` never
                needs it.
            steps: steps of SQLite's virtual machine after which the search ends with a
                QueryError; the same on any machine. A million takes some hundredths of
                a second. What FTS5 reads is counted before, from the list of words, where a
                query has many of them or beginnings of words; by relevance it takes three
                times as much.
            on_problem: what becomes of the mails that could not be read from their archive, so
                that nobody knows whether the query selects them: "skip" counts them in
                `Search.left_out`, "raise" raises an error whenever the search runs and there is
                one, and a function is called with each `Problem`.

        Raises:
            QueryError: a word or value of the query is not supported, or counts from the
                present and `now` is not given; the message names its place. Or it asks for
                too many beginnings of words, or for too much of the full text.
            UsageError: no such order or policy, or `now` has no zone.
            IndexOutdatedError: the index was made by a version that read mails otherwise.
        """
        if order not in ("newest", "oldest", "relevance"):
            cure = "choose newest, oldest or relevance"
            raise UsageError("no such order", where=order, cure=cure)
        if now is not None and getattr(now, "utcoffset", lambda: None)() is None:
            cure = "pass one with a zone, such as datetime.now(UTC)"
            raise UsageError("the current time has no time zone", where=f"now={now}", cure=cure)
        self._check_reader()
        try:
            from kvminbox.index.query import compile_query, parse_query  # which `get` does not need
        except OSError as error:  # a process that can open no more files
            check_limit(Path(self._database.path), error)
            raise

        # for bm25 each word is read again, to count the mails that have it, and for each of them
        places = steps // 3 if order == "relevance" else steps
        selection = compile_query(
            parse_query(query, now), scan=self._scan_words, find_series=self._series_ids,
            count=self._count_places, steps=places,
        )  # fmt: skip
        return Search(
            self._database, self._lookup, selection, query=query, order=order, steps=steps,
            on_problem=on_problem,
        )  # fmt: skip

    def _scan_words(self, begin: str, end: str) -> Iterator[str]:
        from kvminbox.index.query.stems import MAX_ENDING  # as above

        # here and not in Python, which took six times as long: what follows has no digit or sign
        sql = (
            "SELECT term FROM vocabulary WHERE term >= ?1 AND term < ?2"
            " AND substr(term, ?3) NOT GLOB '*[^a-z]*' AND length(term) < ?3 + ?4"
        )
        values = (begin, end, len(end), MAX_ENDING)
        return (row[0] for row in self._database.query(sql, values))

    def _count_places(self, begin: str, end: str) -> int:
        sql = "SELECT coalesce(sum(cnt), 0) FROM vocabulary WHERE term >= ? AND term < ?"
        return int(self._database.value(sql, (begin, end)))

    def _series_ids(self, message_id: str) -> list[str]:
        series = self.series_of(message_id)
        messages = series.messages if series else ()
        return [message.message_id for message in messages if message.message_id]


def _read_begin(given: str | date, now: datetime | None) -> GivenTime:
    """Return the time that a date means; of a commit an error says how to get a mark."""
    try:
        return read_time(given, now)
    except UsageError:
        text = given.strip() if isinstance(given, str) else ""
        if not (text == "HEAD" or _COMMIT.match(text) or re.fullmatch(r"\S+[~^]\d*", text)):
            raise
        where = shorten(text)
        cure = f"give a date; in Python, index.mark_at({where!r}) is the mark of a commit"
        raise UsageError("not a valid date", where, cure) from None
