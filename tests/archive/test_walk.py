"""The commits of a range, over histories that are written down as `child: parents`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.archive import Commit, walk_commits
from kvminbox.errors import RangeError


class Graph:
    """A history of letters, `Graph(a="", b="a", c="ab")`, of which some are cut off."""

    def __init__(self, shallow="", **parents):
        self.parents = parents
        self.shallow = frozenset(shallow)

    def read_commit(self, oid):
        """Return a commit by its letter."""
        return Commit(oid, "tree", tuple(self.parents[oid]), 0)

    def read_parent(self, commit, parent):
        """Return one of a commit's parents."""
        assert parent in commit.parents
        return self.read_commit(parent)

    def ancestors(self, oid):
        """Return a commit and all before it."""
        return {oid}.union(*(self.ancestors(parent) for parent in self.parents[oid]))


LINE = Graph(a="", b="a", c="b", d="c")
DIAMOND = Graph(a="", b="a", c="b", d="b", e="cd", f="e")


@pytest.mark.parametrize(
    ("graph", "tip", "base", "ids"),
    [
        (LINE, "d", None, "dcba"),
        (LINE, "d", "a", "dcb"),
        (LINE, "d", "c", "d"),
        (LINE, "a", None, "a"),
        (LINE, "c", "c", ""),
        (DIAMOND, "f", None, "fedcba"),
        (DIAMOND, "f", "a", "fedcb"),
        (DIAMOND, "f", "b", "fedc"),
        (DIAMOND, "f", "c", "fed"),
        (DIAMOND, "f", "d", "fec"),
        (DIAMOND, "f", "e", "f"),
        (DIAMOND, "e", "c", "ed"),
        (DIAMOND, "c", "a", "cb"),
        (Graph(a="", b="", c="ab"), "c", None, "cba"),
        (Graph(a="", b="a", c="a", d="a", e="bcd"), "e", "a", "edcb"),
        # a beginning may be called cut off, too
        (Graph("a", a="", b="a", c="a", d="bc"), "d", None, "dcba"),
        # what lies below a base that is cut off is not asked for
        (Graph("b", b="a", c="b", d="b", e="cd"), "e", "b", "edc"),
    ],
)
def test_what_a_range_holds(graph, tip, base, ids):
    """A range is what the tip reaches and the base does not, the newest first."""
    assert "".join(commit.id for commit in walk_commits(graph, tip, base)) == ids


@pytest.mark.parametrize(
    ("graph", "tip", "base"),
    [
        (LINE, "a", "d"),
        (LINE, "b", "c"),
        (DIAMOND, "c", "d"),
        (DIAMOND, "e", "f"),
        (Graph(a="", b="a", c="a", d="bc", x="a"), "d", "x"),
        (Graph(a="", b="a", c="a", d="bc", e="d", x=""), "e", "x"),
    ],
)
def test_a_base_that_is_no_ancestor(graph, tip, base):
    """A base that the tip does not reach is refused, by the names that were given."""
    with pytest.raises(RangeError) as caught:
        list(walk_commits(graph, tip, base))
    cure = "give the older commit first, as in git's A..B"
    assert str(caught.value) == f"{base} is not an ancestor of {tip}; {cure}"


@st.composite
def graphs(draw):
    """Return a graph of which each commit has up to three of those before it as parents."""
    parents = {"a": ""}
    for name in "bcdefgh"[: draw(st.integers(0, 7))]:
        some = st.lists(st.sampled_from(sorted(parents)), max_size=3, unique=True)
        parents[name] = "".join(draw(some))
    return Graph(**parents)


@given(graphs(), st.data())
def test_any_graph(graph, data):
    """Any range of any graph holds each commit once, and none before one of its children."""
    tip = data.draw(st.sampled_from(sorted(graph.parents)))
    reached = graph.ancestors(tip)
    base = data.draw(st.one_of(st.none(), st.sampled_from(sorted(reached))))
    found = [commit.id for commit in walk_commits(graph, tip, base)]
    assert sorted(found) == sorted(reached - (graph.ancestors(base) if base else set()))
    for child in found:
        for parent in set(graph.parents[child]) & set(found):
            assert found.index(child) < found.index(parent)
