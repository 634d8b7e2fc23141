"""The window that an example runs on: PATH BASE TIP, or the sample's week."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kvminbox import Inbox, KvminboxError, Window
from kvminbox.sample import SAMPLE_RANGE, make_sample


@contextmanager
def chosen_window() -> Iterator[Window]:
    """Open the window given on the command line, or the sample, which is removed at the end."""
    arguments = sys.argv[1:]
    if len(arguments) not in {0, 3}:
        sys.exit(f"usage: {sys.argv[0]} [PATH BASE TIP]")
    try:
        if arguments:
            path, base, tip = arguments
            yield Inbox.open(path).between(base, tip)
        else:
            with TemporaryDirectory() as folder:
                yield Inbox.open(make_sample(Path(folder))).between(*SAMPLE_RANGE)
    except KvminboxError as error:
        sys.exit(str(error))
