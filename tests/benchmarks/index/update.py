"""`update`: a hundred new mails, added to indexes of one archive cut at several places."""

import shutil
import subprocess
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

from kvminbox import Inbox
from kvminbox.index import Index
from tests.benchmarks.index.timed import index_command, time_command

_NEW: Final = 100
_CUTS: Final = (1_000, 10_000)


def measure_update(archive: Path, folder: Path, repetitions: int) -> dict[str, Any]:
    """Time the update of each index, as a call and as a command."""
    commits = list_commits(archive)
    cuts = [cut for cut in (*_CUTS, len(commits) - _NEW) if 0 < cut <= len(commits) - _NEW]
    return {str(cut): _measure_cut(archive, folder, commits, cut, repetitions) for cut in cuts}


def _measure_cut(
    archive: Path, folder: Path, commits: list[str], cut: int, repetitions: int
) -> dict[str, list[float]]:
    part = cut_archive(archive, folder / f"{cut}.git", commits[cut + _NEW - 1])
    full, scratch = folder / f"{cut}.sqlite", folder / "scratch.sqlite"
    move_tip(part, commits[cut - 1])
    time_command(index_command(full, part, 2))
    move_tip(part, commits[cut + _NEW - 1])
    calls, commands = [], []
    for _ in range(repetitions):
        shutil.copyfile(full, scratch)
        calls.append(_time_call(scratch, part))
        shutil.copyfile(full, scratch)
        commands.append(time_command(index_command(scratch, part, 1)).seconds)
    return {"call": calls, "command": commands}


def list_commits(archive: Path) -> list[str]:
    """Return the commits of an archive, oldest first."""
    return _git(archive, "rev-list", "--first-parent", "--reverse", "HEAD").split()


def cut_archive(archive: Path, path: Path, tip: str) -> Path:
    """Make an archive that ends at a commit, without the objects of later ones."""
    _git(archive.parent, "init", "-q", "--bare", "-b", "master", str(path))
    pack = _git(path, "-C", str(archive), "rev-parse", "--absolute-git-dir").strip()
    (path / "objects" / "info" / "alternates").write_text(f"{pack}/objects\n", encoding="utf-8")
    move_tip(path, tip)
    _git(path, "repack", "-a", "-d", "-q")
    (path / "objects" / "info" / "alternates").unlink()
    return path


def move_tip(archive: Path, commit: str) -> None:
    """Let an archive end at a commit."""
    _git(archive, "update-ref", "refs/heads/master", commit)


def _time_call(file: Path, archive: Path) -> float:
    """Time the update in this process, including opening archive and index."""
    begin = time.perf_counter()
    with Index.open(file, create=True) as index:
        added = index.update(Inbox.open(archive), name="measured").added
    seconds = time.perf_counter() - begin
    assert added == _NEW
    return seconds


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout


def print_update(result: dict[str, Any]) -> None:
    """Print a row for each size."""
    print(f"{_NEW} new mails; medians\n")
    print("| onto mails | seconds of the call | seconds of the command |")
    print("|---:|---:|---:|")
    for cut, runs in result.items():
        print(f"| {cut} | {median(runs['call']):.3f} | {median(runs['command']):.3f} |")
