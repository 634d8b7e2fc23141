"""The sample inbox as a window, and corpora of mails that a test writes."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from kvminbox import Entry, Inbox, read_message
from kvminbox.sample import make_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The whole sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("tables"))).between(None)


class Mails:
    """A corpus of some messages, which counts how often and how far it was read."""

    base = tip = ""

    def __init__(self, messages):
        self.kept = messages
        self.walks = self.given = 0

    def messages(self, *, progress=None):
        """Yield the messages one by one."""
        self.walks += 1
        for message in self.kept:
            self.given += 1
            yield message


@pytest.fixture(scope="session")
def make_corpus():
    """Return a factory of corpora from raw mails, or from messages."""

    def make(*mails):
        return Mails([
            read_message(mail, _entry(number)) if isinstance(mail, bytes) else mail
            for number, mail in enumerate(mails)
        ])  # fmt: skip

    return make


def _entry(number):
    arrived = datetime(2023, 9, 5, tzinfo=UTC)
    return Entry(
        epoch=0, commit=f"{number:040x}", blob=f"{number:040x}", arrived=arrived, change="message"
    )


WRITE = """
import json, sys
from pathlib import Path
from kvminbox import Inbox, frames
paths = frames.write_parquet(Inbox.open(sys.argv[1]).between(None), sys.argv[2])
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0 kB"]
peak = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
print(json.dumps([int(peak) * 1024, {name: str(path) for name, path in paths.items()}]))
"""


@pytest.fixture(scope="session")
def real_tables(real_inbox_path, tmp_path_factory):
    """The tables of the whole real archive, and the memory that a process took to write them."""
    folder = tmp_path_factory.mktemp("parquet")
    command = [sys.executable, "-c", WRITE, str(real_inbox_path), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    peak, paths = json.loads(run.stdout)
    return SimpleNamespace(peak=peak, paths=paths)
