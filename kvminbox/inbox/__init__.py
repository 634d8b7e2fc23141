"""An archive that is read directly."""

from typing import TYPE_CHECKING

from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.inbox.corpus import MailCorpus
    from kvminbox.inbox.inbox import Inbox
    from kvminbox.inbox.mails import MailList, read_mbox
    from kvminbox.inbox.problems import ReadCorpus
    from kvminbox.inbox.sent import SentWindow
    from kvminbox.inbox.shards import Shard
    from kvminbox.inbox.window import Window
else:
    __getattr__ = import_later(
        __name__,
        {
            "kvminbox.inbox.corpus": "MailCorpus",
            "kvminbox.inbox.inbox": "Inbox",
            "kvminbox.inbox.mails": "MailList read_mbox",
            "kvminbox.inbox.problems": "ReadCorpus",
            "kvminbox.inbox.sent": "SentWindow",
            "kvminbox.inbox.shards": "Shard",
            "kvminbox.inbox.window": "Window",
        },
    )

__all__ = [
    "Inbox",
    "MailCorpus",
    "MailList",
    "ReadCorpus",
    "SentWindow",
    "Shard",
    "Window",
    "read_mbox",
]


def __dir__() -> list[str]:
    return __all__
