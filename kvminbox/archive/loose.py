"""Loose objects, read without libgit2.

libgit2 up to 1.9.7 spins for ever on a loose object of which six bytes or more
are cut off; no signal ends it. A loose object is one zlib stream, so it is read
and checked here, and libgit2 only ever sees packs.
"""

import hashlib
import re
import zlib
from pathlib import Path
from typing import Final

from kvminbox.errors import CorruptObjectError, OversizedObjectError

MAX_ALTERNATES: Final = 5
"""How deep alternates are followed, as in git."""

_HEADER = re.compile(rb"(commit|tree|blob|tag) (\d{1,15})\0")
_HEX = frozenset("0123456789abcdef")


def find_object_dirs(git_dir: Path) -> list[Path]:
    """Give a repository's object folder and its alternates, each once."""
    found: list[Path] = []
    level = [git_dir / "objects"]
    for _ in range(MAX_ALTERNATES + 1):
        level = [path for path in level if path not in found and path.is_dir()]
        found += level
        level = [other for path in level for other in _read_alternates(path)]
    return found


def _read_alternates(objects: Path) -> list[Path]:
    try:
        text = (objects / "info" / "alternates").read_text("utf-8", "surrogateescape")
    except OSError:
        return []
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return [Path(line) if line.startswith("/") else (objects / line).resolve() for line in lines]


class LooseObjects:
    """The loose objects of a repository and its alternates."""

    def __init__(self, object_dirs: list[Path]) -> None:
        self._fanouts: dict[str, list[Path]] = {}
        for objects in object_dirs:
            for path in objects.iterdir():
                if len(path.name) == 2 and _HEX.issuperset(path.name):
                    self._fanouts.setdefault(path.name, []).append(path)

    def find(self, oid: str) -> Path | None:
        """Give the file of an object, or None if it is not loose."""
        for fanout in self._fanouts.get(oid[:2], ()):
            path = fanout / oid[2:]
            if path.exists():
                return path
        return None

    def iter_ids(self) -> list[str]:
        """Give the ids of all loose objects, in order."""
        return sorted(
            name + path.name
            for name, fanouts in self._fanouts.items()
            for fanout in fanouts
            for path in fanout.iterdir()
            if len(path.name) == 38
        )


def read_loose(path: Path, oid: str, limit: int) -> tuple[str, bytes]:
    """Read a loose object: its type and content.

    Raises:
        CorruptObjectError: it is cut short, damaged, or not what its name says.
        OversizedObjectError: it is larger than `limit` bytes.
    """
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(path.read_bytes(), limit + 64)
    except (zlib.error, OSError) as error:
        raise CorruptObjectError(f"the loose object is damaged ({error})", where=oid) from None
    match = _HEADER.match(data)
    if match is None:
        raise CorruptObjectError("the loose object has no header", where=oid)
    size = int(match[2])
    if size > limit:
        raise OversizedObjectError(f"the object has {size} bytes", where=oid)
    if not inflater.eof or len(data) != match.end() + size:
        raise CorruptObjectError("the loose object is truncated", where=oid)
    if hashlib.sha1(data, usedforsecurity=False).hexdigest() != oid:
        raise CorruptObjectError("the loose object is not what its name says", where=oid)
    return match[1].decode(), data[match.end() :]
