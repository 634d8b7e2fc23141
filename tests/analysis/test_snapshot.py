"""A corpus that is read once, and references to messages."""

import pytest

import kvminbox.analysis.snapshot as snapshot_room
from kvminbox import Inbox
from kvminbox.analysis import Snapshot, compute_new_versions, make_ref
from kvminbox.remarks.follow import follow_up_all
from kvminbox.sample import make_sample
from tests.analysis.analysis_mails import Mails, mail, patch, reply


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    """Return all of the sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("sample"))).between(None)


@pytest.mark.parametrize("name", ["messages", "patches", "series", "threads", "chains"])
def test_it_gives_what_its_corpus_gives(window, name):
    """A snapshot yields the same mails and groups as the window, however often it is asked."""
    snapshot = Snapshot(window)
    wanted = list(getattr(window, name)())
    assert wanted
    for _ in range(2):
        assert list(getattr(snapshot, name)()) == wanted
    assert (snapshot.base, snapshot.tip) == (window.base, window.tip)


def test_it_reads_once():
    """However often it is asked, its corpus is read once; a snapshot of a snapshot is itself."""
    mails = Mails(patch("1"), reply("2", "1"))
    snapshot = Snapshot.of(mails)
    assert Snapshot.of(snapshot) is snapshot
    for _ in range(2):
        for give in (snapshot.messages, snapshot.series, snapshot.threads, snapshot.reviews):
            assert list(give())
    assert (mails.read, len(snapshot)) == (1, 2)


def test_what_sections_share_is_found_once(window, monkeypatch):
    """Whoever asks, two versions are compared once, and answers are looked for once."""
    made = []

    def count(room, name):
        plain = getattr(room, name)
        monkeypatch.setattr(room, name, lambda *given: made.append((name, given)) or plain(*given))

    count(snapshot_room.SeriesComparer, "compare")
    count(snapshot_room, "AnswerIndex")
    snapshot = Snapshot(window)
    followed = list(snapshot.follow_ups())
    assert any(one.next for one in followed)
    compared = [given for name, given in made if name == "compare"]
    versions = compute_new_versions(snapshot).versions
    assert 0 < len(compared) <= len(versions)
    assert list(snapshot.reviews())
    assert snapshot.committers
    pairs = [(given[1].ref, given[2].ref) for name, given in made if name == "compare"]
    assert len(pairs) == len(set(pairs)) == len(versions)
    assert [name for name, _ in made].count("AnswerIndex") == 1
    assert followed == list(follow_up_all(window.chains(), window.messages()))


def test_reviews_go_with_their_series():
    """Each series has its review."""
    found = list(Snapshot(Mails(patch("1"), reply("2", "1"), patch("3"))).reviews())
    assert [(series.title, review.replies) for series, review in found] == [
        ("KVM: 1", 1),
        ("KVM: 3", 0),
    ]


def test_a_name_leads_back_to_its_message(window):
    """Each message is found by its reference; one outside the snapshot is not."""
    snapshot = Snapshot(window)
    for message in snapshot.messages():
        assert snapshot.find_message(make_ref(message)) is message
    assert snapshot.find_message(make_ref(mail("elsewhere", "x"))) is None


def test_a_mail_is_found_by_each_of_its_ids(window):
    """As people write them; of several mails with one id it is the first that was received."""
    snapshot = Snapshot(window)
    for message in snapshot.messages():
        for identity in filter(None, (message.message_id, *message.other_message_ids)):
            assert snapshot.get(f"<{identity}>") is message
    assert snapshot.get("elsewhere@x") is None
    one, two = mail("1", "x", serial="a"), mail("1", "y", serial="b")
    assert Snapshot(Mails(one, two)).get("https://lore.kernel.org/kvm/1@x/") is one


def test_mails_of_one_id_are_told_apart():
    """Two mails with one Message-ID have different references, by their commits."""
    one, two = mail("1", "x", serial="a"), mail("1", "y", serial="b")
    snapshot = Snapshot(Mails(one, two))
    assert snapshot.find_message(make_ref(two)) is two
    assert make_ref(one).message_id == make_ref(two).message_id == "1@x"


def test_progress_is_told_of_reading_and_asking():
    """The callback is called while reading, and on each later pass."""
    calls = []
    snapshot = Snapshot(Mails(patch("1")), progress=lambda *call: calls.append(call))
    assert calls == [(1, 1)]
    list(snapshot.messages(progress=lambda *call: calls.append(call)))
    assert calls == [(1, 1), (0, 1), (1, 1)]


@pytest.mark.parametrize(
    ("list_id", "name"),
    [
        ("kvm.vger.kernel.org", "kvm"), ("KVM.vger.kernel.org", "kvm"),
        ("linux-kernel.vger.kernel.org", "lkml"), ("kvmarm.lists.linux.dev", "kvmarm"),
        ("kvmarm.lists.cs.columbia.edu", "kvmarm"), ("linux-mm.kvack.org", "linux-mm"),
        ("kvm-riscv.lists.infradead.org", "kvm-riscv"), ("qemu-devel.nongnu.org", "qemu-devel"),
        ("dri-devel.lists.freedesktop.org", "dri-devel"), ("linux-watchdog.vger.kernel.org", "all"),
        ("Linux-X86_64.vger.kernel.org", "all"), ("selinux.vger.kernel.org", "all"),
        ("tpm2.lists.linux.dev", "all"), ("Kasan-Dev.googlegroups.com", "all"),
        ("clang-built-linux.googlegroups.com", "all"), ("ltp.lists.linux.it", "all"),
    ],
)  # fmt: skip
def test_known_lists_have_links(list_id, name):
    """A message of a list at lore.kernel.org, or of a host all of whose lists are, has a link."""
    assert mail("1", "x", list_id=list_id).url == f"https://lore.kernel.org/{name}/1@x/"


@pytest.mark.parametrize("list_id", [
    "kvm.example", "kvm", "x.vger.kernel.org.evil.example", "", "vger.kernel.org",
    "a/b.vger.kernel.org",
    ".vger.kernel.org", "x.evil-vger.kernel.org", "openwrt-devel.lists.openwrt.org",
    "x.lists.infradead.org", "x.lists.freedesktop.org", "../x.lists.linux.dev",
    "lamps.googlegroups.com", "kasan-dev.googlegroups.com.evil.example",
])  # fmt: skip
def test_other_lists_have_none(list_id):
    """No link is guessed for an unknown list."""
    assert mail("1", "x", list_id=list_id).url is None


def test_hostile_ids_stay_inside_their_link():
    """Slashes, quotes and blanks of an id are encoded; without an id there is no link."""
    message = mail("1", "x").model_copy(update={"message_id": '../"><script>?#%'})
    url = message.url
    assert url == "https://lore.kernel.org/kvm/..%2F%22%3E%3Cscript%3E%3F%23%25/"
    assert message.model_copy(update={"message_id": None}).url is None
    assert message.model_copy(update={"message_id": "\udc00"}).url is None
