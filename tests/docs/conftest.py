"""Where the documentation is, and a place for what it makes."""

import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _temporary_files_go_away(tmp_path, monkeypatch):
    """Put samples and files that an example makes into pytest's folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
