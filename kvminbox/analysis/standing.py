"""How far one series has come: its state on a board, or why it is on none."""

from collections.abc import Iterable
from typing import Final, Literal

from kvminbox.analysis.board import is_quiet_backport
from kvminbox.analysis.board_state import BOARD_STATES, BoardState, judge_series
from kvminbox.models import Chain, FollowUp, Message, Model, PullRequest, Series, SeriesRef
from kvminbox.models.review import SeriesReview
from kvminbox.review import review_all
from kvminbox.review.committers import Committers
from kvminbox.review.part import join_applied, tell_applied, tell_pulled

StandingState = Literal[BoardState, "superseded", "pull_request", "backport"]
"""The states of a board, and what it does not list."""

STANDINGS: Final[dict[str, str]] = {
    **dict[str, str](BOARD_STATES.items()),
    "superseded": "superseded",
    "pull_request": "a pull request",
    "backport": "a backport for stable trees",
}
"""What each is called."""


class Standing(Model):
    """How far a series has come, as far as the mails tell that it was looked for in."""

    state: StandingState
    """Its state on a board; or `superseded`, `pull_request` or `backport`, which none lists."""

    evidence: tuple[str, ...] = ()
    """Why, and what else is known, in words."""

    next: SeriesRef | None = None
    """The version that supersedes it."""


def review_in_chain(chain: Chain, series: Series, messages: Iterable[Message]) -> SeriesReview:
    """Return the review of a series, with what the versions before and pull requests tell.

    Who commits can't be told from few mails, so that of doubtful words less is believed.

    Args:
        chain: the chain that holds the series, and the versions around it.
        series: the series.
        messages: the mails in which answers and pull requests are looked for.
    """
    place = next(place for place, one in enumerate(chain.series) if one.ref == series.ref)
    return review_all([*chain.series[:place], series], messages, committers=Committers())[-1]


def find_standing(series: Series, review: SeriesReview, follow_ups: Iterable[FollowUp]) -> Standing:
    """Return how far a series has come.

    Args:
        series: the series.
        review: its review.
        follow_ups: what became of the remarks on it.
    """
    if review.superseded:
        told = [tell_applied(one, series.numbers, series.total)
                for one in join_applied(review.applied)]  # fmt: skip
        told += [tell_pulled(one, series.numbers, series.total) for one in review.pulled]
        return Standing(state="superseded", evidence=tuple(told), next=series.next)
    if isinstance(series.cover, PullRequest):
        return Standing(state="pull_request", evidence=("it asks to pull, not for a review",))
    if is_quiet_backport(series, review):
        return Standing(state="backport", evidence=("nobody has answered or tagged it",))
    remarks = [(one.remark, one.answered) for one in follow_ups]
    state, evidence = judge_series(series, review, remarks)
    return Standing(state=state, evidence=evidence)
