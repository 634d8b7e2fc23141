"""The facts of a series that tell which other series it continues."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain, islice
from typing import Any, Final, Self

from kvminbox.models import (
    Address,
    Diffstat,
    Patch,
    Prerequisite,
    PullRequest,
    Series,
    SeriesRef,
    SeriesStatus,
    Subject,
)
from kvminbox.models.series import find_mark
from kvminbox.order import arrival_time, body_of, message_order, parent_ids, sent_time
from kvminbox.versions.mentions import (
    Mention,
    Superseded,
    Told,
    find_mentions,
    find_said_revisions,
    find_superseded,
    find_told,
)
from kvminbox.versions.places import Place, places_of
from kvminbox.versions.stable import find_releases, is_for_stable, read_release
from kvminbox.versions.titles import cut_area, normalise_title
from kvminbox.words import fold_name

MAX_FILES: Final = 256
"""How many files of a series are considered."""

MIN_TOPIC: Final = 4
"""Words of a topic that tells a patch from others: `fix a typo` does not."""

MAX_PREREQUISITES: Final = 100
"""Prerequisites of one series that are looked up."""

Shape = bytes
"""A digest of the paths of a patch with their added and removed lines."""

TO_PULL: Final = "The following changes since commit"
"""What git request-pull writes, and the cover letter of a series that comes with a pull request."""
_COMMIT = re.compile(r"(?:Fixes:[ \t]*)?([0-9a-f]{8})[0-9a-f]*\b", re.IGNORECASE)


@dataclass(eq=False)
class Facts:
    """A series, with the facts that are compared; each is computed when first asked for."""

    series: Series

    def detach(self, known: dict[object, Any]) -> Self:
        """Compute all facts and let go of the mails, so that those of a million fit into memory.

        Args:
            known: what was found of other series, of which equal values are shared.
        """
        for name in _FACTS:
            value = getattr(self, name)
            if isinstance(value, frozenset):
                value = frozenset(known.setdefault(one, one) for one in value)
            if isinstance(value, frozenset | Superseded | Told):
                vars(self)[name] = known.setdefault(value, value)
        for shape in self.shapes:
            self.patch_id(shape)
        if self.series.messages[0].entry is not None:
            # its place in an archive tells it from all others
            self._keys = (self._keys[0][:4],)
        del self.series, self._subject
        return self

    @cached_property
    def _keys(self) -> tuple[tuple[object, ...], ...]:
        return tuple(message_order(message) for message in self.series.messages)

    @property
    def order(self) -> tuple[object, ...]:
        """Its sort key among all series, whatever order they came in.

        Of two sent in one second, the first to arrive is the first.
        """
        return (self.sent, self.arrived or 0.0, self._keys)

    @cached_property
    def sent(self) -> float:
        """When its first mail was sent, in seconds since 1970; see `sending.set_times`."""
        return self.claimed

    @cached_property
    def claimed(self) -> float:
        """When its first mail says that it was sent, in seconds since 1970."""
        return sent_time(self.series.messages[0])

    @cached_property
    def is_reminder(self) -> bool:
        """Whether it is a whole series' cover letter, alone; see `sending.place_reminders`."""
        return False

    @cached_property
    def whole(self) -> "Facts | None":
        """The whole series that has its patches, sent within a day; see `sending.place_parts`."""
        return None

    @property
    def is_apart(self) -> bool:
        """Whether it has but a part of what was sent, so that no version follows it."""
        return self.is_reminder or self.whole is not None

    @cached_property
    def arrived(self) -> float | None:
        """When its first mail arrived, in seconds since 1970; None if unknown."""
        return arrival_time(self.series.messages[0])

    @cached_property
    def status(self) -> SeriesStatus:
        """How the patches found compare with the stated total."""
        return self.series.status

    @cached_property
    def total(self) -> int:
        """How many patches its mails say there are."""
        return self.series.total

    @cached_property
    def patches(self) -> int:
        """How many there are, counting each number once."""
        return len(self.series.patches)

    @cached_property
    def has_cover(self) -> bool:
        """Whether it has a cover letter."""
        return self.series.cover is not None

    @cached_property
    def revision_stated(self) -> bool:
        """Whether any of its mails states a revision."""
        return self.series.revision_stated

    @cached_property
    def sender(self) -> Address:
        """Who sent it."""
        return self.series.sender

    @cached_property
    def author_email(self) -> str:
        """The address of who wrote it, in lower case."""
        return self.series.author.email.lower()

    @cached_property
    def titles_by_id(self) -> dict[str | None, str]:
        """The title of each of several patches as written, by its Message-ID."""
        patches = self.series.patches
        return {one.message_id: one.title for one in patches} if len(patches) > 1 else {}

    @cached_property
    def prerequisites(self) -> tuple[Prerequisite, ...]:
        """What its mails say that it builds on, in its order."""
        named = (getattr(message, "prerequisites", ()) for message in self.series.messages)
        found = dict.fromkeys(chain.from_iterable(named))
        return tuple(islice(found, MAX_PREREQUISITES))

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
        """What people call it: `v2`, `RFC v1`, `v5.5`."""
        return self.ref.label

    @cached_property
    def _subject(self) -> Subject:
        """The subject that marks it: its cover letter's, unless that is a plain mail."""
        return find_mark(self.series) or self.series.messages[0].subject

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
        return self._subject.is_pull or isinstance(self.series.cover, PullRequest)

    @cached_property
    def is_to_be_pulled(self) -> bool:
        """Whether it comes with a pull request, be it `[PATCH net 0/2] pull-request: net`."""
        cover = self.series.cover
        return self.is_pull or (cover is not None and TO_PULL in body_of(cover))

    @cached_property
    def is_patch_too(self) -> bool:
        """Whether its subject says PATCH, too: `[GIT PULL][PATCH v2 0/5]`."""
        return any(token.kind == "patch" for token in self._subject.tokens)

    @cached_property
    def is_partial(self) -> bool:
        """Whether it replaces only some patches of an earlier revision."""
        return self.series.minor_revision is not None or self.series.status == "partial_reroll"

    @cached_property
    def replaced(self) -> tuple[int, int, int] | None:
        """Revision, number and total of a `[PATCH v6.2 6/7]` alone, which replaces that of v6.1."""
        if self.series.minor_revision is None or len(self.series.patches) != 1 or self.has_cover:
            return None
        return self.revision, self.series.numbers[0], self.total

    @property
    def is_lone(self) -> bool:
        """Whether it is one patch without a cover letter."""
        return not self.has_cover and self.total == 1

    @cached_property
    def title(self) -> str:
        """Its title, normalised for comparison."""
        return normalise_title(self.series.title)

    @cached_property
    def patch_titles(self) -> frozenset[str]:
        """The titles of its patches, normalised for comparison."""
        return frozenset(normalise_title(patch.title) for patch in self.series.patches) - {""}

    @cached_property
    def topics(self) -> frozenset[str]:
        """What the titles of its patches say behind their subsystems, if that is some words."""
        found = map(cut_area, self.patch_titles)
        return frozenset(topic for topic in found if len(topic.split()) >= MIN_TOPIC)

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
    def above(self) -> tuple[str, ...]:
        """The ids of what stands further up in its thread; see `later.Above`."""
        return ()

    @cached_property
    def change_ids(self) -> frozenset[str]:
        """The change-ids that its mails state."""
        found = (getattr(message, "change_id", None) for message in self.series.messages)
        return frozenset(change_id for change_id in found if change_id)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The address and the name of who sent it, in lower case."""
        sender = self.sender
        return tuple(filter(None, (sender.email.lower(), fold_name(sender.name))))

    @cached_property
    def shapes(self) -> dict[Shape, Patch | str | None]:
        """Its patches, or their patch-ids, by shape; equal patch-ids imply equal shapes."""
        return {_shape(one.diffstat): one for one in self.series.patches if one.diffstat.files}

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths that it changes."""
        stats = (patch.diffstat for patch in self.series.patches)
        paths = (path for stat in stats for path in sorted(one.path for one in stat.files))
        return frozenset(islice(dict.fromkeys(paths), MAX_FILES))

    @cached_property
    def places(self) -> frozenset[Place]:
        """Which lines it changes, for a lone patch."""
        return places_of(self.series.patches[0]) if self.is_lone else frozenset()

    @cached_property
    def others(self) -> frozenset[str]:
        """The addresses of those but the sender who wrote its patches."""
        sender = self.sender.email.lower()
        return frozenset(patch.author.email.lower() for patch in self.series.patches) - {sender}

    @cached_property
    def has_own(self) -> bool:
        """Whether the sender wrote any of its patches."""
        sender = self.sender.email.lower()
        return any(patch.author.email.lower() == sender for patch in self.series.patches)

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
        return frozenset(tree for tree in named if read_release(tree) is None)

    @cached_property
    def releases(self) -> frozenset[str]:
        """The releases that its subject names, as `6.12`, whether to be in them or from them."""
        return find_releases(self._subject.trees)

    @cached_property
    def is_stable(self) -> bool:
        """Whether it is for a stable tree: its subject says so, or it is called a backport."""
        return is_for_stable(self.series, self._subject)

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

    def patch_id(self, shape: Shape) -> str | None:
        """Return the patch-id of the patch with a shape."""
        found = self.shapes[shape]
        if isinstance(found, Patch):
            found = self.shapes[shape] = found.patch_id()
        return found


_FACTS: Final = [name for name, fact in vars(Facts).items() if isinstance(fact, cached_property)]


def _shape(diffstat: Diffstat) -> Shape:
    counts = sorted((one.path, one.insertions, one.deletions) for one in diffstat.files)
    return blake2b(repr(counts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
