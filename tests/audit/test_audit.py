"""No command and no call starts a process, opens a socket, or writes where nobody asked.

Each runs below an audit hook of Python, in a process of its own, on an archive whose mails
name paths, commands and addresses in every place, and which has hooks and a configuration.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audit.baited_archive import BAIT

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BY_SQLITE = ("search", "show", "update of", "index --", "mcp", "wrong path")
"""Scenarios that read nothing themselves: SQLite opens an index, and a wrong path leads nowhere."""


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """Run all scenarios once; return the folder and what each did."""
    folder = tmp_path_factory.mktemp("audit")
    for name in ("data", "tmp", "home"):
        (folder / name).mkdir()
    output = folder / "events.json"
    run = subprocess.run(
        [sys.executable, "-B", HERE / "under_watch.py", folder / "data", output],
        cwd=folder / "home", capture_output=True, text=True, timeout=600,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}", "TMPDIR": str(folder / "tmp"),
             "HOME": str(folder / "home")},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert (run.stdout, run.stderr) == ("", "")
    return folder, json.loads(output.read_text())


def _done(watched, *sorts):
    """Return what the scenarios did, by their names."""
    return {
        name: [text for sort, text in did["events"] if sort in sorts]
        for name, did in watched[1].items()
        if name != "modules"
    }


@pytest.mark.slow
def test_the_scenarios_did_their_work(watched):
    """Each command ended as it had to, and the hook saw that files were read and written."""
    codes = {name: did["code"] for name, did in watched[1].items() if name != "modules"}
    assert {name for name, code in codes.items() if code} == {"wrong range", "wrong path"}
    assert len(codes) > 25
    for name, read in _done(watched, "read").items():
        assert read or name.startswith(BY_SQLITE)
    assert (watched[0] / "data" / "out.txt").read_text().startswith("From ")
    assert (watched[0] / "data" / "tables" / "files.parquet").exists()


def test_no_process_is_started(watched):
    """Only an index with several jobs starts a process: this interpreter, on our code."""
    started = _done(watched, "process")
    ours = started.pop("index with two jobs")
    assert not any(started.values()), started
    calls = [one for one in ours if one.startswith("subprocess.Popen")]
    assert len(calls) == 2
    for one in ours:  # of which `os.posix_spawn` is told of, too, from Python 3.13 on
        words = one.replace("\\", "").replace('"', "'")
        call = "subprocess.Popen" if one in calls else "os.posix_spawn"
        assert words.startswith(f"{call} ['{sys.executable}', '['{sys.executable}', '-c'")
        assert "from kvminbox.workers import serve; serve()" in one
        assert BAIT not in one


def test_no_socket_is_opened(watched):
    """Nothing speaks to a network."""
    assert not any(_done(watched, "socket").values())


def test_no_code_comes_from_data(watched):
    """No shared library is loaded, no extension of SQLite, and nothing is unpickled.

    But for what our own workers answer: named tuples of this library.
    """
    found = _done(watched, "code")
    ours = re.compile(r"pickle\.find_class \W*kvminbox\.index\.\w+")
    two = "index with two jobs"
    found[two] = [one for one in found[two] if not ours.match(one)]
    for name in ("tables", "library"):  # these import NumPy, which looks at the program itself
        found[name] = [one for one in found[name] if one != "ctypes.dlopen ['None']"]
    assert not any(found.values()), found


WRITES = {
    "index": {"kvm.sqlite"},
    "index with two jobs": {"spare.sqlite"},
    "update --output": {"out.txt", ".kvminbox-*"},
    "search --output": {"out.mbox", ".kvminbox-*", "kvm.sqlite"},
    "tables": {"tables", "tables/*"},
}


def _may_write(name):
    """Return the names below the folder that a scenario may write."""
    uses_index = name.startswith(("index", "search", "show", "library", "update of"))
    return WRITES.get(name, {"kvm.sqlite"} if uses_index else set())


def test_nothing_is_written_but_what_was_asked(watched):
    """Files are made, renamed and taken away where an argument says, or in the demo's folder."""
    folder, _ = watched
    for name, acts in _done(watched, "write", "act").items():
        for act in acts:
            paths = re.findall(r"/[^', ]+", act)
            if name == "demo":
                assert all(path.startswith(f"{folder}/tmp") for path in paths), act
            elif paths:
                inner = [Path(path).relative_to(folder / "data") for path in paths]
                allowed = _may_write(name)
                assert all(any(path.match(one) for one in allowed) for path in inner), (name, act)
            else:
                assert "OPENBLAS" in act, (name, act)  # NumPy's variable


def test_databases_are_the_ones_named(watched):
    """SQLite opens the index that an argument names, and no other file."""
    data = watched[0] / "data"
    for name, opened in _done(watched, "database").items():
        for address in opened:
            file = "spare" if name == "index with two jobs" else "kvm"
            assert re.fullmatch(rf"file://{data}/{file}\.sqlite\?mode=(ro|rw|rwc)", address), name


def test_no_file_that_a_mail_names_is_opened(watched):
    """No path in a mail, a diff or an attachment is ever looked up."""
    folder, _ = watched
    everything = _done(watched, "read", "write", "act", "database")
    assert not [text for texts in everything.values() for text in texts if BAIT in text]
    assert not [path for path in folder.rglob("*") if BAIT in path.name]
    assert not Path("/etc", BAIT).exists()


def test_only_our_files_and_the_archive_are_read(watched):
    """What is read is Python, its packages, this library, and the files that were named."""
    folder, _ = watched
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(ROOT), str(folder), "/usr/share",
              "/usr/lib", "/proc/self", "/dev/null", *filter(None, sys.path)}  # fmt: skip
    for name, paths in _done(watched, "read").items():
        strange = [path for path in paths if not path.startswith(tuple(places))]
        assert strange in ([], ["/etc"]) or name == "wrong path", (name, strange)


def test_nothing_is_left_behind(watched):
    """The demo removes its folder; home and the working folder stay empty."""
    folder, _ = watched
    assert not list((folder / "tmp").iterdir())
    assert not list((folder / "home").iterdir())
    names = {path.name for path in (folder / "data").iterdir()}
    assert {name for name in names if name.startswith(".")} == set()


LIST = "execve,execveat,socket,connect,openat,open,creat,unlink,unlinkat,rename,renameat,renameat2"
TRACED = [
    ["update", "{archive}", "..HEAD"],
    ["index", "{folder}/kvm.sqlite", "{archive}", "--jobs=1"],
    ["search", "{folder}/kvm.sqlite", "s:x"],
    ["show", "{folder}/kvm.sqlite", "1@sample.example"],
]


@pytest.mark.interop
def test_the_kernel_agrees(tmp_path):
    """Under strace, libgit2 and SQLite start nothing, connect nowhere, and write where asked."""
    if subprocess.run(["sh", "-c", "command -v strace"], capture_output=True).returncode:
        pytest.skip("strace is not installed")
    from tests.audit.baited_archive import make_archive

    archive = make_archive(tmp_path)
    for command in TRACED:
        words = [word.format(archive=archive, folder=tmp_path) for word in command]
        log = tmp_path / "trace"
        subprocess.run(
            ["strace", "-f", "-qq", "-o", log, "-e", f"trace={LIST}",
             sys.executable, "-B", "-m", "kvminbox", *words],
            check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        _check_trace(log.read_text(errors="replace"), tmp_path)


def _check_trace(text, folder):
    calls = re.findall(r"^\d+ +(\w+)\((.*)$", text, re.MULTILINE)
    assert sum(name == "execve" for name, _ in calls) == 1
    assert not [rest for name, rest in calls if name in {"socket", "connect", "execveat"}]
    assert BAIT not in text
    for name, rest in calls:
        is_written = re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest)
        if name.startswith(("unlink", "rename")) or (name.startswith("open") and is_written):
            path = re.search(r'"([^"]*)"', rest)[1]
            assert path.startswith((str(folder), "/dev/null", "/dev/tty")), rest
