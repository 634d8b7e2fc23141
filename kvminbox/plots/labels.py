"""Text from mails on charts: safe, short, and each label unique."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from kvminbox.safe import safe_text

MAX_LABEL: Final = 32
"""Characters of a label that are shown."""

# On a page a chart is JSON in a script, which an unescaped `</script>` would end.
_HARMLESS: Final = str.maketrans({"<": "‹", ">": "›", "&": "＆"})


def make_label(text: str, limit: int = MAX_LABEL) -> str:
    """Return text from a mail as a label: one line, cut, without `<`, `>` and `&`.

    >>> make_label("</script><b>x</b>")
    '‹/script›‹b›x‹/b›'
    """
    line = safe_text(text).translate(_HARMLESS)
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def make_labels(texts: Iterable[str]) -> list[str]:
    """Return a label for each text; labels that would be equal are numbered.

    >>> make_labels(["Ada", "Ben", "Ada"])
    ['Ada', 'Ben', 'Ada (2)']
    """
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    labels = []
    for text in texts:
        label = name = make_label(text)
        while label in taken:
            seen[name] += 1
            label = f"{name} ({seen[name] + 1})"
        taken.add(label)
        labels.append(label)
    return labels
