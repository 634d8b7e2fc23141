"""Draw answers to series of real lists at random, to be read: found as applied, or not.

    KVMINBOX_TEST_LISTS=lists.git python -m tests.interop.applied_sample found 200
    KVMINBOX_TEST_LISTS=lists.git python -m tests.interop.applied_sample missed 200

`found` shows the words by which a mail was recognised, with the patches, the tree and the
number of commits: who reads them learns the precision. `missed` shows answers with a word
such as `applied` in which nothing was found: who reads them learns the recall.
"""

import argparse
import os
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kvminbox import Inbox, group_series, link_series, review_all
from kvminbox.models import Applied, Message, Series, SeriesReview
from kvminbox.review.answers import Answer, AnswerIndex

WIDE = re.compile(
    r"\b(?:re-?applied|applied|queued|merged|picked|pushed|pulled|took|taken|landed|folded"
    r"|committed|staged|squashed|grabbed|cherry-picked|(?:applying|queuing|merging|picking|taking)"
    r"|added (?:to|this|it|them)|(?:now|is|are) in (?:my|the|our|\S*next))\b",
    re.IGNORECASE,
)


def find_lists() -> list[Path]:
    """Return the archives that KVMINBOX_TEST_LISTS names, each itself or in a folder of some."""
    named = filter(None, os.environ.get("KVMINBOX_TEST_LISTS", "").split(os.pathsep))
    found = []
    for path in map(Path, named):
        is_archive = (path / "objects").is_dir() or (path / ".git").is_dir()
        found += [path] if is_archive else sorted(one for one in path.iterdir() if one.is_dir())
    return found


def read_list(path: Path, newest: int = 0) -> tuple[list[Message], list[Series]]:
    """Read a list's mails, as many as can be read, and their series, linked.

    Args:
        path: the archive.
        newest: how many of its mails, the newest ones; 0 for all.
    """
    base = None
    if newest:
        command = ["git", "-C", str(path), "rev-list", "--topo-order", f"-n{newest + 1}", "HEAD"]
        commits = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        base = commits[newest] if len(commits) > newest else None
    window = Inbox.open(path).between(base)
    window.on_problem = lambda problem: None
    messages: list[Message] = list(window.messages())
    series = [one for chain in link_series(group_series(messages)) for one in chain.series]
    return messages, series


def read_reviews(
    path: Path, newest: int = 0
) -> Iterator[tuple[Series, SeriesReview, list[Answer]]]:
    """Yield the series of a list, each with its review and the answers to it."""
    messages, series = read_list(path, newest)
    index = AnswerIndex(messages, series)
    for place, review in enumerate(review_all(series, messages)):
        yield series[place], review, index.answers.get(place, [])


def read_answers(
    path: Path, newest: int = 0
) -> Iterator[tuple[Series, Message, list[str], Applied | None]]:
    """Yield the answers to each series of a list, with their own lines and what was found."""
    for one, review, answers in read_reviews(path, newest):
        said = {applied.message_id: applied for applied in review.applied}
        for answer in answers:
            found = said.get(answer.message.message_id)
            yield one, answer.message, answer.lines, found


def draw(kind: str, count: int) -> None:
    """Print a sample of the answers of each list."""
    for path in find_lists():
        shown = []
        for series, message, lines, found in read_answers(path):
            if message.kind == "bot":
                continue
            text = " ".join(lines)
            if kind == "found" and found:
                what = f"{found.evidence[:200]} {found.patches} {found.tree} {len(found.commits)}"
            elif kind == "missed" and found is None and (match := WIDE.search(text)):
                what = text[max(0, match.start() - 90) : match.end() + 90]
            else:
                continue
            shown.append(f"{message.message_id} of {len(series.patches)}: {what}")
        print(f"{path}: {len(shown)}")
        for line in random.Random(0).sample(shown, min(count, len(shown))):
            print(f"    {line}")


def main(words: list[str] | None = None) -> None:
    """Print a sample, as the words of the command line say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=["found", "missed"])
    parser.add_argument("count", type=int, help="answers of each list")
    given = parser.parse_args(words)
    draw(given.kind, given.count)


if __name__ == "__main__":
    main()
