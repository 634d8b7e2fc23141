"""Every error message on one page, `docs/errors.md`, as the command says it.

`KVMINBOX_UPDATE_GOLDENS=1`, with all tests of this file in one process, writes the page
again; read the diff as a user would.
"""

import os
import re
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest

from kvminbox import Inbox, Index, KvminboxError, safe_text
from kvminbox.cli import main
from tests.errors.bad_inputs import SECTIONS, archive_at

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
_UPDATES = bool(os.environ.get("KVMINBOX_UPDATE_GOLDENS"))
EVERY = [one for cases in SECTIONS.values() for one in cases]

INTRODUCTION = """\
# Error messages

When something is wrong, a command says so in one line on standard error and exits with 2; in
Python the same line is the `str` of a `KvminboxError`. The line reads `WHERE: WHAT; WHAT TO DO`.
Below is the line for each of {count} bad inputs; `PATH` stands for a directory. A test runs each of
them and compares the line with this page.

A mail is never an error: anything odd in one is a [defect](defects.md), and a commit whose mail
can't be read is a [problem](defects.md#problems), which `--on-problem skip` leaves out.
"""


def _normal(text, folder):
    """Return a text without what differs on another machine or another Python."""
    text = re.sub(r"x{50,}", "xxx…", text.replace(str(folder), "PATH"))
    return re.sub(r"\(choose from .*?\)", lambda match: match[0].replace("'", ""), text)


def _run(capsys, one, folder):
    one.make(folder)
    words = [word.replace("{}", str(folder)) for word in one.command]
    try:
        code = main(words)
    except SystemExit as exit_:
        code = exit_.code
    printed = capsys.readouterr()
    return code, printed.out, _normal(printed.err, folder)


@pytest.fixture(scope="module")
def said():
    """What the command said to each bad input, filled in by the test of each."""
    return {}


@pytest.mark.slow
@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.what.replace(" ", "-"))
def test_a_bad_input_is_told_in_one_line(capsys, tmp_path, said, one):
    """A bad input ends with code 2 and one safe line: what is wrong, where, and what to do."""
    code, out, line = _run(capsys, one, tmp_path)
    assert (code, out) == (2, "")
    assert line.startswith("kvminbox: ")
    assert line.count("\n") == 1
    assert line[:-1].isprintable()
    assert "; " in line  # behind it stands what to do
    assert "Traceback" not in line
    said[one.what] = line
    assert _UPDATES or _show_command(one, line) in PAGE.read_text("utf-8")


def _make_period(window, folder):
    import_module("kvminbox.plots").activity(window, by="hour")


def _read_elsewhere(window, folder):
    other = archive_at(folder / "1.git").path
    Inbox.open(other).raw(next(window.entries()))


def _build(make_sections):
    def run(window, folder):
        reports = import_module("kvminbox.reports")
        reports.build_report("A week", window, make_sections(reports.sections))

    return run


def count_mails(corpus):
    """Return no model, though a section must."""
    return 3


def _without(module, room):
    def run(window, folder):
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in sys.modules if name.startswith(room)]:
                patch.delitem(sys.modules, name)
            patch.setitem(sys.modules, module, None)
            import_module(room)

    return run


def _without_jinja(window, folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "jinja2", None)
        import_module("kvminbox.reports").make_layout("x", source="authors.j2")


def _with_index(use):
    def run(window, folder):
        with Index.open(folder / "kvm.sqlite", create=True) as index:
            index.update(Inbox.open(folder / "0.git"), name="kvm")
            use(index, folder)

    return run


IN_PYTHON = {
    'Inbox.open(path).since("next tuesday")': lambda window, folder: Inbox.open(
        folder / "0.git"
    ).since("next tuesday"),
    "inbox.raw(entry)  # of another inbox": _read_elsewhere,
    'build_report("A week", window, [])': _build(lambda sections: []),
    'build_report("A week", window, [authors(), authors()])': _build(
        lambda sections: [sections.authors(), sections.authors()]
    ),
    'build_report("A week", window, [count_mails])  # which gives 3': _build(
        lambda sections: [count_mails]
    ),
    'plots.activity(window, by="hour")': _make_period,
    "index.update(inbox, jobs=0)": _with_index(
        lambda index, folder: index.update(Inbox.open(folder / "0.git"), jobs=0)
    ),
    'index.search("kvm", order="random")': _with_index(
        lambda index, folder: index.search("kvm", order="random")
    ),
    'index.search("kvm", now=datetime(2022, 1, 31))': _with_index(
        lambda index, folder: index.search("kvm", now=datetime(2022, 1, 31))
    ),
    'index.inbox("x")': _with_index(lambda index, folder: index.inbox("x")),
    "from kvminbox import frames  # without pyarrow": _without("pyarrow", "kvminbox.frames"),
    "from kvminbox import plots  # without Altair": _without("altair", "kvminbox.plots"),
    'make_layout("…", source="authors.j2")  # without Jinja2': _without_jinja,
}


@pytest.mark.parametrize("code", IN_PYTHON)
def test_a_bad_call_is_told_in_one_line(tmp_path, said, code):
    """A bad call raises the library's own error, with text as good as the command's."""
    window = Inbox.open(archive_at(tmp_path / "0.git").path).between(None)
    with pytest.raises(KvminboxError) as caught:
        IN_PYTHON[code](window, tmp_path)
    error = caught.value
    assert error.where
    assert error.cure
    said[code] = f"{type(error).__name__}: {_normal(str(error), tmp_path)}\n"
    assert _UPDATES or _show_call(code, said[code]) in PAGE.read_text("utf-8")


def _show_command(one, line):
    command = safe_text(_normal(_quote(one.command), "{}"))
    return f"{one.what[:1].upper()}{one.what[1:]}:\n\n```text\n$ {command}\n{line}```\n"


def _show_call(code, line):
    return f"```text\n>>> {code}\n{line}```\n"


def _write_page(said):
    count = len(EVERY) + len(IN_PYTHON)
    lines = [INTRODUCTION.format(count=count)]
    for section, cases in SECTIONS.items():
        lines.append(f"## {section}\n")
        lines += [_show_command(one, said[one.what]) for one in cases]
    lines.append("## In Python\n")
    lines += [_show_call(code, said[code]) for code in IN_PYTHON]
    return "\n".join(lines)


def _quote(words):
    quoted = [f"'{word}'" if re.search(r"[ ()\"]|^$", word) else word for word in words]
    return " ".join(["kvminbox", *quoted])


def test_the_page_holds_nothing_else(said):
    """The page holds its introduction, and one tested block for each bad input."""
    if _UPDATES:  # in one process, after the tests above: `-n 0`
        PAGE.write_text(_write_page(said), "utf-8")
    page = PAGE.read_text("utf-8")
    count = len(EVERY) + len(IN_PYTHON)
    assert page.startswith(INTRODUCTION.format(count=count))
    assert page.count("```text\n$ ") + page.count("```text\n>>> ") == count
    assert page.count("```\n") == count
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == [*SECTIONS, "In Python"]


def test_there_are_many():
    """The page has more than a hundred bad inputs, no two with the same message."""
    assert len(EVERY) > 100
    assert len({one.what for one in EVERY}) == len(EVERY)
