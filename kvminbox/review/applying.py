"""What the answers to series say was applied, and who says so of what others sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kvminbox.models import Applied, Message, Series, SuggestedPatch
from kvminbox.review.answers import COVER, Answer, AnswerIndex
from kvminbox.review.applied import AppliedText, Author, read_applied
from kvminbox.review.claim import People
from kvminbox.review.committers import Committers, find_named
from kvminbox.review.phrases import may_claim
from kvminbox.review.tags import is_other


def find_committers(series: Iterable[Series], messages: Iterable[Message]) -> Committers:
    """Find who commits what others send, as far as these mails tell.

    Somebody commits who says, in three mails, of series by others that he applied them; a
    program's mail that names him, and his pull requests, count, too.

    Args:
        series: the series of a corpus, or of a part of it.
        messages: the mails of it, in any order.
    """
    listed = list(series)
    return read_committers(listed, AnswerIndex(messages, listed))


def read_committers(series: Sequence[Series], index: AnswerIndex) -> Committers:
    """Find who commits, from the answers to these series; see `find_committers`."""
    found = Committers()
    for message in index.messages:
        if message.kind == "pull_request":
            found.add(message.sender, pulls=1)
    for place, one in enumerate(series):
        for answer in index.answers.get(place, []):
            if answer.message.kind == "bot":
                for person in find_named(answer.lines):
                    found.add(person, named=1)
            elif is_other(answer.message.sender, one.sender):
                text = read_applied(answer.said, revision=one.revision, people=_people(one))
                if text is not None and text.by_sender:
                    patches = text.find_patches(_titles(one), _answered(one, answer))
                    found.add(answer.message.sender, said=1, patches=len(patches))
    return found


def list_applied(
    series: Series, answers: Iterable[Answer], committers: Committers
) -> tuple[Applied, ...]:
    """Return which answers to a series say that it was applied, or some of its patches.

    Args:
        series: the series; `next` tells that it was sent again.
        answers: the answers to it.
        committers: who is known to commit, whose doubtful words are believed, too.
    """
    titles = _titles(series)
    found = []
    for answer in answers:
        message = answer.message
        text, because = _read(series, answer, committers)
        if text is not None and text.is_about([series.title, *titles.values()]):
            found.append(
                Applied(
                    message_id=message.message_id,
                    by=message.sender,
                    date=message.date,
                    commits=text.commits,
                    patches=_find_patches(series, answer, text),
                    tree=text.tree,
                    evidence=text.evidence + because,
                )
            )
    return tuple(found)


def _read(series: Series, answer: Answer, committers: Committers) -> tuple[AppliedText | None, str]:
    """Read an answer; return with it why doubtful words were believed."""
    if not answer.said.may_claim:
        return None, ""
    sender = answer.message.sender
    named = _people(series)
    author = None
    if not is_other(sender, series.sender):
        is_approved = not answer.is_direct and _is_approved(answer)
        author = Author(
            answers_patch=answer.is_direct or is_approved, sends_again=series.next is not None
        )
    shows_patch = isinstance(answer.message, SuggestedPatch)
    revision = series.revision
    read = partial(read_applied, answer.said, revision=revision, shows_patch=shows_patch)
    text = read(author=author, people=named)
    if text is not None:
        return text, ""
    known = committers.find(sender)
    if known is not None:
        # the wish of a reviewer that an author heard would be sent again
        sure = replace(author, commits=True) if author is not None else None
        text = read(author=sure, people=named, commits=True)
        if text is not None:
            return text, f" – said by {sender.name_or_email}, {known.evidence}"
    text = read(author=author, people=replace(named, knows=committers.knows))
    return (text, committers.explain(text.somebody)) if text else (None, "")


def _find_patches(series: Series, answer: Answer, text: AppliedText) -> tuple[int, ...]:
    """Return the numbers that are meant; of a pull request `both` counts no patches."""
    answered = _answered(series, answer)
    found = text.find_patches(_titles(series), answered)
    counts = text.selections and all(one.count > 0 for one in text.selections)
    if not found and counts and answered == COVER and answer.message.subject.is_pull:
        return series.numbers
    return found


def _answered(series: Series, answer: Answer) -> int:
    """Return the number that an answer is about; 0 for the whole series.

    A maintainer who pulls a series with a reply to its first patch, and writes the cover
    letter's subject above it, `Re: [PATCH 0/3] …`, means them all.
    """
    subject = answer.message.subject
    cover = series.cover.subject if series.cover else None
    names_cover = cover is not None and subject.counter_stated and subject.counter == COVER
    is_same = cover is not None and (subject.title, subject.total) == (cover.title, cover.total)
    return COVER if names_cover and is_same else answer.number


@dataclass(frozen=True, slots=True)
class _Named:
    """Whether a name is that of somebody; equal for one person."""

    whole: str
    first: str

    def __call__(self, name: str) -> bool:
        return name in {self.whole, self.first}


def _people(series: Series) -> People:
    name = series.sender.name
    return People(owns=_Named(name, name.partition(" ")[0]))


def _titles(series: Series) -> dict[int, str]:
    return {
        number: patch.title for number, patch in zip(series.numbers, series.patches, strict=True)
    }


def _is_approved(answer: Answer) -> bool:
    """Whether an author's answer to a reviewer's tag may say that it was applied.

    Below `Acked-by: …`, the author's `Applied` is no wish that was heard.
    """
    return may_claim("\n".join(answer.lines)) and answer.answers_approval
