"""A text as a mail (RFC 5322, RFC 2045): all ASCII, whatever the text holds."""

import re
from collections.abc import Iterable
from datetime import datetime
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from kvminbox.errors import UsageError
from kvminbox.safe import safe_text

_POLICY: Final = SMTP.clone(linesep="\n", cte_type="7bit")
_ADDRESS: Final = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+"
# `Name <user@host>`, `"Name, Given" <user@host>`, `user@host`, and nothing else
_MAILBOX: Final = re.compile(
    rf'\s*(?:(?P<name>"(?:[^"\\]|\\.)*"|[^<>@,;:"\\]*)\s*<(?P<angle>{_ADDRESS})>|(?P<bare>{_ADDRESS}))\s*'
)
# a tab, or an encoded word, in which anything may hide
_NO_PART: Final = re.compile(r"\t|=\?")
_CURE: Final = "write it as `Name <user@host.example>` or `user@host.example`"
_MIME: Final = 'MIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\n'
MAX_MAILBOX: Final = 300
"""Characters of a mailbox that are looked at."""

MAX_LINE: Final = 76
"""The longest line of an encoded text, in characters."""

MAX_PLAIN: Final = 998
"""The longest line, in characters, that is sent unencoded: what RFC 5322 allows."""

# `Cc: victim@host.example` and `Signed-off-by: …` in the text make git send-email send a
# copy there, `From ` begins another mail in an mbox, and a dot alone ends SMTP's data
_ACTIVE: Final = re.compile(r"[A-Za-z][A-Za-z-]*:|From |\.")


def render_mail(
    text: str,
    *,
    subject: str,
    sender: str,
    to: Iterable[str],
    cc: Iterable[str] = (),
    date: datetime | None = None,
) -> str:
    """Return a text as a mail that `git send-email` sends to the given people only.

    Args:
        text: the body.
        subject: the subject; what could act in it is made visible.
        sender: From.
        to: the mailboxes of To.
        cc: the mailboxes of Cc.
        date: Date, with a zone; None to leave it to the program that sends.

    Raises:
        kvminbox.errors.UsageError: an address is malformed, or holds a line end.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _parse_mailbox(sender, "From")
    for name, people in (("To", to), ("Cc", cc)):
        mailboxes = tuple(_parse_mailbox(one, name) for one in people)
        if mailboxes:
            mail[name] = mailboxes
    if date is not None:
        mail["Date"] = format_datetime(date)
    head = "".join(mail.policy.fold(name, value) for name, value in mail.items())
    body, encoding = _encode(safe_text(text, multiline=True))
    mime = f"{_MIME}Content-Transfer-Encoding: {encoding}\n"
    return f"{head}{_fold_subject(subject)}{mime}\n{body}"


def _fold_subject(subject: str) -> str:
    """Return the Subject header; what looks like an encoded word is kept as text.

    Python's `email.headerregistry` decodes what is set as a header: the subject
    `=?utf-8?q?a=0D=0ABcc:_eve@evil.example?=` would add a recipient.
    """
    line = safe_text(subject).replace("\t", " ")
    charset = "us-ascii" if line.isascii() and "=?" not in line else "utf-8"
    return f"Subject: {Header(line, charset, header_name='Subject').encode()}\n"


def _parse_mailbox(written: str, header: str) -> Address:
    is_odd = len(written) > MAX_MAILBOX or safe_text(written) != written or _NO_PART.search(written)
    match = None if is_odd else _MAILBOX.fullmatch(written)
    try:
        if match:
            name = re.sub(r'\\(.)|"', r"\1", (match["name"] or "").strip())
            return Address(display_name=name, addr_spec=match["angle"] or match["bare"])
    except (HeaderParseError, ValueError, IndexError):
        pass  # two dots in a row, or something else that the standard does not allow
    where = written[:MAX_MAILBOX] or "''"
    raise UsageError(f"{header} is not a mail address", where=where, cure=_CURE)


def _encode(text: str) -> tuple[str, str]:
    """Return the body and its transfer encoding: `7bit` if it is ASCII and inert."""
    lines = text.removesuffix("\n").split("\n")
    if text.isascii() and all(len(line) <= MAX_PLAIN and not _ACTIVE.match(line) for line in lines):
        return "\n".join(lines) + "\n", "7bit"
    return "\n".join(map(_quote_line, lines)) + "\n", "quoted-printable"


def _quote_line(line: str) -> str:
    """Return a line as quoted-printable (RFC 2045), in lines of at most 76 characters.

    The first character is encoded if the line could act as a trailer or the like, and
    so is the first of each continuation line.
    """
    octets = line.encode()
    units = [_UNITS[octet] for octet in octets]
    if octets and octets[-1] in b" \t":
        units[-1] = f"={octets[-1]:02X}"
    if octets and _ACTIVE.match(line):
        units[0] = f"={octets[0]:02X}"
    pieces: list[str] = []
    place = 0
    while place < len(units):
        if pieces:
            units[place] = f"={octets[place]:02X}"
        piece = "".join(units[place : place + MAX_LINE])
        cut = MAX_LINE - 3  # or after an encoded octet that crosses it
        begin = piece.find("=", cut - 2, cut)
        piece = piece[: begin + 3 if begin >= 0 else cut]
        pieces.append(piece)
        place += len(piece) - 2 * piece.count("=")  # `=` begins an octet of three characters
    return "=\n".join(pieces)


_UNITS: Final = tuple(
    chr(octet) if octet in b"\t" or (0x20 <= octet < 0x7F and octet != 0x3D) else f"={octet:02X}"
    for octet in range(256)
)
"""Each octet as quoted-printable writes it inside a line."""
