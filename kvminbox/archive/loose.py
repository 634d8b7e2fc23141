"""Loose objects, read without libgit2.

libgit2 up to 1.9.7 never returns from a loose object that lacks its last six
bytes or more, and no signal ends it. A loose object is one zlib stream, so it is
read and checked here.
"""

import hashlib
import os
import re
import zlib
from pathlib import Path
from typing import IO, Final

from kvminbox.archive.refusals import FSCK, check_limit
from kvminbox.errors import CorruptObjectError, OversizedObjectError

MAX_ALTERNATES: Final = 6
"""Levels of alternates that are followed, as in git."""

_HEADER = re.compile(rb"(commit|tree|blob|tag) (\d{1,15})\0")
_START: Final = 4096
_LONGEST_HEADER: Final = 32
_HEX = frozenset("0123456789abcdef")


def find_object_dirs(git_dir: Path) -> list[Path]:
    """Return a repository's object directory and its alternates, each once.

    Raises:
        OSError: a list of alternates can't be read.
    """
    return _follow_alternates(git_dir)[0]


def find_lost_alternates(git_dir: Path) -> list[Path]:
    """Return the alternates that are no directory, or are too deep to be read."""
    return _follow_alternates(git_dir)[1]


def _follow_alternates(git_dir: Path) -> tuple[list[Path], list[Path]]:
    found: list[Path] = []
    lost: list[Path] = []
    level = [git_dir / "objects"]
    for _ in range(MAX_ALTERNATES + 1):
        # each once also within a level: a thousand lines of the same name would multiply
        level = [path for path in dict.fromkeys(level) if path not in found]
        lost += [path for path in level if not path.is_dir()]
        level = [path for path in level if path.is_dir()]
        found += level
        level = [other for path in level for other in _read_alternates(path)]
    return found, lost + [path for path in dict.fromkeys(level) if path not in found]


def _read_alternates(objects: Path) -> list[Path]:
    try:
        text = (objects / "info" / "alternates").read_text("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return []
    lines = [line for line in text.split("\n") if line and line[0] != "#" and "\0" not in line]
    # not Path.resolve, which raises on a loop of symbolic links
    return [Path(os.path.realpath(objects / line)) for line in lines]


class LooseObjects:
    """The loose objects of a repository and its alternates."""

    def __init__(self, object_dirs: list[Path]) -> None:
        self._fanouts: dict[str, list[Path]] = {}
        for objects in object_dirs:
            for path in objects.iterdir():
                if len(path.name) == 2 and _HEX.issuperset(path.name):
                    self._fanouts.setdefault(path.name, []).append(path)

    def find(self, oid: str) -> Path | None:
        """Return the file of an object; None if it is not loose.

        Raises:
            CorruptObjectError: the file can't be looked at.
        """
        for fanout in self._fanouts.get(oid[:2], ()):
            path = fanout / oid[2:]
            try:
                path.lstat()
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                raise _unreadable(path, "the loose object", error) from None
            return path
        return None

    def list_ids(self, prefix: str = "") -> list[str]:
        """Return the ids of the loose objects that begin so, sorted.

        Raises:
            CorruptObjectError: a directory of them can't be read.
        """
        return sorted(
            name + path.name
            for name, fanouts in self._fanouts.items()
            if name.startswith(prefix[:2])
            for fanout in fanouts
            for path in _list_folder(fanout)
            if len(path.name) == 38 and path.name.startswith(prefix[2:])
        )


def _list_folder(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []  # all that was in it is packed by now
    except OSError as error:
        raise _unreadable(folder, "the loose object directory", error) from None


def _corrupt(path: Path, what: str) -> CorruptObjectError:
    return CorruptObjectError(f"the loose object {what}", where=str(path), cure=FSCK)


def _unreadable(path: Path, what: str, error: OSError) -> CorruptObjectError:
    check_limit(path, error)
    what = f"{what} can't be read ({error.strerror})"
    return CorruptObjectError(what, where=str(path), cure=FSCK)


def read_loose(path: Path, oid: str, limit: int) -> tuple[str, bytes]:
    """Read a loose object: its type and content.

    Raises:
        FileNotFoundError: it has gone since it was found: packed, or pruned.
        CorruptObjectError: it is cut short, damaged, or not what its name says.
        OversizedObjectError: it is larger than `limit` bytes.
    """
    try:
        with path.open("rb") as file:
            header, data = _inflate(path, file, limit)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreadable(path, "the loose object", error) from None
    except zlib.error as error:
        raise _corrupt(path, f"is damaged ({error})") from None
    digest = hashlib.sha1(header[0], usedforsecurity=False)
    digest.update(data)
    if digest.hexdigest() != oid:
        raise _corrupt(path, "is not what its name says")
    return header[1].decode(), data


def _inflate(path: Path, file: IO[bytes], limit: int) -> tuple[re.Match[bytes], bytes]:
    """Return an object's header and content, unpacking only the header of one that is too large."""
    inflater = zlib.decompressobj()
    start = inflater.decompress(file.read(_START), _LONGEST_HEADER)
    header = _HEADER.match(start)
    if header is None:
        raise _corrupt(path, "has no header")
    size, begun = int(header[2]), start[header.end() :]
    if size > limit:
        what = f"the object has {size} bytes, over the limit of {limit}"
        raise OversizedObjectError(what, where=str(path))
    # what can't be compressed is a little longer when packed
    packed = inflater.unconsumed_tail + file.read(size + size // 64 + _START)
    data = begun + inflater.decompress(packed, max(0, size - len(begun)) + 1)
    if not inflater.eof or len(data) != size:
        raise _corrupt(path, "is truncated")
    return header, data
