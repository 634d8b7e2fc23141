"""Bits and bytes changed and the file cut anywhere in an index: no wrong answer in silence.

What a window or a report says is right or an error. Search and ids are weaker, for SQLite
keeps no checksums: what changes in its trees may hide a mail from them, and in the full
text it may make one appear. `check` tells of each such damage. Whatever they give are
mails of the archive, with the bytes and at the place that they have there.
"""

import re
import sqlite3
from contextlib import closing, suppress
from itertools import islice

import pytest

from kvminbox import Inbox
from kvminbox.errors import KvminboxError
from kvminbox.index import Index
from kvminbox.index.schema import TABLES
from kvminbox.reports import list_update
from tests.damage.damage import WAYS_OF_BITS, choose_places, damaged
from tests.damage.scene import (
    OLD,
    ask,
    from_plain,
    judge,
    judge_all,
    make_archive,
    make_questions,
    read_error,
    read_rows,
    to_plain,
)
from tests.damage.watched import Tally, run_watched
from tests.index.histories import Add, Epoch

FEW = {"bit": 20, "flip": 10, "cut": 10}
MANY = {"bit": 2_500, "flip": 500, "cut": 250}
AT_ONCE = 25
"""Places that one process tries."""

NUMBERS = range(14)
BEGIN = "2000-01-01"


def _name(number):
    return f"{number}@lemon.example"


def _dump(models):
    return [model.model_dump_json() for model in models if model is not None]


def _nodes(thread):
    return [node.message for node in thread.nodes] if thread else []


def _copies(index):
    return [copy for number in NUMBERS for copy in index.copies(_name(number))]


ANSWERS = {
    "messages": lambda index: _dump(index.messages()),
    "since": lambda index: _dump(index.since(BEGIN).messages()),
    "summary": lambda index: [index.since(BEGIN).summary().model_dump_json()],
    "report": lambda index: [str(list_update(index.since(BEGIN)))],
}
"""What has to be right, or an error."""

LOOKUPS = {
    "get": lambda index: _dump(index.get(_name(number)) for number in NUMBERS),
    "find": lambda index: _dump(mail for n in NUMBERS for mail in index.find(_name(n))),
    "copies": lambda index: _dump(_copies(index)),
    "search": lambda index: _dump(hit.message for hit in index.search("word*")),
    "hits": lambda index: _dump(copy for hit in index.search("squeeze") for copy in hit.copies),
    "filter": lambda index: _dump(index.search("s:lemon3 rt:2023-11-14..").messages()),
    "kinds": lambda index: _dump(index.search("kind:patch z:..5000 l:list0").messages()),
    "entries": lambda index: _dump(index.search("word9 OR eve4", order="oldest").entries()),
    "ids": lambda index: list(index.search("b:text", order="relevance").message_ids()),
    "thread": lambda index: _dump(_nodes(index.thread_of(_name(4)))),
    "series": lambda index: _dump(getattr(index.series_of(_name(9)), "messages", ())),
    "count": lambda index: [str(len(index.search("lemon* -word4")))],
    "unread": lambda index: [str(index.unread)],
}
"""What has to be right, an error, or told by `check`."""


class Scene:
    """An index of the beginning of an archive, and what it answers undamaged."""

    def __init__(self, folder, *, beside):
        self.path = folder / "0.git"
        self.file = folder / "index.sqlite"
        commits = make_archive(self.path)
        branch = self.path / "refs/heads/master"
        branch.write_text(f"{commits[OLD + 4]}\n")
        self.questions = make_questions(commits[: OLD + 5])
        del self.questions["git's syntax"]
        self.beside = folder / "grape.git" if beside else None
        if self.beside:
            Epoch(self.beside).write((Add(1, 1), Add(20), Add(4), Add(9, 2)))
        run_watched(self._build)
        right = run_watched(self._ask_undamaged)
        assert isinstance(right, tuple), right
        self.rows, self.found, self.entries = from_plain(right[0]), right[1], set(right[2])
        branch.write_text(f"{commits[-1]}\n")
        self.later = from_plain(run_watched(lambda: to_plain({"all": self._read_archive()})))["all"]

    def _build(self):
        with Index.open(self.file, create=True) as index:
            index.update(Inbox.open(self.path), name="lemon")
            if self.beside:
                index.update(Inbox.open(self.beside))

    def _ask_undamaged(self):
        with Index.open(self.file) as index:
            assert index.check() == ()
            found = {name: answer(index) for name, answer in {**ANSWERS, **LOOKUPS}.items()}
            windows = [index.inbox(name).between(None) for name in index.inboxes]
            entries = [text for window in windows for text in _dump(window.entries())]
            return to_plain(ask(lambda: index.inbox("lemon"), self.questions)), found, entries

    def _read_archive(self):
        inbox = Inbox.open(self.path)
        return read_rows(inbox, inbox.between(None))

    def ask_damaged(self, place):
        """Return a word for each answer of the damaged file."""
        with damaged(place):
            return self._ask_file()

    def ask_twisted(self, table, column, value):
        """Return the same where a column of a table holds a value, of any type."""
        sound = self.file.read_bytes()
        set_anything(self.file, table, column, value)
        try:
            return self._ask_file()
        finally:
            self.file.write_bytes(sound)

    def _ask_file(self):
        try:
            with Index.open(self.file) as index:
                return self._ask(index)
        except KvminboxError as error:
            return {"open": read_error(error)}
        finally:
            for end in ("-wal", "-shm"):
                self.file.with_name(self.file.name + end).unlink(missing_ok=True)

    def _ask(self, index):
        words = judge_all(ask(lambda: index.inbox("lemon"), self.questions), self.rows)
        words |= {name: self._judge(name, answer, index) for name, answer in ANSWERS.items()}
        lookups = {name: self._judge(name, answer, index) for name, answer in LOOKUPS.items()}
        words["check"] = check = _check(index)
        for name, word in lookups.items():
            is_told = word.startswith("less or more") and check == "error"
            words[name] = "told" if is_told else word
        return {**words, "update": self._update(index)}

    def _judge(self, name, answer, index):
        try:
            found = answer(index)
        except KvminboxError as error:
            return read_error(error)
        if found == self.found[name]:
            return "equal"
        known = {text for texts in self.found.values() for text in texts} | self.entries
        if name in ANSWERS or not (name in ("count", "unread") or known.issuperset(found)):
            return f"wrong {name}: {found} for {self.found[name]}"
        return f"less or more by {name}, unnoticed: {found} for {self.found[name]}"

    def _update(self, index):
        """Bring it up to date; what it says afterwards is right, or an error."""
        try:
            index.update(Inbox.open(self.path), name="lemon")
            inbox = index.inbox("lemon")
            return judge(read_rows(inbox, inbox.between(None)), self.later)
        except KvminboxError as error:
            return read_error(error)


def _check(index):
    try:
        return "error" if index.check() else "equal"
    except KvminboxError as error:
        return read_error(error)


def set_anything(file, table, column, value):
    """Give the highest of a column a value that its table does not allow, as a bit may."""
    strict = TABLES[table].strip()
    loose = re.sub(r"^(  \w+) (INTEGER|TEXT)(?! PRIMARY)", r"\1", strict, flags=re.MULTILINE)
    loose = re.sub(r" NOT NULL|\bSTRICT,?", "", loose)
    row = f"{column} IS (SELECT max({column}) FROM {table})"
    update = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {row}"
    for schema, change in ((loose, update), (strict, "")):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("PRAGMA writable_schema = ON")
            sql = "UPDATE sqlite_schema SET sql = ? WHERE name = ?"
            connection.execute(sql, (schema, table))
        if change:
            # no NULL is in a key
            with (
                suppress(sqlite3.IntegrityError),
                closing(sqlite3.connect(file)) as connection,
                connection,
            ):
                connection.execute(change, (value,))


def list_columns():
    """List the columns of the tables, but those of the full text and those that are rowids."""
    for name, sql in TABLES.items():
        if sql.lstrip().startswith("CREATE TABLE"):
            columns = re.findall(r"^  (\w+) [A-Z]+(?! PRIMARY KEY,)\b", sql, re.MULTILINE)
            yield from ((name, column) for column in columns if column.islower())


def check_places(folder, way, count, seed, *, beside):
    scene = Scene(folder, beside=beside)
    tally = Tally()
    places = choose_places([scene.file], way, count, seed, dense=True)
    while some := list(islice(places, AT_ONCE)):
        verdicts = run_watched(lambda: [scene.ask_damaged(place) for place in some])
        if not isinstance(verdicts, list):  # one of them ended the process: which?
            verdicts = [run_watched(lambda: scene.ask_damaged(place)) for place in some]  # noqa: B023
        for place, verdict in zip(some, verdicts, strict=True):
            tally.note(place, verdict)
    return tally


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS_OF_BITS)
def test_damage_of_an_index_is_harmless(tmp_path, way):
    """At some places of its file: no wrong answer in silence, no hang, no death."""
    tally = check_places(tmp_path, way, FEW[way], seed=1, beside=True)
    assert tally.bad == []
    assert tally.places == FEW[way]


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """Return an index of one inbox."""
    return Scene(tmp_path_factory.mktemp("twisted"), beside=False)


@pytest.mark.damage
@pytest.mark.parametrize(("table", "column"), list(list_columns()))
def test_a_value_of_another_type_is_harmless(scene, table, column):
    """A damaged row may hold text, bytes, a fraction or nothing wherever a number belongs."""
    tally = Tally()
    # another text in both places that hold an id is no damage: it was written so
    texts = () if table in ("list", "identifier") else ("word", "7")
    for value in (*texts, b"\xff\0", 1.5, -(1 << 63), None):
        verdict = run_watched(lambda: scene.ask_twisted(table, column, value))  # noqa: B023
        tally.note(value, verdict)
    assert tally.bad == []


@pytest.mark.damage
@pytest.mark.parametrize("beside", [False, True], ids=["one", "two"])
@pytest.mark.parametrize("way", WAYS_OF_BITS)
def test_damage_of_an_index_is_harmless_at_many_places(tmp_path, way, beside):
    """The same at thousands of places, in an index of one inbox and of two."""
    tally = check_places(tmp_path, way, MANY[way], seed=2, beside=beside)
    print(f"\nindex of {1 + beside}, {way}: {tally}")
    assert tally.bad == []
    assert tally.places == MANY[way]
