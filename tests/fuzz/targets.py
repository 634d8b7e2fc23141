"""The targets by name, each with the rooms whose branches guide it."""

from collections.abc import Callable
from typing import Final, NamedTuple

from tests.fuzz import archives, mails, patches, words


class Target(NamedTuple):
    """A function that takes any bytes, and how long they may be."""

    run: Callable[[bytes], None]
    longest: int = 4_096
    share: float = 1.0
    """Of a number of runs that is asked for, how many it gets: some are slow."""


TARGETS: Final = {
    "header": Target(mails.header),
    "mime": Target(mails.mime),
    "charset": Target(mails.charset, 512),
    "subject": Target(patches.subject, 512),
    "diff": Target(patches.diff),
    "patch-split": Target(patches.patch_split),
    "trailers": Target(patches.trailers),
    "git-objects": Target(archives.git_objects, 1_024, 0.5),
    "index-file": Target(archives.index_file, 256, 0.05),
    "query": Target(words.query, 512),
    "mailmap": Target(words.mailmap),
    "maintainers": Target(words.maintainers, 2_048),
}
