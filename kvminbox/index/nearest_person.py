"""Whom somebody may have meant who misspelt a name or an address."""

from typing import Final

from kvminbox.index.database import Database
from kvminbox.models import Address
from kvminbox.people.nearest import Seen

MAX_PEOPLE: Final = 200_000
"""Mailboxes of an index that are compared with a name."""

_PEOPLE: Final = "SELECT name, email FROM person ORDER BY id LIMIT ?"


def find_nearest_person(database: Database, given: str) -> str | None:
    """Return who is nearest to a name or address that nobody has; None if nobody is near."""
    seen = Seen()
    rows = database.query(_PEOPLE, (MAX_PEOPLE,))
    seen.add(*(Address.model_construct(name=name, email=email) for name, email in rows))
    return None if seen.has(given) else seen.suggest(given) or None
