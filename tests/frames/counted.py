"""How many rows each table must have, counted from the models and by other code."""

from kvminbox import (
    CoverLetter,
    Patch,
    PullRequest,
    group_series,
    group_threads,
    link_series,
    review_all,
)
from kvminbox.review.names import split_name


def count_rows(messages):
    """Return the number of rows of each table for some whole mails."""
    series = [one for chain in link_series(group_series(messages)) for one in chain.series]
    reviews = review_all(series, messages)
    patches = [mail for mail in messages if isinstance(mail, Patch)]
    borne = [
        name
        for mail in messages
        if isinstance(mail, Patch | CoverLetter | PullRequest)
        for trailer in mail.trailers
        for name in split_name(trailer.name)
    ]
    return {
        "messages": len(messages),
        "patches": len(patches),
        "files": sum(len(patch.diffstat.files) for patch in patches),
        "threads": sum(len(thread.nodes) for thread in group_threads(messages)),
        "series": len(series),
        "members": sum(len(one.messages) + len(one.duplicates) for one in series),
        "trailers": len(borne) + sum(len(review.tags) for review in reviews),
        "decisions": sum(
            len(one.applied) + len(one.refusals) + len(one.withdrawals) for one in reviews
        ),
    }
