"""Models as HTML, for a notebook's cell.

A card shows what matters of a value in a fixed amount of space; what does not fit is cut, and
a line says how much. It has no script, no link, no address and no style sheet. Colours are the
notebook's own, with tints that a light and a dark theme both carry.

Importing this package registers the cards with `kvminbox.models.base.show_card`;
`import kvminbox` does so.
"""

from kvminbox.cards import groups, mails

__all__ = ["groups", "mails"]
