"""Hostile queries of at most a thousand characters: the worst that we could think of.

`python -m tests.worst_inputs.searches INDEX` prints the table of docs/worst-times.md.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from string import ascii_lowercase

from kvminbox.errors import QueryError
from kvminbox.index import Index

LENGTH = 1_000
NOW = datetime(2023, 1, 1, tzinfo=UTC)
COMMON = ("the", "to", "of", "and", "in", "is")
PAIRS = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)]


def fill(make: Callable[[int], str], sign: str = " ", length: int = LENGTH) -> str:
    """Join as many different parts as a query has room for."""
    parts: list[str] = []
    while len(sign.join([*parts, make(len(parts))])) <= length:
        parts.append(make(len(parts)))
    return sign.join(parts)


def _pick(words: list[str] | tuple[str, ...] | str) -> Callable[[int], str]:
    return lambda number: words[number % len(words)]


def _numbered(number: int) -> str:
    """Return common words, and rare ones when those are used up."""
    return COMMON[number] if number < len(COMMON) else f"{_pick(COMMON)(number)}{number}"


QUERIES = {
    "ranges of sizes, XORed": fill(lambda n: f"z:{n}..", " XOR "),
    "words of two letters, XORed": fill(_pick(PAIRS), " XOR "),
    "words of two letters, ORed": fill(_pick(PAIRS), " OR "),
    "words of two letters, NOT each": fill(_pick(PAIRS), " NOT "),
    "common words, XORed": fill(_numbered, " XOR "),
    "common words in the text, XORed": fill(lambda n: f"b:{_numbered(n)}", " XOR "),
    "forty beginnings of words, ORed": " OR ".join(f"{pair}*" for pair in PAIRS[:40]),
    "ten letters, each a beginning, ORed": " OR ".join(f"{one}*" for one in "abcdefghij"),
    "the same, XORed": " XOR ".join(f"{one}*" for one in "acdeimprst"),
    "the same, side by side": " ".join(f"{one}*" for one in "acdeimprst"),
    "beginnings behind common words": " OR ".join(f"the.{one}*" for one in "acdeimprst"),
    "NOT in NOT, as deep as brackets go": "kvm NOT (a NOT (b NOT (c NOT (d NOT (e NOT f)))))",
    "common words taken away": "kvm " + fill(lambda n: f"-{_numbered(n)}", length=LENGTH - 4),
    "one word in a phrase, as often as it fits": f'"{fill(_pick(["the"]), length=LENGTH - 2)}"',
    "common words in a phrase": f'"{fill(_pick(COMMON), length=LENGTH - 2)}"',
    "phrases of common words, ORed": fill(lambda n: f'"{_pick(COMMON)(n)} the {n}"', " OR "),
    "common words, NEAR each other": fill(_pick(COMMON), " NEAR/1000 "),
    "two words, NEAR by many distances": fill(lambda n: f"(the NEAR/{n + 1} to)", " OR "),
    "ranges of times, ORed": fill(lambda n: f"rt:{n}00000..", " OR "),
    "ranges of days, XORed": fill(lambda n: f"d:{2000 + n}0101..", " XOR "),
    "dates in words": fill(lambda n: f"dt:{n + 1}.days.ago..", " OR "),
    "lists, XORed": fill(lambda n: f"l:k{n}", " XOR "),
    "whole names of lists, ORed": fill(lambda n: f"lid:a{n}.b", " OR "),
    "Message-IDs, XORed": fill(lambda n: f"mid:{n}@x", " XOR "),
    "series, ORed": fill(lambda n: f"series:{n}@x", " OR "),
    "kinds with revisions, XORed": fill(lambda n: f"(kind:patch revision:{n}..)", " XOR "),
    "blobs, XORed": fill(lambda n: f"dfblob:{n:07x}", " XOR "),
    "words that may be ids": fill(lambda n: f"{n:07x}", " OR "),
    "letters, side by side": fill(_pick(ascii_lowercase)),
    "letters, ORed": fill(_pick(ascii_lowercase), " OR "),
    "numbers, ORed": fill(str, " OR "),
    "letters or a kind, side by side": fill(
        lambda n: f"({_pick(ascii_lowercase)(n)} OR {_pick(ascii_lowercase)(n + 1)} OR kind:patch)"
    ),
    "words or sizes, XORed": fill(lambda n: f"({_pick(PAIRS)(n)} OR z:{n}..)", " XOR "),
    "words in a span of time, ORed": fill(lambda n: f"({_pick(PAIRS)(n)} rt:2021..)", " OR "),
    "common words of each field": fill(
        lambda n: f"{_pick(('s', 'b', 'nq', 'q', 'bs', 'tc', 'f', 'm'))(n)}:{_numbered(n)}", " OR "
    ),
}
"""Each query, by what is hard in it."""


def ask(index: Index, query: str, order: str) -> int | str:
    """Search, and return how many mails are found, or what the error says."""
    try:
        return len(list(index.search(query, order=order, now=NOW).message_ids()))
    except QueryError as error:
        return error.what


def measure(index: Index, query: str, order: str) -> tuple[int | str, str]:
    """Return the answer, and its seconds in words."""
    began = time.process_time()
    answer = ask(index, query, order)
    took = f"{time.process_time() - began:.2f}"
    return answer, f"{took}, refused" if isinstance(answer, str) else took


def main(path: str) -> None:
    """Print a row for each query: its seconds of one processor, newest first and by relevance."""
    print("| hostile query | characters | seconds | by relevance | answer |")
    print("|:---|---:|---:|---:|:---|")
    with Index.open(path) as index:
        for hard, query in QUERIES.items():
            answer, newest = measure(index, query, "newest")
            _, relevance = measure(index, query, "relevance")
            told = f"{answer:,} mails" if isinstance(answer, int) else answer
            print(f"| {hard} | {len(query)} | {newest} | {relevance} | {told} |")


if __name__ == "__main__":
    main(sys.argv[1])
