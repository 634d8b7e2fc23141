"""Cards of corpora: how many mails, of which kinds, and of which time."""

from collections import Counter
from collections.abc import Sequence, Sized

from kvminbox.cards.html import card, chip, day_text, facts, heading, inline
from kvminbox.dates import name_window
from kvminbox.models import AnyMessage, Corpus, find_left_out
from kvminbox.words import count_things


def show_corpus(corpus: Corpus, sort: str, mails: Sequence[AnyMessage] | None = None) -> str:
    """Show where a corpus begins and ends; of mails that are in memory, their kinds and days.

    Args:
        corpus: the corpus, no mail of which is read.
        sort: what it is, in a word.
        mails: its mails, where they are in memory.
    """
    counted = Counter(mail.kind for mail in mails or ())
    kinds = [f"{kind.replace('_', ' ')} {count:,}" for kind, count in counted.most_common()]
    dates = [mail.date for mail in mails or () if mail.date]
    days = [day_text(min(dates)), day_text(max(dates))] if dates else []
    span = " to ".join(dict.fromkeys(days))
    size = len(corpus) if isinstance(corpus, Sized) else None
    left_out = "; ".join(find_left_out(corpus).sentences)
    name = name_window(corpus.base, corpus.tip)
    return card(
        heading(name, [chip(sort)]),
        facts([
            ("holds", inline(_tell_size(size)) if size is not None else ""),
            ("kinds", inline(", ".join(kinds)) if kinds else ""),
            ("sent", inline(span) if span else ""),
            ("left out", inline(left_out) if left_out else ""),
        ]),
    )  # fmt: skip


def _tell_size(size: int) -> str:
    return count_things(size, "mail") if size else "no mail arrived in it, or none could be read"
