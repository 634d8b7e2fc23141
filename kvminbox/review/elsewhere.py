"""What takes a claim back: another place than a maintainer's tree, another time, a question."""

import re
from typing import Final

from kvminbox.review.claim import Clause
from kvminbox.review.grammar import compile_words
from kvminbox.review.marks import cut_clause
from kvminbox.review.wording import HAVE, NOT, any_of

# `on top of v5.2`, `to v2`, `with the previous patch`, `into account`, `for convenience`
_ELSEWHERE: Final = re.compile(
    r"\s(?:locally|cleanly|fine|without\s(?:problem|issue|error|conflict)s?|correctly|ok)\b"
    r"(?![^.]*\bto\b)"
    r"|\son\stop\sof\b(?=[^.;]*\blinux[-\s]next\b)"
    r"|\son\stop\sof\b(?![^.;]*\b(?:(?<!of-)tree|branch|(?<!linux-)next)\b(?![-\s]\d)|\s(?:\S+#)?for-)"
    r"|^\s(?:on\s(?:the\s)?top(?!\sof)|upon)\b|\sagainst\b"
    r"|\son(?:to)?\s(?:(?:a|the|my)\s)?"
    r"(?:v?\d(?!\d?(?:st|nd|rd|th)\b)|upstream|linux\s|current\s|head\b|mainline|vanilla|patch)"
    # but not `due to the earlier patches`
    r"|(?<!due)(?<!thanks)(?<!relative)\s(?:to|in|into|with|for)\s(?:(?:the|my|our|your|a|an|its|one)\s)?"
    + any_of(
        "next new upcoming previous following earlier first other last original same separate"
        " new_separate future single"
    )
    + r"\s(?:version|patch|revision|re-?spin|iteration|series|submission|commit|v\d|one|round"
    r"|update)"
    r"|\sas\san?\s(?:new|separate|single|example|experiment|base|basis|start)\b"
    r"|(?<!except)(?<!apart)\s(?:to|in|into|for|as)\s(?:the\s)?(?:v[1-3]?\d(?![\w.]*[./-]\w)\b|patch\s#?\d)"
    r"|\s(?:to|into)\s(?:the|your|my|a|this|that)\spatch(?:es|set)?\b(?!\s(?:queue|tree))"
    r"|\sto\s(?:upstream\s)?v?\d[\d.]*(?:-rc\d+)?\s(?:vanilla|kernel)|\s(?:to|on)\sgit\s\d+\.\d"
    r"|\s(?:to|in|into)\s(?:my|our)\s(?:[\w.-]+\s)?(?:series|patch[-\s]?series|patch-?set|set|patches|wip|work)\b"
    r"|\s(?:into|for)\s(?:account|consideration|granted)|\s(?:away|care|over)\b"
    # but not `a while back`
    r"|(?<!while)(?<!days)(?<!weeks)(?<!months)(?<!time)\sback\b|\sout\s(?:a|an)\b"
    r"|\s(?:in|to|into)\s(?:the\swrong|(?:my|our|an?)\s(?:own\s)?(?:[\w./-]+\s)?fork)\b"
    r"|\sfor\s(?:reference|convenience|(?:\w+\s)?review(?!\sand\s(?:further\s|more\s)?test)|comments|that|it)\b"
    # `for a quick spin`, `for local testing`, `for testing on top of my queue`
    r"|\sfor\s(?:a\s)?(?:\w+\s)?(?:spin|ride|test\sdrive|test\srun)\b"
    r"|\sfor\s(?:local\stest(?:ing|s)|testing\s(?:on\s?top|with))\b"
    r"|\sfor\s(?:(?:my|our)\s(?:own\s)?tests?(?:ing)?\b|test(?:ing|s)\son\s(?:my|our|an?|real|the)\b)",
    re.IGNORECASE,
)
# `merged on 18th October`, `applied on Monday`
_ON_A_DAY: Final = re.compile(
    r"^\son\s(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)?(?:\sof)?\s[A-Z][a-z]+|[A-Z][a-z]{2,8}\s\d{1,2}\b|\d{1,2}(?:st|nd|rd|th)\b"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b|\d{4}-\d\d-\d\d)"
)
_WAITS: Final = compile_words(
    r" ?[,(]? ?(?:but )?(?:only |just )?locally\b| (?:if|when|once|until(?! here\b)|unless"
    r"|as soon as|assuming)\b"
)
_UNDONE: Final = re.compile(
    r"\b(?:un(?:pulled|applied|queued|merged)"
    r"|(?:got|was|were)\s(?:reverted|dropped|removed|backed\sout)\sagain\b"
    r"|and\s(?:later\s|then\s)?(?:reverted|dropped|removed)\b"
    r"|but\s(?:then\s|later\s)?(?:it\s|they\s)?(?:was|were)\s(?:reverted|dropped|removed)\b"
    r"|(?:dropped|reverted|removed|backed)\s(?:it|this|them|that|out)\b)"
    # but `Applied, since this hasn't been picked up`
    rf"|(?<!\bsince\s)(?<!\bbecause\s)(?<!\bas\s)\b(?:it|they|this|these)\s(?:has|have|was|were){NOT}\s(?:been\s|yet\s){{0,2}}"
    r"(?:picked|applied|merged|queued|taken)\b"
    # `The first patch applied, the second didn't`
    r"|,\s(?:but\s)?the\s(?:second|third|other|next|last|rest)\s(?:\w+\s)?(?:didn['’]t|did\snot|failed)\b"
    r"|\(using\sb4\)|\bto\sbase\b",  # a robot's: `was applied (using b4) to base: …`
    re.IGNORECASE,
)
# `Applied on top of the previous cpufreq material, thanks!`
_ON_TOP: Final = compile_words(
    rf"(?:now |.{{0,80}}\bI{HAVE}? )?(?:applied|queued)(?: up)?(?: (?:it"
    rf"|this))? on (?:the )?top of [^.;]{{1,80}},"
    r" (?:thanks|thank you)\W*"
)
# `Indeed, applied on top of this.`
_ON_TOP_OF_THIS: Final = compile_words(
    r"(?:\w+, )?(?:now )?(?:applied|queued)(?: it)? on top of (?:this|that|it|them) ?[.!]?"
)
# `I applied this one on top`, and no more, or thanks
_AT_TOP: Final = re.compile(r"\son\stop\s?(?:[.,!]|$|thanks\b)")
_THIS_ONE_AT_TOP: Final = compile_words(r"\bthis one on top\b|\bthank|\bthx\b")
_ON_TOP_OF_IT: Final = compile_words(r" on top\b(?! of)")
_INSTEAD: Final = compile_words(r"No changes -- Patch already|\binstead of (?:this|it|that)\b")
# `This was already taken by Rob, wasn't it?`
_ASKED: Final = compile_words(
    r", (?:(?:is|are|was|were|has|have|did|do)n't (?:it|they|you|we)|right|correct|no) ?\?$"
)
# `Applied with that tweak for patch 2`, `applied after fixing the type in patch 2`
_TWEAK: Final = compile_words(
    r"^ with (?:(?:that|the|this|a|an|your|my|some|minor|small) ){0,2}(?:[\w/-]+ ){1,3}(?:for|to"
    r"|in) patch #?\d{1,3}\b|^ after \w+ing\b[^.;]*|^ and pushed (?:it )?back(?: out)?"
)
# what does not tell of the place: `I applied this and sent it over to Rob`
_FURTHER: Final = re.compile(
    r"[,;(:]\s|\s[(\[]|\sand\s(?:signed|sent|forwarded)\s(?:it|this|them|a\sp)"
)
# `Pushed with a fix on top of it`
_WITH_ONE_ON_TOP: Final = re.compile(
    r"^\swith\s(?:\S+\s){1,8}?on\stop(?:\sof\s(?:it|this|that|them))?(?=\s?(?:[.,!]|$))"
)
# `I applied it to my kernel`, `Applied to the page tables`: a direction, and no tree is told
_DIRECTION: Final = re.compile(
    r"\s(?:(?:to|into|onto|on(?!-top|\stop\sof))\b(?!\spatch(?:es)?\s#?\d)(?!\s"
    + any_of(
        "both that_basis this_basis the_basis at_least get fix avoid make be have allow keep let"
        " save help unbreak unblock"
    )
    + r"\b)|in\b(?!\s(?:the\s)?hopes?\b|\spatch(?:es)?\s#?\d|\s?(?:[,.!;)]|$)"
    r"|\sand\s(?:it|they|this|will|should)\b"
    r"|\sa\s(?:while|week|day|month|year|few|couple)\b"
    r"|\sfor\s(?:the\s)?(?:v?\d|next|-?rc)))",
    re.IGNORECASE,
)
# `applied to a new branch for 5.6-rc6`, which is to be pulled
_NEW_BRANCH: Final = compile_words(
    r" (?:to|on|in) (?:a )?new branch,? for (?:the )?(?:v?\d|-?rc|next|merge)"
)
# `I dropped v1 from the queue, and queued this one in its place`
_IN_ITS_PLACE: Final = compile_words(
    r" in (?:(?:its|their) (?:place|stead)\b|place of (?:your |the )?(?:(?:old|older|previous"
    r"|earlier|original|first) |v\d{1,2}\b))"
)
_FORM: Final = compile_words(
    r" in (?:(?:this|that|its|the) (?:current |present |same )?|(?:an? )?(?:somewhat |slightly "
    r"|very )?(?:different|modified|simplified|other|reworked) )(?:shape|form|state)\b"
)
# `has been merged into the kernel`
_KERNEL: Final = compile_words(
    r" (?:in|into) (?:the )?(?:linux |upstream |mainline )?kernel(?: tree)?(?: ?(?:[,;!:]"
    r"|\.(?!\w)|$)| and\b)"
)
_IN_RELEASE: Final = compile_words(
    r" in (?:-?rc|v?\d|order|time|sequence|(?:\w+'s )?linux next)| into (?:v\d+\.\d|\d+\.\d"
    r"|the (?:last|latest|current) (?:release|rc\b|-rc))"
)


def is_taken_back(verb: str, sentence: str, rest: str, place_end: int = 0) -> bool:
    """Whether what follows a verb says that it was no maintainer's tree, or not yet.

    Args:
        verb: the verb, in lower case.
        sentence: the whole sentence.
        rest: what follows the verb and its object.
        place_end: where in it the tree ends; 0 where no tree is given.
    """
    if _WAITS.match(cut_clause(rest)) or _UNDONE.search(rest) or _INSTEAD.search(sentence):
        return True
    if _ASKED.search(sentence):
        return True
    is_question = sentence.rstrip().endswith("?")
    if is_question and not re.search(r"[,;:(–—]|\s-|\b(?:but|and)\b", rest):
        return True
    return not _is_on_top(verb, sentence, rest) and _is_elsewhere(verb, rest, place_end)


def _is_on_top(verb: str, sentence: str, rest: str) -> bool:
    """Whether it went on top of others, and is no trial: `queued on top of this`."""
    if verb in {"applied", "queued"} and (
        _ON_TOP.fullmatch(sentence) or _ON_TOP_OF_THIS.fullmatch(" ".join(sentence.split()))
    ):
        return True
    if verb == "queued" and _ON_TOP_OF_IT.match(rest):
        return True
    return verb in {"applied", "queued", "merged", "pushed"} and _is_at_top(sentence, rest)


def _is_elsewhere(verb: str, rest: str, place_end: int) -> bool:
    """Whether the words right behind a verb tell of no tree: `to v2`, `for convenience`."""
    near = _FURTHER.split(cut_clause(rest), maxsplit=1)[0]
    if verb in {"applied", "queued"}:  # `applied together with your other patch`
        near = re.sub(r"^\stogether\swith\s(?:your|the)\sother\s(?:patch|one)\b", "", near)
    near = _WITH_ONE_ON_TOP.sub("", _TWEAK.sub("", _ON_A_DAY.sub("", near)))
    match = _ELSEWHERE.search(near[:place_end] if 0 < place_end <= len(near) else near)
    if match is None:
        return False
    is_fold = verb in {"folded", "squashed"}  # `squashed into the original patch`
    return not (is_fold and match[0].strip().startswith(("in", "to", "with")))


def _is_at_top(sentence: str, rest: str) -> bool:
    """Whether it went on top of others, and is no trial: `applied this one on top`."""
    return _AT_TOP.match(rest) is not None and _THIS_ONE_AT_TOP.search(sentence) is not None


def is_aimless(clause: Clause) -> bool:
    """Whether it is said where a patch went, and this is no tree: `applied it to my kernel`."""
    verb, rest = clause.claim.verb, clause.rest
    if clause.place is not None or _is_at_top(clause.claim.sentence, rest):
        return False
    if verb in {"folded", "squashed"} or _DIRECTION.match(rest) is None or _FORM.match(rest):
        return False
    if _ON_A_DAY.match(rest) or _NEW_BRANCH.match(rest) or _IN_ITS_PLACE.match(rest):
        return False
    if verb == "queued" and _ON_TOP_OF_IT.match(rest):
        return False
    if verb in {"merged", "queued", "committed"} and re.match(r"\sto\sv?\d+\.\d", rest):
        return False
    if verb == "merged" and _KERNEL.match(rest):
        return False
    return clause.claim.subject == "nobody" or _IN_RELEASE.match(rest) is None
