"""What changed between two versions is found once: an index keeps it while it has the mails."""

import hashlib
import sqlite3
from contextlib import closing
from shutil import copyfile

import pytest

import kvminbox.analysis.kept_groups as groups_room
import kvminbox.analysis.new_versions as versions_room
import kvminbox.analysis.snapshot as snapshot_room
import kvminbox.index.database as database_room
from kvminbox import Inbox
from kvminbox.analysis import Snapshot
from kvminbox.analysis.new_versions import RULES
from kvminbox.errors import UsageError
from kvminbox.inbox.keeping import KeptResult
from kvminbox.index import Index
from kvminbox.index.blocks import unpack_block
from kvminbox.reports import new_versions, waiting
from kvminbox.versions import compare_series
from kvminbox.workers import Workers
from tests.archive.git_archive import EMPTY_BLOB, Archive
from tests.index.histories import START

GROUPS_DIGEST = (16, "23d5e4b35fee45d8")
SAMPLE_DIGEST = (4, "ab4e707fc72aed76")

MAIL = """\
From: Ida Lemon <ida@lemon.example>
Date: Tue, 14 Nov 2023 0{revision}:0{number}:00 +0000
Subject: [PATCH v{revision} {number}/2] lemon: squeeze {number}
Message-ID: <{revision}.{number}@lemon.example>
References: <{revision}.1@lemon.example>

Squeeze it.

Signed-off-by: Ida Lemon <ida@lemon.example>
---
v{revision}: pressed harder, by {revision}

diff --git a/lemon{number} b/lemon{number}
--- a/lemon{number}
+++ b/lemon{number}
@@ -1,2 +1,2 @@
 juice
-peel
+{word}
"""


def write_mail(revision, number):
    """Return one patch of a revision."""
    word = f"secretpip{revision}"
    return MAIL.format(revision=revision, number=number, word=word).encode()


def fill(archive, gone=()):
    """Write two revisions of a series, without the mails that were purged."""
    archive.last, archive.seconds = None, START
    for place in ((1, 1), (1, 2), (2, 1), (2, 2)):
        blob = EMPTY_BLOB if place in gone else archive.blob(write_mail(*place))
        archive.commit({"m": blob})


@pytest.fixture
def archive(tmp_path):
    """Return an archive of a series and its next version."""
    archive = Archive(tmp_path / "lemon.git")
    fill(archive)
    return archive


@pytest.fixture
def file(archive, tmp_path):
    """Return an index of it."""
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive.path))
    return path


def ask(path):
    """Return the report from an index, as JSON."""
    with Index.open(path) as index:
        return new_versions(index.between(None)).to_json()


def ask_live(archive):
    """Return the report from the archive."""
    return new_versions(Inbox.open(archive.path).between(None)).to_json()


def count_kept(path):
    """Return how many results a file keeps."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


def change_kept(path, column, change):
    """Change a column of each kept row."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for (value,) in connection.execute(f"SELECT {column} FROM kept").fetchall():
            connection.execute(f"UPDATE kept SET {column} = ?", (change(value),))


def test_asked_again_it_reads_no_mail(archive, file, reads):
    """The second report is the first one, and that of the archive, from what was kept."""
    live = ask_live(archive)
    assert "secretpip2" in live
    assert "pressed harder" in live
    assert ask(file) == live
    assert len(reads) == 4
    assert count_kept(file) == 1
    assert ask(file) == live
    assert len(reads) == 4
    with Index.open(file) as index:
        assert index.check() == ()


def test_every_section_of_the_sample_takes_what_was_kept(
    sample_inbox, sample_file, tmp_path, reads
):
    """Of a real list's shape, by date, in one inbox and in a window of several."""
    path = copyfile(sample_file, tmp_path / "index.sqlite")
    live = new_versions(Inbox.open(sample_inbox).between(None)).to_json()
    assert ask(path) == live
    count = len(reads)
    with Index.open(path) as index:
        since = new_versions(index.since("2000-01-01"))
        assert [one.model_dump() for one in since.result.versions] == [
            one.model_dump()
            for one in new_versions(Inbox.open(sample_inbox).between(None)).result.versions
        ]
    assert len(reads) == count


def test_jobs_change_nothing_where_facts_are(archive, file, monkeypatch):
    """No process reads for a report on an index, whose facts would come back slower than read."""

    def start(*_):
        raise AssertionError

    monkeypatch.setattr(Workers, "start", start)
    with Index.open(file) as index:
        window = index.between(None)
        assert new_versions(window, jobs=2).to_json() == ask_live(archive)
        with pytest.raises(UsageError, match="jobs=0"):
            new_versions(window, jobs=0)
    assert count_kept(file) == 1


def test_a_new_version_is_compared_alone(archive, file, reads):
    """After an update only what has come is compared, and the rest is taken from the file."""
    ask(file)
    for number in (1, 2):
        archive.commit({"m": archive.blob(write_mail(3, number))})
    with Index.open(file) as index:
        index.update(Inbox.open(archive.path))
    before = len(reads)
    assert ask(file) == ask_live(archive)
    assert {blob.hex() for blob in reads[before:]} == {
        archive.blob(write_mail(revision, number)) for revision in (2, 3) for number in (1, 2)
    }
    assert count_kept(file) == 2


def test_a_purge_takes_it_out_of_the_file(archive, file):
    """No word of a purged mail stays in what was kept of it, and it is not found again."""
    ask(file)
    archive.blob(b"")
    fill(archive, gone={(1, 1), (1, 2)})
    with Index.open(file) as index:
        assert index.update(Inbox.open(archive.path)).erased
        assert count_kept(file) == 0
    assert b"new versions" not in file.read_bytes()
    assert ask(file) == ask_live(archive)
    assert "secretpip1" not in ask(file)


def test_what_was_purged_meanwhile_is_not_kept(archive, file, monkeypatch):
    """A report that read the mails before the purge ends after it, and writes nothing of them."""
    plain = snapshot_room.SeriesComparer.compare

    def compare(self, old, new):
        found = plain(self, old, new)
        fill(archive, gone={(1, 1)})
        archive.blob(b"")
        with Index.open(file) as other:
            other.update(Inbox.open(archive.path))
        return found

    monkeypatch.setattr(snapshot_room.SeriesComparer, "compare", compare)
    assert "secretpip1" in ask(file)
    assert count_kept(file) == 0


def test_reading_again_drops_it(archive, file, monkeypatch):
    """Where mails are read by other rules than before, nothing that was kept is believed."""
    ask(file)
    with closing(sqlite3.connect(file)) as connection:
        keys = connection.execute("SELECT key FROM kept").fetchall()
    monkeypatch.setattr("kvminbox.index.keeper.READER", 1_000)
    live = ask(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT key FROM kept").fetchall() != keys
    assert live == ask_live(archive)


def test_other_rules_find_it_again(archive, file, monkeypatch, reads):
    """What was found by other rules is not taken, and goes when the next result is kept."""
    ask(file)
    before = len(reads)
    monkeypatch.setattr(versions_room, "RULES", RULES + 1)
    assert ask(file) == ask_live(archive)
    assert len(reads) == before + 4
    assert count_kept(file) == 1


@pytest.mark.slow
@pytest.mark.parametrize("column", ["key", "result", "rules", "size", "data", "seal"])
def test_a_changed_bit_is_found_again(archive, file, column):
    """Each bit of a kept row may turn: the report stays right, and the check tells."""
    live = ask(file)
    sound = file.read_bytes()

    def turn(value, bit):
        if isinstance(value, int):
            return value ^ (1 << bit % 40)
        data = bytearray(value.encode() if isinstance(value, str) else value)
        data[bit // 8 % len(data)] ^= 1 << bit % 7  # what is text stays ASCII
        return data.decode("latin-1") if isinstance(value, str) else bytes(data)

    for bit in range(0, 4_000, 397):
        change_kept(file, column, lambda value, bit=bit: turn(value, bit))
        with Index.open(file) as index:
            assert index.check() == ("a kept result is damaged (table `kept`)",)
        assert ask(file) == live
        file.write_bytes(sound)


def test_a_row_that_a_stranger_sealed(archive, file):
    """One that is no such result, whoever wrote it, is as one that is not there."""
    live = ask(file)
    with Index.open(file) as index:
        keeper = index.between(None)._keeper
        with closing(sqlite3.connect(file)) as connection:
            key, size, data = connection.execute("SELECT key, size, data FROM kept").fetchone()
        blobs = (archive.blob(write_mail(1, 1)),)
        kept = KeptResult(key[:32], "new versions", RULES, blobs, '{"patches": 7}')
        keeper.keep([kept])
        assert keeper.recall(key[:32]) == '{"patches": 7}'
        assert new_versions(index.between(None)).to_json() == live
        assert keeper.recall(key[:32]) == unpack_block(data, size).decode()


def test_another_writer_is_not_waited_for(archive, file, monkeypatch):
    """While somebody writes, the report is made, and nothing is kept."""
    monkeypatch.setattr(database_room, "_WAIT", 10_000.0)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert ask(file) == ask_live(archive)
        connection.execute("ROLLBACK")
    assert count_kept(file) == 0


def test_a_file_that_can_only_be_read(archive, file, monkeypatch):
    """Nothing is kept there, and nothing is lacking."""
    monkeypatch.setattr(
        database_room.Database, "_choose_mode", lambda *_, **__: ("ro&immutable=1", False)
    )
    before = file.read_bytes()
    assert ask(file) == ask_live(archive)
    assert file.read_bytes() == before


def test_a_closed_index_recalls_nothing(archive, file):
    """Its series outlive it, and so does their comparison, which opens the file again."""
    with Index.open(file) as index:
        window = index.between(None)
        (chain,) = window.chains()
        keeper = window._keeper
    assert keeper.recall(b"key") is None
    comparer = versions_room._Comparer(keeper, compare_series)
    assert "secretpip2" in comparer.compare(*chain.series).model_dump_json()
    comparer.keep()
    assert count_kept(file) == 0


def test_the_number_tells_of_a_change(sample_inbox):
    """Whoever changes how versions are compared raises RULES, and writes the new pair here.

    Old indexes would else give what the older rules found. Where the digest is meant to be
    another, raise `kvminbox.analysis.new_versions.RULES` by one.
    """
    found = new_versions(Inbox.open(sample_inbox).between(None)).result.versions
    texts = [one.model_dump_json(include={"changelog", "patches"}) for one in found]
    assert texts
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    assert (RULES, digest[:16]) == SAMPLE_DIGEST


@pytest.fixture
def groups(monkeypatch):
    """Keep groups of few mails, too, and count how often they are made."""
    made = []
    monkeypatch.setattr(groups_room, "LEAST", 1)

    def count(name):
        plain = getattr(snapshot_room, name)
        monkeypatch.setattr(
            snapshot_room, name, lambda *given, **named: made.append(name) or plain(*given, **named)
        )

    count("review_answered")
    return made


def tell(corpus):
    """Return all that chains and reviews say, and which of their fields are set."""
    made = Snapshot(corpus)
    pairs = list(made.reviews())
    texts = [
        one.model_dump_json(exclude_unset=True) for chain in made.chains() for one in chain.series
    ]
    texts += [repr(chain) for chain in made.chains()]
    texts += [link.model_dump_json() for chain in made.chains() for link in chain.links]
    texts += [review.model_dump_json(exclude_unset=True) for _, review in pairs]
    texts += [repr((one.date, [tag.date for tag in review.tags])) for one, review in pairs]
    return [*texts, waiting(made).to_text()]


def test_groups_asked_again_are_taken_from_the_file(sample_inbox, sample_file, tmp_path, groups):
    """Chains and reviews of a window are grouped once, and are those of the archive each time."""
    path = copyfile(sample_file, tmp_path / "index.sqlite")
    live = tell(Inbox.open(sample_inbox).between(None))
    assert len(groups) == 1
    for _ in range(3):
        with Index.open(path) as index:
            assert tell(index.between(None)) == live
    assert len(groups) == 2
    with Index.open(path) as index:
        assert index.check() == ()


def test_groups_of_a_window_by_date(archive, file, groups):
    """They are kept, apart from those by arrival of the same mails, which wait for another time."""
    inbox = Inbox.open(archive.path)
    live = tell(inbox.between(None)), tell(inbox.sent_since("2000-01-01"))
    assert live[0] != live[1]
    made = len(groups)
    for _ in range(2):
        with Index.open(file) as index:
            assert (tell(index.between(None)), tell(index.sent_since("2000-01-01"))) == live
    assert len(groups) == made + 2


def test_one_mail_more_is_another_corpus(archive, file, groups):
    """After an update all is grouped again, as in the archive, and so is a part of a window."""
    for number in (1, 2):
        archive.commit({"m": archive.blob(write_mail(3, number))})
        inbox = Inbox.open(archive.path)
        with Index.open(file) as index:
            index.update(inbox)
            for base in (None, "HEAD~1", None):
                assert tell(index.between(base)) == tell(inbox.between(base))
    assert len(groups) == 2 * (3 + 2)


def test_groups_of_the_last_corpora_stay(archive, file, groups):
    """A file does not grow with each window that somebody asks for."""
    for number in range(9):
        archive.commit({"m": archive.blob(b"Subject: lemon %d\n\n" % number)})
    with Index.open(file) as index:
        index.update(Inbox.open(archive.path))
        for back in range(1, 10):
            tell(index.between(f"HEAD~{back}"))
        assert count_kept(file) == 2 * groups_room.MOST
        made = len(groups)
        tell(index.between("HEAD~9"))
        assert len(groups) == made
        tell(index.between("HEAD~1"))
        assert len(groups) == made + 1


@pytest.mark.parametrize(
    "value",
    ["7", "[7]", '"x"', "[", "[" * 50_000, '[{"series":[{"patches":[99],"duplicates":[]}]}]',
     '[{"series":[[]]}]', "[[]]", '[{"date":"yesterday"}]'],
)  # fmt: skip
def test_groups_that_a_stranger_sealed(archive, file, groups, value):
    """What is no such result, whoever wrote it, is as what is not there."""
    live = tell(Inbox.open(archive.path).between(None))
    with Index.open(file) as index:
        tell(index.between(None))
        with closing(sqlite3.connect(file)) as connection:
            rows = connection.execute("SELECT key, result FROM kept").fetchall()
        for key, result in rows:
            asked = key.rpartition(b"/")[0]
            index.between(None)._keeper.keep([KeptResult(asked, result, 1, (), value)])
        assert tell(index.between(None)) == live


def test_few_mails_are_grouped_each_time(archive, file):
    """It would take longer to keep their groups than to make them."""
    with Index.open(file) as index:
        tell(index.between(None))
    assert count_kept(file) == 0


def test_the_number_tells_of_other_groups(sample_inbox):
    """Whoever changes how mails are grouped raises RULES, and writes the new pair here.

    Old indexes would else give what the older rules found. Where the digest is meant to be
    another, raise `kvminbox.analysis.kept_groups.RULES` by one; where a change of the rules
    does not show in it, do so, too.
    """
    texts = tell(Inbox.open(sample_inbox).between(None))[:-1]
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    assert (groups_room.RULES, digest[:16]) == GROUPS_DIGEST
