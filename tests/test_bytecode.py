"""Where the bytecode of the tests goes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bytecode import FOLDER


def test_what_a_python_imports_is_compiled_once(tmp_path):
    """A Python that a test starts keeps its bytecode, under any settings of those who run it."""
    if sys.pycache_prefix == str(FOLDER) and not os.access(FOLDER, os.W_OK):
        pytest.skip("the checkout may only be read")
    tmp_path.joinpath("newcomer.py").write_text("", "utf-8")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import newcomer; print(newcomer.__cached__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], check=True, capture_output=True, text=True
    )
    kept = Path(done.stdout.strip())
    assert kept.is_file()
    kept.unlink()
