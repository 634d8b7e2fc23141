"""What grouping reads of a mail's texts, which is kept where the texts themselves are not.

A list mail is ten kilobytes, mostly quotes and diffs. Of one in five something is kept here,
a kilobyte at most mostly; series, chains and reviews of mails with a gist are the same as
those of the mails with their texts, but for refusals below other replies: whether these answer a
proposal is told by quotes, which are not kept.
"""

from typing import NamedTuple

from kvminbox.models import AnyMessage, CoverLetter, Gist, Patch, ReplyTrailer, Submission
from kvminbox.review.answers import has_approval, is_answer
from kvminbox.review.applied import read_applied
from kvminbox.review.claim import People
from kvminbox.review.inferred import plans_to_apply
from kvminbox.review.later_version import names_version
from kvminbox.review.listed_titles import drop_titles
from kvminbox.review.naks import find_nak, find_taken_back
from kvminbox.review.notices import pack_notice
from kvminbox.review.own_text import own_lines_and_titles
from kvminbox.review.program_words import answers_as_program
from kvminbox.review.releases import MAX_TEXT as MAX_RELEASE
from kvminbox.review.releases import find_release_name
from kvminbox.review.reply_trailers import read_trailers
from kvminbox.review.taking_back import read_taken_back
from kvminbox.review.withdrawn import find_withdrawal
from kvminbox.series.group import MAX_SHORTLOG
from kvminbox.series.revision import MAX_CHANGELOG, may_state_changes
from kvminbox.versions.facts import TO_PULL
from kvminbox.versions.mentions import (
    MAX_TEXT,
    find_superseded,
    heads_changes,
    may_supersede,
    names_others,
)
from kvminbox.versions.stable import find_backport


class ReadGist(NamedTuple):
    """A gist, and the trailers that were found where it was made."""

    gist: Gist
    trailers: tuple[ReplyTrailer, ...]
    """Those in the lines that the sender wrote, given or not; none where nobody looked."""

    own: list[str] | None
    """These lines; None where nobody looked."""


def make_gist(message: AnyMessage) -> Gist:
    """Return what grouping reads of a mail's texts."""
    return message.gist or read_gist(message).gist


def read_gist(message: AnyMessage) -> ReadGist:
    """Read what grouping reads of a mail's texts from the texts themselves."""
    body, notes = _keep_body(message), _keep_notes(message) or pack_notice(message)
    if isinstance(message, Submission) and not is_answer(message):
        return ReadGist(Gist(None, body, notes), (), None)  # nobody reads it for its own tags
    told = own_lines_and_titles(message)
    lines = drop_titles(told)
    trailers = read_trailers(lines, message.sender)
    says = (
        trailers
        or read_applied(lines, people=_list_people(message), commits=True, by_anybody=True)
        or has_approval(lines)
        or read_taken_back(lines, answers_own=True)
        or names_version(lines)
        or find_nak(lines)
        or find_taken_back(lines)
        or find_withdrawal(lines, is_direct=True)
        or plans_to_apply("\n".join(lines))  # below it, an author's thanks are early
    )
    return ReadGist(Gist("\n".join(told) if says else "", body, notes), trailers, lines)


def _is_anybody(name: str) -> bool:
    del name
    return True


def _list_people(message: AnyMessage) -> People:
    """Return anybody: who commits, and who sent a series, is known when all mails are read."""
    return People(_is_anybody, _is_anybody, has_program=answers_as_program(message))


def _keep_body(message: AnyMessage) -> str:
    """Return what is read of a body; of a cover letter also whether it asks to pull."""
    kept = _keep_part(message)
    if isinstance(message, CoverLetter) and TO_PULL in message.body and TO_PULL not in kept:
        return f"{kept}\n{TO_PULL}" if kept else TO_PULL
    return kept


def _keep_part(message: AnyMessage) -> str:
    """Return the part of a body that is read, if it names other revisions, or alone the patches."""
    if isinstance(message, CoverLetter) and not message.title:
        return message.body[: max(MAX_CHANGELOG, MAX_SHORTLOG, MAX_TEXT)]
    if may_supersede(message) and find_superseded([message]):
        return message.body[:MAX_TEXT]
    if message.subject.is_reply:
        return ""
    if not isinstance(message, Patch):  # any other may be a cover letter
        if find_release_name(message):
            return message.body[:MAX_RELEASE]
        if may_state_changes(message):
            return message.body[:MAX_CHANGELOG]
        if _names_others(message, message.body):
            return message.body[:MAX_TEXT]
    return find_backport(message)


def _keep_notes(message: AnyMessage) -> str:
    """Return a patch's notes, if they name other revisions."""
    if not isinstance(message, Patch) or not _names_others(message, message.notes):
        return ""
    return message.notes[:MAX_TEXT]


def _names_others(message: AnyMessage, text: str) -> bool:
    """Whether a text names other revisions, be it only what changed in one not in the subject."""
    if names_others(text):
        return True
    return not message.subject.revision_stated and heads_changes(text)
