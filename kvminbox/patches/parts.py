"""A mail taken apart, each part when it is first asked for: here the readers are combined."""

import re
from datetime import datetime
from typing import Final, NamedTuple

from kvminbox.diffs import compare_diffstats, compute_diffstat
from kvminbox.mail import Note, decode_line, parse_address, read_mail, stage
from kvminbox.models import (
    Address,
    Attachment,
    DeclaredDiffstat,
    Defect,
    Diffstat,
    Kind,
    Origin,
    Prerequisite,
    PrerequisiteKind,
    SenderSource,
    ShortlogEntry,
    Trailer,
)
from kvminbox.models.diffstat import NO_FILES
from kvminbox.patches.kinds import Facts, decide_kind, explain_kind
from kvminbox.patches.pull import find_pull
from kvminbox.patches.senders import Sender, find_sender
from kvminbox.patches.shortlog import read_shortlog
from kvminbox.patches.split import InBody, PatchText, read_in_body
from kvminbox.patches.texts import TextParts
from kvminbox.subject import parse_subject
from kvminbox.trailers import MAX_TRAILERS, parse_trailers

_ORIGINS: Final[dict[Kind, Origin]] = {
    "cover_letter": "cover_letter",
    "pull_request": "pull_request",
}
_PREREQUISITES: Final[dict[str, PrerequisiteKind]] = {
    "prerequisite-patch-id": "patch-id",
    "prerequisite-change-id": "change-id",
    "prerequisite-message-id": "message-id",
}
_TAIL = re.compile(
    r"^(base-commit|change-id|prerequisite-(?:patch|change|message)-id):"
    r"[ \t]+<?([^\s<>]+)>?[ \t]*$",
    re.MULTILINE,
)
# `Based-on: <id>` as QEMU writes it, `Depends-on: https://lore.example/r/<id>/`; others, such
# as `Depends-on: series-7`, name nothing that a mail could have
_BASED_ON = re.compile(
    r"^(?:based|depends)-on:[ \t]+(?:<|\S{0,20}://\S{0,200}/)?([^\s<>/@]{1,250}@[^\s<>/]{1,250})",
    re.IGNORECASE | re.MULTILINE,
)


class _Tail(NamedTuple):
    """What git, b4 and trailers say of the base."""

    base_commit: str | None
    change_id: str | None
    prerequisites: tuple[Prerequisite, ...]


class MailParts(TextParts):
    """A mail's parts, by the names of its model's fields, whose source it is.

    What decides its kind is read at once; all else, when it is first asked for, once.

    Attributes:
        mail: its headers and text.
        pull: what it asks to pull, in it has the text of git request-pull.
        kind: what it is.
    """

    kind: Kind

    def __init__(self, raw: bytes) -> None:
        self.mail = read_mail(raw)
        super().__init__(self.mail.body, parse_subject(self.mail.subject))
        self.pull = None if self.subject.is_reply else find_pull(self.body)
        self._from = find_sender(self.mail, self._read_in_body)
        if self.mail.wrapper_from is not None:
            self._from = Sender(self._from.address, "wrapped")
        self.kind = decide_kind(self._list_facts())

    @property
    def submits(self) -> bool:
        """Whether its kind is one that carries a change."""
        return self.kind not in {"discussion", "reply", "bot"}

    def _read_in_body(self) -> str | None:
        """Return the in-body From of a text that may be a patch's."""
        may_be = self.blocks or self.pull or self.subject.is_pull or self._is_cover
        if not may_be or self._attached_patch:
            return None
        return self._in_body.headers.get("from")

    @stage
    def _in_body(self, _: Note) -> InBody:
        """The headers at the start of the text, or of the attached file."""
        return self._attached_patch.in_body if self._attached_patch else read_in_body(self.body)

    def _list_facts(self) -> Facts:
        return Facts(
            subject=self.subject,
            sender=self._from.address,
            has_parent=bool(self.mail.in_reply_to or self.mail.references),
            diff=self.blocks,
            has_pull=self.pull is not None,
            asks_to_pull=self.pull is not None and self.pull.is_asked_for,
            looks_formatted=self._looks_formatted,
            place=self._found.place,
        )

    def _looks_formatted(self) -> bool:
        return bool(self.blocks and self.patch.has_separator and self.patch.declared)

    # the fields of any mail

    @property
    def message_id(self) -> str | None:
        """The first of its ids."""
        return self.mail.message_ids[0] if self.mail.message_ids else None

    @property
    def other_message_ids(self) -> tuple[str, ...]:
        """Its other ids."""
        return self.mail.message_ids[1:]

    @property
    def in_reply_to(self) -> tuple[str, ...]:
        """The ids in In-Reply-To."""
        return self.mail.in_reply_to

    @property
    def references(self) -> tuple[str, ...]:
        """The ids in References."""
        return self.mail.references

    @property
    def sender(self) -> Address:
        """Who sent it."""
        return self._from.address

    @property
    def sender_source(self) -> SenderSource:
        """Where the sender was found."""
        return self._from.source

    @property
    def rewritten_from(self) -> Address | None:
        """The mailbox in From, where that is not the sender."""
        if self._from.source == "header":
            return None
        return self.mail.wrapper_from or self.mail.sender

    @property
    def to(self) -> tuple[Address, ...]:
        """The mailboxes in To."""
        return self.mail.to

    @property
    def cc(self) -> tuple[Address, ...]:
        """The mailboxes in Cc."""
        return self.mail.cc

    @property
    def date(self) -> datetime | None:
        """The Date."""
        return self.mail.date

    @property
    def list_id(self) -> str | None:
        """The id in List-Id."""
        return self.mail.list_id

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The parts beside the text."""
        return tuple(self.mail.body.attachments)

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What is odd in it, in one order, whatever was asked for first."""
        found = self.mail.defects
        self.collect_defects(["found"], found)
        if self.submits:
            self.collect_defects(["authorship", "title", "trailers"], found)
            found.extend(self._counted[1])
            self.collect_defects(["_counted"], found)
        return tuple(found)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why it is of this kind."""
        return explain_kind(self._list_facts(), self.kind)

    # the further fields of a change

    @stage
    def authorship(self, note: Note) -> Sender:
        """Who wrote the change, and where that was found."""
        written = self._in_body.headers.get("from")
        if written:
            author = parse_address(written, note)
            if "@" in author.email:
                return Sender(author, "in-body")
            note("inbody-from-odd", f"the in-body From {written[:100]!r} has no address")
        return self._from

    @property
    def author(self) -> Address:
        """Who wrote the change."""
        return self.authorship.address

    @property
    def author_source(self) -> SenderSource:
        """Where the author was found."""
        return self.authorship.source

    @stage
    def title(self, note: Note) -> str:
        """The change's title."""
        written = self._in_body.headers.get("subject")
        return parse_subject(decode_line(written, note)).title if written else self.subject.title

    @stage
    def trailers(self, note: Note) -> tuple[Trailer, ...]:
        """The trailers at the end of the commit message."""
        origin = _ORIGINS.get(self.kind, "patch")
        found = parse_trailers(self.patch.message, self.sender, origin)
        if len(found) >= MAX_TRAILERS:
            note("trailer-limit", f"only the first {MAX_TRAILERS} trailers are read")
        return found

    @property
    def declared_diffstat(self) -> DeclaredDiffstat | None:
        """The diffstat as written."""
        return self.patch.declared

    @property
    def diffstat(self) -> Diffstat:
        """What the diff changes, counted from it."""
        return self._counted[0]

    @stage
    def _counted(self, note: Note) -> tuple[Diffstat, tuple[Defect, ...]]:
        """The same, and what is odd in the diff."""
        if not self.patch.blocks:
            return NO_FILES, ()
        counted, odd = compute_diffstat(self.patch.blocks)
        if self.patch.declared and (said := compare_diffstats(self.patch.declared, counted)):
            note("diffstat-differs", said)
        return counted, odd

    @stage
    def _tail(self, _: Note) -> _Tail:
        return _read_tail(self.patch)

    @property
    def base_commit(self) -> str | None:
        """The `base-commit:` that it states."""
        return self._tail.base_commit

    @property
    def change_id(self) -> str | None:
        """The `change-id:` that it states."""
        return self._tail.change_id

    @property
    def prerequisites(self) -> tuple[Prerequisite, ...]:
        """The prerequisites that it states."""
        return self._tail.prerequisites

    # the further fields of a pull request

    @property
    def repository(self) -> str | None:
        """The URL to pull from."""
        return self.pull.repository if self.pull else None

    @property
    def ref(self) -> str | None:
        """The branch or tag to pull."""
        return self.pull.ref if self.pull else None

    @property
    def pull_base(self) -> str | None:
        """The commit that the changes are since."""
        return self.pull.base if self.pull else None

    @property
    def pull_tip(self) -> str | None:
        """The commit up to which to fetch."""
        return self.pull.tip if self.pull else None

    @property
    def shortlog(self) -> tuple[ShortlogEntry, ...]:
        """The commits that it lists."""
        return read_shortlog(self.body)


def _read_tail(parts: PatchText) -> _Tail:
    """Read what git, b4 and trailers say of the base: base-commit, change-id, prerequisites."""
    text = f"{parts.notes}\n{parts.tail}"
    whole = f"{parts.message}\n{text}"
    prerequisites: list[Prerequisite] = []
    if "-on:" in whole or "-On:" in whole:
        prerequisites += [
            Prerequisite(kind="message-id", value=value) for value in _BASED_ON.findall(whole)
        ]
    if parts.blocks is None:
        text = whole
    found = _TAIL.findall(text) if "base-commit:" in text or "-id:" in text else []
    stated: dict[str, str] = {}
    for name, value in found:
        if name in _PREREQUISITES:
            prerequisites.append(Prerequisite(kind=_PREREQUISITES[name], value=value))
        else:
            stated.setdefault(name, value)  # of several, the first
    return _Tail(
        stated.get("base-commit"), stated.get("change-id"), tuple(dict.fromkeys(prerequisites))
    )
