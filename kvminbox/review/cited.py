"""The mails to which a claim refers: `this patch has been merged [1]`, and a link below."""

import re
from collections.abc import Iterator
from typing import Final

from kvminbox.mail.given_ids import read_given_id
from kvminbox.review.claim import Claim

MAX_BETWEEN: Final = 40
"""Characters between the verb of a claim and its footnote or link."""

_NOTE: Final = rf"\b[^.,;\[\]]{{0,{MAX_BETWEEN}}}?[\s(]\[(\d{{1,2}})\]"
_LINK: Final = re.compile(r"https?://[^\s<>()\[\]]+")
_THERE: Final = rf"\b[^.,;]{{0,{MAX_BETWEEN}}}?[\s(:<](https?://[^\s<>()\[\]]+)"


def find_cited(claim: Claim, lines: list[str]) -> Iterator[str]:
    """Yield the ids of the mails to which a claim refers right behind its verb, or right above it.

    A link to a commit, and a footnote of a later clause, are no mails of the claim.

    Args:
        claim: what a sentence says.
        lines: the mail's own lines, in which footnotes are looked for.
    """
    if claim.subject == "nobody":  # `https://lore.example/…`, and below it `Merged in kvm/next`
        if (above := _LINK.match(claim.sentence)) and not claim.named:
            yield from _read_id(above[0])
        return
    for match in re.finditer(re.escape(claim.verb) + _NOTE, claim.sentence, re.IGNORECASE):
        for line in lines:
            if f"[{match[1]}]" in line and (link := _LINK.search(line)):
                yield from _read_id(link[0])
    for match in re.finditer(re.escape(claim.verb) + _THERE, claim.sentence, re.IGNORECASE):
        yield from _read_id(match[1])


def find_mails(text: str) -> Iterator[str]:
    """Yield the ids of the mails to which the links in a text lead."""
    for link in _LINK.findall(text):
        yield from _read_id(link)


def _read_id(link: str) -> Iterator[str]:
    found = read_given_id(link.rstrip(".,;:"))
    if "@" in found:
        yield found
