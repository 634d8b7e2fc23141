"""Words by which a text may ask for something, whatever else it says."""

import re
from typing import Final

from kvminbox.patterns import compile_later

_WISH: Final = compile_later(
    r"\?|\b(?:please|should|could|would|must|needs?|instead|wrong|missing|typos?|nits?|bugs?"
    r"|fail\w*|break\w*)\b",
    re.IGNORECASE,
)


def may_ask(text: str) -> bool:
    """Whether a text may ask for something: a question, a wish, or a fault that it names."""
    return _WISH.search(text) is not None
