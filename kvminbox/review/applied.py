"""Mails that say that patches were applied, by maintainers and by their programs."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import Final

from kvminbox.models import AppliedForm, Message, SuggestedPatch
from kvminbox.review import wording
from kvminbox.review.cited import find_cited
from kvminbox.review.claim import NOBODY, Claim, People
from kvminbox.review.commented import drop_heads
from kvminbox.review.committers import Committers
from kvminbox.review.formula import is_formula
from kvminbox.review.listed_titles import (
    MAX_TITLES,
    drop_titles,
    find_listed,
    fold_title,
    read_title,
)
from kvminbox.review.own_text import own_lines_and_titles
from kvminbox.review.phrases import find_claims, may_claim
from kvminbox.review.selection import UNKNOWN, Selection, find_elsewhere, parse_selection
from kvminbox.review.trees import find_commits, find_place
from kvminbox.review.trials import is_trial_told

MAX_PARAGRAPHS: Final = 100
"""Paragraphs of a mail that are read, of those with a word such as `applied`."""

MAX_ABOVE: Final = 400
"""Characters of an unfinished paragraph that are read together with the next one."""

_LISTS: Final = "a list of patches with their commits"
# `[1/2] title`; patchwork-bot's `  - [net-next,v2,1/2] title`, `  - [v2] title`, `  - title`
_LISTED: Final = re.compile(
    r"^\s*(?:[-*]\s*)?\[(?:[^\]\s]{1,60}[,\s])?(?P<n>\d{1,4})/(?P<m>\d{1,4})\]\s+(?P<title>\S.*)$"
    r"|^\s+-\s(?:\[[^\]\s]{1,60}\]\s+)?(?P<alone>\S.*)$"
)
# `0123456789ab KVM: a timer`, below `2 patch(es) applied to kvm-next branch of kvm.git`
_COMMIT_AND_TITLE: Final = re.compile(r"([0-9a-f]{12,40})\s+(\w.*:.*)")
_NO_COMMIT: Final = re.compile(r"^\s*\(no commit info\)\s*$")
_PROGRAM: Final = re.compile(r"^(?:commit-id:|gitweb:)", re.IGNORECASE)
# `Applied`, and right below it: `On Mon, 3 Mar 2025 Ada wrote:`
_ATTRIBUTION: Final = re.compile(r"^On\b[^\n]{0,300}(?:\n[^\n]{0,200})?\bwrote:$", re.MULTILINE)
_PATCHES: Final = re.compile(r"\b(?:series|patch|set|patch-?sets?|patches)\b", re.IGNORECASE)
# below the title of one of them
_NOT_APPLIED: Final = re.compile(r"not (?:applied|taken|merged|queued|picked)\b", re.IGNORECASE)
# verbs that an author says of his next version, too
_SELDOM: Final = frozenset(
    {"picked", "took", "taken", "added", "put", "integrated", "included", "staged", "grabbed"}
)
# those that a maintainer says of his own series
_TAKEN: Final = frozenset({"picked", "took", "taken", "staged"})
# trees that are no author's own: `I've added this to my kvm-next branch`
_MAINTAINED: Final = re.compile(r"next|fixes|review|(?<!\w)for-|linus|master|staging|urgent")
# `https://github.com/ada/linux/commits/timers`, which only who commits calls a tree
_FORGE: Final = re.compile(r"://(?:www\.)?git(?:hub|lab)\.com/\S+/(?:commits?|tree|compare)/")
# what stands before an author's own branch
_MINE: Final = re.compile(r"\b(?:my|a|an)\s(?:\S+\s){0,3}$")
_FOR_NEXT: Final = re.compile(r"(?<!\w)(?:for-(?:next|fixes|linus)|(?<=[/ ])(?:next|fixes))$")
_IN_LINUS: Final = re.compile(r"\balready in (?:Linus|mainline\b)")
# `fyi, this was merged for v6.8-rc1`
_FOR_RELEASE: Final = re.compile(r"\b(?:for|in|into) v?\d\.\d")
# `The patch was taken by another maintainer`
_BY_MAINTAINER: Final = re.compile(r"\bby (?:\w+ ){0,2}maintainer\b", re.IGNORECASE)
# `the last version of the DP MST patchset`
_NAMED_SET: Final = re.compile(
    r"\bthe\s(?P<words>(?:[\w./-]+\s){1,3})(?:patch-?set|series)\b", re.IGNORECASE
)
# what means more than the titles right above it
_ANY_OF_ALL: Final = re.compile(
    r"\b(?:series|set|patch-?sets?|whole|entire|all|everything|lot|pile|rest|remaining|others?)\b",
    re.IGNORECASE,
)
_ACRONYM: Final = re.compile(r"\b[A-Z][A-Z0-9]{1,7}\b")
_REASON: Final = re.compile(
    r"\b(?:is|are|was|were|look|looks)\b[^.;]*?,\s(?:so\s|and\s)?(?=(?:I|we)\b)", re.IGNORECASE
)
# `I have applied the proposed fix and tested`, though other sentences sound like a maintainer's
_TESTER: Final = re.compile(
    r"\b(?:applied|picked|pulled|took)\b[^.;,]{1,60}?\sand\s(?:\w+\s)?(?:re)?(?:tested|booted|built)\b",
    re.IGNORECASE,
)
# an author's `pushed the updated patch`
_RENEWED: Final = re.compile(
    r"\b(?:updates|updated|new|revised|fixed|changed|modified)\b", re.IGNORECASE
)
# an author's `I tested your changes and merged`
_SUGGESTED: Final = re.compile(
    r"\b(?:your|the|suggested|requested|these|those)\s(?:\w+\s)?(?:changes?|suggestions?|comments?|fixes|diffs?"
    r"|snippets?|feedback)\b",
    re.IGNORECASE,
)
# an author's `I also applied it to mm-unstable with only one conflict`, `on top of net-next`
_TRIED_ON: Final = re.compile(
    r"\b(?:with|without)\s(?:only|just|no|any|a few|some)\s[^.;]{0,30}?conflicts?\b"
    r"|\bapplied\s(?:it|this|them|the series)\son top of\b"
    # `I was waiting for the fix, so I queued the series without it`
    r"|\b(?:applied|queued|pushed)\s(?:it|this|the series)\swithout (?:it|that|this)\b",
    re.IGNORECASE,
)
_IN_MY_TREE: Final = re.compile(
    r"\bin\s(?:my|our)\s(?:\S+\s)?(?:tree|branch|queue)\b", re.IGNORECASE
)
_COMMIT_URL: Final = re.compile(r"://\S*(?:/commits?/|/c/|[?&;]id=)(?:[0-9a-f]{7}|\w+/?$)")
# a reviewer's wish is applied, and no `This has been merged, thanks`
_MERGED: Final = re.compile(
    r"this (?:has (?:just |now )?been|is now) merged(?: now)?"
    r"\W*(?:thanks)?\W*",
    re.IGNORECASE,
)
_NEXT_VERSION: Final = re.compile(
    r"\b(?:(?:for|in|with) (?:v\d{1,2}"
    r"|(?:the|my|a) (?:next|new|coming) (?:version|revision|series|re-?spin))"
    r"|next (?:wip )?v\d{1,2})\b"
    r"(?![.-]\d)",
    re.IGNORECASE,
)
# an author's `Ack, will apply this for v6`
_PLANS_NEXT: Final = re.compile(
    r"(?:\b(?:will|going to)\b|['’]ll\b)[^.;\n]{0,60}\b(?:for|in) v\d{1,2}\b(?![.-]\d)",
    re.IGNORECASE,
)
# an author's `ack, applied`, by which he takes up what was suggested
_CONSENTS: Final = re.compile(
    r"\W*(?:ack|acked|agreed|indeed|makes sense|good (?:point|idea|catch|call)|sounds good|will do"
    r"|makes sense to me|you(?:['’]re| are) right)\b[^.;]{0,40}",
    re.IGNORECASE,
)
# `I don't think we need this`, `let's defer on this one`
_DECLINED: Final = re.compile(
    r"\b(?:I )?(?:don['’]t|do not) (?:think|believe) (?:that )?(?:we|you) (?:really )?need"
    r" (?:this|it|these|them|the patch)\b"
    r"|\b(?:we|you) (?:really )?(?:don['’]t|do not) need (?:this|these|the patch)\b"
    r"|\b(?:let['’]?s|let us|we should) (?:just )?"
    r"(?:defer|postpone|skip|drop|hold off|not (?:do|take|apply))"
    r" (?:on |with )?(?:this|it|these|that)\b",
    re.IGNORECASE,
)
# `That should go into 6.14, it's queued up`, of what the sentence before names
_THAT_GOES: Final = re.compile(
    r"\W*(?:that|those|which) (?:one )?(?:should|will|would|is going to|are going to)\b",
    re.IGNORECASE,
)
# `This patch is in the mm tree. But this series is a fix`, and so the patch is no part of it
_BUT_THE_SERIES: Final = re.compile(
    r"\bbut (?:this|the|your) series (?:is|needs|should|has)\b", re.IGNORECASE
)
_A_PATCH: Final = re.compile(r"(?:this|that|the) patch", re.IGNORECASE)
# below a report, `Thanks, fixed and pushed to my branch` is about no patch of the mail
_FIX_PUSHED: Final = re.compile(
    r"\b(?:fixed|added (?:a|the) (?:fix|workaround))\b[^.;]{0,60}\band pushed\b", re.IGNORECASE
)
_VERSION: Final = re.compile(r"(?<![\w.-])v(\d{1,2})(?![\w/-]|\.\d)", re.IGNORECASE)
_INSTEAD_OF: Final = re.compile(r"\binstead of v(\d{1,2})\b", re.IGNORECASE)
# `I've applied the newer version, not this one`
_NEWER: Final = re.compile(
    r"\b(?:new|newer|next|latest|later|other|updated)\s(?:version|revision|series|set|one)"
    r"(?:\sinstead)?,?\s(?:and\s|but\s)?not\s(?:this|that|these|those)\b",
    re.IGNORECASE,
)
# an author's `pushed it, thanks` has a reviewer's consent
_THANKED: Final = re.compile(
    r"\b(?:pushed|merged|queued) (?:it|them|this|these),? (?:thanks|thank you)\b", re.IGNORECASE
)
# a paragraph that goes on in the next one: `Applied to:`, `has been applied to`, `the patch titled`
_GOES_ON: Final = re.compile(r"(?:(?:\b(?:to|at|in|into)|:)|\b(?:titled))\s*$", re.IGNORECASE)
_NUMBERS_ALONE: Final = re.compile(r"\s*\[?\d{1,4}(?:\s*[,-]\s*\d{1,4}){1,40}\]?\s*$")
# `applied to kvm/next and sanity tested, so:`, and below it a `Tested-by:`
_TESTED_BY: Final = re.compile(r"\s*(?:[\w-]+-and-)?tested-by: ?\S", re.IGNORECASE)
_TRIED: Final = re.compile(r"\b(?:re-?)?(?:tested|booted|verified|tried)\b", re.IGNORECASE)
# what somebody tells of who tried what he applied
_TRIAL: Final = re.compile(
    r"\b(?:(?:re-?)?tested|(?:re)?boot(?:ed|s|ing)|(?:re-?)?built|compile[sd]|crash(?:es|ed)|fail(?:s|ed)"
    r"|(?:same|following|the) errors?|dmesg|printk|(?:can(?:not|['’]t)? )?reproduce[sd]?|works"
    r"|will report|report (?:back|tomorrow)|let you know (?:how|if|what)"
    r"|panics?|lock(?:s|ed) up|oops|splat|hangs?|able to|benchmark\w*)\b",
    re.IGNORECASE,
)
_SHOWN: Final = re.compile(
    r"\b(?:following|below)\s(?:\w+\s)?(?:patch|fix|change|diff|hunk)\b", re.IGNORECASE
)
_LOG: Final = re.compile(r"\bRIP:|\[ *\d+\.\d{6}\]")
_ADDRESS: Final = re.compile(r"\s*(?:https?|git|ssh)://|\s*git@|\s*[\w.-]+/[\w./-]+\s*$")


@dataclass(frozen=True, slots=True)
class Author:
    """What is known of a series' author where he answers."""

    answers_patch: bool = True
    """Whether he answers a patch itself, or a reply that approves of it, and no other reply."""

    commits: bool = False
    """Whether he is known to commit what others send."""

    sends_again: bool = False
    """Whether there is a next revision, which may be what he speaks of."""

    def is_sure_of(self, claim: Claim) -> bool:
        """Whether a claim holds though he makes it.

        `Folded this in`, `I applied it`, `pushed to my branch` are about a next version.
        """
        if "version" in claim.named.lower() or _NEXT_VERSION.search(_cut_rest(claim.sentence)):
            return False
        if re.search(r"\bv\d", claim.tree, re.IGNORECASE) and "/" not in claim.tree:
            return False  # `applied to my current v2 branch`
        if re.match(r"local\b", claim.tree, re.IGNORECASE):
            return False  # `applied to my local tree`
        is_own_deed = claim.subject in {"sender", "nobody"}
        is_bare = is_own_deed and not claim.named and not claim.has_tree
        if is_bare and (not self.commits or self.sends_again) and _consents(claim):
            return False  # `ack, applied`
        if is_own_deed and claim.named.lower().startswith("your "):
            return False  # `I've put your patch into my tree`, which is another's
        if claim.subject == "patches" and not self.commits and not _is_told_whole(claim):
            return False  # an author's `it fails (with the patches applied)`
        if is_own_deed and not self.commits and _TRIED_ON.search(claim.sentence):
            return False
        if claim.verb == "applying" and re.fullmatch(r"(?:the )?changes", claim.named):
            return False  # `Got it. Applying changes now.`
        if claim.named.lower() == "the result" and not _MAINTAINED.search(claim.tree):
            return False  # `I've folded this into the series and pushed the result out`
        if claim.verb == "pushed" and _RENEWED.search(claim.named):
            return False
        is_any = claim.named and not claim.is_pronoun and _PATCHES.search(claim.named) is None
        if claim.verb == "pushed" and is_any and not claim.has_tree and not self.commits:
            return False  # `I pushed the binding before`
        if claim.verb in {"pushed", "put"} and (_is_own_branch(claim) or _is_on_forge(claim)):
            return False
        if claim.verb in {"folded", "squashed", "in"}:
            is_seen = _PATCHES.search(claim.named) is not None and claim.verb == "in"
            is_seen = is_seen and claim.tree.lower().startswith(("linux-next", "mainline"))
            # `Everything is in Linus' tree now`
            is_all = re.match(r"(?:both|all|everything)\b", claim.named, re.IGNORECASE)
            is_seen = is_seen or bool(
                is_all and claim.verb == "in" and re.search(r"\bLinus\b", claim.sentence)
            )
            # `Anyway, it's already in Linus's tree.`
            is_seen = is_seen or _IN_LINUS.search(claim.sentence) is not None
            return is_seen or (claim.verb == "in" and self.commits and not self.sends_again)
        if self.commits and not self.sends_again:
            return claim.verb not in _SELDOM or bool(claim.tree) or claim.verb in _TAKEN
        if self.sends_again and not self.commits and claim.subject == "sender" and not claim.tree:
            return False  # `I only applied patch 3 to see what helps`
        if claim.verb in _SELDOM:
            is_named = _PATCHES.search(claim.named) is not None
            if is_named and (claim.somebody or _BY_MAINTAINER.search(claim.sentence)):
                return True
            return bool(claim.tree) and (is_named or _MAINTAINED.search(claim.tree) is not None)
        is_own_tree = "://" in claim.tree or (claim.has_tree and not claim.tree)
        if claim.verb == "pushed" and is_own_tree and not _FOR_NEXT.search(claim.tree):
            return False
        if (
            claim.subject == "patches"
            and claim.is_pronoun
            and not _MERGED.fullmatch(claim.sentence)
        ):
            is_all = re.match(r"(?:both|all|everything)\b", claim.named, re.IGNORECASE)
            is_told = _MAINTAINED.search(claim.tree) is not None
            if claim.named.lower() == "this":  # `it` may be what the patch changes
                is_told = is_told or _FOR_RELEASE.search(claim.sentence) is not None
            return self.answers_patch or is_all is not None or is_told
        suggested = claim.named or ("" if claim.tree else claim.sentence)
        if not self.answers_patch and _SUGGESTED.search(suggested):
            return False
        if claim.tree:
            return True
        if _COMMIT_URL.search(claim.sentence) or _MERGED.fullmatch(claim.sentence):
            return True
        if claim.is_pronoun:
            return (
                self.answers_patch
                or claim.verb == "queued"
                or _THANKED.search(claim.sentence) is not None
            )
        return bool(claim.named) or self.answers_patch or claim.verb not in {"applied", "picked"}


def _consents(claim: Claim) -> bool:
    """Whether an author takes up with it what was suggested: `ack, applied`."""
    said = claim.sentence[: claim.sentence.lower().find(claim.verb)]
    return _CONSENTS.fullmatch(said) is not None


def _cut_rest(sentence: str) -> str:
    """Return a sentence without what it says of others: `merged 1-3, the rest will go in v3`."""
    return re.split(r"[,;]\s(?:and\s|but\s)?the\s(?:rest|others?|remaining)\b", sentence)[0]


def _is_told_whole(claim: Claim) -> bool:
    """Whether a sentence about patches has a predicate, a tree, or thanks: `they are applied`."""
    if claim.has_tree or re.search(r"\bthank|\bthx\b", claim.sentence, re.IGNORECASE):
        return True
    said = rf"(?:{wording.COPULA}|\b(?:now|all|both|already))\s(?:[\w-]+\s){{0,3}}{claim.verb}\b"
    is_bare = re.fullmatch(r"(?:the\s)?patch(?:es)?", claim.named, re.IGNORECASE) is not None
    return not is_bare or re.search(said, claim.sentence, re.IGNORECASE) is not None


def _is_own_branch(claim: Claim) -> bool:
    """Whether an author's branch is only there to be fetched: `pushed v2 to my timers branch`."""
    if not claim.tree or _MAINTAINED.search(claim.tree):
        return False
    return _MINE.search(claim.sentence.partition(claim.tree)[0]) is not None


Item = tuple[int, int, str]
"""A line `[n/m] title` of a list: number, total and title."""

UNCOUNTED: Final = 0
"""The total where a list has no numbers."""


@dataclass(frozen=True, slots=True)
class Above:
    """The lines right above a paragraph that may be titles, quoted or typed."""

    lines: tuple[str, ...] = ()
    is_kept: bool = False
    """Whether they are all that is left of what was quoted: the other titles were deleted."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one sentence says: which patches were applied, and where."""

    selection: Selection
    """The patches that it names."""

    tree: str = ""
    """The tree, as written."""

    evidence: str = ""
    """The sentence."""

    above: Above = Above()
    """The lines right above it, if its words may mean those that have these titles: `these two`."""

    is_loose: bool = False
    """Whether its words tell no patches apart: `Applied`, `I've applied the patches`."""

    is_apart: bool = False
    """Whether it is said that its patches are elsewhere than the others, wherever that is."""

    is_rest: bool = False
    """Whether it means those that no other part names."""

    def choose(
        self, titles: Mapping[int, str], answered: int, told: frozenset[int]
    ) -> frozenset[int]:
        """Return the numbers that are meant.

        Args:
            titles: the patches' titles by number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
            told: the patches whose titles the mail has above any words.
        """
        above = self.above.lines
        found = find_listed(above, titles) if above and answered == 0 else frozenset()
        count = self.selection.count
        # without a number, words are about the titles above them where others are elsewhere
        others = titles.keys() if self.above.is_kept else told
        if found and (len(found) == count if count else found < others):
            return found
        # of a series that was sent elsewhere, or before, not all titles are known
        is_part = self.above.is_kept and self.is_loose and len(above) < len(titles)
        if is_part and answered == 0 and not all(titles.values()):
            return frozenset()
        return frozenset(self.selection.choose(titles, answered))


@dataclass(frozen=True, slots=True)
class Share:
    """The patches that went to one tree."""

    patches: tuple[int, ...]
    tree: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AppliedText:
    """What a mail says about applied patches, before it is known which series it answers."""

    evidence: str
    commits: tuple[str, ...]
    tree: str
    listed: tuple[Item, ...]
    """`[n/m] title` lines with their commit, as number, total and title."""

    parts: tuple[Part, ...]
    """Which patches its sentences name, and the tree of each."""

    listed_above: tuple[tuple[str, ...], ...] = ()
    """The lines right above its paragraphs, which may be titles."""

    by_sender: bool = True
    """Whether it says that its sender did it, and nobody else, as far as words tell."""

    somebody: str = ""
    """Who else did it, where that is said: `Rob`."""

    subjects: frozenset[str] = frozenset()
    """Acronyms by which its sentences name patches: `MST` of `the MST bindings patchset`."""

    below: frozenset[str] = frozenset()
    """Own lines, folded, where patches are named as the following: their titles may be there."""

    claims: tuple[Claim, ...] = ()
    """What each of its sentences says."""

    @property
    def is_loose(self) -> bool:
        """Whether none of its words tells patches apart: `I've applied the patches`."""
        return not self.listed and bool(self.parts) and all(one.is_loose for one in self.parts)

    def find_form(self, *, commits: bool) -> AppliedForm:
        """Return in which form a person says it.

        Args:
            commits: whether the sender is known to commit.
        """
        if self.listed:
            return "list"
        is_usual = self.claims and all(is_formula(one, commits=commits) for one in self.claims)
        return "formula" if is_usual else "free"

    def is_about(self, titles: Iterable[str]) -> bool:
        """Whether the series that is named, if any is, may be one of these titles."""
        titles = list(titles)
        if self.parts and not any(one.selection.may_mean(titles) for one in self.parts):
            return False
        words = {word.upper() for title in titles for word in re.findall(r"\w+", title)}
        return not self.subjects or not self.subjects.isdisjoint(words)

    def names_more(self, total: int) -> bool:
        """Whether its words are about a longer series: `The first two patches were merged`."""
        ends = [max(one.selection.first, one.selection.last) for one in self.parts]
        return bool(ends) and min(ends) > total

    def find_patches(self, titles: Mapping[int, str], answered: int) -> tuple[int, ...]:
        """Return the numbers that are meant, out of patches with these titles.

        Args:
            titles: the patches' titles by number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
        """
        if self.listed:
            return _match_listed(self.listed, titles)
        found = frozenset[int]().union(*self._choose(titles, answered))
        if not found and self.below:
            found = frozenset(
                number for number, title in titles.items() if fold_title(title) in self.below
            )
        return tuple(sorted(found))

    def divide(self, titles: Mapping[int, str], answered: int) -> tuple[Share, ...]:
        """Return what went to which tree; one share of all where the words do not tell it.

        Args:
            titles: the patches' titles by number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
        """
        whole = Share(self.find_patches(titles, answered), self.tree, self.evidence)
        trees = {one.tree for one in self.parts if one.tree or one.is_apart}
        # which tree has which of the commits is not told
        if len(trees) < 2 or self.listed or self.commits:
            return (whole,)
        chosen = self._choose(titles, answered)
        named = frozenset[int]().union(
            *(found for one, found in zip(self.parts, chosen, strict=True) if not one.is_rest)
        )
        shares: dict[str, tuple[set[int], str]] = {}
        for one, found in zip(self.parts, chosen, strict=True):
            numbers, _ = shares.setdefault(one.tree, (set(), one.evidence))
            numbers |= found - named if one.is_rest else found
        counted = sum(len(numbers) for numbers, _ in shares.values())
        if counted != len(whole.patches) or not all(numbers for numbers, _ in shares.values()):
            return (whole,)
        return tuple(
            Share(tuple(sorted(numbers)), tree, evidence)
            for tree, (numbers, evidence) in shares.items()
        )

    def _choose(self, titles: Mapping[int, str], answered: int) -> list[frozenset[int]]:
        """Return the numbers that each part means."""
        told = frozenset[int]()
        if any(one.above.lines for one in self.parts):
            told = told.union(*(find_listed(one, titles) for one in self.listed_above))
        return [one.choose(titles, answered, told) for one in self.parts]


def find_applied(message: Message, *, committers: Committers | None = None) -> AppliedText | None:
    """Find what a mail says about applied patches; None if it does not say that any were.

    It knows the words of maintainers ("Applied to kvmarm/next, thanks!", "Queued,
    thanks."), of `b4 ty`, and of patchwork-bot, pr-tracker-bot and tip-bot2.
    Questions, plans and conditions do not count, nor does what somebody applied to
    test it. Below another subject than a patch's or a pull request's, a tree must be
    named; below a pull request's, "applied 3-4" does not count, since a pull request has
    no patches. Who sent the mail is not asked: reviews also leave out what a series' own
    author says, such as "Applied" below a reviewer's wish.

    Args:
        message: a mail of any kind.
        committers: who commits, as `find_committers` tells of the corpus, so that "Rob
            merged it" is believed; without it, a tree or an "already" is needed.
    """
    # numbers are those of pull requests only where the subject counts them: `[GIT PULL 1/5]`
    is_pull = message.subject.is_pull and not message.subject.counter_stated
    shows_patch = isinstance(message, SuggestedPatch)
    said = ClaimText(own_lines_and_titles(message))
    is_told = message.subject.has_patch_mark and message.subject.revision_stated
    read = partial(
        read_applied,
        said,
        revision=message.subject.revision if is_told and not is_pull else None,
        is_pull=is_pull,
        shows_patch=shows_patch,
    )
    found = read()
    if found is None and committers is not None:
        found = read(people=People(knows=committers.knows))
        if found is not None:
            found = replace(found, evidence=found.evidence + committers.explain(found.somebody))
    if found is None:
        return None
    subject = message.subject
    is_about_patches = subject.has_patch_mark or subject.is_pull or message.kind == "bot"
    if not is_about_patches and _FIX_PUSHED.search(found.evidence):
        return None
    return found if is_about_patches or found.tree or found.listed else None


_Placed = tuple[int, Claim]


class ClaimText:
    """The lines that a mail's sender wrote, with what they claim, which is asked several times.

    Whom a corpus knows as committers is told by what the same lines claim, so they are read
    without that first.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = drop_heads(_cut_footer(lines))
        self.lines = drop_titles(self._lines)
        self.text = "\n".join(self.lines)
        self._found: dict[Callable[[str], bool], tuple[list[_Placed], frozenset[str]]] = {}

    @cached_property
    def listed(self) -> list[tuple[Item, str]]:
        """The patches of a list with their commits, as b4 and bots write it."""
        text = self.text
        return _find_listed(text.split("\n")) if "[" in text or "  - " in text else []

    @cached_property
    def may_claim(self) -> bool:
        """Whether the lines can say anything about applied patches, to whomever."""
        return may_claim(self.text) or bool(self.listed)

    @cached_property
    def paragraphs(self) -> list[str]:
        """The text divided."""
        return [text for text, _ in self._divided]

    @cached_property
    def above(self) -> list[Above]:
        """The lines right above each paragraph that may be titles, quoted or typed."""
        return [above for _, above in self._divided]

    @cached_property
    def _divided(self) -> list[tuple[str, Above]]:
        return _split("\n".join(self._lines))

    def find_claims(self, people: People) -> list[_Placed]:
        """Return the claims, each with the place of its paragraph."""
        found = self._found.get(people.owns)
        if found is None:
            asked: set[str] = set()

            def knows(name: str) -> bool:
                asked.add(name)
                return False

            claims = _find_claims(self.paragraphs, replace(people, knows=knows))
            found = self._found[people.owns] = claims, frozenset(asked)
        claims, names = found
        # they are the same unless one of those who are named is known
        return _find_claims(self.paragraphs, people) if any(map(people.knows, names)) else claims


def without_list(lines: list[str]) -> list[str]:
    """Return lines without a list of patches and their commits, as b4 and bots write it."""
    kept = []
    is_commit = False
    for line, following in pairwise([*lines, ""]):
        is_item = "[" in line[:12] and _LISTED.match(line) is not None
        if not is_item and not is_commit:
            kept.append(line)
        is_commit = is_item and bool(find_commits(following) or _NO_COMMIT.match(following))
    return kept


def read_applied(
    said: list[str] | ClaimText,
    *,
    author: Author | None = None,
    revision: int | None = None,
    people: People = NOBODY,
    commits: bool = False,
    is_pull: bool = False,
    shows_patch: bool = False,
    has_mail: Callable[[str], bool] | None = None,
) -> AppliedText | None:
    """Read what a mail's own lines say about applied patches; None if they say nothing.

    Args:
        said: the lines that its sender wrote; as a `ClaimText` where more is asked of them.
        author: about its sender, if that is the author of the series that it answers, who
            needs surer words, since reviewers' wishes are applied, and branches pushed, too.
        revision: the revision of that series, where it is known: `v3 applied` says
            nothing of another one.
        commits: whether its sender is known to commit, and does not only try what he applies.
        people: who is known to commit: `Rob merged it` is believed then; and whose series it is.
        is_pull: whether it answers a pull request, which has no patches: `applied 3-4` is
            about those of another series then.
        shows_patch: whether the mail holds a patch of its sender's, which `the following
            patch` is then.
        has_mail: whether a Message-ID is that of a mail of the series, or of an answer to it, so
            that `this patch has been merged [1]` with a link elsewhere is about another one.
    """
    said = said if isinstance(said, ClaimText) else ClaimText(said)
    if not said.may_claim:
        return None
    lines, text, paragraphs, listed = said.lines, said.text, said.paragraphs, said.listed
    found = said.find_claims(people)
    if revision is not None:
        # `I merged v2 already - squashed it in`
        other = {claim.sentence for _, claim in found if not _is_of(claim, revision)}
        found = [(place, claim) for place, claim in found if claim.sentence not in other]
    if is_pull:
        found = _leave_out_numbered(found)
    is_tester = _TESTER.search(text) is not None
    if not commits:
        found = [
            (place, claim)
            for place, claim in found
            if not claim.is_wish
            and not claim.is_tried
            and not claim.by_committer
            and not (claim.of_mine and author is None)
            and not (
                claim.is_any_testers
                and (is_tester or _is_change(claim) or _is_tried(paragraphs, place, claim))
            )
            and not is_trial_told(claim, paragraphs, place)
            and not _is_shared(claim)
        ]
    if has_mail is not None:
        found = [one for one in found if not _is_about_another(one[1], lines, has_mail)]
    if shows_patch:  # `I've queued the following patch`, and there it stands
        found = [one for one in found if not _is_shown(one[1], commits=commits)]
    if author is None:  # `I've merged my series` is another one then
        found = [one for one in found if not one[1].named.lower().startswith("my ")]
    if found and any(map(_TESTED_BY.match, lines)):
        found = [(place, claim) for place, claim in found if not _TRIED.search(claim.sentence)]
    found = [one for one in found if not _is_of_what_is_near(one, paragraphs, text)]
    if author is not None and not listed:
        plans = _PLANS_NEXT.search(text) is not None
        found = [
            (place, claim)
            for place, claim in found
            if author.is_sure_of(claim)
            and not (plans and not claim.has_tree and claim.subject in {"sender", "nobody"})
            and not (shows_patch and _is_own_fix(claim, author))
        ]
    if not found and not listed:
        return None
    claims = [claim for _, claim in found]
    if not listed and any("patch(es) applied" in line for line in lines):
        listed = _find_titled_commits(lines)
    return AppliedText(
        evidence=claims[0].sentence[:200] if claims else _LISTS,
        commits=_find_commits(lines, listed, paragraphs, found),
        tree=next((claim.tree for claim in claims if claim.tree), ""),
        listed=tuple(item for item, _ in listed),
        parts=tuple(_list_parts(found, said.above))
        if not any(map(_NOT_APPLIED.match, paragraphs))
        else (Part(Selection(count=UNKNOWN, is_whole=True)),),
        listed_above=tuple(one.lines for one in said.above if one.lines),
        subjects=frozenset() if listed else _find_subjects(claims),
        below=frozenset(map(fold_title, lines))
        if any("following" in claim.named.lower() for claim in claims)
        else frozenset(),
        by_sender=bool(listed) or any(map(_is_by_sender, claims)),
        somebody=claims[0].somebody if claims else "",
        claims=tuple(claims),
    )


def _cut_footer(lines: list[str]) -> list[str]:
    """Return lines without what a mailing list puts below them."""
    for place, (line, following) in enumerate(pairwise(lines)):
        if line.startswith("_" * 20) and following.rstrip().endswith("mailing list"):
            return lines[:place]
    return lines


def _is_by_sender(claim: Claim) -> bool:
    """Whether the sender did it, as far as words tell: `I've applied this`, `It's in my tree`."""
    return claim.subject in {"sender", "nobody"} or _IN_MY_TREE.search(claim.sentence) is not None


def _is_shown(claim: Claim, *, commits: bool) -> bool:
    """Whether a claim is about a patch that its mail shows: `the following patch`.

    What a committer shows as `the following` may be the patch as he changed it.
    """
    if claim.named.lower() == "the following" and not commits:
        return True
    is_below = claim.named and f"{claim.named} below" in claim.sentence
    return bool(is_below or _SHOWN.search(claim.named))


def _is_of_what_is_near(one: _Placed, paragraphs: list[str], text: str) -> bool:
    """Whether `it is queued` is about another patch that the mail speaks of, by what is near."""
    place, claim = one
    if claim.subject != "patches":
        return False
    if _A_PATCH.fullmatch(claim.named) and _BUT_THE_SERIES.search(" ".join(text.split())):
        return True
    if not claim.is_pronoun:
        return False
    near = " ".join(paragraphs[place].split())
    others = near.replace(claim.sentence, "")
    is_behind = len(others) < len(near) and not near.startswith(claim.sentence)
    if is_behind and _THAT_GOES.match(claim.sentence):
        return True
    return _DECLINED.search(others) is not None


def _is_about_another(claim: Claim, lines: list[str], has_mail: Callable[[str], bool]) -> bool:
    """Whether a claim links to mails, and all of them are of other series."""
    cited = set(find_cited(claim, lines)) if claim.subject == "patches" else set[str]()
    return bool(cited) and not any(map(has_mail, cited))


def _is_shared(claim: Claim) -> bool:
    """Whether it is pushed to somebody's place on a forge: `https://forge.example/ada/linux/tree/x`."""
    if claim.verb != "pushed":
        return False
    on_forge = _FORGE.search(claim.tree) is not None or _is_on_forge(claim)
    on_branch = claim.named.lower() == "that" and claim.tree != ""  # what was just spoken of
    return (on_forge or on_branch) and _MAINTAINED.search(claim.tree) is None


def _is_own_fix(claim: Claim, author: Author) -> bool:
    """Whether an author may mean the patch that he shows: `For now I am adding this to next`."""
    is_other = author.sends_again or claim.verb.endswith("ing")
    return is_other and claim.named.lower() == "this"


def _is_on_forge(claim: Claim) -> bool:
    """Whether its place is no more than a forge: `pushed the series to github`."""
    return re.fullmatch(r"git(?:hub|lab)", claim.tree, re.IGNORECASE) is not None


def _is_change(claim: Claim) -> bool:
    """Whether it is what a tester does to his tree: `I have applied this change`, and no more."""
    is_change = re.fullmatch(r"(?:this|that|the) (?:change|diff|modification)", claim.named)
    return is_change is not None and not claim.has_tree and "thank" not in claim.sentence.lower()


def _is_tried(paragraphs: list[str], place: int, claim: Claim) -> bool:
    """Whether a claim's paragraph goes on with what came of it, or a log stands below it."""
    said = " ".join(paragraphs[place].split())
    start = said.lower().find(claim.verb, max(said.find(claim.sentence[:80]), 0))
    return (
        _TRIAL.search(said, max(start, 0)) is not None
        or _LOG.search("\n".join(paragraphs[place : place + 2])) is not None
    )


def _find_claims(paragraphs: list[str], people: People) -> list[_Placed]:
    """Return the claims, each with the place of its paragraph."""
    likely = [place for place, paragraph in enumerate(paragraphs) if may_claim(paragraph)]
    return [
        (place, claim)
        for place in likely[:MAX_PARAGRAPHS]
        for claim in find_claims(_go_on(_join_above(paragraphs, place), place), people)
    ]


def _join_above(paragraphs: list[str], place: int) -> list[str]:
    """Return paragraphs, the one at a place with that above it, where that has no end."""
    if place == 0 or not paragraphs[place].startswith(("and ", "which ")):
        return paragraphs
    above = paragraphs[place - 1].rstrip()
    if above.endswith((".", "!", "?", ")")) or len(above) > MAX_ABOVE:
        return paragraphs
    return [*paragraphs[:place], f"{above}\n{paragraphs[place]}", *paragraphs[place + 1 :]]


def _leave_out_numbered(found: list[_Placed]) -> list[_Placed]:
    """Return the claims without those whose sentences name patches by number or place.

    `Pulled, and squashed 1-2` is still one.
    """
    numbered = {claim.sentence for _, claim in found if _is_numbered(claim)}
    return [
        (place, claim)
        for place, claim in found
        if claim.sentence not in numbered or (claim.verb == "pulled" and not _is_numbered(claim))
    ]


def _is_numbered(claim: Claim) -> bool:
    """Whether a claim names patches by number or place: `3-4`, `the first two`."""
    named = parse_selection(claim.named)
    return bool(named.numbers or named.first or named.last)


def _find_commits(
    lines: list[str],
    listed: list[tuple[Item, str]],
    paragraphs: list[str],
    found: list[_Placed],
) -> tuple[str, ...]:
    """Return the commits of the list; without one, those that stand near the claims."""
    if listed:
        return find_commits("\n".join(commit for _, commit in listed))
    if any(map(_PROGRAM.match, lines)):
        return find_commits("\n".join(lines))
    near = sorted({near for place, _ in found for near in (place, place + 1)})
    around = "\n".join(paragraphs[place] for place in near if place < len(paragraphs))
    return find_commits(around, " ".join(claim.sentence for _, claim in found))


def _list_parts(found: list[_Placed], above: list[Above]) -> list[Part]:
    """Return what the claims name; `patches are applied` yields to what the sender applied.

    Args:
        found: the claims, each with the place of its paragraph.
        above: the lines right above each paragraph.
    """
    # `Series applied. I also folded the following patch into another one`
    found = [one for one in found if one[1].verb not in {"folded", "squashed"}] or found
    selected = [
        (place, claim, parse_selection(claim.named, _cut_reason(claim))) for place, claim in found
    ]
    if any(claim.subject != "patches" and claim.named for _, claim, _ in selected):
        selected = [
            (place, claim, selection)
            for place, claim, selection in selected
            if claim.named and (claim.subject != "patches" or selection.numbers)
        ]
    parts: list[Part] = []
    for place, claim, selection in selected:
        is_loose = _is_loose(claim, selection)
        near = above[place] if is_loose else Above()
        one = Part(selection, claim.tree, claim.sentence[:200], near, is_loose)
        parts += _part_elsewhere(one, claim)
    return parts + [_select_more(claim) for _, claim in found if claim.more]


def _is_loose(claim: Claim, selection: Selection) -> bool:
    """Whether words tell no patches apart, and may mean the titles above: `these two`, `it`."""
    named = (selection.numbers, selection.first, selection.last, selection.called)
    is_told = any(named) or bool(selection.title_words) or selection.is_previous
    return not is_told and selection.count >= 0 and _ANY_OF_ALL.search(claim.named) is None


def _part_elsewhere(part: Part, claim: Claim) -> list[Part]:
    """Return a part without those that its sentence says are elsewhere, and these."""
    numbers, rest = find_elsewhere(claim.sentence)
    if not numbers or not part.selection.is_whole:
        return [part]
    place = find_place(rest)
    tree = place.tree if place is not None and place.start <= 1 else ""
    left = replace(part, selection=replace(part.selection, excepted=numbers))
    gone = Part(Selection(numbers=numbers), tree, part.evidence, is_apart=True)
    return [left, gone]


def _find_subjects(claims: list[Claim]) -> frozenset[str]:
    """Return the acronyms of the sets that all claims name; empty where one names none."""
    named = [_NAMED_SET.search(claim.named) for claim in claims]
    if not all(named):
        return frozenset()
    return frozenset(word for one in named if one for word in _ACRONYM.findall(one["words"]))


def _cut_reason(claim: Claim) -> str:
    """Return a sentence without its reason: `All except 5 are fine, so I applied the series`."""
    match = _REASON.search(claim.sentence)
    return claim.sentence[match.end() :] if match else claim.sentence


def _select_more(claim: Claim) -> Part:
    """Return what `and the rest` names: all, once some others are named."""
    said, _, rest = claim.sentence.rpartition(claim.more)
    place = find_place(rest) if said else None
    tree = place.tree if place is not None and place.start <= 1 else claim.tree
    if claim.more.lower() == "rest":
        return Part(Selection(is_whole=True), tree, claim.sentence[:200], is_rest=True)
    return Part(parse_selection(claim.more), tree, claim.sentence[:200])


def _split(text: str) -> list[tuple[str, Above]]:
    """Split own text into paragraphs, at blank lines and where a quote was, or begins.

    Each has the lines right above it that may be titles: those of a quoted list, or those of
    the paragraph above.
    """
    text = _ATTRIBUTION.sub("", text)
    found: list[tuple[list[str], Above]] = []
    above: list[str] = []
    lines: list[str] = []
    is_kept = False
    for line in [*text.split("\n"), ""]:
        is_quote = line[:1] == ">"
        if line.strip() and not is_quote:
            lines.append(line)
            continue
        if lines:
            found.append((lines, Above(tuple(above), is_kept)))
            above, lines = lines if len(lines) <= MAX_TITLES else [], []
            is_kept = False
        if is_quote:
            title, is_kept = read_title(line)
            above = [*above, title] if title else []
    return [("\n".join(lines), above) for lines, above in found]


def _go_on(paragraphs: list[str], place: int) -> str:
    """Return a paragraph, with the next one where its last sentence goes on there."""
    paragraph = paragraphs[place].rstrip()
    following = paragraphs[place + 1 : place + 3]
    match = _GOES_ON.search(paragraph[-20:])
    if match is None or not following:
        return paragraph
    if match[0].strip() == "titled":
        return " ".join([paragraph, *following])
    goes_on = _ADDRESS.match(following[0]) or _NUMBERS_ALONE.match(following[0])
    return f"{paragraph} {following[0]}" if goes_on else paragraph


def _is_of(claim: Claim, revision: int) -> bool:
    """Whether a claim names no other revision than this one: `v3 applied`, `your v3`."""
    instead = _INSTEAD_OF.search(claim.sentence)
    if (instead and int(instead[1]) == revision) or _NEWER.search(claim.sentence):
        return False
    named = _VERSION.findall(claim.named)
    return not named or str(revision) in named


def _find_listed(lines: list[str]) -> list[tuple[Item, str]]:
    """Read the list of b4 ty and patchwork-bot: `[1/2] title`, and the commit's line below it.

    Lines that tell no commit count where b4 found none at all.
    """
    found: list[tuple[Item, str]] = []
    unknown: list[tuple[Item, str]] = []
    for line, following in pairwise([*lines, ""]):
        match = _LISTED.match(line) if "[" in line[:12] or line.startswith("  - ") else None
        if match is None:
            continue
        item = (
            int(match["n"] or 1),
            int(match["m"] or 1),
            (match["title"] or match["alone"]).strip(),
        )
        if find_commits(following):
            found.append((item, following))
        elif _NO_COMMIT.match(following):
            unknown.append((item, ""))
    return found or unknown


def _find_titled_commits(lines: list[str]) -> list[tuple[Item, str]]:
    """Read lines of a commit and its title; only below a claim are they what was applied."""
    matches = filter(None, map(_COMMIT_AND_TITLE.fullmatch, lines))
    return [((1, UNCOUNTED, match[2].strip()), f"commit: {match[1]}") for match in matches]


def _match_listed(listed: tuple[Item, ...], titles: Mapping[int, str]) -> tuple[int, ...]:
    """Match the list's lines to patches by title, since b4 ty numbers only those it applied."""
    by_title = {fold_title(title): number for number, title in titles.items()}
    found: set[int] = set()
    if len(listed) == len(titles) and all(total == UNCOUNTED for _, total, _ in listed):
        return tuple(sorted(titles))
    for number, total, title in listed:
        match = by_title.get(fold_title(title))
        if (
            match is None
            and total == len(titles)
            and (total == 1 or _is_like(title, titles.get(number, "")))
        ):
            match = number
        if match is not None:
            found.add(match)
    return tuple(sorted(found))


def _is_like(title: str, other: str) -> bool:
    """Whether most words of the shorter title are in the other: maintainers edit titles."""
    words, others = set(fold_title(title).split()), set(fold_title(other).split())
    return len(words & others) * 2 >= min(len(words), len(others)) > 0
