"""From the bytes of a mail to its headers and text; the only reader of RFC 5322 and MIME."""

from kvminbox.mail.addresses import parse_address
from kvminbox.mail.body import Body
from kvminbox.mail.charsets import Note
from kvminbox.mail.dates import parse_date
from kvminbox.mail.mbox import write_mbox
from kvminbox.mail.read import DefectList, Mail, read_mail

__all__ = [
    "Body",
    "DefectList",
    "Mail",
    "Note",
    "parse_address",
    "parse_date",
    "read_mail",
    "write_mbox",
]
