"""A corpus whose mails other processes read."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.keeping import find_keeper
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.models import AnyMessage, Corpus, LeftOut, Progress, find_left_out
from kvminbox.models.corpus import check_corpus, find_list_ends, find_silent_lists
from kvminbox.workers import check_jobs


class _ReadInJobs(MailCorpus):
    """A corpus whose messages come from processes; all else follows from them here."""

    def __init__(self, corpus: ReadCorpus, jobs: int) -> None:
        self.base: str = getattr(corpus, "base", "")
        self.tip: str = getattr(corpus, "tip", "")
        self._corpus = corpus
        self._jobs = jobs

    def __repr__(self) -> str:
        return repr(self._corpus)

    @property
    def left_out(self) -> LeftOut:
        """What the corpus left out."""
        return find_left_out(self._corpus)

    @property
    def lists(self) -> Mapping[str, datetime | None]:
        """The List-Ids of the inboxes that its mails are from, and their ends."""
        return find_list_ends(self._corpus)

    @property
    def silent_lists(self) -> tuple[str, ...]:
        """The List-Ids of the inboxes that have no mail in it."""
        return find_silent_lists(self._corpus)

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first."""
        return self._corpus.map(_same, jobs=self._jobs, progress=progress)


def read_in_jobs(corpus: Corpus, jobs: int) -> Corpus:
    """Return a corpus with the same mails, which are read in so many processes.

    For one job, for a corpus that is in memory already, and for one of an index it is the corpus
    itself. Whole mails come back from the processes, which takes three tenths of the time of
    reading them, but ten times that of beginning them with the facts that an index has.
    `ReadCorpus.map` sends only results.
    """
    check_corpus(corpus)
    if check_jobs(jobs) == 1 or not isinstance(corpus, ReadCorpus) or find_keeper(corpus):
        return corpus
    return _ReadInJobs(corpus, jobs)


def _same(message: AnyMessage) -> AnyMessage:
    return message
