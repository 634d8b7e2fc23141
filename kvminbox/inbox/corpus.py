"""What follows from the mails of a corpus, the same for every source of messages."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kvminbox.lazy import refuse_name
from kvminbox.models import AnyMessage, Message, Patch, Progress
from kvminbox.order import message_order

if TYPE_CHECKING:  # a search, which groups nothing, starts faster
    from kvminbox.models import Chain, Series, Thread


def _keep_superseding(messages: Iterator[Message], kept: list[Message]) -> Iterator[Message]:
    """Yield messages, and keep the answers that may say what a series supersedes."""
    from kvminbox.versions.mentions import may_supersede  # as below

    for message in messages:
        if message.subject.is_reply and may_supersede(message):
            kept.append(message)
        yield message


class MailCorpus:
    """The base of every Corpus here: everything else follows from its messages."""

    if not TYPE_CHECKING:  # else any name would pass for an attribute

        def __getattr__(self, name: str) -> object:
            return refuse_name(self, name)

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first."""
        raise NotImplementedError

    def count_mails(self) -> int:
        """Return how many mails it has. They are read for that where nothing else tells."""
        return sum(1 for _ in self.messages())

    def patches(self, *, progress: Progress | None = None) -> Iterator[Patch]:
        """Yield the mails that are patches, oldest first."""
        for message in self.messages(progress=progress):
            if isinstance(message, Patch):
                yield message

    def threads(self, *, progress: Progress | None = None) -> Iterator[Thread]:
        """Yield the threads, by their first message.

        All mails are held until they are grouped.
        """
        from kvminbox.threads import group_threads  # a search, which has none, starts faster

        yield from group_threads(self.messages(progress=progress))

    def chains(self, *, progress: Progress | None = None) -> Iterator[Chain]:
        """Yield the chains of revisions that the series form, oldest first.

        All mails but replies are held until they are grouped, and of replies those that
        may say what a series supersedes; of all others what they answer.
        """
        from kvminbox.series import group_series  # likewise
        from kvminbox.versions.chains import link_placed
        from kvminbox.versions.facts import Facts
        from kvminbox.versions.later import Above

        replies: list[Message] = []
        above = Above()
        mails = above.read(self.messages(progress=progress))
        known = list(map(Facts, group_series(_keep_superseding(mails, replies))))
        above.place(known)
        yield from link_placed(known, replies=replies)

    def series(self, *, progress: Progress | None = None) -> Iterator[Series]:
        """Yield the series, by their first mail, each with its older and newer revision."""
        found = [series for chain in self.chains(progress=progress) for series in chain.series]
        yield from sorted(found, key=lambda series: message_order(series.messages[0]))
