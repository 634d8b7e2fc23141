"""Resolve what a caller writes, `7b38cd471` or `v1~3`, to a commit of the archive."""

import re
from typing import Final

from kvminbox.archive.source import Source
from kvminbox.errors import RevisionError

_HEX = re.compile(r"[0-9a-f]{4,40}", re.IGNORECASE)
_STEPS = re.compile(r"([^~^]*+)((?:[~^]\d{0,9})++)")
_STEP = re.compile(r"([~^])(\d*)")
_TAG_TARGET = re.compile(rb"object ([0-9a-f]{40})\n")
MAX_TAGS: Final = 10
"""How many tags that point at tags are followed."""


def resolve_revision(source: Source, revision: str) -> str | None:
    """Return the commit that a revision names in one epoch; None if it names nothing there.

    Ids, refs and steps from them are resolved here, reading no more than needed;
    the rest of git's syntax (`@{yesterday}`, `:/words`) is left to libgit2.

    Raises:
        RevisionError: it is ambiguous, or names an object that is no commit.
        kvminbox.errors.ObjectError: an object on the way can't be read.
    """
    match = _STEPS.fullmatch(revision)
    name, steps = (match[1], match[2]) if match else (revision, "")
    oid = _find_object(source, name)
    if oid is None:
        oid = source.revparse(revision)
        return _peel(source, oid, revision) if oid else None
    commit: str | None = _peel(source, oid, revision)
    for mark, count in _STEP.findall(steps):
        commit = _step(source, commit, mark, count) if commit else None
    return commit


def _find_object(source: Source, name: str) -> str | None:
    if name in {"HEAD", "@"}:
        return source.find_head()
    # as for git, a branch may be called `abcd`, but forty digits are never a branch
    target = None if len(name) == 40 and _HEX.fullmatch(name) else source.find_reference(name)
    if target is not None or not _HEX.fullmatch(name):
        return target
    try:
        return source.expand_id(name.lower())
    except ValueError:
        raise RevisionError(
            "several objects have an id that begins like this", where=name, cure="give more digits"
        ) from None


def _peel(source: Source, oid: str, revision: str) -> str:
    for _ in range(MAX_TAGS):
        kind, data = source.read_object(oid)
        if kind == "commit":
            return oid
        match = _TAG_TARGET.match(data) if kind == "tag" else None
        if match is None:
            raise RevisionError(
                f"a {kind}, not a commit", where=revision, cure="give a commit of the archive"
            )
        oid = match[1].decode()
    raise RevisionError("too many tags point at each other", where=revision)


def _step(source: Source, commit: str, mark: str, count: str) -> str | None:
    number = int(count) if count else 1
    if mark == "^":
        parents = source.read_commit(commit).parents
        if number == 0:
            return commit
        return parents[number - 1] if number <= len(parents) else None
    for _ in range(number):
        parents = source.read_commit(commit).parents
        if not parents:
            return None
        commit = parents[0]
    return commit
