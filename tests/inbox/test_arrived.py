"""What period a window, an archive and an index hold, for those who ask for the wrong one."""

from datetime import UTC, datetime

from kvminbox import Inbox, Index
from kvminbox.analysis import Snapshot
from kvminbox.inbox import MailList
from kvminbox.reports import list_update, waiting
from kvminbox.sample import make_sample

FIRST = datetime(2025, 6, 5, 0, 1, tzinfo=UTC)
LAST = datetime(2025, 6, 10, 21, 57, 40, tzinfo=UTC)


def test_a_window_knows_when_its_commits_arrived(tmp_path):
    """The times are those of the first and last commit; a window without any has none."""
    inbox = Inbox.open(make_sample(tmp_path))
    assert inbox.between(None).arrived == (FIRST, LAST)
    assert inbox.since("2033-01-01").arrived is None
    with Index.open(tmp_path / "mails.sqlite", create=True) as index:
        index.update(inbox)
        assert index.between(None).arrived == (FIRST, LAST)
        assert index.since("2033-01-01").arrived is None


def test_cards_tell_what_period_is_here(tmp_path):
    """Cards of an archive, of an index and of an empty window say when the newest mail arrived."""
    inbox = Inbox.open(make_sample(tmp_path))
    with Index.open(tmp_path / "mails.sqlite", create=True) as index:
        index.update(inbox)
        shown = [
            one._repr_html_()
            for one in (inbox, index, inbox.since("2033-01-01"), index.since("2033-01-01"))
        ]
    assert all(f"{LAST:%Y-%m-%d}" in card for card in shown)
    assert f"{FIRST:%Y-%m-%d}" in shown[1]


def test_a_snapshot_without_mails_says_so(tmp_path):
    """The card of an empty snapshot tells that nothing arrived, that of another one its days."""
    inbox = Inbox.open(make_sample(tmp_path))
    assert "no mail arrived in it" in Snapshot.of(inbox.since("2033-01-01"))._repr_html_()
    card = Snapshot.of(inbox.since("2025-06-10", "2025-06-11"))._repr_html_()
    assert "no mail arrived" not in card
    assert "2025-06-10 to" not in card  # one day is no span


def test_a_list_of_mails_has_one_name(tmp_path):
    """Titles call a list of mails by its name, and do not take that for a revision."""
    inbox = Inbox.open(make_sample(tmp_path))
    mails = MailList(inbox.between(None).messages(), name="lamps.mbox")
    assert waiting(mails).to_document().title.endswith("Waiting for review, lamps.mbox")
    assert list_update(mails).to_document().title.endswith("mailing list update of lamps.mbox")
    assert list_update(mails).to_text().startswith("lamps.mbox\n")
    assert ">lamps.mbox<" in mails._repr_html_()
    assert "the beginning to HEAD" in list_update(inbox.between(None)).to_document().title
