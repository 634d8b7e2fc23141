"""A user whom permissions bind, also where the tests run as root, who may read everything."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pygit2
from pygit2.enums import ConfigLevel

NOBODY = 65534


@contextmanager
def folder_of_nobody():
    """Give a folder that others may pass through, as they may not through pytest's own."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@contextmanager
def as_nobody(folder):
    """Own a folder, and be a user without any right but his own, until the block ends."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    home = pygit2.settings.search_path[ConfigLevel.GLOBAL]
    pygit2.settings.search_path[ConfigLevel.GLOBAL] = str(folder)  # not root's
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        pygit2.settings.search_path[ConfigLevel.GLOBAL] = home
