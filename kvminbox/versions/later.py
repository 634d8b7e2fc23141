"""What a sender says later, in an answer, of what a series supersedes.

In QEMU's practice a forgotten `Supersedes: <id>` is sent as an answer to the new series.
"""

from collections.abc import Iterable

from kvminbox.models import Message
from kvminbox.order import parent_ids
from kvminbox.trailers import is_same_person
from kvminbox.versions.facts import Facts
from kvminbox.versions.mentions import Superseded, find_superseded


def read_later(replies: Iterable[Message], series: list[Facts]) -> dict[str, list[Superseded]]:
    """Return what answers say, by the id of the series' mail that each is an answer to.

    Only the sender of that series counts: anybody may write such a line.
    """
    found: dict[str, list[Superseded]] = {}
    owners: dict[str, Facts] = {}
    for reply in replies:
        if not (said := find_superseded([reply])):
            continue
        owners = owners or {identity: facts for facts in series for identity in facts.ids}
        for identity in reversed(parent_ids(reply)):
            if identity in owners:
                if is_same_person(reply.sender, owners[identity].sender):
                    found.setdefault(identity, []).append(said)
                break
    return found
