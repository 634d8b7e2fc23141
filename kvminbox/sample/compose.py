"""Composes mails as git format-patch, git send-email and mail clients write them."""

import difflib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from kvminbox.words import count_things

LIST: Final = "kvm-sample@lists.example"


@dataclass(frozen=True)
class Edit:
    """A file before and after; the mail holds the diff of the two."""

    path: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A mail to compose; what is not given has the usual value."""

    sender: str
    subject: str
    message_id: str
    text: str = ""
    edits: tuple[Edit, ...] = ()
    parents: tuple[str, ...] = ()
    notes: str = ""
    tail: str = ""
    charset: str = "utf-8"
    headers: dict[str, str] = field(default_factory=dict)


def _file_diff(edit: Edit) -> list[str]:
    old = [f"{line}\n" for line in edit.old]
    new = [f"{line}\n" for line in edit.new]
    before = f"a/{edit.path}" if old else "/dev/null"
    after = f"b/{edit.path}" if new else "/dev/null"
    mode = [] if old and new else [f"{'new' if new else 'deleted'} file mode 100644\n"]
    lines = list(difflib.unified_diff(old, new, before, after))
    return [f"diff --git a/{edit.path} b/{edit.path}\n", *mode, *lines]


def _count(lines: list[str], mark: str) -> int:
    return sum(line.startswith(mark) and not line.startswith(mark * 3) for line in lines)


def _diffstat(diffs: list[tuple[str, list[str]]]) -> str:
    width = max(len(path) for path, _ in diffs)
    rows = []
    added = removed = 0
    for path, lines in diffs:
        plus, minus = _count(lines, "+"), _count(lines, "-")
        rows.append(f" {path:<{width}} | {plus + minus} {'+' * plus}{'-' * minus}\n")
        added, removed = added + plus, removed + minus
    summary = f" {count_things(len(diffs), 'file')} changed"
    summary += f", {count_things(added, 'insertion')}(+)" if added else ""
    summary += f", {count_things(removed, 'deletion')}(-)" if removed else ""
    return f"{''.join(rows)}{summary}\n"


def compose_diffstat(edits: tuple[Edit, ...]) -> str:
    """Return the diffstat of some edits, as a cover letter shows it."""
    return _diffstat([(edit.path, _file_diff(edit)) for edit in edits])


def _patch_text(draft: Draft) -> str:
    diffs = [(edit.path, _file_diff(edit)) for edit in draft.edits]
    notes = f"{draft.notes}\n" if draft.notes else ""
    body = "".join(line for _, lines in diffs for line in lines)
    return f"---\n{notes}{_diffstat(diffs)}\n{body}"


def compose_mail(draft: Draft, seconds: int) -> bytes:
    """Return the bytes of a mail; `seconds` since 1970 is when it was sent."""
    text = f"{draft.text}\n"
    if draft.edits:
        text += f"{_patch_text(draft)}-- \n2.43.0\n"
    text += draft.tail
    headers = {
        "From": draft.sender,
        "To": LIST,
        "Subject": draft.subject,
        "Date": format_datetime(datetime.fromtimestamp(seconds, UTC)),
        "Message-ID": f"<{draft.message_id}>",
        "In-Reply-To": f"<{draft.parents[-1]}>" if draft.parents else "",
        "References": " ".join(f"<{parent}>" for parent in draft.parents),
        "MIME-Version": "1.0",
        "Content-Type": f"text/plain; charset={draft.charset}",
        "Content-Transfer-Encoding": "8bit",
        "List-Id": f"<{LIST.replace('@', '.')}>",
        **draft.headers,
    }
    head = "".join(f"{name}: {value}\n" for name, value in headers.items() if value)
    return head.encode() + b"\n" + text.encode(draft.charset)
