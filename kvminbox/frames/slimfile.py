"""Slim mails in Parquet, with what tells which of them belong together.

They are stored as JSON and not pickled: a dataset may come from somebody else.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from kvminbox.frames.arrow import parquet
from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.columns import FLAG, INTEGER, NUMBER, TEXT, TEXTS
from kvminbox.models import (
    AnyMessage,
    CoverLetter,
    Gist,
    Patch,
    PullRequest,
    Submission,
    SuggestedPatch,
)
from kvminbox.models.message import PlainMessage
from kvminbox.order import arrival_time, parent_ids
from kvminbox.series.members import Member, is_numbered
from kvminbox.versions.places import pack_places

_MODELS: Final[dict[str, type[AnyMessage]]] = {
    model.__name__: model
    for model in (PlainMessage, Patch, CoverLetter, PullRequest, SuggestedPatch)
}

SCHEMA: Final = pa.schema(
    [
        ("model", TEXT), ("json", TEXT), ("gist", TEXT), ("content", TEXT), ("patch_id", TEXT),
        ("places", TEXT), ("arrived", NUMBER),
        # what it is called, what it answers, and what it names as answered otherwise
        ("ids", TEXTS), ("refs", TEXTS), ("loose", TEXTS),
        # of a patch or cover letter, by what it may be joined to others that it does not answer
        ("sender", TEXT), ("key", TEXT), ("stem", TEXT), ("total", INTEGER), ("time", NUMBER),
        ("past", FLAG),
    ]
)  # fmt: skip


def make_slim_rows(mails: Sequence[AnyMessage]) -> pa.RecordBatch:
    """Return slim mails as rows."""
    return pa.RecordBatch.from_pylist([_make_row(mail) for mail in mails], schema=SCHEMA)


def _make_row(mail: AnyMessage) -> dict[str, Any]:
    refs = parent_ids(mail)
    row: dict[str, Any] = {
        "model": type(mail).__name__,
        "json": mail.model_dump_json(),
        "gist": json.dumps(mail.gist) if mail.gist else None,
        "content": mail.content_key(),
        "patch_id": mail.patch_id() if isinstance(mail, Submission) else None,
        "places": json.dumps(pack_places(mail)) if isinstance(mail, Submission) else None,
        "arrived": arrival_time(mail),
        "ids": [one for one in (mail.message_id, *mail.other_message_ids) if one],
        "refs": refs,
        "loose": [one for one in mail.in_reply_to if one not in refs],
    }
    if isinstance(mail, Patch) or is_numbered(mail):
        member = Member(mail)
        is_past = member.total is not None and member.number > member.total
        row |= {
            "sender": str(member.sender), "key": repr(member.key), "stem": member.stem,
            "total": member.total, "time": member.time, "past": is_past and not member.is_cover,
        }  # fmt: skip
    return row


def read_slim(path: Path, places: Sequence[int]) -> Iterator[AnyMessage]:
    """Yield the slim mails at some places of a file; no two share a value yet."""
    table = parquet.read_table(path, columns=SCHEMA.names[:6], partitioning=None)
    for row in table.take(list(places)).to_pylist():
        mail = _MODELS[row["model"]].model_validate_json(row["json"])
        gist = Gist(*json.loads(row["gist"])) if row["gist"] else None
        vars(mail).update(_content_key=row["content"], _gist=gist)  # as of the whole mail
        if isinstance(mail, Submission):
            vars(mail)["_patch_id"] = row["patch_id"] or ""
            vars(mail)["_places"] = json.loads(row["places"])
        yield mail


def read_links(paths: Iterable[Path], columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield some columns of all mails, in order; one file is held at a time."""
    for path in paths:
        table = parquet.read_table(path, columns=columns, partitioning=None)
        yield from zip(*(column.to_pylist() for column in table.columns), strict=True)
