"""Bad inputs of every kind, each a few words and a command that must be refused.

A command is a list of words, in which `{}` stands for the folder that holds everything; the
function that makes the input is called first, with that folder.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.archive.git_archive import Archive, git, mail


class Bad(NamedTuple):
    """A bad input: what it is, the command, and what to prepare for it."""

    what: str
    command: tuple[str, ...]
    make: Callable[[Path], None] = lambda folder: None


def bad(what, command, make=lambda folder: None):
    """Return a bad input for a command written as in a shell, with blanks between its words."""
    words = tuple(word.replace("~~", " ") for word in command.split())
    return Bad(what, words, make)


def archive_at(folder, mails=4, branch="master"):
    """Make an archive of some mails and return it."""
    archive = Archive(folder, branch=branch)
    for number in range(mails):
        archive.add(number)
    return archive


def _write(name, data):
    def make(folder):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return make


def _epochs(*numbers):
    def make(folder):
        for number in numbers:
            archive = Archive(folder / f"{number}.git")
            archive.add(number)
            archive.add(number + 10)

    return make


def _placeholders(folder):
    Archive(folder / "0.git")
    archive_at(folder / "1.git")


def _bundle(folder):
    archive = archive_at(folder / "0.git")
    git(archive.path, "bundle", "create", "-q", folder / "kvm.bundle", "master")


def _sha256(folder):
    git(folder / "0.git", "init", "-q", "--bare", "--object-format=sha256")


def _extension(name):
    def make(folder):
        archive = archive_at(folder / "0.git")
        lines = f"[core]\nrepositoryformatversion = 1\n[extensions]\n{name}\n"
        (archive.path / "config").write_text(lines)

    return make


def _clone(*options):
    def make(folder):
        archive = archive_at(folder / "whole.git")
        git(archive.path, "config", "uploadpack.allowFilter", "true")
        url = f"file://{archive.path}"
        git(archive.path, "clone", "-q", "--bare", *options, url, folder / "0.git")

    return make


def _dangling_head(folder):
    archive = archive_at(folder / "0.git", branch="left")
    archive.ref("heads/right", archive.last)
    (archive.path / "HEAD").write_text("ref: refs/heads/gone\n")


def _short_branch(folder):
    archive = archive_at(folder / "0.git")
    (archive.path / "refs" / "heads" / "master").write_text(archive.last[:17])


def _no_epoch(folder):
    archive_at(folder / "0.git")
    (folder / "1.git" / "objects").mkdir(parents=True)


def _epoch_twice(folder):
    archive_at(folder / "0")
    archive_at(folder / "0.git")


def _linked_epoch(folder):
    archive_at(folder / "0.git")
    (folder / "1.git").symlink_to("0.git")


def _copied_epoch(folder):
    archive_at(folder / "0.git")
    archive_at(folder / "1.git")


def _change_mail(change):
    def make(folder):
        archive = archive_at(folder / "0.git")
        change(archive.file_of(archive.blob(mail(2))))

    return make


def _cut(file):
    file.write_bytes(file.read_bytes()[:-1])


def _no_commit(folder):
    archive = archive_at(folder / "0.git")
    parent = git(archive.path, "rev-parse", "HEAD~1").decode().strip()
    archive.file_of(parent).unlink()


def _no_tree(folder):
    archive = archive_at(folder / "0.git")
    tree = git(archive.path, "rev-parse", "HEAD~1^{tree}").decode().strip()
    archive.file_of(tree).unlink()


def _cut_pack(folder):
    pack = archive_at(folder / "0.git").pack()
    pack.chmod(0o644)
    pack.write_bytes(pack.read_bytes()[:-100])


def _lost_alternate(folder):
    archive = archive_at(folder / "0.git")
    (archive.path / "objects" / "info").mkdir()
    (archive.path / "objects" / "info" / "alternates").write_text(f"{folder}/gone/objects\n")
    archive.file_of(archive.blob(mail(2))).unlink()


def _at_m(mode, kind, data):
    def make(folder):
        archive = archive_at(folder / "0.git")
        oid = archive.put(kind, data) if kind else "1" * 40
        archive.commit({"m": (mode, oid)})

    return make


def _index(folder):
    from kvminbox import Inbox, Index

    archive_at(folder / "0.git")
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(folder / "0.git"), name="kvm")


def _two_inboxes(folder):
    from kvminbox import Inbox, Index

    archive_at(folder / "0.git")
    other = Archive(folder / "other.git")
    other.add(77)
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(folder / "0.git"), name="kvm")
        index.update(Inbox.open(folder / "other.git"), name="other")


def _schema(number):
    def make(folder):
        _index(folder)
        with sqlite3.connect(folder / "kvm.sqlite") as database:
            database.execute(f"PRAGMA user_version = {number}")
        database.close()

    return make


def _foreign_database(folder):
    with sqlite3.connect(folder / "kvm.sqlite") as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    database.close()


def _damaged_index(folder):
    _index(folder)
    path = folder / "kvm.sqlite"
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * len(data[8192:])
    path.write_bytes(data)


def _cut_index(folder):
    _index(folder)
    path = folder / "kvm.sqlite"
    path.write_bytes(path.read_bytes()[:300])


def _another_history(folder):
    _index(folder)
    archive = Archive(folder / "else.git")
    archive.add(99)


def _usual(folder):
    archive_at(folder / "0.git")


def _with(name, data):
    def make(folder):
        archive_at(folder / "0.git")
        _write(name, data)(folder)

    return make


UPDATE = "update {}/0.git"
REPORT = "report {}/0.git ..HEAD --sections=authors,subsystems"
SEARCH = "search {}/kvm.sqlite"

CONFIG = "--config {}/config.toml"
SECTIONS = {
    "Commands": [
        bad("an unknown command", "frobnicate"),
        bad("a command for the settings", "config"),
        bad("no path", "update"),
        bad("a range alone", "update ..HEAD"),
        bad("a path behind the range", "update ..HEAD {}/0.git", _usual),
        bad("an unknown option", f"{UPDATE} HEAD~1.. --nonsense", _usual),
        bad("an unknown format", f"{UPDATE} HEAD~1.. --format=pdf", _usual),
        bad("not a number", f"{UPDATE} HEAD~1.. --top=many", _usual),
        bad("zero rows", f"{UPDATE} HEAD~1.. --top=0", _usual),
    ],
    "The configuration file": [
        bad("a missing configuration file", f"{CONFIG} index"),
        bad("a configuration that is not TOML", f"{CONFIG} index", _write("config.toml", "me = [")),
        bad("an unknown setting", f"{CONFIG} index", _write("config.toml", "me = []\nindx = 'x'")),
        bad("a setting of the wrong type", f"{CONFIG} index", _write("config.toml", "index = 3")),
        bad("no default index", f"{CONFIG} index", _write("config.toml", "")),
        bad("`me` without an address", f"{CONFIG} waiting x --for me", _write("config.toml", "")),
        bad("a configuration without saved searches", f"{CONFIG} changes x --search timer",
            _write("config.toml", "")),
        bad(
            "an unknown saved search", f"{CONFIG} changes x --search timr",
            _write("config.toml", "[searches]\ntimer = 's:timer'"),
        ),
        bad(
            "a list's address without a place for the Message-ID", f"{CONFIG} index",
            _write("config.toml", "[lists.'a.example']\nurl = 'https://lists.example/a/'"),
        ),
    ],
    "Paths and archives": [
        bad("no such path", "update {}/nowhere ..HEAD"),
        bad("a directory without an archive", "update {} ..HEAD"),
        bad("an mbox", "index {}/kvm.sqlite {}/mbox", _write("mbox", "From x Mon Jun  9 9:0\n")),
        bad("a text file", "index {}/kvm.sqlite {}/x", _write("x", "hello\n")),
        bad("a bundle", "update {}/kvm.bundle ..HEAD", _bundle),
        bad("an archive without commits", f"{UPDATE} ..HEAD", lambda at: Archive(at / "0.git")),
        bad("an epoch that is not a repository", "update {} ..HEAD", _no_epoch),
        bad("the same epoch number twice", "update {} ..HEAD", _epoch_twice),
        bad("a link to another epoch", "update {} ..HEAD", _linked_epoch),
        bad("a copy of an epoch", "update {} ..HEAD", _copied_epoch),
        bad("a SHA-256 repository", f"{UPDATE} ..HEAD", _sha256),
        bad("a partial clone made by an old git", f"{UPDATE} ..HEAD",
            _extension("partialClone = origin")),
        bad("refs in a reftable", f"{UPDATE} ..HEAD", _extension("refStorage = reftable")),
        bad("A HEAD whose branch is missing, beside two others", f"{UPDATE} ..HEAD",
            _dangling_head),
        bad("a truncated branch file", f"{UPDATE} ..HEAD", _short_branch),
        bad("a path with a NUL", "update {}/a\0b ..HEAD"),
    ],
    "Revisions and ranges": [
        bad("one revision", f"{UPDATE} HEAD", _usual),
        bad("three dots", f"{UPDATE} HEAD~1...HEAD", _usual),
        bad("an unknown revision", f"{UPDATE} HEAD~1..nowhere", _usual),
        bad("a revision that looks like an option", f"{UPDATE} -- --all..HEAD", _usual),
        bad("forty zeros", f"{UPDATE} {'0' * 40}..HEAD", _usual),
        bad("a blob", f"{UPDATE} HEAD~1:m..HEAD", _usual),
        bad("a tree", f"{UPDATE} HEAD~1..HEAD^{{tree}}", _usual),
        bad("the newer commit first", f"{UPDATE} HEAD..HEAD~2", _usual),
        bad("the same commit twice", f"{UPDATE} HEAD..HEAD", _usual),
        bad("nothing new", f"{UPDATE} HEAD..", _usual),
        bad("a missing epoch", f"{UPDATE} 7:HEAD..HEAD", _usual),
        bad("epochs in the wrong order", "update {} 1:HEAD..0:HEAD", _epochs(0, 1)),
        bad("a gap between two epochs", "update {} 0:HEAD~1..2:HEAD", _epochs(0, 2)),
        bad("a first epoch that was not cloned", "update {} ..HEAD", _placeholders),
    ],
    "Dates": [
        bad("not a date", f"{UPDATE} --since=next~~tuesday", _usual),
        bad("an end without a start", f"{UPDATE} --until=2023-01-01", _usual),
        bad("a range and a date", f"{UPDATE} HEAD~1.. --since=2023-01-01", _usual),
        bad("not a week", f"{UPDATE} --week=2025-W54", _usual),
        bad("a release without a tree", f"{UPDATE} --release=v6.12..v6.13", _usual),
        bad("not a month", f"{UPDATE} --month=August", _usual),
        bad("a time in which nothing arrived", f"{UPDATE} --since=2033-01-01", _usual),
    ],
    "Damaged and incomplete archives": [
        bad("a shallow clone", f"{UPDATE} ..HEAD", _clone("--depth=2")),
        bad("a partial clone", f"{UPDATE} ..HEAD", _clone("--filter=blob:none")),
        bad("a missing mail", f"{UPDATE} ..HEAD", _change_mail(Path.unlink)),
        bad("a truncated mail", f"{UPDATE} ..HEAD", _change_mail(_cut)),
        bad("a corrupt mail", f"{UPDATE} ..HEAD",
            _change_mail(lambda file: file.write_bytes(b"garbage"))),
        bad("an empty file in place of a mail", f"{UPDATE} ..HEAD",
            _change_mail(lambda file: file.write_bytes(b""))),
        bad("a missing commit", f"{UPDATE} ..HEAD", _no_commit),
        bad("a stable branch without a tree",
            "report {}/kvm.sqlite ..HEAD --sections=backports --stable=linux-6.12.y", _index),
        bad("a branch with two trees",
            "landed {}/kvm.sqlite ..HEAD --tree=linux --tree=kvmtool --ref=next", _index),
        bad("a missing tree", f"{UPDATE} ..HEAD", _no_tree),
        bad("a truncated pack", f"{UPDATE} ..HEAD", _cut_pack),
        bad("a missing alternate", f"{UPDATE} ..HEAD", _lost_alternate),
        bad("a symbolic link in place of a mail", f"{UPDATE} ..HEAD",
            _at_m("120000", "blob", b"/etc/passwd")),
        bad("a submodule in place of a mail", f"{UPDATE} ..HEAD", _at_m("160000", "", b"")),
        bad("a directory in place of a mail", f"{UPDATE} ..HEAD", _at_m("40000", "tree", b"")),
    ],
    "Outputs": [
        bad("a directory as the output", f"{UPDATE} ..HEAD --output={{}}", _usual),
        bad("a missing directory", f"{UPDATE} ..HEAD --output={{}}/none/x", _usual),
        bad("a path below a file", f"{UPDATE} ..HEAD --output={{}}/x/y", _with("x", "mine\n")),
        bad("a full disk", f"{UPDATE} ..HEAD --output=/dev/full", _usual),
        bad("a name that is too long", f"{UPDATE} ..HEAD --output={{}}/{'x' * 256}", _usual),
        bad("no name", f"{UPDATE} ..HEAD --output=", _usual),
        bad("CSV without a table", f"{UPDATE} ..HEAD --format=csv", _usual),
        bad("an unknown table", f"{UPDATE} ..HEAD --format=csv --table=x", _usual),
        bad("a table of a format without tables", f"{UPDATE} ..HEAD --table=domains", _usual),
        bad("an address where no mail is written", f"{UPDATE} ..HEAD --to=a@x.example", _usual),
        bad("a name for no inbox", "index {}/kvm.sqlite --name=x", _index),
        bad("a mail without addresses", f"{UPDATE} ..HEAD --format=mail", _usual),
        bad("a malformed mail address",
            f"{UPDATE} ..HEAD --format=mail --from=ada --to=kvm@list.example", _usual),
    ],
    "Built reports": [
        bad("an unknown section", "report {}/0.git ..HEAD --sections=nonsense", _usual),
        bad("no section", "report {}/0.git ..HEAD --sections=,", _usual),
        bad("a section twice", "report {}/0.git ..HEAD --sections=authors,authors", _usual),
        bad("a template for another section", f"{REPORT} --template=files=x", _usual),
        bad("a template without a file", f"{REPORT} --template=authors", _usual),
        bad("a missing template", f"{REPORT} --template=authors={{}}/x", _usual),
        bad("a malformed template", f"{REPORT} --template=authors={{}}/x",
            _with("x", "one\n{% for row in %}\n")),
        bad("a template that uses an unknown field", f"{REPORT} --template=authors={{}}/x",
            _with("x", "{{ result.nonsense }}")),
        bad("a template that tries to leave the sandbox", f"{REPORT} --template=authors={{}}/x",
            _with("x", "{{ result.__class__.__mro__ }}")),
        bad("a malformed earlier range", f"{REPORT} --before=HEAD", _usual),
        bad("a missing mailmap", f"{REPORT} --mailmap={{}}/x", _usual),
        bad("a directory as the mailmap", f"{REPORT} --mailmap={{}}", _usual),
        bad("a mailmap that is not UTF-8", f"{REPORT} --mailmap={{}}/x",
            _with("x", b"Ada <ada@x>\nZo\xeb <zoe@x>\n")),
        bad("a mailmap with a malformed line", f"{REPORT} --mailmap={{}}/x",
            _with("x", "Ada <ada@a.example>\nAda ada@b.example\n")),
        bad("a gitdm.config with an unknown word", f"{REPORT} --employers={{}}/x",
            _with("x", "EmailMap domains\nNonsense x\n")),
        bad("a missing gitdm map", f"{REPORT} --employers={{}}/x",
            _with("x", "EmailMap domains\n")),
        bad("a MAINTAINERS file with a malformed pattern", f"{REPORT} --maintainers={{}}/x",
            _with("x", "\nKVM\nM:\tAda <a@a.example>\nN:\t(kvm\nF:\tvirt/\n")),
        bad("a file that is not a MAINTAINERS file", f"{REPORT} --maintainers={{}}/x",
            _with("x", "hello\n")),
    ],
    "Index files": [
        bad("a missing index", "search {}/kvm.sqlite x"),
        bad("an index in a missing directory", "index {}/none/kvm.sqlite {}/0.git", _usual),
        bad("a directory as the index", "search {} x"),
        bad("a text file as the index", f"{SEARCH} x", _write("kvm.sqlite", "hello\n" * 900)),
        bad("another program's database", f"{SEARCH} x", _foreign_database),
        bad("an index of an older version", f"{SEARCH} x", _schema(1)),
        bad("an index of a newer version", f"{SEARCH} x", _schema(999)),
        bad("a corrupt index", f"{SEARCH} x", _damaged_index),
        bad("a truncated index", f"{SEARCH} x", _cut_index),
        bad("a new index without an inbox", "index {}/new.sqlite", _usual),
        bad("one name for two inboxes", "index {}/kvm.sqlite --name=x {}/0.git {}/0.git", _usual),
        bad("another archive under the same name",
            "index {}/kvm.sqlite --name=kvm --jobs=1 {}/else.git", _another_history),
        bad("an index of two inboxes", "update {}/kvm.sqlite HEAD~1..HEAD", _two_inboxes),
        bad("an unknown inbox", "update {}/kvm.sqlite ..HEAD --inbox=x",
            _two_inboxes),
        bad("an inbox name with an archive", f"{UPDATE} ..HEAD --inbox=kvm", _usual),
        bad("an unknown Message-ID", "show {}/kvm.sqlite nobody@nowhere.example",
            _index),
        bad("an unknown thread", "show {}/kvm.sqlite nobody@x.example --as=tree",
            _index),
        bad("a mail that is in no series", "show {}/kvm.sqlite 1@example.com --as=series",
            _index),
    ],
    "Searches": [
        bad("an empty query", f"{SEARCH} ~~", _index),
        bad("a bracket that is not closed", f"{SEARCH} (s:kvm", _index),
        bad("a closing bracket without an opening one", f"{SEARCH} s:kvm)", _index),
        bad("a quote that is not closed", f'{SEARCH} s:"kvm', _index),
        bad("an operator without words", f"{SEARCH} AND~~kvm", _index),
        bad("an unknown prefix", f"{SEARCH} nonsense:kvm", _index),
        bad("a field without a word", f"{SEARCH} s:", _index),
        bad("a malformed date", f"{SEARCH} d:frobnicate..", _index),
        bad("a malformed size", f"{SEARCH} z:big..", _index),
        bad("an unknown order", f"{SEARCH} x --order=random", _index),
    ],
}  # fmt: skip
