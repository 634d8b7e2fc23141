"""Parquet files, written piece by piece and put in place when complete."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kvminbox.frames.arrow import parquet
from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.batches import BatchBuilder
from kvminbox.frames.frame import FRAMES, GROUP_FRAMES, MAIL_FRAMES, Frame
from kvminbox.frames.groups import Groups
from kvminbox.frames.parts import PartFile, named, open_parts
from kvminbox.frames.pieces import Joiner, make_piece
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.models import Corpus, Progress
from kvminbox.models.corpus import check_corpus
from kvminbox.workers import check_jobs


def write_parquet(
    corpus: Corpus,
    folder: str | os.PathLike[str],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> dict[str, Path]:
    """Write all tables of a corpus into a directory, with one walk over its mails.

    The files are `messages.parquet`, `patches.parquet` and so on. They are put in place
    together at the end, or not at all if something fails first. The memory for the
    first three does not grow with the corpus; for the others each mail is held
    without its texts, at some four kilobytes a mail.

    Args:
        corpus: a window of an archive, or any other corpus.
        folder: where to write; it is created if needed.
        jobs: processes that read the mails, and make what is made of one mail; a corpus
            that is in memory already takes no notice. The rows are the same for any number.
        progress: is called with how far the reading is.

    Returns:
        The path of each table's file, by the table's name.

    Raises:
        OutputError: a file can't be written.
        kvminbox.errors.ObjectError: a mail can't be read.
        kvminbox.errors.WorkerError: a process died.
    """
    check_corpus(corpus)
    check_jobs(jobs)
    paths = {frame.name: Path(folder) / f"{frame.name}.parquet" for frame in FRAMES}
    with named(Path(folder)):
        Path(folder).mkdir(parents=True, exist_ok=True)
    with open_parts(list(paths.values())) as files:
        sinks = {frame.name: _Sink(frame, file) for frame, file in zip(FRAMES, files, strict=True)}
        if jobs > 1 and isinstance(corpus, ReadCorpus):
            groups = _fill_in_jobs(sinks, corpus, jobs, progress)
        else:
            groups = _fill(sinks, corpus, progress)
        for frame in MAIL_FRAMES:
            sinks[frame.name].close()
        for group_frame in GROUP_FRAMES:
            for row in group_frame.list_rows(groups):
                sinks[group_frame.name].add(row)
            sinks[group_frame.name].close()
    return paths


def _fill(sinks: dict[str, "_Sink"], corpus: Corpus, progress: Progress | None) -> Groups:
    groups = Groups()
    for message in corpus.messages(progress=progress):
        for frame in MAIL_FRAMES:
            for row in frame.list_rows(message):
                sinks[frame.name].add(row)
        groups.add(message)
    return groups


def _fill_in_jobs(
    sinks: dict[str, "_Sink"], corpus: ReadCorpus, jobs: int, progress: Progress | None
) -> Groups:
    groups = Groups()
    joiners = {frame.name: Joiner(frame.schema) for frame in MAIL_FRAMES}
    for piece in corpus.map_batches(make_piece, jobs=jobs, progress=progress):
        for name, rows in piece.batches.items():
            for batch in joiners[name].add(rows):
                sinks[name].write(batch)
        for mail in piece.mails:
            groups.add_slim(mail)
    for name, joiner in joiners.items():
        for batch in joiner.take():
            sinks[name].write(batch)
    return groups


def write_batches(frame: Frame[Any], batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write batches to a Parquet file, which is put in place when complete.

    Raises:
        OutputError: the file can't be written.
    """
    with open_parts([path]) as files:
        sink = _Sink(frame, files[0])
        for batch in batches:
            sink.write(batch)
        sink.close()


class _Sink:
    """A Parquet file that takes rows."""

    def __init__(self, frame: Frame[Any], file: PartFile) -> None:
        self._builder = BatchBuilder(frame)
        self._path = file.path
        self._writer = parquet.ParquetWriter(file, frame.schema, compression="zstd")

    def add(self, row: object) -> None:
        self._builder.add(row)
        if self._builder.is_full:
            self.write(self._builder.take())

    def write(self, batch: pa.RecordBatch) -> None:
        with named(self._path):
            self._writer.write_batch(batch)
        pa.default_memory_pool().release_unused()  # it would hold on to some 40 MB

    def close(self) -> None:
        if len(self._builder):
            self.write(self._builder.take())
        with named(self._path):
            self._writer.close()
