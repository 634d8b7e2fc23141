"""An inbox as a Dask DataFrame; it needs the extra `dask`.

>>> from kvminbox.dask import read_inbox
"""

from typing import Any

from kvminbox.errors import MissingExtraError
from kvminbox.frames.frame import MAIL_FRAMES
from kvminbox.frames.pieces import make_table
from kvminbox.inbox import Inbox, Shard, Window
from kvminbox.inbox.inbox import check_inbox

try:
    import dask.dataframe as dask_frame
    import pandas as pd
except ImportError:
    raise MissingExtraError.of("dask", "Dask DataFrames need dask") from None

__all__ = ["read_inbox"]


def read_inbox(
    inbox: Inbox, table: str = "messages", *, window: Window | None = None, mails: int = 5_000
) -> Any:  # noqa: ANN401  # dask is untyped
    """Return a table of an inbox as a Dask DataFrame, with a partition for each shard.

    Nothing is read until it is asked for; each partition is read where it is worked on, from
    the inbox's own path. Columns have Arrow types. For what is asked often, write a dataset
    once with `kvminbox.frames.write_dataset` and read that.

    Args:
        inbox: the archive, at a path that all workers have.
        table: `messages`, `patches` or `files`.
        window: which of its mails; None for all.
        mails: how many mails a partition has at the most.

    Raises:
        KeyError: no such table, or it is made of groups.
        kvminbox.KvminboxError: as `Inbox.shards`; and when it is computed, as a window.
    """
    frame = {one.name: one for one in MAIL_FRAMES}[table]
    empty = _to_pandas(frame.schema.empty_table())
    check_inbox(inbox)
    shards = inbox.shards(mails=mails, window=window)
    if not shards:
        return dask_frame.from_pandas(empty, npartitions=1)
    return dask_frame.from_map(_read, shards, table=table, meta=empty, enforce_metadata=False)


def _read(shard: Shard, *, table: str) -> Any:  # noqa: ANN401  # pandas is untyped here
    return _to_pandas(make_table(shard, table))


def _to_pandas(table: Any) -> Any:  # noqa: ANN401  # Arrow's
    return table.to_pandas(types_mapper=pd.ArrowDtype)
