"""Where a list shows its mails, as whoever opens an archive says."""

import mailbox
import pickle
from operator import attrgetter

import pytest

from kvminbox import Inbox, Index, read_mbox
from kvminbox.errors import UsageError
from kvminbox.models.begun import keep_made
from kvminbox.reports import build_report, sections
from kvminbox.sample import make_sample
from tests.analysis.analysis_mails import mail

LIST = "kvm-sample.lists.example"
URLS = {LIST.upper(): "https://lists.example/kvm/{id}/"}
FIRST = "https://lists.example/kvm/"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The sample inbox."""
    return make_sample(tmp_path_factory.mktemp("urls") / "sample")


def test_an_archive_and_an_index_give_the_same_addresses(archive, tmp_path):
    """Each mail has the address of its list, however it is asked for, in any process."""
    inbox = Inbox.open(archive, urls=URLS)
    window = inbox.between(None)
    known = [one.url for one in window]
    assert all(url and url.startswith(FIRST) for url in known)
    assert list(window.map(attrgetter("url"), jobs=2)) == known
    assert [one.url for one in pickle.loads(pickle.dumps(window))] == known
    assert [one.url for shard in inbox.shards(mails=5) for one in shard.messages()] == known
    with Index.open(tmp_path / "x.sqlite", create=True, urls=URLS) as index:
        index.update(Inbox.open(archive))
        assert [one.url for one in index.messages()] == known
        assert [one.url for one in pickle.loads(pickle.dumps(index)).messages()] == known
        (found,) = index.find("dirty-1@cloud.example")
        assert found.url == f"{FIRST}dirty-1@cloud.example/"
        assert index.get("dirty-1@cloud.example").url == found.url
        assert next(iter(index.search("m:dirty-1@cloud.example"))).message.url == found.url
        assert pickle.loads(pickle.dumps(found)).url == found.url
        assert found.model_copy().url == found.url
    assert found.body  # which is read when the index is closed
    assert found.url == f"{FIRST}dirty-1@cloud.example/"


def test_what_an_index_keeps_has_the_address_of_who_asks(archive, tmp_path, monkeypatch):
    """A section that was found with one address is not given to whoever has another, or none."""
    monkeypatch.setattr("kvminbox.reports.kept_sections.LEAST", 1)
    file = tmp_path / "x.sqlite"
    shown = []
    for urls in (URLS, None, {LIST: "https://other.example/{id}"}, URLS):
        with Index.open(file, create=True, urls=urls) as index:
            index.update(Inbox.open(archive))
            shown.append(build_report("T", index, [sections.new_series()]).to_text())
    assert FIRST in shown[0]
    assert "https://" not in shown[1]
    assert "https://other.example/" in shown[2]
    assert shown[3] == shown[0]


def test_mails_of_an_mbox_have_addresses_too(tmp_path):
    """A mail without a List-Id has the address of all other lists, if there is one."""
    with_id = b"Message-ID: <1/2@ada.example>\nList-Id: <lamps.example>\n\n"
    without = b"Message-ID: <3@ada.example>\n\n"
    box = mailbox.mbox(tmp_path / "box")
    for raw in (with_id, without, b"Subject: no id\n\n"):
        box.add(raw)
    box.close()
    urls = {"lamps.example": "https://lists.example/{id}", "*": "https://all.example/{id}/x"}
    found = {one.url for one in read_mbox(tmp_path / "box", urls=urls)}
    assert found == {
        "https://lists.example/1%2F2@ada.example", "https://all.example/3@ada.example/x", None,
    }  # fmt: skip
    assert {one.url for one in read_mbox(tmp_path / "box")} == {None}


def test_what_is_said_goes_before_lore():
    """A list that lore has may have another address; equality and JSON know of neither."""
    message = mail("1", "x", list_id="kvm.vger.kernel.org")
    other = message.model_copy()
    keep_made(other, "_url_pattern", lambda: "https://mine.example/{id}")
    assert other.url == "https://mine.example/1@x"
    assert message.url == "https://lore.kernel.org/kvm/1@x/"
    assert other == message
    assert other.model_dump_json() == message.model_dump_json()


@pytest.mark.parametrize(
    "urls",
    [
        {"a.example": "http://a.example/{id}"}, {"a.example": "https://a.example/"},
        {"a.example": "https://a.example/{id}/{id}"}, {"<a.example>": "https://a.example/{id}"},
        {"": "https://a.example/{id}"}, {"a.example": "javascript:{id}"}, {"a": None}, {1: "x"},
        {"a.example": "https://a.example/?q={id}"}, {"a.example": "https://{id}"}, "https://x/{id}",
        {"a.example": "https://a.example/{id}\n"}, {"a\n": "https://a.example/{id}"},
    ],
)  # fmt: skip
def test_no_other_text_is_an_address(archive, tmp_path, urls):
    """Only a plain https address with one place for the Message-ID is taken, by all three."""
    for open_it in (Inbox.open, read_mbox):
        with pytest.raises(UsageError):
            open_it(archive, urls=urls)
    with pytest.raises(UsageError):
        Index.open(tmp_path / "none.sqlite", create=True, urls=urls)
    assert not (tmp_path / "none.sqlite").exists()
