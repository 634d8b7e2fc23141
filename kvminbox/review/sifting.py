"""Which claims of a mail hold, once it is known who sent it and what it answers."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kvminbox.review.authors import is_on_forge
from kvminbox.review.cited import find_cited, find_mails
from kvminbox.review.claim import Claim, Placed
from kvminbox.review.claim_text import ClaimText
from kvminbox.review.grammar import compile_words
from kvminbox.review.inferred import is_limited
from kvminbox.review.listed_titles import find_commit_titles
from kvminbox.review.marks import MAINTAINED
from kvminbox.review.selection import parse_selection
from kvminbox.review.topics import find_all_titled, title_words_of
from kvminbox.review.trees import is_upstream
from kvminbox.review.trials import is_trial_told

# `https://github.com/ada/linux/commits/timers`, which only who commits calls a tree
_FORGE: Final = re.compile(r"://(?:www\.)?git(?:hub|lab)\.com/\S+/(?:commits?|tree|compare)/")
# `I have applied the proposed fix and tested`, though other sentences sound like a maintainer's
_TESTER: Final = compile_words(
    r"\b(?:applied|picked|pulled|took)\b[^.;,]{1,60}? and (?:\w+ )?(?:re)?(?:tested|booted"
    r"|built)\b"
)
# `I don't think we need this`, `let's defer on this one`
_DECLINED: Final = compile_words(
    r"\b(?:I )?(?:don't|do not) (?:think|believe) (?:that )?(?:we|you) (?:really )?need (?:this"
    r"|it|these|them|the patch)\b|\b(?:we|you) (?:really )?(?:don't|do not) need (?:this|these"
    r"|the patch)\b|\b(?:let'?s|let us|we should) (?:just )?(?:defer|postpone|skip|drop|hold off"
    r"|not (?:do|take|apply)) (?:on |with )?(?:this|it|these|that)\b"
)
# `That should go into 6.14, it's queued up`, of what the sentence before names
_THAT_GOES: Final = compile_words(
    r"\W*(?:that|those|which) (?:one )?(?:should|will|would|is going to|are going to)\b"
)
# `This patch is in the mm tree. But this series is a fix`, and so the patch is no part of it
_BUT_THE_SERIES: Final = compile_words(r"\bbut (?:this|the|your) series (?:is|needs|should|has)\b")
_A_PATCH: Final = compile_words("(?:this|that|the) patch")
# `2. subject: a timer`, with a link
_ITEM: Final = re.compile(r"\s*\d{1,2}[.)]\s")
# `I tried it with and without`, above a title
_UNFINISHED: Final = compile_words(r"\b(?:with|without|after|once|having|if|when) *\Z")
# `Repo: https://…` and `Tag: timers-v12`
_TAGGED: Final = re.compile(
    r"\b(?:to|at|as|here):?\s{1,9}(?:[^\n]{0,200}\n)?\s{0,40}Tag:\s?\S{0,60}v\d", re.IGNORECASE
)
_VERSION: Final = compile_words(r"(?<![\w.-])(?:v|version )(\d{1,2})(?![\w/-]|\.\d)")
_INSTEAD_OF: Final = compile_words(r"\binstead of v(\d{1,2})\b")
# `applied to kvm/next and sanity tested, so:`, and below it a `Tested-by:`
_TESTED_BY: Final = compile_words(r" *(?:[\w-]+-and-)?tested-by: ?\S")
_TRIED: Final = compile_words(r"\b(?:re-?)?(?:tested|booted|verified|tried)\b")
# what somebody tells of who tried what he applied
_TRIAL: Final = compile_words(
    r"\b(?:(?:re-?)?tested|(?:re)?boot(?:ed|s|ing)|(?:re-?)?built|compile[sd]|crash(?:es|ed)"
    r"|fail(?:s|ed)|(?:same|following|the) errors?|dmesg|printk|(?:can(?:not"
    r"|'t)? )?reproduce[sd]?|works|will report|panics?|lock(?:s|ed) up|oops|splat|hangs?|able to"
    r"|benchmark\w*)\b"
)
_SHOWN: Final = compile_words(r"\b(?:following|below) (?:\w+ )?(?:patch|fix|change|diff|hunk)\b")
_LOG: Final = re.compile(r"\bRIP:|\[ *\d+\.\d{6}\]")


def keep_revision(found: list[Placed], revision: int) -> list[Placed]:
    """Return the claims whose sentences name no other revision: `I merged v2 - squashed it in`."""
    others = {claim.sentence for _, claim in found if not _is_of(claim, revision)}
    return [one for one in found if one[1].sentence not in others]


def _is_of(claim: Claim, revision: int) -> bool:
    """Whether a claim names no other revision than this one: `v3 applied`, `your v3`."""
    instead = _INSTEAD_OF.search(claim.sentence)
    if instead and int(instead[1]) == revision:
        return False
    named = _VERSION.findall(claim.named)
    return not named or str(revision) in named


def leave_out_numbered(found: list[Placed]) -> list[Placed]:
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


def leave_out_trials(found: list[Placed], said: ClaimText, *, by_author: bool) -> list[Placed]:
    """Return the claims that are believed of somebody who is not known to commit.

    Args:
        found: what a mail claims.
        said: what it says.
        by_author: whether it is by the author of the series that it answers.
    """
    if not found:
        return found
    is_tester = _TESTER.search(said.text) is not None
    return [
        (place, claim)
        for place, claim in found
        if not (
            claim.is_wish
            or claim.is_tried
            or claim.by_committer
            or (claim.of_mine and not by_author)
            or (
                claim.is_any_testers
                and (is_tester or _is_change(claim) or _is_tried(said.paragraphs, place, claim))
            )
            or is_trial_told(claim, said.paragraphs, place)
            or _is_shared(claim)
        )
    ]


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


def _is_shared(claim: Claim) -> bool:
    """Whether it is pushed to somebody's place on a forge: `https://forge.example/ada/linux/tree/x`."""
    if claim.verb != "pushed":
        return False
    on_forge = _FORGE.search(claim.tree) is not None or is_on_forge(claim)
    on_branch = claim.named.lower() == "that" and claim.tree != ""  # what was just spoken of
    return (on_forge or on_branch) and MAINTAINED.search(claim.tree) is None


def leave_out_cited(
    found: list[Placed], said: ClaimText, has_mail: Callable[[str], bool]
) -> list[Placed]:
    """Return the claims but those that link to mails of other series only."""
    return [one for one in found if not _is_about_another(one[1], said.lines, has_mail)]


def leave_out_items(
    found: list[Placed], said: ClaimText, has_mail: Callable[[str], bool] | None
) -> list[Placed]:
    """Return the claims but those of numbered items that link to mails of other series only.

    Where the series is not known, each item with a link may be about another one.
    """
    known = has_mail or (lambda _: False)
    return [
        (place, claim)
        for place, claim in found
        if not (claim.is_pronoun and _is_item_of_another(said.paragraphs[place], known))
    ]


def _is_item_of_another(paragraph: str, has_mail: Callable[[str], bool]) -> bool:
    """Whether a paragraph is an item of a numbered list that links to mails of other series."""
    cited = list(find_mails(paragraph)) if _ITEM.match(paragraph) else []
    return bool(cited) and not any(map(has_mail, cited))


def leave_out_untitled(found: list[Placed], titles: Mapping[int, str]) -> list[Placed]:
    """Return the claims but those whose words must be those of some titles, and are not.

    `PHY driver has been merged` is about a series with such a patch among others.
    """
    return [one for one in found if not one[1].by_title or _is_of_some(one[1].named, titles)]


def _is_of_some(named: str, titles: Mapping[int, str]) -> bool:
    """Whether some titles of a series have all words that name patches, and others have not."""
    return 0 < len(find_all_titled(named, titles)) < len(titles)


def leave_out_commits(
    found: list[Placed], said: ClaimText, titles: Mapping[int, str]
) -> list[Placed]:
    """Return the claims but those of `this is in linux-next`, above commits of other patches."""
    return [one for one in found if not _is_of_commits(one, said, titles)]


def _is_of_commits(one: Placed, said: ClaimText, titles: Mapping[int, str]) -> bool:
    """Whether the commits right below a claim about `this` have titles of no patch here."""
    place, claim = one
    is_told = claim.subject == "patches" and claim.is_pronoun
    if not is_told or not titles or not all(titles.values()):
        return False
    # `This is already in Linus' tree`, of a kernel's change that a test is about
    near = said.lines if is_upstream(claim.sentence) else said.above[place].below
    commits = find_commit_titles(near)
    known = [title_words_of(title) for title in titles.values()]
    return bool(commits and known) and not any(
        2 * len(words & title_words_of(commit)) >= len(words)
        for commit in commits
        for words in known
    )


def leave_out_inferred(found: list[Placed], text: str, *, by_author: bool) -> list[Placed]:
    """Return the claims without what is inferred, where more is said, or others thank for it."""
    told = [one for one in found if not one[1].is_inferred]
    if told:
        return told
    return [one for one in found if one[1].is_thanks == by_author and not is_limited(one[1], text)]


def leave_out_torn(found: list[Placed], said: ClaimText) -> list[Placed]:
    """Return the claims but those that are the end of a sentence, or the head of what is shown.

    `I tried it with and without`, a title in a paragraph of its own, and `applied.` below it are
    one sentence. `I pushed this out to`, and below it a `Tag:`, is there to be fetched.
    """
    return [one for one in found if not _is_torn(one, said.paragraphs)]


def _is_torn(one: Placed, paragraphs: list[str]) -> bool:
    place, claim = one
    if claim.verb == "pushed" and not claim.tree:
        near = "\n".join(paragraphs[place : place + 2])
        return _TAGGED.search(near) is not None
    is_end = claim.sentence[:1].islower() and paragraphs[place].startswith(claim.sentence[:20])
    above = paragraphs[max(place - 2, 0) : place]
    return is_end and any(map(_UNFINISHED.search, above))


def _is_about_another(claim: Claim, lines: list[str], has_mail: Callable[[str], bool]) -> bool:
    """Whether a claim links to mails, and all of them are of other series."""
    is_told = claim.subject in {"patches", "nobody"}
    cited = set(find_cited(claim, lines)) if is_told else set[str]()
    return bool(cited) and not any(map(has_mail, cited))


def leave_out_shown(found: list[Placed], *, commits: bool) -> list[Placed]:
    """Return the claims but those about a patch that their mail shows: `the following patch`."""
    return [one for one in found if not _is_shown(one[1], commits=commits)]


def _is_shown(claim: Claim, *, commits: bool) -> bool:
    """Whether a claim is about a patch that its mail shows: `the following patch`.

    What a committer shows as `the following` may be the patch as he changed it.
    """
    if claim.named.lower() == "the following" and not commits:
        return True
    is_below = claim.named and f"{claim.named} below" in claim.sentence
    return bool(is_below or _SHOWN.search(claim.named))


def leave_out_tested(found: list[Placed], lines: Iterable[str]) -> list[Placed]:
    """Return the claims without `applied and tested`, where a `Tested-by:` stands below them."""
    if not found or not any(map(_TESTED_BY.match, lines)):
        return found
    return [one for one in found if not _TRIED.search(one[1].sentence)]


def leave_out_near(found: list[Placed], said: ClaimText) -> list[Placed]:
    """Return the claims but those about another patch that the mail speaks of."""
    return [one for one in found if not _is_of_what_is_near(one, said)]


def _is_of_what_is_near(one: Placed, said: ClaimText) -> bool:
    """Whether `it is queued` is about another patch that the mail speaks of, by what is near."""
    place, claim = one
    if said.above[place].is_sent and claim.is_vague:
        return True  # `> I just sent a patch to fix it.`, and below it `Thanks, applied.`
    if claim.subject != "patches":
        return False
    if _A_PATCH.fullmatch(claim.named) and _BUT_THE_SERIES.search(" ".join(said.text.split())):
        return True
    if not claim.is_pronoun:
        return False
    near = " ".join(said.paragraphs[place].split())
    others = near.replace(claim.sentence, "")
    is_behind = len(others) < len(near) and not near.startswith(claim.sentence)
    if is_behind and _THAT_GOES.match(claim.sentence):
        return True
    return _DECLINED.search(others) is not None
