"""A mail as it was sent, where a list has wrapped it into a mail of its own.

Mailman can keep the rules of the sender's domain (DMARC) so: `From: Jane Doe via lamps
<lamps@lists.example>`, a short notice, `Content-Type: message/rfc822`, and in it Jane's whole
mail, untouched. Git, lei and b4 see the outer one.
"""

import re
from typing import Final

from kvminbox.mail.addresses import is_list_address
from kvminbox.mail.body import Body, read_body
from kvminbox.mail.defects import ignore
from kvminbox.mail.envelope import read_headers, split_mail
from kvminbox.mail.read import Mail

MAX_WRAPPERS: Final = 3
"""Wrapping mails that are removed: one per list."""

_MAILMAN_ID: Final = re.compile(r"mailman\.[\d.]+\.[^@\s]+@[^@\s]+")
_BRACKETED: Final = re.compile(r"\[[^\[\]]*\]|\s+")


def read_mail(raw: bytes) -> Mail:
    """Read any bytes as a mail; whatever is odd becomes a defect.

    Of a mail that a list wrapped, the inner one is read: its sender, subject, date, receivers,
    text and attachments. It keeps the ids of both, its own first, and the outer List-Id.
    """
    mail = Mail(raw)
    for _ in range(MAX_WRAPPERS):
        if len(mail.body.enclosed) != 1 or not _is_lists_own(mail):
            break
        inner = Mail(mail.body.enclosed[0])
        if not _is_sent_by(inner, mail) or not _is_same(inner, mail):
            break
        inner.take_from_wrapper(mail)
        mail = inner
    return mail


def read_content(raw: bytes) -> Body:
    """Return the text and the attachments of the mail that `read_mail` returns, and no more."""
    head, rest = split_mail(raw, ignore)
    found = read_body(read_headers(head, ignore), rest, ignore)
    return read_mail(raw).body if len(found.enclosed) == 1 else found


def _is_lists_own(outer: Mail) -> bool:
    """Whether a mail is From the list it went to, and holds nothing beside text and a mail."""
    email = outer.sender.email.lower()
    is_list = is_list_address(outer.sender, outer.list_id) or any(
        one.email.lower() == email for one in (*outer.to, *outer.cc)
    )
    return is_list and "@" in email and len(outer.body.attachments) == 1


def _is_sent_by(inner: Mail, outer: Mail) -> bool:
    """Whether the inner mail's sender is the person that the list took out of From.

    Mailman puts the address into Reply-To or Cc, as the list is set up, and leaves the name. A
    list's own notices and digests enclose mails of others.
    """
    person = inner.sender
    email = person.email.lower()
    if "@" not in email or email == outer.sender.email.lower():
        return False
    kept = (*outer.reply_to, *outer.cc, *outer.to)
    return any(one.email.lower() == email for one in kept) or bool(
        person.name and outer.sender.name.startswith(person.name)
    )


def _is_same(inner: Mail, outer: Mail) -> bool:
    """Whether both are one mail: sent at the same second, or with the same subject.

    Who forwards a mail of his own writes at another time. A server on the way may have put its
    own Date on the outer one; then the id must be Mailman's, which no person's mail has.
    """
    if inner.date and inner.date == outer.date:
        return True
    is_made = any(map(_MAILMAN_ID.fullmatch, outer.message_ids))
    return is_made and _bare(inner.subject) == _bare(outer.subject)


def _bare(subject: str) -> str:
    """Return a subject without white space and the list's prefix, `[lamps]`, wherever it is."""
    return _BRACKETED.sub("", subject)
