"""The name of a list, as its mails bear it."""

from collections import Counter
from collections.abc import Iterable

from kvminbox.models import Message


def name_list(messages: Iterable[Message]) -> str:
    """Return the first word of the commonest List-Id: `kvm` for `kvm.vger.kernel.org`.

    Empty where no mail has one.
    """
    return name_by_ids(Counter(message.list_id for message in messages if message.list_id))


def name_by_ids(counts: Counter[str]) -> str:
    """Return the same for List-Ids that were counted; of several alike, the last by bytes."""
    most = max(counts, key=lambda one: (counts[one], one.encode()), default="")
    return most.partition(".")[0]
