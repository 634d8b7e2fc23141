"""Every kind of value that a notebook shows as HTML, with a given text wherever one fits."""

import tempfile
from copy import copy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from kvminbox import Inbox, Index, Search, frames
from kvminbox.analysis import Snapshot
from kvminbox.dates import GivenTime
from kvminbox.display import Table as Cells
from kvminbox.frames.frame import MESSAGES
from kvminbox.frames.table import Table
from kvminbox.inbox import MailList, SentWindow
from kvminbox.index.merged import Merged
from kvminbox.index.news import NewMails
from kvminbox.models import Epoch, IndexMark, Model
from kvminbox.notebook import Bar
from kvminbox.reports import list_update
from kvminbox.sample import make_sample
from tests.cards.poison import poison
from tests.reports.corpora import Mails, patch_with
from tests.reports.report_windows import report_on


@cache
def sample_window():
    """The whole sample inbox."""
    return Inbox.open(make_sample(Path(tempfile.mkdtemp()))).between(None)


def show_window(text):
    """Show a window whose ends are written so."""
    window = copy(sample_window())
    window.base = window.tip = text
    return window._repr_html_()


def show_index(text):
    """Show an index of that path, with an inbox of that name."""
    index = Index.__new__(Index)
    index._database = SimpleNamespace(path=text)
    one = SimpleNamespace(between=lambda _: sample_window())
    with (
        patch.object(Index, "inboxes", (text,)), patch.object(Index, "unread", 2),
        patch.object(Index, "inbox", lambda *_: one),
    ):  # fmt: skip
        return index._repr_html_()


def show_inbox(text):
    """Show an inbox whose epoch has that path and tip."""
    inbox = Inbox.__new__(Inbox)
    inbox._name = text
    inbox.epochs = (Epoch(number=0, path=text, tip=text),)
    inbox.sources = {0: SimpleNamespace(read_commit=lambda _: SimpleNamespace(seconds=1))}
    return inbox._repr_html_()


def show_search(values, text):
    """Show a search for that text, whose hits hold it, too."""
    search = Search.__new__(Search)
    search.query, search.order = text, "newest"
    hits = [poison(values["hit"], text)] * 2
    with (
        patch.object(Search, "__len__", lambda _: 3),
        patch.object(Search, "hits", lambda *_: iter(hits)),
    ):
        return search._repr_html_()


def show_held(sort, text):
    """Show a corpus in memory of one mail with that text, whose ends are written so."""
    return sort(Mails([patch_with(text, text)], base=text, tip=text))._repr_html_()


def show_merged(text):
    """Show a window of several inboxes whose ends are written so."""
    merged = Merged.__new__(Merged)
    merged._choose = list
    merged.base = merged.tip = text
    with patch.object(Merged, "__len__", lambda _: 3):
        return merged._repr_html_()


def show_sent(text):
    """Show a window by Date whose ends are written so."""
    when = GivenTime(datetime(2025, 6, 1, tzinfo=UTC), text)
    return SentWindow(sample_window(), when, when)._repr_html_()


class Named(Model):
    """A row of one's own."""

    text: str


MAKERS = {
    "Model": lambda values, text: {
        name: poison(value, text)._repr_html_() for name, value in values.items()
    },
    "Report": lambda _, text: {
        "list update": list_update(Mails([patch_with(text, text)], base=text))._repr_html_(),
        "built report": report_on([patch_with(text, text)], title=text)._repr_html_(),
    },
    "Window": lambda _, text: {"window": show_window(text)},
    "Index": lambda _, text: {"index": show_index(text)},
    "Inbox": lambda _, text: {"inbox": show_inbox(text)},
    "Search": lambda values, text: {"search": show_search(values, text)},
    "Table": lambda _, text: {
        "table": Table(MESSAGES, Mails([patch_with(text, text)], base=text))._repr_html_(),
        "rows": frames.of_models([Named(text=text)], name=text)._repr_html_(),
        "a report's table": Cells((text,), ((text,),) * 20, name=text)._repr_html_(),
    },
    "Snapshot": lambda _, text: {"snapshot": show_held(Snapshot, text)},
    "MailList": lambda _, text: {
        "list": MailList([patch_with(text, text)], name=text)._repr_html_()
    },
    "NewMails": lambda _, text: {
        "new": NewMails(None, [], base=text, mark=IndexMark(epochs=()))._repr_html_()
    },
    "Merged": lambda _, text: {"merged": show_merged(text)},
    "SentWindow": lambda _, text: {"by date": show_sent(text)},
    "Bar": lambda _, text: {"bar": Bar(text, 5, 20)._repr_html_()},
}
"""For each class that defines `_repr_html_`, its HTML of some values that hold a text."""


def show_all(values, text):
    """Return the HTML of every kind of value, by name; `values` are those that have a card."""
    return {name: html for make in MAKERS.values() for name, html in make(values, text).items()}
