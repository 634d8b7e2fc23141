"""What one sentence says about applied patches, and who is known of those whom it names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from kvminbox.review.trees import Place
from kvminbox.review.wording import BARE_PRONOUN

MAX_VERBS: Final = 12
"""Words of a paragraph that are looked at as the verb of a claim."""

AFTER: Final = 320
"""Characters behind a verb that are read with it."""

PRONOUN_ALONE: Final = re.compile(BARE_PRONOUN, re.IGNORECASE)
_TESTERS: Final = frozenset(
    {"applied", "reapplied", "re-applied", "pulled", "picked", "took", "taken", "grabbed", "merged"}
)
_ON_TOP_OF: Final = re.compile(r"\bon\stop\sof\b", re.IGNORECASE)

Subject = Literal["sender", "patches", "nobody", "somebody"]


def _is_nobody(name: str) -> bool:
    del name
    return False


@dataclass(frozen=True, slots=True)
class People:
    """What is known of the people that a reply names."""

    knows: Callable[[str], bool] = _is_nobody
    """Whether somebody of a name, `Rob`, is known to commit."""

    owns: Callable[[str], bool] = _is_nobody
    """Whether somebody of a name sent the series, so that `Rob's patches` are these."""

    has_program: bool = False
    """Whether a program says it, in answer to a patch: its usual sentence is enough."""


NOBODY: Final = People()
"""Nobody is known where no corpus is at hand."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says about applied patches."""

    sentence: str
    """The sentence, its white space collapsed."""

    verb: str
    """The verb, in lower case."""

    subject: Subject
    """Who or what stands before the verb: `I've`, the patches, nobody, or `Rob has`."""

    named: str = ""
    """The words that name what was applied: `the series`, `this`, `patches 1-3`; often none."""

    more: str = ""
    """Words that name further patches: `and the rest`, `along with 2/3`."""

    tree: str = ""
    """The tree or branch, as written."""

    has_tree: bool = False
    """Whether a tree is told; `my tree` has no name."""

    tree_for: str = ""
    """The branch that it was applied for, where no other is told: `Applied for fixes.`"""

    somebody: str = ""
    """Who did it, where that is somebody else: `Rob`."""

    is_wish: bool = False
    """Whether it is said to thank for suggestions, which mostly go into a next version."""

    is_tried: bool = False
    """Whether its sender also tested it, and no more: a tester says so, and a committer."""

    is_inferred: bool = False
    """Whether it is only inferred: from thanks for it, or from what was not applied."""

    is_thanks: bool = False
    """Whether it thanks somebody for it, which an author does who heard of it."""

    by_title: bool = False
    """Whether its words count only where some titles have them, and others don't."""

    by_committer: bool = False
    """Whether it is believed only of somebody who commits: a tester tells the same."""

    is_some: bool = False
    """Whether `them` are some of the patches, as other words tell: `I'll look at the rest`."""

    of_mine: bool = False
    """Whether the sentence before is about a patch of its own sender's, which it may mean."""

    dropped: tuple[int, ...] = ()
    """The numbers of patches that its sender left out, as a later sentence tells."""

    follows: str = ""
    """The later sentence that tells it, or goes on with its list: `with changes: 1. I …`."""

    @property
    def where(self) -> str:
        """The tree, or else the branch that it was applied for."""
        return self.tree or self.tree_for

    @property
    def cited(self) -> str:
        """Its words as evidence, with what follows that changes what they mean."""
        return f"{self.sentence} {self.follows}".rstrip()

    @property
    def by_sender(self) -> bool:
        """Whether its sender did it, as far as its subject tells: `I've applied`, `Applied`."""
        return self.subject in {"sender", "nobody"}

    @property
    def is_any_testers(self) -> bool:
        """Whether a tester says the same: `I applied this series`, `on top of kvm/next`."""
        is_told = self.subject == "sender" or (self.subject == "nobody" and self.named != "")
        is_taken = self.verb in _TESTERS and is_told
        return is_taken and (not self.tree or _ON_TOP_OF.search(self.sentence) is not None)

    @property
    def is_of_release(self) -> bool:
        """Whether it says no more than in which release `this` was merged."""
        is_vague = self.subject == "patches" and self.is_pronoun and not self.tree
        return is_vague and re.search(r"\b(?:in|into) v?\d\.\d", self.sentence) is not None

    @property
    def is_pronoun(self) -> bool:
        """Whether what was applied is a mere `it` or `this`."""
        return PRONOUN_ALONE.fullmatch(self.named) is not None

    @property
    def is_vague(self) -> bool:
        """Whether what was applied is not named: `Applied`, `it is applied`."""
        return not self.named or self.is_pronoun


@dataclass(frozen=True, slots=True)
class Clause:
    """A claim, and the words around its verb."""

    claim: Claim
    before: str
    """What stands before the verb."""

    rest: str
    """What follows the verb and its object."""

    place: Place | None = None
    """The tree in it."""

    @property
    def is_sure(self) -> bool:
        """Whether the words about the tree have the shape of one."""
        return self.place is not None and self.place.is_sure

    @property
    def place_end(self) -> int:
        """Where in the rest the tree ends; 0 where no tree is given."""
        return self.place.end if self.place else 0

    @property
    def after(self) -> str:
        """What follows the tree; without one, the verb and its object."""
        return self.rest[self.place_end :]


Placed = tuple[int, Claim]
"""A claim, and the place of its paragraph in a mail."""
