"""An index keeps the facts of its mails, and reads their bytes only for their texts."""

import json
import sqlite3
from shutil import copyfile

import pytest

from kvminbox import Inbox, frames
from kvminbox.analysis import Snapshot
from kvminbox.archive import MailWriter
from kvminbox.errors import IndexFileError, MissingObjectError
from kvminbox.index import Index
from kvminbox.index.mails import MailReader
from kvminbox.reports import build_report, sections, waiting
from tests.index.histories import Add, Epoch
from tests.mails import write_mail

ODD = (
    (
        b"From: =?utf-16?q?=D8=00?= <j@lemon.example>\nSubject: half \xed\xa0\x80 of a pair\n"
        b"Message-ID: <=?utf-7?q?+2AA-?=@lemon.example>\nReferences: <a@b> <a\x00c@b>\n"
        b"Content-Type: text/plain; charset=utf-7\n\nHalf +2AA- of it.\n\n"
        b'Reviewed-by: J\xc3\xb6rg "half" <joerg@lemon.example>\n'
    ),
    b"",
    (
        b"Date: Tue, 14 Nov 2023 09:00:00 -0930\nFrom: a@b, c@d\nTo: =?x?= <>, undisclosed:;\n"
        b'Subject: [RFC PATCH v3.1 07/5 net-next] x: [y] z\n\nText.\n\nFixes: 0123456789ab ("x")\n'
        b"Signed-off-by: A <a@b> # note\n---\nv2: https://lore.example/r/2@lemon.example\n\n"
        b"diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\nold mode 100644\n"
        b"new mode 100755\n--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n"
    ),
    (
        b"Subject: [GIT PULL] lemons\n\nThe following changes since commit "
        b"0123456789012345678901234567890123456789:\n\nare available in the Git repository at:\n\n"
        b"  https://git.example/l.git tags/l-1\n\nfor you to fetch changes up to "
        b"1123456789012345678901234567890123456789:\n\n"
        b"J\xc3\xb6rg (2):\n      lemons: peel\n      lemons: =?x?=\n"
    ),
)


@pytest.fixture
def odd_index(tmp_path):
    """Return an index of mails with oddities, and the archive's window."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write((Add(0), Add(1), Add(2)))
    archive = epoch.archive
    for mail in ODD:
        archive.commit({"m": archive.blob(mail)})
    inbox = Inbox.open(archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        yield index, inbox.between(None)


def test_a_model_that_is_begun_with_facts_is_the_mails_own(odd_index):
    """Field by field, as JSON, and in which fields are set, it is the model of the bytes."""
    index, window = odd_index
    for name in (None, "body", "trailers", "defects"):
        for stored, live in zip(index.messages(), window.messages(), strict=True):
            assert getattr(stored, name or "kind", 0) == getattr(live, name or "kind", 0)
            assert stored.gist is not None
            assert stored.content_key() == live.content_key()
            for field in type(live).model_fields:
                assert getattr(stored, field) == getattr(live, field)
            assert stored == live
            assert hash(stored) == hash(live)
            assert repr(stored) == repr(live)
            assert stored.model_dump() == live.model_dump()
            assert stored.model_dump(exclude_unset=True) == live.model_dump(exclude_unset=True)


def test_odd_mails_are_sound(odd_index):
    """Half of a surrogate pair, a NUL, an empty mail: whatever is in facts passes the check."""
    index, _ = odd_index
    assert index.check() == ()


def test_groups_and_reports_read_no_mail(sample_file, sample_inbox, reads):
    """Threads, series, chains, reviews and tables of them are made of facts alone."""
    window = Inbox.open(sample_inbox).between(None)
    chosen = [sections.overview(), sections.reviewers(), sections.applied(), sections.files()]
    with Index.open(sample_file) as index:
        stored = index.between(None)
        made = Snapshot(stored)
        assert len(list(made.threads())) == len(list(window.threads()))
        assert [one.title for one in made.series()] == [one.title for one in window.series()]
        assert list(made.reviews())
        assert waiting(made).to_text() == waiting(window).to_text()
        assert (
            build_report("x", made, chosen).to_text() == build_report("x", window, chosen).to_text()
        )
        assert frames.series(stored).to_arrow().equals(frames.series(window).to_arrow())
        assert frames.trailers(stored).to_arrow().equals(frames.trailers(window).to_arrow())
        assert reads == []
        assert next(made.messages()).body == next(window.messages()).body
        assert len(reads) == 1


def test_several_fixes_of_one_file_are_told_apart_without_their_bytes(tmp_path, reads):
    """Which lines lone patches change is kept: an index links them as an archive does."""
    writer = MailWriter(tmp_path / "lamps.git")
    for at, name in ((1, "set"), (90, "get")):
        diff = f"--- a/x\n+++ b/x\n@@ -{at} +{at} @@\n-{name} a\n+{name} b\n"
        head = "diff --git a/x b/x\nindex aaaaaaa..bbbbbbb 100644\n"
        subject = f"[PATCH] lamp: check lamp_{name}_alarm()"
        writer.add(write_mail(subject, f"Why.\n---\n{head}{diff}", ids=[f"{name}@x"]), 60 * at)
    inbox = Inbox.open(tmp_path / "lamps.git")
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        reads.clear()
        stored = list(index.between(None).chains())
        assert [len(chain.series) for chain in stored] == [1, 1]
        assert reads == []
        assert stored == list(inbox.between(None).chains())


def test_a_text_that_was_purged_meanwhile_says_so(tmp_path):
    """A model from before an update that took its mail away raises an error for its text."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write((Add(0), Add(1)))
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        message = list(index.messages())[1]
        epoch.write((Add(0),))
        index.update(Inbox.open(epoch.archive.path))
        assert message.subject.title == "lemon0: squeeze"
        with pytest.raises(MissingObjectError):
            str(message.body)


def test_a_model_outlives_its_index(sample_file, sample_inbox):
    """A text that is first asked for when the index is closed comes from the file nevertheless."""
    with Index.open(sample_file) as index:
        messages = list(index.messages())
        found = index.get(messages[0].message_id)
    assert found == messages[0]
    assert messages == list(Inbox.open(sample_inbox).between(None).messages())


def test_a_text_whose_file_is_gone_says_so(tmp_path, sample_file):
    """A model whose index was closed and deleted has its facts, and an error for its text."""
    file = tmp_path / "index.sqlite"
    copyfile(sample_file, file)
    with Index.open(file) as index:
        message = next(index.messages())
    file.unlink()
    assert message.subject.title
    with pytest.raises(IndexFileError):
        str(message.body)


def test_facts_hold_no_text(sample_file, sample_inbox):
    """No long text of a mail is among its facts."""
    database = sqlite3.connect(sample_file)
    values = [json.loads(value) for (value,) in database.execute("SELECT value FROM fact")]
    names = {key for value in values for key in value}
    database.close()
    assert names.isdisjoint({"body", "diff", "commit_message", "notes"})
    assert {"kind", "subject", "sender", "trailers", "files"} <= names


def test_facts_of_several_inboxes_are_read_ahead(tmp_path, monkeypatch):
    """Mails of two lists that came by turns are read in portions, and none comes twice."""
    writers = [MailWriter(tmp_path / f"{name}.git") for name in ("lemon", "lime")]
    for place in range(20):
        for number, writer in enumerate(writers):
            writer.add(write_mail("Hello", ids=[f"{place}.{number}@a.example"]), 60 * (place + 1))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for name in ("lemon", "lime"):
            index.update(Inbox.open(tmp_path / f"{name}.git"))
        asked = []
        read = MailReader._read_ahead
        monkeypatch.setattr(
            MailReader, "_read_ahead", lambda *values: (asked.append(1), read(*values))
        )
        assert len({mail.message_id for mail in index.messages()}) == 40
        assert len(asked) == 2
