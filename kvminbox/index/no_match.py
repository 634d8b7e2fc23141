"""Why a search found nothing: somebody whom no mail has."""

import re
from collections.abc import Iterator
from typing import Final

from kvminbox.errors import QueryError
from kvminbox.index.index import Index

_MOST: Final = 5
"""Terms of a query that are looked at."""

_TERM: Final = re.compile(r'(?<![\w:"-])(?:f|t|c|tc|tcf|a|author):(?:"[^"*]*"|[^\s()"*]+(?![\w*]))')


def explain_no_match(index: Index, query: str) -> Iterator[str]:
    """Yield for each person of a query whom no mail has, who may be meant.

    Args:
        index: where it found nothing.
        query: the query, which can be understood.
    """
    for term in list_person_terms(query)[:_MOST]:
        try:
            if len(index.search(term)):
                continue
        except QueryError:  # a word that means something else by itself
            continue
        near = index.nearest_person(term.partition(":")[2].strip('"'))
        yield f"{term}: no mail has it; {f'did you mean {near}?' if near else 'check the spelling'}"


def list_person_terms(query: str) -> list[str]:
    """Return the terms of a query that name people, as written.

    >>> list_person_terms('f:ada@lamp.example (t:"Ben Okafor" OR s:f) author:ewa*')
    ['f:ada@lamp.example', 't:"Ben Okafor"']
    """
    return list(dict.fromkeys(_TERM.findall(query)))
