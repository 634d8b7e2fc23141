"""Cards of accounts: of what an update did, and of the commits of a window."""

from kvminbox.cards.html import card, chip, facts, heading, inline, table
from kvminbox.models import IndexUpdate, Summary
from kvminbox.models.base import show_card
from kvminbox.words import count_things


@show_card.register
def show_update(update: IndexUpdate) -> str:
    """Show what came and went, epoch by epoch."""
    rows = [
        [
            inline(one.inbox),
            f"{one.epoch}",
            f"{one.added:,}",
            f"{one.removed:,}" if one.removed else "",
        ]
        for one in update.epochs
    ]
    title = f"{update.added:,} added" if rows else "nothing new"
    return card(
        heading(title, [chip("update")]),
        table(("inbox", "epoch.", "added.", "removed."), rows, "epoch") if rows else "",
        facts([
            ("mails that could not be read", f"{update.unread:,}" if update.unread else ""),
            ("removed content", "" if update.erased else "is erased by a later update"),
        ]),
    )  # fmt: skip


@show_card.register
def show_summary(summary: Summary) -> str:
    """Show what each commit of a window is, those kinds that there are."""
    counts = [
        ("mails", summary.messages), ("deletions", summary.deletions), ("purged", summary.purged),
        ("without a change", summary.unchanged), ("that can't be read", summary.problems),
        ("mails that the window deletes", summary.hidden),
    ]  # fmt: skip
    return card(
        heading(count_things(summary.commits, "commit"), [chip("summary")]),
        facts([(name, f"{count:,}" if count else "") for name, count in counts]),
    )
