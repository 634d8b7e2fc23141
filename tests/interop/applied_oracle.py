"""Ask a tree whether what mails say was applied is all, and true: its commits name the mails.

    python -m tests.interop.applied_oracle TREE LIST [--since 2022-01-01] [--read 100]

A commit belongs to a patch of the list if its `Link:` or `Message-ID:` names the mail, or else
if author and title are the mail's and it was committed later; both are read here from git's own
log, by nothing of the library. For each such commit the answers to the patch, or to the cover
letter of its series, are asked:

- *told*: a review has an answer that says that this patch was applied;
- *candidate*: none has, though whoever committed it, or a program, answered below the series,
  within two days before the commit and two weeks after it. Who reads these learns what is
  missed; most say something else (`Reviewed-by`, a question);
- *of others*: such an answer was found, but as said of other patches of the series only;
- *silent*: no such answer is there, so that nothing could be found.

The other way round: a patch that an answer says was applied, and that no commit belongs to, is a
candidate for what is found and untrue. Most are in another tree, were changed, or were dropped
later; the oracle knows nothing of branches that the tree lacks. `--read` prints so many of
either kind, with the words of the answer.
"""

import argparse
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kvminbox import review_all
from kvminbox.models import Applied, Message, Series
from kvminbox.review.answers import AnswerIndex
from tests.interop.applied_sample import read_list

BEFORE = timedelta(days=2)
AFTER = timedelta(days=14)
FIELDS = "%H%x00%cn%x00%ce%x00%ct%x00%an%x00%s%x00%B%x01"
NAMED = re.compile(
    r"^(?:link|message-id|msgid|lore):\s*<?(?:https?://\S*?/)?([^\s/<>]+@[^\s/<>]+?)>?/?(?:\s.*)?$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Commit:
    """What git says of a commit."""

    id: str
    committer: frozenset[str]
    """The name and the address, in lower case."""

    date: datetime
    author: str
    title: str
    named: frozenset[str]
    """Message-IDs that its trailers name."""


def read_commits(tree: Path, since: str) -> Iterator[Commit]:
    """Yield the commits of a tree that are no merges, newest first."""
    command = ["git", "-C", str(tree), "log", "--no-merges", f"--format={FIELDS}", "HEAD"]
    command += [f"--since={since}"] if since else []
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )
    for entry in text.split("\x01\n"):
        if entry.count("\0") == 6:
            oid, name, email, seconds, author, title, body = entry.split("\0")
            who = frozenset({name.casefold(), email.casefold()})
            date = datetime.fromtimestamp(int(seconds), UTC)
            yield Commit(
                oid, who, date, author.casefold(), fold(title), frozenset(NAMED.findall(body))
            )


def fold(title: str) -> str:
    """Return a title without case and white space that differ."""
    return " ".join(title.split()).casefold()


@dataclass
class Patch:
    """A patch of a list, what answers say of it, and its commits."""

    series: Series
    number: int
    mail: Message
    told: list[Applied]
    of_others: set[str | None]
    answers: list[tuple[Message, list[str]]]
    commits: list[Commit] = field(default_factory=list)


def read_patches(archive: Path) -> list[Patch]:
    """Return the patches of a list, each with the answers to it and to its series."""
    messages, series = read_list(archive)
    index = AnswerIndex(messages, series)
    found = []
    for place, review in enumerate(review_all(series, messages)):
        one = series[place]
        answers = [(answer.message, answer.lines) for answer in index.answers.get(place, [])]
        for number, mail in zip(one.numbers, one.patches, strict=True):
            told = [said for said in review.applied if number in said.patches]
            others = {said.message_id for said in review.applied}
            found.append(Patch(one, number, mail, told, others, answers))
    return found


def join(patches: list[Patch], commits: list[Commit]) -> None:
    """Give the patches their commits: by the trailer, or else by author and title."""
    by_id = {patch.mail.message_id: patch for patch in patches}
    by_title: dict[tuple[str, str], list[Patch]] = {}
    for patch in patches:
        key = patch.mail.sender.name.casefold(), fold(patch.mail.subject.title)
        by_title.setdefault(key, []).append(patch)
    for commit in commits:
        named = [by_id[one] for one in commit.named if one in by_id]
        same = by_title.get((commit.author, commit.title), [])
        earlier = [one for one in same if one.mail.date and one.mail.date <= commit.date]
        newest = sorted(earlier, key=lambda one: str(one.mail.date))[-1:]
        for patch in named or newest:
            patch.commits.append(commit)


def find_candidates(patch: Patch) -> Iterator[tuple[Message, list[str]]]:
    """Yield the answers that might say so: by the committer or a program, about that time."""
    for message, lines in patch.answers:
        who = {message.sender.name.casefold(), message.sender.email.casefold()}
        for commit in patch.commits[:1]:
            near = message.date and commit.date - BEFORE <= message.date <= commit.date + AFTER
            if near and (message.kind == "bot" or who & commit.committer):
                yield message, lines


def tell(patch: Patch, words: str) -> str:
    """Return a patch, and an answer's words, to be read."""
    commit = patch.commits[0].id[:12] if patch.commits else "no commit"
    size = len(patch.series.patches)
    return (
        f"  {commit} {patch.number}/{size} {patch.mail.subject.title[:70]!r}\n      {words[:600]}"
    )


def main(words: list[str] | None = None) -> None:
    """Print the counts, and what is to be read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tree", type=Path)
    parser.add_argument("archive", type=Path, metavar="list")
    parser.add_argument("--since", default="", help="only commits since that day")
    parser.add_argument("--read", type=int, default=0, help="how many of either kind to print")
    given = parser.parse_args(words)
    patches = read_patches(given.archive)
    commits = list(read_commits(given.tree, given.since))
    join(patches, commits)
    here = [patch for patch in patches if patch.commits]
    told = [patch for patch in here if patch.told]
    untold = [patch for patch in here if not patch.told]
    missed = {patch.mail.message_id: [*find_candidates(patch)] for patch in untold}
    asked = [patch for patch in untold if missed[patch.mail.message_id]]
    others = [
        patch
        for patch in asked
        if any(said.message_id in patch.of_others for said, _ in missed[patch.mail.message_id])
    ]
    asked = [patch for patch in asked if patch not in others]
    silent = len(untold) - len(asked) - len(others)
    first, last = (min(one.date for one in commits), max(one.date for one in commits))
    claimed = [
        one for one in patches if one.told and one.mail.date and first < one.mail.date < last
    ]
    alone = [patch for patch in claimed if not patch.commits]
    print(f"{given.archive}: {len(patches)} patches, {len(here)} with a commit of {len(commits)}")
    print(f"  told {len(told)}, candidates {len(asked)}, of others {len(others)}, silent {silent}")
    print(f"  said to be applied {len(claimed)}, of these without a commit {len(alone)}")
    pick = random.Random(0).sample
    for kind, some in (("MISSED?", asked), ("PART?", others)):
        for patch in pick(some, min(given.read, len(some))):
            for message, lines in missed[patch.mail.message_id]:
                print(tell(patch, f"{kind} {message.message_id} {' / '.join(filter(None, lines))}"))
    for patch in pick(alone, min(given.read, len(alone))):
        said = patch.told[0]
        print(tell(patch, f"UNTRUE? {said.message_id} {said.evidence} [{said.tree}]"))


if __name__ == "__main__":
    main()
