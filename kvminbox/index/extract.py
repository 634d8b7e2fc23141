"""What the index keeps of a mail, read from its bytes in one go.

The words of a mail are divided as public-inbox divides them, so that its search
prefixes mean the same here: quoted lines apart from own ones, and of a diff the
removed, added and context lines, the paths, the functions in hunk headers and
the blob ids apart from each other.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from kvminbox.gist import ReadGist, read_gist
from kvminbox.index.columns import divide_text
from kvminbox.index.facts import collect_facts
from kvminbox.index.rows import Extract, Words
from kvminbox.links.find import find_text, pack_links, read_own_links
from kvminbox.mail import Mail, ignore, parse_date, read_mail
from kvminbox.models import Address, Message, ReplyTrailer, Submission
from kvminbox.patch_id import compute_patch_id
from kvminbox.patches import MailParts, make_message, read_parts
from kvminbox.review.reply_trailers import parse_reply_trailers
from kvminbox.versions.places import pack_places

MAX_ENCLOSED: Final = 50
"""Mails enclosed in one mail whose words are found with it."""

MAX_NESTED: Final = 5
"""Mails enclosed in each other whose words are found; each level holds all below it once more."""

MAX_REFERENCES: Final = 500
"""Ids that one mail may refer to; of more, the first and the last half are kept."""


def extract_mail(raw: bytes, arrived: int | None) -> Extract:
    """Read a mail's rows from its bytes; no content raises.

    Args:
        raw: the mail as it is in the archive.
        arrived: the committer's seconds, used where the mail names no time.
    """
    parts = read_parts(raw)
    mail, subject = parts.mail, parts.subject
    received = _read_received(raw) or _seconds(mail.date) or arrived or 0
    own = frozenset(mail.message_ids)
    references = [
        identity
        for identity in dict.fromkeys((*mail.references, *mail.in_reply_to))
        if identity not in own
    ]
    if len(references) > MAX_REFERENCES:
        references[MAX_REFERENCES // 2 : -MAX_REFERENCES // 2] = []
    diff = parts.diff if parts.blocks else ""
    patch_id = compute_patch_id(diff) if diff else None
    message = make_message(parts)
    read = read_gist(message)
    tags = _find_tags(message, read)
    links = read_own_links(message, find_text(message, read.own))
    return Extract(
        content=_digest(message, mail),
        received=received,
        sent=_seconds(mail.date) or received,
        kind=parts.kind,
        revision=subject.revision if parts.submits else None,
        counter=subject.counter,
        total=subject.total,
        patch_id=bytes.fromhex(patch_id) if patch_id else None,
        change_id=_find_change_id(parts),
        list_id=mail.list_id,
        ids=mail.message_ids,
        references=tuple(references),
        words=_collect_words(parts, tags),
        facts=collect_facts(
            message,
            read.gist,
            tags,
            patch_id,
            pack_links(links) if links else "",
            pack_places(message) if isinstance(message, Submission) else (),
        ),
    )


def _collect_words(parts: MailParts, tags: Iterable[ReplyTrailer]) -> Words:
    mail = parts.mail
    enclosed = list(islice(_read_enclosed(mail), MAX_ENCLOSED))
    texts = [parts.body, *(text for _, text in mail.body.texts)]
    for inner in enclosed:
        texts += [_write_people((inner.sender,)), inner.body.text]
        texts += [text for _, text in inner.body.texts]
    text = divide_text(texts, parts.patch.blocks if parts.blocks else None)
    return Words(
        s="\n".join([mail.subject, *(inner.subject for inner in enclosed)]),
        f=_write_senders(parts),
        t=_write_people(mail.to),
        c=_write_people(mail.cc),
        m="\n".join([*mail.message_ids, *(id_ for inner in enclosed for id_ in inner.message_ids)]),
        n="\n".join(part.filename for one in (mail, *enclosed) for part in one.body.attachments),
        nq=text.own,
        q=text.quoted,
        dfn=text.paths,
        dfa=text.removed,
        dfb=text.added,
        dfhh=text.functions,
        dfctx=text.context,
        dfpre=text.pre,
        dfpost=text.post,
        author=_write_author(parts),
        tag=_write_tags(parts, tags),
    )


def _read_enclosed(mail: Mail) -> Iterator[Mail]:
    """Yield the mails that a mail encloses, as a forward does, and those that they enclose."""
    waiting = [(raw, 1) for raw in reversed(mail.body.enclosed)]
    while waiting:
        raw, depth = waiting.pop()
        inner = read_mail(raw)
        if depth < MAX_NESTED:
            waiting += [(one, depth + 1) for one in reversed(inner.body.enclosed)]
        yield inner


def _write_people(people: Iterable[Address]) -> str:
    return "\n".join([f"{person.name} {person.email}" for person in people])


def _write_senders(parts: MailParts) -> str:
    """Return who sent a mail; where a list rewrote From, also what stands there."""
    rewritten = (parts.rewritten_from,) if parts.rewritten_from else ()
    return _write_people((parts.sender, *rewritten))


def _write_author(parts: MailParts) -> str:
    return _write_people([parts.author]) if parts.submits else ""


_SUBMISSIONS: Final = frozenset({"patch", "cover_letter", "pull_request"})


def _find_tags(message: Message, read: ReadGist) -> tuple[ReplyTrailer, ...]:
    """Return the tags of people that a mail gives which is no submission.

    A bot's mail gives none: `Reported-by: robot` is what it asks for.
    """
    if message.kind == "bot" or message.kind in _SUBMISSIONS:
        return ()
    found = parse_reply_trailers(message) if read.gist.own is None else read.trailers
    return tuple(one for one in found if one.address and one.standing == "given")


def _write_tags(parts: MailParts, given: Iterable[ReplyTrailer]) -> str:
    """Return the trailers of people that a submission has, or that any other mail gives."""
    borne = parts.trailers if parts.kind in _SUBMISSIONS else ()
    return "\n".join(
        [
            *(f"{one.name}: {one.value}" for one in borne if one.address),
            *(f"{one.name}: {one.value}" for one in given),
        ]
    )


def _find_change_id(parts: MailParts) -> str | None:
    return parts.change_id if parts.submits and "change-id:" in parts.body else None


MAX_HEAD: Final = 1 << 16
"""Bytes at the start of a mail in which the topmost Received is looked for."""


def _read_received(raw: bytes) -> int | None:
    """Return the time of the topmost Received, which `rt:` goes by, as in public-inbox."""
    start = 0 if raw.startswith(b"Received:") else raw.find(b"\nReceived:", 0, MAX_HEAD) + 1
    if start == 0 and not raw.startswith(b"Received:"):
        return None
    end = raw.find(b"\n", start)
    while 0 <= end < MAX_HEAD and raw[end + 1 : end + 2] in {b" ", b"\t"}:
        end = raw.find(b"\n", end + 1)
    stamp = raw[start:end].rpartition(b";")[2].decode("ascii", "replace")
    return _seconds(parse_date(" ".join(stamp.split()), ignore))


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _digest(message: Message, mail: Mail) -> bytes:
    """Return what tells whether two mails are one: equal on every list they were sent to.

    That is what `Message.content_key` tells, with the bytes of what is beside the text, but for the
    HTML of it, to which lists add their footer, too.
    """
    text = "\0".join([message.content_key(), *(one.hex() for one in mail.body.digests)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
