"""Sentences that say that patches were applied, and are no `applied` with its object.

Each has a row with an example. What `I've applied these` says in any order and with any verb is
read by `phrases`; here are the few words that people use beside that: `Got it queued`, `I dared to
merge it`, `Now in kvm/next`. A question is none.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from kvminbox.review.claim import Claim, Subject
from kvminbox.review.elsewhere import is_taken_back
from kvminbox.review.grammar import Found, Phrase, compile_words
from kvminbox.review.inferred import read_thanks
from kvminbox.review.lines import Line
from kvminbox.review.marks import BRANCH_WORD, CONDITION, DOUBTS, UNREAL
from kvminbox.review.trees import find_linked_branch, find_place
from kvminbox.review.trials import is_trial
from kvminbox.review.wording import HAVE

_ENDS: Final = r"(?= ?(?:[.,!;]|$)"
_VERB: Final = r"(?P<verb>queued|staged|merged|applied|committed|pushed)"
_GIVEN: Final = compile_words(rf"{CONDITION.pattern}|\b(?:as long as|assuming|provided)\b")
# `I've updated for-next, please rebase`, `I updated my for-next branch, but not with this one`
_OTHER_UPDATE: Final = compile_words(
    r"\b(?:please|rebased?|re-?send|re-?spin|based? on|conflicts?|could you|can you|not|without"
    r"|except|excluding|minus)\b|n't\b"
)
_THANKS_OR_ACKS: Final = compile_words(r"\b(?:thanks|thank you|acks|tags)\b")
_NO_LOCAL: Final = compile_words(r" in (?:my|our) (?!local\b|branch\b)")
# what may follow a branch where it is the end of what is said
_BEHIND: Final = re.compile(
    r"\s?(?:[.,;!(]|$|as\b|thank|with\b|-|and\s[\w./-]+[/-](?:next|fixes)\b)"
)
# `kvm-next`, `for-next/timers`, `lamps.git for-next`, `the next branch`
_BRANCH: Final = (
    r"(?:[\w./-]+\.git )?#?(?:(?:[\w.]+[-/])*(?:for-(?:next|fixes|linus)|[\w.]+[-/](?:next|fixes))"
    r"(?:[-/][\w.]+)*(?: (?:tree|branch))?|(?:next|fixes) branch)"
)
_IN_NEXT: Final = (
    r"(?:(?:now|already|both|all) )*in (?P<tree>linux-next)\b[^.;:?!]{0,60}?(?:,| and) "
    r"(?:(?:the |my |a )?(?:pull ?-?requests?|PRs?) (?:(?:is|are|was|were|(?:has|have) been) )?"
    rf"(?:(?:now|already|just) )*sent|I{HAVE}? (?:just |already |now )?sent (?:the|a|my) "
    r"(?:pull ?-?requests?|PRs?))\b"
)
# `timer04`: a word of a title that is in no dictionary
_CALLED: Final = r"(?=[\w./-]*[a-z])(?=[\w./-]*[\d_/])(?!v?\d|next|patch)[a-z][\w./-]*\w"
_DARE: Final = (
    rf"(?<![\w'’])I{HAVE}? (?:dared? to|helped(?: to)?|(?:taken|took) the liberty (?:to|of)) "
)
_DARED: Final = r"(?:apply|merge|push|queue|commit|applying|merging|pushing|queue?ing)(?: up)?"


@dataclass(frozen=True)
class Shape:
    """A shape of sentences, in which `<what>` is what was applied."""

    example: str
    words: tuple[str, ...]
    """A sentence of the shape has one of these, so that most patterns are never compiled."""

    text: str
    """The pattern. Its groups: the `verb`, where it has several; `place`, the words with the
    tree, which otherwise are all that follow; `tree`, a tree without a word such as `to` before it;
    `url`, a link to one; `named`, the patches, where they are not any `<what>`; `some`, which tells
    that only some of the patches are meant."""

    verb: str = ""
    subject: Subject = "sender"
    where: Literal["start", "clause", "anywhere"] = "start"
    """Where it begins: with the sentence, with a clause of it, or at any place."""

    needs: Literal["", "tree", "branch"] = ""
    """What must be told: a tree, or one that is called a branch and ends there."""

    unless: re.Pattern[str] | None = None
    """What the sentence may not have."""

    is_testers: bool = False
    """Whether a tester says so, too, so that what follows must not tell of a test."""

    by_committer: bool = False
    """Whether it is believed only of who commits."""

    unless_sure: re.Pattern[str] | None = None
    """What makes it believed of anybody."""

    by_title: bool = False
    """Whether it names patches by words that some titles have, or is about others."""

    @cached_property
    def phrase(self) -> Phrase:
        """The pattern, compiled."""
        return Phrase(self.text)


def read_shape(sentence: str, text: str) -> Claim | None:
    """Read a sentence that has one of the shapes; None if it has none, or asks.

    Args:
        sentence: the sentence.
        text: the same on one line.
    """
    if sentence.rstrip().endswith("?"):
        return None
    said = Line(sentence, text)
    for shape in SHAPES:
        if any(word in said.lowered for word in shape.words) and (claim := _read(shape, said)):
            return claim
    return read_thanks(said)


def _read(shape: Shape, said: Line) -> Claim | None:
    """Read a sentence that has the words of a shape; None if it has not the shape itself."""
    found = _find(shape, said)
    if found is None or _is_doubted(shape, said, found):
        return None
    rest = found.groups.get("place", said.rest(found.end))
    if "url" in found.groups:
        branch = find_linked_branch(f" {found.groups['url']}")
        rest = f" to {branch}" if branch else ""
    if "tree" in found.groups:
        rest = f" to {found.groups['tree']}"
    if shape.is_testers and _is_tried(said, found.what, rest):
        return None
    verb, what = shape.verb or found.get("verb").lower(), found.what or found.get("named")
    told = said.tell(verb, shape.subject, what, rest)
    if (shape.needs == "tree" and not told.has_tree) or (
        shape.needs == "branch" and not _is_branch(rest)
    ):
        return None
    is_sure = shape.unless_sure is not None and shape.unless_sure.search(said.text) is not None
    return replace(
        told,
        by_committer=shape.by_committer and not is_sure,
        by_title=shape.by_title,
        is_some=bool(found.get("some")),
    )


def _is_doubted(shape: Shape, said: Line, found: Found) -> bool:
    """Whether it has what it may not have; where a branch is the end of it, before that."""
    end = found.end - len(found.get("place")) if shape.needs == "branch" else len(said.text)
    return shape.unless is not None and shape.unless.search(said.text[:end]) is not None


def _find(shape: Shape, said: Line) -> Found | None:
    if shape.where == "anywhere":
        return shape.phrase.search(said.text)
    starts = said.starts if shape.where == "clause" else (0,)
    found = (shape.phrase.match_behind_intros(said.text, start) for start in starts)
    return next(filter(None, found), None)


def _is_tried(said: Line, what: str, rest: str) -> bool:
    """Whether what follows tells of a test, or of another place than a tree."""
    return is_taken_back("applied", said.sentence, rest) or is_trial("applied", what, rest)


def _is_branch(rest: str) -> bool:
    """Whether words begin with a tree that is called a branch, and end there: ` in kvm/next.`."""
    place = find_place(rest)
    if place is None or not place.is_sure or place.start > 1:
        return False
    return (
        BRANCH_WORD.search(place.tree) is not None or "branch" in rest[: place.end]
    ) and _BEHIND.match(rest, place.end) is not None


SHAPES: Final = (
    Shape(
        "Got it queued.",
        ("queued", "staged", "merged", "committed"),
        rf"(?:I{HAVE}? )?(?:(?:now|already|did) )*(?:got|have) <what>"
        r" (?:now |all |already |both )?(?P<verb>queued|staged|merged|committed)(?: up)?"
        r"(?! to (?:send|post|submit|test)\b| for (?:processing|(?:a )?review|testing|later"
        rf"|tomorrow|some|the week)){_ENDS}| (?:for|in|to|into|now|already|locally)\b)",
        where="clause",
    ),
    Shape(
        "Added to my queue, thanks",
        ("added to ",),
        r"added to (?:the |my |our )?queue(?= ?(?:[.,!]|$)| thank)",
        verb="queued",
        subject="nobody",
    ),
    Shape(
        "This was included in my pull request today.",
        ("my ",),
        r"(?=this|it\b|these|they|your|the)<what>(?:'s| (?:is|are|was|were|(?:has|have) been))"
        r" (?:now |already )?(?:included |part )?(?:in|of) my (?:(?:last|latest|recent|previous) )?"
        r"pull[ -]request(?P<place>)(?= ?(?:[.!]|$)"
        r"| (?:today|yesterday|last|this|to|for|and (?:is|are) now)\b)",
        verb="merged",
        subject="patches",
    ),
    Shape(
        "This series is now upstream.",
        ("upstream",),
        r"(?=this (?:is|patch|series)|your (?:patch|series))<what> is "
        r"(?:now upstream(?= ?(?:[.!]|$)| in Linus)|upstream now(?= ?(?:[.!]|$)))(?P<place>)",
        verb="merged",
        subject="patches",
    ),
    Shape(
        "I took the liberty of applying this.",
        ("dare", "helped", "liberty"),
        rf"{_DARE}{_DARED} <what>(?= ?(?:[.,;:!(]|$)"
        r"| (?:for|to|into|as|with|already|now|and|since|because|directly)\b)",
        verb="merged",
        where="anywhere",
    ),
    Shape(
        "I dared to fix this and merge.",
        ("dare",),
        rf"{_DARE}(?:[^.,;?]{{1,80}} and )?(?:merge|apply|push|queue|commit)(?: (?:it|this))?"
        r"(?= ?[.!])",
        verb="merged",
        where="anywhere",
    ),
    Shape(
        "In the meanwhile I merge the patch.",
        ("i merge", "i push", "i now ", "i just ", "i boldly "),
        r"(?:in the mean(?:while|time) )?I (?:now |just |boldly )?(?:merge|push) "
        r"(?=this|the|your)<what>(?= ?(?:[.!]|$)| (?:because|since|with|to master|directly)\b)",
        verb="merged",
        where="clause",
    ),
    Shape(
        "I've merge it into kvm/next.",
        ("ve merge ", "ve apply ", "ve queue ", "ve push ", "ve now ", "ve just "),
        r"I've (?:now |just )?(?:merge|apply|queue|push) <what>(?P<place> (?:to|into) \S+)",
        verb="merged",
        where="clause",
    ),
    Shape(
        "I did apply your patch before, since it is safer.",
        ("did",),
        rf"I did (?:\w+ly )?apply <what>(?: up)?{_ENDS}"
        r"| (?:previously|before|already|yesterday|earlier|for|to|into|now|last)\b)",
        verb="applied",
        where="clause",
        is_testers=True,
    ),
    Shape(
        "I decided to queue this up for next.",
        ("decided", "chose"),
        rf"I{HAVE}? (?:now |just )?(?:decided|chose|chosen) to (?:just )?"
        r"(?:apply|queue|take|merge|pick)(?: up)? <what>(?: up)?(?= (?:for|to|into|as)\b| ?[,.])",
        verb="queued",
        is_testers=True,
    ),
    Shape(
        "Thanks, applies to the kvm-next branch.",  # mistyped
        ("applies",),
        r"(?<=[Tt]hanks, )applies(?P<place> to (?:the |my )?[\w./-]+(?: [\w./-]+)? (?:branch|tree))"
        r"(?: for v?\d[\w.-]*\w)?(?= ?(?:[.!]|$))",
        verb="applied",
        subject="nobody",
    ),
    Shape(
        "This patch has reached -next.",
        ("reached",),
        r"<what> (?:has|have) (?:now |already |just )?reached (?:the )?"
        r"(?P<tree>(?:[\w./-]+[/-])?-?next|mainline)\b",
        verb="in",
        subject="patches",
    ),
    Shape(
        "In linux-next for a few days and pull requests sent.",
        ("linux-next",),
        _IN_NEXT,
        verb="in",
        subject="patches",
        unless=UNREAL,
        by_committer=True,
    ),
    Shape(
        "This is in linux-next, pull request was sent.",
        ("linux-next",),
        rf"<what>(?: (?:is|are|was|were|(?:has|have) been)|'s(?: been)?) {_IN_NEXT}",
        verb="in",
        subject="patches",
        unless=UNREAL,
        by_committer=True,
    ),
    Shape(
        "I'll pick this patch up now.",  # done as it is said, by who can
        ("'ll", "’ll"),
        r"(?:^|[,;:!] |\b(?:ok|okay|so|and|then|thanks) )I'll (?:apply|queue|pick)(?: up)? <what>"
        r"(?: (?:up|in))? (?:right )?now(?P<place>)(?= ?(?:[.,!]|$)| (?:as|since|because)\b)"
        r"(?!,? (?:so|and) (?:we|you|I) can\b)",
        verb="picked",
        where="anywhere",
        unless=_GIVEN,
        by_committer=True,
    ),
    Shape(
        "I'm going to merge it into kvm/next now.",
        ("going",),
        r"(?<![\w'’])I(?:'m| am) (?:just )?going to (?:go (?:ahead )?and )?"
        r"(?:apply|queue|take|merge|pick|pull|push)(?: up)? <what>(?: up)?"
        r"(?P<place> (?:to|into|in) [^.,;?]{1,60}?)(?: (?:right )?now(?= ?[.,!;]|$)"
        # `into lamps/dev, but I applied some tweaks`
        rf"|(?=,? (?:but|and) I{HAVE}? (?:applied|made|fixed|changed|tweaked|adjusted|edited)\b))",
        verb="queued",
        where="anywhere",
        needs="tree",
        unless=_GIVEN,
    ),
    Shape(
        "I've finally managed to add the acks and wrestle this pile into docs-next.",
        ("managed",),
        rf"(?:I{HAVE}? )?(?:finally |now |just )*managed to (?:[^.;,?]{{3,80}} and )?(?:finally )?"
        r"(?:get|wrestle|squeeze|apply|merge|queue|push|fit|land|shoehorn|cram) <what>"
        r"(?P<place> (?:to|into|in) .*)",
        verb="merged",
        needs="branch",
        unless=DOUBTS,
        by_committer=True,
        unless_sure=_THANKS_OR_ACKS,
    ),
    Shape(
        "I updated mm.git to this version.",  # the tree that had an earlier one
        ("updated",),
        rf"(?:I{HAVE}? )?(?:now |just )?updated (?:[\w/-]+\.git's (?=\S+ (?:tree|branch)\b))?"
        r"(?P<tree>[\w/-]+\.git|[\w./-]+[-/](?:next|new|unstable|fixes)(?: (?:tree|branch))?"
        r"|(?:the|my|our) \S+ (?:tree|branch)|\S+ (?:tree|branch)) to (?P<named>this"
        r"(?: (?:(?:new|latest|updated) )?(?:v\d{1,2}(?: (?:series|version|set))?|version|series"
        r"|set))?"
        r"|v\d{1,2}(?: of (?:this|the) (?:series|set|patch(?:-?set)?))?|(?:the|your) (?:new|latest)"
        rf" (?:version|series)){_ENDS})",
        verb="queued",
    ),
    Shape(
        "I (re-)added this series to mm.git.",
        ("re-", "re)", "readd", "reapp", "reque", "remer"),
        rf"(?:I{HAVE}? )?(?:now |just )?\(?re-?\)?-?(?:added|applied|queued|merged) <what>"
        r"(?P<place> (?:to|into|in) .{1,80})",
        verb="queued",
        needs="tree",
    ),
    Shape(
        "I've updated the for-next/timers branch with that.",
        ("updated",),
        rf"(?:done ?[,:;(]? ?\(?)?(?:.{{0,100}}\bi\.?e\.?,? )?(?:I{HAVE}? )?(?:now |just |also )?"
        rf"updated (?:the |my |our )?(?P<tree>{_BRANCH})(?: with (?P<some>only |just )?"
        r"(?P<named>that|this|it|these|them|both|(?:the )?attached|(?:the|these|this|your) "
        r"(?:[\w./-]+ ){0,4}?(?:patch(?:es|-?set)?|series|version|fix(?:es)?)))?"
        r"(?= ?(?:[.,;!()]|$)| (?:now|too|as well|pending|accordingly)\b)",
        verb="updated",
        needs="tree",
        unless=_OTHER_UPDATE,
        by_committer=True,
    ),
    Shape(
        "I have these patches in my tree, starting with this commit.",
        ("tree", "branch", "next", "fixes"),
        rf"I(?: already| now)?{HAVE}(?: got)?(?: now| already)? <what>(?: now| already)?"
        r"(?= in (?:my|our) (?:(?:[\w./-]+ )?(?:tree|branch)\b|(?:[\w./-]+[/-])?(?:next|fixes)\b))",
        verb="taken",
        is_testers=True,
        by_committer=True,  # of a local tree, or a branch without a name
        unless_sure=_NO_LOCAL,
    ),
    Shape(
        "I grabbed a copy for the mm-unstable tree.",
        ("copy",),
        rf"I{HAVE}? (?:now |just )?(?:put|grabbed|took|taken|added|queued|have) a copy"
        r"(?: of (?P<named>\w+(?: \w+)?))? (?:for|in|into|to|on) (?P<tree>.*)",
        verb="taken",
        needs="tree",
    ),
    Shape(
        "I had to change a lot to apply this on for-next.",
        ("had to",),
        r"I had to [^.;?]{3,80} to (?:apply|merge|get) <what>(?P<place> (?:on|to|in|into) .*)",
        verb="applied",
        needs="branch",
        unless=DOUBTS,
    ),
    Shape(
        "I fixed the typo and have it on for-next.",
        ("have",),
        r"I [^.;?]{3,80} and (?:now )?have <what>(?P<place> (?:on|to|in|into) .*)",
        verb="applied",
        needs="branch",
        unless=DOUBTS,
    ),
    Shape(
        "Had to apply this by hand.",
        ("by hand", "manually"),
        r"(?:I )?had to (?:apply|merge) <what> (?:by hand|manually)(?= ?(?:[.!,]|$))",
        verb="applied",
        is_testers=True,
    ),
    Shape(
        "Here's what has been queued for v5.4-rc.",
        ("what",),
        rf"(?:here|this)(?:'s| is) what(?:'s| (?:is|was|has|I{HAVE}?))(?: (?:been|just|now))*"
        rf" {_VERB}(?= ?(?:[.,:!]|$)| (?:for|to|in|into)\b)",
        subject="nobody",
    ),
    Shape(
        "PHY driver has been merged.",
        ("driver",),
        r"(?:the )?(?P<named>(?!(?:the|this|that|your|my|our|an?|new|old|same|other) )"
        r"(?:[\w./-]+ ){1,2}drivers?) (?:has|have) (?:(?:now|just|already) )*been "
        r"(?:(?:now|just|already) )*(?P<verb>merged|applied|queued|picked|accepted)(?: up)?"
        r"(?= ?(?:[.!;,]|$)| (?:to|in|into|for|now|by|already)\b)",
        subject="patches",
        unless=UNREAL,
        by_title=True,
    ),
    Shape(
        "timer04 and timer05 merged",
        ("merged", "applied", "queued", "pushed"),
        rf"(?P<named>{_CALLED}(?:(?:, | (?:and|&) ){_CALLED}){{0,6}}) "
        rf"(?:(?:is|are|(?:has|have) been) )?(?:(?:now|also|already) )?{_VERB}"
        r"(?: (?:too|now|as well))? ?(?:[.!]|$|, thank)",
        subject="patches",
    ),
    Shape(
        "'KVM: a timer' is queued up.",
        ("'", '"'),
        r"(?P<named>(?P<mark>[\"\x27])(?!.{0,200}\bthe (?=(?P=mark)))[^\"\x27\n]{0,40}: "
        r"[^\"\x27\n]{3,120}(?P=mark)) (?:(?:is|was|has been|got) )?(?:(?:now|also|already) )?"
        r"(?P<verb>merged|applied|queued|pushed|picked)(?: up)?"
        r"(?= ?(?:[.!,;]|$)| (?:to|in|into|for|now|too)\b)",
        subject="patches",
    ),
    Shape(
        "Picked up https://git.kvm.example/kvm.git/log/?h=kvm-next",
        ("picked up",),
        rf"(?:I{HAVE}? )?(?:now )?picked up ?:? "
        r"(?P<url>https?://\S+/(?:commits?|c|log|tree)/\S*) ?$",
        verb="picked",
        subject="nobody",
    ),
    Shape(
        "Now added, will show up in linux-next after rc7.",
        ("added",),
        r"(?:now )?added(?: now)?, (?:and )?(?:it )?(?:will|should) (?:show up|appear|be) "
        r"(?P<place>)(?=in (?:the next )?(?:linux)?-next\b)",
        verb="queued",
        subject="nobody",
    ),
    Shape(
        "Consider it applied to kvm-next.",
        ("consider",),
        rf"consider (?!that|they)<what> {_VERB}(?: up)?"
        r"(?= ?(?:[.,!]|$)| (?:to|in|into|for|with)\b)",
        where="clause",
    ),
    Shape(
        "LGTM (already merged)",
        ("already", "now", "just"),
        rf"\(?(?:already|now|just) {_VERB}\)?(?: (?:tho|though|too|anyway|now))? ?[.!,]? ?"
        r"(?:thanks?\b.{0,20})?$",
        subject="nobody",
    ),
    Shape(
        "Both patches accepted.",
        ("accepted",),
        r"(?=(?:both|all|the|this|these|whole) )<what> (?:is |are )?(?:now )?accepted ?"
        r"(?:[.,!] ?(?:thank.{0,30})?)?$",
        verb="merged",
        subject="patches",
    ),
    Shape(
        "It's in my queue for v6.18.",
        ("tree", "queue", "branch"),
        r"(?:(?P<named>it|this|they|these)(?:'s| is|'re| are) )?(?:now )?in (?:my|our) (?:\S+ )?"
        r"(?:tree|queue|branch) for (?:the )?(?:next (?:release|cycle|merge|kernel)|v?\d+\.\d+"
        r"|-?rc\d|upcoming)(?P<place>)",
        verb="queued",
    ),
    Shape(
        "Now in kvm.git#for-6.14, thanks",
        ("now in ", "now on ", "already in ", "already on "),
        r"(?:now|already)(?= (?:in|on) )",
        verb="in",
        subject="nobody",
        needs="branch",
    ),
)
"""All shapes, in the order in which they are tried."""
