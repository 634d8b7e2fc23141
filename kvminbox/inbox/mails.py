"""A corpus of mails that a caller has: in a list, an mbox, or a maildir."""

from __future__ import annotations  # help shows types by their names

import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TypeVar

from kvminbox.errors import MailFileError
from kvminbox.given import check_called
from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.problems import check_policy
from kvminbox.mbox import split_mbox
from kvminbox.models import AnyMessage, OnProblem, Problem, Progress
from kvminbox.models.corpus import check_several
from kvminbox.models.list_urls import check_urls, place_message
from kvminbox.order import message_order
from kvminbox.safe import safe_text
from kvminbox.textfile import expand_home
from kvminbox.words import count_things
from kvminbox.workers import check_jobs

R = TypeVar("R")


class MailList(MailCorpus):
    r"""Any mails as a corpus, which every report, table and chart takes.

    They are held in memory, oldest first by their own dates, copies included.

    >>> from kvminbox.patches import read_message
    >>> mail = read_message(b"From: ada@ada.example\nSubject: [PATCH] a\n\n")
    >>> mails = MailList([mail], name="mine")
    >>> mails, [mail.subject.raw for mail in mails.messages()]
    (<MailList mine, 1 mail>, ['[PATCH] a'])

    Attributes:
        base: what reports call it.
        tip: the same.
    """

    def __init__(self, messages: Iterable[AnyMessage], *, name: str = "mails") -> None:
        check_several(messages, "mails")
        self.base = self.tip = name
        self._messages = tuple(sorted(messages, key=message_order))

    def __len__(self) -> int:
        """Return how many mails it holds."""
        return len(self._messages)

    def count_mails(self) -> int:
        """Return how many mails it holds, as its length is."""
        return len(self)

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does."""
        return iter(self.messages())

    def __repr__(self) -> str:
        return safe_text(f"<MailList {self.tip}, {count_things(len(self), 'mail')}>")

    def _repr_html_(self) -> str:
        """Return a card: how many mails it holds, of which kinds."""
        from kvminbox.cards.corpora import show_corpus  # only a notebook asks

        return show_corpus(self, "list of mails", self._messages)

    def map(
        self,
        function: Callable[[AnyMessage], R],
        *,
        jobs: int = 1,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[R]:
        """Yield what a function returns for each mail, as `Window.map` does.

        The mails are in memory already, so the function is called here for any number of jobs,
        and there is no problem with any.

        Raises:
            kvminbox.errors.UsageError: there are no jobs, or there is no such policy.
        """
        check_jobs(jobs)
        if on_problem is not None:
            check_policy(on_problem)
        check_called(function)
        return map(function, self.messages(progress=progress))

    def problems(self) -> Iterator[Problem]:
        """Yield nothing: whatever bytes a mail has, it can be read."""
        return iter(())

    def messages(
        self, *, on_problem: OnProblem | None = None, progress: Progress | None = None
    ) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first.

        Args:
            on_problem: as for a window; there is no problem with any mail that is held.
            progress: called with how many are done, and of how many.
        """
        if on_problem is not None:
            check_policy(on_problem)
        for done, message in enumerate(self._messages):
            if progress:
                progress(done, len(self))
            yield message
        if progress:
            progress(len(self), len(self))


def read_mbox(path: str | os.PathLike[str], *, urls: Mapping[str, str] | None = None) -> MailList:
    """Return the mails of an mbox file, or of a maildir, as a corpus.

    An mbox may be compressed with gzip, like lore's `t.mbox.gz`; `>From ` lines are read as in
    an mboxrd. In a maildir `cur` and `new` are read, without flags. The mails are in no
    archive: their `entry` is None. So no index takes them, because an index keeps commits of
    archives.

    Args:
        path: the file or directory; `~` is your home.
        urls: where lists show their mails, as in `Inbox.open`.

    Raises:
        kvminbox.errors.UsageError: a list's address is no such address.
        kvminbox.errors.MailFileError: it can't be read, or is no mbox and no maildir.
    """
    from kvminbox.patches import read_message  # which an index seldom needs

    known = check_urls(urls)
    place = expand_home(path)
    try:
        if place.is_dir():
            raw = list(_read_maildir(place))
        else:
            with place.open("rb") as file:
                raw = list(_read_file(file, place))
    except (OSError, EOFError, zlib.error) as error:
        what = f"can't be read ({getattr(error, 'strerror', None) or error})"
        raise MailFileError(what, str(place), "give an mbox file or a maildir") from None
    mails = (place_message(read_message(one), known) for one in raw)
    return MailList(mails, name=place.name)


def _read_maildir(folder: Path) -> Iterator[bytes]:
    boxes = [folder / name for name in ("cur", "new") if (folder / name).is_dir()]
    if not boxes:
        what, cure = (
            "not a maildir: it has no `cur` and no `new`",
            "give the directory of a maildir",
        )
        raise MailFileError(what, str(folder), cure)
    for box in boxes:
        for file in sorted(box.iterdir()):
            if file.is_file() and not file.name.startswith("."):
                yield file.read_bytes()


def _read_file(file: IO[bytes], path: Path) -> Iterator[bytes]:
    is_packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    lines: Iterable[bytes] = file
    if is_packed:
        from gzip import GzipFile

        lines = GzipFile(fileobj=file)
    try:
        yield from split_mbox(lines)
    except ValueError as error:
        what, cure = f"not an mbox: {error}", "pass the bytes of a single mail to read_message"
        raise MailFileError(what, str(path), cure) from None
