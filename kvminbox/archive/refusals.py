"""Why a repository can't be read, in words, with what to do about it."""

import errno
import os
import re
import shlex
from pathlib import Path
from typing import Final

from kvminbox.errors import (
    NotAnInboxError,
    SystemLimitError,
    UnsupportedRepositoryError,
)

FSCK: Final = "run `git fsck` there, and fetch or clone the archive again"
FULL_CLONE: Final = "clone it again in full, without --filter"

_MAY_READ: Final = "check its permissions, or run as a user who may read it"
_REFUSALS: Final = (
    (r"object ?format|sha256", "it is a SHA-256 repository, which libgit2 can't read yet",
     "use a clone in SHA-1 format"),
    (r"partialclone", "it is a partial clone, which libgit2 refuses", FULL_CLONE),
    (r"extension|refstorage|reftable", "it uses an extension that libgit2 doesn't know",
     "clone it again with `git clone --mirror` and git's default format"),
    (r"not owned|owner", "it belongs to another user, so git and libgit2 refuse it",
     "if you trust it, run `git config --global --add safe.directory PATH`"),
    (r"failed to stat .*config", "git's configuration in the home directory can't be read",
     "set HOME to a directory that this user may read"),  # as under `sudo -u` with root's HOME
    (r"ermission", "can't be read", _MAY_READ),
)  # fmt: skip


def check_limit(path: Path, error: Exception) -> None:
    """Make sure that a failure is not for want of file handles, which says nothing of the archive.

    Raises:
        SystemLimitError: it is.
    """
    said = str(error)  # libgit2 puts the system's words at the end of its own
    codes = (errno.EMFILE, errno.ENFILE)
    if getattr(error, "errno", None) in codes or any(os.strerror(code) in said for code in codes):
        raise SystemLimitError(
            "too many files are open", where=str(path),
            cure="close some, or raise the limit, as with `ulimit -n 4096`, and try again",
        )  # fmt: skip


def explain_refusal(path: Path, error: Exception) -> NotAnInboxError:
    """Return the error for a repository that libgit2 refuses, from what libgit2 says.

    Raises:
        SystemLimitError: too many files are open.
    """
    check_limit(path, error)
    said = str(error)
    for pattern, what, cure in _REFUSALS:
        if re.search(pattern, said, re.IGNORECASE):
            cure = cure.replace("PATH", shlex.quote(str(path.resolve())))
            return UnsupportedRepositoryError(f"{what} ({said})", where=str(path), cure=cure)
    if (path / "HEAD").is_symlink() and not (path / "HEAD").exists():
        what = "its HEAD is a link to a branch that is packed, which libgit2 can't read"
        cure = f"run `git symbolic-ref HEAD {(path / 'HEAD').readlink().as_posix()}` there"
        return UnsupportedRepositoryError(what, where=str(path), cure=cure)
    what = f"can't be opened as a git repository ({said})"
    return NotAnInboxError(what, where=str(path), cure=FSCK)


def explain_unreadable(path: Path, error: OSError | ValueError) -> NotAnInboxError:
    """Return the error for a file or directory that the system does not let us read.

    Raises:
        SystemLimitError: too many files are open.
    """
    check_limit(path, error)
    said = getattr(error, "strerror", None) or error
    return NotAnInboxError(f"can't be read ({said})", where=str(path), cure=_MAY_READ)
