"""Which series a program's finding is about: by what it answers, names, or calls it."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kvminbox.findings.read import parse_finding
from kvminbox.findings.zero_day import is_of_whole_tree
from kvminbox.models import Corpus, Finding, Message, Progress, Series
from kvminbox.models.corpus import check_corpus
from kvminbox.order import message_order, sent_time
from kvminbox.review.answers import UNKNOWN, AnswerIndex
from kvminbox.series import group_series
from kvminbox.subject import parse_subject

MIN_TITLE: Final = 12
"""Characters of a title that may be enough to know a patch by."""


class _Place(NamedTuple):
    series: Series
    patch: int | None
    reason: str


def find_findings(corpus: Corpus, *, progress: Progress | None = None) -> Iterator[Finding]:
    """Yield what bots' mails say, oldest first, each with the series that it is about.

    The series is that of the mail that it answers; else of the patch whose Message-ID it
    names; else that of the newest patch before it with the very title of the patch or the
    commit that was tested or blamed, which is a guess that `evidence` tells. The last commit
    of a tree that was tested as a whole tells nothing. All mails are held.
    """
    check_corpus(corpus)
    messages = list(corpus.messages(progress=progress))
    found = [(mail, one) for mail in messages if (one := parse_finding(mail)) is not None]
    if not found:
        return
    places = _Places(messages, group_series(messages))
    for mail, finding in sorted(found, key=lambda pair: message_order(pair[0])):
        place = places.find(mail, finding)
        if place is None:
            yield finding
        else:
            evidence = (*finding.evidence, place.reason)
            named = {"series": place.series.ref, "patch": place.patch, "evidence": evidence}
            yield finding.model_copy(update=named)


class _Places:
    """The patches and cover letters of a corpus, by what a finding may call them."""

    def __init__(self, messages: Sequence[Message], series: Sequence[Series]) -> None:
        self._series = list(series)
        self._index = AnswerIndex(messages, self._series)
        self._ids: dict[str, tuple[Series, int]] = {}
        self._titles: dict[str, list[tuple[float, int, Series, int]]] = {}
        for one in self._series:
            self._add(one)
        for listed in self._titles.values():
            listed.sort(key=lambda entry: entry[:2])

    def _add(self, series: Series) -> None:
        mails = [(0, series.cover)] if series.cover else []
        mails += [(series.number_of(mail), mail) for mail in (*series.patches, *series.duplicates)]
        for number, mail in mails:
            if mail.message_id:
                self._ids.setdefault(mail.message_id, (series, number))
            key = _key(mail.subject.title)
            if len(key) >= MIN_TITLE:
                entry = sent_time(mail), series.revision, series, number
                self._titles.setdefault(key, []).append(entry)

    def find(self, mail: Message, finding: Finding) -> _Place | None:
        """Return the series that a finding is about, and why."""
        if (place := self._index.find_place(mail)) is not None:
            number = None if place.number == UNKNOWN else place.number
            return _Place(self._series[place.series], number, "it answers a mail of the series")
        if known := self._ids.get(finding.patch_link):
            return _Place(*known, "it names the patch by its Message-ID")
        blamed = finding.commit_title if _blames(finding) else ""
        for name, title in (("patch", finding.patch_title), ("commit", blamed)):
            if title and (found := self._find_title(title, sent_time(mail))):
                return _Place(*found, f"the {name}'s title is that of the newest patch before it")
        return None

    def _find_title(self, title: str, moment: float) -> tuple[Series, int] | None:
        subject = parse_subject(title)
        listed = self._titles.get(_key(subject.title), ())
        before = [entry for entry in listed if entry[0] <= moment]
        if subject.revision_stated:
            before = [entry for entry in before if entry[1] == subject.revision]
        return before[-1][2:] if before else None


def _blames(finding: Finding) -> bool:
    """Whether the commit is what a finding is about, and not the last one of a tree."""
    if finding.kind == "bisection":
        return True
    return finding.program == "0-day" and not is_of_whole_tree(finding.summary)


def _key(title: str) -> str:
    return " ".join(title.lower().split())
