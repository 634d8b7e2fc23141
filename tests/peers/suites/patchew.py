"""Patchew's mails: what its tests expect of them, as values that suites.toml holds."""

import gzip
import re

from kvminbox import Submission, group_series, read_message
from kvminbox.review import review_all
from kvminbox.versions import link_series

_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n))From [^\n]*\n(?=[A-Z][A-Za-z-]*:)")


def read_mails(path):
    """Return the mails of one of its files; their From lines have no date that git knows."""
    data = gzip.decompress(path.read_bytes())
    return list(filter(None, _SEPARATOR.split(data)))


def compare_facts(folder, expected):
    """Yield each file with expected facts, and which ours differ from."""
    for name, facts in expected.items():
        found = read_facts(read_mails(folder / "tests/data" / name))
        yield f"{name} facts", [key for key, value in facts.items() if found[key] != value]


def read_facts(mails):
    """Return what its tests ask about some mails, as our models have it."""
    messages = [read_message(raw) for raw in mails]
    chains = link_series(group_series(messages))
    series = [one for chain in chains for one in chain.series]
    submitted = [one for one in messages if isinstance(one, Submission)]
    first = next(iter(submitted), messages[0])
    tags = {tag.name for review in review_all(series, messages) for tag in review.tags}
    tags |= {trailer.name for one in submitted for trailer in one.trailers}
    return {
        "chains": [[one.revision for one in chain.series] for chain in chains],
        "series": [[one.revision, one.total, len(one.patches)] for one in series],
        "complete": [one.status == "complete" for one in series],
        "replies": sum(one.kind == "reply" for one in messages),
        "kind": first.kind,
        "files": len(first.diffstat.files) if submitted else 0,
        "insertions": first.diffstat.insertions if submitted else 0,
        "deletions": first.diffstat.deletions if submitted else 0,
        "sender": first.sender.email,
        "tags": sorted({name.lower() for name in tags}),
        "recipients": len(first.to) + len(first.cc),
    }
