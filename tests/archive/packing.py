"""Writes packs object by object, so that they can hold what git would refuse to write."""

import hashlib
import zlib
from itertools import pairwise

TYPES = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}


def name_of(data, kind="blob"):
    """Return the id of an object, as bytes."""
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)) + data).digest()


def number(value):
    """Return a number as deltas have it: seven bits in each byte, the lowest first."""
    data = bytearray()
    while value > 127:
        data.append(value & 127 | 128)
        value >>= 7
    return bytes([*data, value])


def head(kind, size):
    """Return the head of a packed object."""
    first = kind << 4 | size & 15
    return bytes([first | 128]) + number(size >> 4) if size > 15 else bytes([first])


def whole(data, kind="blob", size=None):
    """Return a packed object that is no delta; it may lie about its size."""
    return head(TYPES[kind], len(data) if size is None else size) + zlib.compress(data)


def delta(*operations, base_size, size):
    """Return a delta of some copies (place, length) and new bytes."""
    data = number(base_size) + number(size)
    for one in operations:
        if isinstance(one, bytes):
            data += bytes([len(one)]) + one
        else:
            place, length = one
            data += b"\xff" + place.to_bytes(4, "little") + length.to_bytes(3, "little")
    return data


def of_id(base, data):
    """Return a packed delta whose base is named by its id."""
    return head(7, len(data)) + base + zlib.compress(data)


def of_offset(back, data):
    """Return a packed delta whose base is so many bytes before it, up to 127."""
    return head(6, len(data)) + bytes([back]) + zlib.compress(data)


def write_pack(repository, objects, name="pack-1"):
    """Write a pack of {id: packed bytes} and its index; return the pack's file."""
    folder = repository / "objects" / "pack"
    data = b"PACK" + (2).to_bytes(4) + len(objects).to_bytes(4)
    places = {}
    for oid, packed in objects.items():
        places[oid] = len(data)
        data += packed
    data += hashlib.sha1(data).digest()
    pack = folder / f"{name}.pack"
    pack.write_bytes(data)
    write_index(pack.with_suffix(".idx"), places, data[-20:])
    return pack


def write_index(path, places, checksum):
    """Write the index of a pack, version 2, from {id: place}."""
    ids = sorted(places)
    data = b"\xfftOc\0\0\0\2"
    data += b"".join(sum(oid[0] <= byte for oid in ids).to_bytes(4) for byte in range(256))
    data += b"".join(ids) + bytes(4 * len(ids))
    data += b"".join(places[oid].to_bytes(4) for oid in ids) + checksum
    path.write_bytes(data + hashlib.sha1(data).digest())


def chain(base, count):
    """Return {id: packed bytes} of a blob, and of deltas on top of each other, a byte longer each.

    Each names its base by its id.
    """
    objects = {name_of(base): whole(base)}
    contents = [base + b"x" * more for more in range(count + 1)]
    for before, after in pairwise(contents):
        change = delta((0, len(before)), b"x", base_size=len(before), size=len(after))
        objects[name_of(after)] = of_id(name_of(before), change)
    return objects, contents[-1]
