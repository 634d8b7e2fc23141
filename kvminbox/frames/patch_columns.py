"""The columns of the table `patches`: one row for each patch."""

from typing import Final

from kvminbox.frames.columns import (
    FLAG,
    INTEGER,
    TEXT,
    TEXTS,
    Column,
    date_columns,
    person_columns,
    place_columns,
)
from kvminbox.models import Message, Patch


def list_patch(message: Message) -> tuple[Patch, ...]:
    """Return a mail where it is a patch."""
    return (message,) if isinstance(message, Patch) else ()


def _itself(patch: Patch) -> Patch:
    return patch


PATCH_COLUMNS: Final[tuple[Column[Patch], ...]] = (
    *place_columns(_itself),
    Column("message_id", TEXT, lambda patch: patch.message_id, "The mail's Message-ID."),
    *date_columns(lambda patch: patch.date, "the patch"),
    Column("title", TEXT, lambda patch: patch.title,
           "The change's title: the in-body Subject's, else the subject's."),
    *person_columns("author", lambda patch: patch.author, "the author of the change"),
    Column("author_source", TEXT, lambda patch: patch.author_source,
           "Where the author was found: `in-body`, else as `sender_source` of `messages`."),
    Column("sender_email", TEXT, lambda patch: patch.sender.email,
           "The address of the sender, who may be somebody else."),
    Column("revision", INTEGER, lambda patch: patch.subject.revision,
           "The `N` of `vN`; 1 if none is stated."),
    Column("counter", INTEGER, lambda patch: patch.subject.counter,
           "The `n` of `n/m`; 1 if none is stated."),
    Column("total", INTEGER, lambda patch: patch.subject.total,
           "The `m` of `n/m`; 1 if none is stated. Not how many patches exist."),
    Column("counter_stated", FLAG, lambda patch: patch.subject.counter_stated,
           "Whether the subject states `n/m`."),
    Column("is_rfc", FLAG, lambda patch: patch.subject.is_rfc, "Whether it is marked RFC."),
    Column("is_resend", FLAG, lambda patch: patch.subject.is_resend,
           "Whether it is marked RESEND."),
    Column("trees", TEXTS, lambda patch: patch.subject.trees,
           "The trees and subsystems in the subject's brackets."),
    Column("commit_message", TEXT, lambda patch: patch.commit_message,
           "The text below the title, trailers included, as `git am` would record it."),
    Column("notes", TEXT, lambda patch: patch.notes, "The text below the `---`."),
    Column("files", INTEGER, lambda patch: len(patch.diffstat.files),
           "How many files it changes; the table `files` has them."),
    Column("insertions", INTEGER, lambda patch: patch.diffstat.insertions,
           "Added lines, counted from the diff."),
    Column("deletions", INTEGER, lambda patch: patch.diffstat.deletions,
           "Removed lines, counted from the diff."),
    Column("damaged", FLAG, lambda patch: patch.diffstat.damaged,
           "Whether the counts of any file are unreliable."),
    Column("patch_id", TEXT, Patch.patch_id,
           "What `git patch-id --stable` gives for the diff: equal for the same change."),
    Column("base_commit", TEXT, lambda patch: patch.base_commit,
           "The `base-commit:` that the mail states."),
    Column("change_id", TEXT, lambda patch: patch.change_id,
           "The `change-id:` that b4 writes."),
    Column("defects", TEXTS, lambda patch: [defect.code for defect in patch.defects],
           "The codes of the mail's defects."),
)  # fmt: skip
"""The columns, one row for each patch."""
