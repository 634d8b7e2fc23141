"""A Corpus kept in one SQLite file, brought up to date from inboxes."""

from typing import TYPE_CHECKING

from kvminbox.index.index import Index
from kvminbox.index.merged import Merged
from kvminbox.index.search import Search, SearchOrder
from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.index.news import NewMails
    from kvminbox.index.trees import TreeIndex
else:
    __getattr__ = import_later(
        __name__, {"kvminbox.index.news": "NewMails", "kvminbox.index.trees": "TreeIndex"}
    )

__all__ = ["Index", "Merged", "NewMails", "Search", "SearchOrder", "TreeIndex"]


def __dir__() -> list[str]:
    return __all__
