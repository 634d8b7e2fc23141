"""Mails that say that patches were applied, by maintainers and by their programs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from kvminbox.models import Message, SuggestedPatch
from kvminbox.review import sifting
from kvminbox.review.applied_text import AppliedText, Share
from kvminbox.review.authors import Author, keep_sure
from kvminbox.review.claim import NOBODY, Claim, People, Placed
from kvminbox.review.claim_text import ClaimText
from kvminbox.review.commit_lists import Item, read_titled_commits
from kvminbox.review.committers import Committers
from kvminbox.review.formula import is_formula
from kvminbox.review.listed_titles import fold_title
from kvminbox.review.named_parts import MAX_EVIDENCE, Part, list_parts
from kvminbox.review.own_text import own_lines_and_titles
from kvminbox.review.program_words import answers_as_program, takes_nothing
from kvminbox.review.selection import UNKNOWN, Selection
from kvminbox.review.trees import find_commits, is_upstream

__all__ = ["AppliedText", "Author", "Share", "find_applied", "read_applied"]

_LISTS: Final = "a list of patches with their commits"
_PROGRAM: Final = re.compile(r"^(?:commit-id:|gitweb:)", re.IGNORECASE)
# below the title of one of them
_NOT_APPLIED: Final = re.compile(r"not (?:applied|taken|merged|queued|picked)\b", re.IGNORECASE)
# `the last version of the DP MST patchset`
_NAMED_SET: Final = re.compile(
    r"\bthe\s(?P<words>(?:[\w./-]+\s){1,3})(?:patch-?set|series)\b", re.IGNORECASE
)
_ACRONYM: Final = re.compile(r"\b[A-Z][A-Z0-9]{1,7}\b")
_IN_MY_TREE: Final = re.compile(
    r"\bin\s(?:my|our)\s(?:\S+\s)?(?:tree|branch|queue)\b", re.IGNORECASE
)
# below a report, `Thanks, fixed and pushed to my branch` is about no patch of the mail
_FIX_PUSHED: Final = re.compile(
    r"\b(?:fixed|added (?:a|the) (?:fix|workaround))\b[^.;]{0,60}\band pushed\b", re.IGNORECASE
)


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
    if takes_nothing(message):
        return None
    # numbers are those of pull requests only where the subject counts them: `[GIT PULL 1/5]`
    is_pull = message.subject.is_pull and not message.subject.counter_stated
    shows_patch = isinstance(message, SuggestedPatch)
    said = ClaimText(own_lines_and_titles(message))
    is_told = message.subject.has_patch_mark and message.subject.revision_stated
    people = People(has_program=answers_as_program(message))
    read = partial(
        read_applied,
        said,
        people=people,
        revision=message.subject.revision if is_told and not is_pull else None,
        is_pull=is_pull,
        shows_patch=shows_patch,
        titles={},  # which has the words that name a patch is known of a series only
    )
    found = read()
    if found is None and committers is not None:
        found = read(people=replace(people, knows=committers.knows))
        if found is not None:
            found = replace(found, evidence=found.evidence + committers.explain(found.somebody))
    if found is None:
        return None
    subject = message.subject
    is_about_patches = subject.has_patch_mark or subject.is_pull or message.kind == "bot"
    if not is_about_patches and _FIX_PUSHED.search(found.evidence):
        return None
    has_tree = any(one.tree for one in found.claims)
    return found if is_about_patches or has_tree or found.listed else None


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
    titles: Mapping[int, str] | None = None,
    by_anybody: bool = False,
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
        titles: those of the series by number, empty ones of patches that are not here: by these
            `the PHY driver has been merged` is about some of them, or none.
        by_anybody: whether to keep what only the author says, whose thanks tell of it.
    """
    said = said if isinstance(said, ClaimText) else ClaimText(said)
    if not said.may_claim:
        return None
    found = said.find_claims(people)
    if revision is not None:
        found = sifting.keep_revision(found, revision)
    if is_pull:
        found = sifting.leave_out_numbered(found)
    if not commits:
        found = sifting.leave_out_trials(found, said, by_author=author is not None)
    if has_mail is not None:
        found = sifting.leave_out_cited(found, said, has_mail)
    found = sifting.leave_out_items(found, said, has_mail)
    if shows_patch:  # `I've queued the following patch`, and there it stands
        found = sifting.leave_out_shown(found, commits=commits)
    if author is None and not by_anybody:  # `I've merged my series` is another one then
        found = [one for one in found if not one[1].named.lower().startswith("my ")]
    found = sifting.leave_out_tested(found, said.lines)
    found = sifting.leave_out_near(found, said)
    found = sifting.leave_out_torn(found, said)
    if titles is not None:
        found = sifting.leave_out_untitled(found, titles)
        found = sifting.leave_out_commits(found, said, titles)
    if author is not None and not said.listed:
        found = keep_sure(found, author, said.text, shows_patch=shows_patch)
    if not by_anybody:
        found = sifting.leave_out_inferred(found, said.text, by_author=author is not None)
    return _tell(said, found) if found or said.listed else None


def _tell(said: ClaimText, found: list[Placed]) -> AppliedText:
    """Return what a mail says about applied patches, by the claims that hold, and its list."""
    lines, listed = said.lines, said.listed
    claims = [claim for _, claim in found]
    if listed:  # `This was applied on top of -next`, and below that what each such mail says
        claims.sort(key=lambda claim: not is_formula(claim, commits=True))
    if not listed and any("patch(es) applied" in line for line in lines):
        listed = read_titled_commits(lines)
    are_below = any("following" in claim.named.lower() for claim in claims)
    return AppliedText(
        evidence=claims[0].cited[:MAX_EVIDENCE] if claims else _LISTS,
        commits=_find_commits(said, found, listed),
        tree=_find_tree(claims),
        listed=tuple(item for item, _ in listed),
        parts=_find_parts(said, found),
        listed_above=tuple(one.lines for one in said.above if one.lines),
        subjects=frozenset() if listed else _find_subjects(claims),
        below=frozenset(map(fold_title, lines)) if are_below else frozenset(),
        by_sender=bool(listed) or any(map(_is_by_sender, claims)),
        somebody=claims[0].somebody if claims else "",
        claims=tuple(claims),
    )


def _find_tree(claims: list[Claim]) -> str:
    """Return the first tree with a name; none where the first sentence says it is in Linus's.

    `This is in Linus's tree, but the series that broke it was merged via the timers tree.`
    """
    first = claims[0] if claims else None
    if first is not None and first.has_tree and not first.where and is_upstream(first.sentence):
        return ""
    return next((claim.where for claim in claims if claim.where), "")


def _find_parts(said: ClaimText, found: list[Placed]) -> tuple[Part, ...]:
    """Return what the claims name; some, where the title of one has `not applied` below it."""
    if any(map(_NOT_APPLIED.match, said.paragraphs)):
        return (Part(Selection(count=UNKNOWN, is_whole=True)),)
    return tuple(list_parts(found, said.above))


def _find_commits(
    said: ClaimText, found: list[Placed], listed: list[tuple[Item, str]]
) -> tuple[str, ...]:
    """Return the commits of the list; without one, those that stand near the claims."""
    if listed:
        return find_commits("\n".join(commit for _, commit in listed))
    if any(map(_PROGRAM.match, said.lines)):
        return find_commits("\n".join(said.lines))
    paragraphs = said.paragraphs
    near = sorted({near for place, _ in found for near in (place, place + 1)})
    around = "\n".join(paragraphs[place] for place in near if place < len(paragraphs))
    return find_commits(around, " ".join(claim.sentence for _, claim in found))


def _is_by_sender(claim: Claim) -> bool:
    """Whether the sender did it, as far as words tell: `I've applied this`, `It's in my tree`."""
    return claim.by_sender or _IN_MY_TREE.search(claim.sentence) is not None


def _find_subjects(claims: list[Claim]) -> frozenset[str]:
    """Return the acronyms of the sets that all claims name; empty where one names none."""
    named = [_NAMED_SET.search(claim.named) for claim in claims]
    if not all(named):
        return frozenset()
    return frozenset(word for one in named if one for word in _ACRONYM.findall(one["words"]))
