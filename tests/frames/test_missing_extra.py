"""Without pyarrow the rest of the library works, and the tables say what is missing."""

import subprocess
import sys

WITHOUT = """
import sys
sys.modules["pyarrow"] = None  # as if it were not installed
import kvminbox.errors
try:
    from kvminbox import frames
except kvminbox.errors.MissingExtraError as error:
    assert isinstance(error, ImportError)
    print(error)
"""


def test_the_extra_is_named():
    """The error is one of ours, one line, and says what to install."""
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    assert run.stdout == (
        "kvminbox.frames: tables need pyarrow, which is not installed; "
        'install it with `pip install "kvminbox[frames]"`\n'
    )


def test_the_front_door_does_not_load_pyarrow():
    """`import kvminbox` does not load the tables."""
    code = "import sys, kvminbox; print('pyarrow' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_the_extra_of_dask_is_named():
    """Without Dask, its room says what to install, and the tables work."""
    code = WITHOUT.replace('"pyarrow"', '"dask"').replace(
        "from kvminbox import frames", "from kvminbox import frames, dask"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == (
        "kvminbox.dask: Dask DataFrames need dask, which is not installed; "
        'install it with `pip install "kvminbox[dask]"`\n'
    )
