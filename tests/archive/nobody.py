"""Permissions that bind the test, whether it runs as root, who may read everything, or not."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pygit2
from pygit2.enums import ConfigLevel

NOBODY = 65534


@contextmanager
def folder_of_nobody():
    """Yield a folder that other users may enter, unlike pytest's own folders."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@contextmanager
def as_nobody(folder):
    """Own a folder, and have no rights beyond an ordinary user's until the block ends."""
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


def give_away(path, monkeypatch):
    """Let a repository belong to another user; without the right to, have libgit2 say so."""
    if os.geteuid() == 0:
        os.chown(path, 12345, 12345)
        return

    def refuse(*arguments):
        raise pygit2.GitError(f"repository path '{path}/' is not owned by current user")

    monkeypatch.setattr(pygit2, "Repository", refuse)
