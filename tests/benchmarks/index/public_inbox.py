"""The peer: public-inbox's index of the same archive, where it is installed."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.benchmarks.index.timed import Timed, count_bytes, time_command

MISSING: Final = "public-inbox is not installed (Debian's package public-inbox): not compared"

_ASK: Final = Path(__file__).with_name("ask.pl")


class Made(NamedTuple):
    """An index that public-inbox has made."""

    inbox: Path
    timed: Timed
    size: int
    """Bytes it takes on disk, without the archive."""


def is_installed() -> bool:
    """Whether public-inbox is installed."""
    return shutil.which("public-inbox-index") is not None


def make_index(archive: Path, folder: Path, level: str) -> Made:
    """Index a fresh clone of an archive, at one of public-inbox's levels."""
    inbox = folder / "inbox"
    home = {"HOME": str(folder), "PI_CONFIG": str(folder / "config")}
    time_command(["git", "clone", "--mirror", "-q", archive, inbox / "git" / "0.git"])
    time_command(
        ["public-inbox-init", "-V2", "-L", level, "measured", inbox, "http://x", "a@x.example"],
        home,
    )
    before = count_bytes(inbox)
    timed = time_command(["public-inbox-index", "-L", level, inbox], home)
    return Made(inbox, timed, count_bytes(inbox) - before)


def time_queries(inbox: Path, texts: list[str], repetitions: int) -> list[dict[str, Any]]:
    """Run each query in one process that has the index open.

    Returns for each query `count`, what it found; `numbers`, the seconds until the
    numbers of all these mails were there; and `ids`, those of their Message-IDs.
    """
    request = json.dumps({"queries": texts, "repetitions": repetitions})
    done = subprocess.run(
        ["perl", _ASK, inbox], input=request, stdout=subprocess.PIPE, text=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
