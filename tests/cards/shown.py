"""Every kind of value that a notebook shows as HTML, with a given text wherever one fits."""

from kvminbox.notebook import Bar
from kvminbox.reports import list_update
from tests.cards.poison import poison
from tests.reports.corpora import Mails, patch_with
from tests.reports.report_windows import report_on

MAKERS = {
    "Model": lambda values, text: {
        name: poison(value, text)._repr_html_() for name, value in values.items()
    },
    "Report": lambda _, text: {
        "list update": list_update(Mails([patch_with(text, text)], base=text))._repr_html_(),
        "built report": report_on([patch_with(text, text)], title=text)._repr_html_(),
    },
    "Bar": lambda _, text: {"bar": Bar(text, 5, 20)._repr_html_()},
}
"""For each class that defines `_repr_html_`, its HTML of some values that hold a text."""


def show_all(values, text):
    """Return the HTML of every kind of value, by name; `values` are those that have a card."""
    return {name: html for make in MAKERS.values() for name, html in make(values, text).items()}
