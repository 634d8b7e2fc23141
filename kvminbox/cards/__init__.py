"""Models as HTML, for a notebook cell.

A card shows the important parts of a value on one screen: what does not fit opens on a click,
and of what is very long a line says how much is left out. It has no script and no style sheet,
and loads nothing; its links lead to mails, where the address of their list is known. The colours
are the notebook's own, with tints that work in light and dark themes.

Importing this package registers the cards with `kvminbox.models.base.show_card`;
`kvminbox` itself does so, and is imported first whatever part of it is asked for.
"""

from kvminbox.cards import groups, mails, remarks, trees, updates

__all__ = ["groups", "mails", "remarks", "trees", "updates"]
