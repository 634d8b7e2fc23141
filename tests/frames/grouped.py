"""What grouping decides, to compare slim mails with whole ones."""

from kvminbox import group_series, group_threads, link_series, review_all
from kvminbox.frames.groups import Groups


def _key(message):
    return message and (message.entry.commit, message.entry.blob)


def _group(messages):
    """Return all that grouping decides, with mails named by their keys."""
    chains = link_series(group_series(messages), replies=messages)
    series = [one for chain in chains for one in chain.series]
    members = [
        (_key(one.cover), [*map(_key, one.patches)], [*map(_key, one.duplicates)]) for one in series
    ]
    facts = [
        one.model_copy(update={"cover": None, "patches": (), "duplicates": ()}) for one in series
    ]
    sizes = [(one.author, one.diffstat) for one in series]
    links = [chain.links for chain in chains]
    threads = [
        ([(_key(node.message), node.message_id, node.parent, node.depth) for node in thread.nodes],
         thread.evidence)
        for thread in group_threads(messages)
    ]  # fmt: skip
    return members, facts, sizes, links, review_all(series, messages), threads


def check_slim(messages):
    """Check that mails without texts form the same groups as the whole mails."""
    messages = list(messages)
    for slim, whole in zip(_group(Groups(messages).mails), _group(messages), strict=True):
        assert slim == whole
