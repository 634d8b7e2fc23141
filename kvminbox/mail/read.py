"""A mail from its bytes: the headers that matter, its text and its defects. Never raises."""

from datetime import datetime
from typing import Final

from kvminbox.mail.addresses import parse_addresses
from kvminbox.mail.body import read_body
from kvminbox.mail.dates import parse_date
from kvminbox.mail.defects import DefectList, Note
from kvminbox.mail.envelope import Headers, header_text, read_headers, split_mail
from kvminbox.mail.ids import read_message_ids, read_references
from kvminbox.mail.invisible import has_invisible
from kvminbox.mail.stages import Stages, stage
from kvminbox.mail.words import decode_line
from kvminbox.models import Address
from kvminbox.models.address import NOBODY


class Mail(Stages):
    """A mail as read, before its subject and text are interpreted; never raises.

    Its text and the headers that nearly every reader asks for are read at once, so that the bytes
    need not be kept; the others, when they are first asked for.

    Attributes:
        headers: the headers that matter, raw.
        message_ids: its own ids; there should be one.
        in_reply_to: the ids in In-Reply-To.
        references: the ids in References.
        subject: the Subject, decoded, in one line.
        sender: the mailbox in From, else in Sender.
        original_from: the mailbox in X-Original-From.
        date: the Date, in its own zone.
        list_id: the id in List-Id.
        body: its text and attachments.
        wrapper_from: the mailbox in the outer From, where a list wrapped the mail.
    """

    def __init__(self, raw: bytes) -> None:
        super().__init__()
        note = self._begin_stage("head")
        head, rest = split_mail(raw, note)
        self.headers = headers = read_headers(head, note)
        self.message_ids = read_message_ids(headers, note)
        self.in_reply_to = read_references(headers, b"in-reply-to", note)
        self.references = read_references(headers, b"references", note)
        self.subject = _read_subject(headers, note)
        self.sender = _read_sender(headers, note)
        self.original_from = next(iter(_read_addresses(headers, b"x-original-from", note)), None)
        note = self._begin_stage("rest")
        self.date = _read_date(headers, note)
        self.list_id = _read_list_id(headers, note)
        self.body = read_body(headers, rest, note)
        self.wrapper_from: Address | None = None

    def take_from_wrapper(self, outer: "Mail") -> None:
        """Take over what a list's mail around this one knows: its ids, list, From and defects.

        The outer Date, Subject and References are copies, which count where there are no others.
        """
        self.wrapper_from = outer.wrapper_from or outer.sender
        self.message_ids = tuple(dict.fromkeys((*self.message_ids, *outer.message_ids)))
        self.list_id = outer.list_id or self.list_id
        self.subject = self.subject or outer.subject
        self.date = self.date or outer.date
        if not self.in_reply_to and not self.references:
            self.in_reply_to, self.references = outer.in_reply_to, outer.references
        note = self._begin_stage("wrapper")
        note("list-wrapped", f"the list {outer.sender.email} wrapped it into a mail of its own")
        for defect in outer.defects:
            if defect.code != "subject-missing":
                self.noted["wrapper"].add(defect)

    @property
    def defects(self) -> DefectList:
        """Whatever is odd in it, header by header, then in its text."""
        found = DefectList()
        wrapper = ["wrapper"] if self.wrapper_from else []
        self.collect_defects([*wrapper, "head", *_OTHER_HEADERS, "rest", "is_veiled"], found)
        return found

    @stage
    def original_sender(self, note: Note) -> Address | None:
        """The mailbox in X-Original-Sender."""
        return next(iter(_read_addresses(self.headers, b"x-original-sender", note)), None)

    @stage
    def reply_to(self, note: Note) -> tuple[Address, ...]:
        """The mailboxes in Reply-To."""
        return _read_addresses(self.headers, b"reply-to", note)

    @stage
    def to(self, note: Note) -> tuple[Address, ...]:
        """The mailboxes in To."""
        return _read_addresses(self.headers, b"to", note)

    @stage
    def cc(self, note: Note) -> tuple[Address, ...]:
        """The mailboxes in Cc."""
        return _read_addresses(self.headers, b"cc", note)

    @stage
    def is_veiled(self, note: Note) -> bool:
        """Whether its text, or that of an attachment, holds invisible characters."""
        texts = (self.body.text, *(text for _, text in self.body.texts))
        found = any(map(has_invisible, texts))
        if found:
            note(
                "text-invisible", "the text contains invisible characters, or changes of direction"
            )
        return found


_OTHER_HEADERS: Final = ("original_sender", "reply_to", "to", "cc")


def _first_value(headers: Headers, name: bytes, note: Note) -> bytes | None:
    """Return a header that may occur once; of several, the first that is not blank."""
    values = headers.get(name)
    if not values:
        return None
    if len(values) > 1:
        note("header-repeated", f"{name.decode()} occurs {len(values)} times")
        values = [value for value in values if value.strip()] or values
    return values[0]


def _read_once(headers: Headers, name: bytes, note: Note) -> str | None:
    value = _first_value(headers, name, note)
    return None if value is None else header_text(value, note)


def _read_subject(headers: Headers, note: Note) -> str:
    text = _read_once(headers, b"subject", note)
    if not text:
        note("subject-missing", "there is no Subject" if text is None else "the Subject is empty")
        return ""
    return decode_line(text, note) if "=?" in text else text


def _read_addresses(headers: Headers, name: bytes, note: Note) -> tuple[Address, ...]:
    values = headers.get(name)
    if not values:
        return ()
    return parse_addresses(values[0] if len(values) == 1 else b",".join(values), note)


def _read_sender(headers: Headers, note: Note) -> Address:
    people = parse_addresses(_first_value(headers, b"from", note) or b"", note)
    if len(people) == 1:
        return people[0]
    if not people:
        note("from-missing", "there is no From, or it names nobody")
        people = _read_addresses(headers, b"sender", note)
    else:
        note("from-odd", f"From names {len(people)} people")
    return next((person for person in people if person.email), people[0] if people else NOBODY)


def _read_date(headers: Headers, note: Note) -> datetime | None:
    text = _read_once(headers, b"date", note)
    if not text:
        note("date-missing", "there is no Date")
        return None
    return parse_date(text, note)


def _read_list_id(headers: Headers, note: Note) -> str | None:
    values = headers.get(b"list-id")
    if not values:
        return None
    text = header_text(values[0], note)
    return text.rpartition("<")[2].partition(">")[0].strip().lower() or None
