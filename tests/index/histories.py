"""Small archives whose history can be rewritten, and what tells two indexes apart.

A history is a tuple of steps, each one commit. The same steps give the same commits,
so that writing a longer tuple adds, and writing another one rewrites: a
step that became `Purge` is a purge, one with another text an edit, a shorter tuple
a branch that was set back.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from kvminbox import Inbox
from kvminbox.index import Index
from kvminbox.index.blocks import zstd
from tests.archive.git_archive import EMPTY_BLOB, START, Archive, v1_tree


class Add(NamedTuple):
    """A mail; `way` is the way it came, `text` what an edit made of it."""

    number: int
    way: int = 0
    text: str = ""


class Delete(NamedTuple):
    """The deletion of a mail."""

    number: int
    way: int = 0


class Purge(NamedTuple):
    """What a purge leaves of a mail: the empty blob."""

    number: int


class Merge(NamedTuple):
    """A mail in a commit that also takes in another mail's history of one commit."""

    number: int
    side: int


class Nothing(NamedTuple):
    """A commit that changes nothing."""


Step = Add | Delete | Purge | Merge | Nothing

_DIFF = """---
 virt/lemon{0}.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/virt/lemon{0}.c b/virt/lemon{0}.c
index 111111{0:x}..222222{0:x} 100644
--- a/virt/lemon{0}.c
+++ b/virt/lemon{0}.c
@@ -1 +1 @@ int squeeze(void)
-old{0}
+new{0}
"""


def write_mail(number, way=0, text=""):
    """Return a mail: each third is a patch, the others answer to those before."""
    is_patch = number % 3 == 0
    root = number - number % 3
    clock = f"{number % 60:02}"
    fields = {
        "Received": f"from relay{way}.example; Tue, 14 Nov 2023 {10 + way}:00:{clock} +0000",
        "From": f"Ada Nr{number} <ada{number}@lemon.example>",
        "To": "list@lemon.example",
        "Subject": f"{'[PATCH v2]' if is_patch else 'Re:'} lemon{root}: squeeze",
        "Date": f"Tue, 14 Nov 2023 09:{clock}:00 +0000",
        "Message-ID": f"<{number}@lemon.example>",
        "In-Reply-To": "" if is_patch else f"<{number - 1}@lemon.example>",
        "References": "" if is_patch else f"<{root}@lemon.example> <absent{way}@lemon.example>",
        "List-Id": f"<list{way}.lemon.example>",
    }  # fmt: skip
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    body = f"Word{number} of the text{text}.\n\nReviewed-by: Eve <eve{number}@lemon.example>\n"
    quoted = "" if is_patch else f"> Word{root} of the text.\n"
    return f"{head}\n{quoted}{body}{_DIFF.format(number) if is_patch else ''}".encode()


class Epoch:
    """One repository, whose history is written as a whole each time."""

    def __init__(self, path: Path, start: int = START) -> None:
        self.archive = Archive(path)
        self._start = start
        self._kept: set[str] = set()
        plain = self.archive.put

        def put(kind, data):
            oid = plain(kind, data)
            self._kept.add(oid)
            return oid

        self.archive.put = put

    def write(self, steps: tuple[Step, ...]) -> str | None:
        """Make the branch a history of these steps; give its tip."""
        self._kept = set()
        self.archive.last = None
        for place, step in enumerate(steps):
            self._commit(step, self._start + 60 * place)
        if not steps:
            (self.archive.path / "refs" / "heads" / "master").unlink(missing_ok=True)
        return self.archive.last

    def _commit(self, step: Step, seconds: int) -> None:
        commit, blob = self.archive.commit, self.archive.blob
        match step:
            case Add(number, way, text):
                commit({"m": blob(write_mail(number, way, text))}, seconds=seconds)
            case Delete(number, way):
                commit({"d": blob(write_mail(number, way))}, seconds=seconds)
            case Purge():
                self.archive.blob(b"")
                commit({"m": EMPTY_BLOB}, seconds=seconds)
            case Nothing():
                tree = self.archive.tree({})
                commit(tree, seconds=seconds)
            case Merge(number, side):
                before = self.archive.last
                other = commit({"m": blob(write_mail(side))}, parents=[], seconds=seconds - 30)
                parents = [before, other] if before else [other]
                commit({"m": blob(write_mail(number))}, parents=parents, seconds=seconds)

    def prune(self) -> None:
        """Remove every object that the last history does not have."""
        for file in (self.archive.path / "objects").glob("??/*"):
            if file.parent.name + file.name not in self._kept:
                file.unlink()

    def lose(self, mail: bytes) -> None:
        """Take a mail's object away, as in a partial clone; writing the history brings it back."""
        self.archive.file_of(self.archive.blob(mail)).unlink()


def write_v1(archive: Archive, groups: tuple[frozenset[int], ...]) -> None:
    """Write a v1 history, each commit of which holds a set of mails."""
    archive.last, archive.seconds = None, START
    for numbers in groups:
        mails = {number: archive.blob(write_mail(number)) for number in numbers}
        archive.commit(v1_tree(archive, mails))


class V2:
    """A v2 inbox of several epochs, which can be made absent."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._epochs: dict[int, Epoch] = {}

    def epoch(self, number: int) -> Epoch:
        """Return an epoch, made where it is not there."""
        if number not in self._epochs:
            path = self.path / "git" / f"{number}.git"
            # no two begin with one commit: that would be copies of one
            self._epochs[number] = Epoch(path, START + number)
        return self._epochs[number]

    def remove(self, number: int) -> None:
        """Take an epoch's folder away."""
        epoch = self._epochs.pop(number, None)
        if epoch:
            shutil.rmtree(epoch.archive.path)

    def open(self) -> Inbox:
        """Open it."""
        return Inbox.open(self.path)


_DUMPS = {
    "epochs": "SELECT inbox.name, number, path, hex(tip) FROM epoch JOIN inbox ON inbox.id = inbox",
    "names": "SELECT inbox.name, number, name.name, hex(target) FROM name"
    " JOIN epoch ON epoch.id = epoch JOIN inbox ON inbox.id = inbox",
    "identifiers": "SELECT text FROM identifier",
    "lists": "SELECT text FROM list",
    "entries": "SELECT inbox.name, number, entry.seq, hex(oid), hex(parents), seconds, change,"
    " further, hex(blob), code, trouble, entry.size, hex(content), text, gone FROM entry"
    " JOIN epoch ON epoch.id = entry.epoch JOIN inbox ON inbox.id = inbox"
    " LEFT JOIN message ON message.id = message LEFT JOIN list ON list.id = list",
    "messages": "SELECT hex(content), inbox.name, number, message.seq, shown, received, sent,"
    " size, kind, revision, counter, total, hex(patch_id), change_id FROM message"
    " JOIN epoch ON epoch.id = message.epoch JOIN inbox ON inbox.id = inbox",
    "ids": "SELECT hex(content), text FROM message_identifier"
    " JOIN message ON message.id = message JOIN identifier ON identifier.id = identifier",
    "references": "SELECT hex(content), text FROM reference"
    " JOIN message ON message.id = message JOIN identifier ON identifier.id = identifier",
    "facts": "SELECT inbox.name, number, seq, value,"
    " (SELECT json_group_array(json_array(name, email, written)) FROM"
    " (SELECT person.* FROM json_each(people) JOIN person ON person.id = value ORDER BY key)),"
    " (SELECT json_group_array(text) FROM"
    " (SELECT text FROM json_each(ids) JOIN identifier ON identifier.id = value ORDER BY key))"
    " FROM fact JOIN epoch ON epoch.id = epoch JOIN inbox ON inbox.id = inbox",
    "spans": "SELECT inbox.name, epoch.number, span.number, entries, earliest, latest FROM span"
    " JOIN epoch ON epoch.id = epoch JOIN inbox ON inbox.id = inbox",
    "people": "SELECT name, email, written FROM person",
    "words": "SELECT hex(content), col, offset, term FROM temp.instances"
    " LEFT JOIN message ON message.id = doc",
    "documents": "SELECT hex(content) FROM fulltext_docsize LEFT JOIN message USING (id)",
}


def quick_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder in memory where there is one: a disk takes seconds to sync its writes."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)


def dump(path: Path) -> dict[str, list]:
    """Return all that an index file says, but for its own ids and places."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, fulltext, instance)"
        )
        found = {name: sorted(connection.execute(sql), key=repr) for name, sql in _DUMPS.items()}
        found["mails"] = sorted(_read_mails(connection))
        found["dangling"] = connection.execute(
            "SELECT id FROM block WHERE id NOT IN (SELECT block FROM entry WHERE block NOT NULL)"
        ).fetchall()
    return found


def read_blocks(connection: sqlite3.Connection) -> dict[int, bytes]:
    """Return all blocks of a file, unpacked."""
    return {
        row[0]: zstd.decompress(row[1]) for row in connection.execute("SELECT id, data FROM block")
    }


def _read_mails(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
    blocks = read_blocks(connection)
    sql = "SELECT hex(oid), block, start, size FROM entry WHERE block IS NOT NULL"
    rows = connection.execute(sql).fetchall()
    for block, data in blocks.items():
        # there is nothing between the mails: what is purged is cut out
        assert len(data) == sum(row[3] for row in rows if row[1] == block)
    return [(oid, blocks[block][start : start + size]) for oid, block, start, size in rows]


def build(path: Path, *inboxes: tuple[str, Inbox]) -> dict[str, list]:
    """Make an index from nothing; return what it says."""
    with Index.open(path, create=True) as index:
        for name, inbox in inboxes:
            index.update(inbox, name=name)
        assert index.check() == ()
    return dump(path)


def assert_same(first: dict[str, list], second: dict[str, list]) -> None:
    """Compare two dumps, part by part, so that a difference can be read."""
    for part in first:
        assert first[part] == second[part], part
