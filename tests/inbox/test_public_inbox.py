"""Inboxes that public-inbox itself wrote, read live: the mails are those that it shows.

Each command of it takes a second, so that most of this is in the interop session.
"""

import pytest

from kvminbox import Inbox
from kvminbox.errors import NotAnInboxError
from tests.archive.git_archive import EMPTY_BLOB, count_commits, git, mail
from tests.archive.public_inbox import PublicInbox


@pytest.fixture(params=[1, 2], ids=["v1", "v2"])
def wood(request, tmp_path):
    """Return an empty inbox of each version."""
    return PublicInbox(tmp_path, request.param)


@pytest.fixture
def v2(tmp_path):
    """Return an empty inbox of version 2."""
    return PublicInbox(tmp_path, 2)


def _window(inbox):
    """Choose all of an inbox, and see that each commit is accounted for."""
    window = Inbox.open(inbox.folder).between(None)
    found = window.summary()
    parts = (found.messages, found.deletions, found.purged, found.unchanged, found.problems)
    assert sum(parts) == found.commits == sum(map(count_commits, inbox.epochs()))
    assert found.problems == 0
    return window


def _assert_agrees(inbox):
    """Compare with what public-inbox shows: the same mails in the same order; give a summary."""
    window = _window(inbox)
    messages, shown = list(window.messages()), inbox.show()
    assert [message.entry.blob for message in messages] == [one.blob for one in shown]
    for message, one in zip(messages, shown, strict=True):
        assert one.message_id in (message.message_id, *message.other_message_ids)
    return window.summary()


def _titles(inbox):
    return [message.subject.raw[12:] for message in _window(inbox).messages()]


def _odd_mails():
    """Return mails that public-inbox changes, or takes for one that it has."""
    without_id = mail(5).replace(b"Message-ID: <5@example.com>\n", b"")
    other_text = mail(2).replace(b"The text", b"Another text")
    headers = b"Status: RO\nX-Status: A\nLines: 1\nDelivered-To: ida@wood.example\n"
    nul = mail(7).replace(b"mail number", b"=?utf-8?q?mail=00number?=")
    twice = mail(8).replace(b"\n\n", b"\nMessage-ID: <eight@example.com>\n\n", 1)
    return [
        *map(mail, range(4)), without_id, other_text, mail(1), headers + mail(6), nul, twice,
        b"From ida@wood.example Tue Sep  5 10:00:00 2023\n" + mail(9),
        mail(10).replace(b"Date: Tue, 14 Nov 2023 22:13:20 +0000", b"Date: never"),
        mail(11).replace(b"Subject: mail number 11\n", b""),
    ]  # fmt: skip


def test_mails_are_those_that_it_shows(wood):
    """Generated and second Message-IDs, mails it has already, NULs: read as it stored them."""
    wood.add(*_odd_mails())
    found = _assert_agrees(wood)
    # the very same mail is never stored twice; v1 stores no other text of the same id either
    assert found.messages == found.commits == (11 if wood.version == 1 else 12)
    messages = {one.entry.blob: one for one in _window(wood).messages()}
    generated = [one for one in messages.values() if (one.message_id or "").endswith("@z")]
    assert [one.subject.raw for one in generated] == ["mail number 5"]
    if wood.version == 2:
        (second,) = [one for one in messages.values() if "Another" in one.body]
        assert second.message_id == "2@example.com"
        assert second.other_message_ids[0].endswith("@z")
        assert [defect.code for defect in second.defects] == ["message-id-several"]


@pytest.mark.interop
def test_deletions_and_a_return(wood):
    """A mail that it removed is hidden; one that it took again is shown; the rest stays."""
    wood.add(*map(mail, range(5)))
    wood.write(("remove", mail(1)), ("add", mail(5)), ("remove", mail(3)), ("add", mail(1)))
    found = _assert_agrees(wood)
    assert (found.messages, found.deletions, found.hidden) == (7, 2, 2)
    assert _titles(wood) == ["0", "2", "4", "5", "1"]


@pytest.mark.interop
def test_learn_rm_and_delivery_by_its_commands(wood):
    """What public-inbox-mda delivers and public-inbox-learn takes away is read so."""
    for number in range(2):
        wood("mda", "--no-precheck", text=mail(number))
    wood("learn", "rm", "--all", text=mail(0))
    assert _titles(wood) == ["1"]
    found = _window(wood).summary()
    assert (found.messages, found.deletions, found.hidden) == (2, 1, 1)


def test_a_deletion_in_a_later_epoch(v2):
    """Where each epoch holds one mail, a deletion hides the one of an epoch long before."""
    v2.add(*map(mail, range(4)), rotate=1)
    v2.write(("remove", mail(1)), ("add", mail(4)), ("add", mail(1)), rotate=1)
    assert len(v2.epochs()) == 5
    found = _assert_agrees(v2)
    entries = list(_window(v2).entries())
    (deletion,) = [entry for entry in entries if entry.change == "deletion"]
    first, _, _ = [entry for entry in entries if entry.blob == deletion.blob]
    assert first.epoch < deletion.epoch
    assert (found.deletions, found.hidden) == (1, 1)
    assert _titles(v2) == ["0", "2", "3", "4", "1"]
    inbox = Inbox.open(v2.folder)
    assert [epoch.number for epoch in inbox.epochs] == list(range(len(v2.epochs())))
    assert inbox.between("0:HEAD", "2:HEAD").summary().commits == 2


MANY = pytest.param(1, marks=pytest.mark.interop)


@pytest.mark.parametrize("rotate", [0, MANY], ids=["one-epoch", "many-epochs"])
def test_a_purge_leaves_a_purged_commit(v2, rotate):
    """A mail that it purged is counted as such, has no bytes left, and hides no other."""
    secret = mail(2).replace(b"The text", b"A secret, hazelnutty text")
    v2.add(mail(0), mail(1), secret, mail(3), mail(4), rotate=rotate)
    before = Inbox.open(v2.folder).between(None)
    (blob,) = [one.entry.blob for one in before.messages() if "hazelnutty" in one.body]
    v2("purge", v2.folder, text=secret)
    found = _assert_agrees(v2)
    assert (found.commits, found.messages, found.purged) == (5, 4, 1)
    assert _titles(v2) == ["0", "1", "3", "4"]
    purged = [entry for entry in _window(v2).entries() if entry.change == "purged"]
    assert [entry.blob for entry in purged] == [EMPTY_BLOB]
    listed = b"".join(git(path, "cat-file", "--batch-all-objects", "--batch-check")
                      for path in v2.epochs())  # fmt: skip
    assert blob.encode() not in listed
    # a window from before says what it has lost, and gives the rest
    lost = []
    before.on_problem = lost.append
    assert len(list(before.messages())) + len(lost) == 5
    assert blob in {problem.entry.blob for problem in lost}


@pytest.mark.interop
@pytest.mark.parametrize("rotate", [0, 1], ids=["one-epoch", "many-epochs"])
def test_an_edit_changes_the_mail_and_what_follows(v2, tmp_path, rotate):
    """A mail that it edited has its new words in its old place, and the old ones nowhere."""
    v2.add(*map(mail, range(4)), rotate=rotate)
    script = tmp_path / "editor"
    script.write_text("#!/bin/sh\nsed -i 's/The text/Edited words/;s/number 1/number 7/' \"$1\"\n")
    script.chmod(0o700)
    v2("edit", "-m", "<1@example.com>", v2.folder, MAIL_EDITOR=str(script))
    assert _assert_agrees(v2).messages == 4
    assert _titles(v2) == ["0", "7", "2", "3"]
    bodies = [message.body for message in _window(v2).messages()]
    assert bodies[1].startswith("Edited words of mail 1")


@pytest.mark.interop
def test_a_v1_inbox_converted_to_v2(tmp_path):
    """public-inbox-convert keeps mails, deletions and times, and so does what is read of both."""
    old = PublicInbox(tmp_path, 1)
    old.add(*_odd_mails())
    old.write(("remove", mail(1)), ("add", mail(20)), ("remove", mail(3)), ("add", mail(1)))
    _assert_agrees(old)
    new = PublicInbox(tmp_path / "new", 2, made=False)
    new("convert", "-L", "basic", old.folder, new.folder)
    _assert_agrees(new)
    assert _facts(new) == _facts(old)


def _facts(inbox):
    """Return what must be the same of an inbox in either version."""
    return [
        (message.message_id, message.subject.raw, message.body, message.entry.arrived)
        for message in _window(inbox).messages()
    ]


@pytest.mark.interop
def test_a_first_epoch_that_is_skipped(v2, tmp_path):
    """An inbox that begins with epoch 3 is whole; one that is only made holds no commits."""
    with pytest.raises(NotAnInboxError, match="no commits"):
        Inbox.open(v2.folder)
    later = PublicInbox(tmp_path / "later", 2, "--skip-epoch=3")
    later.add(mail(1), mail(2))
    assert [epoch.number for epoch in Inbox.open(later.folder).epochs] == [3]
    assert _assert_agrees(later).messages == 2
