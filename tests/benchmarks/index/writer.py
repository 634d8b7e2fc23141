"""The index's writer alone: what it takes for each row as the file grows.

`python -m tests.benchmarks.index.writer ARCHIVE FILE MAILS [EVERY]` reads the first ten thousand
mails of an archive once, and writes their rows again and again, with other ids, senders and
contents, as an update writes those of one epoch after another. Blocks are left out: they only
come behind one another. So a million mails take an hour less, and what grows is seen alone. To
make the rows is the same work for each mail: on a busy machine the ratio to that tells more than
rows per second.
"""

import os
import sys
import time
from collections.abc import Iterator
from hashlib import sha1
from itertools import islice
from pathlib import Path
from typing import Final

from kvminbox import Inbox
from kvminbox.archive import RawChange
from kvminbox.index.add import Adder
from kvminbox.index.database import Database
from kvminbox.index.reading import TASK_SIZE, Block, Reading, ReadMail, Task, read_task
from kvminbox.index.seal import write_seal
from kvminbox.index.spans import write_spans
from kvminbox.index.update import BATCH_TASKS
from tests.benchmarks.index.growth import read_peak
from tests.benchmarks.index.repeated import LATER
from tests.benchmarks.index.timed import count_index

_KNOWN: Final = 125 * TASK_SIZE
_PAGES: Final = 512
"""Pages of the full text that one transaction of an update merges."""

Piece = tuple[list[RawChange], Reading]


def read_pieces(archive: str) -> list[Piece]:
    """Read the first mails of an archive, some at a time as an update does."""
    window = Inbox.open(archive).between(None)
    ((_, source, brought),) = window._list_epochs()
    mails = islice((one for one in brought if one and one.kind == "message"), _KNOWN)
    pieces = []
    while changes := list(islice(mails, TASK_SIZE)):
        task = Task(source.path, tuple((one.blob, one.seconds) for one in changes))
        reading = read_task(source.read_blob, task)
        pieces.append((changes, reading._replace(blocks=(Block(1, b""),) * len(reading.blocks))))
    return pieces


def repeat_pieces(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces again and again, each time as other mails."""
    number = 0
    while True:
        mark = f".{number}@"
        for changes, reading in pieces:
            mails = tuple(_change(mail, mark, number) for mail in reading.mails)  # type: ignore[arg-type]
            moved = [
                one._replace(
                    commit=_digest(one.commit, mark),
                    blob=_digest(one.blob, mark),
                    seconds=(one.seconds or 0) + number * LATER,
                )
                for one in changes
            ]
            yield moved, Reading(reading.blocks, mails)
        number += 1


def _digest(text: str, mark: str) -> str:
    return sha1(f"{text}{mark}".encode(), usedforsecurity=False).hexdigest()


def _change(mail: ReadMail, mark: str, number: int) -> ReadMail:
    def put(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text.replace("@", mark) for text in texts)

    known, facts = mail.extract, mail.extract.facts
    (name, email, written), *others = facts.people
    sender = name, email.replace("@", mark), written.replace("@", mark)
    words = known.words._replace(
        m=known.words.m.replace("@", mark), f=known.words.f.replace("@", mark)
    )
    return mail._replace(
        extract=known._replace(
            content=bytes.fromhex(_digest(known.content.hex(), mark))[: len(known.content)],
            received=known.received + number * LATER,
            sent=known.sent + number * LATER,
            ids=put(known.ids),
            references=put(known.references),
            words=words,
            facts=facts._replace(people=(sender, *others), ids=put(facts.ids)),
        )
    )


def main(archive: str, file: str, mails: str, every: str = "50000") -> None:
    """Write the rows, and print a line for each so many; then updates of a hundred mails."""
    pieces = repeat_pieces(read_pieces(archive))
    database = Database(file, create=True)
    with database.transaction():
        database.execute("INSERT INTO inbox(name) VALUES ('many')")
        database.execute(
            "INSERT INTO epoch(inbox, number, path, merged) VALUES (1, 0, 'nowhere', 0)"
        )
    adder = Adder(database)
    with database.large_cache():
        done = _build(database, adder, pieces, int(mails), int(every))
    begin = time.process_time()
    merges = sum(1 for _ in iter(lambda: _merge(database), False))
    print(f"merged in {time.process_time() - begin:.1f} CPU s, {merges} transactions", flush=True)
    for number in range(20):
        more = list(islice(pieces, 2))
        added = sum(len(changes) for changes, _ in more)
        begin, began = time.process_time(), time.perf_counter()
        done = _write(database, adder, done, more)
        for _ in range(3):
            _merge(database)
        print(
            f"update {number} of {added} mails: {time.process_time() - begin:.3f} CPU s,"
            f" {time.perf_counter() - began:.3f} s", flush=True,
        )  # fmt: skip


def _build(
    database: Database, adder: Adder, pieces: Iterator[Piece], mails: int, every: int
) -> int:
    """Write so many mails as a build does, and print what a row takes; return how many it wrote."""
    before = read_peak(os.getpid())
    done = told = 0
    making = writing = 0.0
    while done < mails:
        begin = time.process_time()
        batch = list(islice(pieces, BATCH_TASKS))
        made = time.process_time()
        done = _write(database, adder, done, batch)
        making += made - begin
        writing += time.process_time() - made
        if done - told >= every:
            print(
                f"{done} mails, {(done - told) / writing:.0f} per second of the processor,"
                f" {writing / making:.2f} times the making of the rows,"
                f" {read_peak(os.getpid()) - before:.0f} MB,"
                f" file {count_index(Path(database.path)) >> 20} MB",
                flush=True,
            )  # fmt: skip
            told, making, writing = done, 0.0, 0.0
    return done


def _write(database: Database, adder: Adder, done: int, batch: list[Piece]) -> int:
    """Write some pieces in one transaction, as an update does; return how many mails are there."""
    with database.transaction():
        for changes, reading in batch:
            adder.add(1, done, changes, {}, reading)
            done += len(changes)
        write_spans(database, 1)
        write_seal(database)
    return done


def _merge(database: Database) -> bool:
    """Merge words as an update does at its end; false where nothing is left to do."""
    with database.transaction():
        return database.merge_words(_PAGES)


if __name__ == "__main__":
    main(*sys.argv[1:])
