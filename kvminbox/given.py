"""Checks of what callers give as a text, a path or a number, so that it does not fail later."""

from os import PathLike
from typing import TypeVar

from kvminbox.errors import UsageError
from kvminbox.words import shorten

N = TypeVar("N", int, float)


def check_text(given: object, what: str, cure: str) -> None:
    """Make sure that a text is given.

    Raises:
        UsageError: it is something else; `cure` says what to write.
    """
    if not isinstance(given, str):
        raise refuse_type(given, what, cure)


def check_path(given: object, cure: str = "give a path") -> None:
    """Make sure that a path is given, as a text or as a `Path`.

    Raises:
        UsageError: it is something else.
    """
    if not isinstance(given, str | PathLike):
        raise refuse_type(given, "a path", cure)


def check_count(given: N, name: str, what: str) -> N:
    """Return a number that must be whole, and 1 or more.

    Args:
        given: the number.
        name: that of the argument.
        what: what is counted, as `a number of rows`.

    Raises:
        UsageError: it is another number, or none.
    """
    found: object = given
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    if not is_number or given < 1 or given % 1:
        raise UsageError(f"not {what}", f"{name}={given!r:.60}", "give a whole number, 1 or more")
    return given


def check_called(given: object) -> None:
    """Make sure that what is called with each mail is a function.

    Raises:
        UsageError: it can't be called.
    """
    if not callable(given):
        raise refuse_type(given, "a function", "give one that takes a mail, as repr")


def refuse_type(given: object, what: str, cure: str) -> UsageError:
    """Return the error for a thing of another kind than was wanted."""
    found = f"expected {what}, not this {type(given).__name__}"
    return UsageError(found, shorten(repr(given)), cure)
