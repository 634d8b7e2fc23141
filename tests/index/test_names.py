"""What an index may call its inboxes, and whose windows can be divided."""

import pytest

from kvminbox import Inbox
from kvminbox.errors import UsageError
from kvminbox.index import Index


@pytest.fixture
def index(tmp_path):
    """Return an empty index."""
    with Index.open(tmp_path / "index.sqlite", create=True) as made:
        yield made


def test_a_window_of_several_inboxes_is_not_divided(index, sample_inbox):
    """Shards are those of one inbox: a window of two is refused, and one of one is not."""
    inbox = Inbox.open(sample_inbox)
    index.update(inbox, name="one")
    one = index.since("2000-01-01")
    assert sum(map(len, inbox.shards(window=one))) == len(list(inbox.messages()))
    index.update(inbox, name="two")
    with pytest.raises(UsageError, match=r"window of one inbox, not this Merged.*index\.inbox"):
        inbox.shards(window=index.since("2000-01-01"))
