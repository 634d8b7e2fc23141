"""What the sections of a report found is kept: asked again of the same mails, none is read."""

import hashlib
import sqlite3
import types
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from shutil import copyfile
from typing import get_args

import pytest

import kvminbox.index.merged as merged_room
import kvminbox.index.stored as stored_room
import kvminbox.reports.kept_sections as room
from kvminbox import Inbox
from kvminbox.analysis import Snapshot, compute_authors
from kvminbox.analysis.kept_json import DATES
from kvminbox.cli.main import main
from kvminbox.errors import ObjectError
from kvminbox.index import Index
from kvminbox.index.mails import MailReader
from kvminbox.models import Model
from kvminbox.reports import (
    SECTIONS,
    Section,
    board,
    build_report,
    list_update,
    new_versions,
    prepare_reports,
    sections,
    waiting,
)
from kvminbox.reports.build import SHIPPED
from tests.archive.git_archive import EMPTY_BLOB, Archive
from tests.mails import write_mail

SAMPLE_DIGEST = (20, "78386c65b0476d0f")
DIFF = (
    "Squeeze it.\n\n---\n lemon.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"
    "diff --git a/lemon.c b/lemon.c\n--- a/lemon.c\n+++ b/lemon.c\n@@ -1 +1 @@\n-juice\n+pip\n"
)


@pytest.fixture(autouse=True)
def _keep_of_few(monkeypatch):
    monkeypatch.setattr(room, "LEAST", 1)


@pytest.fixture
def begun(monkeypatch):
    """Return a list that grows with each mail that a window of an index gives."""
    found = []
    plain = MailReader.read

    def read(self, epoch, entry, source, **options):
        found.append(entry)
        return plain(self, epoch, entry, source, **options)

    monkeypatch.setattr(MailReader, "read", read)
    return found


@pytest.fixture
def archive(tmp_path):
    """Return an archive of three mails."""
    archive = Archive(tmp_path / "lemon.git")
    for number in range(3):
        add(archive, number)
    return archive


@pytest.fixture
def file(archive, tmp_path):
    """Return the file of an index of it."""
    path = tmp_path / "x.sqlite"
    update(path, archive)
    return path


def add(archive, number):
    raw = write_mail(f"[PATCH] lemon {number}: squeeze", DIFF, ids=[f"{number}@lemon.example"])
    archive.commit({"m": archive.blob(raw)})


def update(path, *archives):
    with Index.open(path, create=True) as index:
        for archive in archives:
            index.update(Inbox.open(archive.path))


def make_all():
    return [make() for make in SECTIONS.values()]


def tell(corpus):
    """Return all that the reports say, and which fields of them are set."""
    built = build_report("All", corpus, make_all())
    whole = [list_update(corpus), waiting(corpus), new_versions(corpus), board(corpus)]
    return [
        *(text for one in (built, *whole) for text in (one.to_json(), one.to_text())),
        *(one.result.model_dump_json(exclude_unset=True) for one in (built, *whole)),
        *(dates for one in built.result.sections for dates in list_dates(one.result)),
    ]


def list_dates(model):
    """Return the dates of a model and of those below it, as `repr` shows them."""
    waiting, found = [model], []
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting += value
        elif isinstance(value, Model):
            waiting += [field for _, field in value]
        elif isinstance(value, datetime):
            found.append(repr(value))
    return found


def count_kept(path, result="section %"):
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT count(*) FROM kept WHERE result LIKE ?"
        return connection.execute(sql, (result,)).fetchone()[0]


def test_asked_again_no_mail_is_read(sample_inbox, sample_file, tmp_path, begun):
    """All sections say the same byte for byte, thrice, and only the first time mails are read."""
    path = copyfile(sample_file, tmp_path / "index.sqlite")
    live = tell(Inbox.open(sample_inbox).between(None))
    assert any("datetime" in one for one in live)
    read = []
    for _ in range(3):
        with Index.open(path) as index:
            assert tell(index.between(None)) == live
        read.append(len(begun))
    assert 0 < read[0] == read[1] == read[2]
    assert count_kept(path) == len(SECTIONS) + 1
    with Index.open(path) as index:
        assert index.check() == ()


def test_a_window_by_date_is_asked_again(sample_inbox, sample_file, tmp_path, begun):
    """It says what that of the archive does, reads mails once, and another span is another window.

    So is the same span when a mail came meanwhile, whenever that was sent.
    """
    path = copyfile(sample_file, tmp_path / "index.sqlite")
    hours = [datetime(2025, 6, 9, tzinfo=UTC) + timedelta(hours=one) for one in (10, 15, 29, 39)]
    first, second, third, fourth = hours
    spans = [(first, None), (second, None), (first, third), (first, fourth)]
    inbox = Inbox.open(sample_inbox)
    live = [tell(inbox.sent_since(*span)) for span in spans]
    assert len({*map(str, live)}) == len(spans)
    read = []
    for _ in range(2):
        with Index.open(path) as index:
            assert [tell(index.sent_since(*span)) for span in spans] == live
        read.append(len(begun))
    assert 0 < read[0] == read[1]
    with Index.open(path) as index:
        assert tell(index.between(None)) == tell(inbox.between(None))


def test_a_window_by_date_sees_what_came(archive, file):
    """After an update the report of the same span is that of the archive."""
    sent = datetime(2020, 2, 2, tzinfo=UTC)
    raw = write_mail("[PATCH] lemon: peel", DIFF, ids=["late@lemon.example"], sent=sent)
    with Index.open(file) as index:
        before = tell(index.sent_since("2000-01-01"))
        assert before == tell(Inbox.open(archive.path).sent_since("2000-01-01"))
        archive.commit({"m": archive.blob(raw)})
        index.update(Inbox.open(archive.path))
        after = tell(index.sent_since("2000-01-01"))
        assert after == tell(Inbox.open(archive.path).sent_since("2000-01-01"))
        assert after != before


def test_the_index_itself_is_asked(sample_inbox, sample_file, tmp_path, begun):
    """The index as a corpus keeps what its window does, and either answers for the other."""
    live = tell(Inbox.open(sample_inbox).between(None))
    for number, first in enumerate(("index", "window")):
        path = copyfile(sample_file, tmp_path / f"{number}.sqlite")
        with Index.open(path) as index:
            assert tell(index if first == "index" else index.between(None)) == live
            read = len(begun)
            assert tell(index) == tell(index.between(None)) == live
            assert 0 < read == len(begun)


@pytest.mark.parametrize("inboxes", [1, 2])
def test_asked_again_no_entry_is_looked_at(archive, file, inboxes, monkeypatch):
    """What an index says of all its mails, or of a time by Date, takes no walk when asked again."""
    if inboxes == 2:
        other = Archive(archive.path.parent / "apple.git")
        add(other, 5)
        update(file, other)

    def ask():
        with Index.open(file) as index:
            corpora = index, index.sent_since("2000-01-01"), index.sent_since("2001-01-01")
            return [waiting(one).to_json() for one in corpora]

    told = ask()
    for where, name in ((stored_room.StoredSource, "list_changes"), (merged_room, "check_epochs")):
        monkeypatch.setattr(where, name, lambda *_: pytest.fail("it walks"))
    assert ask() == told


def test_an_open_index_sees_what_came(archive, file):
    """Asked again, an index tells of mails that it, or another, was updated with meanwhile."""
    other = Archive(archive.path.parent / "apple.git")
    with Index.open(file) as index, Index.open(file) as second:
        for number, (writer, source) in enumerate(
            [(index, archive), (second, archive), (index, other), (second, other)], 3
        ):
            for one in (index, second):
                assert count_mails(one) == number
            add(source, number)
            writer.update(Inbox.open(source.path))
            assert count_mails(index) == count_mails(second) == number + 1
            with ThreadPoolExecutor(1) as threads:
                assert threads.submit(count_mails, index).result() == number + 1


def count_mails(index):
    """Return how many mails a report of an index tells of."""
    return build_report("x", index, [sections.overview()]).result.messages


@pytest.mark.parametrize("way", ["function", "command"])
def test_reports_are_prepared(archive, file, tmp_path, begun, way):
    """After it nothing is read for any report of all mails, of several inboxes, too."""
    other = Archive(tmp_path / "apple.git")
    add(other, 5)
    update(file, other)
    if way == "command":
        main(["index", str(file), "--reports", "--jobs", "1"])
    else:
        with Index.open(file) as index:
            prepare_reports(index)
    read = len(begun)
    with Index.open(file) as index:
        told = tell(index)
        assert len(begun) == read
    clean = tmp_path / "clean.sqlite"
    update(clean, archive, other)
    with Index.open(clean) as index:
        assert tell(index) == told


def test_what_was_prepared_serves_the_windows_of_one_inbox(archive, file, begun):
    """Of all its mails an index is asked in several ways, as `..HEAD` in a shell."""
    main(["index", str(file), "--reports", "--jobs", "1"])
    read = len(begun)
    with Index.open(file) as index:
        inbox = index.inbox()
        corpora = index, index.between(None), inbox.between(None, "HEAD"), inbox.between(None)
        told = [tell(corpus) for corpus in corpora]
    assert len(begun) == read
    clean = file.with_name("clean.sqlite")
    update(clean, archive)
    with Index.open(clean) as index:
        assert told == [tell(index)] * 4


def test_prepared_with_a_mail_that_cannot_be_read(archive, tmp_path, capsys):
    """The command leaves it out and keeps nothing; the function obeys the policy of the index."""
    blob = archive.blob(write_mail("[PATCH] lost: squeeze", ids=["lost@lemon.example"]))
    archive.commit({"m": blob})
    (archive.path / "objects" / blob[:2] / blob[2:]).unlink()
    file = tmp_path / "y.sqlite"
    update(file, archive)
    main(["index", str(file), "--reports", "--jobs", "1"])
    assert count_kept(file) == 0
    with Index.open(file) as index, pytest.raises(ObjectError):
        prepare_reports(index)


def test_parts_and_whole_are_kept_apart(sample_inbox, sample_file, tmp_path):
    """A part of a window, another option, and a snapshot have results of their own."""
    path = copyfile(sample_file, tmp_path / "index.sqlite")
    inbox = Inbox.open(sample_inbox)
    ways = [
        [sections.authors(top=1), sections.domains(top=1), sections.new_series()],
        [sections.authors(top=2), sections.new_series(first_only=True)],
    ]

    def write(corpus):
        texts = [build_report("x", corpus, way, before=corpus).to_json() for way in ways]
        return [*texts, *(list_update(corpus, name=name).to_json() for name in (None, "X"))]

    for base, tip in ((None, "HEAD"), ("week-from", "week-to"), (None, "week-to")):
        live = write(inbox.between(base, tip))
        for _ in range(2):
            with Index.open(path) as index:
                window = index.between(base, tip)
                assert write(window) == live
                assert write(Snapshot(window)) == live


def test_the_ends_are_called_as_the_caller_calls_them(archive, file):
    """Who asks for the same mails by another name reads that name."""
    inbox = Inbox.open(archive.path)
    with Index.open(file) as index:
        for base, tip in ((None, "HEAD"), (None, "master"), (None, "HEAD~0"), ("HEAD~2", "HEAD")):
            assert tell(index.between(base, tip)) == tell(inbox.between(base, tip))


def test_a_mail_more_and_a_purge(archive, file, begun):
    """After an update the report is that of the archive, and a purge takes what was kept away."""
    with Index.open(file) as index:
        tell(index.between(None))
        add(archive, 3)
        index.update(Inbox.open(archive.path))
        assert tell(index.between(None)) == tell(Inbox.open(archive.path).between(None))
        archive.last = None
        for number in range(3):
            archive.commit({"m": EMPTY_BLOB}) if number == 1 else add(archive, number)
        index.update(Inbox.open(archive.path))
        assert count_kept(file) == 0
        assert tell(index.between(None)) == tell(Inbox.open(archive.path).between(None))


def test_what_asks_more_than_the_mails_is_asked_each_time(file):
    """A function among the options, or a section of one's own, is called for each report."""
    called = []

    def who(person, moment):
        called.append(person)
        return "somebody"

    def authors(corpus):
        called.append(corpus)
        return compute_authors(corpus)

    own = [sections.domains(employer=who), Section("authors", authors),
           Section("mine", partial(compute_authors))]  # fmt: skip
    with Index.open(file) as index:
        for number in (1, 2):
            build_report("x", index.between(None), own)
            assert len(called) == 4 * number
        for number in (1, 2):
            waiting(index.between(None), only=called.append)
            assert len(called) == 8 + 3 * number
    assert count_kept(file) == 1  # that there are three mails


def test_nothing_is_kept_of_what_lacks_mails(archive, tmp_path):
    """A window that leaves out what can't be read says so each time, until it can be read."""
    raw = write_mail("[PATCH] lost: squeeze", ids=["lost@lemon.example"])
    blob = archive.blob(raw)
    archive.commit({"m": blob})
    (archive.path / "objects" / blob[:2] / blob[2:]).unlink()
    file = tmp_path / "y.sqlite"
    update(file, archive)
    with Index.open(file, on_problem="skip") as index:
        for _ in range(2):
            report = build_report("x", index.between(None), [sections.authors()])
            assert report.result.left_out.mails == 1
            assert report.result.messages == 3
        archive.blob(raw)
        index.update(Inbox.open(archive.path))
        report = build_report("x", index.between(None), [sections.authors()])
        assert (report.result.messages, report.result.left_out.mails) == (4, 0)


def test_several_inboxes(archive, file, tmp_path, begun):
    """Of several inboxes it is kept, too, until a mail comes to one of them."""
    other = Archive(tmp_path / "apple.git")
    for number in (1, 5):
        add(other, number)
    update(file, other)
    clean = tmp_path / "clean.sqlite"
    for number in (6, 7):
        with Index.open(file) as index:
            first = tell(index.since("2000-01-01"))
            read = len(begun)
            assert tell(index.since("2000-01-01")) == first
            assert len(begun) == read
        clean.unlink(missing_ok=True)
        update(clean, archive, other)
        with Index.open(clean) as index:
            assert tell(index.since("2000-01-01")) == first
        add(other, number)
        update(file, other)


def test_mails_that_come_while_others_are_read(archive, file, tmp_path, monkeypatch, short_wait):
    """What was found in more mails than were asked for is not kept as theirs."""
    other = Archive(tmp_path / "apple.git")
    add(other, 5)
    update(file, other)
    plain = MailReader.read

    def read(self, *given, **options):
        monkeypatch.setattr(MailReader, "read", plain)
        add(other, 6)
        update(file, other)
        return plain(self, *given, **options)

    monkeypatch.setattr(MailReader, "read", read)
    with Index.open(file) as index:
        list_update(index.since("2000-01-01"))
    assert count_kept(file) == 0


def test_windows_of_the_past_go(archive, file, monkeypatch):
    """A file keeps what sections found in the last windows, and does not grow with each."""
    monkeypatch.setattr(room, "MOST", 2)
    with Index.open(file) as index:
        for base in (None, "HEAD~2", "HEAD~1"):
            build_report("x", index.between(base), [sections.authors()])
    assert count_kept(file, "section authors") == 2
    assert count_kept(file, "section seen") == 2


@pytest.mark.parametrize(
    "value", ["7", "[]", "[7]", "[[]]", "[", "[" * 50_000, '[{"date":"x"}]', '[{"rows":7}]']
)
def test_what_a_stranger_sealed(archive, file, value, monkeypatch):
    """What is no such result, whoever wrote it, is as what is not there."""
    live = tell(Inbox.open(archive.path).between(None))
    monkeypatch.setattr(room, "pack_models", lambda _: value)
    with Index.open(file) as index:
        tell(index.between(None))
        assert count_kept(file) == len(SECTIONS) + 1
        assert tell(index.between(None)) == live


def test_small_windows_are_not_kept(archive, file, monkeypatch):
    """It would take longer than to look at their mails again."""
    monkeypatch.setattr(room, "LEAST", 4)
    with Index.open(file) as index:
        tell(index.between(None))
    assert count_kept(file) == 0


def test_half_a_surrogate_pair(archive, tmp_path):
    """A title that no UTF-8 can hold is kept as it is."""
    raw = write_mail("[PATCH] =?utf-7?q?lemon_+2D0-?=", ids=["half@lemon.example"])
    archive.commit({"m": archive.blob(raw)})
    file = tmp_path / "y.sqlite"
    update(file, archive)
    with Index.open(file) as index:
        found = [build_report("x", index.between(None), make_all()).result for _ in range(2)]
    assert found[0] == found[1]
    assert found[0] == build_report("x", Inbox.open(archive.path).between(None), make_all()).result


def test_all_dates_are_known():
    """A field that is a date has a name by which it is read back as one."""
    waiting, names, seen = list({*SHIPPED.values()}), set(), set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            for part in list_parts(field.annotation):
                if part is datetime:
                    names.add(name)
                elif isinstance(part, type) and issubclass(part, Model):
                    waiting.append(part)
    of_trees = {"committed"}  # of landed work, which is found each time
    assert names - of_trees == set(DATES)


def list_parts(kind):
    """Return the types that a type is made of."""
    inner = get_args(kind)
    if isinstance(kind, types.GenericAlias | types.UnionType) or inner:
        return [part for one in inner for part in list_parts(one)]
    return [kind]


def test_the_number_tells_of_a_change(sample_inbox):
    """Whoever changes what a shipped section finds raises RULES, and writes the new pair here.

    Old indexes would else give what the older rules found. Where the digest is meant to be
    another, raise `kvminbox.reports.kept_sections.RULES` by one; where a change of the rules
    does not show in it, do so, too.
    """
    built = build_report("All", Inbox.open(sample_inbox).between(None), make_all())
    text = built.result.model_dump_json(exclude_unset=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert (room.RULES, digest[:16]) == SAMPLE_DIGEST
