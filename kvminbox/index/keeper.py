"""Results of reports that follow from certain mails alone, kept so that they are found once."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import Final

from kvminbox.errors import IndexFileError
from kvminbox.inbox.keeping import KeptResult
from kvminbox.index.blocks import FAST, pack_block, unpack_block
from kvminbox.index.database import Database
from kvminbox.index.reader import READER
from kvminbox.index.rows import KEPT, KeptRow, insert_into
from kvminbox.index.seal import is_kept_sound, seal_kept
from kvminbox.index.texts import AT_ONCE

_SELECT: Final = f"SELECT {KEPT} FROM kept WHERE key = ?"
_INSERT: Final = insert_into("kept", KeptRow._fields).replace("INSERT", "INSERT OR REPLACE", 1)

_DROP: Final = (
    "DELETE FROM kept WHERE result = ?"
    " AND id NOT IN (SELECT id FROM kept WHERE result = ? ORDER BY id DESC LIMIT ?)"
)


class Keeper:
    """Keeps results in an index file, for whoever asks the same of the same mails again.

    It is a convenience: a result that is damaged is as one that is not there, and where the file
    can't be written at the moment, nothing is kept. A purge takes all of them away.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def recall(self, key: bytes) -> str | None:
        """Return the result that is kept under a key; None if none is."""
        if self._database.closed:  # models outlive it, and so may what compares them
            return None
        values = self._database.row(_SELECT, (_own_key(key, self._database.urls),))
        row = KeptRow._make(values) if values else None
        if row is None or not is_kept_sound(row):
            return None
        data = unpack_block(row.data, row.size)
        return None if data is None else data.decode()

    def keep(self, results: Iterable[KeptResult]) -> None:
        """Keep some results of one kind, and none that other rules found, if it can be done now.

        A result is kept only if all its mails are there: a purge may have taken one away since
        it was read.
        """
        listed = list(results)
        if not listed or not self._database.writable:
            return
        with suppress(IndexFileError), self._database.transaction(wait=False):
            for one in {one.rules: one for one in listed}.values():
                sql = "DELETE FROM kept WHERE result = ? AND rules <> ?"
                self._database.execute(sql, (one.result, one.rules))
            has_all = cache(self._has_all)  # many are of the same mails
            urls = self._database.urls
            rows = (_make_row(one, urls) for one in listed if has_all(one.blobs))
            self._database.execute_many(_INSERT, rows)
            for one in {one.result: one for one in listed if one.most is not None}.values():
                self._database.execute(_DROP, (one.result, one.result, one.most))

    def _has_all(self, blobs: tuple[str, ...]) -> bool:
        rest = list({bytes.fromhex(blob) for blob in blobs})
        for start in range(0, len(rest), AT_ONCE):
            part = rest[start : start + AT_ONCE]
            marks = ", ".join("?" * len(part))
            sql = (
                f"SELECT count(DISTINCT blob) FROM entry WHERE block NOT NULL AND blob IN ({marks})"
            )
            if self._database.value(sql, part) != len(part):
                return False
        return True


def _own_key(key: bytes, urls: Mapping[str, str]) -> bytes:
    """Return a key that is another where mails are read by other rules, or have other addresses."""
    own = b"%b/%d" % (key, READER)
    return own + b"/" + sha256(repr(sorted(urls.items())).encode()).digest() if urls else own


def _make_row(one: KeptResult, urls: Mapping[str, str]) -> KeptRow:
    data = one.value.encode()
    row = KeptRow(
        _own_key(one.key, urls), one.result, one.rules, len(data), pack_block([data], FAST), seal=0
    )
    return seal_kept(row)
