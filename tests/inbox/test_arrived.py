"""What period a window, an archive and an index hold, for those who ask for the wrong one."""

from datetime import UTC, datetime

from kvminbox import Inbox, Index
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
