"""Remarks and what became of them are found once: an index keeps them while it has the mails."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import timedelta
from shutil import copyfile

import pytest

import kvminbox.analysis.kept_follow_ups as room
from kvminbox import Inbox
from kvminbox.analysis import Snapshot, compute_board, compute_open_remarks
from kvminbox.errors import UsageError
from kvminbox.inbox.keeping import KeptResult
from kvminbox.index import Index
from kvminbox.remarks import follow_up_all
from kvminbox.remarks.follow import Follower
from tests.archive.git_archive import EMPTY_BLOB, Archive
from tests.mails import MORNING, write_mail

SAMPLE_DIGEST = (13, "25e18ad82c437cef")
DIFF = (
    "Squeeze it.\n\n---\n {0}.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"
    "diff --git a/{0}.c b/{0}.c\n--- a/{0}.c\n+++ b/{0}.c\n@@ -1 +1 @@\n-juice\n+{1}\n"
)
REMARK = "> +++ b/{0}.c\n> @@ -1 +1 @@\n> -juice\n> +{1}\n\nThis pip is a secretstone.\n"


def add(archive, name, subject, body, parent=None, who="Ida Lemon <ida@lemon.example>", minute=0):
    """Commit a mail that was sent some minutes after the first."""
    raw = write_mail(
        subject, body, sender=who, ids=[f"{name}@lemon.example"],
        sent=MORNING + timedelta(minutes=minute),
        in_reply_to=f"{parent}@lemon.example" if parent else None,
    )  # fmt: skip
    archive.commit({"m": archive.blob(raw)})


@pytest.fixture
def archive(tmp_path):
    """Return an archive of two patches, each with a remark."""
    archive = Archive(tmp_path / "lemon.git")
    for fruit in ("lemon", "apple"):
        add(archive, fruit, f"[PATCH] {fruit}: squeeze", DIFF.format(fruit, "pip"))
        add(archive, f"{fruit}-re", f"Re: [PATCH] {fruit}: squeeze", REMARK.format(fruit, "pip"),
            fruit, "Rob Reader <rob@lemon.example>")  # fmt: skip
    return archive


@pytest.fixture
def file(archive, tmp_path):
    """Return the file of an index of it."""
    path = tmp_path / "x.sqlite"
    update(path, archive)
    return path


@pytest.fixture
def followed(monkeypatch):
    """Return a list that grows with each series whose remarks are read."""
    found = []
    plain = Follower.follow

    def follow(follower, place):
        found.append(follower._answered.chain.series[place].title)
        return plain(follower, place)

    monkeypatch.setattr(Follower, "follow", follow)
    return found


def update(path, archive):
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive.path))


def tell(corpus):
    """Return all that is said of the remarks, and which fields are set."""
    found = list(Snapshot(corpus).follow_ups())
    return [(one.model_dump_json(exclude_unset=True), repr(one.remark.date)) for one in found]


def ask(path):
    """Return it from an index."""
    with Index.open(path) as index:
        return tell(index.between(None))


def test_asked_again_no_remark_is_read(archive, file, followed):
    """The second answer is the first one, that of the archive, and that of `follow_up_all`."""
    window = Inbox.open(archive.path).between(None)
    live = tell(window)
    assert [text.count("secretstone") for text, _ in live] == [1, 1]
    plain = follow_up_all(window.chains(), window.messages())
    assert [one.model_dump_json(exclude_unset=True) for one in plain] == [text for text, _ in live]
    followed.clear()
    assert ask(file) == live
    assert len(followed) == 2
    assert ask(file) == live
    assert len(followed) == 2
    with Index.open(file) as index:
        assert index.check() == ()


def test_what_comes_to_one_chain_leaves_the_others(archive, file, followed):
    """An answer, or a next version, makes that chain another one, and no other is read again."""
    ask(file)
    add(archive, "answer", "Re: [PATCH] lemon: squeeze", "> This pip is a secretstone.\n\nGone.\n",
        "lemon-re")  # fmt: skip
    update(file, archive)
    followed.clear()
    found = ask(file)
    assert len(followed) == 1
    assert sum("answer@lemon.example" in text for text, _ in found) == 1
    add(archive, "v2", "[PATCH v2] lemon: squeeze", DIFF.format("lemon", "flesh"), minute=60)
    update(file, archive)
    found = ask(file)
    assert len(followed) == 2
    assert found == tell(Inbox.open(archive.path).between(None))
    assert sum('"outcome":"changed"' in text for text, _ in found) == 1


def test_a_part_of_a_chain_is_another_one(archive, file, followed):
    """A window without a reply does not get what was kept of one that has it."""
    ask(file)
    with Index.open(file) as index:
        assert tell(index.between(None, "HEAD~1")) == tell(
            Inbox.open(archive.path).between(None, "HEAD~1")
        )
    assert len(tell(Inbox.open(archive.path).between(None, "HEAD~1"))) == 1


def send_next(archive, fruit, minute):
    """Commit a next version of a patch, with a remark on it."""
    add(archive, f"{fruit}-v2", f"[PATCH v2] {fruit}: squeeze", DIFF.format(fruit, "pips"),
        minute=minute)  # fmt: skip
    add(archive, f"{fruit}-v2-re", f"Re: [PATCH v2] {fruit}: squeeze",
        REMARK.format(fruit, "pips"), f"{fruit}-v2", "Rob Reader <rob@lemon.example>",
        minute + 1)  # fmt: skip


def test_a_board_reads_remarks_on_the_newest_alone(archive, file, followed):
    """Remarks on a version that another one followed are read when somebody asks for them, once."""
    send_next(archive, "lemon", 60)
    update(file, archive)
    with Index.open(file) as index:
        followed.clear()
        board = compute_board(index.between(None))
        assert sorted((one.title, one.revision, one.remarks) for one in board.series) == [
            ("apple: squeeze", 1, 1),
            ("lemon: squeeze", 2, 1),
        ]
        assert sorted(followed) == ["apple: squeeze", "lemon: squeeze"]
        followed.clear()
        assert len(compute_open_remarks(index.between(None)).rows) == 2
        assert followed == ["lemon: squeeze"]
    assert ask(file) == tell(Inbox.open(archive.path).between(None))


def test_remarks_on_some_series(archive):
    """A snapshot tells of the series that it is asked for, equal ones too, in its own order."""
    send_next(archive, "lemon", 60)
    window = Inbox.open(archive.path).between(None)
    snapshot = Snapshot(window)
    every = list(snapshot.follow_ups())
    assert len(every) == 3
    for one in window.series():
        assert list(snapshot.follow_ups([one])) == [
            found for found in every if found.series == one.ref
        ]
    assert list(snapshot.follow_ups([])) == []
    with pytest.raises(UsageError, match="Chain"):
        snapshot.follow_ups(window.chains())


def test_a_purge_takes_the_words_out_of_the_file(archive, file, monkeypatch):
    """No remark of a purged mail stays in what was kept."""
    ask(file)
    archive.last = None
    archive.commit({"m": EMPTY_BLOB})
    with Index.open(file) as index:
        index.update(Inbox.open(archive.path), accept_loss=True)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    assert ask(file) == []


@pytest.mark.parametrize(
    "value", ["7", "[7]", "[", "[" * 50_000, '[{"date":"x"}]', '[{"remark":7}]']
)
def test_what_a_stranger_sealed(archive, file, value):
    """What is no such result, whoever wrote it, is as what is not there."""
    live = ask(file)
    with closing(sqlite3.connect(file)) as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM kept")]
    with Index.open(file) as index:
        keeper = index.between(None)._keeper
        for key in keys:
            keeper.keep([KeptResult(key.rpartition(b"/")[0], "follow-ups", 1, (), value)])
    assert ask(file) == live


def test_old_ones_are_dropped(archive, file, monkeypatch):
    """A file keeps the chains that were read last."""
    monkeypatch.setattr(room, "MOST", 1)
    live = ask(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)
    assert ask(file) == live


def test_the_sample_has_the_archives(sample_inbox, sample_file, tmp_path):
    """Of a real list's shape, too, twice."""
    path = copyfile(sample_file, tmp_path / "index.sqlite")
    live = tell(Inbox.open(sample_inbox).between(None))
    assert live
    assert ask(path) == ask(path) == live


def test_the_number_tells_of_a_change(sample_inbox):
    """Whoever changes how remarks are read raises RULES, and writes the new pair here.

    Old indexes would else give what the older rules found. Where the digest is meant to be
    another, raise `kvminbox.analysis.kept_follow_ups.RULES` by one; where a change of the rules
    does not show in it, do so, too.
    """
    texts = [text for text, _ in tell(Inbox.open(sample_inbox).between(None))]
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    assert (room.RULES, digest[:16]) == SAMPLE_DIGEST
