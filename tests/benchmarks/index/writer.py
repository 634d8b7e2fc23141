"""The index's writer alone: what it takes for each row as the file grows.

`python -m tests.benchmarks.index.writer ARCHIVE FILE MAILS [EVERY]` reads the first ten thousand
mails of an archive once, and writes their rows again and again, with other ids, senders and
contents, as an update writes those of one epoch after another. Blocks are left out: they only
come behind one another. So a million mails take an hour less, and what grows is seen alone.
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
from kvminbox.index.spans import write_spans
from kvminbox.index.update import BATCH_TASKS
from tests.benchmarks.index.growth import read_peak
from tests.benchmarks.index.repeated import LATER
from tests.benchmarks.index.timed import count_index

_KNOWN: Final = 208 * TASK_SIZE

Piece = tuple[list[RawChange], Reading]


def read_pieces(archive: str) -> list[Piece]:
    """Read the first mails of an archive, some at a time as an update does."""
    window = Inbox.open(archive).between(None)
    ((_, source, brought),) = window.list_epochs()
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
    """Write the rows, and print a line for each so many."""
    pieces = repeat_pieces(read_pieces(archive))
    database = Database(file, create=True)
    with database.transaction():
        database.execute("INSERT INTO inbox(name) VALUES ('many')")
        database.execute(
            "INSERT INTO epoch(inbox, number, path, merged) VALUES (1, 0, 'nowhere', 0)"
        )
    adder = Adder(database)
    done = told = 0
    seconds = 0.0
    while done < int(mails):
        batch = list(islice(pieces, BATCH_TASKS))
        begin = time.process_time()
        with database.transaction():
            for changes, reading in batch:
                adder.add(1, done, changes, {}, reading)
                done += len(changes)
            write_spans(database, 1)
        seconds += time.process_time() - begin
        if done - told >= int(every):
            print(
                f"{done} mails, {(done - told) / seconds:.0f} per second of the processor,"
                f" peak {read_peak(os.getpid()):.0f} MB, file {count_index(Path(file)) >> 20} MB",
                flush=True,
            )
            told, seconds = done, 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
