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
from kvminbox.models.corpus import list_texts
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

# `Cc: victim@host.example` and `Signed-off-by: …` in the text make git send-email send a copy
# there, and the others tell git am or a robot of a list something; `From ` begins another mail in
# an mbox, and a dot alone ends SMTP's data
_ACTIVE: Final = re.compile(
    r"(?:[a-z][a-z-]*-by|b?cc|to|from|subject|fixes|closes|link|control|package|pw-bot"
    r"|message-id|in-reply-to|change-id|base-commit)[ \t]*:|From |\.[ \t]*$|#(?:syz|regzbot)\b",
    re.IGNORECASE,
)
# the first lines of a text, which git am takes for headers
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z-]*:|\[|>?From ")
_LEAST: Final = 20
"""Characters of a line before which it is not broken at a slash."""


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
        kvminbox.errors.UsageError: an address is malformed, or holds a line end, or a text is given
            where several are wanted.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _parse_mailbox(sender, "From")
    for name, people in (("To", to), ("Cc", cc)):
        mailboxes = tuple(_parse_mailbox(one, name) for one in list_texts(people, "mailboxes"))
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
    acting = _find_acting(lines)
    if text.isascii() and not acting and all(len(line) <= MAX_PLAIN for line in lines):
        return "\n".join(lines) + "\n", "7bit"
    quoted = (_quote_line(line, number in acting) for number, line in enumerate(lines))
    return "\n".join(quoted) + "\n", "quoted-printable"


def _find_acting(lines: list[str]) -> set[int]:
    """Return the numbers of the lines that somebody's program could take for more than text."""
    found = {number for number, line in enumerate(lines) if _ACTIVE.match(line)}
    for number, line in enumerate(lines):
        if not line.strip() and number:  # git am skips blank lines above its headers
            break
        if _HEADER.match(line):
            found.add(number)
    return found


def _quote_line(line: str, is_acting: bool) -> str:
    """Return a line as quoted-printable (RFC 2045), in lines of at most 76 characters.

    It is broken behind a blank or a slash where that is possible. The first character is
    encoded if the line could act as a trailer or the like, and so is that of each continuation
    line that could.
    """
    octets = line.encode()
    units = [_UNITS[octet] for octet in octets]
    if octets and octets[-1] in b" \t":
        units[-1] = f"={octets[-1]:02X}"
    if octets and is_acting:
        units[0] = f"={octets[0]:02X}"
    pieces: list[str] = []
    place = 0
    while place < len(units):
        if pieces and _ACTIVE.match("".join(units[place : place + MAX_LINE])):
            units[place] = f"={octets[place]:02X}"
        end = _find_break(units, place)
        pieces.append("".join(units[place:end]))
        place = end
    return "=\n".join(pieces)


def _find_break(units: list[str], start: int) -> int:
    """Return where the line that begins at a place ends: all of it, or behind a blank."""
    end, room = start, MAX_LINE
    while end < len(units) and len(units[end]) <= room:
        room -= len(units[end])
        end += 1
    if end == len(units):
        return end
    if not room:
        end -= 1  # for the `=` that breaks it
    for sign, least in ((" ", 0), ("/", _LEAST)):
        for place in range(end, start + least, -1):
            if units[place - 1] == sign:
                return place
    return end


_UNITS: Final = tuple(
    chr(octet) if octet in b"\t" or (0x20 <= octet < 0x7F and octet != 0x3D) else f"={octet:02X}"
    for octet in range(256)
)
"""Each octet as quoted-printable writes it inside a line."""
