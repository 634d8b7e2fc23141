"""What an index knows of somebody who sent no series of a window."""

import argparse
from contextlib import suppress
from pathlib import Path

from kvminbox.cli.people import People
from kvminbox.errors import QueryError
from kvminbox.index import Index


def find_senders(asked: str, options: argparse.Namespace) -> People:
    """Return who sent mails of the index with these words in name or address, once for each mail.

    They are nobody for an archive, all of whose mails would have to be read.
    """
    people = People()
    if not Path(options.path).is_file() or options.path.endswith(".bundle"):
        return people
    from kvminbox.index.query.words import find_words  # which nobody needs who is spelt right

    words = " ".join(find_words(asked))
    with Index.open(options.path, urls=options.urls) as index, suppress(QueryError):
        people.add(*(mail.sender for mail in index.search(f'f:"{words}"').messages()))
    return people
