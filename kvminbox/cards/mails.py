"""Cards of single mails: discussion, submissions, pull requests, hits; and of subjects."""

from typing import Final

from kvminbox.cards.html import (
    block,
    card,
    chip,
    code,
    count_rows,
    cut,
    details,
    diff,
    dim,
    evidence,
    fact_row,
    facts,
    fold,
    heading,
    inline,
    label,
    listing,
    moment_text,
    share_rows,
    size_text,
)
from kvminbox.models import Diffstat, FileChange, Hit, Message, PullRequest, Subject, Submission
from kvminbox.models.base import show_card
from kvminbox.safe import safe_html
from kvminbox.words import count_things, list_some

ROOM: Final = 32
"""Rows of a card below its head that are open: with it they fit on a screen."""

MAX_FILES: Final = 60
"""Rows of a diffstat that are shown."""

BODY_LINES: Final = 80
"""Lines of a body or a commit message that are shown."""

DIFF_LINES: Final = 60
"""Lines of a diff that are shown."""

NOTE_LINES: Final = 30
"""Lines of notes that are shown."""

# in the order of the card: message, trailers, notes, files, diff
_LEAST: Final = (8, 3, 0, 3, 6)


@show_card.register
def show_message(message: Message) -> str:
    """Show a mail with its text."""
    attachments = _attachments(message)
    room = ROOM - 4 if attachments else ROOM
    return card(
        _head(message), block(message.body, BODY_LINES, room), attachments, _oddities(message)
    )


@show_card.register
def show_submission(message: Submission) -> str:
    """Show a patch or another submission: message, trailers, diffstat and diff."""
    attachments = _attachments(message)
    room = ROOM - 4 if attachments else ROOM
    return card(_head(message), *_change(message, room), attachments, _oddities(message))


@show_card.register
def show_pull_request(message: PullRequest) -> str:
    """Show what to pull, and the text."""
    asked = facts([
        ("repository", code(message.repository or "not found")),
        ("ref", code(message.ref) if message.ref else ""),
        ("since", code(message.pull_base) if message.pull_base else ""),
        ("up to", code(message.pull_tip) if message.pull_tip else ""),
    ])  # fmt: skip
    text = block(message.body, BODY_LINES, ROOM - 4)
    return card(_head(message), asked, text, _oddities(message))


@show_card.register
def show_hit(hit: Hit) -> str:
    """Show what a search found, and where it is stored."""
    copies = [f"{copy.inbox}, epoch {copy.entry.epoch}, {copy.entry.commit}" for copy in hit.copies]
    kinds = [f"{text}{'' if copy.shown else ' (deleted there)'}"
             for text, copy in zip(copies, hit.copies, strict=True)]  # fmt: skip
    many = count_things(len(kinds), "copy")
    return card(show_card(hit.message) or "", details(many, listing(kinds, "copy")))


def _head(message: Message) -> str:
    arrived = message.entry.arrived if message.entry else None
    author = getattr(message, "author", message.sender)
    sent_by = message.sender if author != message.sender else None
    chips = [chip(message.kind.replace("_", " "))]
    return heading(message.subject.raw, chips, message.url) + "".join((
        fact_row([
            ("from", inline(author.mailbox or "nobody")),
            ("sent by", inline(sent_by.mailbox or "nobody") if sent_by else ""),
            ("through", inline(message.rewritten_from.mailbox) if message.rewritten_from else ""),
        ]),
        facts([("to", _receivers(message))]),
        fact_row([
            ("date", inline(moment_text(message.date) or "no date")),
            ("arrived", inline(moment_text(arrived)) if arrived else ""),
        ]),
        fact_row([
            ("list", inline(message.list_id) if message.list_id else ""),
            ("Message-ID", code(message.message_id) if message.message_id else ""),
        ]),
    ))  # fmt: skip


def _receivers(message: Message) -> str:
    names = [cut(person.name_or_email or "nobody", 40) for person in (*message.to, *message.cc)]
    return inline(list_some(names, 3)) if names else ""


def _change(message: Submission, room: int) -> list[str]:
    text = _without_trailers(message.commit_message, len(message.trailers))
    trailers = _trailers(message)
    wanted = (
        count_rows(text, BODY_LINES), len(trailers), count_rows(message.notes, NOTE_LINES),
        len(message.diffstat.files), count_rows(message.diff, DIFF_LINES),
    )  # fmt: skip
    rows = share_rows(wanted, _LEAST, room - sum(map(bool, wanted)))
    notes = block(message.notes, NOTE_LINES, rows[2])
    return [
        block(text, BODY_LINES, rows[0]),
        fold(trailers, "trailer", rows[1]),
        label("notes") + notes if notes else "",
        label("diffstat") + _bars(message.diffstat, rows[3]) if message.diffstat.files else "",
        _declared(message),
        diff(message.diff, DIFF_LINES, rows[4]),
    ]


def _trailers(message: Submission) -> list[str]:
    """Return the trailers as HTML, with `Cc` only counted: a patch may have dozens."""
    trailers = [trailer for trailer in message.trailers if trailer.name.lower() != "cc"]
    copied = len(message.trailers) - len(trailers)
    lines = [inline(f"{trailer.name}: {trailer.value}") for trailer in trailers]
    return [*lines, f"Cc: {copied}"] if copied else lines


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
    lines = list(map(inline, parts))
    return label("attachments") + fold(lines, "attachment", 2, 12) if parts else ""


def _oddities(message: Message) -> str:
    defects = [f"{defect.code}: {defect.text}" for defect in message.defects]
    shown = details(f"defects: {len(defects)}", listing(defects, "defect")) if defects else ""
    return shown + evidence(message.evidence)


def _bars(diffstat: Diffstat, opened: int) -> str:
    """Return a diffstat as HTML: a line for each file, with a bar for its share."""
    files = diffstat.files
    most = max((change.insertions + change.deletions for change in files), default=0)
    rows = [_show_file(change, most) for change in files[:MAX_FILES]]
    rest = [""] * (len(files) - MAX_FILES)  # they are counted
    count = count_things(len(files), "file")
    total = f"<div>{count}, {size_text(diffstat)}</div>" if files else ""
    return total + fold([*rows, *rest], "file", opened, MAX_FILES)


def _show_file(change: FileChange, most: int) -> str:
    path = f"{change.old_path} → {change.path}" if change.old_path else change.path
    status = "" if change.status == "modified" else f" ({change.status})"
    doubt = " (unreliable: a hunk is damaged)" if change.damaged else ""
    size = "binary" if change.binary else size_text(change)
    bar = _bar(change.insertions, most, "#2ea043") + _bar(change.deletions, most, "#e5534b")
    return f"{bar} {size} {inline(path + status + doubt)}"


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
