"""JSON in ASCII, which holds what a mail said and acts on no terminal."""

import re
from typing import Final

# JSON itself escapes no more than C0: DEL, C1 and changes of direction stand in it as they are
_NOT_PLAIN: Final = re.compile(r"[^\n -~]")


def escape_json(text: str) -> str:
    r"""Give a JSON text with every character but printable ASCII as an escape; it means the same.

    >>> escape_json('{"name": "Zoë \x9b2J 🙂"}')
    '{"name": "Zo\\u00eb \\u009b2J \\ud83d\\ude42"}'
    """
    return _NOT_PLAIN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    octets = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{high:02x}{low:02x}" for high, low in zip(octets[::2], octets[1::2], strict=True)
    )
