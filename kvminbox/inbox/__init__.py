"""An archive read live."""

from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.inbox import Inbox
from kvminbox.inbox.mails import MailList, read_mbox
from kvminbox.inbox.shards import Shard
from kvminbox.inbox.window import Window

__all__ = ["Inbox", "MailCorpus", "MailList", "Shard", "Window", "read_mbox"]
