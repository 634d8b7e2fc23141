"""Series are linked without their mails as they are with them."""

import pickle
import random

import pytest

from kvminbox import Inbox, group_series, link_series
from kvminbox.models import Message
from kvminbox.sample import make_sample
from kvminbox.versions.chains import link_facts
from kvminbox.versions.facts import Facts
from tests.series.posting import post_all
from tests.series.shapes import SHAPES
from tests.series.test_any_list import write_any


def detach(series):
    """Return the facts of some series, as another process gets them."""
    known = {}
    return pickle.loads(pickle.dumps([Facts(one).detach(known) for one in series]))


def check_detached(mails):
    """Check that series without their mails are linked as whole ones; count the links."""
    series = group_series(mails)
    expected = link_series(series, replies=mails)
    found = list(link_facts(detach(series), replies=mails))
    assert [one.links for one in found] == [chain.links for chain in expected]
    for one, chain in zip(found, expected, strict=True):
        for linked, whole in zip(one.series, chain.series, strict=True):
            assert linked.facts.ref == whole.ref
            assert (linked.previous, linked.next) == (whole.previous, whole.next)
            assert (linked.near, linked.depends_on) == (whole.chain, whole.depends_on)
    return sum(len(chain.links) for chain in expected)


def test_known_shapes_are_linked_without_their_mails():
    """Each known shape of a series is linked by its facts alone."""
    for table, *_ in SHAPES.values():
        check_detached(post_all(table))


@pytest.mark.parametrize("seed", range(0, 60, 5))
def test_random_mails_are_linked_without_their_texts(seed):
    """Of random mails, too."""
    chance = random.Random(seed)
    check_detached([write_any(chance, number) for number in range(14)])


def test_the_sample_is_linked_by_facts_that_hold_no_mail(tmp_path):
    """The sample's revisions are linked by facts that refer to no mail, nor to a text."""
    mails = list(Inbox.open(make_sample(tmp_path / "kvm")).between(None).messages())
    assert check_detached(mails) > 0
    for facts in detach(group_series(mails)):
        values = vars(facts).values()
        assert "series" not in vars(facts)
        assert not any(isinstance(one, Message) for one in (*values, *facts.shapes.values()))
        assert len(pickle.dumps(facts)) < 4_000
