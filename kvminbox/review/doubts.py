"""What takes a claim back: another place than a maintainer's tree, another time, a mere trial."""

import re
from collections.abc import Callable
from typing import Final

from kvminbox.review.claim import Claim
from kvminbox.review.marks import FOOTNOTE, MY_PATCH, SHOWN
from kvminbox.review.trees import Place
from kvminbox.review.trials import is_no_deed
from kvminbox.review.wording import BARE_PRONOUN, COPULA, any_of

# `on top of v5.2`, `to v2`, `with the previous patch`, `into account`, `for convenience`
_ELSEWHERE: Final = re.compile(
    r"\s(?:locally|cleanly|fine|without\s(?:problem|issue|error|conflict)s?|correctly|ok)\b"
    r"(?![^.]*\bto\b)"
    r"|\son\stop\sof\b(?=[^.;]*\blinux[-\s]next\b)"
    r"|\son\stop\sof\b(?![^.;]*\b(?:(?<!of-)tree|branch|(?<!linux-)next)\b(?![-\s]\d)|\s(?:\S+#)?for-)"
    r"|^\s(?:on\s(?:the\s)?top(?!\sof)|upon)\b|\sagainst\b"
    r"|\son(?:to)?\s(?:(?:a|the|my)\s)?"
    r"(?:v?\d(?!\d?(?:st|nd|rd|th)\b)|upstream|linux\s|current\s|head\b|mainline|vanilla|patch)"
    r"|\s(?:to|in|into|with|for)\s(?:(?:the|my|our|your|a|an|its|one)\s)?"
    + any_of(
        "next new upcoming previous following earlier first other last original same separate"
        " new_separate future single"
    )
    + r"\s(?:version|patch|revision|re-?spin|iteration|series|submission|commit|v\d|one|round"
    r"|update)"
    r"|\sas\san?\s(?:new|separate|single|example|experiment|base|basis|start)\b"
    r"|(?<!except)(?<!apart)\s(?:to|in|into|for|as)\s(?:the\s)?(?:v\d{1,2}(?![\w.]*[./-]\w)\b|patch\s#?\d)"
    r"|\s(?:to|into)\s(?:the|your|my|a|this|that)\spatch(?:es|set)?\b(?!\s(?:queue|tree))"
    r"|\sto\s(?:upstream\s)?v?\d[\d.]*(?:-rc\d+)?\s(?:vanilla|kernel)|\s(?:to|on)\sgit\s\d+\.\d"
    r"|\s(?:to|in|into)\s(?:my|our)\s(?:[\w.-]+\s)?(?:series|patch[-\s]?series|patch-?set|set|patches|wip|work)\b"
    r"|\s(?:into|for)\s(?:account|consideration|granted)|\s(?:away|back|care|over)\b"
    r"|\sout\s(?:a|an)\b|^\s(?:a|an|the)\s(?:new|updated|different|look|wrong)\b"
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
_WAITS: Final = re.compile(
    r"\s?[,(]?\s?(?:but\s)?(?:only\s|just\s)?locally\b"
    r"|\s(?:if|when|once|until|unless|as\ssoon\sas|assuming)\b",
    re.IGNORECASE,
)
_UNDONE: Final = re.compile(
    r"\b(?:un(?:pulled|applied|queued|merged)"
    r"|(?:got|was|were)\s(?:reverted|dropped|removed|backed\sout)\sagain\b"
    r"|and\s(?:later\s|then\s)?(?:reverted|dropped|removed)\b"
    r"|but\s(?:then\s|later\s)?(?:it\s|they\s)?(?:was|were)\s(?:reverted|dropped|removed)\b"
    r"|(?:dropped|reverted|removed|backed)\s(?:it|this|them|that|out)\b)"
    # but `Applied, since this hasn't been picked up`
    r"|(?<!\bsince\s)(?<!\bbecause\s)(?<!\bas\s)\b(?:it|they|this|these)\s(?:has|have|was|were)(?:n['’]t|\snot)\s(?:been\s|yet\s){0,2}"
    r"(?:picked|applied|merged|queued|taken)\b"
    # `The first patch applied, the second didn't`
    r"|,\s(?:but\s)?the\s(?:second|third|other|next|last|rest)\s(?:\w+\s)?(?:didn['’]t|did\snot|failed)\b"
    r"|\(using\sb4\)|\bto\sbase\b",  # a robot's: `was applied (using b4) to base: …`
    re.IGNORECASE,
)
# `Applied on top of the previous cpufreq material, thanks!`
_ON_TOP: Final = re.compile(
    r"(?:now\s|.{0,80}\bI(?:['’]ve|\shave)?\s)?(?:applied|queued)(?:\sup)?(?:\s(?:it|this))?\son\s(?:the\s)?top\sof\s[^.;]{1,80},"
    r"\s(?:thanks|thank\syou)\W*",
    re.IGNORECASE,
)
# `Indeed, applied on top of this.`
_ON_TOP_OF_THIS: Final = re.compile(
    r"(?:\w+,\s)?(?:now\s)?(?:applied|queued)(?:\sit)?\son\stop\sof\s(?:this|that|it|them)\s?[.!]?",
    re.IGNORECASE,
)
# `I applied this one on top`, and no more, or thanks
_AT_TOP: Final = re.compile(r"\son\stop\s?(?:[.,!]|$|thanks\b)")
_THIS_ONE_AT_TOP: Final = re.compile(r"\bthis\sone\son\stop\b|\bthank|\bthx\b", re.IGNORECASE)
_ON_TOP_OF_IT: Final = re.compile(r"\son\stop\b(?!\sof)", re.IGNORECASE)
_INSTEAD: Final = re.compile(
    r"No changes -- Patch already|\binstead\sof\s(?:this|it|that)\b", re.IGNORECASE
)
# `This was already taken by Rob, wasn't it?`
_ASKED: Final = re.compile(
    r",\s(?:(?:is|are|was|were|has|have|did|do)n['’]t\s(?:it|they|you|we)|right|correct|no)\s?\?$",
    re.IGNORECASE,
)
# `pushed a new version`, `v4`
_ANEW: Final = re.compile(r"version|\bv\d", re.IGNORECASE)
# `I pushed for the change of the bindings for long`
_PUSHED_FOR: Final = re.compile(
    r"\sfor\s(?:the\s)?(?:0-?day|lkp|kbuild|(?:build\s)?(?:ro)?bots?|ci)\b|\sfor\s(?:just|only|you\b|\w+ing|(?:the|a|an)\s(?!(?:\S+\s){0,2}(?:merge|release|cycle|window|kernel)\b)|more|this|that|it)\b",
    re.IGNORECASE,
)
# `I pushed this series for convenience`, `so that you can try it`
_SHARED: Final = re.compile(
    r"\bfor\s(?:your\s)?(?:convenience|reference|easier)|\bin\scase\s(?:you|any|some)"
    r"|\bif\s(?:you|any|some)\w*\s(?:want|like|prefer|need|wish)\sto|\bto\sease\b|\beasier\sto\b"
    r"|\binstead\sof\s(?:re-?)?(?:posting|sending)\b"
    r"|\bso\s(?:that\s)?(?:you|others|people|anyone|everyone)\s",
    re.IGNORECASE,
)
_AT_URL: Final = re.compile(
    r"(?!(?:\s\w+)?\s(?:to|into)\s)[^.;]{0,40}?\s(?:at|here|under|as)\b:?\s?"
    r"(?:$|\[|https?:|git:|git@|ssh:|\n)",
    re.IGNORECASE,
)
# `pushed to a branch`, `pushed through a mail client`, `pushed to the branches I named`
_NO_PUSH: Final = re.compile(
    r"\sto\sa\s(?:\w+\s)?(?:branch|fork|repo\w*)\b|\s(?:from|through|back|aside|around)\b"
    r"|\sto\sthe\sbranch(?:es)?\s(?:I|we|you|that|which|mentioned|named)\b"
    # `pushed out my kvm/timers branch again`: the branch itself is what is pushed
    r"|(?:\sout)?\s(?:my|an?|the|this|our)\s(?:[\w./-]+\s){0,2}branch(?:es)?\b"
)
_FROM: Final = re.compile(
    r"(?:\sup)?\s(?:from(?!\s(?:the\s)?(?:list|here|this\sseries))|out|off|over|back|away|to\sbe)\b",
    re.IGNORECASE,
)
# `I took your patch and mangled it`: what came of it is shown, not applied
_REWORKED: Final = re.compile(
    r"(?:\sup)?\sand\s(?:\w+ly\s|just\s)?(?:mangled|massaged|modified|changed|reworked|rewrote"
    r"|extended|adapted|turned)\b(?![^.;]*\b(?:appl|queu|push|merg|commit))",
    re.IGNORECASE,
)
_WITH_OTHERS: Final = re.compile(
    r"\stogether(?=\s?[.,])|[^.;,]{0,40}\b(?:together|with)\s(?:the\s)?"
    r"(?:previous|next|first|other|last|following)\s"
    r"(?:patch|one|commit|changes\sin\spatch)",
    re.IGNORECASE,
)
# `I applied it to my kernel`, `Applied to the page tables`: a direction, and no tree is told
_DIRECTION: Final = re.compile(
    r"\s(?:(?:to|into|onto|on(?!-top|\stop\sof))\b(?!\spatch(?:es)?\s#?\d)(?!\s"
    + any_of(
        "both that_basis this_basis the_basis at_least get fix avoid make be have allow keep let"
        " save help unbreak unblock"
    )
    + r"\b)|in\b(?!\s(?:the\s)?hopes?\b|\spatch(?:es)?\s#?\d|\s?(?:[,.!;)]|$)"
    r"|\sfor\s(?:the\s)?(?:v?\d|next|-?rc)))",
    re.IGNORECASE,
)
# `Applied with that tweak for patch 2`, `applied after fixing the type in patch 2`
_TWEAK: Final = re.compile(
    r"^\swith\s(?:(?:that|the|this|a|an|your|my|some|minor|small)\s){0,2}(?:[\w/-]+\s){1,3}(?:for|to|in)\s"
    r"patch\s#?\d{1,3}\b|^\safter\s\w+ing\b[^.;]*|^\sand\spushed\s(?:it\s)?back(?:\sout)?",
    re.IGNORECASE,
)
# `Pushed with a fix on top of it`
_WITH_ONE_ON_TOP: Final = re.compile(
    r"^\swith\s(?:\S+\s){1,8}?on\stop(?:\sof\s(?:it|this|that|them))?(?=\s?(?:[.,!]|$))"
)
# `applied to a new branch for 5.6-rc6`, which is to be pulled
_NEW_BRANCH: Final = re.compile(
    r"\s(?:to|on|in)\s(?:a\s)?new\sbranch,?\sfor\s(?:the\s)?(?:v?\d|-?rc|next|merge)", re.IGNORECASE
)
# `I dropped v1 from the queue, and queued this one in its place`
_IN_ITS_PLACE: Final = re.compile(
    r"\sin\s(?:(?:its|their)\s(?:place|stead)\b"
    r"|place\sof\s(?:your\s|the\s)?(?:(?:old|older|previous|earlier|original|first)\s|v\d{1,2}\b))",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"\sin\s(?:(?:this|that|its|the)\s(?:current\s|present\s|same\s)?"
    r"|(?:an?\s)?(?:somewhat\s|slightly\s|very\s)?(?:different|modified|simplified|other|reworked)\s)"
    r"(?:shape|form|state)\b",
    re.IGNORECASE,
)
# `has been merged into the kernel`
_KERNEL: Final = re.compile(
    r"\s(?:in|into)\s(?:the\s)?(?:linux\s|upstream\s|mainline\s)?kernel(?:\stree)?\s?(?:[,;!]|\.(?!\w)|$)",
    re.IGNORECASE,
)
_IN_RELEASE: Final = re.compile(
    r"\sin\s(?:-?rc|v?\d|order|time|sequence|(?:\w+['’]s\s)?linux\snext)"
    r"|\sinto\s(?:v\d+\.\d|\d+\.\d|the\s(?:last|latest|current)\s(?:release|rc\b|-rc))",
    re.IGNORECASE,
)
# `Rob's patch`, `the changes`, `your suggested changes`
# `Rob's patches`, `the patch below`; whose sender is called Rob are renamed before
_OF_OTHERS: Final = re.compile(
    r"\w['’]s?\s(?:\w+\s)?(?:patch|series)|^my\s|^(?:the\s)?below\s|^(?:his|her|their)\s(?:\w+\s)?version\b",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\w['’]s?\s(?:\w+\s)?patch|^my\s|^(?:all\s)?(?:the\s|your\s|my\s|those\s)?"
    r"(?:(?:suggested|requested|proposed|same|above|below|following)\s)?"
    r"(?:changes?|bits?|commits|drivers?|updates|tests|modifications?)$|^\d+\scommits$|\bfollowing\b(?!\spatches\s\d)|^below\s",
    re.IGNORECASE,
)
# `I have queued patches for this driver that will break yours`
_FOR_OTHERS: Final = re.compile(r"\s(?:that|from|which)\b|\sfor\s(?:this|the|that|my|a|an)\b")
_OUTCOME: Final = any_of(
    "works? working worked looks?_good looks?_fine boots? booted fails? failed crashes"
    " crashed seems? helps? helped solves? solved persists? remains? disappears"
    " disappeared went gone hangs? compiles? builds? passes passed happens? occurs?"
    " restored fixes_the fixed_the fixes_my fixed_my fixes_it fixed_it"
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
        " observed? noticed cannot can['’]t could couldn['’]t"
    )
    + r"\b|\b(?:tests?|build|boot)\s(?:\w+\s){0,2}"
    r"(?:doesn['’]t|don['’]t|does\snot|fails?|breaks?)\b|\bregressions?\b|\bno\slonger\b|\bable\sto\b|\band\s(?:built|running)\b|\bcould\stest\b"
    r"|\buploaded\b",
    re.IGNORECASE,
)
_CHECKED: Final = re.compile(
    r"[^.;,]{0,40}?,?\sand\s(?:(?:verified|checked|confirmed|reviewed|performed|conducted|carried\sout|executed)\b(?!\sthe\s(?:rest|others?)\b)"
    r"|(?:\w+[\s-])?(?:re-?)?tested\s(?:it|this|them|with|on|using|that|the|my|\w+ing)\b|did\sa\s(?:\w+\s)?diff\b|built\s(?:it|with|on|using)\b|(?:re)?booted\b|(?:re)?ran\b"
    r"|(?:the|my)\s\w+\s(?:no\slonger|still|does\snot|doesn['’]t|disappeared|is\sgone)\b)",
    re.IGNORECASE,
)
_TO_TEST: Final = re.compile(r"\bto\s(?:test|try|check|reproduce|verify|see)\b", re.IGNORECASE)
# `Patches applied to md-next will go through …`; but not `applied as it is obvious`
_IS_SUBJECT: Final = re.compile(
    r"(?:(?!\b(?:as|since|because|which|that|and|but|so|it|this|they|these|there|while|though|I)\b)"
    r"[^.,;]){0,60}\s(?:will|is|are|was|were|should|can|could|would|may|might|must|makes?|lets|gives|causes|breaks)\b"
)
# `Rob's patches`, `Rob Lis' series`
_OWNED: Final = re.compile(r"(?P<who>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)(?:['’]s|(?<=s)['’])\s")
_BARE_PRONOUN: Final = re.compile(BARE_PRONOUN, re.IGNORECASE)
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
_WORKS_WITH: Final = re.compile(
    r"\b(?:works?|tested|boots?|TB)\b[^.;]*\bwith\b[^.;]*,\s(?:\w+\s){1,4}$", re.IGNORECASE
)
# `the commit was merged in 5.16`
_A_COMMIT: Final = re.compile(
    r"\b(?:the|this|that|second|fix)\s(?:\w+\s)?commit\b|^commits?$", re.IGNORECASE
)
_WAS: Final = re.compile(r"\b(?:is|are|was|were|been|got)\s(?:\w+\s)*$", re.IGNORECASE)
_HAS_COPULA: Final = re.compile(rf"(?:(?<!\w)|(?=['’])){COPULA}\W*(?:\w+\s)*$", re.IGNORECASE)
_IN_USE: Final = (
    r"\s(?:and\s(?:running|works|buil(?:t|ds)|boot(?:s|ed)|compile[sd])|after|before|when)\b"
)
_ANOTHER_SUBJECT: Final = re.compile(
    r";|,? (?:but|and|so|which|because|since|if|as)\s(?:I|you|we|it|they|he|she|this|that|the"
    r"|there|will|can|could|should|going to|planning to)\b"
)
# `things got split up, merged, spun around`, `highly accurate, fully integrated, …`
_IN_A_ROW: Final = re.compile(
    r"\b(?:got|gets?|is|are|was|were|be|been|being)\s(?:\w+\s){0,2}(?:\w+,\s){1,4}(?:\w+ly\s)?$",
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
    r"|\b[A-Z][\w-]+(?:['’]s|s['’])\s(?:[\w-]+\s){0,2}(?:series|patch-?set|patch(?:es)?),\s$"
    r"|\b(?:series|patch-?set|patch(?:es)?|commit)\s(?:is|are)\s(?:here:?\s)?https?://"
)
# `a collection of posted, reviewed and now also applied patches`
_LISTED_DEEDS: Final = re.compile(r"\w+ed,?\sand\s(?:now\s)?(?:also\s)?$", re.IGNORECASE)
# `I have pushed updates to the branch here`
_BARE_UPDATES: Final = re.compile(
    r"(?!(?:this|the|these|those|both|all|your)\s)(?:\w+\s)?(?:updates|tests|modifications?)",
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
# `Posted here [1], and queued`, `Ben has sent the patch: https://…, it's queued`
_POSTED: Final = re.compile(
    r"(?<!\b[Yy]ou\s)(?<!\b[Aa]s\s)\b(?:[Pp]osted|[Ss]ent|[Ss]ubmitted)\s(?:out\s)?(?:(?:it|them|one|this)\s)?"
    r"(?:here|there|at|in|as)\b:?\s?(?:\[\d{1,2}\]|https?://|<)"
    r"|\b(?!(?:You|I|We)\b)[A-Z]\w+\s(?:has\s|had\s)?(?:already\s|just\s)?(?:posted|sent|submitted)(?:\sout)?"
    r"\s(?:the|a|an|another)\s(?:\w+\s)?(?:[Pp]atch(?:es)?|fix(?:es)?|series)\b"
    r"|\b(?:is|was|been|already)\sfixed\s(?:by|in|with)\s?(?:\[\d|https?:)"
)
# `This was already fixed and merged`, `Reverted and pushed now`: another one, or none
_OTHER_WORK: Final = re.compile(
    r"\b(?:is|was|were|been|got|already)\s(?:already\s)?fixed\sand\s(?:already\s)?$"
    r"|(?:^|[.,]\s)(?:I(?:['’]ve)?\s)?(?:now\s)?(?:[Rr]everted|[Dd]ropped)\s(?:it\s|that\s|this\s)?and\s$"
)
# `I pulled the latest tools and applied your patch set`
_LATEST: Final = re.compile(
    r"\b(?:pulled|cloned|fetched|built|checked\sout|took|used|installed)\s(?:the\s|a\s)?(?:latest|current|newest|clean|fresh|vanilla)\b",
    re.IGNORECASE,
)
# `I've applied [1] now`, a link to another mail
_NOTE: Final = re.compile(r"\[\d{1,2}\](?:(?:,|\sand)\s\[\d{1,2}\])*")
# `I've just applied https://…/pull/15 with the same fix`
_ANOTHER_AT: Final = re.compile(
    r"\s(?:https?|git)://\S+\s(?:with|which|that|instead|from|by|for\s(?:this|that|it))\b"
)
# `Pushed: https://git.kvm.example/linux.git timers`, which is there to be looked at
_PUSHED_THERE: Final = re.compile(
    r"(?::\s?|\s)(?:https?|git)://(?!\S*/(?:commit|c)/)(?!.*\b(?:next|fixes|master|main)\b)"
)
_IT_IS: Final = re.compile(r"\s(?:is|was)\s(?:an?|the|that)\b")  # `strictly taken it is a bug`
# `I folded it into the `if` statement`, `I had already applied this for TIMER_INFO_RAW`
_INTO_CODE: Final = re.compile(
    r"\s(?:in|into|to)\s(?:the|an?)\s\S+\s(?:statement|function|loop|macro|condition|check|helper|struct|callers?)\b"
    r"|\sfor\s[A-Z][A-Z0-9]*_[A-Z0-9_]{3,}\b"
)
# `It is not in flight yet, thus queued`
_THUS: Final = re.compile(r"\b(?:is|are|was|were)\snot\b[^.]*,\s(?:thus|hence|therefore|so)\s$")
# `I dropped the patch that I had applied`
_DROPPED: Final = re.compile(
    r"\bdropped\s(?:it|them|(?:the|this|that|your)(?:\s\w+){1,2})\s(?:that|as|which|since|because)\b"
)
# `It doesn't build, although I have applied patch 1`
_FAILED: Final = re.compile(
    r"\b(?:doesn['’]t|does\snot|didn['’]t|did\snot|don['’]t|fails?\sto|cannot|can['’]t|won['’]t)\s(?:\w+\s)?"
    r"(?:build|compile|boot|work|link)\b[^.;]*\b(?:al{1,2}though|even\sthough|though|with|despite|after|when|where)\b",
    re.IGNORECASE,
)
# `by commit 0123456789ab ("x86: y"), merged as of v3.4`
_BEHIND_COMMIT: Final = re.compile(r"\b[0-9a-f]{8,40}\s\([\"'][^\"]{0,200}[\"']\),?\s$")
# `With your branch rebased, and this patch applied, it works`
_WITH_AND: Final = re.compile(r"\W*with\b[^;]*\band\s(?:this|the|your)\b[^.;,]*$", re.IGNORECASE)
# `Have you seen https://… ? It has been merged`: what the address shows
_BEHIND_LINK: Final = re.compile(r"https?://\S+\s+$")
_TOOK_AS: Final = re.compile(
    r"\s(?:at\srandom\b|as\s(?:the|that)\b"
    r"|as\san?\s(?!(?:[\w.-]+\s)?(?:fix|fixes|patch|bug-?fix|series|whole|material|clean-?up)\b))",
    re.IGNORECASE,
)
# `I picked it up, and should post a new version`
_POSTS_ANEW: Final = re.compile(
    r"[^.;]{0,60}\b(?:post|send|submit|include|resend|repost)\w*\s(?:it\s|this\s|them\s)?"
    r"(?:a\snew|the\snew|the\snext|v\d|with\s(?:my|the\snext)|in\s(?:my|the\snext|v\d)|soon)",
    re.IGNORECASE,
)
# `I've applied that patch, but changed the constants`
_CHANGED_IT: Final = re.compile(
    r",?\s(?:but|and)\s(?:I\s)?(?:also\s)?(?:modified|changed|adjusted|edited|reworded|fixed|dropped|removed|added|tweaked)\b"
)
# `To test, I applied them to our branch`
_FOR_A_TEST: Final = re.compile(r"\bTo\s(?:test|try|check|reproduce)\b[^.,]{0,40},\s(?:I|we)\b")


def cut_clause(text: str) -> str:
    """Return the words up to the next clause that has a subject of its own."""
    end = _ANOTHER_SUBJECT.search(text)
    return text[: end.start()] if end else text


def is_taken_back(verb: str, sentence: str, rest: str, place_end: int) -> bool:
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
    near = re.split(r"[,;(:]\s|\s[(]|\sand\ssent\sa\sp", cut_clause(rest), maxsplit=1)[0]
    if verb in {"applied", "queued"} and (
        _ON_TOP.fullmatch(sentence) or _ON_TOP_OF_THIS.fullmatch(" ".join(sentence.split()))
    ):
        return False
    if verb == "queued" and _ON_TOP_OF_IT.match(rest):
        return False
    if verb in {"applied", "queued", "merged", "pushed"} and _is_at_top(sentence, rest):
        return False
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


def is_aimless(verb: str, rest: str, *, by_nobody: bool) -> bool:
    """Whether it is said where a patch went, and this is no tree: `applied it to my kernel`."""
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
    return by_nobody or _IN_RELEASE.match(rest) is None


def is_other_deed(verb: str, sentence: str, named: str, rest: str) -> bool:
    """Whether the verb tells of something else: sharing a branch, withdrawing, taking over."""
    if _INTO_CODE.match(rest) or (verb in {"took", "taken"} and _IT_IS.match(rest)):
        return True
    if verb in {"put", "added"} and re.match(r"\son\stop\sof\b", rest):
        return True  # `I've put the other set on top of the timers branch`
    if verb in {"picked", "took", "taken", "pulled", "grabbed"} and _FROM.match(rest):
        return True
    if verb in {"picked", "took", "taken", "grabbed"} and named.lower() == "one":
        return True  # `Both are valid, so I just picked one`
    if verb in {"picked", "took", "taken", "grabbed"} and _POSTS_ANEW.match(rest):
        return True
    if verb in {"picked", "pulled", "got"} and re.match(r"\s(?:via|from|with)\slinux-next\b", rest):
        return True  # `I picked this up via linux-next and it appears to crash`
    if verb in {"picked", "took", "taken", "grabbed"} and (
        _REWORKED.match(rest) or re.search(r"\bexample\b", sentence)
    ):
        return True
    if verb in {"took", "picked"} and _TOOK_AS.match(rest):
        return True  # `I took it as the reason`, `I just picked 64 at random`
    if verb == "landed" and re.match(r"(?:\s\w+)?\s(?:from|back|home|at)\b", rest):
        return True  # `Just landed yesterday from the conference`
    if verb in {"took", "taken", "pulled"} and re.match(r"\sapart\b(?!\sfrom)", rest):
        return True  # `I already pulled the series apart`
    if verb in {"took", "taken"} and re.match(r"\s(?:together|at|as\sa\swhole)\b", rest):
        return True  # `Taken together, they are slow`
    if verb == "pulled":
        return re.match(r"(?:the|your) (?:first |last )?(?:patch|commit|fix)", named) is not None
    if verb == "merged":
        return _WITH_OTHERS.match(rest) is not None
    if verb in {"added", "put"} and re.search(r"\bto-?\s?do\b", rest, re.IGNORECASE):
        return True
    if verb == "put" and re.match(r"\stogether\b|\s(?:in|into|to|on)\syour\b", rest):
        return True  # `So put it in your tree`
    if verb == "pushed" and (_NO_PUSH.match(rest) or _PUSHED_FOR.match(rest)):
        return True
    if verb in {"pushed", "put"}:
        is_new = _ANEW.search(named) is not None
        return is_new or _SHARED.search(sentence) is not None or _AT_URL.match(rest) is not None
    return False


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
        verb not in {"committed", "queued", "pushed"} and _is_test(rest, is_told=True)
    )


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


def is_check(rest: str) -> bool:
    """Whether it goes on as a tester's `Applied this series and verified that …` does."""
    return _CHECKED.match(rest) is not None


def _is_test(rest: str, *, is_told: bool = False) -> bool:
    """Whether it goes on with a test: not `applied, but I still want to check why`.

    Args:
        rest: what follows the verb and its object.
        is_told: whether `and tested it` is told of the claim itself, and is none here.
    """
    rest = re.split(r"\sand\s(?:I\s)?(?:will\s|['’]ll\s)(?:send|push|include)\b", rest)[0]
    return (
        (is_check(rest) and not is_told)
        or _TESTED.search(rest) is not None
        or _TO_TEST.search(cut_clause(rest)) is not None
    )


def is_about_others(named: str, before: str, rest: str, *, has_tree: bool) -> bool:
    """Whether `patches are applied` tells of another commit, of a test, or of any patches."""
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
    if _BARE_PRONOUN.fullmatch(named) and _APPLIES_FOR.match(rest):
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
    if re.match(r"\W*(?:with|after|once|when|if)\b", before, re.IGNORECASE):
        return True  # `With 3900X, and the series applied, I get …`
    return not has_tree and _is_test(rest)


def is_doubtful(claim: Claim, before: str, rest: str, place: Place | None) -> bool:
    """Whether other words take the claim back, or show that it is about something else."""
    verb = claim.verb
    if is_taken_back(verb, claim.sentence, rest, place.end if place else 0):
        return True
    if is_no_deed(claim, before, rest, place):
        return True
    is_aside = place is None and not _is_at_top(claim.sentence, rest)
    if is_aside and is_aimless(verb, rest, by_nobody=claim.subject == "nobody"):
        return True
    # `Ben has already pulled the patches into kvm-next`; a tester's `I pulled the patch`
    is_pulled = verb == "pulled" and claim.somebody != "" and claim.has_tree
    if not is_pulled and is_other_deed(verb, claim.sentence, claim.named, rest):
        return True
    if claim.is_pronoun and _ANOTHER.search(before):
        return True
    if (claim.is_pronoun or not claim.named) and _POSTED.search(before):
        return True
    if (dropped := _DROPPED.search(before)) and "," not in before[dropped.end() :]:
        return True
    if claim.subject == "nobody" and not claim.named and MY_PATCH.search(before):
        return True
    if claim.subject == "nobody" and not claim.named and _OF_ANOTHER.search(before):
        return re.match(r"\s(?:as\scommit|via|by|in|into|to)\b", rest) is not None
    if (claim.is_pronoun or not claim.named) and _OTHER_WORK.search(before):
        return True
    if claim.subject in {"nobody", "sender"} and not claim.has_tree and _LATEST.search(before):
        return True
    if not claim.named and _ANOTHER_AT.match(rest):
        return True
    if verb == "pushed" and not claim.named and _PUSHED_THERE.match(rest):
        return True
    if claim.subject == "nobody" and not claim.named and _THUS.search(before):
        return True
    if FOOTNOTE.fullmatch(claim.named):
        return True
    if not claim.has_tree and _NOTE.fullmatch(claim.named):
        return True
    if _BARE_UPDATES.fullmatch(claim.named):
        return True
    if claim.named.lower().startswith("said "):
        return True
    if claim.named.lower() in {"fix", "a fix", "the fix"} and _FIXED.search(before):
        return True
    if _SIMILAR.search(before):
        return True
    if (
        claim.subject == "nobody"
        and re.match(r",(?!\sthank)|\sand\b", rest)
        and _IN_A_ROW.search(before)
    ):
        return True
    if claim.subject == "nobody" and verb == "integrated" and not place and before.strip():
        return True
    if claim.subject == "patches" and (verb == "took" or re.fullmatch(r"\[\d{1,2}\]", claim.named)):
        return True  # `This series took eight tries`, `[1] and [2] are merged` has notes
    if claim.subject == "sender" and (_FOR_A_TEST.search(before) or _FAILED.search(before)):
        return True
    if (
        claim.is_pronoun
        and claim.subject == "patches"
        and _BEHIND_LINK.search(before[: -len(claim.named)])
    ):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", claim.named):
        return True  # the code that a patch changes was `Merged in 2009!`
    if place and re.match(r"\stags?\s", rest[place.end :]):
        return True  # a tester's `on linux-next tag next-20220318`
    if re.match(r"\sout\sof\s\d", rest):
        return True  # a boot's `alternatives: applied 0 out of 27 patches`
    if claim.subject == "nobody" and not claim.named and _BEHIND_COMMIT.search(before):
        return True
    if claim.subject == "sender" and place and place.is_sure and not place.tree:
        after = rest[place.end :]  # `into my tree and still saw the problem`
        if verb not in {"committed", "queued", "pushed"} and _TESTED.search(after[:60]):
            return True
    if claim.named.lower().startswith("that ") and not (place and place.is_sure):
        return _CHANGED_IT.match(rest) is None  # whichever it is
    if claim.subject == "patches":
        return is_about_others(claim.named, before, rest, has_tree=claim.has_tree)
    if claim.subject in {"nobody", "sender"} and is_of_others(claim.named):
        return True
    if claim.subject == "sender" and re.match(r"\sbelow\b(?!\sto\b)", rest) and not place:
        return re.fullmatch(r"the\spatch(?:es)?", claim.named, re.IGNORECASE) is not None
    if claim.subject == "nobody" and SHOWN.search(before):
        return True
    is_sure = place is not None and place.is_sure
    if claim.subject == "nobody" and not claim.has_tree:
        is_list = claim.named.lower() == "patches" and _LISTED_DEEDS.search(before) is not None
        return is_list or is_check(rest)
    return claim.subject == "sender" and not is_sure and is_trial(verb, claim.named, rest)
