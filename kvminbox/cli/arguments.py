"""What the parsers of the commands share."""

import argparse
import re


def positive(text: str) -> int:
    """Parse a number from 1 up."""
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a whole number of 1 or more")
    return int(text)
