"""Which links may stand in an output: plain https addresses that this library made."""

import re
from typing import Final

# what `urllib.parse.quote` leaves, and the slashes between: no quote, angle
# bracket, backtick, parenthesis, blank or other letter ends the place it stands in
_PLAIN: Final = re.compile(r"https://[a-z0-9.-]+(?:/[A-Za-z0-9._~%+-]*)*")


def safe_url(url: str) -> str:
    """Give the address where it is a plain https one; else nothing.

    >>> safe_url("https://lore.kernel.org/kvm/1%40ada.example/")
    'https://lore.kernel.org/kvm/1%40ada.example/'
    >>> safe_url("javascript:alert(1)")
    ''
    """
    return url if _PLAIN.fullmatch(url) else ""
