"""`show --tags`, `range-diff`, `changes`, `index` without a path, and the shell's helpers."""

import email
import email.policy
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from kvminbox import Address, Inbox, Index, Patch
from kvminbox.cli import main
from kvminbox.cli.main import _make_parser
from kvminbox.cli.manual import SHELLS, list_commands
from kvminbox.models.git_am import write_patch
from kvminbox.sample import make_sample
from tests.archive.git_archive import Archive
from tests.mails import MORNING, write_mail

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """An index of the sample inbox."""
    folder = tmp_path_factory.mktemp("changes")
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(folder)), name="kvm")
    return folder / "kvm.sqlite"


@pytest.fixture
def run(capfdbinary):
    """Run a command; return what it printed, or said where it fails."""

    def run(*arguments, code=0):
        capfdbinary.readouterr()
        try:
            found = main([str(argument) for argument in arguments])
        except SystemExit as error:
            found = error.code
        printed = capfdbinary.readouterr()
        assert found == code, printed.err
        return (printed.err if code else printed.out).decode()

    return run


def mailinfo(folder, raw):
    """Return what git reads from a mail: author, date and subject, message, and diff."""
    command = ["git", "mailinfo", folder / "message", folder / "patch"]
    told = subprocess.run(command, input=raw, capture_output=True, check=True).stdout
    facts = dict(line.split(": ", 1) for line in told.decode().splitlines() if line)
    facts["Date"] = parsedate_to_datetime(facts["Date"])
    data = (folder / "patch").read_bytes()  # in the charset of the file, as it was sent
    try:
        diff = data.decode()
    except UnicodeDecodeError:
        diff = data.decode("latin-1")
    diff = diff[diff.find("diff ") :].split("\n-- ")[0].rstrip()
    return facts, (folder / "message").read_text().rstrip(), diff


def test_a_written_series_is_what_git_reads_from_the_mails(sample, tmp_path):
    """Git reads from `to_mbox` the author, date, subject, message and diff of the mail sent."""
    with Index.open(sample) as index:
        for place, series in enumerate(index.series()):
            if not series.patches or "\ufffd" in series.title:  # what could act is made visible
                continue
            folder = tmp_path / str(place)
            folder.mkdir()
            (folder / "mbox").write_bytes(series.to_mbox())
            subprocess.run(["git", "mailsplit", f"-o{folder}", folder / "mbox"], check=True)
            for number, patch in enumerate(series.patches, 1):
                sent = mailinfo(tmp_path, index.raw(patch))
                written = mailinfo(tmp_path, (folder / f"{number:04}").read_bytes())
                assert written == sent


def test_a_written_mail_names_whom_it_was_sent_to():
    """To and Cc are kept, names quoted or encoded where they must be; no text adds a header."""
    people = [
        Address(name="Okafor, Ben", email="ben@cloud.example"),
        Address(name="Zoë", email="zoe@sand.example"),
        Address(name="x\nBcc: y", email="x@sand.example"),
        Address(name="", email="kvm@lists.example"),
    ]
    odd = [Address(name="a", email="a\nBcc: b@c.example"), Address(name="only a name")]
    raw = write_patch(Patch(title="Sow", to=(*people, *odd), cc=(people[1],)))
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    shown = [(one.display_name, one.addr_spec) for one in mail["To"].addresses]
    assert shown[:2] == [("Okafor, Ben", "ben@cloud.example"), ("Zoë", "zoe@sand.example")]
    assert [address for _, address in shown[2:]] == ["x@sand.example", "kvm@lists.example"]
    assert [one.addr_spec for one in mail["Cc"].addresses] == ["zoe@sand.example"]
    assert mail["Bcc"] is None
    assert raw.partition(b"\n\n")[0].isascii()


def test_tags_stand_below_the_trailers_that_a_patch_has(sample, run):
    """`--tags` adds those that replies gave, oldest first, each to the patches that it is for."""
    text = run("show", sample, "timer-v2-1@silicon.example", "--as", "series", "--tags")
    first, second = text.split("\nFrom mboxrd@z")
    signed = "Signed-off-by: Ada Pfeiffer <ada@silicon.example>\n"
    tested = "Tested-by: Okafor, Ben <ben.okafor@cloud.example>\n---\n"
    assert f"{signed}Reviewed-by: Ewa Lis <maintainer@kvm.example>\n{tested}" in first
    assert f"{signed}{tested}" in second
    plain = run("show", sample, "timer-v2-1@silicon.example", "--as", "series")
    assert "Reviewed-by" not in plain
    assert "--tags needs --as series" in run("show", sample, "x", "--tags", code=2)


def test_range_diff_finds_the_version_before(sample, run):
    """Without the older one's id it is found; with it, the two may stand in either order."""
    found = run("range-diff", sample, "timer-v2-2@silicon.example")
    assert found == run(
        "range-diff", sample, "timer-v2-1@silicon.example", "timer-v1-0@silicon.example"
    )
    assert found == run(
        "range-diff", sample, "timer-v1-0@silicon.example", "timer-v2-1@silicon.example"
    )
    assert found.startswith("v1 <timer-v1-0@silicon.example> -> v2 <timer-v2-0@silicon.example>\n")
    assert "\n  1 !   1  KVM: fail without a timer\n    @@ Commit message\n" in found
    assert found.endswith("\n  2 =   2  KVM: selftests: test the timer\n")
    told = json.loads(run("range-diff", sample, "timer-v2-2@silicon.example", "--json"))
    assert [one["verdict"] for one in told["patches"]] == ["code_changed", "unchanged"]
    assert "no older version with patches was found" in run(
        "range-diff", sample, "cafe-1@uni.example", code=2
    )


def test_range_diff_names_the_versions_without_patches(run, tmp_path):
    """Where only the cover letter of v2 is here, v3 is compared with v1, and a line says so."""
    archive = Archive(tmp_path / "0.git")
    for revision, mails in ((1, 2), (2, 1), (3, 2)):
        for number in range(mails):
            sent = MORNING + timedelta(days=revision, minutes=number)
            mark = f" v{revision}" if revision > 1 else ""
            raw = write_mail(
                f"[PATCH{mark} {number}/1] lemon: {'peel' if number else 'eat'} it",
                f"Words.\n{LEMON.format(revision) if number else ''}",
                ids=[f"v{revision}-{number}@lemon.example"],
                in_reply_to=f"v{revision}-0@lemon.example" if number else None,
                sent=sent,
            )
            archive.commit({"m": archive.blob(raw)}, seconds=int(sent.timestamp()))
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(archive.path))
    found = run("range-diff", tmp_path / "x.sqlite", "v3-0@lemon.example").splitlines()
    assert found[0] == "v1 <v1-0@lemon.example> -> v3 <v3-0@lemon.example>"
    assert found[1] == "Of v2 <v2-0@lemon.example> only the cover letter is here."
    both = "v3-0@lemon.example", "v1-0@lemon.example"
    assert "only the cover letter" not in run("range-diff", tmp_path / "x.sqlite", *both)


LEMON = (
    "---\ndiff --git a/lemon.c b/lemon.c\n--- a/lemon.c\n+++ b/lemon.c\n@@ -1 +1 @@\n-off\n+on {}\n"
)
UNKNOWN = "Nothing in their mails tells that the two are versions of one series."


def test_range_diff_says_where_two_series_are_not_known_as_one(sample, run):
    """Two ids of different work are compared as asked, but a line says that they may be that."""
    ids = "cafe-1@uni.example", "timer-v2-1@silicon.example"
    head, line, *rest = run("range-diff", sample, *ids).splitlines()
    assert head == "v1 <cafe-1@uni.example> -> v2 <timer-v2-0@silicon.example>"
    assert line == UNKNOWN
    assert len(rest) >= 3
    assert "patches" in json.loads(run("range-diff", sample, *ids, "--json"))
    for known in (("timer-v1-0@silicon.example",), ()):
        assert UNKNOWN not in run("range-diff", sample, "timer-v2-1@silicon.example", *known)


def test_changes_are_what_came_since(sample, run, tmp_path):
    """What arrived after a time is printed once, oldest first, and the state remembers it."""
    state = tmp_path / "state"
    with Index.open(sample) as index:
        wanted = [one.message_id for one in index.since("2025-06-10").messages()]
    first = run("changes", sample, "--since", "2025-06-10", "--state", state, "--json")
    assert [json.loads(line)["message"]["message_id"] for line in first.splitlines()] == wanted
    assert run("changes", sample, "--state", state) == ""
    assert run("changes", sample, "--state", state, "--since", "2025-06-01") == ""
    mbox = run("changes", sample, "s:timer", "--since", "2025-06-10", "--format", "mbox")
    assert mbox.count("From mboxrd@z") == 1


def test_changes_as_a_feed(sample, run):
    """The feed is well-formed, the same each time, and has an entry for each mail."""
    text = run("changes", sample, "--since", "2025-06-01", "--format", "atom")
    assert text == run("changes", sample, "--since", "2025-06-01", "--format", "atom")
    entries = ET.fromstring(text).findall(f"{ATOM}entry")
    assert len(entries) == 22
    assert all(entry.findtext(f"{ATOM}id").startswith("mid:") for entry in entries)


def test_a_feed_keeps_its_last_entries(sample, run, tmp_path):
    """A reader that looks less often than the feed is made misses nothing: what came before stays.

    The mails of the last run are there again, the newest first, with their text; a feed of
    a date holds what came since, and says when the archive got its last mail if that is nothing.
    """
    state, file = tmp_path / "state", tmp_path / "feed.xml"
    feed = ("--format", "atom", "--output", file)
    run("changes", sample, "s:timer", "--since", "2025-06-01", "--state", state, *feed)
    first = ET.parse(file).getroot()
    run("changes", sample, "s:timer", "--state", state, *feed)
    again = ET.parse(file).getroot()
    ids = [
        [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")] for feed in (first, again)
    ]
    assert len(ids[0]) > 2
    assert ids[1][: len(ids[0])] == ids[0]
    times = [one.findtext(f"{ATOM}updated") for one in again.iter(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    assert again.findtext(f"{ATOM}updated") == times[0]
    assert all(one.findtext(f"{ATOM}content") for one in again.iter(f"{ATOM}entry"))
    run("changes", sample, "s:nothing", "--since", "2025-06-01", *feed)
    empty = ET.parse(file).getroot()
    assert empty.find(f"{ATOM}entry") is None
    assert empty.findtext(f"{ATOM}updated").startswith("2025-06")


def test_a_feed_of_many_mails_ends(run, tmp_path, monkeypatch):
    """Of the mails that came before, only so many are repeated, and those that came last."""
    monkeypatch.setattr("kvminbox.cli.changes.FEED_LENGTH", 2)
    archive = Archive(tmp_path / "0.git")
    for number in range(5):
        archive.add(number)
    file, state = tmp_path / "x.sqlite", tmp_path / "state"
    run("index", file, archive.path, "--jobs", 1)
    feed = ("changes", file, "--state", state, "--format", "atom")
    ids = re.compile("<id>mid:(.*)</id>")
    first = ids.findall(run(*feed, "--since", "2000-01-01"))
    assert len(first) == 5
    assert ids.findall(run(*feed)) == first[:2]
    for number in (5, 6, 7):
        archive.add(number)
    run("index", file, "--jobs", 1)
    assert len(ids.findall(run(*feed))) == 3  # all that is new


def test_what_is_missing_is_told_before_what_is_not_given(run, tmp_path):
    """Where the index is not there, that is the error, and not that no starting point is given."""
    gone = tmp_path / "gone.sqlite"
    assert "no such index file" in run("changes", gone, "f:maz", "--state", tmp_path / "s", code=2)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("none/state", "No such file or directory"),
        ("file/state", "Not a directory"),
    ],
)
def test_a_state_that_can_not_be_written_names_its_option(sample, capfd, tmp_path, state, why):
    """Before a mail is printed, the error says with which option to give another file."""
    (tmp_path / "file").touch()
    bad = tmp_path / state
    assert main(["changes", str(sample), "--since", "2025-06-01", "--state", str(bad)]) == 2
    printed = capfd.readouterr()
    assert why in printed.err
    assert "give --state a file" in printed.err
    assert "--output" not in printed.err
    assert printed.out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "no starting point is given"),
        (("--since", "x"), "not a valid date"),
        (("--state", "STATE"), "not a file of `changes --state`"),
    ],
)
def test_changes_need_a_time(sample, run, tmp_path, options, words):
    """Without a time, or with a file of something else, nothing is printed."""
    (tmp_path / "state").write_text("hello\n")
    given = [str(tmp_path / "state") if one == "STATE" else one for one in options]
    assert words in run("changes", sample, *given, code=2)


@pytest.mark.parametrize(("since", "is_told"), [("2999-01-01", True), ("2025-06-11", False)])
def test_changes_since_a_day_to_come_are_none(sample, capsys, since, is_told):
    """A slip of a year is told on standard error; that nothing is new since a day, is no news."""
    assert main(["changes", str(sample), "--since", since]) == 0
    told = f"kvminbox: --since {since} is in the future; the newest mail arrived on 2025-06-10\n"
    assert capsys.readouterr() == ("", told if is_told else "")


def test_an_index_updates_all_that_it_was_made_of(run, tmp_path):
    """Without a path each archive is read again, and epochs that came since; not older ones."""
    for number in (1, 2):
        Archive(tmp_path / f"kvm/git/{number}.git").add(number)
    Archive(tmp_path / "arm.git").add(7)
    file = tmp_path / "kvm.sqlite"
    run("index", file, tmp_path / "kvm/git/2.git", "--name", "kvm", "--jobs", 1)
    run("index", file, tmp_path / "arm.git", "--jobs", 1)
    assert run("index", file, "--jobs", 1) == "kvm: nothing new\narm: nothing new\n"
    Archive(tmp_path / "kvm/git/3.git").add(3)
    told = json.loads(run("index", file, "--jobs", 1, "--json").splitlines()[0])
    assert [one["epoch"] for one in told["epochs"]] == [3]
    assert run("index", file, "--list") == "".join(
        f"{name}: epoch {number}: {tmp_path}/{path}\n"
        for name, number, path in (
            ("kvm", 2, "kvm/git/2.git"), ("kvm", 3, "kvm/git/3.git"), ("arm", 0, "arm.git"),
        )
    )  # fmt: skip
    assert set(json.loads(run("index", file, "--list", "--json"))["kvm"]) == {"2", "3"}


def test_a_report_asks_all_inboxes(run, tmp_path):
    """A report on an index of several inboxes is of all, unless one is named."""
    for name in ("a", "b"):
        Archive(tmp_path / f"{name}.git").add(ord(name))
        run("index", tmp_path / "x.sqlite", tmp_path / f"{name}.git", "--jobs", 1)
    both = ("report", tmp_path / "x.sqlite", "--sections", "overview", "--json")
    for options, mails in (
        (("..HEAD",), 2), (("--since", "2023-01-01"), 2), (("..HEAD", "--inbox", "a"), 1),
    ):  # fmt: skip
        result = json.loads(run(*both, *options))["sections"][0]["result"]
        assert result["figures"][0]["count"] == mails
    assert "HED: no such revision in the archive; did you mean HEAD?" in run(*both, "..HED", code=2)
    assert "not a commit id, and several inboxes" in run(*both, "..HEAD~0", code=2)


@pytest.mark.parametrize("shell", SHELLS)
def test_completions_name_the_commands(run, shell):
    """Each shell's completions know all commands."""
    text = run("completion", shell)
    assert all(name in text for name in list_commands(_make_parser()))


def test_the_manual_page_has_every_option(run):
    """The manual page names each command with each of its options, and roff reads it."""
    page = run("man").replace("\\-", "-")
    for name, command in list_commands(_make_parser()).items():
        assert f'.SS "{name}"' in page
        for option in command._option_string_actions:
            assert option == "-h" or option == "--help" or option in page


def test_a_bare_command_prints_help(run, capfdbinary):
    """Without a command, the help is printed; without its arguments, an error names its help."""
    assert main([]) == 2
    assert b"waiting" in capfdbinary.readouterr().out
    assert "see `kvminbox review --help`" in run("review", code=2)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("serch", "x"), "'search'"),
        (("update", "x", "--formt", "json"), "--format"),
        (("update", "x", "--format", "jsno"), "'json'"),
    ],
)
def test_a_word_that_is_nearly_right_is_suggested(run, words, meant):
    """A misspelt command, option or value names the one that was probably meant, in one line."""
    said = run(*words, code=2)
    assert f"did you mean {meant}?" in said
    assert said.count("\n") == 1


def test_a_pager_gets_what_a_terminal_shows(sample, run, monkeypatch, tmp_path):
    """On a terminal PAGER's program gets the text; an empty one, and a pipe, print it."""
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat > {tmp_path}/paged\n")
    pager.chmod(0o755)
    plain = run("show", sample, "cafe-1@uni.example", "--as", "tree")
    monkeypatch.setattr("kvminbox.cli.output.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "__stdout__", sys.stdout)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("PAGER", str(pager))
    assert run("show", sample, "cafe-1@uni.example", "--as", "tree") == ""
    assert Path(tmp_path / "paged").read_text() == plain
    monkeypatch.setenv("PAGER", "")
    assert run("show", sample, "cafe-1@uni.example", "--as", "tree") == plain


def test_lines_fit_a_terminal(sample, run, monkeypatch):
    """On a narrow terminal a hit has two lines, none wider than it, and NO_COLOR is obeyed."""
    monkeypatch.setattr("kvminbox.cli.output.is_terminal", lambda: True)
    monkeypatch.setenv("PAGER", "")
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[2m<timer-v2-0@silicon.example>\x1b[22m" in run("search", sample, "s:timer")
    monkeypatch.setenv("NO_COLOR", "1")
    text = run("search", sample, "s:timer")
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 70
