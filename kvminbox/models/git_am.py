"""A patch as a mail that `git am` takes, put together from its model."""

import re
from collections.abc import Iterable
from email.header import Header
from email.utils import format_datetime, formataddr
from typing import Final

from kvminbox.models.address import Address
from kvminbox.models.message import Patch
from kvminbox.safe import safe_text

_ADDRESS: Final = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]+@[A-Za-z0-9.-]+")
_MIME: Final = (
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
)


def write_patch(patch: Patch, tags: Iterable[str] = ()) -> bytes:
    """Return a patch as a mail; tags, a line each, go below the trailers that it has."""
    author = _write_person(patch.author)
    subject = patch.subject
    number = f" {subject.counter}/{subject.total}" if subject.counter_stated else ""
    revision = f" v{subject.revision}" if subject.revision_stated else ""
    head = [
        f"From: {_encode(author, 'From')}",
        f"Subject: [PATCH{revision}{number}] {_encode(safe_text(patch.title), 'Subject')}",
        *_write_people("To", patch.to),
        *_write_people("Cc", patch.cc),
        *([f"Date: {format_datetime(patch.date)}"] if patch.date else []),
        *([f"Message-ID: <{patch.message_id}>"] if _is_plain(patch.message_id) else []),
    ]
    message = _add_tags(patch, list(tags))
    notes = f"{patch.notes.rstrip()}\n\n" if patch.notes.strip() else ""
    # git takes no line of the message for a header once it has seen this one
    body = f"From: {author}\n\n{message}---\n{notes}{patch.diff.rstrip(chr(10))}\n"
    text = "\n".join(head) + f"\n{_MIME}\n{body}"
    return text.encode("utf-8", "replace")


def _add_tags(patch: Patch, tags: list[str]) -> str:
    message = patch.commit_message.rstrip("\n")
    present = {line.casefold() for line in message.split("\n")}
    new = [line for line in dict.fromkeys(tags) if line.casefold() not in present]
    between = "\n" if patch.trailers or not message else "\n\n"
    lines = between.join([message, "\n".join(new)]) if new else message
    return f"{lines.lstrip(chr(10))}\n" if lines.strip() else ""


def _write_person(person: Address) -> str:
    return safe_text(person.mailbox).replace("\t", " ") or "nobody"


def _write_people(name: str, people: Iterable[Address]) -> list[str]:
    """Return a header of the people to whom a mail was sent, one a line; none for nobody.

    Who has no address that a header can bear is left out.
    """
    written = [
        formataddr((safe_text(one.name).replace("\t", " "), one.email))
        for one in people
        if _ADDRESS.fullmatch(one.email)
    ]
    return [f"{name}: " + ",\n    ".join(written)] if written else []


def _encode(text: str, name: str) -> str:
    """Return a header's text in ASCII."""
    is_plain = text.isascii() and "=?" not in text
    if is_plain:
        return text
    if name == "From" and text.endswith(">") and " <" in text:  # an address is never encoded
        display, _, address = text.rpartition(" <")
        return f"{_encode(display, '')} <{address}"
    return Header(text, "utf-8", header_name=name).encode()


def _is_plain(message_id: str | None) -> bool:
    return bool(message_id) and str(message_id).isascii() and str(message_id).isprintable()
