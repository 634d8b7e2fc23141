"""A Corpus kept in one SQLite file, brought up to date from inboxes."""

from kvminbox.index.index import Index
from kvminbox.index.search import Search
from kvminbox.index.trees import TreeIndex

__all__ = ["Index", "Search", "TreeIndex"]
