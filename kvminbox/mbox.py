"""Mails into an mbox file and out of it, as `git am` and mail programs do."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

# The line that public-inbox puts between mails; only its form counts for readers.
_SEPARATOR: Final = b"From mboxrd@z Thu Jan  1 00:00:00 1970\n"
_LEADING: Final = re.compile(rb"\A[\r\n]*From [^\n]*\n")
_FROM: Final = re.compile(rb"^(>*From )", re.MULTILINE)
_QUOTED: Final = re.compile(rb">+From ")
_LINE_FROM: Final = re.compile(rb"^From [^\n]*\n", re.MULTILINE)
# a digit of the hour, any byte, the minutes, the last colon, the seconds, a number over 90
_CLOCK: Final = re.compile(rb"\d.\d\d:\d\d[\t-\r ]*\+?0*(?:9[1-9]|[1-9]\d\d)", re.DOTALL)


def write_mbox(mails: Iterable[bytes], *, quote_all: bool = True) -> Iterator[bytes]:
    """Yield the pieces of an mbox of some mails, given as their bytes.

    Args:
        mails: each as it is in the archive.
        quote_all: put `>` before each line that begins with `From `, or with `>`s and
            that, as mboxrd requires. Without it, only before lines that git
            would take for the next mail, since `git am` never takes the `>` away again.
    """
    for raw in mails:
        mail = _LEADING.sub(b"", raw)
        if not mail.endswith(b"\n"):
            mail += b"\n"
        yield _SEPARATOR
        yield _FROM.sub(rb">\1", mail) if quote_all else _LINE_FROM.sub(_quote_separator, mail)
        yield b"\n"


def _quote_separator(line: re.Match[bytes]) -> bytes:
    return b">" + line[0] if is_separator(line[0]) else line[0]


def split_mbox(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the mails of an mbox, given as its lines, without the `>` of quoted `From ` lines.

    A mail begins where `git mailsplit` begins one.

    Raises:
        ValueError: it does not begin with such a line.
    """
    mail: list[bytes] | None = None
    for line in lines:
        if is_separator(line):
            if mail is not None:
                yield _join(mail)
            mail = []
        elif mail is not None:
            mail.append(line[1:] if _QUOTED.match(line) else line)
        elif line.strip():
            raise ValueError("it does not begin with a `From ` line")
    if mail is not None:
        yield _join(mail)


def _join(lines: list[bytes]) -> bytes:
    if lines and not lines[-1].strip():
        lines.pop()  # the empty line between two mails
    return b"".join(lines)


def is_separator(line: bytes) -> bool:
    """Whether `git mailsplit` begins another mail at a line, given with its line end.

    git finds a clock by its last colon, and the year behind it as C reads a number:
    after any white space or none, with a sign, and as far as there are digits.
    """
    # a colon just before the line end is not looked at
    colon = line.rfind(b":", len(b"From "), -2)
    return (
        len(line) >= 20
        and line.startswith(b"From ")
        and colon >= 0
        and _CLOCK.match(line, colon - 4) is not None
    )
