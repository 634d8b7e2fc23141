"""The sentences by which maintainers usually say that they applied patches."""

import re
from typing import Final

from kvminbox.review.claim import Claim

# All that may stand in such a sentence beside its tree, numbers and names. What is not here may
# change what it says: `but`, `if`, `not`, `when`, `that`, `except`, `other`, `your`.
_USUAL: Final = frozenset(
    """
    applied applying reapplied re-applied queued queueing queuing requeued merged merging pushed
    pushing committed pulled picked picking taken taking took added adding staged landed up out
    i i've ive i'm we we've have has had been is are was were am it's they're
    it this these them both all everything whole entire full complete
    series set sets patch patches patchset patchsets patch-set lot
    one ones first second third last two three four five
    the a my our of to in into on onto for as from through via at by with and so
    now just also too already directly finally again then today yesterday here anyway fwiw fyi
    thanks thank you thx thanx cheers ta very much many lots everyone everybody folks guys team
    ok okay great good nice perfect excellent awesome cool lovely lgtm looks look sure right fine
    done yes yep alright well wonderful
    tree trees branch branches queue repo repository git master main next fixes fix stable
    linus linus' linus's upstream mainline trunk topic local rc cycle merge window release
    kernel material candidate review testing test further more soon linux-next
    tag tags stable-tag ack acks acked-by tested-by reviewed-by signed-off-by
    """.split()  # noqa: SIM905  # a list of 200 strings is hard to read
)
_WORD: Final = re.compile(r"\b(?!(?:v|rc)\d)[^\W\d_][\w'-]*", re.IGNORECASE)
_URL: Final = re.compile(r"\S+://\S+|\bgit@\S+")
_NAME: Final = r"[^\W\d_a-z][\w'.-]*"
_NAMES: Final = rf"{_NAME}(?:[ ,]+(?:(?:and|&) )?{_NAME}){{0,3}}"
# `Hi Ada, `, `Ada: `
_CALLED: Final = re.compile(rf"^(?:(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear) )?{_NAMES} ?[,:!] ")
# `thanks, Ada and Ewa!`, of which the names are cut
_THANKED: Final = re.compile(
    r"(\b(?:[Tt]hanks|[Tt]hank you|[Cc]heers)(?: a lot| again| all| very much)?),? "
    rf"{_NAMES}(?=\W*$|[,.;!])"
)
_WHOSE: Final = re.compile(rf"{_NAME}'s? (?=[Aa]cks?\b|[\w-]+-by\b)")  # `with Ada's ack`
_FOR_NOW: Final = re.compile(r"for now\b", re.IGNORECASE)
_THANKS: Final = re.compile(r"\b(?:thanks|thank|thx|thanx|cheers)\b", re.IGNORECASE)
_VAGUE: Final = re.compile(
    r"(?:this|it|they|that|these|those)(?: (?:patch|series|one))?", re.IGNORECASE
)


def is_formula(claim: Claim, *, commits: bool) -> bool:
    """Whether a sentence has the usual words of a maintainer and no others: `Applied, thanks!`.

    Hardly any of these is misread, while what is said in other words often is.

    Args:
        claim: what the sentence says.
        commits: whether its sender is known to commit, who says `I applied this series` of what
            he keeps, and not only to try it.
    """
    sentence = claim.sentence.replace("’", "'")
    shown = sentence.endswith(":")  # `Series applied:`, and below it what crashed with it
    if claim.subject == "somebody" or shown or "?" in _URL.sub("", sentence):
        return False
    if claim.verb == "staged" and _FOR_NOW.match(sentence):
        return False
    is_thanked = _THANKS.search(sentence) is not None
    if claim.subject == "patches" and _VAGUE.fullmatch(claim.named) and not is_thanked:
        return False  # `This patch is in the fixes branch`, which may be about another one
    is_testers = claim.is_any_testers or claim.tree.lower() == "local"  # `to my local tree`
    if is_testers and not (commits or is_thanked):
        return False
    for name in claim.tree.replace("’", "'").split():  # `the next branch of the kvm/kvm.git tree`
        sentence = sentence.replace(name, "")
    sentence = _CALLED.sub("", _URL.sub("", sentence))
    sentence = _WHOSE.sub("", _THANKED.sub(r"\1", sentence))
    return all(word.lower().rstrip("'-") in _USUAL for word in _WORD.findall(sentence))
