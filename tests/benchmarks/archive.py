"""Where the measured archive is."""

import os
import subprocess
import sys
from pathlib import Path

BUNDLE = Path(__file__).parents[3] / "shared" / "data" / "kvmarm-epoch0.bundle"


def find_archive(folder: Path) -> Path:
    """Return the git folder of the archive; a bundle is cloned into `folder` first.

    It is KVMINBOX_TEST_INBOX, else a bundle beside the checkout, as for the tests.
    """
    given = Path(os.environ.get("KVMINBOX_TEST_INBOX") or BUNDLE)
    if not given.exists():
        sys.exit(f"no archive at {given}; KVMINBOX_TEST_INBOX can name one")
    if given.is_dir():
        return given
    path = folder / "archive.git"
    subprocess.run(["git", "clone", "--mirror", "-q", given, path], check=True)
    return path
