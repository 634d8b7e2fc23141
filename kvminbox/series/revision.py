"""Which revision a series is: what its cover letter and its patches say of it."""

import re
from typing import Any, Final

from kvminbox.models import Message, PullRequest
from kvminbox.order import body_of
from kvminbox.series.members import Member

MAX_CHANGELOG: Final = 50_000
"""Characters of a cover letter in which a change log is looked for."""

# `Lamps: light them, v2`, `… - V3`, `… (take 2)`; `fixes for 6.2, take #2` is a second batch
_PLAIN_END = re.compile(
    r".*(?:[,;] ?| - |\()(?:v|ver\.? ?|version |rev\.? ?|revision )(\d{1,3})\)?"
    r"|.*\((?:take|try|round) (\d{1,4})\)",
    re.IGNORECASE,
)
# `Lamps: light them v2`; that of `Lamps: support the FF-A v2` is the lamp's own
_BARE_END = re.compile(r".* v(\d{1,3})", re.IGNORECASE)
_CHANGELOG: Final = (
    r"(?:since|from|after|against|over)(?: the)? (?:v|ver\.? ?|version |rev\.? ?|revision ){0}\b"
    # `Changes sinve v1:`, too
    r"|^[ \t*#>-]{{0,8}}changes? s\w{{2,5}}(?: the)? v{0} ?:"
    r"|^[ \t*#>-]{{0,8}}v?{0} ?(?:->|=>|→|to|\.\.) ?v?{1}\b"
    r"|^[ \t*#>-]{{0,8}}(?:changes? in |changes? for |changelog |changes? )?v{1} ?[:(]"
)


def decide_revision(
    cover: Message | None, members: list[Member], evidence: list[str]
) -> dict[str, Any]:
    """Return the fields of a series that tell its revision, and tell where mails differ.

    Where all patches state one revision and the cover letter another, it is the higher one:
    people forget to raise one of the two.
    """
    stated = [member.revision for member in members if member.revision_stated]
    on_cover = _cover_revision(cover, evidence) if cover else None
    is_numbered = cover is not None and cover.subject.counter_stated
    silent = cover and (len(stated) < len(members) or (is_numbered and not on_cover))
    agree = len(stated) == len(members) and len(set(stated)) == 1
    revision = on_cover or next(iter(stated), None)
    if agree and on_cover:
        revision = max(on_cover, stated[0], key=lambda said: (said[0], said[1] or 0))
    said = {*stated, *([on_cover] if on_cover else [])}
    if agree and on_cover and on_cover != stated[0]:
        evidence.append(f"its cover letter says revision {on_cover[0]}, they say {stated[0][0]}")
    elif len(said) > 1 and revision:
        evidence.append(f"some of its mails state a revision other than {revision[0]}")
    elif revision and silent:
        evidence.append(f"some of its mails do not state revision {revision[0]}")
    number, minor = revision or (1, None)
    return {
        "revision": number,
        "minor_revision": minor,
        "revision_stated": revision is not None,
    }


def _cover_revision(cover: Message, evidence: list[str]) -> tuple[int, int | None] | None:
    subject = cover.subject
    if subject.revision_stated:
        return subject.revision, subject.minor_revision
    title = subject.title
    if isinstance(cover, PullRequest):
        return None
    if match := _PLAIN_END.fullmatch(title):
        number = int(match[1] or match[2])
    elif (match := _BARE_END.fullmatch(title)) and _has_changelog(cover, int(match[1])):
        number = int(match[1])
    else:
        return None
    evidence.append(f"the revision {number} is at the end of its cover letter's title")
    return number, None


def may_state_changes(cover: Message) -> bool:
    """Whether what a cover letter says of its changes makes the end of its title a revision."""
    match = _BARE_END.fullmatch(cover.subject.title)
    return match is not None and _has_changelog(cover, int(match[1]))


def _has_changelog(cover: Message, number: int) -> bool:
    """Whether a cover letter says what changed from the revision before one."""
    pattern = _CHANGELOG.format(number - 1, number)
    text = body_of(cover)[:MAX_CHANGELOG]
    return re.search(pattern, text, re.IGNORECASE | re.MULTILINE) is not None
