"""What stands in an output as it is: ASCII JSON, and days."""

import re
from typing import Final

# JSON itself escapes no more than C0: DEL, C1 and changes of direction stay as they are
_NOT_PLAIN: Final = re.compile(r"[^\n -~]")
_DAY: Final = re.compile(r"(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])")


def escape_json(text: str) -> str:
    r"""Return JSON with all but printable ASCII escaped; it means the same.

    >>> escape_json('{"name": "Zoë \x9b2J 🙂"}')
    '{"name": "Zo\\u00eb \\u009b2J \\ud83d\\ude42"}'
    """
    return _NOT_PLAIN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    octets = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{high:02x}{low:02x}" for high, low in zip(octets[::2], octets[1::2], strict=True)
    )


def keep_days(text: str) -> str:
    """Return a text of HTML with each day as an element that no line ends in, by a page's style.

    A browser ends lines at hyphens, too.

    >>> keep_days("since 2025-06-09, not x-2025-06-09 or 12025-06-09")
    'since <time>2025-06-09</time>, not x-2025-06-09 or 12025-06-09'
    """
    return _DAY.sub(r"<time>\g<0></time>", text)
