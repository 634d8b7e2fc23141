"""The tables of groups of a dataset: bin by bin, each of mails that can't be grouped apart.

First numbers tell which mails belong together (`components`); then each bin is grouped into
threads and series; then all series are linked into chains, in this process; and then each
bin's series are reviewed, where a bin has all series of its chains. Rows are written with
the place that they have among all, and put in order at the end.
"""

import os
import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from kvminbox.frames.arrow import parquet
from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.batches import BatchBuilder
from kvminbox.frames.columns import INTEGER, NUMBER, mail_key
from kvminbox.frames.components import Components, find_components
from kvminbox.frames.dataset import list_slim, part_path, read_manifest, write_groups
from kvminbox.frames.decision_columns import DecisionRow
from kvminbox.frames.frame import (
    DECISIONS,
    GROUP_FRAMES,
    MEMBERS,
    SERIES,
    THREADS,
    TRAILERS,
    GroupFrame,
)
from kvminbox.frames.groups import Groups, JoinedChain, SeriesRow, series_key
from kvminbox.frames.parts import drop_unfinished, named, open_parts
from kvminbox.frames.series_columns import MemberRow
from kvminbox.frames.slim import Slimmer
from kvminbox.frames.slimfile import read_links, read_slim
from kvminbox.frames.tasks import Pool
from kvminbox.frames.thread_columns import PlaceRow
from kvminbox.given import check_path
from kvminbox.models import AnyMessage, SeriesRef, Thread, VersionRelation
from kvminbox.order import message_order, parent_ids
from kvminbox.review import Committers, find_committers, review_all
from kvminbox.review.noticed import NoticeIndex, Sent, know, link_notices, read_notices
from kvminbox.series import group_series
from kvminbox.threads import group_threads
from kvminbox.versions.chains import link_facts
from kvminbox.versions.facts import Facts
from kvminbox.versions.later import place_below
from kvminbox.versions.mentions import may_supersede
from kvminbox.versions.titles import normalise_title
from kvminbox.workers import check_jobs

_BIN: Final = 10_000
"""Mails in a bin, if no component has more."""

_PART: Final = 100_000
"""Rows in a part of a table."""

_PLACE: Final = pa.schema(
    [("_phase", INTEGER), ("_time", NUMBER), ("_id", pa.binary()), ("_blob", pa.binary()),
     ("_commit", pa.binary()), ("_within", INTEGER)]
)  # fmt: skip
"""Where a row stands among all: as `message_order` of its first mail says, then within it."""

_Place = tuple[int, float, bytes, bytes, bytes, int]


class _Bin(NamedTuple):
    """Mails that are grouped together: of each file the places."""

    number: int
    work: str
    files: list[tuple[str, list[int]]]
    numbers: list[int]
    """The mails' numbers in the whole dataset, in the order of the files."""

    edges: tuple[float, float] | None
    """When the first and the last mail of the dataset arrived; None if no archive says."""


class _Grouped(NamedTuple):
    """What linking needs of a bin."""

    series: list["_Known"]
    """Its series, without their mails."""

    replies: list[AnyMessage]
    """Those that may say what a series supersedes."""

    committers: Committers
    """Who commits, as far as the bin tells."""

    notices: list[Sent]
    """Its notices that patches were put into trees or taken out."""


class _Known(NamedTuple):
    """What linking needs of a series."""

    number: int
    """The number of its first mail."""

    key: str
    """The key of that mail."""

    facts: Facts
    """What is compared, without the mails."""


@dataclass(frozen=True, slots=True)
class _Link:
    """How a series stands in its chain."""

    chain: str
    previous_key: str | None
    next_key: str | None
    relation: VersionRelation | None
    previous: SeriesRef | None
    next: SeriesRef | None
    refs: tuple[SeriesRef, ...]
    depends_on: tuple[SeriesRef, ...]


def group_dataset(
    directory: str | os.PathLike[str],
    *,
    executor: Executor | None = None,
    jobs: int = 1,
) -> dict[str, int]:
    """Make the tables of groups of a complete dataset: threads, series, and what is in these.

    These are `threads`, `series`, `members`, `trailers` and `decisions`. They are written beside
    the others, as `series/list=NAME/part-00000.parquet`, and are row by row those of
    `frames.series(window)` and so on. No archive is needed.

    This process holds a number for each id, and, while versions are linked, titles, ids and
    paths of all series: some kilobyte for each mail of the dataset.

    Args:
        directory: the dataset's directory.
        executor: what does the work, as for `write_dataset`.
        jobs: processes of our own that do it.

    Returns:
        How many rows each table has.

    Raises:
        DatasetError: it is not complete, or was made by another version.
        OutputError: a file can't be written.
        WorkerError: a worker died; run it again.
    """
    check_jobs(jobs)
    check_path(directory)
    folder = Path(directory).absolute()
    manifest = read_manifest(folder)
    work = folder / "_work"
    with named(work):
        drop_unfinished(folder)  # of a call that was killed
        (folder / "_groups.json").unlink(missing_ok=True)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
    try:
        with Pool(executor=executor, jobs=jobs, where=str(folder)) as pool:
            return _group(folder, manifest, work, pool)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _group(folder: Path, manifest: dict[str, Any], work: Path, pool: Pool) -> dict[str, int]:
    paths = list_slim(folder, manifest)
    sizes = [mark["mails"] for mark in manifest["shards"]]
    edges = _find_edges(paths)
    components = find_components(sum(sizes), partial(read_links, paths))
    make = partial(_make_bins, paths=paths, sizes=sizes, work=work, edges=edges)
    series: list[_Known] = []
    replies: list[AnyMessage] = []
    committers = Committers()
    notices: list[Sent] = []
    for grouped in pool.map(_group_bin, make(components)):
        series += grouped.series
        replies += grouped.replies
        committers.join(grouped.committers)
        notices += grouped.notices
    found = _link(series, replies, components)
    told = _NoticesByNumber(notices, series)
    del series, replies, notices
    tasks = (
        (
            one,
            {number: found[number] for number in one.numbers if number in found},
            committers,
            told.list_for(one.numbers),
        )
        for one in make(components)
    )
    for _ in pool.map(_review_bin, tasks):
        pass
    del found, components, told
    name = manifest["list"]
    counts: dict[str, int] = {}
    written: list[Path] = []
    for frame in GROUP_FRAMES:
        counts[frame.name], paths = _write_parts(folder, name, frame, _sort(work, frame))
        written += paths
    write_groups(folder, manifest, written)
    return counts


def _find_edges(paths: Sequence[Path]) -> tuple[float, float] | None:
    """Return when the first and the last mail arrived; None if no archive says."""
    arrived = [time for (time,) in read_links(paths, ["arrived"]) if time is not None]
    return (min(arrived), max(arrived)) if arrived else None


def _make_bins(
    components: Components,
    *,
    paths: Sequence[Path],
    sizes: Sequence[int],
    work: Path,
    edges: tuple[float, float] | None,
) -> Iterator[_Bin]:
    """Yield bins of whole components, in the order of their first mails."""
    starts = [0, *accumulate(sizes)]
    waiting: list[int] = []
    number = 0
    for group in components.list_groups():
        waiting += group
        if len(waiting) >= _BIN:
            yield _make_bin(number, sorted(waiting), paths, starts, work, edges)
            waiting, number = [], number + 1
    if waiting:
        yield _make_bin(number, sorted(waiting), paths, starts, work, edges)


def _make_bin(
    number: int,
    mails: list[int],
    paths: Sequence[Path],
    starts: Sequence[int],
    work: Path,
    edges: tuple[float, float] | None,
) -> _Bin:
    files: list[tuple[str, list[int]]] = []
    shard = 0
    for mail in mails:
        while mail >= starts[shard + 1]:
            shard += 1
        if not files or files[-1][0] != str(paths[shard]):
            files.append((str(paths[shard]), []))
        files[-1][1].append(mail - starts[shard])
    return _Bin(number, str(work), files, mails, edges)


def _load(one: _Bin) -> list[AnyMessage]:
    slimmer = Slimmer()  # as read from JSON they take ten times the room
    return [
        slimmer.slim(mail) for path, places in one.files for mail in read_slim(Path(path), places)
    ]


def _group_bin(one: _Bin) -> _Grouped:
    """Write a bin's threads; return its series, and the replies that linking reads."""
    mails = _load(one)
    numbers = {mail_key(mail): number for mail, number in zip(mails, one.numbers, strict=True)}
    _write_rows(one, THREADS, _place_threads(group_threads(mails)))
    series = group_series(mails, edges=one.edges)
    replies = [mail for mail in mails if mail.subject.is_reply and may_supersede(mail)]
    committers = find_committers(series, mails)
    shared: dict[object, Any] = {}
    known = list(map(Facts, series))
    place_below(known, mails)
    listed = [
        _Known(numbers[key], key, facts.detach(shared))
        for key, facts in zip(map(series_key, series), known, strict=True)
    ]
    return _Grouped(listed, replies, committers, read_notices(mails))


def _place_threads(threads: Iterable[Thread]) -> Iterator[tuple[_Place, PlaceRow]]:
    for thread in threads:
        key = mail_key(thread.messages[0])
        first = _first_of(thread)
        for place, node in enumerate(thread.nodes):
            yield _place(first, place), PlaceRow(key, place, node)


def _first_of(thread: Thread) -> AnyMessage:
    """Return the mail that gives a thread its place: its first, or who first names its ghost."""
    top = thread.nodes[0]
    if top.message is not None:
        return top.message
    naming = (mail for mail in thread.messages if top.message_id in parent_ids(mail))
    return min(naming, key=message_order)


def _place(first: AnyMessage, within: int, phase: int = 0) -> _Place:
    time, *ids = message_order(first)[:4]
    identity, blob, commit = (str(one).encode("utf-8", "surrogatepass") for one in ids)
    return (phase, float(time), identity, blob, commit, within)


def _link(
    series: list[_Known], replies: list[AnyMessage], components: Components
) -> dict[int, _Link]:
    """Link all series; join the components of each chain, and return each series's link."""
    known = {one.facts: one for one in series}
    found: dict[int, _Link] = {}
    for linked in link_facts(known, replies=replies):
        members = [known[one.facts] for one in linked.series]
        joined = JoinedChain([(one.facts.ref, one.key) for one in members], linked.links)
        for member, one in zip(members, linked.series, strict=True):
            components.join(members[0].number, member.number)
            found[member.number] = _Link(
                chain=joined.key,
                previous_key=joined.keys[one.previous] if one.previous else None,
                next_key=joined.keys[one.next] if one.next else None,
                relation=joined.relations.get(one.facts.ref),
                previous=one.previous,
                next=one.next,
                refs=one.near,
                depends_on=one.depends_on,
            )
    return found


class _NoticesByNumber:
    """Notices, by the numbers of the series of which they may tell, wherever these were sent."""

    def __init__(self, notices: list[Sent], series: list[_Known]) -> None:
        self._found: defaultdict[int, list[Sent]] = defaultdict(list)
        if not notices:
            return
        named = {identity for one in notices for identity in one.notice.ids}
        owners: defaultdict[str, list[_Known]] = defaultdict(list)
        for known in series:
            for identity in known.facts.ids:
                if identity in named:
                    owners[identity].append(known)
        places = {
            identity: know(known.facts for known in found) for identity, found in owners.items()
        }
        by_title: defaultdict[str, list[Sent]] = defaultdict(list)
        for one in link_notices(notices, places.get):
            for known in (known for identity in one.ids for known in owners[identity]):
                self._found[known.number].append(one)
            if not one.ids:
                by_title[normalise_title(one.notice.title)].append(one)
        for known in series:
            for title in known.facts.patch_titles & by_title.keys():
                self._found[known.number] += by_title[title]

    def list_for(self, numbers: Iterable[int]) -> list[Sent]:
        """Return those that may tell of the series with some numbers."""
        found = [one for number in numbers for one in self._found.get(number, ())]
        return list({id(one): one for one in found}.values())


def _review_bin(task: tuple[_Bin, dict[int, _Link], Committers, list[Sent]]) -> int:
    """Write a bin's series, members, trailers and decisions."""
    one, links, committers, notices = task
    mails = _load(one)
    numbers = {mail_key(mail): number for mail, number in zip(mails, one.numbers, strict=True)}
    found = []
    for series in group_series(mails, edges=one.edges):
        link = links[numbers[series_key(series)]]
        update = {
            "previous": link.previous, "next": link.next, "chain": link.refs,
            "depends_on": link.depends_on,
        }  # fmt: skip
        found.append((series.model_copy(update=update), link))
    end = datetime.fromtimestamp(one.edges[1], UTC) if one.edges else None
    reviews = review_all(
        [series for series, _ in found],
        mails,
        end=end,
        committers=committers,
        notices=NoticeIndex(notices),
    )
    groups = Groups()
    groups.mails = mails
    groups.set_rows(
        SeriesRow(
            series=series, review=review, key=series_key(series), chain=link.chain,
            previous=link.previous_key, next=link.next_key, relation=link.relation,
        )
        for (series, link), review in zip(found, reviews, strict=True)
    )  # fmt: skip
    firsts = {row.key: row.series.messages[0] for row in groups.rows}
    _write_rows(one, SERIES, ((_place(firsts[row.key], 0), row) for row in groups.rows))
    for frame in (MEMBERS, DECISIONS):
        rows: Iterable[MemberRow | DecisionRow] = frame.list_rows(groups)
        placed = ((_place(firsts[row.key], within), row) for within, row in enumerate(rows))
        _write_rows(one, frame, placed)
    _write_rows(one, TRAILERS, _place_trailers(groups, numbers, firsts))
    return one.number


def _place_trailers(
    groups: Groups, numbers: dict[str, int], firsts: dict[str, AnyMessage]
) -> Iterator[tuple[_Place, Any]]:
    """Yield trailers with their places: those of mails as these come, then those of replies."""
    for within, row in enumerate(TRAILERS.list_rows(groups)):
        if row.origin == "reply" and row.series is not None:
            yield _place(firsts[row.series], within, 1), row
        elif row.message is not None:
            yield (0, float(numbers[mail_key(row.message)]), b"", b"", b"", within), row


def _write_rows(one: _Bin, frame: GroupFrame[Any], rows: Iterable[tuple[_Place, Any]]) -> None:
    builder = BatchBuilder(frame)
    places: list[_Place] = []
    for place, row in rows:
        places.append(place)
        builder.add(row)
    table = pa.Table.from_batches([builder.take()])
    for index, field in enumerate(_PLACE):
        table = table.append_column(field, pa.array([one[index] for one in places], field.type))
    path = Path(one.work) / f"{frame.name}-{one.number:05}.parquet"
    with named(path), open_parts([path]) as files:
        parquet.write_table(table, files[0], compression="zstd")


def _sort(work: Path, frame: GroupFrame[Any]) -> Iterator[pa.Table]:
    """Yield the rows of all bins in order, part by part; a table without rows is one part."""
    paths = sorted(work.glob(f"{frame.name}-*.parquet"))
    order, starts = _sort_places(paths)
    names = frame.schema.names
    for begin in range(0, max(1, len(order)), _PART):
        rows: dict[int, list[int]] = {}
        places: dict[int, list[int]] = {}
        for place, row in enumerate(order.slice(begin, _PART).to_pylist()):
            file = bisect_right(starts, row) - 1
            rows.setdefault(file, []).append(row - starts[file])
            places.setdefault(file, []).append(place)
        tables = [
            parquet.read_table(paths[file], columns=names, partitioning=None).take(pa.array(found))
            for file, found in rows.items()
        ]
        mixed = pa.concat_tables(tables) if tables else frame.schema.empty_table()
        back = sorted(zip(chain.from_iterable(places.values()), range(len(mixed)), strict=True))
        part = mixed.take(pa.array([row for _, row in back], pa.int64()))
        yield part.replace_schema_metadata(frame.schema.metadata)


def _sort_places(paths: Sequence[Path]) -> tuple[pa.Array, list[int]]:
    """Return the numbers of all rows in order, and with which number each file begins."""
    from pyarrow import compute  # which takes longer to import than what else is needed of it

    tables = [parquet.read_table(path, columns=_PLACE.names, partitioning=None) for path in paths]
    starts = [0, *accumulate(table.num_rows for table in tables)]
    places = pa.concat_tables(tables) if tables else _PLACE.empty_table()
    keys = [(name, "ascending") for name in _PLACE.names]
    return compute.sort_indices(places, sort_keys=keys), starts


def _write_parts(
    folder: Path, name: str, frame: GroupFrame[Any], parts: Iterable[pa.Table]
) -> tuple[int, list[Path]]:
    """Write the parts of a table; return how many rows they have, and their paths."""
    place = part_path(folder, frame.name, name, 0).parent
    with named(place):
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("part-*.parquet"):
            old.unlink()
    rows, paths = 0, []
    for number, part in enumerate(parts):
        path = part_path(folder, frame.name, name, number)
        with named(path), open_parts([path]) as files:
            parquet.write_table(part, files[0], compression="zstd")
        rows += part.num_rows
        paths.append(path)
    return rows, paths
