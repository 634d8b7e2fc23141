"""What an index knows of somebody, or of a path, that no series of a window has."""

import argparse
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kvminbox.errors import QueryError
from kvminbox.index import Index
from kvminbox.models import AnyMessage
from kvminbox.people.nearest import Seen


def is_index(options: argparse.Namespace) -> bool:
    """Whether the options name an index, which can tell of all its mails without reading them."""
    return Path(options.path).is_file() and not options.path.endswith(".bundle")


def find_senders(asked: str, options: argparse.Namespace) -> Seen:
    """Return who sent mails of the index with these words in name or address, once for each mail.

    They are nobody for an archive, all of whose mails would have to be read.
    """
    people = Seen()
    people.add(*(mail.sender for mail in _search(f'f:"{_quote(asked)}"', options)))
    return people


def has_author(asked: str, options: argparse.Namespace) -> bool:
    """Whether a mail of the index has a patch of this whole name or address."""
    people = Seen()
    for mail in _search(f'author:"{_quote(asked)}"', options):
        if author := getattr(mail, "author", None):
            people.add(author)
    return people.has(asked)


def has_reader(asked: str, options: argparse.Namespace) -> bool:
    """Whether a mail of the index went to an address."""
    return _is_found(f'tc:"{_quote(asked)}"', options)


def has_path(asked: str, options: argparse.Namespace) -> bool:
    """Whether a mail of the index has a diff with the words of a path."""
    return _is_found(f'dfn:"{_quote(asked)}"', options)


def _quote(asked: str) -> str:
    from kvminbox.index.query.words import find_words  # which nobody needs who is spelt right

    return " ".join(find_words(asked))


def _search(query: str, options: argparse.Namespace) -> Iterator[AnyMessage]:
    if is_index(options):
        with Index.open(options.path, urls=options.urls) as index, suppress(QueryError):
            yield from index.search(query).messages()


def _is_found(query: str, options: argparse.Namespace) -> bool:
    if is_index(options):
        with Index.open(options.path, urls=options.urls) as index, suppress(QueryError):
            return len(index.search(query)) > 0
    return False
