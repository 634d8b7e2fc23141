"""Parquet files, written piece by piece and put in place when they are whole."""

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
from kvminbox.models import Corpus, Progress


def write_parquet(
    corpus: Corpus, folder: str | os.PathLike[str], *, progress: Progress | None = None
) -> dict[str, Path]:
    """Write all tables of a corpus into a folder, with one walk over its mails.

    The files are `messages.parquet`, `patches.parquet` and so on. They are put in place
    together at the end; where something fails before, none is. The first three
    need no more memory for a longer corpus; for the others each mail is held
    without its texts, which is some four kilobytes a mail.

    Args:
        corpus: a window of an archive, or any other corpus.
        folder: where to; it is made if it is not there.
        progress: called as the reading goes on.

    Returns:
        The path of each table's file, by the table's name.

    Raises:
        OutputError: a file can't be written.
        kvminbox.errors.ObjectError: a mail can't be read.
    """
    paths = {frame.name: Path(folder) / f"{frame.name}.parquet" for frame in FRAMES}
    with named(Path(folder)):
        Path(folder).mkdir(parents=True, exist_ok=True)
    with open_parts(list(paths.values())) as files:
        sinks = {frame.name: _Sink(frame, file) for frame, file in zip(FRAMES, files, strict=True)}
        _fill(sinks, corpus, progress)
    return paths


def _fill(sinks: dict[str, "_Sink"], corpus: Corpus, progress: Progress | None) -> None:
    groups = Groups()
    for message in corpus.messages(progress=progress):
        for frame in MAIL_FRAMES:
            for row in frame.list_rows(message):
                sinks[frame.name].add(row)
        groups.add(message)
    for frame in MAIL_FRAMES:
        sinks[frame.name].close()
    for group_frame in GROUP_FRAMES:
        for row in group_frame.list_rows(groups):
            sinks[group_frame.name].add(row)
        sinks[group_frame.name].close()


def write_batches(frame: Frame[Any], batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write batches to a Parquet file, which stands at its place when it is whole.

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
        pa.default_memory_pool().release_unused()  # it would keep some 40 MB for later

    def close(self) -> None:
        if len(self._builder):
            self.write(self._builder.take())
        with named(self._path):
            self._writer.close()
