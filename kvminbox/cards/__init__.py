"""Models as HTML, for a notebook cell.

A card shows the important parts of a value in limited space; what does not fit is cut, and a
line says how much. It has no script, link, URL or style sheet. The colours are the notebook's
own, with tints that work in light and dark themes.

Importing this package registers the cards with `kvminbox.models.base.show_card`;
`kvminbox` itself does so, and is imported first whatever part of it is asked for.
"""

from kvminbox.cards import groups, mails, trees, updates

__all__ = ["groups", "mails", "trees", "updates"]
