"""An archive read live."""

from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.inbox import Inbox
from kvminbox.inbox.window import Window

__all__ = ["Inbox", "MailCorpus", "Window"]
