"""The order of hits by relevance."""

from kvminbox import Inbox
from kvminbox.archive import MailWriter
from kvminbox.index import Index
from tests.mails import write_mail

MAILS = {
    "quoted": ("A walk", "> the lantern is lit\n\nYes.\n"),
    "said": ("A walk", "the lantern is lit\n\nYes.\n"),
    "titled": ("The lantern", "It is lit, said Ida.\n\nYes.\n"),
}


def test_what_a_mail_says_comes_before_what_it_quotes(tmp_path):
    """A word in the subject ranks a mail highest, one that is only quoted lowest."""
    writer = MailWriter(tmp_path / "a.git")
    for seconds, (name, (subject, body)) in enumerate(MAILS.items(), 1_690_000_000):
        writer.add(write_mail(subject, body, ids=[name]), seconds)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        found = [*index.search("lantern", order="relevance").message_ids()]
    assert found == ["titled", "said", "quoted"]
