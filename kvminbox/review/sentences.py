"""A paragraph divided into sentences, its white space and its numbers in one shape."""

import re
from typing import Final

MAX_PARAGRAPH: Final = 1_000
"""Characters of a paragraph that are read."""

_SENTENCE: Final = re.compile(
    r"(?<=[.!?])(?<!\s\.\.)(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\b[Pp]rev\.)(?<!\bcf\.)(?<!\bvs\.)(?<!\betc\.(?=\s[a-z]))(?<!\b(?:and|but)\.\.\.)(?:[)\"'](?<!\.\.\)))?\s|(?<=:[)/])\s|\n(?=[*•-]\s)|\n(?=\[\d{1,4}/\d{1,4}\])"
)
_BLANKS: Final = re.compile(r"[^\S\n]+")
_LINE_END: Final = re.compile(r" ?\n ?")
# `#1 [1] and #2 [2]` has notes
_NOTED: Final = re.compile(r"(?<=#\d)\s\[\d{1,2}\](?=\s)")
_PATCH_NUMBER: Final = re.compile(r"\b(patch)(?=\d{1,3}\b)", re.IGNORECASE)
# `next-` and `integrity-testing` below it
_HYPHEN: Final = re.compile(r"(?<=\w-)\n(?=\w)")
# `[01/13] -> [08/13]`
_JOINS: Final = r"\s?(?:->?|–|to|thru|through|,|and|&)\s?"
_BRACKETED: Final = re.compile(rf"\[(\d{{1,4}}/\d{{1,4}})\](?={_JOINS}\[\d)")
_LAST_BRACKETED: Final = re.compile(rf"(?<=/\d|\d\d)({_JOINS})\[(\d{{1,4}}/\d{{1,4}})\]")
# `Applied from patch 1 to 5`
_FROM_TO: Final = re.compile(
    r"\bfrom\s(?:patch(?:es)?\s)?#?(\d{1,3})\s(?:to|until|up\sto)\s(?:patch\s)?#?(\d{1,3})(?![\w.-])",
    re.IGNORECASE,
)
# `merged patches up to "[v3,04/10] a timer"`, `patches up to 4`
_UP_TO_NUMBER: Final = re.compile(
    r"\bpatches\sup\sto(?:\sand\sincluding)?\s(?:patch\s)?(?:[\"“]?\[[^\]\n]{0,30}?\b0*(\d{1,3})/\d{1,3}\](?:[^\"\n]{0,120}\")?"
    r"|#?(\d{1,3})(?![\w/]|[.-]\w))",
    re.IGNORECASE,
)
# `Both 1/8 & 2/8 cleanup are queued`
_NUMBERED_KIND: Final = re.compile(
    r"(?<![\d/])(\d{1,3}/\d{1,3}(?:\s?(?:,|&|and)\s?\d{1,3}/\d{1,3}){1,20})"
    r"\s(?:clean-?ups?|fix(?:es)?|changes?|bits)(?=\s(?:is|are|was|were|has|have)\b)",
    re.IGNORECASE,
)
# `your (better) patch`
_ASIDE: Final = re.compile(
    r"(?<=\b(?:your|this)\s)\((\w+)\)(?=\s(?:patch|series|version|one|commit)\b)"
)
# `this (the timer) fix`, of several
_WHICH: Final = re.compile(
    r"\bthis\s\((the\s(?:[\w./-]+\s){0,2}[\w./-]+)\)(?=\s(?:patch|fix|one|commit)\b)", re.IGNORECASE
)
# `$subject series applied`
_SUBJECT: Final = re.compile(r"\$subject\s(?=(?:patch|series|set)\b)", re.IGNORECASE)
# `I"ve pushed it`, `Its applied`
# `all the "arm64: dts:" patches`: those whose titles begin so
_TITLED: Final = re.compile(
    r"\"([\w/ -]{2,30}):\s?([\w/ -]{0,30}):?\s?\"(?=\s(?:patches|ones|changes|parts|bits)\b)"
)
_APOSTROPHE: Final = re.compile(r"(?<=\bI)[\"´`ʼ](?=(?:ve|m)\b)")
_ITS: Final = re.compile(
    r"\b[Ii]ts(?=\s(?:(?:now|already|all|been|just)\s){0,2}(?:applied|merged|queued|pushed|committed|landed|upstream|in)\b)"
)


def read_sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, of its first characters where it is long."""
    said = _BLANKS.sub(" ", paragraph[:MAX_PARAGRAPH])
    if "\n" in said:
        said = _LINE_END.sub("\n", said)
    lowered = said.lower()  # few have what most of the patterns look for
    if "[" in said:
        said = _LAST_BRACKETED.sub(r"\1\2", _BRACKETED.sub(r"\1", said))
        said = _NOTED.sub("", said)
    if "from" in lowered:
        said = _FROM_TO.sub(r"patches \1-\2", said)
    if "patch" in lowered:
        said = _UP_TO_NUMBER.sub(lambda match: f"patches 1-{match[1] or match[2]}", said)
    if "/" in said:
        said = _NUMBERED_KIND.sub(r"\1", said)
    if '"' in said:
        said = _TITLED.sub(lambda match: f"{match[1]} {match[2]}".strip(), said)
    if "(" in said:
        said = _WHICH.sub(r"\1", _ASIDE.sub(r"\1", said))
    said = _APOSTROPHE.sub("'", said)
    said = _ITS.sub("It's", said)
    if "$" in said:
        said = _SUBJECT.sub("this ", said)
    if "patch" in lowered:
        said = said.replace("patch(es)", "patches")
        said = _PATCH_NUMBER.sub(r"\1 ", said)
    if "-\n" in said:
        said = _HYPHEN.sub("", said)
    return _SENTENCE.split(said.strip())
