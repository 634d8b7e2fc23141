"""The lines of a reply that its sender wrote: no quotes, no signature, no diff."""

import re
from typing import Final

from kvminbox.models import Message, SuggestedPatch

MAX_LINES: Final = 20_000
"""Lines of a reply that are read."""

# where a mail client puts the answered mail below the answer, without `>`
_ORIGINAL: Final = re.compile(
    r"[-_ ]*(?:original message|forwarded message|begin forwarded message:?)[-_ ]*",
    re.IGNORECASE,
)
# Outlook: `From: Jane Doe`, then `Sent: Monday, …`, then To and Subject
_SENT: Final = re.compile(r"\*?(?:Sent|Date):\*?\s", re.IGNORECASE)
_INITIALS: Final = re.compile(r"[A-Za-z]{1,4}>")
_DIFF_START: Final = re.compile(r"^(?:diff --git |diff -|Index: |--- a/)", re.MULTILINE)


def own_lines(message: Message) -> list[str]:
    """Return the lines of a mail that its sender wrote, with a `>` for what was left out.

    Each run of quoted lines and each diff becomes one `>`. What follows `-- `, or a
    client's "Original Message" line, is left out.
    """
    text = message.body.split("\n-- \n", 1)[0]
    if text.startswith("-- \n"):
        return []
    if isinstance(message, SuggestedPatch):
        text = _without_patch(text, message)
    found: list[str] = []
    lines = text.split("\n", MAX_LINES)[:MAX_LINES]
    for number, line in enumerate(lines):
        if _begins_original(lines, number):
            break
        if not is_quoted(line):
            found.append(line)
        elif found[-1:] != [">"]:
            found.append(">")
    return found


def is_quoted(line: str) -> bool:
    """Whether a line is marked as a quote: `>`, `|`, or `JD> ` with initials."""
    if line[:1] == ">":
        return True
    mark = line[:8].lstrip()
    return mark[:1] in {">", "|"} or (">" in mark and _INITIALS.match(mark) is not None)


def _begins_original(lines: list[str], number: int) -> bool:
    line = lines[number]
    if "essage" in line and _ORIGINAL.fullmatch(line):
        return True
    return line.startswith(("From:", "*From:")) and any(
        _SENT.match(below) for below in lines[number + 1 : number + 4]
    )


def _without_patch(text: str, message: SuggestedPatch) -> str:
    """Cut out the diff, and the commit message that comes with it.

    `Reviewed-by: …` above a mere hint in the form of a diff is the reply's. But
    `Signed-off-by: …` above a `---` belongs to the suggested patch.
    """
    start = text.find(message.diff) if message.diff else -1
    if start < 0:
        match = _DIFF_START.search(text)
        return text[: match.start()] if match else text
    above, below = text[:start], text[start + len(message.diff) :]
    is_commit = message.declared_diffstat is not None or any(
        trailer.name.lower() == "signed-off-by" for trailer in message.trailers
    )
    if is_commit:
        above = _without_last_paragraph(above, message.commit_message)
    return f"{above}\n>\n{below}"


def _without_last_paragraph(text: str, message: str) -> str:
    last = message.rpartition("\n\n")[2]
    place = _find_last(text, last) if last else -1
    return f"{text[:place]}>\n{text[place + len(last) :]}" if place >= 0 else text


def _find_last(text: str, piece: str) -> int:
    """Return the last position of a piece; -1 where it is nowhere.

    `str.rfind` takes quadratic time for a text that is nearly the piece at each
    position; `str.find` does not, so both are reversed.
    """
    place = text[::-1].find(piece[::-1])
    return len(text) - len(piece) - place if place >= 0 else -1
