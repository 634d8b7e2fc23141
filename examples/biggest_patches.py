"""Which patches change the most lines, and does the declared diffstat agree?

Lines are counted from the diff. The diffstat that the sender's git wrote may
belong to an older version of the patch.
"""

from heapq import nlargest

from chosen import chosen_window

from kvminbox import Patch, safe_text


def changed_lines(patch: Patch) -> int:
    return patch.diffstat.insertions + patch.diffstat.deletions


def main() -> None:
    with chosen_window() as window:
        biggest = nlargest(10, window.patches(), key=changed_lines)
    for patch in biggest:
        stat, declared = patch.diffstat, patch.declared_diffstat
        differs = any(defect.code == "diffstat-differs" for defect in patch.defects)
        note = " (declared otherwise)" if differs else "" if declared else " (none declared)"
        counts = f"+{stat.insertions} -{stat.deletions} in {len(stat.files)} files{note}"
        print(f"{safe_text(patch.subject.raw)}\n    {counts}")


if __name__ == "__main__":
    main()
