"""The names of the lists that mails are of."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from kvminbox.models import Message

_NAMED: Final = 3
"""Lists that a name has at most; of more, all but two are counted."""


def name_list(
    messages: Iterable[Message], lists: Iterable[str] = (), silent: Iterable[str] = ()
) -> str:
    """Return the name of the list that some mails are of, or the names of several lists.

    Args:
        messages: the mails.
        lists: the List-Ids of the inboxes that they are from, as `find_lists` returns them;
            without any, the commonest List-Id of the mails is taken for that of the one inbox.
        silent: the List-Ids of further inboxes that were asked for and have no mail among them.
    """
    ids = Counter(message.list_id for message in messages if message.list_id)
    return name_by_ids(ids, lists, silent)


def name_by_ids(counts: Counter[str], lists: Iterable[str] = (), silent: Iterable[str] = ()) -> str:
    """Return the same for List-Ids that were counted; of several alike, the last by bytes.

    A list is called by the first word of its List-Id: `kvm` for `kvm.vger.kernel.org`. Empty
    where no mail has one. A list of which no mail is here is not named, unless it is among the
    silent ones, and neither is one that is no inbox's: mails that went to it, too, may be from
    another list's inbox.

    >>> name_by_ids(Counter({"kvm.ada.example": 2, "arm.ada.example": 1}))
    'kvm'
    >>> name_by_ids(Counter({"b.example": 2, "a.example": 1}), ["a.example", "b.example"])
    'a and b'
    >>> name_by_ids(Counter({"a.example": 1}), ["a.example"], ["b.example"])
    'a and b'
    """
    known = [one for one in lists if counts[one]]
    if not known:
        most = max(counts, key=lambda one: (counts[one], one.encode()), default="")
        return most.partition(".")[0]
    names = [*name_each([*known, *silent]).values()]
    if len(names) > _NAMED:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def name_each(lists: Iterable[str]) -> dict[str, str]:
    """Return what each of several lists is called; those of one name by their List-Ids.

    >>> name_each(["kvm.a.example", "arm.a.example", "arm.b.example"])
    {'kvm.a.example': 'kvm', 'arm.a.example': 'arm.a.example', 'arm.b.example': 'arm.b.example'}
    """
    words = {one: one.partition(".")[0] for one in lists}
    counts = Counter(words.values())
    return {one: word if counts[word] == 1 else one for one, word in words.items()}
