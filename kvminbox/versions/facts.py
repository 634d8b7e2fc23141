"""The facts of a series that tell which other series it continues."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kvminbox.models import Message, Patch, Series, SeriesRef, Subject
from kvminbox.order import arrival_time, body_of, message_order, parent_ids
from kvminbox.versions.mentions import (
    Mention,
    Superseded,
    Told,
    find_mentions,
    find_said_revisions,
    find_superseded,
    find_told,
)

MAX_FILES: Final = 256
"""How many files of a series are considered."""

MAX_BACKPORT: Final = 4_000
"""Characters of a mail in which the commit that it backports is looked for."""

Shape = tuple[tuple[str, int, int], ...]
"""The paths of a patch with their added and removed lines."""

# `4.19`, `v4.19`, `4.19.y`, `for-6.12`, `6.1-stable`, `linux-5.10.y`, `for-stable-5.4`
_RELEASE = re.compile(
    r"(?:linux-|stable-|for-)*v?(\d{1,2}\.\d{1,3})(?:\.\d{1,3})?(\.y|[-.]stable|)(?:[-.]rc\d+)?"
)
_FINAL_REVISION = re.compile(r",? [(\[]?v\d{1,2}[)\]]?$")
_COMMIT = re.compile(r"(?:Fixes:[ \t]*)?([0-9a-f]{8})[0-9a-f]*\b", re.IGNORECASE)
# what a backport says: `[ Upstream commit 0a1b2c… ]`, `commit 0a1b2c… upstream.`
_BACKPORT = re.compile(
    r"^[ \t(\[]*(?:upstream commit [0-9a-f]{8}|commit [0-9a-f]{8,40} upstream)"
    r"|^\(?(?:cherry[- ]picked|backported) from (?:commit|upstream)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(eq=False)
class Facts:
    """A series, with the facts that are compared; each is computed when first asked for."""

    series: Series

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Its sort key among all series, whatever order they came in.

        Of two sent in one second, the first to arrive is the first.
        """
        keys = tuple(message_order(message) for message in self.series.messages)
        return (self.sent, self.arrived or 0.0, keys)

    @cached_property
    def sent(self) -> float:
        """When its first mail was sent, in seconds since 1970; see `sending.set_times`."""
        return self.claimed

    @cached_property
    def claimed(self) -> float:
        """When its first mail says that it was sent, in seconds since 1970."""
        return message_order(self.series.messages[0])[0]

    @cached_property
    def arrived(self) -> float | None:
        """When its first mail arrived, in seconds since 1970; None if unknown."""
        return arrival_time(self.series.messages[0])

    @cached_property
    def ref(self) -> SeriesRef:
        """Its name."""
        return self.series.ref

    @cached_property
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
    def is_resend(self) -> bool:
        """Whether its subject says RESEND."""
        return self._subject.is_resend

    @cached_property
    def is_pull(self) -> bool:
        """Whether it comes with a pull request: a maintainer's series with a `[GIT PULL]` cover."""
        return self._subject.is_pull

    @cached_property
    def is_patch_too(self) -> bool:
        """Whether its subject says PATCH, too: `[GIT PULL][PATCH v2 0/5]`."""
        return any(token.kind == "patch" for token in self._subject.tokens)

    @property
    def is_partial(self) -> bool:
        """Whether it replaces only some patches of an earlier revision."""
        return self.series.minor_revision is not None or self.series.status == "partial_reroll"

    @property
    def is_lone(self) -> bool:
        """Whether it is one patch without a cover letter."""
        return self.series.cover is None and self.series.total == 1

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
    def others(self) -> frozenset[str]:
        """The addresses of those but the sender who wrote its patches."""
        sender = self.series.sender.email.lower()
        return frozenset(patch.author.email.lower() for patch in self.series.patches) - {sender}

    @cached_property
    def fixes(self) -> frozenset[str]:
        """The commits that its patches fix, eight digits of each."""
        trailers = (trailer for patch in self.series.patches for trailer in patch.trailers)
        found = (_COMMIT.match(one.value) for one in trailers if one.name.lower() == "fixes")
        return frozenset(match[1].lower() for match in found if match)

    @cached_property
    def trees(self) -> frozenset[str]:
        """The words of its subject that name a tree or project, releases left out."""
        named = (tree.lower() for tree in self._subject.trees)
        return frozenset(tree for tree in named if not _RELEASE.fullmatch(tree))

    @cached_property
    def releases(self) -> frozenset[str]:
        """The releases that its subject names, as `6.12`, whether to be in them or from them."""
        trees = self._subject.trees
        found = (_RELEASE.fullmatch(tree.lower()) for tree in trees)
        return frozenset(match[1] for match in found if match)

    @cached_property
    def is_stable(self) -> bool:
        """Whether it is for a stable tree: its subject says so, or it is called a backport."""
        trees = [tree.lower() for tree in self._subject.trees]
        releases = [match for match in map(_RELEASE.fullmatch, trees) if match]
        if any("stable" in tree or "autosel" in tree for tree in trees):
            return True
        if any(match[2] for match in releases):
            return True
        return bool(releases) and is_backport(self.series)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mails that its texts link to."""
        return find_mentions(self.series)

    @cached_property
    def superseded(self) -> Superseded:
        """What lines of its mails say of what it replaces, and of what replaces it."""
        return find_superseded(self.series.messages)

    @cached_property
    def told(self) -> Told:
        """What its sentences say that it replaces."""
        return find_told(self.series)

    @cached_property
    def said_revisions(self) -> frozenset[int]:
        """The earlier revisions that its texts list changes from."""
        return find_said_revisions(self.series)

    @cached_property
    def _patch_ids(self) -> dict[Shape, str | None]:
        return {}

    def patch_id(self, shape: Shape) -> str | None:
        """Return the patch-id of the patch with a shape."""
        if shape not in self._patch_ids:
            self._patch_ids[shape] = self.shapes[shape].patch_id()
        return self._patch_ids[shape]


def is_backport(series: Series) -> bool:
    """Whether one of its mails names the upstream commit that it is made from."""
    return any(map(find_backport, series.messages))


def find_backport(message: Message) -> str:
    """Return the words with which a mail names that commit; empty if it names none."""
    text = body_of(message)[:MAX_BACKPORT]
    lowered = text.lower()
    if "upstream" not in lowered and "from commit" not in lowered:
        return ""
    match = _BACKPORT.search(text)
    return match[0] if match else ""


def normalise_title(title: str) -> str:
    """Return a title in lower case and with single spaces, without a final full stop.

    A revision at its end, `bdi cleanups v5`, is left out.
    """
    plain = " ".join(title.casefold().split()).rstrip(".")
    return _FINAL_REVISION.sub("", plain, 1) or plain
