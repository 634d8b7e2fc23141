"""What became of a list's patches in the trees of their code: offline, in bulk, with reasons."""

from kvminbox.models import Commit, Landing, PatchRef, SeriesLanding
from kvminbox.upstream.landings import LandingIndex, find_landings, landings_of
from kvminbox.upstream.tree import Tree

__all__ = [
    "Commit",
    "Landing",
    "LandingIndex",
    "PatchRef",
    "SeriesLanding",
    "Tree",
    "find_landings",
    "landings_of",
]
