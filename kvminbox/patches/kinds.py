"""What a mail is, decided from four separate facts: reply, mark, diff, pull."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kvminbox.diffs import DiffBlocks
from kvminbox.models import Address, Kind, Subject
from kvminbox.patches.programs import is_reviewer, program_sign
from kvminbox.words import count_things

# What programs send with a copy of a patch, whatever their address, below any list's prefix:
# `Patch "KVM: fix it" has been added to the 5.10-stable tree`, `patch "usb: fix it" added to
# usb-next`, `FAILED: patch "[PATCH] fix it" failed to apply to 5.10-stable tree` (Greg's),
# `Patch "fix it" has been added to staging queue`, `Patch "fix it" queued up for 6.6`,
# `Applied "spi: fix it" to the spi tree` (Mark Brown's),
# `+ mm-fix-it.patch added to mm-unstable branch`, `[merged] mm-fix-it.patch removed` (Andrew's)
_NOTICE: Final = re.compile(
    r'patch ".*" (?:(?:has been|was|is) )?(?:added|queued(?: up)?|applied|backported) (?:to|for) \S'
    r'|(?:failed|wtf): patch ".*" (?:failed to apply|was seriously submitted|does not apply)'
    r'|applied ".*" to (?:the )?\S+ (?:tree|branch)'
    r"|(?:[+-] )?\S+\.patch (?:(?:was )?added to|(?:was )?removed from) \S+ (?:tree|branch)",
    re.IGNORECASE,
)
# copies of commits: `[tip: x86/urgent] x86: fix it`, `[git:media_tree/master] fix it`,
# `[git commit branch/next] fix it`
_COMMIT: Final = re.compile(
    r"(?:\[[^\[\]]{1,40}\] ?){0,2}\[(?:tip: ?[^\[\]]+|git:[^\[\]]+|git commit\b[^\[\]]*)\]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Facts:
    """The facts about a mail that decide its kind."""

    subject: Subject
    sender: Address
    has_parent: bool
    diff: DiffBlocks | None
    has_pull: bool
    asks_to_pull: bool
    """Whether that text is whole, and the mail asks to pull."""

    looks_formatted: Callable[[], bool]
    """Whether the text has the shape of git format-patch: `---`, diffstat, diff; of few mails
    it has to be known to decide their kind."""

    place: str = ""
    """Where the diff is, if it is in an attachment."""


def decide_kind(facts: Facts) -> Kind:
    """Return a mail's kind."""
    subject, is_reply = facts.subject, facts.subject.is_reply
    # a program's copy of a patch, such as tip-bot2's, has no mark
    is_marked_patch = facts.diff is not None and not is_reply and subject.has_patch_mark
    is_notice = not (is_reply or subject.has_patch_mark) and (
        _NOTICE.match(subject.title) or (facts.diff and _COMMIT.match(subject.raw))
    )
    if is_notice or (not is_marked_patch and program_sign(facts.sender)):
        return "bot"
    if _is_pull(facts):
        return "pull_request"
    if subject.counter_stated and subject.counter == 0 and not is_reply:
        # `[PATCH 0/4] KVM fixes for 5.16`, where the mark `GIT PULL` was forgotten
        return "pull_request" if facts.asks_to_pull and not subject.is_rfc else "cover_letter"
    if facts.diff and is_reply:
        return "reply_with_patch"
    if facts.diff:
        return "patch" if is_marked_patch or facts.looks_formatted() else "patch_unmarked"
    return "reply" if is_reply or facts.has_parent else "discussion"


def explain_kind(facts: Facts, kind: Kind) -> tuple[str, ...]:
    """Return why a mail is of its kind: the rules that fired, in words."""
    subject, diff = facts.subject, facts.diff
    is_bot = kind == "bot"
    is_unmarked_pull = kind == "pull_request" and not subject.is_pull
    program = program_sign(facts.sender) if is_bot else ""
    evidence = [
        "the subject has a reply mark" if subject.is_reply else "",
        "the subject marks a patch" if subject.has_patch_mark else "",
        f"the subject states {subject.counter}/{subject.total}" if subject.counter_stated else "",
        "the subject marks a pull request" if subject.is_pull else "",
        f"a diff of {count_things(len(diff.files), 'file')}{facts.place}" if diff else "",
        "it has the text of git request-pull" if facts.has_pull else "",
        "it asks to pull" if is_unmarked_pull and facts.asks_to_pull else "",
        "the text has the shape of git format-patch" if facts.looks_formatted() else "",
        "it names the mail it replies to" if facts.has_parent and kind == "reply" else "",
        f"the sender {program} is a known bot" if program else "",
        "it is known to review patches" if is_bot and is_reviewer(facts.sender) else "",
        "the subject is a bot's notice about a patch" if is_bot and not program else "",
    ]
    found = tuple(filter(None, evidence))
    return found or ("no reply mark, no patch mark, no diff, no pull request",)


def _is_pull(facts: Facts) -> bool:
    subject = facts.subject
    if subject.is_reply:
        return False
    if subject.is_pull:
        if facts.has_pull or not facts.diff:
            return True
        # a diff without git request-pull's words resolves a conflict; but `[GIT PULL 3/9]` and
        # `[PULL] fix it`, as git format-patch writes them, are patches
        is_patch = any(token.kind in {"patch", "counter"} for token in subject.tokens)
        return not is_patch and not facts.looks_formatted()
    # a patch, and a series in any of its mails, may name its tree in git request-pull's words
    is_patch = subject.counter_stated or (subject.has_patch_mark and facts.diff is not None)
    return facts.has_pull and not is_patch
