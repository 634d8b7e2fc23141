"""An archive read live."""

from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.inbox import Inbox, parse_time
from kvminbox.inbox.source import GitSource, Source
from kvminbox.inbox.window import Window

__all__ = ["GitSource", "Inbox", "MailCorpus", "Source", "Window", "parse_time"]
