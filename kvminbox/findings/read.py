"""From a bot's mail to its finding: which program it is, and its own reader."""

import re
from typing import Any, Final

from kvminbox.findings.ci import (
    read_bluez,
    read_cki,
    read_gfx,
    read_kernelci,
    read_lkft,
    read_patchew,
)
from kvminbox.findings.notices import read_applied, read_queued
from kvminbox.findings.reviewers import read_review
from kvminbox.findings.syzbot import read_syzbot
from kvminbox.findings.text import MAX_VALUE, Facts, Text
from kvminbox.findings.zero_day import read_zero_day
from kvminbox.models import Finding, Message
from kvminbox.patches import is_reviewer

_ROBOT: Final = re.compile(r"(?:kernel|kbuild|k?build) test robot|0-?day", re.IGNORECASE)


def parse_finding(message: Message) -> Finding | None:
    r"""Return what a bot's mail says was found; None for a mail that people wrote.

    A program's patch is a patch and no finding. A bot mail that is not known by its
    form is a `notice`, with its subject. `series` is None: see `find_findings`.

    >>> from kvminbox import read_message
    >>> mail = read_message(
    ...     b"From: kernel test robot <lkp@robot.example>\nSubject: Re: [PATCH] lamp: blink\n\n"
    ...     b"[auto build test ERROR on lamp/next]\nconfig: arm64-defconfig\n\n"
    ...     b"All errors (new ones prefixed by >>):\n\n>> lamp.c:7:3: error: no blink\n"
    ... )
    >>> found = parse_finding(mail)
    >>> found.program, found.kind, found.verdict, found.architecture
    ('0-day', 'build', 'failed', 'arm64')
    >>> [(line.path, line.line) for line in found.lines]
    [('lamp.c', 7)]
    """
    if message.kind != "bot":
        return None
    text = Text(message)
    facts, reason = _read(text)
    told: dict[str, Any] = {
        name: " ".join(value.split())[:MAX_VALUE] if isinstance(value, str) else value
        for name, value in facts.items()
    }
    return Finding(
        message_id=message.message_id,
        sender=message.sender,
        date=message.date,
        evidence=(reason,),
        **told,
    )


def _read(text: Text) -> tuple[Facts, str]:
    sender = text.message.sender
    email, name = sender.email.lower()[:MAX_VALUE], sender.name.lower()[:MAX_VALUE]
    if is_reviewer(sender):
        return read_review(text), "the sender is a review bot"
    if email.startswith(("lkp@", "oe-kbuild", "kbuild")) or _ROBOT.search(name):
        return read_zero_day(text), "the sender is the kernel test robot"
    if email.startswith("syzbot") or name == "syzbot":
        return read_syzbot(text), "the sender is syzbot"
    if (facts := read_applied(text)) is not None:
        return facts, "it reads like a bot's notice of what was applied"
    if (facts := read_queued(text)) is not None:
        return facts, "the subject is a bot's notice about a patch"
    if email.startswith("bluez.test.bot") or "---Test result---" in text.lines:
        return read_bluez(text), "the sender or the format is that of BlueZ CI"
    if email.startswith("lkft") or "linux kernel functional testing" in name:
        return read_lkft(text), "the sender is LKFT"
    if email.startswith("cki-project") or name.startswith("cki"):
        return read_cki(text), "the sender is CKI"
    if "kernelci" in email or "kernelci" in name:
        return read_kernelci(text), "the sender is KernelCI"
    if (facts := read_gfx(text)) is not None and "patchwork" in f"{email} {name}":
        return facts, "the format is that of freedesktop.org's patchwork"
    if "patchew" in email or "Patchew URL:" in text.words:
        return read_patchew(text), "the sender is patchew"
    program = sender.name_or_email[:MAX_VALUE]
    return {"program": program, "summary": text.subject}, "the sender is a known bot"
