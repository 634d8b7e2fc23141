"""What became of a series, as a card."""

from typing import TYPE_CHECKING

from kvminbox.models.cards.html import card, chip, code, dim, facts, heading, inline, label, table
from kvminbox.models.cards.words import show_evidence, write_day, write_name, write_wait

if TYPE_CHECKING:
    from kvminbox.models.review import Applied, GivenTag, SeriesReview


def show_review(review: "SeriesReview") -> str:
    """Show tags and waits; an open wait is written as one."""
    chips = [chip(f"v{review.series.revision}"), *_states(review)]
    tags = [_tag_row(tag) for tag in review.tags]
    return card(
        heading(review.series.title, chips),
        facts([
            ("first reply", inline(write_wait(review.first_reply))),
            ("first tag", inline(write_wait(review.first_tag))),
            ("next version", inline(write_wait(review.next_revision))),
            ("replies by somebody else", str(review.replies)),
            ("patches without a tag", _numbers(review.untagged) or "none"),
        ]),
        table(("tag", "by", "for.", "date."), tags, "tag") if tags else "",
        label("applied") + "".join(map(_applied, review.applied[:12])) if review.applied else "",
        show_evidence(review.evidence),
    )  # fmt: skip


def _states(review: "SeriesReview") -> list[str]:
    superseded = [chip("superseded")] if review.superseded else []
    return superseded + ([chip("applied, a mail says", "good")] if review.applied else [])


def _numbers(numbers: tuple[int, ...]) -> str:
    more = f" and {len(numbers) - 20} more" if len(numbers) > 20 else ""
    return ", ".join(map(str, numbers[:20])) + more


def _tag_row(tag: "GivenTag") -> list[str]:
    carried = f" from v{tag.carried_from}" if tag.carried_from is not None else ""
    doubt = " " + chip("written by another", "odd") if tag.self_attested is False else ""
    scope = "series" if tag.scope == "series" else _numbers(tag.patches)
    return [
        inline(tag.name), inline(write_name(tag.person)) + doubt,
        inline((scope or "nothing new") + carried), write_day(tag.date),
    ]  # fmt: skip


def _applied(applied: "Applied") -> str:
    where = f" to {inline(applied.tree)}" if applied.tree else ""
    commits = " ".join(code(commit) for commit in applied.commits[:5])
    who = f"{inline(write_name(applied.by))}{where}, {write_day(applied.date)}"
    return f"<div>{who} {dim(inline(applied.evidence))} {commits}</div>"
