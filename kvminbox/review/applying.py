"""What the answers to series say was applied, and who says so of what others sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from kvminbox.dates import write_day
from kvminbox.models import Address, Applied, AppliedForm, Message, Series, SuggestedPatch
from kvminbox.models.corpus import check_several, list_series
from kvminbox.review.answers import COVER, Answer, AnswerIndex
from kvminbox.review.applied import AppliedText, Author, Share, read_applied
from kvminbox.review.claim import People
from kvminbox.review.commented import is_notice
from kvminbox.review.committers import Committers, find_named
from kvminbox.review.grammar import compile_words
from kvminbox.review.inferred import plans_to_apply
from kvminbox.review.later_version import find_of_next
from kvminbox.review.own_text import own_lines
from kvminbox.review.part import tell_part
from kvminbox.review.phrases import may_claim
from kvminbox.review.program_words import answers_as_program, takes_nothing
from kvminbox.review.selection import parse_selection
from kvminbox.review.tags import is_other
from kvminbox.review.taking_back import read_taken_back
from kvminbox.review.trust import Teller, is_trusted

_SOON: Final = timedelta(days=1)
# `Re: (subset) [PATCH 00/12] x`, as b4 writes it
_SUBSET: Final = compile_words(r"^(?:re: *)*\(subset\)")
_THE_PATCH: Final = compile_words("(?:the|that) (?:patch|one|fix)")
# a line that is no more than a link to a commit
_COMMIT_LINK: Final = compile_words(
    r" *(?:[-*•] |\[\d{1,2}\]:? )?<?https?://\S+(?:/commits?/|/c/"
    r"|[?&;]id=)([0-9a-f]{7,40})/?>? *"
)
_SEVERAL: Final = compile_words("(?:these|them|all|both)?")
_ONE: Final = compile_words(r"(?:the|this) (?:\w+ )?(?:patch|one|commit)")


def find_committers(series: Iterable[Series], messages: Iterable[Message]) -> Committers:
    """Find who commits what others send, as far as these mails tell.

    Somebody commits who says, in three mails, of series by others that he applied them; a
    program's mail that names him, and his pull requests, count, too.

    Args:
        series: the series of a corpus, or of a part of it.
        messages: the mails of it, in any order.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for several.
    """
    listed = list_series(series)
    check_several(messages, "mails")
    return read_committers(listed, AnswerIndex(messages, listed))


def read_committers(series: Sequence[Series], index: AnswerIndex) -> Committers:
    """Find who commits, from the answers to these series; see `find_committers`."""
    found = Committers()
    for message in index.messages:
        if message.kind == "pull_request":
            found.add(message.sender, pulls=1)
    for place, one in enumerate(series):
        titles = _all_titles(one)
        for answer in index.answers.get(place, []):
            if answer.message.kind == "bot":
                for person in find_named(answer.lines):
                    found.add(person, named=1)
            elif is_other(answer.message.sender, one.sender):
                text = read_applied(
                    answer.said, revision=one.revision, people=_people(one), titles=titles
                )
                if text is not None and text.by_sender:
                    patches = text.find_patches(_titles(one), _answered(one, answer))
                    found.add(answer.message.sender, said=1, patches=len(patches))
    return found


def list_applied(
    series: Series,
    answers: Sequence[Answer],
    committers: Committers,
    told: Sequence[Answer] = (),
) -> tuple[tuple[Applied, ...], tuple[str, ...]]:
    """Return which answers to a series say that it was applied, or some of its patches.

    What its sender took back later is left out; the words by which are returned with it.

    Args:
        series: the series; `next` tells that it was sent again.
        answers: the answers to it, oldest first.
        committers: who is known to commit, whose doubtful words are believed, too.
        told: answers to the previous version that tell of this one.
    """
    titles = _titles(series)
    found: list[_Told] = []
    claimers: set[str] = set()
    of_next = set(map(id, find_of_next(series, answers)))
    moved = [replace(one, number=COVER) for one in told]
    listed = [*(one for one in answers if id(one) not in of_next), *moved]
    mails = {one.message_id for one in (*series.messages, *(one.message for one in listed))}
    for answer in listed:
        message = answer.message
        text, because = _read(series, answer, committers, mails)
        is_of_more = text is not None and text.names_more(max((series.total, *titles)))
        if text is not None and not is_of_more and text.is_about([series.title, *titles.values()]):
            form = _find_form(series, answer, text, committers)
            if form == "free" and not is_trusted(text, _tell_of(series, answer, committers)):
                continue
            people = _claimers(answer, text.somebody)
            for share in _infer(answer, text, _divide(series, answer, text), found):
                applied = Applied(
                    message_id=message.message_id,
                    by=message.sender,
                    date=message.date,
                    commits=text.commits,
                    patches=share.patches,
                    tree=share.tree,
                    evidence=share.evidence + because,
                    form=form,
                )
                found.append(_Told(answer, applied, people, text))
            claimers |= people
        elif claimers and not claimers.isdisjoint(keys := _person_keys(message.sender)):
            found.append(_Told(answer, None, keys))
    return _leave_out_taken_back(series, _read_by_lists(series, found))


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer that says that patches were applied, or a later one that may take that back."""

    answer: Answer
    applied: Applied | None
    people: frozenset[str]
    """By whose deed, each by the address and by names."""

    text: AppliedText | None = None
    """What it says, if it says so."""


def _read_by_lists(series: Series, found: list[_Told]) -> list[_Told]:
    """Return what was told, where `I've applied the patches` means those of a list of one's own.

    b4 lists those that its user applied, each as `[n/m]`, and `(subset)` is in the subject where
    these are not all. What he says of the series within a day of it, and tells no patches apart,
    is about these.
    """
    lists = [one for one in found if _is_subset(one, series)]
    return [_read_by_list(series, one, lists) for one in found] if lists else found


def _is_subset(one: _Told, series: Series) -> bool:
    """Whether a mail lists patches that were applied, as `[n/m]`, and these are not all."""
    if one.applied is None or one.text is None or not one.text.listed:
        return False
    count = len(series.numbers)
    is_part = 0 < len(one.applied.patches) < count
    return is_part and all(total == count for _, total, _ in one.text.listed)


def _read_by_list(series: Series, one: _Told, lists: list[_Told]) -> _Told:
    """Return what a mail tells; where that is loosely all, the patches of its sender's lists."""
    if one.applied is None or one.text is None or not one.text.is_loose:
        return one
    if frozenset(one.applied.patches) != frozenset(series.numbers):
        return one
    sender, date = one.answer.message.sender, one.applied.date
    patches = {
        number
        for other in lists
        if other.applied is not None
        and not is_other(other.applied.by, sender)
        and other.applied.date is not None
        and date is not None
        and abs(other.applied.date - date) <= _SOON
        for number in other.applied.patches
    }
    if not patches:
        return one
    return replace(one, applied=one.applied.model_copy(update={"patches": tuple(sorted(patches))}))


def _leave_out_taken_back(
    series: Series, found: list[_Told]
) -> tuple[tuple[Applied, ...], tuple[str, ...]]:
    """Return what was said and not taken back, with what later mails took back.

    Args:
        series: the series.
        found: its answers, oldest first: those that say that patches were applied, with that,
            and others by who said so before.
    """
    kept: list[Applied] = []
    told: list[str] = []
    gone: dict[str, frozenset[int]] = {}
    said: dict[str, frozenset[int]] = {}  # by whom, and, under the mail's id, in which mail
    for one in found:
        if one.applied is not None:
            patches = one.applied.patches or series.numbers
            keys = {*one.people, f"mail {one.applied.message_id}"}
            said |= {key: said.get(key, frozenset()).union(patches) for key in keys}
    for one in reversed(found):
        if one.applied is not None:
            taken = frozenset[int]().union(*(gone.get(key, ()) for key in one.people))
            if left := _without(one.applied, taken, series.numbers):
                kept.append(left)
            continue
        if numbers := _find_taken_back(series, one, said, told):
            gone |= {key: gone.get(key, frozenset()).union(numbers) for key in one.people}
    return tuple(reversed(kept)), tuple(reversed(told))


def _find_taken_back(
    series: Series, one: _Told, claims: Mapping[str, frozenset[int]], told: list[str]
) -> frozenset[int]:
    """Return the numbers of the patches that a mail takes back, and add its words to `told`.

    Args:
        series: the series.
        one: the mail.
        claims: the patches that were said to be applied, before or later, by whom or in which mail.
        told: what is told of all that was taken back.
    """
    answer = one.answer
    message = answer.message
    above = answer.answered
    answers_own = above is not None and not is_other(above.sender, message.sender)
    taken = read_taken_back(answer.lines, answers_own=answers_own)
    if taken is None:
        return frozenset()
    if taken.is_of_mail:
        named, keys = "all", {f"mail {above.message_id}"} if above is not None else set[str]()
    else:
        named, keys = "all" if taken.is_all else taken.named or "this", {*one.people}
    said = frozenset[int]().union(*(claims.get(key, ()) for key in keys))
    selection = parse_selection(named)
    answered = _answered(series, answer)
    numbers = said & selection.choose(_titles(series), answered)
    if answered == COVER and len(numbers) > 1 and _ONE.fullmatch(taken.named):
        # `I have to drop the patch again`, and it is not told which
        return frozenset()
    if numbers:
        sent = f" on {write_day(message.date)}" if message.date else ""
        part = tell_part(numbers, series.numbers) or "it"
        deed = "were" if part.startswith("patches") else "was"
        name = message.sender.name_or_email
        told.append(f"{name} took back{sent} that {part} {deed} applied: {taken.evidence}")
    return numbers


def _without(applied: Applied, gone: frozenset[int], numbers: Collection[int]) -> Applied | None:
    """Return what a mail says without the patches that were taken back; None if none is left."""
    if not gone:
        return applied
    if not applied.patches:  # it is not known which
        return None if gone.issuperset(numbers) else applied
    left = tuple(number for number in applied.patches if number not in gone)
    if len(left) == len(applied.patches):
        return applied
    return applied.model_copy(update={"patches": left}) if left else None


def _claimers(answer: Answer, somebody: str) -> frozenset[str]:
    """Return whose deed is told: the sender's, or that of whom a program or the sender names."""
    people = [answer.message.sender]
    if answer.message.kind == "bot":
        people += find_named(answer.lines)
    named = [f"named {somebody.casefold()}"] if somebody else []
    keys = (key for person in people for key in (person.key, person.name.casefold()))
    return frozenset(filter(None, [*keys, *named]))


def _person_keys(person: Address) -> frozenset[str]:
    """Return by what a person is known within one series: `named ewa`, too, as others tell."""
    name = person.name.casefold()
    named = [f"named {one}" for one in (name, name.partition(" ")[0]) if one]
    return frozenset(filter(None, [person.key, name, *named]))


def _read(
    series: Series, answer: Answer, committers: Committers, mails: Collection[str | None]
) -> tuple[AppliedText | None, str]:
    """Read an answer; return with it why doubtful words were believed."""
    if not answer.said.may_claim or takes_nothing(answer.message):
        return None, ""
    sender = answer.message.sender
    named = replace(_people(series), has_program=answers_as_program(answer.message))
    author = None
    if not is_other(sender, series.sender):
        is_approved = not answer.is_direct and _is_approved(answer)
        author = Author(
            answers_patch=answer.is_direct or is_approved,
            thanks_doer=_answers_doer(series, answer),
            sends_again=series.next is not None,
        )
    shows_patch = isinstance(answer.message, SuggestedPatch)
    revision = series.revision
    read = partial(
        read_applied,
        answer.said,
        revision=revision,
        shows_patch=shows_patch,
        has_mail=mails.__contains__,
        titles=_all_titles(series),
    )
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


def _find_form(
    series: Series, answer: Answer, text: AppliedText, committers: Committers
) -> AppliedForm:
    """Return in which form a mail says it; an author's usual words are doubtful.

    He says `Applied, thanks!` of a reviewer's wish, too, unless he commits what others send.
    """
    message = answer.message
    if is_notice(message):
        return "notice"
    if text.listed:
        return "list"
    commits = committers.find(message.sender) is not None
    if not commits and not is_other(message.sender, series.sender):
        return "free"
    # where a reply to patch 3 is answered, `the patch` may be another one, of which they talk
    named = [one for one in text.claims if _THE_PATCH.fullmatch(one.named)]
    if not answer.is_direct and named:
        # anybody says `The patch has been merged`, of his own one, too
        is_anybodys = not commits and any(
            one.subject == "patches" and not one.tree for one in named
        )
        if len(series.patches) > 1 or is_anybodys:
            return "free"
    return text.find_form(commits=commits)


def _tell_of(series: Series, answer: Answer, committers: Committers) -> Teller:
    """Return who tells it, and in answer to what."""
    sender = answer.message.sender
    is_author = not is_other(sender, series.sender)
    return Teller(
        commits=committers.find(sender) is not None,
        is_author=is_author,
        is_direct=answer.is_direct,
        is_approved=is_author and not answer.is_direct and _is_approved(answer),
        is_alone=len(series.patches) == 1 and series.total == 1,
        knows=committers.knows,
    )


def _divide(series: Series, answer: Answer, text: AppliedText) -> tuple[Share, ...]:
    """Return the numbers that are meant by tree; of a pull request `both` counts no patches."""
    answered = _answered(series, answer)
    titles = _titles(series) if text.listed else _all_titles(series)
    found = _keep_here(text.divide(titles, answered), series)
    if len(found) == 1 and _has_link_for_each(series, answer, text):
        found = (replace(found[0], patches=series.numbers),)
    if not text.listed and _SUBSET.search(answer.message.subject.raw):
        found = tuple(_doubt_whole(one, series) for one in found)
    counts = text.parts and all(one.selection.count > 0 for one in text.parts)
    is_none = not any(one.patches for one in found)
    if is_none and counts and answered == COVER and answer.message.subject.is_pull:
        return tuple(replace(one, patches=series.numbers) for one in found)
    return found


def _infer(
    answer: Answer, text: AppliedText, shares: tuple[Share, ...], found: Sequence[_Told]
) -> tuple[Share, ...]:
    """Return shares; of thanks, those patches of which the mail tells that they answer.

    Where no patch would be left of which it was not said that it was not applied, none is.

    Args:
        answer: the mail.
        text: what it says.
        shares: what went to which tree by its words.
        found: what was found in mails before it.
    """
    if not text.is_inferred:
        return shares
    if not text.is_thanks:
        return tuple(one for one in shares if one.patches)
    heard = [one.applied for one in found if one.answer.message is answer.answered and one.applied]
    told = {number for one in heard for number in one.patches}
    if not heard:
        return shares
    return tuple(replace(one, patches=tuple(sorted(told))) for one in shares)


def _has_link_for_each(series: Series, answer: Answer, text: AppliedText) -> bool:
    """Whether `Applied:` in answer to one patch has links below it to as many commits as patches.

    Each patch of the series is here, and nothing is said of one patch alone.
    """
    count = len(series.numbers)
    is_told = all(_SEVERAL.fullmatch(one.named) and not one.dropped for one in text.claims)
    if text.listed or count < 2 or count != series.total or not is_told:
        return False
    links = {match[1] for line in answer.lines if (match := _COMMIT_LINK.fullmatch(line))}
    is_whole = all(one.is_loose and not one.selection.excepted for one in text.parts)
    return len(links) == count and is_whole


def _doubt_whole(share: Share, series: Series) -> Share:
    """Return a share, of which it is not known which patches it has where that would be all."""
    is_whole = len(series.numbers) > 1 and len(share.patches) == len(series.numbers)
    return replace(share, patches=()) if is_whole else share


def _keep_here(shares: tuple[Share, ...], series: Series) -> tuple[Share, ...]:
    """Return what went to which tree of the patches that are here; if none did, one share."""
    here = [
        replace(one, patches=tuple(number for number in one.patches if number in series.numbers))
        for one in shares
    ]
    return tuple(one for one in here if one.patches) or tuple(here[:1])


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


def _all_titles(series: Series) -> dict[int, str]:
    """Return the titles of all patches of a series, empty ones of those that are not here.

    Of a series of nine of which one is here, `the above patches` are no more than the titles above.
    """
    return dict.fromkeys(series.missing, "") | _titles(series)


def _answers_doer(series: Series, answer: Answer) -> bool:
    """Whether an author's thanks are for what was done: he answers another, who plans nothing."""
    above = answer.answered
    if above is None or not is_other(above.sender, series.sender):
        return False
    return not plans_to_apply("\n".join(own_lines(above)))


def _is_approved(answer: Answer) -> bool:
    """Whether an author's answer to a reviewer's tag may say that it was applied.

    Below `Acked-by: …`, the author's `Applied` is no wish that was heard.
    """
    return may_claim("\n".join(answer.lines)) and answer.answers_approval
