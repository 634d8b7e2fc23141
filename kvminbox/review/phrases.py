"""How people and programs say that patches were applied: the grammar of one sentence.

A claim has a verb, `applied` or `queued`. What stands before it in its clause tells who did
it: the sender (`I've now applied`, or nothing, `Thanks, applied`), or nobody in particular
(`patches 1-3 are queued`), or somebody else who surely did (`Rob has already applied this`).
What follows is what was applied, if that is said, then the tree
and the manner. A clause that fits nowhere is no claim: `Rob applied it`, `once it is applied`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from kvminbox.patterns import compile_later
from kvminbox.review import wording
from kvminbox.review.doubts import (
    cut_clause,
    is_about_others,
    is_aimless,
    is_check,
    is_of_others,
    is_other_deed,
    is_taken_back,
    is_trial,
)
from kvminbox.review.scope import NUMBERS
from kvminbox.review.selection import find_more
from kvminbox.review.trees import Place, find_place, read_place
from kvminbox.review.wording import ADVERB, COPULA, DOUBT, INTRO, PATCHES, PRONOUN

MAX_PARAGRAPH: Final = 1_000
"""Characters of a paragraph that are read."""

MAX_VERBS: Final = 12
"""Words of a paragraph that are looked at as the verb of a claim."""

_GAP: Final = 25  # characters that may stand between what was added and the tree
_BEFORE: Final = 240
_AFTER: Final = 320

_VERB: Final = re.compile(
    rf"(?<![\w/-])(?<![^.]\.)(?:(?P<plain>{wording.PLAIN_VERBS})|(?P<object>{wording.OBJECT_VERBS})"
    rf"|(?P<tree>{wording.TREE_VERBS})|(?P<going>{wording.GOING_VERBS}))"
    r"(?![\w/=(]|-\w|\.\w|:\w|\s?!=)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(
    r"(?<=[.!?])(?<!\s\.\.)(?<!\bi\.e\.)(?<!\be\.g\.)(?:[)\"'](?<!\.\.\)))?\s|(?<=:[)/])\s|\n(?=[*•-]\s)|\n(?=\[\d{1,4}/\d{1,4}\])"
)
_BREAK: Final = re.compile(
    r",(?=I\b)|(?:[,;!?(\[]|(?<!-by)(?<!\bCc)(?<!Fixes)(?<!Link):)\s(?!(?:and\s|&\s)?#?\d)"
    r"|\s-{1,3}\s|\s[–—]\s|—|(?<!\d)(?<!\d\s)\.{2,}(?:\s|(?=\w))|[(]|\s?[:;]-?[)]\s|\n(?=[A-Z*-]|has\sbeen\s)"
)
_BRACKETS: Final = re.compile(r"\s\([^()]{0,120}\)(?=\s)")
# `The driver patches [2][3] are`
_NOTES: Final = re.compile(r"\s?(?:\[\d{1,2}\]\s?(?:&|,|and)?\s?){2,6}(?<=\])(?=\s)")
# `[01/13] -> [08/13]`
_JOINS: Final = r"\s?(?:->?|–|to|thru|through|,|and|&)\s?"
_BRACKETED: Final = re.compile(rf"\[(\d{{1,4}}/\d{{1,4}})\](?={_JOINS}\[\d)")
_LAST_BRACKETED: Final = re.compile(rf"(?<=/\d|\d\d)({_JOINS})\[(\d{{1,4}}/\d{{1,4}})\]")
# `Changed the title to "kvm: a timer" and applied`
_QUOTED: Final = re.compile(r"(?<=\s)\"[\w'][^\"]{0,100}\"(?=\s)")
_CONJUNCTION: Final = re.compile(
    r"(?:^|\s)(and|but|so|then|thus|hence|therefore|&)\s", re.IGNORECASE
)
# `I've just`, `I went ahead and`, behind any other words of its clause
_SENDER: Final = compile_later(
    r"(?:^|(?P<word>[\w'’]+)\s)(?P<who>I|we)"
    r"(?:['’]ve|\shave|\shas|\shad|['’]m|\sam|['’]re|\sare|\sdid|\shelp(?:ed)?)?\s"
    rf"(?:(?:gone|went)\sahead\s(?:and\s)?|(?:ended|did\send)\sup\s)?(?:{ADVERB}\s)*$",
    re.IGNORECASE,
)
# `The patch has been accepted and merged`
_ACCEPTED: Final = r"(?:accepted|approved)(?:\s(?:and|&))"
# `Since this series is already merged, …`, `but given it has been applied`
_CAUSE: Final = compile_later(
    r"(?P<lead>|.*(?<!\bsoon)(?<!\bfar)(?<!\blong)(?<!\bsuch)(?<!\bwell)(?<!\bsame)(?<!\beven)"
    r"(?<!\ba)(?<!\bthe)\s)"
    r"(?P<word>since|given(?:\sthat)?|because|now\sthat|as|(?:even\s|al)?though)\s(?P<clause>\S.*)",
    re.IGNORECASE,
)
_PASSIVE: Final = compile_later(
    rf"(?:{INTRO}\s)*(?!those\b|that\b)(?P<what>(?:(?:only|just)\s)?{PATCHES}|{wording.KINDS_OF_PATCHES})"
    rf"(?:\s(?:already|also|now|all|both))?(?:\s{COPULA})?(?:\s(?:{ADVERB}|been|still|{_ACCEPTED}))*\s",
    re.IGNORECASE,
)
_PRONOUN_PASSIVE: Final = compile_later(
    rf"(?:{INTRO}\s)*(?:(?P<what>(?!that\b|those\b){PRONOUN})(?:\salready)?(?:\s?{COPULA})"
    r"|(?P<bare>both|all|everything|all\s(?:of\s)?(?:this|them|these|\d{1,3})))"
    rf"(?:\s(?:{ADVERB}|been|still|{_ACCEPTED}))*\s",
    re.IGNORECASE,
)
# `Since there were no objections applied to kvm/next`
_UNOPPOSED: Final = r"(?:since|as|given)\s(?:[\w'’]+\s){1,5}(?:objections?|comments?|complaints?)\s"
_ELIDED: Final = compile_later(
    rf"(?:{INTRO}\s)*(?:{_UNOPPOSED})?(?:(?:{ADVERB}|has\sbeen|have(?:\sbeen)?)\s)*", re.IGNORECASE
)
# what may stand before `and applied`: the sender's other deeds, or thanks
_DEED: Final = compile_later(
    rf"(?:{INTRO}\s)*(?:I|we)\b|.*\bI(?:['’]ve|\shave)?\s(?:now\s|also\s|just\s)?\w+ed\b"
    rf"|(?:(?:{ADVERB}|{INTRO})\s)*+(?!need|bas|relat|suppos|expect|assum)"
    r"(?:\w+ly\s)?(?:\w{2,}ed\b|(?:done|did|made|took|kept|put|rebuilt|rewrote|split|cut)\b|s/\S)"
    r"|(?:all\s)?(?:[\w'-]+\s){1,6}(?:fixed|addressed|dropped|removed|resolved|changed(?:\sto\s\S+)?|adjusted"
    r"|tweaked|corrected|reworded|rebased|squashed)(?:\s(?:up|in|out|accordingly))?$"
    rf"|(?:{INTRO}\b\W*)+$",
    re.IGNORECASE,
)
# what stands before `I` is short, whatever it is: `Hi Ada, thanks, I`
_MY_DEEDS: Final = re.compile(
    r"(?:[\w'’]+,?\s){0,5}?I(?:['’]ve|\shave)?\s(?:\w+ly\s|just\s|now\s)?\w+(?:ed|te|en|de)\b"
)
_OTHER_SUBJECT: Final = re.compile(
    r"\b(?:it|this|that|these|which|who|they|he|she|you|is|are|was|were|will|to|patched|tested|tried"
    r"|built|booted|compiled|reverted|rebased|checked\sout|cloned)\b",
    re.IGNORECASE,
)
# `That used to be here, but has been pushed into the core`
_SOMETHING: Final = re.compile(
    rf"(?:\w+,\s)?(?:{INTRO}\s)*(?:(?i:that|which|there|he|she|we|you|I)\b"
    r"|(?i:the|a|an)\s(?!(?:\w+\s){0,2}(?:patch|series|set|fix|change|one)))"
)
# what makes `Moved the call after the check and applied to kvm/next` no deed of the sender
_NO_DEED: Final = re.compile(
    r"\b(?:if|once|unless|until|not|never|can|could|will|would|should|shall|may|might|must|needs?"
    r"|want|please|let|to\sbe)\b|n['’]t\b|['’]ll\b"
    r"|^(?:(?i:he|she|they|you|it|this|that|these|those|which|who|the|a|an|when|after|with)\b"
    r"|[A-Z]\w+\s(?:has|had|have|already|just|is|was|and)\b)"
)
# `Rob has already`, `Mary Ann just`; with no more than a name, a tree must be told
_SOMEBODY: Final = compile_later(
    rf"(?:that\s)?(?i:{INTRO}\s)*(?!(?:The|This|That|These|Those|It|They|He|She|You|We|I|If|When|Once|Which|Who"
    r"|After|Before|Since|As|Has|Have|Is|Was|Patch|Patches|Series|Both|All|None|Nothing|Nobody|No)\b)"
    r"(?P<who>(?:[A-Z][\w.-]+\s){1,2}|linus\s)(?P<surely>(?:(?:has|had|have|already|just|now|since|kindly|recently|meanwhile)\s)*)"
)
# `As it is apart from Ben's series I've applied this one`
_NOUNS: Final = frozenset({"series", "patch", "patches", "fix", "fixes", "change", "changes"})
# `You already queued this, but`, said to who did
_YOU: Final = compile_later(
    rf"(?:{INTRO}\s)*you(?:['’]ve|\shave)?\salready\s"
    r"|(?:.*\s)?(?:noticed|see|saw)(?:\sthat)?\syou(?:['’]ve|\shave)?\s(?:(?:already|just|now)\s)?",
    re.IGNORECASE,
)
# `the workaround we applied`; but `the other day I applied`, `the first two I applied`
_RELATIVE: Final = re.compile(
    r"(?:^|\b(?:to|is|are|was|like|than|of|about|from|by|as|see|also)\s)"
    r"(?:the|an?|any|another|every|similar|such)\s"
    r"(?:(?!first|last|rest|other|next|remaining|meantime)[\w'’/-]+\s){1,2}$",
    re.IGNORECASE,
)
# `The first two I've queued`
_FRONTED: Final = compile_later(
    rf"(?:{INTRO},?\s)*(?P<what>{NUMBERS}|(?:the\s)?{wording.ENDS}|patch(?:es)?\s{NUMBERS})\s",
    re.IGNORECASE,
)
# `things got split up, merged, spun around`, `highly accurate, fully integrated, …`
_IN_A_ROW: Final = re.compile(
    r"\b(?:got|gets?|is|are|was|were|be|been|being)\s(?:\w+\s){0,2}(?:\w+,\s){1,4}(?:\w+ly\s)?$",
    re.IGNORECASE,
)
# `your patch, which is now commit 0123456789ab ("KVM: x") in kvm/next`
_IS_COMMIT: Final = compile_later(
    rf"(?:{INTRO},?\s)*(?:for\s)?(?P<what>(?:your|this|the)\s(?:patch|series)),?\s(?:which\s)?is\snow\s"
    r"(?:upstream\s)?commit\s[0-9a-f]{8,40}\b",
    re.IGNORECASE,
)
_THE_PATCH: Final = re.compile(r"\s(?:the|this|that|your)\spatch(?:es)?\b(?!\s(?:to|into|in)\b)")
# `Rob's patches`, `Rob Lis' series`
_OWNED: Final = re.compile(r"(?P<who>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)(?:['’]s|(?<=s)['’])\s")
# what somebody else applied, up to its end: `this`, `both patches`, `4/4`
_ALL_OF_IT: Final = compile_later(
    r"\s(?:up\s)?(?:this(?:\sone)?|it|these|them|both|all|all\sof\s(?:them|these)"
    r"|(?:all\s(?:of\s)?)?(?:the|your|these|this)\s(?:whole\s)?(?:\w+\s){0,2}(?:series|set|patchset|patch(?:es)?)"
    rf"|(?:patch(?:es)?\s)?{NUMBERS})(?:\s(?:from|of)\sthis\sseries)?"
    r"(?=(?:\s(?:up|in))?(?:\s?[.,;:!?(–—]|$)|(?:\sup)?\s"
    + wording.any_of(
        "to into in on as and already for with yesterday today now last this a so but since before"
        " because earlier too without through via from at when while anyway -- -"
    )
    + r"(?!\w)|\s\w+ly\b)"
)
# `It was picked up by Rob`
_DOER: Final = re.compile(
    r"(?:\s(?:up|in|already))?\sby\s(?P<whole>(?P<first>[A-Z][\w'’-]*\w)(?:\s[A-Z][\w'’-]*\w)?)"
)
# `First 5 patches: applied`, `This series, applied to kvm/next`
_HEADING: Final = compile_later(rf"(?:^|[.!]\s)(?P<what>{PATCHES})[:,]\s?$", re.IGNORECASE)
# `The patch, applied on top of it, survives a test`
_GOES_ON: Final = re.compile(r"\s[^.;,]{3,60},\s(?!thanks\b|as\b|this\b|cheers\b)[a-z]+s\s")
# `Thanks for the suggestions, applied` is what is said of a next version
_WISHES: Final = re.compile(
    r"\bfor (?:the|your|all)?.{0,20}?(?:suggestion|comment|advice|hint|tip|feedback|idea)s?\W*$",
    re.IGNORECASE,
)
_DOUBT: Final = re.compile(DOUBT, re.IGNORECASE)
_PLANNED: Final = re.compile(
    r"\b(?:will(?!\sbe\s(?:on|in)\b)|would|should|shall|can|could|must|may|might|needs?|have\sto|has\sto|please|not)\b"
    r"|['’]ll\b"
)
# behind a word in the shape of a tree
_NO_TREE: Final = re.compile(
    r"\s(?:data|structs?|structures?|driver|code|class|core|header|file|function|device|node|binding"
    r"|module|subsystem's|config|table|list|array|object|interface)\b",
    re.IGNORECASE,
)
# `There was another version by Ben, so I merged it`
_ANOTHER: Final = re.compile(
    r"\b(?:another|different|similar|earlier|newer|corresponding|companion|matching|accompanying)"
    r"\s(?:version|patch|fix|one|change|series|commit)\b|\bsent\s(?:a\s|the\s|my\s)?(?:PR|pull\srequest)\b"
    r"|\b[0-9a-f]{8,40}\s\(\"",
    re.IGNORECASE,
)
# `Ben's series, now staged in kvm/next`: what the clause above names went there, not this
_OF_ANOTHER: Final = re.compile(
    r"\bthe\s(?:\w+\s)?(?:patch(?:es)?|commit|fix|change|series)\s(?:I|you|we|that|which|by)\b"
    r"|\b(?:done|fixed|handled|superseded|solved|covered|addressed)\s(?:already\s)?(?:by|in)\s"
    r"|\b(?:is|are)\sstill\sin\s"
    r"|\b[A-Z][\w-]+['’]?s['’]?\s(?:[\w-]+\s){0,2}(?:series|patch-?set|patch(?:es)?),\s$"
    r"|\b(?:series|patch-?set|patch(?:es)?|commit)\s(?:is|are)\s(?:here:?\s)?https?://"
)
# `I decided to apply the patch I wrote before.. and applied`
_MY_PATCH: Final = re.compile(r"\b(?:the|a)\s(?:patch|fix)\sI\s(?:wrote|made|sent|posted|had)\b")
# `The relevant patch [1]` is somewhere else
_FOOTNOTE: Final = re.compile(
    r"the\s(?:\w+\s)?(?:patch|series|fix|commit|change)\s\[\d{1,2}\]", re.IGNORECASE
)
# `a collection of posted, reviewed and now also applied patches`
_LISTED_DEEDS: Final = re.compile(r"\w+ed,?\sand\s(?:now\s)?(?:also\s)?$", re.IGNORECASE)
# `I have pushed updates to the branch here`
_BARE_UPDATES: Final = re.compile(
    r"(?!(?:this|the|these|those|both|all|your)\s)(?:\w+\s)?(?:updates|tests|modifications?)",
    re.IGNORECASE,
)
_CITED: Final = re.compile(r"\b[0-9a-f]{8,40}\s\(\"")
# `Got below patch for it. Also pushed`
_SHOWN: Final = re.compile(
    r"\b(?:below|following)\s(?:patch|diff|change|commit)\b|\b(?:patch|diff|change)\sbelow\b",
    re.IGNORECASE,
)
# `I have a similar patch queued`
_SIMILAR: Final = re.compile(r"\b(?:I|we)(?:['’]ve|\shave)\s(?:an?\s)?similar\b", re.IGNORECASE)
# `The issue has been addressed and the fix has been applied`
_FIXED: Final = re.compile(
    r"\b(?:issue|bug|problem|warning)\b[^.]{0,40}\b(?:addressed|fixed|solved|resolved)\b"
    r"|\bfixed\s(?:with|by|in)\b",
    re.IGNORECASE,
)
# `I dropped the patch that I had applied`
_DROPPED: Final = re.compile(
    r"\bdropped\s(?:it|them|(?:the|this|that|your)(?:\s\w+){1,2})\s(?:that|as|which|since|because)\b"
)
_OBJECT_TEXT: Final = (
    r"(?:\s(?:up|out))?(?:\s(?:only|just|also|now|manually|already|locally|from(?=\s\d{1,3}\s?-\s?\d)))?\s"
    rf"(?P<what>{PATCHES}|{PRONOUN}|{wording.PART})" + wording.FOLLOWS_OBJECT
)
_OBJECT: Final = compile_later(_OBJECT_TEXT, re.IGNORECASE)
_OBJECT_IN: Final = compile_later(rf"(?:\sin)?{_OBJECT_TEXT}", re.IGNORECASE)
_TAKES_IN: Final = frozenset({"pulled", "merged", "squashed", "folded", "took", "taken", "added"})
# `I also pulled in more fixes for the selftests`, which are others than these
_OTHERS_IN: Final = re.compile(
    r"\sin\s(?:some|more|several|a few|many|further|additional|other|two|three|four|five|\d+)"
    r"\s(?:\w+\s){0,2}?(?:fixes|changes|commits|patches)\b",
    re.IGNORECASE,
)
_NO_OBJECT: Final = re.compile(wording.FOLLOWS_VERB, re.IGNORECASE)
_BARE_PRONOUN: Final = re.compile(wording.BARE_PRONOUN, re.IGNORECASE)
_NUMBERED: Final = re.compile(
    rf"\bpatch(?:es)?\s#?{NUMBERS}\b"
    r"|\b(?:first|last)\s(?:\d|two|three|four|five|six)\s(?:\w+\s)?patches\b"
    r"|\b\d{1,4}/\d{1,4}(?:\s?(?:-|,|and|&|to)\s?\d{1,4}/\d{1,4})+",
    re.IGNORECASE,
)
# `The timer patches look good, so I picked them`
_KINDS: Final = re.compile(
    r"\b[Tt]he\s(?!first|last|other|whole|remaining|rest|following|above|next|new|old)[\w-]+\spatches\b"
)
_TREE_WORDS: Final = ("next", "fixes", "branch", "tree", "queue", "master")
_TREE_WORD: Final = re.compile("|".join(_TREE_WORDS), re.IGNORECASE)
_BRANCH_WORD: Final = re.compile(
    r"(?<!device\s)(?<!source\s)(?:next|fixes|branch|tree\b|queue\b|\bfor-|master|staging)",
    re.IGNORECASE,
)
# `This series is in the review-next branch now`
_IS_IN: Final = compile_later(
    rf"(?:[A-Z]\w+[:,]\s)?(?:{INTRO},?\s)*(?!those\b|that\b)(?P<what>{PATCHES}|{PRONOUN})(?:\s(?:is|are|(?:has|have)\sbeen|(?:appears?|seems?)\sto\sbe)(?:\spresent)?|['’]s(?:\sbeen)?)"
    r"(?:\s(?:now|already|currently|both|all))*(?:(?=\s(?:in|on)\s)|\s(?:a\s)?part(?=\sof\s))"
    rf"|(?:{INTRO},?\s)*(?!those\b|that\b)(?P<gone>{PATCHES}|{PRONOUN})(?:\s(?:has|have))?"
    r"(?:\s(?:just|already|now))*\s(?:went|gone|made\sit|appears|appeared|shows\sup|showed\sup)(?=\s(?:in|into)\s)",
    re.IGNORECASE,
)
# `this patch landed in linux-next as commit 0123456789ab`, wherever that is told
_AS_COMMIT: Final = compile_later(
    r".*?\b(?P<what>(?:this|your)\s(?:patch|change|series|patch-?set))(?:\s(?:is|was|got|has|have))?"
    r"(?:\s(?:been|now|just|already|recently))*"
    r"\s(?:applied|merged|landed|queued|committed|pushed|picked(?:\sup)?|accepted|included|went)\b"
    r"(?P<to>(?:\s(?:in|to|into|on)\s(?:the\s)?[\w./-]+(?:\s(?:tree|branch))?)?),?"
    r"\s(?:\(|as\s|via\s)(?:commit\s)?[0-9a-f]{8,40}\b",
    re.IGNORECASE,
)
_UNREAL: Final = re.compile(
    rf"{_PLANNED.pattern}|\b(?:if|once|until|unless|whether)\s(?:\w+\s)?(?:this|your)\b|n['’]t\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"\b(?:if|once|when|until|unless|whether)\b", re.IGNORECASE)
# `I decided to queue this up for next`
_DECIDED: Final = compile_later(
    rf"(?:{INTRO},?\s)*I(?:['’]ve|\shave)?\s(?:now\s|just\s)?(?:decided|chose|chosen)\sto\s(?:just\s)?"
    rf"(?:apply|queue|take|merge|pick)(?:\sup)?\s(?P<what>{PATCHES}|{PRONOUN})(?:\sup)?"
    r"(?=\s(?:for|to|into|as)\b|\s?[,.])",
    re.IGNORECASE,
)
# `Reworking it is late, as it's already in for-next`
_CAUSE_IS_IN: Final = compile_later(
    rf".*?(?:^|\s)(?:since|as|because|given(?:\sthat)?)\s(?P<what>{PATCHES}|{PRONOUN})(?:\s(?:is|are)|['’]s|['’]re)"
    r"\s(?:now\s)?already(?=\s(?:in|on)\s)",
    re.IGNORECASE,
)
# `I changed the title before applying`, `The title lacked a prefix, fixed when applying, thanks!`
_ASIDE: Final = re.compile(
    rf"(?:{INTRO},?\s)*(?:.{{0,120}}(?:[,:]|\b(?:and|but|so))\s)?(?P<deed>(?:I(?:['’]ve|\shave)?\s|(?P<who>(?-i:[A-Z])\w+)\s(?:has\s)?)?(?:{ADVERB}\s|slightly\s)*"
    + wording.any_of(
        "fixed changed dropped removed reworded added adjusted edited tweaked corrected modified"
        " left kept undid reverted rewrote rephrased squashed folded made did took_care_of"
        " replaced moved trimmed shortened renamed amended massaged switched swapped updated"
    )
    + r"\b(?:[^.;?]{1,120})?\s(?:when|while|whilst|before|at|upon)"
    r"\s(?:applying|queu?e?ing|merging|pushing|committing"
    r"|(?:I|he|she|they)\s(?:applied|queued|merged|pushed|committed"
    r"|added(?=\s(?:it|this|them)\sto\s(?:my|our|the)\s(?:\S+\s)?tree\b)))"
    rf"(?:\s(?P<what>{PATCHES}|{PRONOUN}))?"
    r"(?:\s(?:for|to|into)\s(?:(?:my|our|the)\s)?\S{1,40})?(?:\s?(?:[.,!:;]|$)|\s(?:because|since|as)\b))",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[,;:]\s|\b(?:and|but|so)\s", re.IGNORECASE)
# `I'm going to merge this into kvm/next right now`
_RIGHT_NOW: Final = compile_later(
    rf"(?<![\w'’])I(?:['’]m|\sam)\s(?:just\s)?going\sto\s(?:go\s(?:ahead\s)?and\s)?"
    rf"(?:apply|queue|take|merge|pick|pull|push)(?:\sup)?\s(?P<what>{PATCHES}|{PRONOUN})(?:\sup)?"
    r"(?P<place>\s(?:to|into|in)\s[^.,;?]{1,60}?)\s(?:right\s)?now(?=\s?[.,!;]|$)",
    re.IGNORECASE,
)
# `Got it queued.`, `I have this queued up for v6.5`
_GOT_IT: Final = compile_later(
    rf"(?:{INTRO},?\s|[^\w\s]{{1,3}}\s)*(?:I(?:['’]ve|\shave)?\s)?(?:now\s)?(?:got|have)\s(?P<what>{PATCHES}|{PRONOUN})\s"
    r"(?:now\s|all\s|already\s|both\s)?(?P<verb>queued|staged|merged|committed)(?:\sup)?"
    r"(?!\sfor\s(?:processing|(?:a\s)?review|testing|later|tomorrow|some|the\sweek))"
    r"(?=\s?(?:[.,!;]|$)|\s(?:for|in|to|into|now|already|locally)\b)",
    re.IGNORECASE,
)
# `Now in kvm.git#for-6.14, thanks`
_NOW_IN: Final = compile_later(rf"(?:{INTRO},?\s)*(?:now|already)(?=\s(?:in|on)\s)", re.IGNORECASE)
# `Apply on kvm/next, thanks`, of what is done
_APPLY_ON: Final = compile_later(
    rf"(?:{INTRO},?\s)*apply(?P<place>\s(?:on|to)\s[\w.-]+[/-][\w./-]*\w)(?=\s?(?:[.,!]|$)|\sthanks\b)",
    re.IGNORECASE,
)
# `this patch has reached -next`
_REACHED: Final = compile_later(
    rf"(?:{INTRO},?\s)*(?P<what>{PATCHES}|this)\s(?:has|have)\s(?:now\s|already\s|just\s)?reached\s"
    r"(?:the\s)?(?P<tree>(?:[\w./-]+[/-])?-?next|mainline)\b",
    re.IGNORECASE,
)
_ADDED_TO_QUEUE: Final = compile_later(
    rf"(?:{INTRO},?\s)*added\sto\s(?:the\s|my\s|our\s)?queue(?=\s?(?:[.,!]|$)|\sthank)",
    re.IGNORECASE,
)
# `I've replaced v3 in kvm-next with this version`
_REPLACED: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I(?:['’]ve|\shave)?\s)(?:now\s|just\s)?replaced\s"
    r"(?:v\d{1,2}|it|(?:the|your)\s(?:old|older|previous|earlier|original|first)\s(?:version|one|patch|series))"
    r"(?P<place>\s(?:in|on)\s.{1,60}?)\s(?:with|by)\s(?P<what>this(?:\s(?:one|version|patch|series))?"
    r"|(?:the|your)\s(?:new|updated)\s(?:version|one|patch|series)|v\d{1,2})(?=\s?(?:[.,;!]|$))",
    re.IGNORECASE,
)
# `I have these patches in my tree, starting with this commit`
_HAVE_IN: Final = compile_later(
    rf"(?:{INTRO},?\s)*I(?:['’]ve|\shave)(?:\sgot)?(?:\snow|\salready)?\s(?P<what>{PATCHES}|{PRONOUN})"
    r"(?:\snow|\salready)?(?=\sin\s(?:my|our)\s(?:[\w./-]+\s)?(?:tree|branch)\b)",
    re.IGNORECASE,
)
# `I've dropped 10/11 and 11/11 when applying the series`
_LEFT_OUT: Final = re.compile(
    rf"\b(?:dropped|left\sout|removed|skipped)\s(?:patch(?:es)?\s)?(?P<numbers>{NUMBERS})(?=\s(?:when|while|whilst|before)\b)",
    re.IGNORECASE,
)
# `To test, I applied them to our branch`
_FOR_A_TEST: Final = re.compile(r"\bTo\s(?:test|try|check|reproduce)\b[^.,]{0,40},\s(?:I|we)\b")
_OWN_QUEUE: Final = re.compile(
    r"\bmy (?:\w+ )?queue\b|\bv\d+\b|\bwork\b|\bwip\b|patchwork|\bfor (?:local )?testing\b",
    re.IGNORECASE,
)
# `the other change is in linux-next`
_THESE: Final = re.compile(
    r"\b(?:this|these|it|they|them|both|all|series|patch(?:es|set)?|set|everything|first|last|rest"
    r"|the\sothers)\b",
    re.IGNORECASE,
)
_COLON_NUMBERS: Final = re.compile(rf":\s\[?({NUMBERS})(?![\w/]|[.-]\w)")
# `Following patches are applied:`, and below it `[PATCH v6 5/7] arm64: a timer`
_LISTED: Final = re.compile(r"\n\[PATCH[^\]\n]{0,30}?\s(\d{1,3})/\d{1,3}\]")
# `applied to kvm/next patches 1-3`, `applied in kvm/next the two patches above`
_LATER: Final = compile_later(
    rf"\s(?P<what>{_NUMBERED.pattern}|(?:the|these|those)\s(?:\d|{wording.SMALL})\s(?:\w+\s)?patches)",
    re.IGNORECASE,
)
# `applied the timer changes in patch 2 and patch 4`
_IN_PATCHES: Final = re.compile(
    rf"\s(?:in|of|from)\s(?P<what>patch(?:es)?\s#?{NUMBERS}(?:(?:,|\sand)\spatch\s#?{NUMBERS})*)",
    re.IGNORECASE,
)
_SOME_CHANGES: Final = re.compile(
    r"the\s(?:[\w./-]+\s){1,2}(?:changes|bits|parts|fixes|patches)", re.IGNORECASE
)
# `merged your branch and applied, 3,4,5,6 to kvm/next`
_COMMA_NUMBERS: Final = re.compile(rf",\s(?P<what>{NUMBERS})(?=\s(?:to|into|in|for)\b)")
_UP_TO_HERE: Final = re.compile(r"\s(?:up\sto|until)\s(?:and\sincluding\s)?here\b", re.IGNORECASE)
_THANKS: Final = re.compile(r"\b(?:thanks|thank\syou|thx)\b", re.IGNORECASE)
# `… and pushed, thanks`, `… and pushed both patches, thanks`
_THANKED_FOR: Final = re.compile(
    r"(?:\s(?:the|both|all|this|these|your)\s(?:whole\s|two\s|three\s)?(?:patch\w*|series|set))?"
    r",?\s(?:thanks|thank\syou|thx|sorry)\b"
)
# `I'm queueing this`, `CCing Rob and applying, thanks`: what is done as it is said
_NOW: Final = frozenset({"applying", "queuing", "queueing", "merging"})

# `Applying this one!`
_WHOLE_NOW: Final = compile_later(
    rf"(?:{INTRO},?\s)*(?:applying|queue?ing|merging)\s(?:{PATCHES}|{PRONOUN})\s?(?:now\s?)?[.!]",
    re.IGNORECASE,
)
_ENDED_UP: Final = re.compile(r"\bI(?:\sdid\send|\sended)\sup\s$")

_TESTERS: Final = frozenset(
    {"applied", "reapplied", "re-applied", "pulled", "picked", "took", "taken", "grabbed", "merged"}
)
_ON_TOP_OF: Final = re.compile(r"\bon\stop\sof\b", re.IGNORECASE)

# `Applied from patch 1 to 5`
_FROM_TO: Final = re.compile(
    r"\bfrom\s(?:patch(?:es)?\s)?#?(\d{1,3})\s(?:to|until|up\sto)\s(?:patch\s)?#?(\d{1,3})(?![\w.-])",
    re.IGNORECASE,
)
# `I"ve pushed it`, `Its applied`
_APOSTROPHE: Final = re.compile(r"(?<=\bI)[\"´`ʼ](?=(?:ve|m)\b)")
_ITS: Final = re.compile(
    r"\b[Ii]ts(?=\s(?:(?:now|already|all|been|just)\s){0,2}(?:applied|merged|queued|pushed|committed|landed|upstream|in)\b)"
)

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

    somebody: str = ""
    """Who did it, where that is somebody else: `Rob`."""

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
        return _BARE_PRONOUN.fullmatch(self.named) is not None


def may_claim(text: str) -> bool:
    """Whether a text has any of the words that a claim needs; spares most texts the rest."""
    lowered = text.lower().replace("\n", " ")
    for verb in wording.ALL_VERBS:  # many texts: a generator for `any` takes twice the time
        if verb in lowered:
            return True
    if "is now commit" in lowered or "decided to " in lowered or " chose to " in lowered:
        return True
    if "going to " in lowered and " now" in lowered:
        return True
    if "apply " in lowered or " reached " in lowered:
        return True
    if "replaced" in lowered and " in " in lowered:
        return True
    # `It is in my tree`
    return (" in " in lowered or " on " in lowered or " part of " in lowered) and any(
        word in lowered for word in (*_TREE_WORDS, "for-")
    )


def find_claims(paragraph: str, people: People = NOBODY) -> Iterator[Claim]:
    """Yield what the sentences of a paragraph say was applied; nothing of what they doubt.

    Args:
        paragraph: own text of a mail.
        people: those who are known to commit are believed to have done it without an
            `already` or a tree; the series' sender's patches are no other ones.
    """
    said = re.sub(r"[^\S\n]+", " ", paragraph[:MAX_PARAGRAPH])
    said = re.sub(r" ?\n ?", "\n", said)
    said = _LAST_BRACKETED.sub(r"\1\2", _BRACKETED.sub(r"\1", said))
    said = re.sub(r"(?<=#\d)\s\[\d{1,2}\](?=\s)", "", said)  # `#1 [1] and #2 [2]` has notes
    said = _FROM_TO.sub(r"patches \1-\2", said)
    said = _APOSTROPHE.sub("'", said)
    said = _ITS.sub("It's", said)
    said = said.replace("patch(es)", "patches")
    said = re.sub(r"\b(patch)(?=\d{1,3}\b)", r"\1 ", said, flags=re.IGNORECASE)
    said = re.sub(r"(?<=\w-)\n(?=\w)", "", said)  # `next-` and `integrity-testing` below it
    left = MAX_VERBS
    is_shown = is_cited = is_mine = False
    for sentence in _SENTENCE.split(said.strip()):
        was_shown, is_shown = is_shown, is_shown or _SHOWN.search(sentence) is not None
        was_cited, is_cited = is_cited, _CITED.search(sentence) is not None
        was_mine, is_mine = is_mine, _MY_PATCH.search(sentence) is not None
        if left <= 0 or not may_claim(sentence):
            continue
        verbs = list(islice(_VERB.finditer(sentence), left))
        left -= len(verbs)
        claims = [claim for verb in verbs if (claim := _read_claim(sentence, verb, people))]
        if not claims and (state := _read_state(sentence) or _read_aside(sentence)):
            claims.append(state)
        # `Got below patch for it. Also pushed to the timers branch.`
        goes_on = was_mine and sentence.startswith("and ")
        claims = [one for one in claims if not (goes_on or (was_shown and one.verb == "pushed"))]
        # `The base moved with 0123456789ab ("x86: y"). This was merged into v4.20-rc2.`
        yield from (one for one in claims if not (was_cited and one.is_of_release))


def _read_claim(sentence: str, verb: re.Match[str], people: People) -> Claim | None:
    """Read the clause around a verb; None if it claims nothing."""
    before = sentence[max(0, verb.start() - _BEFORE) : verb.start()]
    after = sentence[verb.end() : verb.end() + _AFTER]
    subject, what = _read_subject(before, verb[0][0], after, people.knows)
    somebody, what = (
        (what, "") if subject == "somebody" else (_find_doer(after, people.knows), what)
    )
    pattern = _OBJECT_IN if verb[0].lower() in _TAKES_IN else _OBJECT
    done = pattern.match(after) if subject != "patches" else None
    if subject is None or (done is None and _NO_OBJECT.match(after) is None):
        return None
    if _OTHERS_IN.match(after):
        return None
    rest = after[done.end() :] if done else after
    inside = _IN_PATCHES.match(rest) if done and _SOME_CHANGES.fullmatch(done["what"]) else None
    rest = rest[inside.end() :] if inside else rest
    place = _find_place(rest, has_object=done is not None)
    if subject == "patches":
        what = _name(what, before)
    named = _name_listed(what, rest) or (
        _name_listed(_name(done["what"], before), rest) if done else _name_later(rest, place)
    )
    named = inside["what"] if inside else named
    claim = Claim(
        sentence=" ".join(sentence.split()),
        verb=wording.MISSPELT.get(verb[0].lower(), verb[0].lower()).removesuffix("-up"),
        subject=subject,
        named=_name_owned(named, people.owns),
        more=find_more(rest),
        tree=place.tree if place else "",
        has_tree=place is not None,
        somebody=somebody,
    )
    if not _is_enough(verb, claim, rest, place) or _is_doubtful(claim, before, rest, place):
        return None
    return claim


def _name(what: str, before: str) -> str:
    """Return what `them` stands for: `The first two patches look good, so I applied them`."""
    named = [match[0] for match in _NUMBERED.finditer(before)] or _KINDS.findall(before)
    return (
        named[-1] if named and what.lower() in {"they", "them", "these", "those", "both"} else what
    )


def _name_owned(named: str, owns: Callable[[str], bool]) -> str:
    """Return `your patches` for `Ada's patches`, where Ada sent them."""
    match = _OWNED.match(named)
    return f"your {named[match.end() :]}" if match and owns(match["who"]) else named


def _name_listed(what: str, rest: str) -> str:
    """Return what is named with the numbers after it: `the following patches: 1, 2`."""
    if not what.lower().endswith("patches"):
        return what
    match = _COLON_NUMBERS.match(rest)
    listed = [match[1]] if match else _LISTED.findall(rest) if "following" in what.lower() else []
    return f"{what} {', '.join(listed)}" if listed else what


def _name_later(rest: str, place: Place | None) -> str:
    """Return what is named after the tree: `Applied to kvm/next patches 1-3`."""
    if before_tree := _COMMA_NUMBERS.match(rest):
        return before_tree["what"]
    after = rest[place.end :] if place else rest
    if _UP_TO_HERE.match(after):
        return "all up to this one"
    match = _LATER.match(after) if place else None
    return match["what"] if match else ""


def _find_place(rest: str, *, has_object: bool) -> Place | None:
    """Find the tree in the words that follow, up to the next verb or subject."""
    following = _VERB.search(rest)
    rest = cut_clause(rest[: following.start()] if following else rest)
    place = find_place(rest)
    if place is not None and _PLANNED.search(rest[: place.start + 3]):
        return None  # `applied, dts changes should go to the arm tree`
    is_far = place is not None and place.start > _GAP
    if is_far and not has_object and re.match(r"\s(?:in|to|into)\b", rest):
        return None  # `I pulled in some patches from fixes to next`
    return place


def _read_subject(
    before: str, initial: str, after: str, knows: Callable[[str], bool]
) -> tuple[Subject | None, str]:
    """Read what stands before a verb; with the words that name patches, or somebody.

    The clause begins after the last comma or bracket, or else after the last `and`: in
    `patches 1 and 2 are` that belongs to the subject.
    """
    before = _QUOTED.sub("it", _BRACKETS.sub("", _NOTES.sub("", before.replace("()", ""))))
    start, is_aside = _find_clause(before, initial)
    if before[:start].endswith("\n") and _is_wrapped(before[: start - 1]):
        return None, ""
    head = " ".join(before[start:].split()) + " " * (start < len(before))
    joints = list(_CONJUNCTION.finditer(head))
    joint = joints[-1] if joints else None
    tail = head[joint.end() :] if joint else head
    for clause in (tail, head):
        if match := _SENDER.search(clause):
            word = (match["word"] or "").lower()
            fronted = word in {"these", "those"} and match.start() == 0  # `These I've queued`
            if is_aside and initial in "aA" and _THE_PATCH.match(after):
                return None, ""  # a tester's `(I just applied this patch)`
            said = _is_said(match, clause) or (
                word in _NOUNS
                and _CONDITION.search(clause) is None
                and _ALL_OF_IT.match(after) is not None
            )
            if said and (front := _FRONTED.fullmatch(clause[: match.start("who")])):
                return "sender", front["what"]
            return ("sender" if said else None), ("the rest" if said and fronted else "")
    if is_aside and (not head.startswith("and ") or _THE_PATCH.match(after)):
        return None, ""  # `commit 0123456789ab (merged in v5.4)`
    if what := _read_patches(head, tail, joint) or _read_cause(head):
        return "patches", what
    if re.search(r"\bha(?:s|ve)\sbeen\s$", head) and _SOMETHING.match(" ".join(before.split())):
        return None, ""
    if _ELIDED.fullmatch(head):
        heading = _HEADING.search(before[:start]) if not head.strip() else None
        if heading and _GOES_ON.match(after):
            return None, ""
        return ("patches", heading["what"]) if heading else _read_elided(head, before[:start])
    cause = _CAUSE.fullmatch(head)
    told = cause["clause"] if cause else head
    told = re.sub(r".*\bnotification\s(?=that\s)", "", told)
    if (match := _SOMEBODY.fullmatch(told)) and _is_surely(match, after, knows):
        return "somebody", match["who"].strip()
    is_reason = cause is not None and re.fullmatch(r"you(?:['’]ve|\shave)?\s", told) is not None
    is_told = is_reason or (_YOU.fullmatch(told) is not None and _DOUBT.search(told) is None)
    if is_told and _ALL_OF_IT.match(after) and not re.search(r"\sinto?\s", after[:40]):
        return "somebody", "you"
    if joint is None or _ELIDED.fullmatch(tail) is None:
        return None, ""
    # `I've added it to have them defined and pushed, thanks` needs no further deed
    said = (
        _THANKED_FOR.match(after) is not None
        or _is_joined(head, joint, before[:start])
        or (_goes_on_to_tree(after) and _NO_DEED.search(head[: joint.start()]) is None)
    )
    return ("nobody" if said else None), ""


def _find_doer(after: str, knows: Callable[[str], bool]) -> str:
    """Return who did it, of those who are known to commit: `It was picked up by Rob`."""
    match = _DOER.match(after)
    return next(filter(knows, match.groups()), "") if match else ""


def _is_surely(somebody: re.Match[str], after: str, knows: Callable[[str], bool]) -> bool:
    """Whether it is told that somebody else applied these: `Rob has already applied this`."""
    named = _ALL_OF_IT.match(after)
    return named is not None and (
        somebody["surely"] != ""
        or knows(somebody["who"].strip())
        or _goes_on_to_tree(after[named.end() :])
    )


def _goes_on_to_tree(after: str) -> bool:
    """Whether a tree is told right after the verb: `applied to kvm/next`."""
    if re.match(r"\s(?:to|into|in|on)\s", after) is None:
        return False
    place = find_place(after[:160])
    return place is not None and place.is_sure and place.start <= 1


def _find_clause(before: str, initial: str) -> tuple[int, bool]:
    """Return where the last clause begins, and whether it is in brackets within a sentence."""
    breaks = list(_BREAK.finditer(before + initial))
    if not breaks:
        return 0, False
    last = breaks[-1]
    is_open = "(" in last[0] or "[" in last[0]
    return last.end(), is_open and last.start() > 0 and before[: last.start()].strip() != ""


def _is_wrapped(above: str) -> bool:
    """Whether a clause goes on from the line above: `once`, and below it `Rob's rework is`."""
    line = above.rpartition("\n")[2]
    word = line.rpartition(" ")[2]
    return word.lower() in wording.NO_SENDER or _DOUBT.search(word) is not None


def _read_patches(head: str, tail: str, joint: re.Match[str] | None) -> str:
    """Return the words that name patches as the subject; empty if they do not."""
    lead = head[: joint.start()] if joint else ""
    is_joined = joint is not None and joint[1].lower() in {"and", "&"}
    for clause, leads in ((head, ""), (tail, lead)):
        if _DOUBT.search(leads) or (is_joined and re.search(r"\bwith(?:out)?\b", leads)):
            continue
        if leads and re.fullmatch(r"#?\d+\s", clause):
            continue  # `eager to get patches 1 and 2 merged`
        if match := _PASSIVE.fullmatch(clause):
            return match["what"]
        if match := _PRONOUN_PASSIVE.fullmatch(clause):
            return match["what"] or match["bare"]
    return ""


def _read_cause(head: str) -> str:
    """Return what is named by a clause that gives a reason, which is a fact: `Since it is merged`.

    `Broken since it was merged` is about a time, and something else.
    """
    match = _CAUSE.fullmatch(head)
    if match is None:
        return ""
    is_first = not match["lead"].strip() or _ELIDED.fullmatch(match["lead"]) is not None
    clause = match["clause"]
    word = match["word"].lower()
    is_bare = re.match(r"(?:this|it|they|these)\s", clause, re.IGNORECASE) is not None
    is_done = re.search(r"\bha(?:s|ve)\sbeen\b", clause) is not None and not is_bare
    is_sure = re.search(r"\balready\b", clause, re.IGNORECASE) is not None or is_done
    if not is_sure and (not is_first or word == "as" or word.endswith("though")):
        return ""
    if word.startswith("now") and is_bare:
        return ""  # `Now that this is merged`, whatever was spoken of
    what = _read_patches(clause, clause, None)
    return "" if is_of_others(what) else what  # `now that Ben's series has been queued`


def _read_elided(head: str, above: str) -> tuple[Subject | None, str]:
    """Read `Thanks, applied`: nobody is named, and the clause above must not doubt it."""
    is_joined = head.startswith(("and ", "And ", "& "))
    if is_joined and re.search(rf"{DOUBT}[^,;:\n]*\W*$", above, re.IGNORECASE):
        return None, ""
    return (None, "") if _WISHES.search(above) else ("nobody", "")


def _is_joined(head: str, joint: re.Match[str], above: str) -> bool:
    """Whether `and applied` goes on with the sender's deeds: `I fixed the typo and applied`."""
    lead = head[: joint.start()]
    if re.search(r"\b(?:which|(?<!as\s)is|are|was|were|be)$|\bbetter\sto\b", lead):
        return False  # `It is better to have this in the series and merged at once`
    lead = re.sub(r"^(?:(?:so|and|but|then)\s)+", "", lead, flags=re.IGNORECASE)
    lead = re.split(r"\b(?:because|since|as|which|that|so|though)\b", lead, maxsplit=1)[0]
    doubted = lead if re.search(r"\b(?:I|we)\b", lead) else above + head[: joint.start()]
    if _DOUBT.search(doubted):
        return False
    if joint[1].lower() not in {"and", "&", "then"} or _DEED.match(lead) is not None:
        return True
    # `I have reworded the log, add a tag and merged`
    said = " ".join(f"{above}{lead}".split())
    return _MY_DEEDS.match(said) is not None and _OTHER_SUBJECT.search(said) is None


def _is_said(sender: re.Match[str], clause: str) -> bool:
    """Whether `I've` is the sender's plain word: no `once I`, `the patch I`, `before I`."""
    word = (sender["word"] or "").lower()
    lead = clause[: sender.start("who")]
    lead = re.split(r"\bbecause\s", lead, flags=re.IGNORECASE)[-1]
    if re.search(
        r"\b(?:(?:know|note|see|say|fyi|notify|tell|mention|confirm|announce)(?: \w+){0,3} that"
        r"|looks like|(?:that(?:['’]s| is)|which is) why"
        r"|(?:here|this|that|below)(?:['’]s| is) what"
        r"|this(?:['’]s| is) the (?:one|version|patch|series)(?: that)?) $",
        lead,
        re.IGNORECASE,
    ):
        return True
    return (
        word not in wording.NO_SENDER and not _DOUBT.search(lead) and _RELATIVE.search(lead) is None
    )


def _is_enough(verb: re.Match[str], claim: Claim, rest: str, place: Place | None) -> bool:
    """Whether the words around a verb are enough for what the verb needs."""
    is_sure = place is not None and place.is_sure
    is_near = place is not None and (place.start <= _GAP or rest.startswith(" titled"))
    is_patches = claim.subject == "patches"
    before = verb.string[: verb.start()]
    if claim.subject == "somebody" and not claim.named:
        return False
    if verb["tree"]:
        is_vague = is_patches and claim.is_pronoun  # `it was added in llvm-13`
        # `to a branch`; `to the kvm-timer data structure`
        is_any = re.match(r"\s(?:in|to|into|on)\san?\s", rest) is not None
        if place is not None and _NO_TREE.match(rest, place.end):
            return False
        is_branch = place is not None and _BRANCH_WORD.search(rest[place.start : place.end])
        if claim.verb == "moved" and not is_branch:
            return False  # `I moved it to the net/core directory`
        return (
            is_sure
            and is_near
            and not is_any
            and (not is_vague or _TREE_WORD.search(rest) is not None)
        )
    if verb["going"]:
        is_condition = re.search(r"\bif\b", before, re.IGNORECASE)
        return is_condition is None and _goes_to(claim, before, rest, place if is_near else None)
    if verb["object"]:
        if is_sure or claim.somebody or (claim.named and not (is_patches and claim.is_pronoun)):
            return True
        if not is_patches and re.match(r"(?:\sup)?\sas[\s-]is\b", rest):
            return True
        if not is_patches and claim.verb in {"folded", "squashed"}:
            ends = re.match(
                r"\s(?:in|into|to|with)\s(?!just\b|what\b)|\s?[,.!]|\sas\s(?:\w+ed)\s?[.!]", rest
            )
            return ends is not None
        ends = re.match(r"(?:\s(?:up|in|out))?(?:\s?[,.!]|\s(?:last|yesterday|today)\b)", rest)
        is_alone = claim.subject == "nobody" and not re.search(r"\b(?:and|&)\s$", before)
        return is_alone and ends is not None
    return True


def _goes_to(claim: Claim, before: str, rest: str, place: Place | None) -> bool:
    """Whether `taking` is done: `I'm taking this in my tree`, `I'm picking it up as a fix`."""
    if place is not None and place.is_sure:
        ends = re.match(r"\s?(?:[,.!]|$|thank|for\b|based\son\b|tho(?:ugh)?\b)", rest[place.end :])
        return claim.subject == "sender" or ends is not None
    if _WHOLE_NOW.fullmatch(claim.sentence) or _ENDED_UP.search(before):
        return bool(claim.named)
    goes_on = re.match(
        r"(?:\sup)?\s(?:(?:right\s)?now\b|(?:below\sthe|despite|without|because|since)\b|as\s(?:a\s)?(?:fix|v?\d)|for\s(?:v?\d|-?rc))",
        rest,
    )
    ends = re.match(
        r"\s?(?:[.,;!]|$)|\sas\s(?:a\s)?(?:fix|v?\d)|\sbelow\s?[.:]|\s(?:separately|independently)\b",
        rest,
    )
    if claim.subject == "sender" and claim.verb in {"taking", "picking", "pulling"}:
        ends_here = re.match(r"(?:\sup)?(?:\sthen|\snow)?\s?(?:[.!]|$|,\sthank)", rest)
        if claim.named and ends_here:
            return True
    if claim.verb in _NOW and (ends or (claim.named and goes_on)):
        if claim.subject == "sender":
            return claim.named.lower() not in {"", "fixes", "patches"}
        is_material = re.match(r"\sas\sv?\d\S*\smaterial\b", rest) is not None
        if claim.named:
            return re.match(r"\s(?:separately|independently|now\s?(?:[.!]|$))", rest) is not None
        return is_material or _THANKS.search(claim.sentence) is not None
    return claim.subject == "sender" and bool(claim.named) and goes_on is not None


def _is_doubtful(claim: Claim, before: str, rest: str, place: Place | None) -> bool:
    """Whether other words take the claim back, or show that it is about something else."""
    verb = claim.verb
    if is_taken_back(verb, claim.sentence, rest, place.end if place else 0):
        return True
    if place is None and is_aimless(verb, rest, by_nobody=claim.subject == "nobody"):
        return True
    if is_other_deed(verb, claim.sentence, claim.named, rest):
        return True
    if claim.is_pronoun and _ANOTHER.search(before):
        return True
    if (dropped := _DROPPED.search(before)) and "," not in before[dropped.end() :]:
        return True
    if claim.subject == "nobody" and not claim.named and _MY_PATCH.search(before):
        return True
    if claim.subject == "nobody" and not claim.named and _OF_ANOTHER.search(before):
        return re.match(r"\s(?:as\scommit|via|by|in|into|to)\b", rest) is not None
    if _FOOTNOTE.fullmatch(claim.named):
        return True
    if _BARE_UPDATES.fullmatch(claim.named):
        return True
    if claim.named.lower().startswith("said "):
        return True
    if claim.named.lower() in {"fix", "a fix", "the fix"} and _FIXED.search(before):
        return True
    if _SIMILAR.search(before):
        return True
    if claim.subject == "nobody" and re.match(r",|\sand\b", rest) and _IN_A_ROW.search(before):
        return True
    if claim.subject == "nobody" and verb == "integrated" and not place and before.strip():
        return True
    if claim.subject == "patches" and (verb == "took" or re.fullmatch(r"\[\d{1,2}\]", claim.named)):
        return True  # `This series took eight tries`, `[1] and [2] are merged` has notes
    if claim.subject == "sender" and _FOR_A_TEST.search(before):
        return True
    if claim.named.lower().startswith("that ") and not (place and place.is_sure):
        return True  # whichever it is
    if claim.subject == "patches":
        return is_about_others(claim.named, before, rest, has_tree=claim.has_tree)
    if claim.subject in {"nobody", "sender"} and is_of_others(claim.named):
        return True
    if claim.subject == "sender" and re.match(r"\sbelow\b(?!\sto\b)", rest) and not place:
        return re.fullmatch(r"the\spatch(?:es)?", claim.named, re.IGNORECASE) is not None
    if claim.subject == "nobody" and _SHOWN.search(before):
        return True
    is_sure = place is not None and place.is_sure
    if claim.subject == "nobody" and not claim.has_tree:
        is_list = claim.named.lower() == "patches" and _LISTED_DEEDS.search(before) is not None
        return is_list or is_check(rest)
    return claim.subject == "sender" and not is_sure and is_trial(verb, claim.named, rest)


def _list_clauses(line: str) -> list[str]:
    """Return what follows dashes: `Ignore this patch - it's already in my tree`."""
    lead, *others = re.split(r"\s[-–—]{1,2}\s", line)
    return [] if _CONDITION.search(lead) else others


def _told(sentence: str, verb: str, subject: Subject, what: str, rest: str) -> Claim:
    """Return a claim whose tree is in the words behind it."""
    place = find_place(rest)
    return Claim(
        sentence=" ".join(sentence.split()),
        verb=verb,
        subject=subject,
        named=what,
        tree=place.tree if place else "",
        has_tree=place is not None,
    )


def _read_aside(sentence: str) -> Claim | None:
    """Read what is told of applying by the way: `I changed the title before applying`."""
    said = " ".join(sentence.split())
    match = _ASIDE.match(said)
    if match is None or _PLANNED.search(match["deed"]):
        return None
    who = match["who"] or ""
    subject: Subject = "somebody" if who else "sender"
    named = match["what"] or ""
    if left_out := _LEFT_OUT.search(match["deed"]):
        named = f"all but {left_out['numbers']}"
    return Claim(sentence=said, verb="applied", subject=subject, named=named, somebody=who)


def _read_kept(sentence: str, line: str) -> Claim | None:
    """Read what the sender has: `Got it queued.`, `Now in kvm/next`, `I have these in my tree`."""
    if sentence.rstrip().endswith("?"):
        return None
    starts = [
        0,
        *(
            one.end()
            for one in islice(_CLAUSE.finditer(line), MAX_VERBS)
            if not _DOUBT.search(line[: one.end()])
        ),
    ]
    match = next(filter(None, (_GOT_IT.match(line, start) for start in starts)), None)
    if match:
        rest = line[match.end() : match.end() + _AFTER]
        verb = match["verb"].lower()
        if is_taken_back(verb, sentence, rest, 0) or is_trial(verb, match["what"], rest):
            return None
        return _told(sentence, verb, "sender", match["what"], rest)
    if match := _ADDED_TO_QUEUE.match(line):
        return _told(sentence, "queued", "nobody", "", line[match.end() :])
    if match := _APPLY_ON.match(line):
        told = _told(sentence, "applied", "nobody", "", match["place"])
        return told if _BRANCH_WORD.search(told.tree) or "/" in told.tree else None
    if (match := _REACHED.match(line)) and _UNREAL.search(match[0]) is None:
        return _told(sentence, "in", "patches", match["what"], f" in {match['tree']} tree")
    match = _RIGHT_NOW.search(line)
    if match and _CONDITION.search(line[: match.start()]) is None:
        told = _told(sentence, "queued", "sender", match["what"], match["place"])
        return told if told.has_tree else None
    if match := _REPLACED.match(line):
        told = _told(sentence, "queued", "sender", match["what"], match["place"])
        return told if told.has_tree else None
    if match := _HAVE_IN.match(line):
        # a tester says so, too: whether it is believed depends on who it is
        if is_trial("taken", match["what"], line[match.end() :]):
            return None
        return _told(sentence, "taken", "sender", match["what"], line[match.end() :])
    if match := _NOW_IN.match(line):
        place = find_place(line[match.end() : match.end() + _AFTER])
        end = match.end() + place.end if place else 0
        ends = re.match(r"\s?(?:[.,;!(]|$|as\scommit|thank|with\b)", line[end:])
        if (
            place
            and place.is_sure
            and place.start <= 1
            and ends
            and _BRANCH_WORD.search(place.tree)
        ):
            return _told(sentence, "in", "nobody", "", line[match.end() :])
    return None


def _read_state(sentence: str) -> Claim | None:
    """Read a sentence without a verb: `This series is in the review-next branch now`."""
    if match := _IS_COMMIT.match(sentence.replace("\n", " ")):
        rest = re.sub(r"\s\(\".*\"\)", "", sentence[match.end() : match.end() + _AFTER])
        return _told(sentence, "in", "patches", match["what"], rest)  # the tree is behind the title
    line = sentence.replace("\n", " ")
    if (match := _AS_COMMIT.match(line)) and not _UNREAL.search(match[0]):
        return _told(sentence, "merged", "patches", match["what"], match["to"])
    if (match := _DECIDED.match(line)) and not sentence.endswith("?"):
        rest = sentence[match.end() : match.end() + _AFTER]
        if is_taken_back("queued", sentence, rest, 0) or is_trial("taken", match["what"], rest):
            return None
        return _told(sentence, "queued", "sender", match["what"], rest)
    if found := _read_kept(sentence, line):
        return found
    match = next(filter(None, map(_IS_IN.match, [line, *_list_clauses(line)])), None)
    line = match.string if match else line
    is_cause = match is None and re.search(r"\bconflict", line) is None
    if is_cause:
        match = _CAUSE_IS_IN.match(line)  # `since it's in kvm-next, your patch will conflict`
    what = (match["what"] or match.groupdict().get("gone") or "") if match else ""
    if (
        match is None
        or not _THESE.search(what)
        or _FOOTNOTE.fullmatch(what)
        or (sentence.rstrip().endswith("?") and not re.search(r"[,;]\s", line[match.end() :]))
        or _OWN_QUEUE.search(line[: match.end() + 40] if is_cause else sentence)
    ):
        return None
    rest = line[match.end() : match.end() + _AFTER]
    place = read_place(rest, len(" of ")) if rest.startswith(" of ") else find_place(rest)
    if place is None or not place.is_sure or not _TREE_WORD.search(sentence):
        return None
    if match.groupdict().get("gone") and place.start > 1:
        return None  # `it went in a loop`
    is_said = re.search(r"\b(?:now|already|thanks|thank\syou)\b", sentence, re.IGNORECASE)
    if rest.startswith(" on ") and _BARE_PRONOUN.fullmatch(what) and not is_said:
        return None  # `It bisects to this commit. This is on kvm-next.`
    is_any = _BARE_PRONOUN.fullmatch(what) and not re.search(r"\b(?:now|already)\b", match[0])
    if is_any and re.match(r"\sbut\b", rest[place.end :]):
        return None  # `Look at that driver. It's in the timers tree but I think …`
    return Claim(
        sentence=" ".join(sentence.split()),
        verb="in",
        subject="patches",
        named=what,
        tree=place.tree,
        has_tree=True,
    )
