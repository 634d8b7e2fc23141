"""What came in a period, in a few numbers."""

from collections.abc import Iterable
from typing import Final

from kvminbox.analysis.activity import Activity, arrival_of, count_activity
from kvminbox.analysis.result import Figure, Result, make_refs
from kvminbox.models import Corpus, Message
from kvminbox.models.corpus import check_corpus
from kvminbox.order import each_once

_KINDS: Final = {
    "patches": frozenset({"patch"}),
    "cover letters": frozenset({"cover_letter"}),
    "pull requests": frozenset({"pull_request"}),
    "replies": frozenset({"reply", "reply_with_patch"}),
    "bot mails": frozenset({"bot"}),
    "other mails": frozenset({"discussion", "patch_unmarked"}),
}
"""Each kind of message is in one of these."""


class Overview(Result):
    """The result of `compute_overview`: figures, and when the mails came."""

    activity: Activity = Activity()
    """The mails by the day on which they arrived."""


def compute_overview(corpus: Corpus) -> Overview:
    """Count the mails of a corpus by their kinds, and their senders and threads.

    The kinds add up to all messages, of which one archived twice counts once. Senders are told
    apart by address, else by name. A series or
    thread is represented by its first message.
    """
    check_corpus(corpus)
    messages = list(each_once(corpus.messages()))
    kinds = (
        _count(label, (mail for mail in messages if mail.kind in kinds))
        for label, kinds in _KINDS.items()
    )
    senders = {mail.sender.key for mail in messages if mail.kind != "bot"} - {""}
    threads = (thread.messages for thread in corpus.threads())
    return Overview(
        title="Overview",
        figures=(
            Figure(label="messages", count=len(messages)),
            *kinds,
            Figure(label="senders, not counting bots", count=len(senders)),
            _count("series and lone patches", (one.messages[0] for one in corpus.series())),
            _count("threads", (found[0] for found in threads if found)),
        ),
        activity=count_activity(map(arrival_of, messages)),
    )


def _count(label: str, messages: Iterable[Message]) -> Figure:
    found = make_refs(messages)
    return Figure(label=label, count=len(found), messages=found)
