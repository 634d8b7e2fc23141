"""What grouping reads of a mail's texts, which is kept where the texts themselves are not.

A list mail is ten kilobytes, mostly quotes and diffs. Of one in five something is kept here,
a kilobyte at most mostly; series, chains and reviews of mails with a gist are the same as
those of the mails with their texts.
"""

from typing import Final

from kvminbox.models import AnyMessage, Gist, Patch, Series, Submission
from kvminbox.review.answers import is_answer
from kvminbox.review.applied import read_applied
from kvminbox.review.own_text import own_lines
from kvminbox.review.phrases import People
from kvminbox.review.reply_trailers import read_trailers
from kvminbox.series.revision import MAX_CHANGELOG, may_state_changes
from kvminbox.versions.facts import find_backport
from kvminbox.versions.mentions import (
    MAX_TEXT,
    find_mentions,
    find_said_revisions,
    find_superseded,
    find_told,
)


def make_gist(message: AnyMessage) -> Gist:
    """Return what grouping reads of a mail's texts."""
    return message.gist or Gist(
        own=_keep_own(message), body=_keep_body(message), notes=_keep_notes(message)
    )


def _keep_own(message: AnyMessage) -> str | None:
    """Return the lines that its sender wrote, if they give tags, or say that patches were applied.

    Nobody reads a submission for these, which would be its own.
    """
    if isinstance(message, Submission) and not is_answer(message):
        return None
    lines = own_lines(message)
    says = read_trailers(lines, message.sender) or read_applied(lines, people=_ANYBODY)
    return "\n".join(lines) if says else ""


def _is_anybody(name: str) -> bool:
    del name
    return True


# who commits, and who sent a series, is known when all mails have been read
_ANYBODY: Final = People(knows=_is_anybody, owns=_is_anybody)


def _keep_body(message: AnyMessage) -> str:
    """Return the part of a body that is read, if it names other revisions."""
    if find_superseded([message]):
        return message.body[:MAX_TEXT]
    if message.subject.is_reply:
        return ""
    if not isinstance(message, Patch):  # any other may be a cover letter
        if may_state_changes(message):
            return message.body[:MAX_CHANGELOG]
        if _names_others(Series.model_construct(cover=message)):
            return message.body[:MAX_TEXT]
    return find_backport(message)


def _keep_notes(message: AnyMessage) -> str:
    """Return a patch's notes, if they name other revisions."""
    if not isinstance(message, Patch):
        return ""
    alone = Series.model_construct(patches=(message,))
    return message.notes[:MAX_TEXT] if _names_others(alone) else ""


def _names_others(alone: Series) -> bool:
    return bool(find_mentions(alone) or find_said_revisions(alone) or find_told(alone))
