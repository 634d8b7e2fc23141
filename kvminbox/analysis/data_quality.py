"""What is odd in the data that all other numbers are made of."""

from collections.abc import Iterator
from typing import Final

from kvminbox.analysis.ranking import Ranking, Tally, make_ranking
from kvminbox.models import DEFECT_CODES, Corpus, Message
from kvminbox.models.corpus import check_corpus
from kvminbox.order import drop_copies

MAX_DELAY: Final = 86_400
"""Seconds between Date and arrival, above which a Date counts as odd."""

FINDINGS: Final[dict[str, str]] = {
    "message-id-reused": "another mail in the period has the same Message-ID",
    "archived-again": "a copy of a mail that is already here; elsewhere the two count as one",
    "date-far-from-arrival": "Date and arrival are more than a day apart",
    "series-incomplete": "a series lacks patches that its mails say it has",
    "series-cut": "a series lacks patches or its cover letter, which may be outside the period",
}
"""What is found besides the defects in `kvminbox.models.DEFECT_CODES`."""


def compute_data_quality(corpus: Corpus) -> Ranking:
    """Count the mails with each kind of defect, and what only several mails show.

    A series is represented by its first mail. A mail with several oddities counts
    for each; most are harmless.
    """
    check_corpus(corpus)
    tally = Tally()
    for code, message in _find(corpus):
        tally.add(code, message)
    notes = DEFECT_CODES | FINDINGS
    return make_ranking(
        tally,
        title="Data quality",
        counted="mails with oddities",
        things="kinds of oddities",
        top=len(notes),
        notes=notes,
    )


def _find(corpus: Corpus) -> Iterator[tuple[str, Message]]:
    by_id: dict[str, list[Message]] = {}
    for message in corpus.messages():
        yield from ((code, message) for code in _find_in_mail(message))
        if message.message_id:
            by_id.setdefault(message.message_id, []).append(message)
    for messages in by_id.values():
        different = drop_copies(messages) if len(messages) > 1 else messages
        if len(different) > 1:
            yield from (("message-id-reused", message) for message in different)
        known = set(map(id, different))
        yield from (("archived-again", one) for one in messages if id(one) not in known)
    for series in corpus.series():
        if series.cut or series.missing:
            yield "series-cut" if series.cut else "series-incomplete", series.messages[0]


def _find_in_mail(message: Message) -> list[str]:
    """Return what is odd in a mail, whatever other mails hold."""
    codes: list[str] = list(dict.fromkeys(defect.code for defect in message.defects))
    arrived = message.entry.arrived if message.entry else None
    if arrived and message.date and abs((arrived - message.date).total_seconds()) > MAX_DELAY:
        codes.append("date-far-from-arrival")
    return codes
