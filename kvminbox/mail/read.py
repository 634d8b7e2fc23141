"""A mail from its bytes: the headers that matter, its text and its defects. Never raises."""

from dataclasses import dataclass
from datetime import datetime

from kvminbox.mail.addresses import parse_addresses
from kvminbox.mail.body import Body, read_body
from kvminbox.mail.dates import parse_date
from kvminbox.mail.defects import DefectList, Note
from kvminbox.mail.envelope import Headers, header_text, read_headers, split_mail
from kvminbox.mail.ids import read_message_ids, read_references
from kvminbox.mail.words import decode_line
from kvminbox.models import Address

_NOBODY = Address()


@dataclass(slots=True)
class Mail:
    """A mail as read, before its subject and text are interpreted."""

    message_ids: tuple[str, ...]
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    sender: Address
    original_from: Address | None
    original_sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    date: datetime | None
    list_id: str | None
    body: Body
    defects: DefectList


def read_mail(raw: bytes) -> Mail:
    """Read any bytes as a mail; whatever is odd becomes a defect."""
    defects = DefectList()
    note = defects.note
    head, body = split_mail(raw, note)
    headers = read_headers(head, note)
    return Mail(
        message_ids=read_message_ids(headers, note),
        in_reply_to=read_references(headers, b"in-reply-to", note),
        references=read_references(headers, b"references", note),
        subject=_read_subject(headers, note),
        sender=_read_sender(headers, note),
        original_from=next(iter(_read_addresses(headers, b"x-original-from", note)), None),
        original_sender=next(iter(_read_addresses(headers, b"x-original-sender", note)), None),
        reply_to=_read_addresses(headers, b"reply-to", note),
        to=_read_addresses(headers, b"to", note),
        cc=_read_addresses(headers, b"cc", note),
        date=_read_date(headers, note),
        list_id=_read_list_id(headers, note),
        body=read_body(headers, body, note),
        defects=defects,
    )


def _first_value(headers: Headers, name: bytes, note: Note) -> bytes | None:
    """Return a header that may occur once; of several, the first that is not blank."""
    values = headers.get(name)
    if not values:
        return None
    if len(values) > 1:
        note("header-repeated", f"{name.decode()} stands {len(values)} times")
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
    return next((person for person in people if person.email), people[0] if people else _NOBODY)


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
