"""Makes trees with a few commits, and mails with their changes."""

import subprocess
from datetime import UTC, datetime

from kvminbox import read_message
from kvminbox.archive import Stamp, TreeWriter
from kvminbox.models import Entry
from kvminbox.upstream import Tree, find_landings

NOON = 1_700_000_000
DAY = 86_400
ADA = ("Ada Pfeiffer", "ada@silicon.example")
EWA = ("Ewa Lis", "ewa@kvm.example")
FILE = "virt/timer.c"
LINES = [f"line {number} of the timer" for number in range(40)]


def text_of(lines):
    """Return a file's bytes."""
    return "".join(f"{line}\n" for line in lines).encode()


def changed(*pairs, lines=LINES):
    """Return the file with some lines replaced."""
    found = list(lines)
    for place, line in pairs:
        found[place] = line
    return text_of(found)


class Maker:
    """A tree that grows, and the mails that were sent for it."""

    def __init__(self, path):
        self.path = path
        path.mkdir(parents=True)
        self.writer = TreeWriter(path)
        self.mails = []
        self.root = self.commit("timer: begin", {FILE: text_of(LINES)}, at=NOON - 100 * DAY)

    def commit(self, message, changes=(), *, by=EWA, written=None, at=NOON + DAY, **more):
        """Commit files; the author date is the committer's where none is given."""
        author = Stamp(*by, at if written is None else written, 60)
        stamp = Stamp(*EWA, at, 60)
        return self.writer.commit(dict(changes), f"{message}\n", author, stamp, **more)

    def show(self, changes, base=None):
        """Return the diff of some changes, as git shows it."""
        parents = [base or self.root]
        commit = self.commit("x", changes, parents=parents, branch="aside", at=NOON - 99 * DAY)
        return git(self.path, "show", "--format=", commit)

    def mail(self, title, changes, *, identity, by=ADA, sent=NOON, base=None, mark="PATCH", **more):
        """Send a patch with some changes, and return its Message."""
        body = more.get("body", f"It is needed.\n\nSigned-off-by: {by[0]} <{by[1]}>")
        diff = self.show(changes, base)
        text = (
            f"From: {by[0]} <{by[1]}>\nSubject: {more.get('prefix', '')}[{mark}] {title}\n"
            f"Date: {datetime.fromtimestamp(sent, UTC):%a, %d %b %Y %H:%M:%S +0000}\n"
            f"Message-ID: <{identity}>\n{more.get('headers', '')}\n"
            f"{body}\n---\n\n{diff}-- \n2.43.0\n"
        )
        entry = Entry(
            epoch=0, commit=identity.encode().hex()[:40].ljust(40, "0"), blob="0" * 40,
            arrived=datetime.fromtimestamp(sent + 60, UTC), change="message",
        )  # fmt: skip
        message = read_message(text.encode(), entry)
        self.mails.append(message)
        return message

    def tag(self, name, commit):
        """Name a commit."""
        self.writer.tag(name, commit)

    def open(self, **more):
        """Open the tree."""
        return Tree.open(self.path, **more)

    def messages(self, *, progress=None):
        """Yield the mails: a corpus, as far as landings ask for one."""
        yield from self.mails

    def land(self, **more):
        """Return the landings of the mails."""
        return list(find_landings(self, self.open(**more)))


def git(path, *arguments, **more):
    """Run git and return what it prints."""
    done = subprocess.run(
        ["git", "-C", str(path), *arguments], check=True, capture_output=True, **more
    )
    return done.stdout.decode("utf-8", "surrogateescape")
