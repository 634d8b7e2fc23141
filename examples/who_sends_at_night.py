"""A section of your own: who sends patches at night, by the time in the Date header?"""

from chosen import chosen_window

from kvminbox import Corpus
from kvminbox.analysis import Ranking, rank
from kvminbox.reports import build_report, sections


def night_owls(corpus: Corpus) -> Ranking:
    """Rank the authors of patches that were sent between midnight and five."""
    night = (patch for patch in corpus.patches() if patch.date and patch.date.hour < 5)
    return rank(((patch.author.written, patch) for patch in night), counted="patches at night")


if __name__ == "__main__":
    with chosen_window() as window:
        print(build_report("The list", window, [sections.overview(), night_owls]))
