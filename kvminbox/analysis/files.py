"""Which files and which parts of the tree patches touch."""

from collections.abc import Callable, Iterable

from kvminbox.analysis.ranking import TOP, Ranking, Tally, count_lines, make_ranking
from kvminbox.models import Corpus, FileChange, Patch

Classify = Callable[[Patch], Iterable[str]]
"""Says of which parts a patch is: subsystems, areas, directories; none, one or several."""


def compute_files(corpus: Corpus, *, top: int = TOP) -> Ranking:
    """Rank files by the patches that touch them, with the lines that these change.

    A renamed file counts under its new path. Each version of a patch counts again.
    """
    tally = Tally()
    for patch in corpus.patches():
        for path, changes in _by_path(patch).items():
            tally.add(path, patch, lines=_add_lines(changes))
    return make_ranking(tally, title="Files", counted="patches", top=top)


def compute_subsystems(
    corpus: Corpus, *, classify: Classify | None = None, top: int = TOP
) -> Ranking:
    """Rank parts of the tree by the patches that touch them.

    Args:
        corpus: what to count in.
        classify: gives the parts of a patch; None for directories, as `by_directory` has them.
        top: how many rows are to be shown.

    A patch of several parts counts for each part, and so do its lines.
    """
    tally = Tally()
    find_parts = classify or by_directory()
    for patch in corpus.patches():
        for part in dict.fromkeys(find_parts(patch)):
            tally.add(part, patch, lines=count_lines(patch))
    title = "Subsystems" if classify else "Directories"
    return make_ranking(tally, title=title, counted="patches", top=top)


def by_directory(depth: int = 3) -> Classify:
    """Return a classifier by the directories of the files, `depth` levels deep.

    >>> from kvminbox import Diffstat
    >>> change = FileChange(path="arch/x86/kvm/mmu/mmu.c")
    >>> by_directory(3)(Patch(diffstat=Diffstat(files=(change,))))
    ['arch/x86/kvm/']
    """

    def classify(patch: Patch) -> list[str]:
        found = (_directory(change.path, depth) for change in patch.diffstat.files)
        return list(dict.fromkeys(found))

    return classify


def _directory(path: str, depth: int) -> str:
    parts = path.split("/")[:-1][:depth]
    return f"{'/'.join(parts)}/" if parts else "./"


def _by_path(patch: Patch) -> dict[str, list[FileChange]]:
    found: dict[str, list[FileChange]] = {}
    for change in patch.diffstat.files:
        found.setdefault(change.path, []).append(change)
    return found


def _add_lines(changes: list[FileChange]) -> tuple[int, int]:
    return sum(one.insertions for one in changes), sum(one.deletions for one in changes)
