"""What an index calls an archive that it is to read."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kvminbox.errors import KvminboxError
from kvminbox.inbox import Inbox
from kvminbox.inbox.names import list_other_names
from kvminbox.index.database import Database, to_storable
from kvminbox.index.plan import find_place


def find_inbox_name(
    database: Database, archives: Mapping[str, Mapping[int, str]], inbox: Inbox
) -> str:
    """Return the name of an archive in an index, or the one that it gets there.

    Args:
        database: the file.
        archives: the paths of its inboxes, by name and epoch.
        inbox: the archive.
    """
    places = {find_place(source) for source in inbox.sources.values()}
    for name, paths in archives.items():
        if not places.isdisjoint(paths.values()):
            return name
    name = to_storable(inbox.name)
    if name not in archives or not _is_another(database, name, archives[name], inbox):
        return name
    git_dir = Path(inbox.epochs[0].path)
    return next(other for other in list_other_names(git_dir, name) if other not in archives)


def _is_another(database: Database, name: str, paths: Mapping[int, str], inbox: Inbox) -> bool:
    """Whether the inbox of a name is another archive: it is still there, and shares no commit.

    One that was moved, and rewritten, is refused by the update where it has lost mails.
    """
    if not any(map(os.path.exists, paths.values())):
        return False
    sql = "SELECT tip FROM epoch JOIN inbox ON inbox.id = inbox WHERE name = ? AND number = ?"
    for number, source in inbox.sources.items():
        known = database.value(sql, (name, number))
        if known is not None:
            with suppress(KvminboxError):
                source.read_commit(known.hex())
                return False
        if source.tip and database.value(
            "SELECT 1 FROM entry JOIN epoch ON epoch.id = epoch JOIN inbox ON inbox.id = inbox"
            " WHERE oid = ? AND name = ?", (bytes.fromhex(source.tip), name),
        ):  # fmt: skip
            return False
    return True
