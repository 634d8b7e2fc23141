"""What a tester says, who applied patches to try them."""

import re
from typing import Final

from kvminbox.review.claim import Claim
from kvminbox.review.grammar import compile_words
from kvminbox.review.marks import cut_clause
from kvminbox.review.wording import HAVE, NOT, any_of

# `I have queued patches for this driver that will break yours`
_FOR_OTHERS: Final = re.compile(r"\s(?:that|from|which)\b|\sfor\s(?:this|the|that|my|a|an)\b")
_OTHERS: Final = compile_words(
    r"^my |^(?:all )?(?:the |your |my |those )?(?:(?:suggested|requested|proposed|same|above"
    r"|below|following) )?(?:changes?|bits?|commits|drivers?|updates|tests|modifications?)$"
    r"|^\d+ commits$|\bfollowing\b(?! patches \d)|^below "
)
_OUTCOME: Final = any_of(
    "works? working worked looks?_good looks?_fine boots? booted fails? failed crashes"
    " crashed seems?(?!_(?:like|that)\\b) helps? helped solves? solved persists? remains?"
    " disappears disappeared went gone hangs? compiles? builds? passes passed happens? occurs?"
    " restored fixes_the fixed_the fixes_my fixed_my fixes_it fixed_it"
    " (?:addresses|addressed|resolves|resolved|cures|cured)_(?:my|our)"
    " (?:resolves|resolved|cures|cured)_(?:the|it|this)"
)
# a tester's words: `applied this patch, it works better`, `and found the performance restored`
_TESTED: Final = re.compile(
    r"\b"
    + any_of(
        "it this that which they everything all problem issue bug error warning kernel guest host"
        r" system machine board device driver boot build test\w* crash\w* regression oops splat"
        " hang"
    )
    + rf"\s(?:[\w'’]+\s){{0,3}}?{_OUTCOME}\b"
    r"|(?:\b(?:and|but|then)|,)\s(?:now\s)?(?:(?:i|we)\s)?(?:(?:still|also|then|now|just)\s)?"
    + any_of(
        r"see(?!_(?:my|below|above|the_(?:next|follow\w*)|[\w.-]+\(\d\))) "
        "saw got get found ran run rebooted booted rebuilt compiled reproduced? bisected"
        " tried(?!_to_reword)"
        " observed? noticed (?:cannot|can['’]t)(?!_(?:rebase|drop|undo|amend)\\b) could couldn['’]t"
    )
    + r"\b|\b(?:tests?|build|boot)\s(?:\w+\s){0,2}"
    r"(?:doesn['’]t|don['’]t|does\snot|fails?|breaks?)\b|\bregressions?\b|\bno\slonger\b|\bable\sto\b|\band\s(?:built|running)\b|\bcould\stest\b"
    r"|\buploaded\b",
    re.IGNORECASE,
)
_CHECKED: Final = compile_words(
    r"[^.;,]{0,40}?,? and (?:(?:verified|checked|confirmed|reviewed|performed|conducted"
    r"|carried out|executed)\b(?! the (?:rest|others?)\b)|(?:\w+[ -])?(?:re-?)?tested (?:it|this"
    r"|them|with|on|using|that|the|my|\w+ing)\b|did a (?:\w+ )?diff\b|built (?:it|with|on"
    r"|using)\b|(?:re)?booted\b|(?:re)?ran\b|(?:the|my) \w+ (?:no longer|still|does not|doesn't"
    r"|disappeared|is gone)\b)"
)
_TO_TEST: Final = compile_words(r"\bto (?:test|try|check|reproduce|verify|see)\b")
_TRIED_VERBS: Final = frozenset(
    {"applied", "reapplied", "re-applied", "pulled", "picked", "took", "taken", "grabbed"}
    | {"merged", "put"}
)
# what a tester says in the same breath: `but same failure`, `into my RT tree for some testing`
_TRYING: Final = re.compile(
    r"\b(?:my|our)\s(?:\w+\s)?(?:repo\w*|machine|board|kernel|system|setup)\sfor\stest(?:ing|s)\b"
    rf"|\bI{HAVE}\sbeen\s(?:doing\s)?(?:(?:some|more|further)\s){{0,2}}testing\b"
    r"|\bfor\s(?:some|a\sfew|local|quick|initial|my|our)\s(?:\w+\s)?test(?:ing|s)\b"
    r"|\bgiv(?:e|ing)\s(?:it|this|them)\sa\s(?:spin|try|go|test|whirl|shot)\b"
    r"|\b(?:we|I)(?:['’]re|\sare|['’]m|\sam)\s(?:now\s|still\s)?(?:testing|getting|seeing|hitting)\b"
    r"|\bsame\s(?:failure|error|crash|problem|issue|result|splat|warning|panic|oops)s?\b"
    rf"|\b(?:that|it|this|which)\s(?:worked|did{NOT}\s(?:work|help|fix))\b"
    r"|\b(?:patch(?:es)?|series|it|this|them)\b[^.;]*\bto\stest\s"
    r"(?:it|this|them|the\s(?:patch(?:es)?|series|change))\b"
    rf"|\bI\s(?:could|can)\srun\b|\bdid{NOT}\senable\b"
    r"|\b(?:both|to)\s(?:\w+\s){0,4}generate\sthe\ssame\b"
    # `to another base, since it fails to apply on this one`
    rf"|\b(?:since|as|because)\s[^.;,]{{1,40}}\s(?:fails\sto|does{NOT}|did{NOT})\sapply\b"
    # `The diff is difficult to read, so I applied it`
    r"|\b(?:hard|difficult|easier)\sto\s(?:read|review|follow)\b",
    re.IGNORECASE,
)
# `to start the review and test it`
_TO_START: Final = compile_words(
    r"\bto (?:start|begin|continue|do) (?:the|my|a|your) (?:\w+ )?(?:review|test)"
)
# `Series applied, thanks for all of this work.`
_THANKS_FOR: Final = compile_words(",? (?:many )?(?:thanks|thank you) for [^.;,]*")
# `I made some adjustments to make it build`
_TO_MAKE: Final = compile_words(
    r"\bto (?:make|let|get|have) (?:it|this|them) (?:build|compile|work|apply)\b"
)
# `I added it to my branch`, which is anybody's
_IN_MY_BRANCH: Final = re.compile(r"\b(?:to|in|into|on)\smy\s(?:own\s)?branch\b")
# `Just wanted to try it for the first time`, in the sentence behind it
_WANTED: Final = compile_words(
    r"\b(?:wanted to (?:try|test)|trying to (?:test|reproduce))\b|\bb4 (?:shazam|am)\b|\bI(?:'m"
    r"| am) getting\b"
    rf"|\b(?:issue|problem|crash|error) (?:still )?(?:persists|remains)\b|\bI did{NOT} test\b"
)


def is_trial(verb: str, named: str, rest: str) -> bool:
    """Whether somebody applied patches to try them, or applied others than these."""
    if named.lower() == "patches" and _FOR_OTHERS.match(rest):
        return True
    is_done = verb in {"folded", "squashed"}
    if verb == "queued":  # `I've queued up the updates`, and `I queued the following`
        is_done = re.search(r"^(?:below|my)\b|following\s|['’]s?\s", named) is None
    is_others = _OTHERS.search(named) is not None and not is_done
    # a tester commits nothing: `I committed this, but it seems that my key has expired`
    return is_others or (
        verb not in {"committed", "queued", "pushed"} and is_test(rest, is_told=True)
    )


def is_check(rest: str) -> bool:
    """Whether it goes on as a tester's `Applied this series and verified that …` does."""
    return _CHECKED.match(rest) is not None


def is_test(rest: str, *, is_told: bool = False) -> bool:
    """Whether it goes on with a test: not `applied, but I still want to check why`.

    Args:
        rest: what follows the verb and its object.
        is_told: whether `and tested it` is told of the claim itself, and is none here.
    """
    rest = re.split(r"\sand\s(?:I\s)?(?:will\s|['’]ll\s)(?:send|push|include)\b", rest)[0]
    rest = _TO_MAKE.sub("", _THANKS_FOR.sub("", rest))
    return (
        (is_check(rest) and not is_told)
        or _TESTED.search(rest) is not None
        or _TO_TEST.search(cut_clause(rest)) is not None
    )


def tells_of_outcome(rest: str) -> bool:
    """Whether it is told what came of it: `into my tree and still saw the problem`."""
    return _TESTED.search(rest) is not None


def is_trial_told(claim: Claim, paragraphs: list[str], place: int) -> bool:
    """Whether a claim of somebody who is not known to commit is a tester's.

    Args:
        claim: what a sentence says.
        paragraphs: those of the mail.
        place: which of them it is in.
    """
    if not claim.by_sender:
        return False
    if claim.verb == "added" and _is_in_any_branch(claim):
        return True
    if claim.verb not in _TRIED_VERBS:
        return False
    if _TRYING.search(claim.sentence) or _TO_START.search(claim.sentence):
        return True
    near = " ".join(" ".join(paragraphs[place : place + 3]).split())
    return claim.is_any_testers and _WANTED.search(near) is not None


def _is_in_any_branch(claim: Claim) -> bool:
    """Whether it is in a branch without a name, and no thanks are given for it."""
    is_nameless = claim.has_tree and not claim.tree and _IN_MY_BRANCH.search(claim.sentence)
    return bool(is_nameless) and "thank" not in claim.sentence.lower()
