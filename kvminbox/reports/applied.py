"""The section on what mails say was merged or applied: when, by whom and where to."""

import re
from functools import partial
from typing import Final

from kvminbox.analysis import AppliedReport, AppliedWork, compute_applied
from kvminbox.display import Block, Paragraph, Table
from kvminbox.reports.lands import NO_TREE
from kvminbox.reports.layout import add_lists, lay_out, make_links, or_nothing, show, sum_up
from kvminbox.reports.section import Section
from kvminbox.upstream import Code
from kvminbox.words import shorten

_MOST_WORDS: Final = 130
"""Characters of a sentence that are shown: two lines of a text."""

_THANKS: Final = r"(?:many |lots of )?thank(?:s| you)(?: a lot| very much)?(?:,? \w+)?"
# `Applied to for-next, thanks!`, which tells no more than the row does
_FORMULA: Final = re.compile(
    rf"(?:{_THANKS}[,.!]* )?(?:(?:now|both|all|whole|series|patch|patches) ){{0,3}}(?:re-?)?"
    r"(?:applied|merged|pulled|queued(?: up)?|pushed|picked(?: up)?|taken)"
    r"(?: (?:to|into|in|for|on|at|as) \S+(?: (?!except|but|with|and)\w\S*)?(?: \([^()]*\))?)?"
    rf"(?:[,.;!]* {_THANKS})?[.!,:]*",
    re.IGNORECASE,
)
# what programs write, each always the same
_PROGRAMS: Final = re.compile(
    r"a list of patches with|has been (?:merged into|added to) |the following commit"
    r"|this (?:patch|series|pull request) (?:was|has been) (?:applied|merged) to \S+/\S+ \("
    r"|the patch titled|this is a note to let you know|i've just added the patch to the "
    r"|has been removed from the -mm|was folded into ",
    re.IGNORECASE,
)


def applied(tree: Code | None = None) -> Section[AppliedReport]:
    """Return the list of what mails say was merged or applied.

    Args:
        tree: where to look for its commits.
    """
    return Section("applied", partial(compute_applied, tree=tree))


def not_in_tree(tree: Code | None = None) -> Section[AppliedReport]:
    """Return the list of what mails say was applied, but is not in a tree.

    It may be in another tree, wait for a merge, or have been dropped again.

    Args:
        tree: where to look for its commits; without one nothing is listed.
    """
    return Section("not_in_tree", partial(compute_applied, tree=tree, only_missing=True))


@lay_out.register
def lay_out_applied(result: AppliedReport) -> list[Block]:
    """Return works as a table, the last said first."""
    if not result.figures:
        return [Paragraph(NO_TREE)]
    more = ("commit", "release") if result.tree else ()
    part = ("only",) if any(row.part for row in result.rows) else ()
    words = ("words",) if any(find_free_words(row.evidence) for row in result.rows) else ()
    pulled = ("pull request",) if any(row.pulled for row in result.rows) else ()
    columns, cells = add_lists(
        ("date", "said by", "tree", "what", *part, *words, *pulled, *more),
        (
            (
                *_cells(row),
                *([row.part] if part else []),
                *([find_free_words(row.evidence)] if words else []),
                *(["; ".join(row.pulled)] if pulled else []),
                *(_found(row) if more else ()),
            )
            for row in result.rows
        ),
        [row.lists for row in result.rows],
    )
    table = Table(
        columns,
        cells,
        links=tuple(make_links(row.messages) for row in result.rows),
        linked="what",
        one_each=True,
        short=frozenset({"date"}),
        wide=frozenset({"what", *words}),
        small=frozenset(words),
        row_by_row=True,
    )
    nothing = "No mail in this period says that something was merged or applied."
    if result.only_missing:
        nothing = (
            f"Nothing that was said to be applied in this period is missing from {result.tree}."
        )
    return [*(sum_up(result.figures) if result.rows else ()), or_nothing(table, nothing)]


def find_free_words(evidence: str) -> str:
    """Return the sentence by which a row was found, shortened; empty for a formula.

    What somebody says in free words may have been misread, and who sees them can tell.

    >>> find_free_words("I merged this to kvm/next without patch 2."), find_free_words("Applied!")
    ('I merged this to kvm/next without patch 2.', '')
    """
    words = " ".join(evidence.split())
    if _FORMULA.fullmatch(words) or _PROGRAMS.match(words):
        return ""
    return shorten(words, _MOST_WORDS)


def _cells(row: AppliedWork) -> tuple[str, ...]:
    is_later = row.revision is not None and row.revision > 1
    what = f"v{row.revision} {row.title}" if is_later else row.title
    return show(row.date) or "?", show(row.by), row.tree, what


def _found(row: AppliedWork) -> tuple[str, str]:
    more = f" and {len(row.found) - 1} more" if len(row.found) > 1 else ""
    return (f"{row.found[0][:12]}{more}" if row.found else "none"), row.release
