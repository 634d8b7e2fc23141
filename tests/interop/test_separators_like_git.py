"""Lines that could begin a mail of an mbox: which do is decided as `git mailsplit` does."""

import random
import subprocess

import pytest

from kvminbox.mbox import is_separator, write_mbox

EDGES = (
    b"From a 12:34:562024",
    b"From a 12:34:56\t2024",
    b"From a 12:34:56 100",
    b"From a 12:34:56 +2024",
    b"From x 1999 1:1223:45 +2024",
    b"From a Thu Jan  1 00:00:00 2024",
    b"From aaaaa 1:11:1191",
    b"From aaaaa 1:11:1190",
    b"From aaaa 1:11:1191",
    b"From aaaa 1:11:1191\r",
    b"From aaaa 12:34:56 2024:",
    b"From aaaa 12:34:56 2024::",
    b"From aaaa 12:34:56 -2024",
    b"From aaaa 12:34:56 + 2024",
    b"From aaaa 12:34:56 0x7e8",
    b"From aaaa 12:34:56 00000091",
    b"From aaaa 12:34:56 " + b"9" * 30,
    b"From aaaa 12:34:56 -" + b"9" * 30,
    b"From aaaa 12:34:56\v\f\r 2024",
    b"From aaaa 12:34:56\x00 2024",
    b"From aaaa\x0012:34:56 2024",
    b"From aaaa 12:34:56\xa02024",
    b"From aaaa 1\xff34:56 2024 and more",
    b"From aaaa 12:34:56 2024 1:2",
    b">From a 12:34:56 2024",
    b"from aaaa 12:34:56 2024",
    b"From\taaaa 12:34:56 2024",
)
PIECES = (
    *(bytes([digit]) for digit in b"0123456789"),
    *(b":", b" ", b"\t", b"\r", b"\v", b"\f", b"\0", b"+", b"-", b"a", b"\xa0", b"\xb2", b"\x85"),
    *(b"12:34:56", b" 2024", b" 90", b" 91", b"From "),
)


def make_lines(seed, count):
    """Yield lines near a separator: one with a few pieces put in, taken out or replaced."""
    chance = random.Random(seed)
    for _ in range(count):
        line = list(b"From a%s 12:34:56 %d" % (b"a" * chance.randrange(4), chance.randrange(3000)))
        pieces = [bytes([byte]) for byte in line]
        for _ in range(chance.randrange(5)):
            at = chance.randrange(5 if chance.randrange(9) else 0, len(pieces))
            pieces[at : at + chance.randrange(3)] = chance.choices(PIECES, k=chance.randrange(3))
            pieces = pieces or [b"F"]
        yield b"".join(pieces[:5] if not chance.randrange(50) else pieces)


def find_with_git(folder, lines):
    """Return the numbers of the lines at which `git mailsplit` begins another mail.

    Each line stands between two that are no separators, the first with its number.
    """
    held = [b"From z Thu Jan  1 00:00:00 1970\n"]
    held += [b"number %d\n%s\n" % pair for pair in enumerate(lines)]
    folder.mkdir()
    run = ["git", "mailsplit", "-d9", f"-o{folder}", "--keep-cr"]
    subprocess.run(run, input=b"".join(held), check=True, capture_output=True)
    last = [path.read_bytes().split(b"number ")[-1] for path in sorted(folder.iterdir())]
    return {int(text.split(b"\n")[0]) for text in last[:-1]}


def differing(folder, lines):
    """Return the lines about which git and we differ."""
    found = find_with_git(folder, [*lines, b"the end"])
    ours = {number for number, line in enumerate(lines) if is_separator(line + b"\n")}
    assert ours, "no line is a separator"
    return [lines[number] for number in found ^ ours]


def test_edges_of_the_rule(tmp_path):
    """Each edge of git's rule is where git has it."""
    assert differing(tmp_path / "mails", list(EDGES)) == []


def test_generated_lines(tmp_path):
    """A seeded sample of lines near a separator is judged as by git."""
    lines = list(make_lines(12, 3_000))
    assert differing(tmp_path / "mails", lines) == []


@pytest.mark.interop
@pytest.mark.parametrize("seed", range(50))
def test_a_million_generated_lines(tmp_path, seed):
    """Fifty samples of 20,000 lines are judged as by git."""
    lines = list(make_lines(f"long {seed}", 20_000))
    assert differing(tmp_path / "mails", lines) == []


@pytest.mark.parametrize("line", EDGES)
def test_one_mail_stays_one(tmp_path, line):
    """An mbox for `git am` of one mail holds one mail to git, whatever line is in it."""
    mail = b"From: Ida Birch <ida@wood.example>\nSubject: light\n\nWhy.\n%s\nSubject: dark\n" % line
    for raw in (mail, mail + line):
        made = subprocess.run(
            ["git", "mailsplit", f"-o{tmp_path}"],
            input=b"".join(write_mbox([raw], quote_all=False)), capture_output=True, check=True,
        )  # fmt: skip
        assert made.stdout.strip() == b"1"
        for path in tmp_path.iterdir():
            path.unlink()
