"""Pull requests, in the words of `git request-pull`, wrapped or not."""

import re
from dataclasses import dataclass

_BASE = re.compile(r"The\s+following\s+changes\s+since\s+commit\s+([0-9a-f]{7,64})")
_PLACE = re.compile(
    r"^are\s+available\s+in\s+the\s+(?:git\s+)?repository\s+at:?\s+"
    r"([^\s>]+)(?:[ \t]+([^\s>]+)|[ \t]*\n[ \t]*((?:tags|refs)/\S+))?",
    re.IGNORECASE | re.MULTILINE,
)
# before git 1.7 the sentence went on in the same line
_PLACE_OLD = re.compile(r"^[^>\n]*\bavailable in the git repository at:\s+([^\s>]+)", re.MULTILINE)
_TIP = re.compile(r"fetch\s+changes\s+up\s+to\s+([0-9a-f]{7,64})")
# `Please, pull these changes from:`, `You can pull these changes from:`, `this is a pull request of
# 9 patches for net/master.`, and `netfilter pull request 23-07-26`, the text of a tag, alone
_ASKS = re.compile(
    r"\bplease,?\s+(?:consider\s+(?:to\s+)?)?pull(?:ing)?\b(?!\s+(?:in|down)\b)"
    r"|\byou\s+can\s+pull\s+these\s+changes\s+from\b"
    r"|\b(?:this|here)\s+is\s+(?:a|the)\s+(?:\w+\s)?pull[\s-]request\s+(?:of|with)\s+\d+\s+patch"
    r"|^(?:[\w-]+ ){0,2}pull[ -]request (?:[\w-]+-)?(?:20)?\d\d-\d\d-\d\d[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# `You can pull these changes from the branch if you want to try them`, `please pull for testing`,
# `Once all is reviewed, please pull`; but `Please pull, or let me know if anything is wrong`
_NOT_NOW = re.compile(
    r"\b(?:not|never|(?<!let me know )if|in\s+case|once|after|when|later|yet|will|only|also|prefer"
    r"|rather|alternatively|convenience|easier|try|(?:test|review)\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull request names; any of it may be missing."""

    repository: str | None = None
    ref: str | None = None
    base: str | None = None
    tip: str | None = None
    is_asked_for: bool = False
    """Whether the text is whole, and asks to pull: `please pull`, `You can pull these changes`."""


def find_pull(text: str) -> Pull | None:
    """Find the words of a pull request, at the start of a line; None if there are none."""
    if "available" not in text or "epository" not in text:
        return None
    place = _PLACE.search(text)
    old = _PLACE_OLD.search(text) if place is None else None
    if place is None and old is None:
        return None
    base, tip = _BASE.search(text), _TIP.search(text)
    return Pull(
        repository=place[1] if place else old[1] if old else None,
        ref=(place[2] or place[3]) if place else None,
        base=base[1] if base else None,
        tip=tip[1] if tip else None,
        is_asked_for=bool(base and tip and _is_asked_for(text)),
    )


def _is_asked_for(text: str) -> bool:
    """Whether a sentence of a text asks to pull, for good and now."""
    sentences = _END_OF_SENTENCE.split(_QUOTED.sub("", text))
    return any(_ASKS.search(one) and not _NOT_NOW.search(one) for one in sentences)
