"""The words of a mail that comes as HTML only. No rendering: enough to read and search.

`html.parser` raises AssertionError on `<![x[`, and withholds what follows
the last `&`; a mail may hold either.
"""

import re
from html import unescape
from typing import Final

MAX_HTML: Final = 1 << 20
"""Characters of HTML that are read; the rest is left out."""

_BREAKS: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote", "pre"})
_ENDS: Final = {
    "!--": re.compile("-->"),
    "script": re.compile("</script", re.IGNORECASE),
    "style": re.compile("</style", re.IGNORECASE),
    "title": re.compile("</title", re.IGNORECASE),
}
"""Where what is no text of the mail ends, by what opens it."""

# `[^<>]` keeps it linear: a tag that is never closed ends at the next one; and so do the
# possessive repeats: a name of a million letters is not tried at each of its lengths
_TOKEN = re.compile(
    r"<(?:(?P<opens>!--|[A-Za-z][A-Za-z0-9]*+)|[/!?])(?(opens)(?:(?<=!--)|[^<>]*+>)|[^<>]*+>)"
    r"|(?P<text>[^<]+|<)"
)


def extract_text(html: str) -> str:
    """Return the text of an HTML document, a line for each block."""
    html = html[:MAX_HTML]
    pieces: list[str] = []
    unclosed: set[str] = set()
    position = 0
    while match := _TOKEN.match(html, position):
        position = match.end()
        name = (match["opens"] or "").lower()
        if match["text"]:
            pieces.append(match["text"])
        elif name in _BREAKS:
            pieces.append("\n")
        elif name in _ENDS and name not in unclosed:
            position = _skip_silent(html, name, position, unclosed)
    lines = (" ".join(line.split()) for line in unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)


def _skip_silent(html: str, name: str, position: int, unclosed: set[str]) -> int:
    end = _ENDS[name].search(html, position)
    if end is None:
        unclosed.add(name)  # so that what follows is shown, and never searched again
        return position
    return end.end() if name == "!--" else end.start()
