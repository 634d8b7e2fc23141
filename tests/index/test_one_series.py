"""One series of an index: its versions and its review, without grouping the whole list."""

from datetime import timedelta

import pytest

from kvminbox import Inbox, Index, review_series
from kvminbox.analysis import Snapshot
from kvminbox.sample import make_sample
from tests.archive.git_archive import Archive
from tests.mails import MORNING, write_mail

DIFF = (
    "---\n lemon.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"
    "diff --git a/lemon.c b/lemon.c\n--- a/lemon.c\n+++ b/lemon.c\n"
    "@@ -1 +1 @@\n-off\n+on {number}\n"
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """An index of the sample inbox."""
    folder = tmp_path_factory.mktemp("sample")
    with Index.open(folder / "x.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(folder / "inbox")))
        yield index


@pytest.fixture
def archive(tmp_path):
    """An empty archive, into which `post` puts lone patches."""
    return Archive(tmp_path / "0.git")


def post(archive, number, subject, body, days, *, answers=None):
    """Commit a mail that is sent some days after the first."""
    sent = MORNING + timedelta(days=days)
    raw = write_mail(
        subject, body, ids=[f"lone-{number}@lemon.example"], sent=sent, in_reply_to=answers
    )
    archive.commit({"m": archive.blob(raw)}, seconds=int(sent.timestamp()))


def open_index(archive, *others):
    """Return an index of some archives."""
    index = Index.open(archive.path.parent / "x.sqlite", create=True)
    for one in (archive, *others):
        index.update(Inbox.open(one.path))
    return index


def test_chain_and_review_are_those_of_the_whole_list(sample):
    """Of each series of the sample both are what all mails together tell."""
    snapshot = Snapshot(sample)
    chains = list(snapshot.chains())
    for one, review in snapshot.reviews():
        identity = one.messages[-1].message_id
        chain = next(chain for chain in chains if one in chain.series)
        assert [other.ref for other in sample.chain_of(identity).series] == [
            other.ref for other in chain.series
        ]
        assert sample.review_of(identity) == review


def test_what_is_in_no_series_has_neither(sample):
    """A mail that is not there, and one that is about no series, have neither."""
    alone = next(mail for mail in sample.messages() if mail.kind == "discussion")
    for identity in ("none@lemon.example", alone.message_id):
        assert sample.series_about(identity) is None
        assert sample.chain_of(identity) is None
        assert sample.review_of(identity) is None


def test_a_reply_has_those_of_the_series_that_it_is_about(sample):
    """Series, chain and review of a reply are those of the mail that it answers."""
    places = {mail.message_id for one in sample.series() for mail in one.messages}
    replies = [mail for mail in sample.messages() if mail.kind == "reply"]
    told = [(mail.message_id, parent) for mail in replies for parent in mail.in_reply_to]
    told = [(mail, parent) for mail, parent in told if parent in places]
    assert len(told) > 3
    for mail, parent in told:
        assert sample.series_of(mail) is None
        assert sample.series_about(mail) == sample.series_of(parent)
        assert sample.chain_of(mail) == sample.chain_of(parent)
        assert sample.review_of(mail) == sample.review_of(parent)


def test_a_series_of_series_of_is_not_said_to_be_the_newest(sample):
    """Nobody looked for its versions, so whether it is superseded is not known."""
    series = sample.series_of("timer-v1-0@silicon.example")
    assert (series.next, series.chain) == (None, ())
    alone = review_series(series, sample.thread_of("timer-v1-0@silicon.example").messages)
    assert alone.superseded is None
    assert (alone.next_revision.seconds, alone.next_revision.open) == (None, True)
    review = sample.review_of("timer-v1-0@silicon.example")
    assert review.superseded
    assert review.next_revision.message_id == "timer-v2-0@silicon.example"
    assert sample.review_of("timer-v2-0@silicon.example").superseded is False


def test_a_later_version_of_another_title_is_found_by_its_file(archive):
    """Its sender's later patches to the same file are looked through, as the earlier ones are."""
    post(archive, 1, "[PATCH] lemon: squeeze fruits in the machine", DIFF.format(number=1), 1)
    post(archive, 2, "[PATCH v2] lemon: squeeze them in the machine", DIFF.format(number=2), 2)
    with open_index(archive) as index:
        for identity in ("lone-1@lemon.example", "lone-2@lemon.example"):
            chain = index.chain_of(identity)
            assert [one.revision for one in chain.series] == [1, 2]
        assert index.review_of("lone-1@lemon.example").superseded


def test_an_open_wait_ends_with_the_list_of_the_series(tmp_path):
    """A list that ended before another one of the index has not been waited for since."""
    first, second = Archive(tmp_path / "one" / "0.git"), Archive(tmp_path / "two" / "0.git")
    post(first, 1, "[PATCH] lemon: squeeze fruits", DIFF.format(number=1), 1)
    post(first, 2, "lemon: hello", "hello\n", 4)
    post(second, 3, "[PATCH] apple: cut", DIFF.format(number=3), 90)
    with open_index(first, second) as index:
        wait = index.review_of("lone-1@lemon.example").first_reply
        assert (wait.open, wait.seconds) == (True, timedelta(days=3).total_seconds())
        assert index.review_of("lone-3@lemon.example").first_reply.seconds == 0


@pytest.mark.parametrize("prefix", ["", "fruit: ", "fruit/"])
def test_a_pull_request_that_lists_the_patch_is_found(archive, prefix):
    """A pull request in another thread is found by the title in its shortlog, whatever prefix."""
    title = f"[PATCH] {prefix}lemon: squeeze fruits in the machine"
    post(archive, 1, title, DIFF.format(number=1), 1)
    body = (
        "The following changes since commit 1111111111111111111111111111111111111111:\n\n"
        "  Lemon 6.1 (2025-02-01 10:00:00 +0000)\n\n"
        "are available in the Git repository at:\n\n"
        "  https://git.lemon.example/lemon.git tags/lemon-1\n\n"
        "for you to fetch changes up to 2222222222222222222222222222222222222222:\n\n"
        "  lemon: squeeze fruits in the machine (2025-03-01 10:00:00 +0000)\n\n"
        "----------------------------------------------------------------\n"
        "Jane Doe (1):\n      lemon: squeeze fruits in the machine\n\n"
        " lemon.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n"
    )
    post(archive, 2, "[GIT PULL] lemon for 6.2", body, 5)
    with open_index(archive) as index:
        review = index.review_of("lone-1@lemon.example")
        assert [one.message_id for one in review.pulled] == ["lone-2@lemon.example"]
        assert review == next(review for _, review in Snapshot(index).reviews())
