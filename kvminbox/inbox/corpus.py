"""What follows from the mails of a corpus, the same for every source of messages."""

from collections.abc import Iterator

from kvminbox.models import AnyMessage, Chain, Message, Patch, Progress, Series, Thread
from kvminbox.order import message_order
from kvminbox.series import group_series
from kvminbox.threads import group_threads


def _keep_superseding(messages: Iterator[Message], kept: list[Message]) -> Iterator[Message]:
    """Yield messages, and keep the answers that may say what a series supersedes."""
    from kvminbox.versions.mentions import may_supersede  # as below

    for message in messages:
        if message.subject.is_reply and may_supersede(message):
            kept.append(message)
        yield message


class MailCorpus:
    """The base of every Corpus here: everything else follows from its messages."""

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first."""
        raise NotImplementedError

    def patches(self, *, progress: Progress | None = None) -> Iterator[Patch]:
        """Yield the mails that are patches, oldest first."""
        for message in self.messages(progress=progress):
            if isinstance(message, Patch):
                yield message

    def threads(self, *, progress: Progress | None = None) -> Iterator[Thread]:
        """Yield the threads, by their first message.

        All mails are held until they are grouped.
        """
        yield from group_threads(self.messages(progress=progress))

    def chains(self, *, progress: Progress | None = None) -> Iterator[Chain]:
        """Yield the chains of revisions that the series form, oldest first.

        All mails but replies are held until they are grouped, and of replies those that
        may say what a series supersedes.
        """
        from kvminbox.versions import link_series  # a search, which has no chains, starts faster

        replies: list[Message] = []
        series = group_series(_keep_superseding(self.messages(progress=progress), replies))
        yield from link_series(series, replies=replies)

    def series(self, *, progress: Progress | None = None) -> Iterator[Series]:
        """Yield the series, by their first mail, each with its older and newer revision."""
        found = [series for chain in self.chains(progress=progress) for series in chain.series]
        yield from sorted(found, key=lambda series: message_order(series.messages[0]))
