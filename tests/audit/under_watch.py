"""Runs commands and library calls below an audit hook, in a process of its own.

A hook can't be taken away again, so the tests start this file: `under_watch.py FOLDER OUTPUT`
prepares an archive below FOLDER, then runs each scenario and writes what it did, as JSON.
"""

import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
ACTS = (
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod",
    "os.chown", "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "os.chflags",
    "os.lockf", "os.putenv", "os.unsetenv", "os.kill", "os.chdir", "os.chroot", "os.mkfifo",
    "shutil.", "tempfile.",
)  # fmt: skip
PROCESSES = (
    "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty",
    "os.startfile", "pty.", "signal.pthread_kill",
)  # fmt: skip
SOCKETS = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "poplib.", "imaplib.", "nntplib.",
           "telnetlib.", "ssl.", "webbrowser.")  # fmt: skip
CODE = ("pickle.", "ctypes.", "sqlite3.enable_load_extension", "sqlite3.load_extension",
        "cpython.run_", "shelve.", "code.", "sys.set", "gc.")  # fmt: skip

events = []
is_watching = False


def watch(event, arguments):
    """Keep what an event did, while a scenario runs."""
    if not is_watching:
        return
    if event == "open":
        _keep_open(*arguments)
    elif event == "sqlite3.connect":
        events.append(("database", str(arguments[0])))
    elif event == "import":
        events.append(("import", arguments[0]))
    else:
        for sort, names in {
            "act": ACTS, "process": PROCESSES, "socket": SOCKETS, "code": CODE,
        }.items():  # fmt: skip
            if event.startswith(names):
                events.append((sort, f"{event} {list(map(str, arguments))}"))


def _keep_open(path, mode, flags):
    if isinstance(path, int):  # a descriptor that is open already
        return
    written = os.fsdecode(path)
    is_written = bool(flags & WRITES) or any(mark in (mode or "") for mark in "wax+")
    events.append(("write" if is_written else "read", str(Path(written).absolute())))


def scenarios(folder, archive, files):
    """Return each scenario by its name: a command's arguments, or a function."""
    index, spare = folder / "kvm.sqlite", folder / "spare.sqlite"
    formats = {
        form: ["update", archive, "..HEAD", f"--format={form}"]
        for form in ("text", "markdown", "html", "json", "rich")
    }
    shown = {form: ["show", index, "1@sample.example", f"--as={form}"]
             for form in ("text", "raw", "json", "tree", "thread", "series")}  # fmt: skip
    found = {form: ["search", index, "s:x OR b:x", f"--format={form}"]
             for form in ("text", "ids", "jsonl", "mbox")}  # fmt: skip
    return {
        "index": ["index", index, archive, "--jobs=1"],
        "index again": ["index", index, archive, "--jobs=1"],
        "index --check": ["index", index, "--check"],
        "index with two jobs": ["index", spare, archive, "--jobs=2"],
        "demo": ["demo"],
        **{f"update {form}": command for form, command in formats.items()},
        "update csv": ["update", archive, "..HEAD", "--format=csv", "--table=table-1"],
        "update mail": [*formats["text"][:3], "--format=mail", "--from=a@a.example",
                        "--to=b@b.example"],
        "update of an index": ["update", index, "..HEAD"],
        "update --output": ["update", archive, "..HEAD", f"--output={folder / 'out.txt'}"],
        "waiting": ["waiting", archive, "..HEAD"],
        "versions": ["versions", archive, "..HEAD"],
        "report": ["report", archive, "..HEAD", f"--mailmap={files['mailmap']}",
                   f"--employers={files['gitdm']}", f"--maintainers={files['maintainers']}",
                   f"--template=authors={files['template']}", "--sections=authors,subsystems"],
        **{f"search {form}": command for form, command in found.items()},
        "search --output": [*found["mbox"], f"--output={folder / 'out.mbox'}"],
        **{f"show {form}": command for form, command in shown.items()},
        "wrong range": ["update", archive, "nowhere..HEAD"],
        "wrong path": ["update", folder / "../../etc", "..HEAD"],
        "library": lambda: _use_library(archive, index),
        "mcp": lambda: _call_tools(index),
        "tables": lambda: _write_tables(archive, folder / "tables"),
    }  # fmt: skip


def _use_library(archive, index):
    import kvminbox
    from kvminbox import analysis, plots, reports

    window = kvminbox.Inbox.open(archive).between(None)
    corpora = [window, kvminbox.Index.open(index).inbox().between(None)]
    for corpus in corpora:
        snapshot = analysis.Snapshot(corpus)
        for value in (*snapshot.messages(), *snapshot.series(), *snapshot.threads()):
            repr(value), str(value), value._repr_html_()
            kvminbox.load_message(value.model_dump_json()) if hasattr(value, "kind") else None
        for _, review in enumerate(snapshot.reviews()):
            repr(review)
        report = reports.build_report("x", snapshot, [make() for make in reports.SECTIONS.values()])
        for show in (report.to_text, report.to_html, report.to_json, report.to_terminal):
            show()
        for draw in (plots.activity, plots.domain_share, plots.reviewers):
            draw(snapshot).to_dict()


def _call_tools(index):
    """Call each tool of `kvminbox mcp`, without the event loop, which has a socket of its own."""
    from datetime import UTC, datetime

    from kvminbox import Index
    from kvminbox.mcp import Desk
    from kvminbox.mcp.server import _TOOLS, _answer

    desk = Desk(Index.open(index), lambda: datetime(2030, 1, 1, tzinfo=UTC))
    mails = {"message_id": "1@sample.example"}
    for name in _TOOLS:
        given = {"about": {}, "search": {"query": "s:x OR b:x"}, "waiting": {"since": "1990-01-01"}}
        assert _answer(desk, name, given.get(name, mails)).structured_content


def _write_tables(archive, folder):
    from kvminbox import Inbox, frames

    frames.write_parquet(Inbox.open(archive).between(None), folder)


def run(scenario):
    """Run a scenario; return what it did, and its exit code."""
    global is_watching
    import kvminbox.index.update as update_room
    from kvminbox.cli import main

    update_room.MANY = 0  # so that a few mails start processes, too
    out = TextIOWrapper(BytesIO(), "utf-8")
    code = 0
    with redirect_stdout(out), redirect_stderr(out):
        is_watching = True
        try:
            code = scenario() if callable(scenario) else main([str(word) for word in scenario])
        except SystemExit as exit_:
            code = exit_.code
        finally:
            is_watching = False
    found = list(events)
    events.clear()
    return {"code": code or 0, "events": found}


def main():
    """Prepare, run all scenarios twice where imports are to be told from acts, and write."""
    folder, output = map(Path, sys.argv[1:])
    from tests.audit.baited_archive import make_archive, make_files

    archive, files = make_archive(folder), make_files(folder)
    import kvminbox.mcp  # noqa: F401  # asyncio looks at its own code as it is imported

    sys.addaudithook(watch)
    found = {name: run(what) for name, what in scenarios(folder, archive, files).items()}
    found["modules"] = sorted(sys.modules)
    output.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
