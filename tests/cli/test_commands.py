"""The command as a shell sees it: what it prints, where to, and in which bytes."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox.cli import main
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.archive.git_archive import Archive

FULL = Path("/dev/full")
FORMATS = ["html", "json", "markdown", "rich", "text"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox."""
    return make_sample(tmp_path_factory.mktemp("sample"))


def _update(sample, *arguments):
    module = [sys.executable, "-m", "kvminbox"]
    return [*module, "update", str(sample), "week-from..week-to", *arguments]


def _run(command, **environment):
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, timeout=600, check=False
    )


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_goes_to_a_file_as_to_a_pipe(sample, tmp_path, capfdbinary, form):
    """--output has the bytes that would be printed, and each format is not empty."""
    arguments = ["update", str(sample), "week-from..week-to", "--format", form]
    assert main(arguments) == 0
    printed = capfdbinary.readouterr()
    assert printed.err == b""
    assert b"ioeventfd" in printed.out or len(printed.out) > 500
    report = tmp_path / "report"
    assert main([*arguments, "--output", str(report)]) == 0
    assert report.read_bytes() == printed.out
    assert capfdbinary.readouterr().out == b""
    if form == "json":
        assert isinstance(json.loads(printed.out), dict)


def test_demo_is_the_sample_week(sample, capfdbinary):
    """The demo prints the report of the sample inbox, which is gone afterwards."""
    assert main(["demo"]) == 0
    shown = capfdbinary.readouterr().out
    assert main(["update", str(sample), "week-from..week-to"]) == 0
    assert capfdbinary.readouterr().out == shown


def test_top_cuts_the_rankings(sample, capfdbinary):
    """--top 1 leaves one line in each ranking."""
    assert main(["update", str(sample), "week-from..week-to", "--top", "1", "--format=json"]) == 0
    few = capfdbinary.readouterr().out
    assert main(["update", str(sample), "week-from..week-to", "--format=json"]) == 0
    assert len(few) < len(capfdbinary.readouterr().out)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "html"])
def test_bytes_depend_on_neither_locale_nor_hash_seed(sample, form):
    """The same range gives the same UTF-8 bytes in every locale and for every hash seed."""
    command = _update(sample, "--format", form)
    plain = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    runs = [
        _run(command, LC_ALL="C", PYTHONHASHSEED="1", TZ="UTC", **plain),
        _run(command, LC_ALL="C.UTF-8", PYTHONHASHSEED="77", TZ="Asia/Tokyo", COLUMNS="40"),
    ]
    assert all(run.returncode == 0 and run.stderr == b"" for run in runs)
    assert runs[0].stdout == runs[1].stdout
    assert not runs[0].stdout.isascii()


def test_errors_in_a_plain_locale(tmp_path):
    """An error about a name that the locale can't write is still one line."""
    run = _run(
        [sys.executable, "-m", "kvminbox", "update", str(tmp_path / "café"), "a..b"],
        LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0",
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1
    assert b"no such file or directory" in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_reader_that_leaves_is_no_error(tmp_path, unbuffered):
    """`kvminbox update … | head -1` prints no error."""
    archive = Archive(tmp_path / "0.git")
    tail = b"---\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
    for number in range(30):  # more than any pipe holds
        head = f"From: a@example.com\nSubject: [PATCH] x{number}\n\n".encode()
        archive.commit({"m": archive.blob(head + b"some text\n" * 10_000 + tail)})
    command = [sys.executable, "-m", "kvminbox", "update", str(archive.path), "..HEAD"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout.read(5) == b"From "
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(600) == 141


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_the_shell_is_told(sample):
    """`kvminbox update … > full-disk` exits with 2 and one line."""
    with FULL.open("wb") as full:
        run = subprocess.run(_update(sample), stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1
    assert b"standard output: can't be written (No space left" in run.stderr


def test_a_closed_standard_output_is_told(sample):
    """`kvminbox update … >&-` exits with 2 and one line."""
    # a preloaded library, as of faketime, could open a file of its own with the free number
    run = _run(["sh", "-c", 'exec "$@" >&-', "sh", *_update(sample)], LD_PRELOAD="")
    assert run.returncode == 2
    assert run.stderr.count(b"\n") == 1
    assert b"standard output: it" in run.stderr


def test_a_pipe_can_be_named(sample):
    """--output /dev/stdout writes to the pipe."""
    assert _run(_update(sample, "--output", "/dev/stdout")).stdout.startswith(b"From ")


def _run_on_a_terminal(command):
    """Run with standard error on a terminal; return standard output and what the terminal got."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        out = process.stdout.read()
        assert process.wait(600) == 0
    os.close(ours)
    return out, shown


@pytest.mark.slow
def test_progress_is_for_terminals_only(sample):
    """A bar is drawn where standard error is a terminal; the report is the same without."""
    out, shown = _run_on_a_terminal(_update(sample))
    assert b"reading" in shown
    run = _run(_update(sample))
    assert run.stderr == b""
    assert run.stdout == out


def test_help_names_every_option(capsys):
    """--help lists the commands and exits with 0."""
    with pytest.raises(SystemExit) as caught:
        main(["update", "--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    for word in ("BASE..TIP", "--since", "--until", "--top", "--format", "--output", "N:REV"):
        assert word in said


def _ask(capsys, *words):
    """Return the exit code of a command that ends early, and what it said."""
    with pytest.raises(SystemExit) as caught:
        main(words)
    said = capsys.readouterr()
    return caught.value.code, said.out, said.err


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (["help"], ["--help"]),
        (["help", "waiting"], ["waiting", "--help"]),
        (["help", "range-diff"], ["range-diff", "--help"]),
        (["--config", "x", "help", "search"], ["search", "--help"]),
        (["help", "help"], ["--help"]),
        (["help", "--help"], ["--help"]),
        (["help", "waiting", "--help"], ["waiting", "--help"]),
        (["-V"], ["--version"]),
    ],
)
def test_help_and_the_version_as_of_git(capsys, words, same):
    """`help COMMAND` prints what `COMMAND --help` does, and `-V` the version."""
    told = _ask(capsys, *same)
    assert told[0] == 0
    assert told[1]
    assert _ask(capsys, *words) == told


def test_help_on_what_is_no_command(capsys):
    """A misspelt command is an error that names the nearest, not the help of all."""
    code, out, err = _ask(capsys, "help", "waitin")
    assert (code, out) == (2, "")
    assert "did you mean 'waiting'?" in err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("board --stat ready", "--state"),
        ("waiting --form json", "--format"),
        ("waiting --sinc 2020", "--since"),
        ("update -month 2025-01", "--month"),
        ("report --mont=2025-01", "--month"),
        ("board --html", "--format html"),
        ("show FILE a@b.example --tree", "--as tree"),
        ("board --zzzz", None),
        ("board -q", None),
    ],
)
def test_a_misspelt_option_names_the_one_that_is_meant(capsys, words, meant):
    """It is one that begins so or looks alike, or a format; where none does, none is named."""
    with pytest.raises(SystemExit):
        main(words.split())
    said = capsys.readouterr().err
    assert (f"; did you mean {meant}? See" in said) if meant else "mean" not in said


@pytest.mark.parametrize("command", ["search", "update"])
def test_help_is_a_word_elsewhere(capsys, tmp_path, command):
    """Behind a command `help` is an argument of it, as a file or a query."""
    assert main([command, str(tmp_path / "help"), "help"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("kvminbox: ")


@pytest.mark.parametrize("place", range(4))
def test_options_may_stand_anywhere(capsys, place):
    """An option before, between or behind the path and the range means the same."""
    words = ["update", str(make_sample()), "..".join(SAMPLE_RANGE), "--top=3", "--name=KVM"]
    moved = [*words[:1], *words[3:][:1], *words[1:3], *words[4:]]
    order = [words, moved, [*words[:2], *words[3:], words[2]], [words[0], *words[3:], *words[1:3]]]
    assert main(order[place]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[3] == "Top 3 contributor Email domains (Based on Email Body)"
    assert "KVM mailing list update from week-from to week-to" in shown
