"""A mail is listed whatever it lacks, and whatever id another one claims."""

import pytest

from kvminbox import Inbox
from tests.archive.git_archive import Archive


def _inbox(path, *mails):
    archive = Archive(path)
    for raw in mails:
        archive.commit({"m": archive.blob(raw)})
    return archive, Inbox.open(archive.path)


@pytest.mark.parametrize("header", ["From", "Subject", "To", "Date", "message_id"])
def test_a_mail_that_lacks_a_header_is_listed(tmp_path, make_mail, header):
    """A mail without From, Subject, To, Date or Message-ID stands among the others."""
    usual = {"To": "all@wood.example"}
    mails = [make_mail("Here.\n", **usual, message_id=f"<{n}@wood.example>") for n in (1, 3)]
    odd = make_mail("Odd.\n", **{**usual, header: None})
    _, inbox = _inbox(tmp_path / "0.git", mails[0], odd, mails[1])
    bodies = [message.body for message in inbox.between(None).messages()]
    assert bodies == ["Here.\n", "Odd.\n", "Here.\n"]
    assert inbox.between(None).summary().messages == 3
    assert sum(len(thread.messages) for thread in inbox.between(None).threads()) == 3


def test_two_mails_of_one_id_are_two(tmp_path, make_mail):
    """Different mails that claim one Message-ID are both messages, and each is deleted alone."""
    mails = [make_mail(f"{n}\n", subject=f"Walk {n}") for n in "abc"]
    archive, inbox = _inbox(tmp_path / "0.git", *mails)
    found = list(inbox.between(None).messages())
    assert [message.subject.raw for message in found] == ["Walk a", "Walk b", "Walk c"]
    assert {message.message_id for message in found} == {"1@wood.example"}
    archive.commit({"d": archive.blob(mails[0])})
    window = Inbox.open(archive.path).between(None)
    assert [message.subject.raw for message in window.messages()] == ["Walk b", "Walk c"]
    assert (window.summary().hidden, window.summary().messages) == (1, 3)
