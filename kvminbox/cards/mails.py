"""Cards of single mails: discussion, submissions, pull requests, hits; and of subjects."""

from typing import Final

from kvminbox.cards.html import (
    block,
    card,
    chip,
    code,
    cut,
    details,
    diff,
    dim,
    evidence,
    facts,
    heading,
    inline,
    label,
    listing,
    moment_text,
    more,
    size_text,
)
from kvminbox.models import Diffstat, FileChange, Hit, Message, PullRequest, Subject, Submission
from kvminbox.models.base import show_card
from kvminbox.safe import safe_html
from kvminbox.words import count_things, list_some

MAX_FILES: Final = 12
"""Rows of a diffstat that are shown."""

BODY_LINES: Final = 40
"""Lines of a body or a commit message that are shown."""

DIFF_LINES: Final = 30
"""Lines of a diff that are shown."""


@show_card.register
def show_message(message: Message) -> str:
    """Show a mail with its text."""
    return card(
        _head(message), block(message.body, BODY_LINES), _attachments(message), _oddities(message)
    )


@show_card.register
def show_submission(message: Submission) -> str:
    """Show a patch or another submission: message, trailers, diffstat and diff."""
    return card(_head(message), *_change(message), _attachments(message), _oddities(message))


@show_card.register
def show_pull_request(message: PullRequest) -> str:
    """Show what to pull, and the text."""
    asked = facts([
        ("repository", code(message.repository or "not found")),
        ("ref", code(message.ref) if message.ref else ""),
        ("since", code(message.pull_base) if message.pull_base else ""),
        ("up to", code(message.pull_tip) if message.pull_tip else ""),
    ])  # fmt: skip
    return card(_head(message), asked, block(message.body, BODY_LINES), _oddities(message))


@show_card.register
def show_hit(hit: Hit) -> str:
    """Show what a search found, and where it is stored."""
    copies = [f"{copy.inbox}, epoch {copy.entry.epoch}, {copy.entry.commit}" for copy in hit.copies]
    kinds = [f"{text}{'' if copy.shown else ' (deleted there)'}"
             for text, copy in zip(copies, hit.copies, strict=True)]  # fmt: skip
    return card(show_card(hit.message) or "", label("copies"), listing(kinds, "copy"))


def _head(message: Message) -> str:
    arrived = message.entry.arrived if message.entry else None
    author = getattr(message, "author", message.sender)
    sent_by = message.sender if author != message.sender else None
    return heading(message.subject.raw, [chip(message.kind.replace("_", " "))]) + facts([
        ("from", inline(author.mailbox or "nobody")),
        ("sent by", inline(sent_by.mailbox or "nobody") if sent_by else ""),
        ("through", inline(message.rewritten_from.mailbox) if message.rewritten_from else ""),
        ("to", _receivers(message)),
        ("date", inline(moment_text(message.date) or "no date")),
        ("arrived", inline(moment_text(arrived)) if arrived else ""),
        ("list", inline(message.list_id or "")if message.list_id else ""),
        ("Message-ID", code(message.message_id) if message.message_id else ""),
    ])  # fmt: skip


def _receivers(message: Message) -> str:
    names = [cut(person.name_or_email or "nobody", 40) for person in (*message.to, *message.cc)]
    return inline(list_some(names, 3)) if names else ""


def _change(message: Submission) -> list[str]:
    text = _without_trailers(message.commit_message, len(message.trailers))
    return [
        block(text, BODY_LINES),
        _trailers(message),
        label("notes") + block(message.notes, 12) if message.notes.strip() else "",
        label("diffstat") + _bars(message.diffstat) if message.diffstat.files else "",
        _declared(message),
        diff(message.diff, DIFF_LINES),
    ]


def _trailers(message: Submission) -> str:
    """Return the trailers, with `Cc` only counted: a patch may have dozens."""
    trailers = [trailer for trailer in message.trailers if trailer.name.lower() != "cc"]
    copied = len(message.trailers) - len(trailers)
    lines = [f"{trailer.name}: {trailer.value}" for trailer in trailers]
    return listing(lines, "trailer") + (f"<div>Cc: {copied}</div>" if copied else "")


def _without_trailers(text: str, trailers: int) -> str:
    """Return the text without its last paragraph, if that holds only the trailers."""
    before, _, last = text.rstrip().rpartition("\n\n")
    return before if trailers and len(last.splitlines()) == trailers else text


def _declared(message: Submission) -> str:
    declared = message.declared_diffstat
    if declared is None or message.diffstat.files or declared.files_changed is None:
        return ""
    files = count_things(declared.files_changed, "file")
    words = f"{files}, +{declared.insertions} −{declared.deletions}"
    return facts([("declared diffstat", inline(words))])


def _attachments(message: Message) -> str:
    parts = [f"{part.filename or 'no name'}, {part.content_type}, {count_things(part.size, 'byte')}"
             for part in message.attachments]  # fmt: skip
    return label("attachments") + listing(parts, "attachment") if parts else ""


def _oddities(message: Message) -> str:
    defects = [f"{defect.code}: {defect.text}" for defect in message.defects]
    shown = details(f"defects: {len(defects)}", listing(defects, "defect")) if defects else ""
    return shown + evidence(message.evidence)


def _bars(diffstat: Diffstat) -> str:
    """Return a diffstat as HTML: a line for each file, with a bar for its share."""
    files = diffstat.files
    most = max((change.insertions + change.deletions for change in files), default=0)
    rows = "".join(_show_file(change, most) for change in files[:MAX_FILES])
    count = count_things(len(files), "file")
    total = f"<div>{count}, {size_text(diffstat)}</div>" if files else ""
    return rows + more(len(files) - MAX_FILES, "file") + total


def _show_file(change: FileChange, most: int) -> str:
    path = f"{change.old_path} → {change.path}" if change.old_path else change.path
    status = "" if change.status == "modified" else f" ({change.status})"
    doubt = " (unreliable: a hunk is damaged)" if change.damaged else ""
    size = "binary" if change.binary else size_text(change)
    bar = _bar(change.insertions, most, "#2ea043") + _bar(change.deletions, most, "#e5534b")
    return f"<div>{bar} {size} {inline(path + status + doubt)}</div>"


def _bar(lines: int, most: int, colour: str) -> str:
    width = 5 * lines / most if most else 0
    style = f"display:inline-block;height:.7em;width:{width:.2f}em;background:{colour}"
    return f'<span style="{style}"></span>'


@show_card.register
def show_subject(subject: Subject) -> str:
    """Show the title, and each word in brackets with its meaning."""
    tokens = " ".join(
        f"{chip(token.text)} {dim(safe_html(token.kind))}" for token in subject.tokens[:20]
    )
    return card(
        heading(subject.title, [chip("reply")] if subject.is_reply else []),
        facts([
            ("tokens", tokens),
            ("revision", f"{subject.revision}{_source(subject.revision_stated)}"),
            ("number", f"{subject.counter} of {subject.total}{_source(subject.counter_stated)}"),
            ("as written", inline(subject.raw)),
        ]),
    )  # fmt: skip


def _source(is_stated: bool) -> str:
    return "" if is_stated else " (inferred)"
