"""What the parsers of the commands share."""

import argparse
import re
from typing import Protocol


class Commands(Protocol):
    """Where commands are added: what argparse's `add_subparsers` returns."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:  # noqa: A002
        """Add a command, and return its parser."""


def positive(text: str) -> int:
    """Parse a number from 1 up."""
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a number from 1 up")
    return int(text)
