"""Which files and which parts of the tree patches touch."""

from collections.abc import Callable, Iterable

from kvminbox.analysis.ranking import TOP, Ranking, Tally, count_lines, make_ranking
from kvminbox.models import Corpus, Patch
from kvminbox.models.corpus import check_corpus, check_function, list_texts

Classify = Callable[[Patch], Iterable[str]]
"""Names the parts that a patch belongs to: subsystems, areas, directories; none, one or several."""


def check_classify(classify: object) -> None:
    """Make sure that `classify` is such a function or None; a UsageError says where some are."""
    cure = "kvminbox.subsystems and by_directory(DEPTH) have such functions"
    check_function(classify, "classify", cure)


def list_parts(classify: Classify, patch: Patch) -> tuple[str, ...]:
    """Return the parts that `classify` names; a UsageError where it returns one text."""
    return list_texts(classify(patch), "names of parts from classify")


def compute_files(corpus: Corpus, *, top: int = TOP) -> Ranking:
    """Rank files by the patches that touch them, with the lines changed.

    A renamed file counts under its new path. Each version of a patch counts again.
    """
    check_corpus(corpus)
    tally = Tally()
    for patch in corpus.patches():
        lines: dict[str, tuple[int, int]] = {}
        for change in patch.diffstat.files:  # a diff may change one path twice
            added, removed = lines.get(change.path, (0, 0))
            lines[change.path] = added + change.insertions, removed + change.deletions
        for path, counts in lines.items():
            tally.add(path, patch, lines=counts)
    return make_ranking(tally, title="Files", counted="patches", top=top)


def compute_subsystems(
    corpus: Corpus, *, classify: Classify | None = None, top: int = TOP
) -> Ranking:
    """Rank parts of the tree by the patches that touch them.

    Args:
        corpus: what to count in.
        classify: returns the parts of a patch; None for directories, as in `by_directory`.
        top: how many rows to show.

    A patch that touches several parts counts for each, and so do its lines.
    """
    check_corpus(corpus)
    check_classify(classify)
    tally = Tally()
    find_parts = classify or by_directory()
    for patch in corpus.patches():
        for part in dict.fromkeys(list_parts(find_parts, patch)):
            tally.add(part, patch, lines=count_lines(patch))
    title = "Subsystems" if classify else "Directories"
    return make_ranking(tally, title=title, counted="patches", top=top)


def by_directory(depth: int = 3) -> Classify:
    """Return a classifier by the directories of the files, `depth` levels deep.

    >>> from kvminbox import Diffstat
    >>> from kvminbox.models import FileChange
    >>> change = FileChange(path="arch/x86/kvm/mmu/mmu.c")
    >>> by_directory(3)(Patch(diffstat=Diffstat(files=(change,))))
    ['arch/x86/kvm/']
    """

    def classify(patch: Patch) -> list[str]:
        folders = (change.path.split("/")[:-1][:depth] for change in patch.diffstat.files)
        return list(dict.fromkeys("/".join([*parts, ""]) or "./" for parts in folders))

    return classify
