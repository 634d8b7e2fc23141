"""A corpus that is read once and asked often: by the sections of a report."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from kvminbox.analysis.by_date import count_later
from kvminbox.analysis.kept_follow_ups import KeptFollowUps
from kvminbox.analysis.kept_groups import KeptGroups
from kvminbox.analysis.result import MessageRef
from kvminbox.analysis.row_lists import RowLists
from kvminbox.dates import name_window
from kvminbox.inbox import MailCorpus
from kvminbox.inbox.keeping import Keeper, MailMark, find_keeper, mark_mails
from kvminbox.mail import read_given_id
from kvminbox.models import (
    AnyMessage,
    Chain,
    Corpus,
    FollowUp,
    LeftOut,
    Progress,
    Series,
    SeriesComparison,
    SeriesReview,
    Thread,
    find_left_out,
)
from kvminbox.models.corpus import (
    check_corpus,
    check_series,
    find_list_ends,
    find_silent_lists,
    list_series,
    was_sent_in,
)
from kvminbox.order import index_by_id
from kvminbox.review import Committers
from kvminbox.review.answers import AnswerIndex
from kvminbox.review.applying import read_committers
from kvminbox.review.noticed import NoticeIndex
from kvminbox.review.review import review_answered
from kvminbox.safe import safe_text
from kvminbox.upstream import Code, LandingIndex, find_landings
from kvminbox.versions.compare import SeriesComparer
from kvminbox.words import count_things

T = TypeVar("T")


class Snapshot(MailCorpus):
    """A corpus whose mails are held in memory, and whose groups are made once.

    It takes about three times the size of the mails: 685 MB for the 21,367 mails of
    206 MB. Groups are made when first asked for. Mails that the archive receives
    later are not in it.

    Attributes:
        base: where the corpus begins, as its caller wrote it.
        tip: where it ends, as its caller wrote it.
        left_out: what the corpus left out.
        lists: the List-Ids of the inboxes that its mails are from, where the corpus has several,
            and when the last of each arrived.
        is_by_date: whether its mails were chosen by Date, as `SentWindow` does.
        silent_lists: the List-Ids of those that have no mail in it.
        later: how many mails were sent in its time and arrived after it; 0 without an index.
    """

    def __init__(self, corpus: Corpus, *, progress: Progress | None = None) -> None:
        check_corpus(corpus)
        self.base: str = corpus.base
        self.tip: str = corpus.tip
        mark = mark_mails(corpus)
        self._messages = tuple(corpus.messages(progress=progress))
        # several inboxes may have got mails while they were read
        self._mark = mark if mark == mark_mails(corpus) else None
        self.left_out: LeftOut = find_left_out(corpus)
        self.lists: Mapping[str, datetime | None] = find_list_ends(corpus)
        self.is_by_date: bool = was_sent_in(corpus)
        self.silent_lists: tuple[str, ...] = find_silent_lists(corpus)
        self.later: int = count_later(corpus)
        self._keeper: Keeper | None = find_keeper(corpus)
        self._kept = KeptGroups(self._keeper, self._messages)
        self._landings: dict[Code, LandingIndex] = {}
        self._comparer = SeriesComparer()
        self._compared: dict[tuple[int, int], tuple[Series, Series, SeriesComparison]] = {}

    @classmethod
    def of(cls, corpus: Corpus, *, progress: Progress | None = None) -> Snapshot:
        """Return the corpus itself if it is a snapshot, else a snapshot of it."""
        if not isinstance(corpus, Snapshot):
            return cls(corpus, progress=progress)
        if progress:
            progress(0, 0)
        return corpus

    def __len__(self) -> int:
        """Return how many mails it holds."""
        return len(self._messages)

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does."""
        return iter(self.messages())

    def __repr__(self) -> str:
        return safe_text(
            f"<Snapshot of {name_window(self.base, self.tip)},"
            f" {count_things(len(self), 'message')}{self.left_out.note}>"
        )

    def _repr_html_(self) -> str:
        """Return a card: how many mails it holds, of which kinds."""
        from kvminbox.cards.corpora import show_corpus  # only a notebook asks

        return show_corpus(self, "snapshot", self._messages)

    def _mark_mails(self) -> MailMark | None:
        """Return which mails it has; None where its corpus can't tell."""
        return self._mark

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield every mail, oldest first."""
        return _iterate(self._messages, progress)

    def threads(self, *, progress: Progress | None = None) -> Iterator[Thread]:
        """Yield the threads, by their first message."""
        return _iterate(self._threads, progress)

    def chains(self, *, progress: Progress | None = None) -> Iterator[Chain]:
        """Yield the chains of revisions that the series form, oldest first."""
        return _iterate(self._chains, progress)

    def series(self, *, progress: Progress | None = None) -> Iterator[Series]:
        """Yield the series, by their first mail, each with its older and newer revision."""
        return _iterate(self._series, progress)

    @cached_property
    def row_lists(self) -> RowLists:
        """Of which list its mails are, and until when each goes."""
        return RowLists(self._messages, self.lists)

    @property
    def grouped(self) -> tuple[Series, ...] | None:
        """The series, where they have been asked for; None where they would have to be grouped."""
        return self._listed if "_chains" in vars(self) else None

    def reviews(self, tree: Code | None = None) -> Iterator[tuple[Series, SeriesReview]]:
        """Yield each series with what became of it, chain by chain.

        Args:
            tree: where to look for what landed; without one, `landed` of a review is None.
        """
        landings = self.landings(tree) if tree is not None else None
        for one, review in self._reviews:
            landed = landings.of_series(one) if landings else None
            yield one, review.model_copy(update={"landed": landed}) if landed else review

    def follow_ups(self, series: Iterable[Series] | None = None) -> Iterator[FollowUp]:
        """Yield what became of each remark of a reviewer; see `kvminbox.remarks.follow_up`.

        Args:
            series: some of its series, whose remarks alone are looked for; None for all.

        Raises:
            kvminbox.errors.UsageError: what is given for a series is none, such as a chain.
        """
        return self._follow_ups.find(None if series is None else list_series(series))

    def compare(self, old: Series, new: Series) -> SeriesComparison:
        """Return what is new in a version, as `compare_series`; the same two are compared once."""
        check_series(old)
        check_series(new)
        key = id(old), id(new)
        if key not in self._compared:
            # with the two, so that no others get their ids
            self._compared[key] = old, new, self._comparer.compare(old, new)
        return self._compared[key][2]

    @cached_property
    def committers(self) -> Committers:
        """Who commits what others send, as far as the mails tell."""
        return read_committers(self._listed, self._answers)

    @cached_property
    def notices(self) -> NoticeIndex:
        """The notices of programs that patches were put into trees or taken out."""
        return NoticeIndex.of(self._messages, self._listed)

    def landings(self, tree: Code) -> LandingIndex:
        """Return what landed of its mails in a tree; it is looked for once."""
        if tree not in self._landings:
            self._landings[tree] = LandingIndex(find_landings(self, tree))
        return self._landings[tree]

    def find_message(self, ref: MessageRef) -> AnyMessage | None:
        """Return the message that a result refers to; None if this corpus does not hold it."""
        return self._by_ref.get((ref.epoch, ref.commit, ref.message_id))

    def get(self, message_id: str) -> AnyMessage | None:
        """Return the mail with a Message-ID; None if this corpus holds none.

        As in `Index.get`, it may be written as people have it, and of several mails that have it
        this is the first that was received.

        >>> from kvminbox import Inbox
        >>> from kvminbox.sample import make_sample
        >>> snapshot = Snapshot(Inbox.open(make_sample()).between(None))
        >>> _, review = max(snapshot.reviews(), key=lambda pair: len(pair[1].tags))
        >>> snapshot.get(review.first_reply.message_id).sender.name
        'Ewa Lis'
        """
        return self._by_id.get(read_given_id(message_id))

    @cached_property
    def _by_id(self) -> dict[str, AnyMessage]:
        return index_by_id(self._messages)

    @cached_property
    def _threads(self) -> tuple[Thread, ...]:
        return tuple(super().threads())

    @cached_property
    def _chains(self) -> tuple[Chain, ...]:
        return self._kept.chains(lambda: tuple(super(Snapshot, self).chains()))

    @cached_property
    def _series(self) -> tuple[Series, ...]:
        return tuple(super().series())

    @cached_property
    def _listed(self) -> tuple[Series, ...]:
        return tuple(one for chain in self._chains for one in chain.series)

    @cached_property
    def _reviews(self) -> tuple[tuple[Series, SeriesReview], ...]:
        made = self._kept.reviews(self._review_all, self._listed)
        return tuple(zip(self._listed, made, strict=True))

    def _review_all(self) -> tuple[SeriesReview, ...]:
        lists = self.row_lists
        found = review_answered(
            self._listed,
            self._answers,
            end=lambda one: lists.find_end(one.messages),
            committers=self.committers,
            notices=self.notices,
        )
        return tuple(found)

    @cached_property
    def _follow_ups(self) -> KeptFollowUps:
        return KeptFollowUps(self._keeper, self._chains, self._answers, self.compare)

    @cached_property
    def _answers(self) -> AnswerIndex:
        return AnswerIndex(self._messages, self._listed)

    @cached_property
    def _by_ref(self) -> dict[tuple[int | None, str | None, str | None], AnyMessage]:
        found: dict[tuple[int | None, str | None, str | None], AnyMessage] = {}
        for message in self._messages:
            entry = message.entry
            key = entry.epoch if entry else None, entry.commit if entry else None
            found.setdefault((*key, message.message_id), message)
        return found


def _iterate(values: tuple[T, ...], progress: Progress | None) -> Iterator[T]:
    for done, value in enumerate(values):
        if progress:
            progress(done, len(values))
        yield value
    if progress:
        progress(len(values), len(values))
