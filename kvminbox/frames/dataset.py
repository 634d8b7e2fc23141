"""A dataset: the tables of an inbox as many Parquet files, written shard by shard.

`_dataset.json` says for what it was begun, `_shards` has a mark for each shard that is
complete, and `_manifest.json`, which is written last, lists all files. Where that is
absent the dataset is not whole, and `open_dataset` refuses it.
"""

from __future__ import annotations  # help shows types by their names

import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from kvminbox.errors import DatasetError
from kvminbox.frames.arrow import parquet
from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.frame import FORMAT, FRAMES, MAIL_FRAMES
from kvminbox.frames.parts import drop_unfinished, named, open_parts
from kvminbox.frames.pieces import Joiner, make_piece
from kvminbox.frames.slimfile import SCHEMA, make_slim_rows
from kvminbox.frames.tasks import Pool
from kvminbox.given import check_path
from kvminbox.inbox import Inbox, Shard, Window
from kvminbox.inbox.inbox import check_inbox
from kvminbox.index.reader import READER
from kvminbox.models import OnProblem, Progress
from kvminbox.workers import check_jobs

DATASET: Final = 1
"""The version of a dataset's directories and marks."""

_ANEW: Final = "write it to a new directory, or delete this one"
_RESUME: Final = "run write_dataset again: it resumes where it stopped"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that is complete."""

    path: Path
    """Its directory."""

    name: str
    """The name of the inbox's directory."""

    mails: int
    """How many mails it has."""

    left_out: int
    """How many mails could not be read, and are not in it."""

    shards: int
    """How many shards it was written in."""

    written: int
    """How many of them were written this time; the others were there already."""


class _Task(NamedTuple):
    """A shard to write."""

    directory: str
    shard: Shard


def write_dataset(
    inbox: Inbox,
    directory: str | os.PathLike[str],
    *,
    window: Window | None = None,
    mails: int = 5_000,
    executor: Executor | None = None,
    jobs: int = 1,
    on_problem: OnProblem = "raise",
    progress: Progress | None = None,
) -> Dataset:
    """Write the tables `messages`, `patches` and `files` of an inbox as a partitioned dataset.

    The files are `messages/list=NAME/epoch=N/part-00000.parquet` and so on, one for each
    shard and table. Each shard's are put in place when they are complete, and the manifest
    last: after an error, or Ctrl-C, the next call writes only what is missing. When the
    archive has grown, or lost a mail, it writes only the shards that changed.
    `group_dataset` makes the other four tables.

    Args:
        inbox: the archive; other processes and machines read it from the same path.
        directory: where to write, from where the others can write there, too.
        window: which of its mails; None for all.
        mails: how many mails a shard has at the most.
        executor: what does the work: anything of `concurrent.futures`, or of that shape,
            as what `dask.distributed.Client.get_executor` returns. None for `jobs`.
        jobs: processes of our own that do the work.
        on_problem: what becomes of mails that can't be read: "raise" or "skip".
        progress: called with how many mails are written, and of how many.

    Raises:
        DatasetError: the directory has a dataset of another inbox, of other shards, or of a
            version with other tables or readers.
        OutputError: a file can't be written.
        WorkerError: a worker died; what was complete is kept.
        kvminbox.errors.ObjectError: a mail can't be read, and the policy is "raise".
    """
    check_jobs(jobs)
    check_path(directory)
    folder = Path(directory)
    check_inbox(inbox)
    shards = inbox.shards(mails=mails, window=window, on_problem=on_problem)
    _begin(folder, inbox.name, mails)
    missing = [shard for shard in shards if not _is_complete(folder, shard)]
    if missing or not _covers(folder, shards):
        (folder / "_manifest.json").unlink(missing_ok=True)
    total = sum(map(len, missing))
    done = 0
    tasks = (_Task(str(folder.absolute()), shard) for shard in missing)
    with Pool(executor=executor, jobs=jobs, where=str(folder)) as pool:
        for count in pool.map(_write_shard, tasks):
            done += count
            if progress:
                progress(min(done, total), total)
    marks = _drop_others(folder, shards)
    drop_unfinished(folder)
    _write_json(folder / "_manifest.json", {
        "dataset": DATASET, "list": inbox.name, "shards": marks,
        "files": {name: size for mark in marks for name, size in mark["files"].items()},
    })  # fmt: skip
    return Dataset(
        path=folder, name=inbox.name, mails=sum(mark["mails"] for mark in marks),
        left_out=sum(mark["left_out"] for mark in marks), shards=len(shards), written=len(missing),
    )  # fmt: skip


def open_dataset(directory: str | os.PathLike[str], name: str) -> Any:  # noqa: ANN401  # pyarrow is untyped
    """Return one table of a dataset as a `pyarrow.dataset.Dataset`; its rows are in order.

    Args:
        directory: the dataset's directory.
        name: the table's name; the four tables of groups are there after `group_dataset`.

    Raises:
        DatasetError: it is not complete, or was made by another version.
    """
    check_path(directory)
    folder = Path(directory)
    manifest = read_manifest(folder)
    frame = next((one for one in FRAMES if one.name == name), None)
    if frame is None:
        known = ", ".join(one.name for one in FRAMES)
        raise DatasetError("no such table", where=name, cure=f"choose from: {known}")
    files: dict[str, int] = manifest["files"]
    if frame not in MAIL_FRAMES:
        files = read_groups(folder, manifest)["files"]
    paths = [one for one in files if one.startswith(f"{name}/")]
    from pyarrow import dataset as arrow_dataset  # which imports pandas, where there is one

    partitioning = arrow_dataset.partitioning(
        pa.schema([("list", pa.string()), ("epoch", pa.int64())]), flavor="hive"
    )
    return arrow_dataset.dataset(
        [str(folder / one) for one in paths], schema=frame.schema, format="parquet",
        partitioning=partitioning, partition_base_dir=str(folder / name),
    )  # fmt: skip


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a dataset whose files are all there.

    Raises:
        DatasetError: it is not complete, or was made by another version.
    """
    _check_version(folder)
    manifest = _read_json(folder / "_manifest.json")
    if manifest is None:
        raise DatasetError("the dataset is not complete", where=str(folder), cure=_RESUME)
    _check_files(folder, manifest["files"], _RESUME)
    return manifest


def read_groups(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the list of the files that `group_dataset` made of these mails.

    Raises:
        DatasetError: there are none, or they were made of other mails.
    """
    cure = "run group_dataset"
    groups = _read_json(folder / "_groups.json")
    if groups is None:
        raise DatasetError("its mails are not grouped", where=str(folder), cure=cure)
    if groups["of"] != digest_of(manifest):
        what = "its groups were made before its mails changed"
        raise DatasetError(what, where=str(folder), cure=cure)
    _check_files(folder, groups["files"], cure)
    return groups


def digest_of(manifest: dict[str, Any]) -> str:
    """Return a hash of which mails a dataset has."""
    marks = [(mark["epoch"], mark["number"], mark["fingerprint"]) for mark in manifest["shards"]]
    return hashlib.sha256(json.dumps(marks).encode()).hexdigest()


def list_slim(folder: Path, manifest: dict[str, Any]) -> list[Path]:
    """Return the files of slim mails, in the order of the shards."""
    return [
        folder / name
        for mark in manifest["shards"]
        for name in mark["files"]
        if name.startswith("_slim/")
    ]


def write_groups(folder: Path, manifest: dict[str, Any], paths: list[Path]) -> None:
    """Say that the tables of groups are complete."""
    files = {str(path.relative_to(folder)): path.stat().st_size for path in paths}
    _write_json(folder / "_groups.json", {"of": digest_of(manifest), "files": files})


def part_path(folder: Path, table: str, name: str, number: int, epoch: int | None = None) -> Path:
    """Return the path of a part."""
    place = folder / table / f"list={quote(name, safe='')}"
    if epoch is not None:
        place /= f"epoch={epoch}"
    return place / f"part-{number:05}.parquet"


def _begin(folder: Path, name: str, mails: int) -> None:
    """Make the directory, or make sure that what is in it was begun likewise."""
    known = _read_json(folder / "_dataset.json")
    if known is None:
        with named(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                what = "the directory holds other files, not a dataset"
                raise DatasetError(what, where=str(folder), cure="give a new directory")
        _write_json(folder / "_dataset.json", {
            "dataset": DATASET, "format": FORMAT, "reader": READER, "list": name, "mails": mails,
        })  # fmt: skip
        return
    _check_version(folder)
    for key, value in (("list", name), ("mails", mails)):
        if known.get(key) != value:
            what = f"it was started with {key}={known.get(key)!r}, not {value!r}"
            raise DatasetError(what, where=str(folder), cure=_ANEW)


def _check_version(folder: Path) -> None:
    known = _read_json(folder / "_dataset.json")
    if known is None:
        raise DatasetError("no dataset there", where=str(folder), cure="run write_dataset")
    for key, value in (("dataset", DATASET), ("format", FORMAT), ("reader", READER)):
        if known.get(key) != value:
            what = f"it was made by another version ({key} {known.get(key)}, not {value})"
            raise DatasetError(what, where=str(folder), cure=_ANEW)


def _check_files(folder: Path, files: dict[str, int], cure: str) -> None:
    for name, size in files.items():
        try:
            found = (folder / name).stat().st_size
        except OSError:
            found = -1
        if found != size:
            what = "a file of the dataset is missing" if found < 0 else "a file was changed"
            raise DatasetError(what, where=str(folder / name), cure=cure)


def _mark_path(folder: Path, shard: Shard) -> Path:
    return folder / "_shards" / f"{shard.epoch}-{shard.number:05}.json"


def _is_complete(folder: Path, shard: Shard) -> bool:
    mark = _read_json(_mark_path(folder, shard))
    if mark is None or mark["fingerprint"] != shard.fingerprint or mark["left_out"]:
        return False  # a mail that could not be read may be there by now
    try:
        _check_files(folder, mark["files"], "")
    except DatasetError:
        return False
    return True


def _covers(folder: Path, shards: tuple[Shard, ...]) -> bool:
    """Whether the manifest is of just these shards."""
    manifest = _read_json(folder / "_manifest.json")
    wanted = [(shard.epoch, shard.number, shard.fingerprint) for shard in shards]
    found = manifest["shards"] if manifest else []
    return [(one["epoch"], one["number"], one["fingerprint"]) for one in found] == wanted


def _drop_others(folder: Path, shards: tuple[Shard, ...]) -> list[dict[str, Any]]:
    """Remove the shards that the inbox no longer has; return the marks of the others."""
    wanted = {_mark_path(folder, shard): shard for shard in shards}
    for path in (folder / "_shards").glob("*.json"):
        if path not in wanted:
            gone = _read_json(path) or {"files": {}}
            path.unlink()
            for name in gone["files"]:
                (folder / name).unlink(missing_ok=True)
    found = []
    for path in wanted:
        mark = _read_json(path)
        if mark is None:
            what = "a shard was written, but its mark is missing"
            cure = "all workers must write to the same directory, such as on a shared disk"
            raise DatasetError(what, where=str(path), cure=cure)
        found.append(mark)
    return found


def _write_shard(task: _Task) -> int:
    """Write the files of a shard, and its mark last; return how many mails it has."""
    folder, shard = Path(task.directory), task.shard
    mark = _mark_path(folder, shard)
    tables = [(frame.name, frame.schema) for frame in MAIL_FRAMES] + [("_slim", SCHEMA)]
    paths = [part_path(folder, name, shard.name, shard.number, shard.epoch) for name, _ in tables]
    with named(folder):
        mark.unlink(missing_ok=True)
        for path in (*paths, mark):
            path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with open_parts(paths) as files:
        writers = {
            name: parquet.ParquetWriter(file, schema, compression="zstd")
            for (name, schema), file in zip(tables, files, strict=True)
        }
        joiners = {name: Joiner(schema) for name, schema in tables}
        for piece in shard.map_batches(make_piece):
            count += len(piece.mails)
            rows = {**piece.batches, "_slim": make_slim_rows(piece.mails)}
            _write_batches(
                folder,
                writers,
                ((name, one) for name, batch in rows.items() for one in joiners[name].add(batch)),
            )
        _write_batches(
            folder,
            writers,
            ((name, one) for name, joiner in joiners.items() for one in joiner.take()),
        )
        for writer in writers.values():
            with named(folder):
                writer.close()
    names = {str(path.relative_to(folder)): path.stat().st_size for path in paths}
    _write_json(mark, {
        "epoch": shard.epoch, "number": shard.number, "fingerprint": shard.fingerprint,
        "mails": count, "left_out": shard.left_out.mails, "files": names,
    })  # fmt: skip
    return len(shard)


def _write_batches(
    folder: Path, writers: dict[str, Any], batches: Iterator[tuple[str, pa.RecordBatch]]
) -> None:
    for name, batch in batches:
        with named(folder):
            writers[name].write_batch(batch)


def _read_json(path: Path) -> dict[str, Any] | None:
    """Return what a mark says; None if it is not there or was cut off."""
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    return None


def _write_json(path: Path, value: dict[str, Any]) -> None:
    with open_parts([path]) as files, named(path):
        files[0].write(json.dumps(value, indent=1).encode())
