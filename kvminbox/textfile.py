"""Files that a user names: their paths, reading text, and naming a bad line of it."""

import os
from pathlib import Path

from kvminbox.errors import UsageError
from kvminbox.given import check_path


def read_text(path: str | Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises:
        UsageError: it can't be read, or a line of it is not UTF-8.
    """
    try:
        raw = expand_home(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"can't be read: {why}", str(path), "give the path of a text file"
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{raw[error.start]:02x}"
        raise blame_line(str(path), line, found, "text in UTF-8") from None


def expand_home(path: str | os.PathLike[str]) -> Path:
    """Return a path with a leading `~` or `~user` as the directory that it stands for.

    Raises:
        UsageError: it is no path.
    """
    check_path(path)
    try:
        return Path(path).expanduser()
    except RuntimeError:  # no such user, or nobody knows their home
        return Path(path)


def blame_line(source: str, line: int, found: str, expected: str) -> UsageError:
    """Return the error for a line that can't be understood: where, what is there, what should be.

    >>> print(blame_line("domains", 3, "'acme'", "a domain and an employer"))
    domains:3: found 'acme'; expected a domain and an employer
    """
    return UsageError(f"found {found}", f"{source}:{line}", f"expected {expected}")


def quote(text: str) -> str:
    """Return a piece of a file for an error message: in quotes, and not too long."""
    return repr(text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…")


MAX_QUOTED = 80
"""Characters of a line that an error repeats."""
