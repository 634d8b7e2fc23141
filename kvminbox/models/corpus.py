"""What every analysis and report works on: a part of an archive."""

from __future__ import annotations  # models that a short command does not import

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Final, Protocol

from kvminbox.errors import UsageError
from kvminbox.models.base import Model
from kvminbox.models.entry import LeftOut
from kvminbox.words import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from kvminbox.models.message import AnyMessage, Patch
    from kvminbox.models.series import Series
    from kvminbox.models.thread import Thread
    from kvminbox.models.versions import Chain


_AS_OF_WINDOW: Final = "give a list of them, as a window's messages() and series() do"


class Progress(Protocol):
    """A callback that is called as a long run goes on; the library itself shows nothing."""

    def __call__(self, done: int, total: int, /) -> None:
        """Take how many commits are done, and how many there are.

        Both are 0 where nothing is read: there are none, or they were read before.
        """


class Corpus(Protocol):
    """A part of an archive, read live or from an index.

    Each iterator is lazy and oldest first, and each call starts a new one.
    """

    @property
    def base(self) -> str:
        """Where it begins, as the caller wrote it."""

    @property
    def tip(self) -> str:
        """Where it ends, as the caller wrote it."""

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield every mail."""

    def patches(self, *, progress: Progress | None = None) -> Iterator[Patch]:
        """Yield the mails that are patches."""

    def threads(self, *, progress: Progress | None = None) -> Iterator[Thread]:
        """Yield the threads, ordered by their first message."""

    def series(self, *, progress: Progress | None = None) -> Iterator[Series]:
        """Yield the series, ordered by their first mail, each with its older and newer revision."""

    def chains(self, *, progress: Progress | None = None) -> Iterator[Chain]:
        """Yield the chains of revisions that the series form."""


def check_corpus(given: Corpus) -> None:
    """Make sure that a corpus is given, before a run begins that would fail at its first mail.

    Raises:
        UsageError: it is something else, such as a path; the error says how to make a corpus of it.
    """
    found: object = given
    is_inbox = hasattr(found, "between") and not hasattr(found, "series")
    if callable(getattr(found, "messages", None)) and not is_inbox:
        return
    cure = "give a window, an index, a search or a snapshot"
    if isinstance(found, str | PathLike):
        cure = "open it first: Inbox.open(PATH).between(None), or Index.open(PATH)"
    elif is_inbox:
        cure = "choose a window of it: between(None) has all its mails"
    elif isinstance(found, list | tuple):
        cure = "make a corpus of the mails: kvminbox.inbox.MailList(mails)"
    raise UsageError(
        f"expected a corpus, not this {type(found).__name__}", shorten(repr(found)), cure
    )


def check_several(given: object, what: str, cure: str = _AS_OF_WINDOW) -> None:
    """Make sure that several things are given, where a text would be taken letter by letter.

    Raises:
        UsageError: it is a text, a path, or a single thing.
    """
    if _is_single(given):
        found = f"expected {what}, not this {type(given).__name__}"
        raise UsageError(found, shorten(repr(given)), cure)


def list_texts(given: Iterable[str], what: str) -> tuple[str, ...]:
    """Return several texts, and make sure that they are: one would be taken letter by letter.

    Raises:
        UsageError: it is a text, a path, or a single thing, or one of them is no text.
    """
    if _is_single(given):
        cure = f"give a list: [{given!r}]" if isinstance(given, str) else "give a list of texts"
        found = f"expected {what}, not this {type(given).__name__}"
        raise UsageError(found, shorten(repr(given)), shorten(cure))
    texts = tuple(given)
    for one in texts:
        if not isinstance(one, str):
            found = f"expected {what} as texts, not this {type(one).__name__}"
            raise UsageError(found, shorten(repr(one)), "give a list of texts")
    return texts


def _is_single(given: object) -> bool:
    """Whether something is one thing; a model is, though pydantic iterates over its fields."""
    return isinstance(given, str | bytes | PathLike | Model) or not hasattr(given, "__iter__")


def check_series(given: object) -> None:
    """Make sure that a series is given.

    Raises:
        UsageError: it is something else; the error says where there are series.
    """
    from kvminbox.models.series import Series  # a search, which has none, starts faster
    from kvminbox.models.versions import Chain

    if isinstance(given, Series):
        return
    cure = "give one of a window's series()"
    if isinstance(given, Chain):
        cure = "give one of its series, such as chain.series[-1]"
    elif given is None:
        cure = "index.series_of(patch) gives one, and index.chain_of(patch) its other versions"
    elif isinstance(given, str):
        cure = "an index has the series of a Message-ID: index.series_of(MESSAGE_ID)"
    what = f"expected a series, not this {type(given).__name__}"
    raise UsageError(what, shorten(repr(given)), cure)


def list_series(given: Iterable[Series]) -> list[Series]:
    """Return several series, and make sure that they are: a chain has some, and is none.

    Raises:
        UsageError: it is a text or a single thing, or one of them is no series.
    """
    check_several(given, "series")
    listed = list(given)
    for one in listed:
        check_series(one)
    return listed


def check_function(given: object, name: str, cure: str) -> None:
    """Make sure that an argument is a function or None.

    Raises:
        UsageError: it is neither; `cure` says where there are such functions.
    """
    if given is not None and not callable(given):
        what = f"{name} must be a function, not this {type(given).__name__}"
        raise UsageError(what, shorten(repr(given)), cure)


def find_lists(source: object) -> tuple[str, ...]:
    """Return the List-Ids of the inboxes whose mails a corpus has; empty if only its mails tell.

    They are in an attribute `lists`, which a corpus of several inboxes has.
    """
    return tuple(find_list_ends(source))


def find_list_ends(source: object) -> Mapping[str, datetime | None]:
    """Return the same with the time at which the last mail of each inbox arrived."""
    found = getattr(source, "lists", {})
    return found if isinstance(found, Mapping) else {}


def find_silent_lists(source: object) -> tuple[str, ...]:
    """Return the List-Ids of the inboxes of a corpus that have no mail in it.

    They are in an attribute `silent_lists`, which a part of a corpus of several inboxes has.
    """
    found: tuple[str, ...] = getattr(source, "silent_lists", ())
    return found


def was_sent_in(source: object) -> bool:
    """Whether the mails of a corpus are those with a Date in its time, or a result says so.

    It is in an attribute `is_by_date`, which a `SentWindow` has.
    """
    found: bool = getattr(source, "is_by_date", False)
    return found


def find_left_out(source: object) -> LeftOut:
    """Return what a corpus has left out, once its mails were read, or what a result lacks.

    It is in an attribute `left_out`; where there is none, nothing is known to be left out.
    """
    found = getattr(source, "left_out", None)
    return found if isinstance(found, LeftOut) else LeftOut()
