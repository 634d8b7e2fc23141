"""Packs of objects, read without libgit2.

libgit2 maps packs into memory, and the system ends a process that touches a map
after the end of a file that was cut short meanwhile (SIGBUS). A pack is read here
with `pread`, which returns fewer bytes then. It costs a mail about 10 µs more.
"""

import hashlib
import os
import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from kvminbox.archive.refusals import check_limit
from kvminbox.errors import OversizedObjectError

MAX_DELTAS: Final = 4_095
"""Deltas on top of each other, which is the most that git writes."""

MAX_BASE: Final = 256 << 20
"""Bytes of the largest object that is unpacked only since another is a delta of it."""

_KEPT: Final = 16 << 20
"""Bytes of bases that are kept; more of them saved no time over 20,000 mails."""

_KEPT_EACH: Final = _KEPT >> 2

_SMALL_INDEX: Final = 4 << 20
"""Bytes of the largest index that is kept in memory, and needs no open file: of 150,000 objects."""

_START: Final = 4096
"""Bytes that are read at first: most commits, trees and deltas are smaller."""

_TYPES: Final = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_HEADS: Final = {kind: name.encode() + b" %d\0" for kind, name in _TYPES.items()}
_OFFSET_DELTA: Final = 6
_ID_DELTA: Final = 7
_USUAL: Final = 0x93
"""The copy that nine of ten are: a place of two bytes, a length of one."""

_FEW: Final = 600
"""Ids that are searched through faster than it is reckoned where among them one must be."""

_CHUNK: Final = 1 << 16
"""Bytes of a delta between two looks at the size of what it makes: 4 MB at the most."""

_FANOUT: Final = struct.Struct(">256I")
_read_usual: Final = struct.Struct("<HB").unpack_from
_MAGIC: Final = b"\xfftOc\0\0\0\2"

_DAMAGE = (EOFError, IndexError, OSError, OverflowError, ValueError, struct.error, zlib.error)


class PackError(Exception):
    """A pack or its index is damaged, cut short, or can't be read."""


class _Packed(NamedTuple):
    """What the head of a packed object says of it."""

    place: int
    kind: int
    size: int
    """Bytes when unpacked: of the delta where it is one."""

    base: int
    """The place of the object that it is a delta of."""

    start: bytes
    """The first bytes of it, its head included."""

    head: int
    """Bytes of its head."""


class _Index:
    """The index of a pack: where in it each object is."""

    def __init__(self, path: Path) -> None:
        self._handle: int | None = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._whole = b""
        try:
            head = self._pread(8 + _FANOUT.size, 0)
            self._is_old = head[:8] != _MAGIC  # version 1 has no head
            fanout = _FANOUT.unpack_from(head, 0 if self._is_old else 8)
            self._bounds = (0, *fanout)
            self._ids, self._stride = (_FANOUT.size, 24) if self._is_old else (8 + _FANOUT.size, 20)
            length = os.fstat(self._handle).st_size
            if list(fanout) != sorted(fanout) or length < self._ids + fanout[-1] * 24 + 40:
                raise EOFError("its index is damaged or cut short")
            if length <= _SMALL_INDEX:
                self._whole = self._pread(length, 0)
                self.close()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _pread(self, size: int, place: int) -> bytes:
        if self._handle is None:
            data = self._whole[place : place + size]
        else:
            data = os.pread(self._handle, size, place)
        if len(data) != size:
            raise EOFError("its index is cut short")
        return data

    def find(self, oid: bytes) -> int | None:
        """Return an object's place in the pack; None if it is not in it."""
        low, high = self._bounds[oid[0]], self._bounds[oid[0] + 1]
        number, count = None, high - low
        if count > _FEW:
            # ids are spread evenly: within twice the root of their number, four deviations
            near = low + (count * int.from_bytes(oid[1:5]) >> 32)
            reach = 32 + 2 * int(count**0.5)
            number = self._search(oid, max(low, near - reach), min(high, near + reach))
        if number is None:
            number = self._search(oid, low, high)
        return None if number is None else self._find_place(number)

    def _search(self, oid: bytes, first: int, last: int) -> int | None:
        stride = self._stride
        data = self._pread((last - first) * stride, self._ids + first * stride)
        shift = stride - 20
        at = data.find(oid, shift)
        while at >= 0 and (at - shift) % stride:
            at = data.find(oid, at + 1)
        return None if at < 0 else first + at // stride

    def _find_place(self, number: int) -> int:
        if self._is_old:
            return int.from_bytes(self._pread(4, self._ids + number * 24))
        table = self._ids + self._bounds[-1] * 24
        place = int.from_bytes(self._pread(4, table + number * 4))
        if place >> 31:  # in a pack of more than 2 GB
            table += self._bounds[-1] * 4
            place = int.from_bytes(self._pread(8, table + (place & 0x7FFFFFFF) * 8))
        return place

    def list_ids(self, prefix: str) -> list[str]:
        """Return the ids that begin so, which is by at least two digits."""
        number = int(prefix[:2], 16)
        low, high = self._bounds[number], self._bounds[number + 1]
        stride = self._stride
        data = self._pread((high - low) * stride, self._ids + low * stride)
        ids = [data[end - 20 : end].hex() for end in range(stride, len(data) + 1, stride)]
        return [oid for oid in ids if oid.startswith(prefix)]


def _check_sum(path: Path) -> None:
    """Make sure that a pack's index ends with the checksum of what is before it."""
    with path.open("rb") as file:
        left = os.fstat(file.fileno()).st_size - 20
        digest = hashlib.sha1(usedforsecurity=False)
        while left > 0 and (data := file.read(min(left, 1 << 20))):
            digest.update(data)
            left -= len(data)
        if left or file.read() != digest.digest():
            raise EOFError("its index is damaged or cut short")


class _Bases:
    """The last deltas, and what they are deltas of, unpacked; of all packs, up to `_KEPT` bytes.

    An object is kept as its pack has it: whether that is what its name says is not known.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], tuple[int, bytes]] = OrderedDict()
        self._size = 0

    def get(self, key: tuple[int, int]) -> tuple[int, bytes] | None:
        """Return the type and content of an object by its pack and place; None if not kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: tuple[int, int], kind: int, data: bytes) -> None:
        """Keep an object, unless it would push out many others."""
        if len(data) > _KEPT_EACH or key in self._kept:
            return
        self._kept[key] = kind, data
        self._size += len(data)
        while self._size > _KEPT:
            self._size -= len(self._kept.popitem(last=False)[1][1])

    def forget(self, pack: int) -> None:
        """Forget what was read of a pack."""
        for key in [key for key in self._kept if key[0] == pack]:
            self._size -= len(self._kept.pop(key)[1])


class _Pack:
    """A pack and its index; each is opened when it is first needed."""

    def __init__(self, index: Path, number: int, bases: _Bases) -> None:
        self.index_path = index
        self.path = index.with_suffix(".pack")
        self._index: _Index | None = None
        self._file: int | None = None
        self._number = number
        self._bases = bases

    def close(self) -> None:
        """Close both files, and forget what was read of them."""
        if self._index is not None:
            self._index.close()
            self._index = None
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self._bases.forget(self._number)

    @property
    def index(self) -> _Index:
        if self._index is None:
            self._index = _Index(self.index_path)
        return self._index

    def read(self, oid: bytes, limit: int) -> tuple[int, bytes] | None:
        """Return an object's type and content; None if it is not in it."""
        place = self.index.find(oid)
        if place is None:
            return None
        # every fourth mail of an archive has been read before, since another is a delta of it
        kind, data = self._bases.get((self._number, place)) or self._unpack(place, limit)
        _check_size(len(data), limit)
        digest = hashlib.sha1(_HEADS[kind] % len(data), usedforsecurity=False)
        digest.update(data)
        if digest.digest() != oid:
            raise ValueError("an object is not what its name says")
        return kind, data

    def _unpack(self, place: int, limit: int) -> tuple[int, bytes]:
        """Return the type and content of what is at a place."""
        packed = self._open_object(place)
        _check_size(packed.size, limit)
        if packed.kind < _OFFSET_DELTA:
            return packed.kind, self._inflate(packed)
        delta = self._inflate(packed)
        _check_size(_read_sizes(delta)[1], limit)
        return self._unfold(packed, delta)

    def _open_object(self, place: int) -> _Packed:
        if self._file is None:
            self._file = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        start = os.pread(self._file, _START, place)
        byte = start[0]
        kind, size, head, shift = byte >> 4 & 7, byte & 15, 1, 4
        while byte & 128:
            byte = start[head]
            size |= (byte & 127) << shift
            head += 1
            shift += 7
        base = 0
        if kind == _OFFSET_DELTA:
            back, head = _read_offset(start, head)
            base = place - back
            if not 0 < base < place:
                raise ValueError("a delta has no base")
        elif kind == _ID_DELTA:
            found = self.index.find(start[head : head + 20])
            if found is None:
                raise ValueError("a delta has no base")
            base, head = found, head + 20
        elif kind not in _TYPES:
            raise ValueError("an object has no type")
        return _Packed(place, kind, size, base, start, head)

    def _inflate(self, packed: _Packed) -> bytes:
        """Unpack an object, or what is stored of it: a delta."""
        size = packed.size
        inflater = zlib.decompressobj()
        data = inflater.decompress(packed.start[packed.head :], size + 1)
        if not inflater.eof:
            assert self._file is not None
            # what can't be compressed is a little longer when packed
            rest = os.pread(self._file, size + size // 64 + _START, packed.place + _START)
            rest = inflater.unconsumed_tail + rest
            data += inflater.decompress(rest, max(0, size - len(data)) + 1)
        if not inflater.eof or len(data) != size:
            raise ValueError("an object is cut short")
        return data

    def _unfold(self, packed: _Packed, delta: bytes) -> tuple[int, bytes]:
        """Return the type and content of an object that is a delta of another."""
        above = []  # one delta is unpacked at a time
        last = packed
        while (found := self._bases.get((self._number, last.base))) is None:
            last = self._open_object(last.base)
            if last.kind < _OFFSET_DELTA:
                _check_size(last.size, MAX_BASE)
                found = last.kind, self._inflate(last)
                self._bases.keep((self._number, last.place), *found)
                break
            above.append(last)
            if len(above) > MAX_DELTAS:
                raise ValueError("there are more deltas on top of each other than git writes")
        kind, data = found
        while above:
            last = above.pop()
            _check_size(last.size, MAX_BASE)
            data = _apply_delta(data, self._inflate(last))
            self._bases.keep((self._number, last.place), kind, data)
        data = _apply_delta(data, delta)
        self._bases.keep((self._number, packed.place), kind, data)
        return kind, data


class Packs:
    """The packs in some directories; one thread at a time may use them."""

    def __init__(self, object_dirs: Iterable[Path]) -> None:
        folders = [objects / "pack" for objects in object_dirs]
        self._indexes_of_several = [folder / "multi-pack-index" for folder in folders]
        indexes = [
            index
            for folder in folders
            if folder.is_dir()
            for index in sorted(folder.iterdir())
            if index.suffix == ".idx" and index.name[0] != "."
        ]
        bases = _Bases()
        self._packs = [_Pack(index, number, bases) for number, index in enumerate(indexes)]

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Close all files; those that are needed again are opened again."""
        for pack in getattr(self, "_packs", ()):
            pack.close()

    def read(self, oid: str, limit: int) -> tuple[str, bytes]:
        """Return an object's type and content.

        Raises:
            KeyError: it is in no pack.
            PackError: it is in none that can be read, and some can't.
            OversizedObjectError: it is larger than `limit` bytes.
            kvminbox.errors.SystemLimitError: too many files are open.
        """
        name = bytes.fromhex(oid)
        broken: PackError | None = None
        for pack in self._packs:
            try:
                found = pack.read(name, limit)
            except _DAMAGE as error:
                broken = _explain(pack, error)
                continue
            if found:
                if pack is not self._packs[0]:  # most often the next one is there, too
                    self._packs.remove(pack)
                    self._packs.insert(0, pack)
                return _TYPES[found[0]], found[1]
        if broken:
            raise broken
        raise KeyError(oid)

    def check_indexes(self) -> None:
        """Make sure that libgit2 may see the indexes: of a damaged one it reads behind its end.

        Raises:
            PackError: one is damaged.
            kvminbox.errors.SystemLimitError: too many files are open.
        """
        for path in self._indexes_of_several:
            try:
                _check_sum(path)
            except FileNotFoundError:
                continue
            except _DAMAGE as error:
                check_limit(path, error)
                raise PackError(f"{path.name} is damaged or cut short") from None
        for pack in self._packs:
            try:
                _check_sum(pack.index_path)
            except FileNotFoundError:
                continue  # git has just packed again; libgit2 finds no such pack, either
            except _DAMAGE as error:
                raise _explain(pack, error) from None

    def list_ids(self, prefix: str) -> set[str]:
        """Return the ids that begin so, which is by at least two digits.

        Raises:
            PackError: none does, and some indexes can't be read.
            kvminbox.errors.SystemLimitError: too many files are open.
        """
        found: set[str] = set()
        broken: PackError | None = None
        for pack in self._packs:
            try:
                found.update(pack.index.list_ids(prefix))
            except FileNotFoundError:
                pack.close()  # git has just packed again; whoever asks looks whether packs moved
            except _DAMAGE as error:
                broken = _explain(pack, error)
        if broken and not found:
            raise broken
        return found


def _explain(pack: _Pack, error: Exception) -> PackError:
    """Return the error for a pack that can't be read; it is opened again when it is next asked."""
    pack.close()
    check_limit(pack.path, error)
    said = getattr(error, "strerror", None) or error
    return PackError(f"{pack.path.name} is damaged or cut short: {said}")


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise OversizedObjectError(f"the object has {size} bytes, over the limit of {limit}")


def _read_offset(data: bytes, at: int) -> tuple[int, int]:
    """Return how far before a delta its base is, and where the number ends."""
    byte = data[at]
    number = byte & 127
    while byte & 128:
        at += 1
        byte = data[at]
        number = (number + 1) << 7 | byte & 127
    return number, at + 1


def _read_sizes(delta: bytes) -> tuple[int, int, int]:
    """Return the size of a delta's base, that of its result, and where the two end."""
    sizes = [0, 0]
    at = 0
    for which in (0, 1):
        shift = 0
        byte = 128
        while byte & 128:
            byte = delta[at]
            sizes[which] |= (byte & 127) << shift
            at += 1
            shift += 7
    return sizes[0], sizes[1], at


def _apply_delta(base: bytes, delta: bytes) -> bytes:
    """Return what a delta makes of its base: pieces of the base, and new bytes."""
    base_size, size, at = _read_sizes(delta)
    _check_size(size, MAX_BASE)
    parts: list[bytes] = []
    left = size
    while at < len(delta) and left >= 0:
        part, at = _apply_chunk(base, delta, at, left)
        left -= len(part)
        parts.append(part)
    if left or at != len(delta) or base_size != len(base):
        raise ValueError("a delta does not fit its base")
    return b"".join(parts)


def _apply_chunk(base: bytes, delta: bytes, at: int, left: int) -> tuple[bytes, int]:
    """Return what some of a delta makes of its base, and where in the delta that ends.

    The usual pieces are so short that they are counted when the chunk is done.
    """
    pieces: list[bytes] = []
    end = min(len(delta), at + _CHUNK)
    while at < end:
        code = delta[at]
        at += 1
        if code == _USUAL:
            place, length = _read_usual(delta, at)
            pieces.append(base[place : place + length])
            at += 3
        elif code < 128:
            stop = at + code
            pieces.append(delta[at:stop])
            at = stop
        else:
            place, length, at = _read_copy(delta, code, at)
            pieces.append(base[place : place + length])
            left -= length
            if left < 0:
                break
    return b"".join(pieces), at


def _read_copy(delta: bytes, code: int, at: int) -> tuple[int, int, int]:
    """Return the place and the length of a piece of the base, and where the two end."""
    place = length = 0
    for bit in range(4):
        if code >> bit & 1:
            place |= delta[at] << bit * 8
            at += 1
    for bit in range(3):
        if code >> bit & 16:
            length |= delta[at] << bit * 8
            at += 1
    return place, length or 65536, at
