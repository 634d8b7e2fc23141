"""Which ids join a message to others."""

import re

from kvminbox.models import Message

MAX_REFERENCES = 500
"""References that are followed of one message: the first and last, where there are more."""

_ANSWER = re.compile(r"[yn]|yes|no", re.IGNORECASE)


def parent_ids(message: Message) -> tuple[str, ...]:
    """Give the ids a message refers to, the farthest first and the parent last.

    As public-inbox orders them: References, then In-Reply-To where that is not among
    them. Left out are its own ids, and what git send-email's prompt once let people
    write instead of an id: `y`, `n`, and addresses of people in the mail itself.
    """
    found = dict.fromkeys((*message.references, *message.in_reply_to))
    if not found:
        return ()
    for own in (message.message_id, *message.other_message_ids):
        found.pop(own or "", None)
    odd = [identity for identity in found if "@" not in identity and _ANSWER.fullmatch(identity)]
    people = _people(message) if found.keys() & _people(message) else frozenset()
    kept = tuple(identity for identity in found if identity not in odd and identity not in people)
    if len(kept) > MAX_REFERENCES:
        return (*kept[: MAX_REFERENCES // 2], *kept[-MAX_REFERENCES // 2 :])
    return kept


def _people(message: Message) -> frozenset[str]:
    addresses = (message.sender, *message.to, *message.cc)
    return frozenset(address.email for address in addresses if address.email)
