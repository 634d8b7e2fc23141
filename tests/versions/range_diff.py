"""Two versions of a series in a real repository, as mails and as git compares them."""

import os
import random
import re
import subprocess

from kvminbox import group_series, read_message

ENVIRONMENT = {
    **os.environ,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Jane Doe",
    "GIT_AUTHOR_EMAIL": "jane@doe.example",
    "GIT_COMMITTER_NAME": "Jane Doe",
    "GIT_COMMITTER_EMAIL": "jane@doe.example",
    "GIT_AUTHOR_DATE": "1700000000 +0000",
    "GIT_COMMITTER_DATE": "1700000000 +0000",
}
FILES = ("virt/timer.c", "virt/vgic.c", "arch/mmu.c", "tools/run.py")
WORDS = "lock clock page guest host timer fault table entry flush queue state mask level".split()  # noqa: SIM905
_PAIR = re.compile(r"\s*(\d+|-):\s+\S+ ([!=<>])\s+(\d+|-):\s+\S+ ")


def git(repository, *arguments, text=None):
    """Return what a git command prints."""
    command = ["git", "-C", str(repository), *arguments]
    done = subprocess.run(
        command, input=text, env=ENVIRONMENT, check=True, capture_output=True, text=True
    )
    return done.stdout


class Author:
    """Writes two versions of a series with the changes that people make between them."""

    def __init__(self, repository, seed):
        self.repository = repository
        self.random = random.Random(seed)
        self.repository.mkdir()
        git(repository, "init", "-q")
        self.files = {name: [f"int {self.words(3)};" for _ in range(60)] for name in FILES}
        self.commit("Begin", "", self.files)
        git(repository, "branch", "base")

    def words(self, count):
        """Return a name that no other line is likely to have."""
        return "_".join(self.random.choice(WORDS) for _ in range(count))

    def draft(self, number):
        """Return a patch: its title, its text, and for some files the places and lines it adds."""
        edits = {}
        for name in self.random.sample(FILES, self.random.choice((1, 1, 2))):
            place = self.random.randrange(5, 55)
            lines = [f"\t{self.words(4)} = {number};" for _ in range(self.random.randint(2, 9))]
            edits[name] = (place, self.random.randint(0, 3), lines)
        return [f"{self.words(1)}: Change the {self.words(2)}", f"It was {self.words(3)}.", edits]

    def commit(self, title, text, files):
        """Write the files and commit them."""
        for name, lines in files.items():
            path = self.repository / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in lines))
        git(self.repository, "add", "-A")
        git(
            self.repository, "commit", "-q", "--allow-empty", "-F", "-", text=f"{title}\n\n{text}\n"
        )

    def write(self, branch, drafts):
        """Commit a version's patches on the base."""
        git(self.repository, "checkout", "-q", "-B", branch, "base")
        files = {name: list(lines) for name, lines in self.files.items()}
        for title, text, edits in drafts:
            for name, (place, removed, lines) in edits.items():
                files[name][place : place + removed] = lines
            self.commit(title, text, files)

    def revise(self, drafts):
        """Return the next version: some patches are dropped, added, moved, merged, or edited."""
        found = [[title, text, dict(edits)] for title, text, edits in drafts]
        for _ in range(self.random.randint(2, 4)):
            place = self.random.randrange(len(found))
            kind = self.random.choice(
                ("reorder", "title", "message", "code", "drop", "add", "squash", "rewrite")
            )
            self.revise_one(found, place, kind)
        return found

    def revise_one(self, found, place, kind):
        """Apply one kind of change to a patch."""
        draft = found[place]
        if kind == "reorder":
            found.insert(self.random.randrange(len(found)), found.pop(place))
        elif kind == "title":
            draft[0] = f"{self.words(1)}: Another {self.words(2)}"
        elif kind == "message":
            draft[1] += f"\nReviewed-by: {self.words(1)} <rob@roe.example>"
        elif kind in {"code", "rewrite"}:
            for name, (start, removed, lines) in draft[2].items():
                new = [f"\t{self.words(4)}();" for _ in lines]
                changed = [*lines[:-1], *new[-1:]] if kind == "code" else new
                draft[2][name] = (start, removed, changed)
        elif kind == "drop" and len(found) > 2:
            del found[place]
        elif kind == "add":
            found.insert(place, self.draft(90 + place))
        elif kind == "squash" and place:
            found[place - 1][2] |= draft[2]
            del found[place]


def read_series(repository, branch, revision):
    """Return the series that `git format-patch` makes of a branch."""
    count = len(git(repository, "rev-list", f"base..{branch}").split())
    text = git(
        repository,
        "format-patch",
        "--stdout",
        "--thread",
        "--numbered",
        f"-v{revision}",
        f"base..{branch}",
    )
    mails = re.split(r"^From [0-9a-f]{40} .*\n", text, flags=re.MULTILINE)[1:]
    (series,) = group_series(read_message(one.encode()) for one in mails)
    assert len(series.patches) == count
    return series


def read_range_diff(repository):
    """Return git's pairs as (old number, mark, new number), None for none."""
    text = git(repository, "range-diff", "--no-color", "--no-patch", "base..old", "base..new")
    matches = [_PAIR.match(line).groups() for line in text.splitlines()]
    return [(_number(old), mark, _number(new)) for old, mark, new in matches]


def _number(text):
    return None if text == "-" else int(text)
