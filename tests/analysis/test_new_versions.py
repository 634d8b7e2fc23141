"""Which links of a chain are compared."""

import pytest

from kvminbox import group_series, link_series
from kvminbox.analysis import compute_new_versions
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.inbox import MailList
from kvminbox.reports import new_versions
from kvminbox.versions.before import find_compared, list_passed
from tests.versions.test_version_parts import FIVE, lone
from tests.versions.version_mails import make_series


class Mails:
    """A corpus of some messages."""

    base = tip = ""

    def __init__(self, messages):
        self.kept = messages

    def messages(self, *, progress=None):
        """Yield the messages."""
        del progress
        return iter(self.kept)


def test_a_later_version_without_an_older_one_is_counted():
    """A short window holds hardly any older version, and "1 new version" would be taken for all."""
    first = make_series("PATCH", "all", 0, FIVE)
    second = make_series("PATCH v2", "all2", 2, FIVE)
    other = lone("PATCH v3", "one", "a@doe.example", 0)
    whole = new_versions(MailList([*first, *second, other]))
    assert (len(whole.result.versions), whole.result.without_older) == (1, 1)
    told = "Of 1 more the version before is not among these mails."
    assert told in whole.to_text()
    assert told in whole.to_html()
    short = new_versions(MailList([*second, other]))
    assert (short.result.versions, short.result.without_older) == ((), 2)
    assert "Of 2 the version before is not among these mails." in short.to_text()
    alone = new_versions(MailList(first))
    assert "the version before" not in alone.to_text()


def test_a_series_is_compared_with_the_one_before_only():
    """A series that took in two lone patches is one new version, not two."""
    mails = [
        lone("PATCH", "one", "a@doe.example", 0),
        lone("PATCH", "four", "b@doe.example", 1),
        *make_series("PATCH", "all", 5, FIVE),
    ]
    (version,) = compute_new_versions(Snapshot(Mails(mails))).versions
    assert version.previous.message_id == "b@doe.example"
    verdicts = [patch.verdict for patch in version.patches]
    assert verdicts == ["added", "added", "added", "code_changed", "added"]


def test_a_cover_letter_that_was_sent_twice_is_compared_with_nothing():
    """The patches of v2 came with its second cover letter, and are compared with those of v1."""
    old = make_series("PATCH", "one", 0, FIVE)
    bare = make_series("PATCH v2", "two", 5, FIVE)[:1]
    new = make_series("PATCH v2", "three", 5.01, FIVE, code="2")
    (version,) = compute_new_versions(Snapshot(Mails([*old, *bare, *new]))).versions
    assert version.series.message_id == "three-0@doe.example"
    assert version.previous.message_id == "one-0@doe.example"
    assert {patch.verdict for patch in version.patches} == {"code_changed"}
    assert "title and sender are the same" in version.reasons


def test_a_cover_letter_whose_patches_never_came_is_passed_over_by_the_next():
    """The v3 after a v2 of which only the cover letter is here is compared with v1."""
    old = make_series("PATCH", "one", 0, FIVE)
    bare = make_series("PATCH v2", "two", 5, FIVE)[:1]
    new = make_series("PATCH v3", "three", 9, FIVE, code="2")
    newest, *_ = compute_new_versions(Snapshot(Mails([*old, *bare, *new]))).versions
    assert (newest.series.revision, newest.previous.revision) == (3, 1)
    assert {patch.verdict for patch in newest.patches} == {"code_changed"}


def test_a_version_of_which_only_the_cover_letter_is_here_is_named():
    """A v3 that is compared with v1 says why, and that of v2 the patches are not here."""
    old = make_series("PATCH", "one", 0, FIVE)
    bare = make_series("PATCH v2", "two", 5, FIVE)[:1]
    new = make_series("PATCH v3", "three", 9, FIVE, code="2")
    told = "of v2 only the cover letter is here"
    assert told in new_versions(MailList([*old, *bare, *new])).to_text()
    assert "only the cover letter" not in new_versions(MailList([*old, *new])).to_text()
    (chain,) = link_series(group_series([*old, *bare, *new]))
    assert [one.ref.message_id for one in list_passed(chain, chain.series[-1])] == [
        "two-0@doe.example"
    ]
    assert list_passed(chain, chain.series[0]) == []


@pytest.mark.parametrize(("label", "hours"), [("PATCH", 0.1), ("PATCH v2", 9)])
def test_nothing_is_compared_with_a_cover_letter_alone(label, hours):
    """Where only a cover letter came before, sent again or of v1, not all patches are added."""
    bare = make_series("PATCH", "one", 0, FIVE)[:1]
    new = make_series(label, "two", hours, FIVE)
    assert compute_new_versions(Snapshot(Mails([*bare, *new]))).versions == ()
    (chain,) = link_series(group_series([*bare, *new]))
    older, newer = chain.series
    assert newer.previous == older.ref
    assert find_compared(chain, newer) is None
    (chain,) = link_series(group_series([*bare, new[0]]))
    assert find_compared(chain, chain.series[-1]) is None  # nor two cover letters


def test_only_cover_letters_are_compared_as_they_are():
    """Where no version's patches are here, the next cover letter follows the one before."""
    covers = [make_series(f"PATCH v{n}", f"c{n}", 5 * n, FIVE)[0] for n in (1, 2)]
    (version,) = compute_new_versions(Snapshot(Mails(covers))).versions
    assert (version.series.revision, version.previous.revision, version.patches) == (2, 1, ())
