"""The facts of a series that tell which other series it continues."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from kvminbox.models import Patch, Series, SeriesRef, Subject
from kvminbox.order import message_order, parent_ids
from kvminbox.trailers import is_same_person

MAX_FILES: Final = 256
"""How many files of a series are considered."""

MAX_TITLE: Final = 1_000
"""Characters of a title whose words are compared."""

Shape = tuple[tuple[str, int, int], ...]
"""The paths of a patch with their added and removed lines."""


@dataclass(eq=False)
class Facts:
    """A series, with the facts that are compared; each is computed when first asked for."""

    series: Series

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Its sort key among all series, whatever order they came in."""
        return tuple(message_order(message) for message in self.series.messages)

    @cached_property
    def time(self) -> float:
        """When its first mail was sent, in seconds since 1970."""
        return message_order(self.series.messages[0])[0]

    @cached_property
    def ref(self) -> SeriesRef:
        """Its name."""
        return self.series.ref

    @property
    def revision(self) -> int:
        """Its revision, stated or not."""
        return self.series.revision

    @cached_property
    def label(self) -> str:
        """What people call it: `v2`, `RFC v1`."""
        return f"{'RFC ' if self.is_rfc else ''}v{self.revision}"

    @cached_property
    def _subject(self) -> Subject:
        """The subject that marks it: its cover letter's, unless that is a plain mail."""
        first = self.series.messages[0].subject
        is_plain = not first.tokens and self.series.patches
        return self.series.patches[0].subject if is_plain else first

    @cached_property
    def is_rfc(self) -> bool:
        """Whether it asks for comments only."""
        return self._subject.is_rfc

    @cached_property
    def is_pull(self) -> bool:
        """Whether it comes with a pull request: a maintainer's series with a `[GIT PULL]` cover.

        `[GIT PULL][PATCH v2 0/5]` is a series for review that may be pulled, too.
        """
        is_patch = any(token.kind == "patch" for token in self._subject.tokens)
        return self._subject.is_pull and not is_patch

    @property
    def is_partial(self) -> bool:
        """Whether it replaces only some patches of an earlier revision."""
        return self.series.minor_revision is not None or self.series.status == "partial_reroll"

    @cached_property
    def title(self) -> str:
        """Its title, normalised for comparison."""
        return normalise_title(self.series.title)

    @cached_property
    def patch_titles(self) -> frozenset[str]:
        """The titles of its patches, normalised for comparison."""
        return frozenset(normalise_title(patch.title) for patch in self.series.patches) - {""}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The Message-IDs of its mails."""
        messages = (*self.series.messages, *self.series.duplicates)
        return tuple(message.message_id for message in messages if message.message_id)

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """The ids that its mails refer to, except its own."""
        found = dict.fromkeys(
            identity for message in self.series.messages for identity in parent_ids(message)
        )
        own = frozenset(self.ids)
        return tuple(identity for identity in found if identity not in own)

    @cached_property
    def change_ids(self) -> frozenset[str]:
        """The change-ids that its mails state."""
        found = (getattr(message, "change_id", None) for message in self.series.messages)
        return frozenset(change_id for change_id in found if change_id)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The address and the name of who sent it, in lower case."""
        sender = self.series.sender
        return tuple(filter(None, (sender.email.lower(), " ".join(sender.name.casefold().split()))))

    @cached_property
    def shapes(self) -> dict[Shape, Patch]:
        """Its patches by the shape of their diffs; equal patch-ids imply equal shapes."""
        found: dict[Shape, Patch] = {}
        for patch in self.series.patches:
            files = patch.diffstat.files
            shape = ((file.path, file.insertions, file.deletions) for file in files)
            found[tuple(sorted(shape))] = patch
        found.pop((), None)
        return found

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths that it changes."""
        paths = {path: None for shape in self.shapes for path, _, _ in shape}
        return frozenset(list(paths)[:MAX_FILES])

    @cached_property
    def stable_trees(self) -> frozenset[str]:
        """The release trees that it is for, such as `4.19` or `stable`."""
        named = (tree.lower() for tree in self._subject.trees)
        return frozenset(tree for tree in named if tree[:1].isdigit() or "stable" in tree)

    @cached_property
    def _patch_ids(self) -> dict[Shape, str | None]:
        return {}

    def patch_id(self, shape: Shape) -> str | None:
        """Return the patch-id of the patch with a shape."""
        if shape not in self._patch_ids:
            self._patch_ids[shape] = self.shapes[shape].patch_id()
        return self._patch_ids[shape]


def normalise_title(title: str) -> str:
    """Return a title in lower case and with single spaces, without a final full stop."""
    return " ".join(title.casefold().split()).rstrip(".")


@lru_cache(maxsize=1024)
def _words(title: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in title).split())


def compare_titles(one: str, other: str) -> float:
    """Return the share of words that two normalised titles have in common, from 0 to 1."""
    left, right = _words(one[:MAX_TITLE]), _words(other[:MAX_TITLE])
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def same_people(one: Facts, other: Facts) -> bool:
    """Whether two series have one sender, or one author."""
    if not set(one.people).isdisjoint(other.people):
        return True
    if is_same_person(one.series.sender, other.series.sender):
        return True
    authors = (one.series.author, other.series.author)
    return authors[0].email.lower() == authors[1].email.lower() != ""


def share_of_titles(one: Facts, other: Facts) -> float:
    """Return the share of the smaller one's patch titles that the other has too, from 0 to 1."""
    smaller = min(len(one.patch_titles), len(other.patch_titles))
    return len(one.patch_titles & other.patch_titles) / smaller if smaller else 0.0


def share_of_files(one: Facts, other: Facts) -> float:
    """Return the share of all their paths that both change, from 0 to 1."""
    either = len(one.files | other.files)
    return len(one.files & other.files) / either if either else 0.0


def share_of_patches(one: Facts, other: Facts) -> float:
    """Return the share of the larger one's patches with patch-ids of the other, from 0 to 1."""
    larger = max(len(one.series.patches), len(other.series.patches))
    shapes = one.shapes.keys() & other.shapes.keys()
    same = sum(one.patch_id(shape) == other.patch_id(shape) is not None for shape in shapes)
    return same / larger if larger else 0.0


def likeness(one: Facts, other: Facts) -> float:
    """Return how alike the titles of two series, or of their patches, are, from 0 to 1."""
    if one.title == other.title:
        return 1.0
    return max(compare_titles(one.title, other.title), share_of_titles(one, other))
