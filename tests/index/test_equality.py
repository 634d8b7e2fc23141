"""What an index answers equals what the archive itself answers, to the byte."""

import pytest

from kvminbox import Inbox
from kvminbox.errors import UsageError
from kvminbox.index import Index
from kvminbox.reports import board, build_report, list_update, new_versions, sections, waiting
from kvminbox.sample import SAMPLE_RANGE
from tests.index.histories import Epoch
from tests.review.notice_mails import write_history

REPORTS = {"list_update": list_update, "new_versions": new_versions, "waiting": waiting}


@pytest.fixture
def sample(sample_inbox, sample_file):
    """Return the sample inbox, live and indexed."""
    with Index.open(sample_file) as index:
        yield Inbox.open(sample_inbox), index


@pytest.fixture(scope="module")
def real(real_inbox_path, real_file):
    """Return the real archive, live and indexed."""
    with Index.open(real_file) as index:
        yield Inbox.open(real_inbox_path), index


def assert_equal(live, stored):
    """Compare all that two corpora give."""
    assert list(live.messages()) == list(stored.messages())
    assert list(live.series()) == list(stored.series())
    assert list(live.threads()) == list(stored.threads())
    assert list(live.chains()) == list(stored.chains())


def assert_same_accounts(live, stored):
    """Compare what two windows say of their commits."""
    assert list(live.entries()) == list(stored.entries())
    assert list(live.problems()) == list(stored.problems())
    assert live.summary() == stored.summary()
    assert (len(live), live.base, live.tip) == (len(stored), stored.base, stored.tip)


def assert_same_report(make, live, stored):
    """Compare a report in two of its forms, to the byte."""
    first, second = make(live), make(stored)
    assert str(first).encode() == str(second).encode()
    assert first.to_json().encode() == second.to_json().encode()


RANGES = [
    SAMPLE_RANGE,
    (None, None),
    (None, "week-to"),
    ("week-from", None),
    ("HEAD~5", "HEAD~1"),
    ("week-from~1", "master"),
]


@pytest.mark.parametrize("chosen", RANGES)
def test_sample_windows_are_equal(sample, chosen):
    """Messages, series, threads and accounts of a range are those of the live window."""
    inbox, index = sample
    live, stored = inbox.between(*chosen), index.between(*chosen)
    assert_equal(live, stored)
    assert_same_accounts(live, stored)


def report_applied(corpus):
    """Return a report of what was applied."""
    return build_report("Applied", corpus, [sections.applied()])


@pytest.mark.parametrize("make", [report_applied, board, waiting])
def test_notices_tell_the_same(tmp_path, make):
    """What notices tell of patches is kept, and no text has to be read for it."""
    epoch = Epoch(tmp_path / "lemon.git")
    for place, raw in enumerate(write_history()):
        epoch.archive.commit({"m": epoch.archive.blob(raw)}, seconds=1_700_000_000 + place)
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        window = index.between(None)
        assert_same_report(make, inbox.between(None), window)
        assert len([mail for mail in window.messages() if mail.gist.notes]) == 6


@pytest.mark.parametrize("chosen", RANGES)
@pytest.mark.parametrize("name", REPORTS)
def test_sample_reports_are_equal(sample, name, chosen):
    """Each report of a range is that of the live window, to the byte."""
    inbox, index = sample
    assert_same_report(REPORTS[name], inbox.between(*chosen), index.between(*chosen))


SPANS = [("2025-06-01", None), ("2025-06-09", "2025-06-12"), ("1990-01-01", "1991-01-01")]


@pytest.mark.parametrize("span", SPANS)
def test_sample_spans_are_equal(sample, span):
    """A span of time has the same mails."""
    inbox, index = sample
    assert_equal(inbox.since(*span), index.since(*span))


def test_all_of_the_sample_is_equal(sample):
    """The whole index is the whole archive."""
    inbox, index = sample
    assert_equal(inbox.between(None), index)
    live = inbox.between(None)
    raws = [inbox.raw(message) for message in live.messages()]
    assert raws == [index.raw(message) for message in index.messages()]


def test_revisions_are_equal(sample):
    """Names, ids, short ids and steps name the same commits."""
    inbox, index = sample
    tip = inbox.epochs[0].tip
    names = ["HEAD", "HEAD~3", "HEAD^", "@", "master", "refs/heads/master", *SAMPLE_RANGE]
    for name in [*names, tip, tip[:12], tip[:8].upper(), "0:HEAD"]:
        assert inbox._resolve(name) == index.inbox()._resolve(name), name


REAL_RANGES = [(0, 200), (1_000, 1_150), (5_000, 5_200), (9_000, 9_100), (11_000, 11_200),
               (14_000, 14_150), (17_950, 18_150), (21_167, 21_367)]  # fmt: skip


@pytest.fixture(scope="module")
def real_commits(real):
    """Return the commits of the real archive, the oldest first."""
    return [entry.commit for entry in real[0].between(None).entries()]


@pytest.mark.real
@pytest.mark.interop
@pytest.mark.parametrize("places", REAL_RANGES, ids=str)
def test_real_windows_are_equal(real, real_commits, places):
    """Windows all over a real archive, and the reports on them, are those of the live archive."""
    inbox, index = real
    base = real_commits[places[0]] if places[0] else None
    tip = real_commits[places[1] - 1]
    live, stored = inbox.between(base, tip), index.between(base, tip)
    assert_equal(live, stored)
    assert_same_accounts(live, stored)
    for make in REPORTS.values():
        assert_same_report(make, live, stored)


@pytest.mark.real
@pytest.mark.interop
def test_a_real_span_is_equal(real):
    """A month of a real archive is the same month."""
    inbox, index = real
    span = ("2021-03-01", "2021-03-08")
    assert_equal(inbox.since(*span), index.since(*span))


@pytest.mark.real
@pytest.mark.interop
def test_real_bytes_are_equal(real):
    """Each mail of a real archive comes back byte for byte."""
    inbox, index = real
    source, stored = inbox.sources[0], index.inbox().sources[0]
    blobs = [entry.blob for entry in inbox.between(None).entries() if entry.change == "message"]
    assert len(blobs) > 20_000
    assert [blob for blob in blobs if source.read_blob(blob) != stored.read_blob(blob)] == []


@pytest.mark.parametrize("change", [{"commit": "nonsense"}, {"blob": "nonsense"}, {"blob": ""},
                                    {"commit": "0" * 40}, {"blob": "0" * 40}])  # fmt: skip
def test_an_entry_of_elsewhere_is_refused(sample_file, change):
    """An entry that the index does not have, or that has no ids, is an error of one line."""
    with Index.open(sample_file) as index:
        entry = next(index.search("kvm").entries()).model_copy(update=change)
        for raw in (index.raw, index.search("kvm").raw):
            with pytest.raises(UsageError, match="the mail is not in this index"):
                raw(entry)


@pytest.mark.parametrize("blob", ["", "nonsense", "0" * 39])
def test_an_inbox_refuses_what_is_no_blob(sample, blob):
    """An entry whose blob is no whole id is refused by an inbox, live or of an index."""
    live, index = sample
    entry = next(iter(live.between(None).entries())).model_copy(update={"blob": blob})
    for inbox in (live, index.inbox()):
        with pytest.raises(UsageError, match="the mail is not from this inbox"):
            inbox.raw(entry)


def test_what_is_no_mail_has_no_bytes(sample_file, sample_inbox):
    """What `get` returns for an unknown id, or a hit in place of its message, is refused."""
    with Index.open(sample_file) as index:
        search = index.search("kvm")
        for given in (index.get("nobody@kvm.example"), next(iter(search))):
            for raw in (index.raw, search.raw, Inbox.open(sample_inbox).raw):
                with pytest.raises(UsageError, match="the mail is not"):
                    raw(given)


def test_raw_takes_all_that_a_search_finds(sample_file, sample_inbox):
    """A mail's bytes are the same by its message and by its entry, in an index and an inbox."""
    inbox = Inbox.open(sample_inbox)
    with Index.open(sample_file) as index:
        search = index.search("kvm")
        entries = list(search.entries())
        assert [hit.message.entry for hit in search] == entries
        assert entries[:2] == list(search.entries(2))
        for hit, entry in zip(search, entries, strict=True):
            given = {search.raw(hit.message), search.raw(entry), index.raw(entry), inbox.raw(entry)}
            assert len(given) == 1
