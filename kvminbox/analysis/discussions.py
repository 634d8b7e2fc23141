"""What was discussed most: threads by number of replies."""

from datetime import datetime

from kvminbox.analysis.people import is_reply
from kvminbox.analysis.ranking import TOP, check_top
from kvminbox.analysis.result import Figure, MessageRef, Result, make_ref, make_refs
from kvminbox.analysis.row_lists import RowLists
from kvminbox.models import Corpus, Model, Thread
from kvminbox.models.corpus import check_corpus, find_list_ends


class Discussion(Model):
    """A thread that was talked in."""

    title: str
    """The subject of its first message here, without its prefix."""

    revision: int
    """The `vN` in the prefix of that subject; 1 if it has none."""

    minor_revision: int | None = None
    """The minor number of a revision such as `v5.5`."""

    is_rfc: bool = False
    """Whether that prefix marks it as an RFC."""

    replies: int
    """Its replies here, those of programs not among them."""

    people: int
    """How many people sent these, told apart by address, else by name."""

    last: datetime | None
    """When the last one was sent, as claimed."""

    lists: tuple[str, ...] = ()
    """The names of the lists that it went to, where the corpus has several; empty for one."""

    first: MessageRef
    """Its first message here, which may be a reply to one that is not."""

    messages: tuple[MessageRef, ...]
    """The replies, in reading order."""


class Discussions(Result):
    """The result of `compute_discussions`.

    A thread that began before the corpus is one of its later mails here.
    """

    top: int = TOP
    """How many rows a layout is to show."""

    rows: tuple[Discussion, ...] = ()
    """Every thread with a reply, the most talked of first."""


def compute_discussions(corpus: Corpus, *, top: int = TOP) -> Discussions:
    """Rank threads by their replies in the corpus."""
    check_corpus(corpus)
    threads = list(corpus.threads())
    lists = RowLists((), find_list_ends(corpus))  # which it knows when its mails were read
    found = [_count_replies(thread, lists) for thread in threads]
    rows = sorted((one for one in found if one is not None), key=_most_discussed)
    figures = (
        Figure(label="threads with replies", count=len(rows)),
        Figure(label="replies", count=sum(row.replies for row in rows)),
        Figure(label="threads without replies", count=len(found) - len(rows)),
    )
    return Discussions(
        title="Most discussed", top=check_top(top), rows=tuple(rows), figures=figures
    )


def _most_discussed(row: Discussion) -> tuple[int, int, str, str]:
    first = row.messages[0]
    return -row.replies, -row.people, row.title, first.message_id or first.commit or ""


def _count_replies(thread: Thread, lists: RowLists) -> Discussion | None:
    """Return how much was talked in a thread; None if nobody replied."""
    replies = [message for message in thread.messages if is_reply(message)]
    if not replies:
        return None
    dates = [message.date for message in replies if message.date]
    first = thread.messages[0]
    return Discussion(
        title=first.subject.title or first.subject.raw,
        revision=first.subject.revision,
        minor_revision=first.subject.minor_revision,
        is_rfc=first.subject.is_rfc,
        first=make_ref(first),
        replies=len(replies),
        people=len({message.sender.key for message in replies}),
        last=max(dates, default=None),
        lists=lists.name(thread.messages) if replies else (),
        messages=make_refs(replies),
    )
