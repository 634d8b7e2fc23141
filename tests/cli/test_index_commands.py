"""`kvminbox index`, `search` and `show`: what a shell sees of an index."""

import json
import mailbox
import subprocess
from contextlib import closing

import pytest

from kvminbox import Inbox, Index
from kvminbox.cli import main
from kvminbox.errors import IndexFileError
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.archive.git_archive import Archive


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox, and an index of it."""
    folder = tmp_path_factory.mktemp("index")
    archive = make_sample(folder / "archive")
    file = folder / "sample.sqlite"
    assert main(["index", str(file), str(archive), "--name", "sample", "--jobs", "1"]) == 0
    return archive, str(file)


@pytest.fixture
def run(capsys):
    """Run a command; return what it printed."""

    def run(*arguments, code=0):
        capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return run


def series_of_two(archive):
    """Return the first series of the sample that has two patches."""
    window = Inbox.open(archive).between(None)
    return next(one for one in window.series() if len(one.patches) == 2 and one.cover)


def read_ids(mbox):
    """Return the Message-IDs of the mails in an mbox file."""
    with closing(mailbox.mbox(mbox)) as found:
        return [mail["Message-ID"].strip("<>") for mail in found]


def test_index_says_what_was_added(sample, run, tmp_path):
    """A first run says how many changes came, a second that nothing is new."""
    file = tmp_path / "new.sqlite"
    assert run("index", file, sample[0], "--name", "a") == "a: epoch 0: 24 added\n"
    assert run("index", file, sample[0], "--name", "a", "--check") == (
        "a: nothing new\nthe index is sound\n"
    )
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_archive_has_one_name(sample, tmp_path, capsys):
    """An archive that is in the index is not added once more under another name."""
    file = str(tmp_path / "new.sqlite")
    assert main(["index", file, str(sample[0]), "--name", "a"]) == 0
    assert main(["index", file, str(sample[0]), "--name", "b"]) == 2
    assert "b: the index has this archive already, as a" in capsys.readouterr().err
    with Index.open(file) as index:
        assert list(index.archives()) == ["a"]
        index.update(Inbox.open(sample[0]), name="b")  # whoever calls the library may
    assert main(["index", file, str(sample[0]), "--name", "b"]) == 0


def test_reports_take_an_index(sample, run):
    """Every report prints the same bytes from an index file as from the archive."""
    archive, file = sample
    window = "..".join(SAMPLE_RANGE)
    for command in ("update", "waiting", "versions"):
        for form in ("text", "json", "html", "markdown"):
            live = run(command, archive, window, "--format", form)
            assert run(command, file, window, "--format", form) == live


def test_search_prints_a_line_for_each_mail(sample, run):
    """A hit is one line with date, sender, subject and id; the newest comes first."""
    lines = run("search", sample[1], "kind:cover_letter").splitlines()
    assert len(lines) == int(run("search", sample[1], "kind:cover_letter", "--count"))
    assert [line[:10] for line in lines] == sorted((line[:10] for line in lines), reverse=True)
    assert all(line.endswith(">") for line in lines)
    assert run("search", sample[1], "kind:cover_letter", "--limit", 1).splitlines() == lines[:1]


def test_search_in_other_forms(sample, run, tmp_path):
    """Ids, JSON lines and an mbox hold the same mails as the lines do."""
    ids = run("search", sample[1], "kind:patch", "--format", "ids").split()
    hits = [
        json.loads(line)
        for line in run("search", sample[1], "kind:patch", "--format", "jsonl").splitlines()
    ]
    assert [hit["message"]["message_id"] for hit in hits] == ids
    assert {copy["inbox"] for hit in hits for copy in hit["copies"]} == {"sample"}
    file = tmp_path / "found.mbox"
    run("search", sample[1], "kind:patch", "--format", "mbox", "--output", file)
    assert read_ids(file) == ids


def test_search_refuses_what_it_does_not_know(sample, run):
    """The error for an unknown prefix names it and its place; nothing is printed."""
    said = run("search", sample[1], "s:timer", "foo:bar", code=2)
    assert "column 9" in said
    assert "foo:" in said


def test_show_gives_the_mail(sample, run):
    """A mail is shown as text with its kind, as JSON, and as its exact bytes."""
    archive, file = sample
    inbox = Inbox.open(archive)
    message = series_of_two(archive).patches[0]
    text = run("show", file, f"<{message.message_id}>")
    assert f"Subject: {message.subject.raw}\n" in text
    assert "Kind: patch (" in text
    assert json.loads(run("show", file, message.message_id, "--as", "json"))["kind"] == "patch"
    raw = run("show", file, message.message_id, "--as", "raw")
    assert raw.encode() == inbox.raw(message)


def test_ids_are_taken_as_people_have_them(sample, run):
    """An id in brackets, with a scheme, and a mail's address in an archive show the same mail."""
    series = series_of_two(sample[0])
    message_id = series.patches[0].message_id
    wanted = run("show", sample[1], message_id)
    for form in (
        f"<{message_id}>",
        f"id:{message_id}",
        f"https://lore.kernel.org/kvm/{message_id}/",
    ):
        assert run("show", sample[1], form) == wanted
        assert run("search", sample[1], f"mid:{form}", "--format", "ids") == f"{message_id}\n"
    address = f"https://lore.kernel.org/r/{message_id}"
    with Index.open(sample[1]) as index:
        assert index.series_of(address) == index.series_of(message_id)
        assert index.thread_of(address) == index.thread_of(message_id)
        assert index.find(address) == index.find(message_id)
        assert index.copies(address) == index.copies(message_id)


def test_an_id_of_an_odd_form_is_found_to_the_letter(tmp_path):
    """An id that looks like another form of one is found as the mail has it."""
    odd = ("id:1@ada.example", "1@ada.example", "http://ada.example/2@ada.example")
    archive = Archive(tmp_path / "odd.git")
    for one in odd:
        raw = f"From: a@ada.example\nMessage-ID: <{one}>\nSubject: {one}\n\n".encode()
        archive.commit({"m": archive.blob(raw)})
    with Index.open(tmp_path / "odd.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
        for one in odd:
            assert index.get(one).subject.raw == one
            assert index.get(f"<{one}>").subject.raw == one


def test_shown_series_can_be_applied(sample, run, tmp_path):
    """`git am` makes a commit of each patch of a shown series, in their order."""
    archive, file = sample
    series = series_of_two(archive)
    mbox = tmp_path / "series.mbox"
    run("show", file, series.patches[1].message_id, "--as", "series", "--output", mbox)
    folder = tmp_path / "split"
    folder.mkdir()
    count = subprocess.run(
        ["git", "mailsplit", f"-o{folder}", mbox], capture_output=True, text=True, check=True
    )
    assert int(count.stdout) == 2
    titles = []
    for number in ("0001", "0002"):
        with (folder / number).open("rb") as mail:
            said = subprocess.run(
                ["git", "mailinfo", folder / "msg", folder / "patch"],
                stdin=mail, capture_output=True, text=True, check=True,
            )  # fmt: skip
        titles += [line[9:] for line in said.stdout.splitlines() if line.startswith("Subject: ")]
    assert titles == [patch.title for patch in series.patches]


def test_shown_thread_has_all_its_mails(sample, run, tmp_path):
    """The mbox of a thread holds each of its mails once, and the tree a line for each."""
    archive, file = sample
    threads = Inbox.open(archive).between(None).threads()
    thread = max(threads, key=lambda one: len(one.nodes))
    ids = [node.message_id for node in thread.nodes if node.message]
    mbox = tmp_path / "thread.mbox"
    run("show", file, ids[-1], "--as", "thread", "--output", mbox)
    assert read_ids(mbox) == ids
    assert len(run("show", file, ids[-1], "--as", "tree").splitlines()) == len(thread.nodes)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "FILE", "nobody@nowhere.example"), ["nobody@nowhere.example", "no mail"]),
        (("show", "FILE", "x@y.example", "--as", "tree"), ["x@y.example"]),
        (("show", "FILE", "x@y.example", "--as", "series"), ["no mail"]),
        (("show", "missing.sqlite", "x"), ["no such index file", "kvminbox index"]),
        (("search", "missing.sqlite", "x"), ["no such index file", "kvminbox index"]),
        (("search", "FILE", '"open'), ["query, column"]),
        (("index", "none.sqlite"), ["no inboxes to read", "none.sqlite PATH"]),
        (("index", "FILE", "a", "b", "--name", "c"), ["--name takes a single"]),
        (("index", "README.md", "ARCHIVE"), ["README.md: not an index"]),
        (("index", "FILE", "nowhere"), ["nowhere"]),
        (("update", "FILE", "..HEAD", "--inbox", "other"), ["other", "no such inbox", "sample"]),
        (("update", "ARCHIVE", "..HEAD", "--inbox", "x"), ["--inbox needs an index"]),
        (("update", "FILE", "nope..HEAD"), ["nope: no such revision"]),
    ],
)
def test_bad_input_is_one_line(sample, run, arguments, words):
    """A bad argument is an error of one line with the cure, and exit code 2."""
    places = {"FILE": sample[1], "ARCHIVE": str(sample[0])}
    said = run(*(places.get(one, one) for one in arguments), code=2)
    assert said.count("\n") == 1
    assert all(word in said for word in words), said


def test_nothing_stays_of_a_first_index_that_could_not_be_made(tmp_path, capsys, monkeypatch):
    """On a full disk SQLite leaves its log behind, which is most of what fills the disk."""
    archive = Archive(tmp_path / "a.git")
    archive.add(1)
    close = Index.close

    def leave(index):
        close(index)
        for more in ("-wal", "-shm"):
            (tmp_path / f"x.sqlite{more}").write_bytes(b"what was not written")

    def fail(*_, **__):
        raise IndexFileError("no space left on the disk")

    monkeypatch.setattr(Index, "close", leave)
    monkeypatch.setattr(Index, "update", fail)
    assert main(["index", f"{tmp_path}/x.sqlite", str(archive.path)]) == 2
    assert "no space left" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["a.git"]
