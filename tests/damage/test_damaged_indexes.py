"""Bytes changed and the file cut anywhere in an index: the right answer, or an error of ours.

What a window says is right or an error. Search and ids are weaker, for SQLite keeps no
checksums: a byte changed in their tables may hide a mail from them, unless `check`
finds it. What they give are mails of the archive with the bytes that they have there.
"""

import pytest

from kvminbox import Inbox
from kvminbox.errors import KvminboxError
from kvminbox.index import Index
from tests.damage.damage import WAYS, choose_places, damaged
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

FEW, MANY = 10, 500
NUMBERS = range(14)


def _name(number):
    return f"{number}@lemon.example"


def _mails_of(messages):
    return [mail.model_dump_json() for mail in messages if mail is not None]


def _nodes(thread):
    return [node.message for node in thread.nodes] if thread else []


LOOKUPS = {
    "get": lambda index: _mails_of(index.get(_name(number)) for number in NUMBERS),
    "find": lambda index: _mails_of(mail for n in NUMBERS for mail in index.find(_name(n))),
    "search": lambda index: _mails_of(hit.message for hit in index.search("word*")),
    "filter": lambda index: _mails_of(index.search("s:lemon3 rt:2023-11-14..").messages()),
    "thread": lambda index: _mails_of(_nodes(index.thread_of(_name(4)))),
    "series": lambda index: _mails_of(getattr(index.series_of(_name(9)), "messages", ())),
}


class Scene:
    """An index of the beginning of an archive, and what it answers undamaged."""

    def __init__(self, folder):
        self.path = folder / "0.git"
        self.file = folder / "index.sqlite"
        commits = make_archive(self.path)
        branch = self.path / "refs/heads/master"
        branch.write_text(f"{commits[OLD + 4]}\n")
        self.questions = make_questions(commits[: OLD + 5])
        del self.questions["git's syntax"]
        run_watched(self._build)
        right = run_watched(self._ask_undamaged)
        assert isinstance(right, tuple), right
        self.rows, self.found = from_plain(right[0]), right[1]
        branch.write_text(f"{commits[-1]}\n")
        self.later = from_plain(run_watched(lambda: to_plain({"all": self._read_archive()})))["all"]

    def _build(self):
        with Index.open(self.file, create=True) as index:
            index.update(Inbox.open(self.path), name="lemon")

    def _ask_undamaged(self):
        with Index.open(self.file) as index:
            found = {name: look_up(index) for name, look_up in LOOKUPS.items()}
            return to_plain(ask(index.inbox, self.questions)), found

    def _read_archive(self):
        inbox = Inbox.open(self.path)
        return read_rows(inbox, inbox.between(None))

    def ask_damaged(self, place):
        """Return a word for each answer of the damaged file."""
        with damaged(place):
            try:
                with Index.open(self.file) as index:
                    return self._ask(index)
            except KvminboxError as error:
                return {"open": read_error(error)}
            finally:
                for end in ("-wal", "-shm"):
                    self.file.with_name(self.file.name + end).unlink(missing_ok=True)

    def _ask(self, index):
        words = judge_all(ask(index.inbox, self.questions), self.rows)
        for name, look_up in LOOKUPS.items():
            words[name] = _judge_lookup(look_up, index, self.found[name], self.found["find"])
        words["check"] = _check(index)
        return {**words, "update": self._update(index)}

    def _update(self, index):
        """Bring it up to date; what it says afterwards is right, or an error."""
        try:
            index.update(Inbox.open(self.path), name="lemon")
            inbox = index.inbox()
            return judge(read_rows(inbox, inbox.between(None)), self.later)
        except KvminboxError as error:
            return read_error(error)


def _judge_lookup(look_up, index, right, all_mails):
    try:
        found = look_up(index)
    except KvminboxError as error:
        return read_error(error)
    if found == right:
        return "equal"
    return "unnoticed" if set(found) <= set(all_mails) else f"wrong: {found} for {right}"


def _check(index):
    try:
        return "error" if index.check() else "equal"
    except KvminboxError as error:
        return read_error(error)


def check_places(folder, way, count, seed):
    scene = Scene(folder)
    tally = Tally()
    for place in choose_places([scene.file], way, count, seed, dense=True):
        tally.note(place, run_watched(lambda: scene.ask_damaged(place)))  # noqa: B023
    return tally


@pytest.mark.parametrize("way", WAYS)
def test_damage_of_an_index_is_harmless(tmp_path, way):
    """At some places of its file: no wrong window, no mail made up, no hang, no death."""
    tally = check_places(tmp_path, way, FEW, seed=1)
    assert tally.bad == []
    assert tally.places == FEW


@pytest.mark.damage
@pytest.mark.parametrize("way", WAYS)
def test_damage_of_an_index_is_harmless_at_many_places(tmp_path, way):
    """The same at hundreds of places."""
    tally = check_places(tmp_path, way, MANY, seed=2)
    print(f"\nindex, {way}: {tally}")
    assert tally.bad == []
