"""Programs that tell what was applied, merged or queued, or what could not be applied."""

import re
from typing import Final

from kvminbox.findings.text import MAX_VALUE, Facts, Text

# `This series was applied to netdev/net.git (main)\nby Jo Reed <jo@reed.example>:`
_APPLIED: Final = re.compile(
    r"^This (?:series|patch|pull request) was applied to (\S+)(?: \(([^)\s]+)\))?", re.MULTILINE
)
_MERGED: Final = re.compile(r"^has been merged into (\S+?):?\s*$", re.MULTILINE)
_TIP: Final = re.compile(r"has been merged into the (\S+) branch of (\S+?):?\s*$", re.MULTILINE)
_TIP_ID: Final = re.compile(r"^Commit-ID: +([0-9a-f]{12,40})", re.MULTILINE)
# `[tip:x86/lamp] lamp: on`, above no sentence, which the tip tree's program wrote until 2019
_OLD_TIP: Final = re.compile(r"\[(tip):(\S{1,60})\]", re.IGNORECASE)
# `Series applied to lamp next, thanks.`
_THANKED: Final = re.compile(
    r"^(?:(?:Series|Patch(?:es)?) )?applied to (\S{1,100})(?: (\S{1,100}))?, thanks\b",
    re.MULTILINE | re.IGNORECASE,
)
_HASH: Final = re.compile(r"/(?:c|commit)/(?:\?id=)?([0-9a-f]{7,40})\b")
_QUEUED: Final = re.compile(
    r'patch "?(.{1,300}?)"? (?:has been |was |is )?(?:added|queued(?: up)?|backported) (?:to|for)'
    r" (?:the )?(\S+)",
    re.IGNORECASE,
)
_PUT: Final = re.compile(r'applied "(.{1,300})" to (?:the )?(\S+)', re.IGNORECASE)
_FILE: Final = re.compile(
    r"(?:\[[^\]]*\] ?|[+-] )?(\S{1,200})\.patch (?:was )?(added to|removed from) (\S+)",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(
    r'(?:failed|wtf): patch "(.{1,300})" (?:failed to apply|was seriously|does not apply)'
    r"(?: to (?:the )?(\S+))?",
    re.IGNORECASE,
)


def read_applied(text: Text) -> Facts | None:
    """Return what an answer says of where a patch went; None if it is none.

    Those of patchwork-bot, pr-tracker-bot and tip-bot, and `Applied to lamp next, thanks.`
    """
    words = text.words
    commits = _HASH.findall(words)
    found: Facts = {"kind": "applied", "verdict": "applied", "summary": text.subject}
    if match := _APPLIED.search(words):
        found |= {"program": "patchwork-bot", "tree": match[1], "branch": match[2] or ""}
    elif match := _TIP.search(words):
        identity = _TIP_ID.search(words)
        found |= {"program": "tip-bot", "tree": match[2], "branch": match[1]}
        commits = [identity[1]] if identity else commits
    elif (match := _OLD_TIP.match(text.subject)) and (identity := _TIP_ID.match(words.lstrip())):
        found |= {"program": "tip-bot", "tree": match[1].lower(), "branch": match[2]}
        commits = [identity[1]]
    elif match := _MERGED.search(words):
        found |= {"program": "pr-tracker-bot", "tree": match[1]}
    elif match := _THANKED.search(words):
        sender = text.message.sender.name_or_email[:MAX_VALUE]
        found |= {"program": sender, "tree": match[1], "branch": match[2] or ""}
    else:
        return None
    return found | {"commit": commits[0] if commits else ""}


def read_queued(text: Text) -> Facts | None:
    """Return what the subject of a maintainer's script says; None if it says nothing such.

    `Patch "lamp: blink" has been added to the 6.6-stable tree`, `FAILED: patch "[PATCH] lamp:
    blink" failed to apply to 6.6-stable tree`, `Applied "lamp: blink" to the lamp tree`,
    `+ lamp-blink.patch added to mm-unstable branch`.
    """
    subject = text.subject
    if match := _FAILED.search(subject):
        return {"program": "stable", "kind": "apply", "verdict": "failed", "summary": subject,
                "patch_title": match[1], "tree": match[2] or ""}  # fmt: skip
    if match := _PUT.search(subject):
        return {"program": "a maintainer's script", "kind": "applied", "verdict": "applied",
                "summary": subject, "patch_title": match[1], "tree": match[2]}  # fmt: skip
    if match := _FILE.match(subject):
        verdict = "queued" if match[2] == "added to" else "unknown"
        return {"program": "a maintainer's script", "kind": "applied", "verdict": verdict,
                "summary": subject, "tree": match[3]}  # fmt: skip
    if match := _QUEUED.search(subject):
        return {"program": "stable" if "stable" in match[2] else "a maintainer's script",
                "kind": "applied", "verdict": "queued", "summary": subject,
                "patch_title": match[1], "tree": match[2]}  # fmt: skip
    return None
