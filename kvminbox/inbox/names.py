"""What an archive is called: by its directory, or by its list where the directory tells nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from kvminbox.archive import Source
from kvminbox.errors import KvminboxError
from kvminbox.words import is_name

_LOOKED_AT: Final = 50
"""Mails, the newest ones, whose List-Ids are looked at."""

_NO_NAME: Final = re.compile(r"\d*(?:\.?git)?")
# what people call the directory of any archive, or of all they have
_GENERIC: Final = frozenset([
    "all", "archive", "archives", "bare", "clone", "clones", "data", "epoch", "epochs", "home",
    "inbox", "inboxes", "list", "lists", "lore", "mail", "mails", "mirror", "mirrors",
    "public-inbox", "repo", "repos", "repository", "root", "src", "temp", "tmp", "work",
])  # fmt: skip


def choose_name(git_dir: Path, find_list: Callable[[], str]) -> str:
    """Return the name of the directory that an archive is in, epochs and `git` passed over.

    Where that is one that any archive may have, such as `repo`, it is called by its list, else
    by the next directory above.

    Args:
        git_dir: a git repository of it.
        find_list: returns the name of its list; empty if that is not known.

    >>> choose_name(Path("/srv/lemons/git/0.git"), str), choose_name(Path("/srv/kvm.git"), str)
    ('lemons', 'kvm')
    >>> choose_name(Path("/srv/lemons/repo"), str), choose_name(Path("/tmp/0.git"), lambda: "kvm")
    ('lemons', 'kvm')
    """
    parts = _list_parts(git_dir)
    if not parts:
        return find_list() or str(git_dir)
    if parts[-1].lower() not in _GENERIC:
        return parts[-1]
    telling = [part for part in parts[1:] if part.lower() not in _GENERIC]
    return find_list() or (telling or parts)[-1]


def list_other_names(git_dir: Path, name: str) -> Iterable[str]:
    """Yield further names for an archive whose name another one has."""
    above = [part for part in _list_parts(git_dir)[1:] if part.lower() not in {*_GENERIC, name}]
    if above:
        yield f"{above[-1]}-{name}"
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def find_list_name(sources: Iterable[Source]) -> str:
    """Return the first word of the commonest List-Id of the newest mails; empty without any."""
    from kvminbox.patches import read_message  # an index, which has its name, starts faster

    found: Counter[str] = Counter()
    for source in sources:
        with suppress(KvminboxError):  # who reads the mails is told what can't be read
            changes = source.list_changes(source.tip, None) if source.tip else iter(())
            for change in islice(changes, _LOOKED_AT):
                if change.kind == "message":
                    found[read_message(source.read_blob(change.blob)).list_id or ""] += 1
    del found[""]
    most = max(found, key=lambda one: (found[one], one.encode()), default="")
    word = most.partition(".")[0]
    return word if is_name(word) else ""


def _list_parts(git_dir: Path) -> list[str]:
    parts = (part.removesuffix(".git") for part in git_dir.resolve().parts
             if not _NO_NAME.fullmatch(part))  # fmt: skip
    return list(parts)
