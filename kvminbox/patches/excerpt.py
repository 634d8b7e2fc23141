"""The part of a submission that a list update shows: message, notes and diffstat."""

from kvminbox.diffs import find_diff, find_diffstat_end
from kvminbox.patches.split import find_signature, read_in_body


def excerpt_body(body: str) -> str:
    """Give a body without its in-body header lines, through the diffstat's summary line.

    Where there is no diffstat, it ends before the diff, else before the signature.
    The blank line that parted the in-body headers from the message stays.
    """
    first, last = read_in_body(body).lines
    text = body[:first] + body[last:]
    blocks = find_diff(text)
    end = blocks.start if blocks else find_signature(text)
    return text[: find_diffstat_end(text, 0, end) or end].rstrip()
