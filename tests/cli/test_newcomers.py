"""What somebody who comes from other tools tries, and what the answer is."""

import io
import json
import os
import re
import subprocess
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.cli.main import _COMMANDS
from kvminbox.sample import make_sample, make_sample_tree
from tests.archive.git_archive import Archive
from tests.mails import write_mail


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """An index of the sample inbox, and the sample tree."""
    folder = tmp_path_factory.mktemp("newcomers")
    with Index.open(folder / "kvm.sqlite", create=True) as index:
        index.update(Inbox.open(make_sample(folder)))
    return str(folder / "kvm.sqlite"), str(make_sample_tree(folder))


@pytest.fixture
def run(capfd):
    """Run a command; return what it prints, and what it says on standard error."""

    def run(*words, code=0):
        assert main([*words]) == code
        return capfd.readouterr()

    return run


def test_a_release_is_a_span_of_time(places, run):
    """--release takes the mails between two tags; of a candidate alone it is the merge window."""
    file, tree = places
    both = [
        json.loads(run("report", file, "--release", span, "--tree", tree, "--json").out)
        for span in ("v6.15..v6.16-rc1", "v6.16-rc1")
    ]
    assert both[0] == both[1]
    assert (both[0]["base"], both[0]["tip"]) == (
        "2025-04-10 10:00:00 UTC",
        "2025-06-11 13:00:00 UTC",
    )


def test_a_release_needs_a_tree(places, run):
    """--release without a tree is an error with its cure, and so is a tag that is not there."""
    file, tree = places
    said = run("update", file, "--release", "v6.15..v6.16-rc1", code=2).err
    assert "--release needs --tree" in said
    said = run("update", file, "--release", "v6.16", "--tree", tree, code=2).err
    assert "no such tag in the tree; did you mean v6.15 or v6.16-rc1?" in said


def test_who_is_named_instead_of_an_address_is_an_error(places, run):
    """--for with a name would find no series to wait for that person: it is refused."""
    said = run("waiting", places[0], "..HEAD", "--for", "Ewa Lis", code=2).err
    assert "Ewa Lis: --for needs an address" in said


def test_ones_own_landed_patches_are_asked_in_a_shell(places, run):
    """`landed --author` counts and lists the series of one sender only, those in no tree, too."""
    file, tree = places
    every = json.loads(run("landed", file, "..HEAD", "--tree", tree, "--json").out)
    asked = ("landed", file, "..HEAD", "--tree", tree, "--author", "Dan Novak")
    own = json.loads(run(*asked, "--json").out)
    (landed,), (rest,) = own["rows"], own["not_landed"]
    assert {landed["sender"]["name"], rest["sender"]["name"]} == {"Dan Novak"}
    assert (landed["patches"], rest["patches"], own["figures"][0]["count"]) == (1, 1, 2)
    assert len(every["rows"]) > 1
    assert every["not_landed"] == []
    assert "Not in kvm-sample-tree\n\nsent " in run(*asked).out
    nobody = run("landed", file, "..HEAD", "--tree", tree, "--author", "eve@nobody.example", code=1)
    assert (nobody.out, "no series has it" in nobody.err) == ("", True)


def test_a_newer_version_is_told(places, run):
    """`show --as series` says on standard error that there is a newer version, and which."""
    said = run("show", places[0], "timer-v1-1@silicon.example", "--as", "series").err
    assert "there is a newer version: v2 <timer-v2-0@silicon.example>" in said
    assert "newer" not in run("show", places[0], "timer-v2-1@silicon.example", "--as", "series").err


def test_the_first_version_that_is_no_rfc_is_newer_than_an_rfc(tmp_path, run):
    """Though its number is lower: `[RFC PATCH v2]` is followed by `[PATCH]`."""
    body = "Why.\n\n---\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-old\n+new\n"
    writer = MailWriter(tmp_path / "figs.git")
    for day, (name, tag) in enumerate((("rfc", "RFC PATCH v2"), ("first", "PATCH"))):
        sent = datetime(2025, 3, 3 + day, tzinfo=UTC)
        raw = write_mail(f"[{tag}] fig: sow it", body, ids=[f"{name}@x"], sent=sent)
        writer.add(raw, int(sent.timestamp()))
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "figs.git"))
    file = str(tmp_path / "x.sqlite")
    said = run("show", file, "rfc@x", "--as", "series").err
    assert "there is a newer version: v1 <first@x>" in said
    assert "newer" not in run("show", file, "first@x", "--as", "series").err


@pytest.mark.parametrize(("word", "meant"), [("subject", "s"), ("from", "f"), ("authr", "author")])
def test_a_guessed_prefix_is_answered_with_the_right_one(places, run, word, meant):
    """What other programs call a prefix, or one that is mistyped, is answered with ours."""
    said = run("search", places[0], f"{word}:timer", code=2).err
    assert f"did you mean `{meant}:`?" in said


def test_a_mistyped_section_is_answered_with_the_right_one(places, run):
    """An unknown section that is near to one gets that one, not the whole list."""
    said = run("report", places[0], "..HEAD", "--sections", "overvew", code=2).err
    assert "no such section; did you mean overview?" in said


def test_the_tags_that_are_added_are_told(places, run):
    """`show --tags` lists on standard error each tag with its patches, and how many there are."""
    shown = run("show", places[0], "timer-v2-1@silicon.example", "--as", "series", "--tags")
    *lines, last = shown.err.splitlines()
    assert len(lines) == 2
    assert last == "kvminbox: 2 patches, 3 tags added"
    for line in lines:
        assert re.fullmatch(r"kvminbox: patch(es)? [12](-2)?: [A-Z][a-z]+-by: .* <.*>", line)
        assert line.partition(": ")[2].partition(": ")[2] in shown.out
    bare = run("show", places[0], "lone-1@silicon.example", "--as", "series", "--tags").err
    assert bare == "kvminbox: 1 patch, no reply gave a tag\n"


def test_a_search_that_finds_nothing_says_so(places, run):
    """Standard error says it, and standard output is empty for whoever reads it in a pipe."""
    found = run("search", places[0], "s:unheardof")
    assert (found.out, found.err) == ("", "kvminbox: no mail matches\n")
    assert run("search", places[0], "s:unheardof", "--count").out == "0\n"


@pytest.mark.parametrize(
    "text",
    ["timer-v2-1@silicon.example\n", "<timer-v2-1@silicon.example>",
     "From: a\r\nMessage-Id:\r\n <timer-v2-1@silicon.example>\r\n\r\nMessage-ID: <x@y>\r\n"],
)  # fmt: skip
def test_a_mail_or_an_id_can_be_piped_in(places, run, monkeypatch, text):
    """`-` takes the mail that a mail reader pipes, or an id; of a mail its own header counts."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    told = json.loads(run("show", places[0], "-", "--json", "-o", "-").out)
    assert told["message_id"] == "timer-v2-1@silicon.example"


def test_what_is_no_mail_is_refused_on_standard_input(places, run, monkeypatch):
    """Text without a Message-ID is no mail, and several words are no id."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"hello there\n")))
    assert "pipe in a mail" in run("show", places[0], "-", code=2).err


def test_a_query_can_be_piped_in(places, run, monkeypatch):
    """`-` alone is the query on standard input, on however many lines."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"s:timer\nkind:patch\n")))
    piped = run("search", places[0], "-").out
    assert piped
    assert piped == run("search", places[0], "s:timer kind:patch").out


def test_no_file_stays_of_an_archive_that_is_refused(run, tmp_path):
    """A new index file is removed where its first archive holds no mails; an old one stays."""
    code, file = tmp_path / "code.git", tmp_path / "x.sqlite"
    git = ["git", "-C", code, "-c", "user.name=A", "-c", "user.email=a@a.example"]
    told = {"check": True, "capture_output": True, "text": True}
    subprocess.run(["git", "init", "-q", "--bare", code], check=True)
    tree = subprocess.run([*git, "hash-object", "-t", "tree", "-w", "/dev/null"], **told).stdout
    commit = subprocess.run([*git, "commit-tree", tree.strip(), "-m", "x"], **told).stdout
    subprocess.run([*git, "update-ref", "HEAD", commit.strip()], check=True)
    said = run("index", str(file), str(code), code=2).err
    assert "a source repository is not one" in said
    assert not file.exists()
    Archive(tmp_path / "0.git").add(1)
    run("index", str(file), str(tmp_path / "0.git"), "--jobs", "1")
    run("index", str(file), str(code), code=2)
    assert "0.git" in run("index", str(file), "--list").out


def test_a_forgotten_file_is_told_of_the_usual_one(capsys):
    """Where FILE may have been left out, the error says how the usual index is named."""
    for words in (["search", "s:x"], ["show", "a@b"], ["review", "a@b"]):
        with pytest.raises(SystemExit):
            main(words)
        assert "@ is the default index" in capsys.readouterr().err


def test_a_wrong_choice_is_answered_with_the_right_ones(capsys):
    """Where no choice is near to what was typed, the error lists them as other errors do."""
    with pytest.raises(SystemExit):
        main(["completion", "tcsh"])
    assert "there is no 'tcsh'; choose from: bash, zsh, fish" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["repot"])
    error = "kvminbox: there is no command 'repot'; did you mean 'report'? See `kvminbox --help`\n"
    assert capsys.readouterr().err == error


def test_an_option_that_a_format_ignores_is_an_error(tmp_path, capsys):
    """`--table` without `--format csv` was taken for nothing, and so were addresses."""
    archive = str(make_sample(tmp_path))
    for command in ("update", "report", "board", "waiting"):
        assert main([command, archive, "--table", "x"]) == 2
        assert "--table is for --format csv" in capsys.readouterr().err
        assert main([command, archive, "--cc", "a@x.example"]) == 2
        assert "--cc is for --format mail" in capsys.readouterr().err


def test_help_tells_the_usual_span(capsys):
    """Board and waiting take the newest six months where others take all mails; help says so."""
    for command, usual in (
        ("board", "the six months before the newest mail"),
        ("waiting", "the six months before the newest mail"),
        ("versions", "all mails"),
    ):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        told = " ".join(capsys.readouterr().out.split())
        assert f"without it and without dates: {usual}" in told


@pytest.mark.parametrize("command", sorted(_COMMANDS))
def test_no_option_is_taken_by_a_part_of_its_name(command, capsys):
    """`--hel` is an error in every command, and the help of it is named."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--hel"])
    assert ended.value.code == 2
    assert f"kvminbox {command} --help" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("versions", "--for", "me"), "--for; --for is an option of waiting, board, landed; see"),
        (("search", "x.sqlite", "fig", "--sections=board"), "--sections is an option of report"),
        (("versions", "--fro", "a@x.example"), "--fro; did you mean --from?"),
        (("versions", "--nonsense"), "unrecognized arguments: --nonsense; see"),
    ],
    ids=["several", "one", "misspelt", "none"],
)
def test_an_option_of_another_command_is_told(capsys, words, told):
    """Which commands have it, rather than an option of this one that looks alike."""
    with pytest.raises(SystemExit) as ended:
        main([*words])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("remarks", "write `kvminbox report FILE --sections open_remarks,unheard_remarks`"),
        ("pull-requests", "write `kvminbox report FILE --sections pull_requests`"),
        ("waitng", "did you mean 'waiting'?"),
        ("nonsense", "choose from: update, waiting"),
    ],
)
def test_a_section_that_is_taken_for_a_command_is_told(capsys, word, told):
    """How a report prints it, by its whole name or a word of it."""
    with pytest.raises(SystemExit):
        main([word])
    assert f"there is no command {word!r}; {told}" in capsys.readouterr().err


def test_a_mailbox_is_taken_for_its_address(places, run, tmp_path, monkeypatch):
    """As a report prints it: with its name, in an option and in the settings."""
    file, _ = places
    config = tmp_path / "config.toml"
    config.write_text('me = ["Ewa Lis <maintainer@kvm.example>"]\n')
    monkeypatch.setenv("KVMINBOX_CONFIG", str(config))
    asked = [
        run("waiting", file, "..HEAD", "--for", who).out
        for who in ("maintainer@kvm.example", "Ewa Lis <maintainer@kvm.example>", "me")
    ]
    assert asked[0] == asked[1] == asked[2]
    assert "series sent to maintainer@kvm.example" in asked[0]
    written = [
        run("board", file, "..HEAD", "--author", who).out
        for who in ("dan@silicon.example", '"Novak, Dan" < dan@silicon.example >')
    ]
    assert written[0] == written[1]


def test_a_second_archive_is_told(places, run, tmp_path, monkeypatch):
    """It stands where a range does, or a word to find: several lists go into one index."""
    file, tree = places
    for other in (file, tree):
        said = run("board", file, other, code=2).err
        assert f"{other}: a second archive or index; put several lists into one index" in said
    assert f"{file} was taken for a word" in run("search", file, file, "s:nosuchword").err
    (tmp_path / "HEAD").write_text("ref: refs/heads/master\n")
    (tmp_path / "virt").mkdir()
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    assert "was taken" not in run("search", file, "virt", "pipe", "s:nosuchword").err
    assert "HEAD: not a range" in run("board", file, "HEAD", code=2).err
