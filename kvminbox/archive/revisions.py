"""From what a caller writes, `7b38cd471` or `v1~3`, to a commit of the archive."""

import re
from typing import Final

from kvminbox.archive.history import NamedHistory
from kvminbox.errors import RevisionError

_HEX = re.compile(r"[0-9a-f]{4,40}", re.IGNORECASE)
_STEPS = re.compile(r"([^~^]*+)((?:[~^]\d{0,9})++)")
_STEP = re.compile(r"([~^])(\d*)")
_TAG_TARGET = re.compile(rb"object ([0-9a-f]{40})\n")
MAX_TAGS: Final = 10
"""Tags that point at tags are followed so far."""


def resolve_revision(history: NamedHistory, revision: str) -> str | None:
    """Give the commit that a revision names in one history; None if it names nothing there.

    Ids, refs and steps from them are found here, reading no more than is needed;
    anything else of git's syntax (`@{yesterday}`, `:/words`) is left to libgit2.

    Raises:
        RevisionError: it is ambiguous, or names an object that is no commit.
        kvminbox.errors.ObjectError: an object on the way can't be read.
    """
    match = _STEPS.fullmatch(revision)
    name, steps = (match[1], match[2]) if match else (revision, "")
    oid = _find_object(history, name)
    if oid is None:
        oid = history.revparse(revision)
        return _peel(history, oid, revision) if oid else None
    commit: str | None = _peel(history, oid, revision)
    for mark, count in _STEP.findall(steps):
        commit = _step(history, commit, mark, count) if commit else None
    return commit


def _find_object(history: NamedHistory, name: str) -> str | None:
    if name in {"HEAD", "@"}:
        return history.find_head()
    # as for git, a branch may be called `abcd`, but forty digits are never a branch
    target = None if len(name) == 40 and _HEX.fullmatch(name) else history.find_reference(name)
    if target is not None or not _HEX.fullmatch(name):
        return target
    try:
        return history.expand_id(name.lower())
    except ValueError:
        raise RevisionError(
            "several objects have an id that begins so", where=name, cure="give more of its digits"
        ) from None


def _peel(history: NamedHistory, oid: str, revision: str) -> str:
    for _ in range(MAX_TAGS):
        kind, data = history.read_object(oid)
        if kind == "commit":
            return oid
        match = _TAG_TARGET.match(data) if kind == "tag" else None
        if match is None:
            raise RevisionError(
                f"it is a {kind}, no commit", where=revision, cure="name a commit of the archive"
            )
        oid = match[1].decode()
    raise RevisionError("too many tags point at each other", where=revision)


def _step(history: NamedHistory, commit: str, mark: str, count: str) -> str | None:
    number = int(count) if count else 1
    if mark == "^":
        parents = history.read_commit(commit).parents
        if number == 0:
            return commit
        return parents[number - 1] if number <= len(parents) else None
    for _ in range(number):
        parents = history.read_commit(commit).parents
        if not parents:
            return None
        commit = parents[0]
    return commit
