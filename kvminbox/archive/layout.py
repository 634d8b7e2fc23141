"""Find the git repositories at a path: an epoch, an inbox of many, a lore clone's directory."""

import re
from collections.abc import Iterable
from pathlib import Path

from kvminbox.archive.refusals import explain_unreadable
from kvminbox.errors import NotAnInboxError

_EPOCH = re.compile(r"(\d{1,6})(?:\.git)?")
_GITFILE = re.compile(r"gitdir: (.+)")
_CURE = (
    "give an epoch (0.git), an inbox (a directory with git/0.git), a clone made by `git clone "
    "--mirror`, or an index made by `kvminbox index` (in Python, to Index.open)"
)
_INDEX = (
    "give the archive that it was made from, which `kvminbox index FILE --list` names; in Python, "
    "Index.open opens an index"
)
_SQLITE = b"SQLite format 3\0"


def find_epochs(path: Path) -> list[tuple[int, Path]]:
    """Return the epochs under a path as (number, git directory), in order.

    A single repository is an epoch, with the number in its name (`3.git`) or 0.

    Raises:
        NotAnInboxError: there are none; the path can't be read; a child with a number
            for a name is no repository; or two children are one epoch.
    """
    try:
        return _find_epochs(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise explain_unreadable(path, error) from None


def _find_epochs(path: Path) -> list[tuple[int, Path]]:
    if not path.exists():
        raise NotAnInboxError("no such file or directory", where=str(path), cure=_CURE)
    if not path.is_dir():
        cure = _INDEX if _is_index(path) else _CURE
        raise NotAnInboxError(_describe_file(path), where=str(path), cure=cure)
    git_dir = _find_git_dir(path)
    if git_dir is not None:
        return [(_epoch_number(path), git_dir)]
    epochs = _list_epochs((path / "git", path))
    if epochs:
        return epochs
    raise NotAnInboxError("no git archive found there", where=str(path), cure=_CURE)


def _list_epochs(folders: Iterable[Path]) -> list[tuple[int, Path]]:
    """Return the epochs in directories; what is named as one and can't be counted is an error.

    To skip a child, or to take one of two, would make a shorter history look whole.
    """
    named = {
        child: int(match[1])
        for folder in folders
        if folder.is_dir()
        for child in sorted(folder.iterdir())
        if (match := _EPOCH.fullmatch(child.name))
    }
    git_dirs = {child: _find_git_dir(child) for child in named}
    if not any(git_dirs.values()) and not any(child.suffix for child in named):
        return []  # numbered files of something else
    found: dict[int, Path] = {}
    owners: dict[int | Path, Path] = {}
    for child, number in named.items():
        git_dir = git_dirs[child]
        if git_dir is None:
            raise NotAnInboxError(
                "it is named like an epoch, but is not a git repository", where=str(child),
                cure="clone it again, or remove it if it is not one",
            )  # fmt: skip
        for key, what in (
            (number, f"epoch {number} is here twice, also as"),
            (find_common_dir(git_dir).resolve(), "it is the same repository as"),
        ):
            other = owners.setdefault(key, child)
            if other != child:
                cure = "keep one of them"
                raise NotAnInboxError(f"{what} {other}", where=str(child), cure=cure)
        found[number] = git_dir
    return sorted(found.items())


def _find_git_dir(path: Path) -> Path | None:
    """Return the git directory of a repository, bare or not; None if it is none."""
    inner = path / ".git"
    if inner.is_dir():
        return inner if _is_git_dir(inner) else None
    if inner.is_file():
        match = _GITFILE.match(inner.read_text("utf-8", "replace")[:4096])
        target = (path / match[1].strip()) if match else path
        return target if _is_git_dir(target) else None
    return path if _is_git_dir(path) else None


def find_git_dir(path: Path) -> Path | None:
    """Return the git directory of one repository, bare or with a work tree; None if it is none.

    Raises:
        kvminbox.errors.NotAnInboxError: the path can't be read.
    """
    try:
        return _find_git_dir(path)
    except (OSError, ValueError) as error:
        raise explain_unreadable(path, error) from None


def find_common_dir(git_dir: Path) -> Path:
    """Return the directory with a repository's objects and refs; a linked work tree's is elsewhere.

    Raises:
        OSError: the file that names it can't be read.
    """
    try:
        name = (git_dir / "commondir").read_text("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return git_dir
    return git_dir / name.rstrip("\r\n")


def _is_git_dir(path: Path) -> bool:
    head = path / "HEAD"  # which may be a link to a branch that is packed
    return (head.exists() or head.is_symlink()) and (find_common_dir(path) / "objects").is_dir()


def _epoch_number(path: Path) -> int:
    match = _EPOCH.fullmatch(path.resolve().name)
    return int(match[1]) if match else 0


def _is_index(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _describe_file(path: Path) -> str:
    if not path.is_file():
        return "not a directory"  # opening a pipe would block until somebody writes
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith((b"# v2 git bundle", b"# v3 git bundle")):
        return "it is a git bundle; `git clone --mirror` it first"
    if start == _SQLITE:
        return "an SQLite file, as an index is, not an archive"
    if start.startswith(b"From "):
        return "an mbox file, not a git archive"
    return "a file, not a directory"
