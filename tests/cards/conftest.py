"""Values of the sample inbox that have a card, and the hostile texts of the report tests."""

import pytest

from kvminbox import Hit, Inbox, SuggestedPatch, compare_series, review_all
from kvminbox.models import Copy, EpochUpdate, IndexUpdate
from kvminbox.remarks import follow_up
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import Tree, find_landings, landings_of


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
    remarks = list(follow_up(chain, messages))
    landings = list(find_landings(window, tree))
    return {
        "commit": next(tree.commits()), "landing": landings[0],
        "series-landing": landings_of(chain.series[1], landings),
        **kinds, "suggested": suggested, "chain": chain, "series": chain.series[1],
        "comparison": comparison, "patch-comparison": comparison.patches[0],
        "review": max(reviews, key=lambda review: len(review.tags) + len(review.applied)),
        "thread": max(window.threads(), key=lambda thread: len(thread.nodes)),
        "subject": patch.subject, "summary": window.summary(),
        "update": IndexUpdate(epochs=(EpochUpdate(inbox="kvm", epoch=0, before=None, after="a1",
                                                  added=5, removed=1),), unread=2, erased=False),
         "remark": remarks[0].remark, "follow-up": remarks[0],
         "hit": Hit(message=patch, copies=(copy,)),
    }  # fmt: skip
