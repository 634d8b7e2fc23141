"""The mails of a corpus that bring a change, as what is compared with commits."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import Final

from kvminbox.models import (
    Address,
    CoverLetter,
    Message,
    Patch,
    PatchRef,
    PullRequest,
    Submission,
    SuggestedPatch,
)
from kvminbox.order import arrival_time, each_once, sent_time
from kvminbox.subject import cut_revision
from kvminbox.upstream.lines import read_lines
from kvminbox.words import fold_name

MAX_LAG: Final = 2 * 366 * 86_400
"""Seconds between a mail and a commit up to which author and lines alone can match them."""

SLACK: Final = 86_400
"""Seconds by which clocks may differ: a mail may be dated so long after its commit."""

MAX_TITLE: Final = 500
"""Characters of a title that are compared."""


@dataclass(slots=True, eq=False)
class MailFacts:
    """A mail with a change: its name, and what of it can be found again in a commit."""

    ref: PatchRef
    title: str
    seconds: int | None
    """Its Date, which `git am` makes the author date."""

    sent: float
    """When it was sent, by the earlier of Date and arrival: a Date may be in the future."""

    patch_id: bytes
    paths: frozenset[str]
    lines: "array[int]"
    is_suggestion: bool

    @property
    def author(self) -> Address:
        """Who wrote the change."""
        return self.ref.author


@dataclass(slots=True)
class MailIndex:
    """The mails by what may lead from a commit to them."""

    mails: list[MailFacts] = field(default_factory=list)
    by_id: dict[str, MailFacts] = field(default_factory=dict)
    by_date: dict[int, list[MailFacts]] = field(default_factory=dict)
    by_title: dict[str, list[MailFacts]] = field(default_factory=dict)
    by_patch_id: dict[bytes, list[MailFacts]] = field(default_factory=dict)
    by_author: dict[str, list[MailFacts]] = field(default_factory=dict)
    covers: dict[str, PatchRef] = field(default_factory=dict)
    """Cover letters and pull requests, which a merge may name."""

    @property
    def begin(self) -> int | None:
        """When its first mail was sent, less the slack; None without mails."""
        return int(min(mail.sent for mail in self.mails)) - SLACK if self.mails else None

    def add(self, message: Message) -> None:
        """Take in a mail; one that brings no change is passed over."""
        if isinstance(message, (CoverLetter, PullRequest)):
            if message.message_id:
                self.covers.setdefault(message.message_id, make_patch_ref(message))
        elif isinstance(message, (Patch, SuggestedPatch)):
            self._add_patch(message)

    def _add_patch(self, message: Patch | SuggestedPatch) -> None:
        ids = filter(None, (message.message_id, *message.other_message_ids))
        self.add_facts(read_facts(message), ids)

    def add_facts(self, mail: MailFacts, ids: Iterable[str]) -> None:
        """Take in a mail with a change, by its Message-IDs; `sort` must follow the last."""
        self.mails.append(mail)
        for identity in ids:
            self.by_id.setdefault(identity, mail)
        if mail.seconds is not None:
            self.by_date.setdefault(mail.seconds, []).append(mail)
        if mail.title:
            self.by_title.setdefault(mail.title, []).append(mail)
        if mail.patch_id:
            self.by_patch_id.setdefault(mail.patch_id, []).append(mail)
        for key in author_keys(mail.author):
            self.by_author.setdefault(key, []).append(mail)

    def sort(self) -> None:
        """Put each author's mails in order of time."""
        for mails in self.by_author.values():
            mails.sort(key=_sent)

    def by_same_author(self, author: Address, begin: float, end: float) -> Iterator[MailFacts]:
        """Yield the mails with changes of an author, by address or name, sent in a span."""
        seen: set[int] = set()
        for key in author_keys(author):
            mails = self.by_author.get(key, [])
            low = bisect_left(mails, begin, key=_sent)
            for mail in mails[low : bisect_right(mails, end, key=_sent)]:
                if id(mail) not in seen:
                    seen.add(id(mail))
                    yield mail


def index_mails(messages: Iterable[Message]) -> MailIndex:
    """Return the mails with a change, without later copies; none of the models is held."""
    index = MailIndex()
    changes = (message for message in messages if isinstance(message, Submission))
    for message in each_once(changes):
        index.add(message)
    index.sort()
    return index


def read_facts(message: Patch | SuggestedPatch) -> MailFacts:
    """Return what of a mail is compared with commits."""
    arrived = arrival_time(message)
    sent = sent_time(message)
    paths = {change.path for change in message.diffstat.files}
    paths |= {change.old_path for change in message.diffstat.files if change.old_path}
    return MailFacts(
        ref=make_patch_ref(message),
        title=fold_title(message.title),
        seconds=int(message.date.timestamp()) if message.date else None,
        sent=min(sent, arrived) if arrived and sent else sent or arrived or 0.0,
        patch_id=bytes.fromhex(message.patch_id() or ""),
        paths=frozenset(map(intern, paths)),  # many mails touch the same files
        lines=read_lines(message.diff),
        is_suggestion=isinstance(message, SuggestedPatch),
    )


def make_patch_ref(message: Submission) -> PatchRef:
    """Return the name of a mail with a change."""
    subject = message.subject
    return PatchRef(
        message_id=message.message_id,
        title=message.title,
        author=_share(message.author),
        date=message.date,
        revision=subject.revision,
        number=subject.counter if subject.counter_stated else None,
    )


@lru_cache(maxsize=4096)
def _share(author: Address) -> Address:
    """Return the first of equal authors, so that their hundreds of mails hold one."""
    return author


def author_keys(author: Address) -> tuple[str, ...]:
    """Return what tells an author from others: the address, and the words of a full name."""
    words = sorted(author.name.casefold().replace(",", " ").split())
    name = " ".join(words)[:200] if len(words) > 1 else ""
    return tuple(filter(None, dict.fromkeys((author.email.lower(), name))))


def fold_title(title: str) -> str:
    """Return a title as it is compared: in lower case, without brackets before it.

    Nor does it have the revision that is in brackets at its end.

    >>> fold_title("[kvm-unit-tests PATCH] arm64:  Fix It."), fold_title("afs: Fix it [ver #2]")
    ('arm64: fix it', 'afs: fix it')
    """
    text = title[:MAX_TITLE].lstrip()
    while text.startswith("[") and "]" in text:
        text = text.partition("]")[2].lstrip()
    return cut_revision(fold_name(text).rstrip("."))


def _sent(mail: MailFacts) -> float:
    return mail.sent
