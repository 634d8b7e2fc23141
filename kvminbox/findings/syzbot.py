"""syzbot: crashes, bisections, and patches that it tried."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kvminbox.findings.lines import find_place, keep_lines, make_line
from kvminbox.findings.text import Facts, Text, split_tree
from kvminbox.models import FindingKind, FindingVerdict, FoundLine

_SAID: Final[tuple[tuple[re.Pattern[str], FindingKind, FindingVerdict], ...]] = (
    (re.compile(r"did not trigger any (?:issue|crash)"), "test", "passed"),
    (re.compile(r"reproducer is still triggering|still triggered crash"), "test", "failed"),
    (re.compile(r"tried to test the proposed patch but"), "test", "failed"),
    (re.compile(r"suspects this (?:issue|bug) was fixed by commit"), "bisection", "fixed"),
    (re.compile(r"has bisected this (?:issue|bug) to"), "bisection", "found"),
    (re.compile(r"has found a reproducer for"), "crash", "found"),
    (re.compile(r"(?:found|hit) the following (?:issue|crash)"), "crash", "found"),
)  # fmt: skip
_LABELS: Final = re.compile(
    r"(?:Re: ?|\[syz(?:bot|kaller)[^\]]{0,40}\] ?|\[[\w?.-]{1,30}\] ?)+", re.IGNORECASE
)
_COMMIT: Final = re.compile(
    r"^commit ([0-9a-f]{12,40})\nAuthor: .*\nDate: .*\n\s*\n {4}(\S.*)$", re.MULTILINE
)
_BUG: Final = re.compile(r"[?&](?:ext)?id=([0-9a-f]{12,40})")
_CRASH: Final = re.compile(
    r"(?:\[[ \d.T]{4,20}\]\s?)?(?:BUG: |KASAN: |UBSAN: |KCSAN: |KMSAN: |WARNING: |INFO: "
    r"|general protection|kernel BUG at |[Kk]ernel panic|Unable to handle|divide error"
    r"|possible deadlock|memory leak|unregister_netdevice)"
)
MAX_LOOK: Final = 3
"""Lines below a crash's first one in which its file is looked for."""


def read_syzbot(text: Text) -> Facts:
    """Return what a mail of syzbot says."""
    kind: FindingKind = "notice"
    verdict: FindingVerdict = "unknown"
    head = "\n".join(text.lines[:40])
    for pattern, its_kind, its_verdict in _SAID:
        if pattern.search(head):
            kind, verdict = its_kind, its_verdict
            break
    tree, branch = split_tree(text.field("git tree"))
    found: Facts = {
        "program": "syzbot", "kind": kind, "verdict": verdict, "tree": tree, "branch": branch,
        "summary": _LABELS.sub("", text.subject, count=1) if kind != "notice" else text.subject,
        "config": text.field("kernel config", ".config"), "compiler": text.field("compiler"),
        "architecture": text.field("userspace arch"),
    }  # fmt: skip
    commit, _, title = text.field("head commit", "commit").partition(" ")
    if kind == "bisection" and (match := _COMMIT.search(text.words)):
        commit, title = match[1], match[2]
    found["commit"], found["commit_title"] = commit, title.strip()
    dashboard = _BUG.search(text.field("dashboard link", "link"))
    sender = text.message.sender.email.partition("@")[0].partition("+")[2]
    found["bug"] = dashboard[1] if dashboard else re.sub(r"[^0-9a-f].*", "", sender)
    found["lines"], found["line_count"] = keep_lines(islice(_find_crashes(text), 200))
    return found


def _find_crashes(text: Text) -> Iterator[FoundLine]:
    for number, line in enumerate(text.lines):
        if not _CRASH.match(line.lstrip("> ")):
            continue
        made = make_line(line)
        for below in text.lines[number + 1 : number + 1 + MAX_LOOK]:
            if made.path:
                break
            path, place = find_place(below)
            made = made.model_copy(update={"path": path, "line": place})
        yield made.model_copy(update={"level": "other"})
