"""Who is somebody else: neither a series' sender nor a program."""

from kvminbox.models import Address, Message, Series
from kvminbox.trailers import is_same_person


def is_somebody_else(message: Message, series: Series) -> bool:
    """Whether a mail is by a person other than the series' sender, by address and name.

    A person with two addresses and two spellings of the name is two people here.
    """
    return message.kind != "bot" and is_other(message.sender, series.sender)


def is_other(person: Address, sender: Address) -> bool:
    """Whether two addresses are of different people, as far as they tell."""
    if person.email.lower() == sender.email.lower():
        return False
    return not is_same_person(person, sender)


def person_key(person: Address) -> str:
    """Give what tells people apart in one series: the address, else the name."""
    return person.email.lower() or person.name.casefold()
