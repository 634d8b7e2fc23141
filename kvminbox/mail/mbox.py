"""Mails into an mbox file, as `git am` and mail programs read it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

# The line that public-inbox puts between mails; only its form counts for readers.
_SEPARATOR: Final = b"From mboxrd@z Thu Jan  1 00:00:00 1970\n"
_LEADING: Final = re.compile(rb"\A[\r\n]*From [^\n]*\n")
_FROM: Final = re.compile(rb"^(>*From )", re.MULTILINE)
# what git mailsplit takes for a separator: a clock's colons and a year behind `From `
_SEPARATES: Final = re.compile(
    rb"^((?>From [^\n]*?\d:\d\d)[^\n]* (?:19[7-9]\d|[2-9]\d{3}))", re.MULTILINE
)


def write_mbox(mails: Iterable[bytes], *, quote_all: bool = True) -> Iterator[bytes]:
    """Yield the pieces of an mbox of some mails, given as their bytes.

    Args:
        mails: each as it is in the archive.
        quote_all: put `>` before each line that begins with `From `, or with `>`s and
            that, as mboxrd requires. Without it, only before lines that git
            would take for the next mail, since `git am` never takes the `>` away again.
    """
    pattern = _FROM if quote_all else _SEPARATES
    for raw in mails:
        mail = pattern.sub(rb">\1", _LEADING.sub(b"", raw))
        yield _SEPARATOR
        yield mail if mail.endswith(b"\n") else mail + b"\n"
        yield b"\n"
