"""What git itself reads in a mail: `git mailinfo`, `git apply --numstat`, `git patch-id`."""

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CEILING_DIRECTORIES": "/",
}


@dataclass(frozen=True, slots=True)
class GitReading:
    """A mail as git reads it; `numstat` and `patch_id` are None where git refuses or gives none."""

    name: str
    email: str
    title: str
    message: str
    numstat: tuple[tuple[str, int, int], ...] | None
    patch_id: str | None


def run_git(directory, *command, stdin=b""):
    """Run git without any user's configuration; return its output, None if it fails."""
    done = subprocess.run(
        ["git", *command], input=stdin, capture_output=True, cwd=directory, env=ENVIRONMENT
    )
    return done.stdout if done.returncode == 0 else None


def read_with_git(raw):
    """Let git read a mail, in an otherwise empty directory."""
    with tempfile.TemporaryDirectory() as directory:
        # -u, not --encoding=UTF-8, with which git 2.39 converts nothing
        info = run_git(directory, "mailinfo", "-u", "message", "patch", stdin=raw)
        fields = _read_info(info or b"")
        message = _decode((Path(directory) / "message").read_bytes())
        patch = (Path(directory) / "patch").read_bytes()
        return GitReading(
            name=fields.get("Author", ""),
            email=fields.get("Email", ""),
            title=fields.get("Subject", ""),
            message=message,
            numstat=count_with_git(directory, patch),
            # with the blanks put back that clients strip from empty context lines: git
            # does not count a line without, and sums up what follows the hunk instead
            patch_id=sum_with_git(directory, re.sub(rb"(?m)^$", b" ", patch)),
        )


def count_with_git(directory, patch, *options):
    """Count a diff's lines by `git apply --numstat`; None where git refuses it."""
    counted = run_git(directory, "apply", "--numstat", "-z", *options, stdin=patch)
    if counted is None:
        return None
    rows = [row.split("\t", 2) for row in _decode(counted).split("\0") if row]
    return tuple(
        (path, *(0 if number == "-" else int(number) for number in numbers))
        for *numbers, path in rows
    )


def sum_with_git(directory, patch):
    """Return what `git patch-id --stable` prints first for a diff; None where it prints nothing."""
    printed = run_git(directory, "patch-id", "--stable", stdin=patch) or b""
    return _decode(printed).partition(" ")[0] or None


def _read_info(info):
    lines = _decode(info).split("\n")
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def _decode(data):
    return data.decode("utf-8", "replace")
