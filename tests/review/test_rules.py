"""Each rule of a table is needed by the sentence beside it: without the rule, that is a claim."""

import pytest

from kvminbox.review import authors, deeds, doubts
from kvminbox.review.applied import Author, read_applied
from kvminbox.review.phrases import find_claims

TABLES = [(deeds, "OTHER_DEEDS"), (doubts, "DOUBTFUL")]


def _example(rule):
    return rule[0] if isinstance(rule, tuple) else rule.example


def _without(table, example):
    return [one for one in table if _example(one) != example]


@pytest.mark.parametrize("example", [example for example, *_ in authors.NEXT_VERSIONS])
def test_what_an_author_says_of_a_next_version_is_no_claim(example, monkeypatch):
    """The words are a maintainer's claim, and the author's but for the rule beside them."""
    assert read_applied([example], commits=True)
    assert not read_applied([example], author=Author(), commits=True)
    rules = _without(authors.NEXT_VERSIONS, example)
    monkeypatch.setattr(authors, "NEXT_VERSIONS", rules)
    assert read_applied([example], author=Author(), commits=True)


@pytest.mark.parametrize(
    ("room", "name", "example"),
    [(room, name, one.example) for room, name in TABLES for one in getattr(room, name)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_rule_takes_back_is_a_claim_without_it(room, name, example, monkeypatch):
    """The sentence beside a rule claims nothing, and would but for this rule."""
    assert not list(find_claims(example))
    monkeypatch.setattr(room, name, _without(getattr(room, name), example))
    assert list(find_claims(example))
