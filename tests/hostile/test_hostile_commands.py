"""Hundreds of hostile strings through every command and format, and as every argument."""

import io
import itertools
import os
import pty
import subprocess
import sys

import pytest

import kvminbox.cli.board
import kvminbox.cli.build
import kvminbox.cli.reports
import kvminbox.cli.waiting
from kvminbox.cli import main
from kvminbox.sample import SAMPLE_RANGE, make_sample
from tests.hostile.hostile_families import CORPUS
from tests.hostile.hostile_places import mails_with
from tests.hostile.live_text import check_csv, check_html, check_markdown, find_live

CLEAR = "texts:clear-screen"
"""The first of the corpus."""
WEEK = "..".join(SAMPLE_RANGE)


class Screen(io.TextIOWrapper):
    """A terminal that keeps what is written to it."""

    def __init__(self):
        super().__init__(io.BytesIO(), "utf-8")

    def isatty(self):
        """Whether it is a terminal: yes."""
        return True

    def read_back(self):
        """Return what was written."""
        self.flush()
        return self.buffer.getvalue().decode()


@pytest.fixture(scope="module")
def index_file(archive):
    """An index of the archive, made by the command."""
    path = archive.with_name("\x9b2J.sqlite")
    assert main(["index", str(path), str(archive), "--jobs=1"]) == 0
    return path


@pytest.fixture
def run(capsysbinary):
    """Run a command that must succeed; return what it printed, which has no live character."""

    def run(*arguments):
        assert main([str(argument) for argument in arguments]) == 0
        printed = capsysbinary.readouterr()
        shown = printed.out.decode()
        assert not find_live(shown.replace("\r\n", "\n"))
        assert not find_live(printed.err.decode())
        return shown

    return run


CHECKS = {
    "text": str,
    "rich": str,
    "json": lambda shown: shown.encode("ascii"),
    "html": check_html,
    "markdown": check_markdown,
    "csv": check_csv,
    "mail": lambda shown: shown.encode("ascii"),
}
OPTIONS = {"mail": ["--from=a@a.example", "--to=b@b.example", "--subject=x\r\nBcc: \x1b[2J\u202e"]}
MAKERS = {
    "update": (kvminbox.cli.reports, "list_update", "table-2"),
    "waiting": (kvminbox.cli.waiting, "waiting", "table-1"),
    "board": (kvminbox.cli.board, "board", "table-1"),
    "versions": (kvminbox.cli.reports, "new_versions", "table-1"),
    "report": (kvminbox.cli.build, "build_report", "authors"),
}
"""For each command, what makes its report, and a table of it."""


@pytest.fixture(scope="module", params=MAKERS)
def command(request, snapshot):
    """Return a command and its report on all hostile mails, made once for all formats."""
    module, maker, table = MAKERS[request.param]
    made = []

    def make(*arguments, **options):
        if not made:
            made.append(original(*arguments, **options))
        return made[0]

    original = getattr(module, maker)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kvminbox.cli.reports, "choose_window", lambda inbox, options: snapshot)
        patch.setattr(kvminbox.cli.board, "choose_window", lambda inbox, options: snapshot)
        patch.setattr(kvminbox.cli.build, "choose_window", lambda inbox, options: snapshot)
        patch.setattr(module, maker, make)
        yield request.param, table


@pytest.mark.slow
@pytest.mark.parametrize("form", CHECKS)
def test_a_report_prints_nothing_live(run, archive, command, form):
    """Each report command, in each format, prints hostile mails harmlessly."""
    name, table = command
    more = {
        "update": ["--top=9999", "--name=\x1b[2J\u202e"],
        "report": ["--sections=authors,new_series,applied", "--top=99", "--title=\x1b[2J\u202e"],
    }.get(name, [])
    more = [*more, *OPTIONS.get(form, []), *([f"--table={table}"] if form == "csv" else [])]
    shown = run(name, archive, "..HEAD", f"--format={form}", *more)
    assert len(shown) > 35
    CHECKS[form](shown)


def test_a_hostile_archive_is_read_from_disk(run, archive, index_file, texts):
    """The command opens a hostile archive and index, below a hostile path."""
    more = ["..HEAD", "--top=9999", "--name=\x1b[2J\u202e"]
    shown = run("update", archive, *more)
    assert shown.count("sample.example") > len(texts)
    assert run("update", index_file, *more) == shown


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "ids", "jsonl"])
@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_a_search_prints_nothing_live(run, index_file, texts, form, order):
    """A search prints every hostile mail harmlessly: as a line, an id or JSON."""
    shown = run("search", index_file, "f:example", f"--format={form}", f"--order={order}")
    assert len(shown.splitlines()) > 1.5 * len(texts)
    if form == "jsonl":
        assert shown.isascii()


QUARTERS = [0, *(pytest.param(part, marks=pytest.mark.interop) for part in (1, 2, 3))]
"""Which of the strings are shown: a quarter in the usual run, the others in a long one."""

STEPS = {"text": 4, "json": 4, "tree": 16}
"""One in this many strings is shown; the library's tests draw the tree of all."""


@pytest.fixture(scope="module")
def ids(snapshot):
    """The Message-ID of each string's patch, with the string in it."""
    return [patch.message_id for patch in snapshot.patches() if patch.message_id]


@pytest.mark.parametrize("part", QUARTERS)
@pytest.mark.parametrize("form", STEPS)
def test_show_prints_nothing_live(run, index_file, ids, form, part):
    """A mail is shown harmlessly as text, as JSON and as its thread's tree."""
    for one in ids[list(STEPS).index(form) :: STEPS[form]][part::4]:
        assert run("show", index_file, f"--as={form}", "--", one)


def mails_on(screen, arguments):
    """Run a command that writes to a terminal; return what arrived there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        assert main(arguments) == 0
    return screen.read_back()


@pytest.mark.parametrize("part", QUARTERS)
@pytest.mark.parametrize("form", ["raw", "thread", "series"])
def test_a_terminal_gets_no_raw_mail(index_file, ids, form, part):
    """On a terminal, raw mails are shown with anything that could act made visible."""
    for one in ids[part :: {"raw": 16, "thread": 64, "series": 400}[form]]:
        shown = mails_on(Screen(), ["show", str(index_file), f"--as={form}", "--", one])
        assert "Content-Type: multipart/mixed; boundary=cut" in shown
        assert not find_live(shown)


def test_a_terminal_gets_no_raw_mails_of_a_search(index_file, texts):
    """On a terminal, so are the mails that a search writes as an mbox."""
    command = ["search", str(index_file), "f:example", "--format=mbox"]
    shown = mails_on(Screen(), command)
    assert shown.count("Message-ID: ") > len(texts)
    assert not find_live(shown)


def test_a_pipe_and_a_file_get_the_very_bytes(capsysbinary, tmp_path, index_file, ids):
    """A raw mail goes into a pipe or a file as it was sent, for `git am` and others."""
    raw = next(mails_with(CORPUS[CLEAR], 0))
    command = ["show", str(index_file), "--as=raw", ids[0]]
    capsysbinary.readouterr()
    assert main(command) == 0
    assert capsysbinary.readouterr().out == raw
    assert main([*command, f"--output={tmp_path / 'mail'}"]) == 0
    assert (tmp_path / "mail").read_bytes() == raw


def test_a_real_terminal_gets_no_escape(index_file, ids):
    """No escape of a mail reaches a pseudo-terminal, even one named as the output file."""
    command = [sys.executable, "-m", "kvminbox", "show", index_file, "--as=raw", ids[0]]
    for more in ([], ["--output=/dev/stdout"]):
        ours, theirs = pty.openpty()
        plain = {**os.environ, "PAGER": "cat"}
        subprocess.run([*command, *more], stdout=theirs, timeout=600, check=True, env=plain)
        os.close(theirs)
        shown = os.read(ours, 65536)
        os.close(ours)
        assert b"\\x1b[2Jgone" in shown
        assert b"\x1b" not in shown


def test_help_is_safe(run):
    """The help of each command has no live character."""
    for command in ["update", "waiting", "board", "versions", "report", "demo", "index", "search",
                    "show", "range-diff", "changes", "completion", "man"]:  # fmt: skip
        with pytest.raises(SystemExit):
            main([command, "--help"])
    run("demo", "--format=rich")


def _options(sample, index_file, folder):
    """Return the command with a text in it, for each place that an argument has."""
    update, report, search = ["update", sample], ["report", sample, WEEK], ["search", index_file]
    mail = [*update, WEEK, "--format=mail"]
    return {
        "command": lambda text: [text],
        "path": lambda text: ["update", f"{folder}/none/{text}", WEEK],
        "range": lambda text: [*update, "--top=1", "--", text],
        "base": lambda text: [*update, "--", f"x{text}..week-to"],
        "tip": lambda text: [*update, "--", f"week-from..{text}x"],
        "since": lambda text: [*update, f"--since={text}"],
        "until": lambda text: [*update, "--since=2020-01-01", f"--until={text}"],
        "week": lambda text: [*update, f"--week={text}"],
        "month": lambda text: [*update, f"--month={text}"],
        "for": lambda text: ["waiting", sample, WEEK, f"--for={text}"],
        "touched": lambda text: ["waiting", sample, WEEK, f"--path={text}"],
        "subsystem": lambda text: ["waiting", sample, WEEK, f"--subsystem={text}"],
        "author": lambda text: ["waiting", sample, WEEK, f"--author={text}", "--format=html"],
        "new": lambda text: ["range-diff", index_file, "--", text],
        "changed": lambda text: ["changes", index_file, "--since=2020-01-01", "--format=atom",
                                 "--", text],
        "state": lambda text: ["changes", index_file, f"--state={folder}/none/{text}"],
        "config": lambda text: [f"--config={folder}/none/{text}", "index"],
        "search": lambda text: ["changes", index_file, f"--search={text}"],
        "shell": lambda text: ["completion", "--", text],
        "top": lambda text: [*update, WEEK, f"--top={text}"],
        "format": lambda text: [*update, WEEK, f"--format={text}"],
        "output": lambda text: [*update, WEEK, f"--output={folder}/none/{text}"],
        "name": lambda text: [*update, WEEK, f"--name={text}"],
        "table": lambda text: [*update, WEEK, "--format=csv", f"--table={text}"],
        "inbox": lambda text: ["update", index_file, "..HEAD", f"--inbox={text}"],
        "from": lambda text: [*mail, f"--from={text}", "--to=b@b.example"],
        "to": lambda text: [*mail, "--from=a@a.example", f"--to={text} <a@a.example>"],
        "subject": lambda text: [*mail, "--from=a@a.example", "--to=b@b.example",
                                 f"--subject={text}"],
        "sections": lambda text: [*report, f"--sections={text}"],
        "title": lambda text: [*report, "--sections=overview", f"--title={text}"],
        "before": lambda text: [*report, f"--before={text}"],
        "mailmap": lambda text: [*report, f"--mailmap={folder}/none/{text}"],
        "employers": lambda text: [*report, f"--employers={folder}/none/{text}"],
        "maintainers": lambda text: [*report, f"--maintainers={folder}/none/{text}"],
        "template": lambda text: [*report, f"--template={text}"],
        "template-file": lambda text: [*report, f"--template=authors={folder}/none/{text}"],
        "index": lambda text: ["index", f"{folder}/none/{text}", sample],
        "jobs": lambda text: ["index", f"{folder}/x", sample, f"--jobs={text}"],
        "index-name": lambda text: ["index", f"{folder}/x", f"--name={text}", sample, sample],
        "query": lambda text: [*search, "--", text],
        "field": lambda text: [*search, "--count", "--", f"{text}:x", f"s:{text}", f"d:{text}"],
        "order": lambda text: [*search, "x", f"--order={text}"],
        "limit": lambda text: [*search, "x", f"--limit={text}"],
        "message-id": lambda text: ["show", index_file, "--", text],
        "form": lambda text: ["show", index_file, "x", f"--as={text}"],
        "option": lambda text: [*update, WEEK, f"--{text}"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def options(tmp_path_factory):
    """The commands with a text as an argument, on the sample and its index."""
    folder = tmp_path_factory.mktemp("arguments")
    sample = str(make_sample(folder))
    file = str(folder / "kvm.sqlite")
    assert main(["index", file, sample, "--jobs=1"]) == 0
    return _options(sample, file, str(folder))


EACH = 8
"""How many places each string is tried in; the next string is tried in others. One is quick."""


PARTS = [0, *(pytest.param(part, marks=pytest.mark.interop) for part in range(1, EACH))]


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_a_hostile_argument_is_answered_safely(capsys, tmp_path, monkeypatch, options, texts, part):
    """Whatever an argument is, the output is harmless; an error is one line, and code 2."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))  # which `-` reads
    places = itertools.islice(itertools.cycle(options), part * 7, None)
    for place, text in zip(places, texts, strict=False):
        written = text.replace("..", "__")  # no step out of the tests' folder
        code = _run(options[place](written))
        printed = capsys.readouterr()
        assert not find_live(printed.out.replace("\r\n", "\n")), place
        assert not find_live(printed.err), place
        assert code in {0, 2}, (place, code)
        if code:
            assert printed.err.startswith("kvminbox: "), place
            assert printed.err.count("\n") == 1, place
    assert not list(tmp_path.iterdir())


def _run(arguments):
    try:
        return main(arguments)
    except SystemExit as exit_:
        return exit_.code
