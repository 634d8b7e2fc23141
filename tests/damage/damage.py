"""Bytes that are changed, and files that are cut, at places that a seed tells."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """One damage of one file."""

    file: Path
    way: str
    at: tuple[int, ...]
    data: bytes
    """What the file holds then."""

    def __repr__(self) -> str:
        return f"{self.file.name} {self.way} at {self.at}"


def flip(data: bytes, chance: random.Random, at: Sequence[int]) -> tuple[tuple[int, ...], bytes]:
    """Change one byte, or three."""
    hurt = bytearray(data)
    places = tuple(chance.choice(at) for _ in range(chance.choice((1, 1, 3))))
    for place in places:
        hurt[place] ^= chance.randrange(1, 256)
    return places, bytes(hurt)


def cut(data: bytes, chance: random.Random, at: Sequence[int]) -> tuple[tuple[int, ...], bytes]:
    """Keep the beginning; at times with zeros behind it, as a crash of the machine leaves it."""
    keep = chance.choice(at)
    rest = bytes(len(data) - keep) if chance.random() < 0.3 else b""
    return (keep,), data[:keep] + rest


def flip_bit(
    data: bytes, chance: random.Random, at: Sequence[int]
) -> tuple[tuple[int, ...], bytes]:
    """Change one bit."""
    hurt, place = bytearray(data), chance.choice(at)
    hurt[place] ^= 1 << chance.randrange(8)
    return (place,), bytes(hurt)


WAYS = {"flip": flip, "cut": cut}
WAYS_OF_BITS = {"bit": flip_bit, **WAYS}


def choose_places(
    files: list[Path], way: str, count: int, seed: int, *, dense: bool = False
) -> Iterator[Place]:
    """Return places of some files, each file as likely as it is long."""
    chance = random.Random(f"{way} {seed}")
    contents = {file: file.read_bytes() for file in sorted(files)}
    weights = [len(data) for data in contents.values()]
    for _ in range(count):
        (file,) = chance.choices(list(contents), weights)
        data = contents[file]
        # an index has free pages of zeros, which nobody would miss
        at = [place for place, byte in enumerate(data) if byte] if dense else range(len(data))
        yield Place(file, way, *WAYS_OF_BITS[way](data, chance, at))


@contextmanager
def damaged(place: Place) -> Iterator[None]:
    """Damage a file for a while."""
    before = place.file.read_bytes()
    place.file.chmod(0o644)
    place.file.write_bytes(place.data)
    try:
        yield
    finally:
        place.file.write_bytes(before)
