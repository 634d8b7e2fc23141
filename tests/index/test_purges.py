"""After a purge no word of the mail is anywhere in the file, its log, or a block."""

import sqlite3
import subprocess
from contextlib import closing

import pytest

import kvminbox.index.erase as erase_room
from kvminbox import Inbox
from kvminbox.index import Index
from tests.archive.git_archive import EMPTY_BLOB, Archive
from tests.archive.public_inbox import PublicInbox
from tests.index.histories import assert_same, build, dump, read_blocks

SECRETS = [b"hazelnutty", b"quincepaste", b"ida.secret", b"plumjam", b"secretlist", b"pearfile"]
HEADERS = {
    "From": "Ida Hazelnutty <ida.secret@wood.example>",
    "Subject": "Re: quincepaste",
    "message_id": "<plumjam.1@wood.example>",
    "References": "<plumjam.0@wood.example>",
    "List-Id": "<secretlist.wood.example>",
    "Content-Type": "multipart/mixed; boundary=x",
}
BODY = """--x

The hazelnutty text.
> An old quincepaste.
--x
Content-Disposition: attachment; filename=pearfile.txt

quincepaste
--x--
"""


@pytest.fixture
def secret(make_mail):
    """Return a mail that will be purged."""
    return make_mail(BODY, **HEADERS)


@pytest.fixture
def archive(tmp_path, make_mail, secret):
    """Return an archive of a hundred mails, one of which will be purged."""
    archive = Archive(tmp_path / "wood.git")
    fill(archive, make_mail, [archive.blob(secret)])
    return archive


def fill(archive, make_mail, blobs):
    archive.last, archive.seconds = None, 1_700_000_000
    for number in range(100):
        archive.add(number)
        if number == 40:
            for blob in blobs:
                archive.commit({"m": blob})


def purge(archive, make_mail):
    archive.blob(b"")
    fill(archive, make_mail, [EMPTY_BLOB])


def find_secrets(path):
    """Return which secrets are left, and where."""
    found = []
    for file in (path, *path.parent.glob(f"{path.name}-*")):
        # read in another process: closing the file here would drop this one's locks on it
        data = subprocess.run(["cat", file], capture_output=True, check=True).stdout.lower()
        found += [(file.name, secret) for secret in SECRETS if secret in data]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for block in read_blocks(connection).values():
            found += [("block", secret) for secret in SECRETS if secret in block.lower()]
    return found


def test_the_secrets_can_be_found(tmp_path, archive):
    """The search for words in the file finds them before the purge, also in the word index."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
    found = find_secrets(tmp_path / "index.sqlite")
    assert {secret for place, secret in found if place == "block"} == set(SECRETS)
    assert {secret for place, secret in found if place != "block"} >= {b"hazelnutty", b"plumjam"}


@pytest.mark.parametrize("small", [False, True])
def test_a_purge_leaves_no_word(tmp_path, archive, make_mail, monkeypatch, small):
    """Subject, address, id, references, list and text are gone from file, log and blocks."""
    if small:
        monkeypatch.setattr(erase_room, "_MANY", 2)
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive.path))
        purge(archive, make_mail)
        assert index.update(Inbox.open(archive.path)).erased
        assert find_secrets(path) == []
        assert index.check() == ()
        assert index.get("plumjam.1@wood.example") is None
        assert list(index.search("quincepaste")) == []
    assert find_secrets(path) == []


def test_a_purge_of_the_newest_mail_alone(tmp_path, make_mail, secret):
    """Nothing stays where the purged mail was the only one that the index had."""
    archive = Archive(tmp_path / "wood.git")
    archive.commit({"m": archive.blob(secret)})
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive.path))
        archive.blob(b"")
        archive.commit({"m": EMPTY_BLOB}, parents=[])
        assert index.update(Inbox.open(archive.path)).erased
    assert find_secrets(path) == []


def test_an_edit_in_every_epoch_leaves_no_word(tmp_path, make_mail, secret):
    """Where a mail stands in several epochs and is edited in each, its old words are nowhere."""
    epochs = [Archive(tmp_path / "wood" / "git" / f"{number}.git") for number in range(3)]
    edited, path = make_mail("Harmless.\n"), tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        for raw in (secret, edited):
            for number, epoch in enumerate(epochs):
                epoch.last = None
                epoch.add(10 * number)
                epoch.commit({"m": epoch.blob(raw)})
                epoch.add(10 * number + 1)
            index.update(Inbox.open(tmp_path / "wood"))
        assert len(index.search("hazelnutty")) == 0
        assert len(index.copies("1@wood.example")) == 3
        assert index.check() == ()
    assert find_secrets(path) == []


def test_words_that_others_use_stay(tmp_path, archive, make_mail, secret):
    """Of two mails with the same words only the purged one goes."""
    other = make_mail("hazelnutty, too", message_id="<2@wood.example>")
    fill(archive, make_mail, [archive.blob(secret), archive.blob(other)])
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive.path))
        assert len(index.search("hazelnutty")) == 2
        archive.blob(b"")
        fill(archive, make_mail, [EMPTY_BLOB, archive.blob(other)])
        index.update(Inbox.open(archive.path))
        assert [hit.message.message_id for hit in index.search("hazelnutty")] == ["2@wood.example"]
    assert {secret for _, secret in find_secrets(path)} == {b"hazelnutty"}


def test_a_copy_in_another_inbox_stays_until_its_purge(tmp_path, archive, make_mail, secret):
    """A cross-posted mail goes when the last inbox has purged it."""
    twin = Archive(tmp_path / "twin.git")
    fill(twin, make_mail, [twin.blob(secret)])
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        for one in (archive, twin):
            index.update(Inbox.open(one.path))
        assert len(index.copies("plumjam.1@wood.example")) == 2
        purge(archive, make_mail)
        index.update(Inbox.open(archive.path))
        assert [copy.inbox for copy in index.copies("plumjam.1@wood.example")] == ["twin"]
        assert len(index.search("quincepaste")) == 1
        purge(twin, make_mail)
        index.update(Inbox.open(twin.path))
        assert find_secrets(path) == []


def test_a_reader_that_holds_the_old_state_delays_it(tmp_path, archive, make_mail, short_wait):
    """While a reader still sees the mail, the update says so, and the next one erases it."""
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index, Index.open(path) as reader:
        index.update(Inbox.open(archive.path))
        purge(archive, make_mail)
        with reader._database.snapshot():
            assert len(reader.search("quincepaste")) == 1
            assert not index.update(Inbox.open(archive.path)).erased
            assert len(index.search("quincepaste")) == 0
            assert len(reader.search("quincepaste")) == 1
            assert not index.update(Inbox.open(archive.path)).erased
        assert find_secrets(path) != []
        assert index.update(Inbox.open(archive.path)).erased
        assert find_secrets(path) == []


def test_an_emptied_archive_leaves_no_word(tmp_path, archive):
    """Where all of an epoch goes, so do all of its words."""
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive.path))
        inbox = Inbox.open(archive.path)
        inbox.sources[0].tip = None
        index.update(inbox, accept_loss=True)
    assert find_secrets(path) == []
    with closing(sqlite3.connect(path)) as connection:
        for table in ("entry", "block", "message", "identifier", "fulltext_docsize"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


# public-inbox's own tools


def deliver(run, mail):
    run("mda", "--no-precheck", text=mail)


@pytest.fixture
def delivered(tmp_path, make_mail):
    """Return public-inbox's commands, with an inbox of five mails, one of them a secret."""
    public_inbox = PublicInbox(tmp_path, 2)
    for number in range(5):
        headers = {"To": "list@wood.example", "message_id": f"<{number}@wood.example>"}
        mail = make_mail(f"Text {number}\n", **headers, Subject=f"Walk {number}")
        deliver(public_inbox, mail)
        if number == 2:
            secret = {name: value for name, value in HEADERS.items() if name != "Content-Type"}
            public_inbox.secret = make_mail("The hazelnutty text, pearfile\n", **secret)
            deliver(public_inbox, public_inbox.secret)
    return public_inbox


def edit_to(text, tmp_path):
    script = tmp_path / "editor"
    script.write_text(f"#!/bin/sh\nsed -i 's/hazelnutty/{text}/;s/pearfile/{text}/' \"$1\"\n")
    script.chmod(0o700)
    return str(script)


@pytest.mark.slow
def test_public_inbox_purges(delivered, tmp_path):
    """What public-inbox-purge does to an archive is noticed, and leaves no word."""
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(delivered.folder))
        assert len(index.search("hazelnutty")) == 1
        delivered("purge", delivered.folder, text=delivered.secret)
        update = index.update(Inbox.open(delivered.folder))
        assert update.removed >= 3
        assert update.erased
    assert find_secrets(path) == []
    clean = build(tmp_path / "clean.sqlite", ("wood", Inbox.open(delivered.folder)))
    assert_same(dump(path), clean)


@pytest.mark.slow
def test_public_inbox_edits(delivered, tmp_path):
    """What public-inbox-edit changes is changed in the index, too."""
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(delivered.folder))
        editor = edit_to("harmless", tmp_path)
        delivered("edit", "-m", "<plumjam.1@wood.example>", delivered.folder, MAIL_EDITOR=editor)
        index.update(Inbox.open(delivered.folder))
        assert len(index.search("hazelnutty")) == 1  # the name in From
        assert "harmless" in index.get("plumjam.1@wood.example").body
    assert b"pearfile" not in {secret for _, secret in find_secrets(path)}
    clean = build(tmp_path / "clean.sqlite", ("wood", Inbox.open(delivered.folder)))
    assert_same(dump(path), clean)


@pytest.mark.slow
def test_public_inbox_deletes(delivered, tmp_path):
    """A mail that public-inbox-learn takes for spam is gone from searches, as in public-inbox."""
    path = tmp_path / "index.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(delivered.folder))
        delivered("learn", "rm", "--all", text=delivered.secret)
        assert index.update(Inbox.open(delivered.folder)).added == 1
        assert len(index.search("hazelnutty")) == 0
        assert len(list(index.messages())) == 5
    clean = build(tmp_path / "clean.sqlite", ("wood", Inbox.open(delivered.folder)))
    assert_same(dump(path), clean)
