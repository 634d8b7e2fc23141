"""The columns of the table `decisions`: which mails apply, refuse or withdraw patches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kvminbox.frames.columns import INTEGERS, TEXT, TEXTS, Column, date_columns, person_columns
from kvminbox.frames.groups import Groups
from kvminbox.models import Applied, Refusal, Withdrawal


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A mail that decides on patches of a series."""

    key: str
    kind: str
    found: Applied | Refusal | Withdrawal


def list_decisions(groups: Groups) -> Iterator[DecisionRow]:
    """Yield what mails decided on each series: what was applied, refused, and withdrawn."""
    for row in groups.rows:
        for kind, decisions in (
            ("applied", row.review.applied),
            ("refused", row.review.refusals),
            ("withdrawn", row.review.withdrawals),
        ):
            for found in decisions:
                yield DecisionRow(row.key, kind, found)


def _form(row: DecisionRow) -> str | None:
    if isinstance(row.found, Refusal):
        return "tag" if row.found.is_tag else "words"
    return row.found.form if isinstance(row.found, Applied) else None


# the place of the mail is not told: a program's notice may be anywhere in the archive, and who
# groups a part of a dataset knows what it says, but not where it is
DECISION_COLUMNS: Final[tuple[Column[DecisionRow], ...]] = (
    Column("series", TEXT, lambda row: row.key, "The key of the series."),
    Column("kind", TEXT, lambda row: row.kind,
           "What the mail says of the patches: `applied`; `refused`, by somebody else than who "
               "sent them; or `withdrawn`, by who sent or wrote them."),
    Column("patches", INTEGERS, lambda row: row.found.patches,
           "The numbers of the patches that it is for, as in `members`; empty if it is not known "
               "which."),
    *person_columns("by", lambda row: row.found.by, "who says so"),
    Column("form", TEXT, _form,
           "How it is said. `applied`: as a `notice`, a `list`, a `formula` or in `free` words, as "
               "in `series`. `refused`: by a `tag` (Nacked-by) or in `words`. Else null."),
    Column("tree", TEXT, lambda row: getattr(row.found, "tree", None),
           "The tree that they were applied to, as written; often empty, and null for other "
               "kinds."),
    Column("commits", TEXTS, lambda row: getattr(row.found, "commits", None),
           "The commits that it names, as written; null for other kinds."),
    Column("taken_back", TEXT, lambda row: getattr(row.found, "taken_back", None),
           "The Message-ID of the mail that took a refusal back; null if none did."),
    Column("evidence", TEXT, lambda row: row.found.evidence,
           "The words or the tag by which it was recognised."),
    *date_columns(lambda row: row.found.date, "the mail"),
    Column("message_id", TEXT, lambda row: row.found.message_id,
           "The mail's Message-ID, as in `messages`."),
)  # fmt: skip
"""The columns of `decisions`."""
