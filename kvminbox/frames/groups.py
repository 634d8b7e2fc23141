"""The mails of a corpus, grouped: its series with their reviews and the links between them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from kvminbox.frames.columns import mail_key
from kvminbox.frames.slim import Slimmer
from kvminbox.inbox import MailCorpus
from kvminbox.models import (
    AnyMessage,
    Chain,
    Message,
    Progress,
    Series,
    SeriesRef,
    SeriesReview,
    VersionLink,
    VersionRelation,
)
from kvminbox.order import drop_copies, message_order
from kvminbox.review import review_all


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series with its review, its key, and the keys of the series that it is linked to."""

    series: Series
    review: SeriesReview
    key: str
    chain: str
    previous: str | None
    next: str | None
    relation: VersionRelation | None


def series_key(series: Series) -> str:
    """Return a text that is unique among the series of a corpus: the key of its first mail."""
    return mail_key(series.messages[0])


class Groups(MailCorpus):
    """The mails of a corpus without their texts, and their groups, made when first asked for."""

    def __init__(self, messages: Iterable[AnyMessage] = ()) -> None:
        self._slimmer = Slimmer()
        self.mails: list[AnyMessage] = []
        for message in messages:
            self.add(message)

    def add(self, message: AnyMessage) -> None:
        """Add a mail; must be called before any group is asked for."""
        self.mails.append(self._slimmer.slim(message))

    def add_slim(self, message: AnyMessage) -> None:
        """Add a mail that was made slim elsewhere, likewise."""
        self.mails.append(self._slimmer.share(message))

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield the mails, in the order in which they were added."""
        del progress  # they have been read already
        return iter(self.mails)

    @cached_property
    def distinct(self) -> list[Message]:
        """The mails without those that were archived again."""
        return drop_copies(self.mails)

    @cached_property
    def rows(self) -> tuple[SeriesRow, ...]:
        """The series, by their first mail."""
        chains = ((one, JoinedChain.of(one)) for one in self.chains())
        found = [(series, joined) for chain, joined in chains for series in chain.series]
        found.sort(key=lambda pair: message_order(pair[0].messages[0]))
        reviews = review_all([series for series, _ in found], self.mails)
        return tuple(
            chain.make_row(series, review)
            for (series, chain), review in zip(found, reviews, strict=True)
        )

    def set_rows(self, rows: Iterable[SeriesRow]) -> None:
        """Take the series from elsewhere, where these mails are a part of a corpus."""
        vars(self)["rows"] = tuple(rows)

    @cached_property
    def series_of(self) -> dict[str, SeriesRow]:
        """The series that holds each patch and cover letter, by the mail's key."""
        return {
            mail_key(mail): row
            for row in self.rows
            for mail in (*row.series.messages, *row.series.duplicates)
        }

    @cached_property
    def by_id(self) -> dict[str, Message | None]:
        """The mail with each Message-ID; None if several mails have it."""
        found: dict[str, Message | None] = {}
        for mail in self.distinct:
            for identity in filter(None, (mail.message_id, *mail.other_message_ids)):
                found[identity] = None if identity in found else mail
        return found


class JoinedChain:
    """A chain with the keys of its series and how each follows another, looked up once."""

    def __init__(
        self, named: Sequence[tuple[SeriesRef, str]], links: Sequence[VersionLink]
    ) -> None:
        """Look up a chain.

        Args:
            named: the name and the key of each of its series, oldest first.
            links: how they follow each other.
        """
        self.key = named[0][1]
        self.keys = dict(named)
        self.relations = {link.newer: link.relation for link in reversed(links)}

    @classmethod
    def of(cls, chain: Chain) -> Self:
        """Look up a chain of whole series."""
        return cls([(one.ref, series_key(one)) for one in chain.series], chain.links)

    def make_row(self, series: Series, review: SeriesReview) -> SeriesRow:
        """Return the row of one of its series."""
        return SeriesRow(
            series=series,
            review=review,
            key=series_key(series),
            chain=self.key,
            previous=self.keys[series.previous] if series.previous else None,
            next=self.keys[series.next] if series.next else None,
            relation=self.relations.get(series.ref),
        )
