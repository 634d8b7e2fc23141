"""The mails that could not be read, and that the owner of an index has said to do without.

Each has a row in `meta`, whose key is `skip:` and the id of its blob, or of its commit where it
has none. So a mail that can't be read later is none of them, and a history that is written anew
with the same mails changes nothing.
"""

from collections.abc import Iterable
from typing import Final

from kvminbox.index.database import Database
from kvminbox.index.seal import check_seal, write_seal
from kvminbox.models import Problem

_SKIP: Final = "skip:"


def name_problem(problem: Problem) -> str:
    """Return the id by which an accepted problem is known again."""
    return problem.entry.blob or problem.entry.commit


def read_accepted(database: Database) -> frozenset[str]:
    """Return the ids of the accepted problems."""
    check_seal(database)
    rows = database.query("SELECT key FROM meta WHERE key GLOB ?", (f"{_SKIP}*",))
    return frozenset(str(key).removeprefix(_SKIP) for (key,) in rows)


def write_accepted(database: Database, problems: Iterable[Problem]) -> None:
    """Make these problems the accepted ones, and no others."""
    wanted = frozenset(map(name_problem, problems))
    if wanted == read_accepted(database):
        return
    with database.transaction():
        check_seal(database)  # before it is written anew
        database.execute("DELETE FROM meta WHERE key GLOB ?", (f"{_SKIP}*",))
        rows = [(f"{_SKIP}{one}",) for one in sorted(wanted)]
        database.execute_many("INSERT INTO meta VALUES (?, 1)", rows)
        write_seal(database)
