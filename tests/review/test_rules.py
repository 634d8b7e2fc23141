"""Each rule of a table is needed by the sentence that stands beside it, and no other has it."""

import pytest

from kvminbox.review import authors
from kvminbox.review.applied import Author, read_applied


@pytest.mark.parametrize("example", [example for example, _ in authors.NEXT_VERSIONS])
def test_what_an_author_says_of_a_next_version_is_no_claim(example, monkeypatch):
    """The words are a maintainer's claim, and the author's but for the rule beside them."""
    assert read_applied([example], commits=True)
    assert not read_applied([example], author=Author(), commits=True)
    rules = [one for one in authors.NEXT_VERSIONS if one[0] != example]
    monkeypatch.setattr(authors, "NEXT_VERSIONS", rules)
    assert read_applied([example], author=Author(), commits=True)
