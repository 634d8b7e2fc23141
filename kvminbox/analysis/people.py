"""Who writes patches, reviews, tests and answers: people, domains and programs by their mails."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from kvminbox.analysis.ranking import TOP, Ranking, Tally, count_lines, make_ranking
from kvminbox.models import (
    Address,
    Corpus,
    CoverLetter,
    Message,
    Patch,
    SuggestedPatch,
)
from kvminbox.models.corpus import check_corpus
from kvminbox.order import each_once
from kvminbox.review import parse_reply_trailers

Who = Callable[[Address, datetime | None], str]
"""Returns the name under which an address counts at the time of its mail: a person, an
employer. An address with an empty name is left out."""

REVIEW_TAGS: Final = frozenset({"Reviewed-by", "Acked-by"})
"""The tags that make their giver a reviewer here."""

TEST_TAGS: Final = frozenset({"Tested-by"})
"""The tag that makes its giver a tester here."""

_SUBMITTED: Final = "patches and cover letters"


def compute_authors(corpus: Corpus, *, who: Who | None = None, top: int = TOP) -> Ranking:
    """Rank the authors of patches and cover letters, with the lines that their patches change.

    The author is the in-body From, else the sender. Without `who` each
    address, in lower case, is one author: a person with two addresses is two.
    """
    check_corpus(corpus)
    tally = Tally()
    for message in _submissions(corpus):
        _add_person(tally, message.author, message, who, count_lines(message))
    return make_ranking(tally, title="Authors", counted=_SUBMITTED, top=top)


def compute_domains(corpus: Corpus, *, who: Who | None = None, top: int = TOP) -> Ranking:
    """Rank the authors' mail domains, or with `who` their employers."""
    check_corpus(corpus)
    tally = Tally()
    for message in _submissions(corpus):
        author = message.author
        text = who(author, message.date) if who else author.domain
        if text:
            tally.add(text, message, lines=count_lines(message))
    title = "Employers" if who else "Domains"
    return make_ranking(tally, title=title, counted=_SUBMITTED, top=top)


def compute_reviewers(corpus: Corpus, *, who: Who | None = None, top: int = TOP) -> Ranking:
    """Rank those who gave Reviewed-by or Acked-by, by the mails in which they did.

    Every reply with such a tag counts once, whatever it answers and however many
    patches the tag is for. Mails from programs, tags given in somebody else's
    name, and tags in the patches themselves do not count.
    """
    return _rank_tags(corpus, REVIEW_TAGS, "Reviewers", who, top)


def compute_testers(corpus: Corpus, *, who: Who | None = None, top: int = TOP) -> Ranking:
    """Rank those who gave Tested-by, by the mails in which they did, as in `compute_reviewers`."""
    return _rank_tags(corpus, TEST_TAGS, "Testers", who, top)


def compute_repliers(corpus: Corpus, *, who: Who | None = None, top: int = TOP) -> Ranking:
    """Rank those who reply, by their replies to anything, including their own patches."""
    check_corpus(corpus)
    tally = Tally()
    for message in each_once(corpus.messages()):
        if is_reply(message):
            _add_person(tally, message.sender, message, who)
    return make_ranking(tally, title="Repliers", counted="replies", top=top)


def compute_bots(corpus: Corpus, *, top: int = TOP) -> Ranking:
    """Rank the bots that write to the list, as far as they are known."""
    check_corpus(corpus)
    tally = Tally()
    for message in each_once(corpus.messages()):
        if message.kind == "bot":
            _add_person(tally, message.sender, message, None)
    return make_ranking(tally, title="Bots", counted="bot mails", top=top)


def is_reply(message: Message) -> bool:
    """Whether a mail is a person's reply, with or without a diff in it."""
    if isinstance(message, SuggestedPatch):
        return message.kind == "reply_with_patch"
    return message.kind == "reply"


def _submissions(corpus: Corpus) -> Iterator[Patch | CoverLetter]:
    return (mail for mail in each_once(corpus.messages()) if isinstance(mail, Patch | CoverLetter))


def _rank_tags(
    corpus: Corpus, names: frozenset[str], title: str, who: Who | None, top: int
) -> Ranking:
    check_corpus(corpus)
    tally = Tally()
    for message in each_once(corpus.messages()):
        if is_reply(message):
            for person in _find_givers(message, names):
                _add_person(tally, person, message, who)
    return make_ranking(tally, title=title, counted="mails with a tag", top=top)


def _find_givers(message: Message, names: frozenset[str]) -> Iterable[Address]:
    """Return the people who give such a tag in a mail in their own name, each once."""
    people = {
        trailer.address.email.lower(): trailer.address
        for trailer in parse_reply_trailers(message)
        if trailer.standing == "given"
        and trailer.name in names
        and trailer.address
        and trailer.self_attested is not False
    }
    return people.values()


def _add_person(
    tally: Tally,
    person: Address,
    message: Message,
    who: Who | None,
    lines: tuple[int, int] | None = None,
) -> None:
    if who is not None:
        text, key = who(person, message.date), ""
    else:
        text, key = person.mailbox if person.name else person.email, person.key
    if text:
        tally.add(text, message, key=key, lines=lines)
