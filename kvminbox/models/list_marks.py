"""What Mailman adds to a mail that it sends on: a tag in the subject, and a footer."""

import re
from collections.abc import Collection
from typing import Final

from kvminbox.models.address import Address

MAX_FOOTER: Final = 1_000
"""Characters at the end of a text in which a list's footer is looked for."""

_FOOTER: Final = re.compile(
    r"\n_{40,}[ \t\r]*\n[^\n]*\S mailing list(?:[ \t]+--[ \t]+\S+)?[ \t\r]*\n"
    r"\S+@\S+[ \t\r]*\n(?:[^\n]*https?://\S+\s*)?\Z"
)
_TAG: Final = re.compile(r"\[([\w.+-]+)\][ \t]*")


def cut_footer(text: str) -> str:
    """Return a text without the footer that its list added, and without blanks at its end."""
    text = text.rstrip()
    start = max(0, len(text) - MAX_FOOTER)
    # with a line feed before it: a pattern that may begin at the start is tried at each letter
    found = _FOOTER.search(f"\n{text[start:]}\n")
    return text[: start + max(0, found.start() - 1)].rstrip() if found else text


def cut_tags(subject: str, receivers: Collection[Address]) -> str:
    """Return a subject without the tags of lists: `[lamps]` of a mail to `lamps@x.example`."""
    if "[" not in subject:
        return subject
    names = {one.email.partition("@")[0].lower() for one in receivers}
    return _TAG.sub(lambda tag: "" if tag[1].lower() in names else tag[0], subject)
