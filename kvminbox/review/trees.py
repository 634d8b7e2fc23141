"""The tree, and the commits, that the words about applied patches name."""

import re
from dataclasses import dataclass, replace
from typing import Final

_TOKEN: Final = r"[#@~\w-][\w@~/:.+#-]{0,120}"
_NOUN: Final = r"(?:trees?|branch(?:es)?|repo(?:s|sitory)?|queue)"
# words that no name of a tree is made of
_STOP: Final = (
    r"(?:and|or|to|into|with|without|for|from|so|but|after|before|by|as|at|on|in|of|it|this|that|all"
    r"|both|me|you|a|an|any|some|each|every|version|patch(?:es)?|revision|spin|respin|iteration"
    r"|series|submission|commit|previous|the|these|those|i|we|is|are|was|thanks?|which|please)(?![\w/-])"
)
_WHOSE: Final = r"(?:(?:the|my|our|their|your|today['’]s|\w[\w.]*['’]s?)\s+){0,2}+[\"'`‘“]?"
# `https://git.kvm.example/linux.git for-next`, `git@git.kvm.example:linux.git (next)`
_URL: Final = re.compile(
    r"(?P<url>(?:https?|git|ssh)://[^\s,;()<>]+|git@[^\s,;()<>]+)"
    rf"(?P<branch>\s+(?!{_STOP})[\w.]*[\w](?:[/_-][\w.]+)+|\s+(?:next|master|main|fixes)\b|\s*\([\w/.-]+\))?",
    re.IGNORECASE,
)
# `the togreg branch of iio.git`, `my tree`, `linux-integrity next-testing branch`
_NAMED: Final = re.compile(
    rf"(?:an?\s+)?{_WHOSE}(?!(?:new|separate|wrong|other|different|local\s+test)\s)(?P<name>(?:(?!{_STOP}){_TOKEN}[\"'`’”]?\s+){{0,4}}?|(?<=\bmy )(?:[\w/-]+\s){{1,5}}?)(?<!device )(?<!request )(?<!work ){_NOUN}\b(?P<branch>\s*\([\w/.-]+\))?"
    rf"(?P<of>\s+(?:of|in)\s+(?:the\s+|my\s+|our\s+)?(?!{_STOP}|{_NOUN}\b)[\w/.-]*[\w])?",
    re.IGNORECASE,
)
# `branch kvm-5.20`
_CALLED: Final = re.compile(
    rf"{_WHOSE}(?:(?:branch|tree)(?:es)?|git)\s+(?P<name>(?!{_STOP})[\w.#]*\w(?:[/_-][\w./-]*\w)+)",
    re.IGNORECASE,
)
# `kvm/next`, `md-6.16`, `arm64 (for-next/fixes)`, `powerpc next`, `-next`
_SHAPED: Final = re.compile(
    rf"{_WHOSE}(?P<name>(?!{_STOP})(?:[\w.]+\s+(?=(?:next|fixes|for-next)\b)|(?![\w/.-]*\(\)|\d+/\d+|\S*\.(?:[chS]|py|sh|rst|txt|md|policy|json|ya?ml|dtsi?|conf|cfg|patch|log|rs|mk|img)\b|(?:[\w.-]+/){4})(?=\S*[/-]|\S*\.git\b|[\w.]+\s\([\w.+]*[\w][/-][\w/.+-]+\)))"
    rf"[#-]?{_TOKEN}(?:\s?\([\w/.+-]+\))?)(?!\s(?!and\b|or\b|for\b|with\b|after\b|at\b|as\b|so\b|but\b|on\b|in\b|by\b|to\b|from\b|via\b|if\b|now\b|today\b|just\b|already\b|along\b|manually\b|since\b|because\b|without\b|except\b|minus\b|yesterday\b|once\b|instead\b|actually\b|also\b|again\b|too\b|thank|thx|cheers|and|which\b|when\b|where\b|though\b|awaiting|waiting|during\b|until\b|pending|then\b|branch|tree|per\b|given\b|this\b|it\b|the\b|next\b|fixes\b|right\b|hopefully|due\b|please\b|adding|fixing|including|as-is)[a-z]{{3,}})",
    re.IGNORECASE,
)
_KNOWN: Final = re.compile(
    rf"{_WHOSE}(?P<name>next|fixes|master|main|mainline|upstream|trunk|staging|testing|devel|tip|git)\b"
    r"(?!\s+(?:version|patch|revision|spin|respin|iteration|series|release|window|cycle|kernel))",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"(?P<name>(?!{_STOP}|v\d+\b)[a-z#-][\w.+-]{{1,40}})(?=\s*(?:[.,;!)]|$|\bthank|\bcheers|-+\s|\b(?:with|after)\b))",
    re.IGNORECASE,
)
_RELEASE: Final = re.compile(
    r"(?:linux-)?next-?\d{8}$|[#-]?(?:v|rc)?\d[\d.]*(?:-?rc\d*)?\W*$", re.IGNORECASE
)
_PLACE: Final = re.compile(r"\b(?:to|into|in|on|onto|via|through)\b:?\s+", re.IGNORECASE)
_AT: Final = re.compile(r"\s*(?:,\s+|\s)(?:at|here):?\s+(?=https?:|git:|ssh:|git@)", re.IGNORECASE)

_HASH: Final = r"[0-9a-f]{7,64}"
_LABELLED: Final = re.compile(
    rf"(?:^[^\S\n]*+commit:?\s+|^Commit-ID:\s+|/c/|[?&;]id=|\bh=|/commits?/)({_HASH})\b",
    re.MULTILINE | re.IGNORECASE,
)
# `applied as 0123456789ab`, `merged (0123456789ab)`, `applied, thanks! [commit 01234567]`
_TOLD: Final = re.compile(
    rf"(?:\bas(?:\s+commit)?\s+|\bcommit\s+(?:id\s+|is\s+)?|[(\[](?:commit:?\s+|sha1?:?\s+)?)({_HASH})\b"
    r"(?<!\d{7})(?!['’])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence says that patches went."""

    tree: str
    """The tree or branch, as written; empty for `my tree`."""

    is_sure: bool
    """Whether the words have the shape of a tree; any word may follow `applied to`."""

    start: int = 0
    """Where the words about it start, with `to` or `in`."""

    end: int = 0
    """Where they end."""


def find_place(text: str) -> Place | None:
    """Find the first tree or branch that follows `to`, `into`, `in` and the like.

    >>> find_place("to the togreg branch of iio.git, thanks").tree
    'togreg branch of iio.git'
    >>> find_place("in the next version") is None
    True
    """
    for match in _PLACE.finditer(text):
        if place := read_place(text, match.end()):
            return replace(place, start=match.start())
    return None


def read_place(text: str, start: int = 0) -> Place | None:
    """Read the tree or branch that a text names at `start`; None where it names none."""
    if match := _URL.match(text, start):
        url = match["url"].rstrip(".:")
        branch = match["branch"] or ""
        return Place(" ".join(f"{url} {branch}".split()), True, end=match.end())
    for pattern in (_CALLED, _NAMED, _SHAPED, _KNOWN):
        if match := pattern.match(text, start):
            name = " ".join(match["name"].split()).rstrip(".:,-")
            if name and _RELEASE.match(name) and pattern is not _NAMED:
                continue
            if pattern is _NAMED and name:
                branch, of = match["branch"] or "", match["of"] or ""
                name += f"{' ' * bool(branch)}{branch.strip()}{' branch' * bool(of)}{of}"
            return Place(" ".join(name.split()), True, end=match.end())
    if match := _BARE.match(text, start):
        return Place(match["name"].rstrip(".:-"), False, end=match.end())
    return None


def find_commits(text: str, claim: str = "") -> tuple[str, ...]:
    """Return the commits that a text names, each once, as written.

    Args:
        text: paragraphs around the claim; `commit: …` and links to commits count.
        claim: the sentence itself; hashes in brackets, and behind `as`, count, too.
    """
    found = [match[1] for match in _LABELLED.finditer(text)]
    told = [match[1] for match in _TOLD.finditer(claim) if re.search(r"\d", match[1])]
    return tuple(dict.fromkeys([*found, *told]))
