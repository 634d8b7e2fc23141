"""A corpus of mails that are in no archive: in a list, an mbox, a maildir."""

import gzip
import mailbox

import pytest

from kvminbox import Inbox, read_mbox, read_message
from kvminbox.errors import MailFileError, UsageError
from kvminbox.inbox import MailList
from kvminbox.mbox import write_mbox
from kvminbox.reports import list_update
from kvminbox.sample import SAMPLE_RANGE, make_sample


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    """The week of the sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("own") / "sample")).between(*SAMPLE_RANGE)


@pytest.fixture(scope="module")
def mails(window):
    """The bytes of its mails."""
    inbox = Inbox.open(window._segments[0].source.path)
    return [inbox.raw(message) for message in window]


def facts(corpus):
    """Return what a corpus holds, without the places in an archive."""
    return sorted(message.content_key() for message in corpus.messages())


def test_a_list_of_mails_is_a_corpus(window):
    """Mails of a window make the same series, threads and report in a list, in any order."""
    listed = MailList(reversed(list(window)), name="week")
    assert len(listed) == len(list(window)) == len(list(listed))
    assert [one.title for one in listed.series()] == [one.title for one in window.series()]
    first, second = list_update(listed).result, list_update(window).result
    assert first.model_copy(update={"base": "", "tip": ""}) == second.model_copy(
        update={"base": "", "tip": ""}
    )


def test_a_list_of_mails_is_mapped_as_a_window_is(window):
    """Code that maps takes a list of mails, too, with any number of jobs but none."""
    listed = MailList(window)
    kinds = sorted(listed.map(lambda mail: mail.kind, jobs=2))
    assert kinds == sorted(mail.kind for mail in window)
    with pytest.raises(UsageError, match="jobs"):
        listed.map(str, jobs=0)


@pytest.mark.parametrize("packed", [False, True])
def test_an_mbox_gives_its_mails(window, mails, tmp_path, packed):
    """What `write_mbox` wrote is read back, packed or not."""
    data = b"".join(write_mbox(mails))
    (tmp_path / "mbox").write_bytes(gzip.compress(data) if packed else data)
    assert facts(read_mbox(tmp_path / "mbox")) == facts(window)
    assert all(message.entry is None for message in read_mbox(str(tmp_path / "mbox")))


def test_an_mbox_of_python_and_a_maildir_give_their_mails(window, mails, tmp_path):
    """What Python's own writers wrote is read back."""
    box, folder = mailbox.mbox(tmp_path / "mbox"), mailbox.Maildir(tmp_path / "maildir")
    for raw in mails:
        box.add(raw)
        folder.add(raw)
    box.close()
    assert facts(read_mbox(tmp_path / "mbox")) == facts(window)
    assert facts(read_mbox(tmp_path / "maildir")) == facts(window)


def test_quoted_lines_lose_one_quote(tmp_path):
    """`>From ` in an mbox is `From ` in the mail, and no other line changes."""
    text = b"From: a@ada.example\n\nFrom here on.\n>From there.\n>> From\nFrom\n"
    (tmp_path / "mbox").write_bytes(b"".join(write_mbox([text])))
    (found,) = read_mbox(tmp_path / "mbox")
    assert found.body == text.decode().partition("\n\n")[2]


def test_an_empty_mbox_holds_nothing(tmp_path):
    """An empty file is an mbox without mails."""
    (tmp_path / "mbox").touch()
    assert len(read_mbox(tmp_path / "mbox")) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b"Subject: a single mail\n\nhello\n",
            "not an mbox: it does not begin with a `From ` line",
        ),
        (gzip.compress(b"x", mtime=0)[:-9], "can't be read"),
        (None, "No such file"),
    ],
)
def test_what_is_no_mbox_is_an_error(tmp_path, content, words):
    """Another file, one that is cut short, and none are told apart."""
    if content is not None:
        (tmp_path / "mbox").write_bytes(content)
    with pytest.raises(MailFileError, match=words):
        read_mbox(tmp_path / "mbox")


def test_a_folder_that_is_no_maildir_is_an_error(tmp_path):
    """A maildir has `cur` or `new`."""
    with pytest.raises(MailFileError, match="not a maildir"):
        read_mbox(tmp_path)


def test_home_is_understood(tmp_path, monkeypatch, mails):
    """A path may begin with `~`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mbox").write_bytes(b"".join(write_mbox(mails)))
    sample = make_sample(tmp_path).relative_to(tmp_path)
    assert len(read_mbox("~/mbox")) == len(mails)
    assert len(list(Inbox.open(f"~/{sample}").messages())) == 22


@pytest.mark.parametrize("given", ["Subject: hello\n\n", None, 7, bytearray(b"Subject: a\n\n")])
def test_a_text_is_no_mail(given):
    """A mail is read from bytes, and what else is given is named."""
    with pytest.raises(UsageError, match=f"from bytes, not from a {type(given).__name__}"):
        read_message(given)


def test_a_window_shows_itself_as_a_card(window):
    """A notebook shows how many mails a window has, and when they came, without reading one."""
    shown = window._repr_html_()
    assert "week-from..week-to" in shown
    assert f"{len(list(window)):,}" in shown
    assert "<script" not in shown


def test_a_card_names_days_as_reports_do(tmp_path):
    """The last day of a window is the last one inside, on its card as in titles."""
    shown = Inbox.open(make_sample(tmp_path)).since("2025-06-09", "2025-06-16")._repr_html_()
    assert "2025-06-09 to 2025-06-15" in shown


def test_the_address_of_a_mail():
    """A mail of a list that lore holds knows its address, with a raw @; others have none."""
    raw = b"Message-ID: <1/2@ada.example>\nList-Id: <kvm.vger.kernel.org>\n\n"
    assert read_message(raw).url == "https://lore.kernel.org/kvm/1%2F2@ada.example/"
    assert read_message(raw.replace(b"kvm.vger", b"other")).url is None
