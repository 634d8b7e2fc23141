"""A subject line as a card."""

from typing import TYPE_CHECKING

from kvminbox.models.cards.html import card, chip, dim, escape, facts, heading, inline

if TYPE_CHECKING:
    from kvminbox.models.subject import Subject


def show_subject(subject: "Subject") -> str:
    """Show the title, and each word of the brackets with what it says."""
    tokens = " ".join(
        f"{chip(token.text)} {dim(escape(token.kind))}" for token in subject.tokens[:20]
    )
    return card(
        heading(subject.title, [chip("reply")] if subject.is_reply else []),
        facts([
            ("tokens", tokens),
            ("revision", f"{subject.revision}{_source(subject.revision_stated)}"),
            ("number", f"{subject.counter} of {subject.total}{_source(subject.counter_stated)}"),
            ("as written", inline(subject.raw)),
        ]),
    )  # fmt: skip


def _source(is_stated: bool) -> str:
    return "" if is_stated else " (inferred)"
