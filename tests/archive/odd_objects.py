"""Writes histories whose commits and trees hold what git would not write."""

import random

from tests.archive.git_archive import Archive, mail

MODES = [
    b"100644", b"100755", b"120000", b"160000", b"40000", b"040000", b"0", b"00100644", b"999999",
    b"77777777777", b"-1", b"", b" ",
]  # fmt: skip
NAMES = [
    b"m", b"d", b"M", b"m\n", b"m/", b"", b"..", b".git", b"\xff", b"ab", b"x" * 5000, b"0" * 38,
    b"ab/" + b"0" * 38,
]  # fmt: skip
TIMES = [b"1700000000", b"-5", b"9" * 23, b"", b"0", b"253402300800", b"x", b"1700000000.5"]
ZONES = [b"+0000", b"-0700", b"+9999999", b"", b"x"]


class Chance:
    """Makes objects of nonsense in an archive, the same ones for the same seed."""

    def __init__(self, archive, seed):
        self.archive, self.random = archive, random.Random(seed)
        self.blobs = [archive.blob(mail(number)) for number in range(3)] + [archive.blob(b"")]
        self.trees, self.commits = [], []

    def damage(self, data):
        """Cut, add or change a few bytes."""
        for _ in range(self.random.randint(0, 4)):
            place = self.random.randint(0, len(data))
            gone, put = self.random.choice([(20, 0), (0, 9), (1, 1)])
            put = self.random.randbytes(self.random.randint(0, put))
            data = data[:place] + put + data[place + self.random.randint(0, gone) :]
        return data

    def tree(self):
        """Write a tree of some odd entries."""
        pick = self.random.choice
        data = b""
        for _ in range(pick([0, 1, 1, 1, 2, 3, 8])):
            mode = pick(MODES) if self.random.random() < 0.4 else pick([b"100644", b"40000"])
            name = pick(NAMES) if self.random.random() < 0.5 else pick([b"m", b"d", b"ab"])
            data += mode + b" " + name + b"\0" + bytes.fromhex(pick(self.blobs + self.trees))
        data = self.damage(data) if self.random.random() < 0.3 else data
        self.trees.append(self.archive.put("tree", data))

    def commit(self):
        """Write a commit of an odd tree, time and parents."""
        pick = self.random.choice
        count = pick([1, 1, 1, 1, 1, 0, 2, 3]) if self.commits else 0
        parents = [pick(self.commits) for _ in range(count)]
        if self.random.random() < 0.05:
            parents.append(pick(self.blobs + self.trees))
        lines = [f"tree {pick(self.trees)}", *(f"parent {parent}" for parent in parents)]
        who = b"author A <a> 1 +0000\ncommitter A <a> " + pick(TIMES) + b" " + pick(ZONES)
        subject = pick([b"s\n", b"", b"\0", b"parent " + b"0" * 40 + b"\n"])
        data = "\n".join(lines).encode() + b"\n" + who + b"\n\n" + subject
        data = self.damage(data) if self.random.random() < 0.1 else data
        self.commits.append(self.archive.put("commit", data))


def write_odd_history(path, seed):
    """Write an archive of odd commits and trees."""
    chance = Chance(Archive(path), seed)
    for _ in range(9):
        chance.tree()
    for _ in range(chance.random.randint(1, 15)):
        chance.commit()
    chance.archive.move(chance.commits[-1])
