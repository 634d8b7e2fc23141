"""A command that is told to end leaves nothing behind."""

import gc
import os
import signal
import subprocess
import sys
import threading

import pytest

from kvminbox.cli import main
from kvminbox.sample import SAMPLE_RANGE, make_sample

COMMAND = """
import os, signal, sys
import kvminbox.cli.output as output

# in the middle of the work: the file is written, and has not its name yet
output._copy_mode = lambda path, temporary: os.kill(os.getpid(), int(sys.argv[1]))
from kvminbox.cli import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample inbox."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("name", ["update", "demo"])
def test_no_temporary_file_stays(sample, tmp_path, number, name):
    """A signal that ends a command takes away its file in the making, and a demo's inbox.

    It is not ignored then: what nohup starts inherits that, and so do its children.
    """
    arguments = ["update", sample, "..".join(SAMPLE_RANGE)] if name == "update" else ["demo"]
    command = [sys.executable, "-c", COMMAND, str(int(number)), *arguments]
    run = subprocess.run(
        [*command, "--output", tmp_path / "report"], capture_output=True, text=True,
        check=False, env={**os.environ, "TMPDIR": str(tmp_path)},
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (128 + number, "", "")
    assert list(tmp_path.iterdir()) == []


def test_handlers_are_as_before(capsys):
    """A program that calls `main` keeps its handlers, and those of signals that it ignores."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert main(["demo"]) == 0
        found = [signal.getsignal(number) for number in numbers]
    finally:
        signal.signal(signal.SIGHUP, before[1])
    assert found == [before[0], signal.SIG_IGN]


def test_a_command_in_another_thread():
    """A thread that may set no handler runs a command all the same."""
    codes = []
    thread = threading.Thread(target=lambda: codes.append(main(["demo", "--output", os.devnull])))
    thread.start()
    thread.join()
    assert codes == [0]


def test_garbage_is_looked_for_as_before_after_a_command(capsys):
    """A program that calls `main` gets its own thresholds back, after an error too."""
    before = gc.get_threshold()
    assert main(["completion", "bash"]) == 0
    assert main(["search", "/no/such/file", "a"]) == 2
    assert gc.get_threshold() == before
    assert capsys.readouterr().out
