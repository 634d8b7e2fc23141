"""What became of a list's patches in the trees of their code: offline, in bulk, with reasons.

>>> from kvminbox import Inbox
>>> from kvminbox.sample import make_sample, make_sample_tree
>>> window = Inbox.open(make_sample()).between(None)
>>> for landing in find_landings(window, Tree.open(make_sample_tree())):
...     print(landing.commit[:7], landing.relation, landing.message.message_id, landing.release)
01b3469 applied timer-v2-1@silicon.example v6.16-rc1
3d900ba applied timer-v2-2@silicon.example v6.16-rc1
a7c55ca edited dirty-1@cloud.example v6.16-rc1
687ce13 applied mmu-1@silicon.example v6.16-rc1
def5b7d revert mmu-1@silicon.example None
"""

from kvminbox.upstream.backports import find_backports, find_fixes
from kvminbox.upstream.landings import LandingIndex, find_landings, landings_of
from kvminbox.upstream.releases import ReleaseSpan, find_release_span
from kvminbox.upstream.tree import Tree

__all__ = [
    "LandingIndex",
    "ReleaseSpan",
    "Tree",
    "find_backports",
    "find_fixes",
    "find_landings",
    "find_release_span",
    "landings_of",
]
