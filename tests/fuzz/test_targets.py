"""The fuzzer's targets hold for its seeds, past failures, and thousands of changes."""

import random
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parent
MOST = {"index-file": 30, "git-objects": 300, "query": 300}


def files(name):
    """Return the files of a target, seeds and finds; small own ones."""
    return [path for kind in ("seeds", "finds") for path in sorted((ROOT / kind / name).glob("*"))]


def tokens(name):
    """Return the words of a target's dictionary, as bytes."""
    lines = (ROOT / "dictionaries" / name).read_text().splitlines()
    return [line[1:-1].encode().decode("unicode_escape").encode("latin-1") for line in lines]


def change(data, words, chance):
    """Return the bytes with something put in, cut out, turned or doubled."""
    place = chance.randrange(len(data) + 1)
    end = min(len(data), place + chance.randrange(1, 20))
    piece = [chance.choice(words), chance.randbytes(2), b"", data[place:end] * 2][
        chance.randrange(4)
    ]
    return data[:place] + piece + data[end if chance.random() < 0.5 else place :]


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_has_seeds(name):
    """Each target has files to begin with, none of them over 4 kB."""
    assert files(name)
    assert all(path.stat().st_size <= 4_096 for path in files(name))


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, path) for name in TARGETS for path in files(name)],
    ids=lambda v: getattr(v, "name", v),
)
def test_seeds_and_finds_hold(name, path):
    """What a target asserts holds for each of its files."""
    TARGETS[name].run(path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_changed_seeds_hold(name):
    """It holds for seeds that were changed again and again, always in the same way."""
    chance = random.Random(name)
    words = tokens(name) if (ROOT / "dictionaries" / name).exists() else [b"\0"]
    for _ in range(MOST.get(name, 800) // 8):
        data = chance.choice(files(name)).read_bytes()
        for _ in range(8):
            data = change(data, words, chance)[: TARGETS[name].longest]
            TARGETS[name].run(data)
