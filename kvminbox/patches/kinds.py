"""What a mail is, decided from four facts that are told apart: reply, mark, diff, pull."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from kvminbox.models import Address, Subject

Kind = Literal[
    "patch", "patch_unmarked", "reply_with_patch", "cover_letter", "pull_request",
    "reply", "discussion", "bot",
]  # fmt: skip

# Senders that are programs: by address, as they have been seen on kernel lists.
_BOTS: Final = re.compile(
    r"(?:tip-bot2?|tipbot|pr-tracker-bot|patchwork-bot(?:\+.*)?|git-patchwork-notify|lkp"
    r"|oe-kbuild|kbuild(?:-all)?|syzbot(?:\+.*)?|bot|bot\+bpf-ci|sashiko-bot|kernelci.*"
    r"|ci_notify|no-?reply|mailer-daemon|[\w.-]+-bot|robot)@.*|syzbot\+.*|.*@bot\..*",
    re.IGNORECASE | re.DOTALL,
)


# What programs tell with a copy of a patch, whoever is their sender:
# `Patch "KVM: fix it" has been added to the 5.10-stable tree` (Greg's queue),
# `Applied "spi: fix it" to the spi tree` (Mark Brown's),
# `+ mm-fix-it.patch added to mm-unstable branch`, `[merged] mm-fix-it.patch removed` (Andrew's)
_NOTICE: Final = re.compile(
    r'(?:patch|applied) ".*" (?:(?:has been )?added )?to (?:the )?\S+ tree'
    r"|(?:\+ |\[[a-z -]+\] )?\S+\.patch (?:added to|removed from) \S+ (?:tree|branch)",
    re.IGNORECASE,
)


# `Jane Doe via kvm`, `'Jane Doe' via kvm` of Google's groups, `Jane Doe via` of a nameless list
_VIA: Final = re.compile(r"(.*)\svia(?:\s.*)?", re.IGNORECASE)


@dataclass(slots=True)
class Facts:
    """What was seen in a mail that decides its kind."""

    subject: Subject
    sender: Address
    has_parent: bool
    files: int
    has_pull: bool
    looks_formatted: bool
    """Whether the text has the shape of git format-patch: `---`, diffstat, diff."""

    place: str = ""
    """Where the diff is, if it is in an attachment."""


def decide_kind(facts: Facts) -> tuple[Kind, tuple[str, ...]]:
    """Decide what a mail is; give the rules that fired, in words."""
    subject = facts.subject
    kind = _decide_kind(facts)
    is_program = kind == "bot" and _is_from_program(facts)
    evidence = [
        "the subject has a reply mark" if subject.is_reply else "",
        "the subject marks a patch" if subject.has_patch_mark else "",
        f"the subject states {subject.counter}/{subject.total}" if subject.counter_stated else "",
        "the subject marks a pull request" if subject.is_pull else "",
        f"a diff of {facts.files} files{facts.place}" if facts.files else "",
        "the words of git request-pull" if facts.has_pull else "",
        "the text has the shape of git format-patch" if facts.looks_formatted else "",
        "it names the mail it answers" if facts.has_parent and kind == "reply" else "",
        f"the sender {facts.sender.email} is a known program" if is_program else "",
        "the subject is a program's notice of a patch" if kind == "bot" and not is_program else "",
    ]
    found = tuple(filter(None, evidence))
    return kind, found or ("no reply mark, no patch mark, no diff, no pull request",)


def _decide_kind(facts: Facts) -> Kind:
    subject = facts.subject
    is_numbered = subject.counter_stated and not subject.is_reply
    is_cover = is_numbered and subject.counter == 0
    if _is_notice(facts) or (_is_from_program(facts) and not _is_marked_patch(facts)):
        return "bot"
    if _is_pull(facts, is_numbered=is_numbered):
        return "pull_request"
    if is_cover:
        return "cover_letter"
    if facts.files:
        return _decide_with_diff(facts)
    return "reply" if subject.is_reply or facts.has_parent else "discussion"


def is_program(address: Address) -> bool:
    """Whether an address is a known program's."""
    return _BOTS.fullmatch(address.email) is not None


def is_rewritten(sender: Address, list_id: str | None) -> bool:
    """Whether a list put itself into From: `Jane Doe via kvmarm <kvmarm@lists.example>`."""
    if not sender.domain:
        return False
    if list_id == sender.email.lower().replace("@", "."):
        return True  # no person has a list's own address
    is_near = not list_id or list_id.endswith(sender.domain)
    return is_near and _VIA.fullmatch(sender.name) is not None


def hidden_name(name: str) -> str:
    """Give the person's name of a From that a list wrote: without `via kvm` and quotes."""
    match = _VIA.fullmatch(name)
    return (match[1] if match else name).strip(" '\"")


def find_namesake(sender: Address, people: Iterable[Address]) -> Address | None:
    """Find the person whose name a list put into its From; None where nobody has that name."""
    name = hidden_name(sender.name).casefold()
    for person in people if name else ():
        if hidden_name(person.name).casefold() == name and person.email != sender.email:
            return person
    return None


def _is_from_program(facts: Facts) -> bool:
    return is_program(facts.sender)


def _is_notice(facts: Facts) -> bool:
    subject = facts.subject
    return not subject.is_reply and _NOTICE.match(subject.raw) is not None


def _is_marked_patch(facts: Facts) -> bool:
    """Whether it is a patch by its mark; a program's copy of one, as tip-bot2's, has none."""
    subject = facts.subject
    return bool(facts.files) and not subject.is_reply and subject.has_patch_mark


def _is_patch(facts: Facts) -> bool:
    formatted = facts.looks_formatted and not facts.subject.is_reply
    return _is_marked_patch(facts) or (bool(facts.files) and formatted)


def _is_pull(facts: Facts, *, is_numbered: bool) -> bool:
    subject = facts.subject
    if subject.is_reply or (is_numbered and not subject.is_pull):
        return False  # a series may name its tree in git request-pull's words
    if subject.is_pull:
        return facts.has_pull or not facts.files
    return facts.has_pull and not (subject.has_patch_mark and facts.files)


def _decide_with_diff(facts: Facts) -> Kind:
    if facts.subject.is_reply:
        return "reply_with_patch"
    return "patch" if _is_patch(facts) else "patch_unmarked"
