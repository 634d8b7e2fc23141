"""Compile what the tests and their hundreds of Pythons import once, not in each of them.

Where PYTHONDONTWRITEBYTECODE is set, as in many containers, every Python would compile the
library anew, and pytest rewrite every assertion. The bytecode then goes to `build/bytecode`, so
that there is still none beside the code; a folder that may not be written is no error.
"""

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "build" / "bytecode"


def _keep_bytecode() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(FOLDER)
    sys.dont_write_bytecode = False


if sys.dont_write_bytecode:
    _keep_bytecode()
