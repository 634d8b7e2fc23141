"""Values of the sample inbox that have a card, and the hostile texts of the report tests."""

import pytest

from kvminbox import Hit, Inbox, SuggestedPatch, compare_series, review_all
from kvminbox.models import Copy
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import LandingIndex, Tree, find_landings


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    """The whole sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("cards"))).between(None)


@pytest.fixture(scope="session")
def values(window, tmp_path_factory):
    """One value of each class that has a card, by name."""
    messages = list(window.messages())
    kinds = {message.kind: message for message in messages}
    chain = next(chain for chain in window.chains() if len(chain.series) > 1)
    comparison = compare_series(*chain.series)
    patch = kinds["patch"]
    copy = Copy(inbox="kvm", entry=patch.entry, list_id=None, shown=False)
    suggested = next(message for message in messages if isinstance(message, SuggestedPatch))
    reviews = review_all(chain.series, messages)
    tree = Tree.open(make_sample_tree(tmp_path_factory.mktemp("tree")))
    landings = LandingIndex(find_landings(window, tree))
    landing = landings.landings[0]
    return {
        "commit": next(one for one in tree.commits() if one.id == landing.commit),
        "landing": landing, "series-landing": landings.of_series(chain.series[1]),
        **kinds, "suggested": suggested, "chain": chain, "series": chain.series[1],
        "comparison": comparison, "patch-comparison": comparison.patches[0],
        "review": max(reviews, key=lambda review: len(review.tags) + len(review.applied)),
        "thread": max(window.threads(), key=lambda thread: len(thread.nodes)),
        "subject": patch.subject, "hit": Hit(message=patch, copies=(copy,)),
    }  # fmt: skip
