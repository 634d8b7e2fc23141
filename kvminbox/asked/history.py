"""MAINTAINERS as it was on a patch's day."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kvminbox.asked.expected import find_expected
from kvminbox.errors import ObjectError, RevisionError
from kvminbox.models import Asking, Corpus, Patch, Progress, Submission
from kvminbox.models.corpus import check_corpus
from kvminbox.subsystems import Maintainers, SectionEntry, parse_maintainers
from kvminbox.upstream import Tree
from kvminbox.upstream.several import check_tree

FILE: Final = "MAINTAINERS"
"""The file's name."""

MAX_KEPT: Final = 64
"""States of the file that are kept."""


class MaintainersOf(NamedTuple):
    """A state of MAINTAINERS, and the commit that has it."""

    maintainers: Maintainers
    commit: str
    reason: str


class MaintainersHistory:
    """The states of a tree's MAINTAINERS, each parsed once."""

    def __init__(self, tree: Tree) -> None:
        check_tree(tree)
        self._tree = tree
        self._parse = lru_cache(maxsize=MAX_KEPT)(_parse)

    def find(self, patch: Submission) -> MaintainersOf | None:
        """Return the file as of a patch; None if the tree has none by then.

        Raises:
            kvminbox.errors.ObjectError: an object of the tree can't be read.
            kvminbox.errors.UsageError: that state of the file has no section at all.
        """
        for commit, reason in self._list_commits(patch):
            if (found := self._tree.read_file(commit, FILE)) is not None:
                maintainers = self._parse(found[0], found[1])
                return MaintainersOf(maintainers, commit, reason)
        return None

    def _list_commits(self, patch: Submission) -> Iterator[tuple[str, str]]:
        if patch.base_commit and len(patch.base_commit) == 40:  # as git writes it
            try:
                base = self._tree.read_text(patch.base_commit).id
                yield base, f"{FILE} as of base-commit {base[:12]}"
            except (ObjectError, RevisionError):
                pass  # a base that is in no tree is no news
        moment = patch.date or (patch.entry.arrived if patch.entry else None)
        if moment is not None and (commit := self._tree.find_before(moment)):
            yield commit, f"{FILE} as of {commit[:12]}, the tree's last commit before the mail"


def _parse(oid: str, data: bytes) -> Maintainers:
    del oid  # the key
    return parse_maintainers(data.decode("utf-8", "replace"), source=FILE, on_line="skip")


def read_maintainers_of(patch: Submission, tree: Tree) -> Maintainers | None:
    """Return a tree's MAINTAINERS as of a patch: of its base-commit, else of its day.

    None if the tree has no such file by then.

    Raises:
        kvminbox.errors.ObjectError: an object of the tree can't be read.
        kvminbox.errors.UsageError: that state of the file has no section at all.
    """
    found = MaintainersHistory(tree).find(patch)
    return found.maintainers if found else None


def find_asked(corpus: Corpus, tree: Tree, *, progress: Progress | None = None) -> Iterator[Asking]:
    """Yield, patch by patch, who was to be asked by the MAINTAINERS of its day, and who was.

    A patch of a day before the tree's first MAINTAINERS is left out. Patches for another tree
    are asked for all the same: their paths may be in none of its sections.

    Raises:
        kvminbox.errors.ObjectError: a mail, or an object of the tree, can't be read.
        kvminbox.errors.UsageError: a state of the file has no section at all.
    """
    check_corpus(corpus)
    history = MaintainersHistory(tree)
    for message in corpus.messages(progress=progress):
        if not isinstance(message, Patch):
            continue
        found = history.find(message)
        if found is None:
            continue
        lines = (*found.maintainers.unread, *found.maintainers.unread_words)
        unread = [f"{_write(one)} can't be asked" for one in lines]
        yield Asking(
            message_id=message.message_id,
            title=message.title,
            commit=found.commit,
            expected=find_expected(message, found.maintainers),
            evidence=(found.reason, *unread[:3]),
        )


def _write(entry: SectionEntry) -> str:
    return f"{entry.letter}: {entry.value}" if entry.letter else repr(entry.value)
