"""Programs that read patches as reviewers do: what they say they found."""

import re
from typing import Final

from kvminbox.findings.text import Facts, Text
from kvminbox.models import FoundLine

_COUNT: Final = re.compile(r"found (\d{1,4}|no) (?:potential )?(?:issue|problem|concern)")
_POINT: Final = re.compile(r"- \[(Critical|High|Medium|Low)\] (\S.*)")
_NONE: Final = re.compile(
    r"found no issues|no (?:issues|problems|regressions) (?:were )?found|looks great"
)
_COMMIT: Final = re.compile(r"^commit ([0-9a-f]{12,40})$", re.MULTILINE)


def read_review(text: Text) -> Facts:
    """Return what a program that reviews says: how many points, and the list of them.

    Where the points stand in the patch is told by `parse_remarks`.
    """
    points = [match for line in text.lines if (match := _POINT.match(line))]
    lines = tuple(FoundLine(text=f"[{match[1]}] {match[2]}"[:300]) for match in points[:20])
    head = text.words[:2_000]
    count = _COUNT.search(head)
    number = len(points)
    if count and count[1] != "no":
        number = max(number, int(count[1]))
    is_clean = not number and (bool(_NONE.search(head)) or bool(count))
    commit = _COMMIT.search(text.words)
    is_bpf = text.message.sender.email.lower().startswith("bot+bpf-ci")
    program = "bpf-ci" if is_bpf else "sashiko"
    if (
        not is_bpf
        and "sashiko" not in f"{text.message.sender.email} {text.message.sender.name}".lower()
    ):
        program = text.message.sender.name_or_email
    return {
        "program": program, "kind": "review", "verdict": "passed" if is_clean else "remarked",
        "summary": text.subject, "commit": commit[1] if commit else "", "lines": lines,
        "line_count": number,
    }  # fmt: skip
