"""Targets for what users write or provide: queries, dates, lists of people and files."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from kvminbox import Inbox, Index
from kvminbox.errors import QueryError, UsageError
from kvminbox.index.query import parse_query
from kvminbox.models import Address
from kvminbox.people import (
    Mailmap,
    parse_aliases,
    parse_employers,
    parse_gitdm_config,
    parse_group_map,
    parse_mailmap,
)
from kvminbox.sample import make_sample
from kvminbox.subsystems import Maintainers, parse_maintainers

NOW = datetime(2025, 6, 20, tzinfo=UTC)
PATHS = ("arch/x86/kvm/mmu.c", "drivers/x", "Makefile", "a\\b[c].*")
_Found = TypeVar("_Found")


@cache
def _index() -> Index:
    folder = Path(tempfile.mkdtemp(prefix="kvminbox-fuzz-"))
    index = Index.open(folder / "sample.sqlite", create=True)
    index.update(Inbox.open(make_sample(folder)))
    return index


def query(data: bytes) -> None:
    """A query is understood and accepted by SQLite, or refused with the place."""
    text = data.decode("utf-8", "replace")
    try:
        assert parse_query(text, now=NOW) == parse_query(text, now=NOW)
        list(_index().search(text).message_ids(5))
    except QueryError as error:
        assert error.where
        assert "\n" not in str(error)


def mailmap(data: bytes) -> None:
    """Lists of people: each is read, or refused with its line."""
    text = data.decode("utf-8", "replace")
    found = _try(parse_mailmap, text) or Mailmap()
    for entry in found.entries:
        mapped = found.map(Address(name=entry.old_name or "", email=entry.old_email))
        assert mapped.email or not entry.email
    for read in (parse_aliases, parse_employers, parse_gitdm_config, _parse_group):
        _try(read, text)


def _parse_group(text: str) -> object:
    return parse_group_map(text, employer="Wood")


def maintainers(data: bytes) -> None:
    """A MAINTAINERS file is read and asked for paths, or refused with its line."""
    found = _try(parse_maintainers, data.decode("utf-8", "replace")) or Maintainers()
    for path in PATHS:
        for match in found.find_sections(path):
            assert match.evidence


def _try(read: Callable[[str], _Found], text: str) -> _Found | None:
    try:
        return read(text)
    except UsageError as error:
        assert "\n" not in str(error)
        return None
