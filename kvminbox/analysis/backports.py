"""What stable trees took of a list's patches, and how long the bugs lived that they fix."""

from collections.abc import Sequence

from kvminbox.analysis.result import Figure, Result, count_median
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.models import Backport, Corpus, Fix, Model, PatchRef
from kvminbox.upstream import Code, Tree, find_backports, find_fixes
from kvminbox.upstream.landings import LANDED
from kvminbox.upstream.several import check_tree


class BackportedPatch(Model):
    """A patch of the list whose commit a stable tree took over."""

    message: PatchRef
    """The mail that the main tree's commit was made from."""

    backport: Backport
    """The stable tree's commit."""


class BackportReport(Result):
    """The result of `compute_backports`."""

    tree: str = ""
    """The main tree's name; empty if none was given."""

    stable: tuple[str, ...] = ()
    """The stable trees that were looked at, by their names or branches."""

    gaps: tuple[str, ...] = ()
    """What is not known of the trees, in words."""

    total: int = 0
    """The main tree's commits that were made from mails of the corpus."""

    rows: tuple[BackportedPatch, ...] = ()
    """The backports, tree by tree, each tree's last one first."""


class FixedBug(Model):
    """A patch of the list whose commit says which commit had the bug."""

    message: PatchRef
    """The mail that the fixing commit was made from."""

    fix: Fix
    """What it fixes, as its `Fixes:` claims."""


class FixReport(Result):
    """The result of `compute_fixes`."""

    tree: str = ""
    """The tree's name; empty if none was given."""

    gaps: tuple[str, ...] = ()
    """What is not known of the tree, in words."""

    rows: tuple[FixedBug, ...] = ()
    """The fixes, the last committed first."""


def compute_backports(
    corpus: Corpus, *, tree: Code | None = None, stable: Sequence[Tree] = ()
) -> BackportReport:
    """List what stable trees took of a corpus's patches, and after how long.

    A backport is known by its own words, `commit … upstream` or `(cherry picked from commit
    …)`; one that does not say so is not found.

    Args:
        corpus: a window, or any other corpus.
        tree: the main tree; without one nothing is listed.
        stable: the stable trees, which may be branches of the same repository.
    """
    title = "Backports"
    if tree is None:
        return BackportReport(title=title)
    check_tree(tree)
    mails = _find_mails(corpus, tree)
    rows: list[BackportedPatch] = []
    for branch in stable:
        found = [
            one
            for main in tree.each
            for one in find_backports(main, branch)
            if one.upstream in mails and one.upstream in main
        ]
        rows += [
            BackportedPatch(
                message=mails[one.upstream],
                backport=one.model_copy(update={"tree": _name(branch, tree)}),
            )
            for one in reversed(found)
        ]
    days = [row.backport.days for row in rows if row.backport.days is not None]
    return BackportReport(
        title=title,
        figures=(
            Figure(label="commits made from the list's patches", count=len(mails)),
            Figure(
                label="of which in a stable tree",
                count=len({row.backport.upstream for row in rows}),
            ),
            *count_median("days to a stable tree (median)", days),
        ),
        tree=tree.name,
        stable=tuple(_name(branch, tree) for branch in stable),
        gaps=tuple(dict.fromkeys(gap for one in (tree, *stable) for gap in one.gaps)),
        total=len(mails),
        rows=tuple(rows),
    )


def compute_fixes(corpus: Corpus, *, tree: Code | None = None) -> FixReport:
    """List which bugs the patches of a corpus fixed, and how long these lived.

    Args:
        corpus: a window, or any other corpus.
        tree: where to look; without one nothing is listed.
    """
    title = "Fixed bugs"
    if tree is None:
        return FixReport(title=title)
    check_tree(tree)
    mails = _find_mails(corpus, tree)
    rows = [
        FixedBug(message=mails[one.commit], fix=one)
        for one in dict.fromkeys(fix for each in tree.each for fix in find_fixes(each))
        if one.commit in mails
    ]
    days = [row.fix.days for row in rows if row.fix.days is not None]
    return FixReport(
        title=title,
        figures=(
            Figure(label="commits made from the list's patches", count=len(mails)),
            Figure(
                label="of which with a `Fixes:` line", count=len({row.fix.commit for row in rows})
            ),
            *count_median("days that a bug lived (median)", days),
        ),
        tree=tree.name,
        gaps=tree.gaps,
        rows=tuple(reversed(rows)),
    )


def _find_mails(corpus: Corpus, tree: Code) -> dict[str, PatchRef]:
    """Return the commits that were made from mails of a corpus, each with its mail."""
    landings = Snapshot.of(corpus).landings(tree).landings
    return {one.commit: one.message for one in landings if one.relation in LANDED}


def _name(branch: Tree, tree: Code) -> str:
    """Return a stable tree's name; where it is of a main tree's repository, its refs."""
    is_branch = any(branch.path == main.path for main in tree.each)
    return ", ".join(branch.refs) if is_branch else branch.name
