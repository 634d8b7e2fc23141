"""What became of a list's patches in the trees of their code: offline, in bulk, with reasons."""

from kvminbox.models import Backport, Commit, Fix, Landing, PatchRef, SeriesLanding
from kvminbox.upstream.backports import find_backports, find_fixes
from kvminbox.upstream.landings import LandingIndex, find_landings, landings_of
from kvminbox.upstream.tree import Tree

__all__ = [
    "Backport",
    "Commit",
    "Fix",
    "Landing",
    "LandingIndex",
    "PatchRef",
    "SeriesLanding",
    "Tree",
    "find_backports",
    "find_fixes",
    "find_landings",
    "landings_of",
]
