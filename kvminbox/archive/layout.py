"""Find the git repositories at a path: an epoch, an inbox of many, a lore clone's folder."""

import re
from pathlib import Path

from kvminbox.archive.refusals import explain_unreadable
from kvminbox.errors import NotAnInboxError

_EPOCH = re.compile(r"(\d{1,6})(?:\.git)?")
_GITFILE = re.compile(r"gitdir: (.+)")
_CURE = (
    "give an epoch (0.git), an inbox folder (with git/0.git), or a clone of one; "
    "`git clone --mirror` makes one"
)


def find_epochs(path: Path) -> list[tuple[int, Path]]:
    """Return the epochs under a path as (number, git folder), in order.

    A single repository is an epoch, with the number in its name (`3.git`) or 0.

    Raises:
        NotAnInboxError: there are none, or the path can't be read.
    """
    try:
        return _find_epochs(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise explain_unreadable(path, error) from None


def _find_epochs(path: Path) -> list[tuple[int, Path]]:
    if not path.exists():
        raise NotAnInboxError("there is no such path", where=str(path), cure=_CURE)
    if not path.is_dir():
        raise NotAnInboxError(_describe_file(path), where=str(path), cure=_CURE)
    git_dir = _find_git_dir(path)
    if git_dir is not None:
        return [(_epoch_number(path), git_dir)]
    for folder in (path / "git", path):
        epochs = _list_epochs(folder)
        if epochs:
            return epochs
    raise NotAnInboxError("there is no git archive in it", where=str(path), cure=_CURE)


def _list_epochs(folder: Path) -> list[tuple[int, Path]]:
    if not folder.is_dir():
        return []
    found: dict[int, Path] = {}
    for child in sorted(folder.iterdir()):
        match = _EPOCH.fullmatch(child.name)
        if match is None:
            continue
        git_dir = _find_git_dir(child)
        if git_dir:
            found.setdefault(int(match[1]), git_dir)
        elif child.name.endswith(".git"):
            # skipping it would make a shorter history look whole
            raise NotAnInboxError(
                "it is named as an epoch, but is no git repository", where=str(child),
                cure="clone it again, or remove it if it is none",
            )  # fmt: skip
    return sorted(found.items())


def _find_git_dir(path: Path) -> Path | None:
    """Return the git folder of a repository, bare or not; None where it is none."""
    inner = path / ".git"
    if inner.is_dir():
        return inner if _is_git_dir(inner) else None
    if inner.is_file():
        match = _GITFILE.match(inner.read_text("utf-8", "replace")[:4096])
        target = (path / match[1].strip()) if match else path
        return target if _is_git_dir(target) else None
    return path if _is_git_dir(path) else None


def _is_git_dir(path: Path) -> bool:
    return (path / "objects").is_dir() and (path / "HEAD").exists()


def _epoch_number(path: Path) -> int:
    match = _EPOCH.fullmatch(path.resolve().name)
    return int(match[1]) if match else 0


def _describe_file(path: Path) -> str:
    if not path.is_file():
        return "it is no folder"  # opening a pipe would block until somebody writes
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith((b"# v2 git bundle", b"# v3 git bundle")):
        return "it is a git bundle; `git clone --mirror` it first"
    if start.startswith(b"From "):
        return "it is an mbox file, no archive"
    return "it is a file, no folder"
