"""Whose patches a claim is about: those of somebody else, other ones of its sender's, or any."""

import re
from collections.abc import Callable
from typing import Final

from kvminbox.review.claim import PRONOUN_ALONE, Clause
from kvminbox.review.grammar import compile_words
from kvminbox.review.trials import is_check, is_test
from kvminbox.review.wording import COPULA, any_of

# `Rob's patch`, `the changes`, `your suggested changes`
# `Rob's patches`, `the patch below`; whose sender is called Rob are renamed before
_OF_OTHERS: Final = compile_words(
    r"\w's? (?:\w+ )?(?:patch|series)|^my |^(?:the )?below |^(?:his|her"
    r"|their) (?:\w+ )?version\b"
)
# `Rob's patches`, `Rob Lis' series`
_OWNED: Final = re.compile(r"(?P<who>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)(?:['’]s|(?<=s)['’])\s")
# `I sent a patch for it last week, and it has been merged`
_I_SENT: Final = re.compile(
    r"\bI(?:['’]ve|\shave|\shad)?\s(?:(?:already|just|also|recently)\s)?(?:sent|posted|submitted)\s(?:out\s)?"
    r"(?:(?:a|an|my|some|another|two|three|separate)\s)?(?:(?!this|the|these|v\d)[\w-]+\s){0,2}"
    r"(?:patch(?:es|-?set)?|series|fix(?:es)?)\b(?!\srequest)"
    # `the revert patch that I sent earlier`
    r"|\b(?:patch(?:es|-?set)?|series|fix|revert)\s(?:(?:that|which)\s)?I\s(?:\w+\s)?(?:sent|posted|submitted)\b",
    re.IGNORECASE,
)
# `Patches applied to md-next will go through …`; but not `applied as it is obvious`
_IS_SUBJECT: Final = re.compile(
    r"(?:(?!\b(?:as|since|because|which|that|and|but|so|it|this|they|these|there|while|though|I)\b)"
    r"[^.,;]){0,60}\s(?:will|is|are|was|were|should|can|could|would|may|might|must|makes?|lets|gives|causes|breaks)\b"
)
# `applied for the older chips`; but `for next`, `for v6.1`, `for the 6.14 merge window`
_APPLIES_FOR: Final = re.compile(
    r"\sfor\s(?!(?:the\s|now\b|an?\s)?"
    + any_of(
        "next fixes late current linus now testing stable inclusion release real good"
        r" v?\d\S* -?rc\S* (?:\w+\s)?merge (?:\w+\s)?cycle upcoming coming some_time a_while"
    )
    + r"(?![\w]))",
    re.IGNORECASE,
)
# `It works with this option, all three patches applied`
_WORKS_WITH: Final = compile_words(
    r"\b(?:works?|tested|boots?|TB)\b[^.;]*\bwith\b[^.;]*, (?:\w+ ){1,4}$"
)
# `the commit was merged in 5.16`
_A_COMMIT: Final = compile_words(r"\b(?:the|this|that|second|fix) (?:\w+ )?commit\b|^commits?$")
_WAS: Final = compile_words(r"\b(?:is|are|was|were|been|got) (?:\w+ )*$")
_HAS_COPULA: Final = compile_words(rf"(?:(?<!\w)|(?=')){COPULA}\W*(?:\w+ )*$")
_IN_USE: Final = (
    r"\s(?:and\s(?:running|works|buil(?:t|ds)|boot(?:s|ed)|compile[sd])|after|before|when)\b"
)
# `With your branch rebased, and this patch applied, it works`
# `With this change, `, and then what was applied
_WITH_CHANGE: Final = compile_words(
    r"\W*with (?:this|that|these|those) (?:\w+ )?(?:changes?|fix(?:es)?|tweaks?|edits?|nits?"
    r"|sorted|fixed|addressed|dropped|removed)(?: \w+)?, (?:the |this "
    r"|your )?(?:whole )?(?:series|patch(?:es|set)?) "
)
_ENDS: Final = compile_words(r" ?(?:[.!,] ?(?:thank\w*.{0,20})?)?$")
_WITH_AND: Final = compile_words(r"\W*with\b[^;]*\band (?:this|the|your)\b[^.;,]*$")


def is_of_others(named: str) -> bool:
    """Whether the words name patches that somebody else sent, or that the mail shows.

    >>> is_of_others("Rob's patch-set"), is_of_others("your patches")
    (True, False)
    """
    return _OF_OTHERS.search(named) is not None


def name_owned(named: str, owns: Callable[[str], bool]) -> str:
    """Return `your patches` for `Ada's patches`, where Ada sent them."""
    match = _OWNED.match(named)
    return f"your {named[match.end() :]}" if match and owns(match["who"]) else named


def tells_of_own(before: str) -> bool:
    """Whether a sender tells of a patch that he sent himself, somewhere else."""
    return _I_SENT.search(before) is not None


def is_about_others(clause: Clause) -> bool:
    """Whether `patches are applied` tells of another commit, of a test, or of any patches."""
    named, before, rest = clause.claim.named, clause.before, clause.rest
    has_tree = clause.claim.has_tree
    if re.match(r"[A-Z]\w+(?:['’]s|(?<=s)['’])\s", named) and _WAS.search(before[-30:]):
        return True  # `Rob's patch was merged`
    if is_check(rest) or (named == "Fix" and rest.startswith(":")):
        return True  # `Fix Applied: the loop is left now`
    if re.match(
        r"my\b|(?:the\s)?(?!this\b|your\b|that\b|the\b)(?:\w+\s){1,3}change$|the\s(?:kernel|userspace|qemu)(?:[\s-]side)?\s(?:patch(?:es)?|part|side|changes)$|said\s|(?:only\s)?one$",
        named,
        re.IGNORECASE,
    ):
        return True  # `My own series was applied`
    if PRONOUN_ALONE.fullmatch(named) and _APPLIES_FOR.match(rest):
        return True  # `it's been applied for the older chips`
    if _A_COMMIT.search(named):
        return "the following" not in named.lower()  # `the commit was merged in 5.16`
    if not has_tree and re.search(
        r"\bchanges$|\bdrivers?$|\b(?:updates|tests|modifications?)$|^only (?:fixes|patches)$"
        # `I see that fuse fixes are merged`, which are others
        r"|^(?!(?i:the|these|this|those|your|both|all|my|two|three|\d+|first|last)\b)"
        r"[\w./-]+ fixes$",
        named,
    ):
        return True
    is_this = re.fullmatch(r"(?:this|your)\b.*", named, re.IGNORECASE) is not None
    has_copula = _HAS_COPULA.search(before[-30:]) is not None
    if not has_copula and not has_tree and _WITH_AND.match(before):
        return True
    if not has_copula and _IS_SUBJECT.match(rest):
        return True  # `Patches applied to md-next will go through …`
    if has_copula or is_this:
        # `it was merged after the port was removed`, `it is applied and running downstream`,
        # `This patch applied and builds on our boards`
        return not has_tree and re.match(_IN_USE, rest) is not None
    if not has_tree and _WORKS_WITH.search(before):
        return True  # `It works with this option, all three patches applied`
    if _WITH_CHANGE.fullmatch(before) and has_tree and _ENDS.match(clause.after):
        return False  # `With this change, series applied to kvm/next.`
    if re.match(r"\W*(?:with|after|once|when|if)\b", before, re.IGNORECASE):
        return True  # `With 3900X, and the series applied, I get …`
    return not has_tree and is_test(rest)
