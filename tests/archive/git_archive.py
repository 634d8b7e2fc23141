"""Writes git repositories object by object, so that they can hold what git would refuse to write.

Everything is written loose; `Archive.pack` lets git make a pack of it.
"""

import hashlib
import os
import subprocess
import zlib
from pathlib import Path

START = 1_700_000_000
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
WRITER = b"A Writer <writer@example.com>"

GIT = {
    **os.environ,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "LC_ALL": "C",
}


def mail(number):
    """Return a small mail, another for each number."""
    return (
        f"From: Ada Writer <ada@example.com>\nTo: list@example.com\nSubject: mail number {number}\n"
        f"Date: Tue, 14 Nov 2023 22:13:20 +0000\nMessage-ID: <{number}@example.com>\n\n"
        f"The text of mail {number}.\n"
    ).encode()


def git(path, *arguments, given=None):
    """Run git on a repository, with some input; give what it prints."""
    command = ["git", f"--git-dir={path}", *arguments]
    return subprocess.run(command, env=GIT, check=True, capture_output=True, input=given).stdout


def count_commits(path, tip="HEAD", base=None):
    """Return how many commits git counts in a range, without grafts and replacements."""
    return int(git(path, "rev-list", "--count", *([f"{base}..{tip}"] if base else [tip])))


class Archive:
    """One repository, to which commits are added at the end unless they name their parents."""

    def __init__(self, git_dir, branch="master"):
        self.path = Path(git_dir)
        self.branch = branch
        self.last = None
        self.seconds = START
        (self.path / "objects" / "pack").mkdir(parents=True)
        (self.path / "refs" / "heads").mkdir(parents=True)
        (self.path / "refs" / "tags").mkdir()
        (self.path / "HEAD").write_text(f"ref: refs/heads/{branch}\n")

    def file_of(self, oid):
        """Return the file of a loose object."""
        return self.path / "objects" / oid[:2] / oid[2:]

    def put(self, kind, data):
        """Write any object; give its id."""
        whole = f"{kind} {len(data)}\0".encode() + data
        oid = hashlib.sha1(whole).hexdigest()
        file = self.file_of(oid)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(zlib.compress(whole, 1))
        return oid

    def blob(self, data):
        """Write a blob."""
        return self.put("blob", data)

    def tree(self, entries):
        """Write a tree of {path: blob id, or (mode, id)}."""
        data = b""
        for name, entry in sorted(entries.items()):
            mode, oid = ("100644", entry) if isinstance(entry, str) else entry
            data += f"{mode} {name}\0".encode() + bytes.fromhex(oid)
        return self.put("tree", data)

    def commit(
        self, entries, *, parents=None, seconds=None, who=WRITER, zone=b"+0000", said=b"subject\n"
    ):
        """Write a commit of a tree's id or entries, and move the branch to it."""
        tree = entries if isinstance(entries, str) else self.tree(entries)
        parents = ([self.last] if self.last else []) if parents is None else parents
        self.seconds += 60
        at = str(self.seconds if seconds is None else seconds).encode()
        lines = [f"tree {tree}".encode(), *(f"parent {parent}".encode() for parent in parents)]
        lines += [b"author " + who + b" " + at + b" " + zone]
        lines += [b"committer " + WRITER + b" " + at + b" " + zone]
        return self.move(self.put("commit", b"\n".join(lines) + b"\n\n" + said))

    def move(self, commit):
        """Move the branch."""
        self.last = commit
        self.ref(f"heads/{self.branch}", commit)
        return commit

    def ref(self, name, oid):
        """Write a ref, as `tags/v1`."""
        file = self.path / "refs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{oid}\n")

    def add(self, number, **how):
        """Commit a mail."""
        return self.commit({"m": self.blob(mail(number))}, **how)

    def delete(self, number, **how):
        """Commit the deletion of a mail."""
        return self.commit({"d": self.blob(mail(number))}, **how)

    def pack(self):
        """Let git put all that is reachable into one pack; give its file."""
        git(self.path, "repack", "-adq")
        git(self.path, "prune-packed", "-q")
        return next((self.path / "objects" / "pack").glob("*.pack"))


def v1_path(number):
    """Return the folder and file name of a mail in a v1 archive."""
    digest = hashlib.sha1(f"{number}@example.com".encode()).hexdigest()
    return digest[:2], digest[2:]


def v1_tree(archive, mails):
    """Write the tree of a v1 archive that holds mails as {number: (mode and) blob id}."""
    folders = {}
    for number, entry in mails.items():
        folder, name = v1_path(number)
        folders.setdefault(folder, {})[name] = entry
    trees = {name: ("40000", archive.tree(files)) for name, files in folders.items()}
    return archive.tree(trees)
