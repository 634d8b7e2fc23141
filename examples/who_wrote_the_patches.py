"""Who wrote how many patches, and how many lines do they add and remove?

The author is the in-body From, if there is one, not the sender of the mail. Every
submitted version counts, not what was merged.
"""

from collections import Counter

from chosen import chosen_window

from kvminbox import safe_text


def main() -> None:
    patches: Counter[str] = Counter()
    added: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    with chosen_window() as window:
        for patch in window.patches():
            author = patch.author.email
            patches[author] += 1
            added[author] += patch.diffstat.insertions
            removed[author] += patch.diffstat.deletions
    for author, count in patches.most_common(20):
        print(f"{count:5} +{added[author]:<6} -{removed[author]:<6} {safe_text(author)}")


if __name__ == "__main__":
    main()
